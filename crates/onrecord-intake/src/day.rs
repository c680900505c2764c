//! Reads the day out of the many ways metadata write a date.

use jiff::Timestamp;
use jiff::civil::Date;

/// The day that `written` names: ISO, `20310305`, `Wed, 05 Mar 2031 10:00:00 GMT`, `March 5, 2031`, `5 March 2031` or
/// seconds since 1970. The day is that of the clock it was written by. `None` if it is no date, or could be two
/// (`05/03/2031`).
pub fn day(written: &str) -> Option<Date> {
    let written = written.trim();
    iso(written).or_else(|| compact(written)).or_else(|| in_words(written))
}

/// Seconds, or thousandths of them, since 1970, in UTC.
pub(crate) fn day_of_seconds(seconds: i64) -> Option<Date> {
    let seconds = if seconds.abs() >= 100_000_000_000 { seconds / 1000 } else { seconds };
    let timestamp = Timestamp::from_second(seconds).ok()?;
    Some(jiff::tz::TimeZone::UTC.to_datetime(timestamp).date())
}

fn iso(written: &str) -> Option<Date> {
    let (day, rest) = written.split_at_checked(10)?;
    let is_whole = !rest.starts_with(|c: char| c.is_ascii_digit());
    let mut parts = day.split(['-', '/', '.']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || !is_whole {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn compact(written: &str) -> Option<Date> {
    let digits = written.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    match written.as_bytes().get(8) {
        None | Some(b'T' | b' ') => Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok(),
        Some(_) => compact_seconds(written),
    }
}

fn compact_seconds(written: &str) -> Option<Date> {
    let is_seconds = matches!(written.len(), 10 | 13) && written.bytes().all(|byte| byte.is_ascii_digit());
    if is_seconds { day_of_seconds(written.parse().ok()?) } else { None }
}

fn in_words(written: &str) -> Option<Date> {
    let words: Vec<&str> = written.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let number = |at: Option<usize>| words.get(at?)?.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i16>().ok();
    let year = |at: usize| number(Some(at)).filter(|year| (1000..=9999).contains(year));
    let month = month(words[at])?;
    let (day, year) = match (number(at.checked_sub(1)), year(at + 1)) {
        (Some(day), Some(year)) => (day, year),
        _ => (number(Some(at + 1))?, year(at + 2)?),
    };
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word == *month || word == month[..3] || (word == "sept" && *month == "september"))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_of_writing_a_date() {
        let ways = [
            "2031-03-05",
            "2031-03-05T23:30:00-05:00",
            "2031-03-05 10:00:00",
            "2031/03/05",
            "20310305",
            "20310305T101500Z",
            "Wed, 05 Mar 2031 10:00:00 GMT",
            "March 5, 2031",
            "5 March 2031",
            "Mar. 5th, 2031 10:15 a.m.",
            "1930471200",
            "1930471200000",
        ];
        for way in ways {
            assert_eq!(day(way).map(|day| day.to_string()).as_deref(), Some("2031-03-05"), "{way}");
        }
    }

    #[test]
    fn what_is_no_date_or_could_be_two() {
        for way in ["", "None", "05/03/2031", "yesterday", "2031", "2031-13-40", "March", "é2031-03-05"] {
            assert_eq!(day(way), None, "{way}");
        }
    }
}
