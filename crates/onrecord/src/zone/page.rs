//! A document as its zones are found: its paragraphs, which words stand in quotation marks, and what each paragraph is so far.

use super::ZoneKind;
use crate::document::Document;
use crate::evidence::Evidence;
use crate::lexicon::Phrases;
use crate::sentence::{self, Sentence};
use crate::text::{Layer, Span, Spanned};
use crate::token::{TokenKind, Tokens};
use crate::{paragraph, quotation};
use std::borrow::Cow;
use std::ops::Range;

/// The page that rules mark.
pub(super) struct Page<'a> {
    pub(super) document: &'a Document,
    pub(super) text: &'a str,
    pub(super) tokens: &'a Tokens,
    pub(super) sentences: Layer<Sentence>,
    pub(super) paragraphs: Vec<Paragraph>,
    /// Whether each token stands in quotation marks.
    quoted: Vec<bool>,
}

/// One paragraph, or one part of a line that a rule cut off.
pub(super) struct Paragraph {
    pub(super) span: Span,
    pub(super) tokens: Range<usize>,
    pub(super) kind: Option<ZoneKind>,
    pub(super) voice: Option<Span>,
    pub(super) evidence: Vec<Evidence>,
}

impl<'a> Page<'a> {
    pub(super) fn of(document: &'a Document, tokens: &'a Tokens) -> Page<'a> {
        let text = document.text.as_str();
        let sentences = sentence::split(text, tokens, &Layer::default());
        let (quotations, _) = quotation::pair(text, tokens, &sentences);
        let mut quoted = vec![false; tokens.len()];
        for quotation in &quotations {
            quoted[tokens.within(quotation.span())].fill(true);
        }
        let paragraphs = paragraph::cut(text)
            .into_iter()
            .map(|span| Paragraph { span, tokens: tokens.within(span), kind: None, voice: None, evidence: Vec::new() })
            .collect();
        Page { document, text, tokens, sentences, paragraphs, quoted }
    }

    /// Says what paragraph `at` is, on whose word, and by which rule.
    pub(super) fn mark(&mut self, at: usize, kind: ZoneKind, rule: &'static str, words: Option<Span>, why: impl Into<Cow<'static, str>>) {
        let paragraph = &mut self.paragraphs[at];
        paragraph.kind = Some(kind);
        let words = words.unwrap_or(paragraph.span);
        paragraph.evidence.push(Evidence::rule("kind", rule, vec![words], why));
    }

    /// Cuts paragraph `at` in two before the byte `border`.
    pub(super) fn cut(&mut self, at: usize, border: usize) {
        let whole = self.paragraphs[at].span;
        let (left, right) = (Span::new(whole.start(), border), Span::new(border, whole.end()));
        let part = |span: Span, tokens: &Tokens| Paragraph { span, tokens: tokens.within(span), kind: None, voice: None, evidence: Vec::new() };
        self.paragraphs[at] = part(left, self.tokens);
        self.paragraphs.insert(at + 1, part(right, self.tokens));
    }

    /// The paragraphs nothing is known of yet.
    pub(super) fn free(&self) -> Vec<usize> {
        (0..self.paragraphs.len()).filter(|at| self.paragraphs[*at].kind.is_none()).collect()
    }

    /// The words of paragraph `at`, trimmed.
    pub(super) fn words(&self, at: usize) -> &'a str {
        self.paragraphs[at].span.of(self.text).trim()
    }

    /// The tokens of paragraph `at`.
    pub(super) fn range(&self, at: usize) -> Range<usize> {
        self.paragraphs[at].tokens.clone()
    }

    /// How many words, marks aside, paragraph `at` has.
    pub(super) fn len(&self, at: usize) -> usize {
        self.range(at).filter(|token| self.is_word(*token)).count()
    }

    pub(super) fn is_word(&self, token: usize) -> bool {
        self.tokens.kind(token) != TokenKind::Punctuation
    }

    pub(super) fn is_quoted(&self, token: usize) -> bool {
        self.quoted.get(token).copied().unwrap_or(false)
    }

    /// Where one of `phrases` stands in paragraph `at` outside quotation marks.
    pub(super) fn unquoted(&self, at: usize, phrases: &Phrases) -> Option<Range<usize>> {
        self.range(at).find_map(|token| self.phrase(token, phrases))
    }

    /// The phrase at `token`, if one stands there outside quotation marks.
    pub(super) fn phrase(&self, token: usize, phrases: &Phrases) -> Option<Range<usize>> {
        let len = phrases.at(self.tokens, token)?;
        (!self.is_quoted(token)).then_some(token..token + len)
    }

    /// The first token of paragraph `at` that is no mark of lists, headings or stress.
    pub(super) fn first_word(&self, at: usize) -> usize {
        let decoration = |token: &usize| matches!(self.tokens.lower(*token), "*" | "#" | "_" | "-" | "–" | "•" | "[" | "(" | "|" | ">" | "►" | "»" | "/");
        self.range(at).find(|token| !decoration(token)).unwrap_or(self.range(at).end)
    }

    /// Whether paragraph `at` ends like a sentence: with a full stop, a question or exclamation mark, closing marks aside.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        let bare = self.words(at).trim_end_matches(|c: char| matches!(c, '”' | '“' | '"' | '\'' | '’' | '»' | ')' | ']' | '*' | '_') || c.is_whitespace());
        bare.ends_with(['.', '!', '?', '…'])
    }

    /// Whether an empty line, or the end of the text, follows paragraph `at`.
    pub(super) fn blank_follows(&self, at: usize) -> bool {
        let next = self.paragraphs.get(at + 1).map_or(self.text.len(), |next| next.span.start());
        let gap = &self.text[self.paragraphs[at].span.end()..next];
        next == self.text.len() || gap.matches('\n').count() > 1
    }

    /// The sentences of paragraph `at`.
    pub(super) fn sentences_of(&self, at: usize) -> impl Iterator<Item = &Sentence> + '_ {
        let span = self.paragraphs[at].span;
        let from = self.sentences.as_slice().partition_point(|sentence| sentence.span.end() <= span.start());
        self.sentences.as_slice()[from..].iter().take_while(move |sentence| sentence.span.start() < span.end())
    }

    /// The place of the tokens of `range`.
    pub(super) fn span(&self, range: Range<usize>) -> Option<Span> {
        self.tokens.cover(range)
    }
}
