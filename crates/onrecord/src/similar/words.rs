//! The words of a stretch cut to their stems, what each weighs, and how much two stretches share.

use crate::lexicon;
use crate::token::{TokenKind, Tokens};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

/// The stems of the words that carry meaning.
pub type Bag = BTreeSet<String>;

/// The bag of some tokens.
pub fn bag(tokens: &Tokens, ranges: impl IntoIterator<Item = Range<usize>>) -> Bag {
    let words = ranges.into_iter().flatten().filter(|at| tokens.kind(*at) != TokenKind::Punctuation).map(|at| tokens.lower(at));
    words.filter(|word| !is_stop(word)).map(stem).collect()
}

fn is_stop(lower: &str) -> bool {
    #[derive(Deserialize)]
    struct Words {
        stop: BTreeSet<String>,
    }
    static WORDS: LazyLock<Words> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/similar.toml")));
    WORDS.stop.contains(lower)
}

/// What words weigh among a number of bags: the rarer, the more.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// The words in order, and the weight of each.
    of: Vec<(String, f32)>,
}

/// A bag as weighed: its words by their numbers among those of [`Weights`], in order.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    words: Vec<(usize, f32)>,
    sum: f32,
}

/// How much two bags share, by weight; the shares 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shared {
    /// What the words in both weigh.
    pub weight: f32,
    /// Against the mean of both.
    pub of_both: f32,
    /// Against the lighter.
    pub of_lighter: f32,
}

impl Weights {
    /// The weights of the words of `bags`.
    pub fn of<'a>(bags: impl IntoIterator<Item = &'a Bag>) -> Weights {
        let (mut count, mut all) = (BTreeMap::<String, usize>::new(), 0);
        for bag in bags {
            all += 1;
            for word in bag {
                *count.entry(word.clone()).or_default() += 1;
            }
        }
        Weights { of: count.into_iter().map(|(word, held)| (word, (1.0 + all as f32 / held as f32).ln())).collect() }
    }

    /// Weighs the words of a bag; those that stood in none weigh nothing.
    pub fn weigh(&self, bag: &Bag) -> Weighed {
        let number = |word: &String| self.of.binary_search_by(|(other, _)| other.cmp(word)).ok();
        let words: Vec<(usize, f32)> = bag.iter().filter_map(number).map(|number| (number, self.of[number].1)).collect();
        let sum = words.iter().map(|(_, weight)| weight).sum();
        Weighed { words, sum }
    }
}

impl Weighed {
    /// The words, by their numbers, each with its weight; in order.
    pub fn words(&self) -> &[(usize, f32)] {
        &self.words
    }

    /// How much two bags share.
    pub fn shared(&self, other: &Weighed) -> Shared {
        let mut rest = other.words.as_slice();
        let is_shared = |(word, _): &&(usize, f32)| {
            while rest.first().is_some_and(|(other, _)| other < word) {
                rest = &rest[1..];
            }
            rest.first().is_some_and(|(other, _)| other == word)
        };
        let both: f32 = self.words.iter().filter(is_shared).map(|(_, weight)| weight).sum();
        let share = |of: f32| if of > 0.0 { both / of } else { 0.0 };
        Shared { weight: both, of_both: share((self.sum + other.sum) / 2.0), of_lighter: share(self.sum.min(other.sum)) }
    }
}

/// The stem of a lower-cased word: what is left without the endings of number, tense and degree.
pub(crate) fn stem(word: &str) -> String {
    const ENDINGS: [(&str, &str); 16] = [
        ("ations", ""),
        ("ation", ""),
        ("ions", ""),
        ("ion", ""),
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ments", ""),
        ("ment", ""),
        ("ings", ""),
        ("ing", ""),
        ("edly", ""),
        ("ed", ""),
        ("es", ""),
        ("ly", ""),
        ("s", ""),
    ];
    /// A stem shorter than this would bring together words that share nothing.
    const SHORTEST: usize = 3;
    let cut = ENDINGS.iter().find_map(|(ending, instead)| {
        let rest = word.strip_suffix(ending).filter(|rest| rest.chars().count() >= SHORTEST && !(*ending == "s" && rest.ends_with('s')))?;
        Some(format!("{rest}{instead}"))
    });
    let stem = cut.unwrap_or_else(|| word.to_owned());
    let mut letters: Vec<char> = stem.chars().collect();
    let doubled = letters.len() > SHORTEST && letters[letters.len() - 1] == letters[letters.len() - 2] && stem.len() < word.len();
    if doubled || (letters.len() > SHORTEST && letters.last() == Some(&'e')) {
        letters.pop();
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            ["transfers", "transferred"],
            ["denies", "denied"],
            ["selling", "sells"],
            ["resign", "resigning"],
            ["ship", "shipping"],
            ["accuse", "accusing"],
            ["resign", "resignation"],
        ] {
            assert_eq!(stem(forms[0]), stem(forms[1]), "{forms:?}");
        }
        assert_ne!(stem("police"), stem("polled"));
    }

    fn of(text: &str) -> Bag {
        let tokens = tokenize(text);
        bag(&tokens, std::iter::once(0..tokens.len()))
    }

    #[test]
    fn forms_of_a_word_are_one() {
        assert_eq!(of("The ferries were cancelled"), of("a ferry cancels"));
        assert_ne!(of("police"), of("polled"));
    }

    #[test]
    fn what_is_rare_weighs_more() {
        let bags = ["harbour closed", "harbour open", "harbour tariffs", "tariffs rise"].map(of);
        let weights = Weights::of(&bags);
        let weighed = bags.each_ref().map(|bag| weights.weigh(bag));
        assert!(weighed[2].shared(&weighed[3]).of_both > weighed[0].shared(&weighed[1]).of_both);
        assert_eq!(Weighed::default().shared(&weighed[0]), Shared::default());
    }
}
