//! Makes the first letter of words small or large, and letters plain.

use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The same words with a small first letter.
pub(crate) fn small_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// The same words with a capital first letter.
pub(crate) fn capital_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The same words without accents: "López" is "Lopez" where an outlet has no accents.
pub(crate) fn plain(words: &str) -> String {
    if words.is_ascii() { words.to_owned() } else { words.nfd().filter(|letter| !is_accent(*letter)).collect() }
}

/// Marks without width of their own, Unicode category Mn.
fn is_accent(letter: char) -> bool {
    static MN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\p{Mn}$").expect("a fixed pattern"));
    !letter.is_ascii() && MN.is_match(letter.encode_utf8(&mut [0; 4]))
}
