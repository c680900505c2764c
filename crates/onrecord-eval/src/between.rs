//! Scores the record of a gold story as `score_record.py` does: what stands between its documents.

pub mod show;

use crate::gold::Story;
use crate::gold::between::Asking;
use crate::name::norm;
use crate::story::{self, Ours, Scored};
use crate::tally::{Prf, Tally};
use onrecord::compare::RelationKind;
use onrecord::wire::Named;
use onrecord::wire::record::{self as wire, Record};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What was measured on a record.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// What one document shows, with people and days as the record has them.
    pub statements: Scored,
    /// Pairs of statements that report one act of speaking; `None` where the gold marks none.
    pub utterances: Option<Prf>,
    /// Askings found among those that statements show.
    pub askings: Tally,
    /// The class of their answers.
    pub answers: Tally,
    /// Found askings of one question that are of one question in the record too.
    pub linked: Tally,
    /// What became of each type of relation.
    pub relations: BTreeMap<String, Outcomes>,
    /// Pairs said to conflict or corroborate that the gold does not have.
    pub loud: usize,
    /// Sentences of the brief.
    pub sentences: usize,
    /// Those whose names and numbers their support does not carry.
    pub unsupported: usize,
    /// Points of the gold's brief of which the record's cites a statement.
    pub points: Tally,
    /// Every judgement.
    pub items: Vec<Item>,
}

/// What became of the relations of one type.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcomes {
    /// Found as it is; of look-alikes: left silent.
    pub right: usize,
    /// Found as something else; of look-alikes: told as a conflict or a corroboration.
    pub wrong: usize,
    /// Not found.
    pub silent: usize,
    /// A side of it was not found.
    pub out_of_reach: usize,
}

impl Outcomes {
    fn all(self) -> usize {
        self.right + self.wrong + self.silent + self.out_of_reach
    }
}

/// One judgement.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// `utterance`, `asking`, `answer`, `linked`, `relation`, `loud`, `point`, `sentence`.
    pub layer: &'static str,
    /// What is judged: ids of the gold.
    pub what: String,
    /// What the gold has.
    pub want: String,
    /// What the record has.
    pub got: String,
    /// Whether it counts as right.
    pub is_right: bool,
}

/// A record beside its gold.
pub struct Beside<'a> {
    /// The gold.
    pub story: &'a Story,
    /// The record.
    pub record: &'a Record,
    /// Our statements with the id of the gold document they stand in.
    pub ours: Vec<(String, Ours)>,
    /// What one document shows.
    pub scored: Scored,
    /// The gold statement that each of ours, by its id, was found to be.
    back: HashMap<String, usize>,
    /// Our statement, by its id, of each gold statement that was found.
    found: HashMap<String, String>,
    /// Statements of the gold by their ids.
    gold: HashMap<&'a str, usize>,
}

