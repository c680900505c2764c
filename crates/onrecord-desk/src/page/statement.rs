//! The page of one statement: its words in their place, why it is believed, and what a person can correct of it.

use crate::answer::{Form, Frame, Part, either};
use crate::desk::Desk;
use crate::page::document::{find, questions};
use crate::page::passage::Passage;
use crate::refusal::Refusal;
use crate::session::Session;
use crate::shown::Shown;
use crate::words::{self, Choice};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord::act::{Act, Factuality};
use onrecord::line::one_line;
use onrecord::sourcing::SourceClass;
use onrecord::wire::Named;
use onrecord::wire::record;
use onrecord_export::page::Said;
use onrecord_export::to_place;
use serde::Serialize;
use std::sync::Arc;

/// Bytes of text before and after a statement that are shown, at least; cut at a blank.
const AROUND: usize = 240;

#[derive(Template)]
#[template(path = "statement.html")]
struct Statement<'a> {
    frame: Frame,
    said: &'a Said,
    story: &'a str,
    headline: &'a str,
    document: String,
    title: &'a str,
    source: String,
    link: Option<String>,
    passage: Passage<'a>,
    reasons: Vec<Reason>,
    chain: Vec<String>,
    question: Option<String>,
    utterance: Option<(String, usize)>,
    related: Vec<Related<'a>>,
    before: Option<String>,
    next: Option<String>,
    token: String,
    speaker: Option<String>,
    content: String,
    source_words: String,
    names: Vec<String>,
    acts: Vec<Choice>,
    factualities: Vec<Choice>,
    sourcings: Vec<Choice>,
    corrections: Vec<String>,
}

/// Why a fact of it is believed.
#[derive(Serialize)]
struct Reason {
    fact: String,
    by: String,
    is_person: bool,
    words: Vec<String>,
    why: String,
    sure: String,
}

/// What it agrees or clashes with.
struct Related<'a> {
    kind: String,
    relation: &'a str,
    why: String,
    other: &'a Said,
}

#[derive(Serialize)]
struct Whole<'a> {
    id: &'a str,
    story: &'a str,
    #[serde(flatten)]
    statement: &'a record::Statement,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Path(id): Path<String>, session: Session, form: Form) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let (listed, shown) = find(desk, archive, words::document_of(&id))?;
        // A name may be shortened; the document's whole name makes it whole.
        let name = format!("{}{}", listed.id, id.get(words::document_of(&id).len()..).unwrap_or_default());
        let unknown = || Refusal::unknown(&name);
        let of_record = shown.id_of(&name).ok_or_else(unknown)?;
        let (said, statement) = (shown.said(of_record).ok_or_else(unknown)?, shown.statement(of_record).ok_or_else(unknown)?);
        let (_, document) = shown.document(&listed.id).ok_or_else(unknown)?;
        let json = || Whole { id: &said.name, story: &shown.id, statement };
        let page = || laid_out(&shown, said, statement, document, &session.token);
        either(form, json, page)
    })
    .await
}

