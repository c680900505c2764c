//! Finds the expression of time that stands with a statement's cue, in its sentence and outside what was said.

use super::{Cx, anchor};
use crate::statement::Statement;
use crate::text::{Id, Span};
use crate::time::{Granularity, Time, TimeKind};
use std::ops::Range;

/// For each statement, the time beside its cue.
pub(super) fn times(cx: &Cx<'_>) -> Vec<Option<Id<Time>>> {
    let contents = contents(cx);
    let cues = cues(cx);
    cx.statements.ids().map(|id| beside(cx, id, &contents, &cues)).collect()
}

/// For each time, the statements in whose content it stands.
fn contents(cx: &Cx<'_>) -> Vec<Vec<Id<Statement>>> {
    let mut inside = vec![Vec::new(); cx.times.len()];
    for (id, statement) in cx.statements.entries() {
        for content in &statement.content {
            for time in times_in(cx, *content) {
                inside[time.at()].push(id);
            }
        }
    }
    inside
}

fn times_in(cx: &Cx<'_>, span: Span) -> impl Iterator<Item = Id<Time>> + use<> {
    let times = cx.times.as_slice();
    let from = times.partition_point(|time| time.span.start() < span.start());
    let to = times.partition_point(|time| time.span.start() < span.end());
    (from..to.max(from)).map(Id::new)
}

/// The first token of every cue, with its statement, in order.
fn cues(cx: &Cx<'_>) -> Vec<(usize, Id<Statement>)> {
    let mut cues: Vec<(usize, Id<Statement>)> = cx
        .statements
        .entries()
        .flat_map(|(id, statement)| statement.cue.iter().map(move |cue| (*cue, id)))
        .map(|(cue, id)| (cx.tokens.from_byte(cue.start()), id))
        .collect();
    cues.sort();
    cues
}

fn beside(cx: &Cx<'_>, id: Id<Statement>, contents: &[Vec<Id<Statement>>], cues: &[(usize, Id<Statement>)]) -> Option<Id<Time>> {
    let statement = &cx.statements[id];
    let (_, sentence) = cx.sentences.holding(anchor(statement).start())?;
    // A time outside of the frame this statement stands in belongs to the frame.
    let framed = |time: Id<Time>| statement.within.is_none_or(|frame| contents[time.at()].contains(&frame));
    let candidates = times_in(cx, sentence.span).filter(|time| framed(*time) && contents[time.at()].iter().all(|holder| holds(cx, *holder, id)));
    let scored = candidates.filter_map(|time| Some((cost(cx, id, &cx.times[time], &sentence.tokens, cues)?, time)));
    scored.min().map(|(_, time)| time)
}

/// Whether `id` stands within `holder`.
fn holds(cx: &Cx<'_>, holder: Id<Statement>, id: Id<Statement>) -> bool {
    let mut at = cx.statements[id].within;
    // A chain of frames is never longer than the layer; the count guards against a ring.
    for _ in 0..FRAMES {
        match at {
            Some(frame) if frame == holder => return true,
            Some(frame) => at = cx.statements[frame].within,
            None => return false,
        }
    }
    false
}

/// Frames deeper than this are not followed.
const FRAMES: usize = 8;

