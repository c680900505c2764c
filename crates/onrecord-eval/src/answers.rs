//! Teaches the model of answer clarity, and scores it on transcripts it was not taught on (QEvasion, three classes).
//!
//! Ten folds; all questions of one transcript are in one fold, by a hash of its address. Everything that is learned (which
//! terms there are, how rare each is, the weights) is learned on the nine other folds.

use crate::error::Error;
use crate::shared::text_of;
use onrecord::question::clarity::{Clarity, Model, Terms};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// One question with its reply, as people judged it.
pub struct Reply {
    /// The number of its line in the corpus, from 1.
    pub number: usize,
    /// The address of its transcript.
    pub transcript: String,
    /// What people made of it.
    pub want: Clarity,
    terms: Terms,
}

/// Folds of the cross-validation.
pub const FOLDS: u64 = 10;

/// Replies a term must stand in to be taught.
const LEAST_REPLIES: u32 = 3;

/// How strongly weights are held back. From 8 to 16 the score moves by less than its noise over other folds (.01).
const HOLD: f32 = 12.0;

/// Reads the corpus.
pub fn load(folder: &Path) -> Result<Vec<Reply>, Error> {
    let path = folder.join("train_subset_recovered.csv");
    let rows = csv(&text_of(&path)?);
    let heading = rows.first().cloned().unwrap_or_default();
    let column = |name: &str| heading.iter().position(|cell| cell == name).ok_or_else(|| Error::new(&path, format!("has no column {name}")));
    let (url, question, reply, label) = (column("url")?, column("question")?, column("interview_answer")?, column("clarity_label")?);
    let rows: Vec<(usize, &Vec<String>)> = rows.iter().enumerate().skip(1).filter(|(_, row)| row.len() == heading.len()).collect();
    let read = |(number, row): &(usize, &Vec<String>)| {
        let want = match row[label].as_str() {
            "Clear Reply" => Clarity::ClearReply,
            "Ambivalent" => Clarity::Ambivalent,
            "Clear Non-Reply" => Clarity::ClearNonReply,
            _ => return None,
        };
        Some(Reply { number: *number, transcript: row[url].clone(), want, terms: Terms::of(&row[question], &row[reply]) })
    };
    Ok(rows.par_iter().filter_map(read).collect())
}

/// The fold of a transcript: FNV-1a of its address.
pub fn fold(transcript: &str) -> u64 {
    transcript.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)) % FOLDS
}

/// What a model taught on the other folds makes of each reply.
pub fn cross_validate(replies: &[Reply]) -> Vec<Clarity> {
    let models: Vec<Model> =
        (0..FOLDS).into_par_iter().map(|out| teach(&replies.iter().filter(|reply| fold(&reply.transcript) != out).collect::<Vec<_>>())).collect();
    replies.iter().map(|reply| models[fold(&reply.transcript) as usize].tell(&reply.terms)).collect()
}

/// The model taught on all `replies`: least squares for each class, rare classes weighing as much as common ones.
pub fn teach(replies: &[&Reply]) -> Model {
    let rarity = rarity(replies);
    let places: BTreeMap<&str, usize> = rarity.keys().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let row = |reply: &&Reply| -> Vec<(usize, f32)> {
        reply.terms.values(|name| rarity.get(name).copied()).into_iter().map(|(name, value)| (places[name], value)).collect()
    };
    let rows: Vec<Vec<(usize, f32)>> = replies.iter().map(row).collect();
    let count = |class: Clarity| replies.iter().filter(|reply| reply.want == class).count().max(1) as f32;
    let hold: Vec<f32> = replies.iter().map(|reply| HOLD * 3.0 * count(reply.want) / replies.len() as f32).collect();
    let solved = Clarity::ALL.map(|class| {
        let wanted: Vec<f32> = replies.iter().map(|reply| if reply.want == class { 1.0 } else { -1.0 }).collect();
        let shares = solve(&rows, places.len(), &hold, &wanted);
        (spread(&rows, places.len(), &shares), shares.iter().sum::<f32>())
    });
    let terms = rarity.into_iter().enumerate().map(|(at, (name, rarity))| (name, rarity, [0, 1, 2].map(|class: usize| solved[class].0[at])));
    Model::new(terms.collect::<Vec<_>>(), [0, 1, 2].map(|class: usize| solved[class].1))
}

