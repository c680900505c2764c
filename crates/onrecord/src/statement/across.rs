//! Rules `statement/earlier-paragraph`, `statement/later-paragraph`, `statement/other-sentence` and `statement/other-clause`: what somebody
//! said stands in the paragraph that tells who said it, or goes on from there in quotation marks or behind a colon; what stands in the
//! middle of another sentence is of that sentence; and what "after Ode said that …" hangs on, Ode did not say.

use super::lexicon::WORDS;
use super::{Statement, Text};
use crate::evidence::Evidence;
use crate::sentence::Sentence;
use crate::text::Span;
use crate::token::TokenKind;
use crate::zone::{Zone, ZoneKind};
use std::collections::BTreeSet;

/// Tokens of an article or a title that may stand between the conjunction and the source.
const ARTICLE: usize = 1;

const EARLIER: (&str, &str) = ("statement/earlier-paragraph", "what stands in an earlier paragraph was cut off");
const LATER: (&str, &str) = ("statement/later-paragraph", "what stands in a later paragraph was cut off");
const OTHER_SENTENCE: (&str, &str) = ("statement/other-sentence", "what stands in the middle of another sentence was cut off");
const OTHER_CLAUSE: (&str, &str) = ("statement/other-clause", "what the clause of the cue hangs on was cut off");

/// Cuts off content that stands in another paragraph than its cue; a cue left without content is dropped.
///
/// Content before stays where its quotation goes on in the paragraph of the cue, where a comma at the end of its paragraph leads over to
/// the cue, and where that paragraph begins with a dash, as a signature does. Content behind stays where it opens the next paragraph in
/// quotation marks, or stands there behind a colon or a comma of the paragraph before; and so from paragraph to paragraph.
pub(super) fn cut(text: &Text<'_>, drafts: &mut Vec<Statement>) {
    drafts.retain_mut(|draft| {
        let Some(cue) = draft.cue.first().copied() else { return true };
        let Some(here) = text.paragraph(cue.start()).filter(|here| !text.is_signature(*here)) else { return !draft.content.is_empty() };
        let pieces: Vec<Span> = draft.content.iter().map(|part| text.beside(*part, here)).collect();
        let behind = text.behind(&pieces, here);
        let mut kept = Vec::new();
        let mut cut = BTreeSet::new();
        for (part, piece) in draft.content.iter().zip(&pieces) {
            cut.extend((part.start() < piece.start()).then_some(EARLIER));
            cut.extend((part.end() > piece.end()).then_some(LATER));
            if text.is_before(*piece, here) {
                cut.insert(EARLIER);
            } else if behind.contains(piece) {
                cut.insert(LATER);
            } else if text.is_of_another_sentence(*piece, &pieces, cue) {
                cut.insert(OTHER_SENTENCE);
            } else if text.is_of_another_clause(*piece, draft.source, &pieces, cue) {
                cut.insert(OTHER_CLAUSE);
            } else {
                kept.push(*piece);
            }
        }
        draft.evidence.extend(cut.into_iter().map(|(rule, why)| Evidence::rule("content", rule, vec![cue], why)));
        draft.content = kept;
        !draft.content.is_empty()
    });
}

fn is_dash(word: &str) -> bool {
    matches!(word, "—" | "–" | "-")
}

