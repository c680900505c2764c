//! Relates statements of different utterances: which corroborate, repeat, conflict with or supersede which.
//!
//! Two tellings agree when they are near in words and meaning and name nobody and no number the other does not; whether
//! that confirms anything is told by [`origin`](crate::origin) alone. They clash where one denies or negates the other,
//! where numbers of one thing cannot both hold, where one act is told in a mild and in a strong word, where one place or
//! day stands in the other's stead, or where one quotation has two speakers. What is later replaces what is earlier only
//! where the dates show it.
//!
//! # Limits
//! English only. Claims that clash without sharing words or numbers ("strictly observed", "is letting it through") are
//! not seen, nor is a claim the writer makes in his own voice. A denial that points back ("denied the report") is taken
//! to be of the nearest report told on another's word in the same document.

pub(crate) mod words;
mod number;
mod figure;
mod order;
mod side;
mod near;
mod rendering;
mod claim;
mod reply;
mod admitted;
mod denied;
mod tally;
mod slot;
mod quoted;
mod answer;
#[cfg(test)]
mod tests;

use crate::account::Account;
use crate::calendar::Calendar;
use crate::evidence::{Evidence, Finder};
use crate::origin::{self, Root};
use crate::person::People;
use crate::question::Question;
use crate::record::{Numbers, Place, Told};
use crate::text::Layer;
use crate::utterance::Utterance;
pub(crate) use figure::{numbers_told, states_counted, total_at};
use near::Index;
use order::Order;
use rayon::prelude::*;
use side::Side;
pub(crate) use side::name_key;
use std::collections::BTreeSet;

/// How statements of different utterances stand to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// What the relation is.
    pub kind: RelationKind,
    /// One side; of `supersedes`, the later.
    pub a: Vec<Told>,
    /// The other.
    pub b: Vec<Told>,
    /// In one sentence.
    pub why: String,
    /// The words that agree or differ, and the rule.
    pub evidence: Vec<Evidence<Place>>,
}

/// What a relation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// Both say it, from origins that can be told apart.
    Corroborates,
    /// Both say it, from one origin or where independence cannot be shown.
    Repeats,
    /// Both cannot hold as worded.
    Conflicts,
    /// A later state replaces an earlier one.
    Supersedes,
}

/// What every rule of this stage may look at.
struct Cx<'a> {
    accounts: &'a [&'a Account],
    people: &'a People,
    utterances: &'a Layer<Utterance>,
    questions: &'a Layer<Question>,
    sides: Vec<Side<'a>>,
    index: Index,
    numbers: Numbers,
    order: Order,
}

impl<'a> Cx<'a> {
    fn side(&self, told: Told) -> &Side<'a> {
        &self.sides[self.numbers.at(told)]
    }

    fn root(&self, side: &Side<'_>) -> Root {
        origin::root(self.accounts, self.people, side.told)
    }

    /// Whether one stands within the other, at any depth, or they share words of the text: then they are one telling.
    fn is_nested(&self, a: &Side<'_>, b: &Side<'_>) -> bool {
        let share = || a.statement.content.iter().any(|part| b.statement.content.iter().any(|other| part.overlaps(*other)));
        a.told.document == b.told.document && (holds(a, b) || holds(b, a) || share())
    }

    /// Whether `a` was surely said before `b`: by their days and hours, else because a document says so.
    fn is_before(&self, a: &Side<'_>, b: &Side<'_>) -> bool {
        let told = || self.order.has(a, b) && !b.moment.is_before(a.moment);
        a.moment.is_before(b.moment) || told()
    }

    /// Whether both are of one speaker, as far as both are known.
    fn is_one_speaker(&self, a: &Side<'_>, b: &Side<'_>) -> bool {
        a.speaker.is_some() && a.speaker == b.speaker
    }

    /// A relation between two single statements, found by `rule` in `words`.
    fn pair(&self, kind: RelationKind, a: &Side<'_>, b: &Side<'_>, rule: &'static str, words: Vec<Place>, why: String) -> Relation {
        Relation { kind, a: vec![a.told], b: vec![b.told], evidence: vec![Evidence::rule("relation", rule, words, why.clone())], why }
    }
}

