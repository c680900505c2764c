//! What a document tells with a day: sentences that hold one, and statements made on one.

use super::Day;
use crate::account::Account;
use crate::mention::MentionKind;
use crate::mention::words::is_weekday;
use crate::person::{People, Person};
use crate::record::{Place, Ref};
use crate::similar::{Vector, cosine};
use crate::text::{Id, Span};
use crate::time::{Granularity, Interval};
use crate::zone::ZoneKind;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Something told with its day or days.
pub(super) struct Fact<'a> {
    pub document: usize,
    /// The first and the last day it can be.
    pub days: (Date, Date),
    /// The words that tell it.
    pub place: Place,
    marks: BTreeSet<Mark<'a>>,
    told: Option<(BTreeSet<Id<Person>>, &'a Vector)>,
}

/// What facts share that are one: somebody or something, or a word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark<'a> {
    Person(Id<Person>),
    Word(&'a str),
}

/// How much each mark tells: what every sentence of a story holds tells nothing.
pub(super) struct Weights<'a> {
    sentences: usize,
    held_by: BTreeMap<Mark<'a>, usize>,
}

impl<'a> Weights<'a> {
    /// Counted over the sentences of a story.
    pub(super) fn of(accounts: &[&'a Account], people: &People) -> Weights<'a> {
        let mut weights = Weights { sentences: 0, held_by: BTreeMap::new() };
        for (document, account) in accounts.iter().enumerate() {
            for sentence in &account.reading.sentences {
                weights.sentences += 1;
                for mark in marks(account, people, document, sentence.span) {
                    *weights.held_by.entry(mark).or_default() += 1;
                }
            }
        }
        weights
    }

    fn of_mark(&self, mark: &Mark<'_>) -> f32 {
        let held = self.held_by.get(mark).copied().unwrap_or(1);
        (1.0 + self.sentences as f32 / held as f32).ln()
    }

    fn sum<'m>(&self, marks: impl Iterator<Item = &'m Mark<'m>>) -> f32 {
        marks.map(|mark| self.of_mark(mark)).sum()
    }
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
        let marks = marks(account, people, document, sentence.span);
        facts.push(Fact { document, days, place: Place { document, span: sentence.span }, marks, told: None });
    }
    for (id, statement) in reading.statements.entries().filter(|(_, statement)| counts(statement.reach())) {
        let Some(days) = single(day.said[id].interval.as_ref()) else { continue };
        let told = Ref::new(document, id);
        let who = people.speaker(accounts, told).into_iter().chain(people.addressee(accounts, told)).collect();
        let marks = statement.content.iter().flat_map(|span| marks(account, people, document, *span)).collect();
        let place = Place { document, span: statement.reach() };
        facts.push(Fact { document, days, place, marks, told: Some((who, &account.vectors[id])) });
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

/// Who and what a stretch of text names, and its longer words beside.
fn marks<'a>(account: &'a Account, people: &People, document: usize, span: Span) -> BTreeSet<Mark<'a>> {
    let reading = &account.reading;
    let mentions = reading.mentions.as_slice();
    let from = mentions.partition_point(|mention| mention.span.start() < span.start());
    let inside = mentions[from..].iter().enumerate().take_while(|(_, mention)| mention.span.start() < span.end());
    let mut named = Vec::new();
    let mut marks = BTreeSet::new();
    for (at, mention) in inside.filter(|(_, mention)| mention.kind != MentionKind::Description) {
        if let Some(entity) = reading.entities.of_mention[Id::new(from + at)] {
            marks.insert(Mark::Person(people.of(Ref::new(document, entity))));
            named.push(mention.span);
        }
    }
    for at in reading.tokens.within(span) {
        let (word, place) = (reading.tokens.lower(at), reading.tokens.span(at));
        let is_new = !is_weekday(word) && !named.iter().any(|span| span.contains(place));
        if is_new && word.chars().count() >= SHORT && word.chars().all(char::is_alphanumeric) {
            marks.insert(Mark::Word(word));
        }
    }
    marks
}

/// Marks two facts must share at least.
const SHARED: usize = 2;
/// What facts share must weigh this part of what the lighter one holds. Sentences of one story share a tenth by chance.
const OVERLAP: f32 = 0.25;
/// From this cosine on, words of one speaker are taken for one utterance here. Only for dating, where several must agree.
const MEANING: f32 = 0.6;

/// How surely two facts are one, 0 where they are not.
pub(super) fn likeness(one: &Fact<'_>, other: &Fact<'_>, weights: &Weights<'_>) -> f32 {
    let shared: Vec<&Mark<'_>> = one.marks.intersection(&other.marks).collect();
    let lighter = weights.sum(one.marks.iter()).min(weights.sum(other.marks.iter()));
    let overlap = if shared.len() >= SHARED && lighter > 0.0 { weights.sum(shared.iter().copied()) / lighter } else { 0.0 };
    match (&one.told, &other.told) {
        (Some((who, vector)), Some((whom, other_vector))) => {
            let meaning = cosine(vector, other_vector);
            let same = who.intersection(whom).next().is_some();
            if same && (meaning >= MEANING || overlap >= OVERLAP) { meaning.max(overlap) } else { 0.0 }
        }
        (None, None) => {
            let about = shared.iter().any(|mark| matches!(mark, Mark::Person(_)));
            if about && overlap >= OVERLAP { overlap } else { 0.0 }
        }
        (Some(_), None) | (None, Some(_)) => 0.0,
    }
}
