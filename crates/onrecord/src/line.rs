//! Tells on which line of a text something stands, and puts words on one line.

use crate::text::Span;

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
    length: usize,
}

impl Lines {
    /// Finds the lines of `text`. A line ends with its `\n`.
    pub fn of(text: &str) -> Lines {
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Lines { starts: std::iter::once(0).chain(after).collect(), length: text.len() }
    }

    /// The number, from 1, of the line that holds the byte `at`.
    pub fn at(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// The bytes of the line of this number, its `\n` included; `None` where the text has no such line.
    pub fn span(&self, number: usize) -> Option<Span> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        Some(Span::new(start, self.starts.get(number).copied().unwrap_or(self.length)))
    }

    /// `12`, or `12-14` for words that run over several lines.
    pub fn name(&self, span: Span) -> String {
        let (first, last) = (self.at(span.start()), self.at(span.end().saturating_sub(1).max(span.start())));
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    }
}

/// `1 document`, `3 documents`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// `words` on one line, with single spaces between them.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let lines = Lines::of("one\ntwo\n\nfour");
        assert_eq!((lines.at(0), lines.at(3), lines.at(4), lines.at(8), lines.at(9)), (1, 1, 2, 3, 4));
        assert_eq!(lines.name(Span::new(4, 7)), "2");
        assert_eq!(lines.name(Span::new(0, 8)), "1-2");
        assert_eq!(lines.span(2), Some(Span::new(4, 8)));
        assert_eq!(lines.span(5), None);
    }
}
