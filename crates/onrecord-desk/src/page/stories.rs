//! The first page: all stories, what is new since the last visit first told.

use crate::answer::{Asked, Form, Frame, Part, html, json, onward};
use crate::desk::Desk;
use crate::feeds::{self, Base, Of};
use crate::guard::Fields;
use crate::leafing::{Leaf, Pages};
use crate::refusal::Refusal;
use crate::session::{Session, cookie};
use crate::words;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use onrecord_archive::{Archive, Arrived, Member, Story};
use onrecord_export::feed::ENTRIES;
use serde::Serialize;
use std::sync::Arc;

/// The cookie that says until when everything is seen.
pub(crate) const SEEN: &str = "onrecord_seen";
/// Stories on one page.
const MOST: usize = 50;
/// Documents of a story that are listed under it; its page has all.
const MEMBERS: usize = 8;
/// Outlets that are named; the others are counted, and listed when they are unfolded.
const NAMED: usize = 3;

#[derive(Template)]
#[template(path = "stories.html")]
struct Stories {
    frame: Frame,
    stories: Vec<Row>,
    new: i64,
    count: String,
    pages: Pages,
    token: String,
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
    /// Its first documents, each with why it is in it.
    #[serde(skip)]
    members: Vec<Member>,
    #[serde(skip)]
    days: String,
    #[serde(skip)]
    facts: Vec<String>,
    /// Whether something came to it since all was last seen.
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
            is_new: seen.is_some_and(|seen| arrived.latest.as_str() > seen),
            outlets: arrived.outlets,
            latest: arrived.latest,
            members: Vec::new(),
            story,
        }
    }

    fn with_members(self, archive: &Archive) -> Result<Row, Refusal> {
        Ok(Row { members: archive.members_of_story(&self.story.id, MEMBERS)?, ..self })
    }

    /// How many documents are not listed under it.
    fn others(&self) -> i64 {
        self.story.documents - self.members.len() as i64
    }

    /// The outlets that are named at once, each with how often where that is more than once.
    fn named(&self) -> Vec<(&str, String)> {
        self.outlets.iter().take(NAMED).map(told).collect()
    }

    fn rest(&self) -> Vec<(&str, String)> {
        self.outlets.iter().skip(NAMED).map(told).collect()
    }
}

/// Whether this is the address of the list.
pub(crate) fn is_at(path: &str) -> bool {
    matches!(path, "/" | "/stories")
}

fn told((outlet, count): &(String, usize)) -> (&str, String) {
    (outlet, if *count > 1 { format!(" × {count}") } else { String::new() })
}

pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    Asked(leaf): Asked<Leaf>,
    session: Session,
    asked: HeaderMap,
    Base(base): Base,
    form: Form,
) -> Result<Response, Refusal> {
    if form.is_feed() {
        let of = Of { base: &base, page: "/stories".to_owned(), own: format!("/stories{}", form.ending()), title: "Onrecord: new stories".to_owned() };
        return feeds::answer(form, of, feeds::stories(&desk.read(|_, archive| Ok(archive.latest_stories(ENTRIES)?)).await?));
    }
    let seen = cookie(&asked, SEEN).map(str::to_owned);
    let since = seen.clone();
    let (part, count, new) = desk
        .read(move |_, archive| {
            let part = archive.stories_part(&leaf.cut(), MOST)?;
            let arrived = part.items.iter().map(|story| archive.arrived_at(&story.id)).collect::<Result<Vec<_>, _>>()?;
            let mut arrived = arrived.into_iter();
            let new = seen.as_deref().map_or(Ok(0), |seen| archive.count_stories_since(seen))?;
            let mut part = part.map(|story| Row::of(story, arrived.next().unwrap_or_default(), seen.as_deref()));
            if form == Form::Page {
                part.items = part.items.into_iter().map(|row| row.with_members(archive)).collect::<Result<_, _>>()?;
            }
            Ok((part, archive.count_stories()?, new))
        })
        .await?;
    if form == Form::Json {
        return json(serde_json::json!({ "stories": part.items, "count": count, "new": new, "seen": since, "before": part.before, "next": part.next }));
    }
    html(&Stories {
        frame: Frame::new("Stories", Part::Stories, "/index.json").with_feeds("/stories", &[]),
        pages: Pages::of(&part, "/", &[]),
        stories: part.items,
        new,
        count: words::counted(count, "story"),
        token: session.token,
    })
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
