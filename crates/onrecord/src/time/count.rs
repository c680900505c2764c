//! Rules that count: units before and after a point, lengths, what comes again and again, and words such as "now".

use super::shape::{Amount, Found, From, Shape, Unit, Which, length};
use super::words::{Cx, Number};

/// `time/unit-near`: "last week", "this year", "next month", "the past year", "the weekend", "the current fiscal year".
pub(super) fn unit_near(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let rule = "time/unit-near";
    let the = cx.skip(at, "the");
    if let Some(((Unit::Weekend, Number::One), end)) = cx.unit(the).filter(|_| the > at) {
        return Some(Found::new(at, end, Shape::Away { unit: Unit::Weekend, by: 0, from: From::Document }, rule));
    }
    let (which, from) = cx.which(the)?;
    let from = if matches!(cx.w(from), "fiscal" | "calendar" | "school" | "full") { from + 1 } else { from };
    let ((unit, Number::One), end) = cx.unit(from)? else { return None };
    if unit.is_short() || (unit == Unit::Day && which != Which::Next) {
        return None;
    }
    let shape = match (unit, which) {
        (Unit::Quarter, _) => Shape::Quarter { quarter: None, year: super::shape::YearOf::Unsaid, which },
        // "the next day" counts from the text.
        (Unit::Day, _) => Shape::Away { unit, by: 1, from: From::Text },
        (_, Which::Last) => Shape::Away { unit, by: -1, from: From::Document },
        (_, Which::Next) => Shape::Away { unit, by: 1, from: From::Document },
        (_, Which::This | Which::Bare | Which::Previous) => Shape::Away { unit, by: 0, from: From::Document },
    };
    let end = if cx.is(end, &["or", "so"]) { end + 2 } else { end };
    Some(Found::new(at, end, shape, rule))
}

/// `time/from-the-text`: "the following day", "that year", "the same month", "the day before", "the previous week".
pub(super) fn from_the_text(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let rule = "time/from-the-text";
    let (by, from) = match (cx.w(at), cx.w(at + 1)) {
        ("the", "following" | "next") => (1, at + 2),
        ("the", "previous" | "preceding" | "prior") => (-1, at + 2),
        ("the" | "that", "same" | "very") => (0, at + 2),
        ("that", _) => (0, at + 1),
        ("the", "day") if cx.w(at + 2) == "before" => (-1, at + 1),
        ("the", "day") if cx.w(at + 2) == "after" => (1, at + 1),
        _ => return None,
    };
    let ((unit, Number::One), end) = cx.unit(from)? else { return None };
    if unit.is_short() || (by == 1 && cx.w(at + 1) == "next" && unit != Unit::Day) {
        return None;
    }
    let end = if cx.w(at) == "the" && cx.w(at + 1) == "day" { end + 1 } else { end };
    Some(Found::new(at, end, Shape::Away { unit, by, from: From::Text }, rule))
}

/// `time/ago`: "two weeks ago", "a year earlier", "several months later", "decades ago", "three days from now".
pub(super) fn ago(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let rule = "time/ago";
    let year = cx.skip(at, "a");
    if cx.is(year, &["year", "-"]) && matches!(cx.w(year + 2), "ago" | "earlier") {
        return Some(Found::new(at, year + 3, Shape::YearBefore, rule));
    }
    let (amount, unit, end) = amount_unit(cx, at).or_else(|| {
        let ((unit, Number::Many), end) = cx.unit(at)? else { return None };
        Some((Amount::Vague, unit, end))
    })?;
    let end = if cx.is(end, &["or", "so"]) || cx.is(end, &["or", "more"]) { end + 2 } else { end };
    let (sign, from, end) = direction_word(cx, end)?;
    let (by, unit) = match (amount, unit) {
        (Amount::Exact(by), unit) => (i32::try_from(by).ok()?, unit),
        (Amount::Between(_, by), unit) => (i32::try_from(by).ok()?, unit),
        (Amount::Halves(by), Unit::Year) => (i32::try_from(by).ok()?.checked_mul(6)?, Unit::Month),
        (Amount::Halves(by), unit) => (i32::try_from(by / 2).ok()?, unit),
        (Amount::Vague, unit) => return Some(Found::new(at, end, Shape::Around { unit, sign, from }, rule)),
    };
    let shape = match (by, unit, sign) {
        (1, Unit::Year, -1) => Shape::YearBefore,
        _ => Shape::Away { unit, by: by.min(100_000) * sign, from },
    };
    Some(Found::new(at, end, shape, rule))
}

