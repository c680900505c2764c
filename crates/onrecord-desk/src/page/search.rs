//! Search: statements or whole articles by their words, by what they mean, and by who, where, when and how.

use crate::answer::{Asked, Form, Frame, Part, either};
use crate::desk::Desk;
use crate::differ::Run;
use crate::feeds::{self, Base, Of};
use crate::leafing::address;
use crate::page::passage::Passage;
use crate::refusal::Refusal;
use crate::words::{self, Choice, Line};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use onrecord::act::Act;
use onrecord::sourcing::SourceClass;
use onrecord::statement::Form as Quoting;
use onrecord::wire::Named;
use onrecord_archive::{Archive, Article, Facet, Facets, Like, Order, Spoken};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use utoipa::IntoParams;

/// Hits on one page.
const MOST: usize = 30;
/// The most that is leafed through; who wants more, narrows the search.
const DEEPEST: usize = 1_000;
/// Hits of a feed.
const NEWEST: usize = 100;
/// Choices of each kind by which a search can be narrowed.
const CHOICES: usize = 8;
/// Months of these; who wants earlier ones, gives the days.
const MONTHS: usize = 12;
/// Bytes of an article around the words that it was found by, at least.
const AROUND: usize = 220;
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

    /// The words that are marked in what was found.
    fn marking(&self) -> String {
        let about = self.about.as_ref().map(|about| format!(" \"{}\"", about.replace('"', " "))).unwrap_or_default();
        format!("{}{about}", self.q)
    }

    fn is_empty(&self) -> bool {
        self.q.trim().is_empty() && !self.is_narrowed()
    }

    /// Whether it asks for more than words.
    fn is_narrowed(&self) -> bool {
        let fields = [&self.like, &self.by, &self.about, &self.outlet, &self.story, &self.sourcing, &self.act, &self.form, &self.since, &self.until];
        fields.iter().any(|field| field.as_ref().is_some_and(|value| !value.trim().is_empty()))
    }

    /// The address of the same search at `path`, on another page.
    fn link(&self, path: &str, page: usize) -> String {
        let fields = self.fields(page);
        address(path, &fields.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// As the form of a watch takes it.
    fn watch(&self) -> Vec<(&'static str, &str)> {
        let taken = [("by", &self.by), ("story", &self.story), ("about", &self.about), ("outlet", &self.outlet)];
        let labels = [("sourcing", &self.sourcing), ("act", &self.act), ("form", &self.form)];
        let all = taken.into_iter().chain(labels).map(|(name, field)| (name, field.as_deref().unwrap_or_default()));
        [("on", "said"), ("words", self.q.as_str())].into_iter().chain(all).collect()
    }

    /// Its fields as an address has them; empty where they ask for nothing.
    fn fields(&self, page: usize) -> [(&'static str, String); 13] {
        let given = |field: &'_ Option<String>| field.clone().unwrap_or_default();
        let page = if page == 0 { String::new() } else { page.to_string() };
        [
            ("q", self.q.clone()),
            ("like", given(&self.like)),
            ("by", given(&self.by)),
            ("about", given(&self.about)),
            ("outlet", given(&self.outlet)),
            ("story", given(&self.story)),
            ("sourcing", given(&self.sourcing)),
            ("act", given(&self.act)),
            ("form", given(&self.form)),
            ("since", given(&self.since)),
            ("until", given(&self.until)),
            ("in", given(&self.within)),
            ("page", page),
        ]
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

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    frame: Frame,
    wanted: Wanted,
    is_asked: bool,
    is_articles: bool,
    lines: Vec<Line>,
    articles: Vec<Excerpt>,
    narrower: Vec<Narrower>,
    counted: Option<String>,
    told: String,
    before: Option<String>,
    next: Option<String>,
    acts: Vec<Choice>,
    sourcings: Vec<Choice>,
    forms: Vec<Choice>,
}

/// A whole article, with the words around those that it was found by.
struct Excerpt {
    article: Article,
    is_opened: bool,
    runs: Vec<Run>,
    is_broken_off: bool,
    place: String,
}

/// By what the search can be narrowed, with how many are left then; or what it is narrowed by.
struct Narrower {
    by: &'static str,
    /// Each with its name, its count and its address.
    choices: Vec<(String, String, String)>,
    /// Where it is not narrowed by it any more.
    wider: Option<String>,
}

impl Search {
    fn counted_at_most(&self) -> String {
        words::number(onrecord_archive::COUNTED as i64)
    }

    fn field<'a>(&self, field: &'a Option<String>) -> &'a str {
        field.as_deref().unwrap_or_default()
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Asked(wanted): Asked<Wanted>, Base(base): Base, form: Form) -> Result<Response, Refusal> {
    if form.is_feed() {
        return feed(desk, wanted, &base, form).await;
    }
    let from = wanted.page.saturating_mul(MOST);
    if from >= DEEPEST {
        return Err(Refusal::wrong("nobody leafs so far: narrow the search"));
    }
    let query = wanted.query(&desk, from + MOST + 1)?;
    let (is_asked, is_articles) = (!wanted.is_empty(), wanted.is_articles());
    if is_articles {
        Wanted::of_articles(&query)?;
    }
    let asked = wanted.clone();
    let Seen { spoken, lines, articles, order, more, facets } = desk.read(move |_, archive| seen(archive, &asked, &query, form)).await?;
    let count = spoken.len().max(articles.len());
    let frame = Frame::new("Search", Part::Search, wanted.link("/search.json", wanted.page));
    let fields = wanted.fields(0);
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let page = || Search {
        is_asked,
        is_articles,
        lines: lines.into_iter().map(|line| line.marked(&wanted.marking())).collect(),
        articles: articles.iter().map(|article| excerpt(article, &wanted.q)).collect(),
        narrower: narrower(&wanted, &facets),
        counted: facets.are_all.then(|| words::counted(facets.counted as i64, "statement")),
        told: told(count, from, more, order, is_articles),
        before: (wanted.page > 0).then(|| wanted.link("/search", wanted.page - 1)),
        next: more.then(|| wanted.link("/search", wanted.page + 1)),
        acts: words::choices::<Act>(wanted.act.as_deref()),
        sourcings: words::choices::<SourceClass>(wanted.sourcing.as_deref()),
        forms: words::choices::<Quoting>(wanted.form.as_deref()),
        frame: if is_asked { frame.with_feeds("/search", &fields).with_watch(&wanted.watch()) } else { frame },
        wanted: wanted.clone(),
    };
    either(form, || json!({ "statements": spoken, "articles": articles, "order": if order == Order::Best { "best" } else { "newest" } }), page)
}

/// What a page of the search shows.
struct Seen {
    spoken: Vec<Spoken>,
    lines: Vec<Line>,
    articles: Vec<Article>,
    order: Order,
    more: bool,
    facets: Facets,
}

fn seen(archive: &Archive, wanted: &Wanted, query: &onrecord_archive::Query, form: Form) -> Result<Seen, Refusal> {
    let from = wanted.page * MOST;
    let (mut spoken, mut articles, order) = match (!wanted.is_empty(), wanted.is_articles()) {
        (false, _) => (Vec::new(), Vec::new(), Order::Newest),
        (true, true) => archive.search_articles(query).map(|found| (Vec::new(), found.hits, found.order))?,
        (true, false) => archive.search(query).map(|found| (found.hits, Vec::new(), found.order))?,
    };
    let more = spoken.len().max(articles.len()) > from + MOST;
    spoken = spoken.into_iter().skip(from).take(MOST).collect();
    articles = articles.into_iter().skip(from).take(MOST).collect();
    // Programs count for themselves.
    let (lines, facets) = match form {
        Form::Page if !wanted.is_empty() && !wanted.is_articles() => (Line::each(archive, &spoken)?, archive.facets(query, CHOICES)?),
        Form::Page | Form::Json | Form::Atom | Form::Feed => (Vec::new(), Facets::default()),
    };
    Ok(Seen { lines, spoken, articles, order, more, facets })
}

/// The words around those that an article was found by, these marked.
fn excerpt(article: &Article, query: &str) -> Excerpt {
    let first = onrecord_archive::hits(query, &article.text).into_iter().next().unwrap_or(0..0);
    let passage = Passage::of(&article.text, first, AROUND);
    let runs = words::marked(query, &[passage.before, passage.words, passage.after].concat());
    let is_placed = article.start < article.end;
    let place = if is_placed { words::place_of_words(&article.id, article.start, article.end) } else { format!("/documents/{}", article.id) };
    Excerpt { is_opened: passage.is_opened, is_broken_off: passage.is_broken_off, runs, place, article: article.clone() }
}

/// What a search can be narrowed by, what it finds of it, and how it is narrowed; nothing makes it wider.
type Kind<'a> = (&'static str, &'a [Facet], fn(&mut Wanted, &str));

/// By what the search can be narrowed; what it is narrowed by can be dropped.
fn narrower(wanted: &Wanted, facets: &Facets) -> Vec<Narrower> {
    let kinds: [Kind<'_>; 7] = [
        ("Said by", &facets.speakers, |to, value| to.by = Some(value.to_owned())),
        ("Outlet", &facets.outlets, |to, value| to.outlet = Some(value.to_owned())),
        ("Story", &facets.stories, |to, value| to.story = Some(value.to_owned())),
        ("Source", &facets.sourcings, |to, value| to.sourcing = Some(value.to_owned())),
        ("What it does", &facets.acts, |to, value| to.act = Some(value.to_owned())),
        ("Quoted", &facets.forms, |to, value| to.form = Some(value.to_owned())),
        ("Month", &facets.months, within_month),
    ];
    let kind = |(by, facets, set): Kind<'_>| {
        let first = Wanted { page: 0, ..wanted.clone() };
        let to = |value: &str| {
            let mut to = first.clone();
            set(&mut to, value);
            to.link("/search", 0)
        };
        let is_narrowed = to("") != first.link("/search", 0);
        let name = |facet: &Facet| if by == "Month" { words::month(&facet.value) } else { words::spaced(&facet.name) };
        let choices = facets.iter().take(MONTHS).map(|facet| (name(facet), words::number(facet.count as i64), to(&facet.value))).collect();
        Narrower { by, choices, wider: is_narrowed.then(|| to("")) }
    };
    kinds.into_iter().map(kind).filter(|it| it.wider.is_some() || it.choices.len() > 1).collect()
}

/// Sets the days to those of a month; to all for none.
fn within_month(wanted: &mut Wanted, month: &str) {
    let is_month = !month.is_empty();
    wanted.since = is_month.then(|| format!("{month}-01"));
    wanted.until = is_month.then(|| words::last_day(month));
}

/// What the search finds, what was added last first.
async fn feed(desk: Arc<Desk>, wanted: Wanted, base: &str, form: Form) -> Result<Response, Refusal> {
    let (query, is_articles) = (wanted.query(&desk, NEWEST)?, wanted.is_articles());
    if wanted.is_empty() {
        return Err(Refusal::wrong("a feed is of a search for something"));
    }
    if is_articles {
        Wanted::of_articles(&query)?;
    }
    let entries = desk
        .read(move |_, archive| match is_articles {
            true => Ok(feeds::articles(&archive.latest_articles(&query, NEWEST)?)),
            false => Ok(feeds::spoken(&archive.latest_found(&query, NEWEST)?)),
        })
        .await?;
    let first = Wanted { page: 0, ..wanted };
    let given = [&first.like, &first.by, &first.about, &first.outlet].into_iter().flatten().map(String::as_str);
    let title = std::iter::once(first.q.as_str()).chain(given).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
    let of = Of { base, page: first.link("/search", 0), own: first.link(&format!("/search{}", form.ending()), 0), title: format!("Search: {title}") };
    feeds::answer(form, of, entries)
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
        (count, from, _) => format!("{}s {} to {}, {order}", if is_articles { "Article" } else { "Statement" }, from + 1, from + count),
    }
}
