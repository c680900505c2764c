//! `cargo xtask test`: everything that must hold, one after another, counted at the end.

use crate::score::{Count, of_cargo, of_pytest};
use crate::shell::{Ran, run as run_program};
use crate::tree::Tree;
use crate::{browser, docs, figures, tidy, tools};
use std::path::Path;

/// One part of the tests: its name and what it does.
type Step = (&'static str, fn(&Path) -> Count);

/// In the order in which a mistake is cheapest to find.
const STEPS: [Step; 9] = [
    ("house rules", house_rules),
    ("documents", documents),
    ("format", format),
    ("tests of the workspace", workspace_tests),
    ("clippy", clippy),
    ("commands the README shows", shown_commands),
    ("the desk in a browser", browser::test),
    ("training", training),
    ("floors of scores", floors),
];

/// Runs all of it, goes on after a failure, and ends with the count alone on a line; whether nothing failed.
pub(crate) fn run_all(root: &Path, steps: &[Step]) -> Count {
    let mut total = Count::default();
    let mut failed = Vec::new();
    for (name, step) in steps {
        println!("\n=== {name}");
        let count = step(root);
        println!("--- {name}: {count}");
        failed.extend((count.failed > 0).then_some(*name));
        total += count;
    }
    if !failed.is_empty() {
        println!("\nfailed: {}", failed.join(", "));
    }
    println!("\n{total}");
    total
}

/// `cargo xtask test`; whether nothing failed.
pub(crate) fn run(root: &Path) -> bool {
    run_all(root, &STEPS).failed == 0
}

fn house_rules(root: &Path) -> Count {
    let tree = Tree::load(root);
    let mut count = Count::default();
    for (name, rule) in tidy::RULES {
        let wrong = rule(&tree);
        for line in &wrong {
            println!("{name}: {line}");
        }
        count += Count::of(wrong.is_empty());
    }
    count
}

fn documents(root: &Path) -> Count {
    let broken = docs::check(&Tree::load(root));
    for line in &broken {
        println!("{line}");
    }
    let mut count = Count::of(broken.is_empty());
    count += figures_are_fresh(root);
    count
}

fn figures_are_fresh(root: &Path) -> Count {
    if !root.join(figures::SUMMARY).exists() {
        println!("{} is not there; the figures of README.md are not checked", figures::SUMMARY);
        return Count::SKIPPED;
    }
    let fresh = figures::check(root);
    println!("{}", fresh.as_ref().unwrap_or_else(|error| error));
    Count::of(fresh.is_ok())
}

fn format(root: &Path) -> Count {
    Count::of(cargo(root, &["fmt", "--all", "--check"]).well)
}

fn workspace_tests(root: &Path) -> Count {
    let ran = cargo(root, &["test", "--workspace", "--no-fail-fast"]);
    let count = of_cargo(&ran.output);
    if ran.well { count } else { count.at_least_one_failed() }
}

fn clippy(root: &Path) -> Count {
    Count::of(cargo(root, &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]).well)
}

fn shown_commands(root: &Path) -> Count {
    let failed = docs::run_commands(root);
    for command in &failed {
        println!("failed: {command}");
    }
    Count::of(failed.is_empty())
}

fn training(root: &Path) -> Count {
    if !root.join("training/tests").is_dir() {
        println!("training/tests is not there");
        return Count::SKIPPED;
    }
    let python = match tools::python(root) {
        Ok(python) => python,
        Err(error) => {
            println!("{error}");
            return Count::FAILED;
        }
    };
    let ran = run_program(root, &python, &["-m", "pytest", "-q", "-p", "no:cacheprovider", "training/tests"]);
    let count = of_pytest(&ran.output);
    if ran.well { count } else { count.at_least_one_failed() }
}

/// The corpora are not part of the repository; without them there is nothing to score.
fn floors(root: &Path) -> Count {
    if !root.join("../shared/eval").is_dir() {
        println!("the corpora are not there (../shared); scores are not checked");
        return Count::SKIPPED;
    }
    Count::of(cargo(root, &["run", "--quiet", "-p", "onrecord-eval", "--", "check", "--shared", "../shared"]).well)
}

fn cargo(root: &Path, arguments: &[&str]) -> Ran {
    run_program(root, "cargo", arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_does_not_stop_the_rest() {
        let steps: [Step; 3] = [("a", |_| Count::FAILED), ("b", |_| Count::SKIPPED), ("c", |_| Count { passed: 3, failed: 0, skipped: 0 })];
        assert_eq!(run_all(Path::new("."), &steps), Count { passed: 3, failed: 1, skipped: 1 });
    }
}
