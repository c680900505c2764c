//! Settles when everything was said once the documents of a story date each other.
//!
//! A document without a date of its own is read as if written on each day near its story's dated documents. Each day is as likely as
//! what the document tells then falls where others put the like, as news names its weekdays, and as it is near. Where the likeliest
//! days are few and together sure, one day dates the document and several bound it. Then the same words of one speaker, told with
//! their day in one document, have it in all.
//!
//! Where no document of a story bears a date, its weekdays may still tell the order of things: the documents are then put into a week
//! without a name, which is used to tell what came first and never shown.
//!
//! # Limits
//! Documents of which none bears a date stay without; a story that names most days of a week has no order. Follow-ups a week apart that name the same weekdays can be taken for each other.
//! A date that a document states itself is not corrected by others; what its own text contradicts, `time::find` has settled.

mod fact;
mod fit;
mod same;
mod week;

use crate::account::Account;
use crate::evidence::Evidence;
use crate::person::People;
use crate::record::{Place, Told};
use crate::said::{self, Said};
use crate::statement::Statement;
use crate::text::{Column, Id, Layer};
use crate::time::{self, Dating, Granularity, Interval, Time};
use fit::{Fit, Open, Witness};
use jiff::civil::Date;

/// When every document of a story was written, and its statements made.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    days: Vec<Day>,
    /// The documents in a week without a name, where nothing dates them.
    week: Option<Vec<Day>>,
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

    /// When a statement was said, for telling what came first.
    pub(crate) fn placed(&self, told: Told) -> Option<&Interval> {
        self.place(told.document).said[told.id].interval.as_ref()
    }

    /// Whether nothing dates the story, so that its days are those of a week without a name.
    pub(crate) fn is_nameless(&self) -> bool {
        self.week.is_some()
    }

    /// The day of a document for telling what came first: in the story's own week where nothing dates it. Never to be shown.
    pub(crate) fn place(&self, document: usize) -> &Day {
        &self.week.as_ref().unwrap_or(&self.days)[document]
    }
}

/// Dates the documents of one story by each other, then what is told in the same words by each other's tellings.
pub fn settle(accounts: &[&Account], people: &People) -> Calendar {
    let mut days = date(accounts, people);
    same::spread(accounts, people, &mut days);
    let is_dated = days.iter().any(|day| day.dating.date.is_some() || day.bounds.is_some());
    let mut week = if is_dated { None } else { week::days(accounts) };
    if let Some(week) = &mut week {
        same::spread(accounts, people, week);
    }
    Calendar { days, week }
}

/// The day of each document: the surest first, each then a witness for the next.
fn date(accounts: &[&Account], people: &People) -> Vec<Day> {
    let mut days: Vec<Day> = accounts.iter().map(|account| as_read(account)).collect();
    without_old_posts(accounts, &mut days);
    let dated_itself: Vec<Date> = days.iter().filter_map(|day| day.dating.date).collect();
    if dated_itself.is_empty() || dated_itself.len() == days.len() {
        return days;
    }
    let weights = fact::Weights::of(accounts, people);
    let near = fit::near(&dated_itself);
    let undated = (0..days.len()).filter(|at| days[*at].dating.date.is_none());
    let mut open: Vec<Open<'_>> = undated.map(|at| Open::new(accounts, people, at, supposed(accounts[at], &near))).collect();
    for at in (0..days.len()).filter(|at| days[*at].dating.date.is_some()) {
        let witness = Witness::new(accounts, people, at, &days[at]);
        open.iter_mut().for_each(|open| open.hear(&witness, &weights));
    }
    loop {
        let fits = open.iter().enumerate().filter_map(|(i, open)| Some((i, open.fit(accounts, &dated_itself)?)));
        let surest = |(i, a): &(usize, Fit), (j, b): &(usize, Fit)| b.days.len().cmp(&a.days.len()).then(a.score.total_cmp(&b.score)).then(j.cmp(i));
        let Some((i, fit)) = fits.max_by(surest) else { break };
        let Open { at, on, .. } = open.remove(i);
        days[at] = dated(accounts[at], &on[fit.days], &fit.shares, fit.evidence);
        let witness = Witness::new(accounts, people, at, &days[at]);
        open.iter_mut().for_each(|open| open.hear(&witness, &weights));
    }
    days
}

fn as_read(account: &Account) -> Day {
    let reading = &account.reading;
    Day { dating: reading.dating.clone(), bounds: None, times: reading.times.clone(), said: reading.said.clone(), evidence: Vec::new() }
}

