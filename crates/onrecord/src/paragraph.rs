//! Cuts a text into lines and paragraphs; lines that were wrapped at a column belong together.

use crate::text::Span;

/// A text counts as wrapped at a column only if no line is longer than this many characters; mail and wire feeds wrap
/// at 65 to 80, some converters at 100.
const WIDEST_COLUMN: usize = 100;
/// … and if its longest line reaches this: shorter lines are lists, verse, captions.
const NARROWEST_COLUMN: usize = 48;
/// Line breaks inside blocks that must be there to judge by.
const FEWEST_BREAKS: usize = 3;
/// Share of those breaks, in hundredths, at which the next word would not have fitted on the line.
const FULL_LINES: usize = 70;

/// A paragraph: one line, or the lines of one wrapped block. Holds no line break at either end, and is never blank.
pub(crate) fn cut(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let column = column(text, &lines);
    let mut out: Vec<Span> = Vec::new();
    let mut before: Option<Span> = None;
    for line in lines {
        let blank = line.of(text).trim().is_empty();
        if !blank {
            match (before, column) {
                (Some(above), column) if is_torn(text, above, line) || column.is_some_and(|column| goes_on(text, above, line, column)) => {
                    let open = out.last_mut().expect("the line above opened a paragraph");
                    *open = open.cover(line);
                }
                _ => out.push(line),
            }
        }
        before = (!blank).then_some(line);
    }
    out
}

/// The lines of `text` without their breaks, blank ones included.
pub(crate) fn lines(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut after_return = false;
    for (at, c) in text.char_indices() {
        let second_half = after_return && c == '\n';
        after_return = c == '\r';
        if second_half {
            start = at + 1;
        } else if is_break(c) {
            out.push(Span::new(start, at));
            start = at + c.len_utf8();
        }
    }
    if start < text.len() {
        out.push(Span::new(start, text.len()));
    }
    out
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The column at which `text` was wrapped, if it was.
fn column(text: &str, lines: &[Span]) -> Option<usize> {
    let longest = lines.iter().filter(|line| line.of(text).trim().contains(' ')).map(|line| width(text, *line)).max()?;
    if !(NARROWEST_COLUMN..=WIDEST_COLUMN).contains(&longest) {
        return None;
    }
    let pairs = || lines.windows(2).filter(|pair| pair.iter().all(|line| !line.of(text).trim().is_empty()));
    let breaks = pairs().count();
    let full = pairs().filter(|pair| is_full(text, pair[0], pair[1], longest)).count();
    (breaks >= FEWEST_BREAKS && full * 100 >= breaks * FULL_LINES).then_some(longest)
}

/// Whether the line break fell into a sentence: words without a mark above, a small letter below.
fn is_torn(text: &str, above: Span, line: Span) -> bool {
    let above = above.of(text).trim();
    let ends_open = above.ends_with(|c: char| c.is_alphanumeric() || c == ',');
    let is_a_phrase = above.contains(' ') || above.starts_with(char::is_lowercase);
    ends_open && is_a_phrase && line.of(text).starts_with(char::is_lowercase)
}

/// Whether `line` is the rest of the paragraph that `above` left open.
fn goes_on(text: &str, above: Span, line: Span, column: usize) -> bool {
    let words = line.of(text);
    let is_indented = words.starts_with("  ") || words.starts_with('\t');
    let is_marked = words.starts_with(['#', '•', '|']) || ["- ", "* ", "> "].iter().any(|mark| words.starts_with(mark) && !above.of(text).starts_with(mark));
    let above_is_indented = above.of(text).starts_with("  ");
    !is_marked && (!is_indented || above_is_indented && !above.of(text).starts_with("   ")) && is_full(text, above, line, column)
}

fn is_full(text: &str, above: Span, line: Span, column: usize) -> bool {
    let first = line.of(text).split_whitespace().next().map_or(0, |word| word.chars().count());
    width(text, above) + 1 + first > column
}

fn width(text: &str, line: Span) -> usize {
    line.of(text).trim_end().chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paragraphs(text: &str) -> Vec<&str> {
        cut(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn every_line_of_flowing_text_is_a_paragraph() {
        assert_eq!(
            paragraphs("Harbor closes\nIt closed on Monday.\r\n\r\nIt opens in June.\n"),
            ["Harbor closes", "It closed on Monday.", "It opens in June."]
        );
    }

    #[test]
    fn wrapped_lines_belong_together() {
        let text = "Harbor closes\n\nThe harbor of Harrow was closed on Monday after a crane fell\ninto the main basin and blocked the only way out for the ferries\nthat serve the islands, the port authority said in a statement\nthat it sent out late at night.\n\nIt opens in June.";
        let found = paragraphs(text);
        assert_eq!(found.len(), 3);
        assert!(found[1].starts_with("The harbor") && found[1].ends_with("at night."));
    }

    #[test]
    fn a_torn_sentence_is_mended() {
        assert_eq!(
            paragraphs("Note: The mayor regularly\nincites\nhis voters and\nTam Brill."),
            ["Note: The mayor regularly\nincites\nhis voters and", "Tam Brill."]
        );
    }

    #[test]
    fn a_list_is_not_wrapped() {
        assert_eq!(paragraphs("The members of the harbor board, in the order of their age:\nMara Ode\nTam Brill\nIda Voss\nOle Renn\nJo Lind").len(), 6);
    }

    proptest! {
        #[test]
        fn paragraphs_hold_every_word_once(text in "[a-z .“”\n\r\u{2028}>-]{0,200}") {
            let mut end = 0;
            for span in cut(&text) {
                prop_assert!(text[end..span.start()].trim().is_empty());
                prop_assert!(!span.of(&text).trim().is_empty());
                end = span.end();
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
