//! Joining does not depend on the order of documents, and nobody is doubted to be himself.

use super::*;
use crate::document::Document;
use crate::read::read_marked;
use crate::reader::Reader;
use crate::tagged;
use proptest::prelude::*;
use std::sync::LazyLock;

fn accounts(texts: &[String]) -> Vec<Account> {
    static READER: LazyLock<Reader> = LazyLock::new(Reader::built_in);
    let account = |text: &String| {
        let tagged = tagged::parse(text);
        Account::of(read_marked(Document::new("x.txt".to_owned(), tagged.text), tagged.tokens, tagged.readout), &READER)
    };
    texts.iter().map(account).collect()
}

fn names(texts: &[String]) -> Vec<String> {
    let accounts = accounts(texts);
    let people = link(&accounts.iter().collect::<Vec<_>>(), &[]).people;
    let mut names: Vec<String> = people.layer.iter().map(|person| person.name.clone()).collect();
    names.sort();
    names
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_order_of_documents_does_not_matter(chosen in proptest::collection::vec(0usize..8, 1..6)) {
        let who = ["<PER>Mara Ode</PER>", "<PER>Ode</PER>", "<PER>Tom Ode</PER>", "<PER>Ilse Varga</PER>", "<PER>Varga</PER>",
            "<ORG>Harrow Water Board</ORG>", "<ORG>HWB</ORG>", "<PER>Mara L. Ode</PER>"];
        let texts: Vec<String> = chosen.iter().map(|at| format!("<source>{}</source> <cue>said</cue> <content>it rained</content>.", who[*at])).collect();
        let backwards: Vec<String> = texts.iter().rev().cloned().collect();
        prop_assert_eq!(names(&texts), names(&backwards));
        let accounts = accounts(&texts);
        let people = link(&accounts.iter().collect::<Vec<_>>(), &[]).people;
        for person in &people.layer {
            let full: Vec<&String> = person.aliases.iter().chain([&person.name]).filter(|name| name.contains(' ')).collect();
            prop_assert!(!(full.iter().any(|name| name.starts_with("Mara")) && full.iter().any(|name| name.starts_with("Tom"))));
            prop_assert!(person.may_be.iter().all(|id| people.layer[*id] != *person));
        }
    }
}
