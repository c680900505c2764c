//! Finds what a denial denies: the claim it says again, or the report it points back at.

use super::near::Index;
use super::side::{self, Side};
use super::words::lexicon;
use super::{Cx, Relation, RelationKind};
use crate::act::Act;
use crate::origin;
use crate::record::{Place, Ref};
use crate::similar::words::stem;
use crate::sourcing::{KnownThrough, SourceClass};
use crate::text::Spanned;
use crate::token::TokenKind;
use std::collections::BTreeSet;

/// How much of what a denial names must stand in the claim it denies.
const NAMED: f64 = 0.5;
/// The same where no name ties the two.
const UNNAMED: f64 = 0.7;
/// What a claim of the denial's own document has before one of another.
const BESIDE: f64 = 0.15;
/// A denial that names fewer things than this denies a claim only if that holds all of them and names the one who denies.
const FEWEST: usize = 3;

/// Paragraphs below a denial in which what it points at may be told: "Ode denied the report. … The paper had said".
const FURTHER_DOWN: usize = 2;

pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let mut seen = BTreeSet::new();
    let mut denials: Vec<(usize, &Side<'_>)> =
        cx.sides.iter().enumerate().filter(|(_, side)| side.denies && side.was_said() && side.speaker.is_some()).collect();
    // Of the renderings of one denial the one that quotes most is set against the claim.
    denials.sort_by_key(|(at, side)| (std::cmp::Reverse(side.quoted()), *at));
    let mut relations = Vec::new();
    let mut told: Vec<Denial<'_, '_>> = Vec::new();
    for (at, side) in denials.iter().copied().filter(|(_, side)| !denials.iter().any(|(_, outer)| super::holds(outer, side))) {
        let matter = matter(cx, side);
        let pointed = || if is_gone_on(cx, side) || is_within_words(side) { None } else { just_said(cx, side).or_else(|| pointed_at(cx, side, &matter)) };
        let claim = if is_whose(side) { None } else { named(cx, at, side, &matter) }.or_else(pointed);
        let denial = Denial { side, claim, is_short: matter.len() < FEWEST };
        relations.extend(told.iter().find_map(|other| again(cx, &denial, other)));
        if let Some(claim) = claim.filter(|claim| seen.insert((side.utterance, side.speaker, claim.utterance))) {
            relations.push(denied(cx, side, claim));
        }
        told.push(denial);
    }
    relations
}

/// A denial and the claim it is of, where one is told.
struct Denial<'c, 'a> {
    side: &'c Side<'a>,
    claim: Option<&'c Side<'a>>,
    /// Whether it names too little to be of a matter of its own.
    is_short: bool,
}

/// `compare/denied`
fn denied(cx: &Cx<'_>, denial: &Side<'_>, claim: &Side<'_>) -> Relation {
    let name = |side: &Side<'_>| side.speaker.map_or("somebody", |id| cx.people.layer[id].name.as_str()).to_owned();
    let words: Vec<Place> = denial.matter().into_iter().chain(claim.matter()).collect();
    let why = format!("{} denies what {} is told to say.", name(denial), name(claim));
    cx.pair(RelationKind::Conflicts, denial, claim, "compare/denied", words, why)
}

/// One denial summed up and quoted in one document: of one claim, by one body and him who speaks for it. Where the claim is
/// not told, one of the two says nothing but that it is denied.
fn again(cx: &Cx<'_>, denial: &Denial<'_, '_>, other: &Denial<'_, '_>) -> Option<Relation> {
    let (a, b) = (denial.side, other.side);
    let one_side = cx.is_one_speaker(a, b) || !denier(cx, a).is_disjoint(&denier(cx, b));
    let one_claim = match (denial.claim, other.claim) {
        (Some(one), Some(other)) => one.utterance == other.utterance,
        (Some(_), None) | (None, Some(_)) | (None, None) => (denial.is_short || other.is_short) && a.quoted() != b.quoted(),
    };
    let one = a.told.document == b.told.document && a.utterance != b.utterance && one_claim && one_side;
    let words = || a.matter().into_iter().chain(b.matter()).collect();
    one.then(|| cx.pair(RelationKind::Repeats, b, a, "compare/denied", words(), "One denial of one claim, told twice.".to_owned()))
}

