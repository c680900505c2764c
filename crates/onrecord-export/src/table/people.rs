//! The table of people.

use super::Kind::{Count, Link, Text, Texts};
use super::{Cell, Column};
use crate::link;
use crate::view::{self, View};
use onrecord::line::one_line;
use onrecord::wire::Named;
use onrecord::wire::record::Person;

/// A person, and how many statements it made.
pub(super) type Item<'a> = (&'a Person, usize);

pub(super) fn items<'a>(view: &View<'a>) -> impl Iterator<Item = Item<'a>> {
    view.people()
}

pub(super) fn columns<'a>() -> [Column<Item<'a>>; 11] {
    [
        Column("person", "Person", Text, 20, |view, (it, _)| Cell::text(view.within(&it.id))),
        Column("story", "Story", Text, 15, |view, _| Cell::text(&view.story.id)),
        Column("name", "Name", Text, 30, |_, (it, _)| Cell::text(one_line(&it.name))),
        Column("kind", "Kind", Text, 13, |_, (it, _)| Cell::text(it.kind.name())),
        Column("roles", "Roles", Texts, 40, |_, (it, _)| lines(&it.roles)),
        Column("aliases", "Also called", Texts, 40, |_, (it, _)| lines(&it.aliases)),
        Column("statements", "Statements", Count, 11, |_, (_, statements)| Cell::count(*statements)),
        Column("mentions", "Mentions", Count, 10, |_, (it, _)| Cell::count(it.mentions.len())),
        Column("documents", "Documents", Count, 11, |_, (it, _)| Cell::count(view::mentioned_in(it))),
        Column("may_be", "May be", Texts, 30, |view, (it, _)| Cell::Texts(it.may_be.iter().filter_map(|id| view.name(Some(id))).collect())),
        Column("link", "Link", Link, 30, |view, (it, _)| {
            Cell::link(it.mentions.iter().find_map(|place| link::to_place(view.document(&place.document)?.document.url.as_deref()?, &place.words.text)))
        }),
    ]
}

fn lines(texts: &[String]) -> Cell {
    Cell::Texts(texts.iter().map(|text| one_line(text)).collect())
}
