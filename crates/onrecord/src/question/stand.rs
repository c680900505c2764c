//! Finds the standing questions of a story: what is asked, refused or denied, and what several speak to.

use super::lexicon::{Needs, WORDS};
use super::node::{Beside, Cx};
use super::tie::{Tie, declines};
use crate::act::Act;
use crate::compare;
use crate::record::{Ref, Told};
use crate::text::Span;
use crate::token::Tokens;
use rayon::prelude::*;
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// What several statements ask or answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Standing {
    /// Its nodes, in order.
    pub(super) nodes: Vec<usize>,
    /// Why it stands.
    pub(super) why: Why,
}

/// Why a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Somebody asks it, refuses to answer it, or denies what it asks.
    Asked,
    /// Several speak to it.
    Contested,
    /// Breaking news asks it of itself; the number of its slot.
    Slot(usize),
}

impl Why {
    /// The rule that found the question.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Why::Asked => "question/same-question",
            Why::Contested => "question/contested",
            Why::Slot(_) => "question/slot",
        }
    }
}

/// How near questions, refusals and denials are on average where they are one question. On `seeds` and `oil` (gold
/// stories) .15 to .2 keeps six to nine in ten askings of a gold question together; above, its wordings fall apart, and
/// below .12 a story becomes one question.
const ONE_QUESTION: f32 = 0.15;

/// How near a statement is to the nearest of a question where it bears on it, by whether the question has one statement, two,
/// or more: one alone may agree by chance. Of 1,050 statements that lay above .2 in 121 public stories, nearly all below .3
/// beside one were about something else; of many, from .2 to .25 one asking in ten of `oil` moves.
const BEARS_ON: [f32; NEAREST] = [0.35, 0.3, 0.2];

/// How near statements of several speakers are on average where nobody asks, refuses or denies.
const CONTESTED: f32 = 0.2;

/// Of how many of its nearest a question's nearness to a statement is the mean.
const NEAREST: usize = 3;

/// Statements that must speak to it before breaking news is taken to ask for it, where nobody does.
const TOLD: usize = 2;

/// Every standing question of the story.
pub(super) fn stand(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>) -> Vec<Standing> {
    let slots = slots(cx);
    let slotted = |at: usize| slots.iter().any(|slot| slot.nodes.contains(&at));
    let units = units(cx, ties, &slotted);
    let (asking, rest): (Vec<_>, Vec<_>) = units.into_iter().partition(|unit| unit.iter().any(|at| asks(cx, *at)));
    let asking: Vec<Vec<usize>> = asking.into_iter().filter(|unit| unit.iter().any(|at| cx.is_topical(*at))).collect();
    let rest = rest.into_iter().filter(|unit| unit.iter().any(|at| cx.is_topical(*at))).collect();
    let mut questions = gather(cx, asking, ONE_QUESTION);
    let left = attach(cx, &mut questions, rest);
    let contested = gather(cx, left, CONTESTED).into_iter().filter(|nodes| is_contested(cx, nodes));
    let mut out: Vec<Standing> = slots;
    out.extend(questions.into_iter().map(|nodes| Standing { nodes, why: Why::Asked }));
    out.extend(contested.map(|nodes| Standing { nodes, why: Why::Contested }));
    for standing in &mut out {
        standing.nodes.sort_unstable();
    }
    out
}

/// Whether a node shows that there is a question: it asks, refuses, evades or denies.
fn asks(cx: &Cx<'_>, at: usize) -> bool {
    match cx.nodes[at].act {
        Act::Question | Act::NonAnswer | Act::Denial => true,
        Act::Refusal => declines(cx, at),
        Act::Assertion | Act::Answer | Act::Promise | Act::Demand | Act::Offer | Act::Threat | Act::Thought => false,
    }
}

/// `question/slot`: how many died, what caused it. A statement that gives several figures answers several.
fn slots(cx: &Cx<'_>) -> Vec<Standing> {
    let mut out = Vec::new();
    for number in 0..WORDS.slot.len() {
        let nodes: Vec<usize> = (0..cx.nodes.len()).filter(|at| fills(cx, *at, number)).collect();
        let needed = if nodes.iter().any(|at| asks(cx, *at)) { 1 } else { TOLD };
        if nodes.len() >= needed {
            out.push(Standing { nodes, why: Why::Slot(number) });
        }
    }
    out
}

