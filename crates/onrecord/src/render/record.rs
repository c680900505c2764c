//! Writes what one document says: for each statement who, what he did with it, to whom, when, on whose word, and the words.

use super::canvas::{Canvas, Line, Paint};
use crate::act::{Act, Factuality};
use crate::entity::{Entity, EntityKind};
use crate::line::{Lines, one_line};
use crate::read::Reading;
use crate::sourcing::{KnownThrough, SourceClass};
use crate::statement::Statement;
use crate::text::{Id, Span, Spanned};
use crate::time::{Granularity, Interval};
use crate::wire::Named;
use crate::zone::ZoneKind;

/// Between what stands side by side.
const DOT: &str = " · ";

/// The record of one document, at most `width` characters a line.
pub fn record(reading: &Reading, width: usize) -> Vec<Line> {
    let lines = Lines::of(&reading.document.text);
    let mut canvas = Canvas::of_width(width);
    head(reading, &mut canvas);
    for id in reading.statements.ids() {
        canvas.blank();
        who_and_when(reading, id, &mut canvas);
        footing(reading, id, &mut canvas);
        canvas.paragraph(5, words(reading, id));
        let place = format!("{}:{}", reading.document.path, lines.name(content_or_reach(&reading.statements[id])));
        canvas.line(5, [(Paint::Faint, place)]);
    }
    if reading.statements.is_empty() {
        canvas.blank();
        canvas.line(0, [(Paint::Plain, "no statements".to_owned())]);
    }
    notes(reading, &lines, &mut canvas);
    canvas.into_lines()
}

fn head(reading: &Reading, canvas: &mut Canvas) {
    let document = &reading.document;
    if let Some(title) = document.title.as_deref().filter(|title| !title.trim().is_empty()) {
        canvas.line(0, [(Paint::Strong, title.trim().to_owned())]);
    }
    let date = match reading.dating.date {
        Some(day) => format!("{} ({})", written(day), reading.dating.basis),
        None => "date unknown".to_owned(),
    };
    let outlet = document.outlet.clone().unwrap_or_else(|| "outlet unknown".to_owned());
    let byline = document.byline.as_ref().map(|byline| format!("by {}", byline.trim_start_matches("By ").trim_start_matches("by ")));
    let parts: Vec<String> = [Some(outlet), Some(date), byline].into_iter().flatten().collect();
    canvas.line(0, [(Paint::Plain, parts.join(DOT))]);
    canvas.line(0, [(Paint::Faint, document.path.clone())]);
}

fn who_and_when(reading: &Reading, id: Id<Statement>, canvas: &mut Canvas) {
    let acted = &reading.acts[id];
    let mut pieces = vec![(Paint::Faint, format!("{:<4} ", format!("s{}", id.at() + 1)))];
    if let Some(mark) = not_said(acted.factuality) {
        pieces.push((Paint::Warning, format!("not said: {mark}{DOT}")));
    }
    pieces.push((Paint::Name, speaker(reading, id)));
    pieces.push((Paint::Plain, format!("{DOT}{}", verb(acted.act))));
    if let Some(to) = addressee(reading, id) {
        pieces.push((Paint::Plain, format!("{DOT}to {to}")));
    }
    if let Some(said) = said(reading, id) {
        pieces.push((Paint::Plain, format!("{DOT}{said}")));
    }
    canvas.paragraph(0, pieces);
}

fn footing(reading: &Reading, id: Id<Statement>, canvas: &mut Canvas) {
    let mut parts = vec![(Paint::Plain, on_whose_word(reading, id))];
    if let Some(within) = reading.statements[id].within {
        parts.push((Paint::Plain, format!("{DOT}as told in s{}", within.at() + 1)));
    }
    if let Some(zone) = zone_label(reading, id) {
        parts.push((Paint::Plain, DOT.to_owned()));
        parts.push((Paint::Warning, zone));
    }
    canvas.paragraph(5, parts);
}

