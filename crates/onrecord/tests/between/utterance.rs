//! What a page can expect of utterances: `1s1.with` (the other statements of its utterance), `1s1.tie` (the rules that tied
//! them), `1s1.rendering`.

use onrecord::evidence::Finder;
use onrecord::record::{Record, Told};
use onrecord::wire::Named;
use std::collections::BTreeSet;

pub(crate) fn observe(record: &Record, told: Told, key: &str) -> String {
    let utterance = record.utterances.iter().find(|utterance| utterance.statements.contains(&told)).unwrap();
    let name = |told: &Told| format!("{}s{}", told.document + 1, told.id.at() + 1);
    let list = |all: Vec<String>| if all.is_empty() { "none".to_owned() } else { all.join(" + ") };
    match key {
        "with" => list(utterance.statements.iter().filter(|other| **other != told).map(name).collect()),
        "tie" => {
            let rules = utterance.evidence.iter().map(|evidence| match evidence.by {
                Finder::Rule(name) | Finder::Model(name) => name.to_owned(),
                Finder::Person(_) => evidence.by.shown(),
            });
            list(rules.collect::<BTreeSet<_>>().into_iter().collect())
        }
        _ => {
            let at = utterance.statements.iter().position(|other| *other == told).unwrap();
            utterance.renderings[at].name().to_owned()
        }
    }
}
