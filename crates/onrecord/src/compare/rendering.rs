//! Compares the renderings of one utterance: which bear witness that it was said, which only say it again, and which
//! say more than it did.

use super::side::Side;
use super::words::lexicon;
use super::{Cx, Relation, RelationKind};
use crate::evidence::Evidence;
use crate::lexicon::Phrases;
use crate::record::{Place, Told};
use crate::sourcing::{KnownThrough, SourceClass};
use crate::statement::Form;
use crate::text::Span;
use crate::utterance::{Rendering, Utterance};

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let several = cx.utterances.iter().filter(|utterance| utterance.statements.len() > 1);
    several.flat_map(|utterance| of_one(cx, utterance)).collect()
}

fn of_one(cx: &Cx<'_>, utterance: &Utterance) -> Vec<Relation> {
    let sides: Vec<&Side<'_>> = utterance.statements.iter().map(|told| cx.side(*told)).filter(|side| side.was_said()).collect();
    let Some(hub) = hub(&sides) else { return Vec::new() };
    let others = || sides.iter().filter(|side| side.told != hub.told && !cx.is_nested(hub, side));
    let (witnesses, repeats): (Vec<&Side<'_>>, Vec<&Side<'_>>) = others().partition(|side| is_witness(cx, hub, side));
    let mut relations = Vec::new();
    relations.extend(one_utterance(cx, RelationKind::Corroborates, hub, &witnesses));
    relations.extend(one_utterance(cx, RelationKind::Repeats, hub, &repeats));
    relations.extend(others().find_map(|side| worded(cx, utterance, hub, side)));
    relations
}

/// The statement that gives an utterance most fully: quoted before paraphrased, the longest, the first.
fn hub<'s, 'a>(sides: &[&'s Side<'a>]) -> Option<&'s Side<'a>> {
    let quoted = |form: Form| match form {
        Form::Direct => 2,
        Form::Mixed => 1,
        Form::Indirect => 0,
    };
    sides.iter().copied().max_by_key(|side| (quoted(side.statement.form), side.fullness(), std::cmp::Reverse(side.told)))
}

/// `compare/one-utterance`
fn one_utterance(cx: &Cx<'_>, kind: RelationKind, hub: &Side<'_>, others: &[&Side<'_>]) -> Option<Relation> {
    if others.is_empty() {
        return None;
    }
    let who = hub.speaker.map_or("the speaker", |id| cx.people.layer[id].name.as_str());
    let why = match kind {
        RelationKind::Corroborates => format!("{who} is heard to say it in documents apart, in words of their own: that it was said has several witnesses, what it says has one."),
        RelationKind::Repeats | RelationKind::Conflicts | RelationKind::Supersedes => format!("One utterance of {who} told again: no further origin."),
    };
    let words = std::iter::once(&hub).chain(others).flat_map(|side| side.matter()).collect();
    let b: Vec<Told> = others.iter().map(|side| side.told).collect();
    Some(Relation { kind, a: vec![hub.told], b, evidence: vec![Evidence::rule("relation", "compare/one-utterance", words, why.clone())], why })
}

/// Whether another document's rendering shows that it, too, heard the utterance: said openly, through no other hand,
/// quoted by at least one of the two, and in other words; a post on a network stands there for all to read.
fn is_witness(cx: &Cx<'_>, hub: &Side<'_>, side: &Side<'_>) -> bool {
    let (one, other) = (hub.reading.document.outlet.as_deref(), side.reading.document.outlet.as_deref());
    let is_open = |side: &Side<'_>| {
        let sourcing = &side.reading.sourcing[side.told.id];
        sourcing.known_through == KnownThrough::OnRecord && cx.root(side).through.is_empty() && !matches!(sourcing.class, SourceClass::Document | SourceClass::Outlet)
    };
    let is_post = |side: &Side<'_>| side.reading.sourcing[side.told.id].class == SourceClass::SocialPost;
    let apart = hub.told.document != side.told.document && (one.is_none() || one != other);
    let quoted = |side: &Side<'_>| side.statement.form != Form::Indirect;
    let post = (is_post(hub) || is_post(side)) && quoted(hub) && quoted(side);
    apart && is_open(hub) && is_open(side) && (post || (quoted(hub) || quoted(side)) && !is_word_for_word(hub, side))
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

/// `compare/wording`: one utterance in a mild word and in a strong one, or held open and told as fact.
fn worded(cx: &Cx<'_>, utterance: &Utterance, hub: &Side<'_>, side: &Side<'_>) -> Option<Relation> {
    let rendering = |side: &Side<'_>| utterance.statements.iter().position(|told| *told == side.told).map(|at| utterance.renderings[at]);
    let (words, why) = match rendering(side) {
        _ if cx.index.by_words(hub, side) < OF_ONE_THING => None,
        Some(Rendering::Hardened) => Some((hub.matter().into_iter().chain(side.matter()).collect(), "told in stronger words than it was said".to_owned())),
        Some(Rendering::Verbatim | Rendering::Shortened | Rendering::Altered | Rendering::Paraphrased | Rendering::Softened) | None => None,
    }
    .or_else(|| difference(cx, hub, side))?;
    Some(cx.pair(RelationKind::Conflicts, hub, side, "compare/wording", words, format!("One utterance, two strengths: {why}.")))
}

/// The words in which two tellings of one thing differ in strength.
pub(super) fn difference(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> Option<(Vec<Place>, String)> {
    ladder(a, b).or_else(|| hedged(cx, a, b))
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

fn hedged(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> Option<(Vec<Place>, String)> {
    let (open, hedge, flat) = match (a.hedge, b.hedge) {
        (Some(hedge), None) => (a, hedge, b),
        (None, Some(hedge)) => (b, hedge, a),
        (Some(_), Some(_)) | (None, None) => return None,
    };
    if !flat.asserts() || cx.index.by_words(a, b) < OF_ONE_THING {
        return None;
    }
    let why = format!("“{}” in one telling is dropped in the other", open.words_at(hedge));
    Some((std::iter::once(open.place(hedge)).chain(flat.matter()).collect(), why))
}
