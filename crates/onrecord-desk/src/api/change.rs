//! What the API changes beside adding articles: watches and corrections.

use super::shape::{Corrected, Correcting, Watch, Watching};
use crate::correct::{Turning, keep, turn};
use crate::desk::Desk;
use crate::refusal::{Refusal, Refused};
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use onrecord_archive::{self as archive, Archive, Hand};
use std::sync::Arc;

/// Sets a watch: it tells of what comes from now on.
#[utoipa::path(post, path = "/api/v1/watches", request_body = Watching, responses((status = 201, description = "It is set", body = Watch),
    (status = 400, body = Refused), (status = 404, body = Refused), (status = 409, description = "A limit goes with another kind", body = Refused), (status = 413, body = Refused), (status = 415, body = Refused), (status = 422, body = Refused)))]
pub(crate) async fn watch(State(desk): State<Arc<Desk>>, given: Result<Json<Watching>, JsonRejection>) -> Result<Response, Refusal> {
    let Watching { on, story, by, words, about, outlet, sourcing, act, form } = body(given)?;
    let filled = |field: Option<String>| field.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    let [words, about, outlet, sourcing, act, form] = [words, about, outlet, sourcing, act, form].map(filled);
    let watch = archive::Watch { on, story: filled(story), by: filled(by), saved: archive::Saved { words, about, outlet, sourcing, act, form } };
    let set = desk
        .write(move |desk, archive, _| {
            let set = archive.watch(&watch, Hand { by: &desk.settings.by, now: &(desk.settings.now)() });
            // A limit that goes with another kind of watch.
            let id = set.map_err(|error| if error.is_refused() { Refusal::new(StatusCode::CONFLICT, "limit", error.told()) } else { error.into() })?;
            archive.watches()?.into_iter().find(|set| set.id == id).ok_or_else(Refusal::fault)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(Watch::from(set))).into_response())
}

/// Drops a watch; what it told stays.
#[utoipa::path(delete, path = "/api/v1/watches/{id}", params(("id" = String, Path, description = "Its name: `w1`, `w2` …")),
    responses((status = 204, description = "It is dropped"), (status = 404, body = Refused)))]
pub(crate) async fn drop_watch(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    desk.write(move |desk, archive, _| Ok(archive.unwatch(&id, &(desk.settings.now)())?)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Corrects something, and answers when every story it touches is up to date.
#[utoipa::path(post, path = "/api/v1/corrections", request_body = Correcting, responses((status = 201, description = "It holds", body = Corrected),
    (status = 400, body = Refused), (status = 404, body = Refused), (status = 413, body = Refused), (status = 415, body = Refused), (status = 422, body = Refused)))]
pub(crate) async fn correct(State(desk): State<Arc<Desk>>, given: Result<Json<Correcting>, JsonRejection>) -> Result<Response, Refusal> {
    let Correcting { instead, why } = body(given)?;
    let id = keep(&desk, instead, why.unwrap_or_default()).await?;
    Ok((StatusCode::CREATED, Json(Corrected { id })).into_response())
}

/// Undoes a correction.
#[utoipa::path(post, path = "/api/v1/corrections/{id}/undo", params(("id" = String, Path, description = "Its name in the log, or `last`")),
    responses((status = 200, description = "It holds no longer", body = Corrected), (status = 404, body = Refused), (status = 409, description = "It is undone already", body = Refused)))]
pub(crate) async fn undo(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    turned(&desk, id, Archive::undo).await
}

/// Does a correction again that was undone.
#[utoipa::path(post, path = "/api/v1/corrections/{id}/redo", params(("id" = String, Path, description = "Its name in the log, or `last`")),
    responses((status = 200, description = "It holds again", body = Corrected), (status = 404, body = Refused), (status = 409, description = "It holds already", body = Refused)))]
pub(crate) async fn redo(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    turned(&desk, id, Archive::redo).await
}

async fn turned(desk: &Arc<Desk>, id: String, turning: Turning) -> Result<Response, Refusal> {
    let id = turn(desk, id, turning).await?;
    Ok(Json(Corrected { id }).into_response())
}

/// What was sent as JSON.
pub(super) fn body<T>(given: Result<Json<T>, JsonRejection>) -> Result<T, Refusal> {
    given.map(|Json(given)| given).map_err(|rejection| Refusal::new(rejection.status(), "body", rejection.body_text()))
}
