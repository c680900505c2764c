//! News: what the watches told, and the watches that are set.

use crate::answer::{Asked, Form, Frame, Part, html, json, onward};
use crate::desk::Desk;
use crate::feeds::{self, Base, Of};
use crate::guard::Fields;
use crate::leafing::{Leaf, Pages};
use crate::refusal::Refusal;
use crate::session::Session;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord_archive::{Archive, Hand, News, On, Saved, Set, Watch};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// Pieces of news on one page.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "news.html")]
struct Page {
    frame: Frame,
    news: Vec<News>,
    watches: Vec<Set>,
    kinds: Vec<(&'static str, &'static str)>,
    /// What the form of a new watch begins with.
    wish: Wish,
    /// The headline of the story that is wished for.
    headline: String,
    pages: Pages,
    token: String,
}

/// A watch that an address asks for: its form is filled in, and set by whoever sends it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wish {
    /// What to tell of.
    #[serde(default)]
    on: String,
    /// Said by.
    #[serde(default)]
    by: String,
    /// In this story.
    #[serde(default)]
    story: String,
    /// What else a statement must be.
    #[serde(flatten)]
    saved: Saved,
}

impl Wish {
    fn words(&self) -> &str {
        self.saved.words.as_deref().unwrap_or_default()
    }

    /// The limits that the form has no field for.
    fn others(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.saved.limits().into_iter().filter(|(name, value)| *name != "words" && !value.is_empty())
    }
}

/// What a kind of watch tells of.
fn tells(on: On) -> &'static str {
    match on {
        On::Said => "a new statement",
        On::Changed => "a position that changed",
        On::Conflict => "two accounts that conflict",
        On::Confirmed => "a second independent origin",
        On::Answered => "an answer to a question",
        On::Altered => "a quotation altered or dropped",
    }
}

pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    Asked(leaf): Asked<Leaf>,
    Asked(wish): Asked<Wish>,
    session: Session,
    Base(base): Base,
    form: Form,
) -> Result<Response, Refusal> {
    let story = wish.story.clone();
    let read = move |_: &Desk, archive: &Archive| Ok((archive.news_part(&leaf.cut(), MOST)?, archive.watches()?, archive.headline(&story)?));
    let (part, watches, headline) = desk.read(read).await?;
    if form.is_feed() {
        let of = Of { base: &base, page: "/news".to_owned(), own: format!("/news{}", form.ending()), title: "Onrecord: news".to_owned() };
        return feeds::answer(form, of, part.items.iter().map(feeds::news_entry).collect());
    }
    if form == Form::Json {
        return json(json!({ "news": part.items, "watches": watches, "before": part.before, "next": part.next }));
    }
    html(&Page {
        frame: Frame::new("News", Part::News, "/news.json").with_feeds("/news", &[]),
        pages: Pages::of(&part, "/news", &[]),
        news: part.items,
        watches,
        wish,
        headline,
        kinds: On::ALL.iter().map(|on| (on.name(), tells(*on))).collect(),
        token: session.token,
    })
}

/// Sets a watch.
pub(crate) async fn set(State(desk): State<Arc<Desk>>, fields: Fields) -> Result<Response, Refusal> {
    let kind = fields.needed("on")?;
    let on = On::ALL.into_iter().find(|on| on.name() == kind).ok_or_else(|| Refusal::wrong(format!("there is no watch for {kind}")))?;
    let given = |name: &str| fields.get(name).map(str::to_owned);
    let saved =
        Saved { words: given("words"), about: given("about"), outlet: given("outlet"), sourcing: given("sourcing"), act: given("act"), form: given("form") };
    let watch = Watch { on, story: given("story"), by: given("by"), saved };
    desk.write(move |desk, archive, _| {
        let now = (desk.settings.now)();
        Ok(archive.watch(&watch, Hand { by: &desk.settings.by, now: &now })?)
    })
    .await?;
    onward("/news#watches")
}

/// Takes one away.
pub(crate) async fn drop(State(desk): State<Arc<Desk>>, Path(id): Path<String>, _: Fields) -> Result<Response, Refusal> {
    desk.write(move |desk, archive, _| Ok(archive.unwatch(&id, &(desk.settings.now)())?)).await?;
    onward("/news#watches")
}
