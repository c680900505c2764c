//! Resolves he, she, they and a source's it: who of the people last mentioned is meant, if one stands out.

use super::Cx;
use super::join::{Joins, Sort};
use super::look::{Definite, Gender, Look};
use crate::mention::words::{Number, words};
use crate::mention::{MentionKind, MentionOf};
use crate::statement::{Form, Statement};
use crate::text::{Id, Span};
use std::collections::BTreeMap;

/// How many sentences back somebody can be meant by a pronoun.
const SENTENCES_BACK: usize = 5;
/// How many sentences back somebody without a name can be.
const UNNAMED_BACK: usize = 2;
/// What each sentence in between costs.
const DISTANCE: f32 = 1.0;
/// What standing in the pronoun's own sentence earns.
const SAME_SENTENCE: f32 = 0.4;
/// What each word in between costs, up to [`WORDS_COST`].
const WORD: f32 = 0.02;
/// The most that words in between cost.
const WORDS_COST: f32 = 0.4;
/// What having been called by a pronoun last, in the same sentence, earns.
const CONTINUED: f32 = 0.5;
/// What being the first person of one's sentence, mostly its subject, earns.
const SUBJECT: f32 = 1.0;
/// What being the source of the statement before earns, or having been brought up since.
const LAST_SPEAKER: f32 = 1.0;
/// What a pronoun that opens its sentence adds to a subject's claim.
const PARALLEL: f32 = 0.5;
/// What a known and matching gender earns over an unknown one.
const GENDER: f32 = 0.6;
/// What the ending of a first name earns or costs where its gender is unknown: endings are right for 88 names of 100, see the lexicon.
const LIKELY: f32 = 0.88 * GENDER;
/// What being the subject of a clause within the pronoun's own sentence earns: "Ode said Varga was right when he …".
const INNER_SUBJECT: f32 = 1.5;
/// What having been taken for a thing costs a name that reads like a person's.
const TAKEN_FOR_A_THING: f32 = 0.5;
/// What "she" costs a name that tells no gender: of those whom news names so most are men. In 60 stories of public news it took two
/// words from men whom it did not mean, and none from a woman.
const UNTOLD_SHE: f32 = 0.4;
/// How far ahead a candidate must be for its pronoun to tell its gender to all others.
const SURE: f32 = 1.0;
/// How many sure pronouns, all of one gender, tell the gender of somebody.
const VOTES: usize = 2;
/// What standing inside a quotation costs when the pronoun stands outside it.
const QUOTED: f32 = 1.5;
/// What being named in the words that the pronoun is the source of costs: who says "“Ode will pay,” he said" is seldom Ode, and so is
/// who says "Ode would pay, he said": of 12 such in 144 stories of public news ten were somebody else.
const NAMED_IN_OWN_WORDS: f32 = 1.0;
/// The same for one who is described there: "“The president proceeds,” he said" is mostly somebody else, but the president himself
/// may speak of "the authority of the president". Of six such in 100 stories of public news five were somebody else.
const DESCRIBED_IN_OWN_WORDS: f32 = 0.5;
/// What standing as a possessor costs.
const POSSESSOR: f32 = 0.4;
/// What being called somebody's costs where the pronoun may be of whose it is: in "His son could not swim. “I did,” he said" he is the
/// father. Of two such in 693 public articles both were.
const POSSESSED: f32 = 2.0;
/// What having no name costs.
const UNNAMED: f32 = 0.3;
/// What having been mentioned often earns, at most.
const OFTEN: f32 = 0.45;
/// How far the best must be ahead of the second; below it nobody is chosen.
const MARGIN: f32 = 0.45;

