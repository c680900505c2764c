//! Lists who may be the same somebody where nothing shows it: for people to look at, never to merge.

use super::face::Face;
use super::pool::Pool;
use crate::entity::EntityKind;
use crate::entity::name::parts_of;
use std::collections::{BTreeMap, BTreeSet};

/// How many others one may be, before the list says nothing.
const MOST: usize = 6;

/// Pairs of groups that may be one somebody, the first before the second.
pub(super) fn list(pool: &Pool<'_>) -> BTreeSet<(usize, usize)> {
    let mut doubts = BTreeSet::new();
    let mut by_sign: BTreeMap<(Sign, &str), BTreeSet<usize>> = BTreeMap::new();
    for (at, face) in pool.faces.iter().enumerate() {
        for sign in signs(face) {
            by_sign.entry(sign).or_default().insert(pool.group(at));
        }
    }
    for ((_, _), groups) in by_sign.into_iter().filter(|(_, groups)| (2..=MOST).contains(&groups.len())) {
        let groups: Vec<usize> = groups.into_iter().collect();
        for (at, one) in groups.iter().enumerate() {
            for other in groups[at + 1..].iter().filter(|other| are_apart(pool, *one, **other)) {
                doubts.insert((*one, *other));
            }
        }
    }
    doubts
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// A last name, where one of the two is only that.
    Name,
    /// The head of a role, where one of the two has no name.
    Role,
}

fn signs<'a>(face: &'a Face<'_>) -> Vec<(Sign, &'a str)> {
    match face.entity.kind {
        EntityKind::Person if face.is_named => {
            let name = parts_of(&face.words).last().copied().into_iter().map(|last| (Sign::Name, last));
            name.chain(face.roles.iter().filter(|role| !role.modifiers.is_empty()).map(|role| (Sign::Role, role.head.as_str()))).collect()
        }
        EntityKind::Anonymous | EntityKind::Office => face.roles.iter().take(1).map(|role| (Sign::Role, role.head.as_str())).collect(),
        EntityKind::Person | EntityKind::Organization | EntityKind::Group | EntityKind::Outlet | EntityKind::Thing => Vec::new(),
    }
}

/// Whether two groups stand in different documents, and one of them lacks a full name or an office's words fit.
fn are_apart(pool: &Pool<'_>, one: usize, other: usize) -> bool {
    let (a, b): (Vec<_>, Vec<_>) = (pool.members(one).collect(), pool.members(other).collect());
    let documents = |faces: &[&Face<'_>]| faces.iter().map(|face| face.at.document).collect::<BTreeSet<_>>();
    let is_short = |faces: &[&Face<'_>]| faces.iter().all(|face| face.is_named && face.words.len() == 1);
    let nameless = |faces: &[&Face<'_>]| faces.iter().all(|face| !face.is_named);
    let by_name = is_short(&a) != is_short(&b) && a[0].words.last() == b[0].words.last();
    let by_role = (nameless(&a) || nameless(&b)) && share_role(&a, &b);
    (by_name || by_role) && documents(&a) != documents(&b)
}

/// Whether both are described by one noun and one word more.
fn share_role(a: &[&Face<'_>], b: &[&Face<'_>]) -> bool {
    let roles = |faces: &[&Face<'_>]| faces.iter().flat_map(|face| face.roles.clone()).collect::<Vec<_>>();
    let (a, b) = (roles(a), roles(b));
    a.iter().any(|role| b.iter().any(|other| role.head == other.head && role.modifiers.iter().any(|word| other.modifiers.contains(word))))
}
