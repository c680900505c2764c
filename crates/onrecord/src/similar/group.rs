//! Groups short texts that say the same: the answers many outlets give to one question.

use super::{Topic, Vector, cosine};
use crate::reader::Reader;

/// A short text with what comparing it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    vector: Vector,
}

impl Wording {
    /// An answer to a question. Its meaning is read twice, alone and after the question: "2024" says little by itself.
    pub fn of_answer(question: &str, answer: &str, reader: &Reader) -> Wording {
        let asked = reader.vector_of(&format!("{question} {answer}"));
        Wording { vector: reader.vector_of(answer).between(&asked) }
    }
}

/// From this nearness on, the mean over all pairs, two groups are one; on answers of eight stories .20 to .25 do as well.
pub const NEAR: f32 = 0.225;

/// The group of each wording, numbered from 0 in the order in which they begin: groups are joined, nearest first, while
/// their nearness reaches `near`.
pub fn group(wordings: &[Wording], near: f32) -> Vec<usize> {
    let between = nearness(wordings);
    let mut groups: Vec<Vec<usize>> = (0..wordings.len()).map(|at| vec![at]).collect();
    while let Some((score, a, b)) = nearest(&groups, &between) {
        if score < near {
            break;
        }
        let joined = groups.remove(b);
        groups[a].extend(joined);
    }
    let mut of = vec![0; wordings.len()];
    for (number, group) in groups.iter().enumerate() {
        for at in group {
            of[*at] = number;
        }
    }
    of
}

/// The two groups nearest to each other, the earlier first.
fn nearest(groups: &[Vec<usize>], between: &[Vec<f32>]) -> Option<(f32, usize, usize)> {
    let mean = |a: &[usize], b: &[usize]| a.iter().flat_map(|x| b.iter().map(|y| between[*x][*y])).sum::<f32>() / (a.len() * b.len()) as f32;
    let pairs = (0..groups.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    pairs.map(|(a, b)| (mean(&groups[a], &groups[b]), a, b)).max_by(|x, y| x.0.total_cmp(&y.0).then((y.1, y.2).cmp(&(x.1, x.2))))
}

/// How near every two are in meaning, beyond what all have in common. Shared words add nothing: NAnCo's answers are grouped no
/// better with them.
fn nearness(wordings: &[Wording]) -> Vec<Vec<f32>> {
    let topic = Topic::of(wordings.iter().map(|wording| &wording.vector));
    let beyond: Vec<Vector> = wordings.iter().map(|wording| topic.beyond(&wording.vector)).collect();
    beyond.iter().map(|a| beyond.iter().map(|b| cosine(a, b)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_say_the_same_are_one_group() {
        let reader = Reader::built_in();
        let answers = ["until May", "till the end of May", "for good", "it will never open again", "until May"];
        let wordings: Vec<Wording> = answers.iter().map(|answer| Wording::of_answer("How long will the harbour be closed?", answer, &reader)).collect();
        let groups = group(&wordings, NEAR);
        assert_eq!((groups[0], groups[0] == groups[4], groups[0] == groups[2]), (0, true, false));
        assert!(group(&[], NEAR).is_empty());
    }
}
