//! Runs the encoder over a text and decodes its heads: sources, cues, contents, how they belong together, and mentions.
//!
//! The format of the weights is `training/FORMAT.md`; the parts here stand in its order: pieces, types, windows, the
//! graph, decoding, links.

mod decode;
mod link;
pub mod meaning;
mod nested;
mod pieces;
mod types;
mod window;

use crate::mention::{MentionKind, MentionOf};
use crate::similar::Vector;
use crate::token::{Tokens, tokenize};
use meaning::Meanings;
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, ValueOrView};
use rten_simd::ops::BitOps;
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;

/// What the reader found in a text, in tokens. Everything after the encoder works from this.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readout {
    /// Spans labelled source, cue or content, in order; spans of one role do not overlap.
    pub parts: Vec<Part>,
    /// For each part that is a content: the position in `parts` of its cue.
    pub cue_of: Vec<Option<Link>>,
    /// For each part that is a cue: the position in `parts` of its source; several cues may share one.
    pub source_of: Vec<Option<Link>>,
    /// Spans that stand for people, organizations, places and other named things, in order.
    pub mentions: Vec<Marked>,
    /// What a second look found inside the contents: statements within statements. Its mentions and meanings are empty.
    pub nested: Option<Box<Readout>>,
    /// What each token means where it stands; empty where the labels did not come from the encoder.
    pub meanings: Meanings,
}

/// The vector instructions the encoder runs by on this processor: `avx512`, `avx2`, `neon`, `wasm` or `plain`.
///
/// Their sums are rounded in another order, so that of many texts a few are read otherwise; what is compared byte for byte
/// must come from the same.
pub fn arithmetic() -> &'static str {
    struct Lanes;
    impl SimdOp for Lanes {
        type Output = usize;
        fn eval<I: Isa>(self, isa: I) -> usize {
            isa.f32().len()
        }
    }
    match (std::env::consts::ARCH, Lanes.dispatch()) {
        ("x86_64", 16) => "avx512",
        ("x86_64", 8) => "avx2",
        ("aarch64", _) => "neon",
        ("wasm32", _) => "wasm",
        (_, _) => "plain",
    }
}

/// A span with a role in a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its role.
    pub role: Role,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The mean probability of its labels, 0 to 1.
    pub score: f32,
}

/// The three roles of PolNeAR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Names who said it.
    Source,
    /// Says that it was said.
    Cue,
    /// What was said.
    Content,
}

/// A tie between two parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The position in [`Readout::parts`] of the part tied to.
    pub to: usize,
    /// Its probability among the candidates, 0 to 1.
    pub score: f32,
}

/// A span that stands for somebody or something.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Name, description or pronoun.
    pub kind: MentionKind,
    /// What it points at.
    pub of: MentionOf,
    /// The mean probability of its labels, 0 to 1.
    pub score: f32,
}

/// The encoder with its heads, ready to run. Cheap to clone; clones share the weights.
#[derive(Clone)]
pub struct Reader {
    weights: Arc<Weights>,
    windows: Windows,
    threads: Option<Arc<ThreadPool>>,
}

/// How a text is cut for the encoder, in wordpieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Windows {
    /// The most a window holds; the encoder takes 256.
    pub longest: usize,
    /// What neighbouring windows share, so that a piece at a seam is read with something on both its sides.
    pub shared: usize,
}

struct Weights {
    model: Model,
    inputs: [NodeId; 2],
    outputs: [NodeId; 5],
    vocabulary: pieces::Vocabulary,
    sidecar: Sidecar,
}

/// `reader.json`: labels, transitions and link tables.
#[derive(Deserialize)]
struct Sidecar {
    format: String,
    version: String,
    window: usize,
    shared: usize,
    statement: decode::Chain,
    name: decode::Chain,
    description: decode::Chain,
    link: link::Tables,
}

const ONNX: &[u8] = include_bytes!("../../../models/reader-en/reader.onnx");
const VOCABULARY: &str = include_str!("../../../models/reader-en/vocab.txt");
const SIDECAR: &str = include_str!("../../../models/reader-en/reader.json");

/// The format of weights this code decodes.
const FORMAT: &str = "onrecord.reader/1";

/// What the encoder gives for every token: logits of three layers, the vectors that links are scored with, and its meaning.
struct Scores {
    statement: Vec<[f32; 7]>,
    name: Vec<[f32; 9]>,
    description: Vec<[f32; 7]>,
    link: Vec<[f32; 256]>,
    meanings: Meanings,
}

