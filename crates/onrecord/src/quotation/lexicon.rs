//! The words by which the use of quotation marks is known, read from `lexicon/quotation.toml`.

use crate::lexicon::{self, Phrases};
use serde::Deserialize;
use std::sync::LazyLock;

/// One set of phrases a list of the file.
#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) elided: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(super) speech: Phrases,
    pub(super) speech_phrases: Phrases,
    pub(super) terms: Phrases,
    #[serde(deserialize_with = "lexicon::nouns")]
    pub(super) works: Phrases,
    pub(super) small: Phrases,
}

/// The lists.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/quotation.toml")));
