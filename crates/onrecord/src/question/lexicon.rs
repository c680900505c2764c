//! The words by which questions are followed, read from `lexicon/question.toml`.

use crate::lexicon::{self, Phrases};
use serde::Deserialize;
use std::sync::LazyLock;

/// One set of phrases a list of the file.
#[derive(Deserialize)]
pub(super) struct Lexicon {
    pub(super) stop: Phrases,
    pub(super) pointing: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(super) speaking: Phrases,
    pub(super) hedge: Phrases,
    pub(super) yes: Phrases,
    pub(super) no: Phrases,
    pub(super) silent: Phrases,
    pub(super) polar: Phrases,
    pub(super) open: Phrases,
    pub(super) pronoun: Phrases,
    pub(super) aside: Phrases,
    pub(super) breach: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(super) keeping: Phrases,
    #[serde(deserialize_with = "lexicon::nouns")]
    pub(super) law: Phrases,
    pub(super) lawful: Phrases,
    pub(super) not_done: Phrases,
    pub(super) untrue: Phrases,
    pub(super) open_still: Phrases,
    pub(super) no_negation: Phrases,
    #[serde(deserialize_with = "lexicon::nouns")]
    pub(super) events: Phrases,
    pub(super) causes: Phrases,
    pub(super) asked_after: Phrases,
    pub(super) left_open: Phrases,
    pub(super) slot: Vec<Slot>,
}

/// A question that breaking news asks of itself.
#[derive(Deserialize)]
pub(super) struct Slot {
    /// The question as shown.
    pub(super) text: String,
    /// What must stand beside the words.
    pub(super) needs: Needs,
    /// The states of those counted, by their names in `lexicon/compare.toml`.
    #[serde(default)]
    pub(super) states: Vec<String>,
    /// The words of its answers.
    pub(super) words: Phrases,
}

/// What makes the words of a slot an answer.
#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Needs {
    /// A number beside them.
    Figure,
    /// A noun for a mishap, or nothing more for words that can only mean its cause: "the cause was not known".
    Event,
}

/// The lists.
pub(super) static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/question.toml")));
