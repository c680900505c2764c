//! Compares the renderings of one utterance: which bear witness that it was said, which only say it again, and which
//! say more than it did.

use super::answer;
use super::side::{self, Side};
use super::words::lexicon;
use super::{Cx, Relation, RelationKind};
use crate::act::Act;
use crate::entity::EntityKind;
use crate::evidence::Evidence;
use crate::lexicon::Phrases;
use crate::record::{Place, Told};
use crate::similar::words::stem;
use crate::sourcing::{KnownThrough, SourceClass};
use crate::statement::Form;
use crate::text::Span;
use crate::utterance::{Rendering, Utterance};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let several = cx.utterances.as_slice().par_iter().filter(|utterance| utterance.statements.len() > 1);
    let utterances = several.flat_map_iter(|utterance| {
        let all = said(cx, &utterance.statements);
        one_act(cx, &all).into_iter().chain(worded(cx, utterance, &all))
    });
    let mut relations: Vec<Relation> = utterances.collect();
    relations.extend(asked_and_answered(cx));
    relations.extend(retold(cx));
    relations
}

/// The statements that were said.
fn said<'s, 'a>(cx: &'s Cx<'a>, tolds: &[Told]) -> Vec<&'s Side<'a>> {
    tolds.iter().map(|told| cx.side(*told)).filter(|side| side.was_said()).collect()
}

/// What tells of one asking, or of one speaker's answer to it, tells of one act of speaking, in however many words.
fn asked_and_answered(cx: &Cx<'_>) -> Vec<Relation> {
    let mut relations = Vec::new();
    for asking in cx.questions.iter().flat_map(|question| &question.askings) {
        relations.extend(one_act(cx, &said(cx, &asking.asked_in)));
        let mut by_speaker: BTreeMap<usize, Vec<&Side<'_>>> = BTreeMap::new();
        for side in said(cx, &asking.answered_in) {
            by_speaker.entry(side.speaker.map_or(usize::MAX, |id| id.at())).or_default().push(side);
        }
        by_speaker.remove(&usize::MAX);
        relations.extend(by_speaker.values().flat_map(|all| one_act(cx, all)));
    }
    relations
}

/// `compare/wording`, across utterances: one deed of one speaker under a mild and under a strong word ("suggested he could
/// resign", "offered his resignation"). Each mild telling is set against the nearest strong one.
fn retold(cx: &Cx<'_>) -> Vec<Relation> {
    let of = |a: &Side<'_>| {
        let near = cx.index.candidates(&cx.sides, a.at);
        let kin = near.filter(|b| {
            b.was_said() && b.utterance != a.utterance && cx.is_one_speaker(a, b) && !cx.is_nested(a, b) && a.negations == b.negations && is_one_deed(cx, a, b)
        });
        let strong = kin.filter_map(|b| {
            ladder(a, b).filter(|found| found.0[0].document == a.told.document && a.statement.reach().contains(found.0[0].span)).map(|found| (b, found))
        });
        let nearest = strong.max_by(|x, y| cx.index.nearness(a, x.0).total_cmp(&cx.index.nearness(a, y.0)).then(y.0.told.cmp(&x.0.told)));
        nearest.map(|(b, (words, why))| cx.pair(RelationKind::Conflicts, a, b, "compare/wording", words, format!("One deed, two strengths: {why}.")))
    };
    cx.sides.par_iter().filter(|side| side.was_said() && side.speaker.is_some()).filter_map(of).collect()
}

