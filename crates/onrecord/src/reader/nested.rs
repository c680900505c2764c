//! Looks inside contents for statements within statements: each content is read again as a text of its own.
//!
//! The labels of one look are flat, as those of the corpus are; "the Herald reported that aides said …" shows only the
//! outer statement. Read by itself, the content "that aides said …" shows the inner one.

use super::{Part, Reader, Readout, Role, Windows};
use crate::lexicon::Phrases;
use crate::token::{Tokens, tokenize};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// Contents shorter than this many tokens hold no statement worth a second look: "aides said so".
const SHORTEST: usize = 5;

/// Looks again inside the contents of `readout`; `None` when there is nothing to look at or nothing was found.
pub(super) fn find(reader: &Reader, text: &str, tokens: &Tokens, readout: &Readout) -> Option<Readout> {
    let contents = readout.parts.iter().enumerate().filter(|(at, _)| readout.cue_of[*at].is_some());
    let looked_at: Vec<Range<usize>> =
        contents.map(|(_, part)| bare(tokens, &part.tokens)).filter(|range| range.len() >= SHORTEST && may_hold_one(tokens, range)).collect();
    if looked_at.is_empty() {
        return None;
    }
    let mut joined = String::new();
    let mut original = Vec::new();
    for (content, range) in looked_at.iter().enumerate() {
        let parts: Vec<&str> = tokens.cover_parts(range.clone()).into_iter().map(|span| span.of(text)).collect();
        joined.push_str(&parts.join(" "));
        joined.push_str("\n\n");
        original.extend(range.clone().map(|token| Origin { content, token }));
    }
    let again = tokenize(&joined);
    debug_assert_eq!(again.len(), original.len(), "a cut at token borders gives the same tokens");
    // The contents are texts of their own: what stands in the window before is no help to one.
    let inner = reader.with_windows(Windows { shared: 0, ..reader.windows }).look(&joined, &again);
    place(inner, &original)
}

/// Where a token of the second look stands in the document, and in which of the contents looked at.
#[derive(Clone, Copy)]
struct Origin {
    content: usize,
    token: usize,
}

/// Whether a content holds a word that often says that something was said; a second look at the others finds next to
/// nothing and would cost as much as the first.
fn may_hold_one(tokens: &Tokens, range: &Range<usize>) -> bool {
    #[derive(Deserialize)]
    struct Words {
        cues: Phrases,
    }
    static WORDS: LazyLock<Words> = LazyLock::new(|| crate::lexicon::parse(include_str!("../../../../lexicon/nested.toml")));
    range.clone().any(|at| WORDS.cues.has(tokens.lower(at)))
}

/// A content without the quotation marks at its ends, so that its words read as the page's own.
fn bare(tokens: &Tokens, content: &Range<usize>) -> Range<usize> {
    let is_mark = |at: usize| matches!(tokens.lower(at), "“" | "”" | "\"" | "‘" | "'" | "«" | "»");
    let mut range = content.clone();
    while range.start < range.end && is_mark(range.start) {
        range.start += 1;
    }
    while range.start < range.end && is_mark(range.end - 1) {
        range.end -= 1;
    }
    range
}

/// Puts the spans of the second look back where their tokens stand in the document; spans that ran over the seam
/// between two contents are dropped, with what was tied to them, and so are ties from one content to another.
fn place(inner: Readout, original: &[Origin]) -> Option<Readout> {
    let content = |part: &Part| original[part.tokens.start].content;
    let whole = |part: &Part| original[part.tokens.end - 1].content == content(part);
    let kept: Vec<Option<usize>> = inner
        .parts
        .iter()
        .scan(0, |next, part| {
            let number = whole(part).then_some(*next);
            *next += usize::from(number.is_some());
            Some(number)
        })
        .collect();
    let mut placed = Readout::default();
    for (at, part) in inner.parts.iter().enumerate().filter(|(at, _)| kept[*at].is_some()) {
        let tokens = original[part.tokens.start].token..original[part.tokens.end - 1].token + 1;
        let inside = |link: &super::Link| content(&inner.parts[link.to]) == content(part);
        let moved = |link: Option<super::Link>| link.filter(inside).and_then(|link| kept[link.to].map(|to| super::Link { to, ..link }));
        placed.cue_of.push(moved(inner.cue_of[at]));
        placed.source_of.push(moved(inner.source_of[at]));
        placed.parts.push(Part { tokens, ..part.clone() });
    }
    placed.parts.iter().any(|part| part.role == Role::Cue).then_some(placed)
}
