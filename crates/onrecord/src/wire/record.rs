//! `onrecord.record/1`: what is known of one story across its documents, as JSON.

mod from;

pub use super::reading::{Interval, Note, Words};
use crate::act::{Act, Factuality};
use crate::compare::RelationKind;
use crate::entity::EntityKind;
use crate::question::{Answer, Status};
use crate::sourcing::{KnownThrough, SourceClass};
use crate::statement::Form;
use crate::story::CopyKind;
use crate::utterance::Rendering;
use crate::zone::ZoneKind;
use serde::{Deserialize, Serialize};

/// The name and version of the format, in every record's `schema`.
pub const RECORD: &str = "onrecord.record/1";

/// One story. Ids hold within the record: `d1` a document, `z1` a zone, `p1` a person, `s1` a statement, `u1` an utterance,
/// `q1` a question, `r1` a relation, `o1` a claim, `t1` an entry of the timeline, `b1` a sentence of the brief.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// [`RECORD`].
    pub schema: String,
    /// Its documents.
    pub documents: Vec<Document>,
    /// What was copied from what.
    pub copies: Vec<Copy>,
    /// Who is who.
    pub people: Vec<Person>,
    /// Who said what, document by document.
    pub statements: Vec<Statement>,
    /// Acts of speaking; every statement is in exactly one.
    pub utterances: Vec<Utterance>,
    /// What was asked again and again.
    pub questions: Vec<Question>,
    /// How statements of different utterances stand to each other.
    pub relations: Vec<Relation>,
    /// What each claim rests on.
    pub origins: Vec<Claim>,
    /// What was said and what happened, in the order of time.
    pub timeline: Vec<Entry>,
    /// A short account.
    pub brief: Brief,
}

/// Words of one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The id of the document.
    pub document: String,
    /// The words.
    #[serde(flatten)]
    pub words: Words,
}

/// A document of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// `d1`, `d2` …
    pub id: String,
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
    /// Its parts, in order.
    pub zones: Vec<Zone>,
    /// Why it is in the story.
    pub evidence: Vec<Evidence>,
    /// What was odd.
    pub notes: Vec<Note>,
    /// The text every span counts in.
    pub text: String,
}

/// The day a document's times were counted from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dating {
    /// The day, ISO.
    pub date: Option<String>,
    /// The days it can be of, where the day is not known and other documents bound it.
    pub bounds: Option<Interval>,
    /// How it is known.
    pub basis: String,
    /// What it rests on; words of other documents where they date it.
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
}

/// One document holds words of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Copy {
    /// The id of the document that has the words first.
    pub of: String,
    /// The id of the one that has them again.
    pub by: String,
    /// How much is shared.
    pub kind: CopyKind,
    /// The shared passages.
    pub passages: Vec<Passage>,
}

/// Words that two documents share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// In the document that has them first.
    pub of: Words,
    /// In the one that has them again.
    pub by: Words,
}

/// Somebody known across documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// `p1`, `p2` …
    pub id: String,
    /// The fullest name or description.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Other names.
    pub aliases: Vec<String>,
    /// Titles and offices.
    pub roles: Vec<String>,
    /// Where the documents mention it.
    pub mentions: Vec<Place>,
    /// The ids of others that may be the same; nothing shows it, so they are not merged.
    pub may_be: Vec<String>,
    /// Why entities of documents were joined.
    pub evidence: Vec<Evidence>,
}

/// Someone other than the writer is made to say, write, ask, think, offer or refuse something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// `s1`, `s2` … over the whole story.
    pub id: String,
    /// The id of its document.
    pub document: String,
    /// The words that name who said it.
    pub source: Option<Words>,
    /// The id of the person who said it.
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
    /// When it was said, once the documents date each other.
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

impl Statement {
    /// Where it says what it says: its content, or its cue where it has none.
    pub fn matter(&self) -> &[Words] {
        if self.content.is_empty() { &self.cue } else { &self.content }
    }
}

/// One hand a statement went through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relay {
    /// The words that name it.
    pub words: Option<Words>,
    /// The id of the person.
    pub person: Option<String>,
    /// Its class.
    pub sourcing: SourceClass,
}

