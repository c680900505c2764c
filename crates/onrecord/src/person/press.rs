//! Tells who asks where a document says only that somebody was asked: `person/press`.

use super::{People, Person, face};
use crate::account::Account;
use crate::act::Act;
use crate::entity::EntityKind;
use crate::evidence::Evidence;
use crate::lexicon::{self, Phrases, Words};
use crate::read::Reading;
use crate::record::{Place, Ref, Told};
use crate::text::{Id, Span};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Lexicon {
    name: String,
    asking: Phrases,
    auxiliaries: Phrases,
    opening: Phrases,
    conjunctions: Phrases,
    nouns: Phrases,
    past: Phrases,
    occasions: Words,
    elsewhere: Words,
}

fn words() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/press.toml")));
    &WORDS
}

/// How many words may stand between "asked" and the "by" that names who did, or the auxiliary before it; between "former" and its title.
const NEAR: usize = 3;

/// The press of a story, and what it asks without being named.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Press {
    /// The one somebody that stands for it.
    pub(super) person: Id<Person>,
    /// Its questions, each with what shows that they are.
    pub(super) asks: BTreeMap<Told, Evidence<Place>>,
}

/// Who stands for the press, after `people`, and what it asks; nothing where it asks nobody.
pub(super) fn find(accounts: &[&Account], people: &People) -> Option<(Person, Press)> {
    let asks: BTreeMap<Told, Evidence<Place>> = Told::all(accounts).filter_map(|told| Some((told, ask(accounts, people, told)?))).collect();
    if asks.is_empty() {
        return None;
    }
    let person = Person {
        name: words().name.clone(),
        kind: EntityKind::Group,
        aliases: Vec::new(),
        roles: Vec::new(),
        entities: Vec::new(),
        may_be: Vec::new(),
        evidence: asks.values().take(1).map(|sign| Evidence { fact: "person", ..sign.clone() }).collect(),
    };
    Some((person, Press { person: Id::new(people.layer.len()), asks }))
}

/// What shows that a reporter asks, of a question of which only the asked is told.
fn ask(accounts: &[&Account], people: &People, told: Told) -> Option<Evidence<Place>> {
    let reading = told.reading(accounts);
    let statement = told.statement(accounts);
    if reading.acts[told.id].act != Act::Question || statement.source.is_some() || reading.entities.speakers[told.id].entity.is_some() {
        return None;
    }
    let cue = *statement.cue.first()?;
    let asking = Asking::of(reading, cue)?;
    let asked = people.addressee(accounts, told);
    let speaks = || Some((spokesperson(accounts, people, asked?)?, "who speaks for a body is asked by the press"));
    let replies = || asking.is_told.then(|| Some((reply(accounts, people, told, asked?)?, "told with the reply, and of no other place than the press's")))?;
    let (sign, why) = occasion(accounts, told, cue).map(|place| (place, "asked where the press asks")).or_else(speaks).or_else(replies)?;
    let mut words = vec![told.place(cue), sign];
    words.sort();
    Some(Evidence::rule("speaker", "person/press", words, why))
}

/// A cue that tells of an asking, with nobody behind a "by".
struct Asking {
    /// Whether it can only be told of the one asked: "was asked", "when asked", "Asked whether …". Behind a comma, or as a
    /// noun, it may be something else that the encoder did not see whole.
    is_told: bool,
}

