//! The words by which statements are found that the reader's labels leave out or get wrong, read from `lexicon/statement.toml`.

use crate::lexicon::{self, Phrases};
use serde::Deserialize;
use std::sync::LazyLock;

/// One set of phrases a list of the file.
#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) asked: Phrases,
    pub(super) charged: Phrases,
    pub(super) be: Phrases,
    pub(super) auxiliaries: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(super) telling: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(super) quoting: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(super) no_comment: Phrases,
    pub(super) no_comment_exact: Phrases,
    pub(super) said_last: Phrases,
    pub(super) relayed: Phrases,
    pub(super) told: Phrases,
    pub(super) hanging: Phrases,
    pub(super) no_source: Phrases,
    #[serde(deserialize_with = "lexicon::nouns")]
    pub(super) writings: Phrases,
    pub(super) listeners: Phrases,
    pub(super) when_where: Phrases,
}

/// The lists.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/statement.toml")));
