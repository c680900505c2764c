//! Pairs the phrases of two versions: the same words first, then those that share most.

use crate::statement::Statement;
use crate::text::{Id, Span};
use crate::token::{TokenKind, Tokens};
use ::similar::{Algorithm, capture_diff_slices, get_diff_ratio};
use std::ops::Range;

/// From this share of words in common, in one order, a phrase is another altered: what shares less says something else.
const ALTERED: f32 = 0.5;

/// Words of one version at one place.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub span: Span,
    /// The words in lower case, without marks.
    pub words: Vec<String>,
    /// The statement it is the content of.
    pub statement: Option<Id<Statement>>,
}

/// The words of `range` in lower case, without marks; apostrophes of one kind.
pub(super) fn words(tokens: &Tokens, range: Range<usize>) -> Vec<String> {
    range.filter(|at| tokens.kind(*at) != TokenKind::Punctuation).map(|at| tokens.lower(at).replace('’', "'")).collect()
}

/// What two versions do not have in the same words: pairs of phrases that are one altered, and those that only one version has.
pub(super) fn pair<'a>(old: &'a [Phrase], new: &'a [Phrase]) -> Vec<(Option<&'a Phrase>, Option<&'a Phrase>)> {
    let mut new: Vec<&Phrase> = new.iter().collect();
    let mut old: Vec<&Phrase> = old.iter().collect();
    old.retain(|one| match new.iter().position(|other| other.words == one.words) {
        Some(at) => {
            new.remove(at);
            false
        }
        None => true,
    });
    let mut near: Vec<(f32, usize, usize)> = Vec::new();
    for (at, one) in old.iter().enumerate() {
        near.extend(new.iter().enumerate().map(|(by, other)| (alike(&one.words, &other.words), at, by)).filter(|(share, ..)| *share >= ALTERED));
    }
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut is_paired, mut has_pair) = (vec![false; new.len()], vec![false; old.len()]);
    let mut out = Vec::new();
    for (_, at, by) in near {
        if !has_pair[at] && !is_paired[by] {
            (has_pair[at], is_paired[by]) = (true, true);
            out.push((Some(old[at]), Some(new[by])));
        }
    }
    out.extend(old.iter().zip(has_pair).filter(|(_, has)| !has).map(|(one, _)| (Some(*one), None)));
    out.extend(new.iter().zip(is_paired).filter(|(_, is)| !is).map(|(one, _)| (None, Some(*one))));
    out
}

/// The share of words that two rows have in common, in one order: 1 for the same.
fn alike(one: &[String], other: &[String]) -> f32 {
    // The share can be no higher than this; most pairs end here.
    let most = 2.0 * one.len().min(other.len()) as f32 / (one.len() + other.len()).max(1) as f32;
    if most < ALTERED { 0.0 } else { get_diff_ratio(&capture_diff_slices(Algorithm::Myers, one, other), one.len(), other.len()) }
}

/// Whether these words stand in a row in a text, whatever marks stand between them.
pub(super) fn stands(words: &[String], tokens: &Tokens) -> bool {
    !words.is_empty() && self::words(tokens, 0..tokens.len()).windows(words.len()).any(|row| row == words)
}
