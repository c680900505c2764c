//! The REST API: all that the pages show, as JSON, with cursors and filters, described by OpenAPI.

pub(crate) mod describe;
mod give;
mod list;
mod shape;

use crate::answer::{Form, Frame, Part, either};
use crate::refusal::Refusal;
use crate::route::{Address, Kind};
use askama::Template;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;
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
pub(crate) fn addresses() -> Vec<Address> {
    let api = |path, asked| Address::new(Kind::Api, path, asked);
    vec![
        Address::new(Kind::OwnPage, "/api", get(page)),
        api("/api/v1/openapi.json", get(description)),
        api("/api/v1/stories", get(list::stories)),
        api("/api/v1/stories/{id}", get(list::story)),
        api("/api/v1/documents", get(list::documents).merge(post(give::document)).layer(RequestBodyLimitLayer::new(LARGEST_ARTICLE))),
        api("/api/v1/documents/{id}", get(list::document)),
        api("/api/v1/people", get(list::people)),
        api("/api/v1/people/{id}", get(list::person)),
        api("/api/v1/questions", get(list::questions)),
        api("/api/v1/statements", get(list::statements)),
        api("/api/v1/statements/{id}", get(list::statement)),
        api("/api/v1/search", get(list::search)),
        api("/api/v1/news", get(list::news)),
        api("/api/v1/corrections", get(list::corrections)),
    ]
}

async fn description() -> Response {
    axum::Json(describe::openapi()).into_response()
}

/// The page to try it on.
async fn page(form: Form) -> Result<Response, Refusal> {
    let asks = describe::asks();
    either(
        form,
        || json!({ "description": "/api/v1/openapi.json", "asks": asks }),
        || Page { frame: Frame::new("API", Part::None, "/api.json"), asks: asks.clone() },
    )
}
