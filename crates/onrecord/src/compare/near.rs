//! Which statements of a story may speak of one matter, and how near they are: by words rare in the story, and by meaning.

use super::side::Side;
use crate::account::Account;
use crate::similar;
use std::collections::{BTreeMap, BTreeSet};

/// What a story's words weigh, and where they stand.
pub(super) struct Index<'a> {
    accounts: &'a [&'a Account],
    weight: BTreeMap<String, f64>,
    holders: BTreeMap<String, Vec<usize>>,
}

/// A word that stands in more statements than this brings no candidates: it is the story's own subject. Keeps the work
/// near linear in a story of five hundred documents.
const COMMONEST: usize = 60;
/// Candidates looked at closely for one statement, the nearest by shared words first.
const CANDIDATES: usize = 16;

impl<'a> Index<'a> {
    /// Indexes the words of `sides`.
    pub(super) fn new(accounts: &'a [&'a Account], sides: &[Side<'_>]) -> Index<'a> {
        let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, side) in sides.iter().enumerate() {
            for word in &side.words {
                holders.entry(word.clone()).or_default().push(at);
            }
        }
        let all = sides.len() as f64;
        let weight = holders.iter().map(|(word, at)| (word.clone(), (1.0 + all / at.len() as f64).ln())).collect();
        Index { accounts, weight, holders }
    }

    fn weigh<'w>(&self, words: impl Iterator<Item = &'w String>) -> f64 {
        words.map(|word| self.weight.get(word).copied().unwrap_or(0.0)).sum()
    }

    /// The statements that share the heaviest words with `at`, nearest first.
    pub(super) fn candidates(&self, sides: &[Side<'_>], at: usize) -> Vec<usize> {
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for word in &sides[at].words {
            let holders = &self.holders[word];
            if holders.len() <= COMMONEST {
                for other in holders.iter().filter(|other| **other != at) {
                    *shared.entry(*other).or_default() += self.weight[word];
                }
            }
        }
        let mut ranked: Vec<(f64, usize)> = shared.into_iter().map(|(other, weight)| (weight, other)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.into_iter().take(CANDIDATES).map(|(_, other)| other).collect()
    }

    /// How near two statements are in their words, 0 to 1: what they share, against the mean of both.
    pub(super) fn by_words(&self, a: &Side<'_>, b: &Side<'_>) -> f64 {
        let (of_a, of_b) = (self.weigh(a.words.iter()), self.weigh(b.words.iter()));
        let shared = self.weigh(a.words.intersection(&b.words));
        if of_a + of_b > 0.0 { 2.0 * shared / (of_a + of_b) } else { 0.0 }
    }

    /// How much of `part` stands in `whole`, 0 to 1.
    pub(super) fn holds(&self, whole: &Side<'_>, part: &BTreeSet<String>) -> f64 {
        let of_part = self.weigh(part.iter());
        if of_part > 0.0 { self.weigh(part.intersection(&whole.words)) / of_part } else { 0.0 }
    }

    /// How near two statements are in meaning, −1 to 1; 0 where that is not known.
    pub(super) fn by_meaning(&self, a: &Side<'_>, b: &Side<'_>) -> f64 {
        let vector = |side: &Side<'_>| &self.accounts[side.told.document].vectors[side.told.id];
        f64::from(similar::cosine(vector(a), vector(b)))
    }

    /// How near two statements are, 0 to 1: the mean of words and meaning.
    pub(super) fn nearness(&self, a: &Side<'_>, b: &Side<'_>) -> f64 {
        let (words, meaning) = (self.by_words(a, b), self.by_meaning(a, b).max(0.0));
        if meaning > 0.0 { (words + meaning) / 2.0 } else { words }
    }

    /// Whether each names what the other does not: other people, other ships, other places.
    pub(super) fn names_clash(a: &Side<'_>, b: &Side<'_>) -> bool {
        a.names.difference(&b.names).next().is_some() && b.names.difference(&a.names).next().is_some()
    }
}
