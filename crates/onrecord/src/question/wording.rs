//! Words a standing question as its documents do, and says where it stands.

use super::lexicon::WORDS;
use super::node::{Cx, asking_parts};
use super::stand::{Standing, Why};
use super::{Answer, Asking, Status};
use crate::act::Act;
use crate::clause::is_clause;
use crate::letter::{capital_first, small_first};
use crate::line::one_line;
use crate::quotation::closed;
use crate::statement::{Form, Statement};
use crate::text::Span;
use crate::token::{TokenKind, Tokens};
use std::cmp::Reverse;
use std::ops::Range;

/// The question in the words of a document: of one who asks it, else of what is denied or kept back, else of what is said.
pub(super) fn text(cx: &Cx<'_>, standing: &Standing) -> String {
    if let Why::Slot(slot) = standing.why {
        return WORDS.slot[slot].text.clone();
    }
    let rank = |at: &usize| {
        let asks = match cx.nodes[*at].act {
            Act::Question => 0,
            Act::Refusal => 1,
            Act::Assertion | Act::Answer | Act::Thought => TOLD,
            Act::Denial | Act::Promise | Act::Demand | Act::Offer | Act::Threat => 3,
            Act::NonAnswer => 4,
        };
        (!cx.is_topical(*at), asks, asks == TOLD && !stands_alone(cx, *at))
    };
    let ranked: Vec<_> = standing.nodes.iter().map(|at| (rank(at), *at)).collect();
    let first = ranked.iter().map(|(rank, _)| rank).min();
    let best = ranked.iter().filter(|(rank, _)| Some(rank) == first).map(|(_, at)| *at).min_by_key(|at| (Reverse(central(cx, standing, *at)), *at));
    best.map_or(String::new(), |at| worded(cx, at))
}

/// How near a node is to the others of its question, in hundredths.
fn central(cx: &Cx<'_>, standing: &Standing, at: usize) -> i64 {
    let others = standing.nodes.iter().filter(|other| **other != at && cx.is_topical(**other));
    let node = cx.beside(at);
    others.map(|other| (node.near(*other) * 100.0) as i64).sum()
}

/// The rank of what is said among the wordings of a question.
const TOLD: usize = 2;

/// Whether what a node says can be read without its speaker: a clause in the writer's words, with a subject of its own.
fn stands_alone(cx: &Cx<'_>, at: usize) -> bool {
    let statement = cx.nodes[at].told.statement(cx.accounts);
    let (text, tokens) = (cx.text(at), cx.tokens(at));
    let opening = statement.content.first().map(|span| behind_that(tokens, *span).start);
    statement.form != Form::Direct && opening.is_some_and(|at| !WORDS.pronoun.has(tokens.lower(at))) && holds_clause(text, tokens, statement)
}

/// Whether one part of a content is a clause.
fn holds_clause(text: &str, tokens: &Tokens, statement: &Statement) -> bool {
    statement.content.iter().any(|span| is_clause(text, tokens, behind_that(tokens, *span)))
}

/// The tokens of a content from its first word on, without the "that" before it.
fn behind_that(tokens: &Tokens, span: Span) -> Range<usize> {
    let range = tokens.within(span);
    let first = range.clone().find(|at| tokens.kind(*at) != TokenKind::Punctuation && tokens.lower(*at) != "that");
    first.unwrap_or(range.end)..range.end
}

