//! Resolves what an expression says to a TIMEX3 value and to days, from the document's date or from the text's last one.

use super::direction::Direction;
use super::shape::{Amount, Found, From, Shape, Unit, Which, YearOf, length};
use super::words::Holiday;
use super::{Granularity, Interval};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// From what expressions are counted, as it stands at one place of the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Anchors {
    /// The document's own date.
    pub(super) document: Option<Date>,
    /// The last date the text named: the first day it can be.
    pub(super) text: Option<Date>,
    /// The last day the text named.
    pub(super) day: Option<Date>,
    /// The last quarter the text named.
    pub(super) quarter: Option<(i16, i8)>,
    /// Whether the text tells of years long gone, so that a month belongs to the year named last.
    pub(super) tells_history: bool,
}

/// A value, and the days it means.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    /// As TIMEX3 writes it.
    pub(super) value: String,
    /// The days it may mean.
    pub(super) interval: Option<Interval>,
    /// The quarter it is, if it is one.
    pub(super) quarter: Option<(i16, i8)>,
}

const STATED: &str = "stated";
const FROM_DOCUMENT: &str = "from the document's date";
const FROM_TEXT: &str = "from another time in the text";

/// Resolves `found`, which lies on the side `direction` of the document.
pub(super) fn resolve(found: &Found, anchors: &Anchors, direction: Direction) -> Resolved {
    let resolved = match &found.shape {
        Shape::Day { year, month, day } => day_of(*year, *month, *day, anchors, direction),
        Shape::Month { year, month, which } => month_of(*year, *month, *which, anchors, direction),
        Shape::Year(year) => year_value(*year, STATED),
        Shape::Decade(decade) => years(format!("{decade:03}"), decade.saturating_mul(10), 10, STATED),
        Shape::Century(century) => years(format!("{century:02}"), century.saturating_mul(100), 100, STATED),
        Shape::Season { season, year, which } => season_of(season, *year, *which, anchors, direction),
        Shape::Quarter { quarter, year, which } => quarter_of(*quarter, *year, *which, anchors, direction),
        Shape::Half { half, year } => half_of(*half, *year, anchors),
        Shape::Weekday(weekday, which) => weekday_of(*weekday, *which, anchors, direction),
        Shape::Away { unit, by, from } => away(*unit, *by, *from, found.rule, anchors, direction),
        Shape::Around { unit, sign, from } => around(*unit, *sign, *from, anchors),
        Shape::YearBefore => year_before(anchors),
        Shape::Holiday { holiday, year, which } => holiday_of(holiday, *year, *which, anchors, direction),
        Shape::Hour => {
            anchors.text.filter(|_| anchors.tells_history).or(anchors.document).map_or_else(|| only("XXXX-XX-XX"), |date| day_value(date, FROM_DOCUMENT))
        }
        Shape::Length(value) | Shape::Repeat(value) | Shape::Reference(value) => only(value),
    };
    match &found.hour {
        Some(hour) if !resolved.value.ends_with("WE") => Resolved { value: format!("{}{hour}", resolved.value), ..resolved },
        Some(_) | None => resolved,
    }
}

fn only(value: &str) -> Resolved {
    Resolved { value: value.to_owned(), interval: None, quarter: None }
}

fn between(value: String, start: Date, end: Date, granularity: Granularity, basis: &'static str) -> Resolved {
    Resolved { value, interval: Some(Interval { start: Some(start), end: Some(end), granularity, basis }), quarter: None }
}

fn day_value(date: Date, basis: &'static str) -> Resolved {
    between(date.to_string(), date, date, Granularity::Day, basis)
}

fn month_value(year: i16, month: i8, basis: &'static str) -> Resolved {
    match Date::new(year, month, 1) {
        Ok(first) => between(format!("{year:04}-{month:02}"), first, first.last_of_month(), Granularity::Month, basis),
        Err(_) => only("XXXX-XX"),
    }
}

fn year_value(year: i16, basis: &'static str) -> Resolved {
    years(format!("{year:04}"), year, 1, basis)
}

