//! Writes readings and records for people: lines of painted words, which a terminal colours and a pipe does not.

mod canvas;
mod layer;
mod record;
pub(crate) mod story;

pub use canvas::{Canvas, Line, Paint, Piece};
pub use layer::{STAGES, Stage, layer};
pub use record::{chain, record, said};
pub use story::story;
