//! Which days a document can be of, by what it and others tell with a day: `calendar/dated-by-others`.

use super::Day;
use super::fact::{self, Fact, Weights, likeness};
use crate::account::Account;
use crate::evidence::Evidence;
use crate::person::People;
use crate::record::Place;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many days from a dated document an undated one of its story is looked for.
const NEAR: i64 = 12;
/// The likeness of facts that must agree in all before a day is believed.
const BELIEVED: f32 = 0.5;
/// What a fact on another day counts against one that agrees.
const AGAINST: f32 = 0.5;
/// What speaks against naming today, yesterday or tomorrow by its weekday, in a text that has those words.
const BY_WEEKDAY: f32 = 0.05;
/// Facts of dated documents one of an undated one is held against: a story of hundreds of documents tells the same again and again.
const MOST: usize = 4000;

/// Days that fit best.
pub(super) struct Fit {
    /// Their positions among the supposed days; one run.
    pub days: Range<usize>,
    /// How well they fit.
    pub score: f32,
    /// The facts that agree.
    pub evidence: Vec<Evidence<Place>>,
}

/// The days near the dated documents of a story, in order.
pub(super) fn near(dates: impl Iterator<Item = Date>) -> Vec<Date> {
    let around = |date: Date| (-NEAR..=NEAR).filter_map(move |by| date.checked_add(by.days()).ok());
    dates.flat_map(around).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The days of `on` that what the document tells fits best; nothing where too little agrees or the days are scattered.
pub(super) fn best(accounts: &[&Account], people: &People, document: usize, on: &[Day], facts: &[Fact<'_>], weights: &Weights<'_>) -> Option<Fit> {
    let others: Vec<&Fact<'_>> = facts.iter().filter(|fact| fact.document != document).take(MOST).collect();
    let tried: Vec<(f32, Vec<Evidence<Place>>)> = on.iter().map(|day| score(accounts, people, document, day, &others, weights)).collect();
    let top = tried.iter().map(|(score, _)| *score).fold(f32::MIN, f32::max);
    let fits = |at: &usize| tried[*at].0 > top - f32::EPSILON;
    let (first, last) = ((0..on.len()).find(fits)?, (0..on.len()).rfind(fits)?);
    let agreeing = !tried[first].1.is_empty() && !tried[last].1.is_empty();
    let in_a_run = (first..=last).all(|at| fits(&at)) && last - first < NEAR as usize;
    (top >= BELIEVED && agreeing && in_a_run).then(|| Fit { days: first..last + 1, score: top, evidence: tried[first].1.clone() })
}

/// How well `day` fits, and the facts that say so.
fn score(accounts: &[&Account], people: &People, document: usize, day: &Day, others: &[&Fact<'_>], weights: &Weights<'_>) -> (f32, Vec<Evidence<Place>>) {
    let mut sum = -BY_WEEKDAY * days_by_weekday(accounts[document], day) as f32;
    let mut evidence = Vec::new();
    for own in fact::of(accounts, people, document, day) {
        let Some((other, like)) = nearest(&own, others, weights) else { continue };
        if overlap(own.days, other.days) {
            sum += like;
            let why = "told with one day by both".to_owned();
            evidence.push(Evidence { score: like, ..Evidence::rule("date", "calendar/dated-by-others", vec![own.place, other.place], why) });
        } else {
            sum -= AGAINST * like;
        }
    }
    (sum, evidence)
}

/// The fact most like `own`; of equals one that agrees with it.
fn nearest<'f, 'a>(own: &Fact<'_>, others: &[&'f Fact<'a>], weights: &Weights<'_>) -> Option<(&'f Fact<'a>, f32)> {
    let alike = others.iter().map(|other| (*other, likeness(own, other, weights))).filter(|(_, like)| *like > 0.0);
    alike.max_by(|(one, a), (other, b)| a.total_cmp(b).then(overlap(own.days, one.days).cmp(&overlap(own.days, other.days))))
}

fn overlap(a: (Date, Date), b: (Date, Date)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// Where a text that says "today" or "yesterday" would name such a day by its weekday.
fn days_by_weekday(account: &Account, day: &Day) -> usize {
    let reading = &account.reading;
    let date = day.dating.date;
    let word = |span: crate::text::Span| reading.tokens.lower(reading.tokens.within(span).start);
    let pointed = |word: &str| matches!(word, "today" | "tonight" | "yesterday" | "tomorrow");
    if !day.times.iter().any(|time| pointed(word(time.span))) {
        return 0;
    }
    let close = |at: Date| date.is_some_and(|date| date.until(at).is_ok_and(|span| span.get_days().abs() <= 1));
    let named = |time: &&crate::time::Time| crate::mention::words::is_weekday(word(time.span));
    day.times.iter().filter(named).filter(|time| time.interval.as_ref().and_then(|interval| interval.start).is_some_and(close)).count()
}
