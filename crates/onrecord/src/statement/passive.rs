//! Rules `statement/passive-question` and `statement/passive-charge`: who "was asked" did not ask, and who is "accused of" something
//! charges nobody; the source is not told.

use super::Statement;
use super::lexicon::WORDS;
use crate::evidence::Evidence;
use crate::text::Span;
use crate::token::Tokens;

/// How far before "asked" its auxiliary stands: "was again repeatedly asked".
const AUXILIARY_REACH: usize = 3;

/// Takes the source from every draft whose cue is a passive question or charge, unless "by" names who asked.
pub(super) fn correct(tokens: &Tokens, drafts: &mut [Statement]) {
    for draft in drafts {
        without_the_asked(tokens, draft);
        let (Some(source), Some(cue)) = (draft.source, draft.cue.first().copied()) else { continue };
        let (rule, why) = if is_passive(tokens, cue, source) {
            ("statement/passive-question", "who was asked did not ask")
        } else if is_charged(tokens, cue, source) {
            ("statement/passive-charge", "who is charged charges nobody")
        } else {
            continue;
        };
        draft.set_source(None, Evidence::rule("source", rule, vec![source, cue], why));
    }
}

/// "[Ode] was asked [about the pier]": the words before the cue name whom the question was put to, and are no part of it.
fn without_the_asked(tokens: &Tokens, draft: &mut Statement) {
    let Some(cue) = draft.cue.first().copied() else { return };
    let is_put = tokens.within(cue).any(|at| WORDS.asked.has(tokens.lower(at)) && has_auxiliary(tokens, at));
    let is_asked = |part: &Span| part.end() <= cue.start() && !tokens.within(*part).any(|at| matches!(tokens.lower(at), "\"" | "“" | "”" | "``" | "''"));
    if is_put && draft.content.iter().any(|part| part.start() >= cue.end()) {
        draft.content.retain(|part| !is_asked(part));
    }
}

/// "[Ode] was accused of", "[Ode] accused of fraud": the source is the one charged, since what he is charged with follows at once.
fn is_charged(tokens: &Tokens, cue: Span, source: Span) -> bool {
    let (first, range) = (tokens.within(source).start, tokens.within(cue));
    let charged = range.clone().find(|at| WORDS.charged.has(tokens.lower(*at)) && matches!(tokens.lower(at + 1), "of" | "with"));
    charged.is_some_and(|at| first < at) && tokens.before(first, 1) != "by"
}

/// "[Ode] was asked", "Asked whether …, [Ode] said", "[Ode], asked whether …": the source is the one asked.
fn is_passive(tokens: &Tokens, cue: Span, source: Span) -> bool {
    let range = tokens.within(cue);
    let Some(asked) = range.clone().find(|at| WORDS.asked.has(tokens.lower(*at))) else { return false };
    let first = tokens.within(source).start;
    if tokens.before(first, 1) == "by" {
        return false;
    }
    // The encoder now and then takes the comma behind a source with it.
    let last = tokens.within(source).end - 1;
    let comma = first < asked && (last..range.start).any(|at| tokens.lower(at) == ",");
    // "“Rain?” asked Ode": the source that follows at once asks.
    has_auxiliary(tokens, asked) || first > range.end || comma
}

/// Whether a form of "be" stands before the participle at `at`.
fn has_auxiliary(tokens: &Tokens, at: usize) -> bool {
    (1..=AUXILIARY_REACH).any(|back| WORDS.be.has(tokens.before(at, back)))
}
