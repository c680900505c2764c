//! Finds expressions of time and resolves them against the document's own date.

use crate::document::Document;
use crate::evidence::{Evidence, Note};
use crate::sentence::Sentence;
use crate::text::{Layer, Span, Spanned};
use crate::token::Tokens;
use crate::zone::Zone;
use jiff::civil::{Date, Weekday};
use resolve::Anchors;
use shape::{Found, From, Shape};
use words::Cx;

mod scan;
mod words;
mod shape;
mod calendar;
mod day;
mod count;
mod direction;
mod dating;
mod resolve;

/// An expression of time, resolved as far as the text carries it.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// Its place, without a leading preposition ("Thursday" in "on Thursday").
    pub span: Span,
    /// Date, time of day, duration or set.
    pub kind: TimeKind,
    /// The TIMEX3 value: `2031-03-04`, `2031-03`, `2031-W10`, `2031-03-04TNI`, `P2W`, `PRESENT_REF` …; empty when it cannot be told.
    pub value: String,
    /// The days it may mean, when it points at some; durations and sets have none.
    pub interval: Option<Interval>,
    /// Which rule found it, on which basis.
    pub evidence: Evidence,
}

/// What an expression of time is, as in TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeKind {
    /// A day or more: "Thursday", "last March".
    Date,
    /// Part of a day: "last night", "9 a.m. Monday".
    Time,
    /// A length: "two weeks".
    Duration,
    /// Again and again: "every Tuesday".
    Set,
}

/// Days from `start` to `end`, both included; an open end is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// The first day it can be.
    pub start: Option<Date>,
    /// The last day it can be.
    pub end: Option<Date>,
    /// How exact the words are: one day known, some stretch, or bounded on one side.
    pub granularity: Granularity,
    /// On what it was resolved: "stated", "from the document's date", "from another time in the text".
    pub basis: &'static str,
}

impl Interval {
    /// The day, where it is one and known.
    pub fn day(&self) -> Option<Date> {
        self.start.filter(|start| self.end == Some(*start) && self.granularity == Granularity::Day)
    }
}

/// How exact an interval is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Granularity {
    /// One day, or a part of it.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter or season.
    Quarter,
    /// A year.
    Year,
    /// Longer than a year.
    Longer,
    /// Some days around a point: "several weeks ago".
    About,
    /// Only one side is known: "before March".
    Bounded,
}

/// The document's own date, as far as metadata and text tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct Dating {
    /// The day that "today" means in this document.
    pub date: Option<Date>,
    /// How it is known: "metadata", "date stamp", "inferred from the text", "inferred from a post in the text", "supplied".
    pub basis: &'static str,
    /// The words it rests on.
    pub evidence: Vec<Evidence>,
}

impl Dating {
    /// Whether nothing but a post that the document embeds tells its day: it may be an old one.
    pub(crate) fn rests_on_a_post(&self) -> bool {
        self.basis == dating::BY_POST_ALONE
    }
}

impl Spanned for Time {
    fn span(&self) -> Span {
        self.span
    }
}

/// Finds the times of a document and the date they are counted from.
pub fn find(document: &Document, tokens: &Tokens, zones: &Layer<Zone>, sentences: &Layer<Sentence>) -> (Layer<Time>, Dating, Vec<Note>) {
    let cx = Cx { text: &document.text, tokens, words: words::words() };
    let found = scan::scan(&cx);
    let (dating, notes) = dating::date(document, &cx, &found, zones);
    let mut anchors = Anchors { document: dating.date, tells_history: tells_history(&found, dating.date), ..Anchors::default() };
    let times = found.iter().map(|found| place(&cx, found, sentences, &mut anchors)).collect();
    (Layer::sorted(times), dating, notes)
}

/// The times of a document as they would be if it had been written on each of `days`, or on a day that nobody knows, in the order
/// of `days`.
pub(crate) fn find_on(document: &Document, tokens: &Tokens, sentences: &Layer<Sentence>, days: &[Option<Date>]) -> Vec<Layer<Time>> {
    let cx = Cx { text: &document.text, tokens, words: words::words() };
    let found = scan::scan(&cx);
    let on = |day: &Option<Date>| {
        let mut anchors = Anchors { document: *day, tells_history: tells_history(&found, *day), ..Anchors::default() };
        Layer::sorted(found.iter().map(|found| place(&cx, found, sentences, &mut anchors)).collect())
    };
    days.iter().map(on).collect()
}

/// Whether the lower-cased `word` is a verb in the past.
pub(crate) fn tells_past(word: &str) -> bool {
    direction::is_past(words::words(), word)
}

/// Whether the lower-cased `word` tells of what is to come.
pub(crate) fn tells_future(word: &str) -> bool {
    words::words().future.has(word)
}

/// The weekday that the lower-cased `word` names in full.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    words::words().weekdays.get(word).and_then(|day| Weekday::from_monday_one_offset(*day).ok())
}

