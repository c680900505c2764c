//! Every address of the desk, and what stands before all of them.

use crate::answer::without_ending;
use crate::desk::Desk;
use crate::memory::remember;
use crate::refusal::Refusal;
use crate::{api, asset, correct, guard, page};
use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::{Layer, Service};
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// A form is this large at most: the longest holds some words of an article.
const LARGEST_FORM: usize = 256 << 10;
/// An answer comes within this time; making a story of hundreds of articles takes some of it.
const TIME: Duration = Duration::from_secs(60);
/// Requests under way at once; those beyond wait.
const AT_ONCE: usize = 256;

/// All of it, as what a connection asks.
pub(crate) fn service(
    desk: Arc<Desk>,
) -> impl Service<hyper::Request<hyper::body::Incoming>, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static {
    // `.json` comes off before it is looked which address is meant.
    tower::util::MapRequestLayer::new(|request: hyper::Request<hyper::body::Incoming>| without_ending(request.map(axum::body::Body::new)))
        .layer(routes(desk).into_service::<axum::body::Body>())
}

fn routes(desk: Arc<Desk>) -> Router {
    let forms = Router::new()
        .route("/seen", post(page::stories::all_seen))
        .route("/sign-in", get(page::sign_in::page).post(page::sign_in::post))
        .route("/corrections", post(correct::post))
        .route("/corrections/{id}/undo", post(correct::undo))
        .route("/corrections/{id}/redo", post(correct::redo))
        .route("/watches", post(page::news::set))
        .route("/watches/{id}/drop", post(page::news::drop))
        .layer(RequestBodyLimitLayer::new(LARGEST_FORM));
    // The same for everybody, but for the token of a form.
    let remembered = Router::new()
        .route("/", get(page::stories::page))
        .route("/stories", get(page::stories::page))
        .route("/statements/{id}", get(page::statement::page))
        .route("/corrections", get(page::corrections::page))
        .route("/news", get(page::news::page))
        .route("/queue", get(page::queue::page))
        .route("/stories/{id}", get(page::story::page))
        .route("/stories/{id}/questions/{question}", get(page::question::page))
        .route("/stories/{id}/utterances/{utterance}", get(page::question::utterance))
        .route("/documents/{id}", get(page::document::page))
        .route("/documents/{id}/lit.css", get(page::document::lit))
        .route("/documents/{id}/versions", get(page::versions::page))
        .route("/people", get(page::person::list))
        .route("/people/{id}", get(page::person::page))
        .route("/questions", get(page::question::list))
        .route("/search", get(page::search::page))
        .layer(middleware::from_fn_with_state(Arc::clone(&desk), remember));
    Router::new()
        .route("/stories/{id}/correct", get(page::fix::page))
        .route("/keys", get(page::keys::page))
        .route("/assets/{name}", get(asset::asset))
        .merge(forms)
        .merge(remembered)
        .merge(api::routes())
        .fallback(nothing)
        .method_not_allowed_fallback(not_so)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME))
        .layer(middleware::from_fn_with_state(Arc::clone(&desk), guard::guard))
        .layer(GlobalConcurrencyLimitLayer::new(AT_ONCE))
        .layer(CompressionLayer::new())
        .with_state(desk)
}

async fn nothing(uri: Uri) -> Refusal {
    Refusal::unknown(uri.path())
}

async fn not_so() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method", "this address is not asked so")
}