fn years(value: String, first: i16, many: i16, basis: &'static str) -> Resolved {
    let granularity = if many == 1 { Granularity::Year } else { Granularity::Longer };
    match (Date::new(first, 1, 1), Date::new(first.saturating_add(many - 1), 12, 31)) {
        (Ok(start), Ok(end)) => between(value, start, end, granularity, basis),
        _ => only(&value),
    }
}

/// The year of the text's last date in a history, else the document's, else that of the last day the text named: a year named in
/// passing in a document without a date tells nothing of the days around it.
fn here(anchors: &Anchors) -> Option<(Date, &'static str)> {
    let text = anchors.text.filter(|_| anchors.tells_history).or(anchors.day.filter(|_| anchors.document.is_none()));
    text.map(|date| (date, FROM_TEXT)).or(anchors.document.map(|date| (date, FROM_DOCUMENT)))
}

/// Of the dates `make` gives for years around `from`, the one the direction asks for.
fn nearest(from: Date, direction: Direction, make: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    let mut best: Option<(i32, Date)> = None;
    for date in (-1..=1).filter_map(|by| make(from.year().checked_add(by)?)) {
        let days = days_between(from, date);
        let bad_side = match direction {
            Direction::Past => days > SLACK,
            Direction::Future => days < -SLACK,
            Direction::Unknown => false,
        };
        let cost = days.abs() + if bad_side { WRONG_SIDE } else { 0 };
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, date));
        }
    }
    best.map(|(_, date)| date)
}

/// Days by which a date may lie on the wrong side of the document and still be meant: the tense may be that of another verb.
const SLACK: i32 = 5;
/// What the wrong side costs, in days; measured on TimeBank's development part.
const WRONG_SIDE: i32 = 250;

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn plus(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok()
}

fn day_of(year: Option<i16>, month: i8, day: i8, anchors: &Anchors, direction: Direction) -> Resolved {
    let unknown = || only(&format!("XXXX-{month:02}-{day:02}"));
    if let Some(year) = year {
        return Date::new(year, month, day).map_or_else(|_| only(&format!("{year:04}-{month:02}-{day:02}")), |date| day_value(date, STATED));
    }
    let Some((from, basis)) = here(anchors) else { return unknown() };
    let direction = if basis == FROM_TEXT { Direction::Unknown } else { direction };
    nearest(from, direction, |year| Date::new(year, month, day).ok()).map_or_else(unknown, |date| day_value(date, basis))
}

fn month_of(year: YearOf, month: i8, which: Which, anchors: &Anchors, direction: Direction) -> Resolved {
    let unknown = || only(&format!("XXXX-{month:02}"));
    let Some((from, basis)) = here(anchors) else {
        return if let YearOf::Stated(year) = year { month_value(year, month, STATED) } else { unknown() };
    };
    let gap = month - from.month();
    let year = match (year, which) {
        (YearOf::Stated(year), _) => return month_value(year, month, STATED),
        (YearOf::Away(by), _) => from.year().saturating_add(by),
        (YearOf::Unsaid, Which::Last | Which::Previous) => from.year() - i16::from(gap >= 0),
        (YearOf::Unsaid, Which::This) => from.year(),
        (YearOf::Unsaid, Which::Next) => from.year() + i16::from(gap <= 0),
        (YearOf::Unsaid, Which::Bare) => {
            let year = from.year();
            match direction {
                _ if basis == FROM_TEXT => year + i16::from(gap < -MONTHS_BACK),
                Direction::Future => year + i16::from(gap < 0),
                Direction::Past => year - i16::from(gap > 0),
                Direction::Unknown => year - i16::from(gap > MONTHS_AHEAD),
            }
        }
    };
    month_value(year, month, basis)
}

/// Months by which a history may step back without naming another year; measured on WikiWars.
const MONTHS_BACK: i8 = 9;
/// Months by which a bare month may lie ahead where no word tells; later ones are last year's.
const MONTHS_AHEAD: i8 = 2;

fn first_month(season: &str) -> i8 {
    match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
}

