//! The words of statements and articles, for searching.

use crate::error::Problem;
use onrecord::Reading;
use rusqlite::{Connection, params};

/// The room that a version has for the numbers of its statements.
pub(crate) const ROOM: i64 = 1 << 20;

/// Keeps the words of a version, whose statements have these numbers.
pub(crate) fn keep(connection: &Connection, version: i64, reading: &Reading, numbers: &[i64]) -> Result<(), Problem> {
    let text = &reading.document.text;
    connection.prepare_cached("INSERT INTO article_text (rowid, text) VALUES (?1, ?2)")?.execute(params![version, text])?;
    let mut insert = connection.prepare_cached("INSERT INTO statement_text (rowid, content) VALUES (?1, ?2)")?;
    for (number, statement) in numbers.iter().zip(&reading.statements).filter(|(number, _)| **number < ROOM) {
        let words = statement.matter().iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" … ");
        insert.execute(params![version * ROOM + number, words])?;
    }
    Ok(())
}

/// Forgets the words of a version that another has overtaken.
pub(crate) fn forget(connection: &Connection, version: i64) -> Result<(), Problem> {
    connection.prepare_cached("DELETE FROM article_text WHERE rowid = ?1")?.execute([version])?;
    connection.prepare_cached("DELETE FROM statement_text WHERE rowid > ?1 AND rowid < ?2")?.execute([version * ROOM, (version + 1) * ROOM])?;
    Ok(())
}
