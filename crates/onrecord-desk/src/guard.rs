//! Who may ask, from where, and what a browser is told of it: hosts, other sites, forms, headers.
//!
//! A page of another site must not read or change anything here, though it runs in the same browser: it may name this computer by a
//! host of its own (DNS rebinding), so the host is checked; it may send a form, so every form carries a token that it cannot know, and
//! the cookie does not travel with it. Whoever reaches the desk over a network shows the token it was opened with.

use crate::answer::{Form, Frame, Part, html, is_api, named, onward};
use crate::desk::Desk;
use crate::page::refused;
use crate::refusal::{Beside, Refusal};
use crate::session::{self, Session, is_same};
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

/// Nothing from elsewhere, nothing written into a page: no script, no style, no frame.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What every answer carries.
const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];
/// The field of every form that holds its token.
pub(crate) const FIELD: &str = "token";

/// The fields of a form that came from a page of ours.
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// A field that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Every value of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
    }

    /// What its fields are called.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// A field that must be there.
    pub(crate) fn needed(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| Refusal::wrong(format!("the field {name} is empty")))
    }
}

impl<S: Sync + Send> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Fields, Refusal> {
        let session = request.extensions().get::<Session>().cloned();
        let axum::Form(fields) = axum::Form::<Vec<(String, String)>>::from_request(request, state).await.map_err(|error| Refusal::wrong(error.body_text()))?;
        let fields = Fields(fields);
        let given = fields.get(FIELD).unwrap_or_default();
        match session {
            Some(session) if is_same(&session.token, given) => Ok(fields),
            Some(_) | None => Err(Refusal::forbidden("this form is from another session; open its page again and send it from there")),
        }
    }
}

/// Stands before every route.
pub(crate) async fn guard(State(desk): State<Arc<Desk>>, mut request: Request, next: Next) -> Response {
    let form = request.extensions().get::<Form>().copied().unwrap_or(Form::Page);
    let (uri, asked) = (request.uri().clone(), request.headers().clone());
    let known = session::of(&desk, &asked);
    let is_new = known.is_none();
    let session = known.unwrap_or_else(|| session::begin(&desk));
    request.extensions_mut().insert(session.clone());
    let refused = may_ask(&desk, &request).err();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let response = match refused {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    };
    let is_text = response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let refusal = response.extensions().get::<Refusal>().cloned().or_else(|| Refusal::of_status(response.status()).filter(|_| is_text));
    let mut response = match refusal {
        Some(refusal) if refusal.status == StatusCode::UNAUTHORIZED && form == Form::Page => onward("/sign-in").unwrap_or_else(|refusal| refusal.as_json()),
        Some(refusal) => refused_as(form, &uri, &refusal),
        None if is_read => named(&asked, response).await,
        None => response,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let is_asset = uri.path().starts_with("/assets/");
    let keep = if is_asset { "public, max-age=0, must-revalidate" } else { "private, no-cache" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    let is_set = headers.contains_key(header::SET_COOKIE);
    if is_new && form == Form::Page && !is_set && !is_asset {
        session.keep(headers, &asked);
    }
    response
}

fn refused_as(form: Form, uri: &Uri, refusal: &Refusal) -> Response {
    let ending = if is_api(uri.path()) { "" } else { form.ending() };
    let beside = match &refusal.beside {
        Beside::Nothing => None,
        Beside::After(time) => Some((header::RETRY_AFTER, HeaderValue::from(time.as_secs()))),
        Beside::Renamed(from, to) => match elsewhere(uri, ending, from, to) {
            Some(place) => Some((header::LOCATION, place)),
            None => return refused_as(form, uri, &Refusal::unknown(from)),
        },
    };
    let mut response = match form {
        Form::Json | Form::Atom | Form::Feed => refusal.as_json(),
        Form::Page => {
            let page = refused::Refused { frame: Frame::plain(refusal.title(), Part::None), title: refusal.title(), message: refusal.message() };
            html(&page).unwrap_or_else(|refusal| refusal.as_json())
        }
    };
    *response.status_mut() = refusal.status;
    response.headers_mut().extend(beside);
    if refusal.status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    // What is refused today may be there tomorrow, and a correction that moved somebody may be undone.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn may_ask(desk: &Desk, request: &Request) -> Result<(), Refusal> {
    let asked = request.headers();
    let host = asked.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !is_our_name(desk, host) {
        return Err(Refusal::new(
            StatusCode::MISDIRECTED_REQUEST,
            "host",
            format!("this desk is not called {host}; name it when it is opened: --name {}", name_of(host)),
        ));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        from_here(asked, host)?;
    }
    let path = request.uri().path();
    let is_open = path == "/sign-in" || path.starts_with("/assets/");
    if is_open || desk.settings.token.is_none() || is_signed_in(desk, request)? {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::UNAUTHORIZED, "unauthorized", "show the token the desk was opened with, as `Authorization: Bearer …` or at /sign-in"))
}

/// What changes something comes from a page of ours, as far as the browser says whence it comes.
fn from_here(asked: &HeaderMap, host: &str) -> Result<(), Refusal> {
    let said = |name: &str| asked.get(name).and_then(|value| value.to_str().ok());
    let is_foreign = said("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"))
        || said("origin").is_some_and(|origin| origin.split_once("://").is_none_or(|(_, from)| from != host));
    if is_foreign { Err(Refusal::forbidden("this comes from a page of another site")) } else { Ok(()) }
}