/// Resolves the pronouns of the third person, in the order of the text.
///
/// A first look settles only those that are sure, and learns from them the gender of those whose names do not tell it.
pub(super) fn resolve(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins) {
    let mut trial = joins.clone();
    let mut told: BTreeMap<usize, Vec<Gender>> = BTreeMap::new();
    for (id, look) in settle(cx, looks, &mut trial, SURE) {
        told.entry(id).or_default().extend(looks[look].gender);
    }
    for (id, genders) in told {
        if genders.len() >= VOTES && genders.iter().all(|gender| *gender == genders[0]) {
            joins.clusters[id].gender = joins.clusters[id].gender.or(Some(genders[0]));
        }
    }
    settle(cx, looks, joins, MARGIN);
}

/// Joins each pronoun with the cluster that is `margin` ahead of all others; gives the clusters and the pronouns.
fn settle(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins, margin: f32) -> Vec<(usize, usize)> {
    let mut settled = Vec::new();
    for look in looks.iter().filter(|look| look.kind == MentionKind::Pronoun) {
        let Some(stands_for) = Stand::of(cx.tokens.lower(look.tokens.start)).filter(|_| joins.of[look.at].is_none() && !is_nothing(cx, look)) else { continue };
        let scene = Scene::around(cx, looks, look);
        let mut ranked: Vec<(f32, usize)> = (0..joins.clusters.len())
            .filter(|id| stands_for.fits(joins, *id))
            .filter_map(|id| score(cx, looks, joins, look, &scene, id).map(|score| (score, id)))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let Some(&(best, id)) = ranked.first() else { continue };
        let rival = ranked.iter().skip(1).find(|(_, other)| is_rival(looks, joins, id, *other));
        let ahead = rival.map_or(f32::MAX, |(second, _)| best - second);
        if ahead < margin {
            continue;
        }
        let passed: Vec<String> = ranked.iter().skip(1).take(3).map(|(_, other)| joins.clusters[*other].name.join(" ")).collect();
        let why = if passed.is_empty() { "the only one in reach".to_owned() } else { format!("stands out; passed over: {}", passed.join(", ")) };
        let matched = joins.last_before(id, looks, look.span.start()).map(|other| other.span);
        let cluster = &mut joins.clusters[id];
        cluster.gender = cluster.gender.or(look.gender);
        if look.gender.is_some() && matches!(cluster.sort, Sort::Place | Sort::Thing) {
            cluster.sort = Sort::Person;
        }
        joins.add(id, look, "entity/pronoun", matched, why);
        settled.push((id, look.at));
    }
    settled
}

/// "It seems that …": nothing that could speak.
fn is_nothing(cx: &Cx<'_>, look: &Look) -> bool {
    words().it.contains(cx.tokens.lower(look.tokens.start))
        && matches!(cx.tokens.lower(look.tokens.end), "seem" | "seems" | "seemed" | "appear" | "appears" | "appeared")
}

/// "The former governor" is most often who was named before it, and no rival to him.
fn is_rival(looks: &[Look], joins: &Joins, best: usize, other: usize) -> bool {
    let described = joins.clusters[other].mentions.iter().all(|at| looks[*at].kind == MentionKind::Pronoun || looks[*at].definite == Definite::Known);
    !(joins.clusters[best].sort == Sort::Person && joins.clusters[other].sort == Sort::Described && described)
}

/// What a pronoun can stand for.
enum Stand {
    One(Gender),
    Many,
    Body,
}

impl Stand {
    fn of(word: &str) -> Option<Stand> {
        let words = words();
        if words.he.contains(word) {
            Some(Stand::One(Gender::He))
        } else if words.she.contains(word) {
            Some(Stand::One(Gender::She))
        } else if words.they.contains(word) {
            Some(Stand::Many)
        } else if words.it.contains(word) {
            Some(Stand::Body)
        } else {
            None
        }
    }

