//! Rule `statement/no-comment`: a refusal to speak that has no content of its own is a statement too.

use super::lexicon::WORDS;
use super::{Form, Statement};
use crate::evidence::Evidence;
use crate::reader::{Readout, Role};
use crate::sentence::Sentence;
use crate::text::Layer;
use crate::token::Tokens;
use std::ops::Range;

/// Adds a statement for every refusal that no draft has as its cue.
pub(super) fn add(tokens: &Tokens, sentences: &Layer<Sentence>, readout: &Readout, drafts: &mut Vec<Statement>) {
    let phrases = [&WORDS.no_comment, &WORDS.no_comment_exact];
    for sentence in sentences {
        let mut at = sentence.tokens.start;
        while let Some(cue) = phrases.into_iter().filter_map(|phrases| phrases.find(tokens, at..sentence.tokens.end)).min_by_key(|hit| hit.start) {
            at = cue.end;
            let place = tokens.cover(cue.clone()).expect("a phrase has tokens");
            let taken = drafts.iter().any(|draft| draft.cue.iter().any(|other| other.overlaps(place)));
            if !taken {
                drafts.push(refusal(tokens, sentence, readout, cue));
            }
        }
    }
}

fn refusal(tokens: &Tokens, sentence: &Sentence, readout: &Readout, cue: Range<usize>) -> Statement {
    let place = tokens.cover(cue.clone()).expect("a phrase has tokens");
    let before = sentence.tokens.start..cue.start;
    let source = source_in(readout, &before).and_then(|range| tokens.cover(range));
    let words = source.into_iter().chain([place]).collect();
    let evidence = vec![Evidence::rule("cue", "statement/no-comment", words, "a refusal without content")];
    Statement { source, cue: vec![place], content: Vec::new(), within: None, form: Form::Indirect, confidence: 1.0, evidence }
}

/// The nearest words before the cue that can be its subject: a source the reader labelled, else a mention of somebody.
fn source_in(readout: &Readout, before: &Range<usize>) -> Option<Range<usize>> {
    let inside = |range: &Range<usize>| before.start <= range.start && range.end <= before.end;
    let sources = readout.parts.iter().filter(|part| part.role == Role::Source).map(|part| part.tokens.clone());
    let mentions = readout.mentions.iter().map(|marked| marked.tokens.clone());
    sources.filter(&inside).max_by_key(|range| range.end).or_else(|| mentions.filter(inside).max_by_key(|range| range.end))
}
