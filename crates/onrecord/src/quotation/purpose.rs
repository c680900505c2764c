//! Tells somebody's words from words held at a distance: terms, nicknames, titles, scare quotes.

use super::lexicon::WORDS;
use super::pairing::Draft;
use super::{Closing, QuotationUse};
use crate::sentence::Sentence;
use crate::text::{Layer, Span};
use crate::token::{TokenKind, Tokens};
use std::ops::Range;

/// Longer quotations are speech unless they are titles; one or two words may be held at a distance.
const LONGEST_SCARE: usize = 2;
/// Longer quotations are not titles of works.
const LONGEST_TITLE: usize = 10;
/// Large words around the marks that make a headline.
const FEWEST_HEADLINE_WORDS: usize = 2;
/// Tokens of the sentence looked through for a verb of speech on either side; keeps a text of one sentence linear.
const REACH: usize = 80;

/// `quotation/scare`: what the marks of each draft are for. `sorted` is in the order of the text, `within` names each one's parent.
pub(super) fn of(text: &str, tokens: &Tokens, sentences: &Layer<Sentence>, sorted: &[Draft], within: &[Option<usize>]) -> Vec<QuotationUse> {
    let mut depth = vec![0u16; tokens.len()];
    for draft in sorted {
        for level in &mut depth[tokens.within(draft.span)] {
            *level = level.saturating_add(1);
        }
    }
    let levels: Vec<u16> = within
        .iter()
        .scan(Vec::new(), |all: &mut Vec<u16>, parent| {
            let level = parent.map_or(0, |parent| all[parent] + 1);
            all.push(level);
            Some(level)
        })
        .collect();
    let view = View { text, tokens, sentences, depth: &depth };
    sorted.iter().zip(levels).map(|(draft, level)| view.purpose(draft, level)).collect()
}

struct View<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    sentences: &'a Layer<Sentence>,
    /// How many quotations hold each token.
    depth: &'a [u16],
}

