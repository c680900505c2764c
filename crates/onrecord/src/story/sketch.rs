//! What story placing and copy finding need of one document, worked out once.

use super::copying;
use super::outline::{Outline, Told};
use super::term::{self, Known, Term};
use crate::document::Document;
use crate::hash;
use crate::read::{self, Reading};
use crate::sentence::{self, Sentence};
use crate::text::{Layer, Span};
use crate::time::{self, Dating};
use crate::token::Tokens;
use crate::zone::{self, Zone};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Places kept of each word: enough to show.
const PLACES: usize = 3;

/// What story placing and copy finding need of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    /// Its day and its telling words.
    pub(super) outline: Arc<Outline>,
    /// How each word of the outline stands in the text, in the same order.
    pub(super) written: Vec<Written>,
    pub(super) wording: Arc<Wording>,
}

/// The words of a document one after the other, by which copies are told.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    pub(super) run: Vec<Said>,
    /// Its sentences, as positions in `run`.
    pub(super) sentences: Vec<Range<usize>>,
}

impl Sketch {
    /// Its day and its telling words: what placing others needs of it.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// Its words one after the other.
    pub fn wording(&self) -> &Arc<Wording> {
        &self.wording
    }

    /// The runs of words by which its copies are found.
    pub fn marks(&self) -> Vec<u32> {
        copying::marks(&self.wording).into_iter().collect()
    }
}

/// How a word of the outline stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    /// The hash of its stem.
    pub(super) word: u32,
    /// Whether it is mostly written with a capital, inside sentences.
    pub(super) is_name: bool,
    /// As it is first written.
    pub(super) shown: String,
    /// Where it stands, the first few.
    pub(super) places: Vec<Span>,
}

/// A word of the text in its order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Said {
    pub(super) word: u64,
    pub(super) span: Span,
}

/// Sketches one document; what stands in furniture, bylines and readers' comments does not count.
pub fn sketch(reading: &Reading) -> Sketch {
    sketched(&reading.document, &reading.tokens, &reading.zones, &reading.sentences, &reading.dating)
}

/// Sketches a document that is not read: no layer a sketch is made of needs the encoder.
pub fn sketch_of(document: &Document) -> Sketch {
    let (tokens, zones, sentences) = layers(document);
    let (_, dating, _) = time::find(document, &tokens, &zones, &sentences);
    sketched(document, &tokens, &zones, &sentences, &dating)
}

/// The wording of a document that is not read.
pub fn wording_of(document: &Document) -> Wording {
    let (tokens, zones, sentences) = layers(document);
    wording(&tokens, &zones, &sentences)
}

fn layers(document: &Document) -> (Tokens, Layer<Zone>, Layer<Sentence>) {
    let tokens = read::tokens_of(&document.text);
    let zones = zone::divide(document, &tokens);
    let sentences = sentence::split(&document.text, &tokens, &zones);
    (tokens, zones, sentences)
}

fn sketched(document: &Document, tokens: &Tokens, zones: &Layer<Zone>, sentences: &Layer<Sentence>, dating: &Dating) -> Sketch {
    let terms = term::terms(&document.text, tokens, zones);
    let (told, written): (Vec<Told>, Vec<Written>) = count(&document.text, tokens, sentences, &terms).into_iter().unzip();
    let outline = Arc::new(Outline::new(dating.date, key(document), told));
    Sketch { outline, written, wording: Arc::new(wording(tokens, zones, sentences)) }
}

fn wording(tokens: &Tokens, zones: &Layer<Zone>, sentences: &Layer<Sentence>) -> Wording {
    let (first, run): (Vec<usize>, Vec<Said>) = term::places(tokens, zones).map(|(at, span)| (at.start, Said { word: tokens.key(at.start), span })).unzip();
    let from = |token: usize| first.partition_point(|at| *at < token);
    let sentences = sentences.iter().map(|sentence| from(sentence.tokens.start)..from(sentence.tokens.end)).filter(|range| !range.is_empty()).collect();
    Wording { run, sentences }
}

/// A number for everything that is known of the document as received.
fn key(document: &Document) -> u64 {
    let optional = [&document.title, &document.outlet, &document.byline, &document.url].map(|value| value.as_deref().unwrap_or_default());
    let parts = [document.text.as_str(), document.path.as_str()].into_iter().chain(optional);
    hash::of(parts.flat_map(|part| part.bytes().chain([0])))
}

/// One word of a document before it is weighed.
#[derive(Default)]
struct Counted<'a> {
    uses: usize,
    capitals: usize,
    shown: &'a str,
    places: Vec<Span>,
}

/// The telling words with how often they stand there and how they are written, in the order of an outline.
fn count(text: &str, tokens: &Tokens, sentences: &Layer<Sentence>, terms: &[Term]) -> Vec<(Told, Written)> {
    let mut counted: BTreeMap<&str, Counted<'_>> = BTreeMap::new();
    for term in terms {
        let opens = sentences.holding(term.span.start()).is_some_and(|(_, sentence)| sentence.tokens.start == term.token);
        let word = counted.entry(&term.stem).or_default();
        word.uses += 1;
        word.capitals += usize::from(!opens && tokens.is_capitalised(text, term.token));
        if word.places.is_empty() {
            word.shown = term.span.of(text);
        }
        if word.places.len() < PLACES {
            word.places.push(term.span);
        }
    }
    let told = |(stem, word): (&str, Counted<'_>)| {
        let told = Told::new(Known::of(stem)?, word.uses)?;
        let is_name = word.capitals * 2 >= word.uses && word.capitals > 0;
        Some((told, Written { word: told.hash(), is_name, shown: word.shown.to_owned(), places: word.places }))
    };
    let mut words: Vec<(Told, Written)> = counted.into_iter().filter_map(told).collect();
    words.sort_by_key(|(told, _)| told.order());
    words
}
