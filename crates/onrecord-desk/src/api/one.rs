//! One thing of the API, by its name.

use super::list::{After, Cut, part};
use super::shape;
use crate::answer::Asked;
use crate::desk::Desk;
use crate::page::document::find;
use crate::refusal::{Refusal, Refused};
use crate::words;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use onrecord_archive::{Query, Spoken};
use std::sync::Arc;

/// The record of a story: `onrecord.record/1`.
#[utoipa::path(get, path = "/api/v1/stories/{id}", params(("id" = String, Path, description = "Its name, or that of any of its documents")),
    responses((status = 200, description = "onrecord.record/1, and what some accounts carry and others do not", body = ref("#/components/schemas/record")),
        (status = 308, description = "The name was that of another of its documents: its own is in Location", body = Refused), (status = 404, body = Refused)))]
pub(crate) async fn story(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| Ok(Json(desk.story_called(archive, &id)?.whole()).into_response())).await
}

/// A document with its text and what is said in it.
#[utoipa::path(get, path = "/api/v1/documents/{id}", params(("id" = String, Path, description = "Its name; the first letters are enough")),
    responses((status = 200, body = shape::WholeDocument), (status = 404, body = Refused)))]
pub(crate) async fn document(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let (listed, shown) = find(desk, archive, &id)?;
        let text = shown.document(&listed.id).map(|(_, document)| document.text.clone()).ok_or_else(|| Refusal::unknown(&id))?;
        let statements = archive.statements_of(&listed.id)?.into_iter().map(shape::Statement::from).collect();
        Ok(Json(shape::WholeDocument { listed: listed.into(), text, statements }).into_response())
    })
    .await
}

/// Every version of a document, the first first, each with what it changed of the one before.
#[utoipa::path(get, path = "/api/v1/documents/{id}/versions", params(("id" = String, Path, description = "Its name; the first letters are enough"), Cut),
    responses((status = 200, body = shape::Part<shape::Version>), (status = 400, body = Refused), (status = 404, body = Refused)))]
pub(crate) async fn versions(State(desk): State<Arc<Desk>>, Path(id): Path<String>, Asked(cut): Asked<Cut>) -> Result<Response, Refusal> {
    cut.limit()?;
    let all = desk
        .read(move |desk, archive| {
            let texts = archive.texts(&id)?;
            let mut revisions = if texts.len() > 1 { archive.revisions(&id, desk.reader())? } else { Vec::new() };
            let revision = |version: i64| revisions.iter().position(|revision| revision.later.number == version);
            let at: Vec<Option<usize>> = texts.iter().map(|text| revision(text.version)).collect();
            let mut changes = |at: Option<usize>| at.map(|at| std::mem::take(&mut revisions[at].changes)).unwrap_or_default();
            Ok(texts.into_iter().zip(at).map(|(text, at)| (text, changes(at))).collect::<Vec<_>>())
        })
        .await?;
    Ok(cut.of::<_, shape::Version>(all)?.into_response())
}

/// Somebody, and what was said, in the order of time.
#[utoipa::path(get, path = "/api/v1/people/{id}", params(("id" = String, Path, description = "The name of the row"), After),
    responses((status = 200, body = shape::WholePerson), (status = 308, description = "A correction gave another name, which is in Location", body = Refused),
        (status = 400, body = Refused), (status = 404, body = Refused)))]
pub(crate) async fn person(State(desk): State<Arc<Desk>>, Path(id): Path<String>, Asked(after): Asked<After>) -> Result<Response, Refusal> {
    let limit = after.limit()?;
    desk.read(move |_, archive| {
        let (somebody, _) = archive.somebody(&id)?;
        let said = part(archive.said_part(&somebody.id, &after.cut(), limit)?);
        Ok(Json(shape::WholePerson { person: somebody.into(), said: said.items, next: said.next }).into_response())
    })
    .await
}

/// What others said in which somebody's name stands, the newest first.
#[utoipa::path(get, path = "/api/v1/people/{id}/about", params(("id" = String, Path, description = "The name of the row"), Cut),
    responses((status = 200, body = shape::Part<shape::Statement>), (status = 308, description = "A correction gave another name, which is in Location", body = Refused),
        (status = 400, body = Refused), (status = 404, body = Refused)))]
