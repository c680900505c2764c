//! The words in which two texts differ, to be marked.

use similar::{ChangeTag, TextDiff};
use std::time::Duration;

/// Words, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) is_marked: bool,
}

/// Comparing two long texts may take this long, then it is less fine.
const PATIENCE: Duration = Duration::from_millis(200);
/// Two texts that share less than this part of their words are not marked: all of it would be.
const COMMON: f32 = 0.4;
/// Words that are more than these tenths of a text are not marked in it: nearly all of it would be.
const MOST_OF_IT: usize = 8;

/// Both texts, the words that only the one has marked.
pub(crate) fn words(one: &str, other: &str) -> (Vec<Run>, Vec<Run>) {
    let difference = TextDiff::configure().timeout(PATIENCE).diff_words(one, other);
    if common(&difference) < COMMON {
        return (plain(one), plain(other));
    }
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for change in difference.iter_all_changes() {
        let has_word = change.value().chars().any(char::is_alphanumeric);
        match change.tag() {
            ChangeTag::Equal => {
                add(&mut first, change.value(), false);
                add(&mut second, change.value(), false);
            }
            ChangeTag::Delete => add(&mut first, change.value(), has_word),
            ChangeTag::Insert => add(&mut second, change.value(), has_word),
        }
    }
    (first, second)
}

/// The text, nothing of it marked.
pub(crate) fn plain(text: &str) -> Vec<Run> {
    vec![Run { text: text.to_owned(), is_marked: false }]
}

/// The text, the first of `wanted` marked that is a true part of it; nothing if none is.
pub(crate) fn part(text: &str, wanted: &[&str]) -> Option<Vec<Run>> {
    let (at, length) = wanted.iter().filter(|it| it.len() * 10 < text.len() * MOST_OF_IT).find_map(|it| Some((text.find(*it)?, it.len())))?;
    let run = |text: &str, is_marked| Run { text: text.to_owned(), is_marked };
    Some(vec![run(&text[..at], false), run(&text[at..at + length], true), run(&text[at + length..], false)])
}

/// The part of both texts' words that they share.
fn common<'a>(difference: &TextDiff<'a, 'a, 'a, str>) -> f32 {
    let (mut shared, mut all) = (0, 0);
    for change in difference.iter_all_changes().filter(|change| change.value().chars().any(char::is_alphanumeric)) {
        match change.tag() {
            ChangeTag::Equal => {
                shared += 2;
                all += 2;
            }
            ChangeTag::Delete | ChangeTag::Insert => all += 1,
        }
    }
    shared as f32 / all.max(1) as f32
}

fn add(runs: &mut Vec<Run>, text: &str, is_marked: bool) {
    match runs.last_mut().filter(|last| last.is_marked == is_marked) {
        Some(last) => last.text.push_str(text),
        None => runs.push(Run { text: text.to_owned(), is_marked }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked_on_both_sides() {
        let (first, second) = words("six people are known to have died", "five people are known to have died");
        let marked = |runs: &[Run]| runs.iter().filter(|run| run.is_marked).map(|run| run.text.clone()).collect::<Vec<_>>();
        assert_eq!((marked(&first), marked(&second)), (vec!["six".to_owned()], vec!["five".to_owned()]));
        let all = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
        assert_eq!((all(&first).as_str(), all(&second).as_str()), ("six people are known to have died", "five people are known to have died"));
    }

    #[test]
    fn what_has_nothing_in_common_is_not_marked() {
        let (first, _) = words("the horn was never heard", "no such document has been found here");
        assert_eq!(first, [Run { text: "the horn was never heard".to_owned(), is_marked: false }]);
    }
}