impl Text<'_> {
    fn paragraph(&self, at: usize) -> Option<usize> {
        self.sentences.holding(at).map(|(_, sentence)| sentence.paragraph)
    }

    /// Whether a paragraph begins with a dash.
    fn is_signature(&self, paragraph: usize) -> bool {
        self.in_paragraph(paragraph).first().is_some_and(|sentence| is_dash(self.tokens.lower(sentence.tokens.start)))
    }

    /// A part of a content, or only what of it stands in paragraph `here` where it runs over the border of that paragraph and no quotation
    /// does.
    fn beside(&self, part: Span, here: usize) -> Span {
        let words = self.tokens.within(part);
        let is_here = |at: &usize| self.paragraph(self.tokens.span(*at).start()) == Some(here);
        let piece = words.clone().find(is_here).zip(words.rev().find(is_here)).and_then(|(first, last)| self.tokens.cover(first..last + 1));
        piece.filter(|_| !self.is_continued(part)).unwrap_or(part)
    }

    fn crosses(&self, span: Span) -> bool {
        self.paragraph(span.start()) != self.paragraph(span.end() - 1)
    }

    /// Whether a part stands in a paragraph before `here`, and nothing leads over from there.
    fn is_before(&self, part: Span, here: usize) -> bool {
        let paragraph = self.paragraph(part.end() - 1);
        let mut inside = self.quotations.entries().filter(|(_, quotation)| quotation.inner.overlaps(part)).map(|(id, _)| id);
        let goes_on = inside.any(|id| self.quotations.iter().any(|next| next.continues == Some(id)));
        paragraph < Some(here) && !goes_on && !(paragraph.map(|paragraph| paragraph + 1) == Some(here) && self.ends_in_comma(part))
    }

    /// Whether a part ends its paragraph, and with a comma.
    fn ends_in_comma(&self, part: Span) -> bool {
        let end = self.tokens.within(part).end;
        let behind = (end..self.tokens.len()).find(|at| self.tokens.kind(*at) != TokenKind::Punctuation);
        let is_last = behind.is_none_or(|at| self.paragraph(self.tokens.span(at).start()) != self.paragraph(part.end() - 1));
        is_last && (end.saturating_sub(2)..end + 1).any(|at| self.tokens.lower(at) == ",")
    }

    /// The parts that stand in paragraphs behind `here`, and to which nothing leads on from there.
    fn behind(&self, parts: &[Span], here: usize) -> Vec<Span> {
        let mut parts: Vec<Span> = parts.iter().copied().filter(|part| self.paragraph(part.start()) > Some(here)).collect();
        parts.sort();
        let last = self.in_paragraph(here).last().map(|sentence| sentence.tokens.end - 1);
        let leads_on = last.is_some_and(|at| matches!(self.tokens.lower(at), ":" | ","));
        let mut reached = here;
        parts.retain(|part| {
            let paragraph = self.paragraph(part.start()).unwrap_or(here);
            let is_next = (reached + 1..paragraph).all(|between| self.is_no_text(between));
            let stays = is_next && (leads_on || self.opens_in_marks(*part, paragraph)) || self.is_continued(*part);
            reached = if stays { self.paragraph(part.end() - 1).unwrap_or(paragraph) } else { reached };
            !stays
        });
        parts
    }

    fn in_paragraph(&self, paragraph: usize) -> &[Sentence] {
        let sentences = self.sentences.as_slice();
        let from = sentences.partition_point(|sentence| sentence.paragraph < paragraph);
        let len = sentences[from..].partition_point(|sentence| sentence.paragraph == paragraph);
        &sentences[from..from + len]
    }

    /// Whether a paragraph is a caption, a link, an advertisement.
    fn is_no_text(&self, paragraph: usize) -> bool {
        let is_aside = |zone: &Zone| matches!(zone.kind, ZoneKind::Furniture | ZoneKind::Caption);
        self.in_paragraph(paragraph).iter().all(|sentence| self.zones.holding(sentence.span.start()).is_some_and(|(_, zone)| is_aside(zone)))
    }

    /// Whether a part begins a paragraph, in quotation marks.
    fn opens_in_marks(&self, part: Span, paragraph: usize) -> bool {
        let first = self.in_paragraph(paragraph).first();
        first.is_some_and(|sentence| self.begins(sentence, part)) && self.quotations.iter().any(|quotation| quotation.span.holds(part.start()))
    }

    /// Whether nothing but marks stands in a sentence before a part.
    fn begins(&self, sentence: &Sentence, part: Span) -> bool {
        (sentence.tokens.start..self.tokens.within(part).start).all(|at| self.tokens.kind(at) == TokenKind::Punctuation)
    }

    /// Whether a part stands in another sentence of the paragraph of the cue, in no marks, and does not begin it, nor does another part.
    /// A dash signs the sentences before it.
    fn is_of_another_sentence(&self, part: Span, parts: &[Span], cue: Span) -> bool {
        let sentence = |at: usize| self.sentences.holding(at).map(|(_, sentence)| sentence);
        let Some((own, of_cue)) = sentence(part.start()).zip(sentence(cue.start())) else { return false };
        let begins = |part: &Span| own.span.holds(part.start()) && self.begins(own, *part);
        let is_signed = is_dash(self.tokens.lower(self.tokens.within(cue).start));
        let reaches_cue = of_cue.span.holds(part.end() - 1);
        let in_marks = || self.quotations.iter().any(|quotation| quotation.span.holds(part.start()) && !quotation.span.holds(cue.start()));
        let is_beside = own.paragraph == of_cue.paragraph && own.span != of_cue.span;
        is_beside && !is_signed && !reaches_cue && !in_marks() && !parts.iter().any(begins)
    }

    /// Whether a part in no marks is what the clause of source and cue hangs on, which has a content of its own behind the cue: "The bank fell
    /// |after Ode said| that it was broke". "Another reason, |as Ode said,| is that it was old" is one clause around another.
    fn is_of_another_clause(&self, part: Span, source: Option<Span>, parts: &[Span], cue: Span) -> bool {
        let Some(source) = source.filter(|source| part.end() <= source.start() && source.end() <= cue.start()) else { return false };
        let (end, start) = (self.tokens.within(part).end, self.tokens.within(source).start);
        let between = end + usize::from(self.tokens.lower(end) == ",")..start;
        let opens = between.len() <= ARTICLE + 1 && WORDS.hanging.at(self.tokens, between.start).is_some_and(|len| len == 1) && !between.is_empty();
        let own = parts.iter().filter(|other| other.start() >= cue.end()).min();
        let is_own = own.is_some_and(|own| {
            let first = self.tokens.within(*own).start;
            WORDS.be.at(self.tokens, first).is_none() && WORDS.auxiliaries.at(self.tokens, first).is_none()
        });
        let in_marks = self.quotations.iter().any(|quotation| quotation.span.overlaps(part));
        opens && is_own && !in_marks
    }

    /// Whether a part stands in a quotation that goes on from a paragraph before.
    fn is_continued(&self, part: Span) -> bool {
        self.quotations.iter().any(|quotation| quotation.inner.overlaps(part) && (quotation.continues.is_some() || self.crosses(quotation.inner)))
    }
}
