//! Rule `statement/relayed`: what somebody relays another as saying, that other says.
//!
//! "“It is old,” Ode told the council, according to the Courier": the reader gives the sentence to the Courier, and the words to nobody.

use super::attributed::{Attributed, LONGEST, SHORTEST, is_mark};
use super::lexicon::WORDS;
use super::{Form, Statement, Text};
use crate::evidence::Evidence;
use crate::text::Span;
use std::ops::Range;

/// Adds a statement for everybody who is told to have said a part of what a draft tells, where no draft has him say it.
pub(super) fn add(text: &Text, drafts: &mut Vec<Statement>) {
    let mut found: Vec<Statement> = Vec::new();
    for draft in drafts.iter() {
        for (at, part) in draft.content.iter().enumerate() {
            let words = behind_that(text, *part);
            let is_according = draft.cue.iter().any(|cue| text.is_according(*cue));
            let ending = || at_end(text, words.clone(), is_according);
            let opening = || at_beginning(text, words.clone()).filter(|_| is_according);
            let Some(relayed) = ending().or_else(opening).or_else(|| before_quotation(text, words.clone())) else { continue };
            let is_told = |other: &Statement| other.cue.iter().any(|cue| cue.overlaps(relayed.cue));
            if !drafts.iter().chain(&found).any(is_told) {
                let quoted = draft.content[at + 1..].iter().copied().filter(|part| text.is_quoted(*part));
                found.push(statement(&relayed, quoted, draft.confidence));
            }
        }
    }
    drafts.extend(found);
}

/// "“…,” Ode told the council"; without marks only in what is told "according to" somebody.
fn at_end(text: &Text, words: Range<usize>, is_according: bool) -> Option<Attributed> {
    let relayed = Attributed::ending(text, words.start, text.said_last(words.start, words.end, true)?)?;
    (is_according || text.is_quoted(relayed.said)).then_some(relayed)
}

/// "Ode said that …", "Ode told the council that …" and "Ode said …".
fn at_beginning(text: &Text, words: Range<usize>) -> Option<Attributed> {
    let tokens = text.tokens;
    let cue = (words.start + 1..words.end.min(words.start + LONGEST)).find(|at| WORDS.said_last.at(tokens, *at).is_some())?;
    let source = words.start..cue;
    let that = (cue + 1..words.end.min(cue + LONGEST)).find(|at| tokens.lower(*at) == "that");
    let that = that.filter(|that| *that == cue + 1 || text.is_aside(cue, cue + 1..*that));
    let is_plain = WORDS.told.at(tokens, cue).is_none() && WORDS.when_where.at(tokens, cue + 1).is_none() && !is_mark(tokens, cue + 1);
    let said = that.or((is_plain && tokens.lower(cue + 1) != ",").then_some(cue + 1))?;
    let is_whole = text.is_one(&source) && !source.clone().any(|at| tokens.lower(at) == ",") && text.is_somebody(&source) && said + SHORTEST <= words.end;
    is_whole.then_some(())?;
    Some(Attributed { said: tokens.cover(said..words.end)?, source: tokens.cover(source)?, cue: tokens.span(cue) })
}

/// "When she asked, Ode told her, “…”": somebody who is told something in marks that end what is told.
fn before_quotation(text: &Text, words: Range<usize>) -> Option<Attributed> {
    let tokens = text.tokens;
    let end = tokens.cover(words.clone())?.end();
    let opens = |at: &usize| text.quotations.iter().any(|quotation| quotation.span.start() == tokens.span(*at).start() && quotation.span.end() + 1 >= end);
    let said = (words.start + 3..words.end.saturating_sub(SHORTEST)).find(opens)?;
    let comma = Some(said - 1).filter(|at| tokens.lower(*at) == ",")?;
    let cue = (words.start + 1..comma).rev().find(|at| WORDS.said_last.at(tokens, *at).is_some())?;
    let first = (words.start..cue).rev().find(|at| tokens.lower(*at) == ",").map_or(words.start, |comma| comma + 1);
    let source = first..cue;
    let is_told = comma == cue + 1 || text.is_aside(cue, cue + 1..comma);
    (is_told && text.is_one(&source) && text.is_somebody(&source)).then_some(())?;
    Some(Attributed { said: tokens.cover(said..words.end)?, source: tokens.cover(source)?, cue: tokens.span(cue) })
}

/// The tokens of a part without the "that" before it and the stop or comma behind it.
fn behind_that(text: &Text, part: Span) -> Range<usize> {
    let words = text.tokens.within(part);
    let start = words.start + usize::from(text.tokens.lower(words.start) == "that");
    let is_stop = words.end > start && matches!(text.tokens.lower(words.end - 1), "." | ",");
    start..words.end - usize::from(is_stop)
}

fn statement(relayed: &Attributed, goes_on: impl Iterator<Item = Span>, confidence: f32) -> Statement {
    let content: Vec<Span> = [relayed.said].into_iter().chain(goes_on).collect();
    let evidence = vec![Evidence::rule("cue", "statement/relayed", vec![relayed.said, relayed.source, relayed.cue], "what is relayed tells who said it")];
    Statement { source: Some(relayed.source), cue: vec![relayed.cue], content, within: None, form: Form::Indirect, confidence, evidence }
}
