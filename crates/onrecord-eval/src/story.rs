//! Scores the statements of a gold story as `score_record.py` does, as far as one document shows them.

use crate::gold::{Bytes, Person, Said, Story, When};
use crate::name::same_name;
use crate::tally::{Prf, Tally};
use onrecord::act::{Act, Factuality};
use onrecord::read::Reading;
use onrecord::sourcing::{KnownThrough, SourceClass};
use onrecord::statement::Form;
use onrecord::{Id, Span};
use std::collections::{BTreeMap, HashMap};

/// A statement of ours, as the scorer sees it.
#[derive(Clone, Debug)]
pub struct Ours {
    /// Its id on the wire.
    pub id: String,
    /// The words that name the source.
    pub source: Vec<Bytes>,
    /// The words that say that it was said.
    pub cue: Vec<Bytes>,
    /// What was said.
    pub content: Vec<Bytes>,
    /// The id of the statement it stands within.
    pub within: Option<String>,
    /// The name of the speaker and its aliases.
    pub speaker: Option<Vec<String>>,
    /// Direct, mixed, indirect.
    pub form: Form,
    /// What it does.
    pub act: Act,
    /// Whether it was said.
    pub factuality: Factuality,
    /// The class of its source.
    pub sourcing: SourceClass,
    /// On whose word it is known.
    pub known_through: KnownThrough,
    /// First and last day it may have been said.
    pub said: Option<(Option<String>, Option<String>)>,
}

/// The statements of one reading; `document` is the number of the document within its story.
pub fn ours(reading: &Reading, document: usize) -> Vec<Ours> {
    let name = |id: Id<_>| format!("{document}:s{}", id.at() + 1);
    let bytes = |span: &Span| Bytes { start: span.start(), end: span.end() };
    let statements = reading.statements.entries().map(|(id, statement)| Ours {
        id: name(id),
        source: statement.source.iter().map(bytes).collect(),
        cue: statement.cue.iter().map(bytes).collect(),
        content: statement.content.iter().map(bytes).collect(),
        within: statement.within.map(name),
        speaker: reading.entities.speakers[id].entity.map(|entity| {
            let entity = &reading.entities.layer[entity];
            std::iter::once(&entity.name).chain(&entity.aliases).cloned().collect()
        }),
        form: statement.form,
        act: reading.acts[id].act,
        factuality: reading.acts[id].factuality,
        sourcing: reading.sourcing[id].class,
        known_through: reading.sourcing[id].known_through,
        said: reading.said[id].interval.as_ref().map(|days| (days.start.map(|day| day.to_string()), days.end.map(|day| day.to_string()))),
    });
    statements.collect()
}

/// The facts that are judged right or wrong on every statement that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Who speaks.
    Speaker,
    /// The class of the source.
    Sourcing,
    /// Anonymous or on record.
    KnownThrough,
    /// The act.
    Act,
    /// The act, near misses allowed.
    ActLoose,
    /// Whether it was said.
    Factuality,
    /// Direct, mixed, indirect.
    Form,
    /// When.
    Said,
    /// The statement it stands within.
    Within,
}

impl Fact {
    /// Every fact, in the order of the reference scorer.
    pub const ALL: [Fact; 9] =
        [Fact::Speaker, Fact::Sourcing, Fact::KnownThrough, Fact::Act, Fact::ActLoose, Fact::Factuality, Fact::Form, Fact::Said, Fact::Within];

    /// Its name in the figures.
    pub fn name(self) -> &'static str {
        match self {
            Fact::Speaker => "speaker",
            Fact::Sourcing => "sourcing",
            Fact::KnownThrough => "known_through",
            Fact::Act => "act",
            Fact::ActLoose => "act_loose",
            Fact::Factuality => "factuality",
            Fact::Form => "form",
            Fact::Said => "said",
            Fact::Within => "within",
        }
    }
}

/// One fact of one gold statement that was found.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The gold statement, as its position in the story.
    pub gold: usize,
    /// Our statement, as its position.
    pub ours: usize,
    /// The fact.
    pub fact: Fact,
    /// What the gold has; names are not told, only ids.
    pub want: String,
    /// What we have; a speaker's name is not told.
    pub got: String,
    /// Whether it counts as right.
    pub is_right: bool,
}

