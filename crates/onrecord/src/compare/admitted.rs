//! Finds who admits at last, or takes back, what he, or one who speaks for him, had denied or said.

use super::side::Side;
use super::words::lexicon;
use super::{Cx, Relation, RelationKind};
use crate::origin;
use crate::record::Place;
use crate::statement::Form;

/// How near an admission and what it takes back must be: both speak of one thing, one of them with a "not". The same as
/// for two tellings of one claim by one speaker.
const OF_ONE_THING: f64 = 0.33;

/// `compare/admitted`: of all that the admission takes back, the nearest.
pub(super) fn relate(cx: &Cx<'_>) -> Vec<Relation> {
    let admissions = cx.sides.iter().enumerate().filter(|(_, side)| admits(side));
    admissions.filter_map(|(at, side)| taken_back(cx, at, side).map(|before| admitted(cx, side, before))).collect()
}

fn admits(side: &Side<'_>) -> bool {
    let tokens = &side.reading.tokens;
    let owns_up = || side.statement.cue.iter().any(|cue| lexicon().admitting.find(tokens, tokens.within(*cue)).is_some());
    let takes_back = || side.statement.content.iter().any(|part| lexicon().taking_back.find(tokens, tokens.within(*part)).is_some());
    side.asserts() && (owns_up() || (side.statement.form == Form::Direct && takes_back()))
}

fn taken_back<'c, 'a>(cx: &'c Cx<'a>, at: usize, admission: &Side<'_>) -> Option<&'c Side<'a>> {
    let one_side = |side: &Side<'_>| admission.speaker.zip(side.speaker).is_some_and(|(a, b)| origin::is_one_side(cx.people, a, b));
    let says_no = |side: &Side<'_>| side.denies || side.negation.is_some();
    let fits = |side: &&Side<'_>| side.asserts() && cx.is_before(side, admission) && one_side(side) && says_no(side) != says_no(admission);
    let near = cx.index.candidates(&cx.sides, at).filter(fits).map(|side| (cx.index.by_words(admission, side), side));
    near.filter(|(near, _)| *near >= OF_ONE_THING).max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.told.cmp(&x.1.told))).map(|(_, side)| side)
}

fn admitted(cx: &Cx<'_>, admission: &Side<'_>, before: &Side<'_>) -> Relation {
    let name = admission.speaker.map_or("The speaker", |id| cx.people.layer[id].name.as_str());
    let words: Vec<Place> = admission.matter().into_iter().chain(before.matter()).collect();
    cx.pair(RelationKind::Supersedes, admission, before, "compare/admitted", words, format!("{name} admits later what was denied before."))
}
