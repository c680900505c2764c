//! Tells whether an expression of time lies before or after the document, by the words around it.

use super::words::{Cx, Words};
use std::ops::Range;

/// On which side of the document's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Something that had happened.
    Past,
    /// Something to come.
    Future,
    /// No word tells.
    Unknown,
}

/// How many tokens around an expression can tell; measured on TimeBank, where more brings in other clauses.
const REACH: usize = 18;

/// The direction of the expression in `tokens`, within its sentence: the nearest word before it that tells, else the nearest after it.
pub(super) fn of(cx: &Cx<'_>, tokens: Range<usize>, sentence: Range<usize>) -> Direction {
    let before = (sentence.start.max(tokens.start.saturating_sub(REACH))..tokens.start).rev();
    let mut infinitive = Direction::Unknown;
    for at in before {
        match told(cx, at) {
            // "failed to meet Thursday" is past, "to meet Thursday" alone is to come.
            Direction::Past => return Direction::Past,
            Direction::Future => return Direction::Future,
            Direction::Unknown if is_infinitive(cx, at) => infinitive = Direction::Future,
            Direction::Unknown => {}
        }
    }
    if infinitive == Direction::Future {
        return infinitive;
    }
    let after = tokens.end..sentence.end.min(tokens.end + REACH);
    after.map(|at| told(cx, at)).find(|told| *told != Direction::Unknown).unwrap_or(Direction::Unknown)
}

fn told(cx: &Cx<'_>, at: usize) -> Direction {
    let word = cx.w(at);
    if cx.words.future.has(word) && !(word == "won" && cx.w(at + 1) != "'" && cx.w(at + 1) != "’") && !(word == "may" && cx.capital(at)) {
        return Direction::Future;
    }
    let past = is_past(cx.words, word);
    let modal = matches!(word, "has" | "have") && cx.w(at + 1) == "to";
    if past && !modal { Direction::Past } else { Direction::Unknown }
}

/// Whether `word` is a past verb by its ending or by the lexicon.
pub(super) fn is_past(words: &Words, word: &str) -> bool {
    words.past.has(word) || (word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed"))
}

fn is_infinitive(cx: &Cx<'_>, at: usize) -> bool {
    let next = cx.w(at + 1);
    cx.w(at) == "to"
        && cx.is_wordlike(at + 1)
        && !cx.capital(at + 1)
        && cx.digits(at + 1).is_none()
        && !matches!(next, "the" | "a" | "an" | "his" | "her" | "its" | "their" | "this" | "that" | "these" | "those" | "our" | "my" | "your")
}
