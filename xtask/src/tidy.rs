//! The house rules that a program can check, each a function from the tree to what is wrong in it.

mod arrows;
mod lexicons;
mod pages;
mod rust;
mod words;

use crate::tree::Tree;
use std::path::Path;

/// A house rule: its name and its check.
type Rule = (&'static str, fn(&Tree) -> Vec<String>);

/// Every house rule.
pub(crate) const RULES: [Rule; 11] = [
    ("arrows", arrows::point_one_way),
    ("dependencies", arrows::have_reasons),
    ("openings", rust::opens_with_a_sentence),
    ("lengths", rust::are_short_enough),
    ("unwraps", rust::never_unwrap),
    ("names", rust::have_plain_names),
    ("lexicons", lexicons::are_sorted),
    ("rule pages", pages::match_rules),
    ("generated files", words::say_they_are_generated),
    ("paths", words::name_no_machine),
    ("loose ends", words::leave_nothing_to_do),
];

/// What breaks a house rule, a line each: `rule: file:line: what`.
pub(crate) fn check(tree: &Tree) -> Vec<String> {
    RULES.iter().flat_map(|(name, rule)| rule(tree).into_iter().map(move |wrong| format!("{name}: {wrong}"))).collect()
}

/// Sorts the lists of every lexicon in place.
pub(crate) fn sort_lexicons(root: &Path) -> Result<String, String> {
    let mut written = 0;
    for file in Tree::load(root).with_extension("toml").filter(|file| file.path.starts_with("lexicon/")) {
        let sorted = lexicons::sorted(&file.text);
        if sorted != file.text {
            std::fs::write(root.join(&file.path), sorted).map_err(|error| format!("writing {}: {error}", file.path))?;
            written += 1;
        }
    }
    Ok(format!("{written} lexicons sorted"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_tree_is_tidy() {
        assert_eq!(check(&Tree::default()), Vec::<String>::new());
    }
}
