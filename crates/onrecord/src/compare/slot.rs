//! Finds one event told with another place, name or day in the same position: "in Dorn" against "in Harrow".

use super::side::Side;
use super::{Cx, Relation, RelationKind};
use crate::similar::words::stem;
use crate::text::Span;
use crate::token::{TokenKind, Tokens};
use std::collections::BTreeSet;
use std::ops::Range;

/// Words that two tellings must share before and after the place where they differ.
const SHARED: usize = 4;
/// Tokens that may stand where they differ.
const LONGEST: usize = 4;

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut relations = Vec::new();
    for (at, a) in cx.sides.iter().enumerate().filter(|(_, side)| side.asserts()) {
        for b in cx.index.candidates(&cx.sides, at) {
            let fits = a.told < b.told && b.asserts() && a.told.document != b.told.document && a.negation.is_some() == b.negation.is_some();
            let pair = (a.utterance.min(b.utterance), a.utterance.max(b.utterance));
            let found = (fits && !seen.contains(&pair)).then(|| differing(cx, a, b)).flatten();
            if let Some(relation) = found {
                seen.insert(pair);
                relations.push(relation);
            }
        }
    }
    relations
}

/// Where two tellings in otherwise the same words differ: the words of each, and the word before them.
pub(super) struct Gap {
    a: Vec<(usize, String)>,
    b: Vec<(usize, String)>,
    before: String,
}

/// The one place where two tellings differ, where all else agrees.
pub(super) fn gap(a: &Side<'_>, b: &Side<'_>) -> Option<Gap> {
    let (words_a, words_b) = (&a.row, &b.row);
    let same = |x: &(usize, String), y: &(usize, String)| x.1 == y.1;
    let head = words_a.iter().zip(words_b).take_while(|(x, y)| same(x, y)).count();
    let most = words_a.len().min(words_b.len()) - head;
    let tail = words_a.iter().rev().zip(words_b.iter().rev()).take(most).take_while(|(x, y)| same(x, y)).count();
    let (gap_a, gap_b) = (&words_a[head..words_a.len() - tail], &words_b[head..words_b.len() - tail]);
    let counts = |words: &[(usize, String)]| words.iter().filter(|(_, word)| !super::words::lexicon().stop.contains(word)).count();
    if gap_a.is_empty()
        || gap_b.is_empty()
        || gap_a.len().max(gap_b.len()) > LONGEST
        || counts(&words_a[..head]) + counts(&words_a[words_a.len() - tail..]) < SHARED
    {
        return None;
    }
    let before = words_a[..head].last().map_or(String::new(), |(_, word)| word.clone());
    Some(Gap { a: gap_a.to_vec(), b: gap_b.to_vec(), before })
}

/// `compare/slot`
fn differing(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> Option<Relation> {
    let gap = gap(a, b)?;
    let (place_a, place_b) = (span(a, &gap.a)?, span(b, &gap.b)?);
    let kind = if is_day(a, place_a) && is_day(b, place_b) {
        days_apart(a, place_a, b, place_b).then_some("day")
    } else {
        (is_position(&gap.before) && is_name(a, &gap.a) && is_name(b, &gap.b)).then_some("name or place")
    }?;
    let why = format!("One event, another {kind}: “{}” against “{}”.", a.words_at(place_a), b.words_at(place_b));
    Some(cx.pair(RelationKind::Conflicts, a, b, "compare/slot", vec![a.place(place_a), b.place(place_b)], why))
}

/// The words of a content in order, articles and marks left out: token and stem.
pub(super) fn row(tokens: &Tokens, content: &[Range<usize>]) -> Vec<(usize, String)> {
    let counts = |at: &usize| tokens.kind(*at) != TokenKind::Punctuation && !matches!(tokens.lower(*at), "the" | "a" | "an" | "that" | "had" | "has" | "have");
    content.iter().cloned().flatten().filter(counts).map(|at| (at, stem(tokens.lower(at)))).collect()
}

fn span(side: &Side<'_>, gap: &[(usize, String)]) -> Option<Span> {
    side.reading.tokens.cover(gap.first()?.0..gap.last()?.0 + 1)
}

/// Words that put something at one place or in one hand, so that another cannot stand there too.
fn is_position(word: &str) -> bool {
    matches!(word, "in" | "at" | "near" | "from" | "by" | "off" | "outside" | "to")
}

fn is_name(side: &Side<'_>, gap: &[(usize, String)]) -> bool {
    let (tokens, text) = (&side.reading.tokens, side.reading.document.text.as_str());
    gap.iter().all(|(at, _)| tokens.is_capitalised(text, *at))
        && gap.iter().all(|(_, word)| !side.figures.iter().any(|figure| figure.span.of(text).contains(word.as_str())))
}

/// Whether the words are an expression of time that points at days.
fn is_day(side: &Side<'_>, place: Span) -> bool {
    interval(side, place).is_some()
}

fn interval<'s>(side: &'s Side<'_>, place: Span) -> Option<&'s crate::time::Interval> {
    let time = side.reading.times.iter().find(|time| time.span.contains(place) || place.contains(time.span))?;
    time.interval.as_ref()
}

fn days_apart(a: &Side<'_>, place_a: Span, b: &Side<'_>, place_b: Span) -> bool {
    let days = |side: &Side<'_>, place: Span| interval(side, place).and_then(|interval| interval.start.zip(interval.end));
    days(a, place_a).zip(days(b, place_b)).is_some_and(|((from_a, to_a), (from_b, to_b))| to_a < from_b || to_b < from_a)
}
