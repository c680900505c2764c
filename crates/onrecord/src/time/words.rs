//! The words of time, as `lexicon/time.toml` lists them, and the small readings every rule needs: numbers, months, units.

use super::shape::{Amount, Unit, Which};
use crate::lexicon::{Phrases, parse, plural};
use crate::token::{TokenKind, Tokens};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    hedges: Vec<String>,
    places: Vec<String>,
    vague: Vec<String>,
    zones: Vec<String>,
    last: Vec<String>,
    next: Vec<String>,
    this: Vec<String>,
    future: Vec<String>,
    past: Vec<String>,
    months: HashMap<String, i8>,
    months_short: HashMap<String, i8>,
    numbers: HashMap<String, u32>,
    ordinals: HashMap<String, u32>,
    parts: HashMap<String, String>,
    references: HashMap<String, String>,
    adjectives: HashMap<String, String>,
    seasons: HashMap<String, String>,
    sets: HashMap<String, String>,
    units: HashMap<String, String>,
    weekdays: HashMap<String, i8>,
    holidays: Vec<Holiday>,
}

/// A holiday and how its day is told.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Holiday {
    pub(super) name: String,
    pub(super) month: i8,
    pub(super) day: i8,
    pub(super) nth: Option<i8>,
    pub(super) weekday: i8,
    pub(super) after_first_monday: Option<i32>,
    pub(super) easter: Option<i32>,
}

/// The lexicon, ready to be matched.
pub(super) struct Words {
    pub(super) hedges: Phrases,
    pub(super) places: Phrases,
    pub(super) vague: Phrases,
    pub(super) zones: Phrases,
    whiches: Vec<(Which, Phrases)>,
    pub(super) future: Phrases,
    pub(super) past: Phrases,
    months: HashMap<String, i8>,
    months_short: HashMap<String, i8>,
    numbers: HashMap<String, u32>,
    pub(super) ordinals: HashMap<String, u32>,
    pub(super) parts: HashMap<String, String>,
    pub(super) references: Vec<(Phrases, String)>,
    pub(super) adjectives: HashMap<String, String>,
    pub(super) seasons: HashMap<String, String>,
    pub(super) sets: HashMap<String, String>,
    units: HashMap<String, (Unit, Number)>,
    pub(super) weekdays: HashMap<String, i8>,
    pub(super) holidays: Vec<(Phrases, Holiday)>,
    starts: HashSet<String>,
}

/// Singular or plural.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    One,
    Many,
}

/// The built-in words.
pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::from(parse::<File>(include_str!("../../../../lexicon/time.toml"))));
    &WORDS
}

impl From<File> for Words {
    fn from(file: File) -> Words {
        let mut units = HashMap::new();
        for (word, code) in &file.units {
            let unit = Unit::of(code);
            units.insert(word.clone(), (unit, Number::One));
            units.insert(plural(word), (unit, Number::Many));
        }
        let starts = starts(&file, &units);
        Words {
            starts,
            hedges: Phrases::exact(file.hedges),
            places: Phrases::exact(file.places),
            vague: Phrases::exact(file.vague),
            zones: Phrases::exact(file.zones),
            whiches: vec![(Which::Last, Phrases::exact(file.last)), (Which::Next, Phrases::exact(file.next)), (Which::This, Phrases::exact(file.this))],
            future: Phrases::exact(file.future),
            past: Phrases::exact(file.past),
            months: file.months,
            months_short: file.months_short,
            numbers: file.numbers,
            ordinals: file.ordinals,
            parts: file.parts,
            references: file.references.into_iter().map(|(words, value)| (Phrases::exact([words]), value)).collect(),
            adjectives: file.adjectives,
            seasons: file.seasons,
            sets: file.sets,
            units,
            weekdays: file.weekdays,
            holidays: file.holidays.into_iter().map(|holiday| (Phrases::exact([&holiday.name]), holiday)).collect(),
        }
    }
}

