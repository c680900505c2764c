//! What stands in one document side by side: a question and its reply, a refusal and what it is about.

use super::lexicon::WORDS;
use super::node::Cx;
use crate::act::Act;
use crate::read::Reading;
use crate::record::Place;
use crate::statement::Statement;
use crate::text::Id;
use std::collections::BTreeMap;
use std::ops::Range;

/// How a node is tied to another of its document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tie {
    /// The node it hangs on.
    pub(super) to: usize,
    /// What made it.
    pub(super) kind: TieKind,
}

/// What ties a node to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TieKind {
    /// It replies to that question.
    Reply,
    /// It has no words of its own for what it is about, and follows that.
    About,
}

impl TieKind {
    /// The rule that makes it.
    pub(super) fn rule(self) -> &'static str {
        match self {
            TieKind::Reply => "question/reply",
            TieKind::About => "question/about-the-above",
        }
    }
}

/// Nodes between a question and its reply at most: a second turn, a remark of the writer's.
const REACH_OF_A_QUESTION: usize = 3;

/// Paragraphs from a question to its reply at most.
const PARAGRAPHS_OF_A_QUESTION: usize = 2;

/// Nodes back to what "the report" or "no comment" is about at most: about four paragraphs of news.
const REACH_BACK: usize = 8;

/// The tie of every node that has one, by node.
pub(super) fn tie(cx: &Cx<'_>) -> BTreeMap<usize, Tie> {
    let mut ties = BTreeMap::new();
    for document in by_document(cx) {
        for at in 0..document.len() {
            let tie = reply(cx, &document, at).or_else(|| about(cx, &document, at));
            ties.extend(tie.map(|tie| (document[at], tie)));
        }
    }
    ties
}

/// The nodes of each document in the order of its text.
fn by_document(cx: &Cx<'_>) -> Vec<Vec<usize>> {
    let mut documents = vec![Vec::new(); cx.accounts.len()];
    for (at, node) in cx.nodes.iter().enumerate() {
        documents[node.told.document].push(at);
    }
    for nodes in &mut documents {
        nodes.sort_by_key(|at| (cx.cue(*at)[0].start(), cx.nodes[*at].told.id));
    }
    documents
}

/// `question/reply`: an answer, a refusal, or words of the one asked, close behind a question or in its sentence.
fn reply(cx: &Cx<'_>, document: &[usize], at: usize) -> Option<Tie> {
    let node = &cx.nodes[document[at]];
    let (sentence, paragraph) = cx.sentence(document[at])?;
    let fits = |question: usize, same_sentence: bool| {
        let asked = &cx.nodes[question];
        let is_put = cx.is_put_to(question, document[at]);
        // What somebody goes on to say after a question of his own is no reply to it.
        let asks_himself = asked.speaker.is_some() && asked.speaker == node.speaker && is_put != Some(true);
        asked.act == Act::Question && !asks_himself && (is_put != Some(false) || same_sentence) && (is_put == Some(true) || replies(cx, document[at]))
    };
    let place = |question: usize| cx.sentence(question);
    if node.act == Act::Question && !is_counter_question(cx, document, at) {
        return None;
    }
    let around = at.saturating_sub(REACH_OF_A_QUESTION)..document.len().min(at + REACH_OF_A_QUESTION + 1);
    let same = around
        .clone()
        .filter(|other| *other != at)
        .find(|other| place(document[*other]).is_some_and(|(other, _)| other == sentence) && fits(document[*other], true));
    let before = around
        .filter(|other| *other < at)
        .rev()
        .find(|other| place(document[*other]).is_some_and(|(_, other)| paragraph.abs_diff(other) <= PARAGRAPHS_OF_A_QUESTION) && fits(document[*other], false));
    same.or(before).map(|to| Tie { to: document[to], kind: TieKind::Reply })
}

/// Whether the act of a node is one of replying.
fn replies(cx: &Cx<'_>, at: usize) -> bool {
    match cx.nodes[at].act {
        Act::Answer | Act::NonAnswer | Act::Denial => true,
        Act::Refusal => declines(cx, at),
        Act::Assertion | Act::Question | Act::Promise | Act::Demand | Act::Offer | Act::Threat | Act::Thought => false,
    }
}

/// Whether a question of the one asked stands right behind the question put to him.
fn is_counter_question(cx: &Cx<'_>, document: &[usize], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| document[before]) else { return false };
    cx.nodes[before].act == Act::Question && cx.is_put_to(before, document[at]) == Some(true)
}

/// Whether a node is a refusal that keeps words back, rather than one that turns down an offer or an order.
pub(super) fn declines(cx: &Cx<'_>, at: usize) -> bool {
    let told = cx.nodes[at].told;
    keeps_back(told.reading(cx.accounts), told.id)
}

/// Whether a statement is a refusal that keeps words back: who "failed to override" or "does not agree" keeps back none.
pub(super) fn keeps_back(reading: &Reading, id: Id<Statement>) -> bool {
    let (statement, acted, tokens) = (&reading.statements[id], &reading.acts[id], &reading.tokens);
    let opening = statement.content.first().map(|content| tokens.within(*content)).unwrap_or_default();
    let opening = opening.start..opening.end.min(opening.start + OPENING);
    let speaks = |range: Range<usize>| WORDS.speaking.find(tokens, range).is_some();
    acted.act == Act::Refusal && (statement.content.is_empty() || speaks(opening) || statement.cue.iter().any(|cue| speaks(tokens.within(*cue))))
}

/// Tokens in which a content says that it is about speaking: "to comment", "to say whether".
const OPENING: usize = 3;

/// `question/about-the-above`: no comment, or a denial of "the report": what it is about was said before, by another.
fn about(cx: &Cx<'_>, document: &[usize], at: usize) -> Option<Tie> {
    let node = &cx.nodes[document[at]];
    if !replies(cx, document[at]) || node.own_words > 0 {
        return None;
    }
    let back = at.saturating_sub(REACH_BACK)..at;
    let said = |other: &usize| {
        let before = &cx.nodes[document[*other]];
        let by_another = before.speaker.is_none() || before.speaker != node.speaker;
        by_another && cx.is_topical(document[*other]) && !replies(cx, document[*other])
    };
    back.rev().find(said).map(|other| Tie { to: document[other], kind: TieKind::About })
}

/// The words a tie rests on.
pub(super) fn words(cx: &Cx<'_>, from: usize, tie: &Tie) -> Vec<Place> {
    let mut words = cx.places(tie.to, cx.cue(tie.to));
    words.extend(cx.places(from, cx.cue(from)));
    words.sort();
    words
}
