//! Says why a document is in its story: the weightiest words it shares with the others, at their places.

use super::sketch::{Sketch, Weighed};
use super::two_stories::{self, RULE, Second, carried as carried_by};
use crate::evidence::Evidence;
use crate::record::Place;
use std::collections::BTreeSet;

/// Words shown: as many as one line holds.
const SHOWN: usize = 6;

/// The words that half of the documents or more hold.
pub(super) fn carried(sketches: &[&Sketch]) -> BTreeSet<u64> {
    carried_by(sketches.iter().copied())
}

/// `story/shared-words`: why the document at `place` is in the story it is most about.
pub(super) fn main(sketches: &[&Sketch], place: usize, carried: &BTreeSet<u64>, nearness: f64) -> Evidence<Place> {
    if sketches.len() < 2 {
        return Evidence::rule("story", "story/shared-words", Vec::new(), "shares too little with any other document");
    }
    let mut evidence = told(sketches, place, carried, "story/shared-words", nearness);
    if evidence.words.is_empty() {
        let anywhere: BTreeSet<u64> = two_stories::carried_by_another(sketches, place);
        evidence = told(sketches, place, &anywhere, "story/shared-words", nearness);
    }
    evidence
}

/// `story/two-stories`: why it also touches this one.
pub(super) fn second(sketches: &[&Sketch], place: usize, second: &Second) -> Evidence<Place> {
    told(sketches, place, &second.words, RULE, second.nearness)
}

fn told(sketches: &[&Sketch], place: usize, carried: &BTreeSet<u64>, rule: &'static str, nearness: f64) -> Evidence<Place> {
    let mut words: Vec<&Weighed> = sketches[place].words.iter().filter(|word| carried.contains(&word.word)).collect();
    words.sort_by(|a, b| b.is_name.cmp(&a.is_name).then(b.weight.total_cmp(&a.weight)).then(a.word.cmp(&b.word)));
    let names = words.iter().filter(|word| word.is_name).count().min(SHOWN / 2);
    let mut shown: Vec<&Weighed> = words.iter().take(names).copied().collect();
    let mut rest: Vec<&Weighed> = words.into_iter().skip(names).collect();
    rest.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.word.cmp(&b.word)));
    shown.extend(rest.into_iter().take(SHOWN - names));
    let list: Vec<&str> = shown.iter().map(|word| word.shown.as_str()).collect();
    let share = |word: &&Weighed| sketches.iter().filter(|sketch| sketch.words.binary_search_by_key(&word.word, |other| other.word).is_ok()).count();
    let holding = shown.iter().map(share).max().unwrap_or(1).saturating_sub(1);
    let why = format!("shares {} with {holding} of the {} others", list.join(", "), sketches.len() - 1);
    let mut places: Vec<Place> = shown.iter().filter_map(|word| word.places.first()).map(|span| Place { document: place, span: *span }).collect();
    places.sort();
    Evidence { score: nearness.min(1.0) as f32, ..Evidence::rule("story", rule, places, why) }
}
