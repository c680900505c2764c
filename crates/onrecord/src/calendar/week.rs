//! Puts the documents of a story that nothing dates into one week without a name: `calendar/one-week`.
//!
//! News names the day of what was said as a weekday of the last few days: of 1,009 weekdays beside a verb of saying in dated
//! AllSides articles 97 of 100 were at most three days old. So where the weekdays of a story leave a gap in the week, the
//! one after the gap came first. Dates that follow tell the order of things and are never shown.

use super::{Day, dated, supposed};
use crate::account::Account;
use crate::evidence::{Evidence, Finder};
use crate::read::Reading;
use crate::record::Place;
use crate::said::Said;
use crate::text::{Column, Span};
use crate::time::{self, Time, TimeKind};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// Days in a row without a name that surely part the last of a week from the first of the next.
const SURE_GAP: usize = 3;
/// As few do where every other day is named: a weekend.
const WEEKEND: usize = 2;
/// Days after the last it names on which a report is written: of those 1,009 weekdays 86 of 100 were of the day or the day before.
const LATER: i64 = 1;
/// The year of a story that names none.
const ANY_YEAR: i16 = 2001;

/// Each document as if written in the story's own week; nothing where its weekdays leave no gap.
pub(super) fn days(accounts: &[&Account]) -> Option<Vec<Day>> {
    let named: Vec<BTreeSet<usize>> = accounts.iter().map(|account| named(&account.reading)).collect();
    let first = first(&named.iter().flatten().copied().collect())?;
    let start = start(accounts, first)?;
    let place = |(document, (account, named)): (usize, (&&Account, &BTreeSet<usize>))| {
        let since = |weekday: &usize| (weekday + 7 - first) % 7;
        let Some(last) = named.iter().map(since).max() else { return super::as_read(account) };
        let on: Vec<Date> = (0..=LATER).filter_map(|by| start.checked_add((last as i64 + by).days()).ok()).collect();
        let evidence = account.reading.times.iter().filter(|time| weekday(&account.reading, time).is_some());
        let places = evidence.map(|time| Place { document, span: time.span }).take(SHOWN).collect();
        let evidence = vec![Evidence::rule("date", "calendar/one-week", places, "the weekdays of the story leave a gap in the week")];
        of_the_week(&account.reading, dated(account, &supposed(account, &on), &vec![1.0; on.len()], evidence))
    };
    Some(accounts.iter().zip(&named).enumerate().map(place).collect())
}

/// The weekdays that place a document: more tell a reader nothing.
const SHOWN: usize = 6;

/// The weekdays, Monday first, on which a document has things said, or tells that they happened.
fn named(reading: &Reading) -> BTreeSet<usize> {
    let cued = reading.said.iter().flat_map(|said| &said.evidence).filter(|it| it.by == Finder::Rule("said/beside-the-cue"));
    let cued: BTreeSet<Span> = cued.flat_map(|it| it.words.iter().copied()).collect();
    let told = |time: &&Time| cued.contains(&time.span) || is_told_as_past(reading, time.span);
    reading.times.iter().filter(told).filter_map(|time| weekday(reading, time)).collect()
}

/// Whether the words of its sentence before it tell of the past.
fn is_told_as_past(reading: &Reading, time: Span) -> bool {
    let Some((_, sentence)) = reading.sentences.holding(time.start()) else { return false };
    let before = sentence.tokens.start..reading.tokens.from_byte(time.start());
    let mut words = before.map(|at| reading.tokens.lower(at));
    words.clone().any(time::tells_past) && !words.any(time::tells_future)
}

/// The weekday that an expression names without more: not "last Friday", not "Friday, March 7".
fn weekday(reading: &Reading, time: &Time) -> Option<usize> {
    let tokens = reading.tokens.within(time.span);
    let bare = matches!(time.kind, TimeKind::Date | TimeKind::Time) && time.value.starts_with("XXXX-WXX-");
    let name = tokens.clone().find_map(|at| time::weekday(reading.tokens.lower(at))).filter(|_| bare)?;
    let led = tokens.clone().any(|at| matches!(reading.tokens.lower(at), "last" | "next" | "previous" | "preceding" | "following" | "this" | "coming"));
    (!led).then(|| name.to_monday_zero_offset() as usize)
}

/// The first weekday of the story: the one after the gap.
fn first(named: &BTreeSet<usize>) -> Option<usize> {
    let gap = |day: &usize| (1..7).take_while(|by| !named.contains(&((day + 7 - by) % 7))).count();
    let mut gaps: Vec<(usize, usize)> = named.iter().map(|day| (gap(day), *day)).collect();
    gaps.sort_unstable_by(|a, b| b.cmp(a));
    let (largest, day) = *gaps.first()?;
    let others = gaps.iter().skip(1).map(|(gap, _)| *gap).max().unwrap_or(0);
    let sure = (largest >= SURE_GAP && largest > others) || (largest == WEEKEND && others == 0);
    sure.then_some(day)
}

/// The first day: of this weekday, near the day of the year that most documents name, in the last year that any of them states.
fn start(accounts: &[&Account], weekday: usize) -> Option<Date> {
    let mut days: BTreeMap<(i8, i8), usize> = BTreeMap::new();
    let mut year = None;
    for account in accounts {
        let stated: BTreeSet<(i8, i8)> = account.reading.times.iter().filter_map(|time| day_of_year(&time.value)).collect();
        stated.into_iter().for_each(|day| *days.entry(day).or_default() += 1);
        let years = account.reading.times.iter().filter(|time| time.value.len() == "2031".len()).filter_map(|time| time.value.parse::<i16>().ok());
        year = year.max(years.max());
    }
    let (month, day) = days.into_iter().max_by_key(|(day, documents)| (*documents, *day)).map_or((6, 1), |(day, _)| day);
    let near = Date::new(year.unwrap_or(ANY_YEAR), month, day).ok()?;
    let weekday = Weekday::from_monday_zero_offset(i8::try_from(weekday).ok()?).ok()?;
    near.checked_sub(i64::from(near.weekday().since(weekday)).days()).ok()
}

/// The month and day of `XXXX-07-14`.
fn day_of_year(value: &str) -> Option<(i8, i8)> {
    let (month, day) = value.strip_prefix("XXXX-")?.get(..5)?.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

/// The day with only those statements dated that a weekday of the text dates, or the day of the report.
fn of_the_week(reading: &Reading, day: Day) -> Day {
    let sure = |said: &Said| {
        let by_the_report = said.evidence.iter().any(|it| matches!(it.by, Finder::Rule("said/day-of-the-report" | "said/bounded-by-the-document")));
        let tells = |time: &Time| weekday(reading, time).is_some() || matches!(time.evidence.by, Finder::Rule("time/day-word" | "time/clock"));
        let by_a_word = || said.evidence.iter().flat_map(|it| &it.words).any(|span| reading.times.iter().any(|time| time.span == *span && tells(time)));
        by_the_report || by_a_word()
    };
    let said = Column::over(&reading.statements, |id, _| if sure(&day.said[id]) { day.said[id].clone() } else { Said::default() });
    Day { said, ..day }
}