/// Whether two deeds are of one thing: two thirds of the words of the shorter, its speaker's name and cue left out, stand in the
/// other.
fn is_one_deed(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> bool {
    fn own<'s>(side: &'s Side<'_>, name: &str) -> BTreeSet<&'s str> {
        let tokens = &side.reading.tokens;
        let counts = |word: &str| word.starts_with(char::is_alphabetic) && !lexicon().stop.contains(word) && !name.contains(word);
        side.row.iter().filter(|(at, _)| counts(tokens.lower(*at))).map(|(_, stem)| stem.as_str()).collect()
    }
    let names = (name(cx, a), name(cx, b));
    let (a, b) = (own(a, &names.0), own(b, &names.1));
    let shared = a.intersection(&b).count();
    shared > 0 && shared * 3 >= a.len().min(b.len()) * 2 && a.len().max(b.len()) <= shared * 8
}

/// The name of who says it, in small letters.
fn name(cx: &Cx<'_>, side: &Side<'_>) -> String {
    side.speaker.map(|id| cx.people.layer[id].name.to_lowercase()).unwrap_or_default()
}

/// The relations between the tellings of one act of speaking: each is set beside the nearest fuller one of another
/// document, and those of one document beside its fullest.
fn one_act(cx: &Cx<'_>, all: &[&Side<'_>]) -> Vec<Relation> {
    let mut by_document: BTreeMap<usize, Vec<&Side<'_>>> = BTreeMap::new();
    for side in all {
        by_document.entry(side.told.document).or_default().push(side);
    }
    let mut relations = Vec::new();
    for sides in by_document.values() {
        let Some(best) = fullest(sides) else { continue };
        let others: Vec<&Side<'_>> = sides.iter().copied().filter(|side| side.told != best.told && !cx.is_nested(best, side)).collect();
        relations.extend(again(cx, best, &others));
    }
    let mut by_fullness: Vec<&Side<'_>> = all.to_vec();
    by_fullness.sort_by_key(|side| (std::cmp::Reverse((side.quoted(), side.fullness())), side.told));
    let mut witnessed: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (at, side) in by_fullness.iter().enumerate() {
        let fuller = by_fullness[..at.min(MOST)].iter().copied().filter(|other| other.told.document != side.told.document && can_be_one(side, other));
        let mut near: Vec<(f64, &Side<'_>)> = fuller.map(|other| (cx.index.nearness(other, side), other)).collect();
        near.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.told.cmp(&y.1.told)));
        let Some((_, nearest)) = near.first().copied() else { continue };
        if is_opposite(cx, nearest, side) {
            relations.push(opposite(cx, nearest, side));
            continue;
        }
        let documents = (nearest.told.document.min(side.told.document), nearest.told.document.max(side.told.document));
        let copied = is_copied(&by_document[&nearest.told.document], &by_document[&side.told.document]);
        let witness = !copied && is_witness(cx, nearest, side);
        // Two documents bear each other out once; what else they share of the same speech says no more.
        if witness && witnessed.insert(documents) {
            relations.push(witnessed_by_both(cx, nearest, side));
        }
        let others = near.iter().enumerate().filter(|(rank, (near, _))| if *rank == 0 { !witness } else { *near >= OF_THE_SAME });
        let others: Vec<&Side<'_>> = others.map(|(_, (_, other))| *other).collect();
        relations.extend(again(cx, side, &others));
    }
    relations
}

/// Whether two tellings can be of one act at all: not words beside a refusal of any.
fn can_be_one(a: &Side<'_>, b: &Side<'_>) -> bool {
    let refuses = |side: &Side<'_>| side.act == Act::Refusal && side.statement.content.is_empty();
    refuses(a) == refuses(b)
}

/// How near two tellings must be, word by word, for a "not" in one of them to make it the other's opposite.
const OPPOSITE: f64 = 0.6;

/// Tokens in which a denial names the claim that it denies: "all of the allegations".
const OPENING: usize = 4;

fn is_opposite(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> bool {
    let told = a.opening.is_some() && b.opening.is_some();
    let is_near = || cx.index.by_words(a, b) >= OPPOSITE;
    let says_no = |side: &Side<'_>| side.denies || side.negation.is_some();
    // "Denied the claim and is eager to speak": what is denied is the claim, and nothing else that is told of him.
    let names_a_claim = |side: &Side<'_>| {
        let tokens = &side.reading.tokens;
        let opening = side.statement.content.first().map(|part| tokens.within(*part)).unwrap_or_default();
        side.denies && opening.clone().take(OPENING).any(|at| lexicon().claim_nouns.at(tokens, at).is_some())
    };
    let is_denial = (a.act == Act::Denial || b.act == Act::Denial) && !names_a_claim(a) && !names_a_claim(b);
    let denied = is_denial && a.asserts() && b.asserts() && says_no(a) != says_no(b);
    ((a.is_turned_from(b) && (told || is_near())) || (denied && is_near())) && !answer::is_same_speech(a, b)
}