fn direction_word(cx: &Cx<'_>, at: usize) -> Option<(i32, From, usize)> {
    match cx.w(at) {
        "ago" => Some((-1, From::Document, at + 1)),
        "earlier" | "before" | "previously" if cx.w(at) != "before" || !cx.is_wordlike(at + 1) => Some((-1, From::Text, at + 1)),
        "later" | "afterward" | "afterwards" => Some((1, From::Text, at + 1)),
        "from" if matches!(cx.w(at + 1), "now" | "today") => Some((1, From::Document, at + 2)),
        "hence" => Some((1, From::Document, at + 1)),
        _ => None,
    }
}

/// An amount and its unit; "year" of "24-year-old" and the ordinal "a second" are none.
fn amount_unit(cx: &Cx<'_>, at: usize) -> Option<(Amount, Unit, usize)> {
    let (amount, end) = cx.amount(at)?;
    let end = if cx.w(end) == "-" && cx.touches(end) { end + 1 } else { end };
    let adjective = if matches!(
        cx.w(end),
        "full"
            | "whole"
            | "trading"
            | "business"
            | "working"
            | "straight"
            | "consecutive"
            | "calendar"
            | "long"
            | "more"
            | "additional"
            | "fiscal"
            | "solid"
            | "short"
            | "entire"
            | "good"
    ) {
        end + 1
    } else {
        end
    };
    let ((unit, number), end) = cx.unit(adjective)?;
    if unit == Unit::Quarter && adjective > at + 1 && cx.w(adjective - 1) == "-" {
        return None;
    }
    let article = matches!(cx.w(at), "a" | "an");
    if unit == Unit::Second && number == Number::One && (article || amount == Amount::Vague || cx.w(at) == "one") || unit == Unit::Quarter && article {
        return None;
    }
    if amount == Amount::Vague && number == Number::One && cx.w(at) != "many" {
        return None;
    }
    let old = cx.w(end) == "old" || (cx.w(end) == "-" && matches!(cx.w(end + 1), "old" | "olds"));
    (!old).then_some((amount, unit, end))
}

/// `time/length`: "two weeks", "the past five days", "three-year", "day-long", "years", "the next 12 to 18 months".
pub(super) fn duration(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let rule = "time/length";
    let from = duration_lead(cx, at);
    if let Some((amount, unit, end)) = amount_unit(cx, from) {
        let end = if cx.is(end, &["or", "so"]) || cx.is(end, &["or", "more"]) { end + 2 } else { end };
        let end = if matches!(cx.w(end), "-") && cx.w(end + 1) == "long" { end + 2 } else { end };
        return Some(Found::new(at, end, Shape::Length(length(amount, unit)), rule));
    }
    let ((unit, number), end) = cx.unit(from)?;
    if number == Number::One {
        let long = cx.w(end) == "-" && cx.w(end + 1) == "long";
        return (long && from == at).then(|| Found::new(at, end + 2, Shape::Length(length(Amount::Exact(1), unit)), rule));
    }
    let led = from > at || !unit.is_short() || matches!(cx.tokens.before(at, 1), "for" | "of" | "within" | "in");
    let old = cx.w(end) == "old";
    (led && !old && unit != Unit::Weekend && (from > at || unit != Unit::Quarter))
        .then(|| Found::new(at, end, Shape::Length(length(Amount::Vague, unit)), rule))
}

/// "the past", "the next", "the first", "recent", "these": what may lead a length.
fn duration_lead(cx: &Cx<'_>, at: usize) -> usize {
    let the = if matches!(cx.w(at), "the" | "these" | "those") { at + 1 } else { at };
    match cx.w(the) {
        "past" | "last" | "next" | "coming" | "previous" | "preceding" | "following" | "first" | "final" | "recent" | "intervening" | "ensuing" | "early" => {
            the + 1
        }
        "most" if cx.w(the + 1) == "recent" => the + 2,
        _ => the,
    }
}

