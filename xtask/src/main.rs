//! House work, run as `cargo xtask NAME`: the tests, the house rules, the figures in the README, fuzzing.

mod browser;
mod docs;
mod figures;
mod fuzz;
mod score;
mod shell;
mod test;
mod tidy;
mod tools;
mod tree;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test               everything that must hold; ends with `N passed, N failed, N skipped`
cargo xtask tidy               the house rules alone: arrows between crates, openings, lengths, rule pages …
cargo xtask sort               sorts the lists of words in lexicon/
cargo xtask docs               links of the Markdown files; commands of README.md and examples/README.md
cargo xtask figures [--check]  writes the score tables of README.md anew from the committed scores
cargo xtask browser            the desk in a real browser: pages, keys, correcting, accessibility
cargo xtask browser --pictures takes the pictures of docs/desk.md anew
cargo xtask bench              speed, memory and start, the encoder beside its matrix products (needs the corpora)
cargo xtask fuzz --minutes N   throws broken text at `read` for N minutes (needs the nightly toolchain and cargo-fuzz)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = tree::root();
    let went_well = match words.as_slice() {
        ["test"] => test::run(&root),
        ["tidy"] => shell::report(&tidy::check(&tree::Tree::load(&root))),
        ["sort"] => shell::said(tidy::sort_lexicons(&root)),
        ["docs"] => shell::report(&docs::check(&tree::Tree::load(&root))) && docs::run_commands(&root).is_empty(),
        ["figures"] => shell::said(figures::write(&root)),
        ["figures", "--check"] => shell::said(figures::check(&root)),
        ["browser"] => browser::test(&root).failed == 0,
        ["browser", "--pictures"] => browser::pictures(&root),
        ["bench"] => bench(&root),
        ["fuzz", "--minutes", minutes] => shell::said(fuzz::run(&root, minutes)),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            true
        }
        _ => {
            eprint!("cargo xtask: no such work: {}\n{HELP}", words.join(" "));
            false
        }
    };
    if went_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Measured in the release build, since that is what is shipped.
fn bench(root: &std::path::Path) -> bool {
    shell::run(root, "cargo", &["run", "--release", "--quiet", "-p", "onrecord-eval", "--", "speed", "--shared", "../shared"]).well
}