/// What was measured on a set of statements.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// Found statements.
    pub found: Prf,
    /// Mean overlap of spans: source, cue, content.
    pub spans: [(f64, usize); 3],
    /// Right among judged.
    pub facts: BTreeMap<Fact, Tally>,
    /// Negated or invented words that stand as said.
    pub never_said: usize,
    /// Our statement for each gold statement that was found, both as positions.
    pub pairs: BTreeMap<usize, usize>,
    /// Every judgement.
    pub items: Vec<Judged>,
    /// Gold statements that were not found.
    pub missed: Vec<usize>,
    /// Statements of ours that are no gold statement's.
    pub extra: Vec<usize>,
}

const LOOSE: [&[Act]; 4] =
    [&[Act::Refusal, Act::NonAnswer], &[Act::Assertion, Act::Answer, Act::Denial], &[Act::Offer, Act::Promise, Act::Threat], &[Act::Question, Act::Demand]];

/// Scores `ours`, each with the id of its gold document, on the gold statements of the documents in `only`.
pub fn score(story: &Story, ours: &[(String, Ours)], only: &[&str]) -> Scored {
    let gold: Vec<usize> = (0..story.statements.len()).filter(|at| only.contains(&story.statements[*at].doc.as_str())).collect();
    let mine: Vec<usize> = (0..ours.len()).filter(|at| only.contains(&ours[*at].0.as_str())).collect();
    let found = pair(story, ours, &gold, &mine);
    let back: HashMap<&str, usize> = found.iter().map(|(gold, mine)| (ours[*mine].1.id.as_str(), *gold)).collect();
    let mut out = Scored { found: Prf { hits: found.len(), ours: mine.len(), gold: gold.len() }, ..Scored::default() };
    for (&at, &mine) in &found {
        let (said, statement) = (&story.statements[at], &ours[mine].1);
        overlaps(said, statement, &mut out.spans);
        for (fact, want, got, is_right) in judge(story, said, statement, &back) {
            let tally = out.facts.entry(fact).or_default();
            tally.add(is_right);
            out.items.push(Judged { gold: at, ours: mine, fact, want, got, is_right });
        }
        let never = matches!(said.factuality(), Some(Factuality::Negated | Factuality::Invented));
        out.never_said += usize::from(never && statement.factuality == Factuality::Actual);
    }
    out.missed = gold.into_iter().filter(|at| !found.contains_key(at)).collect();
    out.extra = mine.into_iter().filter(|at| !found.values().any(|taken| taken == at)).collect();
    out.pairs = found;
    out
}

/// Pairs gold statements with ours, the best pair first, one to one.
fn pair(story: &Story, ours: &[(String, Ours)], gold: &[usize], mine: &[usize]) -> BTreeMap<usize, usize> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for &g in gold {
        let said = &story.statements[g];
        for &m in mine.iter().filter(|m| ours[**m].0 == said.doc) {
            let statement = &ours[m].1;
            let shared = overlap(&said.content, &statement.content);
            let same_cue = overlap(&said.cue, &statement.cue) > 0;
            if shared > 0 {
                let union = size(&said.content) + size(&statement.content) - shared;
                pairs.push((shared as f64 / union as f64 + if same_cue { 0.1 } else { 0.0 }, g, m));
            } else if said.content.is_empty() && same_cue {
                pairs.push((0.5, g, m));
            }
        }
    }
    let names = |pair: &(f64, usize, usize)| (story.statements[pair.1].id.clone(), ours[pair.2].1.id.clone());
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| names(a).cmp(&names(b))));
    let (mut found, mut used) = (BTreeMap::new(), std::collections::HashSet::new());
    for (_, g, m) in pairs {
        if !found.contains_key(&g) && used.insert(m) {
            found.insert(g, m);
        }
    }
    found
}

fn overlap(a: &[Bytes], b: &[Bytes]) -> usize {
    let shared = |x: &Bytes, y: &Bytes| x.end.min(y.end).saturating_sub(x.start.max(y.start));
    a.iter().map(|x| b.iter().map(|y| shared(x, y)).sum::<usize>()).sum()
}

fn size(spans: &[Bytes]) -> usize {
    spans.iter().map(|span| span.end - span.start).sum()
}

fn overlaps(said: &Said, statement: &Ours, sums: &mut [(f64, usize); 3]) {
    let source: Vec<Bytes> = said.source.into_iter().collect();
    let roles = [(source.as_slice(), &statement.source), (&said.cue, &statement.cue), (&said.content, &statement.content)];
    for ((gold, mine), sum) in roles.into_iter().zip(sums) {
        if gold.is_empty() {
            continue;
        }
        sum.1 += 1;
        if !mine.is_empty() {
            let shared = overlap(gold, mine);
            sum.0 += shared as f64 / (size(gold) + size(mine) - shared) as f64;
        }
    }
}

