//! Gives descriptions of people their names: by apposition, by role, by "the official".

use super::Cx;
use super::body;
use super::join::{Joins, Sort};
use super::look::{Definite, Look, Role};
use crate::mention::words::{Number, words};
use crate::mention::{MentionKind, MentionOf};
use crate::text::Span;

/// How many paragraphs back "the official" or a role anybody can have ("the lawyer") may mean somebody.
const NEAR: usize = 2;
/// How many paragraphs ahead who holds an office may be named: "The mayor spoke on Monday. … Mayor Ode".
const LATER: usize = 3;
/// How many paragraphs ahead the spokesman of a lead is named with his rank.
const AHEAD: usize = 2;

/// Joins a description with the name it stands beside: `entity/apposition`.
pub(super) fn join_appositions(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins) {
    for look in looks.iter().filter(|look| look.kind == MentionKind::Description) {
        let is_named = |name: &&Look| name.kind == MentionKind::Name && joins.of[name.at].is_some();
        let beside = looks.iter().filter(is_named).find(|name| stands_beside(cx, look, name) || is_apposed(cx, looks, look, name));
        let name = beside.or_else(|| looks.iter().filter(is_named).find(|name| closes_source(cx, looks, look, name)));
        if let Some((name, id)) = name.and_then(|name| Some((name, joins.of[name.at]?))) {
            joins.add(id, look, "entity/apposition", Some(name.span), "they stand beside each other");
        }
    }
}

fn stands_beside(cx: &Cx<'_>, look: &Look, name: &Look) -> bool {
    if look.span.contains(name.span) && look.span.end() == name.span.end() {
        // "Ode's attorney, Ilse Varga": the name behind a comma is whom the phrase describes.
        let title = cx.mentions.as_slice()[name.at].title.map(|title| cx.tokens.within(title).start);
        let start = title.filter(|start| *start > look.tokens.start).unwrap_or(name.tokens.start).min(name.tokens.start);
        let is_set_off = start > look.tokens.start && cx.tokens.before(start, 1) == ",";
        if is_set_off && name.of == MentionOf::Person && look.of != MentionOf::Organization && look.number != Some(Number::Many) {
            return true;
        }
        // "the newspaper Chosun Ode": the phrase ends with the name.
        if is_of_the_named(cx, look, name) {
            return false;
        }
        let titled = look.of == MentionOf::Person && name.of == MentionOf::Person && name.tokens.start > look.tokens.start && {
            let before = cx.tokens.lower(name.tokens.start - 1);
            words().people.has(before) || words().is_title(before) || cx.tokens.is_capitalised(cx.text(), name.tokens.start - 1)
        };
        return titled
            || look.tokens.clone().all(|at| at >= name.tokens.start || !crate::mention::words::ends_phrase(cx.tokens.lower(at)) && cx.tokens.lower(at) != ",");
    }
    if look.of == MentionOf::Organization && name.of == MentionOf::Organization && look.span.contains(name.span) {
        // "the Yonder news agency": the name, then only nouns for an outlet.
        return is_outlet_phrase(cx, name.tokens.end..look.tokens.end);
    }
    let title = cx.mentions.as_slice()[name.at].title;
    // "Mr. Ode's lawyer" begins with Ode's title and goes on to somebody else.
    let is_of_the_owned = look.tokens.contains(&name.tokens.end) && matches!(cx.tokens.lower(name.tokens.end), "'" | "’" | ",");
    if look.of == MentionOf::Person && title.is_some_and(|title| title.start() == look.span.start()) && !is_of_the_owned {
        return true;
    }
    if look.of == MentionOf::Person && name.of == MentionOf::Person && look.number != Some(Number::Many) && is_named_in_source(cx, look, name) {
        return true;
    }
    let touching = look.tokens.end == name.tokens.start && look.of == name.of && look.of == MentionOf::Organization;
    touching && look.number == Some(Number::One)
}

/// "Gen. Tam Ode, the spokesman of the navy, left": the apposition of a name that has its title before it.
fn is_apposed(cx: &Cx<'_>, looks: &[Look], look: &Look, name: &Look) -> bool {
    let is_titled = cx.mentions.as_slice()[name.at].title.is_some_and(|title| title.start() < name.span.start());
    if !is_titled || look.of != MentionOf::Person || name.of != MentionOf::Person || look.tokens.start != name.tokens.end + 1 {
        return false;
    }
    let mut names = vec![false; cx.tokens.len()];
    for person in looks.iter().filter(|other| other.kind == MentionKind::Name && other.of == MentionOf::Person) {
        names[person.tokens.clone()].fill(true);
    }
    // "Backing Gen. Ode, the spokesman announced": what nothing closes is the next subject.
    let is_closed = cx.tokens.kind(look.tokens.end.min(cx.tokens.len() - 1)) == crate::token::TokenKind::Punctuation;
    is_closed && crate::mention::apposition(cx.text(), cx.tokens, name.tokens.end, &names).is_some_and(|apposition| apposition.start == look.tokens.start)
}

