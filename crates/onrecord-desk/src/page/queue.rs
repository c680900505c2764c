//! The queue: everything that the engine is not sure of, in one list, each settled with one key.

use crate::answer::{Asked, Form, Frame, Part, html, json, no_feed};
use crate::desk::Desk;
use crate::leafing::{Leaf, Pages};
use crate::page::passage::Passage;
use crate::refusal::Refusal;
use crate::session::Session;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use onrecord_archive::{Archive, Suggestion, Unsure};
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Bytes around the words of a statement that is asked for, within its paragraph.
const AROUND: usize = 160;
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
    /// Where the words of a statement stand.
    place: Option<Place>,
}

/// Words of an article.
struct Place {
    text: String,
    words: Range<usize>,
}

impl Place {
    fn shown(&self) -> Passage<'_> {
        Passage::in_paragraph(&self.text, self.words.clone(), AROUND)
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Asked(leaf): Asked<Leaf>, session: Session, form: Form) -> Result<Response, Refusal> {
    if form.is_feed() {
        return Err(no_feed());
    }
    let (part, headlines, mut places, count) = desk
        .read(move |_, archive| {
            let (part, count) = archive.unsure_part(&leaf.cut(), MOST)?;
            let headlines = headlines(archive, &part.items)?;
            let places = places(archive, &part.items)?;
            Ok((part, headlines, places, count))
        })
        .await?;
    if form == Form::Json {
        return json(json!({ "suggestions": part.items, "count": count, "before": part.before, "next": part.next }));
    }
    let mut row = |it: Suggestion| {
        let headline = it.story.as_ref().and_then(|story| headlines.get(story)).cloned().unwrap_or_default();
        let place = places.remove(&it.key);
        Row { place, told: it.what.told(), key: it.key, what: it.what, story: it.story, headline }
    };
    html(&Page {
        frame: Frame::new("Queue", Part::Queue, "/queue.json"),
        pages: Pages::of(&part, "/queue", &[]),
        rows: part.items.into_iter().map(&mut row).collect(),
        count: words::counted(count, "suggestion"),
        token: session.token,
    })
}

fn headlines(archive: &Archive, suggestions: &[Suggestion]) -> Result<BTreeMap<String, String>, Refusal> {
    let stories = suggestions.iter().filter_map(|suggestion| suggestion.story.clone());
    stories.map(|story| Ok((story.clone(), archive.headline(&story)?))).collect()
}

/// Where the words of each statement that is asked for stand, by the keys of the suggestions.
fn places(archive: &Archive, suggestions: &[Suggestion]) -> Result<BTreeMap<String, Place>, Refusal> {
    let mut places = BTreeMap::new();
    for suggestion in suggestions {
        let Unsure::Statement { statement, .. } = &suggestion.what else { continue };
        let document = words::document_of(statement);
        let spoken = archive.statements_of(document)?.into_iter().find(|spoken| spoken.id == *statement);
        let text = archive.texts(document)?.pop();
        places.extend(spoken.zip(text).map(|(spoken, text)| (suggestion.key.clone(), Place { text: text.text, words: spoken.start..spoken.end })));
    }
    Ok(places)
}
