//! Knows people across documents: which entities of which documents are the same somebody.

use crate::account::Account;
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
    /// The people.
    pub layer: Layer<Person>,
    of_entity: Vec<Vec<Id<Person>>>,
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

    /// The one a statement was made to, where it can be told.
    pub fn addressee(&self, accounts: &[&Account], told: Told) -> Option<Id<Person>> {
        let entity = told.reading(accounts).addressees[told.id].entity?;
        Some(self.of(Ref::new(told.document, entity)))
    }
}

/// Links the entities of the documents of one story.
pub fn link(accounts: &[&Account]) -> People {
    let mut people = Vec::new();
    let of_entity = accounts.iter().enumerate().map(|(document, account)| {
        let entities = account.reading.entities.layer.entries();
        entities
            .map(|(id, entity)| {
                people.push(Person {
                    name: entity.name.clone(),
                    kind: entity.kind,
                    aliases: entity.aliases.clone(),
                    roles: entity.roles.clone(),
                    entities: vec![Ref::new(document, id)],
                    may_be: Vec::new(),
                    evidence: Vec::new(),
                });
                Id::new(people.len() - 1)
            })
            .collect()
    });
    let of_entity = of_entity.collect();
    People { layer: Layer::new(people), of_entity }
}
