//! The words in which two texts differ, to be marked.

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices_deadline};
use std::ops::Range;
use std::time::{Duration, Instant};

/// How a stretch of a rendering stands to the fullest words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// It has them too.
    Same,
    /// It does not have these of them. They are no part of the rendering.
    Dropped,
    /// It has these, and the fullest does not.
    Added,
    /// It has these where something was dropped.
    Instead,
}

/// A stretch of a rendering, or of what it dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) text: String,
    pub(crate) how: How,
    /// How many words these are.
    pub(crate) words: usize,
}

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

/// Both texts, the words that only the one has marked. Marks of quotation and other punctuation are no words.
pub(crate) fn words(one: &str, other: &str) -> (Vec<Run>, Vec<Run>) {
    let (ours, theirs) = (pieces(one), pieces(other));
    let operations = capture_diff_slices_deadline(Algorithm::Myers, &folded(&ours), &folded(&theirs), Some(Instant::now() + PATIENCE));
    if common(&operations, &ours, &theirs) < COMMON {
        return (plain(one), plain(other));
    }
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for operation in operations {
        let is_equal = operation.tag() == DiffTag::Equal;
        ours[operation.old_range()].iter().for_each(|piece| add(&mut first, piece, !is_equal && is_word(piece)));
        theirs[operation.new_range()].iter().for_each(|piece| add(&mut second, piece, !is_equal && is_word(piece)));
    }
    (closed(first), closed(second))
}

/// A rendering beside the fullest words, word by word: what it has of them, what it dropped, what it added. Without what was dropped it
/// is the rendering, byte for byte. Case is no difference. Nothing where the shorter has too few of its words in common with the other.
pub(crate) fn aligned(fullest: &str, rendering: &str) -> Option<Vec<Stretch>> {
    let (ours, theirs) = (places(fullest), places(rendering));
    let lower = |text: &str, places: &[Range<usize>]| places.iter().map(|place| text[place.clone()].to_lowercase()).collect::<Vec<_>>();
    let deadline = Some(Instant::now() + PATIENCE);
    let operations = capture_diff_slices_deadline(Algorithm::Patience, &lower(fullest, &ours), &lower(rendering, &theirs), deadline);
    let shared: usize = operations.iter().filter(|it| it.tag() == DiffTag::Equal).map(|it| it.old_range().len()).sum();
    if (shared as f32) < COMMON * ours.len().min(theirs.len()).max(1) as f32 {
        return None;
    }
    let (mut out, mut at) = (Vec::new(), 0);
    for (old, new, is_equal) in steps(&operations, |old| fullest[ours[old].clone()].len()) {
        if !is_equal && !old.is_empty() {
            out.push(Stretch { text: fullest[ours[old.start].start..ours[old.end - 1].end].to_owned(), how: How::Dropped, words: old.len() });
        }
        if !new.is_empty() {
            let (start, end) = (theirs[new.start].start, theirs[new.end - 1].end);
            let how = if is_equal {
                How::Same
            } else if old.is_empty() {
                How::Added
            } else {
                How::Instead
            };
            out.push(Stretch { text: rendering[at..start].to_owned(), how: How::Same, words: 0 });
            out.push(Stretch { text: rendering[start..end].to_owned(), how, words: new.len() });
            at = end;
        }
    }
    out.push(Stretch { text: rendering[at..].to_owned(), how: How::Same, words: 0 });
    out.retain(|stretch| !stretch.text.is_empty());
    Some(out)
}

/// A word of at most so many letters that stands alone between words that differ joins nothing: "that", "of".
const SHORT: usize = 4;

/// What of the one stands against what of the other, and whether it is the same; `length` tells how long a word of the one is.
fn steps(operations: &[DiffOp], length: impl Fn(usize) -> usize) -> Vec<(Range<usize>, Range<usize>, bool)> {
    let is_alone = |it: &DiffOp| it.tag() == DiffTag::Equal && it.old_range().len() == 1 && length(it.old_range().start) <= SHORT && operations.len() > 1;
    let mut steps: Vec<(Range<usize>, Range<usize>, bool)> = Vec::new();
    for operation in operations {
        let is_equal = operation.tag() == DiffTag::Equal && !is_alone(operation);
        match steps.last_mut().filter(|last| last.2 == is_equal) {
            Some(last) => (last.0.end, last.1.end) = (operation.old_range().end, operation.new_range().end),
            None => steps.push((operation.old_range(), operation.new_range(), is_equal)),
        }
    }
    steps
}

