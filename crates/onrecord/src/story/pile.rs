//! Placing: whom a document is near, what is copied, and which documents belong together.
//!
//! Adding a document compares it with those that share a telling word with it, then groups its surroundings anew
//! ([`regrouping`]). The documents lie on a [`Shelf`]; the code is the same for one in memory and one in tables.

use super::copying::{self, Shared};
use super::nearness::nearness;
use super::outline::{Rank, in_order};
use super::regrouping::{self, Before};
use super::shelf::{Near, Shelf};
use super::sketch::Sketch;
use super::two_stories::{self, Carried, Second};
use super::{Copy, CopyKind, Membership, Story, why};
use crate::hash;
use crate::packing::{put, take};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Nearness below which a pair is taken for strangers; joining starts at nearly three times as much.
const STRANGERS: f64 = 0.05;

/// Nearness of near copies, whatever their dates and however short.
const COPIES: f64 = 1.0;

/// The documents of one story, in the order that is their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Members {
    group: usize,
    members: Vec<Member>,
}

/// A document of a story: why it is in where it touches this one, `None` where it is most about it.
#[derive(Clone, Debug, PartialEq)]
struct Member {
    document: usize,
    second: Option<Second>,
}

/// Adds a document; gives all whose story may have changed by it, in their own order.
pub fn add<S: Shelf>(shelf: &mut S, document: usize, sketch: &Sketch) -> Result<Vec<usize>, S::Error> {
    link(shelf, document, sketch)?;
    regrouping::group_anew(shelf, [document], Before::default())
}

/// Takes a document away; gives those whose story may have changed by it, in their own order.
pub fn remove<S: Shelf>(shelf: &mut S, document: usize) -> Result<Vec<usize>, S::Error> {
    let (mut left, before) = (shelf.placed_with(document)?, Before::of(shelf, document)?);
    left.retain(|other| *other != document);
    shelf.take(document)?;
    regrouping::group_anew(shelf, left, before)
}

/// The documents of a group's story: its own, and those that touch it.
pub fn members<S: Shelf>(shelf: &S, group: usize) -> Result<Members, S::Error> {
    members_with(shelf, group, &mut Carried::default())
}

pub(super) fn members_with<S: Shelf>(shelf: &S, group: usize, carried: &mut Carried) -> Result<Members, S::Error> {
    let own = in_their_order(shelf, shelf.members(group)?)?;
    let seconds = two_stories::find(shelf, group, &own, carried)?;
    let own = own.into_iter().map(|document| Member { document, second: None });
    let touching = seconds.into_iter().map(|second| Member { document: second.document, second: Some(second) });
    let mut members = Vec::new();
    for member in own.chain(touching) {
        members.push((shelf.outline(member.document)?.rank(), member));
    }
    members.sort_by_key(|(rank, _)| *rank);
    Ok(Members { group, members: members.into_iter().map(|(_, member)| member).collect() })
}

/// Groups whose story may have changed when the documents of `groups` did: these, and all that their documents are near.
pub fn touched<S: Shelf>(shelf: &S, groups: &BTreeSet<usize>) -> Result<BTreeSet<usize>, S::Error> {
    let mut out = BTreeSet::new();
    for group in groups {
        let members = shelf.members(*group)?;
        if members.is_empty() {
            continue;
        }
        out.insert(*group);
        for member in members {
            for other in shelf.near(member)?.keys() {
                out.insert(shelf.group(*other)?);
            }
        }
    }
    Ok(out)
}

impl Members {
    /// The number that stands for the story: that of the first document that is most about it.
    pub fn group(&self) -> usize {
        self.group
    }

    /// Its documents, by date, those without one last.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = usize> + '_ {
        self.members.iter().map(|member| member.document)
    }

    /// The same without those of `documents` that only touch it.
    #[must_use]
    pub fn without(mut self, documents: &[usize]) -> Members {
        self.members.retain(|member| member.second.is_none() || !documents.contains(&member.document));
        self
    }

    /// How many of its documents are most about it.
    pub fn own(&self) -> usize {
        self.members.iter().filter(|member| member.second.is_none()).count()
    }

    /// A number for everything that the story is made of: another if a document came, went or touches it differently.
    pub fn fingerprint(&self) -> u64 {
        let touching = |second: &Second| second.words.iter().flat_map(|word| word.to_le_bytes()).chain(second.nearness.to_le_bytes()).collect::<Vec<u8>>();
        let of = |member: &Member| {
            member.document.to_le_bytes().into_iter().chain(member.second.as_ref().map_or(Vec::new(), touching)).chain([0]).collect::<Vec<u8>>()
        };
        hash::of(self.members.iter().flat_map(of))
    }
}

