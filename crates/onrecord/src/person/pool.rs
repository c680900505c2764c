//! Entities on their way to becoming people: who was joined with whom, and why.

use super::face::{Face, state};
use super::{People, Person};
use crate::account::Account;
use crate::entity::EntityKind;
use crate::evidence::Evidence;
use crate::record::Place;
use crate::text::{Id, Layer};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Groups of faces; a group is named by its first face.
pub(super) struct Pool<'a> {
    pub faces: &'a [Face<'a>],
    group_of: Vec<usize>,
    groups: BTreeMap<usize, Vec<usize>>,
    evidence: Vec<(usize, Evidence<Place>)>,
    /// Names that persons gave, by a face of who bears them; the later prevails.
    given: Vec<(usize, String)>,
}

impl<'a> Pool<'a> {
    /// Every face by itself.
    pub(super) fn new(faces: &'a [Face<'a>]) -> Pool<'a> {
        Pool {
            faces,
            group_of: (0..faces.len()).collect(),
            groups: (0..faces.len()).map(|at| (at, vec![at])).collect(),
            evidence: Vec::new(),
            given: Vec::new(),
        }
    }

    /// The group a face is in.
    pub(super) fn group(&self, face: usize) -> usize {
        self.group_of[face]
    }

    /// The faces of a group, in order.
    pub(super) fn members(&self, group: usize) -> impl Iterator<Item = &'a Face<'a>> + '_ {
        self.groups[&group].iter().map(|at| &self.faces[*at])
    }

    /// Joins the groups of two faces, because of what the two show.
    pub(super) fn join(&mut self, one: usize, other: usize, rule: &'static str, score: f32, why: String) {
        let words = vec![self.faces[one].place, self.faces[other].place];
        self.join_by(one, other, Evidence { score, ..Evidence::rule("person", rule, words, why) });
    }

    /// Joins the groups of two faces, because of this evidence.
    pub(super) fn join_by(&mut self, one: usize, other: usize, evidence: Evidence<Place>) {
        let (a, b) = (self.group(one), self.group(other));
        if a == b {
            return;
        }
        let (keep, gone) = (a.min(b), a.max(b));
        let moved = self.groups.remove(&gone).expect("a group that a face is in exists");
        for at in &moved {
            self.group_of[*at] = keep;
        }
        let group = self.groups.get_mut(&keep).expect("a group that a face is in exists");
        group.extend(moved);
        group.sort_unstable();
        self.evidence.push((one, evidence));
    }

    /// Takes a face out of its group, to be by itself.
    pub(super) fn part(&mut self, face: usize, evidence: Evidence<Place>) {
        let group = self.group(face);
        let mut left = self.groups.remove(&group).expect("a group that a face is in exists");
        left.retain(|at| *at != face);
        for (group, members) in left.first().copied().map(|first| (first, left.clone())).into_iter().chain([(face, vec![face])]) {
            members.iter().for_each(|at| self.group_of[*at] = group);
            self.groups.insert(group, members);
        }
        let place = self.faces[face].place;
        self.evidence.retain(|(other, evidence)| *other != face && !evidence.words.contains(&place));
        self.evidence.push((face, evidence));
    }

    /// Gives the group of a face a name.
    pub(super) fn name(&mut self, face: usize, name: &str, evidence: Evidence<Place>) {
        self.given.push((face, name.to_owned()));
        self.evidence.push((face, evidence));
    }

    /// The groups there are, each by its first face.
    pub(super) fn all_groups(&self) -> impl Iterator<Item = usize> + '_ {
        self.groups.keys().copied()
    }

    /// What a group is, and the name it goes by.
    pub(super) fn called(&self, group: usize) -> (EntityKind, String) {
        let person = self.person(group);
        (person.kind, person.name)
    }

    /// The people, in the order of their first faces.
    pub(super) fn into_people(self, accounts: &[&Account], doubts: &BTreeSet<(usize, usize)>) -> People {
        let number: BTreeMap<usize, usize> = self.groups.keys().enumerate().map(|(at, group)| (*group, at)).collect();
        let people = self.groups.keys().map(|group| {
            let mut person = self.person(*group);
            let other = |(a, b): &(usize, usize)| if a == group { Some(*b) } else { (b == group).then_some(*a) };
            person.may_be = doubts.iter().filter_map(other).map(|other| Id::new(number[&other])).collect();
            person
        });
        let layer = Layer::new(people.collect());
        let mut of_entity: Vec<Vec<Id<Person>>> = vec![Vec::new(); accounts.len()];
        for (at, face) in self.faces.iter().enumerate() {
            of_entity[face.at.document].push(Id::new(number[&self.group_of[at]]));
        }
        People { layer, of_entity, press: None }
    }

    fn person(&self, group: usize) -> Person {
        let faces: Vec<&Face<'_>> = self.members(group).collect();
        let kind = kind(&faces);
        let fits = |face: &&Face<'_>| kind != EntityKind::Person || face.entity.kind == EntityKind::Person;
        let best = faces.iter().filter(|face| face.is_named).filter(|face| fits(face)).max_by_key(|face| fullness(face, kind));
        let best = best.or_else(|| faces.iter().max_by_key(|face| fullness(face, kind))).expect("a group has faces");
        let given = self.given.iter().rev().find(|(face, _)| self.group_of[*face] == group);
        let name = given.map_or_else(|| best.entity.name.clone(), |(_, name)| name.clone());
        let names = faces.iter().flat_map(|face| std::iter::once(&face.entity.name).chain(&face.entity.aliases));
        let roles = faces.iter().flat_map(|face| &face.entity.roles);
        let evidence = self.evidence.iter().filter(|(face, _)| self.group_of[*face] == group).map(|(_, evidence)| evidence.clone()).collect();
        Person {
            kind,
            aliases: distinct(names.filter(|other| **other != name)),
            roles: distinct(roles),
            entities: faces.iter().map(|face| face.at).collect(),
            may_be: Vec::new(),
            evidence,
            name,
        }
    }
}

