//! Reads the gold stories, end to end or by the later stages alone, and puts what was read before the scorer.

use crate::error::Error;
use crate::gold::{self, Story};
use crate::story::{self, Ours, Scored};
use onrecord::account::Account;
use onrecord::read::{Reading, read};
use onrecord::reader::Reader;
use onrecord::wire;
use rayon::prelude::*;
use std::path::Path;

/// The gold stories, by the names of their folders.
pub const STORIES: [&str; 2] = ["seeds", "oil"];

/// How a story is read.
#[derive(Clone, Copy)]
pub enum Way<'a> {
    /// As a user's file is, by this reader: every stage on what the stage before found.
    EndToEnd(&'a Reader),
    /// The same, with the day of publication given as `--date` would, where people could tell it.
    Dated(&'a Reader),
    /// As a plain text file is, by this reader: nothing but the text.
    Plain(&'a Reader),
    /// The stages after `statement::find` on gold zones, mentions, statements and dates.
    Alone,
}

impl Way<'_> {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Way::EndToEnd(_) => "end_to_end",
            Way::Dated(_) => "dated",
            Way::Plain(_) => "plain",
            Way::Alone => "alone",
        }
    }

    /// What it adds to the name of a story's table.
    pub fn ending(self) -> &'static str {
        match self {
            Way::EndToEnd(_) => "",
            Way::Dated(_) => "_dated",
            Way::Plain(_) => "_plain",
            Way::Alone => "_alone",
        }
    }
}

/// A story as read.
pub struct Run {
    /// The gold.
    pub story: Story,
    /// A reading for each of its documents.
    pub readings: Vec<Reading>,
    /// Every statement read, with the id of its document.
    pub ours: Vec<(String, Ours)>,
    /// Where each of `ours` stands: the number of its document and of the statement in it.
    pub places: Vec<(usize, usize)>,
}

/// Reads the story `name` of the folder `gold`.
pub fn run(gold: &Path, name: &str, way: Way<'_>) -> Result<Run, Error> {
    let story = gold::load(gold, name)?;
    let one = |reader: &mut Option<Reader>, article: &gold::Article| match reader {
        Some(reader) => match way {
            Way::Dated(_) => read(gold::dated(article), reader),
            Way::Plain(_) => read(gold::plain(article), reader),
            Way::EndToEnd(_) | Way::Alone => read(gold::received(article), reader),
        },
        None => gold::read_alone(&story, article),
    };
    let own = || match way {
        Way::EndToEnd(reader) | Way::Dated(reader) | Way::Plain(reader) => Some(reader.on_one_core()),
        Way::Alone => None,
    };
    let readings: Vec<Reading> = story.documents.par_iter().map_init(own, one).collect();
    let (mut ours, mut places) = (Vec::new(), Vec::new());
    for (number, reading) in readings.iter().enumerate() {
        for (at, statement) in story::ours(reading, number).into_iter().enumerate() {
            ours.push((story.documents[number].id.clone(), statement));
            places.push((number, at));
        }
    }
    Ok(Run { story, readings, ours, places })
}

impl Run {
    /// The scores over all documents.
    pub fn score(&self) -> Scored {
        let all: Vec<&str> = self.story.documents.iter().map(|article| article.id.as_str()).collect();
        story::score(&self.story, &self.ours, &all)
    }

    /// The scores of each document, by its id.
    pub fn score_each(&self) -> Vec<(String, Scored)> {
        self.story.documents.iter().map(|article| (article.id.clone(), story::score(&self.story, &self.ours, &[&article.id]))).collect()
    }
}

/// A gold story and the record of its documents.
pub struct Recorded {
    /// The gold.
    pub story: Story,
    /// The record of its largest story, as it leaves on the wire.
    pub record: wire::Record,
    /// Into how many stories its documents were put.
    pub stories: usize,
}

/// Keeps the record of the story `name` of the folder `gold`, from plain texts and nothing else.
pub fn record(gold: &Path, name: &str, reader: &Reader) -> Result<Recorded, Error> {
    let story = gold::load(gold, name)?;
    let one = |reader: &mut Reader, article: &gold::Article| Account::of(read(gold::plain(article), reader), reader);
    let accounts: Vec<Account> = story.documents.par_iter().map_init(|| reader.on_one_core(), one).collect();
    let records = onrecord::record::record(&accounts);
    let largest = records.first().ok_or_else(|| Error::new(&gold.join(name), "the story has no documents".to_owned()))?;
    Ok(Recorded { record: wire::Record::of(largest, &accounts), stories: records.len(), story })
}
