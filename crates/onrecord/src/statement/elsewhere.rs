//! Rule `statement/source-elsewhere`: a verb has its subject in its own sentence.
//!
//! A source that runs over from the line before, a heading or a credit, is cut to what stands in the sentence.

use super::Statement;
use crate::evidence::Evidence;
use crate::mention::MentionKind;
use crate::mention::words::words;
use crate::quotation::Quotation;
use crate::reader::Readout;
use crate::sentence::Sentence;
use crate::text::{Layer, Span, Spanned};
use crate::token::Tokens;
use std::ops::Range;

/// Takes the source from every draft that has it in another sentence than its cue, and puts the name there that the cue's sentence opens with.
pub(super) fn correct(tokens: &Tokens, sentences: &Layer<Sentence>, quotations: &Layer<Quotation>, readout: &Readout, drafts: &mut [Statement]) {
    for draft in drafts {
        let (Some(source), Some(cue)) = (draft.source, draft.cue.first().copied()) else { continue };
        let Some((_, sentence)) = sentences.holding(cue.start()) else { continue };
        let says_before = || draft.content.iter().any(|content| source.end() <= content.start() && content.end() <= cue.start());
        // "It said": the cue brings its own subject, which the source explains.
        let brings_its_own = tokens.within(cue).any(|at| words().is_pronoun(tokens.lower(at)));
        if sentence.span.contains(source) || brings_its_own || is_within_speech(quotations, sentence.span, source.cover(cue)) || says_before() {
            continue;
        }
        let found = tokens.cover(inside(tokens, source, sentence)).or_else(|| opening_name(tokens, sentence, readout, cue));
        let words = found.into_iter().chain([cue]).collect();
        draft.set_source(found, Evidence::rule("source", "statement/source-elsewhere", words, "the verb's subject stands in its sentence"));
    }
}

/// The tokens of a source that stand in the cue's sentence.
fn inside(tokens: &Tokens, source: Span, sentence: &Sentence) -> Range<usize> {
    let range = tokens.within(source);
    range.start.max(sentence.tokens.start)..range.end.min(sentence.tokens.end)
}

/// Whether a sentence begins inside quotation marks that open between the source and the cue: then it ends nothing.
fn is_within_speech(quotations: &Layer<Quotation>, sentence: Span, between: Span) -> bool {
    quotations.iter().any(|quotation| between.holds(quotation.span().start()) && quotation.inner.holds(sentence.start()))
}

/// The name that the sentence opens with, before the cue.
fn opening_name(tokens: &Tokens, sentence: &Sentence, readout: &Readout, cue: Span) -> Option<Span> {
    let first = sentence.tokens.start;
    let opens = |start: usize| start == first || (start == first + 1 && tokens.lower(first) == "the");
    let name = readout.mentions.iter().find(|mention| mention.kind == MentionKind::Name && opens(mention.tokens.start))?;
    tokens.cover(first..name.tokens.end).filter(|span| span.end() <= cue.start())
}
