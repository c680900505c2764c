//! Which days a document can be of, by what it and others tell with a day: `calendar/dated-by-others`.

use super::Day;
use super::fact::{self, Fact, Matter, RUN, Weights, What, likeness};
use super::same;
use crate::account::Account;
use crate::evidence::Evidence;
use crate::person::People;
use crate::read::Reading;
use crate::record::{Place, Told};
use crate::time::{self, Granularity, Time};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many days from a dated document an undated one of its story is looked for.
const NEAR: i64 = 12;
/// How likely two sentences of one story that have nothing in common are of one day: a third of those of AllSides articles are.
const BY_CHANCE: f32 = 0.3;
/// And two statements: more are of the day of the news. With less, follow-ups of the week after are taken for the news itself.
const SAID_BY_CHANCE: f32 = 0.4;
/// What each further day that a fact may be of adds to that.
const BY_WIDTH: f32 = 0.07;
/// Chance is never taken for more: a fact of a whole week tells little, not nothing.
const MOST_BY_CHANCE: f32 = 0.8;
/// A fact speaks for every day on which others tell something that may as well be the same: with odds of half the best.
const AS_WELL: f32 = 0.5;
/// How likely the document must be of the days it is said to be of. Of 93 AllSides and giveme5w1h articles that one dated article of
/// their story dates with it, 79 are of these days and ten more are a day off; with nine in ten a third fewer are dated.
const SURE: f32 = 0.8;
/// So many days at most bound a document.
const WEEK: usize = 7;
/// How often a weekday that news names, and does not tell as to come, was so many days ago, today first, as a multiple of a seventh:
/// 3,430 in AllSides and giveme5w1h articles. Most of those six days ago are tomorrow in truth.
const DAYS_AGO: [f32; 7] = [3.1, 2.0, 0.7, 0.4, 0.2, 0.2, 0.3];
/// How often one that it tells as to come was so many days ahead, today first: 584 there.
const DAYS_AHEAD: [f32; 7] = [2.6, 1.6, 0.9, 0.5, 0.25, 0.35, 0.8];
/// How much less likely a day is on which something is told as past that was yet to come.
const BEFORE_IT_WAS: f32 = 0.1;
/// And one on which words are quoted that were yet to be said: that another tells a wrong day of them is rarer.
const BEFORE_THEY_WERE_SAID: f32 = 0.03;
/// Facts of dated documents one of an undated one is held against: a story of hundreds of documents tells the same again and again.
const MOST: usize = 4000;

/// Days that fit best.
pub(super) struct Fit {
    /// Their positions among the supposed days; one run.
    pub days: Range<usize>,
    /// How likely each of them is, beside the others.
    pub shares: Vec<f32>,
    /// How likely the document is of one of them.
    pub score: f32,
    /// The facts that agree.
    pub evidence: Vec<Evidence<Place>>,
}

/// The days near the dated documents of a story, in order.
pub(super) fn near(dates: &[Date]) -> Vec<Date> {
    let around = |date: &Date| (-NEAR..=NEAR).filter_map(|by| date.checked_add(by.days()).ok()).collect::<Vec<_>>();
    dates.iter().flat_map(around).collect::<BTreeSet<_>>().into_iter().collect()
}

