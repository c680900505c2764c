//! How a file of Rust (and, where it applies, of Python) must look.

use crate::tree::{File, Tree};

/// From here on a file has more than one subject.
const LONGEST: usize = 800;
/// Words that name nothing: a type or module called so has no subject.
const EMPTY_WORDS: [&str; 8] = ["Manager", "Handler", "Processor", "Util", "Utils", "Helper", "Data", "Info"];

/// A file opens with `//!` (Python: a docstring) and one sentence.
pub(crate) fn opens_with_a_sentence(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in tree.with_extension("rs") {
        let opening: Vec<&str> = file.text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).take_while(|line| !line.is_empty()).collect();
        if !has_sentence(&opening.join(" ")) {
            wrong.push(format!("{}:1: open with `//!` and one sentence that says what the file is for", file.path));
        }
    }
    for file in tree.with_extension("py").filter(|file| !file.path.ends_with("__init__.py") || !file.text.is_empty()) {
        let text = file.text.strip_prefix("#!").map_or(file.text.as_str(), |rest| rest.split_once('\n').map_or("", |(_, rest)| rest));
        if !text.strip_prefix("\"\"\"").is_some_and(has_sentence) {
            wrong.push(format!("{}:1: open with a docstring of one sentence that says what the file is for", file.path));
        }
    }
    wrong
}

fn has_sentence(text: &str) -> bool {
    text.trim().len() > 10 && text.contains(['.', ':'])
}

/// No file is longer than [`LONGEST`] lines.
pub(crate) fn are_short_enough(tree: &Tree) -> Vec<String> {
    let lines = |file: &&File| file.text.lines().count();
    let long = |file: &&File| file.text.lines().count() > LONGEST;
    code(tree).filter(long).map(|file| format!("{}: {} lines; divide it by subject before {LONGEST}", file.path, lines(&file))).collect()
}

fn code(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.with_extension("rs").chain(tree.with_extension("py"))
}

/// No `unwrap` outside tests; `expect` states the invariant.
pub(crate) fn never_unwrap(tree: &Tree) -> Vec<String> {
    let call = concat!(".unwr", "ap()");
    lines_of_product(tree)
        .filter(|(_, _, line)| line.contains(call))
        .map(|(file, at, _)| format!("{}:{at}: use `expect` and state the invariant, or return the error", file.path))
        .collect()
}

/// Types, modules and functions have names that say something.
pub(crate) fn have_plain_names(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, at, line) in lines_of_product(tree) {
        if let Some(name) = named(line).filter(|name| EMPTY_WORDS.iter().any(|empty| holds_word(name, empty))) {
            wrong.push(format!("{}:{at}: `{name}` says nothing; name it by what it is", file.path));
        }
    }
    wrong
}

/// The name that `line` defines, if it defines one.
fn named(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("pub(crate) ").or(line.strip_prefix("pub ")).unwrap_or(line);
    let rest = ["struct ", "enum ", "trait ", "mod ", "type "].iter().find_map(|keyword| line.strip_prefix(keyword))?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

/// Whether `empty` is a word of the CamelCase or snake_case `name`.
fn holds_word(name: &str, empty: &str) -> bool {
    let snake = name.split('_').any(|word| word == empty.to_lowercase());
    let camel = name.match_indices(empty).any(|(at, _)| name[at + empty.len()..].chars().next().is_none_or(char::is_uppercase));
    snake || camel
}

/// Every line of Rust that is neither a test nor a comment, with its number from 1.
pub(crate) fn lines_of_product(tree: &Tree) -> impl Iterator<Item = (&File, usize, &str)> {
    let product = |file: &&File| !["tests/", "benches/", "fuzz_targets/"].iter().any(|folder| file.path.contains(folder)) && !file.path.ends_with("/tests.rs");
    tree.with_extension("rs").filter(product).flat_map(|file| {
        let lines = file.text.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//")).map(move |(at, line)| (file, at + 1, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_an_opening_is_named() {
        let tree = Tree::of(&[
            ("a.rs", "//! Pairs quotation marks.\n"),
            ("b.rs", "use x;\n"),
            ("c.py", "import os\n"),
            ("d.py", "\"\"\"Cuts a text into words.\"\"\"\n"),
        ]);
        let wrong = opens_with_a_sentence(&tree);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert!(wrong[0].starts_with("b.rs") && wrong[1].starts_with("c.py"));
    }

    #[test]
    fn a_long_file_is_named() {
        let long = "//! Long.\n".repeat(LONGEST + 1);
        assert_eq!(are_short_enough(&Tree::of(&[("a.rs", &long), ("b.rs", "//! Short.\n")])).len(), 1);
    }

    #[test]
    fn unwraps_in_the_product_are_named_and_those_in_tests_are_not() {
        let call = concat!("x.unwr", "ap();");
        let product = format!("//! A.\n{call}\n// {call}\n");
        let tests = format!("//! B.\n#[cfg(test)]\nmod tests {{\n{call}\n}}\n");
        let tree = Tree::of(&[("a.rs", &product), ("b.rs", &tests), ("crates/x/tests/c.rs", &product)]);
        assert_eq!(never_unwrap(&tree), ["a.rs:2: use `expect` and state the invariant, or return the error"]);
    }

    #[test]
    fn empty_names_are_named() {
        let tree = Tree::of(&[("a.rs", "pub struct QuoteManager;\npub struct Dataset;\nmod utils;\nenum Datum {}\n")]);
        let wrong = have_plain_names(&tree);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert!(wrong[0].contains("QuoteManager") && wrong[1].contains("utils"));
    }
}
