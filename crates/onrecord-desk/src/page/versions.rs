//! What later versions of an article changed, side by side, and the whole text with every changed word.

use crate::answer::{Form, Frame, Part, either};
use crate::desk::Desk;
use crate::differ::{self, Run};
use crate::refusal::Refusal;
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord::wire::Named;
use onrecord::wire::revision::{Change, Revision};
use onrecord_archive::Listed;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "versions.html")]
struct Versions {
    frame: Frame,
    listed: Listed,
    title: String,
    steps: Vec<Step>,
}

/// From one version to the next, the latest first.
struct Step {
    told: String,
    changes: Vec<Changed>,
}

struct Changed {
    what: String,
    is_grave: bool,
    before: Option<Words>,
    after: Option<Words>,
}

struct Words {
    speaker: Option<String>,
    runs: Vec<Run>,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Path(id): Path<String>, form: Form) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let listed = archive.document(&id)?;
        let revisions = if listed.version > 1 { archive.revisions(&listed.id, desk.reader())? } else { Vec::new() };
        let title = listed.title.clone().or_else(|| listed.outlet.clone()).unwrap_or_else(|| words::file(&listed.path).to_owned());
        let page = || Versions {
            frame: Frame::new(format!("Versions of {title}"), Part::Stories, format!("/documents/{}/versions.json", listed.id)),
            steps: revisions.iter().rev().map(step).collect(),
            listed,
            title,
        };
        either(form, || serde_json::json!({ "revisions": revisions }), page)
    })
    .await
}

fn step(revision: &Revision) -> Step {
    let told = format!(
        "Version {} of {} against version {} of {}",
        revision.later.number,
        words::moment(&revision.later.added_at),
        revision.earlier.number,
        words::moment(&revision.earlier.added_at)
    );
    Step { told, changes: revision.changes.iter().map(changed).collect() }
}

fn changed(change: &Change) -> Changed {
    let text = |part: &Option<onrecord::wire::revision::Part>| part.as_ref().map_or("", |part| part.text.as_str()).to_owned();
    let (before, after) = differ::words(&text(&change.before), &text(&change.after));
    let words = |part: &Option<onrecord::wire::revision::Part>, runs| part.as_ref().map(|part| Words { speaker: part.speaker.clone(), runs });
    Changed {
        what: format!("{} {}", words::spaced(change.matter.name()), change.how.name()),
        is_grave: matches!(change.matter.name(), "quotation" | "attribution"),
        before: words(&change.before, before),
        after: words(&change.after, after),
    }
}
