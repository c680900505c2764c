//! The order of writing: a text that turns it round and never turns it back ends so before what stands after it on the page.
//!
//! Marks that nobody sees can have a browser show what follows from right to left, or in an order of their own (Unicode UAX #9). What a
//! page shows of a text is closed where it ends: whatever was left open there reaches nothing beside it. Where a form sends words back,
//! they stand as they are: `escape("htm")`.

use askama::filters::{Escaper, Html};
use std::fmt::{self, Write};

/// Ends what LRE, RLE, LRO and RLO begin.
const POP: char = '\u{202c}';
/// Ends what LRI, RLI and FSI begin.
const POP_ISOLATE: char = '\u{2069}';

/// Escapes what a text holds, and closes the order of writing that it leaves open.
#[derive(Clone, Copy, Default)]
pub(crate) struct Closed;

impl Escaper for Closed {
    fn write_escaped_str<W: Write>(&self, mut dest: W, string: &str) -> fmt::Result {
        Html.write_escaped_str(&mut dest, string)?;
        open(string).iter().rev().try_for_each(|end| dest.write_char(*end))
    }
}

/// What ends whatever a text leaves open, in the order in which it was begun.
fn open(text: &str) -> Vec<char> {
    let mut open = Vec::new();
    for mark in text.chars() {
        match mark {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push(POP),
            '\u{2066}'..='\u{2068}' => open.push(POP_ISOLATE),
            // It ends no isolate.
            POP if open.last() == Some(&POP) => drop(open.pop()),
            // It ends what was begun within the isolate too.
            POP_ISOLATE => open.truncate(open.iter().rposition(|end| *end == POP_ISOLATE).unwrap_or(open.len())),
            _ => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        Closed.write_escaped_str(&mut out, text).expect("writing to memory cannot fail");
        out
    }

    #[test]
    fn what_is_left_open_is_closed_in_turn() {
        for (text, closed) in [
            ("Dana Quill", "Dana Quill"),
            ("a \u{202e}b", "a \u{202e}b\u{202c}"),
            ("\u{2067}a\u{202d}b", "\u{2067}a\u{202d}b\u{202c}\u{2069}"),
            ("\u{202e}a\u{202c}b", "\u{202e}a\u{202c}b"),
            ("\u{2068}\u{202e}a\u{2069}b", "\u{2068}\u{202e}a\u{2069}b"),
            ("\u{2066}a\u{202c}", "\u{2066}a\u{202c}\u{2069}"),
            ("a\u{202c}\u{2069}b", "a\u{202c}\u{2069}b"),
            ("<\u{202e}", "&#60;\u{202e}\u{202c}"),
        ] {
            assert_eq!(written(text), closed, "{text:?}");
        }
    }
}
