//! Corrects the example story as a user would.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn onrecord(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord")).current_dir(folder).args(arguments).args(["--archive", "a.onrecord"]).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_person_corrects_undoes_and_reads_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sallow-stage");
    assert_eq!(onrecord(at, &["add", story.to_str().unwrap()]).0, 0);
    let said = lines(&onrecord(at, &["person", "arkley", "--json"]).1);
    let id = said[0]["id"].as_str().unwrap().to_owned();

    let (code, out, err) = onrecord(at, &["correct", "statement", &id, "--speaker", "Ida Thorn", "--act", "denial", "--why", "on the tape", "--by", "Ann Lee"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("c1: “") && out.contains("said by Ida Thorn\nc2: “") && out.ends_with("1 story brought up to date\n"), "{out}");
    let thorn = lines(&onrecord(at, &["person", "Ida Thorn", "--json"]).1);
    assert_eq!((thorn.len(), &thorn[0]["id"], &thorn[0]["act"]), (1, &said[0]["id"], &Value::from("denial")));
    assert_eq!(lines(&onrecord(at, &["person", "arkley", "--json"]).1).len(), said.len() - 1);
    assert_eq!(onrecord(at, &["check"]).0, 0);

    assert!(onrecord(at, &["correct", "undo", "c1"]).1.starts_with("c1: undone: "));
    assert_eq!(lines(&onrecord(at, &["person", "arkley", "--json"]).1).len(), said.len());
    let log = lines(&onrecord(at, &["corrections", "--json"]).1);
    assert_eq!(
        log.iter().map(|it| (&it["id"], &it["finds"])).collect::<Vec<_>>(),
        [(&Value::from("c1"), &Value::Null), (&Value::from("c2"), &Value::from(true))]
    );
    assert_eq!((&log[0]["why"], &log[0]["by"], &log[0]["turns"][0]["kind"]), (&Value::from("on the tape"), &Value::from("Ann Lee"), &Value::from("undone")));
    assert!(onrecord(at, &["corrections"]).1.contains("undone"));
    assert_eq!(onrecord(at, &["correct", "redo"]).0, 0);
    assert_eq!(lines(&onrecord(at, &["person", "Ida Thorn", "--json"]).1).len(), 1);
    assert!(onrecord(at, &["corrections", "--lost"]).1.contains("0 corrections"));
}

#[test]
fn what_points_nowhere_is_refused_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sallow-stage");
    onrecord(at, &["add", story.to_str().unwrap()]);
    let said = lines(&onrecord(at, &["person", "arkley", "--json"]).1);
    let id = said[0]["id"].as_str().unwrap();
    let stories = lines(&onrecord(at, &["stories", "--json"]).1);
    let story = stories[0]["id"].as_str().unwrap();
    let cases: [(&[&str], &str); 8] = [
        (&["correct", "statement", "dnowhere.s1", "--dismiss"], "nothing in it is called dnowhere"),
        (&["correct", "statement", id], "--dismiss"),
        (&["correct", "statement", id, "--content", "words that nobody said"], "does not stand in"),
        (&["correct", "statement", id, "--act", "shout"], "there are assertion, question"),
        (&["correct", "person", "Nobody Known", "--name", "Somebody"], "nothing in it is called Nobody Known"),
        (&["correct", "relation", story, "r99999"], "is called"),
        (&["correct", "undo"], "nothing is left to be undone"),
        (&["correct", "undo", "c7"], "nothing in it is called c7"),
    ];
    for (arguments, message) in cases {
        let (code, out, err) = onrecord(at, arguments);
        assert!(code != 0 && err.contains(message), "{arguments:?}: {code} {out}{err}");
    }
    assert!(onrecord(at, &["corrections", "--json"]).1.is_empty());
}
