//! Finds the speaker whom the grammar of the sentence names: the noun of "who", the "by" of a passive, the subject of "… and warned".

use super::Cx;
use super::join::{Joins, Sort};
use super::look::Look;
use crate::lexicon::{self, Phrases};
use crate::mention::words::is_determiner;
use crate::mention::{MentionKind, MentionOf};
use crate::quotation::{Quotation, QuotationUse};
use crate::statement::Statement;
use crate::text::{Id, Span};
use crate::token::Tokens;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Lexicon {
    adverbs: Phrases,
    auxiliaries: Phrases,
    coordinating: Phrases,
    subordinating: Phrases,
    openers: Phrases,
    before_participle: Phrases,
    not_after_subject: Phrases,
    #[serde(deserialize_with = "lexicon::verbs")]
    asked: Phrases,
    past: Phrases,
    times: Phrases,
    no_verbs: Phrases,
    feelings: Phrases,
}

fn words() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/subject.toml")));
    &WORDS
}

/// How many adverbs may stand between a subject and its verb, or a conjunction and its verb.
const ADVERBS: usize = 3;

/// Whom a speaker was told by, and the words that carry it.
pub(super) struct Found {
    pub cluster: usize,
    pub words: Span,
    pub rule: &'static str,
    pub why: &'static str,
}

/// The noun that a relative source stands for: "Ode, who said": `entity/relative`.
pub(super) fn of_relative(cx: &Cx<'_>, looks: &[Look], joins: &Joins, source: Span) -> Option<Found> {
    let relative = cx.tokens.within(source).start;
    let word = cx.tokens.lower(relative);
    let commas = match word {
        "who" | "which" => true,
        "that" if cx.tokens.within(source).len() == 1 => false,
        _ => return None,
    };
    let set_off = commas && matches!(cx.tokens.before(relative, 1), "," | "—" | "–" | "-" | ")");
    let mut end = relative - usize::from(set_off);
    if word == "who" {
        end = person_end(looks, end, cx)?;
    }
    let fits = |look: &&Look| {
        look.tokens.end == end && look.kind != MentionKind::Pronoun && (look.of == MentionOf::Person) == (word == "who")
            || word == "that" && look.tokens.end == end && look.kind == MentionKind::Description
    };
    let look = looks.iter().filter(fits).max_by_key(|look| look.tokens.len())?;
    let cluster = joins.of[look.at].filter(|cluster| can_speak(joins, *cluster))?;
    Some(Found { cluster, words: look.span, rule: "entity/relative", why: "the noun before the relative" })
}

/// Where the person ends whom a "who" behind token `end` is about; "a man of Ode who" may be either, and is nobody.
fn person_end(looks: &[Look], end: usize, cx: &Cx<'_>) -> Option<usize> {
    let ending = |end: usize| looks.iter().filter(move |look| look.tokens.end == end).max_by_key(|look| look.tokens.len());
    let near = ending(end)?;
    let start = cx.mentions.as_slice()[near.at].title.map_or(near.tokens.start, |title| cx.tokens.within(title).start.min(near.tokens.start));
    let start = start - usize::from(start > 0 && is_determiner(cx.tokens.before(start, 1)));
    let joined = start.checked_sub(1).filter(|at| matches!(cx.tokens.lower(*at), "of" | "at" | "for" | "from" | "to" | "in" | "with"));
    let before = joined.and_then(ending).filter(|look| look.of == MentionOf::Person);
    match (near.of == MentionOf::Person, before) {
        (true, None) => Some(end),
        (false, Some(person)) => Some(person.tokens.end),
        (true, Some(_)) | (false, None) => None,
    }
}

/// Whether a source is a time, which the reader took for who spoke: "last month".
pub(super) fn is_time(cx: &Cx<'_>, source: Span) -> bool {
    words().times.at(cx.tokens, cx.tokens.within(source).start).is_some()
}

/// Who asked, of a passive: "asked by the Post whether": `entity/by-agent`.
pub(super) fn of_passive(cx: &Cx<'_>, looks: &[Look], joins: &Joins, statement: &Statement) -> Option<Found> {
    let cue = cx.tokens.within(*statement.cue.first()?);
    let asked = cue.clone().rev().find(|at| words().asked.at(cx.tokens, *at).is_some() && cx.tokens.lower(*at).ends_with("ed"))?;
    let by = (asked + 1..=asked + ADVERBS).find(|at| cx.tokens.lower(*at) == "by")?;
    let sentence = cx.sentences.holding(cx.tokens.span(asked).start())?.1;
    let look = looks.iter().find(|look| look.tokens.start > by && look.tokens.start <= by + 2 && sentence.tokens.contains(&look.tokens.start))?;
    let cluster = joins.of[look.at].filter(|cluster| can_speak(joins, *cluster))?;
    Some(Found { cluster, words: look.span, rule: "entity/by-agent", why: "who did it stands behind “by”" })
}

