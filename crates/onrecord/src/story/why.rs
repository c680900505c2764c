//! Says why a document is in its story: the weightiest words it shares with the others, at their places.

use super::sketch::{Sketch, Written};
use super::two_stories::{self, RULE, Second, carried as carried_by};
use crate::evidence::Evidence;
use crate::record::Place;
use std::collections::BTreeSet;

/// Words shown: as many as one line holds.
const SHOWN: usize = 6;

/// The words that half of the documents or more hold.
pub(super) fn carried(sketches: &[&Sketch]) -> BTreeSet<u32> {
    carried_by(sketches.iter().map(|sketch| sketch.outline()))
}

/// `story/shared-words`: why the document at `place` is in the story it is most about.
pub(super) fn main(sketches: &[&Sketch], place: usize, carried: &BTreeSet<u32>, nearness: f64) -> Evidence<Place> {
    if sketches.len() < 2 {
        return Evidence::rule("story", "story/shared-words", Vec::new(), "shares too little with any other document");
    }
    let mut evidence = told(sketches, place, carried, "story/shared-words", nearness);
    if evidence.words.is_empty() {
        let anywhere: BTreeSet<u32> = two_stories::carried_by_another(sketches, place);
        evidence = told(sketches, place, &anywhere, "story/shared-words", nearness);
    }
    evidence
}

/// `story/two-stories`: why it also touches this one.
pub(super) fn second(sketches: &[&Sketch], place: usize, second: &Second) -> Evidence<Place> {
    told(sketches, place, &second.words, RULE, second.nearness)
}

fn told(sketches: &[&Sketch], place: usize, carried: &BTreeSet<u32>, rule: &'static str, nearness: f64) -> Evidence<Place> {
    let weighed = sketches[place].outline().words().iter().map(|weight| weight.weight).zip(&sketches[place].written);
    let mut words: Vec<(f64, &Written)> = weighed.filter(|(_, word)| carried.contains(&word.word)).collect();
    words.sort_by(|(a_weight, a), (b_weight, b)| b.is_name.cmp(&a.is_name).then(b_weight.total_cmp(a_weight)).then(a.word.cmp(&b.word)));
    let names = words.iter().filter(|(_, word)| word.is_name).count().min(SHOWN / 2);
    let mut rest = words.split_off(names);
    rest.sort_by(|(a_weight, a), (b_weight, b)| b_weight.total_cmp(a_weight).then(a.word.cmp(&b.word)));
    let shown: Vec<&Written> = words.into_iter().chain(rest.into_iter().take(SHOWN - names)).map(|(_, word)| word).collect();
    let list: Vec<&str> = shown.iter().map(|word| word.shown.as_str()).collect();
    let share = |word: &&Written| sketches.iter().filter(|sketch| sketch.outline().holds(word.word)).count();
    let holding = shown.iter().map(share).max().unwrap_or(1).saturating_sub(1);
    let why = format!("shares {} with {holding} of the {} others", list.join(", "), sketches.len() - 1);
    let mut places: Vec<Place> = shown.iter().filter_map(|word| word.places.first()).map(|span| Place { document: place, span: *span }).collect();
    places.sort();
    Evidence { score: nearness.min(1.0) as f32, ..Evidence::rule("story", rule, places, why) }
}
