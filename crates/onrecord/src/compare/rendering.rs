//! Compares the renderings of one utterance: which bear witness that it was said, which only say it again, and which
//! say more than it did.

use super::side::Side;
use super::words::{lexicon, stem};
use super::{Cx, Relation, RelationKind};
use crate::act::Act;
use crate::evidence::Evidence;
use crate::lexicon::Phrases;
use crate::record::{Place, Told};
use crate::sourcing::{KnownThrough, SourceClass};
use crate::statement::Form;
use crate::text::Span;
use crate::utterance::{Rendering, Utterance};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let several = cx.utterances.iter().filter(|utterance| utterance.statements.len() > 1);
    several.flat_map(|utterance| of_one(cx, utterance)).chain(retold(cx)).collect()
}

/// `compare/wording`, across utterances: one deed of one speaker under a mild and under a strong word ("suggested he could
/// resign", "offered his resignation"). Each mild telling is set against the nearest strong one.
fn retold(cx: &Cx<'_>) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (at, a) in cx.sides.iter().enumerate().filter(|(_, side)| side.was_said() && side.speaker.is_some()) {
        let near = cx.index.candidates(&cx.sides, at);
        let kin = near.filter(|b| b.was_said() && b.utterance != a.utterance && cx.is_one_speaker(a, b) && !cx.is_nested(a, b) && is_one_deed(cx, a, b));
        let strong = kin.filter_map(|b| {
            ladder(a, b).filter(|found| found.0[0].document == a.told.document && a.statement.reach().contains(found.0[0].span)).map(|found| (b, found))
        });
        let nearest = strong.max_by(|x, y| cx.index.nearness(a, x.0).total_cmp(&cx.index.nearness(a, y.0)).then(y.0.told.cmp(&x.0.told)));
        relations.extend(
            nearest.map(|(b, (words, why))| cx.pair(RelationKind::Conflicts, a, b, "compare/wording", words, format!("One deed, two strengths: {why}."))),
        );
    }
    relations
}

/// Whether two deeds are of one thing: most of the words of the shorter, its speaker's name and cue left out, stand in the other.
fn is_one_deed(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> bool {
    let own = |side: &Side<'_>| -> BTreeSet<String> {
        let tokens = &side.reading.tokens;
        let name = side.speaker.map(|id| cx.people.layer[id].name.to_lowercase()).unwrap_or_default();
        let all = side.statement.content.iter().flat_map(|part| tokens.within(*part));
        let counts = all.filter(|at| {
            tokens.lower(*at).starts_with(char::is_alphabetic) && !lexicon().stop.contains(tokens.lower(*at)) && !name.contains(tokens.lower(*at))
        });
        counts.map(|at| stem(tokens.lower(at))).collect()
    };
    let (a, b) = (own(a), own(b));
    let shared = a.intersection(&b).count();
    shared > 0 && shared * 2 >= a.len().min(b.len()) && a.len().max(b.len()) <= shared * 4
}

fn of_one(cx: &Cx<'_>, utterance: &Utterance) -> Vec<Relation> {
    let mut by_document: BTreeMap<usize, Vec<&Side<'_>>> = BTreeMap::new();
    for side in utterance.statements.iter().map(|told| cx.side(*told)).filter(|side| side.was_said()) {
        by_document.entry(side.told.document).or_default().push(side);
    }
    let all: Vec<&Side<'_>> = by_document.values().flatten().copied().collect();
    let Some(hub) = fullest(&all) else { return Vec::new() };
    let mut relations = Vec::new();
    let (mut witnesses, mut repeats) = (Vec::new(), Vec::new());
    for (document, sides) in &by_document {
        let Some(best) = (if *document == hub.told.document { Some(hub) } else { fullest(sides) }) else { continue };
        let others: Vec<&Side<'_>> = sides.iter().copied().filter(|side| side.told != best.told && !cx.is_nested(best, side)).collect();
        relations.extend(one_utterance(cx, RelationKind::Repeats, &[best], &others));
        if *document == hub.told.document {
            continue;
        }
        if is_witness(cx, hub, best) {
            witnesses.push(best);
        } else {
            repeats.extend(sides.iter().copied());
        }
    }
    let here: Vec<&Side<'_>> = by_document[&hub.told.document].clone();
    relations.extend(one_utterance(cx, RelationKind::Corroborates, &[hub], &witnesses));
    relations.extend(one_utterance(cx, RelationKind::Repeats, &here, &repeats));
    relations.extend(worded(cx, utterance, &all));
    relations
}

