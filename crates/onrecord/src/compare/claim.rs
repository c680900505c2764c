//! Finds one claim told in different utterances, and its opposite; whether that confirms it is for the origins to say.

use super::figure::{Counted, Figure};
use super::near::Index;
use super::number::Bound;
use super::rendering;
use super::side::Side;
use super::slot;
use super::words::lexicon;
use super::{Cx, Relation, RelationKind};
use crate::act::Act;
use crate::origin;
use crate::record::Place;
use crate::sourcing::SourceClass;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How near two statements of different documents must be to be one claim. In the gold stories tellings of one claim lie between 0.35
/// and 0.9, look-alikes with a name in common below 0.3; of 46 pairs in public stories from here on that were read one by one, 27 were
/// one claim.
const ONE_CLAIM: f64 = 0.36;
/// The same for two statements of one speaker.
const ONE_SPEAKER: f64 = 0.33;
/// The same for two statements of one document, which seldom says a thing twice: of 39 pairs between 0.36 and here 6 were one claim.
const IN_ONE_DOCUMENT: f64 = 0.5;
/// The same for two statements of one speaker in one document, who goes on more often than he says it again.
const GOES_ON: f64 = 0.6;
/// How near two statements must be for the second to confirm the first: of 28 such pairs 21 were one claim.
const CONFIRMS: f64 = 0.42;
/// How near two statements must be, word by word, for a "not" in one of them to make it the other's opposite.
const OPPOSITE: f64 = 0.7;
/// How near two statements must be where no name ties them to one matter.
const ONE_CLAIM_UNNAMED: f64 = 0.6;
/// A statement with fewer words of its own says too little to be told again.
const FEWEST: usize = 3;
/// Further tellings of a claim that are set beside one statement; in a story of hundreds the origins list them all.
const MOST: usize = 8;

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let mut relations = Vec::new();
    // That two utterances are one claim is told of each two documents that have them; that they bear each other out, once.
    let mut told: BTreeMap<[usize; 2], BTreeSet<[usize; 2]>> = BTreeMap::new();
    relations.extend(cx.sides.iter().filter_map(|side| confirmed(cx, side)));
    let telling = cx.sides.par_iter().filter(|side| side.tells() || is_deed(side));
    let kin: Vec<(&Side<'_>, Vec<(f64, &Side<'_>)>)> = telling.map(|side| (side, kin(cx, side))).collect();
    for (a, kin) in kin {
        for (_, b) in kin.into_iter().take(MOST) {
            let [first, second] = if a.utterance < b.utterance { [a, b] } else { [b, a] };
            let documents = [first, second].map(|side| side.told.document);
            let told_in = told.entry([first, second].map(|side| side.utterance)).or_default();
            if told_in.contains(&documents) {
                continue;
            }
            let found = opposite(cx, a, b).or_else(|| same(cx, a, b)).filter(|found| told_in.is_empty() || found.kind == RelationKind::Repeats);
            if let Some(relation) = found {
                told_in.insert(documents);
                relations.push(relation);
            }
        }
    }
    relations
}

/// The statements that may be one claim with this, the nearest first, each with how near it is.
fn kin<'c, 'a>(cx: &'c Cx<'a>, a: &Side<'_>) -> Vec<(f64, &'c Side<'a>)> {
    let near = cx.index.candidates(&cx.sides, a.at);
    let mut kin: Vec<(f64, &Side<'_>)> = near
        .filter(|b| may_be_one(cx, a, b) && shares_words(cx, a, b))
        .map(|b| (cx.index.nearness(a, b), b))
        .filter(|(near, b)| *near >= least(cx, a, b))
        .collect();
    kin.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.told.cmp(&y.1.told)));
    kin
}

/// How much of their weighed words two tellings of one claim share, however near their meanings are.
const SHARED_WORDS: f64 = 0.15;

