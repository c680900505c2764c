//! Scores story placing against giveme5w1h, and copy finding against neardup_silver; counts the words of news for both.
//!
//! *Stories*: all articles of a corpus are one stream in the order of their days; BCubed F1 compares the stories they are
//! placed in (each by the story it is most about) with the gold's. giveme5w1h is test; AllSides round-ups and FNC-1 are
//! development: the joining point was chosen on them, NewsWCL50 and ECB+.
//!
//! *Copies*: one pile of giveme5w1h, AllSides and FNC-1. The pairs to be found are those of the silver that are near duplicates
//! or contained, when both texts are here. The silver was made by whole sentences in common, so its recall is unknown, and a pair
//! that it does not list may be a copy with small changes. So two figures are kept of the pairs that we call copies and the
//! silver does not list at all, not even as partial: how many there are, and how many are false: less than half of
//! the shorter text stands in runs of eight words that stand in the longer, counted here, not by the engine. Shared passages
//! are shown, and are neither found nor false.

pub(crate) mod corpora;
mod csv;

pub use corpora::{Article, allsides, fnc1, giveme5w1h, wikinews};

use crate::error::Error;
use crate::shared::Shared;
use onrecord::reader::Reader;
use onrecord::story::{CopyKind, Sketch, Stories, sketch_of, terms};
use onrecord::{read, zone};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// Articles that a word must stand in to be kept: rarer ones are all as rare, and may be anybody's.
const KEPT: usize = 5;

/// Sketches every article without the encoder, which a sketch does not need.
pub fn sketches(articles: &[Article]) -> Vec<Sketch> {
    articles.par_iter().map(|article| sketch_of(&article.document())).collect()
}

/// What became of one article: its story in the gold, ours by the earliest of its articles, and how far both agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The article.
    pub id: String,
    /// Its story in the gold.
    pub want: String,
    /// The number of its story among ours, the largest first.
    pub got: usize,
    /// The share of its story with us that is of its story in the gold.
    pub precision: f64,
    /// The share of its story in the gold that is with it.
    pub recall: f64,
}

/// Places `articles` one by one in the order of their days, and compares.
pub fn place(articles: &[Article]) -> Vec<Placed> {
    let sketches = sketches(articles);
    let mut stream: Vec<usize> = (0..articles.len()).collect();
    stream.sort_by(|a, b| (&articles[*a].date, &articles[*a].id).cmp(&(&articles[*b].date, &articles[*b].id)));
    let mut stories: Stories<&Sketch> = Stories::default();
    stream.iter().for_each(|at| drop(stories.add(&sketches[*at])));
    let mut got = vec![0; articles.len()];
    for (number, story) in stories.stories().iter().enumerate() {
        story.documents.iter().filter(|it| it.is_main()).for_each(|it| got[stream[it.document]] = number);
    }
    bcubed(articles, &got)
}

/// The articles whose story has another among them: half of the AllSides round-ups have one full text only.
pub fn told_twice(articles: &[Article]) -> Vec<Article> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    articles.iter().for_each(|article| *count.entry(&article.story).or_default() += 1);
    articles.iter().filter(|article| count[article.story.as_str()] > 1).cloned().collect()
}

fn bcubed(articles: &[Article], got: &[usize]) -> Vec<Placed> {
    let (mut by_want, mut by_got, mut by_both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (article, got) in articles.iter().zip(got) {
        *by_want.entry(&article.story).or_insert(0.0) += 1.0;
        *by_got.entry(got).or_insert(0.0) += 1.0;
        *by_both.entry((&article.story, got)).or_insert(0.0) += 1.0;
    }
    let placed = |(article, got): (&Article, &usize)| {
        let both: f64 = by_both[&(&article.story, got)];
        Placed { id: article.id.clone(), want: article.story.clone(), got: *got, precision: both / by_got[got], recall: both / by_want[&article.story] }
    };
    articles.iter().zip(got).map(placed).collect()
}

/// BCubed precision, recall and F1.
pub fn figures(placed: &[Placed]) -> [f64; 3] {
    let mean = |of: fn(&Placed) -> f64| placed.iter().map(of).sum::<f64>() / placed.len().max(1) as f64;
    let (precision, recall) = (mean(|it| it.precision), mean(|it| it.recall));
    [precision, recall, 2.0 * precision * recall / (precision + recall)]
}

/// A pair of articles that the silver lists or that we call copies.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The articles, in the order of their names.
    pub ids: (String, String),
    /// Its class in the silver, `unlisted` if it is not there.
    pub want: String,
    /// What we call it.
    pub got: Option<CopyKind>,
    /// The share of the shorter text that stands word for word in the longer; counted for pairs that are not listed.
    pub shared: f64,
}

impl Pair {
    /// Whether it had to be found.
    pub fn is_wanted(&self) -> bool {
        ["near_duplicate", "contained"].contains(&self.want.as_str())
    }

    /// Whether we call it a copy and the silver does not know it.
    pub fn is_outside(&self) -> bool {
        self.is_found() && self.want == "unlisted"
    }

    /// Whether it is outside the silver and the texts do not bear it out.
    pub fn is_false(&self) -> bool {
        self.is_outside() && self.shared < 0.5
    }

    /// Whether we call it a copy.
    pub fn is_found(&self) -> bool {
        matches!(self.got, Some(CopyKind::NearCopy | CopyKind::Contained))
    }
}