impl Reader {
    /// The English reader whose weights are part of the binary. Runs each text on all cores.
    pub fn built_in() -> Reader {
        let model = ModelOptions::with_all_ops().prepack_weights(true).load_static_slice(ONNX).expect("the weights that were compiled in load");
        let sidecar: Sidecar = serde_json::from_str(SIDECAR).expect("the tables that were compiled in parse");
        assert_eq!(sidecar.format, FORMAT, "weights and decoder are of one format");
        let node = |name| model.node_id(name).expect("the graph has the inputs and outputs its format names");
        let (inputs, outputs) = ([node("ids"), node("types")], ["statement", "name", "description", "link", "meaning"].map(node));
        let vocabulary = pieces::Vocabulary::new(VOCABULARY);
        let windows = Windows { longest: sidecar.window, shared: sidecar.shared };
        Reader { weights: Arc::new(Weights { model, inputs, outputs, vocabulary, sidecar }), windows, threads: None }
    }

    /// The same reader on one core of its own: for reading many texts side by side, one clone a thread.
    pub fn on_one_core(&self) -> Reader {
        Reader { threads: Some(Arc::new(ThreadPool::with_num_threads(1))), ..self.clone() }
    }

    /// The same reader cutting its texts in another way: to see how much of a figure hangs on where the seams fall.
    pub fn with_windows(&self, windows: Windows) -> Reader {
        Reader { windows, ..self.clone() }
    }

    /// The version of the weights.
    pub fn version(&self) -> &str {
        &self.weights.sidecar.version
    }

    /// Labels the tokens of `text` and ties the labelled spans together, then looks once more inside the contents.
    pub fn run(&self, text: &str, tokens: &Tokens) -> Readout {
        let mut readout = self.look(text, tokens);
        readout.nested = nested::find(self, text, tokens, &readout).map(Box::new);
        readout
    }

    /// One look: what stands on the page, without statements inside statements.
    fn look(&self, text: &str, tokens: &Tokens) -> Readout {
        if tokens.is_empty() {
            return Readout::default();
        }
        let seen = types::see(text, tokens);
        let scores = self.score(text, tokens, &seen);
        let sidecar = &self.weights.sidecar;
        let parts = decode::parts(&sidecar.statement, &scores.statement);
        let links = link::Links::of(&sidecar.link, &parts, &scores.link, &seen);
        let mut mentions = decode::names(&sidecar.name, &scores.name);
        mentions.extend(decode::descriptions(&sidecar.description, &scores.description));
        mentions.sort_by_key(|marked| (marked.tokens.start, std::cmp::Reverse(marked.tokens.end)));
        Readout { cue_of: links.cue_of, source_of: links.source_of, parts, mentions, nested: None, meanings: scores.meanings }
    }

    /// What each token of `text` means where it stands.
    pub fn meanings(&self, text: &str, tokens: &Tokens) -> Meanings {
        if tokens.is_empty() { Meanings::default() } else { self.score(text, tokens, &types::see(text, tokens)).meanings }
    }

    /// The meaning of a short text by itself.
    pub fn vector_of(&self, text: &str) -> Vector {
        let tokens = tokenize(text);
        self.meanings(text, &tokens).of(0..tokens.len())
    }

    fn score(&self, text: &str, tokens: &Tokens, seen: &types::Seen) -> Scores {
        let pieces = pieces::cut(&self.weights.vocabulary, text, tokens);
        let windows = window::plan(pieces.ids.len(), self.windows);
        let mut scores = Scores::of_length(tokens.len());
        for window in &windows {
            self.run_window(window, &pieces, seen, |token, heads| {
                if window::best(&windows, pieces.first[token]) == window.start {
                    scores.take(token, heads);
                }
            });
        }
        scores
    }

