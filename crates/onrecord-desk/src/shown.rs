//! A story made ready to be shown: its record, its page laid out, and who is who in lists.

use crate::refusal::Refusal;
use axum::body::Bytes;
use onrecord::left_out::{LeftOut, left_out};
use onrecord::line::one_line;
use onrecord::wire::record;
use onrecord_archive::{Archive, Standing};
use onrecord_export::page::{Maker, Page, Said};
use onrecord_export::view::View;
use onrecord_export::{Kept, Story};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// A story made ready to be shown.
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) story: Story,
    /// What stands on its page; people go by the names of lists.
    pub(crate) page: Page,
    /// Every statement by its id in the record: its document and its place there, on the page.
    said: HashMap<String, (usize, usize)>,
    /// The same by the names of lists.
    names: HashMap<String, String>,
    /// People of the record by the names of lists.
    people: BTreeMap<String, String>,
    /// What some of its outlets carry and others do not.
    pub(crate) left_out: Vec<LeftOut>,
    /// The page, once somebody has asked for it.
    pub(crate) written: OnceLock<Bytes>,
}

/// A story as JSON: its record, and what a page shows beside.
#[derive(Serialize)]
pub(crate) struct Whole<'a> {
    #[serde(flatten)]
    record: &'a record::Record,
    left_out: &'a [LeftOut],
}

impl Shown {
    /// Makes the story ready.
    pub(crate) fn of(archive: &Archive, standing: Standing) -> Result<Shown, Refusal> {
        let (whole, record) = archive.story(&standing.id)?;
        let latest = archive.latest(&whole.documents)?;
        let documents = Kept::each(whole.documents, latest, whole.numbers);
        let people = archive.people_of(&standing.id)?.into_iter().map(|(number, id)| (format!("p{number}"), id)).collect();
        let story = Story::new(standing.id.clone(), record, documents);
        let mut page = Maker::of(View::of(&story)).page();
        call_by_list(&mut page, &people);
        let places =
            || page.documents.iter().enumerate().flat_map(|(at, document)| document.statements.iter().enumerate().map(move |(place, said)| (at, place, said)));
        let said = places().map(|(at, place, said)| (said.id.clone(), (at, place))).collect();
        let names = places().map(|(_, _, said)| (said.name.clone(), said.id.clone())).collect();
        let left_out = left_out(&story.record);
        Ok(Shown { left_out, id: standing.id, said, names, people, page, story, written: OnceLock::new() })
    }

    /// As JSON.
    pub(crate) fn whole(&self) -> Whole<'_> {
        Whole { record: &self.story.record, left_out: &self.left_out }
    }

    /// How many statements it has.
    pub(crate) fn statements(&self) -> usize {
        self.story.record.statements.len()
    }

    /// A statement by its id in the record.
    pub(crate) fn said(&self, id: &str) -> Option<&Said> {
        let (document, place) = self.said.get(id)?;
        self.page.documents.get(*document)?.statements.get(*place)
    }

    /// The id in the record of the statement that lists call so.
    pub(crate) fn id_of(&self, name: &str) -> Option<&str> {
        self.names.get(name).map(String::as_str)
    }

    /// A statement as the record has it.
    pub(crate) fn statement(&self, id: &str) -> Option<&record::Statement> {
        let number: usize = id.get(1..)?.parse().ok()?;
        self.story.record.statements.get(number.checked_sub(1)?)
    }

    /// A person of the record.
    pub(crate) fn person(&self, id: &str) -> Option<&record::Person> {
        let number: usize = id.get(1..)?.parse().ok()?;
        self.story.record.people.get(number.checked_sub(1)?)
    }

    /// The name of a person.
    pub(crate) fn name(&self, id: &str) -> Option<String> {
        self.person(id).map(|person| one_line(&person.name))
    }

    /// The corrections that gave a person of the record its name: `c1`, `c2` …
    pub(crate) fn named_by(&self, id: &str) -> Vec<String> {
        let evidence = self.person(id).into_iter().flat_map(|person| &person.evidence);
        let mut all: Vec<String> = evidence.filter_map(|it| it.correction.clone()).collect();
        all.dedup();
        all
    }

    /// How lists call a person of the record.
    pub(crate) fn listed(&self, id: &str) -> Option<&str> {
        self.people.get(id).map(String::as_str)
    }

    /// The document that lists call so, with its place in the record.
    pub(crate) fn document(&self, name: &str) -> Option<(usize, &record::Document)> {
        let at = self.story.documents.iter().position(|kept| kept.id == name)?;
        Some((at, &self.story.record.documents[at]))
    }

    /// The document of this id in the record, as it stands on the page.
    pub(crate) fn laid_out(&self, id: &str) -> Option<&onrecord_export::page::Document> {
        self.page.documents.iter().find(|document| document.id == id)
    }
}

/// Puts the names of lists in the place of the record's ids of people; who is in no list has none.
fn call_by_list(page: &mut Page, people: &BTreeMap<String, String>) {
    let call = |said: &mut Said| said.person = said.person.take().and_then(|id| people.get(&id).cloned());
    page.questions.iter_mut().flat_map(|question| &mut question.askings).for_each(|asking| {
        asking.asked.iter_mut().chain(&mut asking.said).for_each(call);
    });
    page.conflicts.iter_mut().chain(&mut page.overtaken).flat_map(|pair| &mut pair.sides).flatten().for_each(call);
    page.documents.iter_mut().flat_map(|document| &mut document.statements).for_each(call);
}
