//! What the machine says, on its own and today, of what persons corrected: they were right once, is it now?

use super::Change;
use crate::error::Problem;
use crate::{Archive, Error};
use onrecord::Reading;
use onrecord::correction::{Fix, OfStatement};
use onrecord::line::one_line;
use onrecord::statement::Statement;
use onrecord::text::Id;
use onrecord::wire::Named;
use rusqlite::OptionalExtension;

/// One corrected fact, as a person and as the machine has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The correction.
    pub id: String,
    /// Which fact: `speaker`, `content`, `story` …
    pub fact: &'static str,
    /// What the person says, in a line.
    pub person: String,
    /// What the machine says.
    pub machine: String,
    /// Whether that is the same.
    pub is_right: bool,
}

impl Archive {
    /// Every correction that holds and that the machine can be asked about: of statements, and of documents in stories.
    pub fn judged(&self) -> Result<Vec<Judged>, Error> {
        let mut out = Vec::new();
        for logged in self.corrections()?.into_iter().filter(super::Logged::holds) {
            let judged = self.judge(&logged.change).map_err(|problem| Error::new(&self.path, problem))?;
            out.extend(judged.map(|(fact, machine, is_right)| Judged { id: logged.id.clone(), fact, person: logged.change.told(), machine, is_right }));
        }
        Ok(out)
    }

    /// The fact, what the machine says, and whether it is what the person says.
    fn judge(&self, change: &Change) -> Result<Option<(&'static str, String, bool)>, Problem> {
        match change {
            Change::Statement { document, change } => Ok(statement(&self.reading_of(document)?, change)),
            Change::Move { document, to, .. } => Ok(self.are_together(document, to)?.map(|together| ("story", told(together), together))),
            Change::Join { one, other } => Ok(self.are_together(one, other)?.map(|together| ("story", told(together), together))),
            Change::Part { documents, from: Some(from) } => {
                let Some(first) = documents.first() else { return Ok(None) };
                Ok(self.are_together(first, from)?.map(|together| ("story", told(together), !together)))
            }
            Change::Part { from: None, .. } | Change::People { .. } | Change::Relation { .. } | Change::Settled { .. } => Ok(None),
        }
    }

    /// Whether the engine has two documents in one story.
    fn are_together(&self, one: &str, other: &str) -> Result<Option<bool>, Problem> {
        let sql = "SELECT a.grouped = b.grouped FROM placed a JOIN version va ON va.number = a.version JOIN document da ON da.number = va.document,
                   placed b JOIN version vb ON vb.number = b.version JOIN document db ON db.number = vb.document WHERE da.id = ?1 AND db.id = ?2";
        Ok(self.connection.prepare_cached(sql)?.query_row([one, other], |row| row.get(0)).optional()?)
    }
}

fn told(together: bool) -> String {
    if together { "in one story" } else { "in two stories" }.to_owned()
}

/// What the machine says of a corrected fact of a statement; nothing of a statement that a new reading draws otherwise, but that
/// one that is none was not found again.
fn statement(machine: &Reading, change: &OfStatement) -> Option<(&'static str, String, bool)> {
    let text = &machine.document.text;
    let found: Option<Id<Statement>> = change.at.find(machine);
    if matches!(change.fix, Fix::Dismiss) {
        let says = found.map_or("not found", |_| "a statement");
        return Some(("statement", says.to_owned(), found.is_none()));
    }
    let id = found?;
    let statement = &machine.statements[id];
    let words = |spans: &[onrecord::Span]| spans.iter().map(|span| one_line(span.of(text))).collect::<Vec<_>>().join(" … ");
    Some(match &change.fix {
        Fix::Speaker { name, .. } => {
            let entity = machine.entities.speakers[id].entity.map(|entity| &machine.entities.layer[entity]);
            let is_called = |name: &String| entity.is_some_and(|it| it.aliases.iter().chain([&it.name]).any(|other| other.eq_ignore_ascii_case(name)));
            let is_right = name.as_ref().map_or(entity.is_none(), is_called);
            ("speaker", entity.map_or_else(|| "nobody".to_owned(), |it| it.name.clone()), is_right)
        }
        Fix::Source { words: quote } => ("source", words(statement.source.as_slice()), quote.as_ref().and_then(|quote| quote.find(text)) == statement.source),
        Fix::Content { parts } => {
            let wanted: Vec<_> = parts.iter().filter_map(|part| part.find(text)).collect();
            ("content", words(&statement.content), wanted == statement.content)
        }
        Fix::Act { act } => ("act", machine.acts[id].act.name().to_owned(), machine.acts[id].act == *act),
        Fix::Factuality { factuality } => ("factuality", machine.acts[id].factuality.name().to_owned(), machine.acts[id].factuality == *factuality),
        Fix::Sourcing { class } => ("sourcing", machine.sourcing[id].class.name().to_owned(), machine.sourcing[id].class == *class),
        Fix::Dismiss => return None,
    })
}
