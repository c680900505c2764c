//! Tells a clear reply from an ambivalent one and from none, by a linear model over the words of question and reply.
//!
//! The weights are `models/answer-en/answer.tsv`; `training/answer/` says how they were made. What is looked at is here,
//! once, for the engine and for the teaching alike: runs of words from the opening, the end and the whole of the reply, of
//! the sentence that shares most words with the question, and of the question; and a few measures.
//!
//! # Limits
//! Taught on spoken replies of presidents to reporters; on the sentence or two that a report quotes it is less sure.

use super::lexicon::WORDS;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// How clearly a question is replied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Clarity {
    /// The reply answers it.
    ClearReply,
    /// It can be read as an answer or as none; answers in part, or something else.
    Ambivalent,
    /// It does not answer.
    ClearNonReply,
}

impl Clarity {
    /// All, in the order of the model's weights.
    pub const ALL: [Clarity; 3] = [Clarity::ClearReply, Clarity::Ambivalent, Clarity::ClearNonReply];
}

/// How clearly `reply` answers `question`, by the built-in weights.
pub fn tell(question: &str, reply: &str) -> Clarity {
    static MODEL: LazyLock<Model> = LazyLock::new(|| Model::parse(include_str!("../../../../models/answer-en/answer.tsv")));
    MODEL.tell(&Terms::of(question, reply))
}

/// What the model looks at in one question and its reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    blocks: Vec<(f32, BTreeMap<String, u32>)>,
    measures: Vec<(String, f32)>,
}

/// A part of the pair whose runs of words are looked at: how many words a run has at most, and what the part weighs.
const PARTS: [(&str, usize, f32); 7] = [("o", 4, 1.0), ("p", 4, 1.0), ("r", 3, 1.0), ("w", 2, 1.5), ("q", 2, 0.8), ("b", 2, 1.0), ("e", 2, 1.0)];

/// What all measures weigh beside the parts.
const OF_MEASURES: f32 = 0.2;

/// Words of the opening, of the wider opening, of the first stretch, of the whole that is looked at, and of the end.
const STRETCHES: [usize; 5] = [6, 12, 60, 400, 25];

/// How much less the words a sentence shares with the question count for each word it has.
const LENGTH_OF_A_SENTENCE: f32 = 0.02;

impl Terms {
    /// The terms of a question and its reply.
    pub fn of(question: &str, reply: &str) -> Terms {
        let (asked, said) = (words(question), words(reply));
        let sentences: Vec<Vec<String>> = sentences(reply).into_iter().map(words).collect();
        let best = nearest(&asked, &sentences);
        let upto = |len: usize| &said[..said.len().min(len)];
        let [opening, wider, stretch, whole, end] = STRETCHES;
        let parts =
            [upto(opening), upto(wider), upto(stretch), upto(whole), &asked, best.map_or(&[], |at| &sentences[at]), &said[said.len().saturating_sub(end)..]];
        let blocks = PARTS.iter().zip(parts).map(|((name, longest, weight), part)| (*weight, runs(name, part, *longest))).collect();
        Terms { blocks, measures: measures(&asked, &said, &sentences, best) }
    }

    /// The names of all terms, each once.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().flat_map(|(_, block)| block.keys().map(String::as_str))
    }

    /// The measures by name.
    pub fn measures(&self) -> &[(String, f32)] {
        &self.measures
    }

    /// The values the weights are multiplied with, by term: each part at the length its weight gives it. `rarity` gives what
    /// a term counts, or the scale of a measure; terms it does not know are left out.
    pub fn values(&self, rarity: impl Fn(&str) -> Option<f32>) -> Vec<(&str, f32)> {
        let mut out = Vec::new();
        for (weight, block) in &self.blocks {
            let from = out.len();
            out.extend(block.iter().filter_map(|(name, times)| Some((name.as_str(), (1.0 + (*times as f32).ln()) * rarity(name)?))));
            let length = out[from..].iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
            let scale = if length > 0.0 { weight.sqrt() / length } else { 0.0 };
            out[from..].iter_mut().for_each(|(_, value)| *value *= scale);
        }
        out.extend(self.measures.iter().filter_map(|(name, value)| Some((name.as_str(), value * rarity(name)? * OF_MEASURES.sqrt()))));
        out
    }
}

/// Weights by term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    terms: HashMap<String, (f32, [f32; 3])>,
    bias: [f32; 3],
}