/// Whether `inner` stands in a content of `outer`.
fn holds(outer: &Side<'_>, inner: &Side<'_>) -> bool {
    let reach = inner.statement.reach();
    outer.told != inner.told && outer.statement.content.iter().any(|part| part.contains(reach))
}

/// Relates the statements of one story.
pub fn relate(accounts: &[&Account], people: &People, calendar: &Calendar, utterances: &Layer<Utterance>, questions: &Layer<Question>) -> Layer<Relation> {
    let sides = side::all(accounts, people, calendar, utterances);
    let index = Index::new(accounts, &sides);
    let numbers = Numbers::of(accounts);
    let order = Order::of(&sides);
    let cx = Cx { accounts, people, utterances, questions, sides, index, numbers, order };
    let (mut relations, others) = rayon::join(|| told_again(&cx), || set_apart(&cx));
    relations.extend(others);
    for relation in relations.iter_mut().filter(|relation| relation.kind == RelationKind::Supersedes) {
        let shown = cx.order.evidence(cx.side(relation.b[0]), cx.side(relation.a[0]), calendar);
        relation.evidence.extend(shown);
    }
    Layer::new(tidy(relations))
}

/// The relations of tellings of one thing.
fn told_again(cx: &Cx<'_>) -> Vec<Relation> {
    let (mut relations, claims) = rayon::join(|| rendering::relate(cx), || claim::relate(cx));
    relations.extend(claims);
    let replies = reply::relate(cx, &relations);
    relations.extend(replies);
    relations
}

/// The relations of what overtakes or clashes otherwise.
fn set_apart(cx: &Cx<'_>) -> Vec<Relation> {
    let rules = [answer::relate, admitted::relate, tally::relate, denied::relate, slot::relate, quoted::relate];
    rules.into_par_iter().flat_map_iter(|relate| relate(cx)).collect()
}

/// The relations in order of their statements, none twice. Where two statements clash or one overtakes the other, they do
/// not also agree.
fn tidy(mut relations: Vec<Relation>) -> Vec<Relation> {
    let pairs = |relation: &Relation| -> Vec<(Told, Told)> {
        let all = relation.a.iter().flat_map(|a| relation.b.iter().map(|b| (*a.min(b), *a.max(b))));
        all.collect()
    };
    let apart: BTreeSet<(Told, Told)> = relations.iter().filter(|relation| relation.kind.is_apart()).flat_map(pairs).collect();
    for relation in relations.iter_mut().filter(|relation| !relation.kind.is_apart()) {
        let a = relation.a.clone();
        relation.b.retain(|b| !a.iter().any(|a| apart.contains(&(*a.min(b), *a.max(b)))));
    }
    relations.retain(|relation| !relation.b.is_empty());
    relations.sort_by(|x, y| (x.kind.rank(), &x.a, &x.b).cmp(&(y.kind.rank(), &y.a, &y.b)));
    let mut seen = BTreeSet::new();
    // Two statements may give several numbers, each of which overtakes or contradicts another.
    let number = |relation: &Relation| relation.evidence.iter().filter(|it| is_of_figures(it)).flat_map(|it| it.words.clone()).collect::<Vec<Place>>();
    relations.retain(|relation| pairs(relation).into_iter().filter(|pair| seen.insert((relation.kind.rank(), *pair, number(relation)))).count() > 0);
    relations
}

fn is_of_figures(evidence: &Evidence<Place>) -> bool {
    matches!(evidence.by, Finder::Rule("compare/figure" | "compare/figure-overtaken" | "compare/figure-corrected"))
}

impl RelationKind {
    /// Whether its sides say different things.
    fn is_apart(self) -> bool {
        match self {
            RelationKind::Conflicts | RelationKind::Supersedes => true,
            RelationKind::Corroborates | RelationKind::Repeats => false,
        }
    }

    /// Its place in the record: what a reader must see first stands first.
    fn rank(self) -> usize {
        match self {
            RelationKind::Conflicts => 0,
            RelationKind::Supersedes => 1,
            RelationKind::Corroborates => 2,
            RelationKind::Repeats => 3,
        }
    }
}
