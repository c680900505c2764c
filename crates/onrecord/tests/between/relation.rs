//! What a page can expect of relations and origins: `relations` lists them all, `1s1~2s1` tells how two statements stand
//! to each other, `claim.1` gives the statements of the first claim, `origins.1` its origins, `independent.1` their number.

use onrecord::compare::Relation;
use onrecord::record::{Record, Told};
use onrecord::wire::Named;

/// The value of `key`, where it is one of these.
pub(crate) fn observe(record: &Record, key: &str) -> Option<String> {
    if key == "relations" {
        let all = record.relations.iter().map(|relation| format!("{} {} {}", relation.kind.name(), names(&relation.a), names(&relation.b)));
        return Some(one(&all.collect::<Vec<_>>()));
    }
    if let Some((a, b)) = key.split_once('~') {
        let (a, b) = (super::told_of(a), super::told_of(b));
        let between = |relation: &&Relation| (relation.a.contains(&a) && relation.b.contains(&b)) || (relation.a.contains(&b) && relation.b.contains(&a));
        let kinds: Vec<String> = record.relations.iter().filter(between).map(|relation| relation.kind.name().to_owned()).collect();
        return Some(one(&kinds));
    }
    let (what, number) = key.split_once('.')?;
    let number: usize = number.parse().ok()?;
    let claim = record.claims.iter().nth(number.checked_sub(1)?);
    let value = match what {
        "claim" => claim.map(|claim| names(&claim.statements)),
        "origins" => claim.map(|claim| one(&claim.origins.iter().map(|origin| origin.name.clone()).collect::<Vec<_>>())),
        "independent" => claim.map(|claim| claim.independent.to_string()),
        _ => return None,
    };
    Some(value.unwrap_or_else(|| "none".into()))
}

fn one(all: &[String]) -> String {
    if all.is_empty() { "none".into() } else { all.join(" | ") }
}

fn names(told: &[Told]) -> String {
    told.iter().map(|told| format!("{}s{}", told.document + 1, told.id.at() + 1)).collect::<Vec<_>>().join("+")
}
