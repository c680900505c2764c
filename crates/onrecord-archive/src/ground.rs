//! Documents and their versions: added, looked up, never changed.

use crate::error::Problem;
use crate::mended::keep_words;
use crate::name::Identity;
use crate::shelf::Tables;
use crate::{Archive, ENGINE, Error, words};
use brotli::enc::BrotliEncoderParams;
use onrecord::account::Account;
use onrecord::account::pack::{self, Packed};
use onrecord::document::{Dated, Received};
use onrecord::evidence::Note;
use onrecord::reader::{Reader, arithmetic};
use onrecord::wire::Named;
use onrecord::{Document, Span, story};
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Texts and readouts are squeezed at this quality: a quality less leaves texts a sixth larger, one more takes twice as long for a fortieth.
const SQUEEZED: i32 = 10;

/// The least and the most window brotli takes, as a power of two.
const WINDOWS: (u32, u32) = (10, 24);

/// How what was kept before form 5 begins: it is squeezed with zstd.
const BEFORE_FORM_5: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A document that was read and is ready to be added.
pub struct New {
    identity: Identity,
    received: Received,
    squeezed: Squeezed,
    account: Arc<Account>,
    model: String,
}

impl New {
    /// Reads what was received.
    pub fn read(identity: Identity, received: Received, reader: &Reader) -> New {
        let account = Account::read(received.clone(), reader);
        New::of(identity, received, account, reader)
    }

    /// What was received, with the account that this reader gave of it.
    pub fn of(identity: Identity, received: Received, account: Account, reader: &Reader) -> New {
        let squeezed = Squeezed::of(&account);
        New { identity, received, squeezed, account: Arc::new(account.without_tokens()), model: reader.version().to_owned() }
    }
}

/// What became of a document that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its public name.
    pub id: String,
    /// Which of its versions this is, from 1.
    pub version: usize,
    /// Whether it was kept, or stood there just so.
    pub is_new: bool,
}

/// Looks for documents in an archive, from any thread, while another writes.
pub struct Holds(Mutex<Connection>);

impl Holds {
    /// What is known of this document, if its latest version is just this one.
    pub fn find(&self, identity: &Identity) -> Option<Added> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Whatever is wrong shows when the document is added.
        latest(&connection, identity).ok().flatten().filter(|(_, _, content)| *content == identity.content).map(|(_, version, _)| Added {
            id: identity.id(),
            version,
            is_new: false,
        })
    }
}

/// The document's number, the ordinal of its latest version, and its content.
fn latest(connection: &Connection, identity: &Identity) -> Result<Option<(i64, usize, Vec<u8>)>, rusqlite::Error> {
    let sql =
        "SELECT d.number, v.ordinal, v.content FROM document d JOIN version v ON v.document = d.number WHERE d.address = ?1 ORDER BY v.ordinal DESC LIMIT 1";
    connection.prepare_cached(sql)?.query_row([&identity.address], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize, row.get(2)?))).optional()
}

impl Archive {
    /// A view for looking documents up from other threads.
    pub fn holds(&self) -> Result<Holds, Error> {
        crate::open::existing(&self.path).map(|connection| Holds(Mutex::new(connection))).map_err(|problem| Error::new(&self.path, problem))
    }

    /// Keeps a document, in one transaction: when this returns, a power cut loses nothing of it. `now` is the moment, ISO and UTC.
    pub fn add(&mut self, new: &New, now: &str) -> Result<Added, Error> {
        self.keep(new, now).map_err(|problem| {
            self.held.clear();
            self.recent.borrow_mut().clear();
            Error::new(&self.path, problem)
        })
    }

