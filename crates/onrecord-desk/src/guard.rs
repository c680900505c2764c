//! Who may ask, from where, and what a browser is told of it: hosts, tokens, sessions, headers.
//!
//! A page of another site must not read or change anything here, though it runs in the same browser: it may name this computer by a
//! host of its own (DNS rebinding), so the host is checked; it may send a form, so every form carries a token that it cannot know, and
//! the cookie does not travel with it. Whoever reaches the desk over a network shows the token it was opened with.

use crate::answer::{Form, Frame, Part, html, named, onward};
use crate::desk::Desk;
use crate::page::refused;
use crate::refusal::Refusal;
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// The cookie of a session. It says nothing but that it is this browser.
const COOKIE: &str = "onrecord_session";
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

/// A browser, told apart from others.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    id: String,
    /// What its forms carry.
    pub(crate) token: String,
}

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

impl<S: Sync> FromRequestParts<S> for Session {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Session, Refusal> {
        parts.extensions.get::<Session>().cloned().ok_or_else(Refusal::fault)
    }
}

/// Stands before every route.
pub(crate) async fn guard(State(desk): State<Arc<Desk>>, mut request: Request, next: Next) -> Response {
    let form = request.extensions().get::<Form>().copied().unwrap_or(Form::Page);
    let (path, asked) = (request.uri().path().to_owned(), request.headers().clone());
    let known = session(&desk, &asked);
    let is_new = known.is_none();
    let session = known.unwrap_or_else(|| started(&desk));
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
        Some(refusal) => refused_as(form, &refusal),
        None if is_read => named(&asked, response).await,
        None => response,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let keep = if path.starts_with("/assets/") { "public, max-age=0, must-revalidate" } else { "private, no-cache" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    let is_set = headers.contains_key(header::SET_COOKIE);
    if is_new && form == Form::Page && !is_set && !path.starts_with("/assets/") {
        set(headers, &session.id);
    }
    response
}

fn refused_as(form: Form, refusal: &Refusal) -> Response {
    match form {
        Form::Json | Form::Atom | Form::Feed => refusal.as_json(),
        Form::Page => {
            let page = refused::Refused { frame: Frame::plain(refusal.title(), Part::None), title: refusal.title(), message: refusal.message() };
            let mut response = html(&page).unwrap_or_else(|refusal| refusal.as_json());
            *response.status_mut() = refusal.status;
            response
        }
    }
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
    if is_open || desk.settings.token.is_none() || is_signed_in(desk, asked) {
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

/// Whether the token the desk was opened with was shown.
fn is_signed_in(desk: &Desk, asked: &HeaderMap) -> bool {
    let shown = asked.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    let is_token = |shown: &str| desk.settings.token.as_ref().is_some_and(|token| is_same(token, shown.trim()));
    shown.is_some_and(is_token)
        || session(desk, asked).is_some_and(|session| session.id.ends_with(&signature(desk, session.id.split('.').next().unwrap_or_default(), "signed in")))
}

/// Shows the token; the browser is known from then on.
pub(crate) fn sign_in(desk: &Desk, session: &Session, shown: &str) -> Result<Response, Refusal> {
    if !desk.settings.token.as_ref().is_some_and(|token| is_same(token, shown)) {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "token", "that is not the token this desk was opened with"));
    }
    let name = session.id.split('.').next().unwrap_or_default();
    let id = format!("{name}.{}", signature(desk, name, "signed in"));
    let mut response = onward("/")?;
    set(response.headers_mut(), &id);
    Ok(response)
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(asked: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = asked.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// The session that a cookie of ours names.
fn session(desk: &Desk, asked: &HeaderMap) -> Option<Session> {
    let id = cookie(asked, COOKIE)?;
    let is_whole = id.len() >= 32 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    is_whole.then(|| of_id(desk, id.to_owned()))
}

fn started(desk: &Desk) -> Session {
    let mut bytes = [0; 16];
    // Without random bytes no session is another's: the form of this answer is then refused.
    let _ = getrandom::fill(&mut bytes);
    of_id(desk, bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn of_id(desk: &Desk, id: String) -> Session {
    Session { token: signature(desk, &id, "form"), id }
}

fn signature(desk: &Desk, of: &str, what: &str) -> String {
    signed(&desk.key, of, what)
}

/// What only whoever has the key can write under something; as long as a token.
pub(crate) fn signed(key: &[u8; 32], of: &str, what: &str) -> String {
    blake3::keyed_hash(key, format!("{what} {of}").as_bytes()).to_hex()[..40].to_owned()
}

fn set(headers: &mut HeaderMap, id: &str) {
    if let Ok(cookie) = HeaderValue::from_str(&format!("{COOKIE}={id}; Path=/; HttpOnly; SameSite=Strict")) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// Whether two secrets are one, in a time that tells nothing of where they differ.
fn is_same(one: &str, other: &str) -> bool {
    blake3::hash(one.as_bytes()) == blake3::hash(other.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_no_part_of_a_name() {
        assert_eq!(name_of("desk.example:8080"), "desk.example");
        assert_eq!(name_of("[::1]:8080"), "[::1]");
        assert_eq!(name_of("[::1]"), "[::1]");
        assert_eq!(name_of("localhost"), "localhost");
    }
}