/// "The skipper of the Lady Ode", "a friend of President Ode": the title before the name belongs to it, and both to somebody else.
fn is_of_the_named(cx: &Cx<'_>, look: &Look, name: &Look) -> bool {
    let is_title = |at: &usize| words().people.has(cx.tokens.lower(*at)) || words().is_title(cx.tokens.lower(*at));
    let titles = (look.tokens.start..name.tokens.start).rev().take_while(is_title).count();
    let before = |at: usize| at.checked_sub(1).filter(|before| *before >= look.tokens.start).map(|before| cx.tokens.lower(before));
    let title = cx.mentions.as_slice()[name.at].title.map(|title| cx.tokens.within(title).start);
    let start = title.unwrap_or(usize::MAX).min(name.tokens.start - titles.min(name.tokens.start));
    let is_titled = start < name.tokens.start;
    let start = if before(start) == Some("the") { start - 1 } else { start };
    is_titled && before(start).is_some_and(crate::mention::words::ends_phrase)
}

/// Words of a title between a description and the name that follows it.
const LONGEST_TITLE: usize = 4;

/// "Ode's niece, state delegate Mara Varga, said": within one source a comma, a title and the name follow the description.
fn is_named_in_source(cx: &Cx<'_>, look: &Look, name: &Look) -> bool {
    if name.tokens.start <= look.tokens.end || name.tokens.start - look.tokens.end > LONGEST_TITLE + 1 || cx.tokens.lower(look.tokens.end) != "," {
        return false;
    }
    let is_joint =
        |at: usize| matches!(cx.tokens.lower(at), "," | "and" | "or" | "but" | "that" | "told") || crate::mention::words::ends_phrase(cx.tokens.lower(at));
    let owns = name.tokens.end < cx.tokens.len() && cx.tokens.lower(name.tokens.end).starts_with(['\'', '’']);
    let sources = cx.statements.iter().filter_map(|statement| statement.source);
    !owns
        && !(look.tokens.end + 1..name.tokens.start).any(is_joint)
        && sources.into_iter().any(|source| source.contains(look.span) && source.contains(name.span))
}

/// The longest source that is named at its end, in tokens.
const LONGEST_SOURCE: usize = 24;

/// "The head of the board's free-trade zone, Mara Varga, said": a source that opens with a description and closes with a comma and a name.
fn closes_source(cx: &Cx<'_>, looks: &[Look], look: &Look, name: &Look) -> bool {
    let is_person = |look: &Look| look.of == MentionOf::Person;
    if !is_person(look) || !is_person(name) || look.number == Some(Number::Many) || name.tokens.start <= look.tokens.end {
        return false;
    }
    let between = look.tokens.end..name.tokens.start - 1;
    let is_relative = |at: usize| matches!(cx.tokens.lower(at), "who" | "whom" | "whose" | "which" | "that" | "," | ";");
    // "A lawyer for the mayor, Tom Ode": the mayor may be meant.
    let may_be_another = |other: &Look| other.kind == MentionKind::Description && is_person(other) && between.contains(&other.tokens.start);
    let is_whole = |source: Span| {
        let tokens = cx.tokens.within(source);
        let end = tokens.clone().rev().find(|at| !matches!(cx.tokens.lower(*at), "," | "."));
        tokens.len() <= LONGEST_SOURCE && tokens.start == look.tokens.start && end == Some(name.tokens.end - 1)
    };
    cx.tokens.lower(between.end) == ","
        && !between.clone().any(is_relative)
        && !looks.iter().any(may_be_another)
        && cx.statements.iter().filter_map(|statement| statement.source).any(is_whole)
}

fn is_outlet_phrase(cx: &Cx<'_>, tokens: std::ops::Range<usize>) -> bool {
    let outlet = |at: usize| words().outlets.has(cx.tokens.lower(at)) || matches!(cx.tokens.lower(at), "news" | "daily");
    !tokens.is_empty() && tokens.into_iter().all(outlet)
}

