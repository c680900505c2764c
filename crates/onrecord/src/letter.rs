//! Makes the first letter of words small or large, and letters plain.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
    words.nfd().filter(|letter| !is_combining_mark(*letter)).collect()
}
