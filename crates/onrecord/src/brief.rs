//! Writes a short account in which every sentence is carried by cited statements and checked against them.
//!
//! Sentences are made from items of the record by a few patterns ([`kinds`]), never freely: words are copied from the
//! documents, in quotation marks only where the document has them so. Each is [checked](check) against what it cites, and
//! what fails is dropped and listed.
//!
//! # Limits
//! A statement whose words do not make a clause (a noun as its cue, content in several parts) is not told by itself.
//! Pronouns in words that are not quoted stay as the document has them.

mod check;
mod clause;
mod draft;
mod kinds;
mod salience;
mod who;

use crate::account::Account;
use crate::calendar::Calendar;
use crate::compare::{Relation, RelationKind};
use crate::origin::Claim;
use crate::person::People;
use crate::question::{Asking, Question};
use crate::record::Told;
use crate::text::{Id, Layer};
use crate::utterance::Utterance;
use check::Folds;
use std::collections::{BTreeSet, HashMap};

/// A short account of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brief {
    /// What passed the check, in order.
    pub sentences: Vec<Sentence>,
    /// What did not, and why.
    pub dropped: Vec<Dropped>,
}

/// A sentence of a brief.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Its words.
    pub text: String,
    /// The statements that carry it.
    pub support: Vec<Told>,
}

/// A sentence that its support does not carry.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// Its words.
    pub text: String,
    /// What its support does not carry.
    pub why: String,
}

/// Everything known of one story that a brief is written from.
pub struct Known<'a> {
    /// Its documents.
    pub accounts: &'a [&'a Account],
    /// Who is who.
    pub people: &'a People,
    /// When it was said.
    pub calendar: &'a Calendar,
    /// Acts of speaking.
    pub utterances: &'a Layer<Utterance>,
    /// Questions and answers.
    pub questions: &'a Layer<Question>,
    /// What agrees, repeats, conflicts or was overtaken.
    pub relations: &'a Layer<Relation>,
    /// What rests on whom.
    pub claims: &'a Layer<Claim>,
}

/// The askings of a question that surely are of it, in order: somebody asks, or what is answered speaks of what is asked. None where
/// nobody asks and nobody contests. A page for people shows these; the record keeps all.
pub(crate) fn sure_askings<'q>(known: &Known<'_>, question: &'q Question) -> Vec<&'q Asking> {
    kinds::sure_askings(known, question)
}

/// A brief has at most so many sentences.
const MOST: usize = 12;
/// Of each kind but single acts of speaking, at most so many.
const MOST_QUESTIONS: usize = 3;
/// See [`MOST_QUESTIONS`].
const MOST_CONFLICTS: usize = 2;
/// See [`MOST_QUESTIONS`].
const MOST_OVERTAKEN: usize = 1;
/// See [`MOST_QUESTIONS`].
const MOST_CLAIMS: usize = 2;
/// Open questions that the last sentence names.
const MOST_OPEN: usize = 4;

/// Writes the brief of one story: its main questions, what was said, conflicts, what was overtaken, what rests on one
/// origin, and last what is open.
pub fn write(known: &Known<'_>) -> Brief {
    let mut writing = Writing { known, folds: Folds::of_documents(known.accounts.len()), brief: Brief::default(), cited: Vec::new(), told: Vec::new() };
    let scale = salience::Scale::of(known);
    let questions = by_weight(known.questions.iter().collect(), |question| question_weight(question));
    writing.some(MOST_QUESTIONS, questions.iter().filter_map(|question| kinds::question(known, question)));
    let conflicts = writing.draw(MOST_CONFLICTS, relations(known, &scale, RelationKind::Conflicts).filter_map(|it| kinds::conflict(known, it)));
    let overtaken = writing.draw(MOST_OVERTAKEN, relations(known, &scale, RelationKind::Supersedes).filter_map(|it| kinds::overtaken(known, it)));
    let claims = writing.draw(MOST_CLAIMS, one_origin(known).into_iter().filter_map(|claim| kinds::single_origin(known, claim)));
    let unanswered: Vec<&Question> = questions.iter().copied().filter(|question| kinds::is_open(question)).take(MOST_OPEN).collect();
    let open = writing.draw(1, kinds::open(&unanswered).into_iter());
    let set = conflicts.len() + overtaken.len() + claims.len() + open.len();
    writing.utterances(&scale, MOST.saturating_sub(writing.brief.sentences.len() + set));
    for sentence in conflicts.into_iter().chain(overtaken).chain(claims).chain(open) {
        writing.brief.sentences.push(sentence);
    }
    writing.brief
}