/// Joins every other description with somebody, or opens an entity for it.
pub(super) fn join_roles(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins) {
    for look in looks.iter().filter(|look| look.kind == MentionKind::Description) {
        if joins.of[look.at].is_some() {
            continue;
        }
        match look.of {
            MentionOf::Organization | MentionOf::Person if body::is_work(cx, look) => body::join_work(cx, looks, joins, look),
            MentionOf::Organization => {
                body::join_description(cx, looks, joins, look);
            }
            MentionOf::Person => person(cx, looks, joins, look),
            MentionOf::Place | MentionOf::Other => body::join_work(cx, looks, joins, look),
        }
    }
}

fn person(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins, look: &Look) {
    let found = match (look.definite, look.number) {
        (Definite::Known | Definite::Possessed, Some(Number::One)) => by_role(looks, joins, look).or_else(|| again(looks, joins, look)),
        (Definite::Known, _) => again(looks, joins, look),
        (Definite::New, Some(Number::One)) => named_later(cx, looks, joins, look),
        (Definite::New | Definite::Possessed, _) => None,
    };
    match found {
        Some((id, rule, why)) => {
            let matched: Option<Span> = joins.last_before(id, looks, look.span.start()).map(|other| other.span);
            joins.add(id, look, rule, matched, why);
        }
        None => {
            joins.open(Sort::Described, look);
        }
    }
}

