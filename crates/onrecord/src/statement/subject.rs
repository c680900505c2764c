//! Rule `statement/subject-as-content`: the subject of a verb that tells is its source, also where the reader took it for content.

use super::Statement;
use super::lexicon::WORDS;
use crate::evidence::Evidence;
use crate::text::Span;
use crate::token::Tokens;

/// The longest subject that is taken, in tokens.
const LONGEST: usize = 12;

/// Gives every draft without a source, whose first content stands right before its active cue, that content as source.
pub(super) fn correct(tokens: &Tokens, drafts: &mut [Statement]) {
    for draft in drafts {
        let Some(source) = subject(tokens, draft) else { continue };
        let cue = draft.cue[0];
        draft.content.remove(0);
        draft.source = Some(source);
        draft.evidence.push(Evidence::rule("source", "statement/subject-as-content", vec![source, cue], "the subject of the verb"));
    }
}

/// "[Ode] reportedly revealed … that": the subject, without the auxiliaries behind it.
fn subject(tokens: &Tokens, draft: &Statement) -> Option<Span> {
    let (cue, first) = (*draft.cue.first()?, *draft.content.first()?);
    let (verb, before) = (tokens.within(cue), tokens.within(first));
    let is_next = before.end == verb.start && draft.content.len() > 1 && draft.content[1].start() >= cue.end();
    let passive = verb.clone().any(|at| WORDS.be.has(tokens.lower(at)));
    let tells = verb.clone().any(|at| WORDS.telling.at(tokens, at).is_some());
    if draft.source.is_some() || !is_next || passive || !tells || before.len() > LONGEST {
        return None;
    }
    let end = before.clone().rev().find(|at| !WORDS.auxiliaries.has(tokens.lower(*at)))? + 1;
    (!before.clone().any(|at| WORDS.be.has(tokens.lower(at)))).then(|| tokens.cover(before.start..end)).flatten()
}
