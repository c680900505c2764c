//! Why a derived fact is believed: the rule or model that found it and the words it rests on.

use crate::text::Span;
use std::borrow::Cow;

/// The words, and the rule or model, behind a derived fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence<P = Span> {
    /// Which fact of its item it carries: `source`, `act`, `speaker`, `said` …
    pub fact: &'static str,
    /// Who found it.
    pub by: Finder,
    /// How sure, 0 to 1. Rules give 1 unless they weigh.
    pub score: f32,
    /// The words it rests on, in the order of the text: spans of one document, or [places](crate::record::Place) in several.
    pub words: Vec<P>,
    /// What was concluded and what was passed over, in plain words; may be empty.
    pub why: Cow<'static, str>,
}

/// A rule, a model or a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finder {
    /// The rule of this name; its page is `rules/NAME.md` (`act/denial`).
    Rule(&'static str),
    /// The head of the reader of this name (`statement`, `link`, `name`, `description`).
    Model(&'static str),
    /// A person, by the correction of this number.
    Person(u32),
}

impl Finder {
    /// Its name, with what it is.
    pub fn shown(self) -> String {
        match self {
            Finder::Rule(name) => format!("rule {name}"),
            Finder::Model(head) => format!("model, head {head}"),
            Finder::Person(number) => format!("a person, correction c{number}"),
        }
    }
}

impl<P> Evidence<P> {
    /// Evidence that the rule `name` found `fact` in `words`.
    pub fn rule(fact: &'static str, name: &'static str, words: Vec<P>, why: impl Into<Cow<'static, str>>) -> Evidence<P> {
        Evidence { fact, by: Finder::Rule(name), score: 1.0, words, why: why.into() }
    }

    /// Evidence that a head of the reader found `fact` in `words`, with a probability.
    pub fn model(fact: &'static str, head: &'static str, score: f32, words: Vec<P>) -> Evidence<P> {
        Evidence { fact, by: Finder::Model(head), score, words, why: Cow::Borrowed("") }
    }
}

/// Something odd in a text: beside the result, never an error.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// A short stable name: `unclosed-quotation`, `no-date`, `not-english`.
    pub kind: &'static str,
    /// Where, if at one place.
    pub span: Option<Span>,
    /// One sentence for the reader.
    pub message: String,
}
