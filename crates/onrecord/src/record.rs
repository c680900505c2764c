//! The way between documents, from accounts to the record of each story: every stage in order.
//!
//! Pure functions over accounts. A document added later changes only the stories it touches, and the result equals a
//! rebuild from nothing: no stage looks outside its story, and none depends on the order in which documents came.

use crate::account::Account;
use crate::brief::{self, Brief, Known};
use crate::calendar::{self, Calendar};
use crate::compare::{self, Relation};
use crate::correction::{self, Corrections};
use crate::origin::{self, Claim};
use crate::person::{self, Linked, People};
use crate::question::{self, Question};
use crate::read::Reading;
use crate::statement::Statement;
use crate::story::{self, Sketch, Story};
use crate::text::{Id, Layer, Span};
use crate::timeline::{self, Entry};
use crate::utterance::{self, Utterance};
use std::borrow::Borrow;
use std::fmt;

/// Everything known of one story.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// `story::place`: its documents and why they are in it.
    pub story: Story,
    /// `person::link`
    pub people: People,
    /// `calendar::settle`
    pub calendar: Calendar,
    /// `utterance::gather`
    pub utterances: Layer<Utterance>,
    /// `question::follow`
    pub questions: Layer<Question>,
    /// `compare::relate`
    pub relations: Layer<Relation>,
    /// `origin::trace`
    pub claims: Layer<Claim>,
    /// `timeline::draw`
    pub timeline: Vec<Entry>,
    /// `brief::write`
    pub brief: Brief,
    /// The numbers of the corrections that found what they are about.
    pub corrected: Vec<u32>,
}

/// The record of every story in `accounts`, the largest first.
pub fn record(accounts: &[Account]) -> Vec<Record> {
    let sketches: Vec<&Sketch> = accounts.iter().map(|account| &account.sketch).collect();
    story::place(&sketches).into_iter().map(|story| of_story(accounts, story, &Corrections::default())).collect()
}

/// The record of one story of `accounts`, with what persons corrected of it.
pub fn of_story<A: Borrow<Account>>(accounts: &[A], story: Story, corrections: &Corrections) -> Record {
    let accounts: Vec<&Account> = story.documents.iter().map(|membership| accounts[membership.document].borrow()).collect();
    let Linked { people, found: mut corrected } = person::link(&accounts, &corrections.people);
    let calendar = calendar::settle(&accounts, &people);
    let utterances = utterance::gather(&accounts, &people, &calendar);
    let questions = question::follow(&accounts, &people, &calendar, &utterances);
    let relations = compare::relate(&accounts, &people, &calendar, &utterances, &questions);
    let (relations, denied) = correction::without(relations, &accounts, &corrections.relations);
    corrected.extend(denied);
    let claims = origin::trace(&accounts, &people, &relations);
    let timeline = timeline::draw(&accounts, &calendar, &utterances);
    let known = Known {
        accounts: &accounts,
        people: &people,
        calendar: &calendar,
        utterances: &utterances,
        questions: &questions,
        relations: &relations,
        claims: &claims,
    };
    let brief = brief::write(&known);
    Record { story, people, calendar, utterances, questions, relations, claims, timeline, brief, corrected }
}

impl Record {
    /// The accounts of its documents, in their order; `accounts` are those it was made of.
    pub fn accounts<'a, A: Borrow<Account>>(&self, accounts: &'a [A]) -> Vec<&'a Account> {
        self.story.documents.iter().map(|membership| accounts[membership.document].borrow()).collect()
    }
}

/// The numbers of statements over a whole story: document after document, from 1.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// For each document how many statements stand in those before it; last, how many there are.
    before: Vec<usize>,
}

impl Numbers {
    /// The numbers of the statements of one story.
    pub fn of(accounts: &[&Account]) -> Numbers {
        let mut before = vec![0];
        for account in accounts {
            before.push(before[before.len() - 1] + account.reading.statements.len());
        }
        Numbers { before }
    }

    /// The name of a statement: `s1`, `s2` …
    pub fn name(&self, told: Told) -> String {
        format!("s{}", self.at(told) + 1)
    }

    /// The position of a statement among all, from 0.
    pub(crate) fn at(&self, told: Told) -> usize {
        self.before[told.document] + told.id.at()
    }

    /// The statement of this number, from 1.
    pub fn told(&self, number: usize) -> Option<Told> {
        let at = number.checked_sub(1)?;
        let document = self.before.partition_point(|before| *before <= at).checked_sub(1)?;
        (document + 1 < self.before.len()).then(|| Ref::new(document, Id::new(at - self.before[document])))
    }
}

/// An item of one document of a story.
pub struct Ref<T> {
    /// The position of the document in its story.
    pub document: usize,
    /// The item.
    pub id: Id<T>,
}

/// A statement of one document of a story.
pub type Told = Ref<Statement>;

/// Words of one document of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The position of the document in its story.
    pub document: usize,
    /// The words.
    pub span: Span,
}

impl<T> Ref<T> {
    /// The item `id` of the document at this position.
    pub fn new(document: usize, id: Id<T>) -> Ref<T> {
        Ref { document, id }
    }

    /// The reading it is of.
    pub fn reading<'a>(self, accounts: &[&'a Account]) -> &'a Reading {
        &accounts[self.document].reading
    }

    /// A place in the same document.
    pub fn place(self, span: Span) -> Place {
        Place { document: self.document, span }
    }
}

impl Told {
    /// Every statement of a story, in the order of its documents.
    pub fn all<'a>(accounts: &'a [&Account]) -> impl Iterator<Item = Told> + 'a {
        accounts.iter().enumerate().flat_map(|(document, account)| account.reading.statements.ids().map(move |id| Ref::new(document, id)))
    }

    /// The statement itself.
    pub fn statement<'a>(self, accounts: &[&'a Account]) -> &'a Statement {
        &self.reading(accounts).statements[self.id]
    }

    /// Its content, part by part.
    pub fn content<'a>(self, accounts: &[&'a Account]) -> impl Iterator<Item = &'a str> + use<'a> {
        let reading = self.reading(accounts);
        reading.statements[self.id].content.iter().map(|span| span.of(&reading.document.text))
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Ref<T> {}
impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.document, self.id) == (other.document, other.id)
    }
}
impl<T> Eq for Ref<T> {}
impl<T> PartialOrd for Ref<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Ref<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.document, self.id).cmp(&(other.document, other.id))
    }
}
impl<T> std::hash::Hash for Ref<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.document, self.id).hash(state);
    }
}
impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}", self.document, self.id)
    }
}
