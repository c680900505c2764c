//! Joins tellings along their ties, strongest first, and never across what cannot be one act of speaking.

use super::speaker::{self, Speakers};
use super::tie::{Cx, Days, SAME_MEANING, Tie, counts_clash, days};
use crate::entity::EntityKind;
use std::collections::BTreeSet;

/// Tellings of one act of speaking.
pub(super) struct Group {
    /// Their positions, in order.
    pub(super) members: Vec<usize>,
    /// Those of them that only hand on what another says.
    pub(super) relays: BTreeSet<usize>,
    /// The ties that joined them.
    pub(super) ties: Vec<Tie>,
}

/// Groups all tellings; what nothing ties stands alone. In the order of the first member.
pub(super) fn groups(cx: &Cx<'_>, mut ties: Vec<Tie>) -> Vec<Group> {
    ties.sort_by(|x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
    let alone = |at| Some(Group { members: vec![at], relays: BTreeSet::new(), ties: Vec::new() });
    let mut groups: Vec<Option<Group>> = (0..cx.tellings.len()).map(alone).collect();
    let mut of: Vec<usize> = (0..groups.len()).collect();
    for tie in ties {
        let (into, from) = (of[tie.a].min(of[tie.b]), of[tie.a].max(of[tie.b]));
        if into == from {
            continue;
        }
        let is_one = match (&groups[into], &groups[from]) {
            (Some(one), Some(other)) => may_join(cx, one, other, &tie),
            (None, _) | (_, None) => false,
        };
        let Some(gone) = groups[from].take_if(|_| is_one) else { continue };
        gone.members.iter().for_each(|at| of[*at] = into);
        let group = groups[into].as_mut().expect("a group that members point at is there");
        group.members.extend(gone.members);
        group.members.sort_unstable();
        group.relays.extend(gone.relays.into_iter().chain(tie.relay));
        group.ties.extend(gone.ties.into_iter().chain([tie]));
    }
    groups.into_iter().flatten().collect()
}

/// Pairs looked at before two groups are joined; larger ones are judged by their first members.
const WITNESSES: usize = 40;

/// Whether likeness alone would give a person words that the text gives to nobody.
fn puts_into_a_mouth(cx: &Cx<'_>, one: &Group, other: &Group, tie: &Tie) -> bool {
    let voice = |at: usize| &cx.tellings[at].voice;
    let by_likeness = tie.rule == SAME_MEANING && speaker::compare(voice(tie.a), voice(tie.b)) == Speakers::Unknown;
    by_likeness && one.members.iter().chain(&other.members).any(|at| voice(*at).is_named_person())
}

/// Whether no two members clash: two people, two bodies, two days, two numbers of one thing.
fn may_join(cx: &Cx<'_>, one: &Group, other: &Group, tie: &Tie) -> bool {
    if puts_into_a_mouth(cx, one, other, tie) {
        return false;
    }
    let relays: BTreeSet<usize> = one.relays.iter().chain(&other.relays).copied().chain(tie.relay).collect();
    let pairs = one.members.iter().take(WITNESSES).flat_map(|a| other.members.iter().take(WITNESSES).map(move |b| (*a, *b)));
    !pairs.into_iter().any(|(a, b)| {
        let (x, y) = (&cx.tellings[a], &cx.tellings[b]);
        let handed_on = relays.contains(&a) || relays.contains(&b);
        let two_people = [x, y].iter().all(|telling| telling.voice.kind == Some(EntityKind::Person));
        let two_voices = speaker::compare(&x.voice, &y.voice) == Speakers::Apart && (!handed_on || two_people);
        let two_days = days(x.days.as_ref(), y.days.as_ref()) == Days::Apart && !handed_on;
        let two_numbers = x.told.document != y.told.document && counts_clash(x, y);
        two_voices || two_days || two_numbers
    })
}
