//! Rule `statement/continued`: a quotation that goes on in the next paragraph belongs to the statement that began it.

use super::Statement;
use crate::evidence::Evidence;
use crate::quotation::Quotation;
use crate::text::Layer;

/// Adds to each draft the later parts of its quotations that no other draft has.
pub(super) fn join(quotations: &Layer<Quotation>, drafts: &mut [Statement]) {
    for quotation in quotations {
        let Some(earlier) = quotation.continues.map(|id| &quotations[id]) else { continue };
        let holds = |draft: &Statement, of: &Quotation| draft.content.iter().any(|span| span.overlaps(of.inner));
        if drafts.iter().any(|draft| holds(draft, quotation)) {
            continue;
        }
        if let Some(draft) = drafts.iter_mut().find(|draft| holds(draft, earlier)) {
            draft.content.push(quotation.span);
            let words = vec![earlier.span, quotation.span];
            draft.evidence.push(Evidence::rule("content", "statement/continued", words, "the quotation goes on in the next paragraph"));
        }
    }
}
