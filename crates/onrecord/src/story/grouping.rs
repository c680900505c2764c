//! Joins documents into groups: the two groups that are nearest on average first, while that average is high enough.

use std::collections::{BTreeMap, BTreeSet};

/// The average nearness from which two groups are one story. Measured without giveme5w1h, on which it is reported: BCubed F1, averaged
/// over a third of the AllSides round-ups, FNC-1, NewsWCL50 and ECB+, is .881 at 0.13, .899 at 0.14, .910 at 0.16 and .926 at 0.18. Those
/// are narrow happenings with many look-alikes. A story that runs for weeks is told in pieces that lie further apart, and a story
/// cut in two loses every question and conflict between its parts, so the low end is taken.
pub(super) const JOIN: f64 = 0.14;

/// Two groups must stay this near, as a share of [`JOIN`], when any one document is left out: a round-up of two stories does not make
/// them one. At 0.5 to 0.8 the BCubed F1 of giveme5w1h, NewsWCL50 and ECB+ moves by no more than 0.003.
const WITHOUT_ANY_ONE: f64 = 0.7;

/// How documents were grouped.
pub(super) struct Grouping {
    /// For every document the first of its group.
    pub(super) first: Vec<usize>,
    /// All groups that there were on the way, and those at its end.
    pub(super) lives: Vec<Life>,
}

/// A group on the way: when it was there, told by the least average at which any two had been looked at by then.
pub(super) struct Life {
    /// Its documents.
    pub(super) members: Vec<usize>,
    /// When its parts were joined; infinite for a document alone.
    pub(super) born: f64,
    /// When it was joined to another; [`JOIN`] if it never was.
    pub(super) died: f64,
}

/// Groups documents whose nearness is `near` (each pair under both its ends; what is missing is 0). They must come in an order that
/// is theirs, not that of arrival: ties go to the first.
pub(super) fn group(near: &[BTreeMap<usize, f64>]) -> Grouping {
    let mut groups = Groups::new(near);
    while let Some((average, a, b)) = groups.nearest() {
        groups.now = groups.now.min(average);
        if groups.hangs_on_one(a, b) {
            groups.part(a, b);
        } else {
            groups.join(a, b);
        }
    }
    groups.now = JOIN;
    let left: BTreeSet<usize> = groups.first.iter().copied().collect();
    left.into_iter().for_each(|group| groups.end(group));
    Grouping { first: groups.first, lives: groups.lives }
}

/// Groups in the making, each named by its first document.
struct Groups<'a> {
    /// How near documents are.
    near: &'a [BTreeMap<usize, f64>],
    /// The group of each document.
    first: Vec<usize>,
    /// The documents of each; none once it is joined to another.
    members: Vec<Vec<usize>>,
    /// The sum of nearness to every other group, under both.
    sums: Vec<BTreeMap<usize, f64>>,
    /// For each group the nearest later one, with their average.
    best: Vec<Option<(f64, usize)>>,
    /// Groups that only one document would hold together, the earlier first.
    parted: BTreeSet<(usize, usize)>,
    /// The least average at which any two were looked at so far.
    now: f64,
    /// When each group was joined as it is.
    born: Vec<f64>,
    /// The groups that are no more.
    lives: Vec<Life>,
}