/// The content of a node, on one line, without the marks around it: "if the pier was safe" as "Whether the pier was safe",
/// "to comment on the pier" and "about the pier" as "The pier"; of several parts the one that opens as a question does, or all. Quoted words that
/// ask nothing keep their marks.
fn worded(cx: &Cx<'_>, at: usize) -> String {
    let tokens = cx.tokens(at);
    let statement = cx.nodes[at].told.statement(cx.accounts);
    let opens = |span: &&Span| tokens.within(**span).take(OPENING).any(|at| WORDS.polar.has(tokens.lower(at)) || WORDS.open.has(tokens.lower(at)));
    let text = cx.text(at);
    let parts: Vec<&str> = match statement.content.iter().find(opens).or(asking_parts(tokens, statement).first().copied()) {
        Some(span) => vec![question_within(cx, at, *span).of(text)],
        None => statement.content.iter().map(|span| kept_back(cx, at, *span).of(text)).collect(),
    };
    let line = one_line(&parts.join(" … "));
    let bare = &closed(line.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '‘' | '’' | ',' | '.' | ' ')));
    let opened = ["if ", "whether ", "that "].into_iter().find_map(|opener| bare.strip_prefix(opener));
    match (opened, cx.nodes[at].act) {
        (Some(rest), _) => format!("Whether {}", lowered(rest)),
        (None, Act::Assertion | Act::Answer | Act::Thought) if statement.form == Form::Direct => format!("“{bare}”"),
        (None, Act::Assertion | Act::Answer | Act::Thought) if holds_clause(text, tokens, statement) => format!("Whether {}", lowered(bare)),
        (None, Act::Assertion | Act::Answer | Act::Thought) => capital_first(bare.strip_prefix("about ").unwrap_or(bare)),
        (None, Act::Question | Act::NonAnswer | Act::Refusal | Act::Denial | Act::Promise | Act::Demand | Act::Offer | Act::Threat) => capital_first(bare),
    }
}

/// Of several quoted sentences from the first that asks to the last: "Let me try another way." is no part of the question behind it.
fn question_within(cx: &Cx<'_>, at: usize, span: Span) -> Span {
    let sentences = &cx.nodes[at].told.reading(cx.accounts).sentences;
    let inside = sentences.iter().map(|sentence| sentence.span).filter(|sentence| sentence.overlaps(span));
    let inside = inside.map(|sentence| Span::new(sentence.start().max(span.start()), sentence.end().min(span.end())));
    let asks = |sentence: &Span| sentence.of(cx.text(at)).trim_end_matches(['"', '”', '’', '\'', ' ']).ends_with('?');
    let asking: Vec<Span> = inside.filter(asks).collect();
    asking.first().zip(asking.last()).map_or(span, |(first, last)| Span::new(first.start(), last.end()))
}

/// The same words with a small first letter where the first is one that is small inside a sentence.
fn lowered(words: &str) -> String {
    let first = words.split(' ').next().unwrap_or_default().to_lowercase();
    let is_small = first != "i" && (WORDS.stop.has(&first) || WORDS.pronoun.has(&first));
    if is_small { small_first(words) } else { words.to_owned() }
}

/// What is kept back, without the words for keeping it back: of "to be drawn on the cause" "the cause".
fn kept_back(cx: &Cx<'_>, at: usize, span: Span) -> Span {
    let tokens = cx.tokens(at);
    let range = tokens.within(span);
    if cx.nodes[at].act != Act::Refusal {
        return span;
    }
    let mut start = range.start;
    if tokens.lower(start) == "to" {
        start += 1;
    }
    let Some(len) = WORDS.speaking.at(tokens, start) else { return span };
    start += len;
    if matches!(tokens.lower(start), "on" | "about") {
        start += 1;
    }
    if start < range.end { tokens.cover(start..range.end).unwrap_or(span) } else { span }
}

/// Tokens in which a question opens, marks included.
const OPENING: usize = 2;

/// Where the question stands after its askings, which are in the order of time.
pub(super) fn status(askings: &[Asking]) -> Status {
    let mut last: Vec<(Option<crate::text::Id<crate::person::Person>>, Answer)> = Vec::new();
    for asking in askings {
        let settles = match asking.answer {
            Answer::Affirm | Answer::Deny => true,
            Answer::Partial | Answer::NonAnswer | Answer::Declined | Answer::None => false,
        };
        if settles {
            last.retain(|(who, _)| asking.addressee.is_none() || *who != asking.addressee);
            last.push((asking.addressee, asking.answer));
        }
    }
    let said = |answer: Answer| last.iter().any(|(_, other)| *other == answer);
    match (said(Answer::Affirm), said(Answer::Deny)) {
        (true, true) => Status::Disputed,
        (false, false) => Status::Open,
        (true, false) | (false, true) => Status::Answered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_are_small_inside_a_sentence_are_made_so() {
        assert_eq!(
            (lowered("The pier is safe"), lowered("Harrow is safe"), lowered("I am")),
            ("the pier is safe".into(), "Harrow is safe".into(), "I am".into())
        );
    }
}
