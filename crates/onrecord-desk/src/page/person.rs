//! People: who speaks, and everything one of them said, what was said about them apart.

use crate::answer::{Asked, Form, Frame, Part, either};
use crate::desk::Desk;
use crate::page::stories::{Paged, Pages};
use crate::refusal::Refusal;
use crate::words::{self, Line};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord_archive::{Asking, Question, Somebody, Spoken};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// People on one page, and statements on one page of a person.
const MOST: usize = 100;
/// Statements about somebody that are shown; a search has all.
const ABOUT: usize = 20;

#[derive(Template)]
#[template(path = "people.html")]
struct People {
    frame: Frame,
    people: Vec<Somebody>,
    count: String,
    pages: Pages,
}

#[derive(Template)]
#[template(path = "person.html")]
struct Person {
    frame: Frame,
    somebody: Somebody,
    facts: Vec<String>,
    stories: Vec<Chapter>,
    about: Vec<Line>,
    answers: Vec<Answered>,
    pages: Pages,
}

/// What somebody said in one story.
struct Chapter {
    id: String,
    headline: String,
    lines: Vec<Line>,
}

/// What somebody made of one question, each time it was put.
struct Answered {
    story: String,
    number: i64,
    text: String,
    status: String,
    times: Vec<(String, String, Option<String>)>,
}

pub(crate) async fn list(State(desk): State<Arc<Desk>>, Asked(paged): Asked<Paged>, form: Form) -> Result<Response, Refusal> {
    let people = desk.read(|_, archive| Ok(archive.people()?)).await?;
    let count = people.len();
    let pages = Pages::of(paged.page, count, MOST, "/people");
    let people: Vec<Somebody> = people.into_iter().skip(paged.page.saturating_mul(MOST)).take(MOST).collect();
    let page = |people| People {
        frame: Frame::new("People", Part::People, "/people.json"),
        people,
        count: words::counted(count as i64, "person and body who speak"),
        pages,
    };
    match form {
        Form::Json => either(form, || json!({ "people": people }), || page(Vec::new())),
        Form::Page => either(form, || (), || page(people)),
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Path(id): Path<String>, Asked(paged): Asked<Paged>, form: Form) -> Result<Response, Refusal> {
    desk.read(move |_, archive| {
        let (somebody, _) = archive.somebody(&id)?;
        let said = archive.said_by(&somebody)?;
        let query = onrecord_archive::Query { about: Some(somebody.name.clone()), most: ABOUT, ..onrecord_archive::Query::default() };
        let about: Vec<Spoken> = archive.search(&query)?.hits.into_iter().filter(|spoken| spoken.speaker.as_ref() != Some(&somebody.name)).collect();
        let questions: Vec<Question> = archive.questions()?.into_iter().filter(|question| is_asked(question, &somebody)).collect();
        if form == Form::Json {
            return either(form, || json!({ "person": somebody, "said": said, "about": about, "questions": questions }), || Refused);
        }
        let headlines: BTreeMap<String, String> = archive.stories()?.into_iter().map(|story| (story.id, story.headline)).collect();
        let pages = Pages::of(paged.page, said.len(), MOST, &format!("/people/{id}"));
        let page = || Person {
            frame: Frame::new(&somebody.name, Part::People, format!("/people/{id}.json")),
            facts: facts(&somebody, &said),
            stories: chapters(said.iter().skip(paged.page.saturating_mul(MOST)).take(MOST), &headlines),
            about: about.iter().map(Line::of).collect(),
            answers: questions.iter().map(|question| answered(question, &somebody)).collect(),
            pages,
            somebody,
        };
        either(form, || (), page)
    })
    .await
}

/// Stands for a page where JSON was asked for.
#[derive(Template)]
#[template(source = "", ext = "html")]
struct Refused;

fn is_asked(question: &Question, somebody: &Somebody) -> bool {
    somebody.stories.contains(&question.story) && question.askings.iter().any(|asking| is_of(asking, somebody))
}

fn is_of(asking: &Asking, somebody: &Somebody) -> bool {
    asking.addressee.as_ref() == Some(&somebody.name)
}

fn facts(somebody: &Somebody, said: &[Spoken]) -> Vec<String> {
    let days = || said.iter().filter(|spoken| spoken.factuality == "actual").filter_map(|spoken| spoken.said_start.as_deref().or(spoken.said_end.as_deref()));
    let first = days().min().map(|day| format!("first on {}", crate::page::story::day(day)));
    let last = days().max().map(|day| format!("last on {}", crate::page::story::day(day)));
    let counts = [words::counted(somebody.statements, "statement"), words::counted(somebody.stories.len() as i64, "story")];
    counts.into_iter().chain(first).chain(last).collect()
}

/// By story, in the order in which they come.
fn chapters<'a>(said: impl Iterator<Item = &'a Spoken>, headlines: &BTreeMap<String, String>) -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for spoken in said {
        let line = Line::of(spoken);
        match chapters.iter_mut().find(|chapter| chapter.id == spoken.story) {
            Some(chapter) => chapter.lines.push(line),
            None => chapters.push(Chapter { id: spoken.story.clone(), headline: headlines.get(&spoken.story).cloned().unwrap_or_default(), lines: vec![line] }),
        }
    }
    chapters
}

fn answered(question: &Question, somebody: &Somebody) -> Answered {
    let time = |asking: &Asking| (words::days(asking.said_start.as_deref(), asking.said_end.as_deref()), words::spaced(&asking.answer), asking.asker.clone());
    Answered {
        story: question.story.clone(),
        number: question.number,
        text: onrecord::line::one_line(&question.text),
        status: question.status.clone(),
        times: question.askings.iter().filter(|asking| is_of(asking, somebody)).map(time).collect(),
    }
}
