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
    relative: Phrases,
    turns: Phrases,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| lexicon::parse(include_str!("../../../lexicon/clause.toml")));

/// Whether the lower-cased `word` opens a finite verb: "is", "would".
pub(crate) fn opens_verb(word: &str) -> bool {
    WORDS.opens.has(word)
}

/// Whether these tokens are a clause of their own: they have a finite verb behind their first word and do not open like a phrase.
///
/// The verb of "misconduct that led to the inquiry" is that of another clause, and so is one behind "when".
pub(crate) fn is_clause(text: &str, tokens: &Tokens, range: Range<usize>) -> bool {
    let opening = tokens.lower(range.start);
    if WORDS.phrase.has(opening) || opening.ends_with("ing") {
        return false;
    }
    let mut is_relative = false;
    for at in range.skip(1).take_while(|at| !WORDS.turns.has(tokens.lower(*at))) {
        let word = tokens.lower(at);
        if opens_verb(word) || (time::tells_past(word) && !tokens.is_capitalised(text, at)) {
            // "That had led" is one verb.
            let goes_on = opens_verb(word) || matches!(tokens.lower(at + 1), "not" | "n");
            if !is_relative {
                return true;
            }
            is_relative = goes_on;
        } else if WORDS.relative.has(word) {
            is_relative = true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    #[test]
    fn a_verb_of_its_own_makes_a_clause() {
        let is = |words: &str| {
            let tokens = tokenize(words);
            is_clause(words, &tokens, 0..tokens.len())
        };
        assert!(is("the pier was safe") && is("the pier that Ode built was safe") && is("the board would not meet"));
        assert!(!is("his support for the plan") && !is("misconduct that led to the inquiry") && !is("neglect that had not been seen"));
        assert!(!is("a United Harbours agreement") && is("a United Harbours agreement was signed"));
        assert!(!is("about the pier that was safe") && !is("to say what it was") && !is("leaving when the board had met"));
    }
}
