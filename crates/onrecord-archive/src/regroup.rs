//! What persons say of stories: documents moved, stories joined and parted, over the groups that the engine found.
//!
//! The table keeps both: the engine's group of a document, and the story it is in. Only documents that a correction concerns differ.

use crate::correction::{Change, Holding};
use crate::error::Problem;
use crate::shelf::{Held, Tables};
use onrecord::story::Shelf;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A story in the making: a group of the engine's, or what the correction of this number parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Heap {
    Grouped(i64),
    Parted(u32),
}

/// Where documents lie, by the corrections done so far.
#[derive(Default)]
struct Lie {
    /// The engine's group of the documents concerned.
    grouped: BTreeMap<i64, i64>,
    /// Documents that lie elsewhere, and the correction that says so.
    own: BTreeMap<i64, (Heap, u32)>,
    /// Heaps that were joined to another, and by which correction.
    joined: BTreeMap<Heap, (Heap, u32)>,
}

impl Lie {
    /// The heap of a document, and the last correction that had a hand in it.
    fn of(&self, version: i64) -> (Heap, Option<u32>) {
        let (mut heap, mut by) = match self.own.get(&version) {
            Some((heap, by)) => (*heap, Some(*by)),
            None => (Heap::Grouped(self.grouped[&version]), None),
        };
        while let Some((other, joined)) = self.joined.get(&heap) {
            heap = *other;
            by = by.max(Some(*joined));
        }
        (heap, by)
    }

    fn change(&mut self, number: u32, change: &Change, version: impl Fn(&String) -> Option<i64>) {
        match change {
            Change::Move { document, to, .. } => {
                if let (Some(document), Some(to)) = (version(document), version(to)) {
                    let (heap, _) = self.of(to);
                    self.own.insert(document, (heap, number));
                }
            }
            Change::Join { one, other } => {
                if let (Some(one), Some(other)) = (version(one), version(other)) {
                    let ((one, _), (other, _)) = (self.of(one), self.of(other));
                    if one != other {
                        self.joined.insert(other, (one, number));
                    }
                }
            }
            Change::Part { documents, .. } => {
                for document in documents.iter().filter_map(version) {
                    self.own.insert(document, (Heap::Parted(number), number));
                }
            }
            Change::Statement { .. } | Change::People { .. } | Change::Relation { .. } | Change::Settled { .. } => {}
        }
    }
}

/// Puts every document that a correction concerns, or did, into the story it belongs to; gives the stories that lost or won one, by
/// their groups.
pub(crate) fn settle(connection: &Connection, held: &Held) -> Result<BTreeSet<i64>, Problem> {
    let holding = Holding::of(connection)?;
    let differing = "SELECT version FROM placed WHERE team <> grouped OR corrected IS NOT NULL";
    let mut concerned: BTreeSet<i64> = connection.prepare_cached(differing)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut version_of: HashMap<String, i64> = HashMap::new();
    for (_, change) in holding.of_stories() {
        for id in named(change) {
            let sql = "SELECT p.version FROM placed p JOIN version v ON v.number = p.version JOIN document d ON d.number = v.document WHERE d.id = ?1";
            if let Some(version) = connection.prepare_cached(sql)?.query_row([id], |row| row.get::<_, i64>(0)).optional()? {
                version_of.insert(id.clone(), version);
                concerned.insert(version);
            }
        }
    }
    let mut lie = Lie::default();
    for version in concerned {
        let sql = "SELECT b.version, b.grouped FROM placed a JOIN placed b ON b.grouped = a.grouped WHERE a.version = ?1";
        lie.grouped
            .extend(connection.prepare_cached(sql)?.query_map([version], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<Vec<(i64, i64)>, _>>()?);
    }
    for (number, change) in holding.of_stories() {
        lie.change(number, change, |id| version_of.get(id).copied());
    }
    let mut heaps: BTreeMap<Heap, Vec<(i64, Option<u32>)>> = BTreeMap::new();
    for version in lie.grouped.keys() {
        let (heap, by) = lie.of(*version);
        heaps.entry(heap).or_default().push((*version, by));
    }
    let mut moved = BTreeSet::new();
    for members in heaps.values() {
        let tables = Tables::of(connection, held);
        let mut ranked = Vec::new();
        for (version, _) in members {
            ranked.push((tables.outline(*version as usize)?.rank(), *version));
        }
        let team = ranked.into_iter().min().expect("a heap has a document").1;
        for (version, by) in members {
            let sql = "SELECT team, corrected FROM placed WHERE version = ?1";
            let (before, told): (i64, Option<u32>) = connection.prepare_cached(sql)?.query_row([version], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if before != team {
                moved.extend([before, team]);
            }
            if told != *by {
                // The record tells which correction put a document where it is, though all lie as before.
                connection.prepare_cached("UPDATE story SET fingerprint = x'' WHERE team = ?1")?.execute([team])?;
                moved.insert(team);
            }
            connection.prepare_cached("UPDATE placed SET team = ?2, corrected = ?3 WHERE version = ?1")?.execute(params![version, team, by])?;
        }
    }
    Ok(moved)
}

/// The documents that a change of stories names.
fn named(change: &Change) -> Vec<&String> {
    match change {
        Change::Move { document, to, from } => [document, to].into_iter().chain(from).collect(),
        Change::Join { one, other } => vec![one, other],
        Change::Part { documents, from } => documents.iter().chain(from).collect(),
        Change::Statement { .. } | Change::People { .. } | Change::Relation { .. } | Change::Settled { .. } => Vec::new(),
    }
}

/// The last correction that had a hand in where a version lies.
pub(crate) fn corrected(connection: &Connection, version: i64) -> Result<Option<u32>, Problem> {
    Ok(connection.prepare_cached("SELECT corrected FROM placed WHERE version = ?1")?.query_row([version], |row| row.get(0))?)
}

/// The documents of the story `team` that a person said do not belong there: they do not touch it either.
pub(crate) fn kept_apart(connection: &Connection, holding: &Holding, team: i64) -> Result<Vec<usize>, Problem> {
    let place = |id: &String| -> Result<Option<(i64, i64)>, Problem> {
        let sql = "SELECT p.version, p.team FROM placed p JOIN version v ON v.number = p.version JOIN document d ON d.number = v.document WHERE d.id = ?1";
        Ok(connection.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    };
    let mut out = Vec::new();
    for (_, change) in holding.of_stories() {
        let (documents, from) = match change {
            Change::Move { document, from: Some(from), .. } => (std::slice::from_ref(document), from),
            Change::Part { documents, from: Some(from) } => (documents.as_slice(), from),
            Change::Move { .. }
            | Change::Part { .. }
            | Change::Join { .. }
            | Change::Statement { .. }
            | Change::People { .. }
            | Change::Relation { .. }
            | Change::Settled { .. } => continue,
        };
        if place(from)?.is_some_and(|(_, of)| of == team) {
            for document in documents {
                out.extend(place(document)?.map(|(version, _)| version as usize));
            }
        }
    }
    Ok(out)
}
