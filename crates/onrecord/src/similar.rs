//! Tells how near two wordings are in meaning, and how many of their words they share.
//!
//! # Limits
//! Nearness is of topic and wording: "will sign" and "will not sign" are near. What tells them apart (negation, numbers,
//! names) is for the stages that compare.

pub mod group;
pub mod words;

use crate::read::Reading;
use crate::reader::Reader;
use crate::statement::Statement;
use crate::text::Column;
use words::Shared;

/// How many directions a meaning has; fixed by the weights.
pub const SIZE: usize = 128;

/// The largest value that a signed byte holds either way.
const BYTE: f32 = 127.0;

/// The meaning of some words as a direction: what is near in meaning points the same way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector {
    values: Vec<f32>,
    /// Its length squared, which every comparison asks for.
    square: f32,
}

impl Vector {
    pub(crate) fn new(values: Vec<f32>) -> Vector {
        let square = dot(&values, &values);
        Vector { values, square }
    }

    /// Whether it means nothing.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Its values; none where it means nothing.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The same direction as signed bytes hold it: its longest value becomes 127, the others whole numbers beside it.
    fn coarse(&self) -> Vector {
        let longest = self.values.iter().fold(0.0f32, |longest, value| longest.max(value.abs()));
        if longest > 0.0 { Vector::new(self.values.iter().map(|value| (value * BYTE / longest).round()).collect()) } else { Vector::default() }
    }

    /// The values as signed bytes, for a vector that [`of_statements`] gave: nothing is lost. All are 0 where it means nothing.
    pub fn bytes(&self) -> [u8; SIZE] {
        let mut bytes = [0; SIZE];
        for (byte, value) in bytes.iter_mut().zip(&self.values) {
            *byte = (value.round().clamp(-BYTE, BYTE) as i8).cast_unsigned();
        }
        bytes
    }

    /// The vector of these bytes; empty if they are all 0.
    pub fn of_bytes(bytes: &[u8]) -> Vector {
        let is_empty = bytes.iter().all(|byte| *byte == 0);
        if is_empty { Vector::default() } else { Vector::new(bytes.iter().map(|byte| f32::from(byte.cast_signed())).collect()) }
    }

    /// How near each of `meanings` is, [`SIZE`] signed bytes each: the cosine, as [`cosine`] gives it.
    pub fn nearness(&self, meanings: &[u8]) -> impl Iterator<Item = f32> {
        let sought = self.coarse().bytes().map(|byte| i16::from(byte.cast_signed()));
        let square = sought.iter().map(|value| f32::from(*value) * f32::from(*value)).sum::<f32>();
        meanings.chunks_exact(SIZE).map(move |bytes| {
            let (mut dot, mut size) = (0, 0);
            for (sought, byte) in sought.iter().zip(bytes) {
                let value = i16::from(byte.cast_signed());
                dot += i32::from(*sought) * i32::from(value);
                size += i32::from(value) * i32::from(value);
            }
            if size > 0 { dot as f32 / (square * size as f32).sqrt() } else { 0.0 }
        })
    }

    /// The same direction at length 1.
    fn unit(&self) -> Vector {
        let length = self.square.sqrt();
        if length > 0.0 { Vector::new(self.values.iter().map(|value| value / length).collect()) } else { Vector::default() }
    }

    /// The direction in the middle of two.
    pub fn between(&self, other: &Vector) -> Vector {
        sum([self.unit(), other.unit()].iter())
    }
}

/// A meaning in whole numbers, as signed bytes hold it: many are compared sooner than as [`Vector`]s, and come out just as near.
#[derive(Clone, Debug)]
pub(crate) struct Coarse {
    values: [i16; SIZE],
    /// Its length squared.
    square: f32,
}

impl Coarse {
    /// The whole numbers of a vector that [`of_statements`] gave.
    pub(crate) fn of(vector: &Vector) -> Coarse {
        Coarse { values: vector.bytes().map(|byte| i16::from(byte.cast_signed())), square: vector.square }
    }

    /// What [`cosine`] gives for the vectors: sums of so few products of bytes are exact in either kind of number.
    pub(crate) fn cosine(&self, other: &Coarse) -> f32 {
        let size = (self.square * other.square).sqrt();
        let dot: i32 = self.values.iter().zip(&other.values).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        if size > 0.0 { dot as f32 / size } else { 0.0 }
    }
}