/// `time/stretch`: "the year", "the week", "the month": one in question, not counted.
pub(super) fn stretch(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let from = cx.skip(at, "the");
    let adjective = if matches!(cx.w(from), "full" | "fiscal" | "entire" | "whole") { from + 1 } else { from };
    let ((unit, Number::One), end) = cx.unit(adjective)? else { return None };
    let led = from > at && matches!(unit, Unit::Week | Unit::Month | Unit::Year);
    let ordinal_day = cx.is(end, &["of"]) || cx.w(end) == "-";
    (led && !ordinal_day).then(|| Found::new(at, end, Shape::Away { unit, by: 0, from: From::Document }, "time/stretch"))
}

/// `time/set`: "every day", "each month", "daily", "twice a week", "Mondays", "every other Tuesday".
pub(super) fn set(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let rule = "time/set";
    let repeat = |end: usize, value: String| Some(Found::new(at, end, Shape::Repeat(value), rule));
    if let Some(value) = cx.words.sets.get(cx.w(at)) {
        let name = cx.capital(at) && cx.capital(at + 1) || cx.capital(at) && at > 0 && cx.capital(at - 1);
        return (!name).then(|| repeat(at + 1, value.clone())).flatten();
    }
    if let Some(day) = cx.w(at).strip_suffix('s').and_then(|day| cx.words.weekdays.get(day)).filter(|_| cx.capital(at)) {
        return repeat(at + 1, format!("XXXX-WXX-{day}"));
    }
    let times = match cx.w(at) {
        "once" | "twice" => at + 1,
        _ => cx.amount(at).map_or(at, |(_, end)| if cx.w(end) == "times" { end + 1 } else { at }),
    };
    if times > at && matches!(cx.w(times), "a" | "an" | "per" | "each" | "every") {
        let ((unit, Number::One), end) = cx.unit(times + 1)? else { return None };
        return repeat(end, length(Amount::Exact(1), unit));
    }
    if !matches!(cx.w(at), "every" | "each") {
        return None;
    }
    let (every, from): (u32, usize) = match cx.w(at + 1) {
        "other" => (2, at + 2),
        _ => cx.amount(at + 1).and_then(|(amount, end)| if let Amount::Exact(many) = amount { Some((many, end)) } else { None }).unwrap_or((1, at + 1)),
    };
    if let Some(((unit, _), end)) = cx.unit(from) {
        return (unit != Unit::Second || every > 1).then(|| repeat(end, length(Amount::Exact(every), unit))).flatten();
    }
    if let Some((day, end)) = cx.weekday(from) {
        return repeat(end, format!("XXXX-WXX-{day}"));
    }
    if let Some((month, end)) = cx.month(from) {
        return repeat(end, format!("XXXX-{month:02}"));
    }
    let part = cx.words.parts.get(cx.w(from))?;
    repeat(from + 1, format!("XXXX-XX-XXT{part}"))
}

/// `time/reference`: "now", "recently", "these days", "the near future"; "current" and "recent" before a noun.
pub(super) fn reference(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let rule = "time/reference";
    let hits = cx.words.references.iter().filter_map(|(phrases, value)| phrases.at(cx.tokens, at).map(|len| (len, value)));
    if let Some((len, value)) = hits.max_by_key(|(len, _)| *len) {
        return stands_alone(cx, at, len).then(|| Found::new(at, at + len, Shape::Reference(value.clone()), rule));
    }
    let value = cx.words.adjectives.get(cx.w(at))?;
    let noun = cx.is_wordlike(at + 1) && !cx.capital(at + 1) && !cx.capital(at) && cx.unit(at + 1).is_none();
    noun.then(|| Found::new(at, at + 1, Shape::Reference(value.clone()), rule))
}

/// "as soon as", "now that", "the moment that" and "the past two years" are no references.
fn stands_alone(cx: &Cx<'_>, at: usize, len: usize) -> bool {
    match cx.w(at + len - 1) {
        "soon" => cx.tokens.before(at, 1) != "as" && cx.tokens.before(at, 1) != "too",
        "past" | "present" => !cx.is_wordlike(at + len) || matches!(cx.w(at + len), "and" | "is" | "was" | "to" | "that" | "but" | "as"),
        "moment" => matches!(cx.tokens.before(at, 1), "at" | "for") || cx.w(at) == "this",
        "time" => cx.tokens.before(at, 1) == "at",
        "future" => true,
        _ => true,
    }
}
