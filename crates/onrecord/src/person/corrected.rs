//! Does what persons corrected of who is who, in their order.

use super::pool::Pool;
use crate::account::Account;
use crate::correction::{Correction, MentionAt, OfPeople, Who};
use crate::entity::Entity;
use crate::text::{Id, Spanned};

/// Applies the corrections; gives the numbers of those that found whom they are about.
pub(super) fn apply(accounts: &[&Account], pool: &mut Pool<'_>, corrections: &[Correction<OfPeople<usize>>]) -> Vec<u32> {
    let mut found = Vec::new();
    for correction in corrections {
        let has_found = match &correction.change {
            OfPeople::Same { keep, other } => same(accounts, pool, correction, (keep, other)),
            OfPeople::Apart { mention } => {
                let face = face_at(accounts, pool, mention);
                face.into_iter().for_each(|face| pool.part(face, evidence(pool, correction, &[face])));
                face.is_some()
            }
            OfPeople::Name { who, name } => {
                let faces = faces(accounts, pool, who);
                faces.iter().for_each(|face| pool.name(*face, name, evidence(pool, correction, &[*face])));
                !faces.is_empty()
            }
        };
        found.extend(has_found.then_some(correction.number));
    }
    found
}

/// Joins two into one that goes by the name of the first, also where only the second is there: so they are one across stories.
fn same(accounts: &[&Account], pool: &mut Pool<'_>, correction: &Correction<OfPeople<usize>>, (keep, other): (&Who<usize>, &Who<usize>)) -> bool {
    let (kept, others) = (faces(accounts, pool, keep), faces(accounts, pool, other));
    let name = match (keep, kept.first()) {
        (Who::Name { name, .. }, _) => Some(name.clone()),
        (Who::Mention(_), Some(face)) => Some(pool.called(pool.group(*face)).1),
        (Who::Mention(_), None) => None,
    };
    let (Some(name), Some(first)) = (name, others.first().copied()) else { return false };
    for face in &others {
        match kept.first() {
            Some(kept) => pool.join_by(*kept, *face, evidence(pool, correction, &[*kept, *face])),
            None => pool.join_by(first, *face, evidence(pool, correction, &[first, *face])),
        }
    }
    pool.name(first, &name, evidence(pool, correction, &[first]));
    true
}

/// One face of each group that `who` means.
fn faces(accounts: &[&Account], pool: &Pool<'_>, who: &Who<usize>) -> Vec<usize> {
    match who {
        Who::Name { kind, name } => pool
            .all_groups()
            .filter(|group| {
                let (is, called) = pool.called(*group);
                is == *kind && called.to_lowercase() == name.to_lowercase()
            })
            .collect(),
        Who::Mention(mention) => face_at(accounts, pool, mention).into_iter().collect(),
    }
}

/// The face of whom a document mentions at one place: by the longest mention that the words hold, or that holds them.
fn face_at(accounts: &[&Account], pool: &Pool<'_>, mention: &MentionAt<usize>) -> Option<usize> {
    let reading = &accounts.get(mention.document)?.reading;
    let place = mention.words.find(&reading.document.text)?;
    let near = reading.mentions.entries().filter(|(_, it)| place.contains(it.span()) || it.span().contains(place));
    let with_entity = near.filter_map(|(id, it)| Some((it.span().len(), reading.entities.of_mention[id]?)));
    let entity: Id<Entity> = with_entity.max_by_key(|(len, _)| *len)?.1;
    pool.faces.iter().position(|face| face.at.document == mention.document && face.at.id == entity)
}

fn evidence(pool: &Pool<'_>, correction: &Correction<OfPeople<usize>>, faces: &[usize]) -> crate::evidence::Evidence<crate::record::Place> {
    correction.evidence("person", faces.iter().map(|face| pool.faces[*face].place).collect())
}