    fn fits(&self, joins: &Joins, id: usize) -> bool {
        let cluster = &joins.clusters[id];
        match (self, cluster.sort) {
            (Stand::One(gender), Sort::Person | Sort::Described) => cluster.gender.is_none_or(|own| own == *gender) && cluster.number != Some(Number::Many),
            (Stand::Many, Sort::Described) => cluster.number == Some(Number::Many),
            (Stand::Many, Sort::Body | Sort::Outlet) => true,
            (Stand::Body, Sort::Body | Sort::Outlet) => cluster.number != Some(Number::Many),
            (Stand::One(gender), Sort::Place | Sort::Thing) => cluster.likely == Some(*gender),
            (Stand::One(_), Sort::Body | Sort::Outlet) => false,
            (Stand::Many, Sort::Person | Sort::Place | Sort::Thing) => false,
            (Stand::Body, Sort::Person | Sort::Described | Sort::Place | Sort::Thing) => false,
        }
    }
}

/// Where a pronoun stands.
struct Scene {
    /// The source last named before it.
    last_source: Option<Span>,
    /// Who was brought up since, in a paragraph that leads to the quoted words whose source it is: "Ode was told. “It rained,” he said."
    brought_up: Option<Span>,
    /// Whether it opens its sentence.
    opens_sentence: bool,
    /// The statements whose quoted words it stands in: their speaker does not call himself "he".
    around: Vec<Id<Statement>>,
    /// The quoted words whose source it is: their speaker hardly calls himself by his name or office in them.
    own_words: Vec<Span>,
    /// The words of its sentence before it whose source it is, quoted or not, where it closes the sentence: "Ode was late, he said."
    words_before: Vec<Span>,
}

impl Scene {
    fn around(cx: &Cx<'_>, looks: &[Look], look: &Look) -> Scene {
        let at = look.span.start();
        let sources = cx.statements.iter().filter_map(|statement| statement.source);
        let last_source = sources.filter(|source| source.end() <= at).max_by_key(|source| source.start());
        let opens_sentence = cx.sentences.holding(at).is_some_and(|(_, sentence)| sentence.tokens.start + 1 >= look.tokens.start);
        let quoted = look.quotation.map(|quotation| cx.quotations[quotation].span);
        let speaks = |statement: &Statement| {
            let holds = statement.content.iter().any(|content| content.contains(look.span) && quoted.is_some_and(|quoted| content.overlaps(quoted)));
            holds && statement.form != Form::Indirect && statement.source.is_some_and(|source| !source.contains(look.span))
        };
        let around = cx.statements.entries().filter(|(_, statement)| speaks(statement)).map(|(id, _)| id).collect();
        let spoken = look.source_of.iter().map(|id| &cx.statements[*id]).filter(|statement| statement.form != Form::Indirect);
        let own_words: Vec<Span> = spoken.flat_map(|statement| statement.content.iter().copied()).collect();
        let first = own_words.iter().map(|part| part.start()).min().filter(|first| *first < at);
        let leads = |other: &&Look| {
            let is_between = Some(other.span.start()) > last_source.map(|source| source.end()) && Some(other.span.end()) <= first;
            is_between && other.paragraph + 1 == look.paragraph && other.is_subject && other.quotation.is_none() && other.is_name_of(MentionOf::Person)
        };
        let brought_up = looks.iter().filter(leads).map(|other| other.span).next_back();
        let closes = |statement: &&Statement| {
            let after = statement.cue.first().map_or(0, |cue| cx.tokens.within(*cue).end);
            cx.tokens.before(look.tokens.start, 1) == "," && after > look.tokens.end && matches!(cx.tokens.lower(after), "." | ",")
        };
        let of_it = look.source_of.iter().map(|id| &cx.statements[*id]).filter(closes).flat_map(|statement| statement.content.iter().copied());
        let here = cx.sentences.holding(at).map(|(_, sentence)| sentence.span);
        let words_before = of_it.filter(|part| part.end() <= at && here.is_some_and(|here| here.overlaps(*part))).collect();
        Scene { last_source, brought_up, opens_sentence, around, own_words, words_before }
    }

    /// Whether somebody is named in the words whose source the pronoun is: in quoted ones, or in those that it closes.
    fn is_told_of(&self, other: &Look) -> bool {
        let is_in = |words: &[Span]| words.iter().any(|content| content.contains(other.span));
        is_in(&self.words_before) || other.quotation.is_some() && is_in(&self.own_words)
    }
}

