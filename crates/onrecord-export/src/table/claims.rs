//! The table of claims: each origin of each.

use super::Kind::{Count, Link, Text, Texts};
use super::askings::names;
use super::{Cell, Column};
use crate::view::View;
use onrecord::line::one_line;
use onrecord::wire::Named;
use onrecord::wire::record::{Claim, Origin};

/// A claim and one of its origins, if it has any.
pub(super) type Item<'a> = (&'a Claim, Option<&'a Origin>);

pub(super) fn items<'a>(view: &View<'a>) -> impl Iterator<Item = Item<'a>> {
    view.story.record.origins.iter().flat_map(|claim| {
        let none = claim.origins.is_empty().then_some((claim, None));
        claim.origins.iter().map(move |origin| (claim, Some(origin))).chain(none)
    })
}

pub(super) fn columns<'a>() -> [Column<Item<'a>>; 11] {
    [
        Column("claim", "Claim", Text, 20, |view, (it, _)| Cell::text(view.within(&it.id))),
        Column("story", "Story", Text, 15, |view, _| Cell::text(&view.story.id)),
        Column("text", "What is claimed", Text, 70, |_, (it, _)| Cell::text(one_line(&it.claim))),
        Column("documents", "Documents", Count, 11, |view, (it, _)| Cell::count(view.carried_by(it))),
        Column("independent", "Independent origins", Count, 19, |_, (it, _)| Cell::count(it.independent)),
        Column("origin", "Origin", Text, 28, |_, (_, it)| Cell::maybe(it.map(|it| one_line(&it.name)))),
        Column("person", "Person", Text, 24, |view, (_, it)| Cell::maybe(it.and_then(|it| view.name(it.person.as_deref())))),
        Column("sourcing", "Sourcing", Text, 13, |_, (_, it)| Cell::maybe(it.map(|it| it.sourcing.name()))),
        Column("through", "Through", Texts, 24, |view, (_, it)| it.map_or(Cell::Texts(Vec::new()), |it| names(view, &it.through))),
        Column("statements", "Statements of the claim", Texts, 24, |view, (it, _)| names(view, &it.statements)),
        Column("link", "Link", Link, 30, |view, (claim, it)| {
            let through = it.map_or(&[][..], |it| &it.through);
            Cell::link(through.iter().chain(&claim.statements).find_map(|id| view.link(view.statement(id)?)))
        }),
    ]
}
