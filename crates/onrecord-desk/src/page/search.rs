//! Search: statements or whole articles by their words, by what they mean, and by who, where, when and how.

use crate::answer::{Asked, Form, Frame, Part, either};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::words::{self, Line};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use onrecord::act::Act;
use onrecord::sourcing::SourceClass;
use onrecord::statement::Form as Quoting;
use onrecord::wire::Named;
use onrecord_archive::{Article, Like, Order};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use utoipa::IntoParams;

/// Hits on one page.
const MOST: usize = 30;
/// The most that is leafed through; who wants more, narrows the search.
const DEEPEST: usize = 1_000;
/// Letters whose meaning is looked for at most: working it out takes as long as reading as much of an article.
const LONGEST: usize = 1_000;

/// What is searched for; everything given must hold.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Words that must all be there; "in a row" is a phrase, `begin*` the beginning of a word, `-word` must not be there.
    #[serde(default)]
    pub(crate) q: String,
    /// What should have been said in these words or others: the nearest in meaning come first. 1,000 letters at most.
    pub(crate) like: Option<String>,
    /// Said by: a name, a word of one, or an id.
    pub(crate) by: Option<String>,
    /// A name that stands in what was said.
    pub(crate) about: Option<String>,
    /// Published by.
    pub(crate) outlet: Option<String>,
    /// In this story.
    pub(crate) story: Option<String>,
    /// The class of the source, such as `anonymous`.
    #[param(schema_with = crate::api::describe::sourcings)]
    pub(crate) sourcing: Option<String>,
    /// What it does, such as `denial`.
    #[param(schema_with = crate::api::describe::acts)]
    pub(crate) act: Option<String>,
    /// How much of it is quoted: `direct`, `mixed`, `indirect`.
    #[param(schema_with = crate::api::describe::forms)]
    pub(crate) form: Option<String>,
    /// Said on this day or later, ISO.
    #[param(schema_with = crate::api::describe::day)]
    pub(crate) since: Option<String>,
    /// Said on this day or before.
    #[param(schema_with = crate::api::describe::day)]
    pub(crate) until: Option<String>,
    /// `articles` for whole articles.
    #[serde(rename = "in")]
    #[param(ignore)]
    pub(crate) within: Option<String>,
    /// Which page, from 0.
    #[serde(default)]
    #[param(ignore)]
    pub(crate) page: usize,
}

impl Wanted {
    /// As the archive asks, `most` hits at most.
    pub(crate) fn query(&self, desk: &Desk, most: usize) -> Result<onrecord_archive::Query, Refusal> {
        let given = |field: &Option<String>| field.as_ref().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let day = |name: &str, field: &Option<String>| match given(field) {
            Some(day) if day.parse::<jiff::civil::Date>().is_err() => Err(Refusal::wrong(format!("{name} is no day such as 2031-03-04: {day}"))),
            day => Ok(day),
        };
        let like = match given(&self.like) {
            Some(like) if like.chars().count() > LONGEST => return Err(Refusal::wrong(format!("like holds more than {LONGEST} letters"))),
            Some(like) => Some(Like::of(&like, desk.reader())),
            None => None,
        };
        Ok(onrecord_archive::Query {
            words: self.q.clone(),
            like,
            by: given(&self.by),
            about: given(&self.about),
            outlet: given(&self.outlet),
            story: given(&self.story),
            sourcing: named::<SourceClass>("sourcing", given(&self.sourcing))?,
            act: named::<Act>("act", given(&self.act))?,
            form: named::<Quoting>("form", given(&self.form))?,
            since: day("since", &self.since)?,
            until: day("until", &self.until)?,
            most,
            ..onrecord_archive::Query::default()
        })
    }

    /// Refuses what whole articles are not searched by.
    pub(crate) fn of_articles(query: &onrecord_archive::Query) -> Result<(), Refusal> {
        if query.like.is_some() { Err(Refusal::wrong("whole articles are found by their words alone, not by what is like them")) } else { Ok(()) }
    }

    fn is_articles(&self) -> bool {
        self.within.as_deref() == Some("articles")
    }

    fn is_empty(&self) -> bool {
        let fields = [&self.like, &self.by, &self.about, &self.outlet, &self.story, &self.sourcing, &self.act, &self.form, &self.since, &self.until];
        self.q.trim().is_empty() && fields.iter().all(|field| field.as_ref().is_none_or(|value| value.trim().is_empty()))
    }

