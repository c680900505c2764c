//! Weighs acts of speaking: which of them a short account should tell first.

use super::Known;
use super::who;
use crate::act::{Act, Factuality};
use crate::record::Told;
use crate::sourcing::SourceClass;
use crate::statement::Form;
use crate::text::{Column, Id};
use crate::utterance::Utterance;
use crate::zone::ZoneKind;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What every act of speaking of a story weighs.
pub(super) struct Scale<'a> {
    /// The act of speaking that each statement reports.
    reports: BTreeMap<Told, Id<Utterance>>,
    /// The [`content_words`] of each statement.
    words: BTreeMap<Told, BTreeSet<&'a str>>,
    weights: Column<Utterance, f32>,
}

/// What is known of the whole story that single weights need.
struct Measure<'a, 'k> {
    known: &'k Known<'a>,
    words: &'k BTreeMap<Told, BTreeSet<&'a str>>,
    /// The documents in which a word of a content stands.
    documents_of: HashMap<&'a str, BTreeSet<usize>>,
    /// How many statements each speaker has.
    spoken: BTreeMap<usize, usize>,
    /// Statements that a question, a relation or a claim speaks of.
    tied: BTreeSet<Told>,
}

/// Words shorter than this carry little ("with", "said").
const SHORT_WORD: usize = 5;

impl<'a> Scale<'a> {
    /// Weighs a story.
    pub(super) fn of(known: &Known<'a>) -> Scale<'a> {
        let tolds: Vec<Told> = Told::all(known.accounts).collect();
        let words: BTreeMap<Told, BTreeSet<&str>> = tolds.into_par_iter().map(|told| (told, content_words(known, told))).collect();
        let measure = Measure::of(known, &words);
        let ids: Vec<Id<Utterance>> = known.utterances.ids().collect();
        let weights = Column::from_vec(known.utterances, ids.into_par_iter().map(|id| measure.weight(id)).collect());
        let reports = known.utterances.entries().flat_map(|(id, utterance)| utterance.statements.iter().map(move |told| (*told, id))).collect();
        Scale { reports, words, weights }
    }

    /// How much an act of speaking matters.
    pub(super) fn weight(&self, id: Id<Utterance>) -> f32 {
        self.weights[id]
    }

    /// How much the act of speaking matters that a statement reports.
    pub(super) fn weight_of(&self, told: Told) -> f32 {
        self.reports.get(&told).map_or(0.0, |id| self.weight(*id))
    }

    /// The [`content_words`] of a statement.
    pub(super) fn words(&self, told: Told) -> &BTreeSet<&'a str> {
        &self.words[&told]
    }
}

impl<'a, 'k> Measure<'a, 'k> {
    /// Takes the measure of a story.
    fn of(known: &'k Known<'a>, words: &'k BTreeMap<Told, BTreeSet<&'a str>>) -> Measure<'a, 'k> {
        let mut documents_of: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        let mut spoken = BTreeMap::new();
        for (told, words) in words {
            for word in words {
                documents_of.entry(word).or_default().insert(told.document);
            }
            if let Some(person) = known.people.speaker(known.accounts, *told) {
                *spoken.entry(person.at()).or_default() += 1;
            }
        }
        let asked = known.questions.iter().flat_map(|question| &question.askings).flat_map(|asking| asking.asked_in.iter().chain(&asking.answered_in));
        let related = known.relations.iter().flat_map(|relation| relation.a.iter().chain(&relation.b));
        let claimed = known.claims.iter().flat_map(|claim| &claim.statements);
        let tied = asked.chain(related).chain(claimed).copied().collect();
        Measure { known, words, documents_of, spoken, tied }
    }

    /// The sum of what speaks for an act of speaking.
    fn weight(&self, id: Id<Utterance>) -> f32 {
        let utterance = &self.known.utterances[id];
        let documents: BTreeSet<usize> = utterance.statements.iter().map(|told| told.document).collect();
        let best = utterance.statements.iter().map(|told| self.one(*told)).fold(f32::MIN, f32::max);
        let spoken = utterance.speaker.and_then(|person| self.spoken.get(&person.at())).copied().unwrap_or_default();
        let is_tied = utterance.statements.iter().any(|told| self.tied.contains(told));
        best + DOCUMENTS * (documents.len() as f32).ln() + CENTRAL * (1.0 + spoken as f32).ln() + if is_tied { TIED } else { 0.0 }
    }

