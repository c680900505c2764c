//! Gathers the statements that report one act of speaking, however many documents report it, in however many words.
//!
//! Two tellings are tied by words they share, by a quotation, by meaning, by standing in one report, by one handing on the
//! other; then groups are joined along ties, strongest first, never across two people, two days or two numbers of one thing.
//!
//! # Limits
//! Of one briefing by a person, sentences on different matters are different utterances; of a body's announcement they are one,
//! within a document. Words translated twice are found by meaning alone, if they share some words.

mod join;
mod rendering;
mod speaker;
mod telling;
mod tie;

use crate::account::Account;
use crate::calendar::Calendar;
use crate::entity::EntityKind;
use crate::evidence::Evidence;
use crate::person::{People, Person};
use crate::record::{Place, Told};
use crate::text::{Id, Layer};
use crate::time::Interval;
use join::Group;
use std::collections::BTreeMap;
use telling::Telling;
use tie::{Cx, Tie};

/// One act of speaking.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// The statements that report it, in the order of the documents; at least one.
    pub statements: Vec<Told>,
    /// How each of them renders it, in the same order.
    pub renderings: Vec<Rendering>,
    /// Who spoke.
    pub speaker: Option<Id<Person>>,
    /// When.
    pub said: Option<Interval>,
    /// Why statements were gathered.
    pub evidence: Vec<Evidence<Place>>,
}

/// How a statement renders an utterance, beside the fullest quotation of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rendering {
    /// Word for word, or the fullest we have.
    Verbatim,
    /// Word for word, with parts left out.
    Shortened,
    /// In quotation marks, with other words.
    Altered,
    /// In the writer's words.
    Paraphrased,
    /// In weaker words.
    Softened,
    /// In stronger words.
    Hardened,
}

/// Gathers the statements of one story; every statement is in exactly one utterance.
///
/// Only what the text says was said is gathered: what is negated, asked, supposed or invented stands alone.
pub fn gather(accounts: &[&Account], people: &People, calendar: &Calendar) -> Layer<Utterance> {
    let cx = Cx { tellings: telling::of_all(accounts, people, calendar) };
    let groups = join::groups(&cx, cx.ties());
    Layer::new(groups.iter().map(|group| utterance(&cx, people, group)).collect())
}

fn utterance(cx: &Cx<'_>, people: &People, group: &Group) -> Utterance {
    let tellings: Vec<&Telling<'_>> = group.members.iter().map(|at| &cx.tellings[*at]).collect();
    let full = tellings[rendering::fullest(&tellings)];
    Utterance {
        statements: tellings.iter().map(|telling| telling.told).collect(),
        renderings: tellings.iter().map(|telling| rendering::of(telling, full)).collect(),
        speaker: speaker(cx, people, group),
        said: said(cx, group),
        evidence: group.ties.iter().map(|tie| evidence(cx, tie)).collect(),
    }
}

/// Of all who are made to say it, the one named most exactly: a person before an office before a body; then the most often named.
fn speaker(cx: &Cx<'_>, people: &People, group: &Group) -> Option<Id<Person>> {
    let mut counts: BTreeMap<Id<Person>, usize> = BTreeMap::new();
    let own = group.members.iter().filter(|at| !group.relays.contains(at));
    for person in own.filter_map(|at| cx.tellings[*at].voice.person) {
        *counts.entry(person).or_default() += 1;
    }
    let exactness = |id: Id<Person>| match people.layer[id].kind {
        EntityKind::Person => 3,
        EntityKind::Office => 2,
        EntityKind::Organization | EntityKind::Outlet => 1,
        EntityKind::Group | EntityKind::Anonymous | EntityKind::Thing => 0,
    };
    let best = counts.into_iter().max_by_key(|(id, count)| (exactness(*id), *count, std::cmp::Reverse(*id))).map(|(id, _)| id);
    best.or_else(|| group.members.iter().find_map(|at| cx.tellings[*at].voice.person))
}

/// The narrowest of the times its tellings give, those first whose documents show them themselves; the earliest of these.
fn said(cx: &Cx<'_>, group: &Group) -> Option<Interval> {
    let days = |interval: &Interval| interval.start.zip(interval.end).map_or(i32::MAX, |(start, end)| (end - start).get_days());
    let own = |telling: &Telling<'_>| telling.days.as_ref().is_some_and(|days| days.start.is_some());
    let all = group.members.iter().map(|at| &cx.tellings[*at]).filter_map(|telling| Some((!own(telling), telling.said.as_ref()?)));
    all.min_by_key(|(supposed, interval)| (*supposed, days(interval), interval.end, interval.start)).map(|(_, interval)| interval.clone())
}

fn evidence(cx: &Cx<'_>, tie: &Tie) -> Evidence<Place> {
    let words = [tie.a, tie.b].into_iter().flat_map(|at| cx.tellings[at].places()).collect();
    Evidence { score: tie.score.min(1.0), ..Evidence::rule("utterance", tie.rule, words, tie.why.clone()) }
}

#[cfg(test)]
mod tests;
