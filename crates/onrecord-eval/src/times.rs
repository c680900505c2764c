//! Scores the times stage against TimeML: spans (relaxed and strict) and values, as TempEval-3 counts them.
//!
//! *Relaxed*: the spans overlap, one to one. *Value F1*: over all, a hit is a relaxed match of equal value.
//! The document's creation time is given to the engine and not scored.

use onrecord::text::Spanned;
use onrecord::{Document, Span, sentence, time, token, zone};
use std::path::{Path, PathBuf};

/// Counts over a folder of TimeML files, with a row for every gold and every found time.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Files read.
    pub documents: usize,
    /// Times in the gold.
    pub gold: usize,
    /// Times the engine found.
    pub found: usize,
    /// Pairs whose spans overlap.
    pub relaxed: usize,
    /// Pairs whose spans are equal.
    pub strict: usize,
    /// Overlapping pairs of equal value.
    pub value: usize,
    /// What became of each time.
    pub items: Vec<Item>,
}

/// One gold time, one found time, or a pair of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The name of the file.
    pub file: String,
    /// Where it starts in the text, in bytes.
    pub start: usize,
    /// Words and value in the gold.
    pub gold: Option<(String, String)>,
    /// Words and value as found.
    pub found: Option<(String, String)>,
}

/// Which files of a folder to score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// The third that development never looks at: those whose name's CRC-32 is divisible by three.
    HeldOut,
    /// The rest.
    Development,
}

impl Score {
    /// Precision, recall and F1 of `hits`.
    pub fn figures(&self, hits: usize) -> (f64, f64, f64) {
        let share = |of: usize| if of == 0 { 0.0 } else { hits as f64 / of as f64 };
        let (precision, recall) = (share(self.found), share(self.gold));
        let f1 = if hits == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        (precision, recall, f1)
    }
}

/// Scores every `.tml` file under `folder` that belongs to `part`.
pub fn score(folder: &Path, part: Part) -> std::io::Result<Score> {
    let mut score = Score::default();
    for path in files(folder)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let held_out = crc32(name.as_bytes()).is_multiple_of(HELD_OUT_SHARE);
        let wanted = match part {
            Part::All => true,
            Part::HeldOut => held_out,
            Part::Development => !held_out,
        };
        if wanted {
            add(&mut score, &name, &timeml(&std::fs::read_to_string(&path)?));
        }
    }
    Ok(score)
}

/// One file in three is held out.
const HELD_OUT_SHARE: u32 = 3;

/// A TimeML document: its text, its creation time, and its times as span and value.
#[derive(Clone, Debug, Default, PartialEq)]
struct TimeMl {
    text: String,
    created: Option<String>,
    times: Vec<(Span, String)>,
}

fn add(score: &mut Score, name: &str, gold: &TimeMl) {
    let mut document = Document::new(name, gold.text.clone());
    document.published = gold.created.as_deref().and_then(|date| date.get(..10)?.parse().ok());
    let tokens = token::tokenize(&document.text);
    let zones = zone::divide(&document, &tokens);
    let sentences = sentence::split(&document.text, &tokens, &zones);
    let (times, ..) = time::find(&document, &tokens, &zones, &sentences);
    let found: Vec<_> = times.iter().map(|time| (time.span(), time.value.clone())).collect();
    let mut used = vec![false; found.len()];
    let say = |(span, value): &(Span, String)| (span.of(&gold.text).to_owned(), value.clone());
    let row = |start: usize, gold, found| Item { file: name.to_owned(), start, gold, found };
    score.documents += 1;
    score.gold += gold.times.len();
    score.found += found.len();
    for time in &gold.times {
        let best = (0..found.len()).filter(|at| !used[*at] && found[*at].0.overlaps(time.0)).max_by_key(|at| overlap(found[*at].0, time.0));
        if let Some(at) = best {
            used[at] = true;
            score.relaxed += 1;
            score.strict += usize::from(found[at].0 == time.0);
            score.value += usize::from(found[at].1 == time.1);
        }
        score.items.push(row(time.0.start(), Some(say(time)), best.map(|at| say(&found[at]))));
    }
    let extra = found.iter().zip(used).filter(|(_, used)| !used).map(|(time, _)| row(time.0.start(), None, Some(say(time))));
    score.items.extend(extra);
}

fn overlap(a: Span, b: Span) -> usize {
    a.end().min(b.end()).saturating_sub(a.start().max(b.start()))
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "tml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Reads what is inside `TEXT`, and the creation time before or within it.
fn timeml(file: &str) -> TimeMl {
    let mut out = TimeMl { created: creation(file), ..TimeMl::default() };
    let body = file.split_once("<TEXT>").map_or(file, |(_, rest)| rest.split_once("</TEXT>").map_or(rest, |(body, _)| body));
    let (mut rest, mut open) = (body, None);
    while let Some(at) = rest.find('<') {
        out.text.push_str(&unescape(&rest[..at]));
        let Some(end) = rest[at..].find('>') else { break };
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if tag.starts_with("TIMEX3") && !tag.contains("CREATION_TIME") {
            open = Some((out.text.len(), attribute(tag, "value").unwrap_or_default()));
        } else if tag == "/TIMEX3" {
            let time = open.take().map(|(start, value)| (Span::new(start, out.text.len()), value));
            out.times.extend(time.filter(|(span, _)| !span.is_empty()));
        }
    }
    out.text.push_str(&unescape(rest));
    out
}

fn creation(file: &str) -> Option<String> {
    file.split('<').find(|tag| tag.starts_with("TIMEX3") && tag.contains("CREATION_TIME")).and_then(|tag| attribute(tag, "value"))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

fn unescape(words: &str) -> String {
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

/// The checksum of zip files, here a hash that every language has.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 });
    !bytes.iter().fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeml_is_read_without_its_tags() {
        let file = r#"<DCT><TIMEX3 tid="t0" value="2031-03-05" functionInDocument="CREATION_TIME">March 5</TIMEX3></DCT>
            <TEXT>Ode &amp; Sons <EVENT eid="e1">closed</EVENT> <TIMEX3 tid="t1" type="DATE" value="2031-03-04"><EVENT>yester</EVENT>day</TIMEX3>.</TEXT>"#;
        let read = timeml(file);
        assert_eq!(read.text, "Ode & Sons closed yesterday.");
        assert_eq!(read.created.as_deref(), Some("2031-03-05"));
        assert_eq!(read.times, [(Span::new(18, 27), "2031-03-04".to_owned())]);
    }

    #[test]
    fn the_hash_is_that_of_zip_files() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }
}
