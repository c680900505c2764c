//! Tells the document's own date, the day that "today" means: from metadata, a date stamp, its address, or the text where it contradicts them.

use super::Dating;
use super::direction::{self, Direction};
use super::shape::{Found, Shape, Which, YearOf};
use super::words::Cx;
use crate::document::Document;
use crate::evidence::{Evidence, Note};
use crate::text::{Layer, Span};
use crate::zone::{Zone, ZoneKind};
use jiff::ToSpan;
use jiff::civil::Date;

/// A date the document carries beside its metadata.
struct Witness {
    date: Date,
    rule: &'static str,
    basis: &'static str,
    words: Vec<Span>,
}

/// The document's date, and what is odd about it.
pub(super) fn date(document: &Document, cx: &Cx<'_>, found: &[Found], zones: &Layer<Zone>) -> (Dating, Vec<Note>) {
    let metadata = document.published;
    let witness = stamp(cx, found, zones, metadata)
        .or_else(|| address(document))
        .filter(|witness| metadata.is_none_or(|date| days(date, witness.date).abs() > SAME_DAY))
        .or_else(|| embedded_post(cx, found, metadata))
        .or_else(|| told_later(cx, found, metadata));
    let Some(witness) = witness else {
        let basis = if metadata.is_some() { "metadata" } else { "unknown" };
        let notes = if metadata.is_some() { Vec::new() } else { vec![no_date()] };
        return (Dating { date: metadata, basis, evidence: Vec::new() }, notes);
    };
    let note = metadata.map(|date| Note {
        kind: "date-contradicted",
        span: witness.words.first().copied(),
        message: format!("the metadata say {date}, the text {}; times are counted from the latter", witness.date),
    });
    let evidence = vec![Evidence::rule("date", witness.rule, witness.words, witness.basis)];
    (Dating { date: Some(witness.date), basis: witness.basis, evidence }, note.into_iter().collect())
}

/// Days by which metadata and a stamp may differ and mean one publication: time zones, print and online.
const SAME_DAY: i32 = 1;

