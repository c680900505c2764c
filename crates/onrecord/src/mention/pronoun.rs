//! Marks the personal pronouns: a closed class, so every one is found by rule.

use super::words::words;
use super::{Cx, Draft, MentionKind, MentionOf};
use crate::reader::Role;
use std::collections::{HashMap, HashSet};

/// Adds a mention for every personal pronoun that none stands on; "it" only where it is a source or the reader marked it: `mention/pronoun`.
pub(super) fn add(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    let words = words();
    let alone = |draft: &Draft| draft.tokens.len() == 1 && words.is_pronoun(cx.tokens.lower(draft.tokens.start)) && !is_acronym(cx, draft.tokens.start);
    drafts.retain(|draft| draft.kind == MentionKind::Pronoun || !alone(draft));
    drafts.retain(|draft| draft.kind != MentionKind::Pronoun || draft.tokens.len() == 1 && words.is_pronoun(cx.tokens.lower(draft.tokens.start)));
    let names = super::covered(cx, drafts, |draft| draft.kind == MentionKind::Name && draft.tokens.len() > 1);
    let alone: HashMap<usize, usize> =
        drafts.iter().enumerate().filter(|(_, draft)| draft.tokens.len() == 1).map(|(place, draft)| (draft.tokens.start, place)).collect();
    let opened = sources(cx);
    for at in 0..cx.tokens.len() {
        let word = cx.tokens.lower(at);
        if !words.is_pronoun(word) || is_acronym(cx, at) || names[at] {
            continue;
        }
        if words.it.contains(word) && !opened.contains(&at) {
            continue;
        }
        let of = if words.it.contains(word) { MentionOf::Organization } else { MentionOf::Person };
        match alone.get(&at) {
            Some(place) => drafts[*place].kind = MentionKind::Pronoun,
            None => drafts.push(Draft::by_rule(at..at + 1, MentionKind::Pronoun, of)),
        }
    }
}

/// "US" and "IT" are no pronouns.
fn is_acronym(cx: &Cx<'_>, at: usize) -> bool {
    let word = cx.tokens.span(at).of(cx.text);
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

/// The tokens that open a source.
fn sources(cx: &Cx<'_>) -> HashSet<usize> {
    let readouts = std::iter::successors(Some(cx.readout), |readout| readout.nested.as_deref());
    readouts.flat_map(|readout| &readout.parts).filter(|part| part.role == Role::Source).map(|part| part.tokens.start).collect()
}
