//! Parts a standing question into its askings: each time it was put, or somebody spoke to it unasked.

use super::Asking;
use super::answer;
use super::node::Cx;
use super::stand::Standing;
use super::tie::{Tie, TieKind, declines, words};
use crate::act::Act;
use crate::evidence::Evidence;
use crate::person::Person;
use crate::record::Told;
use crate::text::{Id, Layer};
use crate::time::Interval;
use crate::utterance::Utterance;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Which statements belong to one asking, before it is told what became of it.
#[derive(Clone, Debug, Default)]
struct Group {
    speaker: Option<Id<Person>>,
    day: Option<Date>,
    document: usize,
    turn: Option<usize>,
    asked: Vec<usize>,
    answered: Vec<usize>,
}

/// The askings of one standing question, in the order of time.
pub(super) fn part(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, utterances: &Layer<Utterance>, standing: &Standing) -> Vec<Asking> {
    let reply_to = |at: usize| ties.get(&at).filter(|tie| tie.kind == TieKind::Reply && standing.nodes.contains(&tie.to)).map(|tie| tie.to);
    let is_questioned = |at: usize| {
        cx.nodes[at].speaker.is_some() && standing.nodes.iter().any(|other| withstands(cx, *other) && cx.nodes[*other].speaker == cx.nodes[at].speaker)
    };
    let is_answer = |at: &usize| cx.nodes[*at].act != Act::Question || reply_to(*at).is_some() || is_questioned(*at);
    let (answers, questions): (Vec<usize>, Vec<usize>) = standing.nodes.iter().copied().partition(is_answer);
    let turns = turns(cx, utterances, &answers, &reply_to);
    let mut groups: Vec<Group> = Vec::new();
    let (dated, undated): (Vec<usize>, Vec<usize>) = answers.into_iter().partition(|at| day(cx, *at).is_some());
    for at in dated.into_iter().chain(undated) {
        answer_into(cx, &mut groups, at, turns.get(&at).copied(), &reply_to);
    }
    for question in questions {
        ask_into(cx, &mut groups, question, &reply_to);
    }
    let mut askings: Vec<Asking> = groups.into_iter().map(|group| finish(cx, ties, standing, group)).collect();
    askings.sort_by_key(|asking| (when(asking.said.as_ref()), first(asking)));
    askings
}

/// Whether the speaker of a node is one the question is put to: he denies, evades or refuses. What he asks of it, he asks
/// in return.
fn withstands(cx: &Cx<'_>, at: usize) -> bool {
    match cx.nodes[at].act {
        Act::Denial | Act::NonAnswer => true,
        Act::Refusal => declines(cx, at),
        Act::Assertion | Act::Question | Act::Answer | Act::Promise | Act::Demand | Act::Offer | Act::Threat | Act::Thought => false,
    }
}

/// Answers to a second question of the same document to the same person, by the question: a follow-up is an asking of its own.
fn turns(cx: &Cx<'_>, utterances: &Layer<Utterance>, answers: &[usize], reply_to: &dyn Fn(usize) -> Option<usize>) -> BTreeMap<usize, usize> {
    let utterance = |at: usize| utterances.iter().position(|utterance| utterance.statements.contains(&cx.nodes[at].told));
    let mut first: BTreeMap<(usize, Option<Id<Person>>), (usize, usize)> = BTreeMap::new();
    let mut replies: Vec<(usize, usize)> = answers.iter().filter_map(|at| reply_to(*at).map(|question| (question, *at))).collect();
    replies.sort_by_key(|(question, _)| (cx.nodes[*question].told, *question));
    let mut turns = BTreeMap::new();
    for (question, at) in replies {
        let node = &cx.nodes[at];
        let (opener, reply) = *first.entry((node.told.document, node.speaker)).or_insert((question, at));
        let told_again = utterance(opener) == utterance(question) && utterance(reply) == utterance(at);
        if opener != question && !told_again {
            turns.insert(at, question);
        }
    }
    turns
}

