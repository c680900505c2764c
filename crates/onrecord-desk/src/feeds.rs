//! Feeds of new stories and questions, of what is new in a story, of a person, about a question, in a search, and from the watches.

use crate::answer::{Form, of_bytes};
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::words;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use onrecord::act::Factuality;
use onrecord::line::one_line;
use onrecord::wire::Named;
use onrecord_archive::{Article, Asking, Dated, News, Question as Asked, Spoken, Story};
use onrecord_export::feed::{ENTRIES, Entry, Feed};
use onrecord_export::page::{Document, Pair, Question, Said};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// Where the desk is, as whoever asks calls it: `http://127.0.0.1:4180`.
pub(crate) struct Base(pub(crate) String);

impl<S: Sync> FromRequestParts<S> for Base {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Base, Infallible> {
        let said = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        // Who stands before the desk and encrypts says so; at worst a link of a feed is wrong.
        let scheme = if said("x-forwarded-proto") == Some("https") { "https" } else { "http" };
        Ok(Base(format!("{scheme}://{}", said(header::HOST.as_str()).unwrap_or("localhost"))))
    }
}

/// What a feed is of.
pub(crate) struct Of<'a> {
    pub(crate) base: &'a str,
    /// The address of the page.
    pub(crate) page: String,
    /// The address of the feed, with the ending it was asked with.
    pub(crate) own: String,
    pub(crate) title: String,
}

/// The feed in the form that is asked for.
pub(crate) fn answer(form: Form, of: Of<'_>, entries: Vec<Entry>) -> Result<Response, Refusal> {
    let link = |path: &str| Some(format!("{}{path}", of.base));
    let absolute = |entry: Entry| Entry { link: entry.link.as_deref().and_then(link), ..entry };
    let feed = Feed {
        id: format!("urn:onrecord:{}", of.page),
        title: of.title,
        home: link(&of.page),
        own: link(&of.own),
        entries: entries.into_iter().map(absolute).collect(),
    };
    match form {
        Form::Atom => Ok(of_bytes("application/atom+xml; charset=utf-8", feed.atom().into())),
        Form::Feed => Ok(of_bytes("application/feed+json; charset=utf-8", format!("{:#}", feed.json()).into())),
        Form::Page | Form::Json => Err(Refusal::fault()),
    }
}

/// What watches told, as a feed of its own.
pub fn of_news<'a>(news: impl IntoIterator<Item = &'a News>) -> Feed {
    Feed { id: "urn:onrecord:news".to_owned(), title: "Onrecord: news".to_owned(), entries: news.into_iter().map(news_entry).collect(), ..Feed::default() }
}

/// Something a watch told.
pub(crate) fn news_entry(news: &News) -> Entry {
    let line = |quoted: &onrecord_archive::Quoted| format!("{}: {} [{}]", quoted.speaker.as_deref().unwrap_or("somebody"), quoted.text, quoted.id);
    Entry {
        id: format!("urn:onrecord:{}:{}", news.story, news.id),
        title: format!("{}: {}", news.headline, news.line),
        at: news.at.clone(),
        text: news.words.iter().map(line).collect::<Vec<_>>().join("\n"),
        link: None,
        more: serde_json::to_value(news).ok(),
    }
}

/// Statements of a list.
pub(crate) fn spoken(found: &[Dated<Spoken>]) -> Vec<Entry> {
    let entry = |Dated { added_at, it }: &Dated<Spoken>| {
        let parts = if it.content.is_empty() { &it.cue } else { &it.content };
        let outlet = it.outlet.as_deref().unwrap_or_else(|| words::file(&it.path));
        let not = if it.factuality == "actual" { String::new() } else { format!("[not said: {}] ", words::spaced(&it.factuality)) };
        Entry {
            id: format!("urn:onrecord:{}", it.id),
            title: format!("{}, in {}", it.speaker.as_deref().unwrap_or("Nobody named"), one_line(outlet)),
            at: added_at.clone(),
            text: format!("{not}{}", parts.iter().map(|part| one_line(part)).collect::<Vec<_>>().join(" … ")),
            link: Some(words::place_of(&it.id)),
            more: serde_json::to_value(it).ok(),
        }
    };
    found.iter().map(entry).collect()
}

