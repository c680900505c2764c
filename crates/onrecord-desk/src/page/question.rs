//! Questions: all of them, one as a ledger, and one act of speaking in all its renderings.

use crate::answer::{Asked, Form, Frame, Part, either, html, json};
use crate::desk::Desk;
use crate::differ::{self, How, Stretch};
use crate::feeds::{self, Base, Of};
use crate::leafing::{Leaf, Pages, address};
use crate::refusal::Refusal;
use crate::words::{self, Choice};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord::question::Status;
use onrecord::wire::Named;
use onrecord_archive::{Cut, Dated};
use onrecord_export::feed::ENTRIES;
use onrecord_export::page::Said;
use serde::Deserialize;
use serde_json::json;
use std::cmp::Reverse;
use std::sync::Arc;

/// Questions on one page.
const MOST: usize = 50;

/// Names in a row of the list; the others are counted.
const NAMED: usize = 6;

#[derive(Template)]
#[template(path = "questions.html")]
struct Questions {
    frame: Frame,
    rows: Vec<Row>,
    statuses: Vec<Choice>,
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
    /// Of how many others.
    others: usize,
}

/// Which questions.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    /// Where they stand; nothing for all.
    #[serde(default)]
    status: String,
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
    /// Word by word; nothing for the fullest, and for what is told in other words altogether.
    aligned: Option<Vec<Stretch>>,
    place: String,
}

impl Rendering<'_> {
    /// What is not as in the fullest, in a line.
    fn differs(&self) -> String {
        let Some(aligned) = &self.aligned else { return "in other words".to_owned() };
        let count = |wanted: &[How]| aligned.iter().filter(|it| wanted.contains(&it.how)).map(|it| it.words as i64).sum::<i64>();
        let told = |count: i64, what: &str| (count > 0).then(|| format!("{} {what}", words::counted(count, "word")));
        let all = [told(count(&[How::Dropped]), "left out"), told(count(&[How::Added, How::Instead]), "of its own")];
        let all = all.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if all.is_empty() { "word for word".to_owned() } else { all }
    }
}

pub(crate) async fn list(
    State(desk): State<Arc<Desk>>,
    Asked(which): Asked<Which>,
    Asked(leaf): Asked<Leaf>,
    Base(base): Base,
    form: Form,
) -> Result<Response, Refusal> {
    let status = status(&which.status)?;
    if form.is_feed() {
        return feed(desk, &which, status, &base, form).await;
    }
    let (part, count) =
        desk.read(move |_, archive| Ok((archive.questions_part(status, None, &leaf.cut(), MOST)?, archive.count_questions(status, None)?))).await?;
    if form == Form::Json {
        return json(json!({ "questions": part.items, "count": count, "before": part.before, "next": part.next }));
    }
    let asked = [("status", which.status.as_str())];
    html(&Questions {
        frame: Frame::new("Questions", Part::Questions, address("/questions.json", &asked)).with_feeds("/questions", &asked),
        pages: Pages::of(&part, "/questions", &asked),
        rows: part.items.iter().map(row).collect(),
        statuses: words::choices::<Status>(status),
        count: words::counted(count, "question"),
    })
}

/// The questions of the latest stories, each as it stands now.
async fn feed(desk: Arc<Desk>, which: &Which, status: Option<&'static str>, base: &str, form: Form) -> Result<Response, Refusal> {
    let found = desk
        .read(move |_, archive| {
            let dated = |it: onrecord_archive::Question| Ok::<_, Refusal>(Dated { added_at: archive.arrived_at(&it.story)?.latest, it });
            archive.questions_part(status, None, &Cut::First, ENTRIES)?.try_map(dated)
        })
        .await?;
    let asked = [("status", which.status.as_str())];
    let title = status.map_or_else(|| "Onrecord: questions".to_owned(), |status| format!("Onrecord: {status} questions"));
    let of = Of { base, page: address("/questions", &asked), own: address(&format!("/questions{}", form.ending()), &asked), title };
    feeds::answer(form, of, feeds::questions(&found.items))
}

/// A status that there is; nothing for any.
pub(crate) fn status(name: &str) -> Result<Option<&'static str>, Refusal> {
    match Status::from_name(name) {
        Some(status) => Ok(Some(status.name())),
        None if name.is_empty() => Ok(None),
        None => Err(Refusal::wrong(format!("status is none of open, answered, disputed: {name}"))),
    }
}

fn row(question: &onrecord_archive::Question) -> Row {
    let mut of: Vec<String> = question.askings.iter().filter_map(|asking| asking.addressee.clone()).collect();
    of.sort();
    of.dedup();
    let others = of.len().saturating_sub(NAMED);
    of.truncate(NAMED);
    let asked = question.askings.iter().filter(|asking| asking.asker.is_some()).count();
    Row {
        story: question.story.clone(),
        number: question.number,
        text: onrecord::line::one_line(&question.text),
        status: question.status.clone(),
        asked: if asked > 0 { format!("put {}", times(asked)) } else { format!("spoken to {}", times(question.askings.len())) },
        of,
        others,
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Path((story, id)): Path<(String, String)>, Base(base): Base, form: Form) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let shown = desk.story(archive, &story)?;
        let question = shown.page.questions.iter().find(|question| question.id == id).ok_or_else(|| Refusal::unknown(&id))?;
        if form.is_feed() {
            let page = format!("/stories/{}/questions/{id}", shown.id);
            let of = Of { base: &base, own: format!("{page}{}", form.ending()), page, title: question.text.clone() };
            return feeds::answer(form, of, feeds::question(&shown, &id));
        }
        let record = shown.story.record.questions.iter().find(|question| question.id == id).ok_or_else(|| Refusal::unknown(&id))?;
        let page = || Question {
            frame: Frame::new(&question.text, Part::Questions, format!("/stories/{}/questions/{id}.json", shown.id))
                .with_feeds(&format!("/stories/{}/questions/{id}", shown.id), &[]),
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
            let mut all: Vec<(&Said, String)> =
                utterance.statements.iter().zip(&utterance.renderings).filter_map(|(id, how)| Some((shown.said(id)?, words::spaced(how.name())))).collect();
            all.sort_by_key(|(said, _)| (!said.is_quote, Reverse(words::text(said).len())));
            let fullest = all.first().map(|(said, _)| words::text(said)).unwrap_or_default();
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
                    .enumerate()
                    .map(|(at, (said, how))| {
                        let aligned = (at > 0).then(|| differ::aligned(&fullest, &words::text(said))).flatten();
                        Rendering { said, how, aligned, place: words::place_of(&said.name) }
                    })
                    .collect(),
            }
        };
        either(form, || utterance, page)
    })
    .await
}
