//! Answers: a page, or the same as JSON where the address ends in `.json`.

use crate::leafing::address;
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
    /// What is new of it, as Atom.
    Atom,
    /// The same as JSON Feed.
    Feed,
}

impl Form {
    /// Whether a feed is asked for.
    pub(crate) fn is_feed(self) -> bool {
        matches!(self, Form::Atom | Form::Feed)
    }

    /// The ending of an address that asks for it.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Form::Page => "",
            Form::Json => ".json",
            Form::Atom => ATOM,
            Form::Feed => FEED,
        }
    }
}

/// The endings of feeds.
const ATOM: &str = ".atom";
const FEED: &str = ".feed.json";

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Form, Infallible> {
        Ok(parts.extensions.get::<Form>().copied().unwrap_or(Form::Page))
    }
}

/// Takes the ending off the address and remembers it. The API's own addresses are JSON without one.
pub(crate) fn without_ending(mut request: Request) -> Request {
    let path = request.uri().path();
    let is_api = is_api(path);
    let ending = [Form::Atom, Form::Feed, Form::Json].into_iter().find_map(|form| Some((form, path.strip_suffix(form.ending())?)));
    let ending = ending.filter(|_| !is_api && !path.starts_with("/assets/"));
    // The first page is `/index.json`.
    let plain = ending.map(|(_, plain)| if plain == "/index" { "/" } else { plain });
    let form = ending.map_or(if is_api { Form::Json } else { Form::Page }, |(form, _)| form);
    if let Some(plain) = plain {
        let target = request.uri().query().map_or_else(|| plain.to_owned(), |query| format!("{plain}?{query}"));
        if let Ok(uri) = target.parse::<Uri>() {
            *request.uri_mut() = uri;
        }
    }
    request.extensions_mut().insert(form);
    request
}

/// Whether an address is one of the API's own.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

/// What stands around every page.
pub(crate) struct Frame {
    pub(crate) title: String,
    /// Which part of the desk it belongs to.
    pub(crate) part: Part,
    /// Where the same is JSON.
    pub(crate) json: Option<String>,
    /// Where what is new of it is a feed.
    pub(crate) feeds: Option<Feeds>,
    /// Where the form of a watch of it is filled in.
    pub(crate) watch: Option<String>,
}

/// The addresses of the feeds of a page.
pub(crate) struct Feeds {
    pub(crate) atom: String,
    pub(crate) json: String,
}

/// The parts of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Stories,
    People,
    Questions,
    Search,
    News,
    Queue,
    Corrections,
    None,
}

impl Frame {
    pub(crate) fn new(title: impl Into<String>, part: Part, json: impl Into<String>) -> Frame {
        Frame { title: title.into(), part, json: Some(json.into()), feeds: None, watch: None }
    }

    /// The same with the feeds of the page at `path`, asked with these fields.
    pub(crate) fn with_feeds(self, path: &str, fields: &[(&str, &str)]) -> Frame {
        let to = |form: Form| address(&format!("{path}{}", form.ending()), fields);
        Frame { feeds: Some(Feeds { atom: to(Form::Atom), json: to(Form::Feed) }), ..self }
    }

    /// The same with the way to a watch that tells of this.
    pub(crate) fn with_watch(self, fields: &[(&str, &str)]) -> Frame {
        Frame { watch: Some(address("/news", fields) + "#watch"), ..self }
    }

    pub(crate) fn plain(title: impl Into<String>, part: Part) -> Frame {
        Frame { title: title.into(), part, json: None, feeds: None, watch: None }
    }
}

/// The page, or the JSON, whichever is asked for.
pub(crate) fn either<J: Serialize, P: Template>(form: Form, as_json: impl FnOnce() -> J, page: impl FnOnce() -> P) -> Result<Response, Refusal> {
    match form {
        Form::Json => json(as_json()),
        Form::Page => html(&page()),
        Form::Atom | Form::Feed => Err(no_feed()),
    }
}

/// There is no feed of this.
pub(crate) fn no_feed() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "not_found", "this has no feed; stories, people, questions, searches and news have")
}

/// JSON.
pub(crate) fn json(value: impl Serialize) -> Result<Response, Refusal> {
    Ok(axum::Json(value).into_response())
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
