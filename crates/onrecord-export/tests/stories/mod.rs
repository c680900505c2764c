//! Invented stories, read by the engine, some with texts that mean harm.
#![allow(dead_code, clippy::unwrap_used)]

use onrecord::account::Account;
use onrecord::document::{Dated, Received};
use onrecord::reader::Reader;
use onrecord::{Document, record, wire};
use onrecord_export::{Export, Format, Kept, Story};
use std::sync::LazyLock;

pub(crate) static READER: LazyLock<Reader> = LazyLock::new(Reader::built_in);

pub(crate) const BRIDGE: &str = "The bridge at Pell stays shut, Ilse Varga, the harbour master, said on Tuesday.\n\n“We saw the north pier move 🜂 in May,” Varga told the Skein.\n\nTom Ode denied that the bridge had been unsafe. Asked whether he had read the report, Ode said: “I am not going to answer that.”\n";
pub(crate) const AGAIN: &str =
    "Ilse Varga told the Ledger: “We saw the north pier move 🜂 in May.”\n\nTwo officials said the mayor had read the report in March.\n";
/// A title, a byline, an outlet and words that would run, if anything let them.
pub(crate) const HOSTILE: &str = "=HYPERLINK(\"https://evil.example\",\"win\") and <script>alert(1)</script>\n\nMara Quill said on Tuesday: “</p><script>alert(2)</script><img src=x onerror=alert(3)> | [x](javascript:alert(4)) \u{202e}gnp.”\n\nThe bridge at Pell stays shut, Ilse Varga, the harbour master, said on Tuesday.\n";

pub(crate) fn document(number: usize, text: &str) -> Document {
    Document {
        outlet: Some(format!("Skein {number}")),
        title: Some(format!("Bridge at Pell stays shut, harbour master says, part {number}")),
        published: Some(jiff::civil::date(2031, 3, 4)),
        url: Some(format!("https://skein.example/{number}")),
        ..Document::new(format!("{number}.txt"), text)
    }
}

pub(crate) fn hostile() -> Document {
    Document {
        outlet: Some("<b>Skein</b>\" onmouseover=\"alert(5)".to_owned()),
        title: Some("<script>alert(6)</script> Bridge at Pell stays shut & more".to_owned()),
        byline: Some("=cmd|'/c calc'!A1".to_owned()),
        url: Some("javascript:alert(7)".to_owned()),
        published: Some(jiff::civil::date(2031, 3, 5)),
        ..Document::new("../../<i>3</i>.txt", HOSTILE)
    }
}

/// One story of these documents.
pub(crate) fn story(documents: Vec<Document>) -> Story {
    let read = |document| Account::read(Received { document, notes: Vec::new(), dated: Dated::BySource }, &READER);
    let accounts: Vec<Account> = documents.into_iter().map(read).collect();
    let records = record::record(&accounts);
    let record = wire::Record::of(&records[0], &accounts);
    let kept =
        |at: usize| Kept { id: format!("dpell{at:08}"), version: 1, added_at: Some(format!("2031-03-0{}T08:30:00Z", at + 5)), numbers: (1..100_000).collect() };
    let kept = (0..record.documents.len()).map(kept).collect();
    Story::new("dpell00000000".to_owned(), record, kept)
}

pub(crate) fn bridge() -> Story {
    story(vec![document(1, BRIDGE), document(2, AGAIN)])
}

pub(crate) fn written(format: Format, stories: &[Story]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut export = Export::new(format, &mut out).unwrap();
    stories.iter().for_each(|story| export.story(story).unwrap());
    export.end().unwrap();
    out
}

pub(crate) fn text(format: Format, stories: &[Story]) -> String {
    String::from_utf8(written(format, stories)).unwrap()
}
