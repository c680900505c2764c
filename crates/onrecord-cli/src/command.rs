//! The commands, one a file.

pub(crate) mod add;
pub(crate) mod backup;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod correct;
pub(crate) mod corrections;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod man;
pub(crate) mod news;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod questions;
pub(crate) mod read;
pub(crate) mod rebuild;
pub(crate) mod record;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod stories;
pub(crate) mod story;
pub(crate) mod versions;
pub(crate) mod watch;