    /// Runs one window; `each` gets every token whose first piece lies in it and the values of the five heads,
    /// those of the last for all pieces of the token that lie in it.
    ///
    /// Windows go one at a time: the scale of int8 activations is that of a whole run, so windows run together would
    /// colour one another, and it is no faster on one core.
    fn run_window(&self, window: &Range<usize>, pieces: &pieces::Pieces, seen: &types::Seen, mut each: impl FnMut(usize, [&[f32]; 5])) {
        let ids = pieces.ids[window.clone()].to_vec();
        let types = pieces.token_of[window.clone()].iter().map(|token| seen.types[*token as usize]).collect();
        let input = |values: Vec<i32>| ValueOrView::from(NdTensor::<i32, 2>::from_data([1, window.len()], values));
        let Weights { model, inputs, outputs, .. } = &*self.weights;
        let mut options = RunOptions::default();
        options.thread_pool = self.threads.clone();
        let heads = model
            .run_n(vec![(inputs[0], input(ids)), (inputs[1], input(types))], *outputs, Some(options))
            .expect("the graph takes any window of its vocabulary");
        let heads = heads.map(|head| head.into_tensor::<f32>().expect("the heads are floats"));
        let views = heads.each_ref().map(|head| head.view());
        let flat = views.map(|view| view.to_slice());
        for token in pieces.tokens_in(window) {
            let at = pieces.first[token] - window.start;
            let of = |head: usize, pieces: usize| {
                let width = flat[head].len() / window.len();
                &flat[head][at * width..(at + pieces) * width]
            };
            let next = pieces.first.get(token + 1).copied().unwrap_or(pieces.ids.len()).min(window.end);
            each(token, [of(0, 1), of(1, 1), of(2, 1), of(3, 1), of(4, next - window.start - at)]);
        }
    }
}

impl Scores {
    fn of_length(tokens: usize) -> Scores {
        Scores {
            statement: vec![[0.0; 7]; tokens],
            name: vec![[0.0; 9]; tokens],
            description: vec![[0.0; 7]; tokens],
            link: vec![[0.0; 256]; tokens],
            meanings: Meanings::of_length(tokens),
        }
    }

    fn take(&mut self, token: usize, [statement, name, description, link, meaning]: [&[f32]; 5]) {
        self.statement[token].copy_from_slice(statement);
        self.name[token].copy_from_slice(name);
        self.description[token].copy_from_slice(description);
        self.link[token].copy_from_slice(link);
        self.meanings.put(token, meaning);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::similar::cosine;

    #[test]
    fn what_means_the_same_points_the_same_way() {
        let reader = Reader::built_in();
        let vectors = ["The harbour will be closed until May.", "The port is to stay shut till May.", "The band played for three hours."]
            .map(|text| reader.vector_of(text));
        assert!(cosine(&vectors[0], &vectors[1]) > cosine(&vectors[0], &vectors[2]) + 0.2);
        assert_eq!(cosine(&vectors[0], &reader.vector_of("")), 0.0);
    }

    #[test]
    fn the_built_in_reader_gives_well_formed_parts() {
        let text = "“We will not be rushed,” said Ilse Varga on Tuesday. She declined to comment further.\n\n“".repeat(12);
        let tokens = tokenize(&text);
        let reader = Reader::built_in();
        let readout = reader.run(&text, &tokens);
        assert_eq!(readout, reader.on_one_core().run(&text, &tokens));
        assert!(readout.parts.iter().any(|part| part.role == Role::Content));
        assert!(readout.parts.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
        for (at, part) in readout.parts.iter().enumerate() {
            assert!(readout.cue_of[at].is_none_or(|link| readout.parts[link.to].role == Role::Cue));
            assert!(part.role == Role::Content || readout.cue_of[at].is_none());
            assert!(part.role == Role::Cue || readout.source_of[at].is_none());
        }
        assert_eq!(readout.meanings, reader.meanings(&text, &tokens));
    }

    #[test]
    fn a_second_look_stands_on_the_words_that_are_read() {
        let text = "“We will not be rushed,” said Ilse Varga. The Herald reported on Tuesday that Mayor Mara Ode Mara Jane OdeHarbour pays \
            twice ‘Nobody asked’, says board Mayor to speak MORE told aides that the board said the pier was safe.";
        let tokens = crate::read::tokens_of(text);
        assert_eq!(tokens.left_out().len(), 1);
        let nested = Reader::built_in().run(text, &tokens).nested.expect("a content that holds what others said");
        let words = |part: &Part| tokens.cover(part.tokens.clone()).map_or("", |span| span.of(text));
        let cues: Vec<&str> = nested.parts.iter().filter(|part| part.role == Role::Cue).map(words).collect();
        assert_eq!(cues, ["told"]);
    }
}
