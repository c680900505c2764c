//! `onrecord.revision/1`: what a later version of a document changed, as JSON.

use crate::revision::{self, How, Matter};
use serde::{Deserialize, Serialize};

/// The name and version of the format, in every revision's `schema`.
pub const REVISION: &str = "onrecord.revision/1";

/// The step from one version of a document to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// [`REVISION`].
    pub schema: String,
    /// The document's name.
    pub document: String,
    /// The earlier version.
    pub earlier: Version,
    /// The later.
    pub later: Version,
    /// What changed: dropped and altered quotations first.
    pub changes: Vec<Change>,
}

/// A version of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Which, from 1.
    pub number: i64,
    /// When it was added, ISO, UTC.
    pub added_at: String,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What changed.
    pub matter: Matter,
    /// How.
    pub how: How,
    /// The words of the earlier version.
    pub before: Option<Part>,
    /// The words of the later.
    pub after: Option<Part>,
}

/// Words of one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The first byte; `null` for what came beside the text.
    pub start: Option<usize>,
    /// The byte after the last.
    pub end: Option<usize>,
    /// The words.
    pub text: String,
    /// Who is said to have said them.
    pub speaker: Option<String>,
}

impl From<&revision::Change> for Change {
    fn from(change: &revision::Change) -> Change {
        let part = |part: &revision::Part| Part {
            start: part.span.map(crate::Span::start),
            end: part.span.map(crate::Span::end),
            text: part.words.clone(),
            speaker: part.speaker.clone(),
        };
        Change { matter: change.matter, how: change.how, before: change.before.as_ref().map(part), after: change.after.as_ref().map(part) }
    }
}
