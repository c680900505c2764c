//! Rule `statement/after-colon`: words after a colon are said by whoever the clause before it is about.

use super::{Form, Statement};
use crate::evidence::Evidence;
use crate::mention::{MentionKind, MentionOf};
use crate::reader::Readout;
use crate::sentence::Sentence;
use crate::text::{Layer, Span};
use crate::token::Tokens;

/// Sets words after a colon apart from the statement of an earlier sentence that a link gave them to, where their own sentence names
/// somebody else before the colon. They become a statement of his, with all that the link gave on from there.
pub(super) fn set_apart(tokens: &Tokens, sentences: &Layer<Sentence>, readout: &Readout, drafts: &mut Vec<Statement>) {
    let mut found = Vec::new();
    for draft in drafts.iter_mut() {
        let Some((at, source, colon)) = owner(tokens, sentences, readout, draft) else { continue };
        let content: Vec<Span> = draft.content.drain(at..).collect();
        let why = "the clause before the colon is about another";
        draft.evidence.push(Evidence::rule("content", "statement/after-colon", vec![source, content[0]], why));
        let evidence = vec![Evidence::rule("source", "statement/after-colon", vec![source, colon], why)];
        found.push(Statement { source: Some(source), cue: vec![colon], content, within: None, form: Form::Indirect, confidence: draft.confidence, evidence });
    }
    drafts.extend(found);
}

/// The first content but the first that is another's, with that other's name and the colon.
fn owner(tokens: &Tokens, sentences: &Layer<Sentence>, readout: &Readout, draft: &Statement) -> Option<(usize, Span, Span)> {
    let cue = *draft.cue.first()?;
    let sentence = |span: Span| sentences.holding(span.start()).map(|(id, _)| id);
    (1..draft.content.len()).find_map(|at| {
        let content = draft.content[at];
        let (id, own) = sentences.holding(content.start())?;
        let colon = tokens.within(content).start.checked_sub(1).filter(|at| own.tokens.contains(at) && tokens.lower(*at) == ":")?;
        let is_name = |kind: MentionKind, of: MentionOf| kind == MentionKind::Name && matches!(of, MentionOf::Person | MentionOf::Organization);
        let inside = readout.mentions.iter().filter(|marked| own.tokens.start <= marked.tokens.start && marked.tokens.end <= colon);
        let subject = inside.filter(|marked| is_name(marked.kind, marked.of)).find_map(|marked| tokens.cover(marked.tokens.clone()))?;
        let is_another = sentence(cue) != Some(id) && cue.end() <= content.start() && draft.source.is_none_or(|source| !source.overlaps(subject));
        is_another.then_some((at, subject, tokens.cover(colon..colon + 1)?))
    })
}
