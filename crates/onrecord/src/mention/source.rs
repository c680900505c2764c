//! Gives every source a mention of its own, so that somebody can be told to speak.

use super::words::{ends_phrase, is_determiner, words};
use super::{Cx, Draft, MentionKind, MentionOf, before_possessive, title};
use crate::reader::Role;
use std::ops::Range;

/// Adds a mention for each side of each source whose noun no mention covers: `mention/source`.
pub(super) fn add(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    let mut known = super::covered(cx, drafts, |_| true);
    // In "Secretary of State Jon Ode" the name stands for the noun.
    let names = drafts.iter().filter(|draft| draft.kind == MentionKind::Name && draft.of == MentionOf::Person);
    names.filter_map(|draft| title::before(cx, draft.tokens.start)).for_each(|title| known[title].fill(true));
    let readouts = std::iter::successors(Some(cx.readout), |readout| readout.nested.as_deref());
    let parts = readouts.flat_map(|readout| &readout.parts);
    for part in parts.filter(|part| part.role == Role::Source && !part.tokens.is_empty() && part.tokens.end <= cx.tokens.len()) {
        for side in sides(cx, part.tokens.clone()) {
            let Some(head) = head(cx, side.clone()) else { continue };
            if known[head] {
                continue;
            }
            if let Some(draft) = name(cx, side.clone(), head).or_else(|| describe(cx, side, head)) {
                known[draft.tokens.clone()].fill(true);
                drafts.push(draft);
            }
        }
    }
}

/// The head token of each side of a source.
pub(super) fn heads(cx: &Cx<'_>, source: Range<usize>) -> Vec<usize> {
    sides(cx, source).into_iter().filter_map(|side| head(cx, side)).collect()
}

/// The sides of "Ode and her lawyers": cut at an "and" before a capital, a determiner or a noun for people.
fn sides(cx: &Cx<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut sides = Vec::new();
    let mut start = range.start;
    for at in range.clone() {
        if at > range.start && ends_phrase(cx.tokens.lower(at)) {
            break;
        }
        let next = cx.tokens.lower(at + 1);
        let another = cx.is_capitalised(at + 1) || is_determiner(next) || words().people.has(next);
        if matches!(cx.tokens.lower(at), "and" | "&" | "or") && another && at > start && at + 1 < range.end && holds_name_or_noun(cx, start..at) {
            sides.push(start..at);
            start = at + 1;
        }
    }
    sides.push(start..range.end);
    sides
}

/// "Health and Human Services" is one: before the "and" there must be a person's noun, a pronoun, a determiner, or lower case after.
fn holds_name_or_noun(cx: &Cx<'_>, side: Range<usize>) -> bool {
    let last = cx.tokens.lower(side.end - 1);
    let body = words().is_body(last) || words().modifiers.contains(last);
    !body || is_determiner(cx.tokens.lower(side.end + 1))
}

/// The token on which a source rests: the last before a preposition, a relative or a comma.
fn head(cx: &Cx<'_>, side: Range<usize>) -> Option<usize> {
    let stop = |at: usize| {
        at > side.start
            && !(opens_acronym(cx, at) && at + 3 < side.end)
            && (ends_phrase(cx.tokens.lower(at)) && !is_in_a_body_name(cx, at, side.end) && !is_compound(cx, at)
                || matches!(cx.tokens.lower(at), "," | "(" | ":" | "—" | "–" | "“" | "\""))
    };
    let mut end = side.clone().find(|at| stop(*at)).unwrap_or(side.end);
    if let Some(day) =
        (side.start + 1..end).find(|at| cx.is_capitalised(*at) && cx.tokens.lower(*at).ends_with("day") && super::words::is_weekday(cx.tokens.lower(*at)))
    {
        // "A report published Monday", "an indictment made public Friday": the day and what was done on it are no part of the noun.
        let is_done =
            |at: usize| cx.tokens.lower(at).ends_with("ed") || matches!(cx.tokens.lower(at), "early" | "late" | "later" | "made" | "on" | "public" | "sent");
        end = (side.start + 1..day).rev().find(|at| !is_done(*at)).map_or(day, |last| last + 1);
    }
    while end > side.start && cx.tokens.kind(end - 1) == crate::token::TokenKind::Punctuation {
        end -= 1;
    }
    end = before_possessive(cx.tokens, side.start..end).end;
    (end > side.start).then(|| end - 1)
}

