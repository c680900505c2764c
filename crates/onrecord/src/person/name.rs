//! Joins the names of people: full names that agree, spellings of one name, then short names.

use super::face::Face;
use super::pool::Pool;
use crate::entity::EntityKind;
use crate::entity::name::{agree, generation, is_letters, parts_of, share_an_office};
use std::collections::{BTreeMap, BTreeSet};

/// A spelling that differs by a letter is taken for the same name from this length on: shorter names differ by a letter and mean others.
const LONG_NAME: usize = 9;
/// How sure a spelling that differs by a letter is.
const SPELLING: f32 = 0.8;

/// Joins people by their names.
pub(super) fn join(pool: &mut Pool<'_>) {
    let people: Vec<usize> = (0..pool.faces.len()).filter(|at| is_person(&pool.faces[*at])).collect();
    let (full, short): (Vec<usize>, Vec<usize>) = people.into_iter().partition(|at| parts_of(&pool.faces[*at].words).len() > 1);
    full_names(pool, &full);
    short_names(pool, &full, &short);
}

fn is_person(face: &Face<'_>) -> bool {
    face.entity.kind == EntityKind::Person && face.is_named && !face.words.is_empty()
}

/// `person/full-name`, `person/spelling`: full names that agree with every name of the group, the fullest names first.
fn full_names(pool: &mut Pool<'_>, full: &[usize]) {
    let faces = pool.faces;
    let mut order = full.to_vec();
    order.sort_by_key(|at| (std::cmp::Reverse(faces[*at].words.len()), faces[*at].words.clone(), *at));
    let mut by_end: BTreeMap<Option<char>, Vec<usize>> = BTreeMap::new();
    for at in order {
        let face = &faces[at];
        // Names that agree end alike, however they are hyphened.
        let groups = by_end.entry(parts_of(&face.words).last().and_then(|last| last.chars().next_back())).or_default();
        let fits = |group: &usize, test: &dyn Fn(&Face<'_>) -> bool| pool.members(pool.group(*group)).filter(|other| is_person(other)).all(test);
        let agreeing: Vec<usize> = groups
            .iter()
            .copied()
            .filter(|group| fits(group, &|other| agree(&face.words, &other.words) && generation(&face.words) == generation(&other.words)))
            .collect();
        let spelled: Vec<usize> = groups.iter().copied().filter(|group| fits(group, &|other| is_spelling(face, other))).collect();
        match (agreeing.as_slice(), spelled.as_slice()) {
            ([group], _) => pool.join(at, *group, "person/full-name", 1.0, format!("“{}” and “{}” agree", face.entity.name, faces[*group].entity.name)),
            ([], [group]) => {
                pool.join(at, *group, "person/spelling", SPELLING, format!("“{}” is spelled “{}” there", face.entity.name, faces[*group].entity.name));
            }
            ([], []) => groups.push(at),
            ([], [_, _, ..]) | ([_, _, ..], _) => {}
        }
    }
}

/// Whether two long names of two documents differ by one letter at most: one document has one spelling.
fn is_spelling(one: &Face<'_>, other: &Face<'_>) -> bool {
    let run = |face: &Face<'_>| parts_of(&face.words).concat().replace('-', "").chars().collect::<Vec<char>>();
    let (a, b) = (run(one), run(other));
    one.at.document != other.at.document
        && generation(&one.words) == generation(&other.words)
        && a.len().min(b.len()) >= LONG_NAME
        && a.first() == b.first()
        && is_one_letter_apart(&a, &b)
}

fn is_one_letter_apart(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => short[same..].iter().skip(1).eq(long[same..].iter().skip(1)),
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

/// `person/short-name`: a single name is whose it alone can be: last names first, then first names.
fn short_names(pool: &mut Pool<'_>, full: &[usize], short: &[usize]) {
    let faces = pool.faces;
    let mut bearers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in full {
        let parts = parts_of(&faces[*at].words);
        for part in [parts.last(), parts.first()].into_iter().flatten() {
            bearers.entry(part).or_default().push(*at);
        }
    }
    let mut alone: BTreeMap<&str, usize> = BTreeMap::new();
    for at in short {
        let name = faces[*at].words[0].as_str();
        let written = |other: &usize| !faces[*at].roles.is_empty() || !is_letters(&faces[*at].entity.name, &faces[*other].entity.name);
        let named = bearers.get(name).into_iter().flatten().copied().filter(written).filter(|other| can_bear(pool, short, *at, *other));
        let named: Vec<usize> = named.collect();
        let last = groups_of(pool, named.iter().copied().filter(|other| parts_of(&faces[*other].words).last() == Some(&name)));
        let last = only_in_office(pool, *at, last);
        let first = groups_of(pool, named.iter().copied());
        match (last.as_slice(), first.as_slice()) {
            ([(_, other)], _) | ([], [(_, other)]) => {
                let why = format!("“{}” is the only bearer of the name in the story, or of the name and the office", faces[*other].entity.name);
                pool.join(*at, *other, "person/short-name", 0.95, why);
            }
            ([], []) => match alone.get(name) {
                Some(other) => pool.join(*at, *other, "person/same-name", 0.9, "the same name, and no full name in the story".to_owned()),
                None => _ = alone.insert(name, *at),
            },
            ([], [_, _, ..]) | ([_, _, ..], _) => {}
        }
    }
}

/// Of several bearers of a name the one who holds the office of the single one: "President Ode" is not his wife.
fn only_in_office(pool: &Pool<'_>, one: usize, bearers: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let faces = pool.faces;
    let holds = |(group, _): &&(usize, usize)| pool.members(*group).any(|face| share_an_office(&faces[one].roles, &face.roles));
    match bearers.iter().filter(holds).collect::<Vec<_>>().as_slice() {
        [holder] => vec![**holder],
        [] | [_, _, ..] => bearers,
    }
}

/// Whether the full name can be that of a single one: no document tells the bearer apart from somebody of the single name, unless both
/// hold one office.
fn can_bear(pool: &Pool<'_>, short: &[usize], one: usize, bearer: usize) -> bool {
    let faces = pool.faces;
    let documents: BTreeSet<usize> = pool.members(pool.group(bearer)).map(|face| face.at.document).collect();
    let is_apart = |at: &usize| faces[*at].words == faces[one].words && documents.contains(&faces[*at].at.document);
    let held = || pool.members(pool.group(bearer)).any(|face| share_an_office(&faces[one].roles, &face.roles));
    !short.iter().any(is_apart) || held()
}

/// The groups of some faces, each with one of them.
fn groups_of(pool: &Pool<'_>, faces: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut groups: BTreeMap<usize, usize> = BTreeMap::new();
    for at in faces {
        groups.entry(pool.group(at)).or_insert(at);
    }
    groups.into_iter().collect()
}
