//! Gives an office without a name to who holds it in the story: `person/office`.

use super::face::Face;
use super::pool::Pool;
use crate::entity::EntityKind;
use crate::entity::look::Role;
use std::collections::BTreeMap;

/// How sure it is that the story's only attorney general is "the attorney general".
const HELD: f32 = 0.8;

/// Joins offices with the only person of the story who holds them.
pub(super) fn join(pool: &mut Pool<'_>) {
    let faces = pool.faces;
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, face) in faces.iter().enumerate().filter(|(_, face)| face.entity.kind == EntityKind::Person && face.is_named) {
        for role in face.roles.iter().filter(|role| !role.is_former) {
            holders.entry(&role.head).or_default().push(at);
        }
    }
    for (at, face) in faces.iter().enumerate().filter(|(_, face)| face.entity.kind == EntityKind::Office && !face.is_named) {
        let Some(office) = face.roles.first().filter(|role| !role.is_former) else { continue };
        let found = holders.get(office.head.as_str()).map_or(&[] as &[usize], Vec::as_slice);
        if let Some(holder) = only_holder(pool, found, office) {
            let why = format!("“{}” is the story's only one with the office", faces[holder].entity.name);
            pool.join(at, holder, "person/office", HELD, why);
        }
    }
    same_offices(pool);
}

/// The only one of `found` who holds `office`: word for word, else as far as the words go.
fn only_holder(pool: &Pool<'_>, found: &[usize], office: &Role) -> Option<usize> {
    let hold = |test: &dyn Fn(&Role) -> bool| -> BTreeMap<usize, usize> {
        let fits = |at: &usize| pool.faces[*at].roles.iter().any(|role| !role.is_former && role.head == office.head && test(role));
        found.iter().filter(|at| fits(at)).map(|at| (pool.group(*at), *at)).rev().collect()
    };
    let within = |a: &Role, b: &Role| a.modifiers.iter().all(|word| b.modifiers.contains(word));
    let exact = hold(&|role| within(role, office) && within(office, role));
    let loose = hold(&|role| within(role, office) || within(office, role));
    let only = |found: BTreeMap<usize, usize>| if found.len() == 1 { found.into_values().next() } else { None };
    match exact.len() {
        0 => only(loose),
        _ => only(exact),
    }
}

/// Offices nobody is named for are one where their words are.
fn same_offices(pool: &mut Pool<'_>) {
    let faces = pool.faces;
    let mut first: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (at, face) in faces.iter().enumerate().filter(|(_, face)| is_vacant(face)) {
        if pool.members(pool.group(at)).any(|member| member.is_named) {
            continue;
        }
        let words = face.key.iter().filter(|word| !matches!(word.as_str(), "current" | "own" | "sitting")).cloned().collect();
        match first.get(&words) {
            Some(other) => pool.join(at, *other, "person/same-office", HELD, "the same office, and nobody is named for it".to_owned()),
            None => _ = first.insert(words, at),
        }
    }
}

fn is_vacant(face: &Face<'_>) -> bool {
    face.entity.kind == EntityKind::Office && !face.is_named && !face.key.is_empty()
}
