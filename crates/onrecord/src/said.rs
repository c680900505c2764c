//! Tells when each statement was said.

use crate::evidence::Evidence;
use crate::sentence::Sentence;
use crate::statement::Statement;
use crate::text::{Column, Layer};
use crate::time::{Dating, Interval, Time};
use crate::token::Tokens;

/// When a statement was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The days it may have been said.
    pub interval: Option<Interval>,
    /// The expression of time and the rule behind it.
    pub evidence: Vec<Evidence>,
}

/// Dates every statement.
pub fn date(_tokens: &Tokens, _sentences: &Layer<Sentence>, _times: &Layer<Time>, _dating: &Dating, statements: &Layer<Statement>) -> Column<Statement, Said> {
    Column::over(statements, |_, _| Said::default())
}
