//! The table of statements.

use super::Kind::{Count, Day, Flag, Link, Share, Text, Texts};
use super::{Cell, Column};
use crate::plain::{first, last};
use crate::view::{self, View};
use onrecord::act::Factuality;
use onrecord::line::one_line;
use onrecord::wire::Named;
use onrecord::wire::record::Statement;

pub(super) fn items<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Statement> {
    view.story.record.statements.iter()
}

pub(super) fn columns<'a>() -> [Column<&'a Statement>; 32] {
    [
        Column("statement", "Statement", Text, 18, |view, it| Cell::text(view.outside(&it.id))),
        Column("story", "Story", Text, 15, |view, _| Cell::text(&view.story.id)),
        Column("speaker", "Speaker", Text, 24, |view, it| Cell::maybe(view.name(it.speaker.as_deref()))),
        Column("said", "Said", Flag, 7, |_, it| Cell::Flag(it.factuality == Factuality::Actual)),
        Column("act", "Act", Text, 12, |_, it| Cell::text(it.act.name())),
        Column("factuality", "Factuality", Text, 12, |_, it| Cell::text(it.factuality.name())),
        Column("form", "Form", Text, 9, |_, it| Cell::text(it.form.name())),
        Column("content", "Words", Text, 70, |_, it| Cell::text(view::joined(&it.content))),
        Column("cue", "Cue", Text, 14, |_, it| Cell::text(view::joined(&it.cue))),
        Column("sourcing", "Sourcing", Text, 13, |_, it| Cell::text(it.sourcing.name())),
        Column("known_through", "Known through", Text, 14, |_, it| Cell::text(it.known_through.name())),
        Column("said_from", "Said from", Day, 12, |_, it| Cell::day(first(it.said.as_ref()))),
        Column("said_to", "Said to", Day, 12, |_, it| Cell::day(last(it.said.as_ref()))),
        Column("outlet", "Outlet", Text, 18, |view, it| Cell::maybe(view.document(&it.document).and_then(|held| held.document.outlet.clone()))),
        Column("path", "File", Text, 24, |view, it| Cell::maybe(view.document(&it.document).map(|held| held.document.path.clone()))),
        Column("line", "Line", Count, 6, line),
        Column("link", "Link", Link, 30, |view, it| Cell::link(view.link(it))),
        Column("title", "Article", Text, 40, |view, it| Cell::maybe(view.document(&it.document).and_then(view::Held::title))),
        Column("published", "Published", Day, 12, |view, it| Cell::day(view.document(&it.document).and_then(view::Held::day))),
        Column("source", "Source", Text, 24, |_, it| Cell::maybe(it.source.as_ref().map(|words| words.text.clone()))),
        Column("speaker_kind", "Speaker is", Text, 13, |view, it| Cell::maybe(view.person(it.speaker.as_deref()).map(|person| person.kind.name()))),
        Column("roles", "Roles", Texts, 24, |view, it| {
            Cell::Texts(view.person(it.speaker.as_deref()).map(|person| person.roles.iter().map(|role| one_line(role)).collect()).unwrap_or_default())
        }),
        Column("addressee", "To", Text, 20, |view, it| Cell::maybe(view.addressee(it))),
        Column("chain", "Through whom", Texts, 24, |view, it| {
            Cell::Texts(it.chain.iter().filter_map(|relay| view.somebody(relay.person.as_deref(), relay.words.as_ref())).collect())
        }),
        Column("said_basis", "Day known by", Text, 18, |_, it| Cell::maybe(it.said.as_ref().map(|said| said.basis.clone()))),
        Column("utterance", "Utterance", Text, 20, |view, it| Cell::maybe(view.utterance(&it.id).map(|utterance| view.within(&utterance.id)))),
        Column("rendering", "Rendering", Text, 13, rendering),
        Column("within", "Within", Text, 18, |view, it| Cell::maybe(it.within.as_deref().map(|id| view.outside(id)))),
        Column("confidence", "Confidence", Share, 11, |_, it| Cell::Share(it.confidence)),
        Column("corrected_by", "Corrected by", Texts, 12, corrections),
        Column("start", "First byte", Count, 10, |view, it| view.extent(it).map_or(Cell::Empty, |words| Cell::count(words.start))),
        Column("end", "Last byte", Count, 10, |view, it| view.extent(it).map_or(Cell::Empty, |words| Cell::count(words.end))),
    ]
}

fn line(view: &View<'_>, it: &&Statement) -> Cell {
    let place = || Some(view.line(view.document(&it.document)?, &view.extent(it)?));
    place().map_or(Cell::Empty, Cell::count)
}

fn rendering(view: &View<'_>, it: &&Statement) -> Cell {
    let rendered = || {
        let utterance = view.utterance(&it.id)?;
        let at = utterance.statements.iter().position(|id| *id == it.id)?;
        utterance.renderings.get(at)
    };
    Cell::maybe(rendered().map(|rendering| rendering.name()))
}

/// The corrections of persons that have a hand in a statement.
fn corrections(_: &View<'_>, it: &&Statement) -> Cell {
    let mut corrections: Vec<String> = it.evidence.iter().filter_map(|evidence| evidence.correction.clone()).collect();
    corrections.dedup();
    Cell::Texts(corrections)
}
