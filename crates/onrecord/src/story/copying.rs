//! Finds what one document has word for word from another: the passages, and how much of each they make.
//!
//! Its one rule leaves passages rather than evidence, `story/copy`: a sentence is copied when each of its words stands in
//! a run of words that stands in the other document too. Quotations that both use, and rewritten sentences, leave most
//! sentences of a document uncopied.

use super::CopyKind;
use super::sketch::{Said, Wording};
use crate::hash;
use crate::text::Span;
use std::collections::BTreeSet;

/// Words in the shortest run that counts: shorter ones are common phrases.
const RUN: usize = 5;
/// Words in the shortest passage that is shown.
const PASSAGE: usize = 12;
/// Words in the shortest passage that is worth showing when nothing else is shared: about a long sentence.
const SHARED: usize = 25;
/// Share of a document's words in copied sentences from which it counts as a copy. Measured on neardup_silver: at 0.5, 97 % of
/// its pairs are found; at 0.6, 92 %.
const COPIED: f64 = 0.5;
/// Words in copied sentences from which a document can be a copy: below, agency lines and notices look alike.
const FEWEST: usize = 40;
/// Copied sentences from which a document can be a copy: one or two may be a quotation that both use.
const SENTENCES: usize = 3;
/// Words from which a sentence is counted among them: shorter ones are common.
const SENTENCE: usize = 8;
/// Share of the words of both documents in shared runs from which they are near copies, however the changes are spread over
/// the sentences. Chosen: of the pairs of neardup_silver's parents that are found so, each was a copy when read.
const ALIKE: f64 = 0.8;
/// Runs of words of this length are looked up to find documents to compare.
const SHINGLE: usize = 8;
/// Of this many runs in a row one is looked up, so every passage of [`SHARED`] words is found. With 8 the rows that copies are looked up
/// by took .44 of the room of the texts, with 18 .2, and on neardup_silver the same copies are found.
const WINDOW: usize = SHARED - SHINGLE + 1;

/// What two documents share.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// How much.
    pub kind: CopyKind,
    /// The passages, in the first and in the second.
    pub passages: Vec<(Span, Span)>,
}

/// The runs of words by which a document's copies are found: of every [`WINDOW`] in a row the one with the least hash.
///
/// Four bytes each: in an archive of a hundred thousand articles one that shares none is compared for nothing about as often as not.
pub(super) fn marks(wording: &Wording) -> BTreeSet<u32> {
    let mark = |words: &[Said]| of_run(words) as u32;
    let shingles: Vec<u32> = wording.run.windows(SHINGLE).map(mark).collect();
    if shingles.len() < WINDOW {
        let whole = (!wording.run.is_empty()).then(|| mark(&wording.run));
        return shingles.into_iter().chain(whole).collect();
    }
    shingles.windows(WINDOW).filter_map(|window| window.iter().copied().min()).collect()
}

fn of_run(words: &[Said]) -> u64 {
    hash::of(words.iter().flat_map(|said| said.word.to_le_bytes()))
}

/// What `a` and `b` share, if it is worth telling; passages in the order of `b`.
pub(super) fn compare(a: &Wording, b: &Wording) -> Option<Shared> {
    let (matches, back) = (runs(&b.run, &a.run), runs(&a.run, &b.run));
    let (of_a, of_b) = (copied(a, &back), copied(b, &matches));
    let is_whole = !a.run.is_empty() && a.run.len() == b.run.len() && a.run.iter().zip(&b.run).all(|(a, b)| a.word == b.word);
    let is_alike = of_a.words_in_runs.min(of_b.words_in_runs) >= FEWEST && of_a.alike(a).min(of_b.alike(b)) >= ALIKE;
    let (share_a, share_b) = (of_a.share(a), of_b.share(b));
    let longest = matches.iter().map(|run| run.len).max().unwrap_or(0);
    let kind = if is_whole || is_alike || share_a.min(share_b) >= COPIED {
        CopyKind::NearCopy
    } else if share_a.max(share_b) >= COPIED {
        CopyKind::Contained
    } else if longest >= SHARED {
        CopyKind::SharedPassage
    } else {
        return None;
    };
    let span = |run: &[Said], from: usize, len: usize| run[from].span.cover(run[from + len - 1].span);
    let shown = matches.iter().filter(|run| run.len >= PASSAGE.min(b.run.len()));
    Some(Shared { kind, passages: shown.map(|run| (span(&a.run, run.there, run.len), span(&b.run, run.here, run.len))).collect() })
}

