//! The first page: all stories, what is new since the last visit first told.

use crate::answer::{Asked, Form, Frame, Part, either, onward};
use crate::desk::Desk;
use crate::guard::{Fields, Session};
use crate::refusal::Refusal;
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use onrecord_archive::{Arrived, Story};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The cookie that says until when everything is seen.
const SEEN: &str = "onrecord_seen";
/// Stories on one page.
const MOST: usize = 50;
/// Outlets that are named; the others are counted, and listed when they are unfolded.
const NAMED: usize = 3;

/// A page of a long list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Paged {
    #[serde(default)]
    pub(crate) page: usize,
}

#[derive(Template)]
#[template(path = "stories.html")]
struct Stories {
    frame: Frame,
    stories: Vec<Row>,
    new: usize,
    count: String,
    pages: Pages,
    token: String,
}

/// Where a page of a list stands.
#[derive(Serialize)]
pub(crate) struct Pages {
    pub(crate) before: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) told: String,
}

impl Pages {
    /// Of page `at` of `count` items, `most` a page; `link` is the address of the list so far.
    pub(crate) fn of(at: usize, count: usize, most: usize, link: &str) -> Pages {
        let last = count.div_ceil(most).max(1);
        let mark = if link.contains('?') { '&' } else { '?' };
        let to = |page: usize| format!("{link}{mark}page={page}");
        Pages { before: (at > 0).then(|| to(at - 1)), next: (at + 1 < last).then(|| to(at + 1)), told: format!("page {} of {last}", at + 1) }
    }
}

/// A story of the list.
#[derive(Serialize)]
pub(crate) struct Row {
    #[serde(flatten)]
    pub(crate) story: Story,
    /// Its outlets, each with its number of documents.
    pub(crate) outlets: Vec<(String, usize)>,
    /// When something came to it last.
    pub(crate) latest: String,
    #[serde(skip)]
    days: String,
    #[serde(skip)]
    facts: Vec<String>,
    #[serde(skip)]
    rest: Vec<(String, usize)>,
    #[serde(skip)]
    is_new: bool,
}

impl Row {
    pub(crate) fn of(story: Story, arrived: Arrived, seen: Option<&str>) -> Row {
        let facts = [(story.documents, "document"), (story.statements, "statement")];
        let more = [(story.conflicts, "conflict"), (story.open_questions, "open question")];
        let facts = facts.into_iter().chain(more.into_iter().filter(|(count, _)| *count > 0)).map(|(count, one)| words::counted(count, one)).collect();
        Row {
            days: words::days(story.first_day.as_deref(), story.last_day.as_deref()),
            facts,
            rest: arrived.outlets.iter().skip(NAMED).cloned().collect(),
            is_new: seen.is_some_and(|seen| arrived.latest.as_str() > seen),
            outlets: arrived.outlets,
            latest: arrived.latest,
            story,
        }
    }

    fn named(&self) -> &[(String, usize)] {
        &self.outlets[..self.outlets.len().min(NAMED)]
    }
}

pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    Asked(paged): Asked<Paged>,
    session: Session,
    asked: HeaderMap,
    form: Form,
) -> Result<Response, Refusal> {
    let seen = seen(&asked);
    let rows: Vec<Row> = desk
        .read(move |_, archive| {
            let mut arrived = archive.arrived()?;
            let row = |story: Story| {
                let of_story = arrived.remove(&story.id).unwrap_or_default();
                Row::of(story, of_story, seen.as_deref())
            };
            Ok(archive.stories()?.into_iter().map(row).collect())
        })
        .await?;
    let (new, count) = (rows.iter().filter(|row| row.is_new).count(), rows.len());
    let pages = Pages::of(paged.page, count, MOST, "/");
    let stories: Vec<Row> = rows.into_iter().skip(paged.page.saturating_mul(MOST)).take(MOST).collect();
    let page = |stories| Stories {
        frame: Frame::new("Stories", Part::Stories, "/index.json"),
        stories,
        new,
        count: words::counted(count as i64, "story"),
        pages,
        token: session.token,
    };
    match form {
        Form::Json => either(form, || serde_json::json!({ "stories": stories }), || page(Vec::new())),
        Form::Page => either(form, || (), || page(stories)),
    }
}

fn seen(asked: &HeaderMap) -> Option<String> {
    let cookies = asked.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let found = cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(name, _)| *name == SEEN);
    found.map(|(_, value)| value.to_owned())
}

/// Everything until now is seen.
pub(crate) async fn all_seen(State(desk): State<Arc<Desk>>, _: Fields) -> Result<Response, Refusal> {
    let mut response = onward("/")?;
    // A year: whoever comes back later wants to see everything.
    let cookie = format!("{SEEN}={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict", (desk.settings.now)());
    let cookie = HeaderValue::from_str(&cookie).map_err(|_| Refusal::fault())?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
