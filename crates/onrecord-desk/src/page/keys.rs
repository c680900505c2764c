//! Every key, and the button that does the same.

use crate::answer::{Form, Frame, Part, either};
use crate::refusal::Refusal;
use askama::Template;
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

/// A key and what it does.
#[derive(Serialize)]
pub(crate) struct Key {
    pub(crate) keys: &'static [&'static str],
    pub(crate) does: &'static str,
    /// Where there is something for it to do; nothing for everywhere.
    pub(crate) on: &'static str,
}

const fn anywhere(keys: &'static [&'static str], does: &'static str) -> Key {
    Key { keys, does, on: "" }
}

/// The dialect of Miniflux, and what a record needs more.
pub(crate) const KEYS: [Key; 23] = [
    anywhere(&["j", "n"], "the next item"),
    anywhere(&["k", "p"], "the item before"),
    anywhere(&["o", "Enter"], "open it"),
    Key { keys: &["v"], does: "open the article on the web", on: "a story, an article, a statement" },
    Key { keys: &["h", "l"], does: "the page before, the next page", on: "long lists" },
    anywhere(&["g g", "G"], "the first item, the last"),
    Key { keys: &["[", "]"], does: "what the same person said before, said next", on: "an article, a statement" },
    Key { keys: &["c"], does: "compare the versions of an article", on: "a story, an article, a statement" },
    Key { keys: &["q"], does: "follow the question", on: "questions, somebody's page, a story, an article, a statement" },
    Key { keys: &["e"], does: "correct it", on: "a story, an article, a statement, lists of statements" },
    Key { keys: &["y"], does: "yes, it is so", on: "the queue, correcting a story" },
    Key { keys: &["x"], does: "no, it is not: dismiss it", on: "the queue, a statement, correcting a story" },
    Key { keys: &["A"], does: "all stories are seen", on: "the stories" },
    anywhere(&["/"], "search"),
    anywhere(&["g h"], "go to the stories"),
    anywhere(&["g p"], "go to the people"),
    anywhere(&["g q"], "go to the questions"),
    anywhere(&["g u", "g b"], "go to the news"),
    anywhere(&["g s"], "go to the queue of suggestions"),
    anywhere(&["g c"], "go to the corrections"),
    anywhere(&["g f"], "go to the search with all its fields"),
    anywhere(&["R"], "load the page again"),
    anywhere(&["?", "Esc"], "show these keys, close them"),
];

#[derive(Template)]
#[template(path = "keys.html")]
struct Keys {
    frame: Frame,
}

pub(crate) async fn page(form: Form) -> Result<Response, Refusal> {
    either(form, || json!({ "keys": KEYS }), || Keys { frame: Frame::new("Keys", Part::None, "/keys.json") })
}
