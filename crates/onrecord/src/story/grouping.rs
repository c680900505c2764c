//! Joins documents into groups: the two groups that are nearest on average first, while that average is high enough.

use std::collections::BTreeMap;

/// The average nearness from which two groups are one story. Measured without giveme5w1h, on which it is reported: BCubed F1,
/// averaged over AllSides round-ups, FNC-1, NewsWCL50 and ECB+, is highest (.925 to .927) from 0.16 to 0.18; the low end, since
/// round-ups and rumours are narrower than stories.
pub(super) const JOIN: f64 = 0.16;

/// Groups `count` documents whose nearness is `near` (each pair under both its ends; what is missing is 0). Gives for every
/// document the first of its group. Documents must come in an order that is theirs, not that of arrival: ties go to the first.
pub(super) fn group(near: &[BTreeMap<usize, f64>]) -> Vec<usize> {
    let mut groups = Groups::new(near);
    while let Some((a, b)) = groups.nearest() {
        groups.join(a, b);
    }
    groups.first
}

/// Groups in the making, each named by its first document.
struct Groups {
    /// The group of each document.
    first: Vec<usize>,
    /// How many documents each has; 0 once it is joined to another.
    size: Vec<usize>,
    /// The sum of nearness to every other group, under both.
    sums: Vec<BTreeMap<usize, f64>>,
    /// For each group the nearest later one, with their average.
    best: Vec<Option<(f64, usize)>>,
}

impl Groups {
    fn new(near: &[BTreeMap<usize, f64>]) -> Groups {
        let count = near.len();
        let mut groups = Groups { first: (0..count).collect(), size: vec![1; count], sums: near.to_vec(), best: vec![None; count] };
        (0..count).for_each(|group| groups.look(group));
        groups
    }

    fn average(&self, a: usize, b: usize) -> f64 {
        self.sums[a].get(&b).map_or(0.0, |sum| sum / (self.size[a] * self.size[b]) as f64)
    }

    /// Finds the nearest later group of `group` anew.
    fn look(&mut self, group: usize) {
        let later = self.sums[group].range(group + 1..).map(|(other, _)| (self.average(group, *other), *other));
        self.best[group] = later.filter(|(average, _)| *average >= JOIN).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    }

    /// The two groups that are nearest, if near enough.
    fn nearest(&self) -> Option<(usize, usize)> {
        let pairs = self.best.iter().enumerate().filter_map(|(group, best)| best.map(|(average, other)| (average, group, other)));
        pairs.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2)))).map(|(_, a, b)| (a, b))
    }

    /// Joins the later group `b` to `a`.
    fn join(&mut self, a: usize, b: usize) {
        self.first.iter_mut().filter(|first| **first == b).for_each(|first| *first = a);
        self.size[a] += std::mem::take(&mut self.size[b]);
        self.best[b] = None;
        for (other, sum) in std::mem::take(&mut self.sums[b]) {
            self.sums[other].remove(&b);
            if other != a {
                *self.sums[a].entry(other).or_default() += sum;
                *self.sums[other].entry(a).or_default() += sum;
            }
        }
        self.look(a);
        // What is near a joined group on average was as near to one of its parts: no other group's nearest changes.
        let is_stale = |group: &usize| self.best[*group].is_some_and(|(_, other)| other == a || other == b);
        let stale: Vec<usize> = (0..b).filter(is_stale).collect();
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
        group(&near)
    }

    #[test]
    fn near_documents_are_grouped_and_a_chain_is_cut_where_it_is_thin() {
        assert_eq!(groups(3, &[(0, 1, 0.5), (1, 2, 0.1)]), [0, 0, 2]);
        assert_eq!(groups(4, &[(0, 1, 0.5), (2, 3, 0.4), (1, 2, 0.3)]), [0, 0, 2, 2]);
        assert_eq!(groups(3, &[(0, 2, 0.3), (1, 2, 0.3), (0, 1, 0.3)]), [0, 0, 0]);
        assert_eq!(groups(0, &[]), [0; 0]);
    }
}
