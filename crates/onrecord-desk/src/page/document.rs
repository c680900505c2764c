//! The page of a document: the text as published, statements underlined, each lit up where it is opened. Any other words are lit up
//! where the address names their bytes: `/documents/ID?words=120-145#place`.

use crate::answer::{Asked, Form, Frame, Part, either, of_bytes};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::shown::Shown;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use onrecord::sourcing::KnownThrough;
use onrecord::wire::Named;
use onrecord::wire::record;
use onrecord_archive::{Archive, Listed};
use onrecord_export::page::Said;
use onrecord_export::web;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

/// The lines by which those most heard are told apart: as many as can be told from each other.
const LINES: [&str; 6] = ["v1", "v2", "v3", "v4", "v5", "v6"];
/// The line of all others.
const ANY_OTHER: &str = "v0";

/// What the words that the address names go by on the page, all of them and where they begin.
const WANTED: &str = "wanted";
const PLACE: &str = "place";

#[derive(Template)]
#[template(path = "document.html")]
struct Document<'a> {
    frame: Frame,
    listed: &'a Listed,
    laid_out: &'a onrecord_export::page::Document,
    story: &'a str,
    headline: &'a str,
    link: Option<&'a str>,
    blocks: Vec<Block<'a>>,
    voices: Vec<Voice<'a>>,
    count: usize,
}

/// Somebody who speaks in the document, with the line that stands under what they say.
struct Voice<'a> {
    name: &'a str,
    person: Option<&'a str>,
    /// `v1` … for those most heard; `v0` for the others, who are told by their names alone.
    class: &'static str,
    statements: Vec<&'a str>,
}

/// A paragraph with what is said in it.
struct Block<'a> {
    /// The part of the document that begins here.
    zone: Option<String>,
    kind: &'static str,
    bits: Vec<Bit>,
    cards: Vec<Card<'a>>,
}

/// Some text, under the same statements.
struct Bit {
    text: String,
    class: String,
    /// The first is the bit's own; statements that begin at one place follow.
    anchors: Vec<String>,
    /// Who says what begins here.
    by: Option<String>,
}

/// A statement beside the text.
#[derive(Clone)]
struct Card<'a> {
    said: &'a Said,
    /// `s3`: its number in the document.
    number: &'a str,
    /// The next and the last by the same person, in this document.
    before: Option<String>,
    next: Option<String>,
    question: Option<String>,
}

/// A document with what is said in it, as JSON.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    listed: &'a Listed,
    document: &'a record::Document,
    statements: Vec<&'a record::Statement>,
}

/// Which words are lit.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    /// Their bytes in the text: `120-145`.
    words: Option<String>,
}

impl Which {
    /// The bytes in `text`, between characters.
    fn bytes(&self, text: &str) -> Result<Option<Range<usize>>, Refusal> {
        let Some(words) = &self.words else { return Ok(None) };
        let parsed = words.split_once('-').and_then(|(start, end)| Some((start.parse::<usize>().ok()?, end.parse::<usize>().ok()?)));
        let (start, end) = parsed
            .filter(|(start, end)| start < end && *end <= text.len())
            .ok_or_else(|| Refusal::wrong(format!("words are no bytes of this text such as 0-{}: {words}", text.len())))?;
        Ok(Some(text.floor_char_boundary(start)..text.ceil_char_boundary(end)))
    }
}

/// The story of a document and the document's place in it.
pub(crate) fn find(desk: &Desk, archive: &Archive, id: &str) -> Result<(Listed, Arc<Shown>), Refusal> {
    let listed = archive.document(id)?;
    let shown = desk.story(archive, &listed.id)?;
    Ok((listed, shown))
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, Path(id): Path<String>, Asked(which): Asked<Which>, form: Form) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let (listed, shown) = find(desk, archive, &id)?;
        let (at, document) = shown.document(&listed.id).ok_or_else(|| Refusal::unknown(&id))?;
        let lit = which.bytes(&document.text)?;
        let laid_out = shown.laid_out(&document.id).ok_or_else(|| Refusal::unknown(&id))?;
        let statements = || shown.story.record.statements.iter().filter(|it| it.document == document.id);
        let json = || Whole { listed: &listed, document, statements: statements().collect() };
        let page = || Document {
            frame: Frame::new(&laid_out.title, Part::Stories, format!("/documents/{}.json", listed.id)),
            story: &shown.id,
            headline: &shown.page.title,
            link: listed.url.as_deref().and_then(web),
            voices: voices(laid_out),
            blocks: blocks(&shown, at, &statements().collect::<Vec<_>>(), laid_out, lit.as_ref()),
            count: laid_out.statements.len(),
            laid_out,
            listed: &listed,
        };
        either(form, json, page)
    })
    .await
}

