//! Divides a document into parts of one function each: whose words stand where.

use crate::document::Document;
use crate::evidence::Evidence;
use crate::text::{Layer, Span, Spanned};

/// A part of a document with one function. Zones cover the text and do not overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// Its place: whole lines, except a date stamp fused to the first sentence.
    pub span: Span,
    /// Its function.
    pub kind: ZoneKind,
    /// Whose words the zone is made of, where the text names them: the turn's speaker, the excerpt's outlet, the commenter.
    pub voice: Option<Span>,
    /// Which rules found it.
    pub evidence: Vec<Evidence>,
}

/// What a zone is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ZoneKind {
    /// The title over the article.
    Headline,
    /// Who wrote it.
    Byline,
    /// Place and agency before the first sentence: "HARROW, June 4 (Northwire) —", or a date stamp.
    Dateline,
    /// News told by the outlet.
    Reporting,
    /// The writer's own views: column, blog, editorial.
    Commentary,
    /// One speaker's turn in a transcript or interview.
    Turn,
    /// A passage quoted from another outlet or document.
    Excerpt,
    /// A reader's words under the article.
    ReaderComment,
    /// Words under a picture, and its credit.
    Caption,
    /// Links, share buttons, advertisements, "Read more", correction and copyright lines.
    Furniture,
}

impl Spanned for Zone {
    fn span(&self) -> Span {
        self.span
    }
}

/// Divides `document` into zones; the zones cover every byte of its text.
pub fn divide(document: &Document) -> Layer<Zone> {
    let span = Span::new(0, document.text.len());
    let whole = Zone { span, kind: ZoneKind::Reporting, voice: None, evidence: Vec::new() };
    Layer::new(if span.is_empty() { Vec::new() } else { vec![whole] })
}