impl Model {
    /// A model of terms, each with its rarity and its weight for each class, and of what each class has from the start.
    pub fn new(terms: impl IntoIterator<Item = (String, f32, [f32; 3])>, bias: [f32; 3]) -> Model {
        Model { terms: terms.into_iter().map(|(name, rarity, weights)| (name, (rarity, weights))).collect(), bias }
    }

    /// Reads what [`Model::write`] wrote; lines that are none are passed over.
    pub fn parse(file: &str) -> Model {
        let mut model = Model::default();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let Some(name) = cells.next() else { continue };
            let numbers: Vec<f32> = cells.filter_map(|cell| cell.parse().ok()).collect();
            let [rarity, a, b, c] = numbers[..] else { continue };
            let weights = [a, b, c].map(|weight| weight / STEPS);
            if name.is_empty() { model.bias = weights } else { model.terms.extend([(name.to_owned(), (rarity, weights))]) }
        }
        model
    }

    /// The model as a table: term, rarity, and the weights in ten-thousandths; sorted, the bias first.
    pub fn write(&self) -> String {
        let mut lines: Vec<(&str, f32, [f32; 3])> = self.terms.iter().map(|(name, (rarity, weights))| (name.as_str(), *rarity, *weights)).collect();
        lines.push(("", 1.0, self.bias));
        lines.sort_by(|a, b| a.0.cmp(b.0));
        let line = |(name, rarity, weights): &(&str, f32, [f32; 3])| {
            let [a, b, c] = weights.map(|weight| (weight * STEPS).round() as i64);
            format!("{name}\t{rarity:.3}\t{a}\t{b}\t{c}\n")
        };
        lines.iter().map(line).collect()
    }

    /// The class of the highest score.
    pub fn tell(&self, terms: &Terms) -> Clarity {
        let mut scores = self.bias;
        for (name, value) in terms.values(|name| self.terms.get(name).map(|(rarity, _)| *rarity)) {
            let weights = self.terms.get(name).map_or([0.0; 3], |(_, weights)| *weights);
            (0..3).for_each(|class| scores[class] += value * weights[class]);
        }
        let best = (1..3).fold(0, |best, class| if scores[class] > scores[best] { class } else { best });
        Clarity::ALL[best]
    }
}

/// Weights are written in steps of one in so many.
const STEPS: f32 = 10_000.0;

/// Runs of ASCII letters, digits and apostrophes in lower case, and the marks that divide speech.
fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut is_open = false;
    for c in text.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase) {
        let in_word = c.is_ascii_lowercase() || c.is_ascii_digit() || c == '\'';
        match out.last_mut().filter(|_| is_open && in_word) {
            Some(word) => word.push(c),
            None if in_word || matches!(c, '?' | '.' | '!' | ',' | '[' | ']') => out.push(c.to_string()),
            None => {}
        }
        is_open = in_word;
    }
    out
}

/// The sentences of a transcript, in which the space between two is often lost: a mark that ends one, then a capital.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '.' | '?' | '!')) {
        let end = at + mark.len_utf8();
        let rest = text[end..].trim_start();
        if rest.starts_with(|c: char| c.is_ascii_uppercase() || c == '[') {
            out.push(text[from..end].trim());
            from = text.len() - rest.len();
        }
    }
    out.push(text[from..].trim());
    out.retain(|sentence| !sentence.is_empty());
    out
}

