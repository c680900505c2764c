//! Finds one quotation that two documents put in the mouths of two people.

use super::side::Side;
use super::{Cx, Relation, RelationKind};
use crate::entity::EntityKind;
use crate::record::Place;
use crate::statement::Form;
use crate::text::Span;
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
        let apart = first.speaker.zip(side.speaker).is_some_and(|(a, b)| a != b && crate::origin::are_apart(cx.people, a, b));
        apart && side.told.document != first.told.document
    })?;
    let name = |side: &Side<'_>| side.speaker.map_or("somebody", |id| cx.people.layer[id].name.as_str()).to_owned();
    let why = format!("The same words are given to {} and to {}.", name(first), name(other));
    let words: Vec<Place> = vec![first.place(*here), other.place(*there)];
    Some(cx.pair(RelationKind::Conflicts, first, other, "compare/two-speakers", words, why))
}

/// The quotations of a statement that are long enough, as lower-cased words.
fn quotations(side: &Side<'_>) -> Vec<(String, Span)> {
    let reading = side.reading;
    let is_named =
        side.speaker.is_some() && reading.entities.speakers[side.told.id].entity.is_some_and(|id| reading.entities.layer[id].kind == EntityKind::Person);
    if !is_named {
        return Vec::new();
    }
    let inside = side.statement.content.iter().flat_map(|part| reading.quotations.iter().filter(|quotation| part.contains(quotation.inner)));
    let long = inside.filter_map(|quotation| {
        let words: Vec<&str> =
            reading.tokens.within(quotation.inner).map(|at| reading.tokens.lower(at)).filter(|word| word.starts_with(char::is_alphanumeric)).collect();
        (words.len() >= LONG_ENOUGH).then(|| (words.join(" "), quotation.inner))
    });
    long.collect()
}
