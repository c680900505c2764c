//! Runs `onrecord record` and `onrecord explain --record` on piles of articles, good and bad, as a user would.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

const TUESDAY: &str = "Bridge stays shut\n\nHARROW, March 4, 2031 (Skein) - The bridge stays shut, the council said on Tuesday.\n\n\
    “We will not be rushed,” said Ilse Varga, the chief engineer. “It opens when it is safe.”\n\n\
    A spokeswoman for the mayor declined to comment.\n";

const WEDNESDAY: &str = "Bridge may open soon\n\nHARROW, March 5, 2031 (Skein) - Ilse Varga, the chief engineer of the bridge, said on Wednesday that it would open \
    within a month.\n\n“It is safe,” Varga said. On Tuesday she had said: “It opens when it is safe.”\n";

/// A folder of its own for a test, gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Folder {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("onrecord-record-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&folder.0).unwrap();
        for (name, text) in files {
            std::fs::write(folder.0.join(name), text).unwrap();
        }
        folder
    }

    /// The exit code, standard output and standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_onrecord")).current_dir(&self.0).args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Every document's text, by story, whatever the order of the files.
fn texts(out: &str) -> Vec<Vec<String>> {
    let records = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut stories: Vec<Vec<String>> =
        records.map(|record| record["documents"].as_array().unwrap().iter().map(|it| it["text"].to_string()).collect()).collect();
    stories.iter_mut().for_each(|texts| texts.sort());
    stories.sort();
    stories
}

#[test]
fn a_record_is_a_page_of_at_most_eighty_columns_with_every_place() {
    let folder = Folder::with(&[("a.txt", TUESDAY), ("b.txt", WEDNESDAY)]);
    let (code, out, err) = folder.run(&["record", "a.txt", "b.txt"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    assert!(out.contains("IN BRIEF") && out.contains("WHO SPEAKS") && out.contains("DOCUMENTS"), "{out}");
    assert!(out.contains("Ilse Varga") && out.contains("a.txt:5"), "{out}");
}

#[test]
fn json_is_one_record_a_story_and_loses_no_document() {
    let folder = Folder::with(&[("a.txt", TUESDAY), ("b.txt", WEDNESDAY), ("c.txt", "Nobody says anything in this file.\n")]);
    let (code, out, _) = folder.run(&["record", "--json", "."]);
    assert_eq!(code, 0);
    let count: usize = texts(&out).iter().map(Vec::len).sum();
    assert_eq!(count, 3, "every document is in a story");
    let first: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(first["schema"], "onrecord.record/1");
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let folder = Folder::with(&[("a.txt", TUESDAY), ("b.txt", WEDNESDAY)]);
    let one = folder.run(&["record", "--json", "a.txt", "b.txt"]).1;
    let other = folder.run(&["record", "--json", "b.txt", "a.txt"]).1;
    assert_eq!(texts(&one), texts(&other));
}

#[test]
fn the_same_file_twice_is_read_twice_and_confirms_nothing() {
    let folder = Folder::with(&[("a.txt", TUESDAY), ("again.txt", TUESDAY)]);
    let (code, out, _) = folder.run(&["record", "--json", "a.txt", "again.txt"]);
    assert_eq!(code, 0);
    for record in out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let confirms = record["relations"].as_array().unwrap().iter().filter(|it| it["kind"] == "corroborates").count();
        assert_eq!(confirms, 0, "{record}");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_recorded() {
    let folder = Folder::with(&[("a.txt", TUESDAY)]);
    std::fs::write(folder.0.join("b.txt"), b"\x00\x01\x02\x00\x00").unwrap();
    let (code, out, err) = folder.run(&["record", "a.txt", "missing.txt", "b.txt"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("missing.txt") && out.contains("Ilse Varga"), "{err}{out}");
}

#[test]
fn nothing_to_read_is_no_crash() {
    let folder = Folder::with(&[]);
    let (code, out, err) = folder.run(&["record", "."]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
}

#[test]
fn every_fact_of_a_record_opens_by_its_id() {
    let folder = Folder::with(&[("a.txt", TUESDAY), ("b.txt", WEDNESDAY)]);
    for id in ["d1", "p1", "s1", "u1", "b1", "1.d1"] {
        let (code, out, err) = folder.run(&["explain", "--record", "a.txt", "b.txt", id]);
        assert_eq!(code, 0, "{id}: {err}");
        assert!(out.starts_with(id.trim_start_matches("1.")), "{id}: {out}");
    }
    let (code, out, _) = folder.run(&["explain", "--record", "--json", "a.txt", "b.txt", "u1"]);
    assert_eq!((code, serde_json::from_str::<Value>(&out).unwrap()["id"].as_str()), (0, Some("u1")));
    for wrong in ["q99", "x1", "9.d1", "p0"] {
        let (code, _, err) = folder.run(&["explain", "--record", "a.txt", "b.txt", wrong]);
        assert!(code == 1 && err.contains(wrong.trim_start_matches("9.")), "{wrong}: {err}");
    }
}