/// What each term counts: the rarer the more; and the scale of each measure.
fn rarity(replies: &[&Reply]) -> BTreeMap<String, f32> {
    let mut told_in: BTreeMap<&str, u32> = BTreeMap::new();
    let mut largest: BTreeMap<&str, f32> = BTreeMap::new();
    for reply in replies {
        reply.terms.names().for_each(|name| *told_in.entry(name).or_insert(0) += 1);
        for (name, value) in reply.terms.measures() {
            let most = largest.entry(name).or_insert(0.0);
            *most = most.max(value.abs());
        }
    }
    let all = replies.len() as f32;
    let terms = told_in.into_iter().filter(|(_, count)| *count >= LEAST_REPLIES);
    let terms = terms.map(|(name, count)| (name.to_owned(), ((1.0 + all) / (1.0 + count as f32)).ln() + 1.0));
    let measures = largest.into_iter().filter(|(_, most)| *most > 0.0).map(|(name, most)| (name.to_owned(), 1.0 / most));
    terms.chain(measures).collect()
}

/// The share of every reply in the weights: (X Xᵀ + 1 + hold) shares = wanted, by conjugate gradients.
fn solve(rows: &[Vec<(usize, f32)>], width: usize, hold: &[f32], wanted: &[f32]) -> Vec<f32> {
    let apply = |shares: &[f32]| -> Vec<f32> {
        let (weights, bias) = (spread(rows, width, shares), shares.iter().sum::<f32>());
        let one = |(at, row): (usize, &Vec<(usize, f32)>)| row.iter().map(|(place, value)| weights[*place] * value).sum::<f32>() + bias + hold[at] * shares[at];
        rows.iter().enumerate().map(one).collect()
    };
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
    let mut shares = vec![0.0; rows.len()];
    let (mut rest, mut step) = (wanted.to_vec(), wanted.to_vec());
    let mut left = dot(&rest, &rest);
    for _ in 0..STEPS {
        if left < SMALL * dot(wanted, wanted) {
            break;
        }
        let applied = apply(&step);
        let by = (left / dot(&step, &applied)) as f32;
        (0..shares.len()).for_each(|at| {
            shares[at] += by * step[at];
            rest[at] -= by * applied[at];
        });
        let now = dot(&rest, &rest);
        (0..step.len()).for_each(|at| step[at] = rest[at] + (now / left) as f32 * step[at]);
        left = now;
    }
    shares
}

/// Steps after which solving ends whatever is left; some thirty are enough.
const STEPS: usize = 200;

/// What may be left of the wanted, squared: far below what a reply's class could turn on.
const SMALL: f64 = 1e-8;

fn spread(rows: &[Vec<(usize, f32)>], width: usize, shares: &[f32]) -> Vec<f32> {
    let mut weights = vec![0.0; width];
    for (row, share) in rows.iter().zip(shares) {
        row.iter().for_each(|(place, value)| weights[*place] += value * share);
    }
    weights
}

/// The F1 of each class, and their mean.
pub fn f1(replies: &[Reply], told: &[Clarity]) -> ([f64; 3], f64) {
    let each = Clarity::ALL.map(|class| {
        let both = replies.iter().zip(told).filter(|(reply, told)| reply.want == class && **told == class).count();
        let either = replies.iter().filter(|reply| reply.want == class).count() + told.iter().filter(|told| **told == class).count();
        if either == 0 { 0.0 } else { 2.0 * both as f64 / either as f64 }
    });
    (each, each.iter().sum::<f64>() / 3.0)
}

/// The name of a class in tables.
pub fn name(class: Clarity) -> &'static str {
    match class {
        Clarity::ClearReply => "clear_reply",
        Clarity::Ambivalent => "ambivalent",
        Clarity::ClearNonReply => "clear_non_reply",
    }
}

/// The rows of a CSV file, with quoted cells that may hold commas, line breaks and doubled quotation marks.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !is_quoted => {}
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_may_hold_commas_and_lines() {
        assert_eq!(csv("a,\"b, \"\"c\"\"\nd\"\r\n1,2\n"), [["a", "b, \"c\"\nd"], ["1", "2"]]);
    }

    #[test]
    fn what_is_taught_is_told() {
        let reply =
            |number: usize, want: Clarity, said: &str| Reply { number, transcript: number.to_string(), want, terms: Terms::of("Is the pier safe?", said) };
        let said = [(Clarity::ClearReply, "Yes, it is."), (Clarity::Ambivalent, "Piers are fine things."), (Clarity::ClearNonReply, "I won't comment.")];
        let replies: Vec<Reply> = (0..12).map(|at| reply(at, said[at % 3].0, said[at % 3].1)).collect();
        let model = teach(&replies.iter().collect::<Vec<_>>());
        assert!(replies.iter().all(|reply| model.tell(&reply.terms) == reply.want));
    }
}
