//! Finds a Python that can run the tests of `training/`, and installs what it lacks without asking.

use crate::shell::quiet;
use std::path::Path;

/// What the tests of `training/` import, beside the standard library.
const PACKAGES: [&str; 2] = ["pytest", "numpy"];
/// A Python of our own, where the user's lacks something.
const OWN: &str = "target/python";

/// The Python to run, with [`PACKAGES`]: the user's, else one under `target/`, else Debian's.
pub(crate) fn python(root: &Path) -> Result<String, String> {
    let own = format!("{OWN}/bin/python");
    let known = || ["python3", own.as_str(), "/usr/bin/python3"].into_iter().find(|python| has_packages(root, python)).map(str::to_owned);
    let mut tried = String::new();
    if let Some(python) = known() {
        return Ok(python);
    }
    println!("installing {}", PACKAGES.join(", "));
    for command in attempts() {
        let words: Vec<&str> = command.split(' ').collect();
        let ran = quiet(root, words[0], &words[1..]);
        if let Some(python) = known() {
            return Ok(python);
        }
        tried.push_str(&format!("$ {command}\n{}", last_lines(&ran.output)));
    }
    Err(format!("python3 with {} is needed for training/tests and could not be installed; install it by hand\n{tried}", PACKAGES.join(" and ")))
}

fn has_packages(root: &Path, python: &str) -> bool {
    quiet(root, python, &["-c", &format!("import {}", PACKAGES.join(", "))]).well
}

/// Commands to try in turn until a Python is found.
fn attempts() -> Vec<String> {
    let pip = format!("{OWN}/bin/python -m pip install --quiet {}", PACKAGES.join(" "));
    let apt = format!("apt-get install -y -qq --no-install-recommends python3 {}", PACKAGES.map(|package| format!("python3-{package}")).join(" "));
    vec![format!("python3 -m venv {OWN}"), pip, apt.clone(), "apt-get update -qq".into(), apt]
}

fn last_lines(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    lines[lines.len().saturating_sub(3)..].iter().map(|line| format!("  {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_python_without_the_packages_is_not_taken() {
        assert!(!has_packages(Path::new("."), "no-such-python"));
    }

    #[test]
    fn every_attempt_names_a_program() {
        assert!(attempts().iter().all(|command| command.split(' ').count() > 1));
        assert!(attempts()[2].contains("python3-pytest python3-numpy"));
    }
}
