//! What pages need beside themselves: one style, one script, one mark; all from the binary.

use crate::answer::of_bytes;
use crate::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::Path;
use axum::response::Response;

/// An asset: its name, its kind, its bytes.
type Asset = (&'static str, &'static str, &'static str);

const ASSETS: [Asset; 4] = [
    ("desk.css", "text/css; charset=utf-8", include_str!("../assets/desk.css")),
    ("desk.js", "text/javascript; charset=utf-8", include_str!("../assets/desk.js")),
    ("try.js", "text/javascript; charset=utf-8", include_str!("../assets/try.js")),
    ("mark.svg", "image/svg+xml", include_str!("../assets/mark.svg")),
];

pub(crate) async fn asset(Path(name): Path<String>) -> Result<Response, Refusal> {
    let found = ASSETS.iter().find(|(known, _, _)| *known == name).ok_or_else(|| Refusal::unknown(&name))?;
    Ok(of_bytes(found.1, Bytes::from_static(found.2.as_bytes())))
}
