//! Rules for what stands on the calendar: dates, months, years, decades, seasons, quarters, holidays.

use super::shape::{Found, Shape, Which, YearOf};
use super::words::{Cx, Read};

/// `time/numeric-date`: "2031-06-09", "6/9/2031", "06/09/31" (month first unless it cannot be one).
pub(super) fn numeric_date(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let mark = cx.w(at + 1);
    if !(matches!(mark, "-" | "/") && cx.w(at + 3) == mark && (at + 1..at + 5).all(|at| cx.touches(at))) {
        return None;
    }
    let ((a, wide), (b, _), (c, c_wide)) = (cx.digits(at)?, cx.digits(at + 2)?, cx.digits(at + 4)?);
    let (year, month, day) = match (wide, c_wide) {
        (4, _) => (a, b, c),
        (1 | 2, 4) if a > 12 => (c, b, a),
        (1 | 2, 4) => (c, a, b),
        (1 | 2, 2) if mark == "/" && a <= 12 => (c + if c < 50 { 2000 } else { 1900 }, a, b),
        _ => return None,
    };
    let year = i16::try_from(year).ok()?;
    let shape = Shape::Day { year: Some(year), month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? };
    let valid = jiff::civil::Date::new(year, month as i8, day as i8).is_ok() && year >= 1000;
    valid.then(|| Found::new(at, at + 5, shape, "time/numeric-date"))
}

/// `time/calendar-date`: "March 4", "4 June 2031", "Friday, Dec. 29, 2017", "the fourth of July".
pub(super) fn calendar_date(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let start = at;
    let at = if matches!(cx.w(at), "last" | "this") { at + 1 } else { at };
    let at = match cx.weekday(at).or_else(|| short_weekday(cx, at)) {
        Some((_, end)) => cx.skip(cx.skip(cx.skip(end, ","), "the"), "on"),
        None => at,
    };
    let ((month, day), end) = month_day(cx, at).or_else(|| day_month(cx, at))?;
    let (year, end) = match cx.year(cx.skip(end, ",")) {
        Some((year, after)) => (Some(year), after),
        None => (None, end),
    };
    let last = jiff::civil::Date::new(2000, month, 1).ok()?.days_in_month();
    (day <= last).then(|| Found::new(start, end, Shape::Day { year, month, day }, "time/calendar-date"))
}

fn short_weekday(cx: &Cx<'_>, at: usize) -> Read<i8> {
    let day = match cx.w(at) {
        "mon" => 1,
        "tue" | "tues" => 2,
        "wed" => 3,
        "thu" | "thur" | "thurs" => 4,
        "fri" => 5,
        "sat" => 6,
        "sun" => 7,
        _ => return None,
    };
    cx.capital(at).then(|| (day, cx.skip(at + 1, ".")))
}

fn month_day(cx: &Cx<'_>, at: usize) -> Read<(i8, i8)> {
    let (month, end) = cx.month(at)?;
    let (day, end) = cx.day_number(cx.skip(end, "the")).or_else(|| ordinal_day(cx, end))?;
    let clock = cx.w(end) == ":" && cx.touches(end) && cx.touches(end + 1) && cx.digits(end + 1).is_some();
    let share = cx.w(end) == "%" || (cx.w(end) == "." && cx.touches(end) && cx.touches(end + 1) && cx.digits(end + 1).is_some());
    (!clock && !share).then_some(((month, day), end))
}

fn day_month(cx: &Cx<'_>, at: usize) -> Read<(i8, i8)> {
    let the = cx.skip(at, "the");
    let (day, end) = cx.day_number(the).or_else(|| ordinal_day(cx, the))?;
    let of = cx.skip(end, "of");
    if (the > at || cx.digits(the).is_none()) && of == end && cx.digits(the).is_some() {
        return None;
    }
    let (month, end) = cx.month(of)?;
    Some(((month, day), end))
}

fn ordinal_day(cx: &Cx<'_>, at: usize) -> Read<i8> {
    let day = *cx.words.ordinals.get(cx.w(at))?;
    Some((i8::try_from(day).ok()?, at + 1))
}

