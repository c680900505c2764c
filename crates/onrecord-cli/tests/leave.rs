//! Exports in every form, to files that are there whole or not at all, and back.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

struct Run {
    code: i32,
    out: Vec<u8>,
    err: String,
}

impl Run {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }
}

fn onrecord(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord")).current_dir(folder).args(arguments).output().unwrap();
    Run { code: output.status.code().unwrap(), out: output.stdout, err: String::from_utf8(output.stderr).unwrap() }
}

/// A folder with an archive `a` of two stories, one of whose articles has two versions.
fn with_archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let lines = [
        r#"{"url":"https://skein.example/1","outlet":"Skein","title":"Pell bridge stays shut, says harbour master","published":"2031-03-04","text":"The bridge at Pell stays shut, Ilse Varga, the harbour master, said on Tuesday. “We saw the north pier move in May,” Varga said."}"#,
        r#"{"url":"https://ledger.example/1","outlet":"Ledger","title":"Harbour master: Pell bridge pier moved","published":"2031-03-05","text":"Ilse Varga, the harbour master at Pell, said the bridge at Pell stays shut. “We saw the north pier move in May,” she said."}"#,
        r#"{"url":"https://skein.example/2","outlet":"Skein","title":"Hen lays a square egg in Tarn","published":"2031-06-04","text":"A hen in Tarn laid a square egg, its keeper, Jon Kern, said on Sunday."}"#,
    ];
    std::fs::write(at.join("a.jsonl"), lines.join("\n")).unwrap();
    assert_eq!(onrecord(at, &["add", "a.jsonl", "--archive", "a"]).code, 0);
    std::fs::write(at.join("b.jsonl"), lines[0].replace("in May", "in June")).unwrap();
    assert_eq!(onrecord(at, &["add", "b.jsonl", "--archive", "a"]).code, 0);
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn an_export_comes_back_byte_for_byte() {
    let folder = with_archive();
    let at = folder.path();
    assert_eq!(onrecord(at, &["export", "--archive", "a", "-o", "all.jsonl"]).code, 0);
    let back = onrecord(at, &["import", "all.jsonl", "--archive", "b"]);
    assert_eq!((back.code, back.text()), (0, "4 versions taken in; 2 stories brought up to date\n"), "{}", back.err);
    let again = onrecord(at, &["export", "--archive", "b"]);
    assert!(again.out == std::fs::read(at.join("all.jsonl")).unwrap(), "{}", again.text());
    for format in ["csv", "xlsx", "parquet", "annotations", "schema", "markdown", "html"] {
        let of = |archive: &str| onrecord(at, &["export", "--archive", archive, "--format", format]);
        let (a, b) = (of("a"), of("b"));
        assert!(a.code == 0 && a.out == b.out && !a.out.is_empty(), "{format}: {}", a.err);
    }
    assert_eq!(onrecord(at, &["import", "all.jsonl", "--archive", "b"]).text(), "0 versions taken in, 4 there already; 0 stories brought up to date\n");
    assert_eq!(onrecord(at, &["check", "--archive", "b"]).code, 0);
}

