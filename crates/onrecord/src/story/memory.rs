//! Placed documents in memory.

use super::copying::Shared;
use super::outline::{Outline, in_order};
use super::pile;
use super::regrouping::{self, Before};
use super::shelf::{Near, Shelf};
use super::sketch::{Sketch, Wording};
use super::two_stories::Carried;
use super::{Copy, Story};
use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::convert::Infallible;
use std::sync::Arc;

/// Documents in their stories, to which more can be added one by one; the result is that of placing all at once.
#[derive(Clone, Debug)]
pub struct Stories<S> {
    sketches: Vec<S>,
    /// For each document those it is near.
    near: Vec<Near>,
    /// Documents by their strongest words.
    by_word: HashMap<u32, Vec<usize>>,
    /// Documents by the runs of words that mark their copies.
    by_mark: HashMap<u32, Vec<usize>>,
    /// What pairs share word for word, the lower number first.
    shared: BTreeMap<(usize, usize), Shared>,
    /// For each document its group.
    group: Vec<usize>,
    /// The documents of every group.
    groups: BTreeMap<usize, BTreeSet<usize>>,
}

impl<S> Default for Stories<S> {
    fn default() -> Self {
        let (by_word, by_mark, shared) = (HashMap::new(), HashMap::new(), BTreeMap::new());
        Stories { sketches: Vec::new(), near: Vec::new(), by_word, by_mark, shared, group: Vec::new(), groups: BTreeMap::new() }
    }
}

impl<S: Borrow<Sketch>> FromIterator<S> for Stories<S> {
    fn from_iter<I: IntoIterator<Item = S>>(sketches: I) -> Self {
        let mut stories = Stories::default();
        sketches.into_iter().for_each(|sketch| stories.link(sketch));
        let all = 0..stories.len();
        let Ok(_) = regrouping::group_anew(&mut stories, all, Before::default());
        stories
    }
}

impl<S: Borrow<Sketch>> Stories<S> {
    /// Adds a document; gives the positions of all whose story may have changed by it, in their own order.
    pub fn add(&mut self, sketch: S) -> Vec<usize> {
        self.link(sketch);
        let Ok(regrouped) = regrouping::group_anew(self, [self.len() - 1], Before::default());
        regrouped
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
        let copy = |((a, b), shared): (&(usize, usize), &Shared)| {
            let (of, by) = in_order((self.sketch(*a).outline(), *a), (self.sketch(*b).outline(), *b));
            Copy { of, by, passages: shared.passages.clone(), kind: shared.kind }
        };
        self.shared.iter().map(copy).collect()
    }

    /// The stories as they stand: the largest first, then the earliest.
    pub fn stories(&self) -> Vec<Story> {
        let mut carried = Carried::default();
        let members = |group: &usize| {
            let Ok(members) = pile::members_with(self, *group, &mut carried);
            members
        };
        let mut all: Vec<pile::Members> = self.groups.keys().map(members).collect();
        all.sort_by_cached_key(|members| (std::cmp::Reverse(members.documents().len()), self.sketch(members.group()).outline().rank()));
        let story = |members: &pile::Members| {
            let Ok(story) = pile::story(self, members, |document| self.sketch(document));
            story
        };
        all.iter().map(story).collect()
    }

    fn sketch(&self, document: usize) -> &Sketch {
        self.sketches[document].borrow()
    }

    /// Compares a new document with those placed, and keeps it.
    fn link(&mut self, sketch: S) {
        let Ok(()) = pile::link(self, self.len(), sketch.borrow());
        self.sketches.push(sketch);
    }
}

/// Cannot fail.
impl<S: Borrow<Sketch>> Shelf for Stories<S> {
    type Error = Infallible;

    fn with_words(&self, words: &[u32]) -> Result<BTreeSet<usize>, Infallible> {
        Ok(words.iter().filter_map(|word| self.by_word.get(word)).flatten().copied().collect())
    }

    fn with_marks(&self, marks: &[u32]) -> Result<BTreeSet<usize>, Infallible> {
        Ok(marks.iter().filter_map(|mark| self.by_mark.get(mark)).flatten().copied().collect())
    }

    fn outline(&self, document: usize) -> Result<Arc<Outline>, Infallible> {
        Ok(self.sketch(document).outline.clone())
    }

    fn wording(&self, document: usize) -> Result<Arc<Wording>, Infallible> {
        Ok(self.sketch(document).wording.clone())
    }

    fn near(&self, document: usize) -> Result<Cow<'_, Near>, Infallible> {
        Ok(Cow::Borrowed(&self.near[document]))
    }

    fn group(&self, document: usize) -> Result<usize, Infallible> {
        Ok(self.group[document])
    }

    fn members(&self, group: usize) -> Result<Vec<usize>, Infallible> {
        Ok(self.groups.get(&group).map_or(Vec::new(), |members| members.iter().copied().collect()))
    }

    fn placed_with(&self, document: usize) -> Result<Vec<usize>, Infallible> {
        self.members(self.group[document])
    }

    fn shared(&self, a: usize, b: usize) -> Result<Option<Shared>, Infallible> {
        Ok(self.shared.get(&(a.min(b), a.max(b))).cloned())
    }

    fn put(&mut self, document: usize, sketch: &Sketch, near: &Near, shared: BTreeMap<usize, Shared>) -> Result<(), Infallible> {
        sketch.outline().strongest().iter().for_each(|word| self.by_word.entry(*word).or_default().push(document));
        sketch.marks().into_iter().for_each(|mark| self.by_mark.entry(mark).or_default().push(document));
        for (other, nearness) in near {
            self.near[*other].insert(document, *nearness);
        }
        self.shared.extend(shared.into_iter().map(|(other, shared)| ((other.min(document), other.max(document)), shared)));
        self.near.push(near.clone());
        self.group.push(document);
        self.groups.insert(document, BTreeSet::from([document]));
        Ok(())
    }

    /// The sketch stays, since positions are numbers; nothing finds it any more.
    fn take(&mut self, document: usize) -> Result<(), Infallible> {
        for documents in self.by_word.values_mut().chain(self.by_mark.values_mut()) {
            documents.retain(|other| *other != document);
        }
        for other in std::mem::take(&mut self.near[document]).into_keys() {
            self.near[other].remove(&document);
        }
        self.shared.retain(|(a, b), _| *a != document && *b != document);
        self.leave(document);
        Ok(())
    }

    fn regroup(&mut self, document: usize, group: usize) -> Result<(), Infallible> {
        self.leave(document);
        self.group[document] = group;
        self.groups.entry(group).or_default().insert(document);
        Ok(())
    }
}

#[cfg(test)]
impl<S> Stories<S> {
    /// None yet, with room for these sketches: to put them by hand.
    pub(super) fn of(sketches: Vec<S>) -> Stories<S> {
        Stories { sketches, ..Stories::default() }
    }

    /// Whether a document was put and taken.
    pub(super) fn is_away(&self, document: usize) -> bool {
        self.group.get(document).is_some_and(|group| !self.groups.get(group).is_some_and(|members| members.contains(&document)))
    }
}

impl<S> Stories<S> {
    /// Takes a document out of its group.
    fn leave(&mut self, document: usize) {
        let group = self.group[document];
        if let Some(members) = self.groups.get_mut(&group) {
            members.remove(&document);
            if members.is_empty() {
                self.groups.remove(&group);
            }
        }
    }
}
