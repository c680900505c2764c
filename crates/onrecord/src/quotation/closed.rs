//! Puts quotation marks back that were cut off.

use std::cmp::Ordering;

/// The same words with the quotation marks that were cut off at either end where only one of a pair was.
pub(crate) fn closed(words: &str) -> String {
    let count = |mark: char| words.matches(mark).count();
    let first_closes = words.split_once('"').is_some_and(|(_, after)| after.is_empty() || after.starts_with([' ', ',', '.']));
    match (count('“').cmp(&count('”')), count('"') % 2 == 1) {
        (Ordering::Less, _) => format!("“{words}"),
        (Ordering::Greater, _) => format!("{words}”"),
        (Ordering::Equal, true) if first_closes => format!("\"{words}"),
        (Ordering::Equal, true) => format!("{words}\""),
        (Ordering::Equal, false) => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_cut_off_from_its_pair_is_put_back() {
        assert_eq!(closed("Ode will stay host of “The Old Pier"), "Ode will stay host of “The Old Pier”");
        assert_eq!(closed("the true owners” of the pier"), "“the true owners” of the pier");
        assert_eq!(closed("Ode was \"right to resign"), "Ode was \"right to resign\"");
        assert_eq!(closed("the true owners\" of the pier"), "\"the true owners\" of the pier");
        assert_eq!(closed("“the pier” is safe"), "“the pier” is safe");
    }
}
