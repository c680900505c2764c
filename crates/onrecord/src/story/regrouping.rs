//! Groups documents anew around one that came or went, and nowhere else: what comes out is what grouping them all would give.
//!
//! Grouping joins the two nearest groups again and again, so it is many small groupings side by side: what happens among the
//! documents of a group that comes out never depended on any other. Every group on the way has a [`Life`]. One that was there before
//! for just as long met nobody from outside then and meets nobody now. Of one that is new, or lives on for longer, the documents outside
//! are asked: is one as near as what the group was joined to in the end, it might have been joined to that one first, and the
//! documents placed with that one are grouped anew as well.

use super::grouping::{self, Grouping, JOIN, Life};
use super::pile::in_their_order;
use super::shelf::{Near, Shelf};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Averages this near each other are taken for equal: they are summed up in another order than grouping does.
const ROUNDING: f64 = 1e-9;

/// The groups on the way to how documents lie now: when each was there, by its documents in the order of their numbers.
#[derive(Default)]
pub(super) struct Before(HashMap<Vec<usize>, (f64, f64)>);

/// The documents to group, in their own order, and whom each is near.
#[derive(Default)]
struct Region {
    documents: Vec<usize>,
    near: BTreeMap<usize, Near>,
}

/// Groups `documents` anew, of which `before` tells how they came together, and all whose group may change by it; gives these in their
/// own order.
pub(super) fn group_anew<S: Shelf>(shelf: &mut S, documents: impl IntoIterator<Item = usize>, mut before: Before) -> Result<Vec<usize>, S::Error> {
    let mut region = Region::default();
    region.take_in(shelf, documents)?;
    loop {
        let grouping = region.group();
        let beside = region.beside(&grouping.lives, &before);
        if beside.is_empty() {
            for (place, first) in grouping.first.into_iter().enumerate() {
                shelf.regroup(region.documents[place], region.documents[first])?;
            }
            return Ok(region.documents);
        }
        for document in beside {
            if !region.near.contains_key(&document) {
                before.0.extend(Before::of(shelf, document)?.0);
                let placed_with = shelf.placed_with(document)?;
                region.take_in(shelf, placed_with)?;
            }
        }
    }
}

impl Before {
    /// How the documents that are placed with this one came together.
    pub(super) fn of<S: Shelf>(shelf: &S, document: usize) -> Result<Before, S::Error> {
        let mut region = Region::default();
        region.take_in(shelf, shelf.placed_with(document)?)?;
        Ok(Before(region.group().lives.iter().map(|life| (region.named(life), (life.born, life.died))).collect()))
    }
}

impl Region {
    fn take_in<S: Shelf>(&mut self, shelf: &S, documents: impl IntoIterator<Item = usize>) -> Result<(), S::Error> {
        for document in documents {
            self.near.insert(document, shelf.near(document)?.into_owned());
        }
        self.documents = in_their_order(shelf, self.near.keys().copied().collect())?;
        Ok(())
    }

    fn group(&self) -> Grouping {
        let place: HashMap<usize, usize> = self.documents.iter().enumerate().map(|(place, document)| (*document, place)).collect();
        let among = |document: &usize| self.near[document].iter().filter_map(|(other, nearness)| Some((*place.get(other)?, *nearness))).collect();
        let near: Vec<BTreeMap<usize, f64>> = self.documents.iter().map(among).collect();
        grouping::group(&near)
    }

    /// The documents outside that one of the `lives` might have been joined to, had it not lived so `before`.
    fn beside(&self, lives: &[Life], before: &Before) -> BTreeSet<usize> {
        let is_outside = |other: &usize| !self.near.contains_key(other);
        let linked = self.near.values().flatten().filter(|(other, nearness)| **nearness >= JOIN && is_outside(other));
        let outside: BTreeSet<usize> = linked.map(|(other, _)| *other).collect();
        let new: Vec<&Life> = lives.iter().filter(|life| before.0.get(&self.named(life)) != Some(&(life.born, life.died))).collect();
        let may_join = |other: &usize| {
            let nearness: Vec<f64> = self.documents.iter().map(|document| self.near[document].get(other).copied().unwrap_or(0.0)).collect();
            let average = |life: &Life| life.members.iter().map(|place| nearness[*place]).sum::<f64>() / life.members.len() as f64;
            new.iter().any(|life| average(life) >= life.died - ROUNDING)
        };
        outside.into_iter().filter(may_join).collect()
    }

    /// The documents of a life, in the order of their numbers.
    fn named(&self, life: &Life) -> Vec<usize> {
        let mut documents: Vec<usize> = life.members.iter().map(|place| self.documents[*place]).collect();
        documents.sort_unstable();
        documents
    }
}