/// What a dated document tells, ready to be held against what others tell.
pub(super) struct Witness<'a> {
    facts: Vec<(Fact, Matter<'a>)>,
    /// Words it quotes, with the day it tells them to have been said on.
    quoted: Vec<(Date, BTreeSet<[&'a str; RUN]>)>,
}

impl<'a> Witness<'a> {
    /// The document at this position, with its day.
    pub(super) fn new(accounts: &[&'a Account], people: &People, document: usize, day: &Day) -> Witness<'a> {
        let facts = fact::of(accounts, document, day).into_iter().map(|fact| (fact.clone(), fact::matter(accounts, people, fact.what))).collect();
        let dated = |id| Some((same::sure(&day.said[id])?, same::quoted(accounts, Told::new(document, id), &day.said[id])));
        Witness { facts, quoted: accounts[document].reading.statements.ids().filter_map(dated).collect() }
    }
}

/// A document without a date.
pub(super) struct Open<'a> {
    /// Its position in the story.
    pub at: usize,
    /// It as if written on each day near the dated ones.
    pub on: Vec<Day>,
    /// The weekdays it names without more.
    weekdays: BTreeSet<Named>,
    /// What it tells with a day on each of these.
    facts: Vec<Vec<Fact>>,
    /// For each thing it tells, what that is about, and what others tell that is most likely of the same day.
    nearest: BTreeMap<What, (Matter<'a>, Nearest)>,
    heard: usize,
    /// Every run of words it quotes.
    quoted: BTreeSet<[&'a str; RUN]>,
    /// The last day on which any of them was said, as others tell.
    not_before: Option<Date>,
}

/// By their days, the facts of others that are likely of one day with something: how likely, and where it is told.
type Nearest = BTreeMap<(Date, Date), (f32, Place)>;

impl<'a> Open<'a> {
    /// The document at this position, supposed to be of each of the days of `on`.
    pub(super) fn new(accounts: &[&'a Account], people: &People, at: usize, on: Vec<Day>) -> Open<'a> {
        let facts: Vec<Vec<Fact>> = on.iter().map(|day| fact::of(accounts, at, day)).collect();
        let whats: BTreeSet<What> = facts.iter().flatten().map(|fact| fact.what).collect();
        let nearest = whats.into_iter().map(|what| (what, (fact::matter(accounts, people, what), Nearest::default()))).collect();
        let ids = accounts[at].reading.statements.ids();
        let quoted = ids.flat_map(|id| same::quoted(accounts, Told::new(at, id), &on[0].said[id])).collect();
        let weekdays = weekdays(&accounts[at].reading, &on);
        Open { at, on, weekdays, facts, nearest, heard: 0, quoted, not_before: None }
    }

    /// Holds what it tells against what a dated document tells.
    pub(super) fn hear(&mut self, witness: &Witness<'_>, weights: &Weights<'_>) {
        let shared = witness.quoted.iter().filter(|(_, words)| words.iter().any(|run| self.quoted.contains(run)));
        self.not_before = shared.map(|(said, _)| *said).chain(self.not_before).max();
        let others = &witness.facts[..witness.facts.len().min(MOST.saturating_sub(self.heard))];
        self.heard += others.len();
        for (matter, nearest) in self.nearest.values_mut() {
            for (fact, other) in others {
                let Some(likely) = likeness(matter, other, weights).filter(|likely| *likely > BY_CHANCE) else { continue };
                let held = nearest.entry(fact.days).or_insert((likely, fact.what.place));
                *held = if likely > held.0 { (likely, fact.what.place) } else { *held };
            }
        }
    }

    /// The fewest days it is surely of one of; nothing where they are too many.
    pub(super) fn fit(&self, accounts: &[&Account], dated: &[Date]) -> Option<Fit> {
        let weighed: Vec<f32> = (0..self.on.len()).map(|at| self.weight(accounts, at, dated)).collect();
        let top = weighed.iter().copied().fold(f32::MIN, f32::max);
        let shares: Vec<f32> = weighed.iter().map(|weight| (weight - top).exp()).collect();
        let all: f32 = shares.iter().sum();
        let run = |from: usize, len: usize| shares[from..from + len].iter().sum::<f32>() / all;
        let of_length = |len: usize| (0..=self.on.len().saturating_sub(len)).map(|from| (from, run(from, len))).max_by(|a, b| a.1.total_cmp(&b.1));
        let (len, (from, score)) = (1..=WEEK.min(self.on.len())).filter_map(|len| Some((len, of_length(len)?))).find(|(_, (_, mass))| *mass >= SURE)?;
        let best = (from..from + len).max_by(|a, b| weighed[*a].total_cmp(&weighed[*b]))?;
        let evidence = self.evidence(best);
        let (first, last) = (self.on[from].dating.date?, self.on[from + len - 1].dating.date?);
        let in_a_row = first.until(last).is_ok_and(|span| span.get_days() < WEEK as i32);
        let days = from..from + len;
        (in_a_row && !evidence.is_empty()).then(|| Fit { shares: shares[days.clone()].to_vec(), days, score, evidence })
    }

    /// The logarithm of how likely the day at this position is: by how near dated documents are, and by what agrees and what does not.
    fn weight(&self, accounts: &[&Account], at: usize, dated: &[Date]) -> f32 {
        let date = self.on[at].dating.date;
        let apart = |other: &Date| date.and_then(|date| date.until(*other).ok()).map_or(NEAR as i32, |span| span.get_days().abs());
        let prior = -(1.0 + dated.iter().map(apart).min().unwrap_or_default() as f32).ln();
        // What one word of the text dates is of one day, so its surest fact speaks for all.
        let mut by_word: BTreeMap<&str, (f32, f32)> = BTreeMap::new();
        for fact in &self.facts[at] {
            let (likely, place) = agrees(&self.nearest[&fact.what].1, fact.days);
            let chance = by_chance(fact);
            let odds = if place.is_some() { (likely.max(chance) / chance).ln() } else { ((1.0 - likely.max(chance)) / (1.0 - chance)).ln() };
            let held = by_word.entry(&fact.word).or_insert((likely, odds));
            *held = if likely > held.0 { (likely, odds) } else { *held };
        }
        let reading = &accounts[self.at].reading;
        let weekdays: f32 = self.weekdays.iter().map(|weekday| weekday.odds(date)).sum();
        let is_before_words = self.not_before.is_some_and(|said| date.is_some_and(|date| date < said));
        let before = before_it_was(reading, &self.on[at]) as f32 * BEFORE_IT_WAS.ln();
        let before_words = if is_before_words { BEFORE_THEY_WERE_SAID.ln() } else { 0.0 };
        prior + weekdays + before + before_words + by_word.values().map(|(_, odds)| odds).sum::<f32>()
    }

    fn evidence(&self, at: usize) -> Vec<Evidence<Place>> {
        let mut evidence = Vec::new();
        for fact in &self.facts[at] {
            let (likely, Some(place)) = agrees(&self.nearest[&fact.what].1, fact.days) else { continue };
            let why = "told with one day by both".to_owned();
            evidence.push(Evidence { score: likely, ..Evidence::rule("date", "calendar/dated-by-others", vec![fact.what.place, place], why) });
        }
        evidence.sort_by(|a, b| b.score.total_cmp(&a.score));
        evidence.truncate(SHOWN);
        evidence
    }
}

/// How likely something has its like among the facts of others, and where that stands if it can be of `days`.
fn agrees(nearest: &Nearest, days: (Date, Date)) -> (f32, Option<Place>) {
    let top = nearest.values().map(|(likely, _)| *likely).fold(0.0, f32::max);
    let odds = |likely: f32| likely / (1.0 - likely);
    let mut as_well = nearest.iter().filter(|(others, (likely, _))| overlap(**others, days) && odds(*likely) >= AS_WELL * odds(top)).map(|(_, held)| *held);
    let first = as_well.next();
    match as_well.chain(first).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) {
        Some((likely, place)) => (likely, Some(place)),
        None => (top, None),
    }
}

fn by_chance(fact: &Fact) -> f32 {
    let more = fact.days.0.until(fact.days.1).map_or(0, |span| span.get_days()) as f32;
    let least = if fact.what.told.is_some() { SAID_BY_CHANCE } else { BY_CHANCE };
    (least + BY_WIDTH * more).min(MOST_BY_CHANCE)
}

/// The surest facts that dated a document: more tell a reader nothing.
const SHOWN: usize = 6;

fn overlap(a: (Date, Date), b: (Date, Date)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// A weekday that a text names without more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    /// The days from Monday to it.
    weekday: i8,
    is_to_come: bool,
}

impl Named {
    /// The logarithm of how likely it is named on a day.
    fn odds(self, on: Option<Date>) -> f32 {
        let Some(on) = on else { return 0.0 };
        let ago = (on.weekday().to_monday_zero_offset() - self.weekday).rem_euclid(7) as usize;
        if self.is_to_come { DAYS_AHEAD[(7 - ago) % 7].ln() } else { DAYS_AGO[ago].ln() }
    }
}

/// The weekdays that the text names without more; one is to come that would lie ahead on any of the days it is supposed to be of.
fn weekdays(reading: &Reading, on: &[Day]) -> BTreeSet<Named> {
    let Some(day) = on.first() else { return BTreeSet::new() };
    let named = |(at, time): (usize, &Time)| {
        let tokens = reading.tokens.within(time.span);
        let weekday = time::weekday(reading.tokens.lower(tokens.start)).filter(|_| tokens.len() == 1)?;
        let lies_ahead =
            |day: &Day| day.times.as_slice()[at].interval.as_ref().and_then(|it| it.start).zip(day.dating.date).is_some_and(|(start, date)| start > date);
        Some(Named { weekday: weekday.to_monday_zero_offset(), is_to_come: on.iter().any(lies_ahead) })
    };
    day.times.iter().enumerate().filter_map(named).collect()
}

/// How many dates that the text states lie ahead though they are told as past.
fn before_it_was(reading: &Reading, day: &Day) -> usize {
    let Some(date) = day.dating.date else { return 0 };
    let stated = |time: &&Time| reading.tokens.within(time.span).any(|at| reading.tokens.lower(at).starts_with(|c: char| c.is_ascii_digit()));
    let ahead = |time: &&Time| time.interval.as_ref().is_some_and(|it| it.granularity == Granularity::Day && it.start.is_some_and(|start| start > date));
    let past = |time: &&Time| {
        let Some((_, sentence)) = reading.sentences.holding(time.span.start()) else { return false };
        let mut words = sentence.tokens.clone().map(|at| reading.tokens.lower(at));
        words.clone().any(time::tells_past) && !words.any(time::tells_future)
    };
    day.times.iter().filter(stated).filter(ahead).filter(past).map(|time| &time.interval).filter_map(|it| it.as_ref()?.start).collect::<BTreeSet<_>>().len()
}