#[test]
fn what_persons_corrected_comes_back() {
    let folder = with_archive();
    let at = folder.path();
    let run = |arguments: &[&str]| {
        let run = onrecord(at, &[arguments, &["--archive", "a", "--by", "Ann Lee"]].concat());
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.err);
    };
    let said = onrecord(at, &["person", "varga", "--json", "--archive", "a"]).text().to_owned();
    let id = |line: usize| said.lines().nth(line).unwrap()[7..].split('"').next().unwrap().to_owned();
    run(&["correct", "statement", &id(0), "--dismiss", "--why", "said twice"]);
    run(&["correct", "statement", &id(1), "--act", "denial"]);
    run(&["correct", "person", "Ilse Varga", "--name", "Ilse Vargas"]);
    run(&["correct", "undo"]);
    run(&["correct", "redo"]);
    let all = onrecord(at, &["export", "--archive", "a"]).text().to_owned();
    assert_eq!(all.lines().filter(|line| line.starts_with("{\"schema\":\"onrecord.correction/1\"")).count(), 3, "{all}");
    std::fs::write(at.join("all.jsonl"), &all).unwrap();
    let back = onrecord(at, &["import", "all.jsonl", "--archive", "b"]);
    assert_eq!(back.text(), "4 versions and 3 corrections taken in; 2 stories brought up to date\n", "{}", back.err);
    assert_eq!(onrecord(at, &["export", "--archive", "b"]).text(), all);
    let statements = onrecord(at, &["export", "--archive", "b", "--format", "csv"]).text().to_owned();
    assert!(!statements.contains(&format!("{},", id(0))) && statements.contains(&format!("{},", id(1))) && statements.contains(",c2,"), "{statements}");
    assert_eq!(onrecord(at, &["import", "all.jsonl", "--archive", "b"]).text(), "0 versions taken in, 7 there already; 0 stories brought up to date\n");
    // Into an archive that has the documents already.
    let ground: String = all.lines().filter(|line| line.starts_with("{\"schema\":\"onrecord.version/1\"")).map(|line| format!("{line}\n")).collect();
    std::fs::write(at.join("ground.jsonl"), ground).unwrap();
    assert_eq!(onrecord(at, &["import", "ground.jsonl", "--archive", "c"]).code, 0);
    assert!(onrecord(at, &["import", "all.jsonl", "--archive", "c"]).text().starts_with("0 versions and 3 corrections taken in, 4 there already; "));
    assert_eq!(onrecord(at, &["export", "--archive", "c"]).text(), all);
    assert_eq!(onrecord(at, &["check", "--archive", "c"]).code, 0);
}

#[test]
fn bad_lines_are_named_and_the_rest_is_taken_in() {
    let folder = with_archive();
    let at = folder.path();
    let all = onrecord(at, &["export", "--archive", "a"]).text().to_owned();
    let mut lines: Vec<String> = all.lines().map(str::to_owned).collect();
    let first = lines[0].clone();
    lines.insert(0, "{\"schema\": \"onrecord.ver".to_owned());
    lines.insert(2, "{\"schema\": \"onrecord.weather/1\", \"rain\": true}".to_owned());
    lines.insert(4, first.replace("\"version\":1", "\"version\":\"one\""));
    lines.insert(5, String::new());
    lines.insert(6, "[1, 2]".to_owned());
    std::fs::write(at.join("bad.jsonl"), lines.join("\n")).unwrap();
    let back = onrecord(at, &["import", "bad.jsonl", "missing.jsonl", "--archive", "b"]);
    assert_eq!(back.code, 2);
    assert_eq!(back.text(), "4 versions taken in, 5 lines not read; 2 stories brought up to date\n");
    for message in [
        "bad.jsonl:1: it is no JSON",
        "bad.jsonl:3: this program does not know lines of onrecord.weather/1",
        "bad.jsonl:5: it is not what it says it is",
        "bad.jsonl:7: ",
        "could not read missing.jsonl",
    ] {
        assert!(back.err.contains(message), "{message}: {}", back.err);
    }
    assert_eq!(onrecord(at, &["export", "--archive", "b"]).text(), all);
}

#[test]
fn one_story_leaves_alone() {
    let folder = with_archive();
    let at = folder.path();
    let stories = onrecord(at, &["stories", "--json", "--archive", "a"]).text().to_owned();
    let id = stories.lines().find(|line| line.contains("Hen lays")).map(|line| line[7..20].to_owned()).unwrap();
    let one = onrecord(at, &["export", "--archive", "a", "--story", &id]);
    assert_eq!(one.text().lines().count(), 2, "{}", one.text());
    let page = onrecord(at, &["export", "--archive", "a", "--story", &id[..6], "--format", "html"]);
    assert!(page.text().contains("<h1 id=\"title\" dir=\"auto\">Hen lays a square egg in Tarn</h1>"), "{}", page.text());
    assert_eq!(onrecord(at, &["export", "--archive", "a", "--story", "dnothing"]).code, 1);
    assert_eq!(onrecord(at, &["export", "--archive", "a", "--format", "html", "-o", "pages/"]).code, 0);
    assert_eq!(names(&at.join("pages")).len(), 2);
}