/// Where the words of a text stand.
fn places(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let place = |piece: &str| {
        at += piece.len();
        (at - piece.len()..at, is_word(piece))
    };
    pieces(text).into_iter().map(place).filter(|(_, is_word)| *is_word).map(|(place, _)| place).collect()
}

/// Words, the white space between them, and each mark by itself.
fn pieces(text: &str) -> Vec<&str> {
    let kind = |c: char| if c.is_alphanumeric() || matches!(c, '\'' | '’' | '-') { 0 } else { 1 + usize::from(!c.is_whitespace()) };
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        if last.is_some_and(|last| last != kind(c) || last == 2) {
            pieces.push(&text[start..at]);
            start = at;
        }
        last = Some(kind(c));
    }
    pieces.extend(Some(&text[start..]).filter(|rest| !rest.is_empty()));
    pieces
}

/// The pieces as they are compared: one mark of quotation is as good as another.
fn folded<'a>(pieces: &[&'a str]) -> Vec<&'a str> {
    let fold = |piece: &&'a str| match *piece {
        "“" | "”" | "\"" | "‘" | "«" | "»" => "\"",
        piece if piece.trim().is_empty() => " ",
        piece => piece,
    };
    pieces.iter().map(fold).collect()
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

/// The runs, marked ones that only white space parts made one.
fn closed(runs: Vec<Run>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let between = |at: usize| runs.get(at).is_some_and(|run| run.is_marked);
        let is_gap = !run.is_marked && run.text.trim().is_empty() && at > 0 && between(at - 1) && between(at + 1);
        add(&mut out, &run.text, run.is_marked || is_gap);
    }
    out
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
fn common(operations: &[DiffOp], ours: &[&str], theirs: &[&str]) -> f32 {
    let words = |pieces: &[&str]| pieces.iter().filter(|piece| is_word(piece)).count();
    let shared: usize = operations.iter().filter(|it| it.tag() == DiffTag::Equal).map(|it| 2 * words(&ours[it.old_range()])).sum();
    shared as f32 / (words(ours) + words(theirs)).max(1) as f32
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
    fn marks_are_no_words() {
        let marked = |one: &str, other: &str| words(one, other).1.into_iter().filter(|run| run.is_marked).map(|run| run.text).collect::<Vec<_>>();
        assert_eq!(marked("“We have 11 people we cannot find,”", "\"We have 11 people we cannot find\""), Vec::<String>::new());
        assert_eq!(marked("“We have 11 people we cannot find,”", "\"We have twelve good people we cannot find\""), ["twelve good"]);
    }

    #[test]
    fn a_rendering_shows_what_it_dropped_and_what_it_added() {
        let fullest = "“We have 11 people we cannot account for, and I expect that number to change,”";
        let told = |rendering: &str| {
            let sign = |stretch: &Stretch| match stretch.how {
                How::Same => stretch.text.clone(),
                How::Dropped => format!("[-{}]", stretch.text),
                How::Added | How::Instead => format!("[+{}]", stretch.text),
            };
            aligned(fullest, rendering).map(|all| all.iter().map(sign).collect::<String>())
        };
        assert_eq!(told(fullest).as_deref(), Some(fullest));
        assert_eq!(
            told("we have 11 people we cannot find").as_deref(),
            Some("we have 11 people we cannot[-account for, and I expect that number to change] [+find]")
        );
        assert_eq!(
            told("I expect that number to change sadly").as_deref(),
            Some("[-We have 11 people we cannot account for, and]I expect that number to change [+sadly]")
        );
        assert_eq!(told("no such document"), None);
        let heard =
            aligned("There was no horn. I have worked that river, there was no horn", "that he had nothing to add: there was no horn").unwrap_or_default();
        assert_eq!(heard.iter().filter(|it| it.how == How::Instead).map(|it| it.text.as_str()).collect::<Vec<_>>(), ["that he had nothing to add"]);
        let rendering = "“We have 11 good people” … whom we “cannot account for”";
        let kept: String = aligned(fullest, rendering).unwrap_or_default().iter().filter(|it| it.how != How::Dropped).map(|it| it.text.as_str()).collect();
        assert_eq!(kept, rendering);
    }

    #[test]
    fn what_has_nothing_in_common_is_not_marked() {
        let (first, _) = words("the horn was never heard", "no such document has been found here");
        assert_eq!(first, [Run { text: "the horn was never heard".to_owned(), is_marked: false }]);
    }
}