/// How far `time` stands from the cue in words of neither source nor content; `None` if it belongs to something else.
fn cost(cx: &Cx<'_>, id: Id<Statement>, time: &Time, sentence: &Range<usize>, cues: &[(usize, Id<Statement>)]) -> Option<usize> {
    let statement = &cx.statements[id];
    let place = cx.tokens.within(time.span);
    let before = cx.tokens.before(place.start, 1);
    let ahead = time.interval.as_ref().and_then(|interval| interval.start).zip(cx.dating.date).is_some_and(|(start, date)| start > date);
    let points = time.interval.is_some() || (cx.dating.date.is_none() && time.value.starts_with("XXXX-"));
    let wrong = !points
        || ahead
        || !matches!(time.kind, TimeKind::Date | TimeKind::Time)
        || matches!(before, "since" | "until" | "till" | "before" | "after" | "from" | "between" | "through" | "for" | "of");
    if wrong {
        return None;
    }
    if statement.source.is_some_and(|source| source.contains(time.span)) {
        let close = time.interval.as_ref().is_some_and(|interval| interval.granularity <= Granularity::Month);
        return close.then_some(IN_SOURCE);
    }
    let mine = nearest(cx, id, &place, sentence)?;
    let leads = place.start <= sentence.start + LEAD && !is_cut(cx, statement, place.end..mine.max(place.end));
    if leads {
        return Some(LEADING);
    }
    let between = if mine < place.start { mine + 1..place.start } else { place.end..mine };
    let relative = statement.source.map(|source| cx.tokens.from_byte(source.end())..place.start).filter(|gap| mine >= place.end && gap.start < gap.end);
    if relative.is_some_and(|gap| gap.clone().any(|at| matches!(cx.tokens.lower(at), "who" | "which" | "whose" | "where"))) {
        return None;
    }
    let free = between.clone().filter(|at| !in_parts(statement, cx.tokens.span(*at))).count();
    let reach = between.len();
    let around = place.start.saturating_sub(reach)..(place.end + reach).min(sentence.end);
    let closer =
        cues_in(cues, &around).any(|other| other != id && cx.statements[other].source != statement.source && !holds(cx, id, other) && !holds(cx, other, id));
    (free <= FAR && !closer && !is_cut(cx, statement, between)).then_some(free)
}

/// What a time within the source costs ("Thursday’s order"): any time outside is preferred.
const IN_SOURCE: usize = 20;
/// Tokens before a time that opens its sentence ("Late on").
const LEAD: usize = 2;
/// What a time at the head of the sentence costs: any nearer one is preferred.
const LEADING: usize = 4;
/// Words between cue and time beyond which the time belongs to something else.
const FAR: usize = 9;

fn nearest(cx: &Cx<'_>, id: Id<Statement>, time: &Range<usize>, sentence: &Range<usize>) -> Option<usize> {
    let statement = &cx.statements[id];
    let spans = if statement.cue.is_empty() { vec![anchor(statement)] } else { statement.cue.clone() };
    let ends = spans.iter().flat_map(|span| {
        let cue = cx.tokens.within(*span);
        [cue.start, cue.end.saturating_sub(1)]
    });
    ends.filter(|at| sentence.contains(at)).min_by_key(|at| at.abs_diff(time.start))
}

fn cues_in<'a>(cues: &'a [(usize, Id<Statement>)], between: &Range<usize>) -> impl Iterator<Item = Id<Statement>> + use<'a> {
    let from = cues.partition_point(|(at, _)| *at < between.start);
    let to = cues.partition_point(|(at, _)| *at < between.end);
    cues[from..to.max(from)].iter().map(|(_, id)| *id)
}

fn in_parts(statement: &Statement, span: Span) -> bool {
    statement.source.iter().chain(&statement.content).chain(&statement.cue).any(|part| part.contains(span))
}

/// Whether another clause begins between cue and time: "after …", "who …", a semicolon.
fn is_cut(cx: &Cx<'_>, statement: &Statement, between: Range<usize>) -> bool {
    let cuts = |at: usize| match cx.tokens.lower(at) {
        // "on Thursday when she said": the clause is the cue's own.
        "when" => at != between.start || at == 0,
        // "before the committee Thursday" opens no clause, "before he left Thursday" does.
        "before" | "after" => (at + 1..between.end).any(|at| is_verb(cx.tokens.lower(at))),
        "who" | "which" | "whose" | "where" | "since" | "until" | "because" | "although" | "though" | "while" | "whereas" | "if" | ";" | "despite"
        | "following" => true,
        _ => false,
    };
    between.clone().any(|at| cuts(at) && !in_parts(statement, cx.tokens.span(at)))
}

/// Words that show a clause rather than a noun phrase.
fn is_verb(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "is") || crate::time::tells_past(word)
}
