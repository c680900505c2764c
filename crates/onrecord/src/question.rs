//! Follows a question through a story: who asked it of whom and when, and who answered it, dodged it or kept silent.

use crate::account::Account;
use crate::calendar::Calendar;
use crate::evidence::Evidence;
use crate::person::{People, Person};
use crate::record::{Place, Told};
use crate::text::{Id, Layer};
use crate::time::Interval;
use crate::utterance::Utterance;

/// What is asked again and again.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question, in the words of a document where one asks it.
    pub text: String,
    /// Each time it was asked or answered, in the order of time.
    pub askings: Vec<Asking>,
    /// Where it stands at the end.
    pub status: Status,
    /// Why its askings are one question.
    pub evidence: Vec<Evidence<Place>>,
}

/// One time a question was put, or answered without being put.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// When.
    pub said: Option<Interval>,
    /// Who asked.
    pub asker: Option<Id<Person>>,
    /// Who was asked, or answered.
    pub addressee: Option<Id<Person>>,
    /// The statements that ask.
    pub asked_in: Vec<Told>,
    /// The statements that answer, or tell that there was no answer.
    pub answered_in: Vec<Told>,
    /// The class of the answer.
    pub answer: Answer,
    /// The words that show it, and the rule or model.
    pub evidence: Vec<Evidence<Place>>,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Yes; or, to a question for a fact, the fact.
    Affirm,
    /// No.
    Deny,
    /// Part of it.
    Partial,
    /// Words that do not answer.
    NonAnswer,
    /// A refusal to answer.
    Declined,
    /// No answer is told.
    None,
}

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Nobody answered.
    Open,
    /// The last word answers it.
    Answered,
    /// Those who answer disagree.
    Disputed,
}

/// Follows the questions of one story.
pub fn follow(_accounts: &[&Account], _people: &People, _calendar: &Calendar, _utterances: &Layer<Utterance>) -> Layer<Question> {
    Layer::default()
}
