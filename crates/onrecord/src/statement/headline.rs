//! Rule `statement/headline-apart`: a headline is a text of its own; nothing of a statement lies across its border.

use super::Statement;
use crate::evidence::Evidence;
use crate::text::{Layer, Span};
use crate::token::Tokens;
use crate::zone::{Zone, ZoneKind};

/// Cuts off what labels and links carry over the border of a headline, as seen from the cue; a cue left without content is dropped.
pub(super) fn set_apart(tokens: &Tokens, zones: &Layer<Zone>, drafts: &mut Vec<Statement>) {
    let in_headline = |at: usize| zones.holding(at).is_some_and(|(_, zone)| zone.kind == ZoneKind::Headline);
    drafts.retain_mut(|draft| {
        let Some(cue) = draft.cue.first().copied() else { return true };
        let beside = |span: Span| {
            let words = tokens.within(span).filter_map(|at| tokens.cover(at..at + 1));
            words.filter(|word| in_headline(word.start()) == in_headline(cue.start())).reduce(Span::cover)
        };
        let source = draft.source.and_then(beside);
        let content: Vec<Span> = draft.content.iter().filter_map(|span| beside(*span)).collect();
        for (fact, is_cut) in [("source", source != draft.source), ("content", content != draft.content)] {
            if is_cut {
                draft.evidence.push(Evidence::rule(fact, "statement/headline-apart", vec![cue], "what lay beyond the border of the headline was cut off"));
            }
        }
        (draft.source, draft.content) = (source, content);
        !draft.content.is_empty()
    });
}
