//! Runs the binary on real files, good and bad, as a user would.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use snapbox::cmd::{Command, cargo_bin};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};

const ARTICLE: &str = "Bridge stays shut\n\nThe bridge stays shut, the council said in a statement on Tuesday.\n\n\
    “We will not be rushed,” said Ilse Varga, the chief engineer. “It opens when it is safe.”\n\n\
    A spokeswoman for the mayor declined to comment.\n";

/// A folder of its own for a test, gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("onrecord-test-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&folder.0).unwrap();
        folder
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Folder {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).into()
    }

    fn command(&self, arguments: &[&str]) -> Output {
        Command::new(cargo_bin!("onrecord")).current_dir(&self.0).args(arguments).output().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ran {
    fn readings(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn quoted_words(text: &str) -> Vec<String> {
    text.split('“').skip(1).filter_map(|rest| rest.split_once('”').map(|(inside, _)| inside.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
}

#[test]
fn read_prints_a_record_of_at_most_eighty_columns_with_every_place() {
    let ran = Folder::new().with("a.txt", ARTICLE).run(&["read", "a.txt", "--date", "2031-03-06", "--outlet", "The Harrow Post"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    assert!(ran.out.contains("The Harrow Post"), "{}", ran.out);
    assert!(ran.out.contains("a.txt:5"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "no colours in a pipe");
    let squeezed = ARTICLE.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in quoted_words(&ran.out) {
        assert!(squeezed.contains(&format!("“{words}”")), "{words} is no quotation of the article");
    }
}

#[test]
fn json_is_one_reading_a_line_in_the_order_of_the_input() {
    let mut folder = Folder::new();
    for at in 0..12 {
        folder = folder.with(&format!("in/{at:02}.txt"), ARTICLE.repeat(1 + (at * 7) % 5));
    }
    let ran = folder.run(&["read", "--json", "in"]);
    let names: Vec<String> = ran.readings().iter().map(|reading| reading["document"]["path"].as_str().unwrap().to_owned()).collect();
    let expected: Vec<String> = (0..12).map(|at| Path::new("in").join(format!("{at:02}.txt")).display().to_string()).collect();
    assert_eq!(names, expected);
    assert!(ran.readings().iter().all(|reading| reading["schema"] == "onrecord.reading/1"));
    assert_eq!(ran.readings()[0]["document"]["text"], ARTICLE);
}

#[test]
fn standard_input_is_read_whatever_it_holds() {
    let read =
        |input: &str| -> Ran { Command::new(cargo_bin!("onrecord")).args(["read", "--json", "-"]).stdin(input.as_bytes().to_vec()).output().unwrap().into() };
    assert_eq!(read(ARTICLE).readings()[0]["document"]["path"], "stdin");
    let lines = read("{\"text\": \"It rained.\", \"date\": \"2031-03-05\"}\n{\"title\": \"Storm\", \"text\": \"It stopped.\"}\n").readings();
    assert_eq!(lines[0]["document"]["published"], "2031-03-05");
    assert_eq!(lines[1]["document"]["text"], "Storm\n\nIt stopped.");
}

#[test]
fn colours_obey_the_terminal_and_no_color() {
    let folder = Folder::new().with("a.txt", ARTICLE);
    let run = |name: &str, value: &str| -> Ran {
        let command = Command::new(cargo_bin!("onrecord")).current_dir(&folder.0).args(["read", "a.txt"]);
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env(name, value).output().unwrap().into()
    };
    assert!(run("CLICOLOR_FORCE", "1").out.contains("\u{1b}["));
    assert!(!run("NO_COLOR", "1").out.contains('\u{1b}'));
}

/// Reads bad input beside a good article: the message, and that the article was read all the same.
fn beside_a_good_one(name: &str, bytes: &[u8]) -> String {
    let folder = Folder::new().with("in/good.txt", ARTICLE).with(&format!("in/{name}"), bytes);
    let ran = folder.run(&["read", "--json", "in"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(ran.readings().len(), 1);
    let place = Path::new("in").join(name).display().to_string();
    assert!(ran.err.contains(&format!("could not read {place}")), "{}", ran.err);
    assert!(ran.err.contains("1 read, 1 not read"), "{}", ran.err);
    ran.err
}

#[test]
fn bad_input_is_named_and_the_rest_is_read() {
    assert!(beside_a_good_one("empty.txt", b"").contains("it is empty"));
    assert!(beside_a_good_one("nul.txt", &[0; 500]).contains("a binary file"));
    assert!(beside_a_good_one("paper.txt", b"%PDF-1.7\n...").contains("it is a PDF"));
    assert!(beside_a_good_one("bad.json", b"{\"text\": \"It rained").contains("it is not JSON"));
    assert!(beside_a_good_one("bare.json", b"{\"title\": \"It rained\"}").contains("no article text"));
    assert!(beside_a_good_one("bare.html", b"<html><body></body></html>").contains("no article was found"));
    assert!(beside_a_good_one("large.txt", &vec![b'a'; 5 << 20]).contains("raise --max-bytes"));
}

#[test]
fn fifty_megabytes_are_refused_at_once() {
    let folder = Folder::new();
    std::fs::File::create(folder.0.join("huge.txt")).unwrap().set_len(50_000_000).unwrap();
    let ran = folder.run(&["read", "huge.txt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("could not read huge.txt: it has 50.0 MB, more than the 4.2 MB of one article"), "{}", ran.err);
}

#[test]
fn other_character_sets_are_decoded_and_noted() {
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(ARTICLE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let western: Vec<u8> = ARTICLE
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            c => c as u8,
        })
        .collect();
    let readings = Folder::new().with("in/a.txt", wide).with("in/b.txt", western).run(&["read", "--json", "in"]).readings();
    assert_eq!((readings[0]["document"]["text"].as_str(), readings[1]["document"]["text"].as_str()), (Some(ARTICLE), Some(ARTICLE)));
    assert!(readings[0]["notes"].to_string().contains("UTF-16LE"));
    assert!(readings[1]["notes"].to_string().contains("windows-1252"));
}

#[test]
fn what_says_nothing_is_read_without_statements() {
    let german = "Der Bürgermeister sagte am Donnerstag, die Brücke werde erst im kommenden Jahr wieder geöffnet. Die Stadt habe \
        kein Geld für die Reparatur, erklärte er: „Das Land will nicht helfen.“";
    let ran = Folder::new().with("in/a.txt", german).with("in/b.txt", "“”‘’\"\"''“").run(&["read", "--json", "in"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for (reading, note) in ran.readings().iter().zip(["not-english", "no-words"]) {
        assert_eq!(reading["statements"], serde_json::json!([]));
        assert!(reading["notes"].to_string().contains(note), "{}", reading["notes"]);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new().with("in/a.txt", ARTICLE).with("in/b.txt", ARTICLE);
    std::fs::set_permissions(folder.0.join("in/b.txt"), std::fs::Permissions::from_mode(0o0)).unwrap();
    if std::fs::read(folder.0.join("in/b.txt")).is_ok() {
        return; // the tests run as root, who may read everything; a link that leads nowhere stands in below
    }
    let ran = folder.run(&["read", "--json", "in"]);
    assert_eq!((ran.code, ran.readings().len()), (2, 1));
    assert!(ran.err.contains("in/b.txt: permission denied"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_named() {
    let folder = Folder::new().with("in/a.txt", ARTICLE);
    std::os::unix::fs::symlink("nowhere", folder.0.join("in/b.txt")).unwrap();
    let ran = folder.run(&["read", "--json", "in"]);
    assert_eq!((ran.code, ran.readings().len()), (2, 1));
    assert!(ran.err.contains("could not read in/b.txt: there is no such file"), "{}", ran.err);
}

#[test]
fn files_of_other_kinds_in_a_folder_are_told_unless_quiet() {
    let folder = Folder::new().with("in/a.txt", ARTICLE).with("in/b.pdf", "%PDF-1.7");
    let ran = folder.run(&["read", "--json", "in"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("passed over 1 file of other kinds in in, such as in"), "{}", ran.err);
    assert_eq!(folder.run(&["read", "--quiet", "--json", "in"]).err, "");
}

#[test]
fn a_wrong_command_line_ends_with_one() {
    let folder = Folder::new().with("a.txt", ARTICLE);
    for arguments in
        [&["read"][..], &["read", "--date", "soon", "a.txt"], &["show", "--stage", "nothing", "a.txt"], &["explain", "a.txt", "s900"], &["explain", "a.txt"]]
    {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.is_empty());
    }
    assert!(folder.run(&["read", "gone.txt"]).err.contains("could not read gone.txt: there is no such file; check the path"));
}

#[test]
fn every_stage_can_be_shown() {
    let folder = Folder::new().with("a.txt", ARTICLE);
    for (_, name) in onrecord::render::STAGES {
        let ran = folder.run(&["show", "--stage", name, "a.txt"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{name}");
        assert!(ran.out.contains("The bridge stays shut, the council said"), "{name}: {}", ran.out);
    }
    let ran = folder.run(&["show", "--stage", "sentence", "--json", "a.txt"]);
    let layer: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(layer["stage"], "sentence::split");
    assert!(layer["items"].as_array().unwrap().len() >= 4);
}

#[test]
fn explain_tells_who_found_what() {
    let folder = Folder::new().with("a.txt", ARTICLE).with("b.jsonl", format!("{{\"text\": {}}}\n", serde_json::to_string(ARTICLE).unwrap()));
    let ran = folder.run(&["explain", "a.txt", "s1"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("s1 a.txt:"), "{}", ran.out);
    assert!(ran.out.contains("content") && ran.out.contains("model, head"), "{}", ran.out);
    assert!(folder.run(&["explain", "a.txt:5"]).out.contains("rushed"));
    assert!(folder.run(&["explain", "a.txt", "5"]).out.contains("rushed"));
    assert!(folder.run(&["explain", "b.jsonl:1", "s1"]).out.contains("b.jsonl:1"));
    let statement: Value = serde_json::from_str(&folder.run(&["explain", "--json", "a.txt", "s1"]).out).unwrap();
    assert_eq!(statement["id"], "s1");
}

#[test]
fn completions_manual_and_version() {
    let folder = Folder::new();
    assert!(folder.run(&["completions", "bash"]).out.contains("onrecord"));
    assert!(folder.run(&["man"]).out.contains(".TH onrecord 1"));
    assert!(folder.run(&["--version"]).out.starts_with("onrecord "));
    assert_eq!(folder.run(&["man", "."]).code, 0);
    assert!(folder.0.join("onrecord-read.1").exists());
}
