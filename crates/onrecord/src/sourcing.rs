//! Traces on what footing a statement stands: the class of its source, and on whose word the document has it.

use crate::document::Document;
use crate::entity::Entities;
use crate::evidence::Evidence;
use crate::statement::Statement;
use crate::text::{Column, Id, Layer, Span};
use crate::token::Tokens;
use crate::zone::Zone;
use crate::entity::Entity;

/// The class of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceClass {
    /// A person with a name, also when a pronoun or a title stands for it.
    Named,
    /// People without names.
    Anonymous,
    /// A body speaking as such.
    Organization,
    /// A paper, report, lawsuit, study, record; "reports", "news".
    Document,
    /// A post on a social network.
    SocialPost,
    /// A news outlet.
    Outlet,
    /// No source is given.
    None,
}

/// On whose word the document has the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KnownThrough {
    /// Said openly: quoted, at a briefing, in a post.
    OnRecord,
    /// On the word of people without names.
    Anonymous,
    /// On another outlet's word.
    Outlet,
    /// On a document's word.
    Document,
    /// The document's writer tells it without saying whence.
    Author,
}

/// The footing of one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourcing {
    /// The class of its source.
    pub class: SourceClass,
    /// On whose word it is known.
    pub known_through: KnownThrough,
    /// The relays, nearest the reader first, the speaker last.
    pub chain: Vec<Relay>,
    /// The rules that said so.
    pub evidence: Vec<Evidence>,
}

/// One hand a statement went through.
#[derive(Clone, Debug, PartialEq)]
pub struct Relay {
    /// The words that name it.
    pub words: Option<Span>,
    /// Who it is.
    pub entity: Option<Id<Entity>>,
    /// Its class.
    pub class: SourceClass,
}

/// Traces the footing of every statement.
pub fn trace(
    _document: &Document,
    _tokens: &Tokens,
    _zones: &Layer<Zone>,
    _entities: &Entities,
    statements: &Layer<Statement>,
) -> Column<Statement, Sourcing> {
    Column::over(statements, |_, _| Sourcing {
        class: SourceClass::None,
        known_through: KnownThrough::Author,
        chain: Vec::new(),
        evidence: Vec::new(),
    })
}
