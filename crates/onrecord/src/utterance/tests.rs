//! Statements of one act are gathered whatever the order of the documents, and look-alikes stay apart.

use super::*;
use crate::correction::Corrections;
use crate::document::Document;
use crate::read::read_marked;
use crate::reader::Reader;
use crate::record::{of_story, record};
use crate::story::{Membership, Story};
use crate::tagged;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(Reader::built_in);

fn accounts(texts: &[&str]) -> Vec<Account> {
    let account = |(at, text): (usize, &&str)| {
        let tagged = tagged::parse(text);
        Account::of(read_marked(Document::new(format!("{at}.txt"), tagged.text), tagged.tokens, tagged.readout), &READER)
    };
    texts.iter().enumerate().map(account).collect()
}

fn utterances(accounts: &[Account]) -> Vec<Vec<String>> {
    let documents = (0..accounts.len()).map(|document| Membership { document, evidence: Vec::new() }).collect();
    let record = of_story(accounts, Story { documents, copies: Vec::new() }, &Corrections::default());
    let name = |told: &Told| format!("{}:{}", accounts[told.document].reading.document.path, told.id.at());
    let mut groups: Vec<Vec<String>> = record.utterances.iter().map(|utterance| utterance.statements.iter().map(name).collect()).collect();
    groups.iter_mut().for_each(|group| group.sort());
    groups.sort();
    groups
}

const STORY: [&str; 4] = [
    "<source>Mayor Ilse Varga</source> <cue>said</cue> <content>“We will not close the harbour before May,”</content> on Monday.",
    "<source>Ilse Varga</source> <cue>promised</cue> <content>not to close the harbour before May</content>.",
    "<source>Tom Ode</source> <cue>said</cue> <content>“We will not close the harbour before May,”</content> too.",
    "<source>Varga</source> <cue>denied</cue> <content>that the ferries were sold</content>.",
];

#[test]
fn the_order_of_documents_does_not_matter() {
    let mut texts = accounts(&STORY);
    let before = utterances(&texts);
    texts.reverse();
    assert_eq!(utterances(&texts), before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn every_statement_is_in_one_utterance(texts in prop::collection::vec("(<source>[A-Z][a-z]{2,5} [A-Z][a-z]{2,5}</source> <cue>said</cue> <content>(the|a|boat|sank|7|men|was|“sold”|not){1,8}</content>\\. ){0,3}", 0..4)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let accounts = accounts(&texts);
        for record in record(&accounts) {
            let all: Vec<Told> = record.utterances.iter().flat_map(|utterance| utterance.statements.clone()).collect();
            let once: BTreeSet<Told> = all.iter().copied().collect();
            prop_assert_eq!(all.len(), once.len());
            prop_assert!(record.utterances.iter().all(|utterance| utterance.statements.len() == utterance.renderings.len()));
        }
    }
}
