//! Stories as linked data of schema.org: articles, quotations, claims and where they appear.
//!
//! Only words between quotation marks become the text of a `Quotation`, and only of what was said; a paraphrase is none.

use crate::annotation::OURS;
use crate::format::Form;
use crate::quoted::Quoted;
use crate::view::{Held, View};
use crate::{Error, Story, link};
use onrecord::act::Factuality;
use onrecord::entity::EntityKind;
use onrecord::line::one_line;
use onrecord::wire::Interval;
use onrecord::wire::record::{Claim, Origin, Person, Statement};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};
use std::io::Write;

/// Begins a graph.
pub(crate) fn begin<W: Write>(mut output: W) -> Result<Graph<W>, Error> {
    write!(output, "{{\"@context\":\"https://schema.org\",\"@graph\":[")?;
    Ok(Graph { output, seen: HashSet::new() })
}

/// A graph being written.
pub(crate) struct Graph<W> {
    output: W,
    /// What stands in it already: a document may touch several stories.
    seen: HashSet<String>,
}

impl<W: Write> Graph<W> {
    fn node(&mut self, node: Value) -> Result<(), Error> {
        let id = node["@id"].as_str().unwrap_or_default().to_owned();
        let between = if self.seen.is_empty() { "\n" } else { ",\n" };
        if self.seen.insert(id) {
            write!(self.output, "{between}{node}")?;
        }
        Ok(())
    }
}

impl<W: Write> Form for Graph<W> {
    fn story(&mut self, story: &Story) -> Result<(), Error> {
        let view = View::of(story);
        let quoted: Vec<Quoted<'_>> = story.record.documents.iter().map(Quoted::of).collect();
        for held in view.held() {
            self.node(article(held))?;
        }
        for statement in story.record.statements.iter().filter(|statement| statement.factuality == Factuality::Actual) {
            let Some(held) = view.document(&statement.document) else { continue };
            for (number, words) in quoted[held.at].of_statement(statement).into_iter().enumerate() {
                self.node(quotation(&view, statement, held, number, &words.text))?;
            }
        }
        for claim in &story.record.origins {
            if let Some(node) = self::claim(&view, claim) {
                self.node(node)?;
            }
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> Result<(), Error> {
        writeln!(self.output, "\n]}}")?;
        Ok(self.output.flush()?)
    }
}

/// A node without what is not known.
fn known<const N: usize>(properties: [(&str, Value); N]) -> Value {
    let properties = properties.into_iter().filter(|(_, value)| !value.is_null());
    properties.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

/// What an article goes by: its name with us, which every other node points at.
fn id(held: Held<'_>) -> String {
    format!("{OURS}{}", held.kept.id)
}

fn article(held: Held<'_>) -> Value {
    let document = held.document;
    let named = |kind: &str, name: &Option<String>| name.as_deref().map(|name| json!({"@type": kind, "name": one_line(name)}));
    known([
        ("@type", "NewsArticle".into()),
        ("@id", id(held).into()),
        ("headline", held.title().into()),
        ("url", document.url.as_deref().and_then(link::web).into()),
        ("datePublished", document.published.clone().into()),
        ("author", named("Person", &document.byline).into()),
        ("publisher", named("Organization", &document.outlet).into()),
        ("inLanguage", "en".into()),
    ])
}

/// Words that somebody said, as the article has them between its quotation marks.
fn quotation(view: &View<'_>, statement: &Statement, held: Held<'_>, number: usize, words: &str) -> Value {
    let name = view.outside(&statement.id);
    let part = if number == 0 { String::new() } else { format!(".{}", number + 1) };
    let day = statement.said.as_ref().and_then(Interval::day);
    known([
        ("@type", "Quotation".into()),
        ("@id", format!("{OURS}{name}{part}").into()),
        ("text", words.into()),
        ("creator", view.person(statement.speaker.as_deref()).map(|person| somebody(view, person)).into()),
        ("dateCreated", day.into()),
        ("isPartOf", json!({"@id": id(held)})),
        ("url", held.document.url.as_deref().and_then(|url| link::to_place(url, words)).into()),
        ("inLanguage", "en".into()),
    ])
}

/// Who spoke. Somebody unnamed is described, never named.
fn somebody(view: &View<'_>, person: &Person) -> Value {
    let id = format!("{OURS}{}", view.within(&person.id));
    let name = one_line(&person.name);
    match person.kind {
        EntityKind::Person => {
            known([("@type", "Person".into()), ("@id", id.into()), ("name", name.into()), ("jobTitle", person.roles.first().map(|role| one_line(role)).into())])
        }
        EntityKind::Organization | EntityKind::Outlet => json!({"@type": "Organization", "@id": id, "name": name}),
        EntityKind::Anonymous | EntityKind::Office => json!({"@type": "Person", "@id": id, "description": name}),
        EntityKind::Group => json!({"@type": "Organization", "@id": id, "description": name}),
        EntityKind::Thing => json!({"@type": "Thing", "@id": id, "name": name}),
    }
}

/// A claim that somebody made, and the articles it appears in.
fn claim(view: &View<'_>, claim: &Claim) -> Option<Value> {
    let said = claim.statements.iter().filter_map(|id| view.statement(id)).filter(|statement| statement.factuality == Factuality::Actual);
    let held: BTreeMap<usize, Held<'_>> = said.filter_map(|statement| view.document(&statement.document)).map(|held| (held.at, held)).collect();
    let appearances: Vec<Value> = held.values().map(|held| json!({"@id": id(*held)})).collect();
    if appearances.is_empty() {
        return None;
    }
    let authors: Vec<Value> = claim.origins.iter().filter_map(|origin| author(view, origin)).collect();
    Some(known([
        ("@type", "Claim".into()),
        ("@id", format!("{OURS}{}", view.within(&claim.id)).into()),
        ("text", one_line(&claim.claim).into()),
        ("author", Some(authors).filter(|authors| !authors.is_empty()).into()),
        ("appearance", appearances.into()),
        ("firstAppearance", first(&held).map(|held| json!({"@id": id(held)})).into()),
    ]))
}

fn author(view: &View<'_>, origin: &Origin) -> Option<Value> {
    view.person(origin.person.as_deref()).map(|person| somebody(view, person))
}

/// The earliest of some documents, if the days of all are known and one is before all others.
fn first<'a>(held: &BTreeMap<usize, Held<'a>>) -> Option<Held<'a>> {
    let mut days: Vec<(&str, Held<'a>)> = held.values().map(|held| Some((held.day()?, *held))).collect::<Option<_>>()?;
    days.sort_by_key(|(day, held)| (*day, held.at));
    match days.as_slice() {
        [(_, only)] => Some(*only),
        [(day, first), (next, _), ..] if day < next => Some(*first),
        _ => None,
    }
}
