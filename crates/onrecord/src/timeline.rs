//! Draws what was said and what happened on one line of time.
//!
//! The day something was said and the day it happened are two things: of "she said on Friday that the chain broke on
//! Tuesday" Friday carries what was said, Tuesday what happened.
//!
//! # Limits
//! What is dated only from one side ("before the article") is not drawn. What happened is found by expressions of time
//! alone; a happening that no word dates is not on the line, and what lies ahead of its document has not happened.

use crate::account::Account;
use crate::act::Factuality;
use crate::calendar::Calendar;
use crate::line::one_line;
use crate::record::{Place, Ref, Told};
use crate::statement::Form;
use crate::text::{Id, Layer, Span, Spanned};
use crate::time::{Interval, Time, TimeKind};
use crate::utterance::Utterance;
use crate::zone::ZoneKind;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};

/// Something on the line of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When, as far as known.
    pub when: Interval,
    /// What.
    pub what: What,
    /// The words, as a document has them.
    pub text: String,
    /// The words that give the time.
    pub place: Place,
    /// The statements that carry it.
    pub support: Vec<Told>,
}

/// What stands on the line of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Something was said.
    Said(Id<Utterance>),
    /// Something happened, by the words of a document or of a source.
    Happened,
}

/// Draws the line of one story, in the order of time.
pub fn draw(accounts: &[&Account], calendar: &Calendar, utterances: &Layer<Utterance>) -> Vec<Entry> {
    let said = utterances.entries().filter_map(|(id, utterance)| said(accounts, calendar, id, utterance));
    let mut entries: Vec<Entry> = said.collect();
    // Two documents that tell of one happening in the same words tell of it once.
    let mut told: BTreeMap<(Option<Date>, Option<Date>, String), usize> = BTreeMap::new();
    for entry in (0..accounts.len()).flat_map(|document| happened(accounts, calendar, document)) {
        match told.entry((entry.when.start, entry.when.end, entry.text.to_lowercase())) {
            Occupied(at) => entries[*at.get()].support.extend(entry.support),
            Vacant(new) => {
                new.insert(entries.len());
                entries.push(entry);
            }
        }
    }
    entries.sort_by_key(|entry| (entry.when.start, entry.when.end, entry.place));
    entries
}

/// An act of speaking that has a day, in the words of the statement that gives most of it.
fn said(accounts: &[&Account], calendar: &Calendar, id: Id<Utterance>, utterance: &Utterance) -> Option<Entry> {
    let when = utterance.said.clone().filter(|when| when.start.is_some() && when.end.is_some())?;
    let is_actual = |told: &&Told| told.reading(accounts).acts[told.id].factuality == Factuality::Actual;
    let support: Vec<Told> = utterance.statements.iter().filter(is_actual).copied().collect();
    let length = |told: &Told| told.content(accounts).map(str::len).sum::<usize>();
    let told = support.iter().copied().max_by_key(|told| (length(told), std::cmp::Reverse(*told)))?;
    let statement = told.statement(accounts);
    let text = match (statement.cue.as_slice(), statement.content.as_slice()) {
        ([cue], [content]) if statement.form != Form::Direct && cue.end() <= content.start() && content.start() - cue.end() <= GAP => {
            words(accounts, told.place(cue.cover(*content)))
        }
        (_, []) => words(accounts, told.place(statement.reach())),
        (_, parts) => parts.iter().map(|span| words(accounts, told.place(*span))).collect::<Vec<_>>().join(" … "),
    };
    let dated_by = calendar.day(told.document).said[told.id].evidence.iter().find_map(|evidence| evidence.words.first());
    Some(Entry { when, what: What::Said(id), text, place: told.place(dated_by.copied().unwrap_or(statement.reach())), support })
}

/// Between a cue and its content stand at most so many bytes, for both to be told in one: "told reporters that …".
const GAP: usize = 40;