fn season_of(season: &str, year: YearOf, which: Which, anchors: &Anchors, direction: Direction) -> Resolved {
    let month = first_month(season);
    let starts = |year: i16| Date::new(year, month, 1).ok();
    let (year, basis) = match (year, here(anchors)) {
        (YearOf::Stated(year), _) => (year, STATED),
        (_, None) => return only(&format!("XXXX-{season}")),
        (YearOf::Away(by), Some((from, basis))) => (from.year().saturating_add(by), basis),
        (YearOf::Unsaid, Some((from, basis))) => {
            let begun = starts(from.year()).is_some_and(|start| start <= from);
            let over = starts(from.year()).and_then(|start| plus(start, 3.months())).is_some_and(|end| end <= from);
            let year = match which {
                Which::Last | Which::Previous => from.year() - i16::from(!over),
                Which::Next => from.year() + i16::from(begun),
                Which::This => from.year(),
                Which::Bare if direction == Direction::Future => from.year() + i16::from(over),
                Which::Bare => from.year() - i16::from(!begun),
            };
            (year, basis)
        }
    };
    let value = format!("{year:04}-{season}");
    match starts(year).and_then(|start| Some((start, plus(start, 2.months())?.last_of_month()))) {
        Some((start, end)) => between(value, start, end, Granularity::Quarter, basis),
        None => only(&value),
    }
}

fn quarter_value(year: i16, quarter: i8, basis: &'static str) -> Resolved {
    let value = format!("{year:04}-Q{quarter}");
    match (Date::new(year, quarter * 3 - 2, 1), Date::new(year, quarter * 3, 1)) {
        (Ok(start), Ok(last)) => Resolved { quarter: Some((year, quarter)), ..between(value, start, last.last_of_month(), Granularity::Quarter, basis) },
        _ => only(&value),
    }
}

fn quarter_at(date: Date, by: i32) -> (i16, i8) {
    let count = i32::from(date.year()) * 4 + i32::from((date.month() - 1) / 3) + by;
    (count.div_euclid(4) as i16, count.rem_euclid(4) as i8 + 1)
}

fn quarter_of(quarter: Option<i8>, year: YearOf, which: Which, anchors: &Anchors, direction: Direction) -> Resolved {
    let stated = if let YearOf::Stated(year) = year { Some(year) } else { None };
    let Some((from, basis)) = here(anchors) else {
        return match (stated, quarter) {
            (Some(year), Some(quarter)) => quarter_value(year, quarter, STATED),
            (_, quarter) => only(&quarter.map_or("XXXX-QX".into(), |quarter| format!("XXXX-Q{quarter}"))),
        };
    };
    let (of_year, of_quarter) = match (quarter, which) {
        (Some(quarter), Which::Previous) => (latest_quarter(from, quarter, Direction::Past) - 1, quarter),
        (Some(quarter), _) => (latest_quarter(from, quarter, direction), quarter),
        (None, Which::Last) => quarter_at(from, -1),
        (None, Which::This) => quarter_at(from, 0),
        (None, Which::Next) => quarter_at(from, 1),
        (None, Which::Bare | Which::Previous) => anchors.quarter.unwrap_or(quarter_at(from, -1)),
    };
    let of_year = match year {
        YearOf::Stated(year) => year,
        YearOf::Away(by) => from.year().saturating_add(by),
        YearOf::Unsaid => of_year,
    };
    quarter_value(of_year, of_quarter, if stated.is_some() { STATED } else { basis })
}

/// The year of the last quarter of this number that had begun, or with words of the future that has not ended.
fn latest_quarter(from: Date, quarter: i8, direction: Direction) -> i16 {
    let now = (from.month() - 1) / 3 + 1;
    match direction {
        // "Third-quarter results due" in October are those of the quarter just over.
        Direction::Future => from.year() + i16::from(quarter + 1 < now),
        Direction::Past | Direction::Unknown => from.year() - i16::from(quarter > now),
    }
}

fn half_of(half: i8, year: YearOf, anchors: &Anchors) -> Resolved {
    let year = match (year, here(anchors)) {
        (YearOf::Stated(year), _) => year,
        (YearOf::Away(by), Some((from, _))) => from.year().saturating_add(by),
        (YearOf::Unsaid, Some((from, _))) => from.year(),
        (_, None) => return only(&format!("XXXX-H{half}")),
    };
    let value = format!("{year:04}-H{half}");
    match (Date::new(year, half * 6 - 5, 1), Date::new(year, half * 6, 1)) {
        (Ok(start), Ok(last)) => between(value, start, last.last_of_month(), Granularity::Longer, STATED),
        _ => only(&value),
    }
}

