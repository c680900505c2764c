//! Knows people across documents: which entities of the documents of a story are the same somebody.
//!
//! Names first, then bodies and states, then offices ("the attorney general" of one document is who holds that title in another).
//! Each step joins only what can mean one somebody alone; where several could be meant, the entity stays by itself
//! and `may_be` lists them.
//!
//! # Limits
//! People without names are never merged across documents, also where they are surely the same. A bare first name is tied
//! only to a full name of the story. Offices are taken as held throughout a story: who left one within it is told apart
//! only by "former". Who asks a question that tells only who was asked is the press or nobody (`person/press`).

mod body;
mod corrected;
mod doubt;
mod face;
mod name;
mod office;
mod pool;
mod press;

use crate::account::Account;
use crate::correction::{Correction, OfPeople};
use crate::entity::{Entity, EntityKind};
use crate::evidence::Evidence;
use crate::record::{Place, Ref, Told};
use crate::text::{Id, Layer};

/// Somebody known across documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The fullest name any document gives, else the fullest description.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Other names.
    pub aliases: Vec<String>,
    /// Titles and offices.
    pub roles: Vec<String>,
    /// The entities of the documents, in order.
    pub entities: Vec<Ref<Entity>>,
    /// Others that may be the same somebody, where nothing shows it: never merged.
    pub may_be: Vec<Id<Person>>,
    /// Why entities were joined, each with how sure that is.
    pub evidence: Vec<Evidence<Place>>,
}

/// Who is who across the documents of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// The people, in the order in which the documents name them.
    pub layer: Layer<Person>,
    of_entity: Vec<Vec<Id<Person>>>,
    /// Who asks where nobody is named for it.
    press: Option<press::Press>,
}

impl People {
    /// The person an entity is.
    pub fn of(&self, entity: Ref<Entity>) -> Id<Person> {
        self.of_entity[entity.document][entity.id.at()]
    }

    /// The speaker of a statement, where it can be told.
    pub fn speaker(&self, accounts: &[&Account], told: Told) -> Option<Id<Person>> {
        let entity = told.reading(accounts).entities.speakers[told.id].entity?;
        Some(self.of(Ref::new(told.document, entity)))
    }

    /// The speaker of a statement, else the press where it asks unnamed.
    pub fn voice(&self, accounts: &[&Account], told: Told) -> Option<Id<Person>> {
        self.speaker(accounts, told).or_else(|| self.asker(told).map(|(id, _)| id))
    }

    /// Who asks in a statement where only the asked is told, with what shows it: the press, whose members nobody tells apart.
    pub fn asker(&self, told: Told) -> Option<(Id<Person>, &Evidence<Place>)> {
        let press = self.press.as_ref()?;
        Some((press.person, press.asks.get(&told)?))
    }

    /// The one a statement was made to, where it can be told.
    pub fn addressee(&self, accounts: &[&Account], told: Told) -> Option<Id<Person>> {
        let entity = told.reading(accounts).addressees[told.id].entity?;
        Some(self.of(Ref::new(told.document, entity)))
    }
}

/// The words of a name or title in lower case, with those that stand for a state replaced by the state.
pub(crate) fn key(phrase: &str) -> Vec<String> {
    face::key_of(&face::words_of(phrase))
}

/// The state that these words in lower case stand for: "british" for the United Kingdom.
pub(crate) fn state(words: &str) -> Option<&'static str> {
    face::state(words)
}

/// Whether a word of a [`key`] is a state.
pub(crate) fn is_state(word: &str) -> bool {
    face::state(word) == Some(word)
}

/// Links the entities of the documents of one story; then does what persons corrected.
pub fn link(accounts: &[&Account], corrections: &[Correction<OfPeople<usize>>]) -> Linked {
    let faces = face::of_all(accounts);
    let mut pool = pool::Pool::new(&faces);
    name::join(&mut pool);
    body::join(&mut pool);
    office::join(&mut pool);
    let found = corrected::apply(accounts, &mut pool, corrections);
    let doubts = doubt::list(&pool);
    let mut people = pool.into_people(accounts, &doubts);
    if let Some((person, press)) = press::find(accounts, &people) {
        people.layer = Layer::new(people.layer.iter().cloned().chain([person]).collect());
        people.press = Some(press);
    }
    Linked { people, found }
}

/// Who is who, with what persons said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The people.
    pub people: People,
    /// The numbers of the corrections that found whom they are about.
    pub found: Vec<u32>,
}

#[cfg(test)]
mod tests;