/// What the times of one document date besides the saying itself.
fn happened(accounts: &[&Account], calendar: &Calendar, document: usize) -> Vec<Entry> {
    let (reading, day) = (&accounts[document].reading, calendar.day(document));
    let dates_a_saying = |span: Span| day.said.iter().flat_map(|said| &said.evidence).any(|evidence| evidence.words.contains(&span));
    let is_past = |when: &Interval| day.dating.date.is_none_or(|today| when.start.is_some_and(|start| start <= today));
    let mut out = Vec::new();
    for time in day.times.iter().filter(|time| points(time) && !dates_a_saying(time.span)) {
        let Some(when) = time.interval.clone().filter(|when| when.start.is_some() && when.end.is_some() && is_past(when)) else { continue };
        let is_told = reading.zones.holding(time.span.start()).is_some_and(|(_, zone)| tells(zone.kind));
        let Some((_, sentence)) = reading.sentences.holding(time.span.start()).filter(|_| is_told) else { continue };
        let around: Vec<Told> = reading.statements.ids().map(|id| Ref::new(document, id)).filter(|told| holds(accounts, *told, time.span)).collect();
        if around.iter().any(|told| reading.acts[told.id].factuality != Factuality::Actual) {
            continue;
        }
        let inner = around.iter().flat_map(|told| &told.statement(accounts).content).filter(|part| part.contains(time.span)).min_by_key(|part| part.len());
        let clause = clause(reading, inner.copied().unwrap_or(sentence.span()), time.span);
        if lies_ahead(reading, clause, time.span) || tells_apart(reading, clause, time.span) || !tells_an_event(reading, clause) {
            continue;
        }
        let place = Place { document, span: time.span };
        out.push(Entry { when, what: What::Happened, text: words(accounts, Place { document, span: clause }), place, support: around });
    }
    out
}

/// Whether a time points at days of its own; "now" and "recently" do not.
fn points(time: &Time) -> bool {
    matches!(time.kind, TimeKind::Date | TimeKind::Time) && !time.value.ends_with("_REF")
}

/// Whether a clause speaks of what will be: a word of the future stands before its time.
fn lies_ahead(reading: &crate::Reading, clause: Span, time: Span) -> bool {
    let before = Span::new(clause.start(), time.start().max(clause.start()));
    reading.tokens.within(before).any(|at| matches!(reading.tokens.lower(at), "will" | "would" | "shall" | "ll"))
}

/// Whether a time only tells apart a thing that the clause names after it began: "she knew those hurt in Monday's storm".
fn tells_apart(reading: &crate::Reading, clause: Span, time: Span) -> bool {
    let tokens = &reading.tokens;
    let words = tokens.within(time);
    let owns = |at: usize| matches!(tokens.lower(at), "'" | "’") && tokens.lower(at + 1) == "s";
    let opens = || tokens.within(clause).start + 1 >= words.start;
    (words.clone().any(owns) || owns(words.end)) && !opens()
}

/// Whether a clause tells of something over: it has a verb in the past and asks nothing.
fn tells_an_event(reading: &crate::Reading, clause: Span) -> bool {
    let mut words = reading.tokens.within(clause);
    words.any(|at| crate::time::tells_past(reading.tokens.lower(at))) && !clause.of(&reading.document.text).contains('?')
}

/// Whether a zone tells news, its own or somebody's.
fn tells(kind: ZoneKind) -> bool {
    match kind {
        ZoneKind::Headline | ZoneKind::Reporting | ZoneKind::Commentary | ZoneKind::Turn | ZoneKind::Excerpt | ZoneKind::Caption => true,
        ZoneKind::Byline | ZoneKind::Dateline | ZoneKind::ReaderComment | ZoneKind::Furniture => false,
    }
}

fn holds(accounts: &[&Account], told: Told, time: Span) -> bool {
    told.statement(accounts).content.iter().any(|part| part.contains(time))
}

/// A clause longer than this says more than what the time dates; it is then cut at the marks nearest the time.
const CLAUSE: usize = 160;

/// The words around `time` within `whole`: all of them where they are few, else from mark to mark.
fn clause(reading: &crate::Reading, whole: Span, time: Span) -> Span {
    let text = reading.document.text.as_str();
    let sentence = reading.sentences.holding(time.start()).map_or(whole, |(_, sentence)| sentence.span());
    let (low, high) = (whole.start().max(sentence.start()), whole.end().min(sentence.end()));
    let whole = if low < high { Span::new(low, high) } else { whole };
    let first = reading.tokens.within(whole).start;
    let whole = if reading.tokens.lower(first) == "that" { Span::new(reading.tokens.span(first).end().min(whole.end()), whole.end()) } else { whole };
    if whole.len() <= CLAUSE {
        return whole.trim(text);
    }
    let marks: Vec<Span> =
        reading.tokens.within(whole).map(|at| reading.tokens.span(at)).filter(|span| matches!(span.of(text), "," | ";" | "—" | "–" | ":")).collect();
    let start = marks.iter().rev().find(|mark| mark.end() + LEAST <= time.start()).map_or(whole.start(), |mark| mark.end());
    let end = marks.iter().find(|mark| mark.start() >= time.end() + LEAST).map_or(whole.end(), |mark| mark.start());
    Span::new(start, end).trim(text)
}

/// Fewer bytes than this between a mark and a time are no clause ("In March, …").
const LEAST: usize = 30;

fn words(accounts: &[&Account], place: Place) -> String {
    one_line(place.span.of(&accounts[place.document].reading.document.text))
}