/// `time/month`: "March", "April 2031", "last November", "May of that year"; names that are words too need a word before them.
pub(super) fn month(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let (which, from) = cx.which(at).or_else(|| cx.is(at, &["the", "previous"]).then_some((Which::Previous, at + 2))).unwrap_or((Which::Bare, at));
    let (month, end) = cx.month(from)?;
    let after = cx.skip(cx.skip(end, ","), "of");
    let stated = cx.year(after).or_else(|| spoken_year(cx, after)).filter(|(year, _)| (1500..2100).contains(year));
    let same = [&["of", "that", "year"][..], &["of", "the", "same", "year"]].into_iter().find(|words| cx.is(end, words)).map(|words| (0, end + words.len()));
    let away = same.or_else(|| (cx.w(end) == "of").then(|| year_away(cx, end + 1)).flatten());
    let (year, end) = match (stated, away) {
        (Some((year, end)), _) => (YearOf::Stated(year), end),
        (None, Some((by, end))) => (YearOf::Away(by), end),
        (None, None) => (YearOf::Unsaid, end),
    };
    let bare = year == YearOf::Unsaid && which == Which::Bare;
    let short = !matches!(cx.w(from), "may") && cx.w(from).len() <= 4 && !matches!(cx.w(from), "june" | "july");
    if bare && (short && cx.w(end.saturating_sub(1)) != "." || !stands_as_month(cx, from)) {
        return None;
    }
    Some(Found::new(at, end, Shape::Month { year, month, which }, "time/month"))
}

/// Whether a bare month name is no verb and nobody's name.
fn stands_as_month(cx: &Cx<'_>, at: usize) -> bool {
    let led = is_time_preposition(cx.tokens.before(at, 1)) || matches!(cx.tokens.before(at, 1), "and" | "or" | "mid" | "-" | "a" | "the" | "," | "&");
    match cx.w(at) {
        "may" | "march" => {
            led && cx.tokens.before(at, 1) != "," && !(cx.tokens.before(at, 1) == "the" || cx.tokens.before(at, 1) == "a") || cx.w(at + 1) == "'"
        }
        "april" | "june" | "august" => led || !(cx.capital(at + 1) && cx.is_wordlike(at + 1)),
        _ => true,
    }
}

/// Words that lead a time rather than a place or a doer.
pub(super) fn is_time_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "at"
            | "since"
            | "until"
            | "till"
            | "by"
            | "from"
            | "of"
            | "during"
            | "before"
            | "after"
            | "between"
            | "through"
            | "throughout"
            | "to"
            | "for"
            | "early"
            | "late"
            | "around"
            | "about"
    )
}

/// `time/year`: "1998", "fiscal 2031", "the year 2000", "nineteen ninety-seven".
pub(super) fn year(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let the = cx.skip(at, "the");
    let led = match cx.w(the) {
        "fiscal" | "calendar" => cx.skip(the + 1, "year"),
        "year" => the + 1,
        _ => at,
    };
    if led > at {
        let (year, end) = cx.year(led).or_else(|| spoken_year(cx, led))?;
        return Some(Found::new(at, end, Shape::Year(year), "time/year"));
    }
    if let Some((year, end)) = spoken_year(cx, at).filter(|(year, _)| *year < 2000) {
        return Some(Found::new(at, end, Shape::Year(year), "time/year"));
    }
    let (year, end) = cx.year(at)?;
    let before = cx.tokens.before(at, 1);
    let glued = cx.touches(at) && !matches!(before, "(" | "-" | "–" | "—" | "'" | "/" | "\"" | "“" | "‘" | "[");
    let counted =
        matches!(before, "$" | "£" | "#" | "no" | "flight" | "route" | "resolution" | "page" | "room" | "than" | "nearly" | "some" | "least" | "article")
            || (before == "." && cx.tokens.before(at, 2) == "no");
    let counts = !is_time_preposition(before)
        && cx.is_wordlike(end)
        && cx.w(end).ends_with('s')
        && !cx.capital(end)
        && !matches!(cx.w(end), "was" | "is" | "as" | "has" | "s" | "its" | "his" | "this");
    let measured = cx.unit(end).is_some()
        || matches!(cx.w(end), "%" | "percent" | "people" | "men" | "women" | "million" | "miles" | "km" | "troops" | "soldiers" | "percentage")
        || (cx.w(end) == "-" && cx.touches(end) && cx.unit(end + 1).is_some());
    let likely = (1900..2100).contains(&year) || is_time_preposition(before) && (1500..2100).contains(&year) || before == "in";
    (likely && !glued && !counted && !counts && !measured).then(|| Found::new(at, end, Shape::Year(year), "time/year"))
}

fn spoken_year(cx: &Cx<'_>, at: usize) -> Read<i16> {
    if cx.is(at, &["two", "thousand"]) {
        return Some((2000, at + 2));
    }
    let hundreds = match cx.w(at) {
        "nineteen" => 1900,
        "eighteen" => 1800,
        "twenty" => 2000,
        _ => return None,
    };
    let (super::shape::Amount::Exact(rest), end) = cx.amount(at + 1)? else { return None };
    ((10..100).contains(&rest) && cx.digits(at + 1).is_none() && !matches!(cx.w(at + 1), "a" | "an") && cx.unit(end).is_none())
        .then_some((hundreds + rest as i16, end))
}