fn shares_words(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> bool {
    is_deed(a) != is_deed(b) || (cx.index.by_words(a, b) >= SHARED_WORDS && shares_what_is_said(a, b))
}

/// Whether they share a word beyond the names of whom they speak, or a telling number: that two speak of the same people is no claim.
fn shares_what_is_said(a: &Side<'_>, b: &Side<'_>) -> bool {
    !a.plain.is_disjoint(&b.plain) || share_a_number(a, b)
}

/// How near these two must be to be one claim.
fn least(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> f64 {
    if is_deed(a) != is_deed(b) {
        // That one holds the other was seen already.
        0.0
    } else if a.told.document == b.told.document {
        if cx.is_one_speaker(a, b) { GOES_ON } else { IN_ONE_DOCUMENT }
    } else if cx.is_one_speaker(a, b) {
        ONE_SPEAKER
    } else if a.names.is_disjoint(&b.names) && !share_a_number(a, b) {
        ONE_CLAIM_UNNAMED
    } else {
        ONE_CLAIM
    }
}

/// Whether it tells of something done by speaking: an offer, a promise.
fn is_deed(side: &Side<'_>) -> bool {
    side.was_said() && matches!(side.act, Act::Offer | Act::Promise | Act::Threat | Act::Demand | Act::Refusal)
}

/// Whether a statement has words of its own to be told again by; of a deed one will do, its speaker and cue tell the rest.
fn says_enough(side: &Side<'_>) -> bool {
    side.told_words >= if is_deed(side) { 1 } else { FEWEST }
}

/// Whether two statements can be one claim at all.
fn may_be_one(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> bool {
    let told = says_enough(a) && says_enough(b);
    if is_deed(a) != is_deed(b) {
        let (deed, around) = if is_deed(a) { (a, b) } else { (b, a) };
        return says_enough(deed) && around.asserts() && a.told.document != b.told.document && cx.index.holds(around, cx.index.of(deed)) >= HELD;
    }
    let kind = if is_deed(a) { is_deed(b) && a.act == b.act && a.speaker == b.speaker } else { b.tells() };
    told && kind && a.utterance != b.utterance && !cx.is_nested(a, b) && (!Index::names_clash(a, b) || share_a_number(a, b)) && !numbers_clash(a, b)
}

/// Whether the two give one number of one thing, told exactly enough that chance is ruled out: it ties them though each
/// names what the other does not.
fn share_a_number(a: &Side<'_>, b: &Side<'_>) -> bool {
    let telling = |x: &Figure| x.amount.told > CHANCE && matches!(x.counted, Counted::Thing(..) | Counted::Measure(_));
    a.figures.iter().filter(|x| telling(x)).any(|x| b.figures.iter().any(|y| x.counted == y.counted && x.amount.told == y.amount.told))
}

/// How much of a deed (who offered what) must stand in a statement that tells of it among other things.
const HELD: f64 = 0.8;

/// Numbers up to this are often the same by chance.
const CHANCE: f64 = 12.0;

/// Whether the two count one thing and come to numbers that cannot both hold, or count nothing in common.
fn numbers_clash(a: &Side<'_>, b: &Side<'_>) -> bool {
    let pairs = || a.figures.iter().flat_map(|x| b.figures.iter().map(move |y| (x, y))).filter(|(x, y)| x.counted == y.counted);
    let both_count = !a.figures.is_empty() && !b.figures.is_empty();
    pairs().any(|(x, y)| !x.amount.can_equal(y.amount) || are_two_tolls(x, y)) || (both_count && pairs().next().is_none())
}

/// Whether two numbers of what became of people are two states of a count, though both can hold: "at least six", then 11.
fn are_two_tolls(x: &Figure, y: &Figure) -> bool {
    let is_open = |figure: &Figure| figure.amount.bound == Bound::About;
    matches!(x.counted, Counted::State(..)) && x.amount.told != y.amount.told && !is_open(x) && !is_open(y)
}

/// `compare/same-claim`
fn same(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> Option<Relation> {
    if a.negation.is_some() != b.negation.is_some() || a.denies != b.denies {
        return None;
    }
    let words = a.matter().into_iter().chain(b.matter()).collect();
    let rule = "compare/same-claim";
    let days_meet = !cx.is_before(a, b) && !cx.is_before(b, a);
    if cx.is_one_speaker(a, b) && a.told.document != b.told.document && days_meet && rendering::is_witness(cx, a, b) {
        let why = "Documents apart have one speaker say it, each in words of its own: that it was said has several witnesses, what it says has one.".to_owned();
        return Some(cx.pair(RelationKind::Corroborates, a, b, rule, words, why));
    }
    if is_confirmation(cx, a, b) {
        let why = format!("Both say it, from origins that can be told apart: {} and {}.", origin_name(cx, a), origin_name(cx, b));
        return Some(cx.pair(RelationKind::Corroborates, a, b, rule, words, why));
    }
    let (one, other) = (cx.root(a), cx.root(b));
    let why = if one.person.is_some() && one.person == other.person {
        format!("Both say it, on one origin: {}.", origin_name(cx, a))
    } else if one.class == SourceClass::None || other.class == SourceClass::None {
        "Both say it, and one of them names no origin.".to_owned()
    } else {
        "Both say it, and nothing shows that one does not have it from the other.".to_owned()
    };
    Some(cx.pair(RelationKind::Repeats, a, b, rule, words, why))
}

/// Whether the second telling bears witness of its own: independent origins, in words that were said, told openly, and not in the same words. Who
/// comments may only repeat, so a named person counts beside a report of others only where he is said to confirm it; an
/// authority counts beside an authority.
fn is_confirmation(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> bool {
    let has_no_word = |side: &Side<'_>| is_deed(side) || is_of_nobody(side) || !side.has_words;
    if has_no_word(a) || has_no_word(b) || tells_of_itself(a, b) || tells_of_itself(b, a) || !share_a_name(a, b) {
        return false;
    }
    let roots = [cx.root(a), cx.root(b)];
    if origin::independent(cx.accounts, cx.people, &roots) < roots.len()
        || rendering::share_a_run(a, b)
        || rendering::is_word_for_word(a, b)
        || slot::gap(a, b).is_some()
        || cx.index.nearness(a, b) < CONFIRMS
    {
        return false;
    }
    let authority = |class: SourceClass| matches!(class, SourceClass::Named | SourceClass::Organization);
    let open = roots.iter().all(|root| authority(root.class) && root.through.is_empty());
    let witnesses = |side: &Side<'_>| matches!(side.act, Act::Assertion | Act::Answer) && side.hedge.is_none();
    confirms(a) || confirms(b) || (open && witnesses(a) && witnesses(b))
}

/// "It had grounded its ships" is of who says it: nobody bears that out who does not tell of him.
fn tells_of_itself(side: &Side<'_>, other: &Side<'_>) -> bool {
    side.speaker.is_some_and(|speaker| (side.tells_of.contains(&speaker) || opens_with_pronoun(side)) && !other.tells_of.contains(&speaker))
}

/// Whether its content begins with a word that mostly stands for who says it.
fn opens_with_pronoun(side: &Side<'_>) -> bool {
    let tokens = &side.reading.tokens;
    let mut words = side.statement.content.iter().flat_map(|part| tokens.within(*part)).map(|at| tokens.lower(at));
    let first = words.find(|word| word.starts_with(char::is_alphabetic) && *word != "that");
    first.is_some_and(|word| matches!(word, "it" | "he" | "she" | "they" | "we" | "i" | "its" | "his" | "her" | "their" | "our" | "my"))
}

/// Whether they name somebody or something in common, or nothing at all, or give one number.
fn share_a_name(a: &Side<'_>, b: &Side<'_>) -> bool {
    !a.names.is_disjoint(&b.names) || (a.names.is_empty() && b.names.is_empty()) || share_a_number(a, b)
}

/// Whether somebody tells within his own words what another says whom the text does not name: whose word it is stays open.
fn is_of_nobody(side: &Side<'_>) -> bool {
    side.statement.within.is_some() && side.speaker.is_none()
}

/// `compare/confirmed`: "a second official confirmed the account", of the nearest claim before it.
fn confirmed(cx: &Cx<'_>, side: &Side<'_>) -> Option<Relation> {
    if !side.asserts() || !confirms(side) || side.negation.is_some() || side.told_words >= FEWEST || is_clause(side) {
        return None;
    }
    let here = side.statement.reach().start();
    let can_be = |claim: &&Side<'_>| {
        claim.told.document == side.told.document
            && claim.asserts()
            && !claim.denies
            && claim.told_words >= FEWEST
            && claim.utterance != side.utterance
            && claim.speaker != side.speaker
            && !cx.is_nested(side, claim)
    };
    let before = cx.sides.iter().filter(|claim| can_be(claim) && claim.statement.reach().start() < here);
    let claim = before.max_by_key(|claim| (claim.statement.reach().start(), claim.told))?;
    let roots = [cx.root(claim), cx.root(side)];
    let words: Vec<Place> = claim.matter().into_iter().chain(side.matter()).collect();
    let rule = "compare/confirmed";
    if origin::independent(cx.accounts, cx.people, &roots) < roots.len() {
        let why = "It is said to be confirmed, and nothing shows that by another origin.".to_owned();
        return Some(cx.pair(RelationKind::Repeats, claim, side, rule, words, why));
    }
    let why = format!("{} is said to confirm it, beside {}.", origin_name(cx, side), origin_name(cx, claim));
    Some(cx.pair(RelationKind::Corroborates, claim, side, rule, words, why))
}

/// Whether it has a matter of its own: "confirmed that it took the money" confirms nothing told before.
fn is_clause(side: &Side<'_>) -> bool {
    let tokens = &side.reading.tokens;
    side.statement.content.iter().any(|part| matches!(tokens.lower(tokens.within(*part).start), "that" | "whether" | "if" | "how" | "why"))
}

/// Whether its cue says that it confirms.
fn confirms(side: &Side<'_>) -> bool {
    let tokens = &side.reading.tokens;
    side.statement.cue.iter().any(|cue| lexicon().confirming.find(tokens, tokens.within(*cue)).is_some())
}

fn origin_name(cx: &Cx<'_>, side: &Side<'_>) -> String {
    origin::name(cx.accounts, cx.people, &cx.root(side))
}

/// `compare/opposite`: one says what the other says is not so, in nearly the same words.
fn opposite(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> Option<Relation> {
    let (negated, not, flat) = match (a.negation, b.negation) {
        (Some(not), None) => (a, not, b),
        (None, Some(not)) => (b, not, a),
        (Some(_), Some(_)) | (None, None) => return None,
    };
    if cx.index.by_words(a, b) < OPPOSITE || !a.is_turned_from(b) || !negated.asserts() || !flat.asserts() {
        return None;
    }
    let words: Vec<Place> = std::iter::once(negated.place(not)).chain(flat.matter()).collect();
    let rule = "compare/opposite";
    if cx.is_one_speaker(a, b) {
        let (later, earlier) = if cx.is_before(a, b) { (b, a) } else { (a, b) };
        if cx.is_before(earlier, later) {
            return Some(cx.pair(RelationKind::Supersedes, later, earlier, rule, words, "The same speaker says the opposite later.".to_owned()));
        }
    }
    if negated.ends && !cx.is_before(negated, flat) {
        let why = format!("What the one says is so is told to have ended (“{}”).", negated.words_at(not));
        return Some(cx.pair(RelationKind::Supersedes, negated, flat, rule, words, why));
    }
    let why = format!("One says it, the other says it is not so (“{}”).", negated.words_at(not));
    Some(cx.pair(RelationKind::Conflicts, a, b, rule, words, why))
}