/// The name, with the role where the text gives one; else the words of the source as they stand.
fn speaker(reading: &Reading, id: Id<Statement>) -> String {
    let text = &reading.document.text;
    match (reading.entities.speakers[id].entity, reading.statements[id].source) {
        (Some(entity), source) => described(&reading.entities.layer[entity], source.map(|span| span.of(text))),
        (None, Some(source)) => one_line(source.of(text)),
        (None, None) => "somebody not named".to_owned(),
    }
}

fn described(entity: &Entity, source: Option<&str>) -> String {
    match entity.kind {
        EntityKind::Person | EntityKind::Organization | EntityKind::Outlet | EntityKind::Thing => match entity.roles.first() {
            Some(role) if !entity.name.to_lowercase().contains(&role.to_lowercase()) => format!("{} ({})", one_line(&entity.name), one_line(role)),
            _ => one_line(&entity.name),
        },
        EntityKind::Office | EntityKind::Group | EntityKind::Anonymous => {
            one_line(source.filter(|words| words.len() > entity.name.len()).unwrap_or(&entity.name))
        }
    }
}

fn addressee(reading: &Reading, id: Id<Statement>) -> Option<String> {
    let addressee = &reading.addressees[id];
    let named = addressee.entity.map(|id| one_line(&reading.entities.layer[id].name));
    named.or_else(|| addressee.words.map(|span| one_line(span.of(&reading.document.text))))
}

fn verb(act: Act) -> &'static str {
    match act {
        Act::Assertion => "said",
        Act::Question => "asked",
        Act::Answer => "answered",
        Act::NonAnswer => "did not answer",
        Act::Refusal => "refused",
        Act::Denial => "denied",
        Act::Promise => "promised",
        Act::Demand => "demanded",
        Act::Offer => "offered",
        Act::Threat => "threatened",
        Act::Thought => "thought",
    }
}

fn not_said(factuality: Factuality) -> Option<&'static str> {
    match factuality {
        Factuality::Actual => None,
        Factuality::Negated => Some("negated"),
        Factuality::Questioned => Some("asked whether"),
        Factuality::Hypothetical => Some("supposed"),
        Factuality::Presupposed => Some("taken for granted"),
        Factuality::Invented => Some("made up by the writer"),
    }
}

fn on_whose_word(reading: &Reading, id: Id<Statement>) -> String {
    let sourcing = &reading.sourcing[id];
    let through = match sourcing.known_through {
        KnownThrough::OnRecord => "on the record",
        KnownThrough::Anonymous => "on the word of unnamed sources",
        KnownThrough::Outlet => "on another outlet's word",
        KnownThrough::Document => "on the word of a document",
        KnownThrough::Author => "on the writer's word",
    };
    let class = match sourcing.class {
        SourceClass::Named | SourceClass::None => None,
        SourceClass::Anonymous => Some("unnamed"),
        SourceClass::Organization => Some("organization"),
        SourceClass::Document => Some("document"),
        SourceClass::SocialPost => Some("social post"),
        SourceClass::Outlet => Some("outlet"),
    };
    let mut parts: Vec<String> = class.map(str::to_owned).into_iter().collect();
    parts.push(through.to_owned());
    if sourcing.chain.len() > 1 {
        parts.push(format!("via {}", chain(reading, id)));
    }
    parts.join(DOT)
}

/// The relays of a statement, nearest the reader first, as `The Harrow Post < two aides < Ode`.
pub fn chain(reading: &Reading, id: Id<Statement>) -> String {
    let hand = |relay: &crate::sourcing::Relay| {
        let named = relay.entity.map(|id| one_line(&reading.entities.layer[id].name));
        let told = named.or_else(|| relay.words.map(|span| one_line(span.of(&reading.document.text))));
        told.unwrap_or_else(|| format!("somebody not named ({})", relay.class.name()))
    };
    let hands: Vec<String> = reading.sourcing[id].chain.iter().map(hand).collect();
    if hands.is_empty() { "none".to_owned() } else { hands.join(" < ") }
}

