//! Finds the documents that touch a second story: a round-up, a profile, the day a hearing met a strike.

use super::grouping::JOIN;
use super::nearness::{shared, time};
use super::sketch::Sketch;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// The rule that finds them.
pub(super) const RULE: &str = "story/two-stories";
/// A word is carried by a story if it stands in at least one of this many of its documents.
pub(super) const CARRIED: usize = 2;
/// Documents a story must have to be touched by one of another: one alone is not yet a story.
const FEWEST: usize = 2;

/// A document that touches a story it is not most about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Second {
    /// The document.
    pub(super) document: usize,
    /// The group that stands for that story.
    pub(super) group: usize,
    /// How near it is on average, by the words its own story does not carry.
    pub(super) nearness: f64,
    /// The hashes of those words that it shares with half of that story's documents or more.
    pub(super) words: BTreeSet<u64>,
}

/// `story/two-stories`: what the document shares with the other story, beside what its own story carries, would be
/// enough to join that one.
pub(super) fn find<S: Borrow<Sketch>>(sketches: &[S], near: &[BTreeMap<usize, f64>], groups: &BTreeMap<usize, Vec<usize>>, group_of: &[usize]) -> Vec<Second> {
    let mut out = Vec::new();
    for (name, members) in groups.iter().filter(|(_, members)| members.len() >= FEWEST) {
        let own = carried(members.iter().map(|member| sketches[*member].borrow()));
        for document in members {
            let others: BTreeSet<usize> = near[*document].keys().map(|other| group_of[*other]).filter(|group| group != name).collect();
            let seconds = others.into_iter().filter(|group| groups[group].len() >= FEWEST);
            let beside = |group: usize| touches(sketches, *document, group, &groups[&group], near, &own);
            out.extend(seconds.filter_map(beside));
        }
    }
    out
}

fn touches<S: Borrow<Sketch>>(
    sketches: &[S],
    document: usize,
    group: usize,
    members: &[usize],
    near: &[BTreeMap<usize, f64>],
    own: &BTreeSet<u64>,
) -> Option<Second> {
    let whole: f64 = members.iter().filter_map(|member| near[document].get(member)).sum();
    if whole / (members.len() as f64) < JOIN {
        return None;
    }
    let this: &Sketch = sketches[document].borrow();
    let beside = |member: &usize| {
        let other: &Sketch = sketches[*member].borrow();
        let words = shared(this, other).filter(|(word, _)| !own.contains(&word.word));
        words.map(|(a, b)| a.weight * b.weight).sum::<f64>() * time(this.date, other.date)
    };
    let nearness = members.iter().map(beside).sum::<f64>() / members.len() as f64;
    let words = || carried(members.iter().map(|member| sketches[*member].borrow())).into_iter().filter(|word| !own.contains(word)).collect();
    (nearness >= JOIN).then(|| Second { document, group, nearness, words: words() })
}

/// The words that half of the documents hold or more.
pub(super) fn carried<'a>(sketches: impl ExactSizeIterator<Item = &'a Sketch>) -> BTreeSet<u64> {
    let count = sketches.len();
    let mut holding: BTreeMap<u64, usize> = BTreeMap::new();
    sketches.flat_map(|sketch| &sketch.words).for_each(|word| *holding.entry(word.word).or_default() += 1);
    holding.into_iter().filter(|(_, documents)| documents * CARRIED >= count).map(|(word, _)| word).collect()
}

/// The words of the document at `place` that any other of `sketches` holds.
pub(super) fn carried_by_another(sketches: &[&Sketch], place: usize) -> BTreeSet<u64> {
    let others = sketches.iter().enumerate().filter(|(at, _)| *at != place);
    others.flat_map(|(_, other)| shared(sketches[place], other).map(|(word, _)| word.word)).collect()
}
