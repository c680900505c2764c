//! Pairs quotation marks: what stands between them, what was never closed, what goes on in the next paragraph.
//!
//! Marks are read paragraph by paragraph, so that the trouble of one stays in it: [`glyph`] tells which way each mark
//! leans, [`pairing`] pairs them, [`purpose`] tells somebody's words from words held at a distance; [`closed`] puts marks back that were cut off.

mod closed;
mod glyph;
mod lexicon;
mod pairing;
mod purpose;

pub(crate) use closed::closed;

use crate::evidence::Note;
use crate::sentence::Sentence;
use crate::text::{Id, Layer, Span, Spanned};
use crate::token::Tokens;

/// Words between quotation marks. Quotations nest; they never cross.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// Its place, marks included.
    pub span: Span,
    /// The words between the marks.
    pub inner: Span,
    /// Double or single marks.
    pub mark: Mark,
    /// The quotation it stands within.
    pub within: Option<Id<Quotation>>,
    /// The part before it, when a speaker goes on in a new paragraph (each part opens, only the last closes).
    pub continues: Option<Id<Quotation>>,
    /// How it ends.
    pub closing: Closing,
    /// What the marks are for.
    pub use_: QuotationUse,
}

/// Which marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// “ ” or " ", « », `` '', '' ''.
    Double,
    /// ‘ ’ or ' '.
    Single,
}

/// How a quotation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// With its closing mark.
    Closed,
    /// At the end of its paragraph (or before the next opening mark), since there the speech opens again or is closed.
    CarriedOn,
    /// Nowhere; taken to end with its paragraph, and noted.
    Missing,
}

/// What a pair of marks is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotationUse {
    /// Somebody's words.
    Speech,
    /// A word or two held at a distance, a so-called term, or a title of a work; nobody need have said it.
    Scare,
}

impl Spanned for Quotation {
    fn span(&self) -> Span {
        self.span
    }
}

/// Pairs the quotation marks of `text`; what could not be paired is noted (`unclosed-quotation`, `unopened-quotation`).
///
/// ```
/// use onrecord::{Layer, quotation, sentence, token};
/// let text = "“It's the '90s again,” Ode said. 'Is it?' she was asked.";
/// let tokens = token::tokenize(text);
/// let sentences = sentence::split(text, &tokens, &Layer::default());
/// let (quotations, notes) = quotation::pair(text, &tokens, &sentences);
/// assert_eq!(quotations.iter().map(|quotation| quotation.inner.of(text)).collect::<Vec<_>>(), ["It's the '90s again,", "Is it?"]);
/// assert!(notes.is_empty());
/// ```
///
/// # Limits
/// Single marks within single marks are not told apart; a speech of three paragraphs whose middle one has no mark is not followed.
pub fn pair(text: &str, tokens: &Tokens, sentences: &Layer<Sentence>) -> (Layer<Quotation>, Vec<Note>) {
    let (mut drafts, notes) = pairing::pair(text, tokens, sentences);
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|at| (drafts[*at].span.start(), std::cmp::Reverse(drafts[*at].span.end())));
    let mut place = vec![0; drafts.len()];
    for (to, from) in order.iter().enumerate() {
        place[*from] = to;
    }
    for draft in &mut drafts {
        draft.continues = draft.continues.map(|at| place[at]);
    }
    let sorted: Vec<_> = order.into_iter().map(|at| drafts[at].clone()).collect();
    let within = parents(&sorted);
    let uses = purpose::of(text, tokens, sentences, &sorted, &within);
    let quotations = sorted.into_iter().zip(within).zip(uses).map(|((draft, within), use_)| Quotation {
        span: draft.span,
        inner: draft.inner,
        mark: draft.mark,
        within: within.map(Id::new),
        continues: draft.continues.map(Id::new),
        closing: draft.closing,
        use_,
    });
    (Layer::new(quotations.collect()), notes)
}

/// For each draft, in order, the innermost other one that holds it.
fn parents(sorted: &[pairing::Draft]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut out = Vec::with_capacity(sorted.len());
    for (at, draft) in sorted.iter().enumerate() {
        while open.last().is_some_and(|outer| sorted[*outer].span.end() < draft.span.end()) {
            open.pop();
        }
        out.push(open.last().copied());
        open.push(at);
    }
    out
}

#[cfg(test)]
mod tests;