/// The meaning of every statement's content, as it stands in its text; of its cue where it has no content. Directions are those
/// that signed bytes hold, so that what an archive keeps is what was worked with: on the gold stories no mean figure falls by it.
pub fn of_statements(reading: &Reading, reader: &Reader) -> Column<Statement, Vector> {
    let (text, tokens) = (&reading.document.text, &reading.tokens);
    let looked;
    let meanings = if reading.readout.meanings.is_empty() && !reading.statements.is_empty() {
        looked = reader.meanings(text, tokens);
        &looked
    } else {
        &reading.readout.meanings
    };
    Column::over(&reading.statements, |_, statement| meanings.of_all(statement.matter().iter().map(|span| tokens.within(*span))).coarse())
}

/// The cosine of the angle between two meanings, −1 to 1; 0 where one of them is empty.
pub fn cosine(a: &Vector, b: &Vector) -> f32 {
    let size = (a.square * b.square).sqrt();
    if size > 0.0 { dot(&a.values, &b.values) / size } else { 0.0 }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    /// As many sums are kept side by side as a processor adds at once.
    const LANES: usize = 8;
    let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0f32; LANES];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f32>() + rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum::<f32>()
}

/// How likely two wordings of one subject tell of one event, 0 to 1, from the cosine of what they mean beyond the subject and
/// the words they share.
///
/// Logistic regression on 12,470 pairs of ECB+ sentences of one subject and different documents, a quarter of them of one
/// event; area under the curve .74 on subjects kept back (.67 by meaning alone, .72 by words alone), and .84 on the oil
/// story, which it was not made from. `training/README.md`, Meaning.
pub fn alike(beyond: f32, shared: Shared) -> f32 {
    let sum = 0.65 * beyond + 7.80 * shared.of_both + 0.70 * shared.of_lighter - 2.19;
    1.0 / (1.0 + (-sum).exp())
}

/// What a set of meanings has in common: the topic of a story. Nearness beyond it is what tells its statements apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topic(Vector);

/// With fewer meanings than this the topic is drawn towards nothing, so that two statements alone are not opposites.
const FEW: f32 = 8.0;

impl Topic {
    /// The topic of some meanings.
    pub fn of<'a>(vectors: impl IntoIterator<Item = &'a Vector>) -> Topic {
        let units: Vec<Vector> = vectors.into_iter().filter(|vector| !vector.is_empty()).map(Vector::unit).collect();
        let weight = 1.0 / (units.len() as f32 + FEW);
        Topic(Vector::new(sum(units.iter()).values.iter().map(|value| value * weight).collect()))
    }

    /// What a meaning says beyond the topic.
    pub fn beyond(&self, vector: &Vector) -> Vector {
        let unit = vector.unit();
        if self.0.is_empty() { unit } else { Vector::new(unit.values.iter().zip(&self.0.values).map(|(value, topic)| value - topic).collect()) }
    }
}

fn sum<'a>(vectors: impl Iterator<Item = &'a Vector>) -> Vector {
    vectors
        .filter(|vector| !vector.is_empty())
        .cloned()
        .reduce(|a, b| Vector::new(a.values.iter().zip(&b.values).map(|(a, b)| a + b).collect()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_their_topic_two_of_many_differ() {
        let side = |x: f32| Vector::new(vec![10.0, x]);
        let vectors: Vec<Vector> = (0..20).flat_map(|_| [side(1.0), side(-1.0)]).collect();
        let topic = Topic::of(&vectors);
        assert!(cosine(&vectors[0], &vectors[1]) > 0.9);
        assert!(cosine(&topic.beyond(&vectors[0]), &topic.beyond(&vectors[1])) < 0.5);
        assert_eq!(cosine(&Vector::default(), &vectors[0]), 0.0);
        assert_eq!(Topic::of(&[]).beyond(&Vector::default()), Vector::default());
    }

    #[test]
    fn nearness_by_bytes_is_the_cosine() {
        let vector = |seed: i32| Vector::new((0..SIZE as i32).map(|at| ((at * seed) % 251 - 125) as f32).collect()).coarse();
        let all: Vec<Vector> = [7, 13, 29].map(vector).into_iter().chain([Vector::default()]).collect();
        let bytes: Vec<u8> = all.iter().flat_map(Vector::bytes).collect();
        assert_eq!(bytes.chunks_exact(SIZE).map(Vector::of_bytes).collect::<Vec<_>>(), all);
        for (near, other) in all[0].nearness(&bytes).zip(&all) {
            assert!((near - cosine(&all[0], other)).abs() < 1e-5);
            assert_eq!(Coarse::of(&all[0]).cosine(&Coarse::of(other)), cosine(&all[0], other));
        }
    }
}