impl Asking {
    fn of(reading: &Reading, cue: Span) -> Option<Asking> {
        let tokens = &reading.tokens;
        let cue = tokens.within(cue);
        let (_, sentence) = reading.sentences.holding(tokens.span(cue.start).start())?;
        let noun = cue.clone().any(|at| words().nouns.at(tokens, at).is_some());
        let verb = cue.clone().find(|at| words().asking.at(tokens, *at).is_some());
        let at = verb.or_else(|| noun.then_some(cue.start))?;
        if (at + 1..=at + NEAR).any(|near| tokens.lower(near) == "by") {
            return None;
        }
        let from = sentence.tokens.start.max(at.saturating_sub(NEAR));
        let passive = (from..at).any(|near| words().auxiliaries.at(tokens, near).is_some());
        let opening = (sentence.tokens.start..at).rev().take_while(|near| words().opening.has(tokens.lower(*near)));
        let opens = opening.clone().any(|near| words().conjunctions.has(tokens.lower(near))) || opening.count() == at - sentence.tokens.start;
        let behind_comma = at > sentence.tokens.start && tokens.before(at, 1) == ",";
        let is_told = verb.is_some() && (passive || opens);
        (is_told || behind_comma || noun).then_some(Asking { is_told })
    }
}

/// Where the sentence of a question, outside of what is asked, tells that the press is there: "at a news conference".
fn occasion(accounts: &[&Account], told: Told, cue: Span) -> Option<Place> {
    let reading = told.reading(accounts);
    let (_, sentence) = reading.sentences.holding(cue.start())?;
    let is_asked_about = |span: Span| told.statement(accounts).content.iter().any(|content| content.overlaps(span));
    let found = sentence.tokens.clone().filter_map(|at| words().occasions.at(&reading.tokens, at).and_then(|len| reading.tokens.cover(at..at + len)));
    found.filter(|span| !is_asked_about(*span)).map(|span| told.place(span)).next()
}

/// Where the story tells that somebody speaks for a body: "White House press secretary".
fn spokesperson(accounts: &[&Account], people: &People, person: Id<Person>) -> Option<Place> {
    people.layer[person].entities.iter().find_map(|entity| {
        let reading = entity.reading(accounts);
        let mentions = reading.entities.layer[entity.id].mentions.iter().map(|mention| &reading.mentions[*mention]);
        let spans = mentions.flat_map(|mention| [mention.title, Some(mention.span)]).flatten();
        // A title may begin behind its first words: "Former port [spokeswoman]".
        let is_past = |span: &Span| (1..=NEAR).any(|back| words().past.has(reading.tokens.before(reading.tokens.within(*span).start, back)));
        let speaks =
            |span: &Span| face::roles_of(span.of(&reading.document.text)).iter().any(|role| role.is_spokesperson() && !role.is_former) && !is_past(span);
        spans.filter(speaks).map(|span| entity.place(span)).next()
    })
}

/// Where the one asked replies, in the sentence of the question or the next; nothing where the paragraph tells of a court, a
/// committee, the police or a poll, all of which ask too.
fn reply(accounts: &[&Account], people: &People, told: Told, asked: Id<Person>) -> Option<Place> {
    let reading = told.reading(accounts);
    let cue = *told.statement(accounts).cue.first()?;
    let (at, sentence) = reading.sentences.holding(cue.start())?;
    let one = matches!(people.layer[asked].kind, EntityKind::Person | EntityKind::Office | EntityKind::Anonymous);
    let is_told = |at: &usize| !reading.statements.iter().any(|statement| statement.content.iter().any(|content| content.contains(reading.tokens.span(*at))));
    let paragraph = reading.sentences.iter().filter(|other| other.paragraph == sentence.paragraph).flat_map(|other| other.tokens.clone());
    if !one || paragraph.filter(|at| words().elsewhere.at(&reading.tokens, *at).is_some()).any(|at| is_told(&at)) {
        return None;
    }
    let is_near = |span: Span| reading.sentences.holding(span.start()).is_some_and(|(other, _)| other == at || other.at() == at.at() + 1);
    let replies = reading.statements.entries().filter(|(id, statement)| *id != told.id && statement.source.is_some() && reading.acts[*id].act != Act::Question);
    let by_asked = replies.filter(|(id, _)| people.speaker(accounts, Ref::new(told.document, *id)) == Some(asked));
    by_asked.filter_map(|(_, statement)| statement.cue.first()).find(|span| is_near(**span)).map(|span| told.place(*span))
}
