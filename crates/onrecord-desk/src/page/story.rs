//! The page of a story: the brief, the questions, the days, conflicts, claims, the cast, the documents.

use crate::answer::{Form, Frame, Part, of_bytes};
use crate::desk::Desk;
use crate::differ::{self, Run};
use crate::draw::{chain, timeline};
use crate::refusal::Refusal;
use crate::shown::{Shown, Written};
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use onrecord_export::page::{Cite, Event, Pair, Question, Said};
use onrecord_export::plain;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Words of a citation that are shown beside it; the whole stands behind the link.
const PEEK: usize = 320;
/// Claims that are drawn; the others are listed.
const DRAWN: usize = 12;
/// Entries of the list of days that stand open.
const OPEN_DAYS: usize = 40;

#[derive(Template)]
#[template(path = "story.html")]
struct Story<'a> {
    frame: Frame,
    shown: &'a Shown,
    brief: Vec<Sentence<'a>>,
    dropped: Vec<(&'a str, &'a str)>,
    timeline: Option<timeline::Drawing>,
    days: &'a [Event],
    later: &'a [Event],
    conflicts: Vec<Clash<'a>>,
    overtaken: Vec<Clash<'a>>,
    claims: Vec<Claim<'a>>,
    single: usize,
    cast: Vec<Cast<'a>>,
    documents: Vec<Document<'a>>,
}

/// A sentence of the brief with what carries it.
struct Sentence<'a> {
    text: &'a str,
    cites: Vec<Peek<'a>>,
}

/// A citation, and the words it opens.
struct Peek<'a> {
    cite: &'a Cite,
    place: String,
    speaker: &'a str,
    words: String,
}

/// Two that differ, with the differing words marked.
struct Clash<'a> {
    pair: &'a Pair,
    sides: Vec<Side<'a>>,
}

/// One of two.
pub(crate) struct Side<'a> {
    pub(crate) said: &'a Said,
    pub(crate) runs: Vec<Run>,
    pub(crate) place: String,
}

struct Claim<'a> {
    claim: &'a onrecord_export::page::Claim,
    drawing: Option<chain::Drawing>,
}

struct Cast<'a> {
    person: &'a onrecord_export::page::Person,
    listed: Option<&'a str>,
}

struct Document<'a> {
    document: &'a onrecord_export::page::Document,
    why: Vec<String>,
    versions: i64,
    statements: String,
}