/// What a denial names: its words without those that deny, those that mean a claim as such, and its speaker's own name.
fn matter(cx: &Cx<'_>, denial: &Side<'_>) -> BTreeSet<String> {
    let tokens = &denial.reading.tokens;
    let mut content = denial.statement.content.iter().flat_map(|part| tokens.within(*part)).filter(|at| tokens.kind(*at) == TokenKind::Word);
    // Whom "them" means is no matter.
    if content.all(|at| crate::mention::words::words().is_pronoun(tokens.lower(at))) {
        return BTreeSet::new();
    }
    let parts = denial.statement.content.iter().flat_map(|part| tokens.within(*part));
    let points = |at: &usize| lexicon().denying.at(tokens, *at).is_some() || lexicon().claim_nouns.at(tokens, *at).is_some();
    let dropped: BTreeSet<String> = parts.filter(points).map(|at| stem(tokens.lower(at))).collect();
    let own: BTreeSet<String> =
        denial.speaker.map(|id| cx.people.layer[id].name.split_whitespace().map(|word| side::name_key(&word.to_lowercase())).collect()).unwrap_or_default();
    denial.words.iter().filter(|word| !dropped.contains(*word) && !own.contains(*word)).cloned().collect()
}

/// Whether a statement can be what `denial` denies: said by another, no denial itself, not after it.
fn can_be_denied(cx: &Cx<'_>, denial: &Side<'_>, claim: &Side<'_>) -> bool {
    claim.asserts()
        && !claim.denies
        && claim.utterance != denial.utterance
        && !is_one_side(cx, denial, claim)
        && !is_asked(claim)
        && !stands_by(claim)
        && !cx.is_nested(denial, claim)
        && !cx.is_before(denial, claim)
}

/// Whether both speak for one side: nobody denies what his own side says.
fn is_one_side(cx: &Cx<'_>, a: &Side<'_>, b: &Side<'_>) -> bool {
    let one = a.speaker.zip(b.speaker).is_some_and(|(a, b)| origin::is_one_side(cx.people, a, b));
    one || speaks_for(cx, a, b) || speaks_for(cx, b, a)
}

/// Whether the words for who says the one name somebody who speaks for who says the other: "his lawyer", "Ode's office".
fn speaks_for(cx: &Cx<'_>, aide: &Side<'_>, of: &Side<'_>) -> bool {
    let (Some(source), Some(principal)) = (aide.statement.source, of.speaker) else { return false };
    let reading = aide.reading;
    let names_aide = lexicon().aides.find(&reading.tokens, reading.tokens.within(source)).is_some();
    let is_he = |entity| cx.people.of(Ref::new(aide.told.document, entity)) == principal;
    names_aide && reading.mentions.within(source).any(|(id, _)| reading.entities.of_mention[id].is_some_and(is_he))
}

/// Whether a claim is a question left open: "looking into whether he took it".
fn is_asked(claim: &Side<'_>) -> bool {
    let tokens = &claim.reading.tokens;
    claim.statement.content.first().is_some_and(|part| tokens.within(*part).take(OPENING).any(|at| tokens.lower(at) == "whether"))
}

/// Tokens in which a content says that it is a question.
const OPENING: usize = 2;

/// Whether somebody is stood by: "defended him against the charges".
fn stands_by(claim: &Side<'_>) -> bool {
    let tokens = &claim.reading.tokens;
    claim.statement.cue.iter().any(|cue| lexicon().standing_by.find(tokens, tokens.within(*cue)).is_some())
}

/// Whether the denial says whose claims it denies, and not what they are: "the claims made by the union", "the union's charges".
fn is_whose(denial: &Side<'_>) -> bool {
    let tokens = &denial.reading.tokens;
    let noun = |at: usize| lexicon().claim_nouns.at(tokens, at).is_some();
    denial.statement.content.iter().map(|part| tokens.within(*part)).any(|part| {
        let made = |at: usize| noun(at) && (tokens.lower(at + 2) == "by" || tokens.lower(at + 1) == "from") && at + 2 < part.end;
        let last = part.clone().rev().find(|at| tokens.kind(*at) == TokenKind::Word);
        let owned = |at: usize| noun(at) && tokens.before(at, 1) == "s" && matches!(tokens.before(at, 2), "'" | "’");
        part.clone().any(made) || last.is_some_and(owned)
    })
}

/// Whether a claim is itself told as false.
fn is_doubted(claim: &Side<'_>) -> bool {
    let tokens = &claim.reading.tokens;
    claim.statement.content.iter().any(|part| lexicon().denying.find(tokens, tokens.within(*part)).is_some())
}

/// Whether a claim speaks to somebody, so that it alleges nothing of a third: “I have a right to know what your view of Ode is.”
fn is_put_to_somebody(claim: &Side<'_>) -> bool {
    let tokens = &claim.reading.tokens;
    claim.statement.content.iter().flat_map(|part| tokens.within(*part)).any(|at| matches!(tokens.lower(at), "you" | "your" | "yours"))
}

