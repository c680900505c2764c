//! `onrecord.reading/1`: what one document says, as JSON.

use crate::act::{Act, Factuality};
use crate::entity::EntityKind;
use crate::evidence::{self, Finder};
use crate::mention::{MentionKind, MentionOf};
use crate::read;
use crate::sourcing::{KnownThrough, SourceClass};
use crate::statement::Form;
use crate::text::{Id, Span};
use crate::time::{self, Granularity, TimeKind};
use crate::zone::ZoneKind;
use serde::{Deserialize, Serialize};

/// The name and version of the format, in every reading's `schema`.
pub const READING: &str = "onrecord.reading/1";

/// One document and everything read from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// [`READING`].
    pub schema: String,
    /// The document as received.
    pub document: Document,
    /// Its parts, in order; they cover the text.
    pub zones: Vec<Zone>,
    /// Words that stand for somebody or something, in order.
    pub mentions: Vec<Mention>,
    /// Who is who.
    pub entities: Vec<Entity>,
    /// Expressions of time, in order.
    pub times: Vec<Time>,
    /// Who said what, in order.
    pub statements: Vec<Statement>,
    /// What was odd.
    pub notes: Vec<Note>,
}

/// Words at their place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The words, as they stand there.
    pub text: String,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Where it came from.
    pub path: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The day its metadata or the user gives, ISO.
    pub published: Option<String>,
    /// The day its times were counted from, and how that is known.
    pub dating: Dating,
    /// Its address.
    pub url: Option<String>,
    /// The text every span counts in.
    pub text: String,
}

/// The day a document's times were counted from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dating {
    /// The day, ISO.
    pub date: Option<String>,
    /// How it is known.
    pub basis: String,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// `z1`, `z2` …
    pub id: String,
    /// Its function.
    pub kind: ZoneKind,
    /// Its place.
    #[serde(flatten)]
    pub words: Words,
    /// Whose words it is made of, where named.
    pub voice: Option<Words>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// Words that stand for somebody or something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// `m1`, `m2` …
    pub id: String,
    /// Name, description or pronoun.
    pub kind: MentionKind,
    /// What it points at.
    pub of: MentionOf,
    /// Its place.
    #[serde(flatten)]
    pub words: Words,
    /// The title set beside a name.
    pub title: Option<Words>,
    /// The id of its entity.
    pub entity: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f64,
}

/// Somebody or something in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// `e1`, `e2` …
    pub id: String,
    /// Its fullest name or description.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Other names.
    pub aliases: Vec<String>,
    /// Titles and offices.
    pub roles: Vec<String>,
    /// The ids of its mentions.
    pub mentions: Vec<String>,
    /// Why they were joined.
    pub evidence: Vec<Evidence>,
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// `t1`, `t2` …
    pub id: String,
    /// Date, time, duration or set.
    pub kind: TimeKind,
    /// Its place.
    #[serde(flatten)]
    pub words: Words,
    /// Its TIMEX3 value; empty when it cannot be told.
    pub value: String,
    /// The days it may mean.
    pub interval: Option<Interval>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// Days from `start` to `end`, both included; `null` is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The first day, ISO.
    pub start: Option<String>,
    /// The last day, ISO.
    pub end: Option<String>,
    /// How exact.
    pub granularity: Granularity,
    /// On what it was resolved.
    pub basis: String,
}

/// Someone other than the writer is made to say, write, ask, think, offer or refuse something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// `s1`, `s2` …
    pub id: String,
    /// The words that name who said it.
    pub source: Option<Words>,
    /// The id of the entity that said it.
    pub speaker: Option<String>,
    /// The words that say that it was said.
    pub cue: Vec<Words>,
    /// What was said, in parts.
    pub content: Vec<Words>,
    /// How much of it is quoted.
    pub form: Form,
    /// What it does.
    pub act: Act,
    /// Whether it was said at all: only `actual` was.
    pub factuality: Factuality,
    /// The class of its source.
    pub sourcing: SourceClass,
    /// On whose word it is known.
    pub known_through: KnownThrough,
    /// The relays, nearest the reader first, the speaker last.
    pub chain: Vec<Relay>,
    /// When it was said.
    pub said: Option<Interval>,
    /// To whom.
    pub addressee: Option<Addressee>,
    /// The id of the statement in whose content it stands.
    pub within: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// Every rule and head that found part of it.
    pub evidence: Vec<Evidence>,
}

