//! The words rules look for, kept as sorted data in `lexicon/*.toml`, and how English inflects them.

use crate::hash;
use crate::token::{self, Tokens};
use serde::{Deserialize, Deserializer};
use std::collections::HashMap;
use std::ops::Range;

/// Words and phrases to look for among tokens, in lower case.
///
/// Built from a list such as `["deny", "turn down"]`; matching prefers the longest phrase.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    /// By the key of their first word, which every token has ready: rules look at every token, and hashing its word for each list
    /// was the most costly part of most of them.
    by_first: hash::Map<Vec<Vec<String>>>,
}

impl Phrases {
    /// Phrases to be matched as they are written.
    pub fn exact<S: AsRef<str>>(phrases: impl IntoIterator<Item = S>) -> Phrases {
        let mut out = Phrases::default();
        for phrase in phrases {
            out.add(phrase.as_ref());
        }
        out
    }

    /// Phrases whose first word is a verb, to be matched in all its forms ("turn down": turns down, turned down …).
    pub fn verbs<S: AsRef<str>>(phrases: impl IntoIterator<Item = S>) -> Phrases {
        let mut out = Phrases::default();
        for phrase in phrases {
            let (verb, rest) = phrase.as_ref().split_once(' ').map_or((phrase.as_ref(), ""), |(verb, rest)| (verb, rest));
            for form in verb_forms(verb) {
                out.add(format!("{form} {rest}").trim());
            }
        }
        out
    }

    /// Phrases whose last word is a noun, to be matched in singular and plural.
    pub fn nouns<S: AsRef<str>>(phrases: impl IntoIterator<Item = S>) -> Phrases {
        let mut out = Phrases::default();
        for phrase in phrases {
            out.add(phrase.as_ref());
            out.add(&plural(phrase.as_ref()));
        }
        out
    }

    fn add(&mut self, phrase: &str) {
        let words: Vec<String> = token::tokenize(phrase).lowered().map(str::to_owned).collect();
        let Some(first) = words.first() else { return };
        let entry = self.by_first.entry(hash::of(first.bytes())).or_default();
        if !entry.contains(&words) {
            entry.push(words);
            entry.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
    }

    /// How many tokens the longest phrase at token `at` takes, if one stands there.
    pub fn at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        let candidates = self.by_first.get(&tokens.key(at))?;
        candidates.iter().find(|words| words.iter().enumerate().all(|(i, word)| tokens.lower(at + i) == word)).map(Vec::len)
    }

    /// The first place in `range` where a phrase stands, whole, as token positions.
    pub fn find(&self, tokens: &Tokens, range: Range<usize>) -> Option<Range<usize>> {
        range.clone().find_map(|at| self.at(tokens, at).map(|len| at..at + len).filter(|hit| hit.end <= range.end))
    }

    /// Whether the single word `lower` is among the phrases.
    pub fn has(&self, lower: &str) -> bool {
        self.by_first.get(&hash::of(lower.bytes())).is_some_and(|all| all.iter().any(|words| *words == [lower]))
    }
}

/// A list of a lexicon becomes phrases to be matched as they are written; fields marked with [`verbs`] or [`nouns`] inflect.
impl<'de> Deserialize<'de> for Phrases {
    fn deserialize<D: Deserializer<'de>>(list: D) -> Result<Phrases, D::Error> {
        Vec::<String>::deserialize(list).map(Phrases::exact)
    }
}

/// For `#[serde(deserialize_with)]`: a list of verbs, matched in all their forms.
pub(crate) fn verbs<'de, D: Deserializer<'de>>(list: D) -> Result<Phrases, D::Error> {
    Vec::<String>::deserialize(list).map(Phrases::verbs)
}

/// For `#[serde(deserialize_with)]`: a list of nouns, matched in singular and plural.
pub(crate) fn nouns<'de, D: Deserializer<'de>>(list: D) -> Result<Phrases, D::Error> {
    Vec::<String>::deserialize(list).map(Phrases::nouns)
}

/// A table of a lexicon with up to three lists, each matched in its own way.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Words {
    /// Phrases that open with a verb, in all its forms.
    #[serde(deserialize_with = "verbs")]
    pub(crate) verbs: Phrases,
    /// Phrases that end with a noun, in singular and plural.
    #[serde(deserialize_with = "nouns")]
    pub(crate) nouns: Phrases,
    /// Phrases as they are written.
    pub(crate) words: Phrases,
}

