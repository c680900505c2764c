//! Cuts a text into sentences, none of which crosses a paragraph or a zone.
//!
//! Its two rules leave no evidence, since every token is in some sentence: `sentence/paragraph` (which line
//! breaks end a paragraph) and `sentence/ending` (which full stops, question marks and closing quotation marks do).

mod ending;

use self::ending::Verdict;
use crate::paragraph;
use crate::text::{Layer, Span, Spanned};
use crate::token::Tokens;
use crate::zone::Zone;
use std::ops::Range;

/// One sentence. Every token belongs to exactly one.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Its place, closing marks included.
    pub span: Span,
    /// Its tokens, as positions.
    pub tokens: Range<usize>,
    /// The number of its paragraph, from 0. A paragraph ends at every line break, but for those of text that was
    /// wrapped at a column.
    pub paragraph: usize,
}

impl Spanned for Sentence {
    fn span(&self) -> Span {
        self.span
    }
}

/// Cuts `text` into sentences.
///
/// ```
/// use onrecord::{Layer, Spanned, sentence, token};
/// let text = "“Why?” she asked Sen. Ode. He left at 5 p.m. The rest stayed.";
/// let sentences = sentence::split(text, &token::tokenize(text), &Layer::default());
/// assert_eq!(sentences.iter().map(|sentence| sentence.span().of(text)).collect::<Vec<_>>(),
///     ["“Why?” she asked Sen. Ode.", "He left at 5 p.m.", "The rest stayed."]);
/// ```
///
/// # Limits
/// After "U.S." and its like a sentence is cut only before words that often begin one ("The", "She", "But" …).
pub fn split(text: &str, tokens: &Tokens, zones: &Layer<Zone>) -> Layer<Sentence> {
    let mut out = Vec::new();
    let borders: Vec<usize> = zones.iter().map(|zone| zone.span.start()).collect();
    let mut next = 0;
    for (paragraph, span) in paragraph::cut(text).into_iter().enumerate() {
        let mut start = next;
        next = tokens.from_byte(span.end());
        for border in &borders[borders.partition_point(|border| *border <= span.start())..borders.partition_point(|border| *border < span.end())] {
            let end = tokens.from_byte(*border);
            cut_run(text, tokens, start..end, paragraph, &mut out);
            start = end;
        }
        cut_run(text, tokens, start..next, paragraph, &mut out);
    }
    Layer::new(out)
}

/// Cuts one run of tokens of one paragraph and one zone.
fn cut_run(text: &str, tokens: &Tokens, run: Range<usize>, paragraph: usize, out: &mut Vec<Sentence>) {
    let mut start = run.start;
    let mut at = run.start;
    while at < run.end {
        match ending::judge(text, tokens, start, at, run.end) {
            Verdict::Ends(end) => {
                push(tokens, start..end, paragraph, out);
                (start, at) = (end, end);
            }
            Verdict::GoesOn(next) => at = next,
        }
    }
    push(tokens, start..run.end, paragraph, out);
}

fn push(tokens: &Tokens, range: Range<usize>, paragraph: usize, out: &mut Vec<Sentence>) {
    if let Some(span) = tokens.cover(range.clone()) {
        out.push(Sentence { span, tokens: range, paragraph });
    }
}

#[cfg(test)]
mod tests;