/// How strong a cluster's claim to a pronoun is; `None` if it is out of reach or cannot be meant.
fn score(cx: &Cx<'_>, looks: &[Look], joins: &Joins, look: &Look, scene: &Scene, id: usize) -> Option<f32> {
    let cluster = &joins.clusters[id];
    let anybody = |look: &Look| is_anybody(cx.tokens.lower(look.tokens.start)) || is_anybody(look.head());
    if cluster.mentions.iter().all(|at| anybody(&looks[*at])) {
        return None;
    }
    let reach = if cluster.sort == Sort::Described { UNNAMED_BACK } else { SENTENCES_BACK };
    let before = cluster.mentions.iter().map(|at| &looks[*at]).filter(|other| other.span.start() < look.span.start() && !other.span.contains(look.span));
    let is_near =
        |other: &&Look| other.sentence + reach >= look.sentence && !is_barred(cx, look, other) && !tells_apart(cx, other) && (!other.is_aside || look.is_aside);
    let candidates = before.filter(|other| is_near(other) && !scene.is_told_of(other));
    let best = candidates.map(|other| claim(cx, look, scene, other)).max_by(f32::total_cmp)?;
    if scene.around.iter().any(|statement| cluster.mentions.iter().any(|at| looks[*at].source_of.contains(statement)))
        || is_named_after(cx, looks, joins, look, id)
    {
        return None;
    }
    let gender = match (cluster.gender, cluster.likely) {
        (Some(known), _) => {
            if look.gender == Some(known) {
                GENDER
            } else {
                0.0
            }
        }
        (None, Some(likely)) if look.gender.is_some() => {
            if look.gender == Some(likely) {
                LIKELY
            } else {
                -LIKELY
            }
        }
        (None, _) if look.gender == Some(Gender::She) && cluster.sort == Sort::Person => -UNTOLD_SHE,
        (None, _) => 0.0,
    };
    let thing = if matches!(cluster.sort, Sort::Place | Sort::Thing) { TAKEN_FOR_A_THING } else { 0.0 };
    let count = cluster.mentions.iter().filter(|at| looks[**at].span.start() < look.span.start()).count();
    let plural = if look.gender.is_none() && cluster.number == Some(Number::Many) { GENDER } else { 0.0 };
    let unnamed = if cluster.sort == Sort::Described && look.gender.is_some() { UNNAMED } else { 0.0 };
    let told_of = cluster.mentions.iter().map(|at| &looks[*at]).filter(|other| scene.is_told_of(other)).map(|other| match other.kind {
        MentionKind::Name => NAMED_IN_OWN_WORDS,
        MentionKind::Description => DESCRIBED_IN_OWN_WORDS,
        MentionKind::Pronoun => 0.0,
    });
    let told_of = told_of.fold(0.0, f32::max);
    Some(best + gender + plural - unnamed - thing - told_of + OFTEN.min(0.15 * (count as f32 - 1.0)))
}

/// The claim of one mention.
fn claim(cx: &Cx<'_>, look: &Look, scene: &Scene, other: &Look) -> f32 {
    let mut claim = -DISTANCE * (look.sentence - other.sentence) as f32;
    if look.sentence == other.sentence {
        claim += SAME_SENTENCE;
        if other.kind == MentionKind::Pronoun && other.gender == look.gender {
            claim += CONTINUED;
        }
    }
    claim -= WORDS_COST.min(WORD * look.tokens.start.saturating_sub(other.tokens.end) as f32);
    if other.is_subject {
        claim += SUBJECT;
        if scene.opens_sentence {
            claim += PARALLEL;
        }
    }
    if other.is_inner_subject && !other.is_subject && other.sentence == look.sentence {
        claim += INNER_SUBJECT;
    }
    let spoke_last =
        || scene.last_source.is_some_and(|source| source.contains(other.span) && !other.source_of.is_empty()) && other.paragraph + 2 >= look.paragraph;
    if scene.brought_up.map_or_else(spoke_last, |span| span == other.span) {
        claim += LAST_SPEAKER;
    }
    if other.quotation.is_some() && other.quotation != look.quotation {
        claim -= QUOTED;
    }
    if is_possessor(cx, other) {
        claim -= POSSESSOR;
    }
    if is_possessed_by(cx, other, look.gender) {
        claim -= POSSESSED;
    }
    claim
}

