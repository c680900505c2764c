//! The statements that may ask or answer, each with what it is about, and how near two of them are.

use super::lexicon::WORDS;
use super::tie;
use crate::account::Account;
use crate::act::{Act, Factuality};
use crate::compare;
use crate::person::{People, Person};
use crate::read::Reading;
use crate::record::{Place, Told};
use crate::similar::{Coarse, words};
use crate::statement::Statement;
use crate::text::{Id, Span};
use crate::time::Interval;
use crate::token::{TokenKind, Tokens};
use crate::zone::ZoneKind;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// One statement that may ask or answer.
pub(super) struct Node {
    /// The statement.
    pub(super) told: Told,
    /// What it does.
    pub(super) act: Act,
    /// Whether it was said, or told to have been kept back.
    pub(super) factuality: Factuality,
    /// Who speaks.
    pub(super) speaker: Option<Id<Person>>,
    /// To whom.
    pub(super) addressee: Option<Id<Person>>,
    /// When.
    pub(super) said: Option<Interval>,
    /// The words it is about, each once, by its number among those of the story, with its weight; sorted.
    words: Vec<(usize, f32)>,
    /// What its content means.
    meaning: Coarse,
    /// The states whose numbers it gives, with the words.
    pub(super) counted: Vec<(&'static str, Span)>,
    /// How many of its words say what it is about, rather than pointing at something said before.
    pub(super) own_words: usize,
}

/// What every rule of this stage may look at.
pub(super) struct Cx<'a> {
    pub(super) accounts: &'a [&'a Account],
    pub(super) people: &'a People,
    /// The nodes, in an order that does not depend on that of the documents.
    pub(super) nodes: Vec<Node>,
    rarity: Rarity,
}

/// Share of the words in common in how near two statements are; the rest is the sentence vectors'. Words tell names and
/// numbers apart that vectors take for the same. At .5 a story of six articles (`oil`) became all but one question, at .6 its
/// wordings fall apart.
const OF_WORDS: f32 = 0.55;

/// Words a statement needs to be about something that can be asked again.
const ENOUGH_WORDS: usize = 2;

/// The same for words that do not answer, most of which are about the answering ("I have not had that discussion").
const ENOUGH_OF_A_NON_ANSWER: usize = 4;

/// Words at the end of a question that hold what it asks: a verb and its object, or a predicate.
const AT_THE_END: usize = 2;

impl<'a> Cx<'a> {
    /// The nodes of a story.
    pub(super) fn of(accounts: &'a [&'a Account], people: &'a People, said: impl Fn(Told) -> Option<Interval> + Sync) -> Cx<'a> {
        let mut all: Vec<Told> = Told::all(accounts).filter(|told| counts(accounts, *told)).collect();
        all.sort_by_cached_key(|told| canonical(accounts, *told));
        let words: Vec<Vec<String>> = all.par_iter().map(|told| content_words(accounts, *told)).collect();
        let rarity = Rarity::of(&words);
        let node = |(told, words): (Told, Vec<String>)| {
            let acted = &told.reading(accounts).acts[told.id];
            Node {
                told,
                act: acted.act,
                factuality: acted.factuality,
                speaker: people.speaker(accounts, told),
                addressee: people.addressee(accounts, told),
                said: said(told),
                counted: compare::states_counted(told.reading(accounts), told.id),
                own_words: words.iter().filter(|word| !WORDS.pointing.has(word)).count(),
                words: rarity.weigh(&words),
                meaning: Coarse::of(&accounts[told.document].vectors[told.id]),
            }
        };
        let nodes = all.into_par_iter().zip(words).map(node).collect();
        Cx { accounts, people, nodes, rarity }
    }

    /// Whether the node is about something that can be asked again.
    pub(super) fn is_topical(&self, at: usize) -> bool {
        let node = &self.nodes[at];
        let enough = if node.act == Act::NonAnswer { ENOUGH_OF_A_NON_ANSWER } else { ENOUGH_WORDS };
        node.own_words >= enough
    }

