//! Finds the quotation marks of a paragraph and tells which way each leans.

use super::Mark;
use super::lexicon::WORDS;
use crate::text::Span;
use crate::token::Tokens;
use std::ops::Range;

/// One quotation mark, of one or two tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) span: Span,
    pub(super) mark: Mark,
    pub(super) lean: Lean,
}

/// Which way a mark leans by its shape and its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    Opens,
    Closes,
    /// Could be an apostrophe, or the mark of inches, that happens to stand where a mark could close.
    MayClose,
    /// Closes if something is open, opens otherwise.
    Either,
}

/// The marks among the tokens of `range`, which are those of one paragraph.
pub(super) fn find(text: &str, tokens: &Tokens, range: Range<usize>) -> Vec<Glyph> {
    let Some(paragraph) = tokens.cover(range.clone()) else { return Vec::new() };
    let mut out = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let span = tokens.span(at);
        let pair = (at + 1 < range.end).then(|| span.cover(tokens.span(at + 1))).filter(|pair| is_double_by_two(text, paragraph, *pair));
        let place = pair.unwrap_or(span);
        let shape = if pair.is_some() { Shape::double_by_two(place.of(text)) } else { Shape::of(span.of(text)) };
        let around = Around::of(text, paragraph, place);
        let glyph = match shape {
            Some(shape) if shape.mark == Mark::Double => Some(double(place, shape, around)),
            Some(shape) => single(text, tokens, at, shape, around),
            None => None,
        };
        out.extend(glyph);
        at += if pair.is_some() { 2 } else { 1 };
    }
    out
}

/// Two single marks that stand for one double: ``…'', ''…''. Of three in a row the outer two are the double.
fn is_double_by_two(text: &str, paragraph: Span, pair: Span) -> bool {
    let words = pair.of(text);
    let after = text[pair.end()..paragraph.end()].chars().next();
    let before = text[paragraph.start()..pair.start()].chars().next_back();
    let closes_first = matches!(words, "''" | "’’") && matches!(after, Some('\'' | '’')) && before.is_some_and(|c| !c.is_whitespace());
    matches!(words, "''" | "``" | "’’" | "‘‘") && !closes_first
}

#[derive(Clone, Copy)]
struct Shape {
    mark: Mark,
    lean: Lean,
}

impl Shape {
    fn of(mark: &str) -> Option<Shape> {
        let (mark, lean) = match mark {
            "“" | "«" | "„" | "‟" => (Mark::Double, Lean::Opens),
            "”" | "»" => (Mark::Double, Lean::Closes),
            "\"" | "＂" => (Mark::Double, Lean::Either),
            "‘" | "`" | "‛" | "‹" => (Mark::Single, Lean::Opens),
            "’" | "›" => (Mark::Single, Lean::Closes),
            "'" => (Mark::Single, Lean::Either),
            _ => return None,
        };
        Some(Shape { mark, lean })
    }

    fn double_by_two(marks: &str) -> Option<Shape> {
        let lean = match marks {
            "``" | "‘‘" => Lean::Opens,
            _ => Lean::Either,
        };
        Some(Shape { mark: Mark::Double, lean })
    }
}

/// The characters on either side of a mark, within its paragraph.
#[derive(Clone, Copy)]
struct Around {
    before: Option<char>,
    after: Option<char>,
}

impl Around {
    fn of(text: &str, paragraph: Span, span: Span) -> Around {
        Around { before: text[paragraph.start()..span.start()].chars().next_back(), after: text[span.end()..paragraph.end()].chars().next() }
    }

    fn starts_word(self) -> bool {
        let may_follow = |c: char| c.is_whitespace() || is_opening(c) || matches!(c, '—' | '–' | '-' | '/' | '>' | '*' | '_' | '…');
        self.before.is_none_or(may_follow) && self.after.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | ')' | ']'))
    }

    fn ends_word(self) -> bool {
        let may_precede =
            |c: char| c.is_whitespace() || is_closing(c) || matches!(c, '—' | '–' | '-' | '/' | '<' | '*' | '_' | '…' | ',' | '.' | ';' | ':' | '?' | '!');
        self.before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[')) && self.after.is_none_or(may_precede)
    }

    fn lean(self) -> Lean {
        match (self.starts_word(), self.ends_word()) {
            (true, false) => Lean::Opens,
            (false, true) => Lean::Closes,
            (true, true) | (false, false) => Lean::Either,
        }
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '"' | '\'' | '«' | '`' | '¿' | '¡')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '”' | '’' | '"' | '\'' | '»')
}

fn double(span: Span, shape: Shape, around: Around) -> Glyph {
    let seen = around.lean();
    let lean = match (shape.lean, seen) {
        (Lean::Either, Lean::Closes) if around.before.is_some_and(|c| c.is_ascii_digit()) => Lean::MayClose,
        (Lean::Either, _) => seen,
        // A mark turned the wrong way: its neighbours decide.
        (Lean::Opens, Lean::Closes) => Lean::Either,
        (Lean::Closes, Lean::Opens) if around.before.is_none_or(char::is_whitespace) => Lean::Either,
        (lean, _) => lean,
    };
    Glyph { span, mark: Mark::Double, lean }
}

fn single(text: &str, tokens: &Tokens, at: usize, shape: Shape, around: Around) -> Option<Glyph> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if is_word(around.before) && is_word(around.after) || around.before.is_none_or(char::is_whitespace) && around.after.is_none_or(char::is_whitespace) {
        return None;
    }
    let lean = match (shape.lean, around.lean()) {
        (Lean::Opens, Lean::Closes) | (Lean::Either, Lean::Closes) | (Lean::Closes, Lean::Closes | Lean::Either) => closing(text, tokens.span(at), around),
        (Lean::Opens, _) | (_, Lean::Opens) if is_clipped(text, tokens, at) => return None,
        (Lean::Opens, _) | (Lean::Closes | Lean::Either, Lean::Opens) => Lean::Opens,
        (Lean::Either | Lean::Closes | Lean::MayClose, Lean::Either | Lean::Closes | Lean::MayClose) | (Lean::MayClose, Lean::Opens) => Lean::Either,
    };
    Some(Glyph { span: tokens.span(at), mark: Mark::Single, lean })
}

/// A mark after a word closes it, unless the word can end in an apostrophe: the workers', goin', 6'.
fn closing(text: &str, span: Span, around: Around) -> Lean {
    let doubtful = match around.before {
        Some('s' | 'S' | 'z' | 'x') => true,
        Some('n') => text[..span.start()].ends_with("in"),
        Some(c) => c.is_ascii_digit(),
        None => false,
    };
    if doubtful { Lean::MayClose } else { Lean::Closes }
}

/// '90s, 'em, 'til: an apostrophe for what was cut off.
fn is_clipped(text: &str, tokens: &Tokens, at: usize) -> bool {
    let Some(next) = tokens.as_slice().get(at + 1).map(|_| tokens.span(at + 1)).filter(|next| next.start() == tokens.span(at).end()) else { return false };
    let word = next.of(text);
    let digits = word.trim_end_matches('s');
    let is_year = digits.len() == 2 && digits.chars().all(|c| c.is_ascii_digit());
    is_year || WORDS.elided.has(&word.to_lowercase())
}