/// Resolves one expression and remembers it for those that count from it.
fn place(cx: &Cx<'_>, found: &Found, sentences: &Layer<Sentence>, anchors: &mut Anchors) -> Time {
    let span = cx.tokens.cover(found.start..found.end).expect("a rule takes at least one token");
    let sentence = sentences.holding(span.start()).map_or(0..cx.tokens.len(), |(_, sentence)| sentence.tokens.clone());
    let direction = direction::of(cx, found.start..found.end, sentence);
    let resolved = resolve::resolve(found, anchors, direction);
    if let Some(interval) = resolved.interval.as_ref().filter(|_| !matches!(found.shape, Shape::Around { .. })) {
        anchors.text = interval.start;
        anchors.day = if interval.granularity == Granularity::Day { interval.start } else { anchors.day };
    }
    anchors.quarter = resolved.quarter.or(anchors.quarter);
    let basis = resolved.interval.as_ref().map_or("", |interval| interval.basis);
    Time { span, kind: found.kind(), value: resolved.value, interval: resolved.interval, evidence: Evidence::rule("time", found.rule, vec![span], basis) }
}

/// Whether the years a text names are mostly long gone when it is written, as in an account of a war.
fn tells_history(found: &[Found], document: Option<Date>) -> bool {
    let count = |is: &dyn Fn(&Shape) -> bool| found.iter().filter(|found| is(&found.shape)).count();
    let now = document.map_or(i16::MAX, |date| date.year());
    let gone = |year: i16| year < now.saturating_sub(YEARS_GONE);
    let old = count(&|shape| dating::states_year(shape).is_some_and(gone));
    let near = count(&|shape| matches!(shape, Shape::Weekday(..) | Shape::Away { from: From::Document, .. }));
    old > HISTORY_LEAST && old > near
}

/// Years after which a year is history.
const YEARS_GONE: i16 = 2;
/// So few old years make no history.
const HISTORY_LEAST: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sentence, token, zone};
    use proptest::prelude::*;

    fn read(text: &str, published: Option<Date>) -> (Layer<Time>, Dating, Vec<Note>) {
        let document = Document { published, ..Document::new("example.txt", text) };
        let tokens = token::tokenize(text);
        let zones = zone::divide(&document, &tokens);
        let sentences = sentence::split(text, &tokens, &zones);
        find(&document, &tokens, &zones, &sentences)
    }

    #[test]
    fn without_a_date_relative_times_stay_open() {
        let (times, dating, notes) = read("Ode left Thursday, several weeks ago or last night.", None);
        assert!(dating.date.is_none() && notes[0].kind == "no-date");
        assert!(times.iter().all(|time| time.interval.is_none()));
        assert_eq!(times.iter().map(|time| time.value.as_str()).collect::<Vec<_>>(), ["XXXX-WXX-4", "PXW", "XXXX-XX-XXTNI"]);
    }

    #[test]
    fn days_that_no_calendar_has_are_no_dates() {
        let (times, ..) = read("Filed 2031-02-31, on Feb. 31 and in 9999 centuries ago.", jiff::civil::date(2031, 3, 5).into());
        assert!(times.iter().all(|time| time.interval.as_ref().is_none_or(|interval| interval.granularity != Granularity::Day)), "{times:?}");
    }

    fn words() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "Monday",
            "last",
            "the",
            "week",
            "ago",
            "two",
            "9999999",
            "March",
            "4",
            "2031",
            ",",
            "late",
            "quarter",
            "year",
            "-",
            "centuries",
            "earlier",
            "next",
            "10",
            "p.m.",
            "every",
            "first",
            "of",
            "half",
            "a",
            "dozen",
            "thousand",
            "hundred",
            "will",
            "said",
            "Christmas",
            "Easter",
            "9999",
            "decades",
            "later",
            "’",
            "'",
            "s",
            "1/2",
            "to",
            "night",
            "\n",
            "\n\n",
            "2031-02-29",
            "from",
            "now",
        ]);
        prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "))
    }

    fn check(text: &str, published: Option<Date>) -> Result<(), TestCaseError> {
        let (times, dating, notes) = read(text, published);
        let mut end = 0;
        for time in &times {
            prop_assert!(time.span.start() >= end && !time.span.is_empty() && text.get(time.span.range()).is_some());
            end = time.span.end();
            let days = time.interval.as_ref().and_then(|interval| interval.start.zip(interval.end));
            prop_assert!(days.is_none_or(|(start, end)| start <= end));
        }
        prop_assert_eq!(read(text, published), (times, dating, notes));
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_gives_sorted_times_twice_the_same(text in "\\PC{0,120}") {
            check(&text, None)?;
        }

        #[test]
        fn words_of_time_in_any_order_resolve_or_stay_open(text in words(), year in 1i16..9999) {
            check(&text, Date::new(year, 3, 5).ok())?;
            check(&text, None)?;
        }
    }
}
