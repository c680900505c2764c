//! The REST API: all that the pages show, as JSON, with cursors and filters, described by OpenAPI.

pub(crate) mod describe;
mod change;
mod give;
mod list;
mod one;
mod shape;

use crate::answer::{Form, Frame, Part, either};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::route::{Address, Kind};
use askama::Template;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, post};
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use tower_http::limit::RequestBodyLimitLayer;

/// An article that is sent has this many bytes at most, with room for JSON's own: as much as one that is added from a file.
const LARGEST_ARTICLE: usize = 6 << 20;
/// A correction or a watch is this large at most: the longest holds some words of an article.
const LARGEST_CHANGE: usize = 256 << 10;

#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    frame: Frame,
    asks: Vec<describe::Ask>,
}

/// Every address under `/api`.
pub(crate) fn addresses() -> Vec<Address> {
    let api = |path, asked| Address::new(Kind::Api, path, asked);
    let changing = |asked: MethodRouter<Arc<Desk>>| asked.layer(RequestBodyLimitLayer::new(LARGEST_CHANGE));
    vec![
        Address::new(Kind::OwnPage, "/api", get(page)),
        api("/api/v1/openapi.json", get(description)),
        api("/api/v1/stories", get(list::stories)),
        api("/api/v1/stories/{id}", get(one::story)),
        // The framework's own limit is 2 MB.
        api(
            "/api/v1/documents",
            get(list::documents).post(give::document).layer::<_, Infallible>(DefaultBodyLimit::disable()).layer(RequestBodyLimitLayer::new(LARGEST_ARTICLE)),
        ),
        api("/api/v1/documents/{id}", get(one::document)),
        api("/api/v1/documents/{id}/versions", get(one::versions)),
        api("/api/v1/people", get(list::people)),
        api("/api/v1/people/{id}", get(one::person)),
        api("/api/v1/people/{id}/about", get(one::about)),
        api("/api/v1/people/{id}/questions", get(one::asked_of)),
        api("/api/v1/questions", get(list::questions)),
        api("/api/v1/questions/{id}", get(one::question)),
        api("/api/v1/utterances/{id}", get(one::utterance)),
        api("/api/v1/statements", get(list::statements)),
        api("/api/v1/statements/{id}", get(one::statement)),
        api("/api/v1/search", get(list::search)),
        api("/api/v1/news", get(list::news)),
        api("/api/v1/watches", changing(get(list::watches).post(change::watch))),
        api("/api/v1/watches/{id}", delete(change::drop_watch)),
        api("/api/v1/queue", get(list::queue)),
        api("/api/v1/corrections", changing(get(list::corrections).post(change::correct))),
        api("/api/v1/corrections/{id}/undo", changing(post(change::undo))),
        api("/api/v1/corrections/{id}/redo", changing(post(change::redo))),
    ]
}

async fn description(State(desk): State<Arc<Desk>>) -> Response {
    axum::Json(describe::openapi(desk.settings.token.is_some())).into_response()
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_address_is_described_and_every_description_has_an_address() {
        let asks = describe::asks();
        let described: BTreeSet<&str> = asks.iter().map(|ask| ask.path.as_str()).chain(["/api/v1/openapi.json"]).collect();
        let there: BTreeSet<&str> = addresses().iter().filter(|address| address.kind == Kind::Api).map(|address| address.path).collect();
        assert_eq!(described, there);
    }
}
