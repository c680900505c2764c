//! What goes wrong on real disks: files that are no archives, files cut short, several programs at once.
#![allow(clippy::unwrap_used)]

mod news;

use news::{NEWS, NOW, READER, archive, refresh};
use onrecord_archive::Archive;
use rusqlite::Connection;
use std::fs::{OpenOptions, copy, read, write};
use std::path::Path;
use std::time::{Duration, Instant};

fn refusal(path: &Path) -> String {
    Archive::open(path).err().map(|error| error.to_string()).unwrap_or_else(|| "it opened".to_owned())
}

fn cut(path: &Path, bytes: u64) {
    OpenOptions::new().write(true).open(path).unwrap().set_len(bytes).unwrap();
}

#[test]
fn what_is_no_archive_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(refusal(&at("none")).contains("there is no archive yet"));
    write(at("text"), "A hen in Pell laid a square egg.".repeat(40)).unwrap();
    assert!(refusal(&at("text")).contains("it is no archive of onrecord"));
    Connection::open(at("other")).unwrap().execute_batch("CREATE TABLE bird (name TEXT)").unwrap();
    assert!(refusal(&at("other")).contains("it is no archive of onrecord"));
    let before = read(at("other")).unwrap();
    assert!(Archive::create(&at("other")).is_err());
    assert_eq!(read(at("other")).unwrap(), before);
}

#[test]
fn a_newer_form_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    drop(archive(&path, &[0], false));
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(refusal(&path).contains("an archive of a newer onrecord (form 99; this one knows form 5)"), "{}", refusal(&path));
}

#[test]
fn an_earlier_form_is_brought_to_todays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let whole = archive(&path, &(0..NEWS.len()).collect::<Vec<_>>(), false).dump().unwrap();
    let connection = Connection::open(&path).unwrap();
    let rows = |connection: &Connection, table: &str| connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap();
    let before = [rows(&connection, "question"), rows(&connection, "unsure")];
    let third = "CREATE TABLE old (team INTEGER NOT NULL, number INTEGER NOT NULL, {} TEXT NOT NULL, {} TEXT NOT NULL, PRIMARY KEY (team, number)) STRICT, WITHOUT ROWID;
        INSERT INTO old SELECT * FROM {table}; DROP TABLE {table}; ALTER TABLE old RENAME TO {table};";
    for (table, columns) in [("question", ["text", "status"]), ("unsure", ["key", "what"])] {
        let third = third.replace("{table}", table).replacen("{}", columns[0], 1).replacen("{}", columns[1], 1);
        connection.execute_batch(&third).unwrap();
    }
    for (table, column) in [("version", "text"), ("readout", "packed")] {
        let key = if table == "version" { "number" } else { "version" };
        let kept: Vec<(i64, Vec<u8>)> = {
            let mut query = connection.prepare(&format!("SELECT {key}, {column} FROM {table}")).unwrap();
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
        };
        for (number, squeezed) in kept {
            let mut loose = Vec::new();
            brotli::BrotliDecompress(&mut &squeezed[..], &mut loose).unwrap();
            let change = format!("UPDATE {table} SET {column} = ?1 WHERE {key} = ?2");
            connection.execute(&change, rusqlite::params![zstd::bulk::compress(&loose, 9).unwrap(), number]).unwrap();
        }
    }
    connection.execute_batch("CREATE INDEX person_id ON person (id); PRAGMA user_version = 3").unwrap();
    drop(connection);
    let archive = Archive::create(&path).unwrap();
    assert_eq!(archive.dump().unwrap(), whole);
    assert_eq!(archive.check(&READER).unwrap().wrong, Vec::<String>::new());
    let connection = Connection::open(&path).unwrap();
    assert_eq!([rows(&connection, "question"), rows(&connection, "unsure")], before);
    assert!(before[0] > 0 && connection.prepare("SELECT rowid FROM question").is_ok());
}

#[test]
fn a_file_cut_to_nothing_is_refused_and_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, "").unwrap();
    assert!(Archive::open(&path).err().unwrap().to_string().contains("it is cut short"));
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
}

#[test]
fn what_cannot_be_backed_up_leaves_no_file_behind() {
    let folder = tempfile::tempdir().unwrap();
    let whole = archive(&folder.path().join("a"), &[0, 1], false);
    let nowhere = folder.path().join("b/c");
    assert!(whole.backup(&nowhere).is_err());
    let target = folder.path().join("d");
    whole.backup(&target).unwrap();
    assert!(whole.backup(&target).unwrap_err().to_string().contains("is there already"));
    let names: Vec<String> = std::fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.ends_with(".part")), "{names:?}");
    assert_eq!(Archive::open(&target).unwrap().dump().unwrap(), whole.dump().unwrap());
}

