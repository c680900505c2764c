//! Finds whose words a writing holds that speaks: "Ode's letter said", "according to a statement from the board".

use super::Cx;
use super::join::Joins;
use super::look::Look;
use super::subject::{Found, can_speak};
use crate::lexicon::{self, Phrases, Words};
use crate::mention::words::{ends_phrase, is_determiner, words as mention_words};
use crate::mention::{MentionKind, MentionOf};
use crate::statement::{self, Statement};
use crate::text::Span;
use crate::token::TokenKind;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Lexicon {
    #[serde(deserialize_with = "lexicon::nouns")]
    by_name: Phrases,
    #[serde(deserialize_with = "lexicon::nouns")]
    issued: Phrases,
    made: Phrases,
    giving: Words,
}

fn words() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/issuer.toml")));
    &WORDS
}

/// Whoever issued the writing that is the source of a statement, where its cue gives words: `entity/issuer`.
pub(super) fn of_writing(cx: &Cx<'_>, looks: &[Look], joins: &Joins, statement: &Statement) -> Option<Found> {
    let source = cx.tokens.within(statement.source?);
    let head = *crate::mention::sides(cx.text(), cx.tokens, source.clone()).first()?;
    // "A study conducted by": the noun stands before what was done with it.
    let noun = if words().made.has(cx.tokens.lower(head)) { head.checked_sub(1).filter(|noun| *noun >= source.start)? } else { head };
    let is_issued = |phrases: &Phrases| (source.start..=noun).any(|at| phrases.at(cx.tokens, at) == Some(noun + 1 - at));
    let by_name = is_issued(&words().by_name);
    if !(by_name || is_issued(&words().issued)) || !statement.cue.iter().any(|cue| gives(cx, *cue)) {
        return None;
    }
    let look = owner(cx, looks, source.start..noun, by_name).or_else(|| author(cx, looks, noun + 1..source.end))?;
    let cluster = joins.of[look.at].filter(|cluster| can_speak(joins, *cluster))?;
    Some(Found { cluster, words: look.span, rule: "entity/issuer", why: "whose words it holds" })
}

fn gives(cx: &Cx<'_>, cue: Span) -> bool {
    statement::tells(cx.tokens, cue) || words().giving.find(cx.tokens, cx.tokens.within(cue)).is_some()
}

/// The only one named before the noun: "Mr. Ode's opening |statement", "his |remarks", "a brief Dorn Water Board |statement".
fn owner<'l>(cx: &Cx<'_>, looks: &'l [Look], before: Range<usize>, by_name: bool) -> Option<&'l Look> {
    let mut named = looks.iter().filter(|look| before.contains(&look.tokens.start) && look.tokens.end <= before.end && is_somebody(look));
    let first = named.next()?;
    let is_his = first.kind == MentionKind::Pronoun && mention_words().possessive.contains(cx.tokens.lower(first.tokens.start));
    let is_possessor = matches!(cx.tokens.lower(first.tokens.end), "'" | "’") && first.tokens.end < before.end;
    let is_body = by_name && first.kind == MentionKind::Name && first.of == MentionOf::Organization;
    (named.next().is_none() && (is_his || is_possessor || is_body)).then_some(first)
}

/// The one behind "by" or "from" right after the noun, where nothing goes on from his name: "|by Mayor Ode", "|issued by the board".
fn author<'l>(cx: &Cx<'_>, looks: &'l [Look], behind: Range<usize>) -> Option<&'l Look> {
    let comma = usize::from(cx.tokens.lower(behind.start) == ",");
    let is_made = words().made.has(cx.tokens.lower(behind.start + comma));
    let by = behind.start + if is_made { comma + 1 } else { 0 };
    if !matches!(cx.tokens.lower(by), "by" | "from") || !behind.contains(&by) {
        return None;
    }
    let start = by + 1 + usize::from(is_determiner(cx.tokens.lower(by + 1)));
    let opens = |look: &&Look| {
        let title = cx.mentions.as_slice()[look.at].title.map_or(look.tokens.start, |title| cx.tokens.within(title).start.min(look.tokens.start));
        (by + 1..=start).contains(&title) && look.tokens.end <= behind.end
    };
    let look = looks.iter().filter(|look| is_somebody(look) && look.kind != MentionKind::Pronoun).filter(opens).max_by_key(|look| look.tokens.len())?;
    let end = look.tokens.end;
    let closes = end == behind.end || ends_phrase(cx.tokens.lower(end)) || cx.tokens.kind(end) == TokenKind::Punctuation;
    (closes && !matches!(cx.tokens.lower(end), "'" | "’" | "-" | "and")).then_some(look)
}

fn is_somebody(look: &Look) -> bool {
    matches!(look.of, MentionOf::Person | MentionOf::Organization)
}
