//! Writes a reading for people: lines of painted words, which a terminal colours and a pipe does not.

mod canvas;
mod layer;
mod record;

pub use canvas::{Canvas, Line, Paint, Piece};
pub use layer::{STAGES, Stage, layer};
pub use record::{chain, record, said};
