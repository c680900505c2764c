//! Tells what some of those who cover a happening let somebody say, and others do not.
//!
//! Tellings are compared, not articles: near copies of one another are one telling, however many outlets ran them, so that a wire
//! copy is nobody's second choice. A telling counts as one without the words only where it could have had them: it came on the day
//! of one with them or on the next, this is its main story, its outlet has them nowhere else, and no paragraph of it holds most of
//! their words. What a relation or a claim ties to the words carries them too, in its own.
//!
//! This tells what stands where, and nothing of why: who has not the words may have had no room, or no time.
//!
//! # Limits
//! Words told again in quite other words, that nothing ties to these, count as not told. An article without a day is
//! never one without the words; one without an outlet stands for itself.

use crate::act::Factuality;
use crate::compare::RelationKind;
use crate::read;
use crate::similar::words::{Bag, bag};
use crate::sourcing::SourceClass;
use crate::statement::Form;
use crate::story::CopyKind;
use crate::wire::record::{Document, Record, Statement};
use jiff::civil::Date;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Words that some carry and others do not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// The id of the utterance.
    pub utterance: String,
    /// The id of the statement that gives most of it.
    pub statement: String,
    /// Who carries it.
    pub carried: Vec<Telling>,
    /// Who covers the same without it.
    pub without: Vec<Telling>,
}

/// An article, with its near copies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Telling {
    /// The ids of the documents, in the order of the story.
    pub documents: Vec<String>,
    /// Their outlets, each once; none where the documents name none.
    pub outlets: Vec<String>,
}

/// Tellings that must be without the words: one alone says nothing.
const LEAST: usize = 2;
/// Those with the words are at most this part of those without: what half of all carry is not left out. Chosen.
const FEW: usize = 2;
/// Days after an article with the words on which another counts as covering the same: what stands in a paper was said the day before.
/// With two, the daily articles of the example story would each leave out what was said the day before the last.
const NEAR: i32 = 1;
/// Words that carry meaning, of what was said, at least: a shorter shred is not told apart from any other.
const WORDS: usize = 5;
/// A paragraph that holds this part of the words may say the same in other words: then nothing is claimed. Chosen so as to claim too little.
const ECHO: usize = 50;
/// The rule by which a document touches a story that is not its main one.
const TOUCHES: &str = "story/two-stories";

/// What some carry and others do not; what the fewest carry and the most do without first.
pub fn left_out(record: &Record) -> Vec<LeftOut> {
    let tellings = tellings(record);
    let statements: BTreeMap<&str, &Statement> = record.statements.iter().map(|statement| (statement.id.as_str(), statement)).collect();
    let tied = tied(record);
    let paragraphs: Vec<Vec<Bag>> =
        record.documents.iter().map(|document| document.text.split('\n').map(of_text).filter(|bag| !bag.is_empty()).collect()).collect();
    let mut found: Vec<(LeftOut, Rank)> = Vec::new();
    for utterance in &record.utterances {
        let own: Vec<&Statement> = utterance.statements.iter().filter_map(|id| statements.get(id.as_str()).copied()).collect();
        let Some(full) = own.iter().filter(|it| is_told(it)).min_by_key(|it| (it.form != Form::Direct, Reverse(length(it)))) else { continue };
        let words: Bag = full.content.iter().flat_map(|part| of_text(&part.text)).collect();
        if words.len() < WORDS {
            continue;
        }
        let ties = utterance.statements.iter().flat_map(|id| tied.get(id.as_str()).into_iter().flatten().copied());
        let in_documents: BTreeSet<&str> =
            own.iter().map(|it| it.document.as_str()).chain(ties.filter_map(|id| Some(statements.get(id)?.document.as_str()))).collect();
        let sides = Sides::of(record, &tellings, &in_documents);
        let without: Vec<Telling> = sides.without(record, |at| paragraphs[at].iter().any(|paragraph| echoes(paragraph, &words)));
        if without.len() >= LEAST && sides.carried.len() * FEW <= without.len() {
            let rank = (sides.carried.len(), Reverse(without.len()), full.form != Form::Direct, Reverse(length(full)));
            let carried = sides.carried.iter().map(|members| telling(record, members, &BTreeSet::new())).collect();
            found.push((LeftOut { utterance: utterance.id.clone(), statement: full.id.clone(), carried, without }, rank));
        }
    }
    found.sort_by_key(|(_, rank)| *rank);
    found.into_iter().map(|(it, _)| it).collect()
}

/// How many carry it, how many do not, whether it is in the writer's words, how long it is.
type Rank = (usize, Reverse<usize>, bool, Reverse<usize>);

/// Who carries something, and who may not; documents by their places.
struct Sides<'a> {
    carried: Vec<&'a Vec<usize>>,
    others: Vec<&'a Vec<usize>>,
    outlets: BTreeSet<String>,
    days: Vec<Date>,
}