/// Articles of a search.
pub(crate) fn articles(found: &[Dated<Article>]) -> Vec<Entry> {
    let entry = |Dated { added_at, it }: &Dated<Article>| Entry {
        id: format!("urn:onrecord:{}", it.id),
        title: it.outlet.clone().unwrap_or_else(|| words::file(&it.path).to_owned()),
        at: added_at.clone(),
        text: it.text.clone(),
        link: Some(format!("/documents/{}", it.id)),
        more: serde_json::to_value(it).ok(),
    };
    found.iter().map(entry).collect()
}

/// New stories.
pub(crate) fn stories(found: &[Dated<Story>]) -> Vec<Entry> {
    let entry = |Dated { added_at, it }: &Dated<Story>| Entry {
        id: format!("urn:onrecord:story:{}", it.id),
        title: it.headline.clone(),
        at: added_at.clone(),
        text: words::counted(it.documents, "document"),
        link: Some(format!("/stories/{}", it.id)),
        more: serde_json::to_value(it).ok(),
    };
    found.iter().map(entry).collect()
}

/// Questions of stories, each with when something came to its story last; new whenever one stands otherwise.
pub(crate) fn questions(found: &[Dated<Asked>]) -> Vec<Entry> {
    let entry = |Dated { added_at, it }: &Dated<Asked>| Entry {
        id: question_name(&it.story, &it.text, &it.status),
        title: format!("Question, {}: {}", it.status, one_line(&it.text)),
        at: added_at.clone(),
        text: it.askings.iter().map(asking_line).collect::<Vec<_>>().join("\n"),
        link: Some(format!("/stories/{}/questions/q{}", it.story, it.number)),
        more: serde_json::to_value(it).ok(),
    };
    let mut entries: Vec<Entry> = found.iter().map(entry).collect();
    entries.sort_by_key(|entry| Reverse(entry.at.clone()));
    entries
}

fn asking_line(asking: &Asking) -> String {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "somebody".to_owned());
    format!("{} asked {}: {}", name(&asking.asker), name(&asking.addressee), words::answer(asking))
}

/// What tells a question, as it stands, from others: its words do, its number does not.
fn question_name(story: &str, text: &str, status: &str) -> String {
    format!("urn:onrecord:{story}:question:{}:{status}", &blake3::hash(text.as_bytes()).to_hex()[..16])
}

/// What came to a story: articles, conflicts, what was overtaken, questions, statements; the newest first.
pub(crate) fn story(shown: &Shown) -> Vec<Entry> {
    let page = &shown.page;
    let documents = page.documents.iter().map(|it| document(shown, it));
    let conflicts = page.conflicts.iter().map(|pair| pair_entry(shown, pair, "Conflict"));
    let overtaken = page.overtaken.iter().map(|pair| pair_entry(shown, pair, "Overtaken"));
    let questions = page.questions.iter().map(|it| question_entry(shown, it));
    // The statements of the articles that came last: what nobody sees is not made.
    let mut latest: Vec<&Document> = page.documents.iter().collect();
    latest.sort_by_key(|document| Reverse(added_of(shown, &document.id)));
    let statements = latest.into_iter().flat_map(|document| &document.statements).filter(|said| said.unsaid.is_none()).take(ENTRIES).map(|it| said(shown, it));
    let mut entries: Vec<Entry> = documents.chain(conflicts).chain(overtaken).chain(questions).chain(statements).collect();
    entries.sort_by_key(|entry| Reverse(entry.at.clone()));
    entries.truncate(ENTRIES);
    entries
}