/// Whether a node fills a slot, and is not only part of what another is made to say that fills it.
fn fills(cx: &Cx<'_>, at: usize, slot: usize) -> bool {
    let told = cx.nodes[at].told;
    let outer = told.statement(cx.accounts).within.map(|id| Ref::new(told.document, id));
    let is_part = |outer: Told| cx.nodes.iter().position(|node| node.told == outer).is_some_and(|outer| filled(cx, outer, slot).is_some());
    filled(cx, at, slot).is_some() && !(cx.nodes[at].speaker.is_none() && outer.is_some_and(is_part))
}

/// The words of a node that fill a slot: those of the slot, with a number beside them where it asks for one, or a number of
/// those it counts.
pub(super) fn filled(cx: &Cx<'_>, at: usize, slot: usize) -> Option<Span> {
    let (slot, tokens) = (&WORDS.slot[slot], cx.tokens(at));
    let told = cx.nodes[at].told;
    let counted = &cx.nodes[at].counted;
    // What stands behind "accused of" or "in which" says of whom or what something else is told.
    let told_in = |content: Span| {
        let range = tokens.within(content);
        range.start..range.clone().find(|at| WORDS.aside.at(tokens, *at).is_some()).unwrap_or(range.end)
    };
    let is_aside =
        |words: Span| told.statement(cx.accounts).content.iter().any(|content| content.contains(words) && tokens.within(words).start >= told_in(*content).end);
    if let Some((_, words)) = counted.iter().find(|(state, words)| slot.states.iter().any(|name| name == state) && !is_aside(*words)) {
        return Some(*words);
    }
    // Few statements hold the words of a slot.
    let numbers = LazyCell::new(|| compare::numbers_told(told.reading(cx.accounts), told.id));
    let is_figure = |at: usize| tokens.is(at, &["how", "many"]) || numbers.iter().any(|number| number.contains(&at));
    told.statement(cx.accounts).content.iter().find_map(|content| {
        let range = tokens.within(*content);
        let hit = told_in(*content).find(|hit| {
            let beside = hit.saturating_sub(BESIDE).max(range.start)..(hit + BESIDE).min(range.end);
            let Some(len) = slot.words.at(tokens, *hit) else { return false };
            match slot.needs {
                Needs::Figure => beside.clone().any(is_figure),
                Needs::Event => beside.clone().any(|at| WORDS.events.at(tokens, at).is_some()) || is_cause_alone(tokens, *hit, *hit + len),
            }
        })?;
        tokens.cover(hit..hit + slot.words.at(tokens, hit)?)
    })
}

/// Whether these words can only mean the cause of what happened: not "the cause of peace", "probable cause to", "for the cause".
fn is_cause_alone(tokens: &Tokens, start: usize, end: usize) -> bool {
    WORDS.causes.at(tokens, start).is_some() && !matches!(tokens.lower(end), "of" | "for" | "to" | "that") && tokens.before(start, 1) != "for"
}

/// Tokens between a figure and what it counts: "12 people, among them two children, were killed".
const BESIDE: usize = 8;

/// The nodes that hang together by ties, each a unit of its own; those in slots left out.
fn units(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, slotted: &dyn Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..cx.nodes.len()).collect();
    fn find(root: &mut [usize], mut at: usize) -> usize {
        while root[at] != at {
            root[at] = root[root[at]];
            at = root[at];
        }
        at
    }
    for (from, tie) in ties.iter().filter(|(from, tie)| !slotted(**from) && !slotted(tie.to)) {
        let (a, b) = (find(&mut root, *from), find(&mut root, tie.to));
        root[a.max(b)] = a.min(b);
    }
    let mut units: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in (0..cx.nodes.len()).filter(|at| !slotted(*at)) {
        units.entry(find(&mut root, at)).or_default().push(at);
    }
    units.into_values().collect()
}

