//! The desk in a real browser: finds or installs Chromium and what drives it, and runs the tests of `onrecord-desk`.

use crate::score::{Count, of_pytest};
use crate::shell::{quiet, run};
use std::path::Path;

/// The tests.
const TESTS: &str = "crates/onrecord-desk/tests/browser";
/// What they import, beside the standard library: the driver, the rules of accessibility with their script, and who asks an API what its description allows.
const PACKAGES: &str = "pytest playwright axe-playwright-python schemathesis";
/// A Python of their own.
const OWN: &str = "target/browser";
/// Where systems keep a Chromium.
const BROWSERS: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Where the pictures of the guide lie.
const PICTURES: &str = "docs/pictures";

/// Runs the tests; counts them.
pub(crate) fn test(root: &Path) -> Count {
    tested(root, &[], &[])
}

/// Takes the pictures of the guide anew; whether it could.
pub(crate) fn pictures(root: &Path) -> bool {
    let folder = format!("ONRECORD_PICTURES={}", root.join(PICTURES).display());
    tested(root, &[&folder], &["-k", "pictures"]).failed == 0
}

/// Runs the tests with these settings of the environment and these arguments.
fn tested(root: &Path, settings: &[&str], arguments: &[&str]) -> Count {
    let (browser, python) = match browser(root).and_then(|browser| Ok((browser, python(root)?))) {
        Ok(found) => found,
        Err(error) => {
            println!("{error}");
            return Count::FAILED;
        }
    };
    if !run(root, "cargo", &["build", "--quiet", "-p", "onrecord-cli"]).well {
        return Count::FAILED;
    }
    let chosen = format!("ONRECORD_BROWSER={browser}");
    let pytest = [&chosen, python.as_str(), "-m", "pytest", "-q", "-p", "no:cacheprovider", TESTS];
    let ran = run(root, "env", &[settings, &pytest, arguments].concat());
    let count = of_pytest(&ran.output);
    if ran.well { count } else { count.at_least_one_failed() }
}

/// Where a Chromium is; installed where there is none.
fn browser(root: &Path) -> Result<String, String> {
    let find = || BROWSERS.iter().map(|name| quiet(root, "which", &[name])).find(|ran| ran.well).map(|ran| ran.output.trim().to_owned());
    let mut tried = String::new();
    if let Some(found) = find() {
        return Ok(found);
    }
    println!("installing chromium");
    for command in ["apt-get install -y -qq --no-install-recommends chromium", "apt-get update -qq", "apt-get install -y -qq --no-install-recommends chromium"]
    {
        tried.push_str(&attempt(root, command));
        if let Some(found) = find() {
            return Ok(found);
        }
    }
    Err(format!("Chromium is needed for {TESTS} and could not be installed; install it by hand\n{tried}"))
}

/// The Python with [`PACKAGES`]; made where it is not there.
fn python(root: &Path) -> Result<String, String> {
    let python = format!("{OWN}/bin/python");
    let is_ready = || quiet(root, &python, &["-c", "import pytest, playwright, axe_playwright_python, schemathesis"]).well;
    let mut tried = String::new();
    if is_ready() {
        return Ok(python);
    }
    println!("installing {PACKAGES}");
    let (venv, pip) = (format!("python3 -m venv {OWN}"), format!("{python} -m pip install --quiet {PACKAGES}"));
    for command in [&venv, &pip, "apt-get install -y -qq --no-install-recommends python3-venv", &venv, &pip] {
        tried.push_str(&attempt(root, command));
        if is_ready() {
            return Ok(python);
        }
    }
    Err(format!("a Python with {PACKAGES} is needed for {TESTS} and could not be made; make one at {OWN} by hand\n{tried}"))
}

fn attempt(root: &Path, command: &str) -> String {
    let words: Vec<&str> = command.split(' ').collect();
    let ran = quiet(root, words[0], &words[1..]);
    format!("$ {command}\n{}\n", ran.output.lines().last().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_run_is_told() {
        assert!(attempt(Path::new("."), "no-such-program --now").contains("cannot run"));
    }
}
