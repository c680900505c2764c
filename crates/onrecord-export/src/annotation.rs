//! Statements as W3C Web Annotations: one annotation a statement, found by its words and by its place.
//!
//! A `TextPositionSelector` counts Unicode code points, as the model asks ("in terms of unicode code points … not in terms of code
//! units"), in the text as Onrecord keeps it; on the page itself the words are found by the `TextQuoteSelector`. Which text that is,
//! the state tells: the version, its digest, and when it was added.

use crate::format::Form;
use crate::position::CodePoints;
use crate::view::{Held, View};
use crate::{Error, Story, plain};
use onrecord::line::one_line;
use onrecord::wire::Named;
use onrecord::wire::record::{Statement, Words};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::Write;

/// Characters of text given on either side of a quotation, by which it is told from its like.
const AROUND: usize = 32;
/// What our own names begin with.
pub(crate) const OURS: &str = "urn:onrecord:";

/// Begins a collection.
pub(crate) fn begin<W: Write>(mut output: W) -> Result<Annotations<W>, Error> {
    let context = json!(["http://www.w3.org/ns/anno.jsonld", {"onrecord": OURS}]);
    write!(
        output,
        "{{\"@context\":{context},\"id\":\"{OURS}annotations\",\"type\":\"AnnotationCollection\",\"label\":\"Statements kept by Onrecord\",\
         \"first\":{{\"id\":\"{OURS}annotations:page1\",\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":["
    )?;
    Ok(Annotations { output, seen: HashSet::new() })
}

/// A collection being written.
pub(crate) struct Annotations<W> {
    output: W,
    seen: HashSet<String>,
}

impl<W: Write> Form for Annotations<W> {
    fn story(&mut self, story: &Story) -> Result<(), Error> {
        let view = View::of(story);
        let points: Vec<CodePoints<'_>> = story.record.documents.iter().map(|document| CodePoints::of(&document.text)).collect();
        let digests: Vec<String> =
            story.record.documents.iter().map(|document| format!("blake3:{}", blake3::hash(document.text.as_bytes()).to_hex())).collect();
        for statement in &story.record.statements {
            let name = view.outside(&statement.id);
            let Some(held) = view.document(&statement.document) else { continue };
            if self.seen.contains(&name) {
                continue;
            }
            let source = Source { held, points: &points[held.at], digest: &digests[held.at] };
            let between = if self.seen.is_empty() { "\n" } else { ",\n" };
            write!(self.output, "{between}{}", annotation(&view, statement, &source))?;
            self.seen.insert(name);
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> Result<(), Error> {
        writeln!(self.output, "\n]}},\"total\":{}}}", self.seen.len())?;
        Ok(self.output.flush()?)
    }
}

/// A document that annotations point into.
struct Source<'a> {
    held: Held<'a>,
    points: &'a CodePoints<'a>,
    digest: &'a str,
}

fn annotation(view: &View<'_>, statement: &Statement, source: &Source<'_>) -> Value {
    let mut targets: Vec<Value> = statement.matter().iter().map(|words| target(words, source)).collect();
    let target = if targets.len() == 1 { targets.remove(0) } else { Value::from(targets) };
    json!({
        "id": format!("{OURS}{}", view.outside(&statement.id)),
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies(view, statement),
        "target": target,
        "onrecord:act": statement.act.name(),
        "onrecord:factuality": statement.factuality.name(),
        "onrecord:form": statement.form.name(),
        "onrecord:sourcing": statement.sourcing.name(),
        "onrecord:known_through": statement.known_through.name(),
        "onrecord:confidence": statement.confidence,
    })
}

/// In words, as labels, and who it was.
fn bodies(view: &View<'_>, statement: &Statement) -> Vec<Value> {
    let labels = [
        format!("act: {}", statement.act.name()),
        format!("factuality: {}", statement.factuality.name()),
        format!("form: {}", statement.form.name()),
        format!("sourcing: {}", statement.sourcing.name()),
        format!("known through: {}", statement.known_through.name()),
    ];
    let speaker = view.name(statement.speaker.as_deref());
    let words = statement.source.as_ref().map(|words| one_line(&words.text));
    let who = speaker.clone().or(words).unwrap_or_else(|| "Nobody named".to_owned());
    let day = plain::days(statement.said.as_ref()).map(|day| format!(", {day}")).unwrap_or_default();
    let unsaid = plain::unsaid(statement.factuality).map(|unsaid| format!(" ({unsaid})")).unwrap_or_default();
    let told = format!("{who}{day}: {}, {}{unsaid}", plain::label(statement.act), plain::label(statement.sourcing));
    let text = |purpose: &str, value: String| json!({"type": "TextualBody", "purpose": purpose, "format": "text/plain", "language": "en", "value": value});
    let mut bodies = vec![text("describing", told)];
    bodies.extend(labels.into_iter().map(|label| text("tagging", label)));
    if let (Some(name), Some(id)) = (speaker, statement.speaker.as_deref()) {
        let source = json!({"id": format!("{OURS}{}", view.within(id)), "onrecord:name": name});
        bodies.push(json!({"type": "SpecificResource", "purpose": "identifying", "source": source}));
    }
    bodies
}

/// Words in a version of a document.
fn target(words: &Words, source: &Source<'_>) -> Value {
    let (held, text) = (source.held, source.held.document.text.as_str());
    let name = format!("{OURS}{}", held.kept.id);
    let mut state = json!({"type": "TimeState", "cached": format!("{name}:v{}", held.kept.version), "onrecord:digest": source.digest});
    if let Some(added) = &held.kept.added_at {
        state["sourceDate"] = added.as_str().into();
    }
    let prefix = text[..words.start].char_indices().rev().take(AROUND).last().map_or("", |(at, _)| &text[at..words.start]);
    let suffix = text[words.end..].char_indices().nth(AROUND).map_or(&text[words.end..], |(at, _)| &text[words.end..words.end + at]);
    let page = held.document.url.as_deref().and_then(crate::link::web);
    json!({
        "source": page.map_or_else(|| json!({"id": name, "type": "Text", "format": "text/plain", "onrecord:title": held.title()}), Value::from),
        "state": state,
        "selector": [
            {"type": "TextQuoteSelector", "exact": words.text, "prefix": prefix, "suffix": suffix},
            {"type": "TextPositionSelector", "start": source.points.before(words.start), "end": source.points.before(words.end)},
        ],
    })
}
