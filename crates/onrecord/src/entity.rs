//! Clusters the mentions of one document that mean the same somebody, and tells who speaks in each statement.

use crate::document::Document;
use crate::evidence::Evidence;
use crate::mention::Mention;
use crate::sentence::Sentence;
use crate::statement::Statement;
use crate::text::{Column, Id, Layer, Span};
use crate::token::Tokens;
use crate::zone::Zone;

/// The mentions of one document that mean the same somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The fullest name the text gives, else its fullest description.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Other names the text gives.
    pub aliases: Vec<String>,
    /// Titles and offices the text gives ("attorney general", "White House press secretary").
    pub roles: Vec<String>,
    /// Its mentions, in order.
    pub mentions: Vec<Id<Mention>>,
    /// Why mentions were joined.
    pub evidence: Vec<Evidence>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// One person with a name.
    Person,
    /// A body: company, ministry, party, state speaking as such.
    Organization,
    /// An office without a name: "the prime minister".
    Office,
    /// Named or described people: "residents", "the families", "lawmakers".
    Group,
    /// A news outlet.
    Outlet,
    /// People without names who are sources: "two officials", "a source close to …".
    Anonymous,
    /// A place or any other named thing; never a speaker.
    Thing,
}

/// Who is who in one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Entities {
    /// The entities.
    pub layer: Layer<Entity>,
    /// The entity of each mention; `None` where the text does not carry it.
    pub of_mention: Column<Mention, Option<Id<Entity>>>,
    /// Who speaks in each statement.
    pub speakers: Column<Statement, Speaker>,
}

/// Who speaks in a statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Speaker {
    /// The entity, where it can be told.
    pub entity: Option<Id<Entity>>,
    /// The words that carried it: the source, or those it was resolved to.
    pub antecedent: Option<Span>,
    /// Rule and candidates passed over.
    pub evidence: Vec<Evidence>,
}

/// Clusters `mentions` into entities and finds the speaker of every statement.
pub fn cluster(
    _document: &Document,
    _tokens: &Tokens,
    _zones: &Layer<Zone>,
    _sentences: &Layer<Sentence>,
    mentions: &Layer<Mention>,
    statements: &Layer<Statement>,
) -> Entities {
    Entities { layer: Layer::default(), of_mention: Column::over(mentions, |_, _| None), speakers: Column::over(statements, |_, _| Speaker::default()) }
}