/// Every word an expression of time can start with, digits aside; it spares most tokens the rules.
fn starts(file: &File, units: &HashMap<String, (Unit, Number)>) -> HashSet<String> {
    let lists = [&file.hedges, &file.places, &file.vague, &file.last, &file.next, &file.this].into_iter().flatten();
    let tables = file.months.keys().chain(file.months_short.keys()).chain(file.numbers.keys()).chain(file.ordinals.keys()).chain(file.parts.keys());
    let tables = tables.chain(file.references.keys()).chain(file.adjectives.keys()).chain(file.seasons.keys()).chain(file.sets.keys());
    let tables = tables.chain(units.keys()).chain(file.weekdays.keys());
    let holidays = file.holidays.iter().map(|holiday| &holiday.name);
    let first = |phrase: &String| crate::token::tokenize(phrase).lower(0).to_owned();
    let plural_days = file.weekdays.keys().map(|day| format!("{day}s"));
    let closed = CLOSED.iter().map(|word| (*word).to_owned());
    lists.chain(tables).chain(holidays).map(first).chain(plural_days).chain(closed).collect()
}

/// Words of the grammar, not of the lexicon, that may open an expression.
const CLOSED: [&str; 47] = [
    "'",
    "’",
    "calendar",
    "comparable",
    "corresponding",
    "each",
    "eighties",
    "every",
    "fifties",
    "fiscal",
    "forties",
    "fri",
    "half",
    "last",
    "latest",
    "mid",
    "midday",
    "midnight",
    "mon",
    "nineties",
    "noon",
    "once",
    "overnight",
    "recent",
    "same",
    "sat",
    "seventies",
    "sixties",
    "sun",
    "that",
    "the",
    "these",
    "thirties",
    "those",
    "thu",
    "thur",
    "thurs",
    "today",
    "tomorrow",
    "tonight",
    "tue",
    "tues",
    "twenties",
    "twice",
    "wed",
    "yesterday",
    "fewer",
];

/// A text being read for times.
#[derive(Clone, Copy)]
pub(super) struct Cx<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a Tokens,
    pub(super) words: &'static Words,
}

/// Something read, and the token after it.
pub(super) type Read<T> = Option<(T, usize)>;

