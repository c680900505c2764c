//! What story placing and copy finding need of one document, worked out once.

use super::term::{self, Term};
use crate::document::Document;
use crate::read::Reading;
use crate::sentence::Sentence;
use crate::text::{Layer, Span};
use crate::time::Dating;
use crate::token::Tokens;
use crate::zone::Zone;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;

/// The power to which the rarity of a word counts. Between 1 and 2 the best joining point is most alike from corpus to
/// corpus: measured on AllSides round-ups, FNC-1, NewsWCL50 and ECB+ at 0.7, 1, 1.5 and 2.
const RARITY_POWER: f64 = 1.5;
/// The weightiest words of a document, by any one of which another is found to be compared with it. With 40, no pair of
/// one story in the corpora above went unfound.
const STRONGEST: usize = 40;
/// The least length of a document's weights taken together, about that of one word nobody else uses: a few common words are not the
/// whole of what a document tells. On FNC-1, whose shortest bodies are a line, 30 costs 0.008 of BCubed F1 and 20 next to nothing.
const LEAST_TOLD: f64 = 20.0;
/// Places kept of each word: enough to show.
const PLACES: usize = 3;

/// What story placing and copy finding need of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    /// The document's own date, where it is known.
    pub date: Option<Date>,
    /// Stands for the document where the order in which it came must not show.
    pub(super) key: u64,
    /// Its words, sorted by their hash; their weights squared sum to 1, or less if they tell little.
    pub(super) words: Vec<Weighed>,
    /// Positions in `words` of the weightiest.
    pub(super) strongest: Vec<usize>,
    /// Its words in order, for copies.
    pub(super) run: Vec<Said>,
    /// Its sentences, as positions in `run`.
    pub(super) sentences: Vec<Range<usize>>,
}

/// A word of a document and how much it tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Weighed {
    /// The hash of its stem.
    pub(super) word: u64,
    /// How much it tells: often here, rare elsewhere.
    pub(super) weight: f64,
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
    sketch_of(&reading.document, &reading.tokens, &reading.zones, &reading.sentences, &reading.dating)
}

/// Sketches one document from the layers a sketch is made of; none needs the encoder.
pub fn sketch_of(document: &Document, tokens: &Tokens, zones: &Layer<Zone>, sentences: &Layer<Sentence>, dating: &Dating) -> Sketch {
    let terms = term::terms(&document.text, tokens, zones);
    let words = weigh(&document.text, tokens, sentences, &terms);
    let mut strongest: Vec<usize> = (0..words.len()).collect();
    strongest.sort_by(|a, b| words[*b].weight.total_cmp(&words[*a].weight).then(words[*a].word.cmp(&words[*b].word)));
    strongest.truncate(STRONGEST);
    let run: Vec<Said> = terms.iter().map(|term| Said { word: term::hash(tokens.lower(term.token).bytes()), span: term.span }).collect();
    let starts = |sentence: &Sentence| terms.partition_point(|term| term.token < sentence.tokens.start);
    let ends = |sentence: &Sentence| terms.partition_point(|term| term.token < sentence.tokens.end);
    let sentences = sentences.iter().map(|sentence| starts(sentence)..ends(sentence)).filter(|range| !range.is_empty()).collect();
    Sketch { date: dating.date, key: key(document), words, strongest, run, sentences }
}

/// A number for everything that is known of the document as received.
fn key(document: &Document) -> u64 {
    let optional = [&document.title, &document.outlet, &document.byline, &document.url].map(|value| value.as_deref().unwrap_or_default());
    let parts = [document.text.as_str(), document.path.as_str()].into_iter().chain(optional);
    term::hash(parts.flat_map(|part| part.bytes().chain([0])))
}

/// One word of a document before it is weighed.
#[derive(Default)]
struct Counted<'a> {
    uses: usize,
    capitals: usize,
    shown: &'a str,
    places: Vec<Span>,
}

fn weigh(text: &str, tokens: &Tokens, sentences: &Layer<Sentence>, terms: &[Term]) -> Vec<Weighed> {
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
    let weighed = |(stem, word): (&str, Counted<'_>)| {
        let weight = (1.0 + (word.uses as f64).ln()) * term::rarity(stem)?.powf(RARITY_POWER);
        let is_name = word.capitals * 2 >= word.uses && word.capitals > 0;
        Some(Weighed { word: term::hash(stem.bytes()), weight, is_name, shown: word.shown.to_owned(), places: word.places })
    };
    let mut words: Vec<Weighed> = counted.into_iter().filter_map(weighed).collect();
    words.sort_by_key(|word| word.word);
    let length = words.iter().map(|word| word.weight * word.weight).sum::<f64>().sqrt().max(LEAST_TOLD);
    words.iter_mut().for_each(|word| word.weight /= length);
    words
}
