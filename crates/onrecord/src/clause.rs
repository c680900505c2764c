//! Tells a clause from a phrase: whether words say something by themselves.

use crate::lexicon::{self, Phrases};
use crate::time;
use crate::token::Tokens;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Words {
    opens: Phrases,
    phrase: Phrases,
    turns: Phrases,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| lexicon::parse(include_str!("../../../lexicon/clause.toml")));

/// Whether the lower-cased `word` opens a finite verb: "is", "would".
pub(crate) fn opens_verb(word: &str) -> bool {
    WORDS.opens.has(word)
}

/// Whether these tokens are a clause of their own: they have a finite verb behind their first word and do not open like a phrase.
pub(crate) fn is_clause(tokens: &Tokens, range: Range<usize>) -> bool {
    let opening = tokens.lower(range.start);
    let is_phrase = WORDS.phrase.has(opening) || opening.ends_with("ing");
    // A verb behind "when" is that of another clause: "advisers of being late when they warned".
    let mut main = range.skip(1).take_while(|at| !WORDS.turns.has(tokens.lower(*at)));
    !is_phrase && main.any(|at| opens_verb(tokens.lower(at)) || time::tells_past(tokens.lower(at)))
}
