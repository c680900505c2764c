//! Finds one reply told twice where its words only point back: "rejected that", "refused to accept it".

use super::side::Side;
use super::words::lexicon;
use super::{Cx, Relation, RelationKind};
use crate::act::Act;
use crate::record::Place;
use std::collections::BTreeMap;

/// `compare/same-reply`: of one speaker and act, each to a statement that `told` relates to the other's.
pub(super) fn relate(cx: &Cx<'_>, told: &[Relation]) -> Vec<Relation> {
    let mut replies: BTreeMap<usize, Vec<(&Side<'_>, &Side<'_>)>> = BTreeMap::new();
    for side in cx.sides.iter().filter(|side| points_back(side)) {
        if let Some((speaker, before)) = side.speaker.zip(answered(cx, side)) {
            replies.entry(speaker.at()).or_default().push((side, before));
        }
    }
    let mut relations = Vec::new();
    for all in replies.values() {
        let (first, offered) = all[0];
        for (other, also) in &all[1..] {
            let apart = other.told.document != first.told.document && other.act == first.act && other.utterance != first.utterance;
            if apart && is_one(told, offered, also) {
                let words: Vec<Place> = first.matter().into_iter().chain(other.matter()).collect();
                let why = "One reply to what both documents tell: nothing shows that one does not have it from the other.".to_owned();
                relations.push(cx.pair(RelationKind::Repeats, first, other, "compare/same-reply", words, why));
            }
        }
    }
    relations
}

/// Whether it turns down or denies, and says nothing of what.
fn points_back(side: &Side<'_>) -> bool {
    let tokens = &side.reading.tokens;
    let says = |at: usize| tokens.lower(at).starts_with(char::is_alphanumeric) && !lexicon().stop.contains(tokens.lower(at));
    let replies = matches!(side.act, Act::Refusal | Act::Denial | Act::Answer | Act::NonAnswer) && side.was_said();
    replies && !side.statement.content.is_empty() && !side.statement.content.iter().any(|part| tokens.within(*part).any(says))
}

/// The statement it replies to: the nearest before it by another speaker, in the same paragraph.
fn answered<'c, 'a>(cx: &'c Cx<'a>, side: &Side<'_>) -> Option<&'c Side<'a>> {
    let paragraph = |side: &Side<'_>| side.reading.sentences.holding(side.statement.reach().start()).map(|(_, sentence)| sentence.paragraph);
    let here = side.statement.reach().start();
    let near = |other: &&Side<'_>| {
        other.told.document == side.told.document
            && other.statement.reach().start() < here
            && other.speaker != side.speaker
            && paragraph(other) == paragraph(side)
    };
    cx.sides.iter().filter(near).max_by_key(|other| (other.statement.reach().start(), other.told))
}

/// Whether the two are one statement, or are told to agree.
fn is_one(told: &[Relation], a: &Side<'_>, b: &Side<'_>) -> bool {
    let holds = |relation: &Relation| {
        let (in_a, in_b) = (relation.a.contains(&a.told) || relation.b.contains(&a.told), relation.a.contains(&b.told) || relation.b.contains(&b.told));
        !relation.kind.is_apart() && in_a && in_b
    };
    a.utterance == b.utterance || told.iter().any(holds)
}
