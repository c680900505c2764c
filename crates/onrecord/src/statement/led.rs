//! Rule `statement/led-source`: what a preposition leads to speaks for nobody: who speaks stands behind the comma that ends the phrase.
//!
//! "In a letter to the chairman, Jon Varga, on Friday, Mara Ode denied it": the reader takes all from the chairman on for the source.

use super::Statement;
use crate::evidence::Evidence;
use crate::mention::MentionOf;
use crate::reader::Readout;
use crate::text::Span;
use crate::token::Tokens;

/// Cuts every source before its cue that a preposition leads to the name behind its last comma.
pub(super) fn cut(tokens: &Tokens, readout: &Readout, drafts: &mut [Statement]) {
    for draft in drafts {
        let Some(cue) = draft.cue.first().copied() else { continue };
        let Some(named) = draft.source.filter(|source| source.end() <= cue.start()).and_then(|source| named_last(tokens, readout, source)) else { continue };
        draft.set_source(Some(named), Evidence::rule("source", "statement/led-source", vec![named, cue], "a preposition leads to what stands before it"));
    }
}

fn named_last(tokens: &Tokens, readout: &Readout, source: Span) -> Option<Span> {
    let words = tokens.within(source);
    let is_led = matches!(tokens.before(words.start, 1), "at" | "for" | "from" | "in" | "of" | "to" | "with");
    let end = if tokens.lower(words.end - 1) == "," { words.end - 1 } else { words.end };
    let comma = (words.start..end).rev().find(|at| tokens.lower(*at) == ",").filter(|_| is_led)?;
    let speaks = |of: MentionOf| matches!(of, MentionOf::Person | MentionOf::Organization);
    let is_name = readout.mentions.iter().any(|marked| speaks(marked.of) && comma < marked.tokens.start && marked.tokens.end == end);
    let is_listed = tokens.lower(comma + 1) == "and";
    tokens.cover(comma + 1..end).filter(|_| is_name && !is_listed)
}