/// Whether a browser may call the desk so. A number is never a name that somebody else has bound to this computer.
fn is_our_name(desk: &Desk, host: &str) -> bool {
    let name = name_of(host).to_ascii_lowercase();
    let number = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    let is_ours = |number: IpAddr| number.is_loopback() || !desk.settings.is_private();
    name == "localhost" || number.is_some_and(is_ours) || desk.settings.names.iter().any(|known| known.eq_ignore_ascii_case(&name))
}

/// A host without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) | None => host,
    }
}

/// Whether the token the desk was opened with was shown, now or when the session began.
fn is_signed_in(desk: &Desk, request: &Request) -> Result<bool, Refusal> {
    let asked = request.headers();
    if session::of(desk, asked).is_some_and(|session| session.is_signed_in(desk)) {
        return Ok(true);
    }
    let shown = asked.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    shown.map_or(Ok(false), |shown| session::is_token(desk, Peer::of(request.extensions()), shown.trim()))
}

/// From where a request came over the network.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

impl Peer {
    /// As the connection has it; one place for all where it is not known.
    pub(crate) fn of(extensions: &Extensions) -> Peer {
        extensions.get::<Peer>().copied().unwrap_or(Peer(IpAddr::V6(Ipv6Addr::UNSPECIFIED)))
    }
}

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Peer, Infallible> {
        Ok(Peer::of(&parts.extensions))
    }
}

/// Where what was asked for under an old name is now; nothing where the address does not hold the old name as it stands.
fn elsewhere(uri: &Uri, ending: &str, from: &str, to: &str) -> Option<HeaderValue> {
    let at = uri.path().split('/').position(|part| part == from)?;
    let parts: Vec<&str> = uri.path().split('/').enumerate().map(|(place, part)| if place == at { to } else { part }).collect();
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{}{ending}{query}", parts.join("/"))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_name_leads_to_the_new_one_in_the_same_form() {
        let to =
            |uri: &str, ending: &str| elsewhere(&uri.parse().expect("an address"), ending, "pold", "pnew").and_then(|to| to.to_str().ok().map(str::to_owned));
        assert_eq!(to("/people/pold?after=3", ".json").as_deref(), Some("/people/pnew.json?after=3"));
        assert_eq!(to("/api/v1/people/pold/about", "").as_deref(), Some("/api/v1/people/pnew/about"));
        assert_eq!(to("/people/p%6fld", ""), None);
    }

    #[test]
    fn a_port_is_no_part_of_a_name() {
        assert_eq!(name_of("desk.example:8080"), "desk.example");
        assert_eq!(name_of("[::1]:8080"), "[::1]");
        assert_eq!(name_of("[::1]"), "[::1]");
        assert_eq!(name_of("localhost"), "localhost");
    }
}