/// The brief as it grows.
struct Writing<'a, 'k> {
    known: &'k Known<'a>,
    folds: Folds,
    brief: Brief,
    /// Statements that carry a sentence already.
    cited: Vec<Told>,
    /// Statements whose words a sentence tells already.
    told: Vec<Told>,
}

impl Writing<'_, '_> {
    /// Adds at most `most` of `drafts` that pass the check.
    fn some(&mut self, most: usize, drafts: impl Iterator<Item = draft::Draft>) {
        let sentences = self.draw(most, drafts);
        self.brief.sentences.extend(sentences);
    }

    /// At most `most` sentences of `drafts` that pass the check and tell something new.
    fn draw(&mut self, most: usize, drafts: impl Iterator<Item = draft::Draft>) -> Vec<Sentence> {
        let mut out = Vec::new();
        for draft in drafts {
            if out.len() == most {
                break;
            }
            let is_old = |told: &Told| self.told.contains(told);
            let is_new = draft.told.is_empty() || (!draft.told.iter().any(is_old) && draft.told.iter().any(|told| !self.cited.contains(told)));
            if let Some(sentence) = is_new.then(|| self.passed(&draft)).flatten() {
                self.cited.extend(draft.support());
                self.told.extend(&draft.told);
                out.push(sentence);
            }
        }
        out
    }

    /// The sentence, if its support carries it; else it is listed as dropped. Without its days it may pass where with them it does not.
    fn passed(&mut self, draft: &draft::Draft) -> Option<Sentence> {
        let why = match check::check(self.known, &self.folds, draft) {
            Ok(()) => return Some(Sentence { text: draft.text(self.known), support: draft.support() }),
            Err(why) => why,
        };
        let undated = draft.undated();
        if check::check(self.known, &self.folds, &undated).is_ok() {
            return Some(Sentence { text: undated.text(self.known), support: undated.support() });
        }
        self.brief.dropped.push(Dropped { text: draft.text(self.known), why });
        None
    }

    /// Adds the `most` acts of speaking that weigh most and say something that no sentence says yet.
    fn utterances(&mut self, scale: &salience::Scale<'_>, most: usize) {
        let known = self.known;
        let mut voices = Voices { known, scale, numbers: HashMap::new() };
        let heaviest = by_weight(known.utterances.ids().collect(), |id| scale.weight(*id)).into_iter().take(CANDIDATES);
        let mut left: Vec<Candidate> = heaviest.map(|id| Candidate::of(&mut voices, id)).collect();
        for told in &self.cited {
            hear(&mut left, &voices.of(*told));
        }
        let mut found = Vec::new();
        while found.len() < most && !left.is_empty() {
            let best = (0..left.len()).max_by(|a, b| left[*a].worth().total_cmp(&left[*b].worth()).then(b.cmp(a)));
            let Some(best) = best else { break };
            let id = left.remove(best).id;
            let draft = kinds::utterance(known, id).filter(|draft| !draft.told.iter().any(|told| self.cited.contains(told)));
            let Some(draft) = draft else { continue };
            let Some(sentence) = self.passed(&draft) else { continue };
            self.cited.extend(draft.support());
            for told in draft.support() {
                hear(&mut left, &voices.of(told));
            }
            found.push((draft.told[0], sentence));
        }
        // Told in the order of time where every one has a day, else the best first.
        let day = |told: Told| known.calendar.said(told).and_then(|said| said.start.filter(|start| said.end == Some(*start)));
        if found.iter().all(|(told, _)| day(*told).is_some()) {
            found.sort_by_key(|(told, _)| day(*told));
        }
        self.brief.sentences.extend(found.into_iter().map(|(_, sentence)| sentence));
    }
}

/// Of the acts of speaking of a story only so many are weighed against what was told: a lighter one is never worth more.
const CANDIDATES: usize = 300;

