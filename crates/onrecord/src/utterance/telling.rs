//! What one statement shows to those who ask whether another tells the same act of speaking.

use super::speaker::Voice;
use crate::account::Account;
use crate::act::{Act, Factuality};
use crate::calendar::Calendar;
use crate::evidence::Finder;
use crate::hash;
use crate::lexicon::{self, Phrases};
use crate::person::{self, People};
use crate::quotation::QuotationUse;
use crate::read::Reading;
use crate::record::{Place, Told};
use crate::similar::words::{Bag, Weighed, Weights, bag};
use crate::similar::{self, Topic, Vector};
use crate::statement::{Form, Statement};
use crate::text::Span;
use crate::time::Interval;
use crate::token::TokenKind;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

/// `lexicon/utterance.toml`.
#[derive(Deserialize)]
pub(super) struct Lexicon {
    pub(super) government: Phrases,
    pub(super) media: Phrases,
    pub(super) speaking: Phrases,
    pub(super) official: Phrases,
    pub(super) hedges: Phrases,
    pub(super) boosters: Phrases,
    numbers: BTreeMap<String, String>,
}

pub(super) fn lexicon() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/utterance.toml")));
    &WORDS
}

/// One statement as one telling of an act of speaking.
pub(super) struct Telling<'a> {
    pub(super) told: Told,
    pub(super) reading: &'a Reading,
    pub(super) statement: &'a Statement,
    pub(super) act: Act,
    pub(super) voice: Voice,
    /// When it was said, as the record has it.
    pub(super) said: Option<Interval>,
    /// The days it can have been said on, as far as its own document shows them.
    pub(super) days: Option<Interval>,
    /// The words of the content in lower case, in order, without marks.
    pub(super) run: Vec<String>,
    /// Their numbers, which are quicker to compare.
    pub(super) keys: Vec<u64>,
    /// Words in quotation marks of the content, each quotation as a row of words.
    pub(super) quoted: Vec<Vec<String>>,
    /// The stems of the content.
    pub(super) words: Bag,
    /// The same, weighed among those of the story.
    pub(super) weighed: Weighed,
    /// The states it speaks of.
    pub(super) states: BTreeSet<String>,
    /// Numbers by the word they count.
    pub(super) counts: BTreeMap<String, String>,
    /// What the content means beyond the story's subject.
    pub(super) beyond: Vector,
    /// Whether the text says that it was said.
    pub(super) is_actual: bool,
    /// Whether it stands in the headline or the first paragraph below it.
    pub(super) is_opening: bool,
}

impl Telling<'_> {
    /// Its content as places.
    pub(super) fn places(&self) -> Vec<Place> {
        self.statement.matter().iter().map(|span| self.told.place(*span)).collect()
    }

    /// How likely the two tell of one event, by meaning and words.
    pub(super) fn alike(&self, other: &Telling<'_>) -> f32 {
        similar::alike(similar::cosine(&self.beyond, &other.beyond), self.weighed.shared(&other.weighed))
    }

    /// Whether a word of `phrases` stands in its cue or content.
    pub(super) fn has(&self, phrases: &Phrases) -> bool {
        let tokens = &self.reading.tokens;
        self.statement.cue.iter().chain(&self.statement.content).any(|span| phrases.find(tokens, tokens.within(*span)).is_some())
    }
}

/// Every statement of a story as a telling, in order.
pub(super) fn of_all<'a>(accounts: &[&'a Account], people: &People, calendar: &Calendar) -> Vec<Telling<'a>> {
    let topic = Topic::of(accounts.iter().flat_map(|account| account.vectors.iter()));
    let voices = Voice::of_all(accounts, people);
    let tolds: Vec<Told> = Told::all(accounts).collect();
    let mut tellings: Vec<Telling<'a>> = tolds.into_par_iter().zip(voices).map(|(told, voice)| telling(accounts, calendar, &topic, told, voice)).collect();
    let weights = Weights::of(tellings.iter().map(|telling| &telling.words));
    tellings.iter_mut().for_each(|telling| telling.weighed = weights.weigh(&telling.words));
    tellings
}

