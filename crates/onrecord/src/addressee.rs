//! Tells to whom each statement was made.
//!
//! # Limits
//! Only what the sentence of the statement names; listeners that go without saying (a crowd, the press) are not guessed.

use crate::act::frame::Frame;
use crate::act::{Act, Acted};
use crate::entity::{Entities, Entity};
use crate::evidence::Evidence;
use crate::lexicon::{self, Phrases, Words};
use crate::mention::{Mention, before_possessive};
use crate::sentence::Sentence;
use crate::statement::Statement;
use crate::text::{Column, Id, Layer, Span, Spanned};
use crate::token::{TokenKind, Tokens};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// To whom a statement was made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Addressee {
    /// The words that name the addressee.
    pub words: Option<Span>,
    /// Who it is.
    pub entity: Option<Id<Entity>>,
    /// The rule that found it.
    pub evidence: Vec<Evidence>,
}

/// The longest noun phrase taken for an addressee, in tokens.
const LONGEST: usize = 12;

#[derive(Deserialize)]
struct Lexicon {
    telling: Telling,
    speaking_to: Words,
    before: Words,
    ends: Words,
    no_addressee: Words,
}

#[derive(Deserialize)]
struct Telling {
    #[serde(deserialize_with = "lexicon::verbs")]
    verbs: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    asking: Phrases,
}

fn words() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../lexicon/addressee.toml")));
    &WORDS
}

struct Cx<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    mentions: &'a Layer<Mention>,
    entities: &'a Entities,
    statements: &'a Layer<Statement>,
    acts: &'a Column<Statement, Acted>,
    frames: Vec<Frame>,
}

/// Finds the addressee of every statement that names one.
pub fn find(
    text: &str,
    tokens: &Tokens,
    sentences: &Layer<Sentence>,
    mentions: &Layer<Mention>,
    entities: &Entities,
    statements: &Layer<Statement>,
    acts: &Column<Statement, Acted>,
) -> Column<Statement, Addressee> {
    let frames = statements.iter().map(|statement| Frame::of(tokens, sentences, statement)).collect();
    let cx = Cx { text, tokens, mentions, entities, statements, acts, frames };
    Column::over(statements, |id, _| addressee(&cx, id).unwrap_or_default())
}