/// The claim that holds most of what the denial names.
fn named<'c, 'a>(cx: &'c Cx<'a>, at: usize, denial: &Side<'_>, matter: &BTreeSet<String>) -> Option<&'c Side<'a>> {
    let candidates = cx.index.candidates(&cx.sides, at);
    let fits = candidates.filter(|claim| can_be_denied(cx, denial, claim) && claim.negations == 0 && !is_doubted(claim) && !Index::names_clash(denial, claim));
    // A document sets a denial beside what it denies.
    let is_here = |claim: &Side<'_>| claim.told.document == denial.told.document;
    let beside = |claim: &Side<'_>| if is_here(claim) { BESIDE } else { 0.0 };
    let accused = denier(cx, denial);
    let least = |claim: &Side<'_>| match (matter.len() < FEWEST, denial.names.is_disjoint(&claim.names)) {
        (true, _) => 1.0,
        (false, true) => UNNAMED,
        (false, false) => NAMED,
    };
    let weighed = cx.index.weigh(matter);
    let held = fits
        .filter(|claim| matter.len() >= FEWEST || (!accused.is_disjoint(&claim.names) && (matter.len() > 1 || (matter.len() == 1 && is_here(claim)))))
        .map(|claim| (cx.index.holds(claim, &weighed), cx.index.nearness(denial, claim), claim))
        .filter(|(holds, _, claim)| *holds >= least(claim));
    let held = held.map(|(holds, near, claim)| (holds + beside(claim), near, claim));
    held.max_by(|x, y| x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1)).then(y.2.told.cmp(&x.2.told))).map(|(_, _, claim)| claim)
}

/// Whether a denial of a pronoun stands within what somebody else says: “He denies that”, where "that" was said before in his words.
fn is_within_words(denial: &Side<'_>) -> bool {
    let tokens = &denial.reading.tokens;
    let mut content = denial.statement.content.iter().flat_map(|part| tokens.within(*part)).filter(|at| tokens.kind(*at) == TokenKind::Word);
    denial.statement.within.is_some() && content.all(|at| crate::mention::words::words().is_pronoun(tokens.lower(at)) || tokens.lower(at) == "that")
}

/// Whether the same speaker has denied or turned down something right before: then these are more words of that denial.
fn is_gone_on(cx: &Cx<'_>, denial: &Side<'_>) -> bool {
    let before = beside(cx, denial).max_by_key(|side| (side.statement.reach().start(), side.told));
    let turns_down = |side: &Side<'_>| side.was_said() && (side.denies || side.act == Act::Refusal) && !side.statement.content.is_empty();
    before.is_some_and(|side| cx.is_one_speaker(side, denial) && turns_down(side))
}

/// Of a denial whose content is a pronoun ("The company disputed that"): what another said right before, in its paragraph.
fn just_said<'c, 'a>(cx: &'c Cx<'a>, denial: &Side<'_>) -> Option<&'c Side<'a>> {
    let tokens = &denial.reading.tokens;
    let mut words = denial.statement.content.iter().flat_map(|part| tokens.within(*part)).filter(|at| tokens.kind(*at) == TokenKind::Word).peekable();
    let is_pronoun = words.peek().is_some() && words.all(|at| matches!(tokens.lower(at), "that" | "this" | "it" | "these" | "those"));
    let before = beside(cx, denial).filter(|side| is_pronoun && can_be_denied(cx, denial, side) && side.told_words >= FEWEST);
    before.max_by_key(|side| (side.statement.reach().start(), side.told))
}

/// The statements before a denial in its paragraph.
fn beside<'c, 'a>(cx: &'c Cx<'a>, denial: &Side<'_>) -> impl Iterator<Item = &'c Side<'a>> {
    let paragraph = |side: &Side<'_>| side.reading.sentences.holding(side.statement.reach().start()).map(|(_, sentence)| sentence.paragraph);
    let (document, told, start, here) = (denial.told.document, denial.told, denial.statement.reach().start(), paragraph(denial));
    cx.sides.iter().filter(move |side| side.told.document == document && side.told != told && side.statement.reach().start() < start && paragraph(side) == here)
}