impl View<'_> {
    fn purpose(&self, draft: &Draft, level: u16) -> QuotationUse {
        let inner = self.tokens.within(draft.inner);
        let words = self.words(inner.clone());
        let goes_on = draft.continues.is_some() || draft.closing != Closing::Closed;
        if goes_on || words == 0 {
            return QuotationUse::Speech;
        }
        let outer = self.tokens.within(draft.span);
        if self.is_nickname(&outer, words) || self.is_term(&outer, words) || self.is_beside_a_work(&outer, &inner, words) {
            return QuotationUse::Scare;
        }
        // Headlines set speech in marks after a colon, and write every word large.
        if self.tokens.before(outer.start, 1) == ":" || self.is_in_a_headline(draft.span, &outer) {
            return QuotationUse::Speech;
        }
        let is_short = words <= LONGEST_SCARE && !self.is_spoken(draft.span, &outer, level);
        if is_short || self.is_title(&outer, &inner, words, level) { QuotationUse::Scare } else { QuotationUse::Speech }
    }

    /// Words of `range`, those parted by hyphens or apostrophes counted once.
    fn words(&self, range: Range<usize>) -> usize {
        let glued = |at: usize| matches!(self.tokens.before(at, 1), "-" | "'" | "’") && self.touches(at) && at > range.start + 1;
        range.clone().filter(|at| self.tokens.kind(*at) != TokenKind::Punctuation && !glued(*at)).count()
    }

    fn touches(&self, at: usize) -> bool {
        at > 0 && self.tokens.span(at - 1).end() == self.tokens.span(at).start()
    }

    /// Jo “Bull” Lind.
    fn is_nickname(&self, outer: &Range<usize>, words: usize) -> bool {
        let capital = |at: usize| self.tokens.is_capitalised(self.text, at);
        let is_name_before = outer.start > 1 && capital(outer.start - 1) && self.tokens.kind(outer.start - 1) == TokenKind::Word;
        words <= LONGEST_SCARE && is_name_before && capital(outer.end) && capital(outer.start + 1)
    }

    /// The so-called “dry dock”; a tool known as “the key”.
    fn is_term(&self, outer: &Range<usize>, words: usize) -> bool {
        let ends_here = |from: usize| WORDS.terms.at(self.tokens, from).is_some_and(|len| from + len == outer.start);
        words <= LONGEST_TITLE && (outer.start.saturating_sub(4)..outer.start).any(ends_here)
    }

    /// The film “The Last Ferry”; the “Harbor Nights” recording.
    fn is_beside_a_work(&self, outer: &Range<usize>, inner: &Range<usize>, words: usize) -> bool {
        let is_work = |at: usize| WORDS.works.has(self.tokens.lower(at));
        let stands_before = (outer.start.saturating_sub(3)..outer.start).any(is_work) && self.tokens.before(outer.start, 1) != ":";
        words <= LONGEST_TITLE && self.capitals(inner.clone()) > 0 && (is_work(outer.end) || stands_before)
    }

    /// “Lights Out”: two large words or more, and nobody beside them who speaks.
    fn is_title(&self, outer: &Range<usize>, inner: &Range<usize>, words: usize, level: u16) -> bool {
        words <= LONGEST_TITLE && self.capitals(inner.clone()) >= 2 && !self.is_spoken_here(outer, level)
    }

    /// How many words of `range` are written large, small words of titles aside; 0 unless all are.
    fn capitals(&self, range: Range<usize>) -> usize {
        let is_content = |at: &usize| self.tokens.kind(*at) != TokenKind::Punctuation && !WORDS.small.has(self.tokens.lower(*at));
        let is_large = |at: usize| self.tokens.is_capitalised(self.text, at) || self.tokens.kind(at) == TokenKind::Number;
        let content: Vec<usize> = range.filter(is_content).collect();
        if content.iter().all(|at| is_large(*at)) { content.len() } else { 0 }
    }

    /// Whether the sentence around the marks is written large throughout.
    fn is_in_a_headline(&self, span: Span, outer: &Range<usize>) -> bool {
        let Some((_, sentence)) = self.sentences.holding(span.start()) else { return false };
        let before = sentence.tokens.start..outer.start.max(sentence.tokens.start);
        let after = outer.end.min(sentence.tokens.end)..sentence.tokens.end;
        let is_empty = |range: &Range<usize>| range.clone().all(|at| self.tokens.kind(at) == TokenKind::Punctuation);
        let large = |range: Range<usize>| is_empty(&range) || self.capitals(range) > 0;
        self.capitals(before.clone()) + self.capitals(after.clone()) >= FEWEST_HEADLINE_WORDS && large(before) && large(after)
    }

    /// Whether a verb of speech stands right beside the marks: “Absolutely Not,” said Ode.
    fn is_spoken_here(&self, outer: &Range<usize>, level: u16) -> bool {
        let before = self.tokens.before(outer.start, 1);
        let says = |at: usize| self.says(at, level);
        matches!(before, ":" | ",") && (2..4).any(|back| outer.start.checked_sub(back).is_some_and(says))
            || outer.start.checked_sub(1).is_some_and(says)
            || (outer.end..outer.end + 4).any(says) && self.ends_with_comma(outer)
    }

    fn ends_with_comma(&self, outer: &Range<usize>) -> bool {
        self.tokens.before(outer.end, 2) == "," || self.tokens.lower(outer.end) == "," || matches!(self.tokens.before(outer.end, 2), "?" | "!")
    }

    /// Whether the sentence, outside these marks, makes somebody speak.
    fn is_spoken(&self, span: Span, outer: &Range<usize>, level: u16) -> bool {
        let Some((id, sentence)) = self.sentences.holding(span.start()) else { return false };
        let mut from = sentence.tokens.start.max(outer.start.saturating_sub(REACH));
        let mut to = sentence.tokens.end.min(outer.end + REACH).max(outer.end);
        let around = |at: &usize| !outer.contains(at);
        // A sentence of nothing but the quotation: “No.” The cue stands beside it.
        let is_bare = (from..to).filter(around).all(|at| self.tokens.kind(at) == TokenKind::Punctuation);
        if is_bare {
            let paragraph = |other: &&Sentence| other.paragraph == sentence.paragraph;
            let before = id.at().checked_sub(1).and_then(|at| self.sentences.as_slice().get(at)).filter(paragraph);
            let after = self.sentences.as_slice().get(id.at() + 1).filter(paragraph);
            from = before.map_or(from, |before| before.tokens.start.max(from.saturating_sub(REACH)));
            to = after.map_or(to, |after| after.tokens.end.min(to + REACH));
            return before.is_none() && after.is_none() || (from..to).filter(around).any(|at| self.says(at, level) || self.depth[at] > level);
        }
        (from..to).filter(around).any(|at| self.says(at, level))
    }

    fn says(&self, at: usize, level: u16) -> bool {
        let phrase = || WORDS.speech.at(self.tokens, at).or_else(|| WORDS.speech_phrases.at(self.tokens, at));
        self.depth.get(at).is_some_and(|depth| *depth <= level) && phrase().is_some()
    }
}
