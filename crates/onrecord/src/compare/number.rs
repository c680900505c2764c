//! Reads numbers as news writes them: "1,200", "2.5 million", "twenty-three", "dozens", "at least 30", "12 to 15".

use super::words::lexicon;
use crate::text::Spanned;
use crate::token::{TokenKind, Tokens};
use std::ops::Range;

/// A number as worded: the values it leaves open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    /// The least it can be.
    pub(super) low: f64,
    /// The most it can be.
    pub(super) high: f64,
    /// The number that stands there.
    pub(super) told: f64,
    /// How it is open.
    pub(super) bound: Bound,
}

/// How a number is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// "34".
    Exact,
    /// "about 30", "dozens", "12 to 15".
    About,
    /// "at least 30".
    Least,
    /// "up to 30".
    Most,
}

/// How far a number may be off when "about" stands before it, as a share of it: "about 30" is still right of 27 and of 33.
const ABOUT: f64 = 0.1;

impl Amount {
    fn new(told: f64, bound: Bound) -> Amount {
        let (low, high) = match bound {
            Bound::Exact => (told, told),
            Bound::About => (told * (1.0 - ABOUT), told * (1.0 + ABOUT)),
            Bound::Least => (told, f64::INFINITY),
            Bound::Most => (0.0, told),
        };
        Amount { low, high, told, bound }
    }

    /// The same, or more.
    pub(super) fn at_least(self) -> Amount {
        if self.bound == Bound::Exact { Amount::new(self.told, Bound::Least) } else { self }
    }

    /// Whether one number can be meant by both.
    pub(super) fn can_equal(self, other: Amount) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Whether both are worded alike.
    pub(super) fn is_same(self, other: Amount) -> bool {
        self.bound == other.bound && self.low == other.low && self.high == other.high
    }

    /// Whether `later` says more than this, by its number.
    pub(super) fn grew_to(self, later: Amount) -> bool {
        later.told > self.told
    }
}

/// A number and the tokens it takes, with the words that open it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) amount: Amount,
    /// The number and its bounds.
    pub(super) tokens: Range<usize>,
    /// Where the number itself starts.
    pub(super) at: usize,
}

/// The numbers among `range`, in order.
pub(super) fn numbers(tokens: &Tokens, range: Range<usize>) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match number(tokens, at, range.clone()) {
            Some(number) => {
                at = number.tokens.end.max(at + 1);
                out.push(number);
            }
            None => at += 1,
        }
    }
    out
}

fn number(tokens: &Tokens, at: usize, range: Range<usize>) -> Option<Number> {
    let (amount, end) = vague(tokens, at).or_else(|| none(tokens, at)).or_else(|| worded(tokens, at))?;
    if end > range.end || is_in_name(tokens, at) || is_clock(tokens, at) || is_age(tokens, at..end) || is_attribute(tokens, end) {
        return None;
    }
    let floor = range.start.max(at.saturating_sub(LONGEST_BOUND));
    let before = (floor..at).find_map(|from| bound(tokens, from).filter(|(_, len)| from + len == at).map(|(bound, _)| (bound, from)));
    let after = bound(tokens, end).filter(|(_, len)| tokens.lower(end) == "or" && end + len <= range.end);
    Some(match (before, after) {
        (Some((bound, from)), _) if amount.bound == Bound::Exact => Number { amount: Amount::new(amount.told, bound), tokens: from..end, at },
        (None, Some((bound, len))) if amount.bound == Bound::Exact => Number { amount: Amount::new(amount.told, bound), tokens: at..end + len, at },
        (Some((Bound::Least, from)), _) => Number { amount: Amount { high: f64::INFINITY, bound: Bound::Least, ..amount }, tokens: from..end, at },
        (Some((_, from)), _) => Number { amount, tokens: from..end, at },
        (None, _) => Number { amount, tokens: at..end, at },
    })
}

/// "Covid-19", "a B-52": the end of a name.
fn is_in_name(tokens: &Tokens, at: usize) -> bool {
    at > 1 && tokens.before(at, 1) == "-" && touches(tokens, at) && touches(tokens, at - 1) && tokens.kind(at - 2) == TokenKind::Word
}

/// "02:17": hours, minutes and seconds.
fn is_clock(tokens: &Tokens, at: usize) -> bool {
    let digits = |at: usize| tokens.lower(at).starts_with(|letter: char| letter.is_ascii_digit());
    (tokens.lower(at + 1) == ":" && digits(at + 2)) || (tokens.before(at, 1) == ":" && at >= 2 && digits(at - 2) && digits(at))
}

