//! Finds what the ids of a record stand for, and by what names they go outside.

use crate::link;
use crate::story::{Kept, Story};
use onrecord::line::{Lines, one_line};
use onrecord::wire::record::{Claim, Document, Person, Statement, Utterance, Words};
use onrecord::zone::ZoneKind;
use std::collections::{BTreeSet, HashMap};

/// A headline of fewer words is the name of a paper.
pub(crate) const SHORT_TITLE: usize = 4;

/// A story with everything in it found by its id.
pub struct View<'a> {
    /// The story.
    pub story: &'a Story,
    documents: HashMap<&'a str, usize>,
    people: HashMap<&'a str, &'a Person>,
    /// Where each statement stands in the record, and its number in its document.
    statements: HashMap<&'a str, (usize, i64)>,
    utterances: HashMap<&'a str, &'a Utterance>,
    lines: Vec<Lines>,
}

/// A document, and how it is kept.
#[derive(Clone, Copy)]
pub struct Held<'a> {
    /// Its place in the story.
    pub at: usize,
    /// The document.
    pub document: &'a Document,
    /// How it is kept.
    pub kept: &'a Kept,
}

impl<'a> View<'a> {
    /// The view of a story.
    pub fn of(story: &'a Story) -> View<'a> {
        let record = &story.record;
        let documents: HashMap<&str, usize> = record.documents.iter().enumerate().map(|(at, document)| (document.id.as_str(), at)).collect();
        let mut numbers: HashMap<&str, _> =
            record.documents.iter().zip(&story.documents).map(|(document, kept)| (document.id.as_str(), kept.numbers.iter())).collect();
        let mut number = |document: &str| numbers.get_mut(document).and_then(Iterator::next).copied().unwrap_or_default();
        let numbered = |(at, statement): (usize, &'a Statement)| (statement.id.as_str(), (at, number(&statement.document)));
        View {
            story,
            statements: record.statements.iter().enumerate().map(numbered).collect(),
            documents,
            people: record.people.iter().map(|person| (person.id.as_str(), person)).collect(),
            utterances: record.utterances.iter().flat_map(|utterance| utterance.statements.iter().map(move |id| (id.as_str(), utterance))).collect(),
            lines: record.documents.iter().map(|document| Lines::of(&document.text)).collect(),
        }
    }

    /// The document of this id; a record names only documents it has.
    pub fn document(&self, id: &str) -> Option<Held<'a>> {
        let at = *self.documents.get(id)?;
        Some(Held { at, document: &self.story.record.documents[at], kept: &self.story.documents[at] })
    }

    /// Its documents.
    pub fn held(&self) -> impl Iterator<Item = Held<'a>> + '_ {
        let both = self.story.record.documents.iter().zip(&self.story.documents).enumerate();
        both.map(|(at, (document, kept))| Held { at, document, kept })
    }

    /// The person of this id.
    pub fn person(&self, id: Option<&str>) -> Option<&'a Person> {
        self.people.get(id?).copied()
    }

    /// The name of the person of this id, on one line.
    pub fn name(&self, id: Option<&str>) -> Option<String> {
        self.person(id).map(|person| one_line(&person.name))
    }

    /// The name of a person, else the words for it.
    pub fn somebody(&self, person: Option<&str>, words: Option<&Words>) -> Option<String> {
        self.name(person).or_else(|| words.map(|words| one_line(&words.text)))
    }

    /// To whom a statement was made.
    pub fn addressee(&self, statement: &Statement) -> Option<String> {
        let to = statement.addressee.as_ref()?;
        self.somebody(to.person.as_deref(), to.words.as_ref())
    }

    /// Everybody, with how many statements each made.
    pub fn people(&self) -> impl Iterator<Item = (&'a Person, usize)> + use<'a> {
        let mut spoken: HashMap<&str, usize> = HashMap::new();
        for speaker in self.story.record.statements.iter().filter_map(|statement| statement.speaker.as_deref()) {
            *spoken.entry(speaker).or_default() += 1;
        }
        self.story.record.people.iter().map(move |person| (person, spoken.get(person.id.as_str()).copied().unwrap_or(0)))
    }

    /// How many documents carry a claim.
    pub fn carried_by(&self, claim: &Claim) -> usize {
        let statements = claim.statements.iter().filter_map(|id| self.statement(id));
        statements.map(|statement| &statement.document).collect::<BTreeSet<_>>().len()
    }

    /// The statement of this id.
    pub fn statement(&self, id: &str) -> Option<&'a Statement> {
        self.statements.get(id).map(|(at, _)| &self.story.record.statements[*at])
    }

    /// The name by which a statement goes outside: that of its document, a point, `s` and its number there.
    pub fn outside(&self, id: &str) -> String {
        let name = || {
            let (at, number) = self.statements.get(id)?;
            let held = self.document(&self.story.record.statements[*at].document)?;
            Some(format!("{}.s{number}", held.kept.id))
        };
        name().unwrap_or_else(|| id.to_owned())
    }

    /// The outside name of what has none of its own: that of the story, a point, and its id there.
    pub fn within(&self, id: &str) -> String {
        format!("{}.{id}", self.story.id)
    }

    /// The utterance that a statement reports.
    pub fn utterance(&self, statement: &str) -> Option<&'a Utterance> {
        self.utterances.get(statement).copied()
    }

    /// The line on which words begin.
    pub fn line(&self, held: Held<'_>, words: &Words) -> usize {
        self.lines[held.at].at(words.start)
    }

    /// All the words of a statement, from the first to the last.
    pub fn extent(&self, statement: &'a Statement) -> Option<Words> {
        let all = || statement.source.iter().chain(&statement.cue).chain(&statement.content);
        let (start, end) = (all().map(|words| words.start).min()?, all().map(|words| words.end).max()?);
        let text = self.document(&statement.document)?.document.text.get(start..end)?;
        Some(Words { start, end, text: text.to_owned() })
    }

    /// A link to a statement's words in the article, where that has an address.
    pub fn link(&self, statement: &Statement) -> Option<String> {
        let held = self.document(&statement.document)?;
        let url = held.document.url.as_deref()?;
        let words = statement.content.first().or(statement.cue.first());
        words.map_or_else(|| link::web(url).map(str::to_owned), |words| link::to_place(url, &words.text))
    }
}

impl<'a> Held<'a> {
    /// Its title, or the headline in its text.
    pub fn title(self) -> Option<String> {
        let headlines = || self.document.zones.iter().filter(|zone| zone.kind == ZoneKind::Headline).map(|zone| &zone.words.text);
        let headline = || headlines().find(|text| text.split_whitespace().count() >= SHORT_TITLE).or_else(|| headlines().next());
        let title = self.document.title.as_ref().or_else(headline)?;
        Some(one_line(title)).filter(|title| !title.is_empty())
    }

    /// The day it is of: as its metadata gives it, or as it was found.
    pub fn day(self) -> Option<&'a str> {
        self.document.dating.date.as_deref().or(self.document.published.as_deref())
    }
}

/// How many documents mention a person.
pub fn mentioned_in(person: &Person) -> usize {
    person.mentions.iter().map(|place| &place.document).collect::<BTreeSet<_>>().len()
}

/// What was said, its parts joined as on a page.
pub fn content(statement: &Statement) -> String {
    joined(statement.matter())
}

/// Parts of one thing said, with a mark where the article put other words between.
pub fn joined(parts: &[Words]) -> String {
    parts.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" … ")
}
