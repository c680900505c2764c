//! `onrecord add`: articles into the archive, each kept as soon as it is read.

use crate::kept::{self, Kept, now};
use crate::many::{self, Many, Sink};
use crate::{Failure, Outcome, terminal};
use onrecord::document::Received;
use onrecord::reader::Reader;
use onrecord_archive::{Added, Archive, Identity, New, place_of};
use serde_json::json;
use std::cell::LazyCell;
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    many: Many,
    #[command(flatten)]
    kept: Kept,
    /// Print one JSON object a document: its id, its version, and whether it is new
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let archive = arguments.kept.create()?;
    let holds = archive.holds()?;
    let look = |received: Received, reader: &Reader| {
        let identity = Identity::of(&received, place_of(&received.document.path));
        let path = received.document.path.clone();
        match holds.find(&identity) {
            Some(added) => Read::There(path, added),
            None => Read::New(path, Box::new(New::read(identity, received, reader))),
        }
    };
    let mut shelf = Shelf { archive, output: terminal::output(), json: arguments.json, documents: 0, versions: 0, there: 0 };
    let reader: LazyCell<Reader> = LazyCell::new(Reader::built_in);
    let outcome = many::read(&arguments.many, &reader, look, &mut shelf)?;
    let made = kept::refresh(&mut shelf.archive, &reader)?;
    if !arguments.json {
        let stories = terminal::counted(made, "story", "stories");
        let versions = if shelf.versions > 0 { format!(", {}", terminal::counted(shelf.versions, "new version", "new versions")) } else { String::new() };
        let there = if shelf.there > 0 { format!(", {} there already", shelf.there) } else { String::new() };
        writeln!(shelf.output, "{}{versions}{there}; {stories} brought up to date", terminal::counted(shelf.documents, "document added", "documents added"))?;
    }
    shelf.output.flush()?;
    Ok(outcome)
}

/// What became of an article before it reaches the archive.
enum Read {
    /// It stands there just so, and was not read again.
    There(String, Added),
    /// It was read.
    New(String, Box<New>),
}

/// Takes what was read into the archive, in the order of the input.
struct Shelf {
    archive: Archive,
    output: std::io::BufWriter<anstream::AutoStream<std::io::StdoutLock<'static>>>,
    json: bool,
    documents: usize,
    versions: usize,
    there: usize,
}

impl Sink<Read> for Shelf {
    fn take(&mut self, read: Read) -> Result<(), Failure> {
        let (path, added) = match read {
            Read::There(path, added) => (path, added),
            Read::New(path, new) => (path, self.archive.add(&new, &now())?),
        };
        match (added.is_new, added.version) {
            (false, _) => self.there += 1,
            (true, 1) => self.documents += 1,
            (true, _) => self.versions += 1,
        }
        if self.json {
            serde_json::to_writer(&mut self.output, &json!({"id": added.id, "version": added.version, "new": added.is_new, "path": path}))?;
            writeln!(self.output)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.output.flush()?)
    }
}
