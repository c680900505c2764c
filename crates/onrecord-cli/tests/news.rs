//! Watches tell of what comes, once, and news goes where it should: into feeds, and over real HTTP.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn onrecord(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord")).current_dir(folder).args(arguments).args(["--archive", "a.onrecord"]).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const FIRST: &str = "The Harrow council voted on Monday to sack its treasurer, Mara Ode, over the missing pension money. “I took nothing from the pension fund,” Ode said. Six people were hurt in the crush at the town hall of Harrow, the police said.";
const SECOND: &str = "Mara Ode, the treasurer of Harrow, was sacked by the council on Monday over the missing pension money. Nine people were hurt in the crush at the town hall of Harrow, the fire service said. Tom Lund, the mayor, said the vote on the treasurer would be repeated in May.";

fn story() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.txt"), FIRST).unwrap();
    std::fs::write(folder.path().join("two.txt"), SECOND).unwrap();
    folder
}

#[test]
fn watches_tell_of_what_comes_after_them_and_of_it_once() {
    let folder = story();
    let at = folder.path();
    onrecord(at, &["add", "--date", "2031-03-04", "one.txt"]);
    for watch in [
        &["watch", "said", "--by", "Lund"][..],
        &["watch", "said", "--words", "\"would be repeated\""],
        &["watch", "said", "--by", "Ode"],
        &["watch", "altered"],
    ] {
        let (code, out, err) = onrecord(at, watch);
        assert!(code == 0 && out.contains("is set"), "{out}{err}");
    }
    assert!(onrecord(at, &["news"]).1.contains("0 pieces of news"), "what was there before is no news");
    onrecord(at, &["add", "--date", "2031-03-04", "two.txt"]);
    let news = lines(&onrecord(at, &["news", "--json"]).1);
    let told: Vec<(&str, &str)> = news.iter().map(|it| (it["watch"].as_str().unwrap(), it["on"].as_str().unwrap())).collect();
    assert!(told.contains(&("w1", "said")) && told.contains(&("w2", "said")), "{told:?}");
    let lund = &news[0]["words"][0];
    assert_eq!((lund["speaker"].as_str(), lund["text"].as_str().map(|text| text.contains("repeated in May"))), (Some("Tom Lund"), Some(true)));
    onrecord(at, &["rebuild"]);
    assert_eq!(lines(&onrecord(at, &["news", "--json"]).1), news, "made again, nothing is told again");

    std::fs::write(at.join("one.txt"), FIRST.replace("“I took nothing from the pension fund,” Ode said. ", "")).unwrap();
    onrecord(at, &["add", "--date", "2031-03-04", "one.txt"]);
    let after = lines(&onrecord(at, &["news", "--json", "--after", news.last().unwrap()["id"].as_str().unwrap()]).1);
    assert_eq!(after.len(), 1, "{after:?}");
    assert_eq!((after[0]["on"].as_str(), after[0]["words"][0]["text"].as_str()), (Some("altered"), Some("“I took nothing from the pension fund,”")));
    assert!(onrecord(at, &["versions"]).1.contains("2 versions"));

    assert_eq!(onrecord(at, &["watch", "--drop", "w1"]).0, 0);
    assert_eq!(lines(&onrecord(at, &["watch", "--json"]).1).len(), 3);
    let (code, _, err) = onrecord(at, &["watch", "--drop", "w1"]);
    assert!(code == 1 && err.contains("nothing in it is called w1"), "{err}");
    assert!(onrecord(at, &["watch", "shouting"]).2.contains("there are said, changed"));
}

