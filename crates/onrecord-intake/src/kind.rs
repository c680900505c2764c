//! Tells what kind of file something is, by its name, else by how it begins.

use crate::{ARTICLES_IN_JSON, Limits, PAGE_TO_ARTICLE};
use std::path::Path;

/// A kind of file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Json,
    JsonLines,
    Page,
}

impl Kind {
    pub(crate) fn of_name(path: &Path) -> Option<Kind> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" | "md" | "markdown" => Some(Kind::Text),
            "json" | "jsonld" => Some(Kind::Json),
            "jsonl" | "ndjson" => Some(Kind::JsonLines),
            "html" | "htm" | "xhtml" => Some(Kind::Page),
            _ => None,
        }
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Kind {
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        let begins = |words: &[u8]| start.len() >= words.len() && start[..words.len()].eq_ignore_ascii_case(words);
        match start.first() {
            Some(b'{') => of_object(start),
            Some(b'[') if serde_json::from_slice::<serde_json::Value>(start).is_ok() => Kind::Json,
            _ if begins(b"<!doctype html") || begins(b"<html") => Kind::Page,
            _ => Kind::Text,
        }
    }

    /// The most bytes a file of this kind may have.
    pub(crate) fn most(self, limits: &Limits) -> u64 {
        match self {
            Kind::Text => limits.article,
            Kind::Page => limits.article.saturating_mul(PAGE_TO_ARTICLE),
            Kind::Json => limits.article.saturating_mul(ARTICLES_IN_JSON),
            Kind::JsonLines => u64::MAX,
        }
    }
}

/// Something that opens with a brace is JSON Lines if its first line is a whole object and more follows, JSON if it
/// parses, else text that happens to begin so.
fn of_object(start: &[u8]) -> Kind {
    let is_json = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).is_ok();
    let (line, rest) = start.split_at(start.iter().position(|byte| *byte == b'\n').unwrap_or(start.len()));
    match (is_json(line), rest.trim_ascii().is_empty()) {
        (true, false) => Kind::JsonLines,
        (true, true) => Kind::Json,
        (false, _) if is_json(start) => Kind::Json,
        (false, _) => Kind::Text,
    }
}
