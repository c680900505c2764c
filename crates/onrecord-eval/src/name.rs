//! Whether a name of ours is a gold person's, as `score_record.py` tells.

use crate::gold::Person;
use unicode_normalization::UnicodeNormalization;

/// What the reference scorer takes out of names, in its order.
const JUNK: [&str; 9] = ["the ", "president ", "attorney general ", "mr. ", "ms. ", "mrs. ", "sen. ", "rep. ", "'s"];

/// A gold name of this many characters or fewer must agree in full, not in part.
const SHORT: usize = 3;

/// `name` folded as the reference scorer folds it before it compares.
pub(crate) fn norm(name: &str) -> String {
    let mut name: String = name.nfkd().collect::<String>().to_lowercase().replace('’', "'");
    for junk in JUNK {
        name = name.replace(junk, " ");
    }
    let spaced: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `name` is the person's full name or an alias, or ends in the same last name.
pub fn same_name(person: &Person, name: &str) -> bool {
    let got = norm(name);
    let Some(last) = got.rsplit(' ').next().filter(|last| !last.is_empty()) else { return false };
    let names: Vec<String> = std::iter::once(&person.name).chain(&person.aliases).map(|name| norm(name)).collect();
    if names.contains(&got) {
        return true;
    }
    if person.kind == "person" {
        return names.iter().any(|name| name.rsplit(' ').next() == Some(last));
    }
    let long = |name: &str| name.chars().count() > SHORT;
    names.iter().any(|name| long(name) && long(&got) && (name.contains(&got) || got.contains(name.as_str())))
}
