//! Questions as small ledgers: a line an asking, with who asked whom, what became of it, and the words.

use super::names::{self, Names};
use super::{heading, more};
use crate::brief::{Known, sure_askings};
use crate::line::counted;
use crate::question::{Answer, Asking, Question, Status};
use crate::record::Told;
use crate::render::{Canvas, Paint};
use std::collections::BTreeSet;

/// Questions told on the page; the JSON has all.
const QUESTIONS: usize = 6;
/// Askings told of one question; the JSON has all.
const ASKINGS: usize = 8;

/// Every question with its askings, those asked most first.
pub(super) fn questions(names: &Names<'_>, canvas: &mut Canvas) {
    let record = names.record;
    let known = Known {
        accounts: &names.accounts,
        people: &record.people,
        calendar: &record.calendar,
        utterances: &record.utterances,
        questions: &record.questions,
        relations: &record.relations,
        claims: &record.claims,
    };
    let sure = record.questions.entries().map(|(id, question)| (id, question, sure_askings(&known, question)));
    let questions: Vec<_> = sure.filter(|(_, _, askings)| !askings.is_empty()).collect();
    if questions.is_empty() {
        return;
    }
    heading(canvas, "QUESTIONS", "asked of whom, and what became of them");
    for (at, (id, question, askings)) in questions.iter().take(QUESTIONS).enumerate() {
        if at > 0 {
            canvas.blank();
        }
        let (status, paint) = status(question.status);
        let title = names::shortened(&question.text);
        canvas.hanging(
            0,
            4,
            [(Paint::Faint, format!("{:<5}", format!("q{}", id.at() + 1))), (Paint::Strong, title), (Paint::Plain, " — ".into()), (paint, status.into())],
        );
        ledger(names, question, askings, canvas);
    }
    more(canvas, record.questions.len(), questions.len().min(QUESTIONS));
}

fn status(status: Status) -> (&'static str, Paint) {
    match status {
        Status::Open => ("open", Paint::Warning),
        Status::Answered => ("answered", Paint::Plain),
        Status::Disputed => ("disputed", Paint::Warning),
    }
}

/// The askings that surely are of the question; how many more the record has is told.
fn ledger(names: &Names<'_>, question: &Question, askings: &[&Asking], canvas: &mut Canvas) {
    for asking in askings.iter().take(ASKINGS) {
        let (answer, paint) = answer(asking);
        let pieces = [
            (Paint::Plain, format!("{:<12} ", names::short_days(asking.said.as_ref()))),
            (Paint::Name, who(names, asking)),
            (Paint::Plain, ": ".to_owned()),
            (paint, answer.to_owned()),
        ];
        canvas.hanging(5, 13, pieces);
        let words = names.fullest(&asking.answered_in).or_else(|| names.fullest(&asking.asked_in));
        if let Some(told) = words {
            let mut pieces = names::quoted_apart(&names.words(told));
            pieces.push((Paint::Faint, format!(" [{}]", place(names, asking, told))));
            canvas.paragraph(18, pieces);
        }
    }
    more(canvas, question.askings.len(), askings.len().min(ASKINGS));
}

/// `Nadia Croome → the mayor`, as far as they are known.
fn who(names: &Names<'_>, asking: &Asking) -> String {
    match (asking.asker.map(|id| names.person(id)), asking.addressee.map(|id| names.person(id))) {
        (Some(asker), Some(addressee)) if asker != addressee => format!("{asker} → {addressee}"),
        (_, Some(addressee)) => addressee,
        (Some(asker), None) => format!("{asker} → nobody named"),
        (None, None) => "nobody named".to_owned(),
    }
}

/// Where the words stand, and in how many further documents the asking is told.
fn place(names: &Names<'_>, asking: &Asking, told: Told) -> String {
    let documents: BTreeSet<usize> = asking.asked_in.iter().chain(&asking.answered_in).map(|told| told.document).filter(|at| *at != told.document).collect();
    let others = if documents.is_empty() { String::new() } else { format!("; also in {}", counted(documents.len(), "other document")) };
    format!("{}{others}", names.place(told))
}

/// What became of an asking; who says something to the matter unasked neither answers nor says yes.
fn answer(asking: &Asking) -> (&'static str, Paint) {
    match asking.answer {
        Answer::Affirm if asking.asked_in.is_empty() => ("speaks to it", Paint::Plain),
        Answer::Affirm => ("yes, or the fact", Paint::Strong),
        Answer::Deny => ("no", Paint::Strong),
        Answer::Partial if asking.asked_in.is_empty() => ("speaks to it in part", Paint::Plain),
        Answer::Partial => ("answered in part", Paint::Strong),
        Answer::NonAnswer => ("did not answer", Paint::Warning),
        Answer::Declined => ("declined to answer", Paint::Warning),
        Answer::None => ("no answer is told", Paint::Warning),
    }
}
