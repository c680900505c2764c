//! Finds the tools that tests need beside Rust, and installs what is missing without asking.

use crate::shell::quiet;
use std::path::Path;

/// Makes sure that `python3 -m pytest` runs; tries Debian's packages, then pip.
pub(crate) fn pytest(root: &Path) -> Result<(), String> {
    let runs = || quiet(root, "python3", &["-m", "pytest", "--version"]).well;
    if runs() {
        return Ok(());
    }
    println!("installing pytest");
    let mut tried = String::new();
    for (program, arguments) in attempts() {
        let ran = quiet(root, program, arguments);
        if runs() {
            return Ok(());
        }
        tried.push_str(&format!("$ {program} {}\n{}", arguments.join(" "), last_lines(&ran.output)));
    }
    Err(format!("python3 with pytest is needed for training/tests and could not be installed; install it by hand\n{tried}"))
}

fn attempts() -> [(&'static str, &'static [&'static str]); 5] {
    [
        ("apt-get", &["install", "-y", "-qq", "--no-install-recommends", "python3", "python3-pytest"]),
        ("apt-get", &["update", "-qq"]),
        ("apt-get", &["install", "-y", "-qq", "--no-install-recommends", "python3", "python3-pytest"]),
        ("python3", &["-m", "pip", "install", "--quiet", "--user", "pytest"]),
        ("python3", &["-m", "pip", "install", "--quiet", "--user", "--break-system-packages", "pytest"]),
    ]
}

fn last_lines(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    lines[lines.len().saturating_sub(3)..].iter().map(|line| format!("  {line}\n")).collect()
}