/// "Mara Ode, 56, said", "aged 56": how old somebody is.
fn is_age(tokens: &Tokens, number: Range<usize>) -> bool {
    let set_off = tokens.before(number.start, 1) == "," && matches!(tokens.lower(number.end), "," | "." | "");
    set_off || matches!(tokens.before(number.start, 1), "age" | "aged")
}

/// "A 31-year-old", "a 25-tonne truck": what somebody or something is like; but for a measure, as in "a 6.1-magnitude earthquake".
fn is_attribute(tokens: &Tokens, end: usize) -> bool {
    let is_glued = |at: usize| at > 0 && at < tokens.len() && tokens.span(at - 1).end() == tokens.span(at).start();
    let hyphen = tokens.lower(end) == "-" && is_glued(end) && is_glued(end + 1);
    hyphen && tokens.kind(end + 1) == TokenKind::Word && lexicon().measures.at(tokens, end + 1).is_none()
}

/// Tokens of the longest bound ("a total of about").
const LONGEST_BOUND: usize = 4;

fn bound(tokens: &Tokens, at: usize) -> Option<(Bound, usize)> {
    let bounds = &lexicon().bounds;
    let all = [(Bound::Least, &bounds.least), (Bound::Most, &bounds.most), (Bound::About, &bounds.about), (Bound::About, &bounds.below)];
    all.into_iter().filter_map(|(bound, words)| words.at(tokens, at).map(|len| (bound, len))).max_by_key(|(_, len)| *len)
}

/// "dozens", "hundreds of thousands", "several".
fn vague(tokens: &Tokens, at: usize) -> Option<(Amount, usize)> {
    let word = tokens.lower(at);
    let mut all = lexicon().vague().filter(|(words, _)| words.split(' ').next() == Some(word));
    let fits = |words: &str| words.split(' ').enumerate().all(|(i, word)| tokens.lower(at + i) == word);
    let (words, (low, high)) = all.find(|(words, _)| fits(words))?;
    Some((Amount { low, high, told: low, bound: Bound::About }, at + words.split(' ').count()))
}

/// "no deaths", "nobody", "no one": zero.
fn none(tokens: &Tokens, at: usize) -> Option<(Amount, usize)> {
    let end = match (tokens.lower(at), tokens.lower(at + 1)) {
        ("no", "one") => at + 2,
        ("nobody" | "zero", _) => at + 1,
        ("no", word) if !matches!(word, "longer" | "more" | "fewer" | "less" | "later" | "matter") => at + 1,
        _ => return None,
    };
    Some((Amount::new(0.0, Bound::Exact), end))
}

/// A number in digits or words, or two of them as a stretch: "12", "twenty-three", "12 to 15", "between 12 and 15".
fn worded(tokens: &Tokens, at: usize) -> Option<(Amount, usize)> {
    let (first, end) = plain(tokens, at)?;
    let between = tokens.before(at, 1) == "between" && tokens.lower(end) == "and";
    let through = matches!(tokens.lower(end), "to" | "-" | "–") && tokens.before(at, 1) != "from";
    let second = plain(tokens, end + 1).filter(|(second, _)| (between || through) && *second > first);
    if let Some((second, end)) = second {
        return Some((Amount { low: first, high: second, told: first, bound: Bound::About }, end));
    }
    Some((Amount::new(first, Bound::Exact), end))
}

/// One number.
fn plain(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let (value, end) = digits(tokens, at).or_else(|| spelled(tokens, at))?;
    let words = lexicon();
    match words.multipliers.get(tokens.lower(end)).filter(|_| tokens.lower(end).len() > 2 || touches(tokens, end)) {
        Some(times) => Some((value * times, end + 1)),
        None => Some((value, end)),
    }
}

/// "1,200", "2.5", "5m": digits with their commas, point and suffix.
fn digits(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let is_digits = |at: usize| !tokens.lower(at).is_empty() && tokens.lower(at).bytes().all(|b| b.is_ascii_digit());
    let first = tokens.lower(at).trim_start_matches(['$', '£', '€', '¥']);
    let whole: String = first.chars().take_while(char::is_ascii_digit).collect();
    if whole.is_empty() || (at > 0 && touches(tokens, at) && matches!(tokens.before(at, 1), "." | "-" | "/" | ":") && digits_before(tokens, at)) {
        return None;
    }
    let suffix = &first[whole.len()..];
    let times = if suffix.is_empty() { 1.0 } else { *lexicon().multipliers.get(suffix)? };
    let (mut text, mut end) = (whole, at + 1);
    while suffix.is_empty()
        && tokens.lower(end) == ","
        && touches(tokens, end)
        && touches(tokens, end + 1)
        && is_digits(end + 1)
        && tokens.lower(end + 1).len() == 3
    {
        text.push_str(tokens.lower(end + 1));
        end += 2;
    }
    if suffix.is_empty() && tokens.lower(end) == "." && touches(tokens, end) && touches(tokens, end + 1) && is_digits(end + 1) {
        text.push('.');
        text.push_str(tokens.lower(end + 1));
        end += 2;
    }
    Some((text.parse::<f64>().ok()? * times, end))
}