/// One hand a statement went through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relay {
    /// The words that name it.
    pub words: Option<Words>,
    /// The id of its entity.
    pub entity: Option<String>,
    /// Its class.
    pub sourcing: SourceClass,
}

/// To whom a statement was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Addressee {
    /// The words that name the addressee.
    pub words: Option<Words>,
    /// The id of the entity.
    pub entity: Option<String>,
}

/// What a fact rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Which fact of its item it carries.
    pub fact: String,
    /// The rule that found it, if a rule did; its page is `rules/NAME.md`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The head of the reader that found it, if the reader did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The correction that says so, if a person did: `c1`, `c2` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<String>,
    /// How sure, 0 to 1.
    pub score: f64,
    /// The words it rests on.
    pub words: Vec<Words>,
    /// What was concluded and what was passed over; may be empty.
    pub why: String,
}

impl Interval {
    /// The day, ISO, if it is one.
    pub fn day(&self) -> Option<&str> {
        self.start.as_deref().filter(|start| self.end.as_deref() == Some(*start))
    }
}

/// Something odd in the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// A short stable name.
    pub kind: String,
    /// Where, if at one place.
    pub words: Option<Words>,
    /// One sentence.
    pub message: String,
}

impl From<&read::Reading> for Reading {
    fn from(reading: &read::Reading) -> Reading {
        let text = Text(&reading.document.text);
        Reading {
            schema: READING.to_owned(),
            document: document(reading, text),
            zones: zones(reading, text),
            mentions: mentions(reading, text),
            entities: entities(reading, text),
            times: times(reading, text),
            statements: reading.statements.ids().map(|id| statement(reading, text, id)).collect(),
            notes: reading.notes.iter().map(|note| self::note(note, text)).collect(),
        }
    }
}

/// The text that spans are written out from.
#[derive(Clone, Copy)]
struct Text<'a>(&'a str);

impl Text<'_> {
    fn words(self, span: Span) -> Words {
        Words { start: span.start(), end: span.end(), text: span.of(self.0).to_owned() }
    }

    fn all(self, spans: &[Span]) -> Vec<Words> {
        spans.iter().map(|span| self.words(*span)).collect()
    }

    fn evidence(self, evidence: &[evidence::Evidence]) -> Vec<Evidence> {
        evidence.iter().map(|it| self.one(it)).collect()
    }

    fn one(self, evidence: &evidence::Evidence) -> Evidence {
        let (rule, model, correction) = found_by(evidence.by);
        let (fact, why) = (evidence.fact.to_owned(), evidence.why.clone().into_owned());
        Evidence { fact, rule, model, correction, score: score(evidence.score), words: self.all(&evidence.words), why }
    }
}

/// The rule, the head or the correction.
pub(super) fn found_by(by: Finder) -> (Option<String>, Option<String>, Option<String>) {
    match by {
        Finder::Rule(name) => (Some(name.to_owned()), None, None),
        Finder::Model(name) => (None, Some(name.to_owned()), None),
        Finder::Person(number) => (None, None, Some(format!("c{number}"))),
    }
}