/// The statement that gives an utterance most fully: quoted before paraphrased, the longest, the first.
fn fullest<'s, 'a>(sides: &[&'s Side<'a>]) -> Option<&'s Side<'a>> {
    sides.iter().copied().max_by_key(|side| (side.quoted(), side.fullness(), std::cmp::Reverse(side.told)))
}

/// `compare/one-utterance`
fn one_utterance(cx: &Cx<'_>, kind: RelationKind, a: &[&Side<'_>], b: &[&Side<'_>]) -> Option<Relation> {
    let (first, _) = a.first().zip(b.first())?;
    let who = first.speaker.map_or("the speaker", |id| cx.people.layer[id].name.as_str());
    let why = match kind {
        RelationKind::Corroborates => {
            format!("Documents apart have {who} say it, each in words of its own: that it was said has several witnesses, what it says has one.")
        }
        RelationKind::Repeats | RelationKind::Conflicts | RelationKind::Supersedes => format!("One utterance of {who}, told again: no further origin."),
    };
    let words = a.iter().chain(b).flat_map(|side| side.matter()).collect();
    let tolds = |sides: &[&Side<'_>]| -> Vec<Told> { sides.iter().map(|side| side.told).collect() };
    Some(Relation { kind, a: tolds(a), b: tolds(b), evidence: vec![Evidence::rule("relation", "compare/one-utterance", words, why.clone())], why })
}

/// How near another document's rendering must be to the fullest one to bear witness to it, where it says anything at all.
const OF_THE_SAME: f64 = 0.2;

/// Whether another document's rendering shows that it, too, heard the utterance: said openly, through no other hand,
/// quoted by at least one of the two, and in other words; a post on a network stands there for all to read.
fn is_witness(cx: &Cx<'_>, hub: &Side<'_>, side: &Side<'_>) -> bool {
    let (one, other) = (hub.reading.document.outlet.as_deref(), side.reading.document.outlet.as_deref());
    let is_open = |side: &Side<'_>| {
        let sourcing = &side.reading.sourcing[side.told.id];
        let speaks = !matches!(sourcing.class, SourceClass::Document | SourceClass::Outlet | SourceClass::Anonymous | SourceClass::None);
        sourcing.known_through == KnownThrough::OnRecord && cx.root(side).through.is_empty() && speaks
    };
    let is_post = |side: &Side<'_>| side.reading.sourcing[side.told.id].class == SourceClass::SocialPost;
    let quoted = |side: &Side<'_>| side.statement.form != Form::Indirect;
    let post = (is_post(hub) || is_post(side)) && quoted(hub) && quoted(side);
    let same = cx.index.nearness(hub, side) >= OF_THE_SAME || (hub.act == side.act && hub.act == Act::Denial);
    (one.is_none() || one != other) && is_open(hub) && is_open(side) && same && (post || (quoted(hub) || quoted(side)) && !is_word_for_word(hub, side))
}

/// Whether the words of one stand in the other as they are: then one may be copied from the other.
pub(super) fn is_word_for_word(a: &Side<'_>, b: &Side<'_>) -> bool {
    let words = |side: &Side<'_>| -> String {
        let tokens = &side.reading.tokens;
        let all = side.statement.content.iter().flat_map(|part| tokens.within(*part));
        let words = all.filter(|at| tokens.lower(*at).starts_with(char::is_alphanumeric)).map(|at| format!(" {}", tokens.lower(at)));
        words.collect::<String>() + " "
    };
    let (a, b) = (words(a), words(b));
    a.contains(&b) || b.contains(&a)
}