impl<'a> Beside<'a> {
    /// Sets `record` beside `story`; documents are the same where their files are called the same.
    pub fn new(story: &'a Story, record: &'a Record) -> Beside<'a> {
        let ours = ours(story, record);
        let all: Vec<&str> = story.documents.iter().map(|article| article.id.as_str()).collect();
        let scored = story::score(story, &ours, &all);
        let id = |mine: &usize| ours[*mine].1.id.clone();
        let back = scored.pairs.iter().map(|(gold, mine)| (id(mine), *gold)).collect();
        let found = scored.pairs.iter().map(|(gold, mine)| (story.statements[*gold].id.clone(), id(mine))).collect();
        let gold = story.statements.iter().enumerate().map(|(at, said)| (said.id.as_str(), at)).collect();
        Beside { story, record, ours, scored, back, found, gold }
    }

    /// Scores every layer between the documents.
    pub fn score(&self) -> Measured {
        let mut out = Measured { statements: self.scored.clone(), ..Measured::default() };
        self.utterances(&mut out);
        self.questions(&mut out);
        self.relations(&mut out);
        self.brief(&mut out);
        out
    }

    fn gold_id(&self, ours: &str) -> Option<&'a str> {
        self.back.get(ours).map(|at| self.story.statements[*at].id.as_str())
    }

    fn utterances(&self, out: &mut Measured) {
        if self.story.utterances.is_empty() {
            return;
        }
        let is_found = |id: &&String| self.found.contains_key(*id);
        let want = pairs(self.story.utterances.iter().map(|it| it.statements.iter().filter(is_found).map(String::as_str).collect()));
        let got = pairs(self.record.utterances.iter().map(|it| it.statements.iter().filter_map(|id| self.gold_id(id)).collect()));
        out.utterances = Some(Prf { hits: want.intersection(&got).count(), ours: got.len(), gold: want.len() });
        for pair in want.union(&got) {
            let (want, got) = (want.contains(pair), got.contains(pair));
            out.judge("utterance", format!("{} {}", pair.0, pair.1), yes(want), yes(got), want == got);
        }
    }

    fn questions(&self, out: &mut Measured) {
        let wanted = self.wanted();
        let mine: Vec<(&str, &wire::Asking, BTreeSet<&str>)> = self.askings();
        let mut best = Vec::new();
        for (i, (_, _, want)) in wanted.iter().enumerate() {
            for (j, (_, _, got)) in mine.iter().enumerate() {
                let (shared, union) = (want.intersection(got).count(), want.union(got).count());
                if shared > 0 {
                    best.push((shared as f64 / union as f64, i.abs_diff(j), i, j));
                }
            }
        }
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then((b.2, b.3).cmp(&(a.2, a.3))));
        let (mut taken, mut used) = (BTreeMap::new(), BTreeSet::new());
        let mut of_question: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (_, _, i, j) in best {
            if !taken.contains_key(&i) && used.insert(j) {
                taken.insert(i, j);
                of_question.entry(wanted[i].0).or_default().push(mine[j].0);
            }
        }
        for (i, (question, asking, _)) in wanted.iter().enumerate() {
            let what = format!("{question}.{}", asking.n);
            let got = taken.get(&i).map(|j| mine[*j].1.answer);
            out.askings.add(got.is_some());
            out.judge("asking", what.clone(), "yes", yes(got.is_some()), got.is_some());
            if let Some(got) = got {
                let is_right = Some(got) == asking.answer();
                out.answers.add(is_right);
                out.judge("answer", what, &asking.answer_class.replace('-', "_"), got.name(), is_right);
            }
        }
        for (question, ours) in of_question.iter().filter(|(_, ours)| ours.len() > 1) {
            let most = ours.iter().map(|one| ours.iter().filter(|other| other == &one).count()).max().unwrap_or(0);
            out.linked.right += most - 1;
            out.linked.judged += ours.len() - 1;
            out.judge("linked", (*question).to_owned(), &ours.len().to_string(), &most.to_string(), most == ours.len());
        }
    }

    /// The askings of the gold that statements show, each with ours of those statements.
    fn wanted(&self) -> Vec<(&'a str, &'a Asking, BTreeSet<&str>)> {
        let mut out = Vec::new();
        for question in &self.story.questions {
            for asking in &question.askings {
                let told: Vec<&String> = asking.asking_ids.iter().chain(&asking.answer_ids).filter(|id| self.gold.contains_key(id.as_str())).collect();
                if !told.is_empty() {
                    out.push((question.id.as_str(), asking, told.into_iter().filter_map(|id| self.found.get(id).map(String::as_str)).collect()));
                }
            }
        }
        out
    }

    fn askings(&self) -> Vec<(&str, &wire::Asking, BTreeSet<&str>)> {
        let of = |asking: &'a wire::Asking| asking.asked_in.iter().chain(&asking.answered_in).map(String::as_str).collect();
        self.record.questions.iter().flat_map(|question| question.askings.iter().map(move |asking| (question.id.as_str(), asking, of(asking)))).collect()
    }

    fn relations(&self, out: &mut Measured) {
        let ours = self.related();
        let is_relation = |relation: &&crate::gold::between::Relation| relation.relation().is_some();
        let labelled: BTreeSet<(&str, &str)> = self.story.relations.iter().filter(is_relation).flat_map(|it| cross(&it.a, &it.b)).collect();
        for relation in &self.story.relations {
            let known = |side: &[String]| side.iter().any(|id| self.gold.contains_key(id.as_str()));
            let is_shadowed = relation.relation().is_none() && cross(&relation.a, &relation.b).any(|pair| labelled.contains(&pair));
            if !known(&relation.a) || !known(&relation.b) || is_shadowed {
                continue; // about a writer's own claim, or said elsewhere to be a relation after all
            }
            let got: BTreeSet<&str> = cross(&relation.a, &relation.b).filter_map(|pair| ours.get(&pair)).flatten().copied().collect();
            let reached = |side: &[String]| side.iter().any(|id| self.found.contains_key(id));
            let outcome = if reached(&relation.a) && reached(&relation.b) { outcome(relation, &got) } else { Outcome::OutOfReach };
            let row = out.relations.entry(relation.kind.clone()).or_default();
            match outcome {
                Outcome::Right => row.right += 1,
                Outcome::Wrong => row.wrong += 1,
                Outcome::Silent => row.silent += 1,
                Outcome::OutOfReach => row.out_of_reach += 1,
            }
            let told = if outcome == Outcome::OutOfReach { "out of reach".to_owned() } else { joined(&got) };
            out.judge("relation", relation.id.clone(), &relation.kind, &told, outcome == Outcome::Right);
        }
        for (pair, kinds) in ours.iter().filter(|(pair, kinds)| is_loud(kinds) && !labelled.contains(*pair)) {
            out.loud += 1;
            out.judge("loud", format!("{} {}", pair.0, pair.1), "silent", &joined(kinds), false);
        }
    }

    /// What the record says of pairs of gold statements.
    fn related(&self) -> BTreeMap<(&'a str, &'a str), BTreeSet<&'static str>> {
        let mut out: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for relation in &self.record.relations {
            let side = |ids: &[String]| ids.iter().filter_map(|id| self.gold_id(id)).collect::<Vec<_>>();
            let (a, b) = (side(&relation.a), side(&relation.b));
            for a in a {
                for b in &b {
                    out.entry((a.min(b), a.max(b))).or_default().insert(relation.kind.name());
                }
            }
        }
        out
    }

    fn brief(&self, out: &mut Measured) {
        let statements: HashMap<&str, &wire::Statement> = self.record.statements.iter().map(|it| (it.id.as_str(), it)).collect();
        let texts: HashMap<&str, &str> = self.record.documents.iter().map(|it| (it.id.as_str(), it.text.as_str())).collect();
        for sentence in &self.record.brief.sentences {
            let documents =
                sentence.support.iter().filter_map(|id| statements.get(id.as_str())).map(|it| texts.get(it.document.as_str()).copied().unwrap_or_default());
            let words = documents.collect::<Vec<_>>().join(" ").to_lowercase();
            let is_carried = !words.is_empty() && carries(&norm(&words), &sentence.text);
            out.sentences += 1;
            out.unsupported += usize::from(!is_carried);
            out.judge("sentence", sentence.id.clone(), "carried", if is_carried { "carried" } else { "not carried" }, is_carried);
        }
        let cited: BTreeSet<&str> = self.record.brief.sentences.iter().flat_map(|it| &it.support).filter_map(|id| self.gold_id(id)).collect();
        for point in self.story.brief.iter().filter(|point| point.support.iter().any(|id| self.gold.contains_key(id.as_str()))) {
            let is_covered = point.support.iter().any(|id| cited.contains(id.as_str()));
            out.points.add(is_covered);
            out.judge("point", point.n.to_string(), "covered", if is_covered { "covered" } else { "missing" }, is_covered);
        }
    }
}

