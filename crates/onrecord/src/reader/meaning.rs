//! What each token means where it stands, and the meaning of a stretch of them.
//!
//! A head over three layers of the encoder, taught to mimic a sentence encoder (`training/similar.py`); it costs about two
//! hundredths of a reading.

use crate::similar::{SIZE, Vector};
use std::ops::Range;

/// The meaning of every token of a text.
///
/// Values are kept as signed bytes: the head is scaled so that a byte holds four standard deviations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meanings {
    values: Vec<i8>,
}

impl Meanings {
    pub(super) fn of_length(tokens: usize) -> Meanings {
        Meanings { values: vec![0; tokens * SIZE] }
    }

    /// Sets the meaning of a token to the mean over its pieces.
    pub(super) fn put(&mut self, token: usize, pieces: &[f32]) {
        let count = (pieces.len() / SIZE).max(1) as f32;
        for (at, value) in self.values[token * SIZE..(token + 1) * SIZE].iter_mut().enumerate() {
            let mean = pieces.iter().skip(at).step_by(SIZE).sum::<f32>() / count;
            *value = mean.round().clamp(-127.0, 127.0) as i8;
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The meaning of the tokens of `range` together: the mean; empty where there are none.
    pub fn of(&self, range: Range<usize>) -> Vector {
        self.of_all(std::iter::once(range))
    }

    /// The meaning of several stretches of tokens together.
    pub fn of_all(&self, ranges: impl IntoIterator<Item = Range<usize>>) -> Vector {
        let tokens = self.values.len() / SIZE;
        let mut sum = [0i32; SIZE];
        let mut count = 0;
        for token in ranges.into_iter().flat_map(|range| range.start..range.end.min(tokens)) {
            for (sum, value) in sum.iter_mut().zip(&self.values[token * SIZE..]) {
                *sum += i32::from(*value);
            }
            count += 1;
        }
        if count == 0 { Vector::default() } else { Vector::new(sum.map(|sum| sum as f32 / count as f32).to_vec()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meaning_of_a_stretch_is_the_mean_of_its_tokens() {
        let mut meanings = Meanings::of_length(3);
        meanings.put(0, &[[2.0; SIZE], [4.0; SIZE]].concat());
        meanings.put(2, &[300.0; SIZE]);
        assert_eq!(meanings.of(0..1), Vector::new(vec![3.0; SIZE]));
        assert_eq!(meanings.of_all([0..1, 2..9]), Vector::new(vec![65.0; SIZE]));
        assert_eq!(meanings.of(1..1), Vector::default());
    }
}