#[test]
fn a_search_can_be_watched_with_all_it_asks_and_leaves_with_an_export() {
    let folder = story();
    let at = folder.path();
    onrecord(at, &["add", "--date", "2031-03-04", "one.txt"]);
    let ode =
        lines(&onrecord(at, &["people", "--json"]).1).into_iter().find(|somebody| somebody["name"] == "Mara Ode").unwrap()["id"].as_str().unwrap().to_owned();
    for watch in [
        &["watch", "said", "--form", "indirect", "--about", "treasurer"][..],
        &["watch", "said", "--form", "direct"],
        &["watch", "said", "--outlet", "The Skein"],
        &["watch", "conflict", "--by", &ode],
    ] {
        assert_eq!(onrecord(at, watch).0, 0, "{watch:?}");
    }
    let set = lines(&onrecord(at, &["watch", "--json"]).1);
    assert_eq!((set[3]["by"].as_str(), set[3]["schema"].as_str()), (Some("Mara Ode"), Some("onrecord.watch/1")), "an id stands for a name");
    onrecord(at, &["add", "--date", "2031-03-04", "two.txt"]);
    let told = lines(&onrecord(at, &["news", "--json"]).1);
    assert!(!told.is_empty() && told.iter().all(|it| it["watch"] == "w1"), "{told:?}");
    let words = told.iter().map(|it| it["words"][0]["text"].as_str().unwrap()).collect::<Vec<_>>();
    assert!(words.iter().any(|words| words.contains("the vote on the treasurer would be repeated")), "{words:?}");

    // What goes with nothing is refused.
    assert!(onrecord(at, &["watch", "conflict", "--words", "dam"]).2.contains("words can be asked of what was said, not of `conflict`"));
    assert_eq!(onrecord(at, &["watch", "--by", "Lund"]).0, 1);

    let (_, exported, _) = onrecord(at, &["export"]);
    std::fs::write(at.join("all.jsonl"), &exported).unwrap();
    let import = || Command::new(env!("CARGO_BIN_EXE_onrecord")).current_dir(at).args(["import", "all.jsonl", "--archive", "b.onrecord"]).output().unwrap();
    assert!(String::from_utf8(import().stdout).unwrap().contains("and 4 watches taken in"));
    assert!(String::from_utf8(import().stdout).unwrap().starts_with("0 versions taken in"), "once is enough");
    let of_copy = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_onrecord")).current_dir(at).args(arguments).args(["--archive", "b.onrecord"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(of_copy(&["export"]), exported, "nothing is lost");
    assert_eq!(of_copy(&["news", "--json"]), "", "what came in with the watches is no news");
}

#[test]
fn conflicts_and_answers_are_told_and_a_refusal_is_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sallow-stage");
    onrecord(at, &["add", story.join("01-skerry-tuesday.txt").to_str().unwrap()]);
    assert_eq!((onrecord(at, &["watch", "conflict"]).0, onrecord(at, &["watch", "answered"]).0), (0, 0));
    onrecord(at, &["add", story.to_str().unwrap()]);
    let news = lines(&onrecord(at, &["news", "--json"]).1);
    let of = |on: &str| news.iter().filter(|it| it["on"] == *on).collect::<Vec<_>>();
    assert!(!of("conflict").is_empty() && !of("answered").is_empty(), "{news:?}");
    assert!(of("conflict").iter().all(|it| it["words"].as_array().unwrap().len() == 2));
    assert!(of("answered").iter().all(|it| !it["words"][0]["text"].as_str().unwrap().contains("declined")));
}

