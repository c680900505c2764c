//! Classifies what a statement does (asserts, asks, refuses, denies …) and whether it was made at all.
//!
//! # Limits
//! English only. The act is read off the cue, the form of the content and what was asked just before; sarcasm, and
//! answers given several paragraphs after their question, are not seen.

mod cue;
mod factuality;
pub(crate) mod frame;
pub(crate) mod reply;

use crate::evidence::{Evidence, Finder};
use crate::sentence::Sentence;
use crate::statement::Statement;
use crate::text::{Column, Id, Layer, Span};
use crate::token::Tokens;
use crate::zone::Zone;
use frame::Frame;

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

/// What every rule of this stage may look at.
pub(crate) struct Cx<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    zones: &'a Layer<Zone>,
    statements: &'a Layer<Statement>,
    frames: Vec<Frame>,
}

impl Cx<'_> {
    fn frame(&self, id: Id<Statement>) -> &Frame {
        &self.frames[id.at()]
    }
}

/// What a rule concluded, and from which words.
pub(crate) struct Ruled<T> {
    value: T,
    rule: &'static str,
    words: Vec<Span>,
    why: &'static str,
}

impl<T: Copy> Ruled<T> {
    fn evidence(self, fact: &'static str) -> (T, Evidence) {
        (self.value, Evidence::rule(fact, self.rule, self.words, self.why))
    }
}

/// Classifies every statement.
pub fn classify(text: &str, tokens: &Tokens, zones: &Layer<Zone>, sentences: &Layer<Sentence>, statements: &Layer<Statement>) -> Column<Statement, Acted> {
    let frames = statements.iter().map(|statement| Frame::of(tokens, sentences, statement)).collect();
    let cx = Cx { text, tokens, zones, statements, frames };
    let mut acts: Vec<(Act, Evidence)> = Vec::with_capacity(statements.len());
    for id in statements.ids() {
        let ruled = act(&cx, &acts, id);
        acts.push(ruled.evidence("act"));
    }
    let kinds: Vec<Act> = acts.iter().map(|(act, _)| *act).collect();
    let own: Vec<_> = statements.ids().map(|id| factuality::of(&cx, &kinds, id)).collect();
    let all = factuality::inherit(&cx, &kinds, own);
    let mut acted = acts.into_iter().zip(all);
    Column::over(statements, |id, _| {
        let ((act, act_evidence), ruled) = acted.next().expect("one act and one factuality a statement");
        // What somebody denies that others said, those others did not keep back.
        let negated = ruled.value == Factuality::Negated && ruled.rule != "factuality/within";
        let act = if negated && reply::withholds(&cx, cx.frame(id), act, !is_default(&act_evidence)) { Act::Refusal } else { act };
        let (factuality, evidence) = ruled.evidence("factuality");
        let shown = !evidence.words.is_empty() || factuality != Factuality::Actual;
        Acted { act, factuality, evidence: std::iter::once(act_evidence).chain(shown.then_some(evidence)).collect() }
    })
}

/// Whether no word of a statement told its act: it asserts where no rule speaks against it.
pub(crate) fn is_default(act: &Evidence) -> bool {
    act.by == Finder::Rule("act/assertion")
}

/// The act of one statement, given those before it: the first rule that speaks decides.
fn act(cx: &Cx<'_>, before: &[(Act, Evidence)], id: Id<Statement>) -> Ruled<Act> {
    let frame = cx.frame(id);
    None.or_else(|| reply::could_not_say(cx, frame))
        .or_else(|| cue::turned_down_a_charge(cx, frame))
        .or_else(|| cue::denied_a_thing(cx, frame))
        .or_else(|| cue::not_commissive(cx, frame))
        .or_else(|| cue::directive(cx, frame))
        .or_else(|| reply::question_form(cx, frame))
        .or_else(|| cue::by_cue_word(cx, frame).filter(|ruled| ruled.value != Act::Assertion))
        .or_else(|| reply::no_comment(cx, id))
        .or_else(|| reply::non_answer(cx, before, id))
        .or_else(|| reply::denial(cx, id))
        .or_else(|| reply::answer(cx, before, id))
        .unwrap_or_else(|| {
            cue::by_cue_word(cx, frame).unwrap_or(Ruled {
                value: Act::Assertion,
                rule: "act/assertion",
                words: frame.cue_spans(cx.tokens),
                why: "no rule speaks against it",
            })
        })
}
