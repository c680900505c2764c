//! Rules that read the act of a statement off its content, and off the question it replies to.

use super::factuality;
use super::{Act, Cx, Ruled};
use crate::act::cue;
use crate::act::frame::{Frame, is_double_quote, is_quote};
use crate::evidence::Evidence;
use crate::lexicon::{self, Phrases, Words};
use crate::statement::Statement;
use crate::text::{Id, Span};
use crate::token::Tokens;
use crate::zone::ZoneKind;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Lexicon {
    non_answer: NonAnswers,
    refusal: Words,
    denial: Denials,
    question: Questions,
}

#[derive(Deserialize)]
struct NonAnswers {
    strong: Phrases,
    weak: Phrases,
}

#[derive(Deserialize)]
struct Denials {
    words: Phrases,
    #[serde(rename = "self")]
    own: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    knowing: Phrases,
}

#[derive(Deserialize)]
struct Questions {
    openings: Phrases,
}

fn words() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/reply.toml")));
    &WORDS
}

/// A phrase in the content of `id` that is not part of what somebody else is made to say there.
fn in_content(cx: &Cx<'_>, id: Id<Statement>, phrases: &Phrases) -> Option<Range<usize>> {
    let nested = |at: usize| cx.statements.entries().any(|(inner, statement)| statement.within == Some(id) && cx.frame(inner).in_content(at));
    let mut places = cx.frame(id).content.iter().flat_map(|part| part.clone().map(move |at| (at, part)));
    let own = |hit: &Range<usize>, part: &Range<usize>| hit.end <= part.end && !nested(hit.start) && !is_quoted_within(cx.tokens, part.start, hit.start);
    places.find_map(|(at, part)| phrases.at(cx.tokens, at).map(|len| at..at + len).filter(|hit| own(hit, part)))
}

/// Whether single marks are open at token `at` of a content that begins at `start` with double ones: words of another, quoted in it.
fn is_quoted_within(tokens: &Tokens, start: usize, at: usize) -> bool {
    if !is_double_quote(tokens.lower(start)) {
        return false;
    }
    let glued = |at: usize| at + 1 < tokens.len() && tokens.span(at).end() == tokens.span(at + 1).start();
    (start + 1..at).fold(false, |open, at| match tokens.lower(at) {
        "‘" => true,
        "'" if !glued(at - 1) && glued(at) => true,
        "'" if open && glued(at - 1) && !glued(at) => false,
        _ => open,
    })
}

/// Whether words of a denial stand among the tokens, whoever is made to say them there.
pub(crate) fn denies(tokens: &Tokens, mut range: Range<usize>) -> bool {
    let end = range.end;
    range.any(|at| words().denial.words.at(tokens, at).is_some_and(|len| at + len <= end))
}

fn found(cx: &Cx<'_>, act: Act, rule: &'static str, hit: Range<usize>) -> Ruled<Act> {
    Ruled { value: act, rule, words: cx.tokens.cover(hit).into_iter().collect(), why: "" }
}

/// "He could not say.": words that do not answer, and nothing beside them. "He would not say." turns the question down.
pub(crate) fn could_not_say(cx: &Cx<'_>, frame: &Frame) -> Option<Ruled<Act>> {
    let any = |words: &[&str]| frame.lead.iter().any(|at| words.contains(&cx.tokens.lower(*at)));
    let negated = frame.lead.iter().any(|at| cx.tokens.negated_at(*at) || cx.tokens.lower(*at) == "unable");
    if !frame.is_contentless() || !negated || !any(&["say", "answer", "explain", "elaborate", "comment", "discuss", "respond", "speak"]) {
        return None;
    }
    let value = if any(&["could", "couldn", "can", "cannot", "unable"]) {
        Act::NonAnswer
    } else if any(&["would", "wouldn", "will", "won"]) {
        Act::Refusal
    } else {
        return None;
    };
    Some(Ruled { value, rule: "act/could-not-say", words: frame.cue_spans(cx.tokens), why: "" })
}

