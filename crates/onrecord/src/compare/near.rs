//! Which statements of a story may speak of one matter, and how near they are: by words rare in the story, and by meaning.

use super::side::Side;
use crate::account::Account;
use crate::similar::{self, Topic, Vector};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a story's words weigh, and where they stand.
pub(super) struct Index {
    /// What every statement means beyond the topic.
    meaning: Vec<Vector>,
    /// The place of each word among all, and its weight.
    weight: BTreeMap<String, (usize, f64)>,
    /// The words of every statement, each by its place among all words and its weight; and what they weigh together.
    words: Vec<Weighed>,
    candidates: Vec<Vec<usize>>,
}

/// Words by their places among all words of a story, with their weights, and what they weigh together.
pub(super) type Weighed = (Vec<(usize, f64)>, f64);

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
        let meaning = vectors().map(|vector| topic.beyond(vector)).collect();
        let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, side) in sides.iter().enumerate() {
            for word in &side.words {
                holders.entry(word).or_default().push(at);
            }
        }
        let all = sides.len() as f64;
        let of = |(place, (word, at)): (usize, (&&str, &Vec<usize>))| ((*word).to_owned(), (place, (1.0 + all / at.len() as f64).ln()));
        let weight: BTreeMap<String, (usize, f64)> = holders.iter().enumerate().map(of).collect();
        let mut words: Vec<Weighed> = vec![Weighed::default(); sides.len()];
        for (at, (place, weight)) in holders.values().zip(weight.values()) {
            for side in at {
                words[*side].0.push((*place, *weight));
                words[*side].1 += weight;
            }
        }
        let candidates = candidates(&words, &holders.values().collect::<Vec<_>>());
        Index { meaning, weight, words, candidates }
    }

    /// Words of the story as weighed; any others weigh nothing.
    pub(super) fn weigh(&self, words: &BTreeSet<String>) -> Weighed {
        let words: Vec<(usize, f64)> = words.iter().filter_map(|word| self.weight.get(word).copied()).collect();
        let sum = words.iter().map(|(_, weight)| weight).sum();
        (words, sum)
    }

    /// The words of a statement as weighed.
    pub(super) fn of(&self, side: &Side<'_>) -> &Weighed {
        &self.words[side.at]
    }

    /// The statements that share the heaviest words with the one at `at`, nearest first.
    pub(super) fn candidates<'s, 'a>(&self, sides: &'s [Side<'a>], at: usize) -> impl Iterator<Item = &'s Side<'a>> + use<'_, 's, 'a> {
        self.candidates[at].iter().map(|other| &sides[*other])
    }

    /// How near two statements are in their words, 0 to 1: what they share, against the mean of both.
    pub(super) fn by_words(&self, a: &Side<'_>, b: &Side<'_>) -> f64 {
        let (a, b) = (self.of(a), self.of(b));
        if a.1 + b.1 > 0.0 { 2.0 * shared(a, b) / (a.1 + b.1) } else { 0.0 }
    }

    /// How much of `part` stands in `whole`, 0 to 1.
    pub(super) fn holds(&self, whole: &Side<'_>, part: &Weighed) -> f64 {
        if part.1 > 0.0 { shared(part, self.of(whole)) / part.1 } else { 0.0 }
    }

    /// How near two statements are in meaning beyond the topic of the story, −1 to 1; `None` where that is not known.
    fn by_meaning(&self, a: &Side<'_>, b: &Side<'_>) -> Option<f64> {
        let (a, b) = (&self.meaning[a.at], &self.meaning[b.at]);
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

/// What the words in both weigh.
fn shared((a, _): &Weighed, (b, _): &Weighed) -> f64 {
    let mut rest = b.as_slice();
    let shared = a.iter().filter(|(place, _)| {
        rest = &rest[rest.partition_point(|(other, _)| other < place)..];
        rest.first().is_some_and(|(other, _)| other == place)
    });
    shared.map(|(_, weight)| weight).sum()
}

/// For each of the statements with these words those that share the heaviest words with it, by whom each word is `held`.
fn candidates(words: &[Weighed], held: &[&Vec<usize>]) -> Vec<Vec<usize>> {
    let of = |shared: &mut Vec<f64>, (at, (words, _)): (usize, &Weighed)| {
        let mut others: Vec<usize> = Vec::new();
        for (word, weight) in words.iter().filter(|(word, _)| held[*word].len() <= COMMONEST) {
            for other in held[*word].iter().filter(|other| **other != at) {
                if shared[*other] == 0.0 {
                    others.push(*other);
                }
                shared[*other] += weight;
            }
        }
        let mut ranked: Vec<(f64, usize)> = others.into_iter().map(|other| (std::mem::take(&mut shared[other]), other)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.into_iter().take(CANDIDATES).map(|(_, other)| other).collect()
    };
    words.par_iter().enumerate().map_init(|| vec![0.0; words.len()], of).collect()
}