/// An act of speaking that may be told.
struct Candidate {
    id: Id<Utterance>,
    weight: f32,
    /// Who speaks and the words, each once that a report gives.
    voices: BTreeSet<Voice>,
    /// How much of its words was told already.
    told: f32,
    /// How often its voice was heard already.
    heard: usize,
}

impl Candidate {
    fn of(voices: &mut Voices<'_, '_>, id: Id<Utterance>) -> Candidate {
        let weight = voices.scale.weight(id);
        let voices = voices.known.utterances[id].statements.iter().map(|told| voices.of(*told)).collect();
        Candidate { id, weight, voices, told: 0.0, heard: 0 }
    }

    /// Takes note of what is told elsewhere.
    fn hear(&mut self, (speaker, words): &Voice) {
        let shared = self.voices.iter().map(|(_, own)| salience::overlap(own, words)).fold(0.0, f32::max);
        self.told = self.told.max(shared);
        self.heard += usize::from(speaker.is_some() && self.voices.iter().any(|(own, _)| own == speaker));
    }

    /// Its weight less what repeating costs: words that were told already, and a voice that was heard already.
    fn worth(&self) -> f32 {
        /// Saying the same again is worth nothing.
        const SAME_WORDS: f32 = 3.0;
        /// Another voice is worth more than the same once more.
        const SAME_VOICE: f32 = 0.35;
        self.weight - SAME_WORDS * self.told - SAME_VOICE * (self.heard as f32).sqrt()
    }
}

/// Every one of them takes note of what is told elsewhere.
fn hear(candidates: &mut [Candidate], voice: &Voice) {
    candidates.iter_mut().for_each(|candidate| candidate.hear(voice));
}

/// Who speaks, and the words by their numbers.
type Voice = (Option<usize>, BTreeSet<usize>);

/// Gives voices; every word they use has a number.
struct Voices<'a, 'k> {
    known: &'k Known<'a>,
    scale: &'k salience::Scale<'a>,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Voices<'a, '_> {
    fn of(&mut self, told: Told) -> Voice {
        let mut number = |word: &'a str| {
            let next = self.numbers.len();
            *self.numbers.entry(word).or_insert(next)
        };
        let words = self.scale.words(told).iter().map(|word| number(word)).collect();
        (self.known.people.speaker(self.known.accounts, told).map(Id::at), words)
    }
}

/// `items`, the heaviest first, those of one weight in their order.
fn by_weight<T>(items: Vec<T>, weight: impl Fn(&T) -> f32) -> Vec<T> {
    let mut weighed: Vec<(f32, T)> = items.into_iter().map(|item| (weight(&item), item)).collect();
    weighed.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    weighed.into_iter().map(|(_, item)| item).collect()
}

/// The more askings, the more documents and the more answers, the more a question matters.
fn question_weight(question: &Question) -> f32 {
    let told = |asking: &Asking| asking.asked_in.iter().chain(&asking.answered_in).map(|told| told.document).collect::<Vec<_>>();
    let documents: BTreeSet<usize> = question.askings.iter().flat_map(told).collect();
    let asked = question.askings.iter().filter(|asking| !asking.asked_in.is_empty()).count();
    let answered = question.askings.iter().filter(|asking| !asking.answered_in.is_empty()).count();
    documents.len() as f32 + 0.5 * (asked + answered) as f32
}

/// The relations of one kind, those between the heaviest acts of speaking first.
fn relations<'a>(known: &Known<'a>, scale: &salience::Scale<'_>, kind: RelationKind) -> impl Iterator<Item = &'a Relation> {
    let weight = |relation: &&Relation| relation.a.iter().chain(&relation.b).map(|told| scale.weight_of(*told)).fold(f32::MIN, f32::max);
    by_weight(known.relations.iter().filter(|relation| relation.kind == kind).collect(), weight).into_iter()
}

/// Claims that more than one document carries from one origin, those that most carry first.
fn one_origin<'a>(known: &Known<'a>) -> Vec<&'a Claim> {
    let documents = |claim: &&Claim| claim.statements.iter().map(|told| told.document).collect::<BTreeSet<_>>().len();
    let found: Vec<&'a Claim> = known.claims.iter().filter(|claim| claim.independent <= 1 && documents(claim) > 1).collect();
    by_weight(found, |claim| documents(claim) as f32)
}