fn laid_out<'a>(shown: &'a Shown, said: &'a Said, statement: &'a record::Statement, document: &'a record::Document, token: &str) -> Statement<'a> {
    let of_page = shown.laid_out(&document.id);
    let siblings = of_page.map(|it| it.statements.as_slice()).unwrap_or_default();
    let at = siblings.iter().position(|other| other.id == said.id).unwrap_or(0);
    let is_same = |other: &&Said| said.person.is_some() && other.person == said.person;
    let link = |other: &Said| format!("/statements/{}", other.name);
    let utterance = shown.story.record.utterances.iter().find(|utterance| utterance.statements.contains(&statement.id));
    let quoted = statement.matter().first();
    Statement {
        frame: Frame::new(format!("{}: {}", said.speaker, crate::draw::cut(&words::text(said), 60)), Part::Stories, format!("/statements/{}.json", said.name)),
        said,
        story: &shown.id,
        headline: &shown.page.title,
        document: words::document_of(&said.name).to_owned(),
        title: of_page.map_or("", |it| it.title.as_str()),
        source: said.place.clone(),
        link: document.url.as_deref().zip(quoted).and_then(|(url, words)| to_place(url, &words.text)),
        passage: passage(statement, &document.text),
        reasons: statement.evidence.iter().map(reason).collect(),
        chain: chain(shown, statement),
        question: questions(shown).get(said.id.as_str()).map(|question| format!("/stories/{}/questions/{question}", shown.id)),
        utterance: utterance.map(|it| (format!("/stories/{}/utterances/{}", shown.id, it.id), it.statements.len())),
        related: related(shown, &statement.id),
        before: siblings[..at].iter().rev().find(is_same).map(link),
        next: siblings.get(at + 1..).unwrap_or_default().iter().find(is_same).map(link),
        token: token.to_owned(),
        speaker: statement.speaker.as_deref().and_then(|id| shown.name(id)),
        content: statement.content.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join("\n"),
        source_words: statement.source.as_ref().map(|words| words.text.clone()).unwrap_or_default(),
        names: shown.page.people.iter().map(|person| person.name.clone()).collect(),
        acts: words::choices::<Act>(Some(statement.act.name())),
        factualities: words::choices::<Factuality>(Some(statement.factuality.name())),
        sourcings: words::choices::<SourceClass>(Some(statement.sourcing.name())),
        corrections: corrected(statement),
    }
}

fn corrected(statement: &record::Statement) -> Vec<String> {
    let mut all: Vec<String> = statement.evidence.iter().filter_map(|it| it.correction.clone()).collect();
    all.sort();
    all.dedup();
    all
}

fn passage<'a>(statement: &record::Statement, text: &'a str) -> Passage<'a> {
    let all = || statement.source.iter().chain(&statement.cue).chain(&statement.content);
    let start = all().map(|words| words.start).min().unwrap_or(0);
    let end = all().map(|words| words.end).max().unwrap_or(start);
    Passage::of(text, start..end, AROUND)
}

fn reason(evidence: &record::Evidence) -> Reason {
    let by = match (&evidence.rule, &evidence.model, &evidence.correction) {
        (_, _, Some(correction)) => format!("a person, {correction}"),
        (Some(rule), _, _) => format!("the rule {rule}"),
        (_, Some(model), _) => format!("the reader ({model})"),
        (None, None, None) => "the engine".to_owned(),
    };
    Reason {
        fact: words::spaced(&evidence.fact),
        by,
        is_person: evidence.correction.is_some(),
        words: evidence.words.iter().map(|place| one_line(&place.words.text)).collect(),
        why: evidence.why.clone(),
        sure: if evidence.score < 1.0 { format!("{:.0} %", evidence.score * 100.0) } else { String::new() },
    }
}

/// The hands it went through, the speaker first.
fn chain(shown: &Shown, statement: &record::Statement) -> Vec<String> {
    let hand =
        |relay: &record::Relay| relay.person.as_deref().and_then(|id| shown.name(id)).or_else(|| relay.words.as_ref().map(|words| one_line(&words.text)));
    let mut hands: Vec<String> = statement.chain.iter().rev().filter_map(hand).collect();
    hands.dedup();
    if hands.len() > 1 { hands } else { Vec::new() }
}

fn related<'a>(shown: &'a Shown, id: &String) -> Vec<Related<'a>> {
    let mut out = Vec::new();
    for relation in &shown.story.record.relations {
        let others = match (relation.a.contains(id), relation.b.contains(id)) {
            (true, _) => &relation.b,
            (_, true) => &relation.a,
            (false, false) => continue,
        };
        let other = others.first().and_then(|id| shown.said(id));
        out.extend(other.map(|other| Related { kind: words::spaced(relation.kind.name()), relation: &relation.id, why: one_line(&relation.why), other }));
    }
    out
}
