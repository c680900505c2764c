//! What a statement brings to a comparison: its matter as weighed words, the names in it, its polarity and its hedges.

use super::figure::{self, Figure};
use super::order::{self, Ago, Mark, Moment};
use super::slot;
use super::words::lexicon;
use crate::account::Account;
use crate::act::{self, Act, Factuality, reply};
use crate::calendar::Calendar;
use crate::entity::EntityKind;
use crate::mention::{Mention, MentionKind, MentionOf};
use crate::person::{People, Person};
use crate::read::Reading;
use crate::record::{Place, Ref, Told};
use crate::similar::words::stem;
use crate::statement::{Form, Statement};
use crate::text::{Id, Layer, Span};
use crate::token::TokenKind;
use crate::utterance::Utterance;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A statement made ready for comparing.
pub(super) struct Side<'a> {
    pub(super) told: Told,
    /// Its position among all.
    pub(super) at: usize,
    pub(super) reading: &'a Reading,
    pub(super) statement: &'a Statement,
    pub(super) act: Act,
    pub(super) factuality: Factuality,
    /// Whether its cue is known to tell of words: "said", not "signed" or "voted against".
    pub(super) has_words: bool,
    /// Whether it denies something: by its act, or in quoted words that do.
    pub(super) denies: bool,
    pub(super) speaker: Option<Id<Person>>,
    /// The utterance it renders.
    pub(super) utterance: usize,
    /// When it was said.
    pub(super) moment: Moment,
    /// Whether a time of its own tells when.
    pub(super) is_timed: bool,
    /// The expression of time that dates it.
    pub(super) timed_by: Option<Span>,
    /// How long ago that time is.
    pub(super) ago: Option<Ago>,
    /// What words of order say of it.
    pub(super) mark: Mark,
    /// Those words.
    pub(super) marked_by: Option<Span>,
    /// The stems of its matter, those of the names its pronouns stand for among them.
    pub(super) words: BTreeSet<String>,
    /// Those of them that say what it is about: not the nouns by which one points back ("the report").
    pub(super) told_words: usize,
    /// Its words in order, as [`slot`] compares them: token and stem.
    pub(super) row: Vec<(usize, String)>,
    /// Its words without those of names: what it says of whom it names.
    pub(super) plain: BTreeSet<String>,
    /// Its names, each by its first letters.
    pub(super) names: BTreeSet<String>,
    /// Whom its names, pronouns and descriptions stand for.
    pub(super) tells_of: BTreeSet<Id<Person>>,
    /// The word that turns it into its opposite, where one does.
    pub(super) negation: Option<Span>,
    /// Whether that word says that it was otherwise before: "no longer".
    pub(super) ends: bool,
    /// How many words negate in it.
    pub(super) negations: usize,
    /// The stems right after that word: what is negated.
    pub(super) negated: Vec<String>,
    /// The "yes" or "no" it opens with.
    pub(super) opening: Option<Opening>,
    /// The word that holds it open.
    pub(super) hedge: Option<Span>,
    pub(super) figures: Vec<Figure>,
}

/// A yes or a no that opens an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    Yes,
    No,
}

impl Side<'_> {
    /// Whether it negates words that stand in the other as they are.
    fn negates(&self, other: &Side<'_>) -> bool {
        let alone = self.negation.is_some() && other.negations == 0 && !other.denies;
        alone && !self.negated.is_empty() && self.negated.iter().all(|word| other.words.contains(word))
    }

    /// Whether one opens with yes and the other with no, or one negates what the other says.
    pub(super) fn is_turned_from(&self, other: &Side<'_>) -> bool {
        match (self.opening, other.opening) {
            (Some(one), Some(other)) => one != other,
            (Some(_), None) | (None, Some(_)) | (None, None) => self.negates(other) || other.negates(self),
        }
    }

    /// Whether somebody said it, so that it can agree or clash with something.
    pub(super) fn was_said(&self) -> bool {
        self.factuality == Factuality::Actual
    }

    /// Whether it says that something is so.
    pub(super) fn asserts(&self) -> bool {
        self.was_said() && matches!(self.act, Act::Assertion | Act::Answer | Act::Denial | Act::Thought)
    }

    /// Whether it says something, be it only that there is nothing to say.
    pub(super) fn tells(&self) -> bool {
        self.asserts() || (self.was_said() && self.act == Act::NonAnswer)
    }

    /// The place of words in its document.
    pub(super) fn place(&self, span: Span) -> Place {
        self.told.place(span)
    }

    /// Where it says what it says, as places.
    pub(super) fn matter(&self) -> Vec<Place> {
        self.statement.matter().iter().map(|span| self.place(*span)).collect()
    }

    /// The words at a place of it.
    pub(super) fn words_at(&self, span: Span) -> &str {
        span.of(&self.reading.document.text)
    }

    /// How much of it is quoted: 2 all, 1 a part, 0 nothing.
    pub(super) fn quoted(&self) -> usize {
        match self.statement.form {
            Form::Direct => 2,
            Form::Mixed => 1,
            Form::Indirect => 0,
        }
    }

    /// How much there is of it, in words of content.
    pub(super) fn fullness(&self) -> usize {
        let tokens = &self.reading.tokens;
        let all = self.statement.content.iter().flat_map(|part| tokens.within(*part));
        all.filter(|at| tokens.kind(*at) != TokenKind::Punctuation).count()
    }
}

