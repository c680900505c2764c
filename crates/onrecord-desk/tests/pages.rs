//! Every page over real HTTP, as a page and as JSON, with nothing in it that a text could make a browser do.
#![allow(clippy::unwrap_used)] // a panic here is a failed test

mod opened;

use opened::{Answer, Desk, HOSTILE, agent};

/// Every page of the desk, found by following its links.
fn all(desk: &Desk) -> Vec<(String, Answer)> {
    let mut waiting = vec!["/".to_owned(), "/search?q=report".to_owned(), "/search?q=pier&in=articles".to_owned(), "/news".to_owned(), "/nothing".to_owned()];
    let (mut seen, mut out) = (std::collections::BTreeSet::new(), Vec::new());
    while let Some(path) = waiting.pop() {
        let plain = path.split('#').next().unwrap().to_owned();
        // One of a kind is like the others, but for statements and documents, of which a few dozen are looked at.
        let kind: String = plain.split('?').next().unwrap().split('/').take(2).collect::<Vec<_>>().join("/");
        let many = out.iter().filter(|(known, _): &&(String, Answer)| known.starts_with(&format!("{kind}/"))).count();
        if many > 40 || !seen.insert(plain.clone()) {
            continue;
        }
        let answer = desk.get(&plain);
        if answer.header("content-type").starts_with("text/html") {
            for link in answer.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                if link.starts_with('/') && !link.contains(".json") {
                    waiting.push(link.replace("&#38;", "&").replace("&amp;", "&"));
                }
            }
        }
        out.push((plain, answer));
    }
    out
}

#[test]
fn every_page_opens_and_every_link_leads_somewhere() {
    let desk = Desk::open();
    let pages = all(&desk);
    assert!(pages.len() > 60, "{}", pages.len());
    for kind in ["/stories/", "/documents/", "/people/", "/statements/"] {
        assert!(pages.iter().any(|(path, _)| path.starts_with(kind)), "no page of {kind}");
    }
    for (path, answer) in &pages {
        let wanted = if path == "/nothing" { 404 } else { 200 };
        assert_eq!(answer.status, wanted, "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[test]
fn nothing_a_text_holds_becomes_markup() {
    let desk = Desk::open();
    let pages = all(&desk);
    let mut with_harm = 0;
    for (path, answer) in pages.iter().filter(|(_, answer)| answer.header("content-type").starts_with("text/html")) {
        let body = &answer.body;
        with_harm += usize::from(body.contains("window.harm"));
        for tag in ["<script>", "<img", "<svg onload", "<style", "<iframe", "href=\"javascript", "style=\"", "onload=\"", "onclick"] {
            assert!(!body.contains(tag), "{path} holds {tag}");
        }
        assert_eq!(body.matches("<script").count(), 1 + usize::from(path == "/api"), "{path}");
        assert!(!body.contains("49{"), "{path}");
    }
    assert!(with_harm > 5, "{with_harm}");
    assert!(pages.iter().any(|(_, answer)| answer.body.contains(HOSTILE[6])));
}

#[test]
fn every_page_is_json_at_the_same_address() {
    let desk = Desk::open();
    let stories = desk.json("/index.json");
    assert_eq!(desk.json("/stories.json"), stories);
    let story = stories["stories"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap();
    let id = story["id"].as_str().unwrap();
    let record = desk.json(&format!("/stories/{id}.json"));
    assert_eq!(record["schema"], "onrecord.record/1");
    assert_eq!(desk.json(&format!("/stories/{id}/questions/q1.json")), record["questions"][0]);
    assert_eq!(desk.json(&format!("/stories/{id}/utterances/u1.json"))["id"], "u1");
    assert_eq!(desk.json(&format!("/documents/{id}.json"))["document"]["text"], record["documents"][0]["text"]);
    assert_eq!(desk.json(&format!("/documents/{id}/versions.json"))["revisions"].as_array().unwrap().len(), 0);
    assert_eq!(desk.json(&format!("/statements/{id}.s1.json"))["document"], "d1");
    let people = desk.json("/people.json");
    let person = people["people"][0]["id"].as_str().unwrap();
    assert_eq!(desk.json(&format!("/people/{person}.json"))["person"]["id"], person);
    assert!(desk.json("/questions.json")["questions"].as_array().unwrap().len() > 3);
    assert!(!desk.json("/search.json?q=horn")["statements"].as_array().unwrap().is_empty());
    let like = desk.json("/search.json?like=did%20anybody%20hear%20horns%3F");
    assert!(like["statements"].to_string().contains("heard no horn") && like["order"] == "best", "{like}");
    assert!(desk.json("/news.json")["watches"].as_array().unwrap().is_empty());
    assert!(desk.json("/corrections.json")["corrections"].as_array().unwrap().is_empty());
}

#[test]
fn what_is_not_there_is_told_in_one_shape() {
    let desk = Desk::open();
    for (path, status) in [("/stories/dzzzz.json", 404), ("/people/pzzzz.json", 404), ("/search.json?act=dance", 400), ("/search.json?since=soon", 400)] {
        let answer = desk.get(path);
        assert_eq!(answer.status, status, "{path}");
        let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(json["error"]["status"], status, "{path}");
        assert!(json["error"]["message"].as_str().unwrap().len() > 10);
        assert!(!answer.body.contains(&desk.archive.display().to_string()), "{path} tells where the archive lies");
    }
    assert!(desk.get("/stories/dzzzz").body.contains("<h1>Not here</h1>"));
}

#[test]
fn a_page_that_is_known_is_not_sent_again() {
    let desk = Desk::open();
    for path in ["/people", "/assets/desk.css"] {
        let first = desk.get(path);
        let tag = first.header("etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        let again = Answer::of(agent().get(desk.at(path)).header("if-none-match", &tag).call());
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
    }
}

#[test]
fn a_statement_is_underlined_in_its_place() {
    let desk = Desk::open();
    let stories = desk.json("/index.json");
    let id = stories["stories"].as_array().unwrap().iter().find(|story| story["documents"] == 8).unwrap()["id"].as_str().unwrap().to_owned();
    let page = desk.get(&format!("/documents/{id}")).body;
    assert!(page.contains("id=\"s5\""), "the fifth statement has no anchor");
    assert!(desk.get(&format!("/documents/{id}/lit.css")).body.contains("body:has(#s5:target) .s5{"));
    let story = desk.get(&format!("/stories/{id}")).body;
    for part in
        ["id=\"brief\"", "id=\"questions\"", "id=\"days\"", "class=\"timeline\"", "class=\"chain\"", "id=\"conflicts\"", "id=\"cast\"", "id=\"documents\""]
    {
        assert!(story.contains(part), "{part}");
    }
}
