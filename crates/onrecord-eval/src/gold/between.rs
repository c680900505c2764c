//! What people marked between the documents of a story: utterances, questions, relations, the points of a brief.

use onrecord::compare::RelationKind;
use onrecord::question::Answer;
use onrecord::wire::Named;
use serde::Deserialize;

/// An act of speaking: the statements that report it.
#[derive(Debug, Deserialize)]
pub struct Utterance {
    /// Their ids.
    pub statements: Vec<String>,
}

/// A question that is asked again and again.
#[derive(Debug, Deserialize)]
pub struct Question {
    /// `Q1` …
    pub id: String,
    /// In the annotator's words.
    pub question: String,
    /// Each time.
    pub askings: Vec<Asking>,
}

/// One asking.
#[derive(Debug, Deserialize)]
pub struct Asking {
    /// Its number within the question.
    pub n: usize,
    /// The statements that ask.
    #[serde(default)]
    pub asking_ids: Vec<String>,
    /// The statements that answer.
    #[serde(default)]
    pub answer_ids: Vec<String>,
    /// The class of the answer.
    pub answer_class: String,
}

impl Asking {
    /// The class of the answer, in our words.
    pub fn answer(&self) -> Option<Answer> {
        Answer::from_name(&self.answer_class.replace('-', "_"))
    }
}

/// How two sets of statements stand to each other.
#[derive(Debug, Deserialize)]
pub struct Relation {
    /// `R01` …
    pub id: String,
    /// `corroborate`, `repeat`, `conflict`, `supersede`; others look like a relation and are none.
    #[serde(rename = "type")]
    pub kind: String,
    /// One side.
    pub a: Vec<String>,
    /// The other.
    pub b: Vec<String>,
    /// `high`, `medium`, `low`.
    #[serde(default)]
    pub confidence: String,
}

impl Relation {
    /// What it is in our words; `None` for look-alikes that are no relation.
    pub fn relation(&self) -> Option<RelationKind> {
        Some(match self.kind.as_str() {
            "corroborate" => RelationKind::Corroborates,
            "repeat" => RelationKind::Repeats,
            "conflict" => RelationKind::Conflicts,
            "supersede" => RelationKind::Supersedes,
            _ => return None,
        })
    }
}

/// A sentence that a person would have put into the brief.
#[derive(Debug, Deserialize)]
pub struct Point {
    /// Its number.
    pub n: usize,
    /// The sentence.
    pub text: String,
    /// What carries it: statements, and other things that statements do not show.
    pub support: Vec<String>,
}