/// How near two renderings must be for a difference in strength to be of the same thing: a third of their weighed words.
const OF_ONE_THING: f64 = 0.33;
/// Renderings of one utterance that are set against each other; more than these say nothing new.
const MOST: usize = 24;

/// `compare/wording`: one utterance in a mild word and in a strong one, or held open and told as fact; the nearest pair.
fn worded(cx: &Cx<'_>, utterance: &Utterance, all: &[&Side<'_>]) -> Option<Relation> {
    let few: Vec<&Side<'_>> = all.iter().copied().take(MOST).collect();
    let pairs = few.iter().enumerate().flat_map(|(at, a)| few[at + 1..].iter().map(move |b| (*a, *b)));
    let near = pairs.filter(|(a, b)| !cx.is_nested(a, b)).map(|(a, b)| (cx.index.by_words(a, b), a, b)).filter(|(near, ..)| *near >= OF_ONE_THING);
    let differing = near.filter_map(|(near, a, b)| difference(utterance, a, b).map(|found| (near, a, b, found)));
    let (_, a, b, (words, why)) = differing.max_by(|x, y| x.0.total_cmp(&y.0).then((y.1.told, y.2.told).cmp(&(x.1.told, x.2.told))))?;
    Some(cx.pair(RelationKind::Conflicts, a, b, "compare/wording", words, format!("One utterance, two strengths: {why}.")))
}

/// The words in which two tellings of one thing differ in strength.
fn difference(utterance: &Utterance, a: &Side<'_>, b: &Side<'_>) -> Option<(Vec<Place>, String)> {
    let rendering = |side: &Side<'_>| utterance.statements.iter().position(|told| *told == side.told).map(|at| utterance.renderings[at]);
    let hardened = |side: &Side<'_>| rendering(side) == Some(Rendering::Hardened);
    ladder(a, b).or_else(|| hedged(a, b)).or_else(|| {
        let differ = hardened(a) != hardened(b) && (a.statement.form != Form::Indirect || b.statement.form != Form::Indirect);
        differ.then(|| (a.matter().into_iter().chain(b.matter()).collect(), "told in stronger words than it was said".to_owned()))
    })
}

fn ladder(a: &Side<'_>, b: &Side<'_>) -> Option<(Vec<Place>, String)> {
    let hit = |side: &Side<'_>, words: &Phrases| -> Option<Span> {
        let tokens = &side.reading.tokens;
        let cues = side.statement.cue.iter().map(|part| tokens.within(*part));
        cues.filter_map(|range| words.find(tokens, range)).find_map(|hit| tokens.cover(hit))
    };
    lexicon().ladders.iter().find_map(|ladder| {
        let (mild, strong) = match (hit(a, &ladder.mild), hit(b, &ladder.strong)) {
            (Some(mild), Some(strong)) => ((a, mild), (b, strong)),
            _ => ((b, hit(b, &ladder.mild)?), (a, hit(a, &ladder.strong)?)),
        };
        let why = format!("“{}” against “{}”", mild.0.words_at(mild.1), strong.0.words_at(strong.1));
        Some((vec![mild.0.place(mild.1), strong.0.place(strong.1)], why))
    })
}

fn hedged(a: &Side<'_>, b: &Side<'_>) -> Option<(Vec<Place>, String)> {
    let (open, hedge, flat) = match (a.hedge, b.hedge) {
        (Some(hedge), None) => (a, hedge, b),
        (None, Some(hedge)) => (b, hedge, a),
        (Some(_), Some(_)) | (None, None) => return None,
    };
    let why = format!("“{}” in one telling is dropped in the other", open.words_at(hedge));
    (flat.asserts() && flat.act != Act::Denial).then(|| (std::iter::once(open.place(hedge)).chain(flat.matter()).collect(), why))
}
