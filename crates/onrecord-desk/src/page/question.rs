//! Questions: all of them, one as a ledger, and one act of speaking in all its renderings.

use crate::answer::{Asked, Form, Frame, Part, either};
use crate::desk::Desk;
use crate::differ::{self, Run};
use crate::page::stories::{Paged, Pages};
use crate::refusal::Refusal;
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord::wire::Named;
use onrecord_export::page::Said;
use serde::Deserialize;
use serde_json::json;
use std::cmp::Reverse;
use std::sync::Arc;

/// Questions on one page.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "questions.html")]
struct Questions {
    frame: Frame,
    rows: Vec<Row>,
    is_open: bool,
    count: String,
    pages: Pages,
}

struct Row {
    story: String,
    number: i64,
    text: String,
    status: String,
    asked: String,
    of: Vec<String>,
}

/// Which questions.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    open: Option<String>,
}

#[derive(Template)]
#[template(path = "question.html")]
struct Question<'a> {
    frame: Frame,
    story: &'a str,
    headline: &'a str,
    question: &'a onrecord_export::page::Question,
    stands: &'static str,
    why: Vec<String>,
}

impl Question<'_> {
    fn place(&self, name: &str) -> String {
        words::place_of(name)
    }
}

#[derive(Template)]
#[template(path = "utterance.html")]
struct Utterance<'a> {
    frame: Frame,
    story: &'a str,
    headline: &'a str,
    speaker: String,
    when: String,
    renderings: Vec<Rendering<'a>>,
}

/// One report of what was said, beside the fullest.
struct Rendering<'a> {
    said: &'a Said,
    how: String,
    runs: Vec<Run>,
    place: String,
}

pub(crate) async fn list(State(desk): State<Arc<Desk>>, Asked(which): Asked<Which>, Asked(paged): Asked<Paged>, form: Form) -> Result<Response, Refusal> {
    let is_open = which.open.is_some();
    let questions = desk.read(|_, archive| Ok(archive.questions()?)).await?;
    let questions: Vec<_> = questions.into_iter().filter(|question| !is_open || question.status != "answered").collect();
    let page = || {
        let row = |question: &onrecord_archive::Question| {
            let mut of: Vec<String> = question.askings.iter().filter_map(|asking| asking.addressee.clone()).collect();
            of.sort();
            of.dedup();
            let asked = question.askings.iter().filter(|asking| asking.asker.is_some()).count();
            Row {
                story: question.story.clone(),
                number: question.number,
                text: onrecord::line::one_line(&question.text),
                status: question.status.clone(),
                asked: if asked > 0 { format!("put {}", times(asked)) } else { format!("spoken to {}", times(question.askings.len())) },
                of,
            }
        };
        let link = if is_open { "/questions?open=1" } else { "/questions" };
        Questions {
            frame: Frame::new("Questions", Part::Questions, "/questions.json"),
            rows: questions.iter().skip(paged.page.saturating_mul(MOST)).take(MOST).map(row).collect(),
            is_open,
            count: words::counted(questions.len() as i64, "question"),
            pages: Pages::of(paged.page, questions.len(), MOST, link),
        }
    };
    either(form, || json!({ "questions": questions }), page)
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Path((story, id)): Path<(String, String)>, form: Form) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let shown = desk.story(archive, &story)?;
        let question = shown.page.questions.iter().find(|question| question.id == id).ok_or_else(|| Refusal::unknown(&id))?;
        let record = shown.story.record.questions.iter().find(|question| question.id == id).ok_or_else(|| Refusal::unknown(&id))?;
        let page = || Question {
            frame: Frame::new(&question.text, Part::Questions, format!("/stories/{}/questions/{id}.json", shown.id)),
            story: &shown.id,
            headline: &shown.page.title,
            question,
            stands: crate::page::story::stands(question.status),
            why: record.evidence.iter().map(|it| it.why.clone()).filter(|why| !why.is_empty()).collect(),
        };
        either(form, || record, page)
    })
    .await
}

pub(crate) async fn utterance(State(desk): State<Arc<Desk>>, Path((story, id)): Path<(String, String)>, form: Form) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let shown = desk.story(archive, &story)?;
        let utterance = shown.story.record.utterances.iter().find(|utterance| utterance.id == id).ok_or_else(|| Refusal::unknown(&id))?;
        let page = || {
            let text = |said: &Said| said.words.iter().map(|piece| piece.text.as_str()).collect::<String>();
            let mut all: Vec<(&Said, String)> =
                utterance.statements.iter().zip(&utterance.renderings).filter_map(|(id, how)| Some((shown.said(id)?, words::spaced(how.name())))).collect();
            all.sort_by_key(|(said, _)| (!said.is_quote, Reverse(text(said).len())));
            let fullest = all.first().map(|(said, _)| text(said)).unwrap_or_default();
            let speaker = utterance.speaker.as_deref().and_then(|id| shown.name(id)).unwrap_or_else(|| "Somebody".to_owned());
            let said = utterance.said.as_ref();
            Utterance {
                frame: Frame::new(format!("{speaker} in other words"), Part::Stories, format!("/stories/{}/utterances/{id}.json", shown.id)),
                story: &shown.id,
                headline: &shown.page.title,
                speaker,
                when: words::days(said.and_then(|days| days.start.as_deref()), said.and_then(|days| days.end.as_deref())),
                renderings: all
                    .into_iter()
                    .map(|(said, how)| Rendering { said, how, runs: differ::words(&fullest, &text(said)).1, place: words::place_of(&said.name) })
                    .collect(),
            }
        };
        either(form, || utterance, page)
    })
    .await
}
