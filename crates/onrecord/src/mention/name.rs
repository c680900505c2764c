//! Repairs the names the reader marked: their ends, their pieces, one type for one name.

use super::words::words;
use super::{Cx, Draft, MentionKind, MentionOf};
use std::collections::HashMap;

/// Cuts and joins names where the reader's ends are wrong; drops what is no name.
pub(super) fn repair(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    for draft in drafts.iter_mut().filter(|draft| draft.kind == MentionKind::Name) {
        cut_ends(cx, draft);
        grow(cx, draft);
    }
    join_pieces(cx, drafts);
    for draft in drafts.iter_mut().filter(|draft| draft.kind == MentionKind::Name && draft.of == MentionOf::Person) {
        cut_title(cx, draft);
        add_generation(cx, draft);
    }
    drafts.retain(|draft| draft.tokens.clone().any(|at| cx.tokens.span(at).of(cx.text).chars().any(char::is_alphanumeric)));
}

/// Takes a possessive 's, "the" and stray punctuation off a name: `mention/name-ends`.
fn cut_ends(cx: &Cx<'_>, draft: &mut Draft) {
    let tokens = cx.tokens;
    let is_mark = |at: usize| tokens.kind(at) == crate::token::TokenKind::Punctuation;
    while draft.tokens.len() > 1 {
        let last = draft.tokens.end - 1;
        let possessive = tokens.lower(last) == "s" && is_apostrophe(tokens.before(last, 1)) && cx.is_glued(last - 1);
        let full_stop = tokens.lower(last) == "." && is_abbreviation(cx, last - 1);
        if possessive && draft.tokens.len() > 2 {
            draft.tokens.end -= 2;
        } else if is_mark(last) && !full_stop && tokens.lower(last) != ")" {
            draft.tokens.end -= 1;
        } else {
            break;
        }
    }
    while draft.tokens.len() > 1 && (is_mark(draft.tokens.start) && !matches!(tokens.lower(draft.tokens.start), "@" | "#") || tokens.lower(draft.tokens.start) == "the") {
        draft.tokens.start += 1;
    }
}

/// Takes in what is glued to a name: a second half after a hyphen, what follows O' or D': `mention/name-ends`.
fn grow(cx: &Cx<'_>, draft: &mut Draft) {
    loop {
        let end = draft.tokens.end;
        let hinge = matches!(cx.tokens.lower(end), "-" | "'" | "’") && end > 0 && cx.is_glued(end - 1) && cx.is_glued(end);
        if !(hinge && cx.is_capitalised(end + 1)) {
            break;
        }
        draft.tokens.end += 2;
    }
    let start = draft.tokens.start;
    let hinge = start >= 2 && matches!(cx.tokens.lower(start - 1), "-" | "'" | "’") && cx.is_glued(start - 2) && cx.is_glued(start - 1);
    if hinge && cx.is_capitalised(start - 2) {
        draft.tokens.start -= 2;
    }
}

/// Joins two neighbouring pieces of one person's name: `mention/name-pieces`.
fn join_pieces(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|draft| (draft.tokens.start, draft.tokens.end));
    let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        let is_person = |draft: &Draft| draft.kind == MentionKind::Name && draft.of == MentionOf::Person;
        match joined.last_mut() {
            Some(last) if is_person(last) && is_person(&draft) && last.tokens.end >= draft.tokens.start && !cx.breaks_after(last.tokens.end - 1) => {
                last.tokens.end = last.tokens.end.max(draft.tokens.end);
                last.score = last.score.min(draft.score);
            }
            Some(_) | None => joined.push(draft),
        }
    }
    *drafts = joined;
}

/// Takes titles off the front of a person's name; they come back as its title: `mention/title`.
fn cut_title(cx: &Cx<'_>, draft: &mut Draft) {
    let words = words();
    while draft.tokens.len() > 1 {
        let first = cx.tokens.lower(draft.tokens.start);
        let is_first_name = words.male_names.contains(first) || words.female_names.contains(first);
        let dotted = cx.tokens.lower(draft.tokens.start + 1) == ".";
        if !words.is_title(first) || is_first_name && !dotted {
            break;
        }
        let cut = if dotted { 2 } else { 1 };
        if cut >= draft.tokens.len() {
            break;
        }
        draft.tokens.start += cut;
    }
}

/// Takes "Jr." and "III" into the name they follow: `mention/name-ends`.
fn add_generation(cx: &Cx<'_>, draft: &mut Draft) {
    let end = draft.tokens.end;
    let from = if cx.tokens.lower(end) == "," { end + 1 } else { end };
    let generation = matches!(cx.tokens.lower(from), "jr" | "sr" | "ii" | "iii" | "iv") && cx.is_capitalised(from);
    if generation {
        let dot = cx.tokens.lower(from + 1) == "." && cx.is_glued(from) && matches!(cx.tokens.lower(from), "jr" | "sr");
        draft.tokens.end = if dot { from + 2 } else { from + 1 };
    }
}

/// One name has one type in a document: the commonest, weighed by score, first come first at a tie: `mention/one-type`.
pub(super) fn agree(cx: &Cx<'_>, drafts: &mut [Draft]) {
    let key = |draft: &Draft| draft.tokens.clone().map(|at| cx.tokens.lower(at)).collect::<Vec<_>>().join(" ");
    let mut votes: HashMap<String, Vec<(MentionOf, f32)>> = HashMap::new();
    for draft in drafts.iter().filter(|draft| draft.kind == MentionKind::Name) {
        let of = votes.entry(key(draft)).or_default();
        match of.iter_mut().find(|(kind, _)| *kind == draft.of) {
            Some((_, weight)) => *weight += draft.score,
            None => of.push((draft.of, draft.score)),
        }
    }
    for draft in drafts.iter_mut().filter(|draft| draft.kind == MentionKind::Name) {
        let Some(of) = votes.get(&key(draft)) else { continue };
        let mut best = of[0];
        for vote in of {
            if vote.1 > best.1 {
                best = *vote;
            }
        }
        draft.of = best.0;
    }
}

pub(super) fn is_apostrophe(word: &str) -> bool {
    matches!(word, "'" | "’")
}

/// Whether the full stop after token `at` belongs to it: an initial, "Jr", "Inc".
fn is_abbreviation(cx: &Cx<'_>, at: usize) -> bool {
    let word = cx.tokens.lower(at);
    word.chars().count() == 1 || matches!(word, "jr" | "sr" | "inc" | "co" | "corp" | "ltd" | "st")
}
