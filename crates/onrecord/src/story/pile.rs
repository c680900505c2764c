//! The documents placed so far: whom each is near, what is copied, and which belong together.
//!
//! Adding a document compares it with those that share a telling word with it, then groups anew only the documents that are
//! linked with it. Groups never reach over an absent link, so the result is that of a rebuild.

use super::copying::{self, Shared};
use super::grouping::{self, JOIN};
use super::nearness::nearness;
use super::sketch::Sketch;
use super::two_stories::{self, Second};
use super::{Copy, CopyKind, Membership, Story, why};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Nearness below which a pair is taken for strangers; joining starts at nearly three times as much.
const STRANGERS: f64 = 0.05;

/// Nearness of near copies, whatever their dates and however short.
const COPIES: f64 = 1.0;

/// Documents in their stories, to which more can be added one by one; the result is that of placing all at once.
#[derive(Clone, Debug)]
pub struct Stories<S> {
    sketches: Vec<S>,
    /// For each document those it is near.
    near: Vec<BTreeMap<usize, f64>>,
    /// Documents by their strongest words.
    by_word: HashMap<u64, Vec<usize>>,
    /// Documents by the runs of words that mark their copies.
    by_mark: HashMap<u64, Vec<usize>>,
    /// What pairs share word for word, under the earlier added of each; the passages in the earlier by rank, then in the later.
    copies: BTreeMap<(usize, usize), Shared>,
    /// For each document one that stands for its group.
    group: Vec<usize>,
}

impl<S> Default for Stories<S> {
    fn default() -> Self {
        let (by_word, by_mark, copies) = (HashMap::new(), HashMap::new(), BTreeMap::new());
        Stories { sketches: Vec::new(), near: Vec::new(), by_word, by_mark, copies, group: Vec::new() }
    }
}

impl<S: Borrow<Sketch>> FromIterator<S> for Stories<S> {
    fn from_iter<I: IntoIterator<Item = S>>(sketches: I) -> Self {
        let mut stories = Stories::default();
        sketches.into_iter().for_each(|sketch| stories.link(sketch));
        let mut is_grouped = vec![false; stories.sketches.len()];
        for document in 0..stories.sketches.len() {
            if !is_grouped[document] {
                stories.regroup(document).into_iter().for_each(|member| is_grouped[member] = true);
            }
        }
        stories
    }
}

impl<S: Borrow<Sketch>> Stories<S> {
    /// Adds a document; gives the positions of all whose story may have changed by it, its own last among equals.
    pub fn add(&mut self, sketch: S) -> Vec<usize> {
        self.link(sketch);
        self.regroup(self.sketches.len() - 1)
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.sketches.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sketches.is_empty()
    }

    /// Every pair with words in common, as positions among all documents, whether of one story or not.
    pub fn copies(&self) -> Vec<Copy> {
        self.copies.iter().map(|((a, b), shared)| self.copy(*a, *b, shared, |document| document)).collect()
    }

    /// The stories as they stand: the largest first, then the earliest.
    pub fn stories(&self) -> Vec<Story> {
        let groups = self.groups();
        let seconds = two_stories::find(&self.sketches, &self.near, &groups, &self.group);
        let mut out: Vec<Vec<Result<usize, &Second>>> = Vec::new();
        for (name, group) in &groups {
            let members = group.iter().map(|document| Ok(*document));
            out.push(members.chain(seconds.iter().filter(|second| second.group == *name).map(Err)).collect());
        }
        out.sort_by_cached_key(|members| {
            let first = members.iter().filter_map(|member| member.ok()).map(|document| self.rank(document)).min();
            (std::cmp::Reverse(members.len()), first)
        });
        out.into_iter().map(|members| self.story(members)).collect()
    }

    /// Compares a new document with those that may be near it or share its words.
    fn link(&mut self, sketch: S) {
        let new = self.sketches.len();
        let this: &Sketch = sketch.borrow();
        let mut near: BTreeMap<usize, f64> = BTreeMap::new();
        let words: Vec<u64> = this.strongest.iter().map(|at| this.words[*at].word).collect();
        let marks = copying::marks(this);
        let alike: BTreeSet<usize> = marks.iter().filter_map(|mark| self.by_mark.get(mark)).flatten().copied().collect();
        for other in alike {
            let other_one: &Sketch = self.sketches[other].borrow();
            let (first, second) = if rank(other_one) <= rank(this) { (other_one, this) } else { (this, other_one) };
            if let Some(shared) = copying::compare(first, second) {
                near.extend((shared.kind == CopyKind::NearCopy).then_some((other, COPIES)));
                self.copies.insert((other, new), shared);
            }
        }
        let met: BTreeSet<usize> = words.iter().filter_map(|word| self.by_word.get(word)).flatten().copied().collect();
        for other in met {
            let nearness = nearness(this, self.sketches[other].borrow());
            if nearness >= STRANGERS {
                near.entry(other).or_insert(nearness);
            }
        }
        for (other, nearness) in &near {
            self.near[*other].insert(new, *nearness);
        }
        words.into_iter().for_each(|word| self.by_word.entry(word).or_default().push(new));
        marks.into_iter().for_each(|mark| self.by_mark.entry(mark).or_default().push(new));
        self.near.push(near);
        self.group.push(new);
        self.sketches.push(sketch);
    }

