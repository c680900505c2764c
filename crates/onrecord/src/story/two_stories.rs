//! Finds the documents that touch a second story: a round-up, a profile, the day a hearing met a strike.

use super::grouping::JOIN;
use super::nearness::{shared, time};
use super::outline::Outline;
use super::shelf::Shelf;
use super::sketch::Sketch;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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
    /// How near it is on average, by the words its own story does not carry.
    pub(super) nearness: f64,
    /// The hashes of those words that it shares with half of that story's documents or more.
    pub(super) words: BTreeSet<u32>,
}

/// The words that every group carries, worked out once.
#[derive(Default)]
pub(super) struct Carried(BTreeMap<usize, Arc<BTreeSet<u32>>>);

impl Carried {
    fn by<S: Shelf>(&mut self, shelf: &S, group: usize) -> Result<Arc<BTreeSet<u32>>, S::Error> {
        if let Some(words) = self.0.get(&group) {
            return Ok(words.clone());
        }
        let outlines = outlines(shelf, &shelf.members(group)?)?;
        let words = Arc::new(carried(outlines.iter().map(|outline| &**outline)));
        self.0.insert(group, words.clone());
        Ok(words)
    }
}

fn outlines<S: Shelf>(shelf: &S, documents: &[usize]) -> Result<Vec<Arc<Outline>>, S::Error> {
    documents.iter().map(|document| shelf.outline(*document)).collect()
}

/// `story/two-stories`: the documents of other stories that touch that of `group`, whose documents are `members`: what one shares
/// with them, beside what its own story carries, would be enough to join them.
pub(super) fn find<S: Shelf>(shelf: &S, group: usize, members: &[usize], carried: &mut Carried) -> Result<Vec<Second>, S::Error> {
    let mut out = Vec::new();
    if members.len() < FEWEST {
        return Ok(out);
    }
    let mut near: BTreeMap<usize, f64> = BTreeMap::new();
    for member in members {
        shelf.near(*member)?.iter().for_each(|(other, nearness)| *near.entry(*other).or_default() += nearness);
    }
    near.retain(|_, sum| *sum / members.len() as f64 >= JOIN);
    let outlines = outlines(shelf, members)?;
    for document in near.into_keys() {
        let own = shelf.group(document)?;
        if own != group && shelf.members(own)?.len() >= FEWEST {
            let beside = carried.by(shelf, own)?;
            let theirs = carried.by(shelf, group)?;
            out.extend(touch(document, shelf.outline(document)?.as_ref(), &outlines, &beside, &theirs));
        }
    }
    Ok(out)
}

fn touch(document: usize, this: &Outline, members: &[Arc<Outline>], own: &BTreeSet<u32>, theirs: &BTreeSet<u32>) -> Option<Second> {
    let beside = |other: &Arc<Outline>| {
        let words = shared(this, other).filter(|(word, _)| !own.contains(&word.word));
        words.map(|(a, b)| a.weight * b.weight).sum::<f64>() * time(this.date(), other.date())
    };
    let nearness = members.iter().map(beside).sum::<f64>() / members.len() as f64;
    (nearness >= JOIN).then(|| Second { document, nearness, words: theirs.difference(own).copied().collect() })
}

/// The words that half of the documents hold or more.
pub(super) fn carried<'a>(outlines: impl ExactSizeIterator<Item = &'a Outline>) -> BTreeSet<u32> {
    let count = outlines.len();
    let mut holding: BTreeMap<u32, usize> = BTreeMap::new();
    outlines.flat_map(|outline| outline.words()).for_each(|word| *holding.entry(word.word).or_default() += 1);
    holding.into_iter().filter(|(_, documents)| documents * CARRIED >= count).map(|(word, _)| word).collect()
}

/// The words of the document at `place` that any other of `sketches` holds.
pub(super) fn carried_by_another(sketches: &[&Sketch], place: usize) -> BTreeSet<u32> {
    let others = sketches.iter().enumerate().filter(|(at, _)| *at != place);
    others.flat_map(|(_, other)| shared(sketches[place].outline(), other.outline()).map(|(word, _)| word.word)).collect()
}
