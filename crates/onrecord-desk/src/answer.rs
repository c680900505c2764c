//! Answers: a page, or the same as JSON where the address ends in `.json`.

use crate::refusal::Refusal;
use askama::Template;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::convert::Infallible;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A page.
    Page,
    /// The same as JSON.
    Json,
}

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Form, Infallible> {
        Ok(parts.extensions.get::<Form>().copied().unwrap_or(Form::Page))
    }
}

/// Takes `.json` off the address and remembers it. The API's own addresses are JSON without it.
pub(crate) fn without_ending(mut request: Request) -> Request {
    let path = request.uri().path();
    let is_api = path.starts_with("/api/");
    let plain = path.strip_suffix(".json").filter(|_| !is_api);
    // The first page is `/index.json`.
    let plain = plain.map(|plain| if plain == "/index" { "/" } else { plain });
    let form = if is_api || plain.is_some() { Form::Json } else { Form::Page };
    if let Some(plain) = plain {
        let target = request.uri().query().map_or_else(|| plain.to_owned(), |query| format!("{plain}?{query}"));
        if let Ok(uri) = target.parse::<Uri>() {
            *request.uri_mut() = uri;
        }
    }
    request.extensions_mut().insert(form);
    request
}

/// What stands around every page.
pub(crate) struct Frame {
    pub(crate) title: String,
    /// Which part of the desk it belongs to.
    pub(crate) part: Part,
    /// Where the same is JSON.
    pub(crate) json: Option<String>,
}

/// The parts of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Stories,
    People,
    Questions,
    Search,
    News,
    Corrections,
    None,
}

impl Frame {
    pub(crate) fn new(title: impl Into<String>, part: Part, json: impl Into<String>) -> Frame {
        Frame { title: title.into(), part, json: Some(json.into()) }
    }

    pub(crate) fn plain(title: impl Into<String>, part: Part) -> Frame {
        Frame { title: title.into(), part, json: None }
    }
}

/// The page, or the JSON, whichever is asked for.
pub(crate) fn either<J: Serialize, P: Template>(form: Form, json: impl FnOnce() -> J, page: impl FnOnce() -> P) -> Result<Response, Refusal> {
    match form {
        Form::Json => Ok(axum::Json(json()).into_response()),
        Form::Page => html(&page()),
    }
}

/// A page.
pub(crate) fn html<P: Template>(page: &P) -> Result<Response, Refusal> {
    let text = page.render().map_err(|_| Refusal::fault())?;
    Ok(of_bytes("text/html; charset=utf-8", text.into()))
}

/// Bytes of a kind.
pub(crate) fn of_bytes(kind: &'static str, bytes: Bytes) -> Response {
    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
}

/// Leads on to another page, by a new GET.
pub(crate) fn onward(to: &str) -> Result<Response, Refusal> {
    let to = HeaderValue::from_str(to).map_err(|_| Refusal::fault())?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// Gives a whole answer its name (ETag), and only the name where the browser has the answer already.
pub(crate) async fn named(asked: &HeaderMap, response: Response) -> Response {
    let is_whole = response.status() == StatusCode::OK && !response.headers().contains_key(header::ETAG);
    if !is_whole {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else { return Refusal::fault().into_response() };
    let tag = format!("W/\"{}\"", &blake3::hash(&bytes).to_hex()[..24]);
    let is_known = asked.get_all(header::IF_NONE_MATCH).iter().any(|known| known.to_str().is_ok_and(|known| known.split(',').any(|it| it.trim() == tag)));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// What stands behind the question mark of an address.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Sync, T: serde::de::DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked<T>, Refusal> {
        axum::extract::Query::try_from_uri(&parts.uri).map(|asked| Asked(asked.0)).map_err(|rejection| Refusal::wrong(rejection.body_text()))
    }
}
