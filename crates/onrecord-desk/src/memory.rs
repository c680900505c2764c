//! Answers that are kept until something is written: two hundred readers of one page cost what one does.
//!
//! What the desk itself writes shows at once, to whoever wrote it and to whoever asks after. When another program has written, an answer
//! is made anew in the background, one after the other, while those who ask wait for it for [`PATIENCE`]; where it takes longer they
//! get the one before, with its `Age`. None is given that may be wrong for longer than [`LATEST`].
//!
//! Pages with forms are kept with holes in them, where the token of whoever asks is filled in.

use crate::answer::Form;
use crate::desk::{Desk, locked};
use crate::session::Session;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, watch};

/// An answer is not made anew twice within this time, so that a long `onrecord add` does not keep the desk making pages: articles come
/// more slowly than a page is read.
const HOLDS: Duration = Duration::from_secs(2);
/// Whoever asks waits this long for the new answer: of the pages of 69,000 statements only a large story's takes longer on an idle machine.
const PATIENCE: Duration = Duration::from_millis(150);
/// An answer that was last known to be right longer ago is given no more; whoever asks waits for the new one.
const LATEST: Duration = Duration::from_secs(10);
/// Bytes of answers that are kept, before and after squeezing: a few hundred pages.
const ROOM: usize = 64 << 20;
/// What an address takes beside its answer, about.
const SLOT: usize = 512;
/// Below it, squeezing saves nothing.
const LEAST: usize = 1024;

/// Answers by their addresses.
pub(crate) struct Memory {
    answers: Mutex<Answers>,
    /// One answer is made in the background at a time: the cores are for those who wait.
    background: Semaphore,
    /// Stands in kept pages where a token belongs. Nobody outside knows it, so that no text can hold it.
    hole: String,
}

#[derive(Default)]
struct Answers {
    slots: HashMap<String, Slot>,
    /// What they take, together; about, where everything was forgotten while some were made.
    bytes: usize,
}

/// An answer that one makes while the others who ask wait, or take the one before.
#[derive(Clone)]
struct Slot {
    kept: Arc<Mutex<Option<Kept>>>,
    making: Arc<tokio::sync::Mutex<()>>,
    is_renewed: Arc<AtomicBool>,
    /// How often it was made.
    made: Arc<watch::Sender<u64>>,
}

#[derive(Clone)]
struct Kept {
    /// What the archive was when the making began.
    of: u64,
    began: Instant,
    /// When it was last known to be right.
    right: Instant,
    kind: HeaderValue,
    plain: Bytes,
    squeezed: Bytes,
    /// Where in `plain` a token is filled in.
    holes: Arc<[usize]>,
}

/// How a kept answer stands to the archive.
enum Stand {
    Right,
    /// It may be wrong, not for long.
    Late,
    /// It may be wrong for long, or there is none.
    Gone,
}

impl Memory {
    /// Remembers nothing yet. `hole` is a secret as long as a token.
    pub(crate) fn new(hole: String) -> Memory {
        Memory { answers: Mutex::default(), background: Semaphore::new(1), hole }
    }

    /// Forgets everything: something was written.
    pub(crate) fn clear(&self) {
        *locked(&self.answers) = Answers::default();
    }

    fn slot(&self, address: &str) -> Slot {
        let mut answers = locked(&self.answers);
        if let Some(slot) = answers.slots.get(address) {
            return slot.clone();
        }
        if answers.bytes > ROOM {
            *answers = Answers::default();
        }
        answers.bytes += SLOT + address.len();
        answers.slots.entry(address.to_owned()).or_default().clone()
    }

    /// So many bytes are kept where there were so many before.
    fn weigh(&self, bytes: usize, before: usize) {
        let mut answers = locked(&self.answers);
        answers.bytes = (answers.bytes + bytes).saturating_sub(before);
    }
}

impl Default for Slot {
    fn default() -> Slot {
        Slot { kept: Arc::default(), making: Arc::default(), is_renewed: Arc::default(), made: Arc::new(watch::Sender::new(0)) }
    }
}

impl Slot {
    fn kept(&self) -> Option<Kept> {
        locked(&self.kept).clone()
    }

    /// How what is kept stands to the archive as it is now.
    fn stand(&self, now: u64) -> (Stand, Option<Kept>) {
        let mut kept = locked(&self.kept);
        let Some(answer) = kept.as_mut() else { return (Stand::Gone, None) };
        let stand = match () {
            () if answer.of == now => {
                answer.right = Instant::now();
                Stand::Right
            }
            () if answer.began.elapsed() < HOLDS => Stand::Right,
            () if answer.right.elapsed() < LATEST => Stand::Late,
            () => Stand::Gone,
        };
        (stand, Some(answer.clone()))
    }
}

/// A page that is asked for, and who makes it.
struct Asking {
    desk: Arc<Desk>,
    slot: Slot,
    parts: Parts,
    next: Next,
}

/// Stands before the pages that are the same for everybody, but for the tokens of forms, and before the API.
pub(crate) async fn remember(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    if *request.method() != Method::GET {
        return next.run(request).await;
    }
    let (mut parts, _) = request.into_parts();
    let reader = Reader::of(&mut parts, &desk.memory.hole);
    let slot = desk.memory.slot(&address(&parts));
    let asking = Asking { desk, slot, parts, next };
    match asking.slot.stand(asking.desk.changes()) {
        (Stand::Right, Some(kept)) => return kept.answer(&reader),
        (Stand::Late, Some(before)) => {
            let mut made = asking.slot.made.subscribe();
            let slot = asking.slot.clone();
            asking.in_background();
            let is_new = tokio::time::timeout(PATIENCE, made.changed()).await.is_ok();
            return slot.kept().filter(|_| is_new).map_or_else(|| before.late(&reader), |kept| kept.answer(&reader));
        }
        (Stand::Right | Stand::Late | Stand::Gone, _) => {}
    }
    let making = Arc::clone(&asking.slot.making);
    let _alone = making.lock().await;
    match asking.slot.stand(asking.desk.changes()) {
        (Stand::Right, Some(kept)) => kept.answer(&reader),
        (Stand::Right | Stand::Late | Stand::Gone, _) => match asking.made().await {
            Ok(kept) => kept.answer(&reader),
            Err(response) => response,
        },
    }
}

