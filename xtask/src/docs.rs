//! The documents: links lead somewhere, and the commands that the README shows run.

use crate::shell::{Ran, run};
use crate::tree::{File, Tree};
use std::path::Path;

/// Documents whose commands a stranger types first.
const SHOWN_FIRST: [&str; 2] = ["README.md", "examples/README.md"];

/// Links of Markdown files that lead nowhere.
pub(crate) fn check(tree: &Tree) -> Vec<String> {
    tree.with_extension("md").flat_map(|file| broken(tree, file)).collect()
}

fn broken(tree: &Tree, file: &File) -> Vec<String> {
    let mut wrong = Vec::new();
    for (at, line) in prose(&file.text) {
        for target in targets(line).filter(|target| !target.contains("://") && !target.starts_with("mailto:")) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = if path.is_empty() { file.path.clone() } else { beside(&file.path, path) };
            let found = tree.get(&path);
            let is_folder = tree.files.iter().any(|other| other.path.starts_with(&format!("{}/", path.trim_end_matches('/'))));
            if found.is_none() && !is_folder {
                wrong.push(format!("{}:{at}: {target} leads nowhere", file.path));
            } else if !anchor.is_empty() && !found.is_some_and(|page| has_heading(&page.text, anchor)) {
                wrong.push(format!("{}:{at}: {target}: no such heading", file.path));
            }
        }
    }
    wrong
}

/// The lines outside fenced code, with their numbers from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        (!fenced && !fence).then_some((at + 1, line))
    })
}

/// What the links of `line` lead to; code between back-ticks is no link.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let targets: Vec<&str> = line.match_indices("](").filter_map(|(at, mark)| line[at + mark.len()..].split([')', ' ']).next()).collect();
    let is_code = |target: &str| line.split('`').skip(1).step_by(2).any(|code| code.contains(&format!("]({target}")));
    targets.into_iter().filter(move |target| !is_code(target)).collect::<Vec<_>>().into_iter()
}

/// `target` as seen from the folder of `path`.
fn beside(path: &str, target: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

fn has_heading(text: &str, anchor: &str) -> bool {
    prose(text).filter_map(|(_, line)| line.strip_prefix('#')).any(|heading| slug(heading.trim_start_matches('#')) == anchor)
}

/// A heading as an anchor: lower case, hyphens for spaces, no other marks.
fn slug(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| if c == ' ' { Some('-') } else { (c.is_alphanumeric() || c == '-' || c == '_').then_some(c) })
        .collect()
}

/// Runs the commands that the first documents show; returns those that failed.
pub(crate) fn run_commands(root: &Path) -> Vec<String> {
    let tree = Tree::load(root);
    let shown: Vec<String> = SHOWN_FIRST.iter().filter_map(|path| tree.get(path)).flat_map(|file| commands(&file.text)).collect();
    shown.into_iter().filter(|command| !runs(root, command)).collect()
}

fn runs(root: &Path, command: &str) -> bool {
    let Ran { well, .. } = run(root, "sh", &["-c", command]);
    well
}

/// The commands in `sh` blocks that can run here: not those that start this program again, nor those with a placeholder.
///
/// They run with the build that the tests use, so that nothing is compiled twice.
fn commands(text: &str) -> Vec<String> {
    let (mut inside, mut found) = (false, Vec::new());
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside && line.starts_with("cargo run") && !line.contains(['…', '<']) {
            let command = line.split(" #").next().unwrap_or(line).trim().replace("cargo run --release", "cargo run --quiet");
            if !found.contains(&command) {
                found.push(command);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lead_nowhere_are_named() {
        let tree = Tree::of(&[
            ("docs/a.md", "See [b](b.md), [c](../c.md#the-way), [out](https://x.example), `[x](y)`.\n"),
            ("docs/b.md", ""),
            ("c.md", "## The way\n"),
        ]);
        assert_eq!(check(&tree), Vec::<String>::new());
        let tree = Tree::of(&[("docs/a.md", "See [b](b.md).\n```\n[not](a link)\n```\n[c](#gone)\n")]);
        assert_eq!(check(&tree), ["docs/a.md:1: b.md leads nowhere", "docs/a.md:5: #gone: no such heading"]);
    }

    #[test]
    fn commands_are_taken_from_sh_blocks() {
        let text = "```sh\ncargo run --release -p onrecord-cli -- read examples/x   # the story\ncargo xtask test\ncargo run -p x -- read <FILE>\n```\n```text\ncargo run no\n```\n";
        assert_eq!(commands(text), ["cargo run --quiet -p onrecord-cli -- read examples/x"]);
    }
}