/// Who speaks in the document, those most heard first.
fn voices(laid_out: &onrecord_export::page::Document) -> Vec<Voice<'_>> {
    let mut voices: Vec<Voice<'_>> = Vec::new();
    for said in &laid_out.statements {
        let is_same = |voice: &&mut Voice<'_>| (voice.person, voice.name) == (said.person.as_deref(), said.speaker.as_str());
        match voices.iter_mut().find(is_same) {
            Some(voice) => voice.statements.push(&said.id),
            None => voices.push(Voice { name: &said.speaker, person: said.person.as_deref(), class: ANY_OTHER, statements: vec![&said.id] }),
        }
    }
    voices.sort_by_key(|voice| Reverse(voice.statements.len()));
    voices.iter_mut().zip(LINES).for_each(|(voice, line)| voice.class = line);
    voices
}

/// Lights the statement that the address names, all its parts, without script.
pub(crate) async fn lit(State(desk): State<Arc<Desk>>, Path(id): Path<String>) -> Result<Response, Refusal> {
    desk.read(move |desk, archive| {
        let (listed, shown) = find(desk, archive, &id)?;
        let (at, _) = shown.document(&listed.id).ok_or_else(|| Refusal::unknown(&id))?;
        let mut css = String::new();
        for number in &shown.story.documents[at].numbers {
            // Writing to a String cannot fail.
            let _ = writeln!(css, "body:has(#s{number}:target) .s{number}{{background:var(--lit)}}");
        }
        Ok(of_bytes("text/css; charset=utf-8", css.into()))
    })
    .await
}

/// The text, paragraph by paragraph.
fn blocks<'a>(
    shown: &Shown,
    at: usize,
    statements: &[&record::Statement],
    laid_out: &'a onrecord_export::page::Document,
    lit: Option<&Range<usize>>,
) -> Vec<Block<'a>> {
    let document = &shown.story.record.documents[at];
    let text = document.text.as_str();
    let said: BTreeMap<&str, &'a Said> = laid_out.statements.iter().map(|said| (said.id.as_str(), said)).collect();
    let voices = voices(laid_out);
    let line = |id: &str| voices.iter().find(|voice| voice.statements.contains(&id)).map_or(ANY_OTHER, |voice| voice.class);
    let painted: Vec<Painted<'_>> = statements.iter().filter_map(|it| Painted::of(it, said.get(it.id.as_str())?, line(&it.id))).collect();
    let cards = cards(shown, laid_out);
    let mut out: Vec<Block<'a>> = Vec::new();
    for zone in &document.zones {
        let mut is_first = true;
        for (start, end) in paragraphs(text, zone.words.start, zone.words.end) {
            let bits = bits(text, start..end, &painted, lit);
            let here = painted.iter().filter(|it| start <= it.start && it.start < end).filter_map(|it| cards.iter().find(|card| card.said.id == it.id));
            let kind = zone.kind.name();
            let is_told = is_first && !matches!(kind, "headline" | "byline" | "dateline" | "reporting");
            out.push(Block { zone: is_told.then(|| crate::words::spaced(kind)), kind, bits, cards: here.cloned().collect() });
            is_first = false;
        }
    }
    out
}

fn cards<'a>(shown: &Shown, laid_out: &'a onrecord_export::page::Document) -> Vec<Card<'a>> {
    let number = |said: &'a Said| said.name.rsplit_once('.').map_or("", |(_, number)| number);
    let all = &laid_out.statements;
    let questions = questions(shown);
    let card = |(at, said): (usize, &'a Said)| {
        let is_same = |other: &&'a Said| said.person.is_some() && other.person == said.person;
        let link = |other: &'a Said| format!("#{}", number(other));
        Card {
            said,
            number: number(said),
            before: all[..at].iter().rev().find(is_same).map(link),
            next: all[at + 1..].iter().find(is_same).map(link),
            question: questions.get(said.id.as_str()).map(|question| format!("/stories/{}/questions/{question}", shown.id)),
        }
    };
    all.iter().enumerate().map(card).collect()
}

/// The question that each statement asks or answers.
pub(crate) fn questions(shown: &Shown) -> BTreeMap<&str, &str> {
    let mut of = BTreeMap::new();
    for question in &shown.story.record.questions {
        for id in question.askings.iter().flat_map(|asking| asking.asked_in.iter().chain(&asking.answered_in)) {
            of.entry(id.as_str()).or_insert(question.id.as_str());
        }
    }
    of
}

/// A statement as it is painted over the text.
struct Painted<'a> {
    id: &'a str,
    number: &'a str,
    start: usize,
    parts: Vec<(&'static str, &'a record::Words)>,
    footing: &'static str,
    speaker: &'a str,
    line: &'static str,
}

