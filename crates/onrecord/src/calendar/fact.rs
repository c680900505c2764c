//! What a document tells with a day: sentences that hold one, and statements made on one; and how likely two such facts are of one day.

use super::Day;
use crate::account::Account;
use crate::mention::MentionKind;
use crate::mention::words::is_weekday;
use crate::person::{People, Person};
use crate::record::{Place, Ref};
use crate::similar::{Vector, cosine};
use crate::statement::Statement;
use crate::text::{Id, Span};
use crate::time::{Granularity, Interval};
use crate::token::{TokenKind, Tokens};
use crate::zone::ZoneKind;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What is told: a sentence that holds a day, or a statement made on one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct What {
    /// The words that tell it.
    pub place: Place,
    /// The statement, where it is one.
    pub told: Option<Id<Statement>>,
}

/// Something told with its day or days.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub what: What,
    /// The first and the last day it can be.
    pub days: (Date, Date),
    /// The expression that gives the day, in lower case: what "Thursday" dates is of one day, so it counts once.
    pub word: String,
}

/// What a fact is about.
pub(super) struct Matter<'a> {
    marks: BTreeSet<Mark<'a>>,
    told: Option<(BTreeSet<Id<Person>>, &'a Vector)>,
    /// Every run of quoted words, or words of a statement, that is so long that nobody says it twice.
    quoted: BTreeSet<[&'a str; RUN]>,
}

/// Quoted words in a row that two texts share only where they quote the same words: of those shared by two dated AllSides
/// articles 9 of 10 were dated alike.
pub(super) const RUN: usize = 6;

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
pub(super) fn of(accounts: &[&Account], document: usize, day: &Day) -> Vec<Fact> {
    let reading = &accounts[document].reading;
    let text = &reading.document.text;
    let zone = |span: Span| reading.zones.holding(span.start()).map(|(_, zone)| zone.kind);
    let counts = |span: Span| !matches!(zone(span), Some(ZoneKind::Furniture | ZoneKind::ReaderComment));
    let mut facts = Vec::new();
    for time in day.times.iter().filter(|time| counts(time.span)) {
        let Some(days) = single(time.interval.as_ref()) else { continue };
        let Some((_, sentence)) = reading.sentences.holding(time.span.start()) else { continue };
        let what = What { place: Place { document, span: sentence.span }, told: None };
        facts.push(Fact { what, days, word: time.span.of(text).to_lowercase() });
    }
    for (id, statement) in reading.statements.entries().filter(|(_, statement)| counts(statement.reach())) {
        let Some(days) = single(day.said[id].interval.as_ref()) else { continue };
        let what = What { place: Place { document, span: statement.reach() }, told: Some(id) };
        let words = day.said[id].evidence.iter().flat_map(|evidence| evidence.words.first());
        facts.push(Fact { what, days, word: words.map(|span| span.of(text).to_lowercase()).collect() });
    }
    facts
}

fn single(interval: Option<&Interval>) -> Option<(Date, Date)> {
    let interval = interval?;
    let days = interval.start.zip(interval.end)?;
    let exact = matches!(interval.granularity, Granularity::Day | Granularity::Week | Granularity::Bounded);
    (exact && days.0.until(days.1).is_ok_and(|span| span.get_days() <= WIDEST)).then_some(days)
}

/// What `what` is about.
pub(super) fn matter<'a>(accounts: &[&'a Account], people: &People, what: What) -> Matter<'a> {
    let document = what.place.document;
    let account = accounts[document];
    let Some(id) = what.told else {
        let span = what.place.span;
        return Matter { marks: marks(account, people, document, span), told: None, quoted: quoted(account, span) };
    };
    let told = Ref::new(document, id);
    let who = people.speaker(accounts, told).into_iter().chain(people.addressee(accounts, told)).collect();
    let parts = &account.reading.statements[id].content;
    Matter {
        marks: parts.iter().flat_map(|span| marks(account, people, document, *span)).collect(),
        told: Some((who, &account.vectors[id])),
        quoted: parts.iter().flat_map(|span| runs(&account.reading.tokens, account.reading.tokens.within(*span))).collect(),
    }
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

/// The runs of quoted words that stand in `span`.
fn quoted(account: &Account, span: Span) -> BTreeSet<[&str; RUN]> {
    let reading = &account.reading;
    let quotations = reading.quotations.iter().filter(|quotation| quotation.inner.overlaps(span));
    quotations
        .flat_map(|quotation| runs(&reading.tokens, reading.tokens.within(quotation.inner).filter(|at| span.contains(reading.tokens.span(*at)))))
        .collect()
}

/// Every run of [`RUN`] words among these tokens.
pub(super) fn runs(all: &Tokens, tokens: impl Iterator<Item = usize>) -> Vec<[&str; RUN]> {
    let words: Vec<&str> = tokens.filter(|at| all.kind(*at) != TokenKind::Punctuation).map(|at| all.lower(at)).collect();
    words.windows(RUN).filter_map(|run| <[&str; RUN]>::try_from(run).ok()).collect()
}

/// A logistic function of what two facts share, fitted on pairs of facts of dated AllSides and giveme5w1h articles of one story.
/// Cross-validated, most bins of a tenth hold within a tenth, the worst within three. Each weight is rounded.
struct Fitted {
    base: f32,
    /// For ten nats of shared marks.
    shared: f32,
    /// For the part that is shared of what the lighter one holds.
    part: f32,
    /// For sharing somebody or something with a name.
    named: f32,
    /// For the meaning of what was said.
    meaning: f32,
    /// For a speaker or an addressee of both.
    voice: f32,
}

const SENTENCES: Fitted = Fitted { base: -1.05, shared: 0.4, part: 1.05, named: 0.3, meaning: 0.0, voice: 0.0 };
const STATEMENTS: Fitted = Fitted { base: -1.6, shared: 0.25, part: 0.6, named: 0.0, meaning: 2.5, voice: 1.0 };
/// Shared marks beyond this many nats tell no more.
const ENOUGH: f32 = 30.0;
/// How likely facts are of one day that quote the same words.
const VERBATIM: f32 = 0.9;

/// How likely two facts are of one day; nothing where they cannot be compared.
pub(super) fn likeness(one: &Matter<'_>, other: &Matter<'_>, weights: &Weights<'_>) -> Option<f32> {
    let shared: Vec<&Mark<'_>> = one.marks.intersection(&other.marks).collect();
    let lighter = weights.sum(one.marks.iter()).min(weights.sum(other.marks.iter()));
    let weight = weights.sum(shared.iter().copied()).min(ENOUGH);
    let part = if lighter > 0.0 { (weight / lighter).min(1.0) } else { 0.0 };
    let named = shared.iter().any(|mark| matches!(mark, Mark::Person(_)));
    let (fitted, meaning, voice) = match (&one.told, &other.told) {
        (Some((who, vector)), Some((whom, other_vector))) => (STATEMENTS, cosine(vector, other_vector), who.intersection(whom).next().is_some()),
        (None, None) if shared.is_empty() => return None,
        (None, None) => (SENTENCES, 0.0, false),
        (Some(_), None) | (None, Some(_)) => return None,
    };
    let is = |holds: bool| if holds { 1.0 } else { 0.0 };
    let sum = fitted.base + fitted.shared * weight / 10.0 + fitted.part * part + fitted.named * is(named) + fitted.meaning * meaning + fitted.voice * is(voice);
    let verbatim = one.quoted.intersection(&other.quoted).next().is_some();
    Some((1.0 / (1.0 + (-sum).exp())).max(if verbatim { VERBATIM } else { 0.0 }))
}