impl Story<'_> {
    fn has_questions(&self) -> bool {
        !self.shown.page.questions.is_empty()
    }

    fn questions(&self) -> &[Question] {
        &self.shown.page.questions
    }

    fn place(&self, name: &str) -> String {
        words::place_of(name)
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Path(id): Path<String>, asked: HeaderMap, form: Form) -> Result<Response, Refusal> {
    let takes_gzip = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"));
    desk.read(move |desk, archive| {
        let shown = desk.story(archive, &id)?;
        if form == Form::Json {
            return Ok(axum::Json(&shown.story.record).into_response());
        }
        let written = shown.written.get_or_init(|| Written::of(write(&shown)));
        let is_squeezed = takes_gzip && !written.squeezed.is_empty();
        let mut response = of_bytes("text/html; charset=utf-8", if is_squeezed { written.squeezed.clone() } else { written.plain.clone() });
        if is_squeezed {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        Ok(response)
    })
    .await
}

fn write(shown: &Shown) -> String {
    let (page, record) = (&shown.page, &shown.story.record);
    let claims: Vec<&onrecord_export::page::Claim> = page.claims.iter().collect();
    let (days, later) = page.timeline.split_at(page.timeline.len().min(OPEN_DAYS));
    let story = Story {
        frame: Frame::new(&page.title, Part::Stories, format!("/stories/{}.json", shown.id)),
        shown,
        brief: page.brief.iter().map(|told| Sentence { text: &told.text, cites: told.cites.iter().map(|cite| peek(shown, cite)).collect() }).collect(),
        dropped: record.brief.dropped.iter().map(|dropped| (dropped.text.as_str(), dropped.why.as_str())).collect(),
        timeline: timeline::draw(shown),
        days,
        later,
        conflicts: page.conflicts.iter().map(|pair| clash(shown, pair)).collect(),
        overtaken: page.overtaken.iter().map(|pair| clash(shown, pair)).collect(),
        single: claims.iter().filter(|claim| claim.is_single).count(),
        claims: claims
            .into_iter()
            .enumerate()
            .map(|(at, claim)| Claim { claim, drawing: (at < DRAWN).then(|| chain::draw(shown, &claim.id)).flatten() })
            .collect(),
        cast: page.people.iter().map(|person| Cast { person, listed: shown.listed(&person.id) }).collect(),
        documents: documents(shown),
    };
    // A template whose parts all print cannot fail to.
    story.render().unwrap_or_default()
}

fn documents(shown: &Shown) -> Vec<Document<'_>> {
    let kept: BTreeMap<&str, i64> = shown.story.documents.iter().map(|kept| (kept.id.as_str(), kept.version)).collect();
    let document = |document: &onrecord_export::page::Document| {
        let of_record = shown.document(&document.name).map(|(_, it)| it);
        let mut why: Vec<String> = of_record.iter().flat_map(|it| &it.evidence).map(|it| it.why.clone()).filter(|why| !why.is_empty()).collect();
        why.dedup();
        (why, kept.get(document.name.as_str()).copied().unwrap_or(1))
    };
    let all = shown.page.documents.iter();
    all.map(|it| {
        let (why, versions) = document(it);
        Document { document: it, why, versions, statements: words::counted(it.statements.len() as i64, "statement") }
    })
    .collect()
}

fn peek<'a>(shown: &'a Shown, cite: &'a Cite) -> Peek<'a> {
    let said = shown.said(&cite.id);
    let mut text: String = said.map(|said| said.words.iter().map(|piece| piece.text.as_str()).collect()).unwrap_or_default();
    if let Some((end, _)) = text.char_indices().nth(PEEK) {
        text.truncate(end);
        text.push('…');
    }
    Peek { cite, place: words::place_of(&cite.name), speaker: said.map_or("", |said| said.speaker.as_str()), words: text }
}

fn clash<'a>(shown: &Shown, pair: &'a Pair) -> Clash<'a> {
    let text = |said: &Option<Said>| said.iter().flat_map(|said| &said.words).map(|piece| piece.text.as_str()).collect::<String>();
    let (one, other) = (text(&pair.sides[0]), text(&pair.sides[1]));
    let relation = shown.story.record.relations.iter().find(|relation| relation.id == pair.id);
    let words: Vec<&str> =
        relation.iter().flat_map(|it| &it.evidence).filter(|it| it.fact == "relation").flat_map(|it| &it.words).map(|it| it.words.text.as_str()).collect();
    // The words that the rule names, where they are a part of what was said; else whatever differs.
    let (first, second) = match (differ::part(&one, &words), differ::part(&other, &words)) {
        (None, None) => differ::words(&one, &other),
        (first, second) => (first.unwrap_or_else(|| differ::plain(&one)), second.unwrap_or_else(|| differ::plain(&other))),
    };
    let side = |at: usize, runs| pair.sides[at].as_ref().map(|said| Side { said, runs, place: words::place_of(&said.name) });
    Clash { pair, sides: [side(0, first), side(1, second)].into_iter().flatten().collect() }
}

/// One line for what a status means.
pub(crate) fn stands(status: &str) -> &'static str {
    match status {
        "open" => "nobody has answered it",
        "disputed" => "those who answer disagree",
        _ => "it has been answered",
    }
}

/// A day as people read it.
pub(crate) fn day(iso: &str) -> String {
    plain::day(iso)
}
