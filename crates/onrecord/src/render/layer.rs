//! Draws the layer of one stage under the words it stands on.

use super::canvas::{Canvas, Line, Paint};
use crate::line::Lines;
use crate::quotation::{Closing, QuotationUse};
use crate::read::Reading;
use crate::reader::{Link, Readout};
use crate::text::{Id, Span, Spanned};
use crate::token::TokenKind;
use crate::wire::Named;

/// A stage of the way of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// `zone::divide`
    Zone,
    /// `token::tokenize`
    Token,
    /// `sentence::split`
    Sentence,
    /// `quotation::pair`
    Quotation,
    /// `reader::run`
    Reader,
    /// `mention::find`
    Mention,
    /// `time::find`
    Time,
    /// `statement::find`
    Statement,
    /// `entity::cluster`
    Entity,
    /// `act::classify`
    Act,
    /// `sourcing::trace`
    Sourcing,
    /// `said::date`
    Said,
    /// `addressee::find`
    Addressee,
}

/// Every stage with its name, in the order of [`crate::read`].
pub const STAGES: [(Stage, &str); 13] = [
    (Stage::Zone, "zone::divide"),
    (Stage::Token, "token::tokenize"),
    (Stage::Sentence, "sentence::split"),
    (Stage::Quotation, "quotation::pair"),
    (Stage::Reader, "reader::run"),
    (Stage::Mention, "mention::find"),
    (Stage::Time, "time::find"),
    (Stage::Statement, "statement::find"),
    (Stage::Entity, "entity::cluster"),
    (Stage::Act, "act::classify"),
    (Stage::Sourcing, "sourcing::trace"),
    (Stage::Said, "said::date"),
    (Stage::Addressee, "addressee::find"),
];

impl Stage {
    /// The stage of this name, `zone::divide` or `zone` for short.
    pub fn from_name(name: &str) -> Option<Stage> {
        STAGES.iter().find(|(_, full)| *full == name || full.split("::").next() == Some(name)).map(|(stage, _)| *stage)
    }

    /// Its full name.
    pub fn name(self) -> &'static str {
        STAGES.iter().find(|(stage, _)| *stage == self).map(|(_, name)| *name).expect("every stage is listed")
    }

    /// What the stage found: places with a label each, in the order of the text.
    pub fn items(self, reading: &Reading) -> Vec<(Span, String)> {
        let mut items = match self {
            Stage::Zone => reading.zones.iter().map(|zone| (zone.span, zone.kind.name().to_owned())).collect(),
            Stage::Token => tokens(reading),
            Stage::Sentence => reading.sentences.iter().map(|it| (it.span, format!("paragraph {}", it.paragraph + 1))).collect(),
            Stage::Quotation => quotations(reading),
            Stage::Reader => readout(reading),
            Stage::Mention => reading.mentions.iter().map(|it| (it.span, format!("{} {}", it.kind.name(), it.of.name()))).collect(),
            Stage::Time => reading.times.iter().map(|it| (it.span, format!("{} {}", it.kind.name(), it.value))).collect(),
            Stage::Statement => statements(reading),
            Stage::Entity => entities(reading),
            Stage::Act => each(reading, |id| format!("{} {}", reading.acts[id].act.name(), reading.acts[id].factuality.name())),
            Stage::Sourcing => each(reading, |id| format!("{} known through {}", reading.sourcing[id].class.name(), reading.sourcing[id].known_through.name())),
            Stage::Said => each(reading, |id| super::said(reading, id).unwrap_or_else(|| "cannot be told".to_owned())),
            Stage::Addressee => addressees(reading),
        };
        items.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.end())));
        items
    }
}

fn tokens(reading: &Reading) -> Vec<(Span, String)> {
    let kind = |kind: TokenKind| match kind {
        TokenKind::Word => "w",
        TokenKind::Number => "n",
        TokenKind::Punctuation => "p",
    };
    reading.tokens.as_slice().iter().map(|token| (token.span(), kind(token.kind()).to_owned())).collect()
}

fn quotations(reading: &Reading) -> Vec<(Span, String)> {
    let label = |quotation: &crate::quotation::Quotation| {
        let purpose = match quotation.use_ {
            QuotationUse::Speech => "speech",
            QuotationUse::Scare => "scare",
        };
        let closing = match quotation.closing {
            Closing::Closed => "",
            Closing::CarriedOn => ", carried on",
            Closing::Missing => ", not closed",
        };
        let nested = if quotation.within.is_some() { ", nested" } else { "" };
        format!("{purpose}{closing}{nested}")
    };
    reading.quotations.iter().map(|it| (it.span, label(it))).collect()
}

fn readout(reading: &Reading) -> Vec<(Span, String)> {
    let mut items = parts(reading, &reading.readout, "");
    if let Some(nested) = &reading.readout.nested {
        items.extend(parts(reading, nested, "nested "));
    }
    for marked in &reading.readout.mentions {
        let Some(span) = reading.tokens.cover(marked.tokens.clone()) else { continue };
        items.push((span, format!("{} {} {:.2}", marked.kind.name(), marked.of.name(), marked.score)));
    }
    items
}

/// The labelled spans of a look at the text, each with its number and the number of the part it is tied to.
fn parts(reading: &Reading, readout: &Readout, look: &str) -> Vec<(Span, String)> {
    let tie = |links: &[Option<Link>], at: usize| links.get(at).copied().flatten().map_or(String::new(), |link| format!(" ->{}", link.to + 1));
    let mut items = Vec::new();
    for (at, part) in readout.parts.iter().enumerate() {
        let Some(span) = reading.tokens.cover(part.tokens.clone()) else { continue };
        let to = tie(&readout.cue_of, at) + &tie(&readout.source_of, at);
        items.push((span, format!("{look}{}:{}{to} {:.2}", at + 1, part.role.name(), part.score)));
    }
    items
}

