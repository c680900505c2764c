//! Correcting a story: which documents belong to it, what is another's, which relations do not hold, who is the same.

use crate::answer::{Form, Frame, Part, either};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::session::Session;
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord::line::one_line;
use onrecord::wire::Named;
use onrecord_archive::{Archive, Cut, Known, Story};
use onrecord_export::page;
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;

/// Stories later than this one, and as many earlier, that a document can be moved to: those about one happening lie near in time.
const BESIDE: usize = 40;

#[derive(Template)]
#[template(path = "fix.html")]
struct Fix<'a> {
    frame: Frame,
    story: &'a str,
    headline: &'a str,
    documents: &'a [page::Document],
    relations: Vec<Relation>,
    people: Vec<Known>,
    may_be: Vec<Pair>,
    others: Vec<Story>,
    token: String,
}

#[derive(Serialize)]
struct Relation {
    id: String,
    kind: String,
    why: String,
}

/// Two who may be one.
#[derive(Serialize)]
struct Pair {
    one: Known,
    other: Known,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Path(id): Path<String>, session: Session, form: Form) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let shown = desk.story(archive, &id)?;
        let others = beside(archive, &shown.id)?;
        let record = &shown.story.record;
        let relation = |it: &onrecord::wire::record::Relation| Relation { id: it.id.clone(), kind: words::spaced(it.kind.name()), why: one_line(&it.why) };
        let known = |id: &str| Some(Known { id: shown.listed(id)?.to_owned(), name: shown.name(id)? });
        let pair = |(one, other): (&str, &str)| Some(Pair { one: known(one)?, other: known(other)? });
        let pairs =
            record.people.iter().flat_map(|person| person.may_be.iter().map(|other| (person.id.as_str(), other.as_str()))).filter(|(one, other)| one < other);
        let page = Fix {
            frame: Frame::new(format!("Correct: {}", shown.page.title), Part::Corrections, format!("/stories/{}/correct.json", shown.id)),
            story: &shown.id,
            headline: &shown.page.title,
            documents: &shown.page.documents,
            relations: record.relations.iter().map(relation).collect(),
            people: shown.page.people.iter().filter_map(|person| known(&person.id)).collect(),
            may_be: pairs.filter_map(pair).collect(),
            others,
            token: session.token,
        };
        either(form, || page.as_json(), || &page)
    })
    .await
}

impl Fix<'_> {
    /// What can be chosen, without the forms.
    fn as_json(&self) -> serde_json::Value {
        let document = |it: &page::Document| json!({ "id": it.name, "title": it.title, "outlet": it.outlet, "when": it.when.iso });
        json!({
            "story": self.story,
            "headline": self.headline,
            "documents": self.documents.iter().map(document).collect::<Vec<_>>(),
            "people": self.people,
            "may_be": self.may_be,
            "relations": self.relations,
            "others": self.others,
        })
    }
}

/// The stories next to this one in time, the latest first.
fn beside(archive: &Archive, id: &str) -> Result<Vec<Story>, Refusal> {
    let key = Archive::story_key(&archive.story_named(id)?);
    let mut beside = archive.stories_part(&Cut::Before(key.clone()), BESIDE)?.items;
    beside.extend(archive.stories_part(&Cut::After(key), BESIDE)?.items);
    Ok(beside)
}