impl Cx<'_> {
    /// The lower-cased word at `at`.
    pub(super) fn w(&self, at: usize) -> &str {
        self.tokens.lower(at)
    }

    /// Whether an expression may start at token `at`.
    pub(super) fn may_start(&self, at: usize) -> bool {
        let word = self.w(at);
        let quarter = word.len() == 2 && word.starts_with('q');
        word.starts_with(|c: char| c.is_ascii_digit()) || quarter || self.words.starts.contains(word)
    }

    /// Whether the words from `at` on are these.
    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.is(at, words)
    }

    /// Whether no space stands before token `at`.
    pub(super) fn touches(&self, at: usize) -> bool {
        at > 0 && at < self.tokens.len() && self.tokens.span(at - 1).end() == self.tokens.span(at).start()
    }

    /// Whether token `at` begins with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.tokens.is_capitalised(self.text, at)
    }

    /// `at`, or the token after it when the word is `word`.
    pub(super) fn skip(&self, at: usize, word: &str) -> usize {
        if self.w(at) == word { at + 1 } else { at }
    }

    /// Digits at `at` that are all of the token, with how many there are.
    pub(super) fn digits(&self, at: usize) -> Option<(u32, usize)> {
        let word = self.w(at);
        let plain = !word.is_empty() && word.len() <= 6 && word.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| word.parse().ok().map(|number| (number, word.len()))).flatten()
    }

    /// A year in four digits.
    pub(super) fn year(&self, at: usize) -> Read<i16> {
        let (number, width) = self.digits(at)?;
        let part_of_number = (self.w(at + 1) == "," && self.touches(at + 1) && self.touches(at + 2) && self.digits(at + 2).is_some())
            || (self.w(at + 1) == "." && self.touches(at + 2) && self.digits(at + 2).is_some());
        (width == 4 && (1000..2200).contains(&number) && !part_of_number).then(|| (number as i16, at + 1))
    }

    /// A day of a month: "4", "4th", "fourth" only after "the".
    pub(super) fn day_number(&self, at: usize) -> Read<i8> {
        let word = self.w(at);
        let bare = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        let number: i8 = if bare.len() <= 2 { bare.parse().ok()? } else { return None };
        ((1..=31).contains(&number)).then_some((number, at + 1))
    }

    /// A month by name, its full stop included; `may` and `march` only where a capital shows they are names.
    pub(super) fn month(&self, at: usize) -> Read<i8> {
        if let Some(month) = self.words.months.get(self.w(at)) {
            return self.capital(at).then_some((*month, at + 1));
        }
        let month = *self.words.months_short.get(self.w(at)).filter(|_| self.capital(at))?;
        let dotted = self.w(at + 1) == "." && self.touches(at + 1);
        Some((month, if dotted { at + 2 } else { at + 1 }))
    }

    /// A weekday by name.
    pub(super) fn weekday(&self, at: usize) -> Read<i8> {
        self.words.weekdays.get(self.w(at)).filter(|_| self.capital(at)).map(|day| (*day, at + 1))
    }

    /// last, next, this, with the words that vary them.
    pub(super) fn which(&self, at: usize) -> Read<Which> {
        self.words.whiches.iter().find_map(|(which, phrases)| phrases.at(self.tokens, at).map(|len| (*which, at + len)))
    }

    /// A unit of time.
    pub(super) fn unit(&self, at: usize) -> Read<(Unit, Number)> {
        self.words.units.get(self.w(at)).map(|found| (*found, at + 1))
    }

    /// An amount: "two", "24", "a couple of", "twenty four", "2 1/2", "several", "12 to 18", "a hundred".
    pub(super) fn amount(&self, at: usize) -> Read<Amount> {
        if let Some(len) = self.words.vague.at(self.tokens, at) {
            return Some((Amount::Vague, at + len));
        }
        if self.is(at, &["a", "half"]) || self.is(at, &["half", "a"]) || self.is(at, &["half", "an"]) {
            return Some((Amount::Halves(1), at + 2));
        }
        let (number, end) = self.cardinal(at)?;
        if self.is(end, &["1", "/", "2"]) {
            return Some((Amount::Halves(number * 2 + 1), end + 3));
        }
        if self.is(end, &["and", "a", "half"]) {
            return Some((Amount::Halves(number * 2 + 1), end + 3));
        }
        if self.is(end, &[".", "5"]) && self.touches(end) && self.touches(end + 1) {
            return Some((Amount::Halves(number * 2 + 1), end + 2));
        }
        if matches!(self.w(end), "to" | "or" | "-" | "–")
            && number > 0
            && let Some((more, after)) = self.cardinal(end + 1).filter(|(more, _)| *more > number && self.w(end + 1) != "a")
        {
            return Some((Amount::Between(number, more), after));
        }
        let end = if self.w(end) == "more" { end + 1 } else { end };
        Some((Amount::Exact(number), end))
    }

    fn cardinal(&self, at: usize) -> Read<u32> {
        if let Some((number, _)) = self.digits(at) {
            let thousands = self.w(at + 1) == "," && self.touches(at + 1) && self.touches(at + 2);
            return match self.digits(at + 2).filter(|(_, width)| thousands && *width == 3) {
                Some((rest, _)) => Some((number.saturating_mul(1000).saturating_add(rest), at + 3)),
                None => Some((number, at + 1)),
            };
        }
        let mut total = *self.words.numbers.get(self.w(at))?;
        let mut end = at + 1;
        if matches!(self.w(at), "couple" | "dozen") {
            return Some((total, self.skip(end, "of")));
        }
        if matches!(self.w(at), "a" | "an") {
            if matches!(self.w(end), "couple" | "dozen") {
                return self.cardinal(end);
            }
        } else if total >= 20 {
            let next = if self.w(end) == "-" { end + 1 } else { end };
            if let Some(ones) = self.words.numbers.get(self.w(next)).filter(|ones| **ones < 10 && !matches!(self.w(next), "a" | "an" | "couple")) {
                total += ones;
                end = next + 1;
            }
        }
        loop {
            match self.w(end) {
                "hundred" => total = total.saturating_mul(100),
                "thousand" => total = total.saturating_mul(1000),
                _ => break,
            }
            end += 1;
        }
        Some((total, end))
    }

    /// An hour in letters.
    pub(super) fn hour_word(&self, at: usize) -> Option<u32> {
        self.words.numbers.get(self.w(at)).copied().filter(|hour| (1..=12).contains(hour) && !matches!(self.w(at), "a" | "an" | "couple" | "dozen"))
    }

    /// Whether token `at` is a word or a number, not a mark.
    pub(super) fn is_wordlike(&self, at: usize) -> bool {
        at < self.tokens.len() && self.tokens.kind(at) != TokenKind::Punctuation
    }

    /// Whether an empty line stands before token `at`.
    pub(super) fn breaks_paragraph(&self, at: usize) -> bool {
        let gap = |at: usize| &self.text[self.tokens.span(at - 1).end()..self.tokens.span(at).start()];
        at > 0 && at < self.tokens.len() && gap(at).matches('\n').count() > 1
    }
}
