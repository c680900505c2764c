//! Runs every page of `rules/` as a test: finds, near misses and known misses alike.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod between;

use onrecord::read::{Reading, read_marked};
use onrecord::rule::{self, Case, List};
use onrecord::tagged;
use onrecord::wire::Named;
use onrecord::{Document, Id, Spanned};
use std::path::{Path, PathBuf};

/// Finds and near misses a page must show at least.
const EXAMPLES_A_LIST: usize = 3;

#[test]
fn every_rule_page_holds() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for path in pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules")) {
        let page = rule::parse(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(path.with_extension("").ends_with(&page.name), "{}: its heading is {}", path.display(), page.name);
        for list in [List::Finds, List::NearMisses] {
            let shown = page.cases.iter().filter(|case| case.list == list).count();
            assert!(shown >= EXAMPLES_A_LIST, "{}: {list:?} has {shown} examples, {EXAMPLES_A_LIST} are wanted", path.display());
        }
        for case in &page.cases {
            cases += 1;
            check(&page.name, case, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} examples do not hold:\n{}", wrong.len(), wrong.join("\n"));
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(pages(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") && path.file_name().unwrap() != "README.md" {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn check(page: &str, case: &Case, wrong: &mut Vec<String>) {
    if case.text.contains(between::BETWEEN) {
        let example = between::example(case);
        compare(page, case, |key| between::observe(&example, key), wrong);
        return;
    }
    let tagged = tagged::parse(&case.text);
    let mut document = Document::new("example.txt", tagged.text);
    for (key, value) in &case.given {
        match key.as_str() {
            "date" => document.published = Some(value.parse().unwrap()),
            "url" => document.url = Some(value.clone()),
            "outlet" => document.outlet = Some(value.clone()),
            "title" => document.title = Some(value.clone()),
            "byline" => document.byline = Some(value.clone()),
            other => panic!("rules/{page}.md:{}: cannot give {other}", case.line),
        }
    }
    let reading = read_marked(document, tagged.tokens, tagged.readout);
    compare(page, case, |key| observe(&reading, key), wrong);
}

fn compare(page: &str, case: &Case, observe: impl Fn(&str) -> String, wrong: &mut Vec<String>) {
    for (key, expected) in &case.expected {
        let observed = observe(key);
        if observed != *expected {
            wrong.push(format!("rules/{page}.md:{}: {key} is {observed:?}, expected {expected:?}", case.line));
        }
    }
}

/// What the reading says of `key`: a key of a statement (`act`, `2.speaker`), or of the document (`zones`, `time.last night`).
fn observe(reading: &Reading, key: &str) -> String {
    let text = &reading.document.text;
    if let Some((kind, words)) = key.split_once('.').filter(|(kind, _)| ["time", "days", "kind", "mention", "title", "zone"].contains(kind)) {
        let time = reading.times.iter().find(|time| time.span.of(text) == words);
        let mention = reading.mentions.entries().find(|(_, mention)| mention.span.of(text) == words);
        return match kind {
            "time" => time.map_or("none".into(), |time| time.value.clone()),
            "kind" => time.map_or("none".into(), |time| time.kind.name().into()),
            "days" => time.and_then(|time| time.interval.as_ref()).map_or("none".into(), days),
            "title" => mention.and_then(|(_, mention)| mention.title).map_or("none".into(), |title| title.of(text).into()),
            "mention" => mention.and_then(|(id, _)| reading.entities.of_mention[id]).map_or("none".into(), |id| reading.entities.layer[id].name.clone()),
            _ => reading.zones.iter().find(|zone| zone.kind.name() == words).map_or("none".into(), |zone| zone.span.trim(text).of(text).into()),
        };
    }
    match key {
        "mentions" => return reading.mentions.iter().map(|mention| mention.span.of(text)).collect::<Vec<_>>().join(" | "),
        "statements" => return reading.statements.len().to_string(),
        "sentences" => return reading.sentences.len().to_string(),
        "cuts" => return reading.sentences.iter().map(|sentence| sentence.span.of(text)).collect::<Vec<_>>().join(" | "),
        "zones" => return reading.zones.iter().map(|zone| zone.kind.name()).collect::<Vec<_>>().join("+"),
        "quotations" => return reading.quotations.iter().map(|quotation| quotation.inner.of(text)).collect::<Vec<_>>().join(" | "),
        "uses" => return reading.quotations.iter().map(|quotation| format!("{:?}", quotation.use_).to_lowercase()).collect::<Vec<_>>().join("+"),
        "closings" => return reading.quotations.iter().map(|quotation| format!("{:?}", quotation.closing).to_lowercase()).collect::<Vec<_>>().join("+"),
        "times" => return reading.times.iter().map(|time| time.span().of(text)).collect::<Vec<_>>().join(" | "),
        "date" => return reading.dating.date.map_or("none".into(), |date| date.to_string()),
        "date_basis" => return reading.dating.basis.into(),
        "notes" => return reading.notes.iter().map(|note| note.kind).collect::<Vec<_>>().join("+"),
        "entities" => return reading.entities.layer.iter().map(|entity| entity.name.as_str()).collect::<Vec<_>>().join(" | "),
        _ => {}
    }
    let (number, key) = key.split_once('.').map_or((1, key), |(number, key)| (number.parse().unwrap_or_else(|_| panic!("unknown key {key}")), key));
    if number > reading.statements.len() {
        return "none".into();
    }
    let id = Id::new(number - 1);
    let statement = &reading.statements[id];
    let words = |spans: &[onrecord::Span]| spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" | ");
    match key {
        "source" => statement.source.map_or("none".into(), |span| span.of(text).into()),
        "cue" => words(&statement.cue),
        "content" => words(&statement.content),
        "form" => statement.form.name().into(),
        "within" => statement.within.map_or("none".into(), |id| (id.at() + 1).to_string()),
        "act" => reading.acts[id].act.name().into(),
        "factuality" => reading.acts[id].factuality.name().into(),
        "sourcing" => reading.sourcing[id].class.name().into(),
        "known_through" => reading.sourcing[id].known_through.name().into(),
        "chain" => reading.sourcing[id].chain.iter().map(|relay| relay.words.map_or("?", |span| span.of(text))).collect::<Vec<_>>().join(" < "),
        "said" => reading.said[id].interval.as_ref().map_or("none".into(), days),
        "addressee" => reading.addressees[id].words.map_or("none".into(), |span| span.of(text).into()),
        "speaker" => reading.entities.speakers[id].entity.map_or("none".into(), |id| reading.entities.layer[id].name.clone()),
        "speaker_kind" => reading.entities.speakers[id].entity.map_or("none".into(), |id| reading.entities.layer[id].kind.name().into()),
        other => panic!("unknown key {other}"),
    }
}

fn days(interval: &onrecord::time::Interval) -> String {
    let side = |date: Option<jiff::civil::Date>| date.map_or(String::new(), |date| date.to_string());
    if interval.start == interval.end { side(interval.start) } else { format!("{}..{}", side(interval.start), side(interval.end)) }
}
