//! What the encoder is told of each token beside its letters: its case, whether a sentence or paragraph starts, quotation marks.

use crate::text::Spanned;
use crate::token::Tokens;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What was seen of the tokens.
pub(super) struct Seen {
    /// The type of every token: shape + 8 × (start + 3 × quote).
    pub(super) types: Vec<i32>,
    /// Whether the token ends a sentence.
    pub(super) ends: Vec<bool>,
    /// Whether the token starts a paragraph.
    pub(super) paragraphs: Vec<bool>,
}

/// Looks at every token of `text`. The encoder was trained on exactly this view, which is why it does not use the
/// sentences and quotations of the other stages.
pub(super) fn see(text: &str, tokens: &Tokens) -> Seen {
    let spans: Vec<_> = tokens.as_slice().iter().map(|token| token.span()).collect();
    let starts_paragraph = |at: usize| at == 0 || text[spans[at - 1].end()..spans[at].start()].contains(['\n', '\r']);
    let paragraphs: Vec<bool> = (0..spans.len()).map(starts_paragraph).collect();
    let ends: Vec<bool> = (0..spans.len()).map(|at| ends_sentence(text, tokens, at)).collect();
    let (mut types, mut ended, mut inside) = (Vec::with_capacity(spans.len()), false, false);
    for (at, span) in spans.iter().enumerate() {
        let word = span.of(text);
        let start = match (paragraphs[at], ended && !word.starts_with(CLOSERS)) {
            (true, _) => Start::Paragraph,
            (false, true) => Start::Sentence,
            (false, false) => Start::Inside,
        };
        ended = ends[at] || (ended && start == Start::Inside);
        inside &= !paragraphs[at];
        let quote = quote(text, span.start(), word, &mut inside);
        types.push(shape(word) as i32 + 8 * (start as i32 + 3 * quote as i32));
    }
    Seen { types, ends, paragraphs }
}

#[derive(Clone, Copy)]
enum Shape {
    Other,
    Lower,
    Title,
    Upper,
    Letter,
    Mixed,
    Number,
    Alnum,
}

#[derive(Clone, Copy, PartialEq)]
enum Start {
    Inside,
    Sentence,
    Paragraph,
}

#[derive(Clone, Copy)]
enum Quote {
    Outside,
    Inside,
    Opening,
    Closing,
}

const CLOSERS: [char; 8] = ['"', '”', '»', '’', '\'', ')', ']', '}'];
const OPENING: [char; 4] = ['“', '„', '‟', '«'];
const CLOSING: [char; 2] = ['”', '»'];

fn shape(word: &str) -> Shape {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let digits = word.chars().any(char::is_numeric);
    let upper = letters.iter().filter(|c| c.is_uppercase()).count();
    match (letters.len(), digits, upper) {
        (0, false, _) => Shape::Other,
        (0, true, _) => Shape::Number,
        (_, true, _) => Shape::Alnum,
        (_, _, 0) => Shape::Lower,
        (1, _, 1) => Shape::Letter,
        (all, _, upper) if all == upper => Shape::Upper,
        (_, _, 1) if letters[0].is_uppercase() => Shape::Title,
        _ => Shape::Mixed,
    }
}

/// Which side of a double quotation a token stands on; `inside` is the state carried through a paragraph.
fn quote(text: &str, start: usize, word: &str, inside: &mut bool) -> Quote {
    let mut chars = word.chars();
    let (Some(mark), None) = (chars.next(), chars.next()) else {
        return if *inside { Quote::Inside } else { Quote::Outside };
    };
    let opens = if OPENING.contains(&mark) {
        true
    } else if CLOSING.contains(&mark) {
        false
    } else if mark == '"' {
        let left = text[..start].chars().next_back().is_none_or(is_space);
        let right = text[start + 1..].chars().next().is_none_or(is_space);
        if left == right { !*inside } else { left }
    } else {
        return if *inside { Quote::Inside } else { Quote::Outside };
    };
    *inside = opens;
    if opens { Quote::Opening } else { Quote::Closing }
}

/// Spaces as the vocabulary sees them.
fn is_space(c: char) -> bool {
    crate::token::is_space(c)
}

#[derive(Deserialize)]
struct Abbreviations {
    encoder: Vec<String>,
}

fn is_abbreviation(lower: &str) -> bool {
    static WORDS: LazyLock<HashSet<String>> =
        LazyLock::new(|| crate::lexicon::parse::<Abbreviations>(include_str!("../../../../lexicon/encoder.toml")).encoder.into_iter().collect());
    WORDS.contains(lower)
}

/// Whether token `at` is a full stop, question mark, exclamation mark or ellipsis that ends a sentence.
fn ends_sentence(text: &str, tokens: &Tokens, at: usize) -> bool {
    let span = tokens.span(at);
    let mark = span.of(text);
    if !matches!(mark, "." | "?" | "!" | "…") {
        return false;
    }
    let rest = text[span.end()..].trim_start_matches(CLOSERS);
    if !rest.chars().next().is_none_or(is_space) {
        return false;
    }
    if mark == "." && at > 0 && tokens.span(at - 1).end() == span.start() {
        let before = tokens.span(at - 1).of(text);
        let mut letters = before.chars();
        let initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        let breaks = rest.chars().take(2).any(|c| c == '\n') || rest.chars().all(is_space);
        if (initial || is_abbreviation(&before.to_lowercase())) && !breaks {
            return false;
        }
    }
    let next = rest.trim_start_matches(|c| is_space(c) && !matches!(c, '\n' | '\r'));
    next.chars().next().is_none_or(|c| matches!(c, '\n' | '\r') || !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    fn marks(text: &str) -> String {
        let seen = see(text, &tokenize(text));
        seen.types.iter().map(|kind| ['o', 'i', '(', ')'][*kind as usize / 24]).collect()
    }

    #[test]
    fn a_quotation_ends_with_its_paragraph() {
        assert_eq!(marks("\"We know,\" she said"), "(iii)oo");
        assert_eq!(marks("“We know\n\nShe said"), "(iioo");
    }

    #[test]
    fn sentence_ends_know_abbreviations() {
        let text = "Mr. Ode left. “Why?” she asked. He said no.";
        let seen = see(text, &tokenize(text));
        assert_eq!(seen.ends.iter().filter(|end| **end).count(), 3);
    }
}