fn no_date() -> Note {
    Note { kind: "no-date", span: None, message: "neither the metadata nor the text tell this document's date; words such as “Thursday” stay open".into() }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// `time/date-stamp`: a date in the first lines that belongs to no sentence: alone on its line, labelled, or in a dateline.
fn stamp(cx: &Cx<'_>, found: &[Found], zones: &Layer<Zone>, metadata: Option<Date>) -> Option<Witness> {
    let top = found.iter().take_while(|found| cx.tokens.span(found.start).start() < STAMP_REACH);
    top.filter(|found| is_stamp(cx, found, zones)).find_map(|found| {
        let Shape::Day { year, month, day } = found.shape else { return None };
        let date = match (year, metadata) {
            (Some(year), _) => Date::new(year, month, day).ok()?,
            (None, Some(metadata)) => nearest(metadata, month, day)?,
            (None, None) => Date::new(copyright_year(cx)?, month, day).ok()?,
        };
        let words = cx.tokens.cover(found.start..found.end)?;
        Some(Witness { date, rule: "time/date-stamp", basis: "date stamp", words: vec![words] })
    })
}

/// How far into the text a stamp can stand, in bytes: headline, byline and stamp fit, the second paragraph does not.
const STAMP_REACH: usize = 600;

fn is_stamp(cx: &Cx<'_>, found: &Found, zones: &Layer<Zone>) -> bool {
    let span = cx.tokens.span(found.start);
    let line_start = cx.text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let end = cx.tokens.span(found.end - 1).end();
    let line_end = cx.text[end..].find('\n').map_or(cx.text.len(), |at| end + at);
    let before = cx.tokens.from_byte(line_start)..found.start;
    let after = cx.text[end..line_end].trim();
    let prepositions = ["on", "in", "since", "by", "until"];
    if prepositions.contains(&cx.tokens.before(found.start, 1)) && (before.len() == 1 || !is_label(cx, found.start.saturating_sub(2))) {
        return false;
    }
    let zone = zones.holding(span.start()).map(|(_, zone)| zone.kind);
    let stated = matches!(found.shape, Shape::Day { year: Some(_), .. });
    let labelled = before.clone().all(|at| is_label(cx, at));
    let alone = after.len() <= STAMP_TAIL && !after.ends_with('.') && before.len() <= STAMP_LEAD && line_end - line_start <= STAMP_LINE;
    let opens = labelled && (!before.is_empty() || after.is_empty() || after.starts_with(|c: char| c.is_uppercase() || "|-–—·".contains(c)));
    let in_place = matches!(zone, Some(ZoneKind::Dateline | ZoneKind::Byline));
    let dateline = is_after_place(cx, before.clone()) && (after.starts_with(['(', '—', '–', '-']) || after.starts_with(", 2"));
    dateline
        || in_place
        || (stated && (opens || (alone && (labelled || before.clone().any(|at| matches!(cx.w(at), "by" | "|" | "·" | "published" | "updated" | "posted"))))))
}

/// What may follow a stamp on its line, in bytes: a clock time and its zone.
const STAMP_TAIL: usize = 24;
/// What may lead a stamp on its line, in tokens: a byline.
const STAMP_LEAD: usize = 12;
/// The longest line that is all stamp, in bytes.
const STAMP_LINE: usize = 100;

fn is_label(cx: &Cx<'_>, at: usize) -> bool {
    !cx.is_wordlike(at)
        || cx.digits(at).is_some()
        || matches!(
            cx.w(at),
            "date"
                | "dated"
                | "published"
                | "updated"
                | "posted"
                | "created"
                | "modified"
                | "first"
                | "last"
                | "on"
                | "at"
                | "a"
                | "p"
                | "m"
                | "am"
                | "pm"
                | "time"
        )
        || cx.words.zones.at(cx.tokens, at).is_some()
        || cx.weekday(at).is_some()
}

/// "HARROW, " or "PORT ALDER, Wessex, " before a dateline's date.
fn is_after_place(cx: &Cx<'_>, before: std::ops::Range<usize>) -> bool {
    let first = before.start;
    let shouts = before.len() >= 2 && before.len() <= STAMP_LEAD && cx.is_wordlike(first);
    shouts && cx.tokens.span(first).of(cx.text).chars().all(|c| !c.is_lowercase()) && cx.tokens.span(first).len() > 2 && cx.w(before.end - 1) == ","
}

fn copyright_year(cx: &Cx<'_>) -> Option<i16> {
    (0..cx.tokens.len()).find_map(|at| matches!(cx.w(at), "copyright" | "©").then(|| cx.year(cx.skip(at + 1, "©"))).flatten()).map(|(year, _)| year)
}

/// `time/date-in-address`: the address holds year, month and day as folders or in one.
fn address(document: &Document) -> Option<Witness> {
    static DAY: std::sync::LazyLock<regex::Regex> =
        std::sync::LazyLock::new(|| regex::Regex::new(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:/|-|$)").expect("a fixed pattern"));
    let hit = DAY.captures(document.url.as_deref()?)?;
    let date = Date::new(hit[1].parse().ok()?, hit[2].parse().ok()?, hit[3].parse().ok()?).ok()?;
    Some(Witness { date, rule: "time/date-in-address", basis: "address", words: Vec::new() })
}

/// How a document is dated that only such a post dates.
pub(super) const BY_POST_ALONE: &str = "inferred from a post in the text";

/// `time/date-contradicted`: an embedded post carries its date, and the weekdays of the text follow it, but the metadata are a week or more later.
fn embedded_post(cx: &Cx<'_>, found: &[Found], metadata: Option<Date>) -> Option<Witness> {
    let posts = found.iter().filter(|found| closes_post(cx, found.start));
    let (post, posted) = posts.filter_map(|found| Some((found, stated(found)?))).max_by_key(|(_, date)| *date)?;
    let late = metadata.map(|date| days(posted, date));
    if late.is_some_and(|late| !(STALE..=FORGOTTEN).contains(&late)) {
        return None;
    }
    let weekdays: Vec<(&Found, i32)> = found
        .iter()
        .filter_map(|found| match found.shape {
            Shape::Weekday(weekday, Which::Bare) => {
                let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday).ok()?;
                Some((found, i32::from(posted.weekday().until(weekday))))
            }
            _ => None,
        })
        .collect();
    if late.is_some() && !weekdays.iter().any(|(_, after)| *after <= NEWS_LAG) {
        return None;
    }
    let last = weekdays.iter().filter(|(_, after)| *after <= NEWS_LAG).max_by_key(|(_, after)| *after);
    let date = posted.checked_add(last.map_or(0, |(_, after)| *after).days()).ok()?;
    if found.iter().any(|found| is_past_after(cx, found, date)) {
        return None;
    }
    let words = std::iter::once(post).chain(last.map(|(found, _)| *found)).filter_map(|found| cx.tokens.cover(found.start..found.end));
    let mut words: Vec<Span> = words.collect();
    words.sort();
    let basis = if metadata.is_some() { "inferred from the text" } else { BY_POST_ALONE };
    Some(Witness { date, rule: "time/date-contradicted", basis, words })
}

/// Whether the text tells a day as past that came after `date`: then it was written later, and the post is no news in it.
fn is_past_after(cx: &Cx<'_>, found: &Found, date: Date) -> bool {
    let (told, farthest) = match found.shape {
        Shape::Day { year: Some(year), month, day } => (Date::new(year, month, day).ok(), i32::MAX),
        Shape::Day { year: None, month, day } => (nearest(date, month, day), SOON),
        _ => (None, 0),
    };
    let on = cx.tokens.before(found.start, 1) == "on";
    on && told.is_some_and(|told| (SAME_DAY + 1..=farthest).contains(&days(date, told))) && is_told_as_past(cx, found)
}

/// The day of that name that is nearest to `date`.
fn nearest(date: Date, month: i8, day: i8) -> Option<Date> {
    (-1..=1).filter_map(|by| Date::new(date.year() + by, month, day).ok()).min_by_key(|it| days(date, *it).abs())
}

/// Days after a post within which a day that has no year is the one after it; further off it may be that of the year before.
const SOON: i32 = 62;
/// Days after a post within which an article that embeds it as news is written.
const NEWS_LAG: i32 = 2;
/// Days after which metadata no longer fit an article about a post.
const STALE: i32 = 7;
/// Days after which an embedded post is history and tells nothing.
const FORGOTTEN: i32 = 31;

/// "(@handle) 28 December 2031", "@handle, June 4, 2031".
fn closes_post(cx: &Cx<'_>, at: usize) -> bool {
    (1..=3).any(|back| at > back && cx.tokens.before(at, back + 1) == "@" || at >= back && cx.tokens.before(at, back).starts_with('@'))
        && !cx.is_wordlike(at.wrapping_sub(1))
        || (at >= 2 && cx.tokens.before(at, 2) == "@")
}

fn stated(found: &Found) -> Option<Date> {
    match found.shape {
        Shape::Day { year: Some(year), month, day } => Date::new(year, month, day).ok(),
        _ => None,
    }
}

/// `time/told-before-it-was`: full dates that the text tells as past lie after the metadata's day.
fn told_later(cx: &Cx<'_>, found: &[Found], metadata: Option<Date>) -> Option<Witness> {
    let metadata = metadata?;
    let past = found.iter().filter_map(|found| {
        let ahead = days(metadata, stated(found)?);
        let on = matches!(cx.tokens.before(found.start, 1), "on");
        let told = on && (SAME_DAY + 1..=TOO_FAR).contains(&ahead) && is_told_as_past(cx, found);
        told.then(|| Some((stated(found)?, cx.tokens.cover(found.start..found.end)?))).flatten()
    });
    let (date, words) = past.max_by_key(|(date, _)| *date)?;
    Some(Witness { date, rule: "time/told-before-it-was", basis: "inferred from the text", words: vec![words] })
}

/// Days after which a date ahead is rather a plan, or a slip, than a wrong stamp.
const TOO_FAR: i32 = 60;

fn is_told_as_past(cx: &Cx<'_>, found: &Found) -> bool {
    let before = found.start.saturating_sub(PAST_REACH)..found.start;
    let first = before.clone().rev().take_while(|at| !matches!(cx.w(*at), "." | ";" | "?")).last().unwrap_or(found.start);
    let future = (first..found.start).any(|at| cx.words.future.has(cx.w(at)));
    !future && direction::of(cx, found.start..found.end, first..found.start) == Direction::Past
}

/// Tokens before a date that must hold its past verb and no word of the future.
const PAST_REACH: usize = 12;

/// Whether the shape names a year that the text states.
pub(super) fn states_year(shape: &Shape) -> Option<i16> {
    match shape {
        Shape::Day { year: Some(year), .. } | Shape::Month { year: YearOf::Stated(year), .. } | Shape::Year(year) => Some(*year),
        _ => None,
    }
}
