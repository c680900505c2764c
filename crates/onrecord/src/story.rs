//! Puts documents about the same happening into one story, and finds what was copied from what.
//!
//! Two documents are near each other when they share words that are rare in news at large, the more so the nearer their
//! days lie ([`nearness`]). A document joins the story whose documents it is near on average ([`grouping`]); one that is
//! near to a second story through words its own story does not carry belongs to both ([`two_stories`]). Copies are
//! told by whole sentences that stand in both ([`copying`]).
//!
//! Nothing here depends on the order in which documents come: how rare a word is was counted once, on other news
//! ([`term`]), so that adding a document changes no other pair.
//!
//! # Limits
//! Two happenings of one kind at one place within days are one story to us. A document of a line or two is often left alone.

mod term;
mod outline;
mod sketch;
pub mod nearness;
mod grouping;
mod copying;
mod two_stories;
mod why;
mod shelf;
mod regrouping;
mod pile;
mod memory;

pub use copying::Shared;
pub use memory::Stories;
pub use outline::Outline;
pub use pile::{Members, add, members, remove, story, touched};
pub use shelf::{Near, Shelf};
pub use sketch::{Sketch, Wording, sketch, sketch_of, wording_of};
pub use term::terms;

use crate::evidence::Evidence;
use crate::record::Place;
use crate::text::Span;

/// Documents about the same happening.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Its documents, by date, those without one last.
    pub documents: Vec<Membership>,
    /// What was copied from what.
    pub copies: Vec<Copy>,
}

/// A document in a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// Its position among those given.
    pub document: usize,
    /// Why it is in: by `story/shared-words` if this is the story it is most about, by `story/two-stories` if it also touches this one.
    pub evidence: Vec<Evidence<Place>>,
}

/// One document holds words of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// The position in the story of the document that has the words first, as far as dates tell.
    pub of: usize,
    /// The position in the story of the one that has them again.
    pub by: usize,
    /// The shared passages: in the first, in the second; in the order of the second.
    pub passages: Vec<(Span, Span)>,
    /// How much is shared.
    pub kind: CopyKind,
}

/// How much of a document another holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CopyKind {
    /// Half or more of the sentences of each, by their words.
    NearCopy,
    /// Half or more of the sentences of the one, by their words, and less of the other.
    Contained,
    /// A passage.
    SharedPassage,
}

impl Membership {
    /// Whether this is the story that the document is most about: every document has one such.
    pub fn is_main(&self) -> bool {
        !self.evidence.iter().any(|evidence| evidence.by == crate::evidence::Finder::Rule(two_stories::RULE))
    }
}

/// Places every document in at least one story, alone if need be; the largest story first, then the earliest.
///
/// The order of `sketches` shows nowhere but in the positions that name them.
pub fn place(sketches: &[&Sketch]) -> Vec<Story> {
    sketches.iter().copied().collect::<Stories<&Sketch>>().stories()
}

#[cfg(test)]
mod tests;
