//! Words in their place: what stands before and after them in the article, cut at blanks.

use std::ops::Range;

/// Words in their place.
pub(crate) struct Passage<'a> {
    /// Whether more stands before.
    pub(crate) is_opened: bool,
    pub(crate) before: &'a str,
    pub(crate) words: &'a str,
    pub(crate) after: &'a str,
    /// Whether more stands after.
    pub(crate) is_broken_off: bool,
}

impl<'a> Passage<'a> {
    /// The words at these bytes of a text, with at least so many bytes around them where the text has them.
    pub(crate) fn of(text: &'a str, words: Range<usize>, around: usize) -> Passage<'a> {
        let start = text.floor_char_boundary(words.start);
        let end = text.ceil_char_boundary(words.end.max(start));
        let from = text.floor_char_boundary(start.saturating_sub(around));
        let from = text[..from].rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
        let to = text.ceil_char_boundary((end + around).min(text.len()));
        let to = text[to..].find(char::is_whitespace).map_or(text.len(), |blank| to + blank);
        Passage {
            is_opened: !text[..from].trim().is_empty(),
            before: text[from..start].trim_start(),
            words: &text[start..end],
            after: text[end..to].trim_end(),
            is_broken_off: !text[to..].trim().is_empty(),
        }
    }

    /// The same within its paragraph.
    pub(crate) fn in_paragraph(text: &'a str, words: Range<usize>, around: usize) -> Passage<'a> {
        let start = text.floor_char_boundary(words.start);
        let end = text.ceil_char_boundary(words.end.max(start));
        let from = text[..start].rfind('\n').map_or(0, |line| line + 1);
        let to = text[end..].find('\n').map_or(text.len(), |line| end + line);
        Passage::of(&text[from..to], start - from..end - from, around)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ä head\n\nThe pier at Oster was shut, she said, until the end of May.\nMore.";

    fn told(passage: &Passage<'_>) -> String {
        let (open, broken) = (if passage.is_opened { "… " } else { "" }, if passage.is_broken_off { " …" } else { "" });
        format!("{open}{}[{}]{}{broken}", passage.before, passage.words, passage.after)
    }

    #[test]
    fn a_passage_says_where_it_was_cut() {
        let at = TEXT.find("shut").unwrap_or(0);
        assert_eq!(told(&Passage::of(TEXT, at..at + 4, 9)), "… Oster was [shut], she said, …");
        assert_eq!(told(&Passage::in_paragraph(TEXT, at..at + 4, 500)), "The pier at Oster was [shut], she said, until the end of May.");
        assert_eq!(told(&Passage::of(TEXT, at..at + 4, 500)).matches('…').count(), 0);
        assert_eq!(told(&Passage::of("", 0..0, 9)), "[]");
    }
}
