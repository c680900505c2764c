//! Tells which of two statements was surely made first: by their days and hours, or by words of order in one document.
//!
//! # Limits
//! Hours are taken as they are written: two outlets that count them in two zones of the world are not told apart.

use super::side::Side;
use crate::calendar::{Calendar, Day};
use crate::evidence::{Evidence, Finder};
use crate::lexicon::{self, Phrases};
use crate::read::Reading;
use crate::record::Place;
use crate::said::Said;
use crate::statement::Statement;
use crate::text::Span;
use crate::time::{Interval, Time};
use crate::token::Tokens;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

/// `lexicon/order.toml`.
#[derive(Deserialize)]
struct Lexicon {
    earlier: Phrases,
    later: Phrases,
    turning: Phrases,
}

fn words() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/order.toml")));
    &WORDS
}

/// From when to when something was said or was so, as far as that is known; a day ends where the next begins.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Moment {
    start: Option<Hour>,
    end: Option<Hour>,
}

/// A day, and the minute of it; a night goes on past its day's last minute.
type Hour = (Date, u16);

/// Minutes of a day.
const DAY: u16 = 24 * 60;

impl Moment {
    /// The days of `interval`; of one day, the part of it that `value` gives.
    pub(super) fn of(interval: &Interval, value: Option<&str>) -> Moment {
        let part = value.filter(|_| interval.day().is_some()).and_then(part);
        let (from, to) = part.unwrap_or((0, DAY - 1));
        Moment { start: interval.start.map(|day| (day, from)), end: interval.end.map(|day| (day, to)) }
    }

    /// Whether it was surely over before `other` began.
    pub(super) fn is_before(self, other: Moment) -> bool {
        let ends = |(day, minute): Hour| if minute < DAY { (day, minute) } else { (day.tomorrow().unwrap_or(day), minute - DAY) };
        self.end.zip(other.start).is_some_and(|(end, start)| ends(end) < start)
    }

    /// From when to when the first of these was: not before the earliest of them began, which nobody knows where the beginning of one is
    /// open, and over when any of them was.
    pub(super) fn first(moments: &[Moment]) -> Moment {
        let starts: Option<Vec<Hour>> = moments.iter().map(|moment| moment.start).collect();
        Moment { start: starts.and_then(|starts| starts.into_iter().min()), end: moments.iter().filter_map(|moment| moment.end).min() }
    }

    /// From when to when, where both are known.
    pub(super) fn range(self) -> Option<(Hour, Hour)> {
        self.start.zip(self.end)
    }
}

/// The minutes of `2031-03-04TEV` or `2031-03-04T19:30`.
fn part(value: &str) -> Option<(u16, u16)> {
    let hour = |from: u16, to: u16| Some((from * 60, to * 60 - 1));
    match value.split_once('T')?.1 {
        "MO" => hour(5, 12),
        "AF" => hour(12, 18),
        "EV" => hour(17, 23),
        "NI" => hour(18, 30),
        clock => {
            let (hour, minute) = clock.split_once(':')?;
            let at = hour.parse::<u16>().ok()? * 60 + minute.get(..2)?.parse::<u16>().ok()?;
            (at < DAY).then_some((at, at))
        }
    }
}

/// The expression of time that dates a statement.
pub(super) fn time<'d>(day: &'d Day, said: &Said) -> Option<&'d Time> {
    said.evidence.iter().flat_map(|evidence| &evidence.words).find_map(|span| day.times.iter().find(|time| time.span == *span))
}

/// When a statement was made, by the expression that dates it.
pub(super) fn moment(said: &Said, time: Option<&Time>) -> Moment {
    said.interval.as_ref().map_or(Moment::default(), |interval| Moment::of(interval, time.map(|time| time.value.as_str())))
}

/// How a statement stands to what its document tells around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// "had said", "initially said", "after saying".
    Earlier,
    /// "later said", "would be corrected by her when she said".
    Later,
    /// No word tells.
    None,
}

/// Tokens around a cue in which a word of order is its own.
const NEAR: usize = 3;
/// Tokens at the head of a sentence in which a word of order bears on all of it.
const HEAD: usize = 2;

