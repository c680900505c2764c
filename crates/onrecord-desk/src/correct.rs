//! What a person says is so instead: a form becomes a correction of the archive, and is undone and done again.

use crate::answer::onward;
use crate::desk::Desk;
use crate::guard::Fields;
use crate::leafing::address;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord::Span;
use onrecord::correction::{Fix, OfPeople, OfStatement, Quote, Who};
use onrecord::wire::Named;
use onrecord_archive::{Archive, Change, Hand, Logged};
use std::sync::Arc;

/// Keeps what a form says.
pub(crate) async fn post(State(desk): State<Arc<Desk>>, fields: Fields) -> Result<Response, Refusal> {
    let back = named_back(&fields);
    desk.write(move |desk, archive, _| {
        let now = (desk.settings.now)();
        for change in changes(archive, &fields)? {
            archive.correct(&change, fields.get("why").unwrap_or_default(), Hand { by: &desk.settings.by, now: &now })?;
        }
        Ok(())
    })
    .await?;
    onward(&back)
}

/// Where the form leads; to whoever is named by it, under the new name: names of people are made of their names.
fn named_back(fields: &Fields) -> String {
    let back = back(fields, "/corrections");
    let name = fields.get("name").filter(|_| back.starts_with("/people/"));
    name.map_or_else(|| back.clone(), |name| address(&back, &[("called", name)]))
}

/// Undoes a correction, or the last: `last`.
pub(crate) async fn undo(State(desk): State<Arc<Desk>>, Path(id): Path<String>, fields: Fields) -> Result<Response, Refusal> {
    turn(desk, id, fields, Archive::undo).await
}

/// Does one again.
pub(crate) async fn redo(State(desk): State<Arc<Desk>>, Path(id): Path<String>, fields: Fields) -> Result<Response, Refusal> {
    turn(desk, id, fields, Archive::redo).await
}

