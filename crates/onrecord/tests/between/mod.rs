//! Examples that hold several documents, parted by `‖`: their record, and what a page can expect of it.
//!
//! `2.date=2031-03-04` gives the second document its date. Statements are named `2s1`: the first of the second document.

mod placing;
mod question;
mod relation;
mod utterance;

use onrecord::account::Account;
use onrecord::correction::Corrections;
use onrecord::person::Person;
use onrecord::reader::Reader;
use onrecord::record::{self, Record, Ref, Told};
use onrecord::rule::Case;
use onrecord::story::{Membership, Story};
use onrecord::wire::Named;
use onrecord::{Document, Id, read, tagged};
use std::sync::LazyLock;

/// What parts the documents of an example.
pub(crate) const BETWEEN: char = '‖';

/// The documents of an example, and their record as one story.
pub(crate) struct Example {
    accounts: Vec<Account>,
    record: Record,
}

/// Reads the documents of `case` as one story.
pub(crate) fn example(case: &Case) -> Example {
    static READER: LazyLock<Reader> = LazyLock::new(Reader::built_in);
    let texts = case.text.split(BETWEEN).map(str::trim);
    let account = |(at, text): (usize, &str)| {
        let tagged = tagged::parse(text);
        let mut document = Document::new(format!("{}.txt", at + 1), tagged.text);
        for (key, value) in &case.given {
            let Some(key) = key.strip_prefix(&format!("{}.", at + 1)) else { continue };
            match key {
                "date" => document.published = Some(value.parse().unwrap()),
                "outlet" => document.outlet = Some(value.clone()),
                "title" => document.title = Some(value.clone()),
                other => panic!("line {}: cannot give {other}", case.line),
            }
        }
        Account::of(read::read_marked(document, tagged.tokens, tagged.readout), &READER)
    };
    let accounts: Vec<Account> = texts.enumerate().map(account).collect();
    let documents = (0..accounts.len()).map(|document| Membership { document, evidence: Vec::new() }).collect();
    let record = record::of_story(&accounts, Story { documents, copies: Vec::new() }, &Corrections::default());
    Example { accounts, record }
}

/// What the record says of `key`.
pub(crate) fn observe(example: &Example, key: &str) -> String {
    let record = &example.record;
    let accounts: Vec<&Account> = example.accounts.iter().collect();
    if let Some(observed) = placing::observe(&accounts, key) {
        return observed;
    }
    let name = |person: Option<Id<Person>>| person.map_or("none".into(), |id| record.people.layer[id].name.clone());
    match key {
        "people" => return record.people.layer.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(" | "),
        "dates" => {
            let day = |at| record.calendar.day(at).dating.date.map_or("none".into(), |date| date.to_string());
            return (0..accounts.len()).map(day).collect::<Vec<_>>().join(" | ");
        }
        _ => {}
    }
    if let Some(value) = question::observe(record, key).or_else(|| relation::observe(record, key)) {
        return value;
    }
    let (told, key) = key.split_once('.').unwrap_or_else(|| panic!("unknown key {key}"));
    if told == "may_be" {
        let person = record.people.layer.iter().find(|person| person.name == key).unwrap_or_else(|| panic!("nobody is called {key}"));
        return person.may_be.iter().map(|id| record.people.layer[*id].name.as_str()).collect::<Vec<_>>().join(" | ");
    }
    if told == "kind" {
        return record.people.layer.iter().find(|person| person.name == key).map_or("none".into(), |person| person.kind.name().into());
    }
    let told = told_of(told);
    match key {
        "speaker" => name(record.people.voice(&accounts, told)),
        "addressee" => name(record.people.addressee(&accounts, told)),
        "with" | "tie" | "rendering" => utterance::observe(record, told, key),
        "said" => record.calendar.said(told).map_or("none".into(), super::days),
        other => panic!("unknown key {other}"),
    }
}

/// `2s1`: the first statement of the second document.
fn told_of(name: &str) -> Told {
    let (document, statement) = name.split_once('s').unwrap_or_else(|| panic!("{name} names no statement"));
    let number = |text: &str| text.parse::<usize>().unwrap_or_else(|_| panic!("{name} names no statement")) - 1;
    Ref::new(number(document), Id::new(number(statement)))
}
