//! Traces each claim to its origins and counts them: origins, never outlets.
//!
//! # Limits
//! A claim is followed only through hands its documents name; "one origin" is one among the documents given. Whether two
//! bodies draw on the same people cannot be seen.

mod count;
mod group;
mod root;

use crate::account::Account;
use crate::compare::{Relation, RelationKind};
use crate::evidence::{Evidence, Finder};
use crate::person::{People, Person};
use crate::record::{Place, Told};
use crate::sourcing::SourceClass;
use crate::text::{Id, Layer};
pub(crate) use count::independent;
use root::Chain;
pub(crate) use root::{Root, of as root};
use std::collections::BTreeMap;

/// A claim and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The claim, in the words of the statement in its middle: each of the others says what this one says, or what most of them say.
    pub text: String,
    /// The statements that carry it, that one first.
    pub statements: Vec<Told>,
    /// The roots it can be traced to.
    pub origins: Vec<Origin>,
    /// How many of them can be shown to be independent; what may overlap counts once.
    pub independent: usize,
    /// How statements were tied to it and to its origins.
    pub evidence: Vec<Evidence<Place>>,
}

/// The root a claim can be traced to.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Its name, or the words that describe it.
    pub name: String,
    /// Who it is, where known.
    pub person: Option<Id<Person>>,
    /// On what footing it stands.
    pub sourcing: SourceClass,
    /// The statements that lead to it.
    pub through: Vec<Told>,
}

/// Traces the claims that more than one document carries, and those that rest on one origin.
pub fn trace(accounts: &[&Account], people: &People, relations: &Layer<Relation>) -> Layer<Claim> {
    let groups = group::claims(accounts, relations);
    let claims = groups.into_iter().map(|statements| {
        let witnesses = witnesses(relations, &statements);
        claim(accounts, people, statements, witnesses)
    });
    Layer::new(claims.collect())
}

/// Whether more than one origin bears witness to a claim, or the others may only repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Witnesses {
    Several,
    One,
}

/// Tellings that agree are joined step by step, and somebody who comments on a report may be among them: more than one
/// origin is counted only where two of the tellings were found to bear each other out.
fn witnesses(relations: &Layer<Relation>, statements: &[Told]) -> Witnesses {
    let of_claims =
        |relation: &&Relation| relation.evidence.iter().any(|evidence| matches!(evidence.by, Finder::Rule("compare/same-claim" | "compare/confirmed")));
    let inside = |tolds: &[Told]| tolds.iter().any(|told| statements.contains(told));
    let mut found = relations.iter().filter(|relation| relation.kind == RelationKind::Corroborates).filter(of_claims);
    if found.any(|relation| inside(&relation.a) && inside(&relation.b)) { Witnesses::Several } else { Witnesses::One }
}

/// What to call a root: a name, else the words that describe it.
pub(crate) fn name(accounts: &[&Account], people: &People, root: &Root) -> String {
    let words = root.words.map(|place| place.span.of(&accounts[place.document].reading.document.text).to_owned());
    let name = root.person.map(|id| people.layer[id].name.clone()).filter(|name| !name.is_empty());
    name.or(words).unwrap_or_else(|| "no origin named".to_owned())
}

/// Whether two people are surely not one origin.
pub(crate) fn are_apart(people: &People, a: Id<Person>, b: Id<Person>) -> bool {
    a != b && !count::overlap(people, a, b)
}

/// Whether two people are surely one side: the same, or one speaks for the other.
pub(crate) fn is_one_side(people: &People, a: Id<Person>, b: Id<Person>) -> bool {
    count::is_one_side(people, a, b)
}

fn claim(accounts: &[&Account], people: &People, statements: Vec<Told>, witnesses: Witnesses) -> Claim {
    let roots: Vec<Root> = statements.iter().map(|told| root(accounts, people, *told)).collect();
    let text = statements[0].content(accounts).collect::<Vec<_>>().join(" … ");
    let independent = match witnesses {
        Witnesses::Several => independent(accounts, people, &roots),
        Witnesses::One => independent(accounts, people, &roots).min(1),
    };
    let origins = origins(accounts, people, &roots);
    let mut evidence: Vec<Evidence<Place>> = roots.iter().map(|root| traced(accounts, people, root)).collect();
    let words = roots.iter().filter_map(|root| root.words).collect();
    evidence.push(Evidence::rule("independent", "origin/independent", words, counted(&origins, independent)));
    Claim { text, statements, origins, independent, evidence }
}

/// `origin/root`: the hands one document names, down to the root.
fn traced(accounts: &[&Account], people: &People, root: &Root) -> Evidence<Place> {
    let through = root.through.iter().map(|id| people.layer[*id].name.as_str());
    let name = name(accounts, people, root);
    let hands: Vec<&str> = through.chain([name.as_str()]).collect();
    let why = match root.chain {
        Chain::Whole => hands.join(" < "),
        Chain::Loop => format!("{}; the chain turns back on itself and is cut there", hands.join(" < ")),
        Chain::Cut => "the document does not say whence it has it: it counts for nothing".to_owned(),
    };
    let words = root.words.into_iter().chain(root.told.reading(accounts).statements[root.told.id].cue.iter().map(|span| root.told.place(*span)));
    let mut words: Vec<Place> = words.collect();
    words.sort();
    Evidence::rule("origin", "origin/root", words, why)
}

fn counted(origins: &[Origin], independent: usize) -> String {
    match (origins.len(), independent) {
        (_, 0) => "no origin is named".to_owned(),
        (_, 1) => "one origin among the documents given".to_owned(),
        (named, counted) if named == counted => format!("{counted} origins that can be told apart"),
        (named, counted) => format!("{named} origins are named, {counted} of them can be told apart"),
    }
}

/// The roots, each somebody once; unnamed people are never made one.
fn origins(accounts: &[&Account], people: &People, roots: &[Root]) -> Vec<Origin> {
    let mut by_person: BTreeMap<Id<Person>, usize> = BTreeMap::new();
    let mut origins: Vec<Origin> = Vec::new();
    for root in roots.iter().filter(|root| root.chain != Chain::Cut) {
        let known = root.person.and_then(|id| by_person.get(&id).copied());
        match known {
            Some(at) => origins[at].through.push(root.told),
            None => {
                by_person.extend(root.person.map(|id| (id, origins.len())));
                origins.push(Origin { name: name(accounts, people, root), person: root.person, sourcing: root.class, through: vec![root.told] });
            }
        }
    }
    origins
}
