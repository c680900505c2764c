//! The words of a document as they are compared: without endings, each with how rare it is in news at large.

use crate::hash;
use crate::text::{Layer, Span};
use crate::token::{TokenKind, Tokens};
use crate::zone::{Zone, ZoneKind};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Words by the number of articles they stand in, counted on public news; the first line says of how many articles.
const FREQUENCIES: &str = include_str!("../../../../models/story-en/frequencies.txt");

/// Words that stand in more than this share of all articles tell no story from another; chosen, since their weight is near nothing.
const COMMON: f64 = 0.4;
/// The power to which the rarity of a word counts. Between 1 and 2 the best joining point is most alike from corpus to
/// corpus: measured on AllSides round-ups, FNC-1, NewsWCL50 and ECB+ at 0.7, 1, 1.5 and 2.
const RARITY_POWER: f64 = 1.5;

/// A word at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The word without its ending; numbers without their commas.
    pub stem: String,
    /// Its place.
    pub span: Span,
    /// The number of its first token.
    pub token: usize,
}

/// The words of a document, in order, but for those of [zones](is_compared) that are not its own.
pub fn terms(text: &str, tokens: &Tokens, zones: &Layer<Zone>) -> Vec<Term> {
    let term = |(at, span): (Range<usize>, Span)| {
        let stem = if at.len() > 1 { span.of(text).replace(',', "") } else { stem(tokens.lower(at.start)) };
        Term { stem, span, token: at.start }
    };
    places(tokens, zones).map(term).collect()
}

/// Where the words of a document stand that are compared: their tokens, several of a number, and their bytes.
pub(super) fn places<'a>(tokens: &'a Tokens, zones: &'a Layer<Zone>) -> impl Iterator<Item = (Range<usize>, Span)> + 'a {
    let mut next = 0;
    let mut zone = 0;
    std::iter::from_fn(move || {
        while next < tokens.len() {
            let at = next;
            let end = match tokens.kind(at) {
                TokenKind::Number => number_end(tokens, at),
                TokenKind::Word | TokenKind::Punctuation => at + 1,
            };
            next = end;
            if tokens.kind(at) == TokenKind::Punctuation {
                continue;
            }
            let start = tokens.span(at).start();
            while zones.as_slice().get(zone).is_some_and(|it| it.span.end() <= start) {
                zone += 1;
            }
            if zones.as_slice().get(zone).is_none_or(|it| !it.span.holds(start) || is_compared(it.kind)) {
                return Some((at..end, tokens.span(at).cover(tokens.span(end - 1))));
            }
        }
        None
    })
}

/// Where the number that begins at token `at` ends: "7,300" and "6.1" are three tokens each.
fn number_end(tokens: &Tokens, at: usize) -> usize {
    let touches = |at: usize| at + 1 < tokens.len() && tokens.span(at).end() == tokens.span(at + 1).start();
    let mut end = at + 1;
    while touches(end - 1) && matches!(tokens.lower(end), "," | ".") && touches(end) && tokens.kind(end + 1) == TokenKind::Number {
        end += 2;
    }
    end
}

/// Whether what stands in a zone is told by the document: not in furniture, not a reader's comment, not a byline
/// (two articles of one writer are not near each other for it).
fn is_compared(kind: ZoneKind) -> bool {
    match kind {
        ZoneKind::Furniture | ZoneKind::ReaderComment | ZoneKind::Byline => false,
        ZoneKind::Headline | ZoneKind::Dateline | ZoneKind::Reporting | ZoneKind::Commentary | ZoneKind::Turn | ZoneKind::Excerpt | ZoneKind::Caption => true,
    }
}

/// The lower-cased `word` without an ending of the plural, of "-ed" or "-ing"; crude, and the same for every form of most words.
fn stem(word: &str) -> String {
    /// Letters a stem keeps before "-ed" and "-ing".
    const LEFT: usize = 3;
    if !word.starts_with(char::is_alphabetic) {
        return word.to_owned();
    }
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() > 1) {
        return format!("{rest}y");
    }
    if let Some(rest) = ["ing", "ed"].iter().find_map(|ending| word.strip_suffix(ending)).filter(|rest| rest.len() > LEFT) {
        let mut letters = rest.chars().rev();
        let doubled = letters.next().filter(|last| Some(*last) == letters.next() && !matches!(last, 'l' | 's'));
        let rest = doubled.map_or(rest, |last| &rest[..rest.len() - last.len_utf8()]);
        return rest.trim_end_matches('e').to_owned();
    }
    let singular = word.strip_suffix('s').filter(|rest| rest.len() > 2 && !rest.ends_with(['s', 'u'])).unwrap_or(word);
    if singular.len() > LEFT { singular.trim_end_matches('e').to_owned() } else { singular.to_owned() }
}