impl Words {
    /// How many tokens the longest phrase at token `at` takes, whichever list it stands in.
    pub(crate) fn at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        [&self.verbs, &self.nouns, &self.words].into_iter().filter_map(|phrases| phrases.at(tokens, at)).max()
    }

    /// The first place in `range` where one stands, unless it runs past the end.
    pub(crate) fn find(&self, tokens: &Tokens, range: Range<usize>) -> Option<Range<usize>> {
        range.clone().find_map(|at| self.at(tokens, at).map(|len| at..at + len)).filter(|hit| hit.end <= range.end)
    }

    /// Whether a noun, not also a verb, stands at token `at`.
    pub(crate) fn noun_at(&self, tokens: &Tokens, at: usize) -> bool {
        self.nouns.at(tokens, at).is_some() && self.verbs.at(tokens, at).is_none()
    }
}

/// Reads a lexicon file that was compiled in; its shape is `T`.
pub fn parse<T: for<'de> Deserialize<'de>>(file: &str) -> T {
    toml::from_str(file).unwrap_or_else(|error| panic!("a lexicon that was compiled in must parse: {error}"))
}

#[derive(Deserialize)]
struct Irregular {
    verbs: HashMap<String, Vec<String>>,
    plurals: HashMap<String, String>,
    doubling: Vec<String>,
}

fn irregular() -> &'static Irregular {
    static WORDS: std::sync::LazyLock<Irregular> = std::sync::LazyLock::new(|| parse(include_str!("../../../lexicon/inflection.toml")));
    &WORDS
}

/// All forms of an English verb: base, third person, past, participles.
pub fn verb_forms(base: &str) -> Vec<String> {
    if let Some(forms) = irregular().verbs.get(base) {
        return std::iter::once(base.to_owned()).chain(forms.iter().cloned()).collect();
    }
    let stem = base.strip_suffix('e').unwrap_or(base);
    let ends_in_consonant_y = ends_in_consonant_y(base);
    let doubled = if irregular().doubling.iter().any(|verb| verb == base) { base.chars().last() } else { None };
    let past = match (doubled, ends_in_consonant_y) {
        (Some(last), _) => format!("{base}{last}ed"),
        (None, true) => format!("{}ied", &base[..base.len() - 1]),
        (None, false) => format!("{stem}ed"),
    };
    let running = match doubled {
        Some(last) => format!("{base}{last}ing"),
        None if base.ends_with("ee") || base.ends_with("ye") => format!("{base}ing"),
        None => format!("{stem}ing"),
    };
    vec![base.to_owned(), plural(base), past, running]
}

/// The plural of an English noun or noun phrase, which is also how verbs form their third person.
pub fn plural(base: &str) -> String {
    let (before, last) = base.rsplit_once(' ').map_or(("", base), |(before, last)| (before, last));
    let last = if let Some(form) = irregular().plurals.get(last) {
        form.clone()
    } else if ends_in_consonant_y(last) {
        format!("{}ies", &last[..last.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|ending| last.ends_with(ending)) {
        format!("{last}es")
    } else {
        format!("{last}s")
    };
    if before.is_empty() { last } else { format!("{before} {last}") }
}

fn ends_in_consonant_y(word: &str) -> bool {
    word.ends_with('y') && !["ay", "ey", "oy", "uy"].iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    #[test]
    fn verbs_are_inflected() {
        assert_eq!(verb_forms("deny"), ["deny", "denies", "denied", "denying"]);
        assert_eq!(verb_forms("decline"), ["decline", "declines", "declined", "declining"]);
        assert_eq!(verb_forms("admit"), ["admit", "admits", "admitted", "admitting"]);
        assert_eq!(verb_forms("say"), ["say", "says", "said", "saying"]);
        assert_eq!(verb_forms("agree"), ["agree", "agrees", "agreed", "agreeing"]);
    }

    #[test]
    fn the_longest_phrase_wins() {
        let verbs = Phrases::verbs(["turn", "turn down"]);
        assert_eq!(verbs.find(&tokenize("She turned down the offer"), 0..5), Some(1..3));
        assert_eq!(Phrases::nouns(["close ally"]).find(&tokenize("two close allies of"), 0..4), Some(1..3));
    }
}