#[test]
fn tables_are_chosen_by_name() {
    let folder = with_archive();
    let table = |name: &str| onrecord(folder.path(), &["export", "--archive", "a", "--format", "csv", "--table", name]).text().to_owned();
    assert!(table("people").starts_with("\u{feff}person,story,name,kind,") && table("people").contains("Ilse Varga"));
    assert!(table("documents").contains("https://ledger.example/1"));
    assert!(table("statements").contains("https://ledger.example/1#:~:text="), "{}", table("statements"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_is_there_whole_or_not_at_all() {
    let folder = with_archive();
    let at = folder.path();
    // Nothing but empty lines: long, and soon read.
    std::fs::write(at.join("long.txt"), format!("It rained in Pell.{}", "\n".repeat(60_000))).unwrap();
    assert_eq!(onrecord(at, &["add", "long.txt", "--archive", "a"]).code, 0);
    std::fs::write(at.join("out.csv"), "what was there before").unwrap();
    let before = names(at);
    // A disk that takes no more than some kilobytes a file.
    let script = format!("trap '' XFSZ; ulimit -f 40; exec {} export --archive a --format jsonl -o out.csv", env!("CARGO_BIN_EXE_onrecord"));
    let output = Command::new("bash").current_dir(at).args(["-c", &script]).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("could not write out.csv: ") && message.contains("nothing was left there that is not whole"), "{message}");
    assert_eq!(std::fs::read_to_string(at.join("out.csv")).unwrap(), "what was there before");
    assert_eq!(names(at), before);
    let nowhere = onrecord(at, &["export", "--archive", "a", "-o", "no/such/folder.csv"]);
    assert!(nowhere.code == 1 && nowhere.err.contains("could not write no/such/folder.csv: "), "{}", nowhere.err);
    for format in ["jsonl", "csv", "xlsx", "parquet", "annotations", "schema", "markdown", "html"] {
        let full = onrecord(at, &["export", "--archive", "a", "--format", format, "-o", "/dev/full"]);
        assert!(full.code == 1 && full.err.contains("/dev/full") && full.err.to_lowercase().contains("space"), "{format}: {}", full.err);
    }
    assert_eq!(names(at), before);
}

/// `ONRECORD_LINES_MB=200 cargo test -p onrecord-cli --test leave streams` writes so many megabytes.
#[cfg(target_os = "linux")]
#[test]
fn an_import_streams() {
    let megabytes: usize = std::env::var("ONRECORD_LINES_MB").ok().and_then(|size| size.parse().ok()).unwrap_or(20);
    let folder = with_archive();
    let at = folder.path();
    let all = onrecord(at, &["export", "--archive", "a"]).text().to_owned();
    let mut lines = String::new();
    // Records are most of an export; every tenth of the file has a bad line.
    let record = all.lines().find(|line| line.starts_with("{\"schema\":\"onrecord.record/1\"")).unwrap();
    // As many as ten parts alike hold, so that ten lines are bad.
    let part = (megabytes * 100_000 / record.len()).max(2);
    for number in 0..10 * part {
        if number % part == 1 {
            writeln!(lines, "{}", &record[..record.len() / 2]).unwrap();
        }
        writeln!(lines, "{record}").unwrap();
    }
    lines.push_str(&all);
    std::fs::write(at.join("large.jsonl"), lines).unwrap();
    // Address space would grow with the file if it were held.
    let script = format!("ulimit -v {}; exec {} import large.jsonl --archive b", 1_500_000, env!("CARGO_BIN_EXE_onrecord"));
    let output = Command::new("bash").current_dir(at).args(["-c", &script]).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert_eq!(message.lines().count(), 10, "{message}");
    assert_eq!(onrecord(at, &["export", "--archive", "b"]).text(), all);
}
