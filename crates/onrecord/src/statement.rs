//! Finds statements: someone other than the writer is made to say, write, ask, think, offer or refuse something.

use crate::evidence::Evidence;
use crate::quotation::Quotation;
use crate::reader::Readout;
use crate::sentence::Sentence;
use crate::text::{Id, Layer, Span, Spanned};
use crate::token::Tokens;
use crate::zone::Zone;

/// One statement as the document words it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The words that name who said it; `None` where nobody is named (passives, nouns, ellipsis).
    pub source: Option<Span>,
    /// The words that say that something was said: "said", "according to", "wouldn't say"; may be several or none.
    pub cue: Vec<Span>,
    /// What was said, in one or more parts, marks and "that" included; empty for "declined to comment".
    pub content: Vec<Span>,
    /// The statement whose content it stands in.
    pub within: Option<Id<Statement>>,
    /// How much of the content stands in quotation marks of its own.
    pub form: Form,
    /// How sure the reader is, 0 to 1.
    pub confidence: f32,
    /// Which heads and rules found its parts.
    pub evidence: Vec<Evidence>,
}

/// How much of a content is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// All of it stands in quotation marks.
    Direct,
    /// Part of it does.
    Mixed,
    /// None of it does.
    Indirect,
}

impl Statement {
    /// From its first byte to its last, whichever part that is.
    pub fn reach(&self) -> Span {
        let mut parts = self.source.iter().chain(&self.cue).chain(&self.content);
        let first = *parts.next().expect("a statement has at least one part");
        parts.fold(first, |reach, part| reach.cover(*part))
    }
}

impl Spanned for Statement {
    fn span(&self) -> Span {
        self.reach()
    }
}

/// Finds the statements of a text from the labels and links the reader gave.
pub fn find(
    _text: &str,
    _tokens: &Tokens,
    _zones: &Layer<Zone>,
    _sentences: &Layer<Sentence>,
    _quotations: &Layer<Quotation>,
    _readout: &Readout,
) -> Layer<Statement> {
    Layer::default()
}
