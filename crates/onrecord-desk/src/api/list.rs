//! What the API lists.

use super::shape;
use crate::answer::Asked;
use crate::desk::Desk;
use crate::page::question::status;
use crate::page::search::Wanted;
use crate::refusal::{Refusal, Refused};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use onrecord_archive::{self as archive, Archive};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::IntoParams;

/// Items of one part of a list, where nobody says how many.
const LIMIT: usize = 50;
/// Items of one part of a list at most.
const MOST: usize = 200;
/// Hits of a search that can be leafed through; who wants more, narrows the search.
const DEEPEST: usize = 9_999;

/// Which part of a list: what comes after an item of it.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct After {
    /// `next` of the part before.
    cursor: Option<String>,
    /// How many items.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

impl After {
    pub(super) fn cut(&self) -> archive::Cut {
        self.cursor.clone().map_or(archive::Cut::First, archive::Cut::After)
    }

    pub(super) fn limit(&self) -> Result<usize, Refusal> {
        limit(self.limit)
    }
}

/// How many items a part of a list has.
fn limit(wanted: Option<usize>) -> Result<usize, Refusal> {
    match wanted.unwrap_or(LIMIT) {
        0 => Err(Refusal::wrong("limit is at least 1")),
        limit if limit > MOST => Err(Refusal::wrong(format!("limit is at most {MOST}"))),
        limit => Ok(limit),
    }
}

/// A part of a list as the API gives it.
pub(super) fn part<T, S: From<T>>(part: archive::Part<T>) -> shape::Part<S> {
    shape::Part { next: part.next, items: part.items.into_iter().map(S::from).collect() }
}

/// Which part of what was found: so many items after the first.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Cut {
    /// `next` of the part before.
    #[param(pattern = "^(a[0-9]{1,4})?$")]
    cursor: Option<String>,
    /// How many items.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

impl Cut {
    pub(super) fn limit(&self) -> Result<usize, Refusal> {
        limit(self.limit)
    }

    /// How many items come before.
    pub(super) fn from(&self) -> Result<usize, Refusal> {
        let Some(cursor) = self.cursor.as_deref().filter(|cursor| !cursor.is_empty()) else { return Ok(0) };
        let from = cursor.strip_prefix('a').and_then(|from| from.parse().ok()).filter(|from| *from <= DEEPEST);
        from.ok_or_else(|| Refusal::wrong("cursor is none that was given here; begin without one"))
    }

    pub(super) fn of<T, S: From<T>>(&self, all: impl IntoIterator<Item = T>) -> Result<Json<shape::Part<S>>, Refusal> {
        let (from, limit) = (self.from()?, self.limit()?);
        let mut items: Vec<S> = all.into_iter().skip(from).take(limit + 1).map(S::from).collect();
        let more = items.len() > limit;
        items.truncate(limit);
        let next = from + limit;
        Ok(Json(shape::Part { items, next: (more && next <= DEEPEST).then(|| format!("a{next}")) }))
    }
}

/// All of a list, cut.
async fn cut<T: Send + 'static, S: From<T> + Serialize>(
    desk: &Arc<Desk>,
    part: &Cut,
    all: impl FnOnce(&Archive) -> Result<Vec<T>, onrecord_archive::Error> + Send + 'static,
) -> Result<Response, Refusal> {
    part.limit()?;
    let all = desk.read(move |_, archive| Ok(all(archive)?)).await?;
    Ok(part.of::<T, S>(all)?.into_response())
}

/// All stories, the latest first.
#[utoipa::path(get, path = "/api/v1/stories", params(After), responses((status = 200, body = shape::Part<shape::Story>), (status = 400, body = Refused)))]
pub(crate) async fn stories(State(desk): State<Arc<Desk>>, Asked(after): Asked<After>) -> Result<Response, Refusal> {
    let limit = after.limit()?;
    let found = desk
        .read(move |_, archive| {
            let with = |story: archive::Story| Ok::<_, Refusal>((archive.arrived_at(&story.id)?, story));
            archive.stories_part(&after.cut(), limit)?.try_map(with)
        })
        .await?;
    Ok(Json(part::<_, shape::Story>(found)).into_response())
}

/// All documents, by their names.
#[utoipa::path(get, path = "/api/v1/documents", params(After), responses((status = 200, body = shape::Part<shape::Document>), (status = 400, body = Refused)))]
pub(crate) async fn documents(State(desk): State<Arc<Desk>>, Asked(after): Asked<After>) -> Result<Response, Refusal> {
    let (limit, after) = (after.limit()?, after.cursor.unwrap_or_default());
    let mut items = desk.read(move |_, archive| Ok(archive.documents(&after, limit + 1)?)).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().map(|last| last.id.clone()).filter(|_| more);
    Ok(Json(shape::Part { items: items.into_iter().map(shape::Document::from).collect(), next }).into_response())
}

