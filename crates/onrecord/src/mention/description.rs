//! Adds the descriptions the reader passed over: a determiner, a few words, and a noun for a person or a body.

use super::words::{ends_phrase, is_determiner, words};
use super::{Cx, Draft, MentionKind, MentionOf};
use crate::reader::{Part, Role};
use std::collections::HashSet;
use std::ops::Range;

/// How many tokens may stand between the determiner and its noun; longer gaps were mostly two phrases.
const WORDS_BETWEEN: usize = 5;

/// Cuts what does not belong to a description the reader marked, drops what is none, and lets its noun tell what it is of.
pub(super) fn repair(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    let words = words();
    for draft in drafts.iter_mut().filter(|draft| draft.kind == MentionKind::Description) {
        while draft.tokens.len() > 1
            && (ends_phrase(cx.tokens.lower(draft.tokens.end - 1)) || cx.tokens.kind(draft.tokens.end - 1) == crate::token::TokenKind::Punctuation)
        {
            draft.tokens.end -= 1;
        }
        let head = draft.tokens.clone().skip(1).find(|at| ends_phrase(cx.tokens.lower(*at))).unwrap_or(draft.tokens.end) - 1;
        let noun = cx.tokens.lower(head);
        if words.is_body(noun) {
            draft.of = MentionOf::Organization;
        } else if words.people.has(noun) {
            draft.of = MentionOf::Person;
        }
    }
    let is_none = |draft: &Draft| {
        let first = cx.tokens.lower(draft.tokens.start);
        draft.tokens.len() == 1 && (is_determiner(first) || ends_phrase(first))
            || matches!(first, "who" | "which" | "whom")
            || words.is_pronoun(first) && draft.tokens.len() == 1
            || is_reciprocal(cx, draft)
    };
    drafts.retain(|draft| draft.kind != MentionKind::Description || !is_none(draft));
}

/// "Each other" is nobody of its own.
fn is_reciprocal(cx: &Cx<'_>, draft: &Draft) -> bool {
    let (first, second) = (draft.tokens.start, draft.tokens.start + 1);
    matches!((cx.tokens.lower(first), cx.tokens.lower(second)), ("each", "other") | ("one", "another")) && draft.tokens.end <= second + 1
}

/// Adds a description for every determiner with a noun of the lexicon that no mention covers: `mention/description`.
pub(super) fn add(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    let mut known = super::covered(cx, drafts, |draft| draft.kind != MentionKind::Pronoun);
    let names: HashSet<usize> = drafts.iter().filter(|draft| draft.kind == MentionKind::Name).map(|draft| draft.tokens.start).collect();
    let borders = borders(cx);
    let mut at = 0;
    while at < cx.tokens.len() {
        let opens = is_determiner(cx.tokens.lower(at)) && (cx.tokens.lower(at) != "that" || words().people.has(cx.tokens.lower(at + 1)));
        let Some((range, of)) = opens.then(|| phrase(cx, &borders, at)).flatten() else {
            at += 1;
            continue;
        };
        let head = range.end - 1;
        if !known[head] && !names.contains(&range.end) {
            at = range.end;
            known[range.clone()].fill(true);
            drafts.push(Draft::by_rule(range, MentionKind::Description, of));
        } else {
            at += 1;
        }
    }
}

/// The tokens at which a cue begins or a source has ended: no noun phrase goes on there ("the police | suspect").
fn borders(cx: &Cx<'_>) -> HashSet<usize> {
    let readouts = std::iter::successors(Some(cx.readout), |readout| readout.nested.as_deref());
    let border = |part: &Part| match part.role {
        Role::Source => Some(part.tokens.end),
        Role::Cue => Some(part.tokens.start),
        Role::Content => None,
    };
    readouts.flat_map(|readout| &readout.parts).filter_map(border).collect()
}

/// The noun phrase that the determiner at `at` opens, through the last noun of its first run of nouns.
fn phrase(cx: &Cx<'_>, borders: &HashSet<usize>, at: usize) -> Option<(Range<usize>, MentionOf)> {
    let words = words();
    let noun = |at: usize| words.people.has(cx.tokens.lower(at)) || words.short.contains_key(cx.tokens.lower(at)) || words.is_body(cx.tokens.lower(at));
    let mut end = None;
    for next in at + 1..at + 2 + WORDS_BETWEEN {
        if borders.contains(&next) || cx.breaks_after(next - 1) || !stays_inside(cx, next) {
            break;
        }
        if noun(next) {
            end = Some(next + 1);
        } else if end.is_some() {
            break;
        }
    }
    let end = end?;
    let of = if words.is_body(cx.tokens.lower(end - 1)) { MentionOf::Organization } else { MentionOf::Person };
    Some((at..end, of))
}

fn stays_inside(cx: &Cx<'_>, at: usize) -> bool {
    let word = cx.tokens.lower(at);
    let mark = cx.tokens.as_slice().get(at).is_none_or(|token| token.kind() == crate::token::TokenKind::Punctuation);
    let joins = matches!(word, "-" | "'" | "’") && cx.is_glued(at - 1) || word == "." && cx.tokens.before(at, 1).chars().count() == 1;
    let denied = cx.tokens.negated_at(at) || cx.tokens.negated_at(at + 2) && cx.is_glued(at);
    (!mark || joins) && !denied && !ends_phrase(word) && !is_determiner(word) && !matches!(word, "and" | "or" | "but")
}
