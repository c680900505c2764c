//! What a person says is so instead: a form, or a program, makes a correction of the archive, undoes it and does it again.

use crate::answer::onward;
use crate::api::describe;
use crate::desk::Desk;
use crate::guard::{self, Fields};
use crate::leafing::address;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use onrecord::Span;
use onrecord::act::{Act, Factuality};
use onrecord::correction::{Fix, OfPeople, OfStatement, Quote, Who};
use onrecord::sourcing::SourceClass;
use onrecord_archive::{Archive, Change, Hand, Logged};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::sync::Arc;
use utoipa::ToSchema;

/// What is so instead. People, statements and documents go by the names that lists give them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "fix", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Instead {
    /// Two people are one.
    Same {
        /// By whose name they go.
        keep: String,
        /// Who is that too.
        who: String,
    },
    /// Somebody goes by another name.
    Name {
        /// Who.
        who: String,
        /// The name.
        name: String,
    },
    /// Whom a document mentions is not who it was taken for.
    Apart {
        /// Who it was taken for.
        who: String,
        /// The document.
        document: String,
        /// What they are called, where that is known.
        name: Option<String>,
    },
    /// A document belongs to another story.
    Move {
        /// The document.
        document: String,
        /// The story it belongs to.
        story: String,
        /// A document of the story it does not belong to; without one, of the story it is in.
        from: Option<String>,
    },
    /// Documents are a story of their own.
    Part {
        /// The story they do not belong to.
        story: String,
        /// The documents.
        document: Vec<String>,
    },
    /// Two stories are one.
    Join {
        /// The one.
        story: String,
        /// The other.
        other: String,
    },
    /// A suggestion of the queue is left as it is.
    Settled {
        /// Which.
        key: String,
        /// What it asked, in a line.
        told: String,
    },
    /// A relation does not hold.
    Relation {
        /// Its story.
        story: String,
        /// Its id in the record.
        relation: String,
    },
    /// Somebody else said it, or nobody.
    Speaker {
        /// The statement.
        statement: String,
        /// Who.
        speaker: Option<String>,
    },
    /// Other words name who said it, or none do.
    Source {
        /// The statement.
        statement: String,
        /// The words, as they stand in the article.
        source: Option<String>,
    },
    /// Other words are what was said.
    Content {
        /// The statement.
        statement: String,
        /// The words, part by part, as they stand in the article.
        content: Vec<String>,
    },
    /// It does something else.
    Act {
        /// The statement.
        statement: String,
        /// What.
        #[schema(schema_with = describe::act)]
        value: Act,
    },
    /// It was said, or was not.
    Factuality {
        /// The statement.
        statement: String,
        /// Which.
        #[schema(schema_with = describe::factuality)]
        value: Factuality,
    },
    /// Its source is of another class.
    Sourcing {
        /// The statement.
        statement: String,
        /// Which.
        #[schema(schema_with = describe::sourcing)]
        value: SourceClass,
    },
    /// It is no statement.
    Dismiss {
        /// The statement.
        statement: String,
    },
}

/// Keeps what a form says.
pub(crate) async fn post(State(desk): State<Arc<Desk>>, fields: Fields) -> Result<Response, Refusal> {
    let back = named_back(&fields);
    keep(&desk, Instead::of_form(&fields)?, fields.get("why").unwrap_or_default().to_owned()).await?;
    onward(&back)
}

/// Where the form leads; to whoever is named by it, under the new name: names of people are made of their names.
fn named_back(fields: &Fields) -> String {
    let back = back(fields, "/corrections");
    let name = fields.get("name").filter(|_| back.starts_with("/people/"));
    name.map_or_else(|| back.clone(), |name| address(&back, &[("called", name)]))
}

