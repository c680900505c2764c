//! One document's account of the news: its reading, and what comparing it with others needs, worked out once.

pub mod pack;

use crate::document::Received;
use crate::read::{self, Reading};
use crate::reader::Reader;
use crate::similar::{self, Vector};
use crate::statement::Statement;
use crate::story::{self, Sketch};
use crate::text::Column;

/// A reading made ready to stand beside others. Made once a document, so that adding one costs little more than reading it.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// What was read.
    pub reading: Reading,
    /// What placing it in a story and finding its copies need.
    pub sketch: Sketch,
    /// The meaning of each statement's content.
    pub vectors: Column<Statement, Vector>,
}

impl Account {
    /// The account of one reading.
    pub fn of(reading: Reading, reader: &Reader) -> Account {
        let sketch = story::sketch(&reading);
        let vectors = similar::of_statements(&reading, reader);
        Account { reading, sketch, vectors }
    }

    /// The account of a document as received.
    pub fn read(received: Received, reader: &Reader) -> Account {
        Account::of(received.read(|document| read::read(document, reader)), reader)
    }
}
