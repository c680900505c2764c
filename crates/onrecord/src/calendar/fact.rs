//! What a document tells with a day: sentences that hold one, and statements made on one.

use super::Day;
use crate::account::Account;
use crate::person::{People, Person};
use crate::record::{Place, Ref};
use crate::similar::{Vector, cosine};
use crate::text::{Id, Span};
use crate::time::{Granularity, Interval};
use crate::zone::ZoneKind;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Something told with its day or days.
pub(super) struct Fact<'a> {
    pub document: usize,
    /// The first and the last day it can be.
    pub days: (Date, Date),
    /// The words that tell it.
    pub place: Place,
    words: BTreeSet<&'a str>,
    names: BTreeSet<&'a str>,
    told: Option<(BTreeSet<Id<Person>>, &'a Vector)>,
}

/// So many days a fact may be unsure by and still date another.
const WIDEST: i32 = 14;

/// Everything `day` lets its document tell with a day.
pub(super) fn of<'a>(accounts: &[&'a Account], people: &People, document: usize, day: &Day) -> Vec<Fact<'a>> {
    let account = accounts[document];
    let reading = &account.reading;
    let zone = |span: Span| reading.zones.holding(span.start()).map(|(_, zone)| zone.kind);
    let counts = |span: Span| !matches!(zone(span), Some(ZoneKind::Furniture | ZoneKind::ReaderComment));
    let mut facts = Vec::new();
    for time in day.times.iter().filter(|time| counts(time.span)) {
        let Some(days) = single(time.interval.as_ref()) else { continue };
        let Some((_, sentence)) = reading.sentences.holding(time.span.start()) else { continue };
        let (words, names) = words(account, sentence.span);
        facts.push(Fact { document, days, place: Place { document, span: sentence.span }, words, names, told: None });
    }
    for (id, statement) in reading.statements.entries().filter(|(_, statement)| counts(statement.reach())) {
        let Some(days) = single(day.said[id].interval.as_ref()) else { continue };
        let told = Ref::new(document, id);
        let who = people.speaker(accounts, told).into_iter().chain(people.addressee(accounts, told)).collect();
        let (mut words_of, mut names) = (BTreeSet::new(), BTreeSet::new());
        for span in &statement.content {
            let (more, named) = words(account, *span);
            words_of.extend(more);
            names.extend(named);
        }
        let place = Place { document, span: statement.reach() };
        facts.push(Fact { document, days, place, words: words_of, names, told: Some((who, &account.vectors[id])) });
    }
    facts
}

fn single(interval: Option<&Interval>) -> Option<(Date, Date)> {
    let interval = interval?;
    let days = interval.start.zip(interval.end)?;
    let exact = matches!(interval.granularity, Granularity::Day | Granularity::Bounded);
    (exact && days.0.until(days.1).is_ok_and(|span| span.get_days() <= WIDEST)).then_some(days)
}

/// Words too short to tell one fact from another.
const SHORT: usize = 4;

/// The longer words of a stretch of text, and those with a capital.
fn words(account: &Account, span: Span) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let reading = &account.reading;
    let (text, tokens) = (&reading.document.text, &reading.tokens);
    let (mut words, mut names) = (BTreeSet::new(), BTreeSet::new());
    let inside = tokens.within(span);
    for at in inside.clone() {
        let word = tokens.lower(at);
        let is_day = crate::mention::words::is_weekday(word);
        if !is_day && word.chars().count() >= SHORT && word.chars().all(char::is_alphanumeric) {
            words.insert(word);
            if at > inside.start && tokens.is_capitalised(text, at) {
                names.insert(word);
            }
        }
    }
    (words, names)
}

/// Words two sentences must share at least to tell of one thing.
const SHARED: usize = 3;
/// The share of the shorter one's words two sentences must have in common; sentences of one story share a fifth by chance.
const OVERLAP: f32 = 0.4;
/// From this cosine on, words of one speaker are taken for one utterance here. Only for dating, where several must agree.
const MEANING: f32 = 0.6;

/// How surely two facts are one, 0 where they are not.
pub(super) fn likeness(one: &Fact<'_>, other: &Fact<'_>) -> f32 {
    let shared = one.words.intersection(&other.words).count();
    let shorter = one.words.len().min(other.words.len());
    let overlap = if shorter > 0 { shared as f32 / shorter as f32 } else { 0.0 };
    match (&one.told, &other.told) {
        (Some((who, vector)), Some((whom, other_vector))) => {
            let meaning = cosine(vector, other_vector);
            let same = who.intersection(whom).next().is_some();
            let alike = meaning >= MEANING || (shared >= SHARED && overlap >= OVERLAP);
            if same && alike { meaning.max(overlap) } else { 0.0 }
        }
        (None, None) => {
            let named = one.names.intersection(&other.names).next().is_some();
            if named && shared >= SHARED && overlap >= OVERLAP { overlap } else { 0.0 }
        }
        (Some(_), None) | (None, Some(_)) => 0.0,
    }
}
