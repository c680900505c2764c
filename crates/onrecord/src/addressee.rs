//! Tells to whom each statement was made.

use crate::entity::{Entities, Entity};
use crate::evidence::Evidence;
use crate::mention::Mention;
use crate::sentence::Sentence;
use crate::statement::Statement;
use crate::text::{Column, Id, Layer, Span};
use crate::token::Tokens;

/// To whom a statement was made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Addressee {
    /// The words that name the addressee.
    pub words: Option<Span>,
    /// Who it is.
    pub entity: Option<Id<Entity>>,
    /// The rule that found it.
    pub evidence: Vec<Evidence>,
}

/// Finds the addressee of every statement that names one.
pub fn find(
    _tokens: &Tokens,
    _sentences: &Layer<Sentence>,
    _mentions: &Layer<Mention>,
    _entities: &Entities,
    statements: &Layer<Statement>,
) -> Column<Statement, Addressee> {
    Column::over(statements, |_, _| Addressee::default())
}