/// What is posted to a web address.
fn hear(listener: &TcpListener) -> Value {
    let (mut stream, _) = listener.accept().unwrap();
    let body = body(&mut BufReader::new(stream.try_clone().unwrap()));
    stream.write_all(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
    serde_json::from_slice(&body).unwrap()
}

/// What stands behind the head of a message of HTTP.
fn body(message: &mut impl BufRead) -> Vec<u8> {
    let (mut line, mut length) = (String::new(), 0);
    while message.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    message.read_exact(&mut body).unwrap();
    body
}

/// A desk that is open for a test.
struct Served(Child, String);

impl Served {
    fn open(folder: &Path) -> Served {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        let mut desk = command.current_dir(folder).args(["serve", "--port", "0", "--archive", "a.onrecord"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(desk.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap().split([' ', '/']).next().unwrap().to_owned();
        Served(desk, address)
    }

    /// Gives it an article; what it answers.
    fn give(&self, text: &str) -> Value {
        let given = json!({ "text": text, "outlet": "Skein", "published": "2031-03-04" }).to_string();
        let mut stream = TcpStream::connect(&self.1).unwrap();
        let head = format!("POST /api/v1/documents HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", self.1, given.len());
        stream.write_all(format!("{head}Connection: close\r\n\r\n{given}").as_bytes()).unwrap();
        serde_json::from_slice(&body(&mut BufReader::new(stream))).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already, or it is ended now.
        let _ = self.0.kill().and_then(|()| self.0.wait());
    }
}

#[test]
fn what_the_desk_is_given_is_told_over_http_and_an_address_that_does_not_answer_keeps_nobody_waiting() {
    let folder = story();
    let at = folder.path();
    onrecord(at, &["add", "--date", "2031-03-04", "one.txt"]);
    onrecord(at, &["watch", "said", "--by", "Lund"]);
    onrecord(at, &["watch", "said", "--by", "Quill"]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/hook", listener.local_addr().unwrap());
    assert_eq!(onrecord(at, &["news", "--webhook", &address]).0, 0);
    let desk = Served::open(at);
    // Nobody answers at the address yet: the connection waits to be taken.
    let start = Instant::now();
    assert_eq!(desk.give(SECOND)["new"], true);
    assert!(start.elapsed() < Duration::from_secs(10), "whoever gives does not wait until the address is given up");
    let first = hear(&listener);
    assert_eq!((first["watch"].as_str(), first["words"][0]["speaker"].as_str()), (Some("w1"), Some("Tom Lund")));
    assert_eq!(desk.give("Dana Quill, the harbour clerk of Harrow, said on Monday that the pier would be shut until May.")["new"], true);
    let second = hear(&listener);
    assert_eq!(second["watch"], "w2", "what was sent is not sent again");
}

#[test]
fn a_quotation_that_one_of_several_new_versions_dropped_is_told() {
    let folder = story();
    let at = folder.path();
    let write = |texts: &[&str]| {
        let line = |text: &&str| json!({ "text": text, "url": "https://skein.example/pier", "published": "2031-03-04" }).to_string();
        std::fs::write(at.join("pier.jsonl"), texts.iter().map(line).collect::<Vec<_>>().join("\n")).unwrap();
    };
    let quoted = "The pier at Harrow is shut.\n\n“Nobody told me that the pier was rotten,” said Dana Quill, the harbour clerk. It rained.";
    let dropped = "The pier at Harrow is shut.\n\nDana Quill, the harbour clerk, was not there. It rained.";
    write(&[quoted]);
    onrecord(at, &["add", "pier.jsonl"]);
    onrecord(at, &["watch", "altered"]);
    write(&[dropped, &dropped.replace("It rained.", "It rained all day.")]);
    onrecord(at, &["add", "pier.jsonl"]);
    let told = onrecord(at, &["news"]).1;
    assert!(told.contains("a quotation is gone from a later version"), "{told}");
}

#[test]
fn news_is_kept_as_feeds_and_posted_over_http_and_what_could_not_be_sent_is_sent_later() {
    let folder = story();
    let at = folder.path();
    onrecord(at, &["add", "--date", "2031-03-04", "one.txt"]);
    onrecord(at, &["watch", "said", "--by", "Lund"]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/hook", listener.local_addr().unwrap());
    assert_eq!(onrecord(at, &["news", "--feeds", "feeds", "--webhook", &address]).0, 0);
    assert!(onrecord(at, &["news", "--webhook", "ftp://nowhere"]).2.contains("no web address"));
    drop(listener);
    let (code, _, err) = onrecord(at, &["add", "--date", "2031-03-04", "two.txt"]);
    assert!(code == 0 && err.contains("could not be sent there"), "{err}");
    let feed: Value = serde_json::from_str(&std::fs::read_to_string(at.join("feeds/news.json")).unwrap()).unwrap();
    assert_eq!((feed["items"].as_array().unwrap().len(), feed["version"].as_str().unwrap()), (1, "https://jsonfeed.org/version/1.1"));
    let atom = std::fs::read_to_string(at.join("feeds/news.atom")).unwrap();
    let atom: atom_syndication::Feed = atom.parse().unwrap();
    assert!(atom.entries()[0].content().unwrap().value().unwrap().contains("Tom Lund"));

    let listener = TcpListener::bind(address.trim_start_matches("http://").trim_end_matches("/hook")).unwrap();
    let heard = std::thread::spawn(move || hear(&listener));
    assert_eq!(onrecord(at, &["news"]).2, "");
    assert_eq!(heard.join().unwrap(), lines(&onrecord(at, &["news", "--json"]).1)[0]);
    assert_eq!(onrecord(at, &["news", "--stop", "feeds",]).0, 0);
    assert!(onrecord(at, &["news", "--stop", "feeds"]).2.contains("no news goes to"));
}
