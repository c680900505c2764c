//! Writes the record of a story for people: a page a reporter would pin up.

mod days;
mod ledger;
pub(crate) mod names;
mod sides;

use super::canvas::{Canvas, Line, Paint};
use crate::account::Account;
use crate::compare::RelationKind;
use crate::entity::EntityKind;
use crate::line::{counted, one_line};
use crate::person::Person;
use crate::record::{Record, Told};
use crate::story::CopyKind;
use crate::text::Id;
use names::Names;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// People told in the cast; the JSON has all.
const CAST: usize = 12;
/// Relations of one kind told; the JSON has all.
const RELATIONS: usize = 6;
/// Claims told; the JSON has all.
const CLAIMS: usize = 6;

/// The record of one story, at most `width` characters a line; `accounts` are those it was made of.
pub fn story<A: Borrow<Account>>(record: &Record, accounts: &[A], width: usize) -> Vec<Line> {
    let accounts = record.accounts(accounts);
    let names = Names::of(record, &accounts);
    let mut canvas = Canvas::of_width(width);
    head(&names, &mut canvas);
    brief(&names, &mut canvas);
    ledger::questions(&names, &mut canvas);
    sides::relations(&names, RelationKind::Conflicts, "CONFLICTS", "nobody is taken at their word here", RELATIONS, &mut canvas);
    sides::relations(&names, RelationKind::Supersedes, "OVERTAKEN", "later words that replace earlier ones", RELATIONS, &mut canvas);
    claims(&names, &mut canvas);
    days::timeline(&names, &mut canvas);
    cast(&names, &mut canvas);
    documents(&names, &mut canvas);
    canvas.into_lines()
}

/// A heading of a part, and in a few words what stands there.
fn heading(canvas: &mut Canvas, title: &str, what: &str) {
    canvas.blank();
    canvas.line(0, [(Paint::Strong, title.to_owned()), (Paint::Faint, what.to_owned())]);
}

/// The headline of the first document, how many there are, from when to when.
fn head(names: &Names<'_>, canvas: &mut Canvas) {
    if let Some(title) = names.title() {
        canvas.line(0, [(Paint::Strong, title)]);
    }
    let outlets: BTreeSet<&str> = names.accounts.iter().filter_map(|account| account.reading.document.outlet.as_deref()).collect();
    let mut parts = vec![counted(names.accounts.len(), "document")];
    if !outlets.is_empty() {
        parts.push(counted(outlets.len(), "outlet"));
    }
    let days: Vec<_> = (0..names.accounts.len()).filter_map(|at| names.record.calendar.day(at).dating.date).collect();
    if let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) {
        parts.push(names::span_of_days(*first, *last));
    }
    parts.push(counted(Told::all(&names.accounts).count(), "statement"));
    canvas.line(0, [(Paint::Plain, parts.join(" · "))]);
}

fn brief(names: &Names<'_>, canvas: &mut Canvas) {
    let brief = &names.record.brief;
    heading(canvas, "IN BRIEF", "each sentence is carried by the lines behind it");
    if brief.sentences.is_empty() {
        canvas.line(2, [(Paint::Plain, "nothing that its sources would carry".to_owned())]);
    }
    for (at, sentence) in brief.sentences.iter().enumerate() {
        let mut pieces = vec![(Paint::Faint, format!("{:<5}", format!("b{}", at + 1)))];
        pieces.extend(names::quoted_apart(&sentence.text));
        pieces.push((Paint::Faint, format!(" [{}]", names.places(&sentence.support))));
        canvas.hanging(0, 5, pieces);
    }
    if !brief.dropped.is_empty() {
        let what = format!("{} dropped, because the sources do not carry all of it; --json lists them with why", counted(brief.dropped.len(), "sentence"));
        canvas.line(5, [(Paint::Faint, what)]);
    }
}

/// What several documents carry, and from how many origins: one origin is never two, however many repeat it.
fn claims(names: &Names<'_>, canvas: &mut Canvas) {
    let documents = |statements: &[Told]| statements.iter().map(|told| told.document).collect::<BTreeSet<_>>().len();
    let mut claims: Vec<_> = names.record.claims.entries().collect();
    claims.sort_by_key(|(id, claim)| (claim.independent, std::cmp::Reverse(documents(&claim.statements)), *id));
    claims.retain(|(_, claim)| documents(&claim.statements) > 1);
    if claims.is_empty() {
        return;
    }
    heading(canvas, "ORIGINS", "what several documents carry, and from how many origins");
    for (id, claim) in claims.iter().take(CLAIMS) {
        let count = format!(
            "{} of the {} given, {} as far as can be shown",
            counted(documents(&claim.statements), "document"),
            names.accounts.len(),
            counted(claim.independent.max(1), "origin")
        );
        canvas.line(
            0,
            [(Paint::Faint, format!("{:<4}", format!("o{}", id.at() + 1))), (if claim.independent > 1 { Paint::Plain } else { Paint::Warning }, count)],
        );
        canvas.paragraph(5, names::quoted_apart(&names::shortened(&claim.text)));
        for origin in &claim.origins {
            let footing = origin.sourcing.footing().map(|words| format!("({words})"));
            let name = [Some(one_line(&origin.name)), footing].into_iter().flatten().collect::<Vec<_>>().join(" ");
            canvas.line(5, [(Paint::Plain, "from".to_owned()), (Paint::Name, name), (Paint::Faint, format!("[{}]", names.places(&origin.through)))]);
        }
    }
    more(canvas, claims.len(), CLAIMS);
}

