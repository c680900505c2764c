//! Finds the best sequence of labels over a text and cuts it into spans.

use super::{Marked, Part, Role};
use crate::mention::{MentionKind, MentionOf};
use serde::Deserialize;
use std::ops::Range;

/// The labels of one layer and what it costs to go from one to the next; impossible steps cost −10000.
#[derive(Deserialize)]
pub(super) struct Chain {
    labels: Vec<String>,
    start: Vec<f32>,
    transitions: Vec<Vec<f32>>,
}

/// A span of one label, without its B- or I-.
struct Labelled<'a> {
    label: &'a str,
    tokens: Range<usize>,
    score: f32,
}

impl Chain {
    /// The best path over `logits`, one row a token; ties go to the lower label.
    fn best_path<const N: usize>(&self, logits: &[[f32; N]]) -> Vec<usize> {
        let Some(first) = logits.first() else { return Vec::new() };
        let mut total: [f32; N] = std::array::from_fn(|to| self.start[to] + first[to]);
        let mut back: Vec<[u8; N]> = Vec::with_capacity(logits.len());
        for row in &logits[1..] {
            let from: [usize; N] = std::array::from_fn(|to| best((0..N).map(|from| total[from] + self.transitions[from][to])));
            total = std::array::from_fn(|to| total[from[to]] + self.transitions[from[to]][to] + row[to]);
            back.push(from.map(|from| from as u8));
        }
        let mut path = vec![best(total.into_iter())];
        for step in back.iter().rev() {
            path.push(step[path[path.len() - 1]] as usize);
        }
        path.reverse();
        path
    }

    fn spans<const N: usize>(&self, logits: &[[f32; N]]) -> Vec<Labelled<'_>> {
        let path = self.best_path(logits);
        let mut spans: Vec<Labelled<'_>> = Vec::new();
        for (at, label) in path.iter().enumerate() {
            let probability = softmax(&logits[at])[*label];
            match self.labels[*label].split_once('-') {
                Some(("B", label)) => spans.push(Labelled { label, tokens: at..at + 1, score: probability }),
                Some(_) => {
                    let span = spans.last_mut().expect("an I follows a B");
                    span.tokens.end = at + 1;
                    span.score += probability;
                }
                None => {}
            }
        }
        for span in &mut spans {
            span.score = in_thousandths(span.score / span.tokens.len() as f32);
        }
        spans
    }
}

fn best(scores: impl Iterator<Item = f32>) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (at, score) in scores.enumerate() {
        if score > best.1 {
            best = (at, score);
        }
    }
    best.0
}

/// Logits as probabilities.
pub(super) fn softmax(logits: &[f32]) -> Vec<f32> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| (logit - highest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// The nearest thousandth: a reading says no more of a probability, and an archive keeps no more.
pub(super) fn in_thousandths(probability: f32) -> f32 {
    (probability * 1000.0).round() / 1000.0
}

/// The sources, cues and contents.
pub(super) fn parts(chain: &Chain, logits: &[[f32; 7]]) -> Vec<Part> {
    let role = |label: &str| match label {
        "source" => Role::Source,
        "cue" => Role::Cue,
        "content" => Role::Content,
        other => unreachable!("the format has no statement label {other}"),
    };
    chain.spans(logits).into_iter().map(|span| Part { role: role(span.label), tokens: span.tokens, score: span.score }).collect()
}

/// The proper names.
pub(super) fn names(chain: &Chain, logits: &[[f32; 9]]) -> Vec<Marked> {
    let of = |label: &str| match label {
        "PER" => MentionOf::Person,
        "ORG" => MentionOf::Organization,
        "LOC" => MentionOf::Place,
        "MISC" => MentionOf::Other,
        other => unreachable!("the format has no name label {other}"),
    };
    let spans = chain.spans(logits).into_iter();
    spans.map(|span| Marked { of: of(span.label), kind: MentionKind::Name, tokens: span.tokens, score: span.score }).collect()
}

/// The descriptions and pronouns.
pub(super) fn descriptions(chain: &Chain, logits: &[[f32; 7]]) -> Vec<Marked> {
    let kind = |label: &str| match label {
        "PERSON" => (MentionKind::Description, MentionOf::Person),
        "ORG" => (MentionKind::Description, MentionOf::Organization),
        "PRONOUN" => (MentionKind::Pronoun, MentionOf::Person),
        other => unreachable!("the format has no description label {other}"),
    };
    let spans = chain.spans(logits).into_iter();
    spans
        .map(|span| {
            let (kind, of) = kind(span.label);
            Marked { kind, of, tokens: span.tokens, score: span.score }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Chain {
        let labels = ["O", "B-cue", "I-cue"].map(str::to_owned).to_vec();
        let never = -10_000.0;
        Chain { labels, start: vec![0.0, 0.0, never], transitions: vec![vec![0.0, 0.0, never], vec![0.0; 3], vec![0.0; 3]] }
    }

    #[test]
    fn no_span_begins_inside() {
        let spans = chain();
        let spans = spans.spans(&[[0.0, 1.0, 5.0], [0.0, 0.0, 2.0], [3.0, 0.0, 0.0]]);
        assert_eq!((spans.len(), spans[0].tokens.clone()), (1, 0..2));
    }
}
