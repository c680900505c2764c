//! Classifies what a statement does (asserts, asks, refuses, denies …) and whether it was made at all.

use crate::evidence::Evidence;
use crate::quotation::Quotation;
use crate::sentence::Sentence;
use crate::statement::Statement;
use crate::text::{Column, Layer};
use crate::token::Tokens;
use crate::zone::Zone;

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Says that something is so.
    Assertion,
    /// Asks.
    Question,
    /// Says something in reply to a question, and answers it.
    Answer,
    /// Replies with words that do not answer.
    NonAnswer,
    /// Turns down: to comment, to answer, an offer, a request.
    Refusal,
    /// Says that something held against the speaker or his side is not so.
    Denial,
    /// Commits the speaker.
    Promise,
    /// Wants somebody to do something.
    Demand,
    /// Holds out something, to be taken or not.
    Offer,
    /// Announces harm.
    Threat,
    /// Thinks, believes, wants, fears; need not have been uttered.
    Thought,
}

/// Whether it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Factuality {
    /// It was.
    Actual,
    /// The text says that it was not: "wouldn't say that …".
    Negated,
    /// The text asks whether it was.
    Questioned,
    /// The text supposes it: "if she says", "may announce".
    Hypothetical,
    /// The text takes it for granted inside something else.
    Presupposed,
    /// The writer made the words up: a mock quotation.
    Invented,
}

/// Act and factuality of one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Acted {
    /// What it does.
    pub act: Act,
    /// Whether it was said.
    pub factuality: Factuality,
    /// The rules that said so.
    pub evidence: Vec<Evidence>,
}

/// Classifies every statement.
pub fn classify(
    _text: &str,
    _tokens: &Tokens,
    _zones: &Layer<Zone>,
    _sentences: &Layer<Sentence>,
    _quotations: &Layer<Quotation>,
    statements: &Layer<Statement>,
) -> Column<Statement, Acted> {
    Column::over(statements, |_, _| Acted { act: Act::Assertion, factuality: Factuality::Actual, evidence: Vec::new() })
}
