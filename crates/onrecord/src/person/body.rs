//! Joins the names of bodies, outlets, states and things; also where one document takes a name for another kind of thing.

use super::face::{self, Face};
use super::pool::Pool;
use crate::entity::EntityKind;
use crate::entity::body::{is_acronym, is_short_form};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// How sure it is that initials stand for the only body of the story that has them.
const ACRONYM: f32 = 0.9;
/// How sure it is that "the Treasury Department" is the story's only body whose name ends so.
const SHORT_FORM: f32 = 0.9;
/// How sure it is that a name of one document is what another document takes for another kind.
const OTHER_KIND: f32 = 0.8;

/// Joins what is no person by its names.
pub(super) fn join(pool: &mut Pool<'_>) {
    same_names(pool);
    other_kinds(pool);
    let mut names: BTreeMap<&[String], usize> = BTreeMap::new();
    for (at, face) in pool.faces.iter().enumerate().filter(|(_, face)| matches!(face.entity.kind, EntityKind::Organization | EntityKind::Outlet)) {
        names.entry(&face.key).or_insert(at);
    }
    let places: HashSet<String> = pool.faces.iter().filter(|face| face.entity.kind == EntityKind::Thing).flat_map(|face| face.key.clone()).collect();
    let stated: BTreeSet<(usize, &str)> = pool.faces.iter().flat_map(|face| states_of(&face.key).map(|state| (face.at.document, state))).collect();
    forms(pool, &names, "person/acronym", ACRONYM, |short, long| is_acronym(&short.words, &long.words) && is_capitals(&short.entity.name));
    forms(pool, &names, "person/short-body", SHORT_FORM, |short, long| {
        let dropped = &long.key[..long.key.len().saturating_sub(short.key.len())];
        is_short_form(&short.key, &long.key, &places) && states_of(dropped).all(|state| stated.contains(&(short.at.document, state)))
    });
}

fn is_named_thing(face: &Face<'_>) -> bool {
    face.is_named && !face.key.is_empty() && !matches!(face.entity.kind, EntityKind::Person | EntityKind::Anonymous | EntityKind::Group | EntityKind::Office)
}

fn is_body(face: &Face<'_>) -> bool {
    is_named_thing(face) && matches!(face.entity.kind, EntityKind::Organization | EntityKind::Outlet)
}

fn is_capitals(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// `person/same-body`: one name, one thing; what stands for a state is the state.
fn same_names(pool: &mut Pool<'_>) {
    let mut first: BTreeMap<&[String], usize> = BTreeMap::new();
    let faces = pool.faces;
    for (at, face) in faces.iter().enumerate().filter(|(_, face)| is_named_thing(face)) {
        for key in std::iter::once(&face.key).chain(&face.other_keys).filter(|key| !key.is_empty()) {
            match first.get(key.as_slice()) {
                Some(other) => {
                    pool.join(at, *other, "person/same-body", 1.0, format!("“{}” and “{}” are one name", face.entity.name, faces[*other].entity.name))
                }
                None => _ = first.insert(key, at),
            }
        }
    }
}

/// `person/other-kind`: "Yonhap" taken for a person in one document is the outlet of that name in another.
///
/// Only whole names of bodies, and only where no person of the story bears the word.
fn other_kinds(pool: &mut Pool<'_>) {
    let faces = pool.faces;
    let bodies: BTreeMap<&[String], usize> =
        faces.iter().enumerate().filter(|(_, face)| is_body(face)).map(|(at, face)| (face.key.as_slice(), at)).rev().collect();
    let full: BTreeSet<&String> =
        faces.iter().filter(|face| face.entity.kind == EntityKind::Person && face.words.len() > 1).flat_map(|face| &face.words).collect();
    for (at, face) in faces.iter().enumerate() {
        let misread = matches!(face.entity.kind, EntityKind::Person | EntityKind::Anonymous) && face.is_named && face.roles.is_empty();
        let Some(other) = bodies.get(face.key.as_slice()).filter(|_| misread && !face.key.is_empty()) else { continue };
        let is_alone = pool.members(pool.group(at)).all(|member| member.key == face.key);
        let borne = face.words.len() == 1 && full.contains(&face.words[0]);
        if is_alone && !borne && faces[*other].at.document != face.at.document {
            pool.join(at, *other, "person/other-kind", OTHER_KIND, format!("elsewhere “{}” is no person", face.entity.name));
        }
    }
}

/// The states a name holds: whose ministry it is.
fn states_of(key: &[String]) -> impl Iterator<Item = &str> {
    key.iter().filter(|word| face::state(word) == Some(word)).map(String::as_str)
}

/// Joins each name with the only longer one of the story of which it is a form; bodies that are only described count as rivals.
fn forms(pool: &mut Pool<'_>, names: &BTreeMap<&[String], usize>, rule: &'static str, score: f32, is_form: impl Fn(&Face<'_>, &Face<'_>) -> bool) {
    let faces = pool.faces;
    for at in names.values().filter(|at| faces[**at].is_named) {
        let short = &faces[*at];
        let longer = names.values().filter(|other| pool.group(**other) != pool.group(*at) && faces[**other].key.len() >= short.key.len());
        let found: BTreeMap<usize, usize> = longer.filter(|other| is_form(short, &faces[**other])).map(|other| (pool.group(*other), *other)).collect();
        if let [(_, long)] = found.into_iter().collect::<Vec<_>>().as_slice() {
            pool.join(*at, *long, rule, score, format!("“{}” stands for “{}”", short.entity.name, faces[*long].entity.name));
        }
    }
}
