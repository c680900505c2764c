//! How often each rule and each head of the reader fired on the gold stories, and how often what it carried was right.

use crate::runs::Run;
use crate::story::{Fact, Scored};
use crate::tally::Tally;
use onrecord::Id;
use onrecord::evidence::{Evidence, Finder};
use std::collections::{BTreeMap, HashMap};

/// What one rule or head did for one fact.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fired {
    /// How often it left evidence.
    pub times: usize,
    /// How often that fact could be judged, and was right.
    pub right: Tally,
}

/// By finder (`act/denial`, `model link`) and fact.
pub type Table = BTreeMap<(String, String), Fired>;

/// Adds what fired in `run` to `table`.
pub fn count(run: &Run, scored: &Scored, table: &mut Table) {
    let judged: HashMap<(usize, Fact), bool> = scored.items.iter().map(|item| ((item.ours, item.fact), item.is_right)).collect();
    for at in 0..run.ours.len() {
        let (document, number) = run.places[at];
        let (reading, id) = (&run.readings[document], Id::new(number));
        let columns = [
            &reading.statements[id].evidence,
            &reading.entities.speakers[id].evidence,
            &reading.acts[id].evidence,
            &reading.sourcing[id].evidence,
            &reading.said[id].evidence,
            &reading.addressees[id].evidence,
        ];
        for evidence in columns.into_iter().flatten() {
            let is_right = match Fact::ALL.into_iter().find(|fact| fact.name() == evidence.fact) {
                Some(fact) => judged.get(&(at, fact)).copied(),
                None if ["source", "cue", "content", "statement"].contains(&evidence.fact) => Some(!scored.extra.contains(&at)),
                None => None,
            };
            add(table, evidence, is_right);
        }
    }
    for reading in &run.readings {
        let zones = reading.zones.iter().flat_map(|zone| &zone.evidence);
        let entities = reading.entities.layer.iter().flat_map(|entity| &entity.evidence);
        let times = reading.times.iter().map(|time| &time.evidence);
        zones.chain(entities).chain(times).chain(&reading.dating.evidence).for_each(|evidence| add(table, evidence, None));
    }
}

fn add(table: &mut Table, evidence: &Evidence, is_right: Option<bool>) {
    let name = match evidence.by {
        Finder::Rule(name) => name.to_owned(),
        Finder::Model(head) => format!("model {head}"),
        Finder::Person(_) => evidence.by.shown(),
    };
    let fired = table.entry((name, evidence.fact.to_owned())).or_default();
    fired.times += 1;
    if let Some(is_right) = is_right {
        fired.right.add(is_right);
    }
}
