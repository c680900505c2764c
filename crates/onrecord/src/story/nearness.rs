//! How near two documents are: the words they share, and the days between them.

use super::outline::{Outline, Weight};
use super::shelf::Near;
use crate::packing::{put, take};
use jiff::civil::Date;

/// What a pair keeps of its nearness however far apart in time: stories come back after months. Of 0.5, 0.6 and 0.7 with halving times of
/// 10 to 200 days, BCubed F1 on the AllSides round-ups moves by 0.03 at most; 0.6 keeps the like of two years ago apart.
const TIMELESS: f64 = 0.6;
/// Days in which the rest halves.
const HALVES: f64 = 30.0;

/// Nearness is told in whole parts of 1 / this, so that few bytes hold it.
const PARTS: f64 = 10_000.0;

/// How near two documents are, 0 to 1; the same either way round.
pub(super) fn nearness(a: &Outline, b: &Outline) -> f64 {
    let nearness = shared(a, b).map(|(a, b)| a.weight * b.weight).sum::<f64>() * time(a.date(), b.date());
    (nearness * PARTS).round() / PARTS
}

/// Whom a document is near, in bytes: by their numbers, each by what lies between it and the one before.
pub fn pack(near: &Near) -> Vec<u8> {
    let (mut out, mut last) = (Vec::with_capacity(3 * near.len()), 0);
    for (document, nearness) in near {
        put(&mut out, (document - last) as u64);
        put(&mut out, (nearness * PARTS).round() as u64);
        last = *document;
    }
    out
}

/// What [`pack`] made these bytes of; `None` if it did not.
pub fn unpack(mut bytes: &[u8]) -> Option<Near> {
    let (mut near, mut last) = (Near::new(), 0);
    while !bytes.is_empty() {
        last += usize::try_from(take(&mut bytes).ok()?).ok()?;
        near.insert(last, take(&mut bytes).ok()? as f64 / PARTS);
    }
    Some(near)
}

/// The words two documents share, in one order.
pub(super) fn shared<'a>(a: &'a Outline, b: &'a Outline) -> impl Iterator<Item = (&'a Weight, &'a Weight)> {
    let mut rest = b.words();
    a.words().iter().filter_map(move |word| {
        while rest.first().is_some_and(|other| other.word < word.word) {
            rest = &rest[1..];
        }
        rest.first().filter(|other| other.word == word.word).map(|other| (word, other))
    })
}

/// What the days between two documents leave of their nearness; where one is not known, nothing is held against them.
pub(super) fn time(a: Option<Date>, b: Option<Date>) -> f64 {
    let (Some(a), Some(b)) = (a, b) else { return 1.0 };
    let days = a.duration_until(b).as_hours().unsigned_abs() as f64 / 24.0;
    TIMELESS + (1.0 - TIMELESS) * (-days / HALVES).exp2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_wears_nearness_down_but_not_away() {
        let day = |text: &str| text.parse::<Date>().ok();
        assert_eq!(time(day("2031-03-04"), day("2031-03-04")), 1.0);
        assert_eq!(time(day("2031-03-04"), day("2031-04-03")), time(day("2031-04-03"), day("2031-03-04")));
        assert!(time(day("2031-03-04"), day("2039-03-04")) >= TIMELESS);
        assert_eq!(time(None, day("2031-03-04")), 1.0);
    }

    #[test]
    fn whom_a_document_is_near_comes_back_whole() {
        let near: Near = [(0, 1.0), (7, 0.0513), (70_000, 0.25)].into();
        assert_eq!(unpack(&pack(&near)), Some(near));
        assert_eq!(unpack(&[]), Some(Near::new()));
        assert_eq!(unpack(&[3]), None);
    }
}