/// Each time a question was put, the newest first.
pub(crate) fn question(shown: &Shown, id: &str) -> Vec<Entry> {
    let Some(question) = shown.story.record.questions.iter().find(|question| question.id == id) else { return Vec::new() };
    let entry = |asking: &onrecord::wire::record::Asking| {
        let all = || asking.asked_in.iter().chain(&asking.answered_in);
        let told = all().filter_map(|id| shown.said(id)).map(line).collect::<Vec<_>>();
        let names: Vec<&str> = all().filter_map(|id| shown.said(id)).map(|said| said.name.as_str()).collect();
        let name = |id: &Option<String>| id.as_deref().and_then(|id| shown.name(id)).unwrap_or_else(|| "somebody".to_owned());
        Entry {
            id: format!("urn:onrecord:asking:{}", names.join("+")),
            title: format!("{} asked {}: {}", name(&asking.asker), name(&asking.addressee), words::spaced(asking.answer.name())),
            at: all().filter_map(|id| added(shown, id)).max().unwrap_or_default().to_owned(),
            text: told.join("\n"),
            link: names.last().map(|name| words::place_of(name)),
            more: serde_json::to_value(asking).ok(),
        }
    };
    let mut entries: Vec<Entry> = question.askings.iter().map(entry).collect();
    entries.sort_by_key(|entry| Reverse(entry.at.clone()));
    entries
}

/// When the document of a statement was added.
fn added<'a>(shown: &'a Shown, id: &str) -> Option<&'a str> {
    let document = &shown.statement(id)?.document;
    added_of(shown, document)
}

fn added_of<'a>(shown: &'a Shown, document: &str) -> Option<&'a str> {
    let at = shown.story.record.documents.iter().position(|it| it.id == document)?;
    shown.story.documents[at].added_at.as_deref()
}

fn line(said: &Said) -> String {
    format!("{}: {} [{}]", said.speaker, one_line(&words::text(said)), said.name)
}

fn document(shown: &Shown, document: &Document) -> Entry {
    let version = shown.story.documents.iter().find(|kept| kept.id == document.name).map_or(1, |kept| kept.version);
    let by = document.outlet.as_deref().map_or_else(|| document.file.clone(), one_line);
    Entry {
        id: format!("urn:onrecord:{}:{version}", document.name),
        title: format!("{by}: {}", document.title),
        at: added_of(shown, &document.id).unwrap_or_default().to_owned(),
        text: words::counted(document.statements.len() as i64, "statement"),
        link: Some(format!("/documents/{}", document.name)),
        more: None,
    }
}

fn pair_entry(shown: &Shown, pair: &Pair, kind: &str) -> Entry {
    let sides: Vec<&Said> = pair.sides.iter().flatten().collect();
    let names = sides.iter().map(|said| said.name.as_str()).collect::<Vec<_>>().join("+");
    Entry {
        id: format!("urn:onrecord:{}:{names}", kind.to_lowercase()),
        title: format!("{kind}: {}", pair.why),
        at: sides.iter().filter_map(|said| added(shown, &said.id)).max().unwrap_or_default().to_owned(),
        text: sides.iter().map(|said| line(said)).collect::<Vec<_>>().join("\n"),
        link: Some(format!("/stories/{}#{}", shown.id, pair.id)),
        more: None,
    }
}

/// A question, new whenever it stands otherwise.
fn question_entry(shown: &Shown, question: &Question) -> Entry {
    let said: BTreeMap<&str, &Said> =
        question.askings.iter().flat_map(|asking| asking.asked.iter().chain(&asking.said)).map(|said| (said.name.as_str(), said)).collect();
    Entry {
        id: question_name(&shown.id, &question.text, question.status),
        title: format!("Question, {}: {}", question.status, question.text),
        at: said.values().filter_map(|said| added(shown, &said.id)).max().unwrap_or_default().to_owned(),
        text: said.values().map(|said| line(said)).collect::<Vec<_>>().join("\n"),
        link: Some(format!("/stories/{}/questions/{}", shown.id, question.id)),
        more: None,
    }
}

fn said(shown: &Shown, said: &Said) -> Entry {
    let statement = shown.statement(&said.id).filter(|it| it.factuality == Factuality::Actual);
    Entry {
        id: format!("urn:onrecord:{}", said.name),
        title: format!("{}, in {}", said.speaker, said.place),
        at: added(shown, &said.id).unwrap_or_default().to_owned(),
        text: one_line(&words::text(said)),
        link: Some(words::place_of(&said.name)),
        more: statement.and_then(|it| serde_json::to_value(it).ok()),
    }
}
