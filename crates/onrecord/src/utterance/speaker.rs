//! Who speaks in a statement as far as tellings of it are compared: the person, and the states and bodies spoken for.

use super::telling::lexicon;
use crate::account::Account;
use crate::entity::EntityKind;
use crate::person::{self, People, Person};
use crate::record::Told;
use crate::text::Id;
use std::collections::{BTreeMap, BTreeSet};

/// The voice of one statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Voice {
    pub(super) person: Option<Id<Person>>,
    pub(super) kind: Option<EntityKind>,
    /// States in its name, its titles, or the words that name it: "China's foreign minister".
    states: BTreeSet<String>,
    /// The other words of its name, where it is no person, and of its titles.
    words: BTreeSet<String>,
    is_media: bool,
    /// Whether nobody knows who it is: no source, or one that was not resolved.
    is_open: bool,
}

/// How two voices stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Speakers {
    /// One speaker.
    Same,
    /// One speaks for the other, or is described as the other is.
    Linked,
    /// Nothing speaks against it: "the newspaper" and a paper with a name, a state and a minister of some state. Within one
    /// document they are most often one.
    Possible,
    /// One of them is not told.
    Unknown,
    /// Two.
    Apart,
}

impl Voice {
    /// The voices of every statement of a story, in order. What any document calls a speaker counts everywhere.
    pub(super) fn of_all(accounts: &[&Account], people: &People) -> Vec<Voice> {
        let mut named: BTreeMap<Id<Person>, Voice> = BTreeMap::new();
        let all: Vec<(Option<Id<Person>>, Option<&str>)> = Told::all(accounts)
            .map(|told| (people.speaker(accounts, told), told.statement(accounts).source.map(|span| span.of(&told.reading(accounts).document.text))))
            .collect();
        for (id, source) in &all {
            let Some(id) = id else { continue };
            let voice = named.entry(*id).or_insert_with(|| Voice::of(*id, &people.layer[*id]));
            match voice.kind {
                Some(EntityKind::Person) => voice.states.extend(states(source.unwrap_or_default())),
                Some(EntityKind::Organization) => voice.is_media |= person::key(source.unwrap_or_default()).iter().any(|word| lexicon().media.has(word)),
                Some(EntityKind::Outlet | EntityKind::Office | EntityKind::Group | EntityKind::Anonymous | EntityKind::Thing) | None => {}
            }
        }
        all.into_iter().map(|(id, source)| id.map_or_else(|| Voice::unresolved(source), |id| named[&id].clone())).collect()
    }

    fn of(id: Id<Person>, person: &Person) -> Voice {
        let is_person = person.kind == EntityKind::Person;
        let names = std::iter::once(&person.name).chain(&person.aliases).filter(|_| !is_person);
        let mut voice = Voice { person: Some(id), kind: Some(person.kind), ..Voice::default() };
        for phrase in names.chain(&person.roles) {
            voice.read(phrase);
        }
        voice.is_media |= person.kind == EntityKind::Outlet;
        voice
    }

    fn unresolved(source: Option<&str>) -> Voice {
        let mut voice = Voice { kind: source.map(|_| EntityKind::Anonymous), is_open: true, ..Voice::default() };
        source.into_iter().for_each(|source| voice.read(source));
        voice
    }

    fn read(&mut self, phrase: &str) {
        let key = person::key(phrase);
        self.is_media |= key.iter().any(|word| lexicon().media.has(word));
        let (states, words): (Vec<String>, Vec<String>) = key.into_iter().partition(|word| person::is_state(word));
        self.states.extend(states);
        self.words.extend(words.into_iter().filter(|word| !lexicon().government.has(word)));
    }

    /// Whether it is a state as such: "China", "the Chinese government", "Beijing".
    pub(super) fn is_state(&self) -> bool {
        self.kind.is_some_and(|kind| kind != EntityKind::Person) && !self.is_media && !self.states.is_empty() && self.words.is_empty()
    }

    /// Whether it is a body that speaks in texts of its own: a ministry, a company, a paper, not a state.
    pub(super) fn is_body(&self) -> bool {
        matches!(self.kind, Some(EntityKind::Organization | EntityKind::Outlet)) && !self.is_state()
    }

    /// Whether it hands on what others say: a news outlet.
    pub(super) fn is_relay(&self) -> bool {
        self.is_media
    }

    /// Whether it speaks for somebody by office.
    pub(super) fn is_spokesman(&self) -> bool {
        self.words.iter().any(|word| lexicon().speaking.has(word))
    }