    fn keep(&mut self, new: &New, now: &str) -> Result<Added, Problem> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let id = new.identity.id();
        let before = latest(&transaction, &new.identity)?;
        let ordinal = match &before {
            Some((_, ordinal, content)) if *content == new.identity.content => return Ok(Added { id, version: *ordinal, is_new: false }),
            Some((_, ordinal, _)) => ordinal + 1,
            None => 1,
        };
        let document = match before {
            Some((document, _, _)) => document,
            None => {
                transaction.prepare_cached("INSERT INTO document (id, address) VALUES (?1, ?2)")?.execute(params![id, new.identity.address])?;
                transaction.last_insert_rowid()
            }
        };
        let earlier: Option<i64> = transaction
            .query_row("SELECT p.version FROM placed p JOIN version v ON v.number = p.version WHERE v.document = ?1", [document], |row| row.get(0))
            .optional()?;
        // A version that waits to be placed is overtaken by this one.
        transaction.execute("DELETE FROM waiting WHERE version IN (SELECT number FROM version WHERE document = ?1)", [document])?;
        let version = insert(&transaction, document, ordinal, &new.identity, &new.received, &written(&new.received.notes), now)?;
        keep_readout(&transaction, version, &new.model, &new.squeezed)?;
        let mut tables = Tables::of(&transaction, &self.held);
        if let Some(earlier) = earlier {
            story::remove(&mut tables, earlier as usize)?;
            words::forget(&transaction, earlier)?;
        }
        keep_words(&transaction, version, &new.account)?;
        story::add(&mut tables, version as usize, &new.account.sketch)?;
        tables.mark_stale()?;
        transaction.commit()?;
        self.recent.borrow_mut().keep(version, new.squeezed.clone(), &new.account);
        Ok(Added { id, version: ordinal, is_new: true })
    }

    /// Places what a rebuild left waiting, each document in a transaction of its own.
    pub(crate) fn place_waiting(&mut self, reader: &Reader, step: &mut impl FnMut(usize)) -> Result<(), Problem> {
        loop {
            let next = "SELECT w.version, r.version IS NOT NULL, (SELECT count(*) FROM waiting) FROM waiting w LEFT JOIN readout r USING (version) ORDER BY w.version LIMIT 1";
            let next: Option<(i64, bool, i64)> = self.connection.query_row(next, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
            let Some((version, was_read, left)) = next else { return Ok(()) };
            let account = self.machine_or_reader(version, reader)?;
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            if !was_read {
                keep_readout(&transaction, version, reader.version(), &Squeezed::of(&account))?;
            }
            // Somebody else may have placed it meanwhile.
            if transaction.execute("DELETE FROM waiting WHERE version = ?1", [version])? > 0 {
                let mut tables = Tables::of(&transaction, &self.held);
                story::add(&mut tables, version as usize, &account.sketch)?;
                keep_words(&transaction, version, &account)?;
                tables.mark_stale()?;
            }
            transaction.commit()?;
            step(left as usize - 1);
        }
    }
}

/// What was odd about the bytes of a version, as it is kept.
fn written(notes: &[Note]) -> String {
    let note = |note: &Note| json!({"kind": note.kind, "span": note.span.map(|span| [span.start(), span.end()]), "message": note.message});
    notes.iter().map(note).collect::<Value>().to_string()
}

/// Keeps a version with its notes; gives its number.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    document: i64,
    ordinal: usize,
    identity: &Identity,
    received: &Received,
    notes: &str,
    now: &str,
) -> Result<i64, Problem> {
    let Received { document: it, dated, .. } = received;
    let sql = "INSERT INTO version (document, ordinal, content, path, url, title, outlet, byline, published, dated, notes, text, bytes, added_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    transaction.prepare_cached(sql)?.execute(params![
        document,
        ordinal as i64,
        identity.content,
        it.path,
        it.url,
        it.title,
        it.outlet,
        it.byline,
        it.published.map(|day| day.to_string()),
        dated.name(),
        notes,
        squeeze(it.text.as_bytes()),
        it.text.len() as i64,
        now
    ])?;
    Ok(transaction.last_insert_rowid())
}

/// A version as it was received.
pub(crate) fn received(connection: &Connection, version: i64) -> Result<Received, Problem> {
    let sql = "SELECT path, url, title, outlet, byline, published, dated, notes, text FROM version WHERE number = ?1";
    let (document, published, dated, notes, text) = connection.prepare_cached(sql)?.query_row([version], |row| {
        let document = Document { path: row.get(0)?, url: row.get(1)?, title: row.get(2)?, outlet: row.get(3)?, byline: row.get(4)?, ..Document::default() };
        Ok((document, row.get::<_, Option<String>>(5)?, row.get::<_, String>(6)?, row.get::<_, String>(7)?, row.get::<_, Vec<u8>>(8)?))
    })?;
    let damaged = |what: &str| Problem::Damaged(format!("the {what} of version {version} cannot be read"));
    let published = published.map(|day| day.parse()).transpose().map_err(|_| damaged("day"))?;
    let text = String::from_utf8(loosen(&text)?).map_err(|_| damaged("text"))?;
    let dated = Dated::from_name(&dated).ok_or_else(|| damaged("day's giver"))?;
    let notes = serde_json::from_str::<Vec<Value>>(&notes)?.iter().map(|it| note(it, &text)).collect::<Option<_>>().ok_or_else(|| damaged("list of notes"))?;
    Ok(Received { document: Document { text, published, ..document }, notes, dated })
}

