//! Where placed documents are kept: in memory, or in the tables of an archive. Placing asks for no more than it needs.

use super::copying::Shared;
use super::outline::Outline;
use super::sketch::{Sketch, Wording};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How near a document is to others, by their numbers.
pub type Near = BTreeMap<usize, f64>;

/// What is kept of the documents placed so far. Each goes by a number that is never another's; a group goes by the number of its
/// first document.
pub trait Shelf {
    /// Why something kept could not be had.
    type Error;

    /// The documents that have one of these among their strongest words.
    fn with_words(&self, words: &[u32]) -> Result<BTreeSet<usize>, Self::Error>;
    /// The documents that have one of these among their marks.
    fn with_marks(&self, marks: &[u32]) -> Result<BTreeSet<usize>, Self::Error>;
    /// The outline of a document.
    fn outline(&self, document: usize) -> Result<Arc<Outline>, Self::Error>;
    /// The wording of a document.
    fn wording(&self, document: usize) -> Result<Arc<Wording>, Self::Error>;
    /// Whom a document is near.
    fn near(&self, document: usize) -> Result<Cow<'_, Near>, Self::Error>;
    /// The group of a document.
    fn group(&self, document: usize) -> Result<usize, Self::Error>;
    /// The documents of a group.
    fn members(&self, group: usize) -> Result<Vec<usize>, Self::Error>;
    /// The documents that placing put together with this one, itself among them, whatever a person said of any since.
    fn placed_with(&self, document: usize) -> Result<Vec<usize>, Self::Error>;
    /// What two documents share word for word: the passages in the earlier by rank, then in the later.
    fn shared(&self, a: usize, b: usize) -> Result<Option<Shared>, Self::Error>;

    /// Keeps a document, as a group of its own, with whom it is near and what it shares with others.
    fn put(&mut self, document: usize, sketch: &Sketch, near: &Near, shared: BTreeMap<usize, Shared>) -> Result<(), Self::Error>;
    /// Forgets a document and its ties.
    fn take(&mut self, document: usize) -> Result<(), Self::Error>;
    /// Moves a document to a group.
    fn regroup(&mut self, document: usize, group: usize) -> Result<(), Self::Error>;
}
