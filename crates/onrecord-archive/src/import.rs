//! What comes back into an archive: versions and corrections that another one gave, with their names and their times.

use crate::correction::{Change, Logged, Turn, TurnKind};
use crate::error::Problem;
use crate::export::Version;
use crate::ground::insert;
use crate::name::{Identity, Place, name};
use crate::shelf::Tables;
use crate::{Archive, Error, words};
use onrecord::document::Received;
use onrecord::{Document, story};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::{Value, json};

/// A version that came back and was found to be one.
pub struct Incoming {
    identity: Identity,
    received: Received,
    notes: String,
    ordinal: i64,
    added_at: String,
}

impl Version {
    /// Looks whether all of it fits together.
    ///
    /// # Errors
    /// Says in a few words what does not.
    pub fn incoming(self) -> Result<Incoming, String> {
        let notes = self.notes.iter().map(|note| {
            let place = note.words.as_ref().map(|words| (words.start, words.end));
            match place {
                Some((start, end)) if self.text.get(start..end).is_none() => {
                    Err(format!("a note is about bytes {start} to {end}, which the text does not have"))
                }
                _ => Ok(json!({"kind": note.kind, "span": place.map(|(start, end)| [start, end]), "message": note.message})),
            }
        });
        let notes = notes.collect::<Result<Vec<Value>, String>>()?;
        let published = self.published.as_deref().map(|day| day.parse().map_err(|_| format!("{day} is no day"))).transpose()?;
        if self.added_at.parse::<jiff::Timestamp>().is_err() {
            return Err(format!("it was added at no moment: {}", self.added_at));
        }
        if self.version < 1 {
            return Err(format!("versions are counted from 1, not {}", self.version));
        }
        let document = Document { path: self.path, text: self.text, title: self.title, outlet: self.outlet, byline: self.byline, published, url: self.url };
        let received = Received { document, notes: Vec::new(), dated: self.dated };
        let identity = Identity { address: self.address, ..Identity::of(&received, Place::Unsettled) };
        let fits = match (&received.document.url, identity.address.split_once(':')) {
            (Some(url), Some(("url", address))) => address == url,
            (None, Some(("path", _))) => true,
            (None, Some(("content", address))) => address == blake3::Hash::from_bytes(identity.content).to_hex().as_str(),
            (Some(_) | None, _) => false,
        };
        if !fits || name('d', &identity.address) != self.document {
            return Err("its name, its address and what it holds are not of one document".to_owned());
        }
        Ok(Incoming { identity, received, notes: Value::from(notes).to_string(), ordinal: self.version, added_at: self.added_at })
    }
}

/// A version that stands in the archive.
struct There {
    number: i64,
    ordinal: i64,
    content: Vec<u8>,
    added_at: String,
}

impl Archive {
    /// Keeps versions with their times, in one transaction; gives how many were not there just so. The latest of each document waits
    /// to be read and placed by [`refresh`](Archive::refresh).
    ///
    /// A version takes its place among those of its document by the time at which it was added, and keeps its number where that is free.
    pub fn restore(&mut self, incoming: &[Incoming]) -> Result<usize, Error> {
        let all = || {
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            let mut new = 0;
            for it in incoming {
                new += usize::from(self.take(&transaction, it)?);
            }
            transaction.commit()?;
            Ok(new)
        };
        all().map_err(|problem: Problem| Error::new(&self.path, problem))
    }

    /// Whether the version was not there.
    fn take(&self, transaction: &Transaction<'_>, it: &Incoming) -> Result<bool, Problem> {
        let known = transaction.query_row("SELECT number FROM document WHERE address = ?1", [&it.identity.address], |row| row.get(0)).optional()?;
        let document: i64 = match known {
            Some(document) => document,
            None => {
                transaction.execute("INSERT INTO document (id, address) VALUES (?1, ?2)", params![it.identity.id(), it.identity.address])?;
                transaction.last_insert_rowid()
            }
        };
        let there = {
            let mut statement = transaction.prepare_cached("SELECT number, ordinal, content, added_at FROM version WHERE document = ?1 ORDER BY ordinal")?;
            let rows =
                statement.query_map([document], |row| Ok(There { number: row.get(0)?, ordinal: row.get(1)?, content: row.get(2)?, added_at: row.get(3)? }))?;
            rows.collect::<Result<Vec<_>, _>>()?
        };
        let Some(ordinal) = ordinal(&there, it) else { return Ok(false) };
        if there.iter().any(|version| version.ordinal == ordinal) {
            // In two steps, so that no two versions have one number meanwhile.
            transaction.execute("UPDATE version SET ordinal = -ordinal - 1 WHERE document = ?1 AND ordinal >= ?2", [document, ordinal])?;
            transaction.execute("UPDATE version SET ordinal = -ordinal WHERE document = ?1 AND ordinal < 0", [document])?;
        }
        let version = insert(transaction, document, ordinal as usize, &it.identity, &it.received, &it.notes, &it.added_at)?;
        let is_latest = there.last().is_none_or(|last| last.ordinal < ordinal);
        if is_latest {
            self.wait(transaction, &there, version)?;
        }
        Ok(true)
    }

    /// The version waits to be placed; the one that was placed before is not any more.
    fn wait(&self, transaction: &Transaction<'_>, before: &[There], version: i64) -> Result<(), Problem> {
        let mut tables = Tables::of(transaction, &self.held);
        for earlier in before {
            transaction.execute("DELETE FROM waiting WHERE version = ?1", [earlier.number])?;
            let is_placed: bool = transaction.query_row("SELECT EXISTS (SELECT 1 FROM placed WHERE version = ?1)", [earlier.number], |row| row.get(0))?;
            if is_placed {
                story::remove(&mut tables, earlier.number as usize)?;
                words::forget(transaction, earlier.number)?;
            }
        }
        tables.mark_stale()?;
        transaction.execute("INSERT INTO waiting (version) VALUES (?1)", [version])?;
        Ok(())
    }
}

