//! Scores statements against PolNeAR's attributions as `score_polnear.py` does.
//!
//! # Limits
//! The reference pairs overlapping fragments in the order of a hash table, we in the order of the text: where one fragment
//! overlaps two, the three `overlap` figures can differ from the reference's by a few hundredths.

use crate::error::Error;
use crate::progress::Progress;
use crate::shared::{files_in, name_of, text_of};
use crate::tally::{Prf, Tally};
use onrecord::read::{Reading, read};
use onrecord::reader::Reader;
use onrecord::{Document, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// The tokens of one role.
type Set = BTreeSet<usize>;

/// One attribution as three sets of tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Who said it.
    pub source: Set,
    /// That it was said.
    pub cue: Set,
    /// What was said.
    pub content: Set,
}

/// One article with its gold.
#[derive(Clone, Debug)]
pub struct Article {
    /// The name of its file.
    pub name: String,
    /// Outlet, day and the mark of its annotator: names it without the words of its headline.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The attributions of its first annotator, by id.
    pub gold: Vec<Attribution>,
    words: Vec<Span>,
}

/// Kinds of attribution that are told apart in the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Every word of the content stands in quotation marks.
    Direct,
    /// Some words do.
    Mixed,
    /// None does.
    Unquoted,
    /// Nobody is named.
    Sourceless,
    /// The content has gaps.
    Discontinuous,
}

impl Kind {
    /// Its name in the figures.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Mixed => "mixed",
            Kind::Unquoted => "unquoted",
            Kind::Sourceless => "sourceless",
            Kind::Discontinuous => "discontinuous",
        }
    }
}

/// How one gold attribution, or one of ours that is none, came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The article.
    pub document: String,
    /// From its first byte to its last.
    pub span: Span,
    /// Whether it is in the gold.
    pub is_gold: bool,
    /// What it is like.
    pub kinds: Vec<Kind>,
    /// `ALL_ov`, `J.8`, `C-exact`.
    pub right: [bool; 3],
}

/// Everything measured.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// Fragments with identical tokens: source, cue, content.
    pub exact: [Prf; 3],
    /// Fragments that share a token.
    pub overlap: [Prf; 3],
    /// Whole attributions: `ALL_ov`, `J.8`, `C-exact`.
    pub whole: [Prf; 3],
    /// How many gold attributions of each kind were found: `ALL_ov`, `C-exact`.
    pub kinds: BTreeMap<Kind, [Tally; 2]>,
    /// Every attribution.
    pub items: Vec<Item>,
}

/// Reads the articles of a split that have gold.
pub fn load(folder: &Path) -> Result<Vec<Article>, Error> {
    let annotations = files_in(&folder.join("attributions"), ".ann")?;
    let mut articles = Vec::new();
    for path in files_in(&folder.join("text"), ".txt")? {
        let name = name_of(&path);
        let stem = format!("{}_", name.trim_end_matches(".txt"));
        let Some(first) = annotations.iter().find(|path| name_of(path).starts_with(&stem)) else { continue };
        let text = text_of(&path)?;
        let words = words(&text);
        let gold = standoff(&text_of(first)?, &text, &words);
        let id = short(&name, &name_of(first));
        articles.push(Article { name, id, text, gold, words });
    }
    Ok(articles)
}

/// `outlet_2016-09-12_ef2d` of `outlet_2016-09-12_words-of-the-headline.txt` and its `…_ef2d.ann`.
fn short(name: &str, annotation: &str) -> String {
    let mark = annotation.trim_end_matches(".ann").rsplit('_').next().unwrap_or_default();
    let mut parts = name.splitn(3, '_');
    format!("{}_{}_{mark}", parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

/// Words and single marks, as the reference cuts them.
fn words(text: &str) -> Vec<Span> {
    let pattern = regex::Regex::new(r"[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]").expect("a fixed pattern");
    pattern.find_iter(text).map(|hit| Span::new(hit.start(), hit.end())).collect()
}

/// The words that share a byte with `start..end`.
fn touched(words: &[Span], start: usize, end: usize) -> impl Iterator<Item = usize> + use<> {
    let first = words.partition_point(|word| word.end() <= start);
    let last = words.partition_point(|word| word.start() < end);
    first..last.max(first)
}

fn standoff(file: &str, text: &str, words: &[Span]) -> Vec<Attribution> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |at: &str| at.parse::<usize>().ok().map(|at| bytes[at.min(bytes.len() - 1)]);
    let (mut spans, mut events): (HashMap<&str, Set>, Vec<&str>) = Default::default();
    for line in file.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields[0].starts_with('T') && fields.len() > 1 {
            let place = fields[1].split_once(' ').map_or("", |(_, place)| place);
            let mut set = Set::new();
            for part in place.split(';') {
                let mut ends = part.split_whitespace().map_while(byte);
                if let (Some(start), Some(end)) = (ends.next(), ends.next()) {
                    set.extend(touched(words, start, end));
                }
            }
            spans.insert(fields[0], set);
        } else if fields[0].starts_with('E') && fields.len() > 1 {
            events.push(fields[1]);
        }
    }
    let attributions = events.into_iter().map(|event| {
        let mut out = Attribution::default();
        for (role, id) in event.split_whitespace().skip(1).filter_map(|part| part.split_once(':')) {
            let Some(set) = spans.get(id) else { continue };
            match role.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase().as_str() {
                "source" => out.source.extend(set),
                "cue" => out.cue.extend(set),
                "content" => out.content.extend(set),
                _ => {}
            }
        }
        out
    });
    attributions.filter(|attribution| !attribution.cue.is_empty() || !attribution.content.is_empty()).collect()
}