    /// Groups `document` and all that are linked with it anew; gives them.
    fn regroup(&mut self, document: usize) -> Vec<usize> {
        let mut linked = BTreeSet::from([document]);
        let mut open = vec![document];
        while let Some(at) = open.pop() {
            let others = self.near[at].iter().filter(|(_, nearness)| **nearness >= JOIN).map(|(other, _)| *other);
            open.extend(others.filter(|other| linked.insert(*other)));
        }
        let mut ranked: Vec<usize> = linked.into_iter().collect();
        ranked.sort_by_cached_key(|document| self.rank(*document));
        let place: HashMap<usize, usize> = ranked.iter().enumerate().map(|(place, document)| (*document, place)).collect();
        let among = |document: &usize| self.near[*document].iter().filter_map(|(other, nearness)| Some((*place.get(other)?, *nearness))).collect();
        let near: Vec<BTreeMap<usize, f64>> = ranked.iter().map(among).collect();
        for (place, first) in grouping::group(&near).into_iter().enumerate() {
            self.group[ranked[place]] = ranked[first];
        }
        ranked
    }

    /// The documents of every group, by the one that stands for it.
    fn groups(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        self.group.iter().enumerate().for_each(|(document, group)| groups.entry(*group).or_default().push(document));
        groups
    }

    fn rank(&self, document: usize) -> Rank {
        rank(self.sketches[document].borrow())
    }

    fn story(&self, members: Vec<Result<usize, &Second>>) -> Story {
        let document = |member: &Result<usize, &Second>| member.map_or_else(|second| second.document, |document| document);
        let mut members = members;
        members.sort_by_cached_key(|member| self.rank(document(member)));
        let order: Vec<usize> = members.iter().map(document).collect();
        let sketches: Vec<&Sketch> = order.iter().map(|document| self.sketches[*document].borrow()).collect();
        let carried = why::carried(&sketches);
        let membership = |(place, member): (usize, &Result<usize, &Second>)| Membership {
            document: order[place],
            evidence: vec![match member {
                Ok(document) => why::main(&sketches, place, &carried, self.average(*document, &order)),
                Err(second) => why::second(&sketches, place, second),
            }],
        };
        let place_of: HashMap<usize, usize> = order.iter().enumerate().map(|(place, document)| (*document, place)).collect();
        let documents = members.iter().enumerate().map(membership).collect();
        let mut copies: Vec<Copy> = Vec::new();
        for (later, by) in order.iter().enumerate() {
            for of in &order[..later] {
                let pair = (*of.min(by), *of.max(by));
                copies.extend(self.copies.get(&pair).map(|shared| self.copy(pair.0, pair.1, shared, |document| place_of[&document])));
            }
        }
        Story { documents, copies }
    }

    /// How near `document` is on average to the others.
    fn average(&self, document: usize, others: &[usize]) -> f64 {
        let sum: f64 = others.iter().filter_map(|other| self.near[document].get(other)).sum();
        if others.len() > 1 { sum / (others.len() - 1) as f64 } else { 1.0 }
    }

    /// What `a` and `b` share, the earlier document first, under the names `name` gives them.
    fn copy(&self, a: usize, b: usize, shared: &Shared, name: impl Fn(usize) -> usize) -> Copy {
        let (of, by) = if self.rank(a) <= self.rank(b) { (a, b) } else { (b, a) };
        Copy { of: name(of), by: name(by), passages: shared.passages.clone(), kind: shared.kind }
    }
}

/// The order that is the documents' own: by date, those without one last; then by what they hold.
type Rank = (bool, Option<jiff::civil::Date>, u64);

fn rank(sketch: &Sketch) -> Rank {
    (sketch.date.is_none(), sketch.date, sketch.key)
}