type Found = (usize, &'static str, String);

/// The named person who holds the role: `entity/role`.
fn by_role(looks: &[Look], joins: &Joins, look: &Look) -> Option<Found> {
    let role = look.role.as_ref()?;
    if look.words.iter().any(|word| words().ordinals.contains(word)) {
        return None;
    }
    let at = look.span.start();
    let near = |id: usize| joins.last_before(id, looks, at).is_some_and(|other| other.paragraph + NEAR >= look.paragraph);
    let is_office = words().offices.contains(&role.head) || words().spokespeople.has(&role.head);
    let named = |id: usize| joins.clusters[id].mentions.iter().map(|other| looks[*other].paragraph).min().unwrap_or_default();
    let holds = |id: &usize| {
        joins.clusters[*id].sort == Sort::Person
            && named(*id) <= look.paragraph + LATER
            && joins.clusters[*id].roles.iter().any(|held| same_role(role, held))
            && !clashes(look, joins, *id)
            && (is_office || near(*id))
    };
    let holders: Vec<usize> = (0..joins.clusters.len()).filter(holds).collect();
    let exact = |id: &&usize| {
        joins.clusters[**id].roles.iter().any(|held| held.head == role.head && held.is_former == role.is_former && held.modifiers.len() == role.modifiers.len())
    };
    let best: Vec<usize> = if holders.iter().any(|id| exact(&id)) { holders.iter().filter(exact).copied().collect() } else { holders.clone() };
    let id = match best.as_slice() {
        [] => return None,
        [only] => *only,
        [_, _, ..] => nearest_alone(looks, joins, look, &best)?,
    };
    let others: Vec<String> = holders.iter().filter(|other| **other != id).map(|other| joins.clusters[*other].name.join(" ")).collect();
    let why =
        if others.is_empty() { format!("holds the role {}", role.head) } else { format!("holds the role {}; passed over: {}", role.head, others.join(", ")) };
    Some((id, "entity/role", why))
}

/// The holder mentioned last, if no other has been mentioned in this paragraph or the one before; else one mentioned far more often.
fn nearest_alone(looks: &[Look], joins: &Joins, look: &Look, holders: &[usize]) -> Option<usize> {
    let near: Vec<usize> = holders
        .iter()
        .copied()
        .filter(|id| joins.last_before(*id, looks, look.span.start()).is_some_and(|other| other.paragraph + 1 >= look.paragraph))
        .collect();
    if let [only] = near.as_slice() {
        return Some(*only);
    }
    let among = if near.is_empty() { holders } else { &near };
    let most = *among.iter().max_by_key(|id| joins.clusters[**id].mentions.len())?;
    let count = |id: usize| joins.clusters[id].mentions.len();
    among.iter().all(|id| *id == most || count(*id) * 2 <= count(most)).then_some(most)
}

fn same_role(asked: &Role, held: &Role) -> bool {
    let words = words();
    let same_head = asked.head == held.head
        || words.spokespeople.has(&asked.head) && held.is_spokesperson()
        || asked.is_spokesperson() && words.spokespeople.has(&held.head);
    same_head && asked.is_former == held.is_former && asked.modifiers.iter().all(|word| held.modifiers.contains(word))
}

fn clashes(look: &Look, joins: &Joins, id: usize) -> bool {
    matches!((look.gender, joins.clusters[id].gender), (Some(one), Some(other)) if one != other)
}

/// The described people meant again: "the official", "both sources", the same definite words: `entity/described-again`.
fn again(looks: &[Look], joins: &Joins, look: &Look) -> Option<Found> {
    let words = words();
    let head = look.head();
    let at = look.span.start();
    let ordinal = look.words.iter().any(|word| words.ordinals.contains(word));
    let described = |id: &usize| joins.clusters[*id].sort == Sort::Described && !clashes(look, joins, *id);
    let same_words = |id: &usize| {
        joins.clusters[*id]
            .mentions
            .iter()
            .any(|other| looks[*other].definite == look.definite && looks[*other].words == look.words && looks[*other].number == look.number)
    };
    let office = look.definite == Definite::Known && (look.words.len() > 1 || words.offices.contains(head));
    let last = |id: &usize| joins.last_before(*id, looks, at).map(|other| other.span.start());
    if look.is_both {
        let two = |id: &usize| {
            described(id) && last(id).is_some() && joins.clusters[*id].mentions.iter().any(|other| looks[*other].is_two && looks[*other].head() == head)
        };
        return (0..joins.clusters.len()).filter(two).max_by_key(last).map(|id| (id, "entity/described-again", "the two of the noun".to_owned()));
    }
    if let Some(id) = (0..joins.clusters.len()).filter(|id| office && described(id) && same_words(id)).max_by_key(last) {
        return Some((id, "entity/same-description", "the same definite words".to_owned()));
    }
    if look.definite != Definite::Known || ordinal || look.words.len() > 1 {
        return None;
    }
    let same_noun = |id: &usize| {
        let other = joins.last_before(*id, looks, at);
        other.is_some_and(|other| other.paragraph + NEAR >= look.paragraph)
            && joins.clusters[*id].number == look.number
            && joins.clusters[*id].mentions.iter().any(|other| looks[*other].head() == head)
            && (look.number == Some(Number::Many) || words.anaphoric.contains(head))
    };
    let candidates: Vec<usize> = (0..joins.clusters.len()).filter(|id| described(id) && same_noun(id)).collect();
    match candidates.as_slice() {
        [id] => Some((*id, "entity/described-again", "the only one of the noun near by".to_owned())),
        [] | [_, _, ..] => None,
    }
}

/// The spokesman of a lead who is named further on, by the same role or with his rank: `entity/named-later`.
fn named_later(cx: &Cx<'_>, looks: &[Look], joins: &Joins, look: &Look) -> Option<Found> {
    let role = look.role.as_ref().filter(|role| role.is_spokesperson() && !role.is_former)?;
    if look.words.iter().any(|word| words().ordinals.contains(word)) {
        return None;
    }
    let at = look.span.start();
    let later = |id: &usize| joins.clusters[*id].sort == Sort::Person && joins.first_at(*id, looks) > at && !clashes(look, joins, *id);
    let shares = |held: &Role| held.is_spokesperson() && (same_body(role, held) || held.modifiers.is_empty() || role.modifiers.is_empty());
    let by_role: Vec<usize> = (0..joins.clusters.len()).filter(|id| later(id) && joins.clusters[*id].roles.iter().any(shares)).collect();
    match by_role.as_slice() {
        [id] => return Some((*id, "entity/named-later", "named further on with the same role".to_owned())),
        [_, _, ..] => return None,
        [] => {}
    }
    let next = looks.iter().find(|other| other.span.start() > at && other.is_name_of(MentionOf::Person))?;
    let id = joins.of[next.at].filter(|id| later(id))?;
    let first = cx.mentions.as_slice()[next.at].title.map_or(next.span, |title| title.cover(next.span));
    let opens = cx.sentences.iter().any(|sentence| sentence.span.start() == first.start());
    let ranked = next.titles.iter().any(|held| words().ranks.contains(&held.head)) && next.titles.iter().all(|held| words().ranks.contains(&held.head));
    let close = next.paragraph > look.paragraph && next.paragraph <= look.paragraph + AHEAD;
    (opens && ranked && close && !look.source_of.is_empty())
        .then(|| (id, "entity/named-later", "the next person named, with a rank and no other office".to_owned()))
}

/// Whether two spokespeople's roles share a word that tells the body: "White House", "ministry".
fn same_body(one: &Role, other: &Role) -> bool {
    one.modifiers.iter().any(|word| other.modifiers.contains(word) && word != "press")
}
