//! Rule `statement/first-person`: the writer's own "I think" is the writer's voice, not a statement.

use super::Statement;
use crate::lexicon::Phrases;
use crate::quotation::{Quotation, QuotationUse};
use crate::text::{Layer, Span};
use crate::token::Tokens;
use crate::zone::{Zone, ZoneKind};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Words {
    first_person: Vec<String>,
}

static PRONOUNS: LazyLock<Phrases> = LazyLock::new(|| {
    let words: Words = crate::lexicon::parse(include_str!("../../../../lexicon/statement.toml"));
    Phrases::exact(words.first_person)
});

/// Drops drafts whose source is "I", "we" or "you" outside quotations, turns and other drafts' contents: there they mean
/// the writer and his readers.
pub(super) fn drop(tokens: &Tokens, zones: &Layer<Zone>, quotations: &Layer<Quotation>, drafts: &mut Vec<Statement>) {
    let contents: Vec<(Vec<Span>, Vec<Span>)> = drafts.iter().map(|draft| (draft.cue.clone(), draft.content.clone())).collect();
    drafts.retain(|draft| {
        let Some(source) = draft.source.filter(|source| is_first_person(tokens, *source)) else { return true };
        let quoted = quotations.iter().any(|quotation| quotation.use_ == QuotationUse::Speech && quotation.inner.contains(source));
        let turn = zones.holding(source.start()).is_some_and(|(_, zone)| zone.kind == ZoneKind::Turn);
        let nested = contents.iter().any(|(cue, content)| *cue != draft.cue && content.iter().any(|span| span.contains(source)));
        quoted || turn || nested
    });
}

fn is_first_person(tokens: &Tokens, source: Span) -> bool {
    let range = tokens.within(source);
    range.len() == 1 && PRONOUNS.has(tokens.lower(range.start))
}