type Judgement = (Fact, String, String, bool);

fn judge(story: &Story, said: &Said, statement: &Ours, back: &HashMap<&str, usize>) -> Vec<Judgement> {
    use onrecord::wire::Named;
    let mut out = Vec::new();
    let mut add = |fact, want: String, got: &str, is_right| out.push((fact, want, got.to_owned(), is_right));
    let people: Vec<&String> = said.source_ids.iter().chain(&said.accept.source_ids).collect();
    if !people.is_empty() {
        let people: Vec<&Person> = story.people.iter().filter(|person| people.contains(&&person.id)).collect();
        let is_right = statement.speaker.as_ref().is_some_and(|names| people.iter().any(|person| names.iter().any(|name| same_name(person, name))));
        let got = if is_right {
            "the same"
        } else if statement.speaker.is_some() {
            "another"
        } else {
            "nobody"
        };
        add(Fact::Speaker, said.source_ids.join("+"), got, is_right);
    }
    if let Some(class) = said.class() {
        add(Fact::Sourcing, class.name().into(), statement.sourcing.name(), said.classes().contains(&statement.sourcing));
    }
    if let Some(known @ ("anonymous" | "on record")) = said.known_through.as_deref() {
        let is_right = (statement.known_through == KnownThrough::Anonymous) == (known == "anonymous");
        add(Fact::KnownThrough, known.replace(' ', "_"), statement.known_through.name(), is_right);
    }
    let acts = said.acts();
    let is_right = acts.contains(&statement.act);
    add(Fact::Act, said.act().name().into(), statement.act.name(), is_right);
    let is_near = LOOSE.iter().any(|class| class.contains(&statement.act) && class.contains(&said.act()));
    add(Fact::ActLoose, said.act().name().into(), statement.act.name(), is_right || is_near);
    if said.factuality() != Some(Factuality::Presupposed) {
        let is_right = (statement.factuality == Factuality::Actual) == (said.factuality() == Some(Factuality::Actual));
        add(Fact::Factuality, said.factuality.clone(), statement.factuality.name(), is_right);
    }
    add(Fact::Form, said.form.clone(), statement.form.name(), said.forms().contains(&statement.form));
    if let Some(is_right) = said.when.as_ref().and_then(|when| is_when(when, statement.said.as_ref())) {
        let when = said.when.as_ref().map_or(String::new(), |when| days(when.start.as_ref(), when.end.as_ref()));
        let got = statement.said.as_ref().map_or("none".into(), |(start, end)| days(start.as_ref(), end.as_ref()));
        add(Fact::Said, when, &got, is_right);
    }
    if let Some(parent) = &said.parent {
        let got = statement.within.as_deref().and_then(|id| back.get(id)).map(|at| story.statements[*at].id.as_str());
        let shown = got.unwrap_or(if statement.within.is_some() { "another" } else { "none" });
        add(Fact::Within, parent.clone(), shown, got == Some(parent));
    }
    out
}

fn days(start: Option<&String>, end: Option<&String>) -> String {
    let side = |day: Option<&String>| day.map_or("", |day| day.as_str()).to_owned();
    if start == end { side(start) } else { format!("{}..{}", side(start), side(end)) }
}

/// Whether `said` lies where the gold says; `None` where the gold does not say.
fn is_when(when: &When, said: Option<&(Option<String>, Option<String>)>) -> Option<bool> {
    let given = |day: &Option<String>| day.as_deref().filter(|day| !day.is_empty()).map(str::to_owned);
    let (low, high) = (given(&when.start), given(&when.end));
    if low.is_none() && high.is_none() {
        return None;
    }
    let Some((start, end)) = said.filter(|(start, end)| start.is_some() || end.is_some()) else { return Some(false) };
    let (low, high) = (low.unwrap_or("0000".into()), high.unwrap_or("9999".into()));
    let (first, last) = (start.clone().unwrap_or("0000".into()), end.clone().or(start.clone()).unwrap_or("9999".into()));
    if when.granularity.as_deref() == Some("day") && !when.approximate.unwrap_or(false) {
        return Some(first == low && last == high);
    }
    Some(first <= high && last >= low)
}