/// What words of order say of a statement, and their place: they stand with its cue, outside of what it tells.
pub(super) fn mark(reading: &Reading, statement: &Statement) -> (Mark, Option<Span>) {
    let tokens = &reading.tokens;
    let found = || {
        let cue = tokens.within(*statement.cue.first()?);
        let (_, sentence) = reading.sentences.holding(tokens.span(cue.start).start())?;
        let told = |at: usize| statement.content.iter().any(|part| part.contains(tokens.span(at)));
        let near = cue.start.saturating_sub(NEAR).max(sentence.tokens.start)..(cue.end + NEAR).min(sentence.tokens.end);
        let head = sentence.tokens.start..(sentence.tokens.start + HEAD).min(sentence.tokens.end);
        let stands = |phrases: &Phrases| [near.clone(), head.clone()].into_iter().find_map(|range| stands_in(tokens, phrases, range, &told));
        let lead = |word: &str| (tokens.before(cue.start, 1) == word).then(|| cue.start - 1..cue.start);
        let earlier = perfect(tokens, &cue).or_else(|| lead("after")).or_else(|| lead("despite")).or_else(|| stands(&words().earlier));
        let later =
            || lead("before").or_else(|| stands(&words().later)).or_else(|| stands_in(tokens, &words().turning, sentence.tokens.start..cue.start, &told));
        earlier.map(|words| (Mark::Earlier, tokens.cover(words))).or_else(|| later().map(|words| (Mark::Later, tokens.cover(words))))
    };
    found().unwrap_or((Mark::None, None))
}

fn stands_in(tokens: &Tokens, phrases: &Phrases, range: Range<usize>, told: &impl Fn(usize) -> bool) -> Option<Range<usize>> {
    // "an earlier report", "in a later post" say nothing of the verb.
    let free = |at: &usize| !told(*at) && !matches!(tokens.before(*at, 1), "a" | "an" | "the" | "its" | "his" | "her" | "their" | "no");
    let end = range.end;
    range.filter(free).find_map(|at| phrases.at(tokens, at).map(|len| at..at + len).filter(|words| words.end <= end))
}

/// "had said", "had already told".
fn perfect(tokens: &Tokens, cue: &Range<usize>) -> Option<Range<usize>> {
    let from = cue.start.saturating_sub(2);
    (from..cue.end).find(|at| tokens.lower(*at) == "had" && !matches!(tokens.lower(at + 1), "to" | "no")).map(|at| at..at + 1)
}

/// What texts tell of the order of things, beside their days.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// Utterances of which one document says that the first was before the second.
    utterances: Pairs,
    /// Documents of which the second tells as gone by what the first tells as its news.
    documents: Pairs,
}

/// What was before what, with the words that say so.
type Pairs = BTreeMap<(usize, usize), Vec<Place>>;