fn digits_before(tokens: &Tokens, at: usize) -> bool {
    at >= 2 && tokens.kind(at - 2) == TokenKind::Number
}

/// Whether nothing stands between token `at` and the one before.
fn touches(tokens: &Tokens, at: usize) -> bool {
    0 < at && at < tokens.len() && tokens.as_slice()[at - 1].span().end() == tokens.as_slice()[at].span().start()
}

/// "twenty-three", "a hundred and four", "three hundred thousand".
fn spelled(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let words = lexicon();
    let value = |at: usize| words.numbers.get(tokens.lower(at)).copied();
    let article = matches!(tokens.lower(at), "a" | "an") && matches!(tokens.lower(at + 1), "dozen" | "hundred" | "million" | "thousand" | "billion");
    let (mut group, mut end) = if article { (1.0, at + 1) } else { (value(at)?, at + 1) };
    if (20.0..100.0).contains(&group) {
        let next = if tokens.lower(end) == "-" { end + 1 } else { end };
        if let Some(ones) = value(next).filter(|ones| *ones < 10.0) {
            (group, end) = (group + ones, next + 1);
        }
    }
    if tokens.lower(end) == "hundred" {
        (group, end) = (group * 100.0, end + 1);
        let next = if tokens.lower(end) == "and" { end + 1 } else { end };
        if let Some((rest, past)) = value(next).filter(|rest| *rest < 100.0).and_then(|_| spelled(tokens, next)).filter(|(rest, _)| *rest < 100.0) {
            (group, end) = (group + rest, past);
        }
    }
    Some((group, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(f64, f64)> {
        let tokens = tokenize(text);
        numbers(&tokens, 0..tokens.len()).into_iter().map(|number| (number.amount.low, number.amount.high)).collect()
    }

    #[test]
    fn numbers_in_digits_and_words() {
        let cases = [
            ("1,200 people", 1200.0),
            ("2.5 million tons", 2_500_000.0),
            ("twenty-three miners", 23.0),
            ("a hundred and four houses", 104.0),
            ("three hundred thousand homes", 300_000.0),
            ("two dozen cars", 24.0),
            ("$5m in aid", 5_000_000.0),
            ("no deaths", 0.0),
            ("Covid-19 killed 40", 40.0),
        ];
        for (text, value) in cases {
            assert_eq!(read(text), [(value, value)], "{text}");
        }
    }

    #[test]
    fn bounds_open_a_number() {
        assert_eq!(read("at least 30 and more than forty"), [(30.0, f64::INFINITY), (40.0, f64::INFINITY)]);
        assert_eq!(read("up to 12"), [(0.0, 12.0)]);
        assert_eq!(read("between 12 and 15"), [(12.0, 15.0)]);
        assert_eq!(read("dozens"), [(24.0, 99.0)]);
        assert_eq!(read("20 or more"), [(20.0, f64::INFINITY)]);
    }

    #[test]
    fn what_can_both_hold_is_equal() {
        let amount = |text: &str| {
            let tokens = tokenize(text);
            numbers(&tokens, 0..tokens.len())[0].amount
        };
        assert!(amount("at least 30").can_equal(amount("34")) && amount("about 30").can_equal(amount("at least 30")));
        assert!(amount("dozens").can_equal(amount("30")) && !amount("30").can_equal(amount("34")));
        assert!(!amount("at least 45").can_equal(amount("30")));
    }

    proptest! {
        #[test]
        fn any_text_gives_numbers_in_order(text in "[0-9,.a-z \\-$]{0,60}") {
            let tokens = tokenize(&text);
            let mut end = 0;
            for number in numbers(&tokens, 0..tokens.len()) {
                prop_assert!(number.tokens.end > end && number.amount.low <= number.amount.high);
                end = number.tokens.end;
            }
        }
    }
}
