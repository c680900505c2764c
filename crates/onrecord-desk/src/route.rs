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
use axum::routing::{MethodRouter, get, post};
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

/// What stands at an address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page that is the same for everybody but for the tokens of its forms, so that it is remembered.
    Page,
    /// A page that is made for whoever asks.
    OwnPage,
    /// Where a form is sent.
    Form,
    /// A part of the API; what it answers a GET is remembered.
    Api,
    /// A style that is made for a page, and remembered with it.
    Style,
    /// What every page loads beside itself.
    Asset,
}

/// An address of the desk.
pub(crate) struct Address {
    pub(crate) path: &'static str,
    pub(crate) kind: Kind,
    asked: MethodRouter<Arc<Desk>>,
}

impl Address {
    pub(crate) fn new(kind: Kind, path: &'static str, asked: MethodRouter<Arc<Desk>>) -> Address {
        Address { path, kind, asked }
    }
}

/// The paths of all pages; `{id}` and the like stand for names. Each is JSON too, with `.json` behind it.
pub fn pages() -> Vec<&'static str> {
    addresses().into_iter().filter(|address| matches!(address.kind, Kind::Page | Kind::OwnPage)).map(|address| address.path).collect()
}

/// Every address there is: the router is made of these alone.
fn addresses() -> Vec<Address> {
    let mut all = vec![
        Address::new(Kind::Page, "/", get(page::stories::page)),
        Address::new(Kind::Page, "/stories", get(page::stories::page)),
        Address::new(Kind::Page, "/stories/{id}", get(page::story::page)),
        Address::new(Kind::Page, "/stories/{id}/questions/{question}", get(page::question::page)),
        Address::new(Kind::Page, "/stories/{id}/utterances/{utterance}", get(page::question::utterance)),
        Address::new(Kind::Page, "/stories/{id}/correct", get(page::fix::page)),
        Address::new(Kind::Page, "/documents/{id}", get(page::document::page)),
        Address::new(Kind::Page, "/documents/{id}/versions", get(page::versions::page)),
        Address::new(Kind::Page, "/statements/{id}", get(page::statement::page)),
        Address::new(Kind::Page, "/people", get(page::person::list)),
        Address::new(Kind::Page, "/people/{id}", get(page::person::page)),
        Address::new(Kind::Page, "/questions", get(page::question::list)),
        Address::new(Kind::Page, "/search", get(page::search::page)),
        Address::new(Kind::Page, "/news", get(page::news::page)),
        Address::new(Kind::Page, "/queue", get(page::queue::page)),
        Address::new(Kind::Page, "/corrections", get(page::corrections::page)),
        Address::new(Kind::OwnPage, "/keys", get(page::keys::page)),
        Address::new(Kind::OwnPage, "/sign-in", get(page::sign_in::page).post(page::sign_in::post)),
        Address::new(Kind::Form, "/sign-out", post(page::sign_in::out)),
        Address::new(Kind::Form, "/seen", post(page::stories::all_seen)),
        Address::new(Kind::Form, "/corrections", post(correct::post)),
        Address::new(Kind::Form, "/corrections/{id}/undo", post(correct::undo)),
        Address::new(Kind::Form, "/corrections/{id}/redo", post(correct::redo)),
        Address::new(Kind::Form, "/watches", post(page::news::set)),
        Address::new(Kind::Form, "/watches/{id}/drop", post(page::news::drop)),
        Address::new(Kind::Style, "/documents/{id}/lit.css", get(page::document::lit)),
        Address::new(Kind::Asset, "/assets/{name}", get(asset::asset)),
    ];
    all.extend(api::addresses());
    all
}

pub(crate) fn routes(desk: Arc<Desk>) -> Router {
    let (mut forms, mut remembered, mut others) = (Router::new(), Router::new(), Router::new());
    for Address { path, kind, asked } in addresses() {
        match kind {
            Kind::Page | Kind::Api | Kind::Style => remembered = remembered.route(path, asked),
            Kind::OwnPage | Kind::Form => forms = forms.route(path, asked),
            Kind::Asset => others = others.route(path, asked),
        }
    }
    others
        .merge(forms.layer(RequestBodyLimitLayer::new(LARGEST_FORM)))
        .merge(remembered.layer(middleware::from_fn_with_state(Arc::clone(&desk), remember)))
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