/// The claim that a denial without a matter of its own points back at: where it denies a charge, the last to charge him before it;
/// else one its document has on another's word, best one that names the denier, then the one quoted most, then one before it, then
/// the nearest. Whose claim it is may be told ("the claims made by the union"); one that does not name the denier stands beside the denial or in the paragraph before.
fn pointed_at<'c, 'a>(cx: &'c Cx<'a>, denial: &Side<'_>, matter: &BTreeSet<String>) -> Option<&'c Side<'a>> {
    let here = denial.statement.span().start();
    let names = denier(cx, denial);
    let whose = |claim: &Side<'_>| matter.is_subset(&speaker_words(cx, claim));
    let paragraph = |side: &Side<'_>| side.reading.sentences.holding(side.statement.reach().start()).map(|(_, sentence)| sentence.paragraph);
    let beside = |claim: &Side<'_>| paragraph(denial).zip(paragraph(claim)).is_some_and(|(denial, claim)| claim <= denial && denial - claim <= 1);
    // What is told of further down is another matter.
    let is_told_by_then = |claim: &Side<'_>| paragraph(denial).zip(paragraph(claim)).is_some_and(|(denial, claim)| claim <= denial + FURTHER_DOWN);
    let is_charge = names_a_charge(denial);
    if !points_back(denial, &names) {
        return None;
    }
    let told = |claim: &&Side<'_>| {
        let sourcing = &claim.reading.sourcing[claim.told.id];
        let relayed = (is_charge && alleges(claim))
            || matches!(sourcing.class, SourceClass::Document | SourceClass::Outlet)
            || !matches!(sourcing.known_through, KnownThrough::OnRecord | KnownThrough::Author);
        claim.told.document == denial.told.document
            && relayed
            && is_told_by_then(claim)
            && claim.told_words >= FEWEST
            && claim.negations == 0
            && !is_doubted(claim)
            && !is_put_to_somebody(claim)
            && can_be_denied(cx, denial, claim)
            && whose(claim)
            && (!names.is_disjoint(&claim.names) || beside(claim))
    };
    let rank = |claim: &&Side<'_>| {
        let at = claim.statement.span().start();
        let is_it = is_charge && alleges(claim) && at < here && !names.is_disjoint(&claim.names);
        (
            is_it,
            is_it.then_some(at),
            !names.is_disjoint(&claim.names),
            claim.quoted() > 0,
            at < here,
            std::cmp::Reverse(at.abs_diff(here)),
            std::cmp::Reverse(claim.told),
        )
    };
    cx.sides.iter().filter(told).max_by_key(rank)
}

/// Whether a denial of the one with these names points at something told: by a pronoun, by a noun for what is told, or by not
/// speaking of himself ("Absolutely not"). "He's done nothing wrong" points at nothing.
fn points_back(denial: &Side<'_>, names: &BTreeSet<String>) -> bool {
    let tokens = &denial.reading.tokens;
    let words = || denial.statement.content.iter().flat_map(|part| tokens.within(*part)).filter(|at| tokens.kind(*at) == TokenKind::Word);
    let is_alone =
        |at: usize| !tokens.lower(at + 1).starts_with(char::is_alphabetic) || matches!(tokens.lower(at + 1), "is" | "was" | "did" | "has" | "had" | "never");
    let points = |at: usize| match tokens.lower(at) {
        "it" | "this" | "these" | "those" | "them" => true,
        "that" => is_alone(at),
        _ => lexicon().claim_nouns.at(tokens, at).is_some(),
    };
    let is_of_himself = |at: usize| names.contains(&side::name_key(tokens.lower(at))) || matches!(tokens.lower(at), "he" | "i" | "she" | "they" | "we");
    words().any(points) || !words().any(is_of_himself)
}

/// Whether a denial names what it denies as a charge: "denied the allegation".
fn names_a_charge(denial: &Side<'_>) -> bool {
    let tokens = &denial.reading.tokens;
    denial.statement.content.iter().flat_map(|part| tokens.within(*part)).any(|at| lexicon().charges.at(tokens, at).is_some())
}

/// Whether a claim is told as a charge: "alleged that", "accuses him of".
fn alleges(claim: &Side<'_>) -> bool {
    let tokens = &claim.reading.tokens;
    claim.statement.cue.iter().any(|cue| lexicon().alleging.find(tokens, tokens.within(*cue)).is_some())
}

/// The names of the one who denies, and those in his titles.
fn denier(cx: &Cx<'_>, denial: &Side<'_>) -> BTreeSet<String> {
    let Some(person) = denial.speaker.map(|id| &cx.people.layer[id]) else { return BTreeSet::new() };
    let words = person.aliases.iter().chain(&person.roles).chain([&person.name]).flat_map(|name| name.split_whitespace());
    let words = words.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_lowercase);
    words.filter(|word| !lexicon().parts_of_names.contains(word)).map(|word| side::name_key(&word)).collect()
}

/// The words of the names of the one who says it.
fn speaker_words(cx: &Cx<'_>, claim: &Side<'_>) -> BTreeSet<String> {
    let Some(person) = claim.speaker.map(|id| &cx.people.layer[id]) else { return BTreeSet::new() };
    let words = person.aliases.iter().chain([&person.name]).flat_map(|name| name.split_whitespace());
    words.flat_map(|word| [side::name_key(&word.to_lowercase()), stem(&word.to_lowercase())]).collect()
}
