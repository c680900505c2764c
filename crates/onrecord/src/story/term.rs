//! The words of a document as they are compared: without endings, each with how rare it is in news at large.

use crate::text::{Layer, Span};
use crate::token::{TokenKind, Tokens};
use crate::zone::{Zone, ZoneKind};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words by the number of articles they stand in, counted on public news; the first line says of how many articles.
const FREQUENCIES: &str = include_str!("../../../../models/story-en/frequencies.txt");

/// Words that stand in more than this share of all articles tell no story from another; chosen, since their weight is near nothing.
const COMMON: f64 = 0.4;

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
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = match tokens.kind(at) {
            TokenKind::Punctuation => None,
            TokenKind::Number => Some(number_end(tokens, at)),
            TokenKind::Word => Some(at + 1),
        };
        if let Some(end) = end.filter(|_| is_compared(zones, tokens.span(at))) {
            let span = tokens.span(at).cover(tokens.span(end - 1));
            let stem = if end > at + 1 { span.of(text).replace(',', "") } else { stem(tokens.lower(at)) };
            out.push(Term { stem, span, token: at });
        }
        at = end.unwrap_or(at + 1);
    }
    out
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

/// Whether what stands at `span` is told by the document: not in furniture, not a reader's comment, not a byline
/// (two articles of one writer are not near each other for it).
fn is_compared(zones: &Layer<Zone>, span: Span) -> bool {
    zones.holding(span.start()).is_none_or(|(_, zone)| match zone.kind {
        ZoneKind::Furniture | ZoneKind::ReaderComment | ZoneKind::Byline => false,
        ZoneKind::Headline | ZoneKind::Dateline | ZoneKind::Reporting | ZoneKind::Commentary | ZoneKind::Turn | ZoneKind::Excerpt | ZoneKind::Caption => true,
    })
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

/// How much it tells that `stem` stands in a document: the logarithm of how rare it is in news; `None` for common words.
pub(super) fn rarity(stem: &str) -> Option<f64> {
    static COUNTED: LazyLock<Counted> = LazyLock::new(|| Counted::read(FREQUENCIES));
    let is_word = stem.chars().nth(1).is_some() || stem.starts_with(|c: char| c.is_numeric());
    let articles = COUNTED.articles_with.get(stem).copied().unwrap_or(0.0);
    (is_word && articles < COUNTED.articles * COMMON).then(|| ((COUNTED.articles + 1.0) / (articles + 1.0)).ln())
}

/// The table of words, read.
struct Counted {
    articles: f64,
    articles_with: HashMap<&'static str, f64>,
}

impl Counted {
    /// Lines of a count and the words that have it: "12 anchor bulk citywid".
    fn read(table: &'static str) -> Counted {
        let mut lines = table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_once(' ').unwrap_or((line, "")));
        let number = |count: &str| count.parse::<f64>().expect("the table of words was compiled in");
        let articles = lines.next().map_or(0.0, |(count, _)| number(count));
        let articles_with = lines.flat_map(|(count, words)| words.split(' ').map(move |word| (word, number(count)))).collect();
        Counted { articles, articles_with }
    }
}

/// A number for a word or a run of words: FNV-1a, the same on every machine.
pub(super) fn hash(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
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
        assert_eq!(rarity("the"), None);
        assert!(rarity("reservoir") > rarity("president"));
    }
}