fn weekday_of(weekday: i8, which: Which, anchors: &Anchors, direction: Direction) -> Resolved {
    let (from, basis) = match which {
        Which::Previous => (anchors.text.or(anchors.document), FROM_TEXT),
        // In news "Thursday" is told from the day of the news, not from a day of the past that the text names.
        _ => (anchors.document.or(anchors.day.filter(|_| anchors.tells_history)), if anchors.document.is_some() { FROM_DOCUMENT } else { FROM_TEXT }),
    };
    let (Some(from), Ok(weekday)) = (from, Weekday::from_monday_one_offset(weekday)) else { return only(&format!("XXXX-WXX-{weekday}")) };
    let back = i32::from(from.weekday().since(weekday));
    let days = match which {
        Which::Last | Which::Previous => {
            if back == 0 {
                -7
            } else {
                -back
            }
        }
        Which::Next => {
            if back == 0 {
                7
            } else {
                7 - back
            }
        }
        Which::This => {
            if back == 0 || direction == Direction::Past {
                -back
            } else {
                7 - back
            }
        }
        Which::Bare if back == 0 => 0,
        Which::Bare => match direction {
            Direction::Future => 7 - back,
            Direction::Past | Direction::Unknown => -back,
        },
    };
    plus(from, days.days()).map_or_else(|| only("XXXX-XX-XX"), |date| day_value(date, basis))
}

fn week_value(date: Date, suffix: &str, basis: &'static str) -> Resolved {
    let week = date.iso_week_date();
    let value = format!("{:04}-W{:02}{suffix}", week.year(), week.week());
    let monday = week.first_of_week().map(|first| first.date()).unwrap_or(date);
    let (first, last) = if suffix.is_empty() { (-1, 6) } else { (5, 6) };
    match (plus(monday, first.days()), plus(monday, last.days())) {
        (Some(start), Some(end)) => between(value, start, end, Granularity::Week, basis),
        _ => only(&value),
    }
}

fn away(unit: Unit, by: i32, from: From, rule: &'static str, anchors: &Anchors, direction: Direction) -> Resolved {
    let (anchor, basis) = match from {
        From::Text => (named(unit, anchors), FROM_TEXT),
        From::Document => (anchors.document, FROM_DOCUMENT),
    };
    let Some(date) = anchor else { return only(unknown(unit)) };
    let year = |by: i32| i16::try_from(i32::from(date.year()) + by).ok();
    let resolved = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(day_value(date, basis)),
        Unit::Day => plus_days(date, by).map(|date| day_value(date, basis)),
        Unit::Week => plus_days(date, by.saturating_mul(7)).map(|date| week_value(date, "", basis)),
        Unit::Weekend => {
            let over = rule == "time/unit-near" && by == 0 && direction != Direction::Future && !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
            plus_days(date, by.saturating_mul(7) - if over { 7 } else { 0 }).map(|date| week_value(date, "-WE", basis))
        }
        Unit::Month => date.checked_add(by.months()).ok().map(|date| month_value(date.year(), date.month(), basis)),
        Unit::Quarter => Some(quarter_at(date, by)).map(|(year, quarter)| quarter_value(year, quarter, basis)),
        Unit::Year => year(by).map(|year| year_value(year, basis)),
        Unit::Decade => year(by.saturating_mul(10))
            .map(|year| if rule == "time/ago" { year_value(year, basis) } else { years(format!("{:03}", year / 10), year / 10 * 10, 10, basis) }),
        Unit::Century => year(by.saturating_mul(100)).map(|year| years(format!("{:02}", year / 100), year / 100 * 100, 100, basis)),
    };
    resolved.unwrap_or_else(|| only(unknown(unit)))
}