/// The content ends with a question mark, opens with "if" after a cue of asking, or says "I would like to know".
pub(crate) fn question_form(cx: &Cx<'_>, frame: &Frame) -> Option<Ruled<Act>> {
    let last = frame.content.last()?;
    let end = last.clone().rev().find(|at| !is_quote(cx.tokens.lower(*at)) && cx.tokens.lower(*at) != ",")?;
    if cx.tokens.lower(end) == "?" {
        return Some(found(cx, Act::Question, "act/question-form", end..end + 1));
    }
    let start = frame.content_start(cx.tokens)?;
    if let Some(len) = words().question.openings.at(cx.tokens, start) {
        return Some(found(cx, Act::Question, "act/question-form", start..start + len));
    }
    None
}

/// "No comment", "we won't answer that": a refusal, never a denial.
pub(crate) fn no_comment(cx: &Cx<'_>, id: Id<Statement>) -> Option<Ruled<Act>> {
    in_content(cx, id, &words().refusal.words).map(|hit| found(cx, Act::Refusal, "act/no-comment", hit))
}

/// Words that leave the question open: "I have not had that discussion with him".
pub(crate) fn non_answer(cx: &Cx<'_>, before: &[(Act, Evidence)], id: Id<Statement>) -> Option<Ruled<Act>> {
    if let Some(hit) = in_content(cx, id, &words().non_answer.strong) {
        return Some(found(cx, Act::NonAnswer, "act/non-answer", hit));
    }
    let hit = in_content(cx, id, &words().non_answer.weak)?;
    asked(cx, before, id).map(|_| found(cx, Act::NonAnswer, "act/non-answer", hit))
}

/// A denial opens with its "I did not", but for a word or two ("No, I did not"), in tokens.
const OPENING: usize = 4;

/// Says that something held against the speaker or his side is not so.
pub(crate) fn denial(cx: &Cx<'_>, id: Id<Statement>) -> Option<Ruled<Act>> {
    let words = &words().denial;
    if let Some(hit) = in_content(cx, id, &words.words) {
        return Some(found(cx, Act::Denial, "act/denial", hit));
    }
    let hit = in_content(cx, id, &words.own)?;
    let opens = cx.frame(id).content_start(cx.tokens).is_some_and(|start| hit.start <= start + OPENING);
    let knows = (hit.end..hit.end + 2).any(|at| words.knowing.at(cx.tokens, at).is_some());
    (opens && !knows && cx.frame(id).is_quoted(cx.tokens)).then(|| found(cx, Act::Denial, "act/denial", hit))
}

/// Said in reply to a question.
pub(crate) fn answer(cx: &Cx<'_>, before: &[(Act, Evidence)], id: Id<Statement>) -> Option<Ruled<Act>> {
    let words = asked(cx, before, id)?;
    Some(Ruled { value: Act::Answer, rule: "act/answer", words: vec![words], why: "a question stands before it" })
}

/// Where it shows that a question was put to the speaker of `id`: a cue of replying, "asked …" beside it, or the
/// statement before.
fn asked(cx: &Cx<'_>, before: &[(Act, Evidence)], id: Id<Statement>) -> Option<Span> {
    let frame = cx.frame(id);
    if frame.is_contentless() || !(frame.cue.is_empty() || cue::speaks(cx, frame)) {
        return None;
    }
    None.or_else(|| replies(cx, frame)).or_else(|| asked_in_sentence(cx, frame)).or_else(|| asked_before(cx, before, id))
}

fn replies(cx: &Cx<'_>, frame: &Frame) -> Option<Span> {
    let hit = frame.cue.iter().flat_map(Clone::clone).find(|at| cue::lexicon().reply.at(cx.tokens, *at).is_some())?;
    let to_what = cx.tokens.lower(hit + 1) == "to" && !matches!(cx.tokens.lower(hit + 2), "a" | "questions");
    (!to_what).then(|| cx.tokens.span(hit))
}

