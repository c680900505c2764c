//! Makes the finished entities: their names, kinds, aliases and roles.

use super::join::{Cluster, Joins, Sort};
use super::look::{Definite, Look};
use super::speaker::Voice;
use super::{Cx, Entities, Entity, EntityKind, Speaker};
use crate::line::one_line;
use crate::mention::words::{Number, ends_phrase, is_determiner, words};
use crate::mention::{MentionKind, MentionOf};
use crate::text::{Column, Id, Layer, Span};
use crate::token::TokenKind;

/// Freezes the clusters, in the order in which they first appear.
pub(super) fn finish(cx: &Cx<'_>, looks: &[Look], joins: Joins, voices: Vec<Voice>) -> Entities {
    let mut order: Vec<usize> = (0..joins.clusters.len()).collect();
    order.sort_by_key(|id| (joins.first_at(*id, looks), *id));
    let mut place = vec![0; order.len()];
    for (at, id) in order.iter().enumerate() {
        place[*id] = at;
    }
    let entities = order.iter().map(|id| entity(cx, looks, &joins.clusters[*id], &voices, *id)).collect();
    let of_mention = Column::over(cx.mentions, |id, _| joins.of[id.at()].map(|cluster| Id::new(place[cluster])));
    let mut voices = voices.into_iter();
    let speakers = Column::over(cx.statements, |_, _| {
        let voice = voices.next().unwrap_or_default();
        Speaker { entity: voice.cluster.map(|cluster| Id::new(place[cluster])), antecedent: voice.antecedent, evidence: voice.evidence }
    });
    Entities { layer: Layer::new(entities), of_mention, speakers }
}

fn entity(cx: &Cx<'_>, looks: &[Look], cluster: &Cluster, voices: &[Voice], id: usize) -> Entity {
    let mut mentions: Vec<usize> = cluster.mentions.clone();
    mentions.sort_unstable();
    let of_kind = |kind: MentionKind| mentions.iter().map(|at| &looks[*at]).filter(move |look| look.kind == kind);
    let names: Vec<Span> = of_kind(MentionKind::Name).map(|look| look.span).collect();
    let descriptions: Vec<Span> = of_kind(MentionKind::Description).map(|look| look.span).collect();
    let fullest = |spans: &[Span]| {
        spans
            .iter()
            .rev()
            .max_by_key(|span| {
                span.of(cx.text()).split_whitespace().count() * 2000
                    + if span.of(cx.text()).chars().any(char::is_lowercase) { 1000 } else { 0 }
                    + span.len().min(999)
            })
            .copied()
    };
    let described = || fullest(&descriptions).map(|span| whole(cx, span));
    let name = fullest(&names).or_else(described).map_or(String::new(), |span| one_line(span.of(cx.text())));
    let mut aliases: Vec<String> = Vec::new();
    for span in &names {
        let alias = one_line(span.of(cx.text()));
        if alias != name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    let speaks = voices.iter().any(|voice| voice.cluster == Some(id));
    let roles = roles(cx, looks, &mentions, names.is_empty());
    Entity {
        name,
        kind: kind(looks, cluster, speaks, &names),
        aliases,
        roles,
        mentions: mentions.into_iter().map(Id::new).collect(),
        evidence: cluster.evidence.clone(),
    }
}

/// A description as it is shown: without a possessive it opens with, and with the noun its last words call for where the encoder
/// ends too early: "people familiar with the [matter]".
fn whole(cx: &Cx<'_>, span: Span) -> Span {
    let tokens = cx.tokens.within(span);
    let possessive = matches!(cx.tokens.lower(tokens.start), "'" | "’") && cx.tokens.lower(tokens.start + 1) == "s" && tokens.len() > 2;
    let start = tokens.start + if possessive { 2 } else { 0 };
    let source = cx.statements.iter().filter_map(|statement| statement.source).find(|source| source.contains(span));
    let last = cx.tokens.lower(tokens.end - 1);
    let is_open = is_determiner(last) || ends_phrase(last);
    let end = source.filter(|_| is_open).map_or(tokens.end, |source| noun_end(cx, tokens.end, cx.tokens.within(source).end));
    cx.tokens.cover(start..end).unwrap_or(span)
}

/// Where the words end that go on from token `from` up to a mark or to what opens another phrase.
fn noun_end(cx: &Cx<'_>, from: usize, end: usize) -> usize {
    let stops = |at: &usize| cx.tokens.kind(*at) == TokenKind::Punctuation || ends_phrase(cx.tokens.lower(*at)) || is_determiner(cx.tokens.lower(*at));
    let first = from + usize::from(is_determiner(cx.tokens.lower(from)));
    (first..end).find(|at| stops(at)).unwrap_or(end)
}

fn roles(cx: &Cx<'_>, looks: &[Look], mentions: &[usize], unnamed: bool) -> Vec<String> {
    let mut roles: Vec<String> = Vec::new();
    for at in mentions {
        let titles = cx.mentions.as_slice()[*at].title.filter(|_| !looks[*at].titles.iter().all(|role| words().is_courtesy(&role.head)));
        let described = (looks[*at].is_description_of(MentionOf::Person) && !unnamed && looks[*at].role.is_some()).then_some(looks[*at].span);
        for span in titles.into_iter().chain(described) {
            let words = one_line(span.of(cx.text()));
            let role = words
                .split_once(' ')
                .filter(|(first, _)| matches!(first.to_lowercase().as_str(), "the" | "a" | "an" | "his" | "her" | "their" | "our" | "its"))
                .map_or(words.as_str(), |(_, rest)| rest)
                .to_owned();
            if !roles.iter().any(|known| known.eq_ignore_ascii_case(&role)) {
                roles.push(role);
            }
        }
    }
    roles
}

fn kind(looks: &[Look], cluster: &Cluster, speaks: bool, names: &[Span]) -> EntityKind {
    match cluster.sort {
        Sort::Person => EntityKind::Person,
        Sort::Outlet => EntityKind::Outlet,
        Sort::Body => EntityKind::Organization,
        Sort::Place if speaks => EntityKind::Organization,
        Sort::Thing if speaks && !names.is_empty() => EntityKind::Organization,
        Sort::Place | Sort::Thing => EntityKind::Thing,
        Sort::Described => described(looks, cluster),
    }
}

fn described(looks: &[Look], cluster: &Cluster) -> EntityKind {
    let words = words();
    let first = cluster.mentions.iter().map(|at| &looks[*at]).find(|look| look.kind == MentionKind::Description);
    let Some(first) = first else { return EntityKind::Group };
    let head = first.head();
    if cluster.number == Some(Number::One) {
        let office = first.definite != Definite::New && first.role.as_ref().is_some_and(|role| words.offices.contains(&role.head));
        return if office { EntityKind::Office } else { EntityKind::Anonymous };
    }
    if words.anonymous.has(head) { EntityKind::Anonymous } else { EntityKind::Group }
}