impl<'a> Painted<'a> {
    fn of(statement: &'a record::Statement, said: &'a Said, line: &'static str) -> Option<Painted<'a>> {
        let parts: Vec<(&'static str, &record::Words)> = statement
            .source
            .iter()
            .map(|words| ("src", words))
            .chain(statement.cue.iter().map(|words| ("cue", words)))
            .chain(statement.content.iter().map(|words| ("con", words)))
            .collect();
        let start = parts.iter().map(|(_, words)| words.start).min()?;
        let footing = match statement.known_through {
            _ if said.unsaid.is_some() => "unsaid",
            KnownThrough::OnRecord => "open",
            KnownThrough::Anonymous => "anonymous",
            KnownThrough::Outlet | KnownThrough::Document => "relayed",
            KnownThrough::Author => "author",
        };
        Some(Painted {
            id: &statement.id,
            number: said.name.rsplit_once('.').map_or("", |(_, number)| number),
            start,
            parts,
            footing,
            speaker: &said.speaker,
            line,
        })
    }

    /// Where what it says begins; where it says nothing, its first word.
    fn said_from(&self) -> usize {
        self.parts.iter().filter(|(kind, _)| *kind == "con").map(|(_, words)| words.start).min().unwrap_or(self.start)
    }
}

/// Cuts a paragraph wherever a statement or a part of one begins or ends, and at both ends of what is lit.
fn bits(text: &str, paragraph: Range<usize>, painted: &[Painted<'_>], lit: Option<&Range<usize>>) -> Vec<Bit> {
    let (start, end) = (paragraph.start, paragraph.end);
    let here: Vec<&Painted<'_>> = painted.iter().filter(|it| it.parts.iter().any(|(_, words)| words.start < end && start < words.end)).collect();
    let ends = here.iter().flat_map(|it| &it.parts).flat_map(|(_, words)| [words.start, words.end]).chain(lit.iter().flat_map(|lit| [lit.start, lit.end]));
    let mut cuts: Vec<usize> = ends.filter(|cut| start < *cut && *cut < end).chain([start, end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let bit = |ends: &[usize]| {
        let covering =
            || here.iter().flat_map(|it| it.parts.iter().map(move |part| (it, part))).filter(|(_, (_, words))| words.start <= ends[0] && ends[1] <= words.end);
        let is_lit = lit.is_some_and(|lit| lit.start <= ends[0] && ends[1] <= lit.end);
        let mut classes: Vec<&str> = covering().flat_map(|(it, (kind, _))| [*kind, it.number, it.footing, it.line]).chain(is_lit.then_some(WANTED)).collect();
        classes.sort_unstable();
        classes.dedup();
        let begins = lit.filter(|lit| is_lit && (lit.start == ends[0] || (lit.start < start && ends[0] == start && text[lit.start..start].trim().is_empty())));
        let anchors = here.iter().filter(|it| it.start == ends[0]).map(|it| it.number.to_owned()).chain(begins.map(|_| PLACE.to_owned())).collect();
        let mut by: Vec<&str> = here.iter().filter(|it| it.said_from() == ends[0]).map(|it| it.speaker).collect();
        by.dedup();
        let by = (!by.is_empty()).then(|| by.join(", "));
        Bit { text: text.get(ends[0]..ends[1]).unwrap_or_default().to_owned(), class: classes.join(" "), anchors, by }
    };
    cuts.windows(2).map(bit).collect()
}

/// Where the paragraphs of a part of a text lie: what blank lines divide, without them.
fn paragraphs(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let Some(part) = text.get(start..end) else { return Vec::new() };
    let (mut out, mut open, mut at): (Vec<(usize, usize)>, Option<usize>, usize) = (Vec::new(), None, start);
    for line in part.split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        match (is_blank, open) {
            (true, Some(from)) => {
                out.push((from, at));
                open = None;
            }
            (false, None) => open = Some(at),
            (true, None) | (false, Some(_)) => {}
        }
        at += line.len();
    }
    out.extend(open.map(|from| (from, end)));
    let trimmed = |(from, to): (usize, usize)| (from, from + text[from..to].trim_end().len());
    out.into_iter().map(trimmed).filter(|(from, to)| from < to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_keep_their_words_and_lose_blank_lines() {
        let text = "One.\nStill one.\n\n\nTwo.\n \nThree.";
        let found: Vec<&str> = paragraphs(text, 0, text.len()).into_iter().map(|(from, to)| &text[from..to]).collect();
        assert_eq!(found, ["One.\nStill one.", "Two.", "Three."]);
    }

    #[test]
    fn cut_text_is_the_text() {
        let text = "He said it rained.";
        let words = |start: usize, end: usize| record::Words { start, end, text: text[start..end].to_owned() };
        let (source, content) = (words(0, 2), words(8, 17));
        let painted =
            [Painted { id: "s1", number: "s1", start: 0, parts: vec![("src", &source), ("con", &content)], footing: "open", speaker: "Mara Ode", line: "v1" }];
        let cut = bits(text, 0..text.len(), &painted, Some(&(3..7)));
        assert_eq!(cut.iter().map(|bit| bit.text.as_str()).collect::<String>(), text);
        assert_eq!(cut[0].anchors, ["s1"]);
        assert_eq!((cut[2].text.as_str(), cut[2].class.as_str()), ("said", "wanted"));
        assert_eq!(cut[2].anchors, ["place"]);
        assert_eq!(cut.iter().find(|bit| bit.text == "it rained").map(|bit| bit.class.as_str()), Some("con open s1 v1"));
        assert_eq!(cut.iter().filter_map(|bit| bit.by.as_deref().map(|by| (bit.text.as_str(), by))).collect::<Vec<_>>(), [("it rained", "Mara Ode")]);
    }
}
