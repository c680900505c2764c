//! What must hold of the questions of any story: every statement in them is there, once; the order of documents does not
//! matter; following twice gives the same.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use onrecord::account::Account;
use onrecord::correction::Corrections;
use onrecord::reader::Reader;
use onrecord::record::{self, Record, Told};
use onrecord::story::{Membership, Story};
use onrecord::{Document, read, tagged};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(Reader::built_in);

const SAID: [&str; 8] = [
    "<source>Varga</source> <cue>denied</cue> <content>that he sold the old ferry in secret</content>.",
    "<source>Ode</source> <cue>said</cue> <content>Varga sold the old ferry in secret</content>.",
    "<source>Reporters</source> <cue>asked</cue> Varga <content>whether he sold the old ferry</content>.",
    "<source>Varga</source> <cue>declined to comment</cue>.",
    "<source>Police</source> <cue>said</cue> <content>12 people were killed</content>.",
    "<source>Kern</source> <cue>said</cue> <content>14 people were killed and the pier is gone</content>.",
    "<content>“No comment,”</content> <source>Kern</source> <cue>said</cue>.",
    "<source>Kern</source> <cue>wondered</cue> <content>?</content>.",
];

fn account(number: usize, said: &[usize]) -> Account {
    let numbered = |(at, which): (usize, &usize)| {
        ["source", "cue", "content"].iter().fold(SAID[*which].to_owned(), |text, tag| {
            text.replace(&format!("<{tag}>"), &format!("<{tag}{}>", at + 1)).replace(&format!("</{tag}>"), &format!("</{tag}{}>", at + 1))
        })
    };
    let tagged = tagged::parse(&said.iter().enumerate().map(numbered).collect::<Vec<_>>().join("\n\n"));
    let document = Document::new(format!("{number}.txt"), tagged.text);
    Account::of(read::read_marked(document, tagged.tokens, tagged.readout), &READER)
}

fn record_of(accounts: &[Account]) -> Record {
    let documents = (0..accounts.len()).map(|document| Membership { document, evidence: Vec::new() }).collect();
    record::of_story(accounts, Story { documents, copies: Vec::new() }, &Corrections::default())
}

/// The askings of each question as sets of (path, statement), with their answers.
fn shape(accounts: &[Account], record: &Record) -> BTreeSet<BTreeSet<(String, BTreeSet<(String, usize)>)>> {
    let name = |told: &Told| (accounts[told.document].reading.document.path.clone(), told.id.at());
    let asking = |asking: &onrecord::question::Asking| (format!("{:?}", asking.answer), asking.asked_in.iter().chain(&asking.answered_in).map(name).collect());
    record.questions.iter().map(|question| question.askings.iter().map(asking).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn questions_do_not_depend_on_the_order_of_documents(said in prop::collection::vec(prop::collection::vec(0usize..8, 1..4), 1..4)) {
        let accounts: Vec<Account> = said.iter().enumerate().map(|(number, said)| account(number, said)).collect();
        let record = record_of(&accounts);
        prop_assert_eq!(&record.questions, &record_of(&accounts).questions);
        let turned: Vec<Account> = accounts.iter().rev().cloned().collect();
        prop_assert_eq!(shape(&accounts, &record), shape(&turned, &record_of(&turned)));
        let mut seen = BTreeSet::new();
        for told in record.questions.iter().flat_map(|question| &question.askings).flat_map(|asking| asking.asked_in.iter().chain(&asking.answered_in)) {
            prop_assert!(told.id.at() < accounts[told.document].reading.statements.len());
            prop_assert!(seen.insert(*told), "a statement stands in one asking");
        }
    }
}