/// The story of these documents; `sketch` gives the whole sketch of each.
pub fn story<'a, S: Shelf>(shelf: &S, members: &Members, sketch: impl Fn(usize) -> &'a Sketch) -> Result<Story, S::Error> {
    let order: Vec<usize> = members.documents().collect();
    let sketches: Vec<&Sketch> = order.iter().map(|document| sketch(*document)).collect();
    let carried = why::carried(&sketches);
    let (mut documents, mut copies) = (Vec::new(), Vec::new());
    for (place, member) in members.members.iter().enumerate() {
        let evidence = match &member.second {
            None => why::main(&sketches, place, &carried, average(shelf.near(member.document)?.as_ref(), &order)),
            Some(second) => why::second(&sketches, place, second),
        };
        documents.push(Membership { document: member.document, evidence: vec![evidence] });
        for (of, earlier) in order[..place].iter().enumerate() {
            let shared = shelf.shared(*earlier, member.document)?;
            copies.extend(shared.map(|Shared { kind, passages }| Copy { of, by: place, passages, kind }));
        }
    }
    Ok(Story { documents, copies })
}

/// Compares a new document with those that may be near it or share its words.
pub(super) fn link<S: Shelf>(shelf: &mut S, document: usize, sketch: &Sketch) -> Result<(), S::Error> {
    let this = sketch.outline();
    let (mut near, mut copies) = (Near::new(), BTreeMap::new());
    for other in shelf.with_marks(&sketch.marks())? {
        let wording = shelf.wording(other)?;
        let (first, second) = in_order((shelf.outline(other)?.as_ref(), wording.as_ref()), (this, &sketch.wording));
        if let Some(shared) = copying::compare(first, second) {
            near.extend((shared.kind == CopyKind::NearCopy).then_some((other, COPIES)));
            copies.insert(other, shared);
        }
    }
    for other in shelf.with_words(this.strongest())? {
        let nearness = nearness(this, shelf.outline(other)?.as_ref());
        if nearness >= STRANGERS {
            near.entry(other).or_insert(nearness);
        }
    }
    shelf.put(document, sketch, &near, copies)
}

pub(super) fn in_their_order<S: Shelf>(shelf: &S, documents: Vec<usize>) -> Result<Vec<usize>, S::Error> {
    let mut ranked: Vec<(Rank, usize)> = Vec::with_capacity(documents.len());
    for document in documents {
        ranked.push((shelf.outline(document)?.rank(), document));
    }
    ranked.sort();
    Ok(ranked.into_iter().map(|(_, document)| document).collect())
}

/// How near a document is on average to the `others`.
fn average(near: &Near, others: &[usize]) -> f64 {
    let sum: f64 = others.iter().filter_map(|other| near.get(other)).sum();
    if others.len() > 1 { sum / (others.len() - 1) as f64 } else { 1.0 }
}

impl Shared {
    /// What is shared, in bytes: its kind, then passage after passage, each by what lies between it and the one before.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = vec![self.kind as u8];
        let (mut first, mut second) = (0, 0);
        for (a, b) in &self.passages {
            for step in [a.start() as i64 - first, a.len() as i64, b.start() as i64 - second, b.len() as i64 - a.len() as i64] {
                put(&mut out, step.unsigned_abs() << 1 | u64::from(step < 0));
            }
            (first, second) = (a.end() as i64, b.end() as i64);
        }
        out
    }

    /// What [`pack`](Shared::pack) made these bytes of; `None` if it did not. Whether the passages lie in their texts is not looked at.
    pub fn unpack(bytes: &[u8]) -> Option<Shared> {
        let (kind, mut rest) = bytes.split_first()?;
        let kind = [CopyKind::NearCopy, CopyKind::Contained, CopyKind::SharedPassage].into_iter().find(|it| *it as u8 == *kind)?;
        let (mut passages, mut first, mut second) = (Vec::new(), 0, 0);
        while !rest.is_empty() {
            let mut step = || take(&mut rest).ok().map(|number| (number >> 1) as i64 * if number & 1 == 1 { -1 } else { 1 });
            let (from_first, len, from_second, more) = (step()?, step()?, step()?, step()?);
            let (a, b) = (first + from_first, second + from_second);
            (first, second) = (a + len, b + len + more);
            passages.push((span(a, first)?, span(b, second)?));
        }
        Some(Shared { kind, passages })
    }
}

/// Two numbers as a span.
fn span(start: i64, end: i64) -> Option<Span> {
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    (start <= end).then(|| Span::new(start, end))
}
