//! Rule `statement/earlier-paragraph`: who said something is told in its paragraph or before it, not in one that comes after.

use super::Statement;
use crate::evidence::Evidence;
use crate::quotation::Quotation;
use crate::sentence::Sentence;
use crate::text::{Layer, Span};
use crate::token::Tokens;

/// Cuts off content that stands in an earlier paragraph than its cue; a cue left without content is dropped.
///
/// Such content stays where its quotation goes on in the paragraph of the cue, where a comma leads over to it, and where that paragraph
/// begins with a dash, as a signature does.
pub(super) fn cut(tokens: &Tokens, sentences: &Layer<Sentence>, quotations: &Layer<Quotation>, drafts: &mut Vec<Statement>) {
    let paragraph = |at: usize| sentences.holding(at).map(|(_, sentence)| sentence.paragraph);
    let goes_on = |part: Span| {
        let inside = |(_, quotation): &(_, &Quotation)| quotation.inner.overlaps(part);
        quotations.entries().filter(inside).any(|(id, _)| quotations.iter().any(|next| next.continues == Some(id)))
    };
    let leads_over = |part: Span| {
        let end = tokens.within(part).end;
        (end.saturating_sub(2)..end + 1).any(|at| tokens.lower(at) == ",")
    };
    let is_signature = |paragraph: usize| {
        let first = sentences.iter().find(|sentence| sentence.paragraph == paragraph);
        first.is_some_and(|sentence| matches!(tokens.lower(sentence.tokens.start), "—" | "–" | "-"))
    };
    drafts.retain_mut(|draft| {
        let Some(cue) = draft.cue.first().copied() else { return true };
        let here = paragraph(cue.start());
        let is_earlier = |part: &Span| part.end() <= cue.start() && paragraph(part.end() - 1) < here && !goes_on(*part) && !leads_over(*part);
        if draft.content.iter().any(is_earlier) && !here.is_some_and(is_signature) {
            let why = "what stands in an earlier paragraph was cut off";
            draft.evidence.push(Evidence::rule("content", "statement/earlier-paragraph", vec![cue], why));
            draft.content.retain(|part| !is_earlier(part));
        }
        !draft.content.is_empty()
    });
}