/// Everybody who said something, who said most first.
#[utoipa::path(get, path = "/api/v1/people", params(After, WhichPeople), responses((status = 200, body = shape::Part<shape::Person>), (status = 400, body = Refused)))]
pub(crate) async fn people(State(desk): State<Arc<Desk>>, Asked(after): Asked<After>, Asked(which): Asked<WhichPeople>) -> Result<Response, Refusal> {
    let limit = after.limit()?;
    let found = desk.read(move |_, archive| Ok(archive.people_part(&which.begins.unwrap_or_default(), &after.cut(), limit)?)).await?;
    Ok(Json(part::<_, shape::Person>(found)).into_response())
}

/// Which people.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichPeople {
    /// What begins their name or a word of it.
    begins: Option<String>,
}

/// Which questions.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichQuestions {
    /// In this story.
    story: Option<String>,
    /// Where they stand.
    #[param(schema_with = super::describe::statuses)]
    status: Option<String>,
}

/// What was asked, and what became of it; of the latest story first.
#[utoipa::path(get, path = "/api/v1/questions", params(After, WhichQuestions), responses((status = 200, body = shape::Part<shape::Question>), (status = 400, body = Refused)))]
pub(crate) async fn questions(State(desk): State<Arc<Desk>>, Asked(after): Asked<After>, Asked(which): Asked<WhichQuestions>) -> Result<Response, Refusal> {
    let (limit, status) = (after.limit()?, status(which.status.as_deref().unwrap_or_default())?);
    let story = which.story.filter(|story| !story.is_empty());
    let found = desk.read(move |_, archive| Ok(archive.questions_part(status, story.as_deref(), &after.cut(), limit)?)).await?;
    Ok(Json(part::<_, shape::Question>(found)).into_response())
}

/// What was said, the newest first, or by words.
#[utoipa::path(get, path = "/api/v1/statements", params(Cut, Wanted), responses((status = 200, body = shape::Part<shape::Statement>), (status = 400, body = Refused), (status = 404, body = Refused)))]
pub(crate) async fn statements(State(desk): State<Arc<Desk>>, Asked(part): Asked<Cut>, Asked(wanted): Asked<Wanted>) -> Result<Response, Refusal> {
    let query = wanted.query(&desk, part.from()?.saturating_add(part.limit()?).saturating_add(1))?;
    cut::<_, shape::Statement>(&desk, &part, move |archive| Ok(archive.search(&query)?.hits)).await
}

/// Articles by their words, the newest first.
#[utoipa::path(get, path = "/api/v1/search", params(Cut, Wanted), responses((status = 200, body = shape::Part<shape::Article>), (status = 400, body = Refused), (status = 404, body = Refused)))]
pub(crate) async fn search(State(desk): State<Arc<Desk>>, Asked(part): Asked<Cut>, Asked(wanted): Asked<Wanted>) -> Result<Response, Refusal> {
    let query = wanted.query(&desk, part.from()?.saturating_add(part.limit()?).saturating_add(1))?;
    Wanted::of_articles(&query)?;
    cut::<_, shape::Article>(&desk, &part, move |archive| Ok(archive.search_articles(&query)?.hits)).await
}

/// What the watches told, the last first.
#[utoipa::path(get, path = "/api/v1/news", params(After), responses((status = 200, body = shape::Part<shape::News>), (status = 400, body = Refused)))]
pub(crate) async fn news(State(desk): State<Arc<Desk>>, Asked(after): Asked<After>) -> Result<Response, Refusal> {
    let limit = after.limit()?;
    let found = desk.read(move |_, archive| Ok(archive.news_part(&after.cut(), limit)?)).await?;
    Ok(Json(part::<_, shape::News>(found)).into_response())
}

/// What persons corrected, the last first.
#[utoipa::path(get, path = "/api/v1/corrections", params(After), responses((status = 200, body = shape::Part<shape::Correction>), (status = 400, body = Refused)))]
pub(crate) async fn corrections(State(desk): State<Arc<Desk>>, Asked(after): Asked<After>) -> Result<Response, Refusal> {
    let limit = after.limit()?;
    let found = desk.read(move |_, archive| Ok(archive.corrections_part(&after.cut(), limit)?)).await?;
    Ok(Json(part::<_, shape::Correction>(found)).into_response())
}

/// What nobody is sure of: first what is of no one story, `limit` of it at most, then of the latest stories.
#[utoipa::path(get, path = "/api/v1/queue", params(After), responses((status = 200, body = shape::Part<shape::Suggestion>), (status = 400, body = Refused)))]
pub(crate) async fn queue(State(desk): State<Arc<Desk>>, Asked(after): Asked<After>) -> Result<Response, Refusal> {
    let limit = after.limit()?;
    let (found, _) = desk.read(move |_, archive| Ok(archive.unsure_part(&after.cut(), limit)?)).await?;
    Ok(Json(part::<_, shape::Suggestion>(found)).into_response())
}

/// The watches that are set, in the order in which they were.
#[utoipa::path(get, path = "/api/v1/watches", params(Cut), responses((status = 200, body = shape::Part<shape::Watch>), (status = 400, body = Refused)))]
pub(crate) async fn watches(State(desk): State<Arc<Desk>>, Asked(part): Asked<Cut>) -> Result<Response, Refusal> {
    cut::<_, shape::Watch>(&desk, &part, Archive::watches).await
}