/// `compare/answers-apart`: one speaker, yes and no; a change where the dates show that one was said later.
fn opposite(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> Relation {
    let words = a.matter().into_iter().chain(b.matter()).collect();
    let (later, earlier) = if cx.is_before(a, b) || b.ends { (b, a) } else { (a, b) };
    let ended = later.ends && !earlier.ends && !cx.is_before(later, earlier);
    if ended || cx.is_before(earlier, later) {
        return cx.pair(RelationKind::Supersedes, later, earlier, "compare/answers-apart", words, "The same speaker says the opposite later.".to_owned());
    }
    let why = "Two documents have one speaker say the opposite, and no dates make it a change.".to_owned();
    cx.pair(RelationKind::Conflicts, a, b, "compare/answers-apart", words, why)
}

/// Whether any two tellings are word for word the same: then one document may have all of it from the other.
fn is_copied(one: &[&Side<'_>], other: &[&Side<'_>]) -> bool {
    let same = |a: &Side<'_>, b: &Side<'_>| !is_post(a) && !is_post(b) && a.fullness().min(b.fullness()) >= COPIED && is_word_for_word(a, b);
    one.iter().any(|a| other.iter().any(|b| same(a, b)))
}

/// The statement that gives an utterance most fully: quoted before paraphrased, the longest, the first.
fn fullest<'s, 'a>(sides: &[&'s Side<'a>]) -> Option<&'s Side<'a>> {
    sides.iter().copied().max_by_key(|side| (side.quoted(), side.fullness(), std::cmp::Reverse(side.told)))
}

/// What `side` and each of `others`, tellings of one act of speaking, have in common: the same is told again, or another part of it.
fn again(cx: &Cx<'_>, side: &Side<'_>, others: &[&Side<'_>]) -> Vec<Relation> {
    let (same, parts): (Vec<&Side<'_>>, Vec<&Side<'_>>) = others.iter().copied().partition(|other| cx.index.nearness(side, other) >= OF_THE_SAME);
    let who = speaker(cx, side);
    let told_again =
        |others: Vec<&Side<'_>>, rule: &'static str, why: String| (!others.is_empty()).then(|| one_utterance(RelationKind::Repeats, rule, side, &others, why));
    let same = told_again(same, "compare/one-utterance", format!("One utterance of {who}, told again: no further origin."));
    let parts = told_again(parts, "compare/one-occasion", format!("Parts of one utterance of {who}: no further origin."));
    same.into_iter().chain(parts).collect()
}

/// `compare/one-utterance`, of two documents that both heard it.
fn witnessed_by_both(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> Relation {
    let who = speaker(cx, a);
    let why = if is_post(a) && is_post(b) {
        format!("Documents apart give a post of {who} that all can read: that it was said has several witnesses, what it says has one.")
    } else {
        format!("Documents apart have {who} say it, each in words of its own: that it was said has several witnesses, what it says has one.")
    };
    one_utterance(RelationKind::Corroborates, "compare/one-utterance", a, &[b], why)
}

fn speaker<'c>(cx: &'c Cx<'_>, side: &Side<'_>) -> &'c str {
    side.speaker.map_or("the speaker", |id| cx.people.layer[id].name.as_str())
}

fn one_utterance(kind: RelationKind, rule: &'static str, side: &Side<'_>, others: &[&Side<'_>], why: String) -> Relation {
    let words = std::iter::once(side).chain(others.iter().copied()).flat_map(|side| side.matter()).collect();
    let b = others.iter().map(|other| other.told).collect();
    Relation { kind, a: vec![side.told], b, evidence: vec![Evidence::rule("relation", rule, words, why.clone())], why }
}

/// How near another document's rendering must be to the fullest one to bear witness to it, where it says anything at all.
const OF_THE_SAME: f64 = 0.3;

/// A denial with fewer words of its own points back at what it denies, and is near no other by its words.
const POINTING: usize = 3;

/// Whether another document's rendering shows that it, too, heard the utterance: said openly, through no other hand, on no two days,
/// quoted by at least one of the two, and in other words; a post on a network stands there for all to read.
pub(super) fn is_witness(cx: &Cx<'_>, hub: &Side<'_>, side: &Side<'_>) -> bool {
    let (one, other) = (hub.reading.document.outlet.as_deref(), side.reading.document.outlet.as_deref());
    let is_open = |side: &Side<'_>| {
        let sourcing = &side.reading.sourcing[side.told.id];
        let speaks = !matches!(sourcing.class, SourceClass::Document | SourceClass::Outlet | SourceClass::Anonymous | SourceClass::None);
        sourcing.known_through == KnownThrough::OnRecord && cx.root(side).through.is_empty() && speaks
    };
    let quoted = |side: &Side<'_>| side.statement.form != Form::Indirect;
    let post = (is_post(hub) || is_post(side)) && quoted(hub) && quoted(side);
    let same = cx.index.nearness(hub, side) >= OF_THE_SAME || (hub.denies && side.denies && hub.told_words.min(side.told_words) < POINTING);
    !hub.is_turned_from(side)
        && (one.is_none() || one != other)
        && !cx.order.has(hub, side)
        && !cx.order.has(side, hub)
        && (hub.utterance == side.utterance || (!cx.is_before(hub, side) && !cx.is_before(side, hub)))
        && !is_told_to_an_outlet(cx, hub)
        && !is_told_to_an_outlet(cx, side)
        && is_open(hub)
        && is_open(side)
        && same
        && (post || (quoted(hub) || quoted(side)) && !is_word_for_word(hub, side))
}

/// Whether it was told to a news outlet: then that outlet heard it, and whoever else tells of it has it from there.
fn is_told_to_an_outlet(cx: &Cx<'_>, side: &Side<'_>) -> bool {
    cx.people.addressee(cx.accounts, side.told).is_some_and(|id| cx.people.layer[id].kind == EntityKind::Outlet)
}

/// Whether it is a post on a network, there for all to read.
fn is_post(side: &Side<'_>) -> bool {
    side.reading.sourcing[side.told.id].class == SourceClass::SocialPost
}

/// Words that must be the same for one telling to be taken for a copy of the other.
const COPIED: usize = 4;

/// Words in a row that two tellings hardly ever share unless one has them from the other.
const RUN: usize = 8;

/// Whether two tellings share so many words in a row that one may be copied from the other.
pub(super) fn share_a_run(a: &Side<'_>, b: &Side<'_>) -> bool {
    let words = |side: &Side<'_>| -> Vec<String> {
        let tokens = &side.reading.tokens;
        let all = side.statement.content.iter().flat_map(|part| tokens.within(*part));
        all.filter(|at| tokens.lower(*at).starts_with(char::is_alphanumeric)).map(|at| tokens.lower(at).to_owned()).collect()
    };
    let (a, b) = (words(a), words(b));
    let runs: BTreeSet<&[String]> = a.windows(RUN).collect();
    b.windows(RUN).any(|run| runs.contains(run))
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

/// How near two renderings must be for a difference in strength to be of the same thing: two fifths of their weighed words.
const OF_ONE_THING: f64 = 0.4;
/// Renderings of one utterance that are set against each other; more than these say nothing new.
const MOST: usize = 24;

/// `compare/wording`: one utterance in a mild word and in a strong one, or held open and told as fact; the nearest pair.
fn worded(cx: &Cx<'_>, utterance: &Utterance, all: &[&Side<'_>]) -> Option<Relation> {
    let fullest = fullest(all);
    let few: Vec<&Side<'_>> = all.iter().copied().take(MOST).collect();
    let pairs = few.iter().enumerate().flat_map(|(at, a)| few[at + 1..].iter().map(move |b| (*a, *b)));
    let near = pairs.filter(|(a, b)| !cx.is_nested(a, b)).map(|(a, b)| (cx.index.by_words(a, b), a, b)).filter(|(near, ..)| *near >= OF_THE_SAME);
    let differing = near.filter_map(|(near, a, b)| {
        let worded = (near >= OF_ONE_THING).then(|| ladder(a, b).or_else(|| hedged(a, b))).flatten();
        let quotes = fullest.is_some_and(|full| full.told == a.told || full.told == b.told);
        worded.or_else(|| hardened(utterance, a, b).filter(|_| quotes && near >= OPPOSITE)).map(|found| (near, a, b, found))
    });
    let (_, a, b, (words, why)) = differing.max_by(|x, y| x.0.total_cmp(&y.0).then((y.1.told, y.2.told).cmp(&(x.1.told, x.2.told))))?;
    Some(cx.pair(RelationKind::Conflicts, a, b, "compare/wording", words, format!("One utterance, two strengths: {why}.")))
}