fn asked_in_sentence(cx: &Cx<'_>, frame: &Frame) -> Option<Span> {
    let mut places = frame.sentence.clone().filter(|at| !frame.in_content(*at) && !frame.in_cue(*at) && !frame.source.contains(at));
    let hit = places.find_map(|at| cue::lexicon().asked.at(cx.tokens, at).map(|len| at..at + len))?;
    let before = cx.tokens.before(hit.start, 1);
    let subject_asks = hit.start > frame.sentence.start
        && before.chars().all(char::is_alphabetic)
        && !matches!(before, "when" | "if" | "being" | "repeatedly" | "once" | "also");
    (!subject_asks || cx.tokens.lower(hit.start) == "in" || cx.tokens.lower(hit.start) == "when").then(|| cx.tokens.cover(hit)).flatten()
}

/// The statement before asks, close by, and the one asked speaks now.
fn asked_before(cx: &Cx<'_>, before: &[(Act, Evidence)], id: Id<Statement>) -> Option<Span> {
    let statement = &cx.statements[id];
    let (at, asked) = before.iter().enumerate().rev().find(|(at, _)| cx.statements[Id::new(*at)].within.is_none())?;
    let question = &cx.statements[Id::new(at)];
    if asked.0 != Act::Question || statement.within.is_some() || paragraphs_between(cx, question.reach(), statement.reach()) > 1 {
        return None;
    }
    let turn = |span: Span| cx.zones.holding(span.start()).is_some_and(|(_, zone)| zone.kind == ZoneKind::Turn);
    let turned = turn(question.reach()) && turn(statement.reach()) && question.source != statement.source;
    (turned || was_asked(cx, cx.frame(Id::new(at)), cx.frame(id))).then(|| question.cue.first().copied().unwrap_or(question.reach()))
}

fn paragraphs_between(cx: &Cx<'_>, first: Span, second: Span) -> usize {
    let (from, to) = (first.end().min(second.start()), second.start());
    cx.text
        .get(from..to)
        .map_or(0, |between| between.split('\n').map(str::trim).filter(|line| !line.is_empty()).count().saturating_sub(1))
        .max(usize::from(to > from && cx.text[from..to].trim_matches(|c: char| c != '\n').matches('\n').count() > 2))
}

/// Whether the speaker of `reply` is named in the sentence of `question` outside what was asked, and did not ask it.
fn was_asked(cx: &Cx<'_>, question: &Frame, reply: &Frame) -> bool {
    let Some(name) = reply.source.clone().next_back() else { return false };
    let name = cx.tokens.lower(name);
    let asker = question.source.clone().any(|at| cx.tokens.lower(at) == name);
    let pronoun = matches!(name, "he" | "she" | "they");
    let there = question.sentence.clone().any(|at| !question.in_content(at) && !question.source.contains(&at) && cx.tokens.lower(at) == name);
    !asker && (pronoun || there)
}

/// Whether a negated cue of this act means words kept back ("did not say", "would not identify"). What else is not done ("did not find the
/// figure high") keeps no words back; `is_named`: whether a word of the cue names the act.
pub(crate) fn withholds(cx: &Cx<'_>, frame: &Frame, act: Act, is_named: bool) -> bool {
    let passive = frame.lead.iter().any(|at| matches!(cx.tokens.lower(*at), "been" | "being" | "is" | "are" | "was" | "were" | "be"))
        && !frame.lead.iter().any(|at| matches!(cx.tokens.lower(*at), "unable" | "unwilling" | "reluctant"));
    match act {
        Act::Assertion | Act::Answer => !passive && (is_named || factuality::gives_words(cx, frame)),
        Act::Question | Act::NonAnswer | Act::Refusal | Act::Denial | Act::Promise | Act::Demand | Act::Offer | Act::Threat | Act::Thought => false,
    }
}
