//! Clusters the mentions of one document that mean the same somebody, and tells who speaks in each statement.
//!
//! Names first (full names, then short ones), then descriptions by their roles ("the attorney general"), then pronouns,
//! then the I of a quotation, which is its speaker. Where two candidates are close, the mention stays without an entity:
//! a wrong attribution can ruin somebody.
//!
//! # Limits
//! A bare last name that two people of the text bear, both mentioned close by, is given to neither. Anonymous sources are
//! joined only by a definite reference right after ("the official", "he"). "It" is resolved only where it is a source.
//! Of a text with more than 6,000 mentions only the first 6,000 are clustered.

pub(crate) mod body;
mod description;
mod issuer;
mod join;
pub(crate) mod look;
pub(crate) mod name;
mod pronoun;
mod shape;
mod speaker;
mod subject;

use crate::document::Document;
use crate::evidence::Evidence;
use crate::mention::{Mention, MentionKind};
use crate::quotation::Quotation;
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
    /// Its mentions, in order; none if only a correction names it.
    pub mentions: Vec<Id<Mention>>,
    /// Why mentions were joined.
    pub evidence: Vec<Evidence>,
}

impl Entity {
    /// Whether a name stands for it somewhere; one that only a person spoke of has no mention, and a name.
    pub(crate) fn is_named(&self, mentions: &Layer<Mention>) -> bool {
        self.mentions.is_empty() || self.mentions.iter().any(|mention| mentions[*mention].kind == MentionKind::Name)
    }
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

/// What every rule of this stage may look at.
struct Cx<'a> {
    document: &'a Document,
    tokens: &'a Tokens,
    zones: &'a Layer<Zone>,
    sentences: &'a Layer<Sentence>,
    quotations: &'a Layer<Quotation>,
    mentions: &'a Layer<Mention>,
    statements: &'a Layer<Statement>,
}

impl Cx<'_> {
    fn text(&self) -> &str {
        &self.document.text
    }
}

/// Clusters `mentions` into entities and finds the speaker of every statement.
pub fn cluster(
    document: &Document,
    tokens: &Tokens,
    zones: &Layer<Zone>,
    sentences: &Layer<Sentence>,
    quotations: &Layer<Quotation>,
    mentions: &Layer<Mention>,
    statements: &Layer<Statement>,
) -> Entities {
    let cx = Cx { document, tokens, zones, sentences, quotations, mentions, statements };
    let looks = look::at_all(&cx);
    let mut joins = join::Joins::new(mentions.len());
    name::join_people(&cx, &looks, &mut joins);
    body::join_names(&cx, &looks, &mut joins);
    description::join_appositions(&cx, &looks, &mut joins);
    body::mark_outlets(&cx, &looks, &mut joins);
    description::join_roles(&cx, &looks, &mut joins);
    pronoun::resolve(&cx, &looks, &mut joins);
    let voices = speaker::tell(&cx, &looks, &mut joins);
    shape::finish(&cx, &looks, joins, voices)
}

#[cfg(test)]
mod tests;
