//! The page of a story: the brief, the questions, the days, conflicts, claims, the cast, the documents.

use crate::answer::{Form, Frame, Part, json, of_bytes};
use crate::desk::Desk;
use crate::differ::{self, Run};
use crate::draw::{chain, cut, timeline};
use crate::feeds::{self, Base, Of};
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord::left_out::{LeftOut, Telling};
use onrecord_export::page::{Cite, Event, Pair, Question, Said};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Words of a citation that are shown beside it; the whole stands behind the link.
const PEEK: usize = 320;
/// Claims that are drawn; the others are listed.
const DRAWN: usize = 12;
/// Outlets without some words that are named; the others are counted.
const NAMED: usize = 6;
/// Citations of a sentence that stand open; the rest is unfolded.
const OPEN_CITES: usize = 6;
/// A question that was put more often is unfolded by whoever wants to see it.
pub(crate) const OPEN_ASKINGS: usize = 30;
/// What few carry that stands open; the rest is unfolded.
const OPEN_FEW: usize = 6;
/// Entries of the list of days that stand open.
const OPEN_DAYS: usize = 40;

#[derive(Template)]
#[template(path = "story.html")]
struct Story<'a> {
    frame: Frame,
    shown: &'a Shown,
    brief: Vec<Sentence<'a>>,
    dropped: Vec<(&'a str, &'a str)>,
    timeline: timeline::Days,
    days: &'a [Event],
    later: &'a [Event],
    conflicts: Vec<Clash<'a>>,
    overtaken: Vec<Clash<'a>>,
    claims: Vec<Claim<'a>>,
    single: usize,
    few: Vec<Few<'a>>,
    cast: Vec<Cast<'a>>,
    documents: Vec<Document<'a>>,
}

/// A sentence of the brief with what carries it.
struct Sentence<'a> {
    text: &'a str,
    cites: Vec<Peek<'a>>,
}

impl<'a> Sentence<'a> {
    /// The first citations; all of them where few would be left.
    fn open_cites(&self) -> &[Peek<'a>] {
        if self.cites.len() <= OPEN_CITES + 2 { &self.cites } else { &self.cites[..OPEN_CITES] }
    }

    fn more_cites(&self) -> &[Peek<'a>] {
        &self.cites[self.open_cites().len()..]
    }
}

/// A citation, and the words it opens.
struct Peek<'a> {
    cite: &'a Cite,
    place: String,
    speaker: &'a str,
    words: String,
}

/// Two that differ, with the differing words marked.
struct Clash<'a> {
    pair: &'a Pair,
    sides: Vec<Side<'a>>,
}

/// One of two.
pub(crate) struct Side<'a> {
    pub(crate) said: &'a Said,
    pub(crate) runs: Vec<Run>,
    pub(crate) place: String,
}

struct Claim<'a> {
    claim: &'a onrecord_export::page::Claim,
    drawing: Option<chain::Drawing>,
}

/// What some carry and others do not.
struct Few<'a> {
    said: &'a Said,
    place: String,
    carried: String,
    without: String,
    others: String,
}

struct Cast<'a> {
    person: &'a onrecord_export::page::Person,
    listed: Option<&'a str>,
    /// The corrections that gave the name.
    corrected: Vec<String>,
}

struct Document<'a> {
    document: &'a onrecord_export::page::Document,
    why: Vec<String>,
    versions: i64,
    statements: String,
}

impl Story<'_> {
    fn open_few(&self) -> &[Few<'_>] {
        &self.few[..self.few.len().min(OPEN_FEW)]
    }

    fn more_few(&self) -> &[Few<'_>] {
        &self.few[self.few.len().min(OPEN_FEW)..]
    }

    fn has_days(&self) -> bool {
        self.timeline.drawing.is_some() || !self.timeline.apart.is_empty() || !self.days.is_empty()
    }

    fn has_questions(&self) -> bool {
        !self.shown.page.questions.is_empty()
    }

    fn questions(&self) -> &[Question] {
        &self.shown.page.questions
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Path(id): Path<String>, Base(base): Base, form: Form) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let shown = desk.story_called(archive, &id)?;
        match form {
            Form::Json => return json(shown.whole()),
            Form::Atom | Form::Feed => return feeds::answer(form, feed_of(&base, &shown, form), feeds::story(&shown)),
            Form::Page => {}
        }
        let page = shown.written.get_or_init(|| write(&shown).into());
        Ok(of_bytes("text/html; charset=utf-8", page.clone()))
    })
    .await
}

fn feed_of<'a>(base: &'a str, shown: &Shown, form: Form) -> Of<'a> {
    let page = format!("/stories/{}", shown.id);
    Of { base, own: format!("{page}{}", form.ending()), page, title: shown.page.title.clone() }
}

