//! Makes the first letter of words small or large.

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
