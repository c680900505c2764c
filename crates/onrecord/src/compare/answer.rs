//! Reads off the askings of a question which answers later ones overtook, and which stand against each other.

use super::side::Side;
use super::{Cx, Relation, RelationKind};
use crate::evidence::Evidence;
use crate::origin;
use crate::question::{Answer, Asking};
use crate::record::{Place, Told};
use crate::sourcing::{KnownThrough, SourceClass};
use crate::token::TokenKind;
use std::ops::Range;

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    cx.questions.iter().flat_map(|question| of_one(cx, &question.askings)).collect()
}

fn of_one(cx: &Cx<'_>, askings: &[Asking]) -> Vec<Relation> {
    let mut relations = Vec::new();
    for later in askings.iter().filter(|asking| settles(asking.answer) && !asking.answered_in.is_empty()) {
        for earlier in askings.iter().filter(|asking| !asking.answered_in.is_empty() && asking.answered_in != later.answered_in) {
            relations.extend(overtaken(cx, later, earlier));
        }
    }
    for (at, a) in askings.iter().enumerate() {
        relations.extend(askings[at + 1..].iter().find_map(|b| disputed(cx, a, b)));
    }
    relations
}

/// Whether it is told that somebody asked, rather than that somebody spoke to it unasked.
fn is_put(asking: &Asking) -> bool {
    !asking.asked_in.is_empty()
}

fn settles(answer: Answer) -> bool {
    match answer {
        Answer::Affirm | Answer::Deny => true,
        Answer::Partial | Answer::NonAnswer | Answer::Declined | Answer::None => false,
    }
}

/// `compare/answer-overtaken`: what was left open, answered in part, or answered otherwise by the same speaker.
fn overtaken(cx: &Cx<'_>, later: &Asking, earlier: &Asking) -> Option<Relation> {
    if !is_before(cx, earlier, later) || !answers_it(cx, earlier, later) {
        return None;
    }
    let why = match earlier.answer {
        Answer::NonAnswer | Answer::Declined | Answer::None => "A question left open is answered later.",
        // What nobody asked nobody answers in part: he only says more surely what he or another said with a reserve.
        Answer::Partial if (is_put(earlier) || is_put(later)) && !is_said_alike(cx, earlier, later) => "A question answered in part is answered later.",
        Answer::Affirm | Answer::Deny if earlier.answer != later.answer && earlier.addressee.is_some() && earlier.addressee == later.addressee => {
            "The same speaker answers the question otherwise later."
        }
        Answer::Partial | Answer::Affirm | Answer::Deny => return None,
    };
    Some(relation(cx, RelationKind::Supersedes, "compare/answer-overtaken", later, earlier, why))
}

/// How much alike the words of two answers must be to be one answer, told of two days.
const ALIKE: f64 = 0.8;

/// Whether the later answer only says again what the earlier one said.
fn is_said_alike(cx: &Cx<'_>, earlier: &Asking, later: &Asking) -> bool {
    earlier.answered_in.iter().any(|a| later.answered_in.iter().any(|b| cx.index.by_words(cx.side(*a), cx.side(*b)) >= ALIKE))
}

/// How much of the words of a question must stand in what is taken to answer it later, where another speaker says it unasked.
const SAID_AGAIN: f64 = 0.6;

/// How much of the words of an answer must stand in what is taken for the whole of it, or for its opposite, later.
const WHOLE: f64 = 0.4;

/// Whether the later words surely answer what the earlier left open: the same speaker or one who speaks for him; else, to
/// a question that was put in so many words, words on the record that were asked for too, or that say most of it again. Of
/// an answer, whole or in part, that nobody asked for again, they must say much again.
fn answers_it(cx: &Cx<'_>, earlier: &Asking, later: &Asking) -> bool {
    let asserted = later.answered_in.iter().any(|told| cx.side(*told).asserts());
    let one_side = earlier.addressee.zip(later.addressee).is_some_and(|(a, b)| origin::is_one_side(cx.people, a, b));
    let said_again = |before: &[Told], least: f64| {
        let again = |told: &Told| later.answered_in.iter().any(|answer| cx.index.holds(cx.side(*answer), cx.index.of(cx.side(*told))) >= least);
        before.iter().any(again)
    };
    let is_told = match earlier.answer {
        Answer::NonAnswer | Answer::Declined | Answer::None => false,
        Answer::Partial | Answer::Affirm | Answer::Deny => true,
    };
    let is_whole = is_told && said_again(&earlier.answered_in, WHOLE);
    let is_again = is_put(earlier) && (!later.asked_in.is_empty() || is_whole || said_again(&earlier.asked_in, SAID_AGAIN));
    // What was left open of a question that nobody put is answered by words of that matter only.
    let is_of_it = || {
        let matter = |told: &Told| &cx.side(*told).plain;
        earlier.answered_in.iter().any(|before| later.answered_in.iter().any(|answer| !matter(before).is_disjoint(matter(answer))))
    };
    let is_left_open = !is_told && (is_put(earlier) || is_of_it());
    asserted && if one_side { (is_put(earlier) && !later.asked_in.is_empty()) || is_left_open || is_whole } else { is_again && is_open(cx, later) }
}

