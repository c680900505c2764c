//! The pages, one file each.

pub(crate) mod corrections;
pub(crate) mod document;
pub(crate) mod fix;
pub(crate) mod keys;
pub(crate) mod news;
pub(crate) mod passage;
pub(crate) mod person;
pub(crate) mod portrait;
pub(crate) mod question;
pub(crate) mod queue;
pub(crate) mod refused;
pub(crate) mod search;
pub(crate) mod sign_in;
pub(crate) mod statement;
pub(crate) mod stories;
pub(crate) mod story;
pub(crate) mod versions;
