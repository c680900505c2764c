//! A sentence in the making: our own words, and words, names and days that its support must carry.

use super::Known;
use crate::letter::capital_first;
use crate::record::{Place, Told};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// Words of ours: no name, no number, nothing in quotation marks.
    Frame(String),
    /// Somebody who said what follows, as the statement or the people of the story name them.
    Who(String, Told),
    /// Words of a document, outside quotation marks of ours; white space is one space, and times that only date the saying are left out.
    Words(String, Place),
    /// Words that stand in quotation marks in a document, byte for byte.
    Quote(Place),
    /// A question as the record words it.
    Question(String),
    /// On whose word a statement is known.
    Footing(String, Told),
    /// When a statement was said.
    Day(String, Told),
    /// How many statements, askings or documents.
    Count(usize),
}

/// A sentence with what is to carry it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    /// Its pieces, in order.
    pub(super) parts: Vec<Part>,
    /// The statements whose words it tells as said.
    pub(super) told: Vec<Told>,
    /// Further statements that carry it: other reports of the same, further askings.
    pub(super) more: Vec<Told>,
}

impl Draft {
    /// Everything that carries it, each once: first what it tells.
    pub(super) fn support(&self) -> Vec<Told> {
        let mut out: Vec<Told> = Vec::new();
        for told in self.told.iter().chain(&self.more) {
            if !out.contains(told) {
                out.push(*told);
            }
        }
        out
    }

    /// The sentence as it is read.
    pub(super) fn text(&self, known: &Known<'_>) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                // "… facts.” The two": a quotation that ends with a stop ends the sentence.
                Part::Frame(words) if words.starts_with(". ") && out.trim_end_matches(['”', '"', '’']).ends_with(['.', '?', '!']) => {
                    out.push_str(&words[1..])
                }
                Part::Who(words, _) if !out.is_empty() => out.push_str(&inside(words)),
                Part::Frame(words) | Part::Question(words) | Part::Who(words, _) | Part::Words(words, _) | Part::Footing(words, _) | Part::Day(words, _) => {
                    out.push_str(words)
                }
                Part::Quote(place) => {
                    out.push('“');
                    out.push_str(place.span.of(&known.accounts[place.document].reading.document.text));
                    out.push('”');
                }
                Part::Count(number) => out.push_str(&in_words(*number)),
            }
        }
        finished(capital_first(&out))
    }

    /// The same sentence without its days.
    pub(super) fn undated(&self) -> Draft {
        let parts = self.parts.iter().filter(|part| !matches!(part, Part::Day(..))).cloned().collect();
        Draft { parts, ..self.clone() }
    }
}

/// Small numbers in words, as print has them.
fn in_words(number: usize) -> String {
    const WORDS: [&str; 13] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// A source as it stands inside a sentence: "The ministry" as "the ministry", names as they are.
fn inside(words: &str) -> String {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let lower = first.to_lowercase();
    let is_small = matches!(
        lower.as_str(),
        "the" | "a" | "an" | "one" | "two" | "three" | "four" | "five" | "several" | "some" | "many" | "both" | "another" | "other" | "multiple" | "sources"
    );
    if is_small && first.chars().skip(1).all(char::is_lowercase) { format!("{lower} {rest}").trim_end().to_owned() } else { words.to_owned() }
}

/// Ends a sentence with a full stop unless it ends already, inside its quotation marks or out; a comma at the end of a
/// quotation goes, as quotations may be cut at their edges.
fn finished(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    for (mark, without) in [(",”", "”"), (",\"", "\""), (",’", "’"), (",'", "'")] {
        if let Some(words) = text.strip_suffix(mark) {
            text = format!("{words}{without}");
        }
    }
    let bare = text.trim_end_matches(['”', '"', '’', ')']);
    if !bare.ends_with(['.', '?', '!', '…']) || text.ends_with(')') {
        text.truncate(text.trim_end_matches([',', ';', ':']).len());
        text.push('.');
    }
    text
}
