//! Runs the fuzz targets for some minutes each.

use crate::shell::run as run_program;
use std::path::Path;

/// Runs every target of `fuzz/` for `minutes`.
pub(crate) fn run(root: &Path, minutes: &str) -> Result<String, String> {
    let minutes: u64 = minutes.parse().map_err(|_| format!("--minutes wants a whole number, not {minutes}"))?;
    let folder = root.join("fuzz/fuzz_targets");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("reading fuzz/fuzz_targets: {error}"))?;
    let mut targets: Vec<String> = entries.flatten().filter_map(|entry| target(&entry.file_name().to_string_lossy())).collect();
    targets.sort();
    let limit = format!("-max_total_time={}", minutes * 60);
    for target in &targets {
        let ran = run_program(root, "cargo", &["+nightly", "fuzz", "run", target, "--", &limit]);
        if !ran.well {
            return Err(format!("the fuzz target {target} failed; what broke it stands in fuzz/artifacts/{target}"));
        }
    }
    Ok(format!("{} fuzz targets ran {minutes} minutes each and found nothing", targets.len()))
}

fn target(file: &str) -> Option<String> {
    file.strip_suffix(".rs").map(str::to_owned)
}