pub(crate) async fn about(State(desk): State<Arc<Desk>>, Path(id): Path<String>, Asked(cut): Asked<Cut>) -> Result<Response, Refusal> {
    let most = cut.from()?.saturating_add(cut.limit()?).saturating_add(1);
    let all = desk
        .read(move |_, archive| {
            let (somebody, _) = archive.somebody(&id)?;
            // Their own words may be among those found, and are left out.
            let most = most.saturating_add(somebody.statements as usize);
            let found = archive.search(&Query { about: Some(somebody.name.clone()), most, ..Query::default() })?;
            Ok(found.hits.into_iter().filter(|spoken| spoken.speaker.as_ref() != Some(&somebody.name)).collect::<Vec<Spoken>>())
        })
        .await?;
    Ok(cut.of::<_, shape::Statement>(all)?.into_response())
}

/// The questions that were put to somebody, of the latest story first.
#[utoipa::path(get, path = "/api/v1/people/{id}/questions", params(("id" = String, Path, description = "The name of the row"), Cut),
    responses((status = 200, body = shape::Part<shape::Question>), (status = 308, description = "A correction gave another name, which is in Location", body = Refused),
        (status = 400, body = Refused), (status = 404, body = Refused)))]
pub(crate) async fn asked_of(State(desk): State<Arc<Desk>>, Path(id): Path<String>, Asked(cut): Asked<Cut>) -> Result<Response, Refusal> {
    let most = cut.from()?.saturating_add(cut.limit()?).saturating_add(1);
    let all = desk.read(move |_, archive| Ok(archive.questions_to(&archive.somebody(&id)?.0.id, most)?)).await?;
    Ok(cut.of::<_, shape::Question>(all)?.into_response())
}

/// A statement of a record, with its evidence.
#[utoipa::path(get, path = "/api/v1/statements/{id}", params(("id" = String, Path, description = "That of its document, a point, `s` and its number there")),
    responses((status = 200, description = "A statement of onrecord.record/1", body = ref("#/components/schemas/record.statement")), (status = 404, body = Refused)))]
pub(crate) async fn statement(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let (_, shown) = find(desk, archive, words::document_of(&id))?;
        let statement = shown.id_of(&id).and_then(|of_record| shown.statement(of_record)).ok_or_else(|| Refusal::unknown(&id))?;
        Ok(Json(statement).into_response())
    })
    .await
}

/// A question of a record, with the statements that ask and answer it.
#[utoipa::path(get, path = "/api/v1/questions/{id}", params(("id" = String, Path, description = "That of its story, a point, `q` and its number there")),
    responses((status = 200, description = "A question of onrecord.record/1", body = ref("#/components/schemas/record.question")), (status = 404, body = Refused)))]
pub(crate) async fn question(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let (story, of_record) = of_story(&id)?;
        let shown = desk.story(archive, story)?;
        let question = shown.story.record.questions.iter().find(|question| question.id == of_record).ok_or_else(|| Refusal::unknown(&id))?;
        Ok(Json(question).into_response())
    })
    .await
}

/// An act of speaking of a record, with the statements that report it.
#[utoipa::path(get, path = "/api/v1/utterances/{id}", params(("id" = String, Path, description = "That of its story, a point, `u` and its number there")),
    responses((status = 200, description = "An utterance of onrecord.record/1", body = ref("#/components/schemas/record.utterance")), (status = 404, body = Refused)))]
pub(crate) async fn utterance(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let (story, of_record) = of_story(&id)?;
        let shown = desk.story(archive, story)?;
        let utterance = shown.story.record.utterances.iter().find(|utterance| utterance.id == of_record).ok_or_else(|| Refusal::unknown(&id))?;
        Ok(Json(utterance).into_response())
    })
    .await
}

/// `dxx0mqryv2t7.q3` taken apart.
fn of_story(id: &str) -> Result<(&str, &str), Refusal> {
    id.split_once('.').ok_or_else(|| Refusal::unknown(id))
}