/// The date in the text from which a number of units is counted: days are not counted from a year or a month.
fn named(unit: Unit, anchors: &Anchors) -> Option<Date> {
    let is_exact = anchors.text.is_none_or(|text| anchors.day == Some(text));
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Week | Unit::Weekend if !is_exact => None,
        _ => anchors.text.or(anchors.document),
    }
}

fn plus_days(date: Date, days: i32) -> Option<Date> {
    Span::new().try_days(days).ok().and_then(|span| plus(date, span))
}

fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}

/// "several weeks ago": two to eight of the unit, so that the days are bounded on both sides.
fn around(unit: Unit, sign: i32, from: From, anchors: &Anchors) -> Resolved {
    let value = length(Amount::Vague, unit);
    let (anchor, basis) = match from {
        From::Text => (anchors.text.or(anchors.document), FROM_TEXT),
        From::Document => (anchors.document, FROM_DOCUMENT),
    };
    let step = |many: i32| match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Span::new().try_days(if many == FEW { 0 } else { sign }).ok(),
        Unit::Day => Span::new().try_days(many * sign).ok(),
        Unit::Week | Unit::Weekend => Span::new().try_weeks(many * sign).ok(),
        Unit::Month => Span::new().try_months(many * sign).ok(),
        Unit::Quarter => Span::new().try_months(many * sign * 3).ok(),
        Unit::Year => Span::new().try_years(many * sign).ok(),
        Unit::Decade => Span::new().try_years(many * sign * 10).ok(),
        Unit::Century => Span::new().try_years(many * sign * 100).ok(),
    };
    let ends = anchor.and_then(|date| Some((plus(date, step(FEW)?)?, plus(date, step(SEVERAL)?)?)));
    match ends {
        Some((near, far)) => between(value, near.min(far), near.max(far), Granularity::About, basis),
        None => only(&value),
    }
}

/// The fewest that "several" can be.
const FEW: i32 = 2;
/// The most that "several" is taken for.
const SEVERAL: i32 = 8;

fn year_before(anchors: &Anchors) -> Resolved {
    match (anchors.quarter, anchors.document.or(anchors.text)) {
        (Some((year, quarter)), _) => Resolved { quarter: anchors.quarter, ..quarter_value(year - 1, quarter, FROM_TEXT) },
        (None, Some(date)) => year_value(date.year() - 1, FROM_DOCUMENT),
        (None, None) => only("XXXX"),
    }
}

fn holiday_of(holiday: &Holiday, year: YearOf, which: Which, anchors: &Anchors, direction: Direction) -> Resolved {
    let on = |year: i16| holiday_in(holiday, year);
    if let YearOf::Stated(year) = year {
        return on(year).map_or_else(|| only("XXXX-XX-XX"), |date| day_value(date, STATED));
    }
    let Some((from, basis)) = here(anchors) else { return only("XXXX-XX-XX") };
    let date = match (year, which) {
        (YearOf::Away(by), _) => on(from.year().saturating_add(by)),
        (_, Which::Last | Which::Previous) => [0, -1].into_iter().filter_map(|by| on(from.year() + by)).find(|date| *date < from),
        (_, Which::Next) => [0, 1].into_iter().filter_map(|by| on(from.year() + by)).find(|date| *date > from),
        (_, Which::This) => on(from.year()),
        (_, Which::Bare) => nearest(from, direction, on),
    };
    date.map_or_else(|| only("XXXX-XX-XX"), |date| day_value(date, basis))
}

fn holiday_in(holiday: &Holiday, year: i16) -> Option<Date> {
    if let Some(days) = holiday.easter {
        return easter(year).and_then(|sunday| plus_days(sunday, days));
    }
    if let Some(after) = holiday.after_first_monday {
        let monday = Date::new(year, holiday.month, 1).ok()?.nth_weekday_of_month(1, Weekday::Monday).ok()?;
        return plus_days(monday, after);
    }
    match holiday.nth {
        Some(nth) => {
            let weekday = Weekday::from_monday_one_offset(holiday.weekday).ok()?;
            Date::new(year, holiday.month, 1).ok()?.nth_weekday_of_month(if nth == 0 { -1 } else { nth }, weekday).ok()
        }
        None => Date::new(year, holiday.month, holiday.day).ok(),
    }
}

/// Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}
