//! Watches tell of what comes, once, and news goes where it should: into feeds, and over real HTTP.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
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
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut line, mut length) = (String::new(), 0);
        while reader.read_line(&mut line).unwrap() > 2 {
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        stream.write_all(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
        serde_json::from_slice::<Value>(&body).unwrap()
    });
    assert_eq!(onrecord(at, &["news"]).2, "");
    assert_eq!(heard.join().unwrap(), lines(&onrecord(at, &["news", "--json"]).1)[0]);
    assert_eq!(onrecord(at, &["news", "--stop", "feeds",]).0, 0);
    assert!(onrecord(at, &["news", "--stop", "feeds"]).2.contains("no news goes to"));
}
