//! People: who speaks, and everything one of them said, what was said about them apart; who they are can be corrected in place.

use crate::answer::{Asked, Form, Frame, Part, html, json, no_feed, onward};
use crate::desk::Desk;
use crate::feeds::{self, Base, Of};
use crate::leafing::{Leaf, Pages, address};
use crate::page::portrait::{Answer, Portrait, Title, Topic};
use crate::refusal::Refusal;
use crate::session::Session;
use crate::words::{self, Line};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord_archive::{Archive, Asking, Cut, Month, Question, Somebody, Spoken, Topic as Spread};
use onrecord_export::plain;
use serde::Deserialize;
use serde_json::json;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

/// People on one page, and statements on one page of a person.
const MOST: usize = 100;
/// Statements about somebody that are shown; a search has all.
const ABOUT: usize = 20;
/// Statements of a feed: as many as somebody much heard makes in a week.
const NEWEST: usize = 100;
/// Questions put to somebody that are shown, those of the latest stories.
const ASKED: usize = 40;
/// Answers to one question that stand side by side; the question's own page has all.
const ANSWERS: usize = 12;
/// Stories in which somebody speaks that are listed; what they said in all of them follows.
const SPREAD: usize = 40;
/// Those of them that stand open; the rest is unfolded.
pub(crate) const OPEN_SPREAD: usize = 8;
/// Others of a like name who are offered as the same.
const LIKE: usize = 30;

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
    titles: Vec<Title>,
    /// Titles that stand in stories that were not looked into.
    other_titles: Vec<String>,
    spread: Vec<Spread>,
    months: Vec<Month>,
    undated: i64,
    stories: Vec<Chapter>,
    about: Vec<Line>,
    /// Where all of that is found.
    all_about: String,
    answers: Vec<Answered>,
    /// The corrections that gave the name.
    corrections: Vec<String>,
    others: Vec<Somebody>,
    documents: Vec<(String, String)>,
    pages: Pages,
    token: String,
}

/// What somebody said in one story.
struct Chapter {
    id: String,
    headline: String,
    groups: Vec<Group>,
}

/// What of it belongs to one question or claim, or to none.
struct Group {
    topic: Option<Topic>,
    lines: Vec<Line>,
}

/// What somebody made of one question, each time it was put.
struct Answered {
    story: String,
    number: i64,
    text: String,
    status: String,
    answers: Vec<Answer>,
    /// How many more there are than stand here.
    more: usize,
    /// Whether the words could be looked up.
    has_words: bool,
}

/// Where somebody is found who goes by another name now.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Called {
    /// The name.
    called: Option<String>,
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
    (Asked(leaf), Asked(other)): (Asked<Leaf>, Asked<Called>),
    session: Session,
    Base(base): Base,
    form: Form,
) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let (somebody, places) = match (archive.somebody(&id), other.called) {
            // Names are made of names: whoever was renamed is found by the new one.
            (Err(_), Some(called)) => {
                let named = archive.named(&called)?;
                return onward(&format!("/people/{}", named[0].id));
            }
            (found, _) => found?,
        };
        if form.is_feed() {
            let page = format!("/people/{id}");
            let of = Of { base: &base, own: format!("{page}{}", form.ending()), page, title: format!("{}: what was said", somebody.name) };
            return feeds::answer(form, of, feeds::spoken(&archive.latest_said(&somebody.id, NEWEST)?));
        }
        let said = archive.said_part(&somebody.id, &leaf.cut(), MOST)?;
        // What is said apart from the list stands on its first page.
        let (about, mut questions) =
            if leaf.is_first() { (about(archive, &somebody)?, archive.questions_to(&somebody.id, ASKED)?) } else { Default::default() };
        if form == Form::Json {
            return json(json!({ "person": somebody, "said": said.items, "about": about, "questions": questions, "before": said.before, "next": said.next }));
        }
        let (spread, (months, undated)) = match leaf.is_first() {
            true => (archive.topics_of(&somebody.id, SPREAD)?, archive.months_of(&somebody.id)?),
            false => Default::default(),
        };
        // What was put again and again first: its answers can be compared.
        questions.sort_by_key(|question| Reverse(question.askings.iter().filter(|asking| is_of(asking, &somebody)).count()));
        let portrait = Portrait::of(desk, archive, &places, &in_turn(&questions, &said.items))?;
        let titles = if leaf.is_first() { portrait.titles() } else { Vec::new() };
        html(&Person {
            frame: Frame::new(&somebody.name, Part::People, format!("/people/{id}.json"))
                .with_feeds(&format!("/people/{id}"), &[])
                .with_watch(&[("on", "said"), ("by", &somebody.name)]),
            facts: facts(&somebody, archive.spoke_between(&somebody.id)?),
            other_titles: somebody.roles.iter().filter(|role| !titles.iter().any(|title| title.role.eq_ignore_ascii_case(role))).cloned().collect(),
            titles,
            spread,
            months,
            undated,
            pages: Pages::of(&said, &format!("/people/{id}"), &[]),
            stories: chapters(archive, &portrait, &said.items)?,
            about: Line::each(archive, &about)?,
            all_about: address("/search", &[("about", &somebody.name)]),
            answers: questions.iter().map(|question| answered(question, &somebody, &portrait)).collect(),
            corrections: corrections(archive, &somebody)?,
            others: like(archive, &somebody)?,
            documents: documents(&said.items),
            token: session.token,
            somebody,
        })
    })
    .await
}

