//! The REST API: all that the pages show, as JSON, with cursors and filters, described by OpenAPI.

pub(crate) mod describe;
mod give;
mod list;
mod shape;

use crate::answer::{Frame, Part, html};
use crate::desk::Desk;
use crate::refusal::Refusal;
use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::sync::Arc;
use tower_http::limit::RequestBodyLimitLayer;

/// An article that is sent has this many bytes at most, with room for JSON's own: as much as one that is added from a file.
const LARGEST_ARTICLE: usize = 6 << 20;

#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    frame: Frame,
    asks: Vec<describe::Ask>,
}

/// Every address under `/api`.
pub(crate) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api", get(page))
        .route("/api/v1/openapi.json", get(description))
        .route("/api/v1/stories", get(list::stories))
        .route("/api/v1/stories/{id}", get(list::story))
        .route("/api/v1/documents", get(list::documents).merge(post(give::document)).layer(RequestBodyLimitLayer::new(LARGEST_ARTICLE)))
        .route("/api/v1/documents/{id}", get(list::document))
        .route("/api/v1/people", get(list::people))
        .route("/api/v1/people/{id}", get(list::person))
        .route("/api/v1/questions", get(list::questions))
        .route("/api/v1/statements", get(list::statements))
        .route("/api/v1/statements/{id}", get(list::statement))
        .route("/api/v1/search", get(list::search))
        .route("/api/v1/news", get(list::news))
        .route("/api/v1/corrections", get(list::corrections))
}

async fn description() -> Response {
    axum::Json(describe::openapi()).into_response()
}

/// The page to try it on.
async fn page() -> Result<Response, Refusal> {
    html(&Page { frame: Frame::plain("API", Part::None), asks: describe::asks() })
}