/// Keeps a correction, or the two that it takes; gives the name of the last.
pub(crate) async fn keep(desk: &Arc<Desk>, instead: Instead, why: String) -> Result<String, Refusal> {
    desk.write(move |desk, archive, _| {
        let (now, mut id) = ((desk.settings.now)(), String::new());
        for change in instead.changes(archive)? {
            id = archive.correct(&change, &why, Hand { by: &desk.settings.by, now: &now })?;
        }
        Ok(id)
    })
    .await
}

/// Undoes a correction, or the last: `last`.
pub(crate) async fn undo(State(desk): State<Arc<Desk>>, Path(id): Path<String>, fields: Fields) -> Result<Response, Refusal> {
    let id = turn(&desk, id, Archive::undo).await?;
    led_back(&desk, id, &fields).await
}

/// Does one again.
pub(crate) async fn redo(State(desk): State<Arc<Desk>>, Path(id): Path<String>, fields: Fields) -> Result<Response, Refusal> {
    let id = turn(&desk, id, Archive::redo).await?;
    led_back(&desk, id, &fields).await
}

/// Undoing, or doing again.
pub(crate) type Turning = fn(&mut Archive, Option<&str>, Hand<'_>) -> Result<String, onrecord_archive::Error>;

/// Turns a correction, or the last: `last`; gives its name.
pub(crate) async fn turn(desk: &Arc<Desk>, id: String, turning: Turning) -> Result<String, Refusal> {
    desk.write(move |desk, archive, _| {
        let id = Some(id.as_str()).filter(|id| *id != "last");
        let turned = turning(archive, id, Hand { by: &desk.settings.by, now: &(desk.settings.now)() });
        // It stands so already, or nothing is left to be turned.
        turned.map_err(|error| if error.is_refused() { Refusal::new(StatusCode::CONFLICT, "stands", error.told()) } else { error.into() })
    })
    .await
}

/// Where the form of a turn leads; to whoever goes by another name since, under that.
async fn led_back(desk: &Arc<Desk>, id: String, fields: &Fields) -> Result<Response, Refusal> {
    let back = back(fields, "/corrections");
    let turned = desk.read(move |_, archive| Ok(archive.correction(&id)?)).await?;
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

impl Instead {
    /// What a form says: an empty field is none, ticked documents and lines of words are lists.
    fn of_form(fields: &Fields) -> Result<Instead, Refusal> {
        let fix = fields.needed("fix")?;
        let list = |name: &str| match (fix, name) {
            ("part", "document") => Some(fields.all("document").map(str::to_owned).collect::<Vec<_>>()),
            ("content", "content") => Some(fields.get("content").unwrap_or_default().lines().map(str::to_owned).collect()),
            _ => None,
        };
        let names = fields.names().filter(|name| !matches!(*name, guard::FIELD | "why" | "back"));
        let value = |name: &str| list(name).map(Value::from).or_else(|| fields.get(name).map(Value::from));
        let said: Map<String, Value> = names.filter_map(|name| Some((name.to_owned(), value(name)?))).collect();
        serde_json::from_value(Value::Object(said)).map_err(|error| Refusal::wrong(format!("this corrects nothing: {error}")))
    }

    /// What it changes, in order: who is told apart may be named at once.
    fn changes(&self, archive: &Archive) -> Result<Vec<Change>, Refusal> {
        let first = self.change(archive)?;
        let named = if let (Instead::Apart { name: Some(name), .. }, Change::People { change: OfPeople::Apart { mention } }) = (self, &first) {
            Some(Change::People { change: OfPeople::Name { who: Who::Mention(mention.clone()), name: name.clone() } })
        } else {
            None
        };
        Ok([first].into_iter().chain(named).collect())
    }

    /// As the archive keeps it.
    fn change(&self, archive: &Archive) -> Result<Change, Refusal> {
        match self {
            Instead::Same { keep, who } => same(archive.person_at(keep)?.0, archive.person_at(who)?.0),
            Instead::Name { who, name } => Ok(Change::People { change: OfPeople::Name { who: archive.person_at(who)?.0, name: name.clone() } }),
            Instead::Apart { who, document, name: _ } => Ok(Change::People { change: OfPeople::Apart { mention: archive.mention_at(who, document)? } }),
            Instead::Move { document, story, from } => {
                let document = archive.document_at(document)?;
                let from = from.as_ref().map_or_else(|| archive.story_beside(&document), |from| archive.document_at(from).map(Some))?;
                Ok(Change::Move { from, to: archive.document_at(story)?, document })
            }
            Instead::Part { story, document } => {
                part(archive.document_at(story)?, document.iter().map(|id| archive.document_at(id)).collect::<Result<_, _>>()?)
            }
            Instead::Join { story, other } => join(archive.document_at(story)?, archive.document_at(other)?),
            Instead::Settled { key, told } => Ok(Change::Settled { key: key.clone(), told: told.clone() }),
            Instead::Relation { story, relation } => Ok(Change::Relation { change: archive.relation_at(story, relation)? }),
            Instead::Speaker { statement, speaker } => of_statement(archive, statement, |_| Ok(Fix::Speaker { name: speaker.clone(), kind: None })),
            Instead::Source { statement, source } => {
                of_statement(archive, statement, |quote| Ok(Fix::Source { words: source.as_ref().map(|words| quote(words)).transpose()? }))
            }
            Instead::Content { statement, content } => of_statement(archive, statement, |quote| parts(content, quote)),
            Instead::Act { statement, value } => of_statement(archive, statement, |_| Ok(Fix::Act { act: *value })),
            Instead::Factuality { statement, value } => of_statement(archive, statement, |_| Ok(Fix::Factuality { factuality: *value })),
            Instead::Sourcing { statement, value } => of_statement(archive, statement, |_| Ok(Fix::Sourcing { class: *value })),
            Instead::Dismiss { statement } => of_statement(archive, statement, |_| Ok(Fix::Dismiss)),
        }
    }
}

fn same(keep: Who<String>, other: Who<String>) -> Result<Change, Refusal> {
    if keep == other {
        return Err(Refusal::wrong("choose two people: these are one already"));
    }
    Ok(Change::People { change: OfPeople::Same { keep, other } })
}

fn part(story: String, documents: Vec<String>) -> Result<Change, Refusal> {
    if documents.is_empty() {
        return Err(Refusal::wrong("tick the documents that are a story of their own"));
    }
    Ok(Change::Part { from: Some(story).filter(|story| !documents.contains(story)), documents })
}

fn join(one: String, other: String) -> Result<Change, Refusal> {
    if one == other { Err(Refusal::wrong("choose another story: these are one already")) } else { Ok(Change::Join { one, other }) }
}

/// Words of the article, in the order in which they stand there.
fn parts(content: &[String], quote: Quoting<'_>) -> Result<Fix, Refusal> {
    let lines = content.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let mut parts = lines.map(quote).collect::<Result<Vec<_>, _>>()?;
    parts.sort_by_key(|part| part.start);
    if parts.is_empty() { Err(Refusal::wrong("the field content is empty")) } else { Ok(Fix::Content { parts }) }
}

/// Finds words in an article, where they stand nearest the statement.
type Quoting<'a> = &'a dyn Fn(&str) -> Result<Quote, Refusal>;

fn of_statement(archive: &Archive, statement: &str, fix: impl FnOnce(Quoting<'_>) -> Result<Fix, Refusal>) -> Result<Change, Refusal> {
    let (document, at, reading) = archive.statement_at(statement)?;
    let text = &reading.document.text;
    let quote = |words: &str| {
        let start = text.match_indices(words).map(|(start, _)| start).min_by_key(|start| start.abs_diff(at.matter.start));
        let start = start.ok_or_else(|| Refusal::wrong(format!("“{words}” does not stand in the article, byte for byte")))?;
        Ok(Quote::of(text, Span::new(start, start + words.len())))
    };
    let fix = fix(&quote)?;
    Ok(Change::Statement { document, change: OfStatement { at, fix } })
}