/// Words that stand in both, one after the other.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Run {
    here: usize,
    there: usize,
    len: usize,
}

/// The runs of `here` that stand in `there`, from the first word on, each as long as can be; none shorter than [`RUN`] unless whole.
fn runs(here: &[Said], there: &[Said]) -> Vec<Run> {
    let least = RUN.min(here.len()).max(1);
    let starts = Starts::of(there, least);
    let (mut out, mut at) = (Vec::new(), 0);
    while at + least <= here.len() {
        let run = |there_at: &usize| here[at..].iter().zip(&there[*there_at..]).take_while(|(a, b)| a.word == b.word).count();
        let candidates = starts.of_run(&here[at..at + least]).take(PLACES_TRIED);
        let longest = candidates.map(|there_at| (run(&there_at), there_at)).max_by_key(|(len, there_at)| (*len, std::cmp::Reverse(*there_at)));
        match longest.filter(|(len, _)| *len >= least) {
            Some((len, there_at)) => {
                out.push(Run { here: at, there: there_at, len });
                at += len;
            }
            None => at += 1,
        }
    }
    out
}

/// Where the runs of one length begin.
struct Starts {
    first: hash::Map<usize>,
    /// For each place the next one at which the same run begins; its own where there is none.
    next: Vec<usize>,
}

impl Starts {
    fn of(words: &[Said], len: usize) -> Starts {
        let mut starts = Starts { first: hash::Map::default(), next: (0..words.len()).collect() };
        starts.first.reserve(words.len());
        for (at, run) in words.windows(len).enumerate().rev() {
            if let Some(next) = starts.first.insert(Starts::key(run), at) {
                starts.next[at] = next;
            }
        }
        starts
    }

    /// A number for a run: its words have good ones each.
    fn key(run: &[Said]) -> u64 {
        run.iter().fold(0, |key: u64, said| (key.rotate_left(5) ^ said.word).wrapping_mul(0x517c_c1b7_2722_0a95))
    }

    /// Where this run begins, in order; now and then another one.
    fn of_run(&self, run: &[Said]) -> impl Iterator<Item = usize> {
        let first = self.first.get(&Starts::key(run)).copied();
        std::iter::successors(first, |at| Some(self.next[*at]).filter(|next| next != at))
    }
}

/// Places tried of a run that stands many times in one document, which is a list or a chorus.
const PLACES_TRIED: usize = 16;

/// What of a document stands in another.
#[derive(Clone, Copy, Debug)]
struct Copied {
    words_in_runs: usize,
    sentences: usize,
    words_in_sentences: usize,
}

impl Copied {
    /// The share of the document that is copied sentences; none if they are too few.
    fn share(self, wording: &Wording) -> f64 {
        let is_enough = self.sentences >= SENTENCES && self.words_in_sentences >= FEWEST;
        if is_enough { self.words_in_sentences as f64 / wording.run.len() as f64 } else { 0.0 }
    }

    /// The share of the document that is shared runs of words.
    fn alike(self, wording: &Wording) -> f64 {
        self.words_in_runs as f64 / wording.run.len().max(1) as f64
    }
}

/// How much of `wording` the `runs` cover.
fn copied(wording: &Wording, runs: &[Run]) -> Copied {
    let mut is_covered = vec![false; wording.run.len()];
    runs.iter().for_each(|run| is_covered[run.here..run.here + run.len].fill(true));
    let whole = wording.sentences.iter().filter(|sentence| is_covered[(*sentence).clone()].iter().all(|covered| *covered));
    let add = |(count, words), len: usize| (count + usize::from(len >= SENTENCE), words + len);
    let (sentences, words_in_sentences) = whole.map(|sentence| sentence.len()).fold((0, 0), add);
    Copied { words_in_runs: runs.iter().map(|run| run.len).sum(), sentences, words_in_sentences }
}
