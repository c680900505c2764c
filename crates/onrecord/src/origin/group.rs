//! Puts the statements that carry one claim together: each says what the one in their middle says, or what most of them say.
//!
//! Likeness is no chain: that a is like b and b like c makes no claim of a and c. A group grows from its middle, the statement that is
//! like most others, and takes in only what is like the middle or like half of those in it.

use crate::account::Account;
use crate::act::{Act, Factuality};
use crate::compare::{Relation, RelationKind};
use crate::evidence::Finder;
use crate::record::Told;
use crate::sourcing::KnownThrough;
use crate::text::Layer;
use std::collections::{BTreeMap, BTreeSet};

/// The statements of each claim to be traced, its middle first; the claim with most documents first.
pub(super) fn claims(accounts: &[&Account], relations: &Layer<Relation>) -> Vec<Vec<Told>> {
    let like = likenesses(accounts, relations);
    let mut left: BTreeSet<Told> = like.keys().copied().collect();
    let mut groups = Vec::new();
    for middle in by_prominence(accounts, &like) {
        if left.contains(&middle) {
            let group = around(middle, &like, &left);
            left.retain(|told| !group.contains(told));
            groups.push(group);
        }
    }
    groups.retain(|group| documents(group) > 1 || group.iter().any(|told| is_relayed(accounts, *told)));
    groups.sort_by_key(|group| (std::cmp::Reverse(documents(group)), group[0]));
    groups
}

/// For each claim told anywhere those found to say the same.
type Likenesses = BTreeMap<Told, BTreeSet<Told>>;

fn likenesses(accounts: &[&Account], relations: &Layer<Relation>) -> Likenesses {
    let mut like: Likenesses = Told::all(accounts).filter(|told| is_claim(accounts, *told)).map(|told| (told, BTreeSet::new())).collect();
    for relation in relations.iter().filter(|relation| says_the_same(relation)) {
        let pairs = relation.a.iter().flat_map(|a| relation.b.iter().map(move |b| (*a, *b)));
        for (a, b) in pairs.filter(|(a, b)| a != b) {
            if like.contains_key(&a) && like.contains_key(&b) {
                like.entry(a).or_default().insert(b);
                like.entry(b).or_default().insert(a);
            }
        }
    }
    like
}

/// Whether a relation ties tellings of one matter, and not only parts of one speech.
fn says_the_same(relation: &Relation) -> bool {
    let of_parts = relation.evidence.iter().any(|evidence| evidence.by == Finder::Rule("compare/one-occasion"));
    match relation.kind {
        RelationKind::Corroborates | RelationKind::Repeats => !of_parts,
        RelationKind::Conflicts | RelationKind::Supersedes => false,
    }
}

/// All statements, those first that are like others in most documents, then those like most others, then the fullest.
fn by_prominence(accounts: &[&Account], like: &Likenesses) -> Vec<Told> {
    let mut all: Vec<Told> = like.keys().copied().collect();
    let length = |told: &Told| told.content(accounts).map(str::len).sum::<usize>();
    all.sort_by_cached_key(|told| {
        let of: Vec<Told> = like[told].iter().chain([told]).copied().collect();
        (std::cmp::Reverse((documents(&of), of.len(), length(told))), *told)
    });
    all
}

/// The middle, then everything left that is like it or like half of those already in, the likest first.
fn around(middle: Told, like: &Likenesses, left: &BTreeSet<Told>) -> Vec<Told> {
    let mut group = vec![middle];
    group.extend(like[&middle].intersection(left));
    let mut is_in: BTreeSet<Told> = group.iter().copied().collect();
    // For what is like any of them, how many of them it is like.
    let mut ties: BTreeMap<Told, usize> = BTreeMap::new();
    let mut grown = 0;
    loop {
        for told in &group[grown..] {
            like[told].intersection(left).for_each(|other| *ties.entry(*other).or_default() += 1);
        }
        grown = group.len();
        let next = ties.iter().filter(|(told, _)| !is_in.contains(told)).max_by_key(|(told, ties)| (**ties, std::cmp::Reverse(**told)));
        match next {
            Some((told, ties)) if ties * 2 >= group.len() => group.push(*told),
            Some(_) | None => break,
        }
        is_in.extend(&group[grown..]);
    }
    group[1..].sort();
    group
}

/// How many documents these statements stand in.
fn documents(tolds: &[Told]) -> usize {
    tolds.iter().map(|told| told.document).collect::<BTreeSet<usize>>().len()
}

/// Whether a statement claims something that can be true or not: it was said, it has content, it is no question.
fn is_claim(accounts: &[&Account], told: Told) -> bool {
    let reading = told.reading(accounts);
    let acted = &reading.acts[told.id];
    let claims = match acted.act {
        Act::Assertion | Act::Answer | Act::Denial | Act::Thought | Act::Promise | Act::Offer | Act::Threat | Act::Demand => true,
        Act::Question | Act::NonAnswer | Act::Refusal => false,
    };
    claims && acted.factuality == Factuality::Actual && !reading.statements[told.id].content.is_empty()
}

/// Whether the document has it on another's word.
fn is_relayed(accounts: &[&Account], told: Told) -> bool {
    match told.reading(accounts).sourcing[told.id].known_through {
        KnownThrough::Anonymous | KnownThrough::Outlet | KnownThrough::Document => true,
        KnownThrough::OnRecord | KnownThrough::Author => false,
    }
}
