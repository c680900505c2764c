//! The table of relations: what agrees, repeats, conflicts or replaces.

use super::Kind::{Day, Link, Text, Texts};
use super::askings::{names, words};
use super::{Cell, Column};
use crate::plain::{first, last};
use crate::view::View;
use onrecord::wire::Named;
use onrecord::wire::record::{Relation, Statement};

pub(super) fn items<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Relation> {
    view.story.record.relations.iter()
}

pub(super) fn columns<'a>() -> [Column<&'a Relation>; 16] {
    [
        Column("relation", "Relation", Text, 20, |view, it| Cell::text(view.within(&it.id))),
        Column("story", "Story", Text, 15, |view, _| Cell::text(&view.story.id)),
        Column("kind", "Kind", Text, 13, |_, it| Cell::text(it.kind.name())),
        Column("why", "Why", Text, 50, |_, it| Cell::text(&it.why)),
        Column("a_speaker", "One", Text, 24, |view, it| Cell::maybe(side(view, &it.a).and_then(|it| view.name(it.speaker.as_deref())))),
        Column("a_words", "says", Text, 60, |view, it| words(view, &it.a)),
        Column("a_from", "from", Day, 12, |view, it| Cell::day(side(view, &it.a).and_then(|it| first(it.said.as_ref())))),
        Column("a_to", "to", Day, 12, |view, it| Cell::day(side(view, &it.a).and_then(|it| last(it.said.as_ref())))),
        Column("a_link", "Link to the one", Link, 30, |view, it| Cell::link(side(view, &it.a).and_then(|it| view.link(it)))),
        Column("b_speaker", "The other", Text, 24, |view, it| Cell::maybe(side(view, &it.b).and_then(|it| view.name(it.speaker.as_deref())))),
        Column("b_words", "says", Text, 60, |view, it| words(view, &it.b)),
        Column("b_from", "from", Day, 12, |view, it| Cell::day(side(view, &it.b).and_then(|it| first(it.said.as_ref())))),
        Column("b_to", "to", Day, 12, |view, it| Cell::day(side(view, &it.b).and_then(|it| last(it.said.as_ref())))),
        Column("b_link", "Link to the other", Link, 30, |view, it| Cell::link(side(view, &it.b).and_then(|it| view.link(it)))),
        Column("a", "Statements of the one", Texts, 20, |view, it| names(view, &it.a)),
        Column("b", "Statements of the other", Texts, 20, |view, it| names(view, &it.b)),
    ]
}

/// The statement by which a side is told: its first.
fn side<'a>(view: &View<'a>, ids: &[String]) -> Option<&'a Statement> {
    ids.first().and_then(|id| view.statement(id))
}
