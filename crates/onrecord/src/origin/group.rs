//! Puts the statements that carry one claim together: renderings of one utterance, and what repeats or corroborates it.

use crate::account::Account;
use crate::act::{Act, Factuality};
use crate::compare::{Relation, RelationKind};
use crate::record::Told;
use crate::sourcing::KnownThrough;
use crate::text::Layer;
use crate::utterance::Utterance;
use std::collections::BTreeMap;

/// The statements of each claim to be traced, the claim with most documents first.
pub(super) fn claims(accounts: &[&Account], utterances: &Layer<Utterance>, relations: &Layer<Relation>) -> Vec<Vec<Told>> {
    let mut sets = Sets::new(Told::all(accounts).filter(|told| is_claim(accounts, *told)));
    for utterance in utterances {
        sets.join(&utterance.statements);
    }
    for relation in relations {
        match relation.kind {
            RelationKind::Corroborates | RelationKind::Repeats => {
                let all: Vec<Told> = relation.a.iter().chain(&relation.b).copied().collect();
                sets.join(&all);
            }
            RelationKind::Conflicts | RelationKind::Supersedes => {}
        }
    }
    let documents = |group: &[Told]| {
        let mut documents: Vec<usize> = group.iter().map(|told| told.document).collect();
        documents.dedup();
        documents.len()
    };
    let mut groups = sets.groups();
    groups.retain(|group| documents(group) > 1 || group.iter().any(|told| is_relayed(accounts, *told)));
    groups.sort_by_key(|group| (std::cmp::Reverse(documents(group)), group[0]));
    groups
}

/// Whether a statement claims something that can be true or not: it was said, it has content, it is no question.
fn is_claim(accounts: &[&Account], told: Told) -> bool {
    let reading = told.reading(accounts);
    let acted = &reading.acts[told.id];
    let claims = match acted.act {
        Act::Assertion | Act::Answer | Act::Denial | Act::Thought | Act::Promise | Act::Offer | Act::Threat | Act::Demand => true,
        Act::Question | Act::NonAnswer | Act::Refusal => false,
    };
    claims && acted.factuality == Factuality::Actual && !reading.statements[told.id].content.is_empty()
}

/// Whether the document has it on another's word.
fn is_relayed(accounts: &[&Account], told: Told) -> bool {
    match told.reading(accounts).sourcing[told.id].known_through {
        KnownThrough::Anonymous | KnownThrough::Outlet | KnownThrough::Document => true,
        KnownThrough::OnRecord | KnownThrough::Author => false,
    }
}

/// Statements, joined into sets.
struct Sets {
    of: BTreeMap<Told, Told>,
}

impl Sets {
    fn new(all: impl Iterator<Item = Told>) -> Sets {
        Sets { of: all.map(|told| (told, told)).collect() }
    }

    fn first(&self, told: Told) -> Told {
        let mut at = told;
        while self.of[&at] != at {
            at = self.of[&at];
        }
        at
    }

    fn join(&mut self, tolds: &[Told]) {
        let known: Vec<Told> = tolds.iter().filter(|told| self.of.contains_key(told)).map(|told| self.first(*told)).collect();
        let Some(least) = known.iter().min().copied() else { return };
        for told in known {
            self.of.insert(told, least);
        }
    }

    fn groups(&self) -> Vec<Vec<Told>> {
        let mut groups: BTreeMap<Told, Vec<Told>> = BTreeMap::new();
        for told in self.of.keys() {
            groups.entry(self.first(*told)).or_default().push(*told);
        }
        groups.into_values().collect()
    }
}
