//! The queue: everything that the engine is not sure of, in one list, each settled with one key.

use crate::answer::{Asked, Form, Frame, Part, html, json, no_feed};
use crate::desk::Desk;
use crate::guard::Session;
use crate::leafing::{Leaf, Pages};
use crate::refusal::Refusal;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use onrecord_archive::{Archive, Suggestion, Unsure};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Suggestions on one page, beside those of the whole archive.
const MOST: usize = 30;

#[derive(Template)]
#[template(path = "queue.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    count: String,
    pages: Pages,
    token: String,
}

/// A suggestion, and what both answers do.
struct Row {
    what: Unsure,
    key: String,
    told: String,
    story: Option<String>,
    headline: String,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Asked(leaf): Asked<Leaf>, session: Session, form: Form) -> Result<Response, Refusal> {
    if form.is_feed() {
        return Err(no_feed());
    }
    let (part, headlines, count) = desk
        .read(move |_, archive| {
            let (part, count) = archive.unsure_part(&leaf.cut(), MOST)?;
            let headlines = headlines(archive, &part.items)?;
            Ok((part, headlines, count))
        })
        .await?;
    if form == Form::Json {
        return json(json!({ "suggestions": part.items, "count": count, "before": part.before, "next": part.next }));
    }
    let row = |it: Suggestion| {
        let headline = it.story.as_ref().and_then(|story| headlines.get(story)).cloned().unwrap_or_default();
        Row { told: it.what.told(), key: it.key, what: it.what, story: it.story, headline }
    };
    html(&Page {
        frame: Frame::new("Queue", Part::Queue, "/queue.json"),
        pages: Pages::of(&part, "/queue", &[]),
        rows: part.items.into_iter().map(row).collect(),
        count: words::counted(count, "suggestion"),
        token: session.token,
    })
}

fn headlines(archive: &Archive, suggestions: &[Suggestion]) -> Result<BTreeMap<String, String>, Refusal> {
    let stories = suggestions.iter().filter_map(|suggestion| suggestion.story.clone());
    stories.map(|story| Ok((story.clone(), archive.headline(&story)?))).collect()
}