fn statements(reading: &Reading) -> Vec<(Span, String)> {
    let mut items = Vec::new();
    for (id, statement) in reading.statements.entries() {
        let number = id.at() + 1;
        items.extend(statement.source.map(|span| (span, format!("s{number} source"))));
        items.extend(statement.cue.iter().map(|span| (*span, format!("s{number} cue"))));
        items.extend(statement.content.iter().map(|span| (*span, format!("s{number} content, {}", statement.form.name()))));
    }
    items
}

fn entities(reading: &Reading) -> Vec<(Span, String)> {
    let label = |id: Id<crate::entity::Entity>| format!("e{} {}", id.at() + 1, reading.entities.layer[id].name);
    let told = reading.mentions.entries().filter_map(|(id, mention)| Some((mention.span, label(reading.entities.of_mention[id]?))));
    told.collect()
}

fn each(reading: &Reading, label: impl Fn(Id<crate::statement::Statement>) -> String) -> Vec<(Span, String)> {
    let place = |statement: &crate::statement::Statement| statement.cue.first().copied().unwrap_or_else(|| statement.reach());
    reading.statements.entries().map(|(id, statement)| (place(statement), format!("s{} {}", id.at() + 1, label(id)))).collect()
}

fn addressees(reading: &Reading) -> Vec<(Span, String)> {
    let told = reading.statements.ids().filter_map(|id| Some((reading.addressees[id].words?, format!("s{} is told this", id.at() + 1))));
    told.collect()
}

/// The lines of the document at most `width` characters wide, each with what `stage` found marked below it.
pub fn layer(reading: &Reading, stage: Stage, width: usize) -> Vec<Line> {
    let text = &reading.document.text;
    let lines = Lines::of(text);
    let items = stage.items(reading);
    let mut out = Vec::new();
    let gutter = 6;
    for row in rows(text, width.saturating_sub(gutter).max(20)) {
        let number = if is_line_start(text, row) { lines.at(row.start()).to_string() } else { String::new() };
        let words: String = row.of(text).trim_end().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        push(&mut out, [(Paint::Faint, format!("{number:>4}  ")), (Paint::Plain, words)]);
        for marks in marks_below(text, row, &items) {
            push(&mut out, [(Paint::Plain, " ".repeat(gutter)), (Paint::Name, marks)]);
        }
    }
    if stage == Stage::Entity {
        out.extend(cast(reading, width));
    }
    out
}

fn push(out: &mut Vec<Line>, pieces: [(Paint, String); 2]) {
    out.push(pieces.into_iter().map(|(paint, text)| super::Piece { paint, text }).collect());
}

fn is_line_start(text: &str, row: Span) -> bool {
    row.start() == 0 || text.as_bytes()[row.start() - 1] == b'\n'
}

/// The text in rows of at most `width` characters, cut at white space where there is some.
fn rows(text: &str, width: usize) -> Vec<Span> {
    let mut rows = Vec::new();
    let (mut start, mut count, mut space) = (0, 0, None);
    for (at, c) in text.char_indices() {
        if c == '\n' {
            rows.push(Span::new(start, at));
            (start, count, space) = (at + 1, 0, None);
            continue;
        }
        if count >= width {
            let cut = space.unwrap_or(at);
            rows.push(Span::new(start, cut));
            (start, count, space) = (cut, text[cut..at].chars().count(), None);
        }
        count += 1;
        if c == ' ' {
            space = Some(at + 1);
        }
    }
    rows.push(Span::new(start, text.len()));
    rows.retain(|row| !row.of(text).trim().is_empty());
    rows
}

/// The marks under `row`, packed into as few lines as keep them apart.
fn marks_below(text: &str, row: Span, items: &[(Span, String)]) -> Vec<String> {
    let mut below: Vec<String> = Vec::new();
    let first = items.partition_point(|(span, _)| span.start() < row.start());
    let from_above = items[..first].iter().filter(|(span, _)| span.end() > row.start());
    let from_here = items[first..].iter().take_while(|(span, _)| span.start() < row.end());
    for (span, label) in from_above.chain(from_here) {
        let begins = span.start() >= row.start();
        let (start, end) = (span.start().max(row.start()), span.end().min(row.end()));
        if !text.is_char_boundary(start) || !text.is_char_boundary(end) || start > end {
            continue;
        }
        let column = text[row.start()..start].chars().count();
        let length = text[start..end].trim_end().chars().count().max(1);
        let mark = format!("{}{}{label}", "^".repeat(length), if begins { " " } else { " … " });
        let fits = |line: &String| line.chars().count() < column || (line.is_empty() && column == 0);
        let line = match below.iter().position(fits) {
            Some(at) => &mut below[at],
            None => {
                below.push(String::new());
                below.last_mut().expect("a line was just pushed")
            }
        };
        let gap = column - line.chars().count();
        line.push_str(&" ".repeat(gap));
        line.push_str(&mark);
    }
    below
}

/// Who is who, after the text.
fn cast(reading: &Reading, width: usize) -> Vec<Line> {
    let mut canvas = Canvas::of_width(width);
    canvas.blank();
    for (id, entity) in reading.entities.layer.entries() {
        let mut parts = vec![(Paint::Faint, format!("e{}", id.at() + 1)), (Paint::Name, entity.name.clone()), (Paint::Plain, entity.kind.name().to_owned())];
        if !entity.roles.is_empty() {
            parts.push((Paint::Plain, format!("· {}", entity.roles.join(", "))));
        }
        if !entity.aliases.is_empty() {
            parts.push((Paint::Faint, format!("· also {}", entity.aliases.join(", "))));
        }
        canvas.line(0, parts);
    }
    canvas.into_lines()
}