/// The statements of a reading that stand within no other, as the reference sees them.
pub fn ours(article: &Article, reading: &Reading) -> Vec<Attribution> {
    let set = |spans: &[Span]| spans.iter().flat_map(|span| touched(&article.words, span.start(), span.end())).collect::<Set>();
    let outer = reading.statements.iter().filter(|statement| statement.within.is_none());
    outer.map(|statement| Attribution { source: set(statement.source.as_slice()), cue: set(&statement.cue), content: set(&statement.content) }).collect()
}

/// The place of `set` in the text of `article`, each run of words a span.
pub fn spans(article: &Article, set: &Set) -> Vec<Span> {
    fragments(set).into_iter().filter_map(|run| Some(article.words[*run.first()?].cover(article.words[*run.last()?]))).collect()
}

/// Reads and scores every article, side by side on all cores.
pub fn score(articles: &[Article], reader: &Reader) -> Scored {
    let progress = Progress::new("polnear", articles.len());
    let one = |reader: &mut Reader, article: &Article| {
        let reading = read(Document::new(&article.name, &article.text), reader);
        progress.step();
        score_one(article, &ours(article, &reading))
    };
    let each: Vec<Scored> = articles.par_iter().map_init(|| reader.on_one_core(), one).collect();
    each.into_iter().fold(Scored::default(), Scored::with)
}

impl Scored {
    fn with(mut self, other: Scored) -> Scored {
        let sums = [(&mut self.exact, other.exact), (&mut self.overlap, other.overlap), (&mut self.whole, other.whole)];
        for (mine, theirs) in sums {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| mine.add(theirs));
        }
        for (kind, tallies) in other.kinds {
            for (mine, theirs) in self.kinds.entry(kind).or_default().iter_mut().zip(tallies) {
                mine.right += theirs.right;
                mine.judged += theirs.judged;
            }
        }
        self.items.extend(other.items);
        self
    }
}

/// Scores the attributions found in one article.
pub fn score_one(article: &Article, found: &[Attribution]) -> Scored {
    let mut out = Scored::default();
    let roles: [fn(&Attribution) -> &Set; 3] = [|a| &a.source, |a| &a.cue, |a| &a.content];
    for (at, role) in roles.into_iter().enumerate() {
        let gold: BTreeSet<Vec<usize>> = article.gold.iter().flat_map(|a| fragments(role(a))).collect();
        let mine: BTreeSet<Vec<usize>> = found.iter().flat_map(|a| fragments(role(a))).collect();
        let sizes = Prf { hits: 0, ours: mine.len(), gold: gold.len() };
        out.exact[at] = Prf { hits: gold.intersection(&mine).count(), ..sizes };
        out.overlap[at] = Prf { hits: overlapping(&gold, &mine), ..sizes };
    }
    let pairs = pair(&article.gold, found);
    for (i, gold) in article.gold.iter().enumerate() {
        let right = pairs.iter().find(|(g, _)| *g == i).map_or([false; 3], |(_, s)| agree(gold, &found[*s]));
        add(&mut out, article, gold, Some(right));
    }
    for (j, extra) in found.iter().enumerate() {
        let paired = pairs.iter().find(|(_, s)| *s == j);
        if paired.is_none_or(|(g, s)| !agree(&article.gold[*g], &found[*s])[0]) {
            add(&mut out, article, extra, None);
        }
    }
    for prf in &mut out.whole {
        prf.ours = found.len();
    }
    out
}

