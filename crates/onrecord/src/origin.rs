//! Traces each claim to its origins and counts them: origins, never outlets.

use crate::account::Account;
use crate::compare::Relation;
use crate::evidence::Evidence;
use crate::person::{People, Person};
use crate::record::{Place, Told};
use crate::sourcing::SourceClass;
use crate::text::{Id, Layer};
use crate::utterance::Utterance;

/// A claim and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The claim, in the words of the statement that gives it most fully.
    pub text: String,
    /// The statements that carry it.
    pub statements: Vec<Told>,
    /// The roots it can be traced to.
    pub origins: Vec<Origin>,
    /// How many of them can be shown to be independent; what may overlap counts once.
    pub independent: usize,
    /// How statements were tied to it and to its origins.
    pub evidence: Vec<Evidence<Place>>,
}

/// The root a claim can be traced to.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Its name, or the words that describe it.
    pub name: String,
    /// Who it is, where known.
    pub person: Option<Id<Person>>,
    /// On what footing it stands.
    pub sourcing: SourceClass,
    /// The statements that lead to it.
    pub through: Vec<Told>,
}

/// Traces the claims that more than one document carries, and those that rest on one origin.
pub fn trace(_accounts: &[&Account], _people: &People, _utterances: &Layer<Utterance>, _relations: &Layer<Relation>) -> Layer<Claim> {
    Layer::default()
}