    /// What one statement brings: its place, its form, its footing, how much of it other documents speak of.
    fn one(&self, told: Told) -> f32 {
        let reading = told.reading(self.known.accounts);
        let statement = &reading.statements[told.id];
        let acted = &reading.acts[told.id];
        let place = statement.reach().start() as f32 / reading.document.text.len().max(1) as f32;
        let zone = match who::zone(self.known, told) {
            Some(ZoneKind::Headline) => LEAD,
            Some(ZoneKind::Commentary | ZoneKind::ReaderComment) => -VIEWS,
            Some(ZoneKind::Byline | ZoneKind::Dateline | ZoneKind::Furniture) => -VIEWS,
            Some(ZoneKind::Reporting | ZoneKind::Turn | ZoneKind::Excerpt | ZoneKind::Caption) | None => 0.0,
        };
        let form = match statement.form {
            Form::Direct => QUOTED,
            Form::Mixed => QUOTED * 0.75,
            Form::Indirect => 0.0,
        };
        let act = match acted.act {
            Act::Thought => -VIEWS,
            Act::Question => -QUOTED,
            Act::Denial | Act::Promise | Act::Threat | Act::Offer | Act::Demand => QUOTED * 0.5,
            Act::Assertion | Act::Answer | Act::NonAnswer | Act::Refusal => 0.0,
        };
        let footing = match reading.sourcing[told.id].class {
            SourceClass::Named | SourceClass::Anonymous | SourceClass::Organization | SourceClass::Document | SourceClass::SocialPost => 0.0,
            SourceClass::Outlet => -QUOTED * 0.5,
            SourceClass::None => -VIEWS,
        };
        let actual = if acted.factuality == Factuality::Actual { 0.0 } else { -2.0 * VIEWS };
        let words = &self.words[&told];
        let few = if words.len() < FEW_WORDS { -VIEWS } else { 0.0 };
        LEAD * (1.0 - place) + zone + form + act + footing + actual + few + SHARED * self.shared(words)
    }

    /// How much of its words other documents speak of too, 0 to 1.
    fn shared(&self, words: &BTreeSet<&str>) -> f32 {
        let others = self.known.accounts.len().saturating_sub(1);
        if words.len() < FEW_WORDS || others == 0 {
            return 0.0;
        }
        let share = |word: &&str| self.documents_of.get(word).map_or(0.0, |documents| (documents.len() - 1) as f32 / others as f32);
        words.iter().map(share).sum::<f32>() / words.len() as f32
    }
}

// The weights order what a story offers; none is fitted to a story. What counts most is how many documents carry the words.
/// For each further document, by its logarithm.
const DOCUMENTS: f32 = 1.5;
/// For a speaker who is heard again and again.
const CENTRAL: f32 = 0.3;
/// For what a question, a relation or a claim ties to other words.
const TIED: f32 = 0.7;
/// For words at the head of a document.
const LEAD: f32 = 0.6;
/// For words in quotation marks.
const QUOTED: f32 = 0.5;
/// For words that other documents use too.
const SHARED: f32 = 2.0;
/// Against views, readers' words, what nobody is named for, and what says too little.
const VIEWS: f32 = 1.5;
/// A content of fewer long words says too little by itself.
const FEW_WORDS: usize = 3;

/// The longer words of a content, in lower case, each once.
pub(super) fn content_words<'a>(known: &Known<'a>, told: Told) -> BTreeSet<&'a str> {
    let reading = told.reading(known.accounts);
    let words = reading.statements[told.id].content.iter().flat_map(|part| reading.tokens.within(*part)).map(|at| reading.tokens.lower(at));
    words.filter(|word| word.len() >= SHORT_WORD).collect()
}

/// How much two sets of words share, measured by the smaller, 0 to 1.
pub(super) fn overlap<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> f32 {
    let least = a.len().min(b.len());
    if least == 0 { 0.0 } else { a.intersection(b).count() as f32 / least as f32 }
}
