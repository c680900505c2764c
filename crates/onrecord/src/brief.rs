//! Writes a short account in which every sentence is carried by cited statements and checked against them.

use crate::account::Account;
use crate::calendar::Calendar;
use crate::compare::Relation;
use crate::origin::Claim;
use crate::person::People;
use crate::question::Question;
use crate::record::Told;
use crate::text::Layer;
use crate::utterance::Utterance;

/// A short account of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brief {
    /// What passed the check, in order.
    pub sentences: Vec<Sentence>,
    /// What did not, and why.
    pub dropped: Vec<Dropped>,
}

/// A sentence of a brief.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Its words.
    pub text: String,
    /// The statements that carry it.
    pub support: Vec<Told>,
}

/// A sentence that its support does not carry.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// Its words.
    pub text: String,
    /// What its support does not carry.
    pub why: String,
}

/// Everything known of one story that a brief is written from.
pub struct Known<'a> {
    /// Its documents.
    pub accounts: &'a [&'a Account],
    /// Who is who.
    pub people: &'a People,
    /// When it was said.
    pub calendar: &'a Calendar,
    /// Acts of speaking.
    pub utterances: &'a Layer<Utterance>,
    /// Questions and answers.
    pub questions: &'a Layer<Question>,
    /// What agrees, repeats, conflicts or was overtaken.
    pub relations: &'a Layer<Relation>,
    /// What rests on whom.
    pub claims: &'a Layer<Claim>,
}

/// Writes the brief of one story.
pub fn write(_known: &Known<'_>) -> Brief {
    Brief::default()
}
