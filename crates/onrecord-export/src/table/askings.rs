//! The table of questions: each time one was put.

use super::Kind::{Count, Day, Link, Text, Texts};
use super::{Cell, Column};
use crate::plain::{first, last};
use crate::view::{self, View};
use onrecord::line::one_line;
use onrecord::wire::Named;
use onrecord::wire::record::{Asking, Question};

/// A question and one of its askings, with its number.
pub(super) type Item<'a> = (&'a Question, usize, &'a Asking);

pub(super) fn items<'a>(view: &View<'a>) -> impl Iterator<Item = Item<'a>> {
    view.story.record.questions.iter().flat_map(|question| question.askings.iter().enumerate().map(move |(at, asking)| (question, at + 1, asking)))
}

pub(super) fn columns<'a>() -> [Column<Item<'a>>; 15] {
    [
        Column("question", "Question", Text, 20, |view, (it, _, _)| Cell::text(view.within(&it.id))),
        Column("story", "Story", Text, 15, |view, _| Cell::text(&view.story.id)),
        Column("text", "What was asked", Text, 60, |_, (it, _, _)| Cell::text(one_line(&it.text))),
        Column("status", "Status", Text, 11, |_, (it, _, _)| Cell::text(it.status.name())),
        Column("number", "Time", Count, 6, |_, (_, number, _)| Cell::count(*number)),
        Column("asked_from", "Asked from", Day, 12, |_, (_, _, it)| Cell::day(first(it.said.as_ref()))),
        Column("asked_to", "Asked to", Day, 12, |_, (_, _, it)| Cell::day(last(it.said.as_ref()))),
        Column("asker", "Asked by", Text, 24, |view, (_, _, it)| Cell::maybe(view.name(it.asker.as_deref()))),
        Column("addressee", "Asked of", Text, 24, |view, (_, _, it)| Cell::maybe(view.name(it.addressee.as_deref()))),
        Column("answer", "Answer", Text, 12, |_, (_, _, it)| Cell::text(it.answer.name())),
        Column("asked_words", "Asked in the words", Text, 60, |view, (_, _, it)| words(view, &it.asked_in)),
        Column("answer_words", "Answered in the words", Text, 60, |view, (_, _, it)| words(view, &it.answered_in)),
        Column("asked_in", "Asked in", Texts, 20, |view, (_, _, it)| names(view, &it.asked_in)),
        Column("answered_in", "Answered in", Texts, 20, |view, (_, _, it)| names(view, &it.answered_in)),
        Column("link", "Link", Link, 30, |view, (_, _, it)| {
            Cell::link(it.answered_in.iter().chain(&it.asked_in).find_map(|id| view.link(view.statement(id)?)))
        }),
    ]
}

/// The words of the first of some statements; the others tell the same.
pub(super) fn words(view: &View<'_>, ids: &[String]) -> Cell {
    Cell::maybe(ids.first().and_then(|id| view.statement(id)).map(view::content))
}

/// The outside names of statements.
pub(super) fn names(view: &View<'_>, ids: &[String]) -> Cell {
    Cell::Texts(ids.iter().map(|id| view.outside(id)).collect())
}
