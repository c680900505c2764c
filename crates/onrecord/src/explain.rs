//! Explains a statement, or any fact of a record: the value, who found it, the words it rests on and what was passed over.

mod fact;

pub use fact::{Fact, fact};

use crate::evidence::Evidence;
use crate::line::{Lines, one_line};
use crate::read::Reading;
use crate::render::{Canvas, Line, Paint};
use crate::statement::Statement;
use crate::text::{Id, Span};
use crate::wire::Named;

impl Reading {
    /// Everything behind a statement, of every stage, in the order of the stages.
    pub fn evidence(&self, id: Id<Statement>) -> Vec<Evidence> {
        let stages: [&[Evidence]; 6] = [
            &self.statements[id].evidence,
            &self.entities.speakers[id].evidence,
            &self.acts[id].evidence,
            &self.sourcing[id].evidence,
            &self.said[id].evidence,
            &self.addressees[id].evidence,
        ];
        stages.into_iter().flatten().cloned().collect()
    }
}

/// The whole derivation of a statement, at most `width` characters a line.
pub fn statement(reading: &Reading, id: Id<Statement>, width: usize) -> Vec<Line> {
    let lines = Lines::of(&reading.document.text);
    let mut canvas = Canvas::of_width(width);
    let place = format!("{}:{}", reading.document.path, lines.name(reading.statements[id].reach()));
    canvas.line(0, [(Paint::Strong, format!("s{}", id.at() + 1)), (Paint::Faint, place)]);
    quote(reading, id, &lines, &mut canvas);
    let evidence = reading.evidence(id);
    for (fact, value) in facts(reading, id) {
        canvas.blank();
        canvas.line(2, [(Paint::Plain, fact.to_owned()), (Paint::Strong, value)]);
        let behind: Vec<&Evidence> = evidence.iter().filter(|it| it.fact == fact).collect();
        for it in &behind {
            finder(reading, it, &lines, &mut canvas);
        }
        if behind.is_empty() {
            canvas.line(4, [(Paint::Faint, "no rule spoke: this is what holds where none does".to_owned())]);
        }
    }
    let known: Vec<&str> = facts(reading, id).iter().map(|(fact, _)| *fact).collect();
    for it in evidence.iter().filter(|it| !known.contains(&it.fact)) {
        canvas.blank();
        canvas.line(2, [(Paint::Plain, it.fact.to_owned())]);
        finder(reading, it, &lines, &mut canvas);
    }
    canvas.into_lines()
}

/// The lines of the text that the statement stands on.
fn quote(reading: &Reading, id: Id<Statement>, lines: &Lines, canvas: &mut Canvas) {
    let text = &reading.document.text;
    let reach = reading.statements[id].reach();
    for number in lines.at(reach.start())..=lines.at(reach.end().saturating_sub(1).max(reach.start())) {
        let Some(line) = lines.span(number) else { continue };
        if line.of(text).trim().is_empty() {
            continue;
        }
        let near = Span::new(line.start().max(reach.start()), line.end().min(reach.end()).max(line.start().max(reach.start())));
        canvas.paragraph(4, [(Paint::Faint, format!("{number} ")), (Paint::Quoted, near.of(text).trim().to_owned())]);
    }
}

/// The facts of a statement by the names evidence gives them, each with its value.
fn facts(reading: &Reading, id: Id<Statement>) -> Vec<(&'static str, String)> {
    let text = &reading.document.text;
    let statement = &reading.statements[id];
    let words = |spans: &[Span]| match spans {
        [] => "none".to_owned(),
        spans => spans.iter().map(|span| one_line(span.of(text))).collect::<Vec<_>>().join(" … "),
    };
    let entity = |id: Id<crate::entity::Entity>| reading.entities.layer[id].name.clone();
    let (speaker, addressee) = (&reading.entities.speakers[id], &reading.addressees[id]);
    let (acted, sourcing) = (&reading.acts[id], &reading.sourcing[id]);
    let mut facts = vec![
        ("source", words(statement.source.as_slice())),
        ("cue", words(&statement.cue)),
        ("content", words(&statement.content)),
        ("within", statement.within.map_or("nothing".to_owned(), |id| format!("s{}", id.at() + 1))),
        ("form", statement.form.name().to_owned()),
        ("speaker", speaker.entity.map_or("cannot be told".to_owned(), entity)),
        ("act", acted.act.name().to_owned()),
        ("factuality", acted.factuality.name().to_owned()),
        ("sourcing", sourcing.class.name().to_owned()),
        ("known_through", sourcing.known_through.name().to_owned()),
        ("chain", crate::render::chain(reading, id)),
        ("said", crate::render::said(reading, id).unwrap_or_else(|| "cannot be told".to_owned())),
    ];
    let who = addressee.entity.map(entity).or_else(|| addressee.words.map(|span| one_line(span.of(text))));
    facts.push(("addressee", who.unwrap_or_else(|| "nobody is named".to_owned())));
    facts
}

fn finder(reading: &Reading, evidence: &Evidence, lines: &Lines, canvas: &mut Canvas) {
    let by = evidence.by.shown();
    canvas.line(4, [(Paint::Name, by), (Paint::Plain, format!("score {:.2}", evidence.score))]);
    for span in &evidence.words {
        let words = one_line(span.of(&reading.document.text));
        canvas.paragraph(6, [(Paint::Faint, format!("line {}: ", lines.name(*span))), (Paint::Quoted, words)]);
    }
    if !evidence.why.is_empty() {
        canvas.paragraph(6, [(Paint::Plain, evidence.why.clone().into_owned())]);
    }
}
