//! Scores the machine against what persons corrected in an archive: how often it says, on its own, what they say.

use crate::error::Error;
use onrecord_archive::Archive;
use std::collections::BTreeMap;
use std::path::Path;

/// A line for each corrected fact, then how many of each kind are right.
pub fn measure(path: &Path) -> Result<String, Error> {
    let wrong = |error: onrecord_archive::Error| Error::new(path, error.to_string());
    let judged = Archive::open(path).map_err(wrong)?.judged().map_err(wrong)?;
    let mut out = String::new();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for it in &judged {
        let count = counts.entry(it.fact).or_default();
        count.0 += usize::from(it.is_right);
        count.1 += 1;
        out += &format!("{} {:10} {}\n     the machine: {}  {}\n", if it.is_right { "right" } else { "WRONG" }, it.fact, it.person, it.machine, it.id);
    }
    for (fact, (right, all)) in counts {
        out += &format!("{fact:12} {right:4} of {all:4}  {:.3}\n", right as f64 / all as f64);
    }
    Ok(out)
}
