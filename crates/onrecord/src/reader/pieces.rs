//! Cuts tokens into the pieces of the encoder's vocabulary, greedily from the left as BERT does.

use crate::letter::plain;
use crate::text::Spanned;
use crate::token::{Tokens, is_dropped};
use std::collections::HashMap;
use std::ops::Range;

/// Words longer than this many characters are unknown to the encoder.
const LONGEST_WORD: usize = 100;

/// The wordpieces by their spelling; pieces inside a word carry the prefix `##`.
pub(super) struct Vocabulary {
    number: HashMap<&'static str, i32>,
    unknown: i32,
}

impl Vocabulary {
    pub(super) fn new(lines: &'static str) -> Vocabulary {
        let number: HashMap<&'static str, i32> = lines.lines().zip(0..).collect();
        let unknown = number["[UNK]"];
        Vocabulary { number, unknown }
    }

    fn cut(&self, form: &str, pieces: &mut Vec<i32>) {
        let from = pieces.len();
        if form.is_empty() || form.chars().count() > LONGEST_WORD {
            pieces.push(self.unknown);
            return;
        }
        let mut rest = form;
        let mut inner = String::new();
        while !rest.is_empty() {
            let Some((end, number)) = self.longest(rest, pieces.len() > from, &mut inner) else {
                pieces.truncate(from);
                pieces.push(self.unknown);
                return;
            };
            pieces.push(number);
            rest = &rest[end..];
        }
    }

    fn longest(&self, rest: &str, inside: bool, spelling: &mut String) -> Option<(usize, i32)> {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).collect::<Vec<_>>();
        ends.into_iter().rev().find_map(|end| {
            spelling.clear();
            spelling.push_str(if inside { "##" } else { "" });
            spelling.push_str(&rest[..end]);
            self.number.get(spelling.as_str()).map(|number| (end, *number))
        })
    }
}

/// A text as a row of pieces.
pub(super) struct Pieces {
    /// The number of every piece.
    pub(super) ids: Vec<i32>,
    /// The token every piece is of.
    pub(super) token_of: Vec<u32>,
    /// The first piece of every token.
    pub(super) first: Vec<usize>,
}

impl Pieces {
    /// The tokens whose first piece lies in `window`.
    pub(super) fn tokens_in(&self, window: &Range<usize>) -> Range<usize> {
        let at = |piece: usize| self.first.partition_point(|first| *first < piece);
        at(window.start)..at(window.end)
    }
}

/// Cuts every token of `text`.
pub(super) fn cut(vocabulary: &Vocabulary, text: &str, tokens: &Tokens) -> Pieces {
    let mut pieces = Pieces { ids: Vec::new(), token_of: Vec::new(), first: Vec::with_capacity(tokens.len()) };
    for (at, token) in tokens.as_slice().iter().enumerate() {
        pieces.first.push(pieces.ids.len());
        vocabulary.cut(&form(token.span().of(text)), &mut pieces.ids);
        pieces.token_of.resize(pieces.ids.len(), at as u32);
    }
    pieces
}

/// The spelling looked up: no dropped characters, no accents, lower case.
fn form(word: &str) -> String {
    let kept: String = word.chars().filter(|c| !is_dropped(*c)).collect();
    plain(&kept).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    #[test]
    fn words_are_cut_greedily_and_lose_case_and_accents() {
        let vocabulary = Vocabulary::new("[UNK]\nsa\nsaid\n##s\n##a\ncafe\n.");
        let of = |text: &str| cut(&vocabulary, text, &tokenize(text)).ids;
        assert_eq!(of("Said Café."), [2, 5, 6]);
        assert_eq!(of("saas"), [1, 4, 3]);
        assert_eq!(of("saq sa"), [0, 1]);
    }
}
