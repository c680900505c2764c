//! Pairs quotation marks: what stands between them, what was never closed, what goes on in the next paragraph.

use crate::evidence::Note;
use crate::text::{Id, Layer, Span, Spanned};
use crate::token::Tokens;
use crate::zone::Zone;

/// Words between quotation marks.
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
    /// “ ” or " ", « ».
    Double,
    /// ‘ ’ or ' '.
    Single,
}

/// How a quotation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// With its closing mark.
    Closed,
    /// At the end of its paragraph, since the next one opens with a mark again.
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

/// Pairs the quotation marks of `text`; what could not be paired is noted.
pub fn pair(_text: &str, _tokens: &Tokens, _zones: &Layer<Zone>) -> (Layer<Quotation>, Vec<Note>) {
    (Layer::default(), Vec::new())
}
