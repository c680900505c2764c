//! Settles when everything was said once the documents of a story date each other.
//!
//! A document without a date of its own is read as if written on each day near its story's dated documents. The days on which what
//! it tells falls where others put it are the days it can be of: one day dates it, several bound it.
//!
//! # Limits
//! Only what is told by two documents with a day dates one by the other, so a document that tells nothing with a day stays without.
//! A date that a document states itself is not corrected by others; what its own text contradicts, `time::find` has settled.

mod fact;
mod fit;

use crate::account::Account;
use crate::evidence::Evidence;
use crate::person::People;
use crate::record::{Place, Told};
use crate::said::{self, Said};
use crate::statement::Statement;
use crate::text::{Column, Layer};
use crate::time::{self, Dating, Granularity, Interval, Time};
use jiff::civil::Date;

/// When every document of a story was written, and its statements made.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    days: Vec<Day>,
}

/// The day of one document, with the times that follow from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// The document's own date; open where others only bound it.
    pub dating: Dating,
    /// The days it can be of, where its own date is not known and others bound it.
    pub bounds: Option<Interval>,
    /// Its expressions of time, resolved against that date or those days.
    pub times: Layer<Time>,
    /// When its statements were said.
    pub said: Column<Statement, Said>,
    /// How other documents of the story dated it; empty where its own text or metadata did, or nobody.
    pub evidence: Vec<Evidence<Place>>,
}

impl Calendar {
    /// The day of the document at this position of the story.
    pub fn day(&self, document: usize) -> &Day {
        &self.days[document]
    }

    /// When a statement was said, as far as that is known.
    pub fn said(&self, told: Told) -> Option<&Interval> {
        self.days[told.document].said[told.id].interval.as_ref()
    }
}

/// Dates the documents of one story by each other: the surest first, each then a witness for the next.
pub fn settle(accounts: &[&Account], people: &People) -> Calendar {
    let mut days: Vec<Day> = accounts.iter().map(|account| as_read(account)).collect();
    let weights = fact::Weights::of(accounts, people);
    let mut facts: Vec<fact::Fact> = (0..days.len()).flat_map(|at| fact::of(accounts, people, at, &days[at])).collect();
    let near = fit::near(days.iter().filter_map(|day| day.dating.date));
    let mut open: Vec<(usize, Vec<Day>)> = (0..days.len()).filter(|at| days[*at].dating.date.is_none()).map(|at| (at, supposed(accounts[at], &near))).collect();
    while !near.is_empty() {
        let fits = open.iter().enumerate().filter_map(|(i, (at, on))| fit::best(accounts, people, *at, on, &facts, &weights).map(|fit| (i, fit)));
        let Some((i, fit)) = fits.max_by(|(i, a), (j, b)| a.score.total_cmp(&b.score).then(j.cmp(i))) else { break };
        let (at, on) = open.remove(i);
        days[at] = dated(&on[fit.days.clone()], fit.evidence);
        facts.extend(fact::of(accounts, people, at, &days[at]));
    }
    Calendar { days }
}

fn as_read(account: &Account) -> Day {
    let reading = &account.reading;
    Day { dating: reading.dating.clone(), bounds: None, times: reading.times.clone(), said: reading.said.clone(), evidence: Vec::new() }
}

/// The document as if written on each of `near`.
fn supposed(account: &Account, near: &[Date]) -> Vec<Day> {
    let reading = &account.reading;
    let layers = time::find_on(&reading.document, &reading.tokens, &reading.sentences, near);
    let day = |(date, times): (&Date, Layer<Time>)| {
        let dating = Dating { date: Some(*date), basis: BASIS, evidence: Vec::new() };
        let text = &reading.document.text;
        let said = said::date(text, &reading.tokens, &reading.zones, &reading.sentences, &times, &dating, &reading.entities, &reading.statements);
        Day { dating, bounds: None, times, said, evidence: Vec::new() }
    };
    near.iter().zip(layers).map(day).collect()
}

/// How a document is dated that others date.
const BASIS: &str = "from the other documents of the story";

/// One day where one fits; else everything from the first to the last that does.
fn dated(fitting: &[Day], evidence: Vec<Evidence<Place>>) -> Day {
    let (first, last) = (&fitting[0], &fitting[fitting.len() - 1]);
    if fitting.len() == 1 {
        return Day { evidence, ..first.clone() };
    }
    let bounds = Interval { start: first.dating.date, end: last.dating.date, granularity: Granularity::Bounded, basis: BASIS };
    let times =
        first.times.iter().zip(&last.times).map(|(a, b)| Time { interval: cover(a.interval.as_ref(), b.interval.as_ref()), value: common(a, b), ..a.clone() });
    let times = Layer::new(times.collect());
    let said = first.said.zip_with(&last.said, |a, b| Said { interval: cover(a.interval.as_ref(), b.interval.as_ref()), evidence: a.evidence.clone() });
    Day { dating: Dating { date: None, basis: BASIS, evidence: Vec::new() }, bounds: Some(bounds), times, said, evidence }
}

fn common(a: &Time, b: &Time) -> String {
    if a.value == b.value { a.value.clone() } else { String::new() }
}

/// From where the one begins to where the other ends.
fn cover(a: Option<&Interval>, b: Option<&Interval>) -> Option<Interval> {
    let (a, b) = (a?, b?);
    if a == b {
        return Some(a.clone());
    }
    let start = a.start.zip(b.start).map(|(a, b)| a.min(b));
    let end = a.end.zip(b.end).map(|(a, b)| a.max(b));
    (start.is_some() || end.is_some()).then_some(Interval { start, end, granularity: Granularity::Bounded, basis: BASIS })
}

#[cfg(test)]
mod tests;
