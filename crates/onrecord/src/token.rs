//! Cuts a text into words and punctuation marks, each with its exact bytes.

use crate::hash;
use crate::text::{Id, Span, Spanned};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A word (a run of letters, digits, marks and symbols) or a single punctuation mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token {
    span: Span,
    lower: (u32, u32),
    key: u64,
    kind: TokenKind,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Holds a letter.
    Word,
    /// Starts with a digit.
    Number,
    /// One punctuation mark.
    Punctuation,
}

impl Token {
    /// What it is made of.
    pub fn kind(&self) -> TokenKind {
        self.kind
    }
}

impl Spanned for Token {
    fn span(&self) -> Span {
        self.span
    }
}

/// The tokens of one text, in order, with their lower-cased words.
///
/// The cut is that of the encoder's vocabulary, so that its labels and our rules stand on the same units:
/// white space separates; every punctuation mark (ASCII, or Unicode category P) and ideograph is a token of its own;
/// controls and formats neither divide nor count (training/FORMAT.md, section 1).
/// "haven't" is three tokens; [`Tokens::is`] and [`Tokens::negated_at`] know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tokens {
    items: Vec<Token>,
    lower: String,
    /// Passages of the text that hold no token, in order.
    left_out: Vec<Span>,
}

/// Cuts `text` into tokens.
pub fn tokenize(text: &str) -> Tokens {
    tokenize_around(text, Vec::new())
}

/// Cuts `text` into tokens, but for the passages of `left_out`, which are in order.
pub(crate) fn tokenize_around(text: &str, left_out: Vec<Span>) -> Tokens {
    let mut tokens = Tokens { left_out, ..Tokens::default() };
    let mut run: Option<Span> = None;
    for (at, c) in text.char_indices() {
        let here = Span::new(at, at + c.len_utf8());
        match if !tokens.left_out.is_empty() && tokens.is_left_out(at) { Class::Space } else { Class::of(c) } {
            Class::Letter => run = Some(run.map_or(here, |run| run.cover(here))),
            Class::Dropped => {}
            Class::Space => tokens.extend(text, run.take()),
            Class::Alone => tokens.extend(text, [run.take(), Some(here)].into_iter().flatten()),
        }
    }
    tokens.extend(text, run);
    tokens
}

/// What a character does to the cut.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Space,
    Dropped,
    Alone,
    Letter,
}

impl Class {
    fn of(c: char) -> Class {
        if c.is_ascii_alphanumeric() {
            Class::Letter
        } else if is_space(c) {
            Class::Space
        } else if is_dropped(c) {
            Class::Dropped
        } else if is_punctuation(c) || is_ideograph(c) {
            Class::Alone
        } else {
            Class::Letter
        }
    }
}

/// White space: tab, line ends, and Unicode categories Zs, Zl, Zp.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r') || (!c.is_ascii() && is_of(c, &SEPARATORS))
}

/// Characters that neither stand in a word nor divide words: controls, formats, unassigned, private, U+FFFD.
pub(crate) fn is_dropped(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !is_space(c);
    }
    c == '\u{fffd}' || is_of(c, &DROPPED)
}

/// Whether `c` is punctuation to the encoder: ASCII punctuation and symbols, or Unicode category P.
pub fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || (!c.is_ascii() && is_of(c, &PUNCTUATION))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}' | '\u{2b820}'..='\u{2ceaf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

static SEPARATORS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\p{Zs}\p{Zl}\p{Zp}]$").expect("a fixed pattern"));
static DROPPED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\p{Cc}\p{Cf}\p{Cn}\p{Co}]$").expect("a fixed pattern"));
static PUNCTUATION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\p{P}$").expect("a fixed pattern"));

fn is_of(c: char, class: &Regex) -> bool {
    class.is_match(c.encode_utf8(&mut [0; 4]))
}

impl Tokens {
    fn extend(&mut self, text: &str, spans: impl IntoIterator<Item = Span>) {
        for span in spans {
            self.push(text, span);
        }
    }

    fn push(&mut self, text: &str, span: Span) {
        let words = span.of(text);
        let first = words.chars().next().expect("tokens are not empty");
        let kind = if is_punctuation(first) {
            TokenKind::Punctuation
        } else if first.is_numeric() {
            TokenKind::Number
        } else {
            TokenKind::Word
        };
        let from = self.lower.len() as u32;
        if words.is_ascii() {
            self.lower.push_str(words);
            self.lower[from as usize..].make_ascii_lowercase();
        } else {
            self.lower.extend(words.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase));
        }
        let key = hash::of(self.lower.as_bytes()[from as usize..].iter().copied());
        self.items.push(Token { span, lower: (from, self.lower.len() as u32), key, kind });
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether the text holds no token.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The tokens in order.
    pub fn as_slice(&self) -> &[Token] {
        &self.items
    }

    /// The place of token `at`.
    pub fn span(&self, at: usize) -> Span {
        self.items[at].span
    }

