//! What persons correct: changes to derived facts that hold whatever is derived anew.
//!
//! A correction names its target by words and their place ([`Quote`]), never by a number of ours, so that it finds it again after
//! another model has read the text or a new version has come. It acts inside the way of the data, right after the stage that
//! derives the fact: what comes later takes what the person said for what was found, and its evidence says whose word it is.
//! The engine says which corrections found their target; what found none is the caller's to list.
//!
//! # Limits
//! A statement whose content was corrected keeps the meaning that the reader gave its former words. Words that a new version
//! rewrote are not looked for in their new form.

mod quote;
mod relations;
mod statements;

pub use quote::{Quote, StatementAt};
pub(crate) use relations::without;
pub(crate) use statements::Fixes;
pub use statements::{Corrected, read_corrected};

use crate::act::{Act, Factuality};
use crate::compare::RelationKind;
use crate::entity::EntityKind;
use crate::evidence::{Evidence, Finder};
use crate::sourcing::SourceClass;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A correction as the stages take it.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction<T> {
    /// Its number: what is corrected later has the higher one and prevails.
    pub number: u32,
    /// Who made it, when and why, in one line.
    pub note: String,
    /// What it changes.
    pub change: T,
}

/// A change to one statement of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfStatement {
    /// The statement.
    pub at: StatementAt,
    /// What is so instead.
    pub fix: Fix,
}

/// What is so of a statement instead of what was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fix {
    /// Who said it; `None` where the text does not tell.
    Speaker {
        /// The name, as the document has it where it has it.
        name: Option<String>,
        /// What it is, where the document does not name it; a person if nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<EntityKind>,
    },
    /// The words that name who said it.
    Source {
        /// `None` where nobody is named.
        words: Option<Quote>,
    },
    /// What was said.
    Content {
        /// Part by part, in the order of the text.
        parts: Vec<Quote>,
    },
    /// What it does.
    Act {
        /// The act.
        act: Act,
    },
    /// Whether it was said.
    Factuality {
        /// Whether it was.
        factuality: Factuality,
    },
    /// The class of its source.
    Sourcing {
        /// The class.
        class: SourceClass,
    },
    /// It is no statement.
    Dismiss,
}

/// A change to who is who. `D` names a document: its place in the story for the engine, a public name for an archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum OfPeople<D> {
    /// Two are one, and go by the name of the first.
    Same {
        /// Who they are.
        keep: Who<D>,
        /// Who is that too.
        other: Who<D>,
    },
    /// Whom a document mentions is not who it was taken for.
    Apart {
        /// The one in that document.
        mention: MentionAt<D>,
    },
    /// Somebody goes by another name.
    Name {
        /// Who.
        who: Who<D>,
        /// The name.
        name: String,
    },
}

/// Somebody, in words that hold across stories or at one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum Who<D> {
    /// Everybody of this kind and name, in every story.
    Name {
        /// What it is.
        kind: EntityKind,
        /// The name that the record shows.
        name: String,
    },
    /// Whom a document mentions at one place.
    Mention(MentionAt<D>),
}

/// A mention of somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MentionAt<D> {
    /// The document.
    pub document: D,
    /// The words.
    pub words: Quote,
}

/// A relation that does not hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfRelation<D> {
    /// What it was said to be.
    pub kind: RelationKind,
    /// A statement of one side.
    pub a: Told<D>,
    /// One of the other.
    pub b: Told<D>,
}

/// A statement of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told<D> {
    /// The document.
    pub document: D,
    /// The statement.
    #[serde(flatten)]
    pub at: StatementAt,
}

/// What was corrected of one story, beside its statements: those are corrected in their accounts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    /// Who is who.
    pub people: Vec<Correction<OfPeople<usize>>>,
    /// Relations that do not hold.
    pub relations: Vec<Correction<OfRelation<usize>>>,
}

impl<T> Correction<T> {
    /// The evidence that a person said so.
    pub(crate) fn evidence<P>(&self, fact: &'static str, words: Vec<P>) -> Evidence<P> {
        Evidence { fact, by: Finder::Person(self.number), score: 1.0, words, why: Cow::Owned(self.note.clone()) }
    }
}

impl<D> OfPeople<D> {
    /// The same with documents named otherwise; `None` where one has no such name.
    pub fn renamed<E>(&self, name: impl Fn(&D) -> Option<E>) -> Option<OfPeople<E>> {
        let mention = |mention: &MentionAt<D>| Some(MentionAt { document: name(&mention.document)?, words: mention.words.clone() });
        let who = |who: &Who<D>| match who {
            Who::Name { kind, name } => Some(Who::Name { kind: *kind, name: name.clone() }),
            Who::Mention(at) => mention(at).map(Who::Mention),
        };
        match self {
            OfPeople::Same { keep, other } => Some(OfPeople::Same { keep: who(keep)?, other: who(other)? }),
            OfPeople::Apart { mention: at } => Some(OfPeople::Apart { mention: mention(at)? }),
            OfPeople::Name { who: it, name } => Some(OfPeople::Name { who: who(it)?, name: name.clone() }),
        }
    }
}

impl<D> OfRelation<D> {
    /// The same with documents named otherwise; `None` where one has no such name.
    pub fn renamed<E>(&self, name: impl Fn(&D) -> Option<E>) -> Option<OfRelation<E>> {
        let told = |told: &Told<D>| Some(Told { document: name(&told.document)?, at: told.at.clone() });
        Some(OfRelation { kind: self.kind, a: told(&self.a)?, b: told(&self.b)? })
    }
}

#[cfg(test)]
mod tests;