/// The stories of both lists, one of each in turn: there is room for some of them.
fn in_turn(questions: &[Question], said: &[Spoken]) -> Vec<String> {
    let asked = questions.iter().map(|it| &it.story).enumerate();
    let mut all: Vec<(usize, &String)> = asked.chain(chapter_order(said).into_iter().enumerate()).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, story)| story.clone()).collect()
}

/// The stories of a list, each once.
fn chapter_order(said: &[Spoken]) -> Vec<&String> {
    let mut stories: Vec<&String> = said.iter().map(|it| &it.story).collect();
    let mut seen = BTreeSet::new();
    stories.retain(|story| seen.insert(*story));
    stories
}

/// The corrections that gave somebody their name, in any story.
fn corrections(archive: &Archive, somebody: &Somebody) -> Result<Vec<String>, Refusal> {
    let hands = archive.named_by_hand(&somebody.stories)?;
    let mut all: Vec<String> = somebody.stories.iter().flat_map(|story| hands.of_name(story, &somebody.name)).collect();
    all.sort();
    all.dedup();
    Ok(all)
}

/// Others who share the last word of the name.
fn like(archive: &Archive, somebody: &Somebody) -> Result<Vec<Somebody>, Refusal> {
    let last = somebody.name.split_whitespace().last().unwrap_or_default();
    let mut others = archive.people_part(last, &Cut::First, LIKE)?.items;
    others.retain(|other| other.id != somebody.id);
    Ok(others)
}

/// The articles of a list, each with what tells it apart.
fn documents(said: &[Spoken]) -> Vec<(String, String)> {
    let mut documents: Vec<(String, String)> = Vec::new();
    for spoken in said {
        if documents.iter().all(|(id, _)| id != spoken.document()) {
            let publisher = spoken.outlet.as_deref().unwrap_or_else(|| words::file(&spoken.path));
            let words = crate::draw::cut(&onrecord::line::one_line(spoken.content.first().map_or("", String::as_str)), 60);
            documents.push((spoken.document().to_owned(), format!("{publisher}: {words}")));
        }
    }
    documents
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

/// By story, and by question or claim within it, in the order in which they come.
fn chapters(archive: &Archive, portrait: &Portrait, said: &[Spoken]) -> Result<Vec<Chapter>, Refusal> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for (spoken, line) in said.iter().zip(Line::each(archive, said)?) {
        let at = match chapters.iter().position(|chapter| chapter.id == spoken.story) {
            Some(at) => at,
            None => {
                chapters.push(Chapter { id: spoken.story.clone(), headline: archive.headline(&spoken.story)?, groups: Vec::new() });
                chapters.len() - 1
            }
        };
        let (groups, topic) = (&mut chapters[at].groups, portrait.topic(&spoken.story, &spoken.id));
        match groups.iter_mut().find(|group| group.topic.as_ref() == topic) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group { topic: topic.cloned(), lines: vec![line] }),
        }
    }
    // What belongs to none comes last.
    chapters.iter_mut().for_each(|chapter| chapter.groups.sort_by_key(|group| group.topic.is_none()));
    Ok(chapters)
}

fn answered(question: &Question, somebody: &Somebody, portrait: &Portrait) -> Answered {
    let bare = |asking: &Asking| Answer {
        when: words::days(asking.said_start.as_deref(), asking.said_end.as_deref()),
        answer: words::answer(asking),
        asker: asking.asker.clone(),
        said: None,
    };
    let all = || question.askings.iter().filter(|asking| is_of(asking, somebody)).map(bare).collect();
    let mut answers: Vec<Answer> = portrait.answers(question).unwrap_or_else(all);
    let more = answers.len().saturating_sub(ANSWERS);
    answers.truncate(ANSWERS);
    Answered {
        story: question.story.clone(),
        number: question.number,
        text: onrecord::line::one_line(&question.text),
        status: question.status.clone(),
        has_words: portrait.knows(&question.story),
        answers,
        more,
    }
}
