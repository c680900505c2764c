//! Ties a denial told without its content ("denied the reports") to the one denial of that speaker that it can mean.

use super::{Cx, Near, Tie, is_bare_denial};
use crate::act::Act;

/// `utterance/bare-denial`: each bare denial goes to at most one fuller one, of its own document if there is one.
pub(super) fn ties(cx: &Cx<'_>) -> Vec<Tie> {
    let bare = (0..cx.tellings.len()).filter(|at| is_bare_denial(&cx.tellings[*at]));
    bare.filter_map(|at| fuller(cx, at)).collect()
}

/// The only fuller denial by the same voice; where two could be meant, none.
fn fuller(cx: &Cx<'_>, bare: usize) -> Option<Tie> {
    let telling = &cx.tellings[bare];
    let is_fuller = |other: &usize| {
        let other = &cx.tellings[*other];
        other.is_actual && other.act == Act::Denial && !is_bare_denial(other) && Near::of(telling, other).is_one_voice()
    };
    let all: Vec<usize> = (0..cx.tellings.len()).filter(is_fuller).collect();
    let own: Vec<usize> = all.iter().copied().filter(|other| cx.tellings[*other].told.document == telling.told.document).collect();
    let candidates = if own.is_empty() { all } else { own };
    let [only] = candidates.as_slice() else { return None };
    let why = "the only denial of that speaker it can mean".to_owned();
    Some(Tie { a: bare.min(*only), b: bare.max(*only), rule: "utterance/bare-denial", score: 0.5, why, relay: None })
}