/// The subject a verb without a source shares with what stands before it in its sentence: `entity/shared-subject`.
pub(super) fn shared(cx: &Cx<'_>, looks: &[Look], joins: &Joins, statement: &Statement) -> Option<Found> {
    let cue = *statement.cue.first()?;
    let verb = Verb::of(cx, cx.tokens.within(cue))?;
    let sentence = cx.sentences.holding(cue.start())?.1.tokens.clone();
    // "and last month threatened": a time is no source, and the subject stands before it.
    let start = statement.source.filter(|source| source.end() <= cue.start()).unwrap_or(cue);
    let hinge = before_adverbs(cx, cx.tokens.within(start).start, sentence.start)?;
    if !verb.hangs_on(cx, hinge) {
        return None;
    }
    let quotation = quotation_at(cx, cue.start());
    let subjects: Vec<Subject> = looks
        .iter()
        .filter(|look| sentence.contains(&look.tokens.start) && look.tokens.end <= hinge && look.quotation == quotation && !look.is_aside)
        .filter_map(|look| Subject::of(cx, look, sentence.start))
        .filter(|subject| !subject.is_inner || joins.of[subject.at].is_none_or(|cluster| can_speak(joins, cluster)))
        .collect();
    let is_closed = cx.tokens.lower(hinge) == ",";
    if subjects.last().is_some_and(|last| last.is_subordinate) && !is_closed {
        return None;
    }
    let mains: Vec<&Subject> = subjects.iter().filter(|subject| !subject.is_subordinate).collect();
    let clusters: BTreeSet<Option<usize>> = mains.iter().map(|subject| joins.of[subject.at]).collect();
    let cluster = clusters.first().copied().flatten().filter(|cluster| clusters.len() == 1 && can_speak(joins, *cluster))?;
    Some(Found { cluster, words: looks[mains.last()?.at].span, rule: "entity/shared-subject", why: "the only subject of the sentence before it" })
}

/// Whether a word tells what somebody feels: "disappointed".
pub(super) fn feels(tokens: &Tokens, at: usize) -> bool {
    words().feelings.at(tokens, at).is_some()
}

pub(super) fn can_speak(joins: &Joins, cluster: usize) -> bool {
    matches!(joins.clusters[cluster].sort, Sort::Person | Sort::Described | Sort::Body | Sort::Outlet)
}

/// The form of the verb a cue opens with.
enum Verb {
    /// "warned", "calls".
    Finite,
    /// "warning".
    Participle,
    /// "to warn".
    Infinitive,
}

impl Verb {
    fn of(cx: &Cx<'_>, cue: Range<usize>) -> Option<Verb> {
        let passive = cue.clone().any(|at| matches!(cx.tokens.lower(at), "is" | "are" | "was" | "were" | "be" | "been" | "being"));
        let at = cue.clone().find(|at| !is_adverb(cx, *at) && words().auxiliaries.at(cx.tokens, *at).is_none()).filter(|_| !passive)?;
        let word = cx.tokens.lower(at);
        if cx.tokens.is_capitalised(cx.text(), at) || is_determiner(word) {
            return None;
        }
        if word == "to" {
            return (cue.len() > 1).then_some(Verb::Infinitive);
        }
        if word.len() > 4 && word.ends_with("ing") {
            return (!words().no_verbs.has(word)).then_some(Verb::Participle);
        }
        (word.len() > 3 && word.ends_with("ed") || words().past.has(word)).then_some(Verb::Finite)
    }

    /// Whether the token before the verb lets it share a subject.
    fn hangs_on(&self, cx: &Cx<'_>, hinge: usize) -> bool {
        let words = words();
        match self {
            Verb::Finite => words.coordinating.at(cx.tokens, hinge).is_some(),
            Verb::Participle => cx.tokens.lower(hinge) == "," || words.before_participle.at(cx.tokens, hinge).is_some(),
            Verb::Infinitive => cx.tokens.lower(hinge) == ",",
        }
    }
}

/// The token before `at` that is no adverb.
fn before_adverbs(cx: &Cx<'_>, at: usize, from: usize) -> Option<usize> {
    (from..at).rev().take(ADVERBS + 1).find(|before| !is_adverb(cx, *before))
}

fn is_adverb(cx: &Cx<'_>, at: usize) -> bool {
    words().adverbs.at(cx.tokens, at).is_some() || cx.tokens.lower(at).ends_with("ly")
}

fn quotation_at(cx: &Cx<'_>, at: usize) -> Option<Id<Quotation>> {
    let holds = |quotation: &Quotation| quotation.use_ == QuotationUse::Speech && quotation.span.holds(at);
    cx.quotations.entries().filter(|(_, quotation)| holds(quotation)).map(|(id, _)| id).next_back()
}

/// A mention that stands where subjects stand.
struct Subject {
    at: usize,
    /// Whether "after" or "because" opens its clause.
    is_subordinate: bool,
    /// Whether a verb that tells stands before it: of a place it is the object.
    is_inner: bool,
}

impl Subject {
    fn of(cx: &Cx<'_>, look: &Look, from: usize) -> Option<Subject> {
        let words = words();
        let title = cx.mentions.as_slice()[look.at].title.map(|title| cx.tokens.within(title).start);
        let mut start = title.map_or(look.tokens.start, |title| title.min(look.tokens.start));
        if start > from && is_determiner(cx.tokens.before(start, 1)) {
            start -= 1;
        }
        let opens = start <= from || start == from + 1 && cx.tokens.kind(from) == crate::token::TokenKind::Punctuation;
        let before = start.wrapping_sub(1);
        let subordinate = !opens && words.subordinating.at(cx.tokens, before).is_some();
        let embedded = !opens && cx.statements.iter().any(|statement| statement.cue.iter().any(|cue| cue.end() == cx.tokens.span(before).end()));
        let clause = opens || subordinate || embedded || words.openers.at(cx.tokens, before).is_some();
        let after = look.tokens.end;
        let followed = !(words.not_after_subject.at(cx.tokens, after).is_some() || cx.tokens.lower(after) == "," && !opens);
        let (pronouns, word) = (crate::mention::words::words(), cx.tokens.lower(look.tokens.start));
        let object = look.kind == MentionKind::Pronoun && (pronouns.object.contains(word) || pronouns.possessive.contains(word));
        (clause && followed && !object).then_some(Subject { at: look.at, is_subordinate: subordinate, is_inner: embedded })
    }
}