    /// Node `at`, ready to be set beside many others.
    pub(super) fn beside(&self, at: usize) -> Beside<'_> {
        let mut weights = vec![0.0; self.rarity.words.len()];
        self.nodes[at].words.iter().for_each(|(word, weight)| weights[*word] = *weight);
        Beside { nodes: &self.nodes, meaning: &self.nodes[at].meaning, weights }
    }

    /// Whether two nodes share a word that says what they are about.
    pub(super) fn share_words(&self, a: usize, b: usize) -> bool {
        self.beside(a).in_common(b) > 0.0
    }

    /// Whether a word that says what node `other` is about stands among these tokens of the document of node `at`.
    pub(super) fn share_words_within(&self, at: usize, other: usize, mut range: Range<usize>) -> bool {
        let tokens = self.tokens(at);
        range.any(|at| self.is_about(other, &stem(tokens.lower(at))))
    }

    /// Whether a stem is one of the words that say what node `at` is about.
    fn is_about(&self, at: usize, stem: &str) -> bool {
        self.rarity.number(stem).is_some_and(|stem| self.nodes[at].words.iter().any(|(word, _)| *word == stem))
    }

    /// How much of what node `part` is about stands in node `whole`, 0 to 1, by weight.
    pub(super) fn holds(&self, whole: usize, part: usize) -> f32 {
        let (whole, part) = (&self.nodes[whole].words, &self.nodes[part].words);
        let weight = |(_, weight): &(usize, f32)| weight * weight;
        let is_held = |(word, _): &&(usize, f32)| whole.binary_search_by_key(word, |(other, _)| *other).is_ok();
        let (held, all): (f32, f32) = (part.iter().filter(is_held).map(weight).sum(), part.iter().map(weight).sum());
        if all > 0.0 { held / all } else { 0.0 }
    }

    /// Whether node `other` says again one of the words that node `question` ends with, dates left out: most often what is asked of the subject.
    pub(super) fn takes_up_the_end(&self, other: usize, question: usize) -> bool {
        let reading = self.nodes[question].told.reading(self.accounts);
        let tokens = &reading.tokens;
        let spans = self.nodes[question].told.statement(self.accounts).content.iter();
        let words = spans.flat_map(|span| tokens.within(*span)).filter(|at| reading.times.holding(tokens.span(*at).start()).is_none());
        let told: Vec<String> = words.map(|at| stem(tokens.lower(at))).filter(|stem| self.is_about(question, stem)).collect();
        told.iter().rev().take(AT_THE_END).any(|stem| self.is_about(other, stem))
    }

    /// Whether node `question` is put to the speaker of node `other`, as far as it is told: the same person, or, where the
    /// document does not tell who is meant, the same last word; a pronoun alone may be anybody who was asked.
    pub(super) fn is_put_to(&self, question: usize, other: usize) -> Option<bool> {
        let (asked, node) = (&self.nodes[question], &self.nodes[other]);
        if let (Some(addressee), Some(speaker)) = (asked.addressee, node.speaker) {
            return Some(addressee == speaker);
        }
        let reading = asked.told.reading(self.accounts);
        let last = |span: Option<Span>| span.and_then(|span| reading.tokens.within(span).next_back()).map(|at| reading.tokens.lower(at));
        let to = last(reading.addressees[asked.told.id].words).filter(|_| asked.told.document == node.told.document)?;
        let by = last(node.told.statement(self.accounts).source)?;
        Some(to == by || (node.speaker.is_none() && matches!(by, "he" | "she" | "they")))
    }

    /// The text of a node's document.
    pub(super) fn text(&self, at: usize) -> &'a str {
        &self.nodes[at].told.reading(self.accounts).document.text
    }

    /// The tokens of a node's document.
    pub(super) fn tokens(&self, at: usize) -> &'a Tokens {
        &self.nodes[at].told.reading(self.accounts).tokens
    }

    /// The words that tell what node `at` does: its cue, else its content, else its source.
    pub(super) fn cue(&self, at: usize) -> Vec<Span> {
        let statement = self.nodes[at].told.statement(self.accounts);
        if statement.cue.is_empty() { vec![statement.reach()] } else { statement.cue.clone() }
    }

    /// Spans of node `at` as places of the story.
    pub(super) fn places(&self, at: usize, spans: Vec<Span>) -> Vec<Place> {
        spans.into_iter().map(|span| self.nodes[at].told.place(span)).collect()
    }

    /// The numbers of the sentence and paragraph that node `at` begins in.
    pub(super) fn sentence(&self, at: usize) -> Option<(usize, usize)> {
        let told = self.nodes[at].told;
        let reading = told.reading(self.accounts);
        let anchor = self.cue(at)[0].start();
        reading.sentences.holding(anchor).map(|(id, sentence)| (id.at(), sentence.paragraph))
    }
}

/// A node that is set beside others: most are set beside all.
pub(super) struct Beside<'c> {
    nodes: &'c [Node],
    meaning: &'c Coarse,
    /// What each word of the story weighs in it.
    weights: Vec<f32>,
}

impl Beside<'_> {
    /// How near the contents of the node and of another are, about 0 to 1.
    pub(super) fn near(&self, other: usize) -> f32 {
        OF_WORDS * self.in_common(other) + (1.0 - OF_WORDS) * self.meaning.cosine(&self.nodes[other].meaning)
    }

    fn in_common(&self, other: usize) -> f32 {
        self.nodes[other].words.iter().fold(0.0, |sum, (word, weight)| sum + self.weights[*word] * weight)
    }
}

