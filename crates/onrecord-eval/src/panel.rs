//! Measures the records of the gold stories several times, the texts cut for the encoder in another way each time.
//!
//! A story has few documents and one wrong tie can move a figure by a fifth; where the seams between the encoder's windows
//! fall is chance. A change that lifts the figures of one cut alone was luck; one that lifts the mean of the panel is gain.

use crate::error::Error;
use crate::jobs::measure_with;
use crate::shared::Shared;
use crate::summary::Summary;
use onrecord::reader::{Reader, Windows};

/// The cuts: all score alike on PolNeAR dev.
const CUTS: [Windows; 5] = [
    Windows { longest: 256, shared: 48 },
    Windows { longest: 256, shared: 64 },
    Windows { longest: 192, shared: 48 },
    Windows { longest: 192, shared: 32 },
    Windows { longest: 128, shared: 32 },
];

/// The figures the issues set bars for, and those that explain them.
const FIGURES: [&str; 12] = [
    "speaker",
    "said",
    "utterance_pairs",
    "utterance_pairs_precision",
    "askings_found",
    "answer_class",
    "same_question_linked",
    "relation_recall",
    "loud_outside_gold",
    "compatible_wrong",
    "brief_points",
    "brief_unsupported",
];

/// A line a figure: its mean over the cuts, and each cut's.
pub fn panel(shared: &Shared) -> Result<String, Error> {
    let reader = Reader::built_in();
    let by_cut: Vec<Summary> =
        CUTS.into_iter().map(|cut| measure_with(&reader.with_windows(cut), shared, &["records"]).map(|measured| measured.summary)).collect::<Result<_, _>>()?;
    let heads: Vec<String> = CUTS.iter().map(|cut| format!("{}/{}", cut.longest, cut.shared)).collect();
    let mut out = format!("{:40} {:>7}   {}\n", "", "mean", heads.iter().map(|head| format!("{head:>8}")).collect::<String>());
    for table in ["seeds_record", "oil_record"] {
        for name in FIGURES {
            let values: Vec<f64> = by_cut.iter().filter_map(|summary| summary.get(table, name)).collect();
            if values.is_empty() {
                continue;
            }
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let all: String = values.iter().map(|value| format!("{value:8.3}")).collect();
            out += &format!("{:40} {mean:7.3}   {all}\n", format!("{table}.{name}"));
        }
    }
    Ok(out)
}