/// Joins units whose topical nodes are near each other on average, nearest first, down to `least`.
fn gather(cx: &Cx<'_>, mut units: Vec<Vec<usize>>, least: f32) -> Vec<Vec<usize>> {
    let topical = |unit: &[usize]| -> Vec<usize> { unit.iter().copied().filter(|at| cx.is_topical(*at)).collect() };
    let mut topics: Vec<Vec<usize>> = units.iter().map(|unit| topical(unit)).collect();
    let mut near = means(cx, &topics);
    let mut active: Vec<usize> = (0..units.len()).collect();
    let mut chain: Vec<usize> = Vec::new();
    // Chains of nearest neighbours: two that are each other's nearest can be joined at once, whatever else there is.
    while let Some(last) = chain.last().copied().or_else(|| active.first().copied()) {
        if chain.is_empty() {
            chain.push(last);
        }
        let (row, before) = (&near[last], chain.iter().rev().nth(1).copied());
        let nearest = active.iter().copied().filter(|other| *other != last).fold(None, |best: Option<usize>, other| {
            let better = best.is_none_or(|best| row[other] > row[best] || (row[other] == row[best] && before == Some(other)));
            if better { Some(other) } else { best }
        });
        let Some(nearest) = nearest else { break };
        if near[last][nearest] < least {
            active.retain(|at| *at != last);
            chain.pop();
        } else if chain.len() > 1 && chain[chain.len() - 2] == nearest {
            chain.truncate(chain.len() - 2);
            let (keep, gone) = (last.min(nearest), last.max(nearest));
            let (a, b) = (topics[keep].len() as f32, topics[gone].len() as f32);
            for other in active.iter().copied().filter(|other| *other != keep && *other != gone) {
                let joined = (near[keep][other] * a + near[gone][other] * b) / (a + b);
                near[keep][other] = joined;
                near[other][keep] = joined;
            }
            let (moved, told) = (std::mem::take(&mut units[gone]), std::mem::take(&mut topics[gone]));
            units[keep].extend(moved);
            topics[keep].extend(told);
            active.retain(|at| *at != gone);
        } else {
            chain.push(nearest);
        }
    }
    units.into_iter().filter(|unit| !unit.is_empty()).collect()
}

/// How near each unit of nodes is to each other one: the mean over their nodes.
fn means(cx: &Cx<'_>, units: &[Vec<usize>]) -> Vec<Vec<f32>> {
    let row = |(at, unit): (usize, &Vec<usize>)| {
        let mut sums = vec![0.0; units.len()];
        for node in unit.iter().map(|node| cx.beside(*node)) {
            for (sum, other) in sums.iter_mut().zip(units).skip(at + 1) {
                other.iter().for_each(|other| *sum += node.near(*other));
            }
        }
        let means = sums.into_iter().zip(units).map(|(sum, other)| sum / (unit.len() * other.len()).max(1) as f32);
        means.collect::<Vec<f32>>()
    };
    let mut near: Vec<Vec<f32>> = units.par_iter().enumerate().map(row).collect();
    for at in 0..units.len() {
        let (above, below) = near.split_at_mut(at);
        above.iter().zip(&mut below[0]).for_each(|(row, mean)| *mean = row[at]);
    }
    near
}

/// Adds each unit to the question it bears on most, if it bears on any; gives back the rest.
fn attach(cx: &Cx<'_>, questions: &mut [Vec<usize>], units: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let bases: Vec<Vec<usize>> = questions.iter().map(|nodes| nodes.iter().copied().filter(|at| cx.is_topical(*at)).collect()).collect();
    let mut left = Vec::new();
    for unit in units {
        let mut best: Option<(f32, usize)> = None;
        let nodes: Vec<Beside<'_>> = unit.iter().filter(|at| cx.is_topical(**at)).map(|at| cx.beside(*at)).collect();
        for (question, base) in bases.iter().enumerate() {
            let nearness = nodes.iter().map(|node| nearest(node, base)).fold(0.0, f32::max);
            if nearness > bears_on(base.len()) && best.is_none_or(|best| nearness > best.0) {
                best = Some((nearness, question));
            }
        }
        match best {
            Some((_, question)) => questions[question].extend(unit),
            None => left.push(unit),
        }
    }
    left
}

/// How near a statement must be to a question of so many.
fn bears_on(statements: usize) -> f32 {
    BEARS_ON[statements.clamp(1, NEAREST) - 1]
}

/// The mean nearness of a node to the nearest of `base`.
fn nearest(node: &Beside<'_>, base: &[usize]) -> f32 {
    let mut nearest: Vec<f32> = Vec::with_capacity(NEAREST + 1);
    for near in base.iter().map(|other| node.near(*other)) {
        nearest.insert(nearest.partition_point(|nearer| *nearer >= near), near);
        nearest.truncate(NEAREST);
    }
    nearest.iter().sum::<f32>() / nearest.len().max(1) as f32
}

/// `question/contested`: at least two who can be told apart speak to it.
fn is_contested(cx: &Cx<'_>, nodes: &[usize]) -> bool {
    let mut speakers: Vec<_> = nodes.iter().filter_map(|at| cx.nodes[*at].speaker).collect();
    speakers.sort();
    speakers.dedup();
    speakers.len() > 1
}
