//! Scores Onrecord against gold: PolNeAR, GUM, TBAQ and two stories marked by hand.

pub mod error;
pub mod shared;
pub mod tally;

pub mod gold;
pub mod gum;
pub mod mentions;
pub mod name;
pub mod polnear;
pub mod runs;
pub mod story;
pub mod terminal;
pub mod times;