/// Every statement of a story, ready for comparing, in the order of its documents.
pub(super) fn all<'a>(accounts: &[&'a Account], people: &People, calendar: &'a Calendar, utterances: &Layer<Utterance>) -> Vec<Side<'a>> {
    let mut utterance_of: BTreeMap<Told, usize> = BTreeMap::new();
    for (id, utterance) in utterances.entries() {
        utterance_of.extend(utterance.statements.iter().map(|told| (*told, id.at())));
    }
    let alone = utterances.len();
    let tolds: Vec<Told> = Told::all(accounts).collect();
    let sides = tolds.into_par_iter().enumerate().map(|(at, told)| {
        let reading = &accounts[told.document].reading;
        let day = calendar.place(told.document);
        let content = content(reading, told.id);
        let stood_for = stood_for(reading, people, told, &content);
        let own = words(reading, &stood_for, &content);
        let words: BTreeSet<String> = own.union(&deed(reading, people, told)).cloned().collect();
        let figures = figure::figures(reading, &day.times, day.dating.date, told.id);
        let said = &day.said[told.id];
        let time = order::time(day, said);
        let (mark, marked_by) = order::mark(reading, &reading.statements[told.id]);
        Side {
            told,
            at,
            reading,
            statement: &reading.statements[told.id],
            act: reading.acts[told.id].act,
            factuality: reading.acts[told.id].factuality,
            has_words: !reading.acts[told.id].evidence.iter().any(act::is_default),
            denies: denies(reading, told.id, &content),
            speaker: people.speaker(accounts, told),
            utterance: utterance_of.get(&told).copied().unwrap_or(alone + at),
            moment: order::moment(said, time),
            is_timed: order::is_timed(said),
            timed_by: time.map(|time| time.span),
            ago: time.and_then(|time| order::ago(&reading.tokens, time.span)),
            mark,
            marked_by,
            row: slot::row(&reading.tokens, &content),
            told_words: own.difference(&pointing(reading, &content)).count(),
            plain: words.difference(&name_words(reading, &stood_for, &content)).cloned().collect(),
            words,
            names: names(reading, &stood_for, &content),
            tells_of: tells_of(reading, people, told, &content),
            negation: negation(reading, &content).map(|at| reading.tokens.span(at)),
            ends: negation(reading, &content).is_some_and(|at| ends(reading, at)),
            negations: negations(reading, &content).len(),
            negated: negated(reading, &content),
            opening: opening(reading, &content).map(|(opening, _)| opening),
            hedge: hedge(reading, told.id),
            figures,
        }
    });
    sides.collect()
}

fn denies(reading: &Reading, id: Id<Statement>, content: &[Range<usize>]) -> bool {
    let quoted = reading.statements[id].form == Form::Direct && matches!(reading.acts[id].act, Act::Assertion | Act::Answer);
    reading.acts[id].act == Act::Denial || (quoted && content.iter().any(|part| reply::denies(&reading.tokens, part.clone())))
}

/// The tokens of the content, part by part.
fn content(reading: &Reading, id: Id<Statement>) -> Vec<Range<usize>> {
    reading.statements[id].content.iter().map(|part| reading.tokens.within(*part)).collect()
}

/// The mentions in the content.
fn mentions<'r>(reading: &'r Reading, content: &[Range<usize>]) -> impl Iterator<Item = (Id<Mention>, &'r Mention)> {
    content.iter().filter_map(|range| reading.tokens.cover(range.clone())).flat_map(|span| reading.mentions.within(span))
}

/// The mentions in the content that stand for somebody, each with whom.
fn mentioned<'r>(reading: &'r Reading, people: &People, told: Told, content: &[Range<usize>]) -> impl Iterator<Item = (&'r Mention, Id<Person>)> {
    let person = move |entity| people.of(Ref::new(told.document, entity));
    mentions(reading, content).filter_map(move |(id, mention)| Some((mention, reading.entities.of_mention[id].map(person)?)))
}