/// "Someone" and "nobody" are nobody to come back to.
fn is_anybody(word: &str) -> bool {
    matches!(word, "someone" | "somebody" | "anyone" | "anybody" | "everyone" | "everybody" | "nobody")
}

/// Whether somebody is described as his, or as hers, and has not spoken: "his son".
fn is_possessed_by(cx: &Cx<'_>, look: &Look, owner: Option<Gender>) -> bool {
    let word = cx.tokens.lower(look.tokens.start);
    let is_of_owner = matches!(Stand::of(word), Some(Stand::One(gender)) if owner == Some(gender));
    look.kind == MentionKind::Description && look.source_of.is_empty() && words().possessive.contains(word) && is_of_owner
}

fn is_possessor(cx: &Cx<'_>, look: &Look) -> bool {
    matches!(cx.tokens.lower(look.tokens.end), "'" | "’") && cx.tokens.lower(look.tokens.end + 1) == "s"
        || words().possessive.contains(cx.tokens.lower(look.tokens.start)) && look.kind == MentionKind::Pronoun && look.gender != Some(Gender::She)
}

/// "The Ode administration", "Ode campaign aides": the name tells what is meant, and is nobody to come back to.
fn tells_apart(cx: &Cx<'_>, look: &Look) -> bool {
    look.kind == MentionKind::Name && words().told_apart.contains(cx.tokens.lower(look.tokens.end))
}

/// "Him" is not the subject of its own clause.
fn is_barred(cx: &Cx<'_>, look: &Look, other: &Look) -> bool {
    let words = words();
    let word = cx.tokens.lower(look.tokens.start);
    if words.reflexive.contains(word) || word == "her" || !words.object.contains(word) || other.sentence != look.sentence {
        return false;
    }
    let between = other.tokens.end..look.tokens.start;
    let clause = |at: usize| {
        matches!(
            cx.tokens.lower(at),
            "," | ";"
                | ":"
                | "that"
                | "who"
                | "when"
                | "if"
                | "because"
                | "after"
                | "before"
                | "while"
                | "as"
                | "and"
                | "but"
                | "what"
                | "to"
                | "for"
                | "with"
                | "whether"
                | "than"
        )
    };
    !between.clone().any(clause) && !is_possessor(cx, other)
}

/// "He spoke with Ode's aides", "he said, calling Ode late": he is not Ode, whose name would come first.
fn is_named_after(cx: &Cx<'_>, looks: &[Look], joins: &Joins, look: &Look, id: usize) -> bool {
    if !matches!(cx.tokens.lower(look.tokens.start), "he" | "she" | "they") {
        return false;
    }
    let is_participle = |at: usize| cx.tokens.lower(at).len() > "ing".len() && cx.tokens.lower(at).ends_with("ing");
    let clause = |at: usize| {
        let word = cx.tokens.lower(at);
        let goes_on = word == "," && is_participle(at + 1);
        let ends = matches!(
            word,
            "," | ";"
                | ":"
                | "-"
                | "—"
                | "–"
                | "“"
                | "”"
                | "\""
                | "("
                | ")"
                | "and"
                | "but"
                | "when"
                | "while"
                | "as"
                | "after"
                | "before"
                | "because"
                | "if"
                | "than"
        );
        ends && !goes_on
    };
    let later = joins.clusters[id]
        .mentions
        .iter()
        .map(|at| &looks[*at])
        .filter(|other| other.kind == MentionKind::Name && other.sentence == look.sentence && other.span.start() > look.span.start());
    later.into_iter().any(|other| !(look.tokens.end..other.tokens.start).any(clause))
}