/// A word as the table of words knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Known {
    /// It stands at this place of the table.
    At(u16),
    /// It is not in the table: rarer than all that are. The hash of its stem.
    Not(u32),
}

impl Known {
    /// How the table knows `stem`; `None` for common words, which tell no story from another.
    pub(super) fn of(stem: &str) -> Option<Known> {
        let is_word = stem.chars().nth(1).is_some() || stem.starts_with(|c: char| c.is_numeric());
        let known = COUNTED.places.get(stem).map_or_else(|| Known::Not(short(stem)), |place| Known::At(*place));
        (is_word && known.told().is_some()).then_some(known)
    }

    /// The hash of its stem, and how much it tells that it stands in a document: the logarithm of how rare it is in news, raised
    /// to [`RARITY_POWER`]. `None` for common words, and where the table has no such place.
    pub(super) fn told(self) -> Option<(u32, f64)> {
        match self {
            Known::At(place) => COUNTED.words.get(usize::from(place)).copied().flatten(),
            Known::Not(hash) => Some((hash, COUNTED.telling_elsewhere)),
        }
    }
}

static COUNTED: LazyLock<Counted> = LazyLock::new(|| Counted::read(FREQUENCIES));

/// The table of words, read.
struct Counted {
    /// The hash of every word and how much it tells; `None` for common ones.
    words: Vec<Option<(u32, f64)>>,
    places: HashMap<&'static str, u16>,
    /// How much a word tells that is not in the table.
    telling_elsewhere: f64,
}

impl Counted {
    /// Lines of a count and the words that have it: "12 anchor bulk citywid".
    fn read(table: &'static str) -> Counted {
        let mut lines = table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_once(' ').unwrap_or((line, "")));
        let number = |count: &str| count.parse::<f64>().expect("the table of words was compiled in");
        let articles = lines.next().map_or(0.0, |(count, _)| number(count));
        let telling = |holding: f64| ((articles + 1.0) / (holding + 1.0)).ln().powf(RARITY_POWER);
        let (mut words, mut places) = (Vec::new(), HashMap::new());
        for (word, holding) in lines.flat_map(|(count, words)| words.split(' ').map(move |word| (word, number(count)))) {
            places.insert(word, u16::try_from(words.len()).expect("the table has fewer words than two bytes count"));
            words.push((holding < articles * COMMON).then(|| (short(word), telling(holding))));
        }
        Counted { words, places, telling_elsewhere: telling(0.0) }
    }
}

/// The hash by which words are compared.
fn short(stem: &str) -> u32 {
    hash::of(stem.bytes()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    #[test]
    fn forms_of_a_word_are_one_term() {
        let stems = |words: &str| words.split(' ').map(stem).collect::<Vec<_>>();
        assert_eq!(stems("close closes closed closing"), ["clos"; 4]);
        assert_eq!(stems("plan plans planned planning"), ["plan"; 4]);
        assert_eq!(stems("city cities"), ["city"; 2]);
        assert_eq!(stems("bus pass virus é"), ["bus", "pass", "virus", "é"]);
    }

    #[test]
    fn a_number_is_one_term() {
        let text = "At 7,300 feet, 6.1 in 2031.";
        let found = terms(text, &tokenize(text), &Layer::default());
        assert_eq!(found.iter().map(|term| term.stem.as_str()).collect::<Vec<_>>(), ["at", "7300", "feet", "6.1", "in", "2031"]);
    }

    #[test]
    fn common_words_tell_nothing() {
        assert_eq!(Known::of("the"), None);
        let telling = |stem| Known::of(stem).and_then(Known::told).map(|(_, telling)| telling);
        assert!(telling("qzxv") > telling("reservoir") && telling("reservoir") > telling("president"));
    }
}