/// What one document that names a speaker weighs against mentions that do not: more than any document has mentions.
const SPEAKS: usize = 10_000;

/// Which name to show: the fullest of a person, the most used of a body; then the longest, then the first of the alphabet.
fn fullness<'f>(face: &'f Face<'_>, kind: EntityKind) -> (usize, usize, usize, Reverse<&'f String>) {
    let full = if kind == EntityKind::Person { face.words.len() } else { 0 };
    (full, face.entity.mentions.len(), face.entity.name.len(), Reverse(&face.entity.name))
}

/// What the documents take it for, by the number of their mentions. A person without a title whom others take for a body was
/// misread, a state is no outlet, and whoever has a name is not "anonymous".
fn kind(faces: &[&Face<'_>]) -> EntityKind {
    let mut votes: BTreeMap<EntityKind, usize> = BTreeMap::new();
    let is_state = faces.iter().all(|face| matches!(face.key.as_slice(), [word] if state(word) == Some(word)));
    if is_state {
        let speaks = faces.iter().any(|face| face.entity.kind != EntityKind::Thing);
        return if speaks { EntityKind::Organization } else { EntityKind::Thing };
    }
    let is_body = faces.iter().any(|face| matches!(face.entity.kind, EntityKind::Organization | EntityKind::Outlet));
    for face in faces {
        let counts = match face.entity.kind {
            EntityKind::Person => !is_body || !face.roles.is_empty(),
            EntityKind::Organization | EntityKind::Outlet => true,
            EntityKind::Thing | EntityKind::Anonymous | EntityKind::Group | EntityKind::Office => false,
        };
        *votes.entry(face.entity.kind).or_default() += if counts { SPEAKS + face.entity.mentions.len() } else { face.entity.mentions.len() };
    }
    votes.into_iter().max_by_key(|(kind, votes)| (*votes, Reverse(*kind))).map_or(EntityKind::Thing, |(kind, _)| kind)
}

fn distinct<'s>(names: impl Iterator<Item = &'s String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(name.to_lowercase())).cloned().collect()
}