type Turning = fn(&mut Archive, Option<&str>, Hand<'_>) -> Result<String, onrecord_archive::Error>;

async fn turn(desk: Arc<Desk>, id: String, fields: Fields, turning: Turning) -> Result<Response, Refusal> {
    let back = back(&fields, "/corrections");
    let turned = desk
        .write(move |desk, archive, _| {
            let now = (desk.settings.now)();
            let id = Some(id.as_str()).filter(|id| *id != "last");
            let id = turning(archive, id, Hand { by: &desk.settings.by, now: &now })?;
            Ok(archive.correction(&id)?)
        })
        .await?;
    match name_now(&turned).filter(|_| back.starts_with("/people/")) {
        Some(name) => onward(&address(&back, &[("called", name)])),
        None => onward(&back),
    }
}

/// What somebody is called after a correction of the name was undone or done again.
fn name_now(turned: &Logged) -> Option<&str> {
    match &turned.change {
        Change::People { change: OfPeople::Name { name, .. } } if turned.holds() => Some(name),
        Change::People { change: OfPeople::Name { who: Who::Name { name, .. }, .. } } => Some(name),
        Change::People { change: OfPeople::Name { who: Who::Mention(mention), .. } } => Some(&mention.words.words),
        Change::People { change: OfPeople::Same { .. } | OfPeople::Apart { .. } }
        | Change::Statement { .. }
        | Change::Relation { .. }
        | Change::Move { .. }
        | Change::Join { .. }
        | Change::Part { .. }
        | Change::Settled { .. } => None,
    }
}

/// Where a form leads afterwards: a page of ours.
fn back(fields: &Fields, otherwise: &str) -> String {
    // Browsers drop control characters: a tab may hide that an address leads away.
    let is_ours = |to: &&str| to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && !to.chars().any(char::is_control);
    fields.get("back").filter(is_ours).unwrap_or(otherwise).to_owned()
}

/// The changes that a form describes, in their order: who is told apart may be named at once.
fn changes(archive: &Archive, fields: &Fields) -> Result<Vec<Change>, Refusal> {
    let change = change(archive, fields)?;
    let named = match (&change, fields.get("name")) {
        (Change::People { change: OfPeople::Apart { mention } }, Some(name)) => {
            Some(Change::People { change: OfPeople::Name { who: Who::Mention(mention.clone()), name: name.to_owned() } })
        }
        _ => None,
    };
    Ok([change].into_iter().chain(named).collect())
}

/// The change that a form describes.
fn change(archive: &Archive, fields: &Fields) -> Result<Change, Refusal> {
    match fields.needed("fix")? {
        "same" => {
            let (keep, other) = (archive.person_at(fields.needed("keep")?)?.0, archive.person_at(fields.needed("who")?)?.0);
            if keep == other {
                Err(Refusal::wrong("choose two people: these are one already"))
            } else {
                Ok(Change::People { change: OfPeople::Same { keep, other } })
            }
        }
        "name" => {
            let (who, name) = (archive.person_at(fields.needed("who")?)?.0, fields.needed("name")?.to_owned());
            Ok(Change::People { change: OfPeople::Name { who, name } })
        }
        "apart" => Ok(Change::People { change: OfPeople::Apart { mention: archive.mention_at(fields.needed("who")?, fields.needed("document")?)? } }),
        "move" => {
            let document = archive.document_at(fields.needed("document")?)?;
            let from = match fields.get("from") {
                Some(from) => Some(archive.document_at(from)?),
                None => archive.story_beside(&document)?,
            };
            Ok(Change::Move { from, to: archive.document_at(fields.needed("story")?)?, document })
        }
        "part" => {
            let documents = fields.all("document").map(|id| archive.document_at(id)).collect::<Result<Vec<_>, _>>()?;
            let story = archive.document_at(fields.needed("story")?)?;
            match documents.is_empty() {
                true => Err(Refusal::wrong("tick the documents that are a story of their own")),
                false => Ok(Change::Part { from: Some(story).filter(|story| !documents.contains(story)), documents }),
            }
        }
        "join" => {
            let (one, other) = (archive.document_at(fields.needed("story")?)?, archive.document_at(fields.needed("other")?)?);
            if one == other { Err(Refusal::wrong("choose another story: these are one already")) } else { Ok(Change::Join { one, other }) }
        }
        "settled" => Ok(Change::Settled { key: fields.needed("key")?.to_owned(), told: fields.needed("told")?.to_owned() }),
        "relation" => Ok(Change::Relation { change: archive.relation_at(fields.needed("story")?, fields.needed("relation")?)? }),
        fix => of_statement(archive, fields, fix),
    }
}

fn of_statement(archive: &Archive, fields: &Fields, fix: &str) -> Result<Change, Refusal> {
    let (document, at, reading) = archive.statement_at(fields.needed("statement")?)?;
    let text = &reading.document.text;
    let quote = |words: &str| {
        let start = text.match_indices(words).map(|(start, _)| start).min_by_key(|start| start.abs_diff(at.matter.start));
        let start = start.ok_or_else(|| Refusal::wrong(format!("“{words}” does not stand in the article, byte for byte")))?;
        Ok::<Quote, Refusal>(Quote::of(text, Span::new(start, start + words.len())))
    };
    let fix = match fix {
        "speaker" => Fix::Speaker { name: fields.get("speaker").map(str::to_owned), kind: None },
        "source" => Fix::Source { words: fields.get("source").map(quote).transpose()? },
        "content" => {
            let lines = fields.needed("content")?.lines().map(str::trim).filter(|line| !line.is_empty());
            let mut parts = lines.map(quote).collect::<Result<Vec<_>, _>>()?;
            parts.sort_by_key(|part| part.start);
            Fix::Content { parts }
        }
        "act" => Fix::Act { act: label(fields)? },
        "factuality" => Fix::Factuality { factuality: label(fields)? },
        "sourcing" => Fix::Sourcing { class: label(fields)? },
        "dismiss" => Fix::Dismiss,
        other => return Err(Refusal::wrong(format!("nothing is corrected as {other}"))),
    };
    Ok(Change::Statement { document, change: OfStatement { at, fix } })
}

fn label<T: Named>(fields: &Fields) -> Result<T, Refusal> {
    let name = fields.needed("value")?;
    T::from_name(name)
        .ok_or_else(|| Refusal::wrong(format!("there is no {name} among {}", T::ALL.iter().map(|label| label.name()).collect::<Vec<_>>().join(", "))))
}
