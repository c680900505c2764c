//! Reads a document with what was corrected of its statements.

use super::{Correction, Fix, OfStatement, Quote};
use crate::act::Acted;
use crate::entity::{Entities, Entity, EntityKind, Speaker};
use crate::read::{self, Reading};
use crate::sourcing::Sourcing;
use crate::statement::{self, Statement};
use crate::text::{Column, Id, Layer, Span};

/// A reading with what persons corrected.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrected {
    /// The reading.
    pub reading: Reading,
    /// For each of its statements the one it was, as the reader alone has it.
    pub was: Column<Statement, Id<Statement>>,
    /// The numbers of the corrections that found their statement.
    pub found: Vec<u32>,
}

/// Reads the document of `machine`, which is what was found without any person, again with `corrections`, in their order.
pub fn read_corrected(machine: Reading, corrections: &[Correction<OfStatement>]) -> Corrected {
    let text = &machine.document.text;
    let has_words = |fix: &Fix| quotes(fix).iter().all(|quote| quote.find(text).is_some());
    let target = |correction: &Correction<OfStatement>| correction.change.at.find(&machine).filter(|_| has_words(&correction.change.fix));
    let fixes: Vec<_> = corrections.iter().filter_map(|correction| Some((target(correction)?, correction))).collect();
    let found = fixes.iter().map(|(_, correction)| correction.number).collect();
    if fixes.is_empty() {
        let was = Column::over(&machine.statements, |id, _| id);
        return Corrected { reading: machine, was, found };
    }
    let (statements, was) = stated(&machine, &fixes);
    let now = |old: Id<Statement>| was.iter().position(|it| *it == old).map(Id::new);
    let fixes = Fixes(fixes.into_iter().filter_map(|(old, correction)| Some((now(old)?, correction))).collect());
    let reading = read::read_fixed(machine, statements, &fixes);
    let was = Column::from_vec(&reading.statements, was);
    Corrected { reading, was, found }
}

/// The words that a fix points at.
fn quotes(fix: &Fix) -> &[Quote] {
    match fix {
        Fix::Source { words } => words.as_slice(),
        Fix::Content { parts } => parts,
        Fix::Speaker { .. } | Fix::Act { .. } | Fix::Factuality { .. } | Fix::Sourcing { .. } | Fix::Dismiss => &[],
    }
}

/// The statements with their words as corrected, each with the one it was; those that are none are gone.
fn stated(machine: &Reading, fixes: &[(Id<Statement>, &Correction<OfStatement>)]) -> (Layer<Statement>, Vec<Id<Statement>>) {
    let text = &machine.document.text;
    let mut drafts: Vec<Option<Statement>> = machine.statements.iter().cloned().map(Some).collect();
    for (id, correction) in fixes {
        let draft = &mut drafts[id.at()];
        let places: Vec<Span> = quotes(&correction.change.fix).iter().filter_map(|quote| quote.find(text)).collect();
        let fact = match (&correction.change.fix, draft.as_mut()) {
            (Fix::Dismiss, _) => {
                *draft = None;
                continue;
            }
            (Fix::Source { .. }, Some(draft)) => {
                draft.source = places.first().copied();
                "source"
            }
            (Fix::Content { .. }, Some(draft)) => {
                draft.content.clone_from(&places);
                "content"
            }
            (Fix::Speaker { .. } | Fix::Act { .. } | Fix::Factuality { .. } | Fix::Sourcing { .. }, _) | (_, None) => continue,
        };
        if let Some(draft) = draft {
            draft.evidence.retain(|evidence| evidence.fact != fact);
            draft.evidence.push(correction.evidence(fact, places));
        }
    }
    let left = drafts.into_iter().enumerate().filter_map(|(at, draft)| Some((Id::new(at), draft?)));
    // Without any word of its own nothing is left to show.
    let mut left: Vec<_> = left.filter(|(_, draft)| draft.source.is_some() || !draft.matter().is_empty()).collect();
    left.sort_by_key(|(_, draft)| statement::order(draft));
    let (was, drafts) = left.into_iter().unzip();
    (statement::shaped(&machine.tokens, &machine.quotations, drafts), was)
}

/// Corrections with the statements they are of; what is later prevails.
#[derive(Default)]
pub(crate) struct Fixes<'a>(Vec<(Id<Statement>, &'a Correction<OfStatement>)>);

impl Fixes<'_> {
    /// The speakers as corrected: the entity of that name, or a new one where the text mentions nobody so named.
    pub(crate) fn speakers(&self, entities: Entities) -> Entities {
        let mut layer: Vec<Entity> = entities.layer.iter().cloned().collect();
        let mut speakers: Vec<Speaker> = entities.speakers.iter().cloned().collect();
        for (id, correction) in &self.0 {
            if let Fix::Speaker { name, kind } = &correction.change.fix {
                let entity = name.as_ref().map(|name| {
                    let known = layer.iter().position(|entity| entity.name.eq_ignore_ascii_case(name));
                    let known = known.or_else(|| layer.iter().position(|entity| entity.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))));
                    Id::new(known.unwrap_or_else(|| {
                        let (aliases, roles, mentions, evidence) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
                        layer.push(Entity { name: name.clone(), kind: kind.unwrap_or(EntityKind::Person), aliases, roles, mentions, evidence });
                        layer.len() - 1
                    }))
                });
                let antecedent = speakers[id.at()].antecedent;
                speakers[id.at()] = Speaker { entity, antecedent, evidence: vec![correction.evidence("speaker", antecedent.into_iter().collect())] };
            }
        }
        Entities { layer: Layer::new(layer), of_mention: entities.of_mention, speakers: entities.speakers.with(speakers) }
    }

    /// Acts and factuality as corrected.
    pub(crate) fn acts(&self, acts: Column<Statement, Acted>) -> Column<Statement, Acted> {
        let mut all: Vec<Acted> = acts.iter().cloned().collect();
        for (id, correction) in &self.0 {
            let acted = &mut all[id.at()];
            let fact = match &correction.change.fix {
                Fix::Act { act } => {
                    acted.act = *act;
                    "act"
                }
                Fix::Factuality { factuality } => {
                    acted.factuality = *factuality;
                    "factuality"
                }
                Fix::Speaker { .. } | Fix::Source { .. } | Fix::Content { .. } | Fix::Sourcing { .. } | Fix::Dismiss => continue,
            };
            acted.evidence.retain(|evidence| evidence.fact != fact);
            acted.evidence.push(correction.evidence(fact, Vec::new()));
        }
        acts.with(all)
    }

    /// The classes of sources as corrected.
    pub(crate) fn sourcing(&self, sourcing: Column<Statement, Sourcing>) -> Column<Statement, Sourcing> {
        let mut all: Vec<Sourcing> = sourcing.iter().cloned().collect();
        for (id, correction) in &self.0 {
            if let Fix::Sourcing { class } = &correction.change.fix {
                let sourcing = &mut all[id.at()];
                sourcing.class = *class;
                sourcing.evidence.retain(|evidence| evidence.fact != "sourcing");
                sourcing.evidence.push(correction.evidence("sourcing", Vec::new()));
            }
        }
        sourcing.with(all)
    }
}