/// Whether a statement was made, asked or told to have been kept back, by somebody other than a reader of the page; what
/// stands inside a question or a reply that does not answer belongs to that.
fn counts(accounts: &[&Account], told: Told) -> bool {
    let reading = told.reading(accounts);
    let acted = &reading.acts[told.id];
    let made = match acted.factuality {
        Factuality::Actual => true,
        // "Found no evidence that": what it did not find it tells.
        Factuality::Negated => tie::keeps_back(reading, told.id) || holds_a_hedge(reading, told.id),
        Factuality::Questioned | Factuality::Hypothetical | Factuality::Presupposed | Factuality::Invented => false,
    };
    let zone = reading.zones.holding(reading.statements[told.id].reach().start()).map(|(_, zone)| zone.kind);
    let outer = reading.statements[told.id].within.filter(|outer| *outer != told.id).map(|outer| reading.acts[outer].act);
    made && !matches!(zone, Some(ZoneKind::ReaderComment | ZoneKind::Furniture)) && !matches!(outer, Some(Act::Question | Act::NonAnswer))
}

/// Whether the cue of a statement holds what keeps an answer from being whole.
fn holds_a_hedge(reading: &Reading, id: Id<Statement>) -> bool {
    reading.statements[id].cue.iter().any(|cue| WORDS.hedge.find(&reading.tokens, reading.tokens.within(*cue)).is_some())
}

/// By what nodes are sorted: their words, then the document they stand in.
fn canonical(accounts: &[&Account], told: Told) -> (String, usize, String, usize) {
    let reading = told.reading(accounts);
    let reach = told.statement(accounts).reach();
    (told.content(accounts).collect::<Vec<_>>().join(" "), reach.start(), reading.document.path.clone(), reading.document.text.len())
}

/// The words of a content that say something, each once, cut to their stems; of what is done in speaking (an offer, a
/// promise, a threat) also who does it and the word for it: "Varga offered to resign".
fn content_words(accounts: &[&Account], told: Told) -> Vec<String> {
    let tokens = &told.reading(accounts).tokens;
    let statement = told.statement(accounts);
    let is_deed = match told.reading(accounts).acts[told.id].act {
        Act::Offer | Act::Promise | Act::Threat | Act::Demand => true,
        Act::Refusal => !statement.content.is_empty() && !tie::keeps_back(told.reading(accounts), told.id),
        Act::Assertion | Act::Question | Act::Answer | Act::NonAnswer | Act::Denial | Act::Thought => false,
    };
    let is_question = told.reading(accounts).acts[told.id].act == Act::Question;
    let beside = statement.source.iter().chain(&statement.cue).filter(|_| is_deed);
    let asking = asking_parts(tokens, statement);
    let content = statement.content.iter().filter(|part| !is_question || asking.is_empty() || asking.contains(part));
    let places = content.chain(beside).flat_map(|span| tokens.within(*span));
    let says = |at: &usize| tokens.kind(*at) == TokenKind::Number || (tokens.lower(*at).len() > 2 && tokens.kind(*at) == TokenKind::Word);
    let mut words: Vec<String> = places.filter(says).map(|at| tokens.lower(at)).filter(|word| !WORDS.stop.has(word)).map(stem).collect();
    words.sort();
    words.dedup();
    words
}

/// The parts of a content that ask, where only some do: of “In a drawer,” she said. “Where else?” the second.
pub(super) fn asking_parts<'s>(tokens: &Tokens, statement: &'s Statement) -> Vec<&'s Span> {
    statement.content.iter().filter(|part| tokens.within(**part).any(|at| tokens.lower(at) == "?")).collect()
}

/// The stem of a word, but for those that only point, which the lexicon has in full.
fn stem(word: &str) -> String {
    if WORDS.pointing.has(word) { word.to_owned() } else { words::stem(word) }
}

/// How rare each word is among the statements of a story.
struct Rarity {
    /// The words of the story in order, and of each in how many statements it stands.
    words: Vec<(String, usize)>,
    statements: usize,
}

impl Rarity {
    fn of(all: &[Vec<String>]) -> Rarity {
        let mut told_in = BTreeMap::new();
        for word in all.iter().flatten() {
            *told_in.entry(word.clone()).or_insert(0) += 1;
        }
        Rarity { words: told_in.into_iter().collect(), statements: all.len() }
    }

    /// The number of a word, in the order of the words.
    fn number(&self, word: &str) -> Option<usize> {
        self.words.binary_search_by(|(other, _)| other.as_str().cmp(word)).ok()
    }

    /// The words with their weights, scaled so that their squares sum to one.
    fn weigh(&self, words: &[String]) -> Vec<(usize, f32)> {
        let numbers: Vec<usize> = words.iter().filter_map(|word| self.number(word)).collect();
        let rarity = |word: &usize| ((self.statements as f32 + 1.0) / (self.words[*word].1 as f32 + 0.5)).ln();
        let size = numbers.iter().map(|word| rarity(word).powi(2)).sum::<f32>().sqrt().max(f32::EPSILON);
        numbers.iter().map(|word| (*word, rarity(word) / size)).collect()
    }
}
