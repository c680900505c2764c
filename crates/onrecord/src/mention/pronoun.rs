//! Marks the personal pronouns: a closed class, so every one is found by rule.

use super::words::words;
use super::{Cx, Draft, MentionKind, MentionOf};
use crate::reader::Role;

/// Adds a mention for every personal pronoun that none stands on; "it" only where it is a source or the reader marked it: `mention/pronoun`.
pub(super) fn add(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    let words = words();
    drafts.retain(|draft| draft.kind != MentionKind::Pronoun || draft.tokens.len() == 1 && words.is_pronoun(cx.tokens.lower(draft.tokens.start)));
    for at in 0..cx.tokens.len() {
        let word = cx.tokens.lower(at);
        if !words.is_pronoun(word) || is_acronym(cx, at) || is_name_piece(drafts, at) {
            continue;
        }
        if words.it.contains(word) && !opens_source(cx, at) {
            continue;
        }
        let of = if words.it.contains(word) { MentionOf::Organization } else { MentionOf::Person };
        match drafts.iter_mut().find(|draft| draft.tokens == (at..at + 1)) {
            Some(draft) => draft.kind = MentionKind::Pronoun,
            None => drafts.push(Draft::by_rule(at..at + 1, MentionKind::Pronoun, of)),
        }
    }
}

/// "US" and "IT" are no pronouns.
fn is_acronym(cx: &Cx<'_>, at: usize) -> bool {
    let word = cx.tokens.span(at).of(cx.text);
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

fn is_name_piece(drafts: &[Draft], at: usize) -> bool {
    drafts.iter().any(|draft| draft.kind == MentionKind::Name && draft.tokens.len() > 1 && draft.holds(at))
}

fn opens_source(cx: &Cx<'_>, at: usize) -> bool {
    let mut readouts = std::iter::successors(Some(cx.readout), |readout| readout.nested.as_deref());
    readouts.any(|readout| readout.parts.iter().any(|part| part.role == Role::Source && part.tokens.start == at))
}
