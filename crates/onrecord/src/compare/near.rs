//! Which statements of a story may speak of one matter, and how near they are: by words rare in the story, and by meaning.

use super::side::Side;
use crate::account::Account;
use crate::record::Told;
use crate::similar::{self, Topic, Vector};
use std::collections::{BTreeMap, BTreeSet};

/// What a story's words weigh, and where they stand.
pub(super) struct Index {
    meaning: BTreeMap<Told, Vector>,
    weight: BTreeMap<String, f64>,
    /// The words of every statement, each by its place among all words and its weight; and what they weigh together.
    words: BTreeMap<Told, (Vec<(usize, f64)>, f64)>,
    candidates: Vec<Vec<usize>>,
}

/// A word that stands in more statements than this brings no candidates: it is the story's own subject. Keeps the work
/// near linear in a story of five hundred documents.
const COMMONEST: usize = 60;
/// Candidates looked at closely for one statement, the nearest by shared words first.
const CANDIDATES: usize = 16;

impl Index {
    /// Indexes the words and meanings of `sides`.
    pub(super) fn new(accounts: &[&Account], sides: &[Side<'_>]) -> Index {
        let vectors = || sides.iter().map(|side| &accounts[side.told.document].vectors[side.told.id]);
        let topic = Topic::of(vectors());
        let meaning = sides.iter().zip(vectors()).map(|(side, vector)| (side.told, topic.beyond(vector))).collect();
        let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, side) in sides.iter().enumerate() {
            for word in &side.words {
                holders.entry(word.clone()).or_default().push(at);
            }
        }
        let all = sides.len() as f64;
        let weight: BTreeMap<String, f64> = holders.iter().map(|(word, at)| (word.clone(), (1.0 + all / at.len() as f64).ln())).collect();
        let candidates = (0..sides.len()).map(|at| candidates(sides, &holders, &weight, at)).collect();
        let mut words: BTreeMap<Told, (Vec<(usize, f64)>, f64)> = BTreeMap::new();
        for (place, (word, at)) in holders.iter().enumerate() {
            for side in at {
                let (words, sum) = words.entry(sides[*side].told).or_insert((Vec::new(), 0.0));
                words.push((place, weight[word]));
                *sum += weight[word];
            }
        }
        Index { meaning, weight, words, candidates }
    }

    fn weigh<'w>(&self, words: impl Iterator<Item = &'w String>) -> f64 {
        words.map(|word| self.weight.get(word).copied().unwrap_or(0.0)).sum()
    }

    /// The statements that share the heaviest words with the one at `at`, nearest first.
    pub(super) fn candidates<'s, 'a>(&self, sides: &'s [Side<'a>], at: usize) -> impl Iterator<Item = &'s Side<'a>> + use<'_, 's, 'a> {
        self.candidates[at].iter().map(|other| &sides[*other])
    }

    /// How near two statements are in their words, 0 to 1: what they share, against the mean of both.
    pub(super) fn by_words(&self, a: &Side<'_>, b: &Side<'_>) -> f64 {
        let (Some((words_a, of_a)), Some((words_b, of_b))) = (self.words.get(&a.told), self.words.get(&b.told)) else { return 0.0 };
        let mut rest = words_b.as_slice();
        let shared = words_a.iter().filter(|(place, _)| {
            rest = &rest[rest.partition_point(|(other, _)| other < place)..];
            rest.first().is_some_and(|(other, _)| other == place)
        });
        let shared: f64 = shared.map(|(_, weight)| weight).sum();
        if of_a + of_b > 0.0 { 2.0 * shared / (of_a + of_b) } else { 0.0 }
    }

    /// How much of `part` stands in `whole`, 0 to 1.
    pub(super) fn holds(&self, whole: &Side<'_>, part: &BTreeSet<String>) -> f64 {
        let of_part = self.weigh(part.iter());
        if of_part > 0.0 { self.weigh(part.intersection(&whole.words)) / of_part } else { 0.0 }
    }

    /// How near two statements are in meaning beyond the topic of the story, −1 to 1; `None` where that is not known.
    fn by_meaning(&self, a: &Side<'_>, b: &Side<'_>) -> Option<f64> {
        let (a, b) = (&self.meaning[&a.told], &self.meaning[&b.told]);
        (!a.is_empty() && !b.is_empty()).then(|| f64::from(similar::cosine(a, b)))
    }

    /// How near two statements are, 0 to 1: the mean of words and meaning.
    pub(super) fn nearness(&self, a: &Side<'_>, b: &Side<'_>) -> f64 {
        let words = self.by_words(a, b);
        self.by_meaning(a, b).map_or(words, |meaning| (words + meaning.max(0.0)) / 2.0)
    }

    /// Whether each names what the other does not: other people, other ships, other places. A name that opens a sentence of the
    /// other, where any word has a capital, stands among its words.
    pub(super) fn names_clash(a: &Side<'_>, b: &Side<'_>) -> bool {
        let names_more = |one: &Side<'_>, other: &Side<'_>| one.names.iter().any(|name| !other.names.contains(name) && !other.words.contains(name));
        names_more(a, b) && names_more(b, a)
    }
}

fn candidates(sides: &[Side<'_>], holders: &BTreeMap<String, Vec<usize>>, weight: &BTreeMap<String, f64>, at: usize) -> Vec<usize> {
    let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
    for word in sides[at].words.iter().filter(|word| holders[*word].len() <= COMMONEST) {
        for other in holders[word].iter().filter(|other| **other != at) {
            *shared.entry(*other).or_default() += weight[word];
        }
    }
    let mut ranked: Vec<(f64, usize)> = shared.into_iter().map(|(other, weight)| (weight, other)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.into_iter().take(CANDIDATES).map(|(_, other)| other).collect()
}