impl Measured {
    fn judge(&mut self, layer: &'static str, what: String, want: &str, got: &str, is_right: bool) {
        self.items.push(Item { layer, what, want: want.to_owned(), got: got.to_owned(), is_right });
    }

    /// The share of the gold's relations that were found as what they are.
    pub fn relation_recall(&self) -> Tally {
        let real = self.relations.iter().filter(|(kind, _)| RELATIONS.contains(&kind.as_str()));
        real.fold(Tally::default(), |sum, (_, row)| Tally { right: sum.right + row.right, judged: sum.judged + row.all() })
    }

    /// The share of look-alikes within reach that were left silent.
    pub fn look_alikes(&self) -> Tally {
        let others = self.relations.iter().filter(|(kind, _)| !RELATIONS.contains(&kind.as_str()));
        others.fold(Tally::default(), |sum, (_, row)| Tally { right: sum.right + row.right, judged: sum.judged + row.right + row.wrong })
    }
}

/// The gold's types that are relations of ours.
const RELATIONS: [&str; 4] = ["corroborate", "repeat", "conflict", "supersede"];

#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Right,
    Wrong,
    Silent,
    OutOfReach,
}

fn outcome(relation: &crate::gold::between::Relation, got: &BTreeSet<&str>) -> Outcome {
    let Some(kind) = relation.relation() else { return if is_loud(got) { Outcome::Wrong } else { Outcome::Right } };
    let is_soft = matches!(kind, RelationKind::Corroborates | RelationKind::Repeats) && relation.confidence == "low";
    match () {
        () if got.contains(kind.name()) || (is_soft && !got.is_empty()) => Outcome::Right,
        () if got.is_empty() => Outcome::Silent,
        () => Outcome::Wrong,
    }
}

