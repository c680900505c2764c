//! Follows a question through a story: who asked it of whom and when, and who answered it, dodged it or kept silent.

pub mod clarity;
mod answer;
mod asking;
mod lexicon;
mod node;
mod stand;
mod tie;
mod wording;

use crate::account::Account;
use crate::calendar::Calendar;
use crate::evidence::Evidence;
use crate::person::{People, Person};
use crate::record::{Place, Told};
use crate::text::{Id, Layer};
use crate::time::Interval;
use crate::utterance::Utterance;
use node::Cx;
use stand::Standing;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use tie::Tie;

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

/// Follows the questions of one story, the most asked first.
///
/// A question stands where somebody asks it, refuses to answer it or denies what it asks (`question/same-question`), where
/// several speak to one thing (`question/contested`), and where breaking news asks it of itself (`question/slot`).
///
/// # Limits
/// What the writers ask or tell in their own voice is no statement and so no asking. A statement belongs to one question,
/// the one it bears on most; one that gives several figures, to each that asks for them. Questions that differ by a name alone, in one story, may be taken for one.
pub fn follow(accounts: &[&Account], people: &People, calendar: &Calendar, utterances: &Layer<Utterance>) -> Layer<Question> {
    let cx = Cx::of(accounts, people, |told| calendar.placed(told).cloned());
    let ties = tie::tie(&cx);
    let mut questions: Vec<Question> = stand::stand(&cx, &ties).iter().map(|standing| question(&cx, &ties, utterances, standing)).collect();
    questions.retain(|question| !question.askings.is_empty());
    if calendar.is_nameless() {
        // The days of a week without a name part askings; they are nobody's to see.
        questions.iter_mut().flat_map(|question| &mut question.askings).for_each(|asking| asking.said = None);
    }
    questions.sort_by_cached_key(|question| (Reverse(question.askings.len()), question.text.clone(), first(question)));
    Layer::new(questions)
}

fn question(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, utterances: &Layer<Utterance>, standing: &Standing) -> Question {
    let askings = asking::part(cx, ties, utterances, standing);
    let words = standing.nodes.iter().flat_map(|at| cx.places(*at, cx.cue(*at))).collect();
    let evidence = vec![Evidence::rule("question", standing.why.rule(), words, "")];
    Question { text: wording::text(cx, standing), status: wording::status(&askings), askings, evidence }
}

fn first(question: &Question) -> Option<Told> {
    question.askings.iter().flat_map(|asking| asking.asked_in.iter().chain(&asking.answered_in)).min().copied()
}