/// A quotation, and a telling of it in stronger words.
fn hardened(utterance: &Utterance, a: &Side<'_>, b: &Side<'_>) -> Option<(Vec<Place>, String)> {
    let rendering = |side: &Side<'_>| utterance.statements.iter().position(|told| *told == side.told).map(|at| utterance.renderings[at]);
    let stronger = |side: &Side<'_>| rendering(side) == Some(Rendering::Hardened);
    let differ = (stronger(a) && b.quoted() == 2) || (stronger(b) && a.quoted() == 2);
    differ.then(|| (a.matter().into_iter().chain(b.matter()).collect(), "told in stronger words than it was said".to_owned()))
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

/// One telling holds open what the other tells as fact. Of two quotations one is cut, not worded otherwise.
fn hedged(a: &Side<'_>, b: &Side<'_>) -> Option<(Vec<Place>, String)> {
    let (open, hedge, flat) = match (a.hedge, b.hedge) {
        (Some(hedge), None) => (a, hedge, b),
        (None, Some(hedge)) => (b, hedge, a),
        (Some(_), Some(_)) | (None, None) => return None,
    };
    let why = format!("“{}” in one telling is dropped in the other", open.words_at(hedge));
    let held: Vec<String> = held_open(open, hedge);
    let is_told = !held.is_empty() && held.iter().all(|word| flat.words.contains(word)) && (open.quoted() == 0 || flat.quoted() == 0);
    let tokens = &flat.reading.tokens;
    let leaves_open = [&lexicon().opinions, &lexicon().chances, &lexicon().charges, &lexicon().alleging];
    let is_left_open =
        flat.statement.cue.iter().chain(&flat.statement.content).any(|part| leaves_open.iter().any(|words| words.find(tokens, tokens.within(*part)).is_some()));
    (is_told && flat.asserts() && !flat.denies && !is_left_open).then(|| (std::iter::once(open.place(hedge)).chain(flat.matter()).collect(), why))
}

/// Words after a hedge that it surely holds open.
const BEARS_ON: usize = 2;

/// The stems right after a hedge: what it holds open.
fn held_open(side: &Side<'_>, hedge: Span) -> Vec<String> {
    let tokens = &side.reading.tokens;
    let parts = side.statement.cue.iter().chain(&side.statement.content).flat_map(|part| tokens.within(*part));
    let after = parts.filter(|at| tokens.span(*at).start() >= hedge.end() && side.statement.cue.iter().all(|cue| !cue.contains(tokens.span(*at))));
    let stems = after.filter_map(|at| [side::name_key(tokens.lower(at)), stem(tokens.lower(at))].into_iter().find(|word| side.words.contains(word)));
    stems.take(BEARS_ON).collect()
}
