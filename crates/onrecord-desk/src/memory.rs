//! Answers that are the same for everybody, kept until something is written: two hundred readers of one page cost what one does.
//!
//! What the desk itself writes shows at once. What another program writes shows when an answer is older than [`HOLDS`]: whoever asks
//! after that gets it anew, and those who ask meanwhile the one before.

use crate::answer::Form;
use crate::desk::{Desk, locked};
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How old an answer may be once somebody else has written: articles come more slowly than a page is read.
const HOLDS: Duration = Duration::from_secs(2);
/// Bytes of answers that are kept, before and after squeezing: a few hundred pages.
const ROOM: usize = 64 << 20;
/// Below it, squeezing saves nothing.
const LEAST: usize = 1024;

/// Answers by their addresses.
#[derive(Default)]
pub(crate) struct Memory {
    answers: Mutex<HashMap<String, Slot>>,
}

/// An answer that one makes while the others who ask take the one before, or wait where there is none.
#[derive(Clone, Default)]
struct Slot {
    kept: Arc<Mutex<Option<Kept>>>,
    making: Arc<tokio::sync::Mutex<()>>,
}

impl Slot {
    fn kept(&self) -> Option<Kept> {
        locked(&self.kept).clone()
    }
}

#[derive(Clone)]
struct Kept {
    made: Instant,
    kind: HeaderValue,
    plain: Bytes,
    squeezed: Bytes,
}

impl Memory {
    /// Forgets everything: something was written.
    pub(crate) fn clear(&self) {
        locked(&self.answers).clear();
    }

    fn slot(&self, address: &str) -> Slot {
        let mut answers = locked(&self.answers);
        let size = |slot: &Slot| locked(&slot.kept).as_ref().map_or(0, |kept| kept.plain.len() + kept.squeezed.len());
        if !answers.contains_key(address) && answers.values().map(size).sum::<usize>() > ROOM {
            answers.clear();
        }
        answers.entry(address.to_owned()).or_default().clone()
    }
}

/// Stands before the pages that are the same for everybody.
pub(crate) async fn remember(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let form = request.extensions().get::<Form>().copied().unwrap_or(Form::Page);
    if *request.method() != Method::GET {
        return next.run(request).await;
    }
    // Feeds name the host they were asked by.
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).filter(|_| form.is_feed()).unwrap_or_default();
    let address = format!("{host}{}{}", request.uri(), form.ending());
    let takes_gzip = takes_gzip(request.headers());
    let slot = desk.memory.slot(&address);
    let before = slot.kept();
    if let Some(kept) = before.as_ref().filter(|kept| kept.made.elapsed() < HOLDS) {
        return kept.answer(takes_gzip);
    }
    let _alone = match (slot.making.try_lock(), &before) {
        (Ok(alone), _) => alone,
        (Err(_), Some(kept)) => return kept.answer(takes_gzip),
        (Err(_), None) => {
            let alone = slot.making.lock().await;
            if let Some(kept) = slot.kept() {
                return kept.answer(takes_gzip);
            }
            alone
        }
    };
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).cloned();
    let (StatusCode::OK, Some(kind), false) = (response.status(), kind, response.headers().contains_key(header::CONTENT_ENCODING)) else { return response };
    let Ok(plain) = axum::body::to_bytes(response.into_body(), usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let new = Kept { made: Instant::now(), kind, squeezed: squeezed(&plain), plain };
    let response = new.answer(takes_gzip);
    *locked(&slot.kept) = Some(new);
    response
}

/// Whether whoever asks can read what is squeezed.
fn takes_gzip(asked: &HeaderMap) -> bool {
    asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"))
}

/// The same squeezed; nothing where that saves nothing.
fn squeezed(plain: &[u8]) -> Bytes {
    if plain.len() < LEAST {
        return Bytes::new();
    }
    let mut squeezing = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    squeezing.write_all(plain).and_then(|()| squeezing.finish()).unwrap_or_default().into()
}

impl Kept {
    fn answer(&self, takes_gzip: bool) -> Response {
        let is_squeezed = takes_gzip && !self.squeezed.is_empty();
        let bytes = if is_squeezed { self.squeezed.clone() } else { self.plain.clone() };
        let mut response = ([(header::CONTENT_TYPE, self.kind.clone()), (header::VARY, HeaderValue::from_static("accept-encoding"))], bytes).into_response();
        if is_squeezed {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }
}