fn note(it: &Value, text: &str) -> Option<Note> {
    /// What the intake can say of bytes.
    const KINDS: [&str; 4] = ["charset", "nul-bytes", "date-not-read", "no-words"];
    let kind = KINDS.into_iter().find(|kind| it["kind"] == **kind).unwrap_or("intake");
    let span = match it["span"].as_array() {
        Some(ends) => {
            let at = |end: usize| usize::try_from(ends.get(end)?.as_u64()?).ok();
            let (start, end) = (at(0)?, at(1)?);
            text.get(start..end)?;
            Some(Span::new(start, end))
        }
        None => None,
    };
    Some(Note { kind, span, message: it["message"].as_str()?.to_owned() })
}

/// Keeps what this reader found in a version, in the place of what another did.
fn keep_readout(connection: &Connection, version: i64, model: &str, squeezed: &Squeezed) -> Result<(), Problem> {
    let sql = "INSERT OR REPLACE INTO readout (version, engine, model, arithmetic, meanings, packed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(params![version, ENGINE, model, arithmetic(), squeezed.meanings, squeezed.readout])?;
    Ok(())
}

/// What the reader found in a version, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Squeezed {
    readout: Vec<u8>,
    meanings: Vec<u8>,
}

impl Squeezed {
    pub(crate) fn of(account: &Account) -> Squeezed {
        let packed = pack::pack(account);
        Squeezed { readout: squeeze(&packed.readout), meanings: packed.meanings }
    }

    pub(crate) fn loosen(&self) -> Result<Packed, Problem> {
        Ok(Packed { readout: loosen(&self.readout)?, meanings: self.meanings.clone() })
    }
}

/// What the reader found in a version.
pub(crate) fn squeezed(connection: &Connection, version: i64) -> Result<Squeezed, Problem> {
    let sql = "SELECT meanings, packed FROM readout WHERE version = ?1";
    let found = connection.prepare_cached(sql)?.query_row([version], |row| Ok(Squeezed { meanings: row.get(0)?, readout: row.get(1)? })).optional()?;
    found.ok_or_else(|| Problem::Damaged(format!("what was read in version {version} is not there")))
}

/// The accounts of versions as they were received, with what the reader found in each, made again on all cores.
pub(crate) fn unpack_all(kept: Vec<(Received, &Squeezed)>) -> Result<Vec<Account>, Problem> {
    kept.into_par_iter().map(|(received, squeezed)| Ok(pack::unpack(received, &squeezed.loosen()?)?)).collect()
}

pub(crate) fn squeeze(bytes: &[u8]) -> Vec<u8> {
    // The encoder makes room for a whole window, whatever there is to squeeze.
    let window = bytes.len().next_power_of_two().ilog2().clamp(WINDOWS.0, WINDOWS.1);
    let parameters = BrotliEncoderParams { quality: SQUEEZED, lgwin: window as i32, size_hint: bytes.len(), ..BrotliEncoderParams::default() };
    let mut squeezed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut squeezed, &parameters).expect("memory holds what was in memory");
    squeezed
}

pub(crate) fn loosen(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    if bytes.starts_with(&BEFORE_FORM_5) {
        return Ok(zstd::stream::decode_all(bytes)?);
    }
    let mut loose = Vec::new();
    brotli::BrotliDecompress(&mut &bytes[..], &mut loose)?;
    Ok(loose)
}

/// The path that names a file of its own, if the path is one: the same by whichever way, or link, it is reached.
pub fn place_of(path: &str) -> crate::Place {
    let is_file = Path::new(path).is_file();
    let canonical = if is_file { std::fs::canonicalize(path).ok() } else { None };
    canonical.map_or(crate::Place::Unsettled, |path| crate::Place::File(path.display().to_string()))
}