fn write(shown: &Shown) -> String {
    let (page, record) = (&shown.page, &shown.story.record);
    let claims: Vec<&onrecord_export::page::Claim> = page.claims.iter().collect();
    let (days, later) = page.timeline.split_at(page.timeline.len().min(OPEN_DAYS));
    let story = Story {
        frame: Frame::new(&page.title, Part::Stories, format!("/stories/{}.json", shown.id))
            .with_feeds(&format!("/stories/{}", shown.id), &[])
            .with_watch(&[("story", &shown.id)]),
        shown,
        brief: page.brief.iter().map(|told| Sentence { text: &told.text, cites: told.cites.iter().map(|cite| peek(shown, cite)).collect() }).collect(),
        dropped: record.brief.dropped.iter().map(|dropped| (dropped.text.as_str(), dropped.why.as_str())).collect(),
        timeline: timeline::draw(shown),
        days,
        later,
        conflicts: page.conflicts.iter().map(|pair| clash(shown, pair)).collect(),
        overtaken: page.overtaken.iter().map(|pair| clash(shown, pair)).collect(),
        single: claims.iter().filter(|claim| claim.is_single).count(),
        claims: claims
            .into_iter()
            .enumerate()
            .map(|(at, claim)| Claim { claim, drawing: (at < DRAWN).then(|| chain::draw(shown, &claim.id)).flatten() })
            .collect(),
        few: shown.left_out.iter().filter_map(|it| few(shown, it)).collect(),
        cast: page.people.iter().map(|person| Cast { person, listed: shown.listed(&person.id), corrected: shown.named_by(&person.id) }).collect(),
        documents: documents(shown),
    };
    // A template whose parts all print cannot fail to.
    story.render().unwrap_or_default()
}

fn documents(shown: &Shown) -> Vec<Document<'_>> {
    let kept: BTreeMap<&str, i64> = shown.story.documents.iter().map(|kept| (kept.id.as_str(), kept.version)).collect();
    let document = |document: &onrecord_export::page::Document| {
        let of_record = shown.document(&document.name).map(|(_, it)| it);
        let mut why: Vec<String> = of_record.iter().flat_map(|it| &it.evidence).map(|it| it.why.clone()).filter(|why| !why.is_empty()).collect();
        why.dedup();
        (why, kept.get(document.name.as_str()).copied().unwrap_or(1))
    };
    let all = shown.page.documents.iter();
    all.map(|it| {
        let (why, versions) = document(it);
        Document { document: it, why, versions, statements: words::counted(it.statements.len() as i64, "statement") }
    })
    .collect()
}

fn few<'a>(shown: &'a Shown, it: &LeftOut) -> Option<Few<'a>> {
    let said = shown.said(&it.statement)?;
    let file = |telling: &Telling| telling.documents.iter().filter_map(|id| shown.laid_out(id)).map(|document| document.file.clone()).next();
    let name = |telling: &Telling| match telling.outlets.as_slice() {
        [] => file(telling).unwrap_or_default(),
        [one] => one.clone(),
        [one, rest @ ..] => format!("{one} (and, nearly word for word, {})", rest.join(", ")),
    };
    let names = |tellings: &[Telling]| tellings.iter().take(NAMED).map(name).collect::<Vec<_>>().join(", ");
    let others = it.without.len().saturating_sub(NAMED);
    let others = if others > 0 { format!(" and {others} more") } else { String::new() };
    Some(Few { said, place: words::place_of(&said.name), carried: names(&it.carried), without: names(&it.without), others })
}

fn peek<'a>(shown: &'a Shown, cite: &'a Cite) -> Peek<'a> {
    let said = shown.said(&cite.id);
    let text = said.map(|said| cut(&words::text(said), PEEK)).unwrap_or_default();
    Peek { cite, place: words::place_of(&cite.name), speaker: said.map_or("", |said| said.speaker.as_str()), words: text }
}

fn clash<'a>(shown: &Shown, pair: &'a Pair) -> Clash<'a> {
    let text = |said: &Option<Said>| said.as_ref().map(words::text).unwrap_or_default();
    let (one, other) = (text(&pair.sides[0]), text(&pair.sides[1]));
    let relation = shown.story.record.relations.iter().find(|relation| relation.id == pair.id);
    // "The office denied that": what only points at the other side marks nothing in it.
    let points = |words: &str| matches!(words.to_lowercase().as_str(), "that" | "it" | "this" | "so");
    let evidence = relation.iter().flat_map(|it| &it.evidence).filter(|it| it.fact == "relation");
    let words: Vec<&str> = evidence.flat_map(|it| &it.words).map(|it| it.words.text.as_str()).filter(|words| !points(words)).collect();
    // The words that the rule names, where they are a part of what was said; else whatever differs.
    let (first, second) = match (differ::part(&one, &words), differ::part(&other, &words)) {
        (None, None) => differ::words(&one, &other),
        (first, second) => (first.unwrap_or_else(|| differ::plain(&one)), second.unwrap_or_else(|| differ::plain(&other))),
    };
    let side = |at: usize, runs| pair.sides[at].as_ref().map(|said| Side { said, runs, place: words::place_of(&said.name) });
    Clash { pair, sides: [side(0, first), side(1, second)].into_iter().flatten().collect() }
}

/// One line for what a status means.
pub(crate) fn stands(status: &str) -> &'static str {
    match status {
        "open" => "nobody has answered it",
        "disputed" => "those who answer disagree",
        _ => "it has been answered",
    }
}