    /// What token `at` is made of.
    pub fn kind(&self, at: usize) -> TokenKind {
        self.items[at].kind
    }

    /// The lower-cased words of token `at` (’ becomes '); empty past either end, so that rules may look around freely.
    pub fn lower(&self, at: usize) -> &str {
        self.items.get(at).map_or("", |token| &self.lower[token.lower.0 as usize..token.lower.1 as usize])
    }

    /// The key of the lower-cased words of token `at`, that of no words past either end.
    pub(crate) fn key(&self, at: usize) -> u64 {
        self.items.get(at).map_or_else(|| hash::of([]), |token| token.key)
    }

    /// The lower-cased words of all tokens, in order.
    pub fn lowered(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.lower(at))
    }

    /// The lower-cased word `back` tokens before `at`; empty before the text.
    pub fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.lower(at))
    }

    /// Whether the tokens from `at` on are `words`, compared in lower case.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| self.lower(at + i) == *word)
    }

    /// The span from token `tokens.start` up to token `tokens.end`, exclusive; `None` if empty.
    pub fn cover(&self, tokens: Range<usize>) -> Option<Span> {
        let last = tokens.end.checked_sub(1)?;
        (tokens.start <= last && last < self.len()).then(|| self.span(tokens.start).cover(self.span(last)))
    }

    /// The same, parted where a passage stands between two tokens that holds none.
    pub(crate) fn cover_parts(&self, tokens: Range<usize>) -> Vec<Span> {
        let Some(whole) = self.cover(tokens.clone()) else { return Vec::new() };
        let inside = self.left_out.iter().filter(|passage| whole.contains(**passage)).map(|passage| self.from_byte(passage.start()));
        let ends: Vec<usize> = inside.chain([tokens.end]).collect();
        let starts = std::iter::once(tokens.start).chain(ends.iter().copied());
        starts.zip(&ends).filter_map(|(start, end)| self.cover(start..*end)).collect()
    }

    /// The passages of the text that hold no token, in order.
    pub(crate) fn left_out(&self) -> &[Span] {
        &self.left_out
    }

    fn is_left_out(&self, at: usize) -> bool {
        let next = self.left_out.partition_point(|passage| passage.end() <= at);
        self.left_out.get(next).is_some_and(|passage| passage.start() <= at)
    }

    /// The tokens that lie wholly inside `span`, as positions.
    pub fn within(&self, span: Span) -> Range<usize> {
        let from = self.items.partition_point(|token| token.span.start() < span.start());
        let rest = &self.items[from..];
        // A token has at least one byte.
        let most = rest.len().min(span.len());
        from..from + rest[..most].partition_point(|token| token.span.end() <= span.end())
    }

    /// The position of the first token that starts at or after the byte `at`.
    pub fn from_byte(&self, at: usize) -> usize {
        self.items.partition_point(|token| token.span.start() < at)
    }

    /// Whether token `at` begins with a capital letter.
    pub fn is_capitalised(&self, text: &str, at: usize) -> bool {
        self.items.get(at).is_some_and(|token| token.span.of(text).starts_with(char::is_uppercase))
    }

    /// Whether a negation stands at token `at`: not, never, n't (as the token t after an apostrophe), cannot, no, nor …
    pub fn negated_at(&self, at: usize) -> bool {
        match self.lower(at) {
            "not" | "never" | "cannot" | "neither" | "nor" => true,
            "t" => matches!(self.before(at, 1), "'" | "’") && self.before(at, 2).ends_with('n'),
            _ => false,
        }
    }
}

/// The number of a token in its text.
pub type TokenId = Id<Token>;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text).as_slice().iter().map(|token| token.span().of(text)).collect()
    }

    #[test]
    fn punctuation_stands_alone() {
        assert_eq!(words("“We haven’t,” said Ms. Ode-Lee."), ["“", "We", "haven", "’", "t", ",", "”", "said", "Ms", ".", "Ode", "-", "Lee", "."]);
    }

    #[test]
    fn symbols_stay_with_their_number() {
        assert_eq!(words("£5m or 3.5%"), ["£5m", "or", "3", ".", "5", "%"]);
    }

    #[test]
    fn negation_is_seen_behind_an_apostrophe() {
        let tokens = tokenize("She didn’t and won't");
        assert!(tokens.negated_at(3) && tokens.negated_at(7) && !tokens.negated_at(1));
    }

    proptest! {
        #[test]
        fn tokens_are_sorted_and_cover_every_letter(text in "\\PC{0,80}") {
            let tokens = tokenize(&text);
            let mut end = 0;
            for token in tokens.as_slice() {
                let span = token.span();
                prop_assert!(span.start() >= end && !span.is_empty());
                prop_assert!(!text[end..span.start()].chars().any(|c| c.is_alphanumeric() && !is_dropped(c)));
                end = span.end();
            }
            prop_assert!(!text[end..].chars().any(|c| c.is_alphanumeric() && !is_dropped(c)));
        }
    }
}