/// Puts an answer to those of the same speaker on the same day; without a day, to those of his in the same document, or
/// to those of a day on which it can have been.
fn answer_into(cx: &Cx<'_>, groups: &mut Vec<Group>, at: usize, turn: Option<usize>, reply_to: &dyn Fn(usize) -> Option<usize>) {
    let node = &cx.nodes[at];
    let (day, document) = (day(cx, at), node.told.document);
    let same = |group: &Group| group.speaker == node.speaker && group.turn == turn && (node.speaker.is_some() || group.document == document);
    let can_be = |group: &Group| match (day, group.day) {
        (Some(day), Some(other)) => day == other,
        (Some(_), None) => false,
        (None, Some(other)) => holds(node.said.as_ref(), other),
        (None, None) => true,
    };
    let here = groups.iter().position(|group| same(group) && can_be(group) && group.document == document);
    // What somebody says unasked in one document is no part of the reply that another tells.
    let is_reply = reply_to(at).is_some();
    let there = || groups.iter().position(|group| same(group) && can_be(group) && group.answered.iter().any(|other| reply_to(*other).is_some()) == is_reply);
    match here.or_else(there) {
        Some(group) => groups[group].answered.push(at),
        None => groups.push(Group { speaker: node.speaker, day, document, turn, asked: Vec::new(), answered: vec![at] }),
    }
}

/// Puts a question to its reply; without one, to what the one asked said then, or into an asking of its own.
fn ask_into(cx: &Cx<'_>, groups: &mut Vec<Group>, question: usize, reply_to: &dyn Fn(usize) -> Option<usize>) {
    let node = &cx.nodes[question];
    let (day, document) = (day(cx, question), node.told.document);
    let replied = groups.iter().position(|group| group.answered.iter().any(|at| reply_to(*at) == Some(question)));
    let fits = |group: &Group| {
        let then = match (day, group.day) {
            (Some(day), Some(other)) => day == other,
            (None, Some(other)) => holds(node.said.as_ref(), other),
            (_, None) => group.document == document,
        };
        node.addressee.is_some() && group.speaker == node.addressee && group.turn.is_none() && then
    };
    match replied.or_else(|| groups.iter().position(fits)) {
        Some(group) => groups[group].asked.push(question),
        None => groups.push(Group { speaker: node.addressee, day, document, turn: Some(question), asked: vec![question], answered: Vec::new() }),
    }
}

fn finish(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, standing: &Standing, mut group: Group) -> Asking {
    group.asked.sort_by_key(|at| cx.nodes[*at].told);
    group.answered.sort_by_key(|at| cx.nodes[*at].told);
    let told = |nodes: &[usize]| -> Vec<Told> { nodes.iter().map(|at| cx.nodes[*at].told).collect() };
    let both = || group.asked.iter().chain(&group.answered);
    let (class, mut evidence) = answer::of(cx, ties, standing, &group.asked, &group.answered);
    for (at, tie) in group.answered.iter().filter_map(|at| ties.get(at).map(|tie| (*at, tie))) {
        evidence.push(Evidence::rule("asking", tie.kind.rule(), words(cx, at, tie), ""));
    }
    let asker = group
        .asked
        .iter()
        .map(|at| &cx.nodes[*at])
        .filter(|node| node.speaker != group.speaker || node.speaker != node.addressee)
        .find_map(|node| node.speaker)
        .or_else(|| group.asked.iter().find_map(|at| cx.people.asker(cx.nodes[*at].told)).map(|(press, _)| press));
    let said = both().filter_map(|at| cx.nodes[*at].said.clone()).min_by_key(|said| (exact(said).is_none(), when(Some(said))));
    Asking { said, asker, addressee: group.speaker, asked_in: told(&group.asked), answered_in: told(&group.answered), answer: class, evidence }
}

/// The one day a node's words were said on, where it is known.
fn day(cx: &Cx<'_>, at: usize) -> Option<Date> {
    cx.nodes[at].said.as_ref().and_then(exact)
}

fn exact(said: &Interval) -> Option<Date> {
    said.start.filter(|start| said.end == Some(*start))
}

fn holds(said: Option<&Interval>, day: Date) -> bool {
    said.is_none_or(|said| said.start.is_none_or(|start| start <= day) && said.end.is_none_or(|end| day <= end))
}

/// By what askings are put in the order of time; those without a time stand last.
fn when(said: Option<&Interval>) -> (bool, Option<Date>) {
    let date = said.and_then(|said| said.start.or(said.end));
    (date.is_none(), date)
}

fn first(asking: &Asking) -> Option<Told> {
    asking.asked_in.iter().chain(&asking.answered_in).min().copied()
}
