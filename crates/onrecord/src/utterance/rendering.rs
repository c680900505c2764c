//! How each telling renders its utterance, beside the fullest quotation of it.

use super::Rendering;
use super::telling::{Telling, lexicon};
use crate::statement::Form;

/// The position among `tellings` of the one that gives the words most fully: quoted before paraphrased, then the longest.
pub(super) fn fullest(tellings: &[&Telling<'_>]) -> usize {
    let quoted = |telling: &Telling<'_>| match telling.statement.form {
        Form::Direct => 2,
        Form::Mixed => 1,
        Form::Indirect => 0,
    };
    let key = |at: &usize| (quoted(tellings[*at]), tellings[*at].run.len(), std::cmp::Reverse(*at));
    (0..tellings.len()).max_by_key(key).unwrap_or_default()
}

/// How `telling` renders what `full` gives most fully.
pub(super) fn of(telling: &Telling<'_>, full: &Telling<'_>) -> Rendering {
    let part = is_part(&telling.run, &full.run);
    if telling.run == full.run {
        return Rendering::Verbatim;
    }
    match telling.statement.form {
        Form::Direct if part => Rendering::Shortened,
        Form::Direct => Rendering::Altered,
        Form::Mixed if telling.quoted.iter().any(|quotation| !is_part(quotation, &full.run)) && full.statement.form != Form::Indirect => Rendering::Altered,
        Form::Mixed | Form::Indirect if part && !telling.run.is_empty() => Rendering::Shortened,
        Form::Mixed | Form::Indirect => strength(telling, full),
    }
}

fn is_part(part: &[String], whole: &[String]) -> bool {
    part.is_empty() || whole.windows(part.len()).any(|run| run == part)
}

/// In whose words the claim is held open, and in whose it is driven up.
fn strength(telling: &Telling<'_>, full: &Telling<'_>) -> Rendering {
    let words = lexicon();
    let (open, was_open) = (telling.has(&words.hedges), full.has(&words.hedges));
    let (driven, was_driven) = (telling.has(&words.boosters), full.has(&words.boosters));
    match (open, was_open, driven, was_driven) {
        (false, true, _, _) | (_, _, true, false) if !open => Rendering::Hardened,
        (true, false, _, _) => Rendering::Softened,
        (_, _, false, true) if telling.run.len() * 2 > full.run.len() => Rendering::Softened,
        (_, _, _, _) => Rendering::Paraphrased,
    }
}
