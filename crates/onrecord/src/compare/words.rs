//! The words statements are compared by, read once from the lexicon, and how a word is cut to its stem.

use crate::lexicon::{self, Phrases, Words};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// `lexicon/compare.toml`.
#[derive(Deserialize)]
pub(crate) struct Lexicon {
    pub(crate) stop: BTreeSet<String>,
    #[serde(deserialize_with = "lexicon::nouns")]
    pub(crate) claim_nouns: Phrases,
    #[serde(deserialize_with = "lexicon::nouns")]
    pub(crate) charges: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(crate) alleging: Phrases,
    #[serde(deserialize_with = "lexicon::nouns")]
    pub(crate) aides: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(crate) standing_by: Phrases,
    pub(crate) parts_of_names: BTreeSet<String>,
    pub(crate) denying: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(crate) confirming: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(crate) admitting: Phrases,
    pub(crate) taking_back: Phrases,
    pub(crate) correcting: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(crate) rising: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(crate) standing: Phrases,
    #[serde(deserialize_with = "lexicon::nouns")]
    pub(crate) tallies: Phrases,
    pub(crate) hedges: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(crate) opinions: Phrases,
    #[serde(deserialize_with = "lexicon::nouns")]
    pub(crate) chances: Phrases,
    pub(crate) apart: Phrases,
    pub(crate) ladders: Vec<Ladder>,
    pub(crate) numbers: BTreeMap<String, f64>,
    pub(crate) multipliers: BTreeMap<String, f64>,
    vague: BTreeMap<String, (f64, f64)>,
    pub(crate) bounds: Bounds,
    pub(crate) partial: Words,
    pub(crate) persons: Words,
    pub(crate) peoples: BTreeMap<String, String>,
    pub(crate) nationals: Words,
    #[serde(deserialize_with = "lexicon::nouns")]
    pub(crate) bodies: Phrases,
    pub(crate) rates: Phrases,
    pub(crate) scopes: Words,
    pub(crate) states: Vec<State>,
    pub(crate) measures: Words,
    pub(crate) ends: Words,
    pub(crate) degrees: Phrases,
    pub(crate) supposed: Words,
}

/// One act in a mild word and in a strong one.
#[derive(Deserialize)]
pub(crate) struct Ladder {
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(crate) mild: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    pub(crate) strong: Phrases,
}

/// Words that open a number to one side or both.
#[derive(Deserialize)]
pub(crate) struct Bounds {
    pub(crate) about: Phrases,
    pub(crate) below: Phrases,
    pub(crate) least: Phrases,
    pub(crate) most: Phrases,
}

/// What can become of those who are counted.
#[derive(Deserialize)]
pub(crate) struct State {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) falls: bool,
    #[serde(flatten)]
    pub(crate) words: Words,
}

impl Lexicon {
    /// The words for a number that is not told, with the least and the most they are used of; the longest first.
    pub(crate) fn vague(&self) -> impl Iterator<Item = (&str, (f64, f64))> {
        self.vague.iter().rev().map(|(words, range)| (words.as_str(), *range))
    }
}

/// The lexicon.
pub(crate) fn lexicon() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/compare.toml")));
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_parses() {
        assert!(lexicon().states.iter().any(|state| state.name == "dead") && lexicon().vague().count() > 5);
    }
}
