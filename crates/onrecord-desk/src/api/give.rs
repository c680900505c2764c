//! Articles that are given to the archive over HTTP.

use super::change::body;
use super::shape::{Added, Given};
use crate::desk::Desk;
use crate::refusal::{Refusal, Refused};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use onrecord::Document;
use onrecord::document::{Dated, Received};
use onrecord_archive::{Identity, New, Place};
use onrecord_intake::LARGEST_ARTICLE;
use std::sync::Arc;

/// Adds an article, reads it, and brings the stories it touches up to date. The same address with another text is a new version.
#[utoipa::path(post, path = "/api/v1/documents", request_body = Given, responses(
    (status = 201, description = "It was added", body = Added), (status = 200, description = "It stood there just so", body = Added), (status = 400, body = Refused),
    (status = 413, body = Refused), (status = 415, body = Refused), (status = 422, body = Refused)))]
pub(crate) async fn document(State(desk): State<Arc<Desk>>, given: Result<Json<Given>, JsonRejection>) -> Result<Response, Refusal> {
    let received = received(body(given)?)?;
    let added = desk
        .write(move |desk, archive, reader| {
            let identity = Identity::of(&received, Place::Unsettled);
            let new = New::read(identity, received, reader);
            Ok(archive.add(&new, &(desk.settings.now)())?)
        })
        .await?;
    let status = if added.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(Added { id: added.id, version: added.version, new: added.is_new })).into_response())
}

/// The article as it would come from a file.
fn received(given: Given) -> Result<Received, Refusal> {
    let unfit = |what: String| Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "article", what);
    let (bytes, most) = (given.text.len() as u64, LARGEST_ARTICLE);
    match () {
        () if given.text.chars().all(|letter| letter.is_whitespace() || letter.is_control()) => return Err(unfit("there is no text".to_owned())),
        () if bytes > most => return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "article", format!("the text has {bytes} bytes; {most} are the most"))),
        () => {}
    }
    let day = |day: String| day.parse().map_err(|_| unfit(format!("published is no day such as 2031-03-04: {day}")));
    let mut document = Document::new("given.txt", given.text);
    let filled = |field: Option<String>| field.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    (document.title, document.outlet, document.byline, document.url) = (filled(given.title), filled(given.outlet), filled(given.byline), filled(given.url));
    document.published = given.published.map(day).transpose()?;
    Ok(Received { document, notes: Vec::new(), dated: Dated::BySource })
}