/// Scores leave with three decimals: what is finer differs between machines and means nothing.
pub(super) fn score(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

/// The wire id of an item of a layer: a letter for the layer, then its number from 1.
pub(super) fn name<T>(letter: char, id: Id<T>) -> String {
    format!("{letter}{}", id.at() + 1)
}

pub(super) fn interval(interval: &time::Interval) -> Interval {
    Interval {
        start: interval.start.map(|day| day.to_string()),
        end: interval.end.map(|day| day.to_string()),
        granularity: interval.granularity,
        basis: interval.basis.to_owned(),
    }
}

fn document(reading: &read::Reading, text: Text) -> Document {
    let document = &reading.document;
    let dating = &reading.dating;
    Document {
        path: document.path.clone(),
        outlet: document.outlet.clone(),
        title: document.title.clone(),
        byline: document.byline.clone(),
        published: document.published.map(|day| day.to_string()),
        dating: Dating { date: dating.date.map(|day| day.to_string()), basis: dating.basis.to_owned(), evidence: text.evidence(&dating.evidence) },
        url: document.url.clone(),
        text: document.text.clone(),
    }
}

fn zones(reading: &read::Reading, text: Text) -> Vec<Zone> {
    let zone = |(id, zone): (Id<crate::zone::Zone>, &crate::zone::Zone)| Zone {
        id: name('z', id),
        kind: zone.kind,
        words: text.words(zone.span),
        voice: zone.voice.map(|span| text.words(span)),
        evidence: text.evidence(&zone.evidence),
    };
    reading.zones.entries().map(zone).collect()
}

fn mentions(reading: &read::Reading, text: Text) -> Vec<Mention> {
    let mention = |(id, mention): (Id<crate::mention::Mention>, &crate::mention::Mention)| Mention {
        id: name('m', id),
        kind: mention.kind,
        of: mention.of,
        words: text.words(mention.span),
        title: mention.title.map(|span| text.words(span)),
        entity: reading.entities.of_mention[id].map(|id| name('e', id)),
        confidence: score(mention.score),
    };
    reading.mentions.entries().map(mention).collect()
}

fn entities(reading: &read::Reading, text: Text) -> Vec<Entity> {
    let entity = |(id, entity): (Id<crate::entity::Entity>, &crate::entity::Entity)| Entity {
        id: name('e', id),
        name: entity.name.clone(),
        kind: entity.kind,
        aliases: entity.aliases.clone(),
        roles: entity.roles.clone(),
        mentions: entity.mentions.iter().map(|id| name('m', *id)).collect(),
        evidence: text.evidence(&entity.evidence),
    };
    reading.entities.layer.entries().map(entity).collect()
}

fn times(reading: &read::Reading, text: Text) -> Vec<Time> {
    let time = |(id, time): (Id<time::Time>, &time::Time)| Time {
        id: name('t', id),
        kind: time.kind,
        words: text.words(time.span),
        value: time.value.clone(),
        interval: time.interval.as_ref().map(interval),
        evidence: vec![text.one(&time.evidence)],
    };
    reading.times.entries().map(time).collect()
}

fn statement(reading: &read::Reading, text: Text, id: Id<crate::statement::Statement>) -> Statement {
    let statement = &reading.statements[id];
    let (acted, sourcing) = (&reading.acts[id], &reading.sourcing[id]);
    let addressee = &reading.addressees[id];
    let relay = |relay: &crate::sourcing::Relay| Relay {
        words: relay.words.map(|span| text.words(span)),
        entity: relay.entity.map(|id| name('e', id)),
        sourcing: relay.class,
    };
    Statement {
        id: name('s', id),
        source: statement.source.map(|span| text.words(span)),
        speaker: reading.entities.speakers[id].entity.map(|id| name('e', id)),
        cue: text.all(&statement.cue),
        content: text.all(&statement.content),
        form: statement.form,
        act: acted.act,
        factuality: acted.factuality,
        sourcing: sourcing.class,
        known_through: sourcing.known_through,
        chain: sourcing.chain.iter().map(relay).collect(),
        said: reading.said[id].interval.as_ref().map(interval),
        addressee: (addressee.words.is_some() || addressee.entity.is_some())
            .then(|| Addressee { words: addressee.words.map(|span| text.words(span)), entity: addressee.entity.map(|id| name('e', id)) }),
        within: statement.within.map(|id| name('s', id)),
        confidence: score(statement.confidence),
        evidence: text.evidence(&reading.evidence(id)),
    }
}

fn note(note: &evidence::Note, text: Text) -> Note {
    Note { kind: note.kind.to_owned(), words: note.span.map(|span| text.words(span)), message: note.message.clone() }
}
