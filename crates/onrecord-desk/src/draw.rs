//! Drawings, made on the server as SVG that needs no script.

pub(crate) mod chain;
pub(crate) mod timeline;

/// The first characters of a text, with a mark where it was cut.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
