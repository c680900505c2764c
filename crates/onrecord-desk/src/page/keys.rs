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
}

/// The dialect of Miniflux, and what a record needs more.
pub(crate) const KEYS: [Key; 23] = [
    Key { keys: &["j", "n"], does: "the next item" },
    Key { keys: &["k", "p"], does: "the item before" },
    Key { keys: &["o", "Enter"], does: "open it" },
    Key { keys: &["v"], does: "open the article on the web" },
    Key { keys: &["h", "l"], does: "the page before, the next page" },
    Key { keys: &["g g", "G"], does: "the first item, the last" },
    Key { keys: &["[", "]"], does: "what the same person said before, said next" },
    Key { keys: &["c"], does: "compare the versions of an article" },
    Key { keys: &["q"], does: "follow the question" },
    Key { keys: &["e"], does: "correct it" },
    Key { keys: &["y"], does: "yes, it is so" },
    Key { keys: &["x"], does: "no, it is not: dismiss it" },
    Key { keys: &["A"], does: "all stories are seen" },
    Key { keys: &["/"], does: "search" },
    Key { keys: &["g h"], does: "go to the stories" },
    Key { keys: &["g p"], does: "go to the people" },
    Key { keys: &["g q"], does: "go to the questions" },
    Key { keys: &["g u"], does: "go to the news" },
    Key { keys: &["g s"], does: "go to the queue of suggestions" },
    Key { keys: &["g c"], does: "go to the corrections" },
    Key { keys: &["g f"], does: "go to the search with all its fields" },
    Key { keys: &["R"], does: "load the page again" },
    Key { keys: &["?", "Esc"], does: "show these keys, close them" },
];

#[derive(Template)]
#[template(path = "keys.html")]
struct Keys {
    frame: Frame,
}

pub(crate) async fn page(form: Form) -> Result<Response, Refusal> {
    either(form, || json!({ "keys": KEYS }), || Keys { frame: Frame::new("Keys", Part::None, "/keys.json") })
}
