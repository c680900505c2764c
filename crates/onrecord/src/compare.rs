//! Relates statements of different utterances: which corroborate, repeat, conflict with or supersede which.

mod words;
mod number;
mod figure;

use crate::account::Account;
use crate::calendar::Calendar;
use crate::evidence::Evidence;
use crate::person::People;
use crate::question::Question;
use crate::record::{Place, Told};
use crate::text::Layer;
use crate::utterance::Utterance;

/// How statements of different utterances stand to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// What the relation is.
    pub kind: RelationKind,
    /// One side; of `supersedes`, the later.
    pub a: Vec<Told>,
    /// The other.
    pub b: Vec<Told>,
    /// In one sentence.
    pub why: String,
    /// The words that agree or differ, and the rule.
    pub evidence: Vec<Evidence<Place>>,
}

/// What a relation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelationKind {
    /// Both say it, from origins that can be told apart.
    Corroborates,
    /// Both say it, from one origin or where independence cannot be shown.
    Repeats,
    /// Both cannot hold as worded.
    Conflicts,
    /// A later state replaces an earlier one.
    Supersedes,
}

/// Relates the statements of one story.
pub fn relate(_accounts: &[&Account], _people: &People, _calendar: &Calendar, _utterances: &Layer<Utterance>, _questions: &Layer<Question>) -> Layer<Relation> {
    Layer::default()
}
