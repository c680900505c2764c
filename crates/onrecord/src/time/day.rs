//! Rules for days and hours: weekdays, today and its kin, parts of the day, clock times.

use super::calendar;
use super::shape::{Found, From, Shape, Unit, Which};
use super::words::{Cx, Read};

/// `time/weekday`: "Thursday", "last Friday", "Monday night", "the previous Tuesday".
pub(super) fn weekday(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let (which, from) = weekday_lead(cx, at);
    let (day, end) = cx.weekday(from)?;
    let (hour, end) = part_after(cx, end);
    Some(Found::new(at, end, Shape::Weekday(day, which), "time/weekday").at_hour(hour))
}

fn weekday_lead(cx: &Cx<'_>, at: usize) -> (Which, usize) {
    let the = cx.skip(at, "the");
    match cx.w(the) {
        "previous" | "preceding" if the > at => (Which::Previous, the + 1),
        "following" if the > at => (Which::Next, the + 1),
        _ => cx.which(at).unwrap_or((Which::Bare, at)),
    }
}

/// "night" in "Monday night", with its code.
fn part_after(cx: &Cx<'_>, at: usize) -> (Option<String>, usize) {
    let from = if matches!(cx.w(at), "early" | "late") { at + 1 } else { at };
    match cx.words.parts.get(cx.w(from)) {
        Some(code) => (Some(format!("T{code}")), from + 1),
        None => (None, at),
    }
}

/// `time/day-word`: "today", "yesterday morning", "tonight", "last night", "this evening", "the day before yesterday".
pub(super) fn day_word(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let rule = "time/day-word";
    let away = |by: i32| Shape::Away { unit: Unit::Day, by, from: From::Document };
    let the = cx.skip(at, "the");
    if cx.is(the, &["day", "before", "yesterday"]) {
        return Some(Found::new(at, the + 3, away(-2), rule));
    }
    if cx.is(the, &["day", "after", "tomorrow"]) {
        return Some(Found::new(at, the + 3, away(2), rule));
    }
    let by = match cx.w(at) {
        "today" => 0,
        "yesterday" => -1,
        "tomorrow" => 1,
        "tonight" => return Some(Found::new(at, at + 1, away(0), rule).at_hour(Some("TNI".into()))),
        "overnight" => return Some(Found::new(at, at + 1, away(0), rule).at_hour(Some("TNI".into()))),
        "last" => {
            let code = cx.words.parts.get(cx.w(at + 1)).filter(|code| matches!(code.as_str(), "NI" | "EV"))?;
            return Some(Found::new(at, at + 2, away(-1), rule).at_hour(Some(format!("T{code}"))));
        }
        "this" => {
            let part = if matches!(cx.w(at + 1), "early" | "late" | "past") { at + 2 } else { at + 1 };
            let code = cx.words.parts.get(cx.w(part))?;
            return Some(Found::new(at, part + 1, away(0), rule).at_hour(Some(format!("T{code}"))));
        }
        _ => return None,
    };
    let (hour, end) = part_after(cx, at + 1);
    Some(Found::new(at, end, away(by), rule).at_hour(hour))
}

/// `time/part-of-day`: "that night", "the morning", "the following evening", "mid-afternoon".
pub(super) fn part_of_day(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let rule = "time/part-of-day";
    let (lead, from) = match cx.w(at) {
        "that" | "the" => (cx.w(at), at + 1),
        "mid" => ("mid", cx.skip(at + 1, "-")),
        "late" | "early" => ("mid", at + 1),
        _ => ("", at),
    };
    let (by, from) = match (lead, cx.w(from)) {
        ("the", "following" | "next") => (1, from + 1),
        ("the", "previous" | "same") => (if cx.w(from) == "same" { 0 } else { -1 }, from + 1),
        _ => (0, from),
    };
    let code = cx.words.parts.get(cx.w(from))?;
    let away = Shape::Away { unit: Unit::Day, by, from: From::Text };
    let led = lead == "that" || lead == "the" && (by != 0 || matches!(cx.tokens.before(at, 1), "in" | "during" | "through" | "of")) || lead == "mid";
    led.then(|| Found::new(at, from + 1, if by != 0 || lead == "that" { away } else { Shape::Hour }, rule).at_hour(Some(format!("T{code}"))))
}