impl<'a> Sides<'a> {
    fn of(record: &Record, tellings: &'a [Vec<usize>], documents: &BTreeSet<&str>) -> Sides<'a> {
        let holds = |members: &&'a Vec<usize>| members.iter().any(|at| documents.contains(record.documents[*at].id.as_str()));
        let (carried, others): (Vec<_>, Vec<_>) = tellings.iter().partition(holds);
        let of_carried = || carried.iter().flat_map(|members| members.iter()).map(|at| &record.documents[*at]);
        Sides { outlets: of_carried().filter_map(outlet).collect(), days: of_carried().filter_map(day).collect(), carried, others }
    }

    /// The others that could have had it and have it not.
    fn without(&self, record: &Record, says_the_like: impl Fn(usize) -> bool) -> Vec<Telling> {
        let follows = |day: Date| self.days.iter().any(|with| (0..=NEAR).contains(&(day - *with).get_days()));
        let is_near = |at: &&usize| day(&record.documents[**at]).is_some_and(follows);
        let covers = |at: &&usize| {
            let document = &record.documents[**at];
            !document.evidence.iter().any(|evidence| evidence.rule.as_deref() == Some(TOUCHES)) && record.statements.iter().any(|it| it.document == document.id)
        };
        let could_have = |members: &&&'a Vec<usize>| members.iter().filter(is_near).any(|at| covers(&at)) && !members.iter().any(|at| says_the_like(*at));
        // Where every outlet of a telling has the words elsewhere, nobody is without them.
        let is_elsewhere = |members: &[usize]| {
            let all: BTreeSet<String> = members.iter().filter_map(|at| outlet(&record.documents[*at])).collect();
            !all.is_empty() && all.is_subset(&self.outlets)
        };
        let found = self.others.iter().filter(could_have).filter(|members| !is_elsewhere(members));
        found.map(|members| telling(record, members, &self.outlets)).collect()
    }
}

fn telling(record: &Record, members: &[usize], except: &BTreeSet<String>) -> Telling {
    let documents = || members.iter().map(|at| &record.documents[*at]);
    let outlets: BTreeSet<String> = documents().filter_map(outlet).filter(|outlet| !except.contains(outlet)).collect();
    Telling { documents: documents().map(|document| document.id.clone()).collect(), outlets: outlets.into_iter().collect() }
}

/// The documents, near copies together; each by its place, in the order of the story.
fn tellings(record: &Record) -> Vec<Vec<usize>> {
    let place: BTreeMap<&str, usize> = record.documents.iter().enumerate().map(|(at, document)| (document.id.as_str(), at)).collect();
    let mut first: Vec<usize> = (0..record.documents.len()).collect();
    for copy in record.copies.iter().filter(|copy| matches!(copy.kind, CopyKind::NearCopy | CopyKind::Contained)) {
        if let (Some(one), Some(other)) = (place.get(copy.of.as_str()), place.get(copy.by.as_str())) {
            let (one, other) = (first[*one].min(first[*other]), first[*one].max(first[*other]));
            first.iter_mut().filter(|it| **it == other).for_each(|it| *it = one);
        }
    }
    let mut tellings: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    first.into_iter().enumerate().for_each(|(at, first)| tellings.entry(first).or_default().push(at));
    tellings.into_values().collect()
}

/// The statements that say what each says, by relations and claims.
fn tied(record: &Record) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut tied: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let same = record.relations.iter().filter(|it| matches!(it.kind, RelationKind::Corroborates | RelationKind::Repeats));
    let sets = same.map(|it| it.a.iter().chain(&it.b).collect::<Vec<_>>()).chain(record.origins.iter().map(|claim| claim.statements.iter().collect()));
    for set in sets {
        for id in &set {
            tied.entry(id.as_str()).or_default().extend(set.iter().map(|id| id.as_str()));
        }
    }
    tied
}

/// Whether somebody is made to say something.
fn is_told(statement: &Statement) -> bool {
    statement.factuality == Factuality::Actual && statement.sourcing != SourceClass::None && !statement.content.is_empty()
}

fn length(statement: &Statement) -> usize {
    statement.content.iter().map(|words| words.text.len()).sum()
}

fn of_text(text: &str) -> Bag {
    let tokens = read::tokens_of(text);
    bag(&tokens, std::iter::once(0..tokens.len()))
}

fn echoes(paragraph: &Bag, words: &Bag) -> bool {
    words.intersection(paragraph).count() * 100 >= words.len() * ECHO
}

fn day(document: &Document) -> Option<Date> {
    document.dating.date.as_ref()?.parse().ok()
}

fn outlet(document: &Document) -> Option<String> {
    document.outlet.as_deref().map(str::trim).filter(|outlet| !outlet.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests;