/// When a statement was said, in words; `None` where it cannot be told.
pub fn said(reading: &Reading, id: Id<Statement>) -> Option<String> {
    let interval = reading.said[id].interval.as_ref()?;
    Some(match interval {
        Interval { start: Some(start), end: Some(end), .. } if start == end => written(*start),
        Interval { start: Some(start), end: Some(end), granularity: Granularity::Month, .. } if (start.year(), start.month()) == (end.year(), end.month()) => {
            format!("{} {}", month(*start), start.year())
        }
        Interval { start: Some(start), end: Some(end), granularity: Granularity::About, .. } => format!("about {} to {}", written(*start), written(*end)),
        Interval { start: Some(start), end: Some(end), .. } => format!("{} to {}", written(*start), written(*end)),
        Interval { start: Some(start), end: None, .. } => format!("{} or later", written(*start)),
        Interval { start: None, end: Some(end), .. } => format!("{} or earlier", written(*end)),
        Interval { start: None, end: None, .. } => return None,
    })
}

fn written(day: jiff::civil::Date) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

fn month(day: jiff::civil::Date) -> &'static str {
    const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    MONTHS[usize::from(day.month().unsigned_abs()) - 1]
}

/// A zone whose words are not the outlet's own reporting.
fn zone_label(reading: &Reading, id: Id<Statement>) -> Option<String> {
    let (_, zone) = reading.zones.holding(content_or_reach(&reading.statements[id]).start())?;
    let kind = match zone.kind {
        ZoneKind::ReaderComment => "reader comment",
        ZoneKind::Excerpt => "excerpt",
        ZoneKind::Commentary => "commentary",
        ZoneKind::Turn => "transcript",
        ZoneKind::Caption => "caption",
        ZoneKind::Headline => "headline",
        ZoneKind::Furniture => "page furniture",
        ZoneKind::Byline | ZoneKind::Dateline | ZoneKind::Reporting => return None,
    };
    let voice = zone.voice.map(|span| format!(" of {}", one_line(span.of(&reading.document.text))));
    Some(format!("{kind}{}", voice.unwrap_or_default()))
}

/// The words of the content, exactly as they stand; `…` where the article has others in between. Words of the article
/// that stand in quotation marks are painted as quoted; none are added.
fn words(reading: &Reading, id: Id<Statement>) -> Vec<(Paint, String)> {
    let (statement, text) = (&reading.statements[id], &reading.document.text);
    let mut pieces = Vec::new();
    let mut before: Option<Span> = None;
    for part in statement.matter() {
        if let Some(before) = before {
            let touching = before.end() <= part.start() && text[before.end()..part.start()].trim().is_empty();
            pieces.push((Paint::Plain, if touching { " " } else { " … " }.to_owned()));
        }
        pieces.extend(quoted_apart(reading, *part));
        before = Some(*part);
    }
    pieces
}

/// `span` cut where quotations begin and end.
fn quoted_apart(reading: &Reading, span: Span) -> Vec<(Paint, String)> {
    let text = &reading.document.text;
    let mut pieces = Vec::new();
    let mut at = span.start();
    for quotation in reading.quotations.iter().filter(|quotation| quotation.within.is_none() && quotation.span().overlaps(span)) {
        let (start, end) = (quotation.span().start().max(at), quotation.span().end().min(span.end()));
        if start >= end {
            continue;
        }
        pieces.push((Paint::Plain, text[at..start].to_owned()));
        pieces.push((Paint::Quoted, text[start..end].to_owned()));
        at = end;
    }
    pieces.push((Paint::Plain, text[at..span.end()].to_owned()));
    pieces.retain(|(_, words)| !words.is_empty());
    pieces
}

fn content_or_reach(statement: &Statement) -> Span {
    let mut parts = statement.content.iter();
    match parts.next() {
        Some(first) => parts.fold(*first, |reach, part| reach.cover(*part)),
        None => statement.reach(),
    }
}

fn notes(reading: &Reading, lines: &Lines, canvas: &mut Canvas) {
    if !reading.notes.is_empty() {
        canvas.blank();
    }
    for note in &reading.notes {
        let place = note.span.map(|span| format!(" (line {})", lines.name(span))).unwrap_or_default();
        canvas.paragraph(0, [(Paint::Warning, "note: ".to_owned()), (Paint::Plain, format!("{}{place}", note.message))]);
    }
}
