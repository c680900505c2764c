//! The archive: one SQLite file that keeps every document and its versions, and the record made of them.
//!
//! Documents are *ground*: nothing of them is ever changed or lost. All else is *derived*: what the reader found, which documents
//! belong together, and the record of each story can be dropped and made again, row for row the same ([`Archive::rebuild`],
//! [`Archive::check`]). The thinking is the engine's; this crate only remembers, and is the only one that knows SQL.
//!
//! A document is added in one transaction: its text, what the reader found in it, and its place among the others. The stories that
//! it touched are listed as stale in the same transaction, and [`Archive::refresh`] makes their records anew, each in one of its own.
//! Whoever is stopped between two transactions has lost nothing that was said to be kept, and goes on where it stopped.
//!
//! # Architecture invariant
//! Names come from content ([`Identity`]), never from the order in which things came. Numbers of rows stay inside.

mod error;
mod correction;
mod mended;
mod recent;
mod renamed;
mod regroup;
mod version;
mod news;
mod open;
mod name;
mod ground;
mod shelf;
mod words;
mod making;
mod rows;
mod list;
mod search;
mod articles;
mod like;
mod hit;
mod facet;
mod check;
mod copy;
mod export;
mod import;
mod shown;
mod part;
mod latest;
mod unsure;
mod hand;
mod spoke;

pub use articles::Article;
pub use check::Findings;
pub use correction::{CORRECTION, Change, Hand, Judged, Logged, Turn, TurnKind};
pub use error::Error;
pub use export::{VERSION, Version};
pub use facet::{COUNTED, Facet, Facets};
pub use ground::{Added, Holds, New, place_of};
pub use hand::ByHand;
pub use hit::hits;
pub use import::Incoming;
pub use latest::Dated;
pub use like::Like;
pub use list::{Asking, Question, Somebody, Spoken, Story};
pub use making::Whole;
pub use name::{Identity, Place};
pub use news::{NEWS, News, On, Quoted, Saved, Set, Target, TargetKind, WATCH, Watch};
pub use part::{Cut, Part};
pub use search::{Found, Order, Query};
pub use shown::{Arrived, Listed, Standing, Text};
pub use spoke::{Member, Month, Topic};
pub use unsure::{Known, Suggestion, Unsure};
pub use version::Revised;

use error::Problem;
use onrecord::reader::Reader;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The version of the engine, kept with what it made.
pub(crate) const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// An open archive.
pub struct Archive {
    path: PathBuf,
    connection: Connection,
    /// What placing looked at.
    held: shelf::Held,
    /// Accounts last asked for.
    recent: RefCell<recent::Recent>,
    /// Meanings as they were last looked through.
    meanings: RefCell<Option<Arc<like::Meanings>>>,
}

impl Archive {
    /// Opens the archive at `path`, and makes it if there is none.
    pub fn create(path: &Path) -> Result<Archive, Error> {
        Archive::with(path, open::create(path))
    }

    /// Opens the archive that is at `path`.
    pub fn open(path: &Path) -> Result<Archive, Error> {
        Archive::with(path, open::existing(path))
    }

    fn with(path: &Path, connection: Result<Connection, Problem>) -> Result<Archive, Error> {
        let connection = connection.map_err(|problem| Error::new(path, problem))?;
        let is_only_read = connection.is_readonly(rusqlite::MAIN_DB).map_err(|problem| Error::new(path, Problem::from(problem)))?;
        let recent = RefCell::new(recent::Recent::new(is_only_read));
        Ok(Archive { path: path.to_owned(), connection, held: shelf::Held::default(), recent, meanings: RefCell::default() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads anew what waits to be placed, makes anew the records that may have changed, and gives how many records it made.
    /// `step` hears of each piece of work done and of how many there are still.
    pub fn refresh(&mut self, reader: &Reader, mut step: impl FnMut(usize)) -> Result<usize, Error> {
        self.place_waiting(reader, &mut step).and_then(|()| self.make_stale(&mut step)).map_err(|problem| Error::new(&self.path, problem))
    }

    /// How many pieces of work are left to [`refresh`](Archive::refresh): none in an archive whose records are up to date.
    pub fn unfinished(&self) -> Result<usize, Error> {
        let count = self.connection.query_row("SELECT (SELECT count(*) FROM waiting) + (SELECT count(*) FROM stale)", [], |row| row.get::<_, i64>(0));
        count.map(|count| count as usize).map_err(|error| Error::new(&self.path, error))
    }

    /// Drops everything derived, so that [`refresh`](Archive::refresh) makes it again. What this reader found is kept, since it would
    /// find the same; `Depth::Readouts` drops that too.
    pub fn rebuild(&mut self, reader: &Reader, depth: Depth) -> Result<(), Error> {
        let drop = || -> Result<(), Problem> {
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            transaction.execute_batch("DELETE FROM story; DELETE FROM stale; DELETE FROM placed; DELETE FROM word; DELETE FROM mark; DELETE FROM near; DELETE FROM shared; DELETE FROM waiting;
                 DELETE FROM statement_text; DELETE FROM article_text;")?;
            match depth {
                Depth::Record => transaction.execute("DELETE FROM readout WHERE model <> ?1 OR engine <> ?2", [reader.version(), ENGINE])?,
                Depth::Readouts => transaction.execute("DELETE FROM readout", [])?,
            };
            transaction.execute(
                "INSERT INTO waiting SELECT number FROM version v WHERE ordinal = (SELECT max(ordinal) FROM version WHERE document = v.document)",
                [],
            )?;
            Ok(transaction.commit()?)
        };
        drop().map_err(|problem| Error::new(&self.path, problem))
    }
}

/// How much a rebuild drops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Stories and their records.
    Record,
    /// And what the reader found in every text.
    Readouts,
}
