//! The log of what persons corrected, each to be undone and done again.

use crate::answer::{Asked, Form, Frame, Part, html, json, no_feed};
use crate::desk::Desk;
use crate::leafing::{Leaf, Pages};
use crate::refusal::Refusal;
use crate::session::Session;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use onrecord_archive::{Logged, TurnKind};
use serde_json::json;
use std::sync::Arc;

/// Corrections on one page.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "corrections.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    pages: Pages,
    token: String,
}

struct Row {
    id: String,
    told: String,
    by: String,
    when: String,
    why: String,
    holds: bool,
    is_lost: bool,
    turns: Vec<String>,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Asked(leaf): Asked<Leaf>, session: Session, form: Form) -> Result<Response, Refusal> {
    let part = desk.read(move |_, archive| Ok(archive.corrections_part(&leaf.cut(), MOST)?)).await?;
    if form.is_feed() {
        return Err(no_feed());
    }
    if form == Form::Json {
        return json(json!({ "corrections": part.items, "before": part.before, "next": part.next }));
    }
    html(&Page {
        frame: Frame::new("Corrections", Part::Corrections, "/corrections.json"),
        pages: Pages::of(&part, "/corrections", &[]),
        rows: part.items.iter().map(row).collect(),
        token: session.token,
    })
}

fn row(logged: &Logged) -> Row {
    let turn = |turn: &onrecord_archive::Turn| {
        let which = match turn.kind {
            TurnKind::Undone => "undone",
            TurnKind::Redone => "done again",
        };
        format!("{which} by {}, {}", somebody(&turn.by), words::moment(&turn.made_at))
    };
    Row {
        id: logged.id.clone(),
        told: logged.change.told(),
        by: somebody(&logged.by).to_owned(),
        when: words::moment(&logged.made_at),
        why: logged.why.clone(),
        holds: logged.holds(),
        is_lost: logged.finds == Some(false),
        turns: logged.turns.iter().map(turn).collect(),
    }
}

fn somebody(by: &str) -> &str {
    if by.is_empty() { "somebody" } else { by }
}
