//! Scores Onrecord against gold: PolNeAR, GUM, TBAQ, two stories marked by hand, and piles of news to be parted into stories.
//!
//! `scores/` keeps what was measured: `summary.toml`, a CSV of items a job, `floors.toml` (what must hold) and `bars.toml`
//! (what is wanted). No committed file holds a word of the corpora.

pub mod error;
pub mod shared;
pub mod tally;
pub mod progress;

pub mod gum;
pub mod mentions;
pub mod polnear;
pub mod times;
pub mod answer_groups;

pub mod gold;
pub mod name;
pub mod runs;
pub mod story;
pub mod between;
pub mod fired;
pub mod zones;

pub mod stories;
pub mod answers;
pub mod corrected;
pub mod dating;

pub mod jobs;
pub mod panel;
pub mod speed;
pub mod keeping;
pub mod searching;
pub mod serving;
pub mod nearing;
pub mod summary;
pub mod terminal;