/// To whom a statement was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Addressee {
    /// The words that name the addressee.
    pub words: Option<Words>,
    /// The id of the person.
    pub person: Option<String>,
}

/// One act of speaking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// `u1`, `u2` …
    pub id: String,
    /// The ids of the statements that report it.
    pub statements: Vec<String>,
    /// How each of them renders it, in the same order.
    pub renderings: Vec<Rendering>,
    /// The id of the person who spoke.
    pub speaker: Option<String>,
    /// When.
    pub said: Option<Interval>,
    /// Why statements were gathered.
    pub evidence: Vec<Evidence>,
}

/// What is asked again and again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// `q1`, `q2` …
    pub id: String,
    /// In the words of a document.
    pub text: String,
    /// Each time it was asked or answered, in the order of time.
    pub askings: Vec<Asking>,
    /// Where it stands.
    pub status: Status,
    /// Why its askings are one question.
    pub evidence: Vec<Evidence>,
}

/// One time a question was put, or answered without being put.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asking {
    /// When.
    pub said: Option<Interval>,
    /// The id of the person who asked.
    pub asker: Option<String>,
    /// The id of the person who was asked, or answered.
    pub addressee: Option<String>,
    /// The ids of the statements that ask.
    pub asked_in: Vec<String>,
    /// The ids of the statements that answer, or tell that there was no answer.
    pub answered_in: Vec<String>,
    /// The class of the answer.
    pub answer: Answer,
    /// The words that show it.
    pub evidence: Vec<Evidence>,
}

/// How statements of different utterances stand to each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// `r1`, `r2` …
    pub id: String,
    /// What the relation is.
    pub kind: RelationKind,
    /// One side; of `supersedes`, the later.
    pub a: Vec<String>,
    /// The other.
    pub b: Vec<String>,
    /// In one sentence.
    pub why: String,
    /// The words that agree or differ.
    pub evidence: Vec<Evidence>,
}

/// A claim and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// `o1`, `o2` …
    pub id: String,
    /// In the words of the statement that gives it most fully.
    pub claim: String,
    /// The ids of the statements that carry it.
    pub statements: Vec<String>,
    /// The roots it can be traced to.
    pub origins: Vec<Origin>,
    /// How many of them can be shown to be independent.
    pub independent: usize,
    /// How statements were tied to it and to its origins, and which origins may overlap.
    pub evidence: Vec<Evidence>,
}

/// The root a claim can be traced to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// Its name, or the words that describe it.
    pub name: String,
    /// The id of the person, where known.
    pub person: Option<String>,
    /// On what footing it stands.
    pub sourcing: SourceClass,
    /// The ids of the statements that lead to it.
    pub through: Vec<String>,
}

/// Something on the line of time: `said` or `happened` holds the days, never both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// `t1`, `t2` …
    pub id: String,
    /// When something was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Interval>,
    /// When something happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<Interval>,
    /// The words, as a document has them.
    pub text: String,
    /// The words that give the time.
    pub place: Place,
    /// The id of the utterance, of what was said.
    pub utterance: Option<String>,
    /// The ids of the statements that carry it.
    pub support: Vec<String>,
}

/// A short account of a story.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    /// What passed the check, in order.
    pub sentences: Vec<Sentence>,
    /// What did not, and why.
    pub dropped: Vec<Dropped>,
}

/// A sentence of a brief.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// `b1`, `b2` …
    pub id: String,
    /// Its words.
    pub text: String,
    /// The ids of the statements that carry it.
    pub support: Vec<String>,
}

/// A sentence that its support does not carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dropped {
    /// Its words.
    pub text: String,
    /// What its support does not carry.
    pub why: String,
}

/// What a fact rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Which fact of its item it carries.
    pub fact: String,
    /// The rule that found it, if a rule did; its page is `rules/NAME.md`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The model that found it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The correction that says so, if a person did: `c1`, `c2` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<String>,
    /// How sure, 0 to 1.
    pub score: f64,
    /// The words it rests on.
    pub words: Vec<Place>,
    /// What was concluded and what was passed over; may be empty.
    pub why: String,
}