    /// Whether it is a news outlet that is described and not named: "a Belgian newspaper", "the report".
    fn is_unnamed_media(&self) -> bool {
        self.is_media && self.words.iter().all(|word| lexicon().media.has(word))
    }

    /// Whether it holds an office, of a state not told.
    fn is_official_of_some_state(&self) -> bool {
        self.states.is_empty() && self.words.iter().any(|word| lexicon().official.has(word))
    }

    /// Whether it is a person known by name.
    pub(super) fn is_named_person(&self) -> bool {
        self.kind == Some(EntityKind::Person)
    }
}

/// How two voices stand to each other.
pub(super) fn compare(a: &Voice, b: &Voice) -> Speakers {
    if a.person.is_some() && a.person == b.person {
        return Speakers::Same;
    }
    let linked = !(a.is_named_person() && b.is_named_person()) && (speaks_for(a, b) || speaks_for(b, a) || is_described(a, b) || is_described(b, a));
    let media = a.is_media && b.is_media && (a.is_unnamed_media() || b.is_unnamed_media()) && fit(&a.states, &b.states);
    let official = (a.is_state() && b.is_official_of_some_state()) || (b.is_state() && a.is_official_of_some_state());
    match () {
        () if linked => Speakers::Linked,
        () if media || official => Speakers::Possible,
        () if a.is_open || b.is_open => Speakers::Unknown,
        () => Speakers::Apart,
    }
}

/// Whether two sets of states may be of one speaker.
fn fit(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    a.is_empty() || b.is_empty() || !a.is_disjoint(b)
}

/// Whether `one` speaks for the state or body `all`.
fn speaks_for(one: &Voice, all: &Voice) -> bool {
    let share_state = !one.states.is_disjoint(&all.states);
    let for_state = all.is_state() && share_state && !one.is_media;
    let for_body = all.is_body() && !all.is_media && !one.is_body() && !all.words.is_empty() && all.words.is_subset(&one.words);
    for_state || (for_body && fit(&one.states, &all.states))
}

/// Whether `described` has no name, and its description fits `named`: "a defence ministry spokesman".
fn is_described(described: &Voice, named: &Voice) -> bool {
    let unnamed = matches!(described.kind, Some(EntityKind::Anonymous | EntityKind::Office));
    let fits = described.words.len() > 1 && described.words.is_subset(&named.words);
    unnamed && named.is_named_person() && fits && (described.states.is_subset(&named.states) || named.states.is_empty())
}

fn states(phrase: &str) -> impl Iterator<Item = String> {
    person::key(phrase).into_iter().filter(|word| person::is_state(word))
}

#[cfg(test)]
fn voice(kind: EntityKind, at: usize, phrases: &[&str]) -> Voice {
    let mut voice = Voice { person: Some(Id::new(at)), kind: Some(kind), is_media: kind == EntityKind::Outlet, ..Voice::default() };
    phrases.iter().for_each(|phrase| voice.read(phrase));
    voice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spokesman_speaks_for_his_state_and_his_ministry() {
        let state = voice(EntityKind::Thing, 0, &["Beijing"]);
        let ministry = voice(EntityKind::Organization, 1, &["Chinese Defense Ministry"]);
        let spokesman = voice(EntityKind::Person, 2, &["Chinese defense ministry spokesman"]);
        let unnamed = voice(EntityKind::Anonymous, 3, &["a defense ministry spokesman"]);
        let other = voice(EntityKind::Person, 4, &["Norwegian defense ministry spokesman"]);
        let paper = voice(EntityKind::Outlet, 5, &["Chinese newspaper The Quay"]);
        for (a, b) in [(&state, &ministry), (&state, &spokesman), (&ministry, &spokesman), (&unnamed, &spokesman)] {
            assert_eq!((compare(a, b), compare(b, a)), (Speakers::Linked, Speakers::Linked), "{a:?} {b:?}");
        }
        let named = voice(EntityKind::Outlet, 6, &["Quay Herald"]);
        let minister = voice(EntityKind::Person, 7, &["foreign minister"]);
        for (a, b) in [(&voice(EntityKind::Outlet, 8, &["the newspaper"]), &named), (&state, &minister)] {
            assert_eq!(compare(a, b), Speakers::Possible, "{a:?} {b:?}");
        }
        for (a, b) in [(&spokesman, &other), (&state, &other), (&state, &paper), (&ministry, &other)] {
            assert_eq!(compare(a, b), Speakers::Apart, "{a:?} {b:?}");
        }
    }
}