/// Whether somebody answers on the record: an unnamed source, or one paper on the word of another, answers for nobody.
fn is_open(cx: &Cx<'_>, later: &Asking) -> bool {
    later.answered_in.iter().map(|told| cx.side(*told)).any(|side| {
        let sourcing = &side.reading.sourcing[side.told.id];
        let speaks = !matches!(sourcing.class, SourceClass::Anonymous | SourceClass::Outlet | SourceClass::None);
        matches!(sourcing.known_through, KnownThrough::OnRecord | KnownThrough::Document) && speaks
    })
}

/// `compare/answers-apart`: yes and no to one question from one speaker, and no dates that make the second a change. The question
/// was put both times, or the answers say much the same but for it: what only speaks to a question may be about something else. That
/// two speakers answer apart is a conflict only where one denies or negates what the other says, which other rules see.
fn disputed(cx: &Cx<'_>, a: &Asking, b: &Asking) -> Option<Relation> {
    let apart = settles(a.answer) && settles(b.answer) && a.answer != b.answer && !a.answered_in.is_empty() && !b.answered_in.is_empty();
    let one_speaker = a.addressee.is_some() && a.addressee == b.addressee;
    let again = || a.answered_in.iter().any(|a| b.answered_in.iter().any(|b| cx.index.holds(cx.side(*b), cx.index.of(cx.side(*a))) >= WHOLE));
    let is_one = (is_put(a) && is_put(b)) || again();
    let is_same = || a.answered_in.iter().any(|a| b.answered_in.iter().any(|b| is_same_speech(cx.side(*a), cx.side(*b))));
    if !apart || !one_speaker || !is_one || is_before(cx, a, b) || is_before(cx, b, a) || is_same() {
        return None;
    }
    let first = |asking: &Asking| Asking { answered_in: asking.answered_in.iter().take(1).copied().collect(), ..asking.clone() };
    Some(relation(cx, RelationKind::Conflicts, "compare/answers-apart", &first(a), &first(b), "One speaker answers one question with yes and with no."))
}

/// Words in a row that two answers have in common only where one says again what the other says.
const SAME_WORDS: usize = 8;

/// Whether two statements say the same words, and nothing else that turns them.
pub(super) fn is_same_speech(a: &Side<'_>, b: &Side<'_>) -> bool {
    let (run, at) = longest_run(&words(a), &words(b));
    let turns = |side: &Side<'_>, run: Range<usize>| side.denies || negations(side).any(|at| !run.contains(&at));
    run >= SAME_WORDS && !turns(a, at.0..at.0 + run) && !turns(b, at.1..at.1 + run)
}

/// The words of what is said, in order.
fn words<'s>(side: &'s Side<'_>) -> Vec<&'s str> {
    told(side).map(|at| side.reading.tokens.lower(at)).collect()
}

/// The places among its words of those that negate.
fn negations<'s>(side: &'s Side<'_>) -> impl Iterator<Item = usize> + 's {
    told(side).enumerate().filter(|(_, at)| side.reading.tokens.negated_at(*at)).map(|(place, _)| place)
}

fn told<'s>(side: &'s Side<'_>) -> impl Iterator<Item = usize> + 's {
    let tokens = &side.reading.tokens;
    side.statement.content.iter().flat_map(|part| tokens.within(*part)).filter(|at| tokens.kind(*at) == TokenKind::Word)
}

/// The longest run of words that both have, and where it begins in each.
fn longest_run(a: &[&str], b: &[&str]) -> (usize, (usize, usize)) {
    let mut best = (0, (0, 0));
    let mut before = vec![0; b.len() + 1];
    for (i, one) in a.iter().enumerate() {
        let mut row = vec![0; b.len() + 1];
        for j in (0..b.len()).filter(|j| b[*j] == *one) {
            row[j + 1] = before[j] + 1;
            if row[j + 1] > best.0 {
                best = (row[j + 1], (i + 1 - row[j + 1], j + 1 - row[j + 1]));
            }
        }
        before = row;
    }
    best
}

/// Whether one asking was surely before the other: by their own days, else because an answer to the one was before an answer to the
/// other and none after it. An asking is one occasion: what orders one telling of it orders all.
fn is_before(cx: &Cx<'_>, earlier: &Asking, later: &Asking) -> bool {
    let end = earlier.said.as_ref().and_then(|said| said.end);
    let start = later.said.as_ref().and_then(|said| said.start);
    let any = |first: &Asking, second: &Asking| first.answered_in.iter().any(|a| second.answered_in.iter().any(|b| cx.is_before(cx.side(*a), cx.side(*b))));
    end.zip(start).is_some_and(|(end, start)| end < start) || (any(earlier, later) && !any(later, earlier))
}

fn relation(cx: &Cx<'_>, kind: RelationKind, rule: &'static str, a: &Asking, b: &Asking, why: &'static str) -> Relation {
    let words: Vec<Place> = a.answered_in.iter().chain(&b.answered_in).flat_map(|told| cx.side(*told).matter()).collect();
    Relation { kind, a: a.answered_in.clone(), b: b.answered_in.clone(), why: why.to_owned(), evidence: vec![Evidence::rule("relation", rule, words, why)] }
}
