//! The engine's placing over the archive's tables: it asks for what it needs, and only that is loaded.

use crate::error::Problem;
use crate::ground::received;
use crate::regroup;
use onrecord::story::{self, Near, Outline, Shared, Shelf, Sketch, Wording};
use rusqlite::{Connection, OptionalExtension, params, types::Value};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Placed documents in tables; a document goes by the number of its version.
pub(crate) struct Tables<'a> {
    connection: &'a Connection,
    held: &'a Held,
    /// Groups that lost or won a document.
    moved: BTreeSet<usize>,
}

/// What placing looked at, by version: it never changes, but for a version whose adding failed, whose number another may get.
#[derive(Default)]
pub(crate) struct Held {
    outlines: RefCell<HashMap<usize, Arc<Outline>>>,
    wordings: RefCell<HashMap<usize, Arc<Wording>>>,
}

/// Outlines held in memory at most, of about seven kilobytes each; then they are read anew.
const OUTLINES: usize = 20_000;
/// Wordings held in memory at most, of about eleven kilobytes each: the next document is mostly compared with those added last.
const WORDINGS: usize = 2_000;

impl Held {
    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.outlines.borrow_mut().clear();
        self.wordings.borrow_mut().clear();
    }
}

/// Puts `value` into a memory of at most `most`, emptied when it is full.
fn hold<T>(memory: &RefCell<HashMap<usize, Arc<T>>>, most: usize, document: usize, value: &Arc<T>) {
    let mut memory = memory.borrow_mut();
    if memory.len() >= most {
        memory.clear();
    }
    memory.insert(document, value.clone());
}

impl<'a> Tables<'a> {
    pub(crate) fn of(connection: &'a Connection, held: &'a Held) -> Tables<'a> {
        Tables { connection, held, moved: BTreeSet::new() }
    }

    /// Puts documents where persons said they belong, and lists the stories that may have changed.
    pub(crate) fn mark_stale(&mut self) -> Result<(), Problem> {
        let mut moved = std::mem::take(&mut self.moved);
        moved.extend(regroup::settle(self.connection, self.held)?.into_iter().map(|team| team as usize));
        let touched = story::touched(self, &moved)?;
        for team in moved.union(&touched) {
            self.connection.prepare_cached("INSERT OR IGNORE INTO stale (team) VALUES (?1)")?.execute([*team as i64])?;
        }
        Ok(())
    }

    /// Keeps whom a document is near; of one that is near nobody there is no row.
    fn set_near(&self, document: usize, near: &Near) -> Result<(), Problem> {
        if near.is_empty() {
            self.connection.prepare_cached("DELETE FROM near WHERE version = ?1")?.execute([document as i64])?;
        } else {
            let sql = "INSERT INTO near (version, packed) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET packed = excluded.packed";
            self.connection.prepare_cached(sql)?.execute(params![document as i64, story::nearness::pack(near)])?;
        }
        Ok(())
    }

    /// Those that are placed: words that another engine has kept of a version may outlive it until the next rebuild.
    fn placed(&self, versions: BTreeSet<usize>) -> Result<BTreeSet<usize>, Problem> {
        let mut statement = self.connection.prepare_cached("SELECT 1 FROM placed WHERE version = ?1")?;
        let mut out = BTreeSet::new();
        for version in versions {
            if statement.exists([version as i64])? {
                out.insert(version);
            }
        }
        Ok(out)
    }

    /// The numbers that `sql` gives for each of `keys`.
    fn numbers(&self, sql: &str, keys: impl IntoIterator<Item = i64>) -> Result<BTreeSet<usize>, Problem> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut out = BTreeSet::new();
        for key in keys {
            for number in statement.query_map([key], |row| row.get::<_, i64>(0))? {
                out.insert(number? as usize);
            }
        }
        Ok(out)
    }
}

