//! Rule `statement/texts-apart`: a headline and a caption are texts of their own; nothing of a statement lies across their borders.

use super::Statement;
use crate::evidence::{Evidence, Finder};
use crate::sentence::Sentence;
use crate::text::{Layer, Span};
use crate::token::Tokens;
use crate::zone::{Zone, ZoneKind};

/// Cuts off what labels and links carry over the border of a headline, a caption or a subhead, as seen from the cue; a cue left without
/// content is dropped, and so is a caption's label.
pub(super) fn set_apart(tokens: &Tokens, zones: &Layer<Zone>, sentences: &Layer<Sentence>, drafts: &mut Vec<Statement>) {
    drafts.retain_mut(|draft| {
        let Some(cue) = draft.cue.first().copied() else { return true };
        let here = apart(zones, cue);
        if here.is_some_and(|zone| labels(zone).any(|label| label.contains(cue))) {
            return false;
        }
        let beside = |span: Span| {
            let words = tokens.within(span).filter_map(|at| tokens.cover(at..at + 1));
            words.filter(|word| apart(zones, *word).map(|zone| zone.span) == here.map(|zone| zone.span)).reduce(Span::cover)
        };
        let source = draft.source.and_then(beside);
        let content: Vec<Span> = draft.content.iter().filter_map(|span| beside(*span)).filter(|part| !is_subhead(tokens, sentences, *part, cue)).collect();
        for (fact, is_cut) in [("source", source != draft.source), ("content", content != draft.content)] {
            if is_cut {
                let why = "what lay beyond the border of a headline, a caption or a subhead was cut off";
                draft.evidence.push(Evidence::rule(fact, "statement/texts-apart", vec![cue], why));
            }
        }
        (draft.source, draft.content) = (source, content);
        !draft.content.is_empty()
    });
}

/// The headline, or the caption that a label shows to be one, that holds a place.
fn apart(zones: &Layer<Zone>, span: Span) -> Option<&Zone> {
    zones.holding(span.start()).map(|(_, zone)| zone).filter(|zone| zone.kind == ZoneKind::Headline || labels(zone).next().is_some())
}

/// The words that show a caption to be one.
fn labels(zone: &Zone) -> impl Iterator<Item = Span> {
    zone.evidence.iter().filter(|evidence| evidence.by == Finder::Rule("zone/caption")).flat_map(|evidence| evidence.words.iter().copied())
}

/// A line of more tokens is no subhead.
const LONGEST_SUBHEAD: usize = 9;

/// Whether a part of a content is a short line of its own without a full stop, in another paragraph than the cue and in no list.
fn is_subhead(tokens: &Tokens, sentences: &Layer<Sentence>, part: Span, cue: Span) -> bool {
    let sentence = |at: usize| sentences.holding(at).map(|(_, sentence)| sentence);
    let (Some(line), Some(of_cue)) = (sentence(part.start()), sentence(cue.start())) else { return false };
    let alone = || sentences.iter().filter(|other| other.paragraph == line.paragraph).count() == 1;
    let ends = |at: usize| matches!(tokens.lower(at), "." | "!" | "?" | "," | "…" | ":" | ";");
    let is_open = !line.tokens.clone().rev().take(2).any(ends);
    let opens_list = of_cue.tokens.clone().next_back().is_some_and(|at| tokens.lower(at) == ":");
    line.paragraph != of_cue.paragraph && line.tokens.len() <= LONGEST_SUBHEAD && is_open && !opens_list && line.span.contains(part) && alone()
}
