//! Finds again, in a text that may have changed, the words that somebody pointed at.

use crate::read::Reading;
use crate::statement::Statement;
use crate::text::{Id, Span};
use serde::{Deserialize, Serialize};

/// Bytes of the surroundings that are kept on either side, as the Web Annotation model's quote selector does: enough to tell two
/// places of the same words apart in all but lists.
const AROUND: usize = 48;

/// Two statements are the same one if what they share is at least this much of what either covers: a new model may draw its
/// spans a few words wider or narrower.
const SAME: f64 = 0.5;

/// Words at a place, by which they are found again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words.
    pub words: String,
    /// What stood before them.
    pub before: String,
    /// What stood behind them.
    pub after: String,
    /// Their first byte when they were pointed at.
    pub start: usize,
}

/// A statement, by where it says what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementAt {
    /// From the first word of its content to the last; its cue where it has no content.
    pub matter: Quote,
    /// The words that say that it was said.
    pub cue: Option<Quote>,
}

impl Quote {
    /// The words at `span` of `text`.
    pub fn of(text: &str, span: Span) -> Quote {
        let from = text.floor_char_boundary(span.start().saturating_sub(AROUND));
        let to = text.ceil_char_boundary((span.end() + AROUND).min(text.len()));
        Quote { words: span.of(text).to_owned(), before: text[from..span.start()].to_owned(), after: text[span.end()..to].to_owned(), start: span.start() }
    }

    /// Where the words stand now: of several places the one whose surroundings are most alike, then the nearest to where they stood.
    pub fn find(&self, text: &str) -> Option<Span> {
        if self.words.is_empty() {
            return None;
        }
        let alike = |at: usize| {
            let before = text[..at].bytes().rev().zip(self.before.bytes().rev()).take_while(|(a, b)| a == b).count();
            let after = text[at + self.words.len()..].bytes().zip(self.after.bytes()).take_while(|(a, b)| a == b).count();
            before + after
        };
        let next = |from: usize| Some(from + text.get(from..)?.find(&self.words)?);
        let places = std::iter::successors(next(0), |at| next(text.ceil_char_boundary(at + 1)));
        let best = places.max_by_key(|at| (alike(*at), std::cmp::Reverse(at.abs_diff(self.start))))?;
        Some(Span::new(best, best + self.words.len()))
    }
}

impl StatementAt {
    /// Points at a statement.
    pub fn of(reading: &Reading, id: Id<Statement>) -> StatementAt {
        let (text, statement) = (&reading.document.text, &reading.statements[id]);
        let cue = statement.cue.iter().copied().reduce(Span::cover);
        StatementAt { matter: Quote::of(text, matter(statement)), cue: cue.map(|cue| Quote::of(text, cue)) }
    }

    /// The statement pointed at: the one that covers most nearly the same words, with the same cue if several do.
    pub fn find(&self, reading: &Reading) -> Option<Id<Statement>> {
        let text = &reading.document.text;
        let place = self.matter.find(text)?;
        let cue = self.cue.as_ref().and_then(|cue| cue.find(text));
        let alike = |statement: &Statement| {
            let matter = matter(statement);
            let common = matter.end().min(place.end()).saturating_sub(matter.start().max(place.start()));
            let share = common as f64 / matter.cover(place).len().max(1) as f64;
            let has_cue = cue.is_some_and(|cue| statement.cue.iter().any(|part| part.overlaps(cue)));
            (share, has_cue)
        };
        let all = reading.statements.entries().map(|(id, statement)| (alike(statement), id));
        let near = all.filter(|((share, has_cue), _)| *share >= SAME && (*has_cue || cue.is_none() || *share == 1.0));
        // The first of several that are equally near.
        near.min_by(|a, b| b.0.1.cmp(&a.0.1).then(b.0.0.total_cmp(&a.0.0)).then(a.1.cmp(&b.1))).map(|(_, id)| id)
    }
}

/// From the first word of what it says to the last.
fn matter(statement: &Statement) -> Span {
    statement.matter().iter().copied().reduce(Span::cover).unwrap_or_else(|| statement.reach())
}
