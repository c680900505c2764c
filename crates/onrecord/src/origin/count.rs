//! Counts origins: the one function that says how many of them can be shown to be independent.

use super::root::{Apart, Root};
use crate::account::Account;
use crate::compare::name_key;
use crate::entity::EntityKind;
use crate::person::{People, Person};
use crate::sourcing::SourceClass;
use crate::text::Id;
use std::collections::BTreeSet;

/// How many of these roots can be shown to be independent.
///
/// Outlets that relay one root are one; a spokesman and the body he speaks for are one; an outlet and the unnamed people
/// it relays are one, and so are somebody named and a body or office without a name that may be he; unnamed people, who may be the same
/// or may be one of those named, count once, and only where nobody is named, unless a document itself tells one from another; a root
/// without a name or words counts for nothing.
pub(crate) fn independent(accounts: &[&Account], people: &People, roots: &[Root]) -> usize {
    let named: BTreeSet<Id<Person>> = roots.iter().filter(|root| is_known(accounts, people, root)).filter_map(|root| root.person).collect();
    let unnamed: Vec<&Root> = roots.iter().filter(|root| root.class == SourceClass::Anonymous).collect();
    // An outlet that only relays unnamed people here is no further origin.
    let relays: BTreeSet<Id<Person>> = unnamed.iter().flat_map(|root| root.through.iter().copied()).collect();
    let named: Vec<Id<Person>> = named.into_iter().filter(|id| !(people.layer[*id].kind == EntityKind::Outlet && relays.contains(id))).collect();
    let groups = groups(accounts, people, &named);
    if groups > 0 || unnamed.is_empty() { groups } else { told_apart(&unnamed).max(1) }
}

/// Whether a root names somebody who can be told from others; "media reports" name nobody.
fn is_known(accounts: &[&Account], people: &People, root: &Root) -> bool {
    let somebody = root.person.is_some_and(|id| !matches!(people.layer[id].kind, EntityKind::Anonymous | EntityKind::Thing));
    match root.class {
        SourceClass::Anonymous | SourceClass::None => false,
        SourceClass::Named | SourceClass::Organization | SourceClass::SocialPost | SourceClass::Outlet => somebody,
        SourceClass::Document => somebody && root.person.is_some_and(|id| has_name(accounts, &people.layer[id])),
    }
}

/// Whether any document calls it by a name.
fn has_name(accounts: &[&Account], person: &Person) -> bool {
    person.entities.iter().any(|entity| {
        let reading = &accounts[entity.document].reading;
        reading.entities.layer[entity.id].is_named(&reading.mentions)
    })
}

/// How many of the named stand apart from all others.
fn groups(accounts: &[&Account], people: &People, named: &[Id<Person>]) -> usize {
    let mut group: Vec<usize> = (0..named.len()).collect();
    for a in 0..named.len() {
        for b in 0..a {
            if overlap(people, named[a], named[b]) || may_be_called_so(accounts, people, named[a], named[b]) {
                let (from, to) = (group[a], group[b]);
                group.iter_mut().filter(|at| **at == from).for_each(|at| *at = to);
            }
        }
    }
    group.into_iter().collect::<BTreeSet<usize>>().len()
}

/// Whether two of the named may be one origin: they may be the same, or one speaks for the other.
pub(super) fn overlap(people: &People, a: Id<Person>, b: Id<Person>) -> bool {
    let (one, other) = (&people.layer[a], &people.layer[b]);
    one.may_be.contains(&b) || other.may_be.contains(&a) || speaks_for(one, other) || speaks_for(other, one)
}

/// Whether one of the two is called by no name, and what it is called may mean the other: "the airline" a company that is named, "the Harrow
/// mayor" Mara Ode, "Norland's lawmakers" the parliament of Norland.
fn may_be_called_so(accounts: &[&Account], people: &People, a: Id<Person>, b: Id<Person>) -> bool {
    let (one, other) = (&people.layer[a], &people.layer[b]);
    let (one, other) = if has_name(accounts, one) { (other, one) } else { (one, other) };
    let is_body = matches!(other.kind, EntityKind::Organization | EntityKind::Outlet);
    let is_definite = one.name.to_lowercase().starts_with("the ");
    let is_somebody = |person: &Person| matches!(person.kind, EntityKind::Person | EntityKind::Office);
    !has_name(accounts, one) && (share_a_word(&one.name, &other.name) || (is_definite && is_body) || (is_somebody(one) && is_somebody(other)))
}

/// Whether two names have a word with a capital in common, as lands and their people do: "Norland", "Norlanders".
fn share_a_word(one: &str, other: &str) -> bool {
    // "Mr." is no name.
    let words = |name: &str| -> BTreeSet<String> {
        let capitals = name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase) && word.len() > SHORTEST_NAME);
        capitals.map(|word| name_key(&word.to_lowercase())).collect()
    };
    !words(one).is_disjoint(&words(other))
}

/// Whether two are surely one side: the same, or one speaks for the other.
pub(super) fn is_one_side(people: &People, a: Id<Person>, b: Id<Person>) -> bool {
    let (one, other) = (&people.layer[a], &people.layer[b]);
    a == b || speaks_for(one, other) || speaks_for(other, one)
}

/// Whether a person's name, title or office names the body.
fn speaks_for(person: &Person, body: &Person) -> bool {
    if !matches!(body.kind, EntityKind::Organization | EntityKind::Outlet | EntityKind::Office | EntityKind::Group) {
        return false;
    }
    let mut titles = person.roles.iter().chain(&person.aliases).chain([&person.name]);
    let names = || body.aliases.iter().chain([&body.name]).map(|name| bare(name)).filter(|name| name.len() >= SHORTEST_NAME);
    titles.any(|title| names().any(|name| holds_words(&bare(title), &name)))
}

/// Letters of the shortest name that is looked for in a title.
const SHORTEST_NAME: usize = 3;

fn bare(name: &str) -> String {
    name.to_lowercase().trim_start_matches("the ").to_owned()
}

/// Whether `words` stand in `text` as whole words.
fn holds_words(text: &str, words: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(words).any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + words.len()..].chars().next()))
}

/// How many unnamed sources one document tells apart: the others of a document and those it calls second, third, another.
fn told_apart(unnamed: &[&Root]) -> usize {
    let documents: BTreeSet<usize> = unnamed.iter().map(|root| root.told.document).collect();
    let in_one = |document: usize| {
        let here = || unnamed.iter().filter(move |root| root.told.document == document);
        let apart: BTreeSet<Id<Person>> = here().filter(|root| root.apart == Apart::Told).filter_map(|root| root.person).collect();
        let others = here().any(|root| root.apart == Apart::Untold && root.person.is_none_or(|id| !apart.contains(&id)));
        let nobody = here().any(|root| root.apart == Apart::Told && root.person.is_none());
        apart.len().max(usize::from(nobody)) + usize::from(others)
    };
    documents.into_iter().map(in_one).max().unwrap_or(0)
}
