//! Tells how near two wordings are in meaning.

use crate::read::Reading;
use crate::reader::Reader;
use crate::statement::Statement;
use crate::text::Column;

/// The meaning of some words as a direction: what is near in meaning points the same way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector(Vec<f32>);

/// The meaning of every statement's content.
pub fn of_statements(reading: &Reading, _reader: &Reader) -> Column<Statement, Vector> {
    Column::over(&reading.statements, |_, _| Vector::default())
}

/// The cosine of the angle between two meanings, −1 to 1; 0 where one of them is empty.
pub fn cosine(a: &Vector, b: &Vector) -> f32 {
    let dot = |a: &Vector, b: &Vector| a.0.iter().zip(&b.0).map(|(a, b)| a * b).sum::<f32>();
    let size = (dot(a, a) * dot(b, b)).sqrt();
    if size > 0.0 { dot(a, b) / size } else { 0.0 }
}
