//! What can go wrong when gold is read or scores are written.

use std::path::Path;

/// What was being done with which file, and why it failed.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {why}")]
pub struct Error {
    place: String,
    why: String,
}

impl Error {
    /// An error about the file at `path`.
    pub fn new(path: &Path, why: impl Into<String>) -> Error {
        Error { place: path.display().to_string(), why: why.into() }
    }
}
