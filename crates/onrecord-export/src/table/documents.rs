//! The table of documents.

use super::Kind::{Count, Day, Link, Moment, Text, Texts};
use super::{Cell, Column};
use crate::link;
use crate::view::{Held, View};
use onrecord::line::one_line;
use onrecord::wire::Named;
use onrecord::wire::record::{Copy, Interval};

pub(super) fn items<'a>(view: &View<'a>) -> impl Iterator<Item = Held<'a>> {
    view.held().collect::<Vec<_>>().into_iter()
}

pub(super) fn columns<'a>() -> [Column<Held<'a>>; 17] {
    [
        Column("document", "Document", Text, 15, |_, it| Cell::text(&it.kept.id)),
        Column("story", "Story", Text, 15, |view, _| Cell::text(&view.story.id)),
        Column("title", "Title", Text, 60, |_, it| Cell::maybe(it.title())),
        Column("outlet", "Outlet", Text, 20, |_, it| Cell::maybe(it.document.outlet.clone())),
        Column("byline", "Byline", Text, 24, |_, it| Cell::maybe(it.document.byline.as_deref().map(one_line))),
        Column("published", "Published", Day, 12, |_, it| Cell::day(it.document.published.as_deref())),
        Column("dated", "Dated", Day, 12, |_, it| Cell::day(it.document.dating.date.as_deref())),
        Column("dated_by", "Dated by", Text, 22, |_, it| Cell::text(&it.document.dating.basis)),
        Column("dated_from", "Not before", Day, 12, |_, it| Cell::day(bounds(it).and_then(|bounds| bounds.start.as_deref()))),
        Column("dated_to", "Not after", Day, 12, |_, it| Cell::day(bounds(it).and_then(|bounds| bounds.end.as_deref()))),
        Column("version", "Version", Count, 8, |_, it| Cell::Count(it.kept.version)),
        Column("added_at", "Added", Moment, 18, |_, it| it.kept.added_at.clone().map_or(Cell::Empty, Cell::Moment)),
        Column("statements", "Statements", Count, 11, |view, it| {
            Cell::count(view.story.record.statements.iter().filter(|statement| statement.document == it.document.id).count())
        }),
        Column("copies", "Has words of", Texts, 40, |view, it| {
            Cell::Texts(view.story.record.copies.iter().filter(|copy| copy.by == it.document.id).filter_map(|copy| told(view, copy)).collect())
        }),
        Column("notes", "Notes", Texts, 40, |_, it| Cell::Texts(it.document.notes.iter().map(|note| note.message.clone()).collect())),
        Column("path", "File", Text, 40, |_, it| Cell::text(&it.document.path)),
        Column("link", "Link", Link, 40, |_, it| Cell::link(it.document.url.as_deref().and_then(link::web).map(str::to_owned))),
    ]
}

fn bounds<'a>(it: &Held<'a>) -> Option<&'a Interval> {
    it.document.dating.bounds.as_ref()
}

fn told(view: &View<'_>, copy: &Copy) -> Option<String> {
    let of = view.document(&copy.of)?;
    Some(format!("{} ({})", of.title().unwrap_or_else(|| of.document.path.clone()), copy.kind.name().replace('_', " ")))
}