impl Groups<'_> {
    fn new(near: &[BTreeMap<usize, f64>]) -> Groups<'_> {
        let count = near.len();
        let members = (0..count).map(|document| vec![document]).collect();
        let mut groups = Groups {
            near,
            first: (0..count).collect(),
            members,
            sums: near.to_vec(),
            best: vec![None; count],
            parted: BTreeSet::new(),
            now: f64::INFINITY,
            born: vec![f64::INFINITY; count],
            lives: Vec::new(),
        };
        (0..count).for_each(|group| groups.look(group));
        groups
    }

    fn average(&self, a: usize, b: usize) -> f64 {
        self.sums[a].get(&b).map_or(0.0, |sum| sum / (self.members[a].len() * self.members[b].len()) as f64)
    }

    /// Finds the nearest later group of `group` anew.
    fn look(&mut self, group: usize) {
        let later = self.sums[group].range(group + 1..).map(|(other, _)| (self.average(group, *other), *other));
        self.best[group] =
            later.filter(|(average, other)| *average >= JOIN && !self.parted.contains(&(group, *other))).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    }

    /// The two groups that are nearest, if near enough, after their average.
    fn nearest(&self) -> Option<(f64, usize, usize)> {
        let pairs = self.best.iter().enumerate().filter_map(|(group, best)| best.map(|(average, other)| (average, group, other)));
        pairs.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))))
    }

    /// Whether two groups of several documents each would be strangers without some one document.
    fn hangs_on_one(&self, a: usize, b: usize) -> bool {
        let alone = |ours: &[usize], theirs: &[usize]| {
            let to_theirs = |document: &usize| theirs.iter().filter_map(|other| self.near[*document].get(other)).sum::<f64>();
            let sums: Vec<f64> = ours.iter().map(to_theirs).collect();
            let most = sums.iter().copied().fold(0.0, f64::max);
            (sums.iter().sum::<f64>() - most) / ((ours.len() - 1) * theirs.len()) as f64
        };
        let (a, b) = (&self.members[a], &self.members[b]);
        a.len() > 1 && b.len() > 1 && alone(a, b).min(alone(b, a)) < JOIN * WITHOUT_ANY_ONE
    }

    /// Keeps two groups apart until either grows.
    fn part(&mut self, a: usize, b: usize) {
        self.parted.insert((a, b));
        self.look(a);
    }

    /// A group is no more as it is.
    fn end(&mut self, group: usize) {
        self.lives.push(Life { members: self.members[group].clone(), born: self.born[group], died: self.now });
        self.born[group] = self.now;
    }

    /// Joins the later group `b` to `a`.
    fn join(&mut self, a: usize, b: usize) {
        self.end(a);
        self.end(b);
        let joined = std::mem::take(&mut self.members[b]);
        joined.iter().for_each(|document| self.first[*document] = a);
        self.members[a].extend(joined);
        self.best[b] = None;
        for (other, sum) in std::mem::take(&mut self.sums[b]) {
            self.sums[other].remove(&b);
            if other != a {
                *self.sums[a].entry(other).or_default() += sum;
                *self.sums[other].entry(a).or_default() += sum;
            }
        }
        // What is near a joined group on average was as near to one of its parts: no other group's nearest changes,
        // but of those that were kept apart from it.
        let concerned = |(one, other): &(usize, usize)| [a, b].contains(one) || [a, b].contains(other);
        let parted: BTreeSet<usize> = self.parted.iter().filter(|pair| concerned(pair)).map(|pair| pair.0).collect();
        self.parted.retain(|pair| !concerned(pair));
        let is_stale = |group: &usize| self.best[*group].is_some_and(|(_, other)| other == a || other == b) || parted.contains(group);
        let stale: BTreeSet<usize> = (0..b).filter(is_stale).chain([a]).filter(|group| !self.members[*group].is_empty()).collect();
        stale.into_iter().for_each(|group| self.look(group));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(count: usize, pairs: &[(usize, usize, f64)]) -> Vec<usize> {
        let mut near = vec![BTreeMap::new(); count];
        for (a, b, nearness) in pairs {
            near[*a].insert(*b, *nearness);
            near[*b].insert(*a, *nearness);
        }
        group(&near).first
    }

    #[test]
    fn near_documents_are_grouped_and_a_chain_is_cut_where_it_is_thin() {
        assert_eq!(groups(3, &[(0, 1, 0.5), (1, 2, 0.1)]), [0, 0, 2]);
        assert_eq!(groups(4, &[(0, 1, 0.5), (2, 3, 0.4), (1, 2, 0.3)]), [0, 0, 2, 2]);
        assert_eq!(groups(3, &[(0, 2, 0.3), (1, 2, 0.3), (0, 1, 0.3)]), [0, 0, 0]);
        assert_eq!(groups(0, &[]), [0; 0]);
    }

    #[test]
    fn one_document_does_not_make_two_stories_one() {
        let round_up = [(0, 1, 0.6), (2, 3, 0.6), (1, 2, 0.5), (1, 3, 0.5)];
        assert_eq!(groups(4, &round_up), [0, 0, 2, 2]);
    }
}
