//! Gathers the statements that report one act of speaking, however many documents report it, in however many words.

use crate::account::Account;
use crate::calendar::Calendar;
use crate::evidence::Evidence;
use crate::person::{People, Person};
use crate::record::{Place, Told};
use crate::text::{Id, Layer};
use crate::time::Interval;

/// One act of speaking.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// The statements that report it, in the order of the documents; at least one.
    pub statements: Vec<Told>,
    /// How each of them renders it, in the same order.
    pub renderings: Vec<Rendering>,
    /// Who spoke.
    pub speaker: Option<Id<Person>>,
    /// When.
    pub said: Option<Interval>,
    /// Why statements were gathered.
    pub evidence: Vec<Evidence<Place>>,
}

/// How a statement renders an utterance, beside the fullest quotation of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rendering {
    /// Word for word, or the fullest we have.
    Verbatim,
    /// Word for word, with parts left out.
    Shortened,
    /// In quotation marks, with other words.
    Altered,
    /// In the writer's words.
    Paraphrased,
    /// In weaker words.
    Softened,
    /// In stronger words.
    Hardened,
}

/// Gathers the statements of one story; every statement is in exactly one utterance.
pub fn gather(accounts: &[&Account], people: &People, calendar: &Calendar) -> Layer<Utterance> {
    let alone = |told: Told| Utterance {
        statements: vec![told],
        renderings: vec![Rendering::Verbatim],
        speaker: people.speaker(accounts, told),
        said: calendar.said(told).cloned(),
        evidence: Vec::new(),
    };
    Layer::new(Told::all(accounts).map(alone).collect())
}