/// How many are not shown.
fn more(canvas: &mut Canvas, all: usize, shown: usize) {
    if all > shown {
        canvas.line(5, [(Paint::Faint, format!("… and {} more in --json", all - shown))]);
    }
}

/// Who speaks, those most heard first.
fn cast(names: &Names<'_>, canvas: &mut Canvas) {
    let mut spoken: BTreeMap<Id<Person>, usize> = BTreeMap::new();
    for told in Told::all(&names.accounts) {
        if let Some(id) = names.record.people.speaker(&names.accounts, told) {
            *spoken.entry(id).or_default() += 1;
        }
    }
    let mut people: Vec<(usize, Id<Person>)> = spoken.into_iter().map(|(id, count)| (count, id)).collect();
    people.sort_by_key(|(count, id)| (std::cmp::Reverse(*count), *id));
    if people.is_empty() {
        return;
    }
    heading(canvas, "WHO SPEAKS", "");
    for (count, id) in people.iter().take(CAST) {
        let person = &names.record.people.layer[*id];
        let documents: BTreeSet<usize> = person.entities.iter().map(|entity| entity.document).collect();
        let mut pieces = vec![(Paint::Faint, format!("{:<5}", format!("p{}", id.at() + 1))), (Paint::Name, one_line(&person.name))];
        let lower = person.name.to_lowercase();
        if let Some(role) = person.roles.iter().find(|role| !lower.contains(&role.to_lowercase())) {
            pieces.push((Paint::Plain, format!(", {}", one_line(role))));
        }
        if let Some(kind) = kind(person.kind) {
            pieces.push((Paint::Warning, format!(" ({kind})")));
        }
        let (statements, documents) = (counted(*count, "statement"), counted(documents.len(), "document"));
        pieces.push((Paint::Faint, format!(" · {statements} in {documents}")));
        if !person.may_be.is_empty() {
            let others: Vec<String> = person.may_be.iter().map(|id| format!("p{}", id.at() + 1)).collect();
            pieces.push((Paint::Faint, format!(" · may be {}", others.join(" or "))));
        }
        canvas.hanging(0, 5, pieces);
    }
    more(canvas, people.len(), CAST);
}

/// What a person is, where a name does not say it.
fn kind(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Anonymous => Some("unnamed"),
        EntityKind::Group => Some("a group"),
        EntityKind::Office => Some("an office, nobody named"),
        EntityKind::Person | EntityKind::Organization | EntityKind::Outlet | EntityKind::Thing => None,
    }
}

/// The documents with their days, and what repeats what.
fn documents(names: &Names<'_>, canvas: &mut Canvas) {
    heading(canvas, "DOCUMENTS", "");
    for (at, account) in names.accounts.iter().enumerate() {
        let document = &account.reading.document;
        let dating = &names.record.calendar.day(at).dating;
        let bounds = names.record.calendar.day(at).bounds.as_ref();
        let day = match (dating.date, bounds) {
            (Some(day), _) => format!("{} ({})", names::written(day), dating.basis),
            (None, Some(bounds)) => format!("{} (bounded by other documents)", names::short_days(Some(bounds))),
            (None, None) => "date unknown".to_owned(),
        };
        let mut parts: Vec<String> = document.outlet.clone().into_iter().collect();
        parts.push(day);
        canvas.hanging(
            0,
            4,
            [
                (Paint::Faint, format!("{:<4}", format!("d{}", at + 1))),
                (Paint::Plain, document.path.clone()),
                (Paint::Plain, format!(" · {}", parts.join(" · "))),
            ],
        );
        for copy in names.record.story.copies.iter().filter(|copy| copy.by == at) {
            let of = names.file(copy.of);
            let what = match copy.kind {
                CopyKind::NearCopy => format!("nearly all of it stands in {of} too: it repeats, it does not confirm"),
                CopyKind::Contained => format!("nearly all of the shorter stands in {of} too: it repeats, it does not confirm"),
                CopyKind::SharedPassage => format!("shares {} with {of}", counted(copy.passages.len(), "passage")),
            };
            canvas.hanging(5, 2, [(Paint::Warning, what)]);
        }
        let is_dated = dating.date.is_some() || bounds.is_some();
        for note in account.reading.notes.iter().filter(|note| !is_dated || note.kind != "no-date") {
            canvas.hanging(5, 2, [(Paint::Faint, format!("note: {}", note.message))]);
        }
    }
}
