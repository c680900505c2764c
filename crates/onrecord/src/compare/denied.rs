//! Finds what a denial denies: the claim it says again, or the report it points back at.

use super::near::Index;
use super::side::Side;
use super::words::{lexicon, stem};
use super::{Cx, Relation, RelationKind};
use crate::act::Act;
use crate::record::Place;
use crate::sourcing::KnownThrough;
use crate::text::Spanned;
use std::collections::BTreeSet;

/// How much of what a denial names must stand in the claim it denies.
const NAMED: f64 = 0.5;
/// A denial that names fewer things than this points back at what was told before.
const FEWEST: usize = 3;

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let denials = cx.sides.iter().enumerate().filter(|(_, side)| side.act == Act::Denial && side.was_said());
    let mut relations = Vec::new();
    for (at, denial) in denials {
        let matter = matter(cx, denial);
        let found = if matter.len() >= FEWEST { named(cx, at, denial, &matter) } else { pointed_at(cx, denial) };
        let Some(claim) = found else { continue };
        if seen.insert((denial.utterance, claim.utterance)) {
            relations.push(denied(cx, denial, claim));
        }
    }
    relations
}

/// `compare/denied`
fn denied(cx: &Cx<'_>, denial: &Side<'_>, claim: &Side<'_>) -> Relation {
    let name = |side: &Side<'_>| side.speaker.map_or("somebody", |id| cx.people.layer[id].name.as_str()).to_owned();
    let words: Vec<Place> = denial.matter().into_iter().chain(claim.matter()).collect();
    let why = format!("{} denies what {} is told to say.", name(denial), name(claim));
    cx.pair(RelationKind::Conflicts, denial, claim, "compare/denied", words, why)
}

/// What a denial names: its words without those that deny, those that mean a claim as such, and its speaker's own name.
fn matter(cx: &Cx<'_>, denial: &Side<'_>) -> BTreeSet<String> {
    let tokens = &denial.reading.tokens;
    let parts = denial.statement.content.iter().flat_map(|part| tokens.within(*part));
    let points = |at: &usize| lexicon().denying.at(tokens, *at).is_some() || lexicon().claim_nouns.at(tokens, *at).is_some();
    let dropped: BTreeSet<String> = parts.filter(points).map(|at| stem(tokens.lower(at))).collect();
    let own: BTreeSet<String> = denial.speaker.map(|id| cx.people.layer[id].name.split_whitespace().map(|word| stem(&word.to_lowercase())).collect()).unwrap_or_default();
    denial.words.iter().filter(|word| !dropped.contains(*word) && !own.contains(*word)).cloned().collect()
}

/// Whether a statement can be what `denial` denies: said by another, no denial itself, not after it.
fn can_be_denied(cx: &Cx<'_>, denial: &Side<'_>, claim: &Side<'_>) -> bool {
    claim.asserts()
        && claim.act != Act::Denial
        && claim.utterance != denial.utterance
        && !cx.is_one_speaker(denial, claim)
        && !cx.is_nested(denial, claim)
        && !denial.is_before(claim)
}

/// The claim that holds most of what the denial names.
fn named<'c, 'a>(cx: &'c Cx<'a>, at: usize, denial: &Side<'_>, matter: &BTreeSet<String>) -> Option<&'c Side<'a>> {
    let candidates = cx.index.candidates(&cx.sides, at).into_iter().map(|other| &cx.sides[other]);
    let fits = candidates.filter(|claim| can_be_denied(cx, denial, claim) && claim.negation.is_none() && !Index::names_clash(denial, claim));
    let held = fits.map(|claim| (cx.index.holds(claim, matter), cx.index.nearness(denial, claim), claim)).filter(|(holds, ..)| *holds >= NAMED);
    held.max_by(|x, y| x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1)).then(y.2.told.cmp(&x.2.told))).map(|(_, _, claim)| claim)
}

/// The nearest claim before the denial that its document has on another's word; else the nearest after it.
fn pointed_at<'c, 'a>(cx: &'c Cx<'a>, denial: &Side<'_>) -> Option<&'c Side<'a>> {
    let here = denial.statement.span().start();
    let told = |claim: &&Side<'_>| {
        let sourcing = &claim.reading.sourcing[claim.told.id];
        claim.told.document == denial.told.document && can_be_denied(cx, denial, claim) && sourcing.known_through != KnownThrough::OnRecord && sourcing.known_through != KnownThrough::Author
    };
    let claims: Vec<&Side<'a>> = cx.sides.iter().filter(|claim| told(claim) && !claim.words.is_empty()).collect();
    let before = claims.iter().filter(|claim| claim.statement.span().start() < here).max_by_key(|claim| claim.statement.span().start());
    let after = claims.iter().filter(|claim| claim.statement.span().start() > here).min_by_key(|claim| claim.statement.span().start());
    before.or(after).copied()
}