#[test]
fn a_truncated_file_is_refused_with_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    drop(archive(&path, &[0, 1], false));
    let bytes = std::fs::metadata(&path).unwrap().len();
    cut(&path, bytes - 5000);
    assert!(refusal(&path).contains(&format!("it is cut short: {} bytes where {bytes} should be", bytes - 5000)), "{}", refusal(&path));
    cut(&path, 40);
    assert!(refusal(&path).contains("it is no archive"));
}

#[test]
fn damage_inside_is_found_by_check() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    drop(archive(&path, &[0, 1, 2, 4], false));
    let damages = [
        "UPDATE statement SET content = '5-999999' WHERE number = 1",
        "UPDATE version SET bytes = 1 WHERE number = 1",
        "UPDATE readout SET packed = x'00' WHERE version = 2",
        "UPDATE story SET digest = x'00'",
        "UPDATE statement SET act = 'denial' WHERE act = 'assertion'",
        "UPDATE person SET name = 'Jon Kern'",
        "DELETE FROM readout WHERE version = 1",
        "DELETE FROM membership WHERE place = 0",
        "UPDATE version SET title = 'Another title' WHERE number = 1",
        "UPDATE version SET content = x'00' WHERE number = 2",
        "UPDATE document SET address = 'path:/elsewhere' WHERE number = 1",
        "DELETE FROM statement_text",
        "DELETE FROM article_text WHERE rowid = 1",
    ];
    for damage in damages {
        let broken = folder.path().join("b");
        let _ = std::fs::remove_file(&broken);
        copy(&path, &broken).unwrap();
        let connection = Connection::open(&broken).unwrap();
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        connection.execute_batch(damage).unwrap();
        drop(connection);
        let findings = Archive::open(&broken).unwrap().check(&READER).unwrap();
        assert!(!findings.wrong.is_empty(), "{damage}");
    }
    assert!(Archive::open(&path).unwrap().check(&READER).unwrap().wrong.is_empty());
}

#[test]
fn a_log_cut_short_loses_nothing_that_was_whole_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let log = |path: &Path| path.with_file_name(format!("{}-wal", path.file_name().unwrap().to_string_lossy()));
    let archive = archive(&path, &(0..NEWS.len()).collect::<Vec<_>>(), false);
    let whole = archive.dump().unwrap();
    let bytes = std::fs::metadata(log(&path)).unwrap().len();
    assert!(bytes > 100_000, "everything is still in the log");
    let mut held = Vec::new();
    for share in [0, 1, 2, 5, 9, 10] {
        let broken = folder.path().join(format!("b{share}"));
        copy(&path, &broken).unwrap();
        copy(log(&path), log(&broken)).unwrap();
        cut(&log(&broken), bytes * share / 10 + if share < 10 { 17 } else { 0 });
        let mut broken = Archive::create(&broken).unwrap();
        let findings = broken.check(&READER).unwrap();
        assert_eq!(findings.wrong, Vec::<String>::new(), "{share} tenths");
        held.push(findings.documents);
        NEWS.iter().for_each(|new| drop(broken.add(new, NOW).unwrap()));
        refresh(&mut broken);
        assert_eq!(broken.dump().unwrap(), whole);
    }
    assert!(held.is_sorted() && held[0] == 0 && held[5] == NEWS.len(), "{held:?}");
}

#[test]
fn two_writers_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    drop(Archive::create(&path).unwrap());
    std::thread::scope(|scope| {
        for half in 0..2 {
            let path = &path;
            scope.spawn(move || {
                let mut archive = Archive::open(path).unwrap();
                for new in NEWS.iter().skip(half).step_by(2) {
                    archive.add(new, NOW).unwrap();
                    refresh(&mut archive);
                }
            });
        }
    });
    let mut both = Archive::open(&path).unwrap();
    refresh(&mut both);
    let alone = archive(&folder.path().join("b"), &(0..NEWS.len()).collect::<Vec<_>>(), false);
    assert_eq!(both.dump().unwrap(), alone.dump().unwrap());
}

#[test]
fn readers_are_not_blocked_while_somebody_writes_and_see_what_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let archive = archive(&path, &[0, 1, 2], false);
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE; DELETE FROM story").unwrap();
    let start = Instant::now();
    assert_eq!(archive.stories().unwrap().len(), 2);
    assert_eq!(Archive::open(&path).unwrap().people().unwrap(), archive.people().unwrap());
    let copied = folder.path().join("b");
    archive.backup(&copied).unwrap();
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(Archive::open(&copied).unwrap().dump().unwrap(), archive.dump().unwrap());
    assert!(archive.backup(&copied).unwrap_err().to_string().contains("a file is there already"));
}