fn is_loud(kinds: &BTreeSet<&str>) -> bool {
    kinds.contains(RelationKind::Conflicts.name()) || kinds.contains(RelationKind::Corroborates.name())
}

fn joined(kinds: &BTreeSet<&str>) -> String {
    if kinds.is_empty() { "silent".to_owned() } else { kinds.iter().copied().collect::<Vec<_>>().join("+") }
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// Every pair of one of `a` and one of `b`, the lesser first.
fn cross<'a>(a: &'a [String], b: &'a [String]) -> impl Iterator<Item = (&'a str, &'a str)> {
    a.iter().flat_map(move |a| b.iter().map(move |b| (a.min(b).as_str(), a.max(b).as_str())))
}

/// Every pair within a group, the lesser first.
fn pairs<'a>(groups: impl Iterator<Item = BTreeSet<&'a str>>) -> BTreeSet<(&'a str, &'a str)> {
    let mut out = BTreeSet::new();
    for group in groups {
        let group: Vec<&str> = group.into_iter().collect();
        for (at, one) in group.iter().enumerate() {
            out.extend(group[at + 1..].iter().map(|other| (*one, *other)));
        }
    }
    out
}

/// Of a brief's words that begin with a capital or a digit, so many may be missing in what it cites.
const MISSING_MOST: f64 = 0.3;

/// Whether the folded `words` of the documents hold the names and numbers of `sentence`.
fn carries(words: &str, sentence: &str) -> bool {
    let spaced = sentence.replace(['“', '”'], " ").replace("’s", "");
    let named: Vec<&str> = spaced.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())).collect();
    let missing = named.iter().map(|word| norm(word)).filter(|word| !word.is_empty() && !words.contains(word.as_str())).count();
    missing as f64 <= MISSING_MOST * named.len() as f64
}

/// The statements of a record as the scorer of statements sees them, each with the id of its gold document.
pub fn ours(story: &Story, record: &Record) -> Vec<(String, Ours)> {
    let file = |path: &str| std::path::Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let gold = |document: &wire::Document| story.documents.iter().find(|article| article.file == file(&document.path)).map(|article| article.id.clone());
    let documents: HashMap<&str, String> = record.documents.iter().filter_map(|document| Some((document.id.as_str(), gold(document)?))).collect();
    let people: HashMap<&str, &wire::Person> = record.people.iter().map(|person| (person.id.as_str(), person)).collect();
    let one = |statement: &wire::Statement| {
        let names = |person: &&wire::Person| std::iter::once(&person.name).chain(&person.aliases).cloned().collect();
        let bytes = |words: &onrecord::wire::Words| crate::gold::Bytes { start: words.start, end: words.end };
        let ours = Ours {
            id: statement.id.clone(),
            source: statement.source.iter().map(bytes).collect(),
            cue: statement.cue.iter().map(bytes).collect(),
            content: statement.content.iter().map(bytes).collect(),
            within: statement.within.clone(),
            speaker: statement.speaker.as_deref().and_then(|id| people.get(id)).map(names),
            form: statement.form,
            act: statement.act,
            factuality: statement.factuality,
            sourcing: statement.sourcing,
            known_through: statement.known_through,
            said: statement.said.as_ref().map(|said| (said.start.clone(), said.end.clone())),
        };
        Some((documents.get(statement.document.as_str())?.clone(), ours))
    };
    record.statements.iter().filter_map(one).collect()
}
