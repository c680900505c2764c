//! Leaves out relations that a person said do not hold.

use super::{Correction, OfRelation, Told};
use crate::account::Account;
use crate::compare::Relation;
use crate::record;
use crate::text::Layer;

/// The relations but for those that are denied, and the numbers of the corrections that found theirs.
pub(crate) fn without(relations: Layer<Relation>, accounts: &[&Account], denied: &[Correction<OfRelation<usize>>]) -> (Layer<Relation>, Vec<u32>) {
    if denied.is_empty() {
        return (relations, Vec::new());
    }
    let told = |told: &Told<usize>| {
        let reading = &accounts.get(told.document)?.reading;
        Some(record::Ref::new(told.document, told.at.find(reading)?))
    };
    let pairs: Vec<_> = denied.iter().filter_map(|it| Some((it, told(&it.change.a)?, told(&it.change.b)?))).collect();
    let mut found = Vec::new();
    let mut kept = Vec::new();
    for relation in &relations {
        let is_meant = |(it, a, b): &&(&Correction<OfRelation<usize>>, record::Told, record::Told)| {
            let (ours, theirs) = (&relation.a, &relation.b);
            it.change.kind == relation.kind && ((ours.contains(a) && theirs.contains(b)) || (ours.contains(b) && theirs.contains(a)))
        };
        let meant: Vec<u32> = pairs.iter().filter(is_meant).map(|(it, _, _)| it.number).collect();
        if meant.is_empty() {
            kept.push(relation.clone());
        }
        found.extend(meant);
    }
    found.sort_unstable();
    found.dedup();
    (Layer::new(kept), found)
}
