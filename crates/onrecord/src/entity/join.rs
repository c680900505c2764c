//! The clusters while they grow.

use super::look::{Gender, Look, Role};
use crate::evidence::Evidence;
use crate::mention::words::Number;
use crate::text::Span;
use std::borrow::Cow;

/// What a growing cluster holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A named person.
    Person,
    /// People described, one or many.
    Described,
    /// A named or described body.
    Body,
    /// A body that has shown itself to be an outlet.
    Outlet,
    /// A place.
    Place,
    /// Any other thing.
    Thing,
}

/// Mentions that mean the same somebody, while they are being gathered.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub sort: Sort,
    /// Its mentions, as positions in the layer.
    pub mentions: Vec<usize>,
    /// The words of its fullest name.
    pub name: Vec<String>,
    pub gender: Option<Gender>,
    /// What the ending of its first name hints at, where nothing tells its gender.
    pub likely: Option<Gender>,
    pub number: Option<Number>,
    pub roles: Vec<Role>,
    pub evidence: Vec<Evidence>,
}

/// All clusters, and the cluster of each mention.
#[derive(Clone)]
pub(super) struct Joins {
    pub clusters: Vec<Cluster>,
    pub of: Vec<Option<usize>>,
}

impl Joins {
    pub(super) fn new(mentions: usize) -> Joins {
        Joins { clusters: Vec::new(), of: vec![None; mentions] }
    }

    /// Opens a cluster with one mention.
    pub(super) fn open(&mut self, sort: Sort, look: &Look) -> usize {
        let id = self.clusters.len();
        self.clusters.push(Cluster {
            sort,
            mentions: Vec::new(),
            name: look.words.clone(),
            gender: None,
            likely: None,
            number: look.number,
            roles: Vec::new(),
            evidence: Vec::new(),
        });
        self.put(id, look);
        id
    }

    /// Adds a mention to a cluster because of the rule `rule`, with the words it was matched with.
    pub(super) fn add(&mut self, id: usize, look: &Look, rule: &'static str, matched: Option<Span>, why: impl Into<Cow<'static, str>>) {
        let mut words: Vec<Span> = matched.into_iter().chain([look.span]).collect();
        words.sort();
        words.dedup();
        self.clusters[id].evidence.push(Evidence::rule("same", rule, words, why));
        self.put(id, look);
    }

    fn put(&mut self, id: usize, look: &Look) {
        let cluster = &mut self.clusters[id];
        cluster.mentions.push(look.at);
        cluster.gender = cluster.gender.or(look.gender);
        for role in look.titles.iter().chain(&look.role) {
            if !cluster.roles.contains(role) {
                cluster.roles.push(role.clone());
            }
        }
        self.of[look.at] = Some(id);
    }

    /// The last mention of a cluster that starts before the byte `at`.
    pub(super) fn last_before<'l>(&self, id: usize, looks: &'l [Look], at: usize) -> Option<&'l Look> {
        self.clusters[id].mentions.iter().map(|mention| &looks[*mention]).filter(|look| look.span.start() < at).max_by_key(|look| look.span.start())
    }

    /// Where a cluster begins.
    pub(super) fn first_at(&self, id: usize, looks: &[Look]) -> usize {
        self.clusters[id].mentions.iter().map(|mention| looks[*mention].span.start()).min().unwrap_or(usize::MAX)
    }
}
