//! Bytes of UTF-8 to numbers of characters, for those who count so. The only place where positions are counted anew.

/// Where the characters of a text stand.
pub struct CodePoints<'a> {
    text: &'a str,
    /// How many characters stand before every [`STEP`]th byte.
    marks: Vec<usize>,
}

/// Bytes between two marks: a place is found by counting at most so many.
const STEP: usize = 1024;

impl<'a> CodePoints<'a> {
    /// Counts the characters of `text`.
    pub fn of(text: &'a str) -> CodePoints<'a> {
        let mut count = 0;
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(count);
            count += beginnings(chunk);
        }
        CodePoints { text, marks }
    }

    /// How many characters (Unicode code points) stand before the byte `at`.
    ///
    /// ```
    /// let points = onrecord_export::CodePoints::of("“Ach” 🜂 x");
    /// assert_eq!(points.before("“Ach” 🜂 ".len()), 8);
    /// ```
    pub fn before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let mark = at / STEP;
        self.marks.get(mark).map_or_else(|| self.text.chars().count(), |count| count + beginnings(&self.text.as_bytes()[mark * STEP..at]))
    }
}

/// Bytes that begin a character.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_counts_as_chars_do(text in "(.|[é“🜂]){0,3000}", at in 0usize..4000) {
            let at = text.floor_char_boundary(at.min(text.len()));
            prop_assert_eq!(CodePoints::of(&text).before(at), text[..at].chars().count());
        }
    }
}