/// The words that say what a text is about, each once.
fn telling(words: &[String]) -> Vec<&str> {
    let mut out: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        .filter(|word| !WORDS.stop.has(word))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The share of `telling` words that `words` has.
fn shared(telling: &[&str], words: &[String]) -> f32 {
    let hits = telling.iter().filter(|word| words.iter().any(|other| other == *word)).count();
    hits as f32 / telling.len().max(1) as f32
}

/// The sentence that shares most with the question for its length; the first of several.
fn nearest(asked: &[String], sentences: &[Vec<String>]) -> Option<usize> {
    let telling = telling(asked);
    let score = |sentence: &[String]| shared(&telling, sentence) / (1.0 + LENGTH_OF_A_SENTENCE * sentence.len() as f32);
    let scores = sentences.iter().map(|sentence| score(sentence)).enumerate();
    scores.fold(None, |best: Option<(usize, f32)>, next| if best.is_none_or(|best| next.1 > best.1) { Some(next) } else { best }).map(|(at, _)| at)
}

/// The runs of up to `longest` words, how often each occurs.
fn runs(name: &str, words: &[String], longest: usize) -> BTreeMap<String, u32> {
    let mut out = BTreeMap::new();
    for len in 1..=longest {
        for run in words.windows(len) {
            *out.entry(format!("{name} {}", run.join(" "))).or_insert(0) += 1;
        }
    }
    out
}

fn measures(asked: &[String], said: &[String], sentences: &[Vec<String>], best: Option<usize>) -> Vec<(String, f32)> {
    let telling = telling(asked);
    let first = sentences.first().map_or(&[][..], Vec::as_slice);
    let upto = |len: usize| &said[..said.len().min(len)];
    let is = |is: bool| if is { 1.0 } else { 0.0 };
    let opener = asked.first().map_or("", String::as_str);
    let in_front = |list: &crate::lexicon::Phrases, words: &[String]| words.iter().any(|word| list.has(word));
    let negations = upto(20).iter().filter(|word| word.ends_with("n't") || matches!(word.as_str(), "not" | "no" | "never")).count();
    let share = |count: usize, of: usize| count as f32 / of.max(1) as f32;
    let marks = said.iter().filter(|word| *word == "?").count();
    let numbers = upto(100).iter().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).count();
    let all = [
        ("length", (said.len() as f32).ln_1p()),
        ("length under 20", is(said.len() < 20)),
        ("length under 60", is(said.len() < 60)),
        ("length under 120", is(said.len() < 120)),
        ("length over 600", is(said.len() > 600)),
        ("question polar", is(WORDS.polar.has(opener))),
        ("question open", is(WORDS.open.has(opener))),
        ("question why", is(opener == "why")),
        ("question how", is(opener == "how")),
        ("question what", is(opener == "what")),
        ("question a topic", is(!asked.iter().any(|word| word == "?"))),
        ("question without verb", is(!in_front(&WORDS.polar, &asked[..asked.len().min(3)]) && !in_front(&WORDS.open, &asked[..asked.len().min(3)]))),
        ("question length", (asked.len() as f32).ln_1p()),
        ("question short", is(asked.len() < 6)),
        ("question or", is(asked.iter().any(|word| word == "or"))),
        ("question you", is(asked.iter().any(|word| word == "you"))),
        ("question should", is(asked.iter().any(|word| word == "should"))),
        ("shared 20", shared(&telling, upto(20))),
        ("shared 60", shared(&telling, upto(60))),
        ("shared 150", shared(&telling, upto(150))),
        ("shared", shared(&telling, said)),
        ("shared first sentence", shared(&telling, first)),
        ("shared best sentence", best.map_or(0.0, |at| shared(&telling, &sentences[at]))),
        ("best sentence", best.map_or(1.0, |at| at as f32 / sentences.len() as f32)),
        ("best sentence first", is(best == Some(0))),
        ("first sentence length", (first.len() as f32).ln_1p()),
        ("verb repeated", is(WORDS.polar.has(opener) && upto(12).iter().any(|word| word == opener))),
        ("asks back", share(marks, said.len())),
        ("asks back at once", is(upto(20).iter().any(|word| word == "?"))),
        ("asks back at the end", is(said.last().is_some_and(|word| word == "?"))),
        ("negations", negations as f32),
        ("numbers", share(numbers, said.len().min(100))),
        ("asides", said.iter().filter(|word| *word == "[").count() as f32),
    ];
    all.into_iter().map(|(name, value)| (format!("= {name}"), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reply_is_cut_as_it_was_taught() {
        assert_eq!(words("Well, I don’t know.No!"), ["well", ",", "i", "don't", "know", ".", "no", "!"]);
        assert_eq!(sentences("It is safe.Ask 3.5 times. [Laughter] Why?"), ["It is safe.", "Ask 3.5 times.", "[Laughter] Why?"]);
    }

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let model = Model::new([("o no".to_owned(), 1.5, [0.25, -0.5, 0.0]), ("= length".to_owned(), 0.1, [0.0, 0.0, 1.0])], [0.1, 0.2, 0.3]);
        assert_eq!(Model::parse(&model.write()), model);
    }

    proptest! {
        #[test]
        fn anything_is_told_and_twice_the_same(question in "\\PC{0,60}", reply in "\\PC{0,120}") {
            prop_assert_eq!(tell(&question, &reply), tell(&question, &reply));
        }
    }
}