/// `time/clock`: "10 p.m. Wednesday", "9 a.m. EST Tuesday", "noon", "midnight Friday", "4 in the morning", "7:15 p.m.".
pub(super) fn clock(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let (hour, end) = half_day(cx, at).or_else(|| full_day(cx, at))?;
    let end = cx.words.zones.at(cx.tokens, end).map_or(end, |len| end + len);
    let day = [end, cx.skip(end, ","), cx.skip(end, "on"), cx.skip(cx.skip(end, ","), "on")].into_iter().find_map(|from| {
        let found = calendar::calendar_date(cx, from).or_else(|| weekday(cx, from)).or_else(|| day_word(cx, from))?;
        (!cx.breaks_paragraph(from)).then_some(found)
    });
    let found = match day {
        Some(day) => Found::new(at, day.end, day.shape, "time/clock"),
        None => Found::new(at, end, Shape::Hour, "time/clock"),
    };
    Some(found.at_hour(Some(hour)))
}

/// A clock time with a.m. or p.m., noon, midnight, "in the morning".
fn half_day(cx: &Cx<'_>, at: usize) -> Read<String> {
    match cx.w(at) {
        "noon" | "midday" => return Some(("T12:00".into(), at + 1)),
        "midnight" => return Some(("T24:00".into(), at + 1)),
        _ => {}
    }
    let (hour, minute, end) = hour_minute(cx, at)?;
    let (late, end) = half_of_day(cx, at, end)?;
    let hour = match (hour, late) {
        (12, false) => 0,
        (hour, true) if hour < 12 => hour + 12,
        (hour, _) => hour,
    };
    (hour < 24).then(|| (format!("T{hour:02}:{minute:02}"), end))
}

fn hour_minute(cx: &Cx<'_>, at: usize) -> Option<(u32, u32, usize)> {
    let word = cx.w(at).trim_end_matches("am").trim_end_matches("pm");
    let hour: u32 = match word.parse() {
        Ok(hour) if word.len() <= 2 => hour,
        _ => cx.hour_word(at)?,
    };
    let minute = cx
        .digits(at + 2)
        .filter(|(minute, width)| matches!(cx.w(at + 1), ":" | ".") && cx.touches(at + 1) && cx.touches(at + 2) && *width == 2 && *minute < 60);
    let glued = cx.w(at).ends_with('m') && word.len() < cx.w(at).len();
    match minute.filter(|_| !glued) {
        Some((minute, _)) => Some((hour, minute, at + 3)),
        None => Some((hour, 0, at + 1)),
    }
    .filter(|(hour, ..)| *hour <= 24)
}

/// Whether it is after noon, and the token after the words that say so.
fn half_of_day(cx: &Cx<'_>, at: usize, end: usize) -> Read<bool> {
    let glued = |ending: &str| cx.w(end - 1).ends_with(ending) && cx.w(end - 1).starts_with(|c: char| c.is_ascii_digit());
    if glued("am") || glued("pm") {
        return Some((glued("pm"), end));
    }
    if let Some(late) = ["a", "p"].iter().position(|half| cx.is(end, &[half, ".", "m"]) && cx.touches(end + 1)) {
        return Some((late == 1, cx.skip(end + 3, ".")));
    }
    match cx.w(end) {
        "am" | "pm" if !cx.w(at).is_empty() => Some((cx.w(end) == "pm", end + 1)),
        "in" if cx.w(end + 1) == "the" => match cx.w(end + 2) {
            "morning" => Some((false, end + 3)),
            "afternoon" | "evening" => Some((true, end + 3)),
            _ => None,
        },
        "at" if cx.w(end + 1) == "night" => Some((true, end + 2)),
        _ => None,
    }
}

/// "20:30", "1400 GMT", "nine o'clock".
fn full_day(cx: &Cx<'_>, at: usize) -> Read<String> {
    let (hour, minute, end) = hour_minute(cx, at)?;
    if cx.is(end, &["o", "'", "clock"]) || cx.is(end, &["o", "’", "clock"]) {
        return (hour <= 24).then(|| (format!("T{hour:02}:00"), end + 3));
    }
    let minutes_said = end == at + 3 && cx.w(at + 1) == ":";
    let led = matches!(
        cx.tokens.before(at, 1),
        "at" | "by" | "until" | "till" | "after" | "before" | "around" | "about" | "from" | "and" | "updated" | "posted" | "published" | ","
    );
    let zoned = cx.words.zones.at(cx.tokens, end).is_some();
    (minutes_said && hour < 24 && (led || zoned) && cx.w(end) != ":").then(|| (format!("T{hour:02}:{minute:02}"), end))
}
