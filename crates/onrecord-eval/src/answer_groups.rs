//! Scores how answers of many outlets to one question are grouped: NAnCo, eight questions of eight stories.

use crate::error::Error;
use crate::tally::Prf;
use onrecord::reader::Reader;
use onrecord::similar::group::{Wording, group};
use serde::Deserialize;
use std::path::Path;

/// One question with its answers.
#[derive(Clone, Debug, Deserialize)]
pub struct Question {
    /// The question.
    pub question: String,
    /// What outlets answer.
    pub answers: Vec<Answer>,
}

/// One answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    /// The words that answer.
    #[serde(rename = "Answer")]
    pub answer: String,
    /// The group three annotators agreed on.
    #[serde(rename = "cluster_global")]
    pub group: i64,
}

/// What was measured.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// Pairs of answers in one group, a question at a time, at the nearness that is best on the other seven.
    pub questions: Vec<Prf>,
    /// The same at the nearness the engine uses.
    pub built_in: Vec<Prf>,
    /// Every answer: question, answer, the group it has and the one we gave it.
    pub items: Vec<Item>,
}

/// One answer, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The number of the question.
    pub question: usize,
    /// The number of the answer.
    pub answer: usize,
    /// Its group.
    pub want: i64,
    /// The group we gave it.
    pub got: usize,
}

/// Reads `nanco_dataset.json` in `folder`.
pub fn load(folder: &Path) -> Result<Vec<Question>, Error> {
    let path = folder.join("nanco_dataset.json");
    let text = std::fs::read_to_string(&path).map_err(|error| Error::new(&path, format!("cannot be read: {error}")))?;
    serde_json::from_str(&text).map_err(|error| Error::new(&path, error.to_string()))
}

/// Nearness tried, a step of .025 from 0 to .6.
fn tried() -> Vec<f32> {
    (0..=24u8).map(|step| f32::from(step) * 0.025).collect()
}

/// Groups the answers of each question; each is scored with what is best on the others, so that no question tunes its own.
pub fn score(questions: &[Question], reader: &Reader) -> Scored {
    let wordings: Vec<Vec<Wording>> = questions
        .iter()
        .map(|question| question.answers.iter().map(|answer| Wording::of_answer(&question.question, &answer.answer, reader)).collect())
        .collect();
    let near = tried();
    let table: Vec<Vec<Prf>> =
        questions.iter().zip(&wordings).map(|(question, wordings)| near.iter().map(|near| pairs(question, &group(wordings, *near))).collect()).collect();
    let mut out = Scored::default();
    for (at, (question, wordings)) in questions.iter().zip(&wordings).enumerate() {
        let others = |step: &usize| table.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, row)| row[*step].f1()).sum::<f64>();
        let best = (0..near.len()).max_by(|a, b| others(a).total_cmp(&others(b)).then(b.cmp(a))).unwrap_or_default();
        out.questions.push(table[at][best]);
        let groups = group(wordings, onrecord::similar::group::NEAR);
        out.built_in.push(pairs(question, &groups));
        let item = |(number, (answer, got)): (usize, (&Answer, usize))| Item { question: at, answer: number, want: answer.group, got };
        out.items.extend(question.answers.iter().zip(groups).enumerate().map(item));
    }
    out
}

/// Pairs of answers in one group.
fn pairs(question: &Question, groups: &[usize]) -> Prf {
    let mut prf = Prf::default();
    for (b, answer) in question.answers.iter().enumerate() {
        for (a, other) in question.answers.iter().enumerate().take(b) {
            let (want, got) = (answer.group == other.group, groups[a] == groups[b]);
            prf.add(Prf { hits: usize::from(want && got), ours: usize::from(got), gold: usize::from(want) });
        }
    }
    prf
}

/// The mean of F1 over the questions.
pub fn mean(questions: &[Prf]) -> f64 {
    questions.iter().map(|prf| prf.f1()).sum::<f64>() / questions.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_once() {
        let answer = |group| Answer { answer: String::new(), group };
        let question = Question { question: String::new(), answers: vec![answer(1), answer(1), answer(2)] };
        assert_eq!(pairs(&question, &[0, 0, 0]), Prf { hits: 1, ours: 3, gold: 1 });
        assert_eq!(pairs(&question, &[0, 1, 2]).f1(), 0.0);
    }
}