/// The stems of what is said.
fn words(reading: &Reading, stood_for: &[&str], content: &[Range<usize>]) -> BTreeSet<String> {
    let tokens = &reading.tokens;
    let counts = |at: &usize| tokens.kind(*at) != TokenKind::Punctuation && !lexicon().stop.contains(tokens.lower(*at));
    let word = |at: usize| if is_name_at(reading, at) { name_key(tokens.lower(at)) } else { stem(tokens.lower(at)) };
    let mut words: BTreeSet<String> = content.iter().cloned().flatten().filter(counts).map(word).collect();
    words.extend(words_of(stood_for));
    words
}

/// The words of the names in a content, titles among them, and of those that its pronouns stand for.
fn name_words(reading: &Reading, stood_for: &[&str], content: &[Range<usize>]) -> BTreeSet<String> {
    let tokens = &reading.tokens;
    let named = mentions(reading, content).filter(|(_, mention)| mention.kind == MentionKind::Name);
    let words = named.flat_map(|(_, mention)| tokens.within(mention.span.cover(mention.title.unwrap_or(mention.span))));
    // A word is written as a name in one place and as a common word in another.
    let words = words.flat_map(|at| [name_key(tokens.lower(at)), stem(tokens.lower(at))]);
    words.chain(words_of(stood_for)).collect()
}

/// The words of names, each by its first letters.
fn words_of<'n>(names: &'n [&str]) -> impl Iterator<Item = String> + 'n {
    names.iter().flat_map(|name| name.split_whitespace()).map(|word| name_key(&word.to_lowercase()))
}

/// Of an offer, a promise, a refusal: the stems of its cue and the name of who made it, since that is what is told.
fn deed(reading: &Reading, people: &People, told: Told) -> BTreeSet<String> {
    let tokens = &reading.tokens;
    match reading.acts[told.id].act {
        Act::Offer | Act::Promise | Act::Threat | Act::Demand | Act::Refusal => {
            let cue = reading.statements[told.id].cue.iter().flat_map(|part| tokens.within(*part));
            let counts = cue.filter(|at| tokens.kind(*at) != TokenKind::Punctuation && !lexicon().stop.contains(tokens.lower(*at)));
            let speaker = reading.entities.speakers[told.id].entity.map(|id| &people.layer[people.of(Ref::new(told.document, id))].name);
            let name = speaker.into_iter().flat_map(|name| name.split_whitespace()).map(|word| name_key(&word.to_lowercase()));
            counts.map(|at| stem(tokens.lower(at))).chain(name).collect()
        }
        Act::Assertion | Act::Question | Act::Answer | Act::NonAnswer | Act::Denial | Act::Thought => BTreeSet::new(),
    }
}

/// The stems of the nouns by which a content points back at what was told before.
pub(super) fn pointing(reading: &Reading, content: &[Range<usize>]) -> BTreeSet<String> {
    let tokens = &reading.tokens;
    content.iter().cloned().flatten().filter(|at| lexicon().claim_nouns.at(tokens, *at).is_some()).map(|at| stem(tokens.lower(at))).collect()
}

/// The names of those whom pronouns and descriptions in the content stand for.
fn stood_for<'a>(reading: &Reading, people: &'a People, told: Told, content: &[Range<usize>]) -> Vec<&'a str> {
    let described = mentioned(reading, people, told, content).filter(|(mention, _)| mention.kind != MentionKind::Name);
    let people = described.map(|(_, id)| &people.layer[id]);
    people.filter(|person| !matches!(person.kind, EntityKind::Anonymous | EntityKind::Group)).map(|person| person.name.as_str()).collect()
}

/// Those whom the mentions in the content stand for.
fn tells_of(reading: &Reading, people: &People, told: Told, content: &[Range<usize>]) -> BTreeSet<Id<Person>> {
    mentioned(reading, people, told, content).map(|(_, id)| id).collect()
}

/// Letters that tell a name: enough that a country and its people agree ("Russia", "Russian").
const NAME_LETTERS: usize = 4;

/// The names in a content: of people their last names, and no titles.
fn names(reading: &Reading, stood_for: &[&str], content: &[Range<usize>]) -> BTreeSet<String> {
    let tokens = &reading.tokens;
    let mut names = BTreeSet::new();
    for range in content {
        let capitals = range.clone().filter(|at| is_name_at(reading, *at)).count();
        // A headline has capitals throughout; there only what the reader marked is a name.
        let in_headline = range.len() > 3 && capitals * 3 > range.len() * 2;
        for at in range.clone().filter(|at| is_name_at(reading, *at)) {
            let starts = at == range.start || matches!(tokens.before(at, 1), "." | "?" | "!" | "“" | "\"" | ":");
            let around = reading.mentions.iter().find(|mention| mention.span.cover(mention.title.unwrap_or(mention.span)).contains(tokens.span(at)));
            let counts = match around {
                Some(mention) if mention.kind == MentionKind::Name && mention.span.contains(tokens.span(at)) => {
                    mention.of != MentionOf::Person || tokens.within(mention.span).next_back() == Some(at)
                }
                Some(mention) if mention.title.is_some_and(|title| title.contains(tokens.span(at))) => false,
                Some(_) | None => !starts && !in_headline,
            };
            if counts {
                names.insert(name_key(tokens.lower(at)));
            }
        }
    }
    for name in stood_for {
        let last = name.split_whitespace().rev().find(|word| word.starts_with(char::is_uppercase));
        names.extend(last.map(|word| name_key(&word.to_lowercase())));
    }
    names
}

