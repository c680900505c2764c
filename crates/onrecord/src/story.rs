//! Puts documents about the same happening into one story, and finds what was copied from what.

use crate::evidence::Evidence;
use crate::read::Reading;
use crate::record::Place;
use crate::text::Span;

/// What story placing and copy finding need of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {}

/// Documents about the same happening.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Its documents.
    pub documents: Vec<Membership>,
    /// What was copied from what.
    pub copies: Vec<Copy>,
}

/// A document in a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// Its position among those given.
    pub document: usize,
    /// Why it is in.
    pub evidence: Vec<Evidence<Place>>,
}

/// One document holds words of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// The position of the document that has the words first.
    pub of: usize,
    /// The position of the one that has them again.
    pub by: usize,
    /// The shared passages: in the first, in the second.
    pub passages: Vec<(Span, Span)>,
    /// How much is shared.
    pub kind: CopyKind,
}

/// How much of a document another holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CopyKind {
    /// Nearly all of both.
    NearCopy,
    /// Nearly all of the shorter.
    Contained,
    /// A passage.
    SharedPassage,
}

/// Sketches one document.
pub fn sketch(_reading: &Reading) -> Sketch {
    Sketch {}
}

/// Places every document in at least one story; the largest story first.
pub fn place(sketches: &[&Sketch]) -> Vec<Story> {
    let documents = (0..sketches.len()).map(|document| Membership { document, evidence: Vec::new() }).collect();
    if sketches.is_empty() { Vec::new() } else { vec![Story { documents, copies: Vec::new() }] }
}