type Found = (Range<usize>, &'static str);

fn addressee(cx: &Cx<'_>, id: Id<Statement>) -> Option<Addressee> {
    let frame = &cx.frames[id.at()];
    if cx.acts[id].act == Act::Question && frame.is_asked(cx.tokens) {
        return asked_source(cx, id);
    }
    let (tokens, rule) = None.or_else(|| was_asked(cx, id, frame)).or_else(|| object_of_telling(cx, frame)).or_else(|| spoken_to(cx, frame))?;
    let words = cx.tokens.cover(tokens)?;
    let entity = entity_at(cx, words);
    let speaker = cx.entities.speakers[id].entity;
    let own = cx.statements[id].source.is_some_and(|source| source.overlaps(words)) || (entity.is_some() && entity == speaker);
    (!own).then(|| Addressee { words: Some(words), entity, evidence: vec![Evidence::rule("addressee", rule, vec![words], "")] })
}

/// The one named as source who in truth is asked: "Ode was asked".
fn asked_source(cx: &Cx<'_>, id: Id<Statement>) -> Option<Addressee> {
    let words = cx.statements[id].source?;
    let evidence = vec![Evidence::rule("addressee", "addressee/was-asked", vec![words], "named before a passive, so asked")];
    Some(Addressee { words: Some(words), entity: entity_at(cx, words), evidence })
}

/// The entity of the mention that reaches furthest over `words`.
fn entity_at(cx: &Cx<'_>, words: Span) -> Option<Id<Entity>> {
    let inside = cx.mentions.within(words).filter(|(id, _)| cx.entities.of_mention[*id].is_some());
    inside.max_by_key(|(_, mention)| mention.span.len()).and_then(|(id, _)| cx.entities.of_mention[id])
}

/// "told reporters", "accused China of": the noun phrase right behind the verb.
fn object_of_telling(cx: &Cx<'_>, frame: &Frame) -> Option<Found> {
    for part in &frame.cue {
        let Some((at, len)) = part.clone().find_map(|at| words().telling.verbs.at(cx.tokens, at).map(|len| (at, len))) else { continue };
        if is_passive(cx, frame, at) {
            continue;
        }
        let start = part.end.max(at + len);
        if frame.content.is_empty() && frame.in_cue(start) {
            continue;
        }
        if let Some(phrase) = noun_phrase(cx, frame, start) {
            return Some((phrase, "addressee/object-of-telling"));
        }
    }
    None
}

/// "was asked", "asked …, Ode replied", "when questioned": the verb at `at` is a passive.
fn is_passive(cx: &Cx<'_>, frame: &Frame, at: usize) -> bool {
    let auxiliary = frame.lead.iter().any(|near| {
        *near < at && at - near <= 4 && matches!(cx.tokens.lower(*near), "was" | "were" | "is" | "are" | "be" | "been" | "being" | "got" | "when" | "if")
    });
    let by = (at + 1..at + 4).any(|near| cx.tokens.lower(near) == "by");
    auxiliary
        || by
        || (frame.source.is_empty() && cx.tokens.lower(at).ends_with("ed"))
        || frame.opener.is_some_and(|opener| opener + 1 == at && cx.tokens.lower(opener) == "when")
}

/// The one who is asked: the subject of "was asked", or whoever the main clause is about in "Asked by …, Ode declined".
fn was_asked(cx: &Cx<'_>, id: Id<Statement>, frame: &Frame) -> Option<Found> {
    let at = frame.cue.iter().flat_map(Clone::clone).find(|at| words().telling.asking.at(cx.tokens, *at).is_some())?;
    match cx.acts[id].act {
        Act::Question | Act::Demand => {}
        Act::Assertion | Act::Answer | Act::NonAnswer | Act::Refusal | Act::Denial | Act::Promise | Act::Offer | Act::Threat | Act::Thought => return None,
    }
    if !is_passive(cx, frame, at) {
        return None;
    }
    let is_auxiliary = |at: usize| matches!(cx.tokens.lower(at), "was" | "were" | "is" | "are" | "been" | "has" | "had" | "have" | "got");
    let auxiliary = is_auxiliary(frame.lead.iter().copied().find(|near| cx.frames[id.at()].in_cue(*near)).unwrap_or(at))
        || matches!(cx.tokens.before(at, 1), "was" | "were" | "been" | "first" | "again");
    // The cue may hold "was" or leave it out.
    let is_verb = |at: &usize| is_auxiliary(*at) || matches!(cx.tokens.lower(*at), "being" | "first" | "again");
    let head = frame.head()?;
    let verb = (frame.sentence.start..head).rev().take_while(is_verb).last().unwrap_or(head);
    if auxiliary && let Some(subject) = noun_phrase_before(cx, frame, verb) {
        return Some((subject, "addressee/was-asked"));
    }
    main_speaker(cx, id, frame).or_else(|| noun_phrase_before(cx, frame, comma_before(cx, frame)?)).map(|found| (found, "addressee/was-asked"))
}

fn comma_before(cx: &Cx<'_>, frame: &Frame) -> Option<usize> {
    let head = frame.head()?;
    (head > frame.sentence.start && cx.tokens.before(head, 1) == ",").then(|| head - 1)
}

/// The source of another statement of the sentence: who replies is who was asked.
fn main_speaker(cx: &Cx<'_>, id: Id<Statement>, frame: &Frame) -> Option<Range<usize>> {
    let others =
        cx.statements.ids().filter(|other| *other != id && cx.frames[other.at()].sentence == frame.sentence && cx.statements[*other].within != Some(id));
    let sources = others.map(|other| cx.frames[other.at()].source.clone()).filter(|source| !source.is_empty() && *source != frame.source);
    sources.filter(|source| !source.clone().any(|at| frame.in_content(at))).min_by_key(|source| source.start.abs_diff(frame.head().unwrap_or(0)))
}

/// "in an interview with the Post", "wrote to the ministry", "speaking to reporters".
fn spoken_to(cx: &Cx<'_>, frame: &Frame) -> Option<Found> {
    let mut places = frame.sentence.clone().filter(|at| !frame.in_content(*at) && !frame.source.contains(at));
    if let Some(start) = places.find_map(|at| words().speaking_to.at(cx.tokens, at).map(|len| at + len)) {
        return noun_phrase(cx, frame, start).map(|found| (found, "addressee/spoken-to"));
    }
    let near = frame.after_cue()..(frame.after_cue() + LONGEST).min(frame.sentence.end);
    let hit = near.filter(|at| !frame.in_content(*at)).find_map(|at| words().before.at(cx.tokens, at).map(|len| at + len - 1))?;
    let start = if matches!(cx.tokens.lower(hit), "a" | "the") { hit } else { hit + 1 };
    let found = noun_phrase(cx, frame, start)?;
    found
        .clone()
        .any(|at| {
            cx.tokens.is_capitalised(cx.text, at)
                || matches!(cx.tokens.lower(at), "committee" | "court" | "panel" | "judge" | "jury" | "inquiry" | "commission" | "council")
        })
        .then_some((found, "addressee/spoken-to"))
}

/// The noun phrase that begins at `start`: up to the content, a mark, or a word that ends one.
fn noun_phrase(cx: &Cx<'_>, frame: &Frame, start: usize) -> Option<Range<usize>> {
    if words().no_addressee.at(cx.tokens, start).is_some_and(|len| len > 1 || !matches!(cx.tokens.lower(start), "a" | "an")) || start >= frame.sentence.end {
        return None;
    }
    let ends = |at: &usize| {
        let lower = cx.tokens.lower(*at);
        let glued = *at > start && cx.tokens.span(*at - 1).end() == cx.tokens.span(*at).start();
        let mark = cx.tokens.kind(*at) == TokenKind::Punctuation
            && !(glued && matches!(lower, "-" | "'" | "’" | "."))
            && !(lower == "," && tokens_are_digits(cx, *at));
        frame.in_content(*at) || frame.in_cue(*at) || frame.source.contains(at) || mark || words().ends.at(cx.tokens, *at).is_some()
    };
    let end = (start..frame.sentence.end.min(start + LONGEST)).find(ends).unwrap_or(frame.sentence.end.min(start + LONGEST));
    let end = if end > start && cx.tokens.lower(end - 1) == "." { end - 1 } else { end };
    let end = before_possessive(cx.tokens, start..end).end;
    is_somebody(cx, start..end).then_some(start..end)
}

/// "a crowd of 1,400": the comma of a number.
fn tokens_are_digits(cx: &Cx<'_>, at: usize) -> bool {
    at > 0 && cx.tokens.kind(at - 1) == TokenKind::Number && cx.tokens.span(at).end() == cx.tokens.as_slice().get(at + 1).map_or(0, |next| next.span().start())
}

/// The noun phrase that ends right before `end`.
fn noun_phrase_before(cx: &Cx<'_>, frame: &Frame, end: usize) -> Option<Range<usize>> {
    let from = frame.sentence.start.max(end.saturating_sub(LONGEST));
    let stops = |at: &usize| {
        (cx.tokens.kind(*at) == TokenKind::Punctuation && !matches!(cx.tokens.lower(*at), "-" | "'" | "’" | "."))
            || frame.in_content(*at)
            || words().ends.at(cx.tokens, *at).is_some_and(|len| at + len <= end)
            || matches!(cx.tokens.lower(*at), "and" | "or" | "meanwhile" | "of") && *at + 1 < end && cx.tokens.lower(*at) != "of"
    };
    let start = (from..end).rev().find(stops).map_or(from, |at| at + 1);
    is_somebody(cx, start..end).then_some(start..end)
}

fn is_somebody(cx: &Cx<'_>, words: Range<usize>) -> bool {
    words.clone().any(|at| cx.tokens.kind(at) == TokenKind::Word)
        && !(words.len() == 1 && matches!(cx.tokens.lower(words.start), "there" | "it" | "so" | "how" | "s"))
}