impl Shelf for Tables<'_> {
    type Error = Problem;

    fn with_words(&self, words: &[u32]) -> Result<BTreeSet<usize>, Problem> {
        self.placed(self.numbers("SELECT version FROM word WHERE word = ?1", words.iter().map(|word| i64::from(*word)))?)
    }

    fn with_marks(&self, marks: &[u32]) -> Result<BTreeSet<usize>, Problem> {
        self.placed(self.numbers("SELECT version FROM mark WHERE mark = ?1", marks.iter().map(|mark| i64::from(*mark)))?)
    }

    fn outline(&self, document: usize) -> Result<Arc<Outline>, Problem> {
        if let Some(outline) = self.held.outlines.borrow().get(&document) {
            return Ok(outline.clone());
        }
        let packed: Vec<u8> =
            self.connection.prepare_cached("SELECT outline FROM placed WHERE version = ?1")?.query_row([document as i64], |row| row.get(0))?;
        let outline = Outline::unpack(&packed).ok_or_else(|| Problem::Damaged(format!("the outline of version {document} cannot be read")))?;
        let outline = Arc::new(outline);
        hold(&self.held.outlines, OUTLINES, document, &outline);
        Ok(outline)
    }

    fn wording(&self, document: usize) -> Result<Arc<Wording>, Problem> {
        if let Some(wording) = self.held.wordings.borrow().get(&document) {
            return Ok(wording.clone());
        }
        let wording = Arc::new(story::wording_of(&received(self.connection, document as i64)?.document));
        hold(&self.held.wordings, WORDINGS, document, &wording);
        Ok(wording)
    }

    fn near(&self, document: usize) -> Result<Cow<'_, Near>, Problem> {
        let packed: Option<Vec<u8>> =
            self.connection.prepare_cached("SELECT packed FROM near WHERE version = ?1")?.query_row([document as i64], |row| row.get(0)).optional()?;
        let wrong = || Problem::Damaged(format!("whom version {document} is near cannot be read"));
        let near = story::nearness::unpack(&packed.unwrap_or_default()).ok_or_else(wrong)?;
        Ok(Cow::Owned(near))
    }

    fn group(&self, document: usize) -> Result<usize, Problem> {
        let sql = "SELECT team FROM placed WHERE version = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([document as i64], |row| row.get::<_, i64>(0))? as usize)
    }

    fn members(&self, group: usize) -> Result<Vec<usize>, Problem> {
        Ok(self.numbers("SELECT version FROM placed WHERE team = ?1", [group as i64])?.into_iter().collect())
    }

    fn placed_with(&self, document: usize) -> Result<Vec<usize>, Problem> {
        let sql = "SELECT b.version FROM placed a JOIN placed b ON b.grouped = a.grouped WHERE a.version = ?1";
        Ok(self.numbers(sql, [document as i64])?.into_iter().collect())
    }

    fn shared(&self, a: usize, b: usize) -> Result<Option<Shared>, Problem> {
        let pair = [a.min(b) as i64, a.max(b) as i64];
        let packed: Option<Vec<u8>> =
            self.connection.prepare_cached("SELECT packed FROM shared WHERE a = ?1 AND b = ?2")?.query_row(pair, |row| row.get(0)).optional()?;
        let unpacked = |packed: Vec<u8>| Shared::unpack(&packed).ok_or_else(|| Problem::Damaged(format!("what versions {a} and {b} share cannot be read")));
        packed.map(unpacked).transpose()
    }

    fn put(&mut self, document: usize, sketch: &Sketch, near: &Near, shared: BTreeMap<usize, Shared>) -> Result<(), Problem> {
        let number = document as i64;
        let all = |sql: &str, values: &mut dyn Iterator<Item = [Value; 3]>| -> Result<(), Problem> {
            let mut statement = self.connection.prepare_cached(sql)?;
            for values in values {
                let wanted = statement.parameter_count();
                statement.execute(rusqlite::params_from_iter(values.into_iter().take(wanted)))?;
            }
            Ok(())
        };
        let pair = |a: i64| [Value::from(a), Value::from(number), Value::Null];
        self.connection
            .prepare_cached("INSERT INTO placed (version, grouped, team, outline) VALUES (?1, ?1, ?1, ?2)")?
            .execute(params![number, sketch.outline().pack()])?;
        all("INSERT INTO word (word, version) VALUES (?1, ?2)", &mut sketch.outline().strongest().iter().map(|word| pair(i64::from(*word))))?;
        all("INSERT INTO mark (mark, version) VALUES (?1, ?2)", &mut sketch.marks().into_iter().map(|mark| pair(i64::from(mark))))?;
        self.set_near(document, near)?;
        for (other, nearness) in near {
            let mut of_other = self.near(*other)?.into_owned();
            of_other.insert(document, *nearness);
            self.set_near(*other, &of_other)?;
        }
        let shared = shared.into_iter().map(|(other, shared)| {
            let (a, b) = (other.min(document) as i64, other.max(document) as i64);
            [Value::from(a), Value::from(b), Value::from(shared.pack())]
        });
        all("INSERT INTO shared (a, b, packed) VALUES (?1, ?2, ?3)", &mut shared.into_iter())?;
        self.moved.insert(document);
        hold(&self.held.wordings, WORDINGS, document, sketch.wording());
        Ok(())
    }

    fn take(&mut self, document: usize) -> Result<(), Problem> {
        let number = document as i64;
        self.moved.insert(self.group(document)?);
        let sketch = story::sketch_of(&received(self.connection, number)?.document);
        for word in sketch.outline().strongest() {
            self.connection.prepare_cached("DELETE FROM word WHERE word = ?1 AND version = ?2")?.execute(params![i64::from(*word), number])?;
        }
        for mark in sketch.marks() {
            self.connection.prepare_cached("DELETE FROM mark WHERE mark = ?1 AND version = ?2")?.execute(params![i64::from(mark), number])?;
        }
        for other in self.near(document)?.into_owned().keys() {
            self.moved.insert(self.group(*other)?);
            let mut of_other = self.near(*other)?.into_owned();
            of_other.remove(&document);
            self.set_near(*other, &of_other)?;
        }
        self.set_near(document, &Near::new())?;
        for sql in ["DELETE FROM shared WHERE a = ?1", "DELETE FROM shared WHERE b = ?1", "DELETE FROM placed WHERE version = ?1"] {
            self.connection.prepare_cached(sql)?.execute([number])?;
        }
        Ok(())
    }

    fn regroup(&mut self, document: usize, group: usize) -> Result<(), Problem> {
        let before: i64 = self.connection.prepare_cached("SELECT grouped FROM placed WHERE version = ?1")?.query_row([document as i64], |row| row.get(0))?;
        if before != group as i64 {
            self.moved.extend([self.group(document)?, group]);
            self.connection
                .prepare_cached("UPDATE placed SET grouped = ?2, team = ?2, corrected = NULL WHERE version = ?1")?
                .execute([document as i64, group as i64])?;
        }
        Ok(())
    }
}