/// "The Harrow-based firm": what is glued to a hyphen goes on.
fn is_compound(cx: &Cx<'_>, at: usize) -> bool {
    cx.tokens.before(at, 1) == "-" && cx.is_glued(at - 1)
}

/// "A Department of Dams official": the "of" belongs to the name before a noun for people.
fn is_in_a_body_name(cx: &Cx<'_>, at: usize, end: usize) -> bool {
    let goes_on = |at: &usize| cx.is_capitalised(*at) || matches!(cx.tokens.lower(*at), "of" | "the" | "and" | "for" | "&");
    let behind = (at + 1..end).find(|at| !goes_on(at)).unwrap_or(end);
    cx.is_capitalised(at - 1) && cx.is_capitalised(behind - 1) && behind > at + 1 && behind < end && words().people.has(cx.tokens.lower(behind))
}

/// A run of capitals that ends at the head is a name.
fn name(cx: &Cx<'_>, side: Range<usize>, head: usize) -> Option<Draft> {
    let words = words();
    let from = side.start;
    let noun = cx.tokens.lower(head);
    let opens_sentence = head == from && (head == 0 || matches!(cx.tokens.before(head, 1), "." | "!" | "?" | "”" | "\"") || cx.breaks_after(head - 1));
    if !cx.is_capitalised(head)
        || words.people.has(noun)
        || words.works.has(noun)
        || words.is_pronoun(noun) && !is_acronym(cx, head)
        || words.is_body(noun) && head == from
        || opens_sentence && (words.general_media.contains(noun) || side.end > head + 1 && super::words::ends_phrase(cx.tokens.lower(head + 1)))
    {
        return None;
    }
    let mut start = head;
    while start > from
        && (cx.is_capitalised(start - 1)
            || matches!(cx.tokens.lower(start - 1), "-" | "." | "&" | "of" | "the" | "for") && start >= from + 2 && cx.is_capitalised(start - 2))
    {
        start -= 1;
    }
    while start < head && (is_determiner(cx.tokens.lower(start)) || words.is_title(cx.tokens.lower(start)) || cx.tokens.lower(start) == ".") {
        start += 1;
    }
    let of =
        if words.is_body(noun) || words.outlet_names.contains(noun) || words.suffixes.contains(noun) { MentionOf::Organization } else { MentionOf::Person };
    Some(Draft::by_rule(start..head + 1, MentionKind::Name, of))
}

fn is_acronym(cx: &Cx<'_>, at: usize) -> bool {
    let word = cx.tokens.span(at).of(cx.text);
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

/// "The Harrow Aid Office |(|HAO) chief": an acronym in brackets, which interrupts nothing.
pub(super) fn opens_acronym(cx: &Cx<'_>, at: usize) -> bool {
    at + 2 < cx.tokens.len() && cx.tokens.lower(at) == "(" && is_acronym(cx, at + 1) && cx.tokens.lower(at + 2) == ")"
}

fn describe(cx: &Cx<'_>, side: Range<usize>, head: usize) -> Option<Draft> {
    let words = words();
    let noun = cx.tokens.lower(head);
    let mut end = side.end;
    while end > head + 1 && cx.tokens.kind(end - 1) == crate::token::TokenKind::Punctuation {
        end -= 1;
    }
    let of = if words.people.has(noun) || words.short.contains_key(noun) {
        MentionOf::Person
    } else if words.is_body(noun) || words.loose.contains(noun) || words.general_media.contains(noun) {
        MentionOf::Organization
    } else {
        MentionOf::Other
    };
    (end > side.start).then(|| Draft::by_rule(side.start..end, MentionKind::Description, of))
}