/// What an answer is kept by.
fn address(parts: &Parts) -> String {
    let form = parts.extensions.get::<Form>().copied().unwrap_or(Form::Page);
    let header = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    // Feeds name the host they were asked by; the first page tells what is new since somebody's last visit.
    let host = header(header::HOST).filter(|_| form.is_feed()).unwrap_or_default();
    let seen = crate::session::cookie(&parts.headers, crate::page::stories::SEEN).filter(|_| crate::page::stories::is_at(parts.uri.path())).unwrap_or_default();
    format!("{host}{}{} {seen}", parts.uri, form.ending())
}

impl Asking {
    /// Makes the answer when it is its turn, if nobody does yet.
    fn in_background(self) {
        if self.slot.is_renewed.swap(true, Ordering::AcqRel) {
            return;
        }
        tokio::spawn(async move {
            let slot = self.slot.clone();
            let desk = Arc::clone(&self.desk);
            // The semaphore is never closed.
            let _turn = desk.memory.background.acquire().await;
            let _alone = slot.making.lock().await;
            if !matches!(slot.stand(desk.changes()), (Stand::Right, _)) {
                // What is no page any more is told to whoever asks next.
                let _ = self.made().await;
            }
            slot.is_renewed.store(false, Ordering::Release);
        });
    }

    /// Makes the answer and keeps it; one that is no page, or that somebody else squeezes, is given as it is.
    async fn made(self) -> Result<Kept, Response> {
        let (of, began) = (self.desk.changes(), Instant::now());
        let response = self.next.run(Request::from_parts(self.parts, Body::empty())).await;
        let kind = response.headers().get(header::CONTENT_TYPE).cloned();
        let is_plain = !response.headers().contains_key(header::CONTENT_ENCODING);
        let (StatusCode::OK, Some(kind), true) = (response.status(), kind, is_plain) else {
            let gone = locked(&self.slot.kept).take();
            self.desk.memory.weigh(0, gone.as_ref().map_or(0, Kept::size));
            self.slot.made.send_modify(|times| *times += 1);
            return Err(response);
        };
        let Ok(plain) = axum::body::to_bytes(response.into_body(), usize::MAX).await else { return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response()) };
        let before = self.slot.kept();
        let old = before.as_ref().map_or(0, Kept::size);
        let new = match before {
            Some(before) if before.plain == plain => Kept { of, began, right: began, ..before },
            Some(_) | None => {
                let holes = holes(&plain, &self.desk.memory.hole);
                let squeezed = if holes.is_empty() { squeezed(&plain) } else { Bytes::new() };
                Kept { of, began, right: began, kind, squeezed, plain, holes }
            }
        };
        self.desk.memory.weigh(new.size(), old);
        *locked(&self.slot.kept) = Some(new.clone());
        self.slot.made.send_modify(|times| *times += 1);
        Ok(new)
    }
}

/// Where tokens stand in a page.
fn holes(plain: &[u8], hole: &str) -> Arc<[usize]> {
    // What is no text has no forms.
    std::str::from_utf8(plain).unwrap_or_default().match_indices(hole).map(|(at, _)| at).collect()
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

/// Who gets an answer.
struct Reader {
    takes_gzip: bool,
    token: String,
}

impl Reader {
    /// Takes the token out of what is asked, and puts the hole in its place.
    fn of(parts: &mut Parts, hole: &str) -> Reader {
        let mut token = String::new();
        if let Some(session) = parts.extensions.get_mut::<Session>() {
            token = std::mem::replace(&mut session.token, hole.to_owned());
        }
        Reader { takes_gzip: takes_gzip(&parts.headers), token }
    }
}

/// Whether whoever asks can read what is squeezed.
fn takes_gzip(asked: &HeaderMap) -> bool {
    asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"))
}

impl Kept {
    fn size(&self) -> usize {
        self.plain.len() + self.squeezed.len()
    }

    fn answer(&self, reader: &Reader) -> Response {
        let is_squeezed = reader.takes_gzip && !self.squeezed.is_empty();
        let bytes = if is_squeezed { self.squeezed.clone() } else { self.filled(&reader.token) };
        let mut response = ([(header::CONTENT_TYPE, self.kind.clone()), (header::VARY, HeaderValue::from_static("accept-encoding"))], bytes).into_response();
        if is_squeezed {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }

    /// The same while a new one is being made: it says how old it is.
    fn late(&self, reader: &Reader) -> Response {
        let mut response = self.answer(reader);
        response.headers_mut().insert(header::AGE, HeaderValue::from(self.began.elapsed().as_secs()));
        response
    }

    /// With the token in the holes.
    fn filled(&self, token: &str) -> Bytes {
        if self.holes.is_empty() {
            return self.plain.clone();
        }
        let mut bytes = self.plain.to_vec();
        for at in self.holes.iter() {
            bytes[*at..at + token.len()].copy_from_slice(token.as_bytes());
        }
        bytes.into()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a panic here is a failed test
mod tests;
