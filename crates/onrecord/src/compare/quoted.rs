//! Finds one quotation that two documents put in the mouths of two people.

use super::side::Side;
use super::{Cx, Relation, RelationKind};
use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::person::Person;
use crate::record::Place;
use crate::statement::Form;
use crate::text::{Id, Span};
use std::collections::BTreeMap;

/// Words of a quotation from which on two speakers are hardly ever found to have said the same by chance.
const LONG_ENOUGH: usize = 6;

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let mut said: BTreeMap<String, Vec<(&Side<'_>, Span)>> = BTreeMap::new();
    for side in cx.sides.iter().filter(|side| side.was_said() && side.statement.form != Form::Indirect && side.speaker.is_some()) {
        for (words, span) in quotations(side) {
            said.entry(words).or_default().push((side, span));
        }
    }
    said.values().filter_map(|all| two_speakers(cx, all)).collect()
}

/// `compare/two-speakers`
fn two_speakers(cx: &Cx<'_>, all: &[(&Side<'_>, Span)]) -> Option<Relation> {
    let (first, here) = all.first()?;
    let (other, there) = all.iter().find(|(side, _)| {
        let apart = first.speaker.zip(side.speaker).is_some_and(|(a, b)| crate::origin::are_apart(cx.people, a, b) && !may_be_one_name(cx, a, b));
        apart && side.told.document != first.told.document
    })?;
    let name = |side: &Side<'_>| side.speaker.map_or("somebody", |id| cx.people.layer[id].name.as_str()).to_owned();
    let why = format!("The same words are given to {} and to {}.", name(first), name(other));
    let words: Vec<Place> = vec![first.place(*here), other.place(*there)];
    Some(cx.pair(RelationKind::Conflicts, first, other, "compare/two-speakers", words, why))
}

/// Letters in which two spellings of one last name may differ.
const MISSPELT: usize = 2;

/// Whether the two may be one person under two names: they share a name, or one of their last names is the other misspelt.
fn may_be_one_name(cx: &Cx<'_>, a: Id<Person>, b: Id<Person>) -> bool {
    let names = |id: Id<Person>| -> Vec<String> { cx.people.layer[id].name.split_whitespace().map(str::to_lowercase).collect() };
    let (a, b) = (names(a), names(b));
    let misspelt = a.last().zip(b.last()).is_some_and(|(a, b)| a.chars().count() > 2 * MISSPELT && distance(a, b) <= MISSPELT);
    misspelt || a.iter().any(|name| b.contains(name))
}

/// How many letters must be put in, left out or changed to make one word the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.chars().enumerate() {
        let mut before = std::mem::replace(&mut row[0], at + 1);
        for (place, other) in b.iter().enumerate() {
            let here = (before + usize::from(letter != *other)).min(row[place] + 1).min(row[place + 1] + 1);
            before = std::mem::replace(&mut row[place + 1], here);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Whether the speaker stands beside the words by name: who "he" and "the president" are is told by the one document alone.
fn is_told_by_name(side: &Side<'_>) -> bool {
    let reading = side.reading;
    let Some(source) = side.statement.source else { return false };
    reading.mentions.within(source).any(|(_, mention)| mention.kind == MentionKind::Name)
}

/// The quotations of a statement that are long enough, as lower-cased words.
fn quotations(side: &Side<'_>) -> Vec<(String, Span)> {
    let reading = side.reading;
    let is_named =
        side.speaker.is_some() && reading.entities.speakers[side.told.id].entity.is_some_and(|id| reading.entities.layer[id].kind == EntityKind::Person);
    if !is_named || !is_told_by_name(side) {
        return Vec::new();
    }
    let inside = side.statement.content.iter().flat_map(|part| reading.quotations.iter().filter(|quotation| part.contains(quotation.inner)));
    // Words that a quotation quotes are not its speaker's.
    let inside = inside.filter(|quotation| !reading.quotations.iter().any(|outer| outer.inner != quotation.inner && outer.inner.contains(quotation.inner)));
    let long = inside.filter_map(|quotation| {
        let words: Vec<&str> =
            reading.tokens.within(quotation.inner).map(|at| reading.tokens.lower(at)).filter(|word| word.starts_with(char::is_alphanumeric)).collect();
        (words.len() >= LONG_ENOUGH).then(|| (words.join(" "), quotation.inner))
    });
    long.collect()
}