/// Counts one attribution: a gold one with what came `right`, or one of ours that is no gold one.
fn add(out: &mut Scored, article: &Article, attribution: &Attribution, right: Option<[bool; 3]>) {
    let kinds = kinds(article, attribution);
    if let Some(right) = right {
        for (prf, right) in out.whole.iter_mut().zip(right) {
            prf.hits += usize::from(right);
            prf.gold += 1;
        }
        for kind in &kinds {
            let [any, exact] = out.kinds.entry(*kind).or_default();
            any.add(right[0]);
            exact.add(right[2]);
        }
    }
    let all = attribution.source.iter().chain(&attribution.cue).chain(&attribution.content).map(|word| article.words[*word]);
    let span = all.reduce(Span::cover).unwrap_or(Span::new(0, 0));
    out.items.push(Item { document: article.id.clone(), span, is_gold: right.is_some(), kinds, right: right.unwrap_or_default() });
}

fn fragments(set: &Set) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    for &word in set {
        match out.last_mut() {
            Some(run) if run.last() == Some(&word.wrapping_sub(1)) => run.push(word),
            _ => out.push(vec![word]),
        }
    }
    out
}

fn overlapping(gold: &BTreeSet<Vec<usize>>, mine: &BTreeSet<Vec<usize>>) -> usize {
    let mut left: Vec<&Vec<usize>> = gold.iter().collect();
    let mut hits = 0;
    for fragment in mine {
        if let Some(at) = left.iter().position(|gold| gold[0] <= fragment[fragment.len() - 1] && fragment[0] <= gold[gold.len() - 1]) {
            left.remove(at);
            hits += 1;
        }
    }
    hits
}

/// Pairs attributions one to one, by shared words of the cue first.
fn pair(gold: &[Attribution], found: &[Attribution]) -> Vec<(usize, usize)> {
    /// A shared word of the content weighs this much of a shared word of the cue.
    const CONTENT: f64 = 1e4;
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, s) in found.iter().enumerate() {
            let cue = shared(&g.cue, &s.cue);
            if cue > 0 {
                all.push((cue as f64 + shared(&g.content, &s.content) as f64 / CONTENT, i, j));
            }
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    let (mut out, mut used): (Vec<(usize, usize)>, (Set, Set)) = Default::default();
    for (_, i, j) in all {
        if !used.0.contains(&i) && !used.1.contains(&j) {
            used.0.insert(i);
            used.1.insert(j);
            out.push((i, j));
        }
    }
    out
}

fn shared(a: &Set, b: &Set) -> usize {
    a.intersection(b).count()
}

/// Whether a pair agrees: loosely, with a content alike, with the same content.
fn agree(gold: &Attribution, found: &Attribution) -> [bool; 3] {
    /// Contents are alike when they share this much of their union.
    const ALIKE: f64 = 0.8;
    let source = shared(&gold.source, &found.source) > 0 || (gold.source.is_empty() && found.source.is_empty());
    let both = shared(&gold.content, &found.content);
    let content = both > 0 || (gold.content.is_empty() && found.content.is_empty());
    let union = gold.content.union(&found.content).count();
    let alike = union == 0 || both as f64 / union as f64 >= ALIKE;
    [source && content, source && content && alike, source && gold.content == found.content]
}

fn kinds(article: &Article, attribution: &Attribution) -> Vec<Kind> {
    let quoted = quoted(&article.text);
    let words = attribution.content.iter().map(|word| article.words[*word]).filter(|word| word.of(&article.text).starts_with(char::is_alphanumeric));
    let (inside, outside): (Vec<Span>, Vec<Span>) = words.partition(|word| quoted.iter().any(|span| span.contains(*word)));
    let mut out = Vec::new();
    match (inside.is_empty(), outside.is_empty()) {
        (false, true) => out.push(Kind::Direct),
        (false, false) => out.push(Kind::Mixed),
        (true, _) => out.push(Kind::Unquoted),
    }
    if attribution.source.is_empty() {
        out.push(Kind::Sourceless);
    }
    if fragments(&attribution.content).len() > 1 {
        out.push(Kind::Discontinuous);
    }
    out
}

/// What stands between double quotation marks, a paragraph at a time; for telling kinds apart only.
fn quoted(text: &str) -> Vec<Span> {
    let (mut out, mut open) = (Vec::new(), None);
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('“', None) | ('"', None) => open = Some(at),
            ('”' | '"', Some(start)) => {
                out.push(Span::new(start, at));
                open = None;
            }
            ('\n', Some(start)) => {
                out.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
    }
    out
}