/// `calendar/old-post`: a document dated by nothing but a post in it, weeks away from all that bear a date, is without a date.
fn without_old_posts(accounts: &[&Account], days: &mut [Day]) {
    let rests_on_a_post = |day: &Day| day.dating.rests_on_a_post();
    let sure: Vec<Date> = days.iter().filter(|day| !rests_on_a_post(day)).filter_map(|day| day.dating.date).collect();
    let is_far = |date: Date| !sure.is_empty() && sure.iter().all(|sure| date.until(*sure).map_or(i32::MAX, |span| span.get_days().abs()) > OLD);
    for (account, day) in accounts.iter().zip(days) {
        if rests_on_a_post(day) && day.dating.date.is_some_and(is_far) {
            *day = on(account, &[None]).remove(0);
        }
    }
}

/// Days from a post to every dated document of the story after which the post is an old one. Of 334 AllSides articles with a post, 18
/// are of another day than it tells by more than three days, 12 by more than a week.
const OLD: i32 = 7;

/// The document as if written on each of `near`.
fn supposed(account: &Account, near: &[Date]) -> Vec<Day> {
    on(account, &near.iter().copied().map(Some).collect::<Vec<_>>())
}

/// The document as if written on each of these days, or on one that nobody knows.
fn on(account: &Account, near: &[Option<Date>]) -> Vec<Day> {
    let reading = &account.reading;
    let layers = time::find_on(&reading.document, &reading.tokens, &reading.sentences, near);
    let day = |(date, times): (&Option<Date>, Layer<Time>)| {
        let dating = Dating { date: *date, basis: if date.is_some() { BASIS } else { "unknown" }, evidence: Vec::new() };
        let text = &reading.document.text;
        let said = said::date(text, &reading.tokens, &reading.zones, &reading.sentences, &times, &dating, &reading.entities, &reading.statements);
        Day { dating, bounds: None, times, said, evidence: Vec::new() }
    };
    near.iter().zip(layers).map(day).collect()
}

/// How a document is dated that others date.
const BASIS: &str = "from the other documents of the story";

/// One day where one fits; else everything from the first to the last that does. `shares` tell how likely each of these days is. What is
/// of one time on almost all of them is of that.
fn dated(account: &Account, fitting: &[Day], shares: &[f32], evidence: Vec<Evidence<Place>>) -> Day {
    let (first, last) = (&fitting[0], &fitting[fitting.len() - 1]);
    if fitting.len() == 1 {
        return Day { evidence, ..first.clone() };
    }
    let bounds = Interval { start: first.dating.date, end: last.dating.date, granularity: Granularity::Bounded, basis: BASIS };
    let time = |id: Id<Time>| {
        let (a, b) = (&first.times[id], &last.times[id]);
        let sure = surest(fitting, shares, |day| day.times[id].interval.as_ref());
        sure.map_or_else(|| Time { interval: cover(a.interval.as_ref(), b.interval.as_ref()), value: common(a, b), ..a.clone() }, |day| day.times[id].clone())
    };
    let times = Layer::new(first.times.ids().map(time).collect());
    let said = Column::over(&account.reading.statements, |id, _| {
        let (a, b) = (&first.said[id], &last.said[id]);
        let sure = surest(fitting, shares, |day| day.said[id].interval.as_ref());
        sure.map_or_else(|| Said { interval: cover(a.interval.as_ref(), b.interval.as_ref()), evidence: a.evidence.clone() }, |day| day.said[id].clone())
    });
    Day { dating: Dating { date: None, basis: BASIS, evidence: Vec::new() }, bounds: Some(bounds), times, said, evidence }
}

/// So much of what is likely must be of these days: of 1,061 AllSides and giveme5w1h statements this dates 27 more rightly and one
/// wrongly; with eight in ten 35 and ten.
const SAME: f32 = 0.9;

/// A day on which something is of the time that it is of on all these days but few unlikely ones.
fn surest<'a>(fitting: &'a [Day], shares: &[f32], time: impl Fn(&'a Day) -> Option<&'a Interval>) -> Option<&'a Day> {
    let all: f32 = shares.iter().sum();
    let share = |one: &'a Day| fitting.iter().zip(shares).filter(|(day, _)| time(day) == time(one)).map(|(_, share)| share).sum::<f32>();
    fitting.iter().find(|day| share(day) >= SAME * all)
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
