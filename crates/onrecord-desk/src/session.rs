//! Sessions: one browser told apart from others, and whether it has shown the token the desk was opened with.
//!
//! A session is a name and, once the token was shown, what only this desk can write under that name. The desk keeps none of them but
//! those that were ended before it closes; its key is new each time it opens, so that every session ends with it.

use crate::answer::onward;
use crate::desk::{Desk, locked};
use crate::guard::Peer;
use crate::refusal::Refusal;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use std::collections::HashSet;
use std::sync::Mutex;
use std::time::Instant;

/// The cookie of a session. It says nothing but that it is this browser.
const COOKIE: &str = "onrecord_session";
/// Letters of what a cookie of ours says: 32 of a name, a point, 40 of a signature.
const LENGTHS: std::ops::RangeInclusive<usize> = 32..=73;
/// Ended sessions that are remembered. When there are more, all sessions are ended at once.
const ENDED: usize = 1_000;

/// A browser, told apart from others.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    id: String,
    /// What its forms carry.
    pub(crate) token: String,
}

impl<S: Sync> FromRequestParts<S> for Session {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Session, Refusal> {
        parts.extensions.get::<Session>().cloned().ok_or_else(Refusal::fault)
    }
}

impl Session {
    fn of_id(desk: &Desk, id: String) -> Session {
        Session { token: signature(desk, &id, "form"), id }
    }

    fn name(&self) -> &str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// Whether it has shown the token.
    pub(crate) fn is_signed_in(&self, desk: &Desk) -> bool {
        let signed = self.id.split_once('.').map_or("", |(_, signed)| signed);
        desk.ended.mark(self.name()).is_some_and(|mark| is_same(signed, &signature(desk, self.name(), &mark)))
    }

    /// Has the browser keep it. Where it came over an encrypted way, as whoever stands before the desk says, it goes over no other.
    pub(crate) fn keep(&self, headers: &mut HeaderMap, asked: &HeaderMap) {
        let secure = if asked.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https") { "; Secure" } else { "" };
        if let Ok(cookie) = HeaderValue::from_str(&format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict{secure}", self.id)) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
}

/// The session that a cookie of ours names.
pub(crate) fn of(desk: &Desk, asked: &HeaderMap) -> Option<Session> {
    let id = cookie(asked, COOKIE)?;
    let is_whole = LENGTHS.contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    is_whole.then(|| Session::of_id(desk, id.to_owned()))
}

/// A new session.
pub(crate) fn begin(desk: &Desk) -> Session {
    let mut bytes = [0; 16];
    // Without random bytes no session is another's: the form of this answer is then refused.
    let _ = getrandom::fill(&mut bytes);
    Session::of_id(desk, bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Shows the token; the browser is known from then on, under a name that nobody knew before.
pub(crate) fn sign_in(desk: &Desk, from: Peer, asked: &HeaderMap, shown: &str) -> Result<Response, Refusal> {
    if !is_token(desk, from, shown)? {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "token", "that is not the token this desk was opened with"));
    }
    let new = begin(desk);
    let mark = desk.ended.mark(new.name()).ok_or_else(Refusal::fault)?;
    let signed = signature(desk, new.name(), &mark);
    let mut response = onward("/")?;
    Session::of_id(desk, format!("{}.{signed}", new.name())).keep(response.headers_mut(), asked);
    Ok(response)
}

/// Ends a session: its cookie is of no use any more, whoever has it.
pub(crate) fn sign_out(desk: &Desk, session: &Session, asked: &HeaderMap) -> Result<Response, Refusal> {
    desk.ended.end(session.name());
    let mut response = onward("/sign-in")?;
    begin(desk).keep(response.headers_mut(), asked);
    Ok(response)
}

/// Whether this is the token the desk was opened with; who guesses too often is told to wait.
pub(crate) fn is_token(desk: &Desk, Peer(from): Peer, shown: &str) -> Result<bool, Refusal> {
    let is_right = || desk.settings.token.as_ref().is_some_and(|token| is_same(token, shown));
    desk.guesses.look(from, Instant::now(), is_right).map_err(Refusal::too_many)
}

/// Sessions that were ended before the desk closes.
#[derive(Default)]
pub(crate) struct Ended {
    names: Mutex<(u64, HashSet<String>)>,
}

impl Ended {
    /// What the session of this name signs; nothing where it was ended.
    fn mark(&self, name: &str) -> Option<String> {
        let (times, names) = &*locked(&self.names);
        (!names.contains(name)).then(|| format!("signed in {times}"))
    }

    fn end(&self, name: &str) {
        let (times, names) = &mut *locked(&self.names);
        if names.len() >= ENDED {
            names.clear();
            *times += 1;
        }
        names.insert(name.to_owned());
    }
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(asked: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = asked.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
}

fn signature(desk: &Desk, of: &str, what: &str) -> String {
    signed(&desk.key, of, what)
}

/// What only whoever has the key can write under something; as long as a token.
pub(crate) fn signed(key: &[u8; 32], of: &str, what: &str) -> String {
    blake3::keyed_hash(key, format!("{what} {of}").as_bytes()).to_hex()[..40].to_owned()
}

/// Whether two secrets are one, in a time that tells nothing of where they differ.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    blake3::hash(one.as_bytes()) == blake3::hash(other.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ended_session_stays_ended_however_many_are_ended_after_it() {
        let ended = Ended::default();
        let mark = ended.mark("one");
        assert!(mark.is_some());
        ended.end("one");
        assert_eq!(ended.mark("one"), None);
        (0..ENDED).for_each(|at| ended.end(&format!("other {at}")));
        assert_ne!(ended.mark("one"), mark, "what it had signed would be good again");
    }
}