impl Order {
    /// Reads it off the statements of a story.
    pub(super) fn of(sides: &[Side<'_>]) -> Order {
        Order { utterances: one_way(in_one_text(sides)), documents: one_way(between_texts(sides)) }
    }

    /// Whether a document tells the one as said before the other.
    pub(super) fn has(&self, a: &Side<'_>, b: &Side<'_>) -> bool {
        self.told(a, b).is_some()
    }

    fn told(&self, a: &Side<'_>, b: &Side<'_>) -> Option<(&'static str, &Vec<Place>)> {
        let news = |side: &Side<'_>| is_now(side) && side.was_said();
        let between = || self.documents.get(&(a.told.document, b.told.document)).filter(|_| news(a) && news(b));
        let in_one = self.utterances.get(&(a.utterance, b.utterance)).map(|words| ("compare/told-in-order", words));
        in_one.or_else(|| between().map(|words| ("compare/gone-by", words)))
    }

    /// What shows that `early` was before `late`: the words of one document, else the times that stand with both.
    pub(super) fn evidence(&self, early: &Side<'_>, late: &Side<'_>, calendar: &Calendar) -> Option<Evidence<Place>> {
        if let Some((rule, words)) = self.told(early, late) {
            return Some(Evidence::rule("order", rule, words.clone(), "words tell what came first"));
        }
        let (one, other) = (early.timed_by?, late.timed_by?);
        let by_week = calendar.is_nameless() && early.moment.is_before(late.moment);
        by_week.then(|| Evidence::rule("order", "calendar/one-week", vec![early.place(one), late.place(other)], "weekdays of one week"))
    }
}

/// What two texts tell in two orders has none.
fn one_way(order: Pairs) -> Pairs {
    let both: BTreeSet<(usize, usize)> = order.keys().filter(|(a, b)| a == b || order.contains_key(&(*b, *a))).copied().collect();
    order.into_iter().filter(|(pair, _)| !both.contains(pair)).collect()
}

fn in_one_text(sides: &[Side<'_>]) -> Pairs {
    let mut order = Pairs::new();
    for one in sides.chunk_by(|a, b| a.told.document == b.told.document) {
        for (at, side) in one.iter().enumerate().filter(|(_, side)| side.was_said()) {
            for (other, b) in one.iter().enumerate().filter(|(_, b)| b.was_said() && b.utterance != side.utterance) {
                let words = || side.marked_by.iter().map(|span| side.place(*span)).collect();
                match side.mark {
                    Mark::Earlier if is_now(b) => order.entry((side.utterance, b.utterance)).or_insert_with(words),
                    Mark::Later if other < at && is_near(side, b) && b.mark != Mark::Later => order.entry((b.utterance, side.utterance)).or_insert_with(words),
                    Mark::Earlier | Mark::Later | Mark::None => continue,
                };
            }
        }
    }
    order
}

/// One utterance, the news of one document and gone by in another.
fn between_texts(sides: &[Side<'_>]) -> Pairs {
    let mut of: BTreeMap<usize, Vec<&Side<'_>>> = BTreeMap::new();
    for side in sides.iter().filter(|side| side.was_said()) {
        of.entry(side.utterance).or_default().push(side);
    }
    let mut order = Pairs::new();
    for all in of.values() {
        let news: BTreeSet<usize> = all.iter().filter(|side| is_now(side) || side.ago == Some(Ago::Today)).map(|side| side.told.document).collect();
        let gone: Vec<&&Side<'_>> = all.iter().filter(|side| side.mark == Mark::Earlier || side.ago == Some(Ago::Before)).collect();
        let is_gone = |document: usize| gone.iter().any(|side| side.told.document == document);
        for (news, gone) in news.iter().filter(|news| !is_gone(**news)).flat_map(|news| gone.iter().map(move |gone| (*news, *gone))) {
            let words = || gone.marked_by.iter().chain(&gone.timed_by).map(|span| gone.place(*span)).collect();
            order.entry((news, gone.told.document)).or_insert_with(words);
        }
    }
    order
}

/// How long ago a word of the text puts a statement, seen from its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ago {
    /// "today", "this morning".
    Today,
    /// "yesterday", "last night", "last week".
    Before,
}

/// How long ago the time of a statement puts it.
pub(super) fn ago(tokens: &Tokens, time: Span) -> Option<Ago> {
    match tokens.lower(tokens.within(time).start) {
        "today" | "tonight" | "this" => Some(Ago::Today),
        "yesterday" | "last" => Some(Ago::Before),
        _ => None,
    }
}

/// Whether the text tells it as its news: no word and no time puts it elsewhere than on the day of the text.
fn is_now(side: &Side<'_>) -> bool {
    let is_of_the_day = || {
        let today = side.reading.dating.date;
        today.is_some() && side.moment.range().is_some_and(|((from, _), (to, _))| Some(from) == today && Some(to) == today)
    };
    side.mark != Mark::Earlier && side.statement.within.is_none() && (!side.is_timed || is_of_the_day())
}

/// Whether a time of its own stands with a statement.
pub(super) fn is_timed(said: &Said) -> bool {
    said.evidence.iter().any(|it| matches!(it.by, Finder::Rule("said/beside-the-cue" | "said/embedded-post" | "said/told-just-before")))
}

/// Whether one stands in the other's paragraph or in the one before it.
fn is_near(side: &Side<'_>, before: &Side<'_>) -> bool {
    let paragraph = |side: &Side<'_>| {
        let span: Span = side.statement.reach();
        side.reading.sentences.holding(span.start()).map(|(_, sentence)| sentence.paragraph)
    };
    paragraph(side).zip(paragraph(before)).is_some_and(|(here, there)| here <= there + 1)
}
