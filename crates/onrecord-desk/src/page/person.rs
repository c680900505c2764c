//! People: who speaks, and everything one of them said, what was said about them apart.

use crate::answer::{Asked, Form, Frame, Part, html, json, no_feed};
use crate::desk::Desk;
use crate::feeds::{self, Base, Of};
use crate::leafing::{Leaf, Pages, address};
use crate::refusal::Refusal;
use crate::words::{self, Line};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord_archive::{Archive, Asking, Question, Somebody, Spoken};
use onrecord_export::plain;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// People on one page, and statements on one page of a person.
const MOST: usize = 100;
/// Statements about somebody that are shown; a search has all.
const ABOUT: usize = 20;
/// Statements of a feed: as many as somebody much heard makes in a week.
const NEWEST: usize = 100;
/// Questions put to somebody that are shown, those of the latest stories.
const ASKED: usize = 40;

#[derive(Template)]
#[template(path = "people.html")]
struct People {
    frame: Frame,
    people: Vec<Somebody>,
    count: String,
    begins: String,
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

/// Which people.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    /// What begins their name or a word of it.
    #[serde(default)]
    pub(crate) begins: String,
}

pub(crate) async fn list(State(desk): State<Arc<Desk>>, Asked(which): Asked<Which>, Asked(leaf): Asked<Leaf>, form: Form) -> Result<Response, Refusal> {
    let begins = which.begins.clone();
    let (part, count) = desk.read(move |_, archive| Ok((archive.people_part(&begins, &leaf.cut(), MOST)?, archive.count_people(&begins)?))).await?;
    if form.is_feed() {
        return Err(no_feed());
    }
    if form == Form::Json {
        return json(json!({ "people": part.items, "count": count, "before": part.before, "next": part.next }));
    }
    html(&People {
        frame: Frame::new("People", Part::People, address("/people.json", &[("begins", &which.begins)])),
        pages: Pages::of(&part, "/people", &[("begins", &which.begins)]),
        people: part.items,
        count: if count == 1 { "1 who speaks".to_owned() } else { format!("{} who speak", words::number(count)) },
        begins: which.begins,
    })
}

pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    Asked(leaf): Asked<Leaf>,
    Base(base): Base,
    form: Form,
) -> Result<Response, Refusal> {
    desk.read(move |_, archive| {
        let (somebody, _) = archive.somebody(&id)?;
        if form.is_feed() {
            let page = format!("/people/{id}");
            let of = Of { base: &base, own: format!("{page}{}", form.ending()), page, title: format!("{}: what was said", somebody.name) };
            return feeds::answer(form, of, feeds::spoken(&archive.latest_said(&somebody.id, NEWEST)?));
        }
        let said = archive.said_part(&somebody.id, &leaf.cut(), MOST)?;
        // What is said apart from the list stands on its first page.
        let (about, questions) = if leaf.is_first() { (about(archive, &somebody)?, archive.questions_to(&somebody.id, ASKED)?) } else { Default::default() };
        if form == Form::Json {
            return json(json!({ "person": somebody, "said": said.items, "about": about, "questions": questions, "before": said.before, "next": said.next }));
        }
        html(&Person {
            frame: Frame::new(&somebody.name, Part::People, format!("/people/{id}.json")).with_feeds(&format!("/people/{id}"), &[]),
            facts: facts(&somebody, archive.spoke_between(&somebody.id)?),
            pages: Pages::of(&said, &format!("/people/{id}"), &[]),
            stories: chapters(archive, &said.items)?,
            about: about.iter().map(Line::of).collect(),
            answers: questions.iter().map(|question| answered(question, &somebody)).collect(),
            somebody,
        })
    })
    .await
}

/// What others said in which the name stands.
fn about(archive: &Archive, somebody: &Somebody) -> Result<Vec<Spoken>, Refusal> {
    let query = onrecord_archive::Query { about: Some(somebody.name.clone()), most: ABOUT, ..onrecord_archive::Query::default() };
    Ok(archive.search(&query)?.hits.into_iter().filter(|spoken| spoken.speaker.as_ref() != Some(&somebody.name)).collect())
}

fn is_of(asking: &Asking, somebody: &Somebody) -> bool {
    asking.addressee.as_ref() == Some(&somebody.name)
}

fn facts(somebody: &Somebody, (first, last): (Option<String>, Option<String>)) -> Vec<String> {
    let counts = [words::counted(somebody.statements, "statement"), words::counted(somebody.stories.len() as i64, "story")];
    let first = first.map(|day| format!("first on {}", plain::day(&day)));
    let last = last.map(|day| format!("last on {}", plain::day(&day)));
    counts.into_iter().chain(first).chain(last).collect()
}

/// By story, in the order in which they come.
fn chapters(archive: &Archive, said: &[Spoken]) -> Result<Vec<Chapter>, Refusal> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for spoken in said {
        let line = Line::of(spoken);
        match chapters.iter_mut().find(|chapter| chapter.id == spoken.story) {
            Some(chapter) => chapter.lines.push(line),
            None => chapters.push(Chapter { id: spoken.story.clone(), headline: archive.headline(&spoken.story)?, lines: vec![line] }),
        }
    }
    Ok(chapters)
}

fn answered(question: &Question, somebody: &Somebody) -> Answered {
    let time = |asking: &Asking| (words::days(asking.said_start.as_deref(), asking.said_end.as_deref()), words::answer(asking), asking.asker.clone());
    Answered {
        story: question.story.clone(),
        number: question.number,
        text: onrecord::line::one_line(&question.text),
        status: question.status.clone(),
        times: question.askings.iter().filter(|asking| is_of(asking, somebody)).map(time).collect(),
    }
}
