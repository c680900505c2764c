//! Tells how much of a content is quoted.

use super::Form;
use crate::quotation::{Quotation, QuotationUse};
use crate::text::{Layer, Span};
use crate::token::{TokenKind, Tokens};

/// The form of a statement with these cues and contents: only quotation marks of its own count, not those of a statement
/// it stands within, which hold its cue too.
pub(super) fn of(tokens: &Tokens, quotations: &Layer<Quotation>, cue: &[Span], content: &[Span]) -> Form {
    let words = |span: Span| tokens.within(span).filter(|at| tokens.kind(*at) != TokenKind::Punctuation);
    let inside = |at: usize| content.iter().any(|span| span.contains(tokens.span(at)));
    let own: Vec<Span> = quotations
        .iter()
        .filter(|quotation| quotation.use_ == QuotationUse::Speech && !cue.iter().any(|cue| quotation.inner.contains(*cue)))
        .filter(|quotation| {
            let (all, shared) = words(quotation.inner).fold((0, 0), |(all, shared), at| (all + 1, shared + usize::from(inside(at))));
            shared * 2 > all
        })
        .map(|quotation| quotation.inner)
        .collect();
    let (mut all, mut quoted) = (0, 0);
    for at in content.iter().flat_map(|span| words(*span)) {
        all += 1;
        quoted += usize::from(own.iter().any(|span| span.contains(tokens.span(at))));
    }
    match quoted {
        0 => Form::Indirect,
        quoted if quoted == all => Form::Direct,
        _ => Form::Mixed,
    }
}
