//! The commands, one a file.

pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod man;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod show;