fn telling<'a>(accounts: &[&'a Account], calendar: &Calendar, topic: &Topic, told: Told, voice: Voice) -> Telling<'a> {
    let reading = told.reading(accounts);
    let (statement, tokens) = (told.statement(accounts), &reading.tokens);
    let content = || statement.content.iter().map(|span| tokens.within(*span));
    let run = lowered(reading, content());
    let text = reading.document.text.as_str();
    Telling {
        told,
        reading,
        statement,
        act: reading.acts[told.id].act,
        voice,
        said: calendar.said(told).cloned(),
        days: days(calendar, told),
        quoted: quoted(reading, statement, &run),
        words: bag(tokens, content()),
        weighed: Weighed::default(),
        states: statement.content.iter().flat_map(|span| person::key(span.of(text))).filter(|word| person::is_state(word)).collect(),
        counts: counts(&run),
        keys: run.iter().map(|word| hash::of(word.bytes())).collect(),
        run,
        beyond: topic.beyond(&accounts[told.document].vectors[told.id]),
        is_actual: reading.acts[told.id].factuality == Factuality::Actual,
        is_opening: is_opening(reading, statement.reach()),
    }
}

/// The days that can keep tellings apart. A document that only others date shows none: a wrong date would part what its words
/// join. Where no word gives the day, it is only known that it was said before it was told.
fn days(calendar: &Calendar, told: Told) -> Option<Interval> {
    let day = calendar.place(told.document);
    let said = &day.said[told.id];
    let own = |by: &Finder| matches!(by, Finder::Rule("said/beside-the-cue"));
    let is_sure = day.evidence.is_empty() || (calendar.is_nameless() && said.evidence.iter().any(|evidence| own(&evidence.by)));
    let interval = said.interval.clone().filter(|_| is_sure)?;
    let supposed = |by: &Finder| matches!(by, Finder::Rule("said/day-of-the-report" | "said/relayed-the-same-day" | "said/bounded-by-the-document"));
    let start = interval.start.filter(|_| !said.evidence.iter().any(|evidence| supposed(&evidence.by)));
    Some(Interval { start, ..interval })
}

/// The words of some tokens in lower case, without marks.
fn lowered(reading: &Reading, ranges: impl Iterator<Item = Range<usize>>) -> Vec<String> {
    let tokens = &reading.tokens;
    ranges.flatten().filter(|at| tokens.kind(*at) != TokenKind::Punctuation).map(|at| tokens.lower(at).to_owned()).collect()
}

/// The quotations inside the content; all of it where it is quoted as a whole.
fn quoted(reading: &Reading, statement: &Statement, run: &[String]) -> Vec<Vec<String>> {
    if statement.form == Form::Direct {
        return vec![run.to_vec()];
    }
    let speech = reading.quotations.iter().filter(|quotation| quotation.use_ == QuotationUse::Speech);
    let inside = speech.filter(|quotation| statement.content.iter().any(|part| part.contains(quotation.inner)));
    inside.map(|quotation| lowered(reading, std::iter::once(reading.tokens.within(quotation.inner)))).collect()
}

/// Numbers by the stem of the word after them: "41 people" is people: 41. A number that counts two things is left out.
fn counts(run: &[String]) -> BTreeMap<String, String> {
    let value = |word: &String| {
        if word.starts_with(|c: char| c.is_ascii_digit()) { Some(word.clone()) } else { lexicon().numbers.get(word).cloned() }
    };
    let pairs = run.windows(2).filter_map(|pair| Some((pair[1].trim_end_matches('s').to_owned(), value(&pair[0])?)));
    let mut counts: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (noun, value) in pairs.filter(|(noun, _)| noun.chars().all(char::is_alphabetic)) {
        let held = counts.entry(noun).or_insert_with(|| Some(value.clone()));
        if held.as_ref() != Some(&value) {
            *held = None;
        }
    }
    counts.into_iter().filter_map(|(noun, value)| Some((noun, value?))).collect()
}

/// Paragraphs from the top that open a document: its headline, what stands beside it, and its lead.
const OPENING: usize = 4;

fn is_opening(reading: &Reading, place: Span) -> bool {
    reading.sentences.holding(place.start()).is_some_and(|(_, sentence)| sentence.paragraph < OPENING)
}