    /// The address of the same search, on another page.
    fn link(&self, page: usize) -> String {
        let fields = [
            ("like", &self.like),
            ("by", &self.by),
            ("about", &self.about),
            ("outlet", &self.outlet),
            ("story", &self.story),
            ("sourcing", &self.sourcing),
            ("act", &self.act),
            ("form", &self.form),
            ("since", &self.since),
            ("until", &self.until),
            ("in", &self.within),
        ];
        let given = fields.iter().filter_map(|(name, value)| Some((*name, value.as_deref().filter(|value| !value.is_empty())?)));
        let all = [("q", self.q.as_str())].into_iter().chain(given).map(|(name, value)| format!("{name}={}", encoded(value)));
        format!("/search?{}&page={page}", all.collect::<Vec<_>>().join("&"))
    }
}

/// A label that there is, refused with those there are.
fn named<T: Named + Copy>(field: &str, given: Option<String>) -> Result<Option<String>, Refusal> {
    match given {
        Some(name) if T::from_name(&name).is_none() => {
            let all = T::ALL.iter().map(|label| label.name()).collect::<Vec<_>>().join(", ");
            Err(Refusal::wrong(format!("{field} is none of {all}: {name}")))
        }
        given => Ok(given),
    }
}

/// As it stands in an address.
pub(crate) fn encoded(value: &str) -> String {
    let byte = |byte: u8| if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    value.bytes().map(byte).collect()
}

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    frame: Frame,
    wanted: Wanted,
    is_asked: bool,
    is_articles: bool,
    lines: Vec<Line>,
    articles: Vec<Article>,
    told: String,
    before: Option<String>,
    next: Option<String>,
    acts: Vec<(&'static str, String, bool)>,
    sourcings: Vec<(&'static str, String, bool)>,
    forms: Vec<(&'static str, String, bool)>,
}

impl Search {
    fn field<'a>(&self, field: &'a Option<String>) -> &'a str {
        field.as_deref().unwrap_or_default()
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Asked(wanted): Asked<Wanted>, form: Form) -> Result<Response, Refusal> {
    let from = wanted.page.saturating_mul(MOST);
    if from >= DEEPEST {
        return Err(Refusal::wrong("nobody leafs so far: narrow the search"));
    }
    let query = wanted.query(&desk, from + MOST + 1)?;
    let (is_asked, is_articles) = (!wanted.is_empty(), wanted.is_articles());
    if is_articles {
        Wanted::of_articles(&query)?;
    }
    let (spoken, articles, order) = desk
        .read(move |_, archive| match (is_asked, is_articles) {
            (false, _) => Ok((Vec::new(), Vec::new(), Order::Newest)),
            (true, true) => archive.search_articles(&query).map(|found| (Vec::new(), found.hits, found.order)).map_err(Refusal::from),
            (true, false) => archive.search(&query).map(|found| (found.hits, Vec::new(), found.order)).map_err(Refusal::from),
        })
        .await?;
    let more = spoken.len().max(articles.len()) > from + MOST;
    let spoken: Vec<_> = spoken.into_iter().skip(from).take(MOST).collect();
    let articles: Vec<_> = articles.into_iter().skip(from).take(MOST).collect();
    let count = spoken.len().max(articles.len());
    let page = || Search {
        is_asked,
        is_articles,
        lines: spoken.iter().map(Line::of).collect(),
        articles: articles.clone(),
        told: told(count, from, more, order, is_articles),
        before: (wanted.page > 0).then(|| wanted.link(wanted.page - 1)),
        next: more.then(|| wanted.link(wanted.page + 1)),
        acts: choices::<Act>(&wanted.act),
        sourcings: choices::<SourceClass>(&wanted.sourcing),
        forms: choices::<Quoting>(&wanted.form),
        frame: Frame::new("Search", Part::Search, wanted.link(wanted.page).replacen("/search?", "/search.json?", 1)),
        wanted: wanted.clone(),
    };
    either(form, || json!({ "statements": spoken, "articles": articles, "order": if order == Order::Best { "best" } else { "newest" } }), page)
}

fn told(count: usize, from: usize, more: bool, order: Order, is_articles: bool) -> String {
    let one = if is_articles { "article" } else { "statement" };
    let order = match order {
        Order::Best => "the best first",
        Order::Newest => "the newest first",
    };
    match (count, from, more) {
        (0, _, _) => format!("No {one} has all of this."),
        (count, 0, false) => format!("{}, {order}", words::counted(count as i64, one)),
        (count, from, _) => format!("{one}s {} to {}, {order}", from + 1, from + count),
    }
}

fn choices<T: Named + Copy + 'static>(now: &Option<String>) -> Vec<(&'static str, String, bool)> {
    T::ALL.iter().map(|label| (label.name(), words::spaced(label.name()), now.as_deref() == Some(label.name()))).collect()
}