/// `time/decade`: "the 1990s", "the '80s", "the nineties", "the 20th century".
pub(super) fn decade(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let the = cx.skip(at, "the");
    let from = cx.skip(cx.skip(the, "'"), "’");
    let rule = "time/decade";
    if let Some(digits) = cx.w(from).strip_suffix('s').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.ends_with('0')) {
        let number: i16 = digits.parse().ok()?;
        return match (digits.len(), from > the) {
            (4, _) if (1000..2200).contains(&number) => Some(Found::new(at, from + 1, Shape::Decade(number / 10), rule)),
            (2, true) => Some(Found::new(at, from + 1, Shape::Decade(190 + number / 10), rule)),
            _ => None,
        };
    }
    let ordinal = cx
        .words
        .ordinals
        .get(cx.w(the))
        .copied()
        .or_else(|| cx.day_number(the).filter(|_| cx.w(the).ends_with("th") || cx.w(the).ends_with("st")).map(|(day, _)| day as u32));
    let dash = cx.skip(the + 1, "-");
    if let Some(ordinal) = ordinal.filter(|_| cx.w(dash) == "century") {
        return Some(Found::new(at, dash + 1, Shape::Century(ordinal as i16 - 1), rule));
    }
    let decade = match cx.w(the) {
        "twenties" => 192,
        "thirties" => 193,
        "forties" => 194,
        "fifties" => 195,
        "sixties" => 196,
        "seventies" => 197,
        "eighties" => 198,
        "nineties" => 199,
        _ => return None,
    };
    (the > at).then(|| Found::new(at, the + 1, Shape::Decade(decade), rule))
}

/// `time/season`: "last fall", "the summer of 2031", "this winter"; a bare "fall" or "spring" is mostly a verb.
pub(super) fn season(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let (which, from) = cx.which(at).unwrap_or((Which::Bare, cx.skip(at, "the")));
    let season = cx.words.seasons.get(cx.w(from))?.clone();
    let (year, end) = stated_year(cx, from + 1);
    let led = is_time_preposition(cx.tokens.before(at, 1)) || matches!(cx.tokens.before(at, 1), "early" | "late" | "mid" | "-");
    let plain = matches!(season.as_str(), "SU" | "WI");
    let holds = year != YearOf::Unsaid || which != Which::Bare || (led && (plain || from > at || cx.w(from) == "autumn")) || (plain && from > at);
    holds.then(|| Found::new(at, end, Shape::Season { season, year, which }, "time/season"))
}

fn stated_year(cx: &Cx<'_>, at: usize) -> (YearOf, usize) {
    let of = cx.skip(cx.skip(at, ","), "of");
    match cx.year(cx.skip(of, "fiscal")) {
        Some((year, end)) => (YearOf::Stated(year), end),
        None => year_away(cx, of).filter(|_| of > at).map_or((YearOf::Unsaid, at), |(by, end)| (YearOf::Away(by), end)),
    }
}

/// "last year", "this year", "next year", as steps from the document's.
fn year_away(cx: &Cx<'_>, at: usize) -> Read<i16> {
    let (which, end) = cx.which(at)?;
    let by = match which {
        Which::Last => -1,
        Which::This | Which::Bare | Which::Previous => 0,
        Which::Next => 1,
    };
    (cx.w(end) == "year").then_some((by, end + 1))
}

