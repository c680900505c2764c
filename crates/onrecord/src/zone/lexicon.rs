//! The words by which the parts of a page are known, read from `lexicon/zone.toml`.

use crate::lexicon::{self, Phrases};
use serde::Deserialize;
use std::sync::LazyLock;

/// One set of phrases a list of the file.
#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) agency: Phrases,
    pub(super) attribution: Phrases,
    pub(super) byline: Phrases,
    pub(super) caption_start: Phrases,
    pub(super) comment_heading: Phrases,
    pub(super) credit: Phrases,
    pub(super) furniture_inside: Phrases,
    pub(super) furniture_label: Phrases,
    pub(super) furniture_start: Phrases,
    pub(super) handovers: Phrases,
    pub(super) interjections: Phrases,
    pub(super) no_speaker: Phrases,
    pub(super) opinion_inside: Phrases,
    pub(super) opinion_label: Phrases,
    pub(super) slang: Phrases,
    pub(super) stamp: Phrases,
    pub(super) stance: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(super) relays: Phrases,
}

/// The lists.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/zone.toml")));