impl Archive {
    /// Keeps corrections with whoever made them, and what became of them; gives how many were not there. One that finds nothing here is
    /// kept as well. Their versions come first; [`refresh`](Archive::refresh) then makes the stories anew.
    pub fn restore_corrections(&mut self, logged: &[Logged]) -> Result<usize, Error> {
        let all = || {
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            let (mut new, mut turns, mut changed) = (0, Vec::new(), Vec::new());
            for it in logged {
                let (number, is_new) = keep(&transaction, it)?;
                let left = turns_left(&transaction, number, it)?;
                new += usize::from(is_new);
                changed.extend((is_new || !left.is_empty()).then_some(&it.change));
                turns.extend(left.into_iter().map(|turn| (number, turn)));
            }
            // Over all corrections in the order in which they were turned: the last undone is the first to be done again.
            turns.sort_by(|(_, a), (_, b)| a.made_at.cmp(&b.made_at));
            for (number, turn) in turns {
                let sql = "INSERT INTO turn (correction, kind, made_by, made_at) VALUES (?1, ?2, ?3, ?4)";
                transaction.execute(sql, params![number, turned(turn.kind), turn.by, turn.made_at])?;
            }
            for change in changed {
                // A document that waits is placed as corrected.
                if placed(&transaction, change)? {
                    self.carry(&transaction, change)?;
                }
            }
            transaction.commit()?;
            Ok(new)
        };
        all().map_err(|problem: Problem| Error::new(&self.path, problem))
    }
}

/// The number of a correction, and whether it was not there. It keeps its own where that is free.
fn keep(transaction: &Transaction<'_>, it: &Logged) -> Result<(i64, bool), Problem> {
    let change = serde_json::to_string(&it.change)?;
    let there = "SELECT number FROM correction WHERE change = ?1 AND made_by = ?2 AND why = ?3 AND made_at = ?4";
    let there = transaction.query_row(there, params![change, it.by, it.why, it.made_at], |row| row.get(0)).optional()?;
    if let Some(number) = there {
        return Ok((number, false));
    }
    let wanted: Option<u32> = it.id.strip_prefix('c').and_then(|number| number.parse().ok()).filter(|number| *number > 0);
    let is_taken: bool = transaction.query_row("SELECT EXISTS (SELECT 1 FROM correction WHERE number = ?1)", [wanted], |row| row.get(0))?;
    let sql = "INSERT INTO correction (number, change, made_by, why, made_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    transaction.execute(sql, params![wanted.filter(|_| !is_taken), change, it.by, it.why, it.made_at])?;
    Ok((transaction.last_insert_rowid(), true))
}

/// What became of a correction there beyond what became of it here; nothing where the two went apart.
fn turns_left<'l>(transaction: &Transaction<'_>, number: i64, it: &'l Logged) -> Result<Vec<&'l Turn>, Problem> {
    let mut statement = transaction.prepare_cached("SELECT kind, made_at FROM turn WHERE correction = ?1 ORDER BY number")?;
    let here = statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<Vec<(String, String)>, _>>()?;
    let is_same = here.iter().zip(&it.turns).all(|((kind, made_at), turn)| (kind.as_str(), made_at) == (turned(turn.kind), &turn.made_at));
    Ok(if is_same { it.turns.iter().skip(here.len()).collect() } else { Vec::new() })
}

fn turned(kind: TurnKind) -> &'static str {
    match kind {
        TurnKind::Undone => "undone",
        TurnKind::Redone => "redone",
    }
}

/// Whether all that a change of a statement needs has been read and placed; other changes need nothing.
fn placed(transaction: &Transaction<'_>, change: &Change) -> Result<bool, Problem> {
    match change {
        Change::Statement { document, .. } => {
            let sql = "SELECT EXISTS (SELECT 1 FROM placed p JOIN version v ON v.number = p.version JOIN document d ON d.number = v.document WHERE d.id = ?1)";
            Ok(transaction.query_row(sql, [document], |row| row.get(0))?)
        }
        Change::People { .. } | Change::Relation { .. } | Change::Move { .. } | Change::Join { .. } | Change::Part { .. } | Change::Settled { .. } => Ok(true),
    }
}

/// Which number a version takes among those of its document; `None` if it stands there.
fn ordinal(there: &[There], it: &Incoming) -> Option<i64> {
    let is_same = |version: &There| version.content == it.identity.content;
    let is_there = |version: &There| is_same(version) && version.added_at == it.added_at;
    if there.iter().any(|version| is_there(version) && version.ordinal == it.ordinal) {
        return None;
    }
    // What another archive has behind all that is here goes there, though the text may be one of before.
    if there.last().is_none_or(|last| last.ordinal < it.ordinal && last.added_at <= it.added_at && !is_same(last)) {
        return Some(it.ordinal);
    }
    let place = there.partition_point(|version| version.added_at <= it.added_at);
    let (before, after) = (place.checked_sub(1).map(|at| &there[at]), there.get(place));
    // Fetched once more between two times with nothing changed: no version of its own.
    if there.iter().any(is_there) || before.is_some_and(is_same) || after.is_some_and(is_same) {
        return None;
    }
    let (before, after) = (before.map_or(0, |version| version.ordinal), after.map_or(i64::MAX, |version| version.ordinal));
    Some(if before < it.ordinal && it.ordinal < after { it.ordinal } else { before + 1 })
}