/// `time/quarter`: "the third quarter", "third-quarter", "this year's first quarter", "the latest quarter", "the year-ago period", "Q3 2031".
pub(super) fn quarter(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let rule = "time/quarter";
    if let Some(number) =
        cx.w(at).strip_prefix('q').filter(|_| cx.capital(at)).and_then(|number| number.parse::<i8>().ok()).filter(|number| (1..=4).contains(number))
    {
        let (year, end) = stated_year(cx, at + 1);
        return Some(Found::new(at, end, Shape::Quarter { quarter: Some(number), year, which: Which::Bare }, rule));
    }
    let (lead, from) = quarter_lead(cx, at);
    let from = if matches!(cx.w(from), "fiscal" | "comparable" | "corresponding" | "same") { from + 1 } else { from };
    let (quarter, noun) = match cx.words.ordinals.get(cx.w(from)).filter(|number| **number <= 4) {
        Some(number) => (Some(*number as i8), cx.skip(from + 1, "-")),
        None => (None, from),
    };
    let named = match cx.w(noun) {
        "quarter" => quarter.is_some() || lead != Lead::Nothing,
        "quarters" => quarter.is_some(),
        "period" => quarter.is_none() && matches!(lead, Lead::YearBefore | Lead::Latest | Lead::Year(YearOf::Stated(_))),
        _ => false,
    };
    if !named || (quarter.is_some() && is_share_or_game(cx, noun)) {
        return None;
    }
    let (stated, end) = stated_year(cx, noun + 1);
    let year_ago = cx.is(end, &["a", "year", "ago"]) || cx.is(end, &["a", "year", "earlier"]);
    if lead == Lead::YearBefore || year_ago {
        let shape = match quarter {
            Some(_) => Shape::Quarter { quarter, year: YearOf::Unsaid, which: Which::Previous },
            None => Shape::YearBefore,
        };
        return Some(Found::new(at, if year_ago { end + 3 } else { end }, shape, rule));
    }
    let (year, which) = match lead {
        Lead::Year(year) => (year, Which::Bare),
        Lead::Which(which) => (stated, which),
        Lead::Nothing | Lead::The | Lead::Latest | Lead::YearBefore => (stated, Which::Bare),
    };
    Some(Found::new(at, end, Shape::Quarter { quarter, year, which }, rule))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Nothing,
    The,
    Latest,
    YearBefore,
    Which(Which),
    Year(YearOf),
}

fn quarter_lead(cx: &Cx<'_>, at: usize) -> (Lead, usize) {
    let the = cx.skip(at, "the");
    let fallback = if the > at { Lead::The } else { Lead::Nothing };
    let pair = if matches!(cx.w(the), "comparable" | "corresponding" | "same") { the + 1 } else { the };
    if cx.is(pair, &["year", "-"]) && matches!(cx.w(pair + 2), "ago" | "earlier") {
        return (Lead::YearBefore, pair + 3);
    }
    if let Some((by, end)) = year_away(cx, the) {
        return if matches!(cx.w(end), "'" | "’") && cx.w(end + 1) == "s" {
            (Lead::Year(YearOf::Away(by)), end + 2)
        } else {
            (Lead::Year(YearOf::Away(by)), end)
        };
    }
    if cx.w(the) == "latest" {
        return (Lead::Latest, the + 1);
    }
    if let Some((which, end)) = cx.which(the) {
        return (Lead::Which(which), end);
    }
    if cx.w(the) == "that" {
        return (Lead::The, the + 1);
    }
    match cx.year(the) {
        Some((year, end)) => (Lead::Year(YearOf::Stated(year)), end),
        None => (fallback, the),
    }
}

/// "a quarter of the vote", "the fourth quarter of the game", "first quarter-mile".
fn is_share_or_game(cx: &Cx<'_>, noun: usize) -> bool {
    cx.is(noun + 1, &["of", "the", "game"]) || cx.is(noun + 1, &["-", "mile"])
}

/// `time/year-end`: "year-end", "the end of the year" said short.
pub(super) fn year_end(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let end = match (cx.w(at), cx.w(at + 1), cx.w(at + 2), cx.w(at + 3)) {
        ("year", "-", "end", _) => at + 3,
        ("year", "'" | "’", "s", "end") => at + 4,
        ("year", "end", ..) => at + 2,
        _ => return None,
    };
    Some(Found::new(at, end, Shape::Day { year: None, month: 12, day: 31 }, "time/year-end"))
}

/// `time/half`: "the last half of 2031", "the first half", "second-half".
pub(super) fn half(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let the = cx.skip(at, "the");
    let half = match cx.w(the) {
        "first" => 1,
        "second" | "last" => 2,
        _ => return None,
    };
    let noun = cx.skip(the + 1, "-");
    let (year, end) = stated_year(cx, noun + 1);
    let sure = year != YearOf::Unsaid;
    (cx.w(noun) == "half" && sure).then(|| Found::new(at, end, Shape::Half { half, year }, "time/half"))
}

/// `time/holiday`: "Christmas Eve", "last Thanksgiving", "Valentine’s Day 2031".
pub(super) fn holiday(cx: &Cx<'_>, at: usize) -> Option<Found> {
    let (which, from) = cx.which(at).unwrap_or((Which::Bare, at));
    let hits = cx.words.holidays.iter().filter_map(|(phrases, holiday)| phrases.at(cx.tokens, from).map(|len| (len, holiday)));
    let (len, holiday) = hits.max_by_key(|(len, _)| *len).filter(|_| cx.capital(from))?;
    let (year, end) = stated_year(cx, from + len);
    Some(Found::new(at, end, Shape::Holiday { holiday: holiday.clone(), year, which }, "time/holiday"))
}
