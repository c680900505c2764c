//! Rule `statement/not-in-a-byline`: the name of who wrote the article says nothing by itself.

use super::Statement;
use crate::evidence::Evidence;
use crate::reader::{Readout, Role};
use crate::sentence::Sentence;
use crate::text::{Layer, Span};
use crate::token::Tokens;
use crate::zone::{Zone, ZoneKind};

/// Gives a content that was tied to words of the byline to the cue of its own sentence that was left without one ("…, police
/// said"); where there is none, nobody said it.
pub(super) fn set_right(tokens: &Tokens, zones: &Layer<Zone>, sentences: &Layer<Sentence>, readout: &Readout, drafts: &mut Vec<Statement>) {
    let in_byline = |span: Span| zones.holding(span.start()).is_some_and(|(_, zone)| zone.kind == ZoneKind::Byline);
    let taken: Vec<Span> = drafts.iter().flat_map(|draft| draft.cue.clone()).collect();
    drafts.retain_mut(|draft| {
        draft.source = draft.source.and_then(|source| {
            let words = tokens.within(source).filter_map(|at| tokens.cover(at..at + 1));
            words.filter(|word| !in_byline(*word)).reduce(Span::cover)
        });
        let Some(from) = draft.cue.first().copied().filter(|cue| in_byline(*cue)) else { return true };
        let Some((cue, source)) = beside(tokens, sentences, readout, draft).filter(|(cue, _)| !taken.contains(cue)) else { return false };
        draft.content.retain(|part| !in_byline(*part));
        let why = "what stands in a byline is no cue";
        draft.evidence.push(Evidence::rule("cue", "statement/not-in-a-byline", vec![cue, from], why));
        (draft.cue, draft.source) = (vec![cue], source);
        !draft.content.is_empty()
    });
}

/// The first cue behind the content in its sentence, with its source.
fn beside(tokens: &Tokens, sentences: &Layer<Sentence>, readout: &Readout, draft: &Statement) -> Option<(Span, Option<Span>)> {
    let content = *draft.content.last()?;
    let (_, sentence) = sentences.holding(content.end().saturating_sub(1))?;
    let span = |at: usize| tokens.cover(readout.parts[at].tokens.clone());
    let behind = |at: &usize| {
        let part = &readout.parts[*at];
        part.role == Role::Cue && sentence.tokens.contains(&part.tokens.start) && span(*at).is_some_and(|cue| cue.start() >= content.end())
    };
    let at = (0..readout.parts.len()).find(behind)?;
    Some((span(at)?, readout.source_of[at].and_then(|link| span(link.to))))
}
