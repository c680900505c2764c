//! Every rule that the engine names has a page under `rules/`, and every page a rule.

use super::rust::lines_of_product;
use crate::tree::Tree;
use std::collections::BTreeMap;

/// The stages that have rules: the folders of `rules/`, and the first half of a rule's name.
const STAGES: [&str; 12] = ["zone", "token", "sentence", "quotation", "mention", "time", "statement", "entity", "act", "sourcing", "said", "addressee"];

/// Rules without a page, and pages without a rule.
///
/// A rule that leaves no evidence (sentences have none) is named in the comment above its function.
pub(crate) fn match_rules(tree: &Tree) -> Vec<String> {
    let mut rules: BTreeMap<String, String> = BTreeMap::new();
    for (file, at, line) in lines_of_product(tree).filter(|(file, ..)| file.path.starts_with("crates/onrecord/src/")) {
        for name in line.split('"').skip(1).step_by(2).filter(|words| is_rule(words)) {
            rules.entry(name.to_owned()).or_insert_with(|| format!("{}:{at}", file.path));
        }
    }
    let pages: Vec<&str> =
        tree.with_extension("md").filter_map(|file| file.path.strip_prefix("rules/")?.strip_suffix(".md")).filter(|page| *page != "README").collect();
    let mut wrong: Vec<String> = rules
        .iter()
        .filter(|(name, _)| !pages.contains(&name.as_str()))
        .map(|(name, place)| format!("{place}: the rule {name} has no page rules/{name}.md"))
        .collect();
    let mentioned = |page: &str| tree.with_extension("rs").any(|file| file.path.starts_with("crates/onrecord/src/") && file.text.contains(page));
    wrong.extend(pages.iter().filter(|page| !mentioned(page)).map(|page| format!("rules/{page}.md: no rule of this name in crates/onrecord/src")));
    wrong
}

/// Whether `words` reads like a rule's name: a stage, a slash, words with hyphens.
fn is_rule(words: &str) -> bool {
    let Some((stage, rule)) = words.split_once('/') else { return false };
    STAGES.contains(&stage) && !rule.is_empty() && rule.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_and_pages_match() {
        let code = ("crates/onrecord/src/act.rs", "Evidence::rule(\"act\", \"act/denial\", words, \"\")");
        assert_eq!(match_rules(&Tree::of(&[code, ("rules/act/denial.md", "# act/denial"), ("rules/README.md", "# Rules")])), Vec::<String>::new());
        assert_eq!(match_rules(&Tree::of(&[code])), ["crates/onrecord/src/act.rs:1: the rule act/denial has no page rules/act/denial.md"]);
        assert_eq!(match_rules(&Tree::of(&[("rules/act/denial.md", "# act/denial")])), ["rules/act/denial.md: no rule of this name in crates/onrecord/src"]);
    }

    #[test]
    fn only_names_of_rules_are_taken_for_rules() {
        assert!(is_rule("addressee/told") && is_rule("time/last-night"));
        assert!(!is_rule("lexicon/act.toml") && !is_rule("time/Last night") && !is_rule("and/or"));
    }
}