/// Finds the copies among `articles` and compares with the silver.
pub fn copies(shared: &Shared, articles: &[Article]) -> Result<Vec<Pair>, Error> {
    let here: BTreeSet<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    let mut pairs: BTreeMap<(String, String), Pair> = BTreeMap::new();
    let sorted = |a: &str, b: &str| if a <= b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) };
    for (a, b, want) in corpora::silver(shared)?.into_iter().filter(|(a, b, _)| here.contains(a.as_str()) && here.contains(b.as_str())) {
        let ids = sorted(&a, &b);
        pairs.insert(ids.clone(), Pair { ids, want, got: None, shared: 0.0 });
    }
    let sketches = sketches(articles);
    for copy in sketches.iter().collect::<Stories<&Sketch>>().copies() {
        let ids = sorted(&articles[copy.of].id, &articles[copy.by].id);
        let texts = [copy.of, copy.by].map(|at| articles[at].text.as_str());
        let unlisted = || Pair { ids: ids.clone(), want: "unlisted".to_owned(), got: None, shared: shared_words(texts) };
        pairs.entry(ids.clone()).or_insert_with(unlisted).got = Some(copy.kind);
    }
    Ok(pairs.into_values().collect())
}

/// The share of the shorter text that stands in runs of eight words that stand in the longer.
fn shared_words(texts: [&str; 2]) -> f64 {
    const RUN: usize = 8;
    let words = texts.map(|text| text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>());
    let [short, long] = if words[0].len() <= words[1].len() { [&words[0], &words[1]] } else { [&words[1], &words[0]] };
    let there: BTreeSet<&[String]> = long.windows(RUN).collect();
    let mut is_shared = vec![false; short.len()];
    for (at, run) in short.windows(RUN).enumerate().filter(|(_, run)| there.contains(run)) {
        is_shared[at..at + run.len()].fill(true);
    }
    is_shared.iter().filter(|shared| **shared).count() as f64 / short.len().max(1) as f64
}

/// What adding one more document to a pile costs beside reading it.
#[derive(Clone, Copy, Debug)]
pub struct Adding {
    /// Documents placed before.
    pub placed: usize,
    /// Stories they are in.
    pub stories: usize,
    /// Sketching and adding one more, the middle of many.
    pub adding: Duration,
    /// Writing out every story with its reasons, once.
    pub writing: Duration,
    /// Reading it on one core, the middle of the same.
    pub reading: Duration,
}

/// Times adding to the thousand articles of FNC-1's largest stories.
pub fn adding(shared: &Shared, reader: &Reader) -> Result<Adding, Error> {
    /// Articles placed before, in about fifty stories.
    const PLACED: usize = 1000;
    /// Articles added, one at a time and each to the same pile.
    const ADDED: usize = 15;
    let mut articles = fnc1(shared)?;
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    articles.iter().for_each(|article| *count.entry(article.story.clone()).or_default() += 1);
    articles.sort_by_key(|article| std::cmp::Reverse((count[&article.story], article.story.clone())));
    articles.truncate(PLACED + ADDED);
    let added: Vec<Article> = articles.iter().step_by(articles.len() / ADDED).take(ADDED).cloned().collect();
    articles.retain(|article| !added.contains(article));
    let placed = sketches(&articles);
    let pile: Stories<&Sketch> = placed.iter().collect();
    let (mut adding, mut reading) = (Vec::new(), Vec::new());
    let reader = reader.on_one_core();
    for article in &added {
        let mut pile = pile.clone();
        let read = timed(&mut reading, || onrecord::read(article.document(), &reader));
        let one = std::cell::OnceCell::new();
        timed(&mut adding, || pile.add(one.get_or_init(|| onrecord::story::sketch(&read))));
    }
    let mut writing = Vec::new();
    let stories = timed(&mut writing, || pile.stories()).len();
    let middle = |mut times: Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    Ok(Adding { placed: placed.len(), stories, adding: middle(adding), writing: middle(writing), reading: middle(reading) })
}

fn timed<T>(times: &mut Vec<Duration>, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let out = work();
    times.push(start.elapsed());
    out
}

/// How many articles of public news hold each word, as `models/story-en/frequencies.txt` has it. giveme5w1h is not among them.
pub fn words(shared: &Shared) -> Result<String, Error> {
    let articles = [allsides(shared)?, fnc1(shared)?, wikinews(shared)?].concat();
    let stems = |article: &Article| -> BTreeSet<String> {
        let document = article.document();
        let tokens = read::tokens_of(&document.text);
        let zones = zone::divide(&document, &tokens);
        terms(&document.text, &tokens, &zones).into_iter().map(|term| term.stem).filter(|stem| stem.chars().all(char::is_alphanumeric)).collect()
    };
    let held: Vec<BTreeSet<String>> = articles.par_iter().map(stems).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    held.iter().flatten().for_each(|stem| *count.entry(stem).or_default() += 1);
    let mut by_count: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    count.iter().filter(|(_, count)| **count >= KEPT).for_each(|(stem, count)| by_count.entry(*count).or_default().push(stem));
    let lines = by_count.iter().map(|(count, stems)| format!("{count} {}\n", stems.join(" ")));
    Ok(format!("{HEADING}{}\n{}", articles.len(), lines.collect::<String>()))
}

/// What stands over the words.
const HEADING: &str = "# Written by `onrecord-eval words --write`; do not edit. How many of the articles counted hold each word; README.md says which.\n";