/// Letters a name has at least; shorter ones ("US", "UN") are written in too many ways.
const SHORTEST_NAME: usize = 3;

/// Whether a word with a capital stands at token `at`, no day or month, and nothing that is capital only at the start of a sentence.
fn is_name_at(reading: &Reading, at: usize) -> bool {
    let tokens = &reading.tokens;
    let word = tokens.lower(at);
    let is_word = tokens.kind(at) == TokenKind::Word && tokens.is_capitalised(&reading.document.text, at) && word.len() >= SHORTEST_NAME;
    is_word && !lexicon().stop.contains(word) && !is_calendar(word)
}

/// By what a word of a name is compared: its first letters.
pub(crate) fn name_key(word: &str) -> String {
    word.chars().take(NAME_LETTERS).collect()
}

fn is_calendar(word: &str) -> bool {
    let word = word.get(..3).unwrap_or(word);
    matches!(
        word,
        "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "oct" | "nov" | "dec"
    )
}

/// The one word that negates the content; two cancel each other, and "no evidence" tells of evidence, not of the matter.
fn negation(reading: &Reading, content: &[Range<usize>]) -> Option<usize> {
    match negations(reading, content).as_slice() {
        [at] => Some(*at),
        _ => None,
    }
}

/// The words that negate, but for the "no" that opens an answer.
fn negations(reading: &Reading, content: &[Range<usize>]) -> Vec<usize> {
    let tokens = &reading.tokens;
    let opening = opening(reading, content).map(|(_, at)| at);
    let is_instead = |at: usize| matches!((tokens.lower(at), tokens.lower(at + 1)), ("rather", "than") | ("instead", "of"));
    let is = |at: &usize| tokens.negated_at(*at) || matches!(tokens.lower(*at), "no" | "nobody" | "none" | "nothing" | "without") || is_instead(*at);
    content.iter().cloned().flatten().filter(|at| Some(*at) != opening && is(at)).collect()
}

/// Whether "no longer" stands at token `at`: what it negates was so before.
fn ends(reading: &Reading, at: usize) -> bool {
    (reading.tokens.lower(at), reading.tokens.lower(at + 1)) == ("no", "longer")
}

/// Words after a negation that it surely bears on.
const BEARS_ON: usize = 2;

fn negated(reading: &Reading, content: &[Range<usize>]) -> Vec<String> {
    let tokens = &reading.tokens;
    let Some((at, range)) = negation(reading, content).and_then(|at| content.iter().find(|range| range.contains(&at)).map(|range| (at, range))) else {
        return Vec::new();
    };
    let counts = |at: &usize| tokens.kind(*at) != TokenKind::Punctuation && !lexicon().stop.contains(tokens.lower(*at)) && !ends(reading, at - 1);
    let after = (at + 1..range.end).filter(counts);
    after.take(BEARS_ON).map(|at| if is_name_at(reading, at) { name_key(tokens.lower(at)) } else { stem(tokens.lower(at)) }).collect()
}

/// The yes or no that a content opens with, and its token.
fn opening(reading: &Reading, content: &[Range<usize>]) -> Option<(Opening, usize)> {
    let tokens = &reading.tokens;
    let range = content.first()?.clone();
    let at = range.clone().find(|at| tokens.kind(*at) != TokenKind::Punctuation)?;
    let alone = at + 1 >= range.end || tokens.kind(at + 1) == TokenKind::Punctuation;
    let opening = match tokens.lower(at) {
        "yes" | "yeah" | "yep" | "absolutely" => Opening::Yes,
        "no" | "nope" => Opening::No,
        _ => return None,
    };
    alone.then_some((opening, at))
}

/// The first word of cue or content that holds it open.
fn hedge(reading: &Reading, id: Id<Statement>) -> Option<Span> {
    let (tokens, statement) = (&reading.tokens, &reading.statements[id]);
    let ranges = statement.cue.iter().chain(&statement.content).map(|part| tokens.within(*part));
    ranges.filter_map(|range| lexicon().hedges.find(tokens, range)).find_map(|hit| tokens.cover(hit))
}
