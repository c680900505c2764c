//! Pages, notes, annotations and linked data: what they say, and that nothing in them runs.
#![allow(clippy::unwrap_used)]

mod stories;

use onrecord::act::Factuality;
use onrecord_export::{Format, Quoted};
use serde_json::Value;
use stories::{BRIDGE, bridge, document, hostile, story, text};

fn json(format: Format, stories: &[onrecord_export::Story]) -> Value {
    serde_json::from_str(&text(format, stories)).unwrap()
}

#[test]
fn an_annotation_finds_its_words_by_code_points() {
    let story = bridge();
    let collection = json(Format::Annotations, std::slice::from_ref(&story));
    assert_eq!(collection["type"], "AnnotationCollection");
    let items = collection["first"]["items"].as_array().unwrap();
    assert_eq!(collection["total"].as_u64().unwrap() as usize, items.len());
    assert_eq!(items.len(), story.record.statements.len());
    let mut beyond = 0;
    for item in items {
        assert!(item["id"].as_str().unwrap().starts_with("urn:onrecord:dpell"));
        let targets = item["target"].as_array().cloned().unwrap_or_else(|| vec![item["target"].clone()]);
        for target in targets {
            let number: usize = target["source"].as_str().unwrap().rsplit('/').next().unwrap().parse().unwrap();
            let of = story.record.documents.iter().find(|document| document.url.as_deref() == target["source"].as_str()).unwrap();
            let [quote, position] = target["selector"].as_array().unwrap().as_slice() else { panic!("{target}") };
            let ends = [&position["start"], &position["end"]].map(|end| end.as_u64().unwrap() as usize);
            let chars: Vec<char> = of.text.chars().collect();
            let exact = quote["exact"].as_str().unwrap();
            assert_eq!(chars[ends[0]..ends[1]].iter().collect::<String>(), exact, "document {number}");
            let (prefix, suffix) = (quote["prefix"].as_str().unwrap(), quote["suffix"].as_str().unwrap());
            assert!(of.text.contains(&format!("{prefix}{exact}{suffix}")) && prefix.chars().count() <= 32);
            beyond += usize::from(of.text[..of.text.find(exact).unwrap()].contains('🜂'));
            assert_eq!(target["state"]["onrecord:digest"], format!("blake3:{}", blake3::hash(of.text.as_bytes()).to_hex()));
            assert!(target["state"]["sourceDate"].as_str().unwrap().ends_with('Z'));
        }
    }
    assert!(beyond > 0, "some words stand behind a character of four bytes");
}

#[test]
fn only_words_in_quotation_marks_that_were_said_are_quotations() {
    let story = bridge();
    let graph = json(Format::Schema, std::slice::from_ref(&story));
    let nodes = graph["@graph"].as_array().unwrap();
    let of = |kind: &str| nodes.iter().filter(|node| node["@type"] == kind).cloned().collect::<Vec<_>>();
    assert_eq!(of("NewsArticle").len(), 2);
    let texts: Vec<String> = of("Quotation").iter().map(|node| node["text"].as_str().unwrap().to_owned()).collect();
    assert!(texts.contains(&"We saw the north pier move 🜂 in May,".to_owned()), "{texts:?}");
    for text in &texts {
        assert!(story.record.documents.iter().any(|document| ["“", "\""].iter().any(|mark| document.text.contains(&format!("{mark}{text}")))), "{text}");
    }
    assert!(of("Quotation").iter().any(|node| node["creator"]["name"] == "Ilse Varga" && node["url"].as_str().unwrap().contains("#:~:text=We%20saw")));
    assert!(of("Claim").iter().all(|node| !node["appearance"].as_array().unwrap().is_empty()));
    let mut unsaid = story.clone();
    unsaid.record.statements.iter_mut().for_each(|statement| statement.factuality = Factuality::Invented);
    let graph = json(Format::Schema, &[unsaid]);
    assert!(graph["@graph"].as_array().unwrap().iter().all(|node| node["@type"] == "NewsArticle"));
}

#[test]
fn quoted_words_are_those_between_the_marks() {
    let story = bridge();
    let document = &story.record.documents[0];
    let quoted = Quoted::of(document);
    let all: Vec<String> = story
        .record
        .statements
        .iter()
        .filter(|statement| statement.document == document.id)
        .flat_map(|statement| quoted.of_statement(statement))
        .map(|words| words.text)
        .collect();
    assert!(!all.is_empty() && all.iter().all(|words| document.text.contains(words) && !words.contains(['“', '”'])), "{all:?}");
}

#[test]
fn a_page_stands_alone() {
    let page = text(Format::Html, &[bridge()]);
    for outside in ["<script", "src=", "@import", "url(", "<link", "<iframe", "<form"] {
        assert!(!page.contains(outside), "{outside}");
    }
    for inside in [
        "<html lang=\"en\">",
        "<main id=\"main\">",
        "<nav class=\"parts\" aria-label=",
        "<h1 ",
        "scope=\"col\"",
        "<caption>",
        "<blockquote",
        "<time datetime=\"2031-03-04\">",
        "@media print",
        "prefers-color-scheme: dark",
    ] {
        assert!(page.contains(inside), "{inside}");
    }
    assert!(page.contains("href=\"https://skein.example/1#:~:text="), "{page}");
    // Nobody who gets a page learns where its sender keeps files.
    let mut elsewhere = bridge();
    elsewhere.record.documents.iter_mut().for_each(|document| (document.url, document.path) = (None, "/cupboard/secret/1.txt".to_owned()));
    assert!(![Format::Html, Format::Markdown].iter().any(|format| text(*format, std::slice::from_ref(&elsewhere)).contains("secret")));
    // Every link within the page leads somewhere, and no id is there twice.
    let ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len());
    for target in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(ids.contains(&target), "{target}");
    }
}

#[test]
fn two_stories_on_one_page_share_no_id() {
    let mut other = bridge();
    other.id = "dother0000000".to_owned();
    let page = text(Format::Html, &[bridge(), other]);
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn hostile_words_are_inert() {
    let story = story(vec![document(1, BRIDGE), hostile()]);
    let page = text(Format::Html, std::slice::from_ref(&story));
    for harm in ["<script", "<img", "<b>", "<i>", "javascript:alert(7)", "\" onmouseover=\""] {
        assert!(!page.contains(harm), "{harm}");
    }
    assert!(page.contains("&#60;script&#62;alert(6)") || page.contains("&lt;script&gt;alert(6)"), "{page}");
    let note = text(Format::Markdown, std::slice::from_ref(&story));
    let live = note.replace("\\<", "").replace("\\]", "");
    assert!(!live.contains("<script") && !live.contains("](javascript:") && !live.contains("](<javascript:"), "{note}");
    let annotations = json(Format::Annotations, &[story]);
    assert!(!annotations.to_string().contains("javascript:alert(7)"));
}

#[test]
fn a_note_cites_the_words() {
    let note = text(Format::Markdown, &[bridge()]);
    assert!(note.starts_with("# Bridge at Pell stays shut"), "{note}");
    assert!(note.contains("## In brief") && note.contains("## Documents") && note.contains("[Skein 1, line 3](<https://skein.example/1#:~:text="), "{note}");
    for cite in note.split("[^").skip(1).filter_map(|rest| rest.split(']').next()) {
        assert!(note.contains(&format!("\n[^{cite}]: ")), "{cite}");
    }
}
