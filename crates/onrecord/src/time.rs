//! Finds expressions of time and resolves them against the document's own date.

use crate::document::Document;
use crate::evidence::{Evidence, Note};
use crate::sentence::Sentence;
use crate::text::{Layer, Span, Spanned};
use crate::token::Tokens;
use crate::zone::Zone;
use jiff::civil::Date;

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
    /// How it is known: "metadata", "date stamp", "inferred from the text", "supplied".
    pub basis: &'static str,
    /// The words it rests on.
    pub evidence: Vec<Evidence>,
}

impl Spanned for Time {
    fn span(&self) -> Span {
        self.span
    }
}

/// Finds the times of a document and the date they are counted from.
pub fn find(_document: &Document, _tokens: &Tokens, _zones: &Layer<Zone>, _sentences: &Layer<Sentence>) -> (Layer<Time>, Dating, Vec<Note>) {
    (Layer::default(), Dating { date: None, basis: "unknown", evidence: Vec::new() }, Vec::new())
}
