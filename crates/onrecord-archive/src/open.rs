//! Opening an archive: making it, bringing it to today's form, and refusing what is none.

use crate::error::Problem;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Marks a SQLite file as an archive: "Onrd".
const APPLICATION: i64 = 0x4f6e_7264;

/// The forms the archive has had, each a step from the one before; steps are only ever added.
const FORMS: [&str; 5] = [
    include_str!("../schema/0001.sql"),
    include_str!("../schema/0002.sql"),
    include_str!("../schema/0003.sql"),
    include_str!("../schema/0004.sql"),
    include_str!("../schema/0005.sql"),
];

/// Bytes a page: texts and readouts of a few kilobytes leave part of a page empty each.
const PAGE: i64 = 1024;

/// Pages in the log after which they are moved into the file: the four megabytes that SQLite means by its thousand pages of four
/// kilobytes. With a thousand of ours every third article waited for it.
const LOG: i64 = 4096;

/// Room for pages in memory, in kibibytes below zero as SQLite wants it: the rows and words of 100,000 statements are 40 MB.
const CACHE: i64 = -32_768;

/// The same for one of many readers: a page that is shown asks for far fewer rows.
const SMALL_CACHE: i64 = -8_192;

/// Statements kept ready: there are about as many in this crate.
const STATEMENTS: usize = 128;

/// How long a writer waits for another before it gives up: writes of ours take milliseconds, a backup of a large archive seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// Opens the archive at `path` for reading and writing, and makes it if it is not there.
pub(crate) fn create(path: &Path) -> Result<Connection, Problem> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(Problem::Folder)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    open(path, flags)
}

/// Opens an archive that is there; where it or its folder cannot be written, for reading.
pub(crate) fn existing(path: &Path) -> Result<Connection, Problem> {
    if !path.exists() {
        return Err(Problem::Missing);
    }
    // An archive has a head from its first moment on: a file of nothing is one that something cut to nothing.
    if std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() == 0) && !has_log(path) {
        return Err(Problem::CutShort { bytes: 0, wanted: PAGE as u64 });
    }
    match open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX) {
        Err(Problem::ReadOnly) => unwritable(path),
        opened => opened,
    }
}

/// Opens an archive that is there as one of many readers, so that nothing can be written through it.
pub(crate) fn for_reading(path: &Path) -> Result<Connection, Problem> {
    // It is brought to today's form first, and refused if it is none.
    drop(existing(path)?);
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    remember(&connection, SMALL_CACHE)?;
    Ok(connection)
}

/// Opens an archive that cannot be written. One that everybody has closed is a whole file, and is read as one that nobody changes. What
/// stands in a log beside it is read with it where SQLite can: its index (`-shm`) must be there too.
fn unwritable(path: &Path) -> Result<Connection, Problem> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let alone = if has_log(path) { "" } else { "?immutable=1" };
    let connection = Connection::open_with_flags(format!("file:{}{alone}", escaped(path)?), flags)?;
    connection.busy_timeout(PATIENCE)?;
    let unread = |problem| if matches!(problem, Problem::ReadOnly) { Problem::Unmerged } else { problem };
    is_ours(&connection).map_err(unread)?;
    if pragma(&connection, "user_version")? < FORMS.len() as i64 {
        return Err(Problem::ReadOnly);
    }
    remember(&connection, CACHE)?;
    Ok(connection)
}

/// Gives a connection room for pages and for prepared statements.
fn remember(connection: &Connection, cache: i64) -> Result<(), rusqlite::Error> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "cache_size", cache)
}

/// A path as a URI has it.
fn escaped(path: &Path) -> Result<String, Problem> {
    let absolute = std::path::absolute(path).map_err(Problem::Unreadable)?;
    Ok(absolute.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23"))
}

/// Refuses what is no archive, and what a newer onrecord made. Says whether it is empty.
fn is_ours(connection: &Connection) -> Result<bool, Problem> {
    let (application, form) = (pragma(connection, "application_id")?, pragma(connection, "user_version")?);
    let is_empty = connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get::<_, bool>(0))?;
    if application != APPLICATION && !(application == 0 && form == 0 && is_empty) {
        return Err(Problem::Foreign);
    }
    let known = FORMS.len() as i64;
    if form > known { Err(Problem::Newer { found: form, known }) } else { Ok(is_empty) }
}

fn open(path: &Path, flags: OpenFlags) -> Result<Connection, Problem> {
    is_whole(path)?;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // Readers go on while somebody writes. FULL: what was committed outlives a power cut, as NORMAL does not promise with WAL;
    // it costs one flush a document, beside a third of a second of reading.
    connection.pragma_update(None, "foreign_keys", true)?;
    if is_ours(&connection)? {
        connection.pragma_update(None, "page_size", PAGE)?;
    }
    remember(&connection, CACHE)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG)?;
    if pragma(&connection, "user_version")? < FORMS.len() as i64 {
        migrate(&mut connection)?;
    }
    Ok(connection)
}

/// Brings an archive to today's form, step by step, whole or not at all.
fn migrate(connection: &mut Connection) -> Result<(), Problem> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let form = usize::try_from(pragma(&transaction, "user_version")?).unwrap_or(0);
    for step in FORMS.iter().skip(form) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", FORMS.len() as i64)?;
    Ok(transaction.commit()?)
}

fn pragma(connection: &Connection, name: &str) -> Result<i64, rusqlite::Error> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

/// Whether what was committed may stand in a log beside the file.
fn has_log(path: &Path) -> bool {
    let log = path.with_file_name(format!("{}-wal", path.file_name().unwrap_or_default().to_string_lossy()));
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// Says whether a file is as long as its own head says, where no log stands beside it that would make up for it.
fn is_whole(path: &Path) -> Result<(), Problem> {
    use std::io::Read;
    let Ok(mut file) = std::fs::File::open(path) else { return Ok(()) };
    let bytes = file.metadata().map_err(Problem::Unreadable)?.len();
    let mut head = [0; 100];
    if bytes == 0 || has_log(path) {
        return Ok(());
    }
    if file.read_exact(&mut head).is_err() || !head.starts_with(b"SQLite format 3\0") {
        return Err(Problem::Foreign);
    }
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        page => u64::from(page),
    };
    let wanted = page * u64::from(u32::from_be_bytes([head[28], head[29], head[30], head[31]]));
    if bytes < wanted { Err(Problem::CutShort { bytes, wanted }) } else { Ok(()) }
}
