//! Repairs the names the reader marked: their ends, their pieces, one type for one name.

use super::words::words;
use super::{Cx, Draft, MentionKind, MentionOf, before_clause, before_possessive, title};
use crate::reader::Role;
use crate::text::Layer;
use crate::zone::{Zone, ZoneKind};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The speaker of a transcript's turn and the author of a post are names, also where the reader did not mark them: `mention/voice`.
pub(super) fn add_voices(cx: &Cx<'_>, zones: &Layer<Zone>, drafts: &mut Vec<Draft>) {
    let marked = super::covered(cx, drafts, |draft| draft.kind == MentionKind::Name);
    for voice in zones.iter().filter_map(|zone| if zone.kind == ZoneKind::Turn { zone.voice } else { zone.author() }) {
        // "Mara Ode 🐘": what is no word is no part of the name.
        let mut tokens = cx.tokens.within(voice);
        let is_word = |at: usize| cx.tokens.lower(at).chars().any(char::is_alphanumeric) || cx.tokens.lower(at) == ".";
        tokens.end = tokens.clone().rev().find(|at| is_word(*at)).map_or(tokens.start, |last| last + 1);
        let letters = voice.of(cx.text).chars().filter(|c| c.is_alphabetic()).count();
        let people = tokens.clone().last().is_some_and(|at| words().people.has(cx.tokens.lower(at)));
        if letters >= SHORTEST - 1 && !people && !tokens.clone().any(|at| marked[at]) && !tokens.is_empty() {
            drafts.push(Draft::by_rule(tokens, MentionKind::Name, MentionOf::Person));
        }
    }
}

/// Cuts and joins names where the reader's ends are wrong; drops what is no name.
pub(super) fn repair(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    for draft in drafts.iter_mut().filter(|draft| draft.kind == MentionKind::Name) {
        cut_ends(cx, draft);
        grow(cx, draft);
    }
    let is_lower = |draft: &Draft| draft.tokens.clone().all(|at| cx.tokens.span(at).of(cx.text).chars().all(|c| c.is_lowercase()));
    drafts.retain(|draft| draft.kind != MentionKind::Name || !is_lower(draft));
    drop_titles(cx, drafts);
    take_in_nicknames(cx, drafts);
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
    while draft.tokens.len() > 1
        && (is_mark(draft.tokens.start) && !matches!(tokens.lower(draft.tokens.start), "@" | "#") || tokens.lower(draft.tokens.start) == "the")
    {
        draft.tokens.start += 1;
    }
    cut_lower(cx, draft);
}

/// A word of small letters before a name is no part of it unless it is a particle, nor is a verb or an adverb behind it: "conservative-leaning | Harrow Centre".
fn cut_lower(cx: &Cx<'_>, draft: &mut Draft) {
    let is_word = |at: usize| cx.tokens.span(at).of(cx.text).chars().all(|c| c.is_lowercase()) && !words().particles.contains(cx.tokens.lower(at));
    let Some(first) = draft.tokens.clone().find(|at| cx.is_capitalised(*at)) else { return };
    let cut = |at: usize| is_word(at) || cx.tokens.lower(at) == "-" && at > draft.tokens.start;
    if (draft.tokens.start..first).all(cut) {
        draft.tokens.start = first;
    }
    let is_verb_or_adverb = |at: &usize| is_word(*at) && (cx.tokens.lower(*at).ends_with("ed") || cx.tokens.lower(*at).ends_with("ly"));
    if let Some(end) = (first + 1..draft.tokens.end).find(is_verb_or_adverb) {
        draft.tokens.end = end;
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
    if draft.of == MentionOf::Person && draft.tokens.len() > 1 && is_given_name_tail(cx, draft.tokens.end) {
        draft.tokens.end += 2;
    }
    let letter = |at: usize| cx.tokens.lower(at).chars().count() == 1 && cx.is_capitalised(at);
    while letter(draft.tokens.end - 1)
        && cx.tokens.lower(draft.tokens.end) == "."
        && cx.is_glued(draft.tokens.end - 1)
        && cx.is_glued(draft.tokens.end)
        && letter(draft.tokens.end + 1)
    {
        draft.tokens.end += 2;
    }
    let start = draft.tokens.start;
    let hinge = start >= 2 && matches!(cx.tokens.lower(start - 1), "-" | "'" | "’") && cx.is_glued(start - 2) && cx.is_glued(start - 1);
    if hinge && cx.is_capitalised(start - 2) {
        draft.tokens.start -= 2;
    }
}

/// "Ban Ki-moon": the second half of a given name, in small letters behind a hyphen.
fn is_given_name_tail(cx: &Cx<'_>, end: usize) -> bool {
    const LONGEST: usize = 5;
    let tail = cx.tokens.lower(end + 1);
    let glued = matches!(cx.tokens.lower(end), "-" | "‑") && cx.is_glued(end - 1) && cx.is_glued(end);
    let small = end + 1 < cx.tokens.len() && cx.tokens.span(end + 1).of(cx.text).chars().all(char::is_lowercase);
    // "Ode-in-waiting"
    let goes_on = cx.tokens.lower(end + 2) == "-" && cx.is_glued(end + 1);
    glued && small && !goes_on && (2..=LONGEST).contains(&tail.chars().count()) && !words().compounds.contains(tail)
}

/// A nickname in quotation marks stands within the name: James “Spider” Ode: `mention/name-pieces`.
fn take_in_nicknames(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    let is_mark = |at: usize| matches!(cx.tokens.lower(at), "\"" | "'" | "“" | "”" | "‘" | "’");
    let behind = |open: usize| {
        let opens = is_mark(open) && open > 0 && !cx.is_glued(open - 1) && cx.is_glued(open);
        let close = (open + 2..=open + 1 + NICKNAME).find(|at| is_mark(*at) && cx.is_glued(at - 1) && !cx.is_glued(*at))?;
        let is_whole =
            opens && (open + 1..close).all(|at| cx.is_capitalised(at)) && is_last_name(cx, close + 1) && (open - 1..=close).all(|at| !cx.breaks_after(at));
        is_whole.then_some(close + 2)
    };
    let is_person = |draft: &Draft| draft.kind == MentionKind::Name && draft.of == MentionOf::Person;
    let whole: Vec<Range<usize>> =
        drafts.iter().filter(|draft| is_person(draft)).filter_map(|draft| behind(draft.tokens.end).map(|end| draft.tokens.start..end)).collect();
    for whole in whole {
        // The pieces marked behind it are pieces of it.
        drafts.retain(|draft| draft.tokens.start <= whole.start || draft.tokens.start >= whole.end);
        drafts.iter_mut().filter(|draft| is_person(draft) && draft.tokens.start == whole.start).for_each(|draft| draft.tokens.end = whole.end);
    }
}

/// Words of a nickname: “Big Dog”.
const NICKNAME: usize = 2;

/// Joins two neighbouring pieces of one name: `mention/name-pieces`.
fn join_pieces(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|draft| (draft.tokens.start, draft.tokens.end));
    let whole: HashSet<Vec<&str>> = drafts.iter().filter(|draft| draft.tokens.len() > 1).map(|draft| key(cx, draft.tokens.clone())).collect();
    let is_whole = |first: &Draft, second: &Draft| whole.contains(&key(cx, first.tokens.start..second.tokens.end));
    let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        let is_name = |draft: &Draft| draft.kind == MentionKind::Name;
        match joined.last_mut() {
            Some(last)
                if is_name(last)
                    && is_name(&draft)
                    && (last.of == draft.of || is_whole(last, &draft))
                    && last.tokens.end == draft.tokens.start
                    && !cx.breaks_after(last.tokens.end - 1) =>
            {
                last.tokens.end = last.tokens.end.max(draft.tokens.end);
                last.score = last.score.min(draft.score);
            }
            Some(_) | None => joined.push(draft),
        }
    }
    *drafts = joined;
}

/// Takes in the first name before a person's last name, and the last name after a first one: `mention/first-name`; and the word
/// with which the name stands in full elsewhere: `mention/name-pieces`.
pub(super) fn complete(cx: &Cx<'_>, drafts: &mut [Draft]) {
    let marked = super::covered(cx, drafts, |draft| draft.kind == MentionKind::Name);
    let people = |draft: &&Draft| draft.kind == MentionKind::Name && draft.of == MentionOf::Person;
    let full: HashSet<Vec<&str>> = drafts.iter().filter(people).filter(|draft| draft.tokens.len() > 2).map(|draft| key(cx, draft.tokens.clone())).collect();
    for draft in drafts.iter_mut().filter(|draft| people(&&**draft) && draft.tokens.len() > 1) {
        let end = draft.tokens.end;
        let is_open = end < cx.tokens.len() && !marked[end] && cx.is_capitalised(end) && !cx.breaks_after(end - 1);
        if is_open && full.contains(&key(cx, draft.tokens.start..end + 1)) {
            draft.tokens.end += 1;
        }
    }
    let words = words();
    let is_first = |at: usize| words.male_names.contains(cx.tokens.lower(at)) || words.female_names.contains(cx.tokens.lower(at));
    for draft in drafts.iter_mut().filter(|draft| draft.kind == MentionKind::Name && draft.of == MentionOf::Person && draft.tokens.len() == 1) {
        let (start, end) = (draft.tokens.start, draft.tokens.end);
        if start > 0 && !marked[start - 1] && is_first(start - 1) && cx.is_capitalised(start - 1) && !cx.breaks_after(start - 1) {
            draft.tokens.start -= 1;
        } else if is_first(start) && end < cx.tokens.len() && !marked[end] && is_last_name(cx, end) && !cx.breaks_after(start) {
            draft.tokens.end += 1;
        }
    }
}

/// A capitalised word of small letters behind that is no title, no noun for people or bodies, and no day.
fn is_last_name(cx: &Cx<'_>, at: usize) -> bool {
    let (words, word) = (words(), cx.tokens.lower(at));
    let letters = cx.tokens.span(at).of(cx.text).chars().skip(1).all(|c| c.is_lowercase()) && word.chars().count() > 2;
    let known = words.is_title(word)
        || words.people.has(word)
        || words.is_body(word)
        || words.outlet_names.contains(word)
        || words.modifiers.contains(word)
        || super::words::is_determiner(word);
    cx.is_capitalised(at) && letters && !known && !super::words::is_weekday(word)
}

/// Drops names that are nothing but a title or a noun for people: "Mr", "NYPD Commissioner" before a name.
fn drop_titles(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    let words = words();
    let starts: std::collections::HashSet<usize> = drafts.iter().filter(|draft| draft.kind == MentionKind::Name).map(|draft| draft.tokens.start).collect();
    drafts.retain(|draft| {
        let last = cx.tokens.lower(draft.tokens.end - 1);
        let alone = draft.tokens.len() == 1
            && (words.is_courtesy(last)
                || words.before.contains(last) && cx.tokens.lower(draft.tokens.end) == "."
                || words.people.has(last) && !words.male_names.contains(last) && !words.female_names.contains(last));
        let leads = words.is_title(last) && starts.contains(&draft.tokens.end);
        draft.kind != MentionKind::Name || draft.of != MentionOf::Person || !(alone || leads)
    });
}

/// Takes titles off the front of a person's name; they come back as its title: `mention/title`.
fn cut_title(cx: &Cx<'_>, draft: &mut Draft) {
    let words = words();
    while draft.tokens.len() > 1 {
        let first = cx.tokens.lower(draft.tokens.start);
        let is_first_name = words.male_names.contains(first) || words.female_names.contains(first);
        let dotted = cx.tokens.lower(draft.tokens.start + 1) == ".";
        let second = cx.tokens.lower(draft.tokens.start + 1);
        let modifies = words.modifiers.contains(first) && words.is_title(second) && draft.tokens.len() > 2;
        // "Secretary of | State Jon Ode"
        let shows = || words.modifiers.contains(first) || words.is_body(first) || words.male_names.contains(second) || words.female_names.contains(second);
        let is_field = title::has_field(cx, draft.tokens.start).is_some() && shows();
        if !(words.is_title(first) || modifies || is_field) || is_first_name && !dotted {
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

/// Marks a name again wherever its words stand unmarked, and the last name of each full name: `mention/again`.
pub(super) fn mark_again(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    let mut known: HashMap<Vec<&str>, MentionOf> = HashMap::new();
    for draft in drafts.iter().filter(|draft| draft.kind == MentionKind::Name && is_telling(cx, draft)) {
        known.entry(key(cx, draft.tokens.clone())).or_insert(draft.of);
        let last = draft.tokens.end - 1..draft.tokens.end;
        if draft.of == MentionOf::Person && draft.tokens.len() > 1 && cx.tokens.lower(last.start).chars().count() >= SHORTEST {
            known.entry(key(cx, last)).or_insert(draft.of);
        }
    }
    let longest = known.keys().map(Vec::len).max().unwrap_or(0);
    let marked = super::covered(cx, drafts, |draft| draft.kind == MentionKind::Name);
    let mut at = 0;
    while at < cx.tokens.len() {
        let found = (1..=longest).rev().map(|length| at..at + length).find(|range| {
            range.end <= cx.tokens.len()
                && cx.is_capitalised(at)
                && cx.is_capitalised(range.end - 1)
                && known.contains_key(&key(cx, range.clone()))
                && !range.clone().any(|at| marked[at])
        });
        match found {
            Some(range) => {
                at = range.end;
                let of = known[&key(cx, range.clone())];
                drafts.push(Draft::by_rule(range, MentionKind::Name, of));
            }
            None => at += 1,
        }
    }
    drop_descriptions(cx, drafts);
}

/// What the reader took for a description is none where it is but a person's name, with or without a clause behind it: "Ode, who came late".
fn drop_descriptions(cx: &Cx<'_>, drafts: &mut Vec<Draft>) {
    let people = drafts.iter().filter(|draft| draft.kind == MentionKind::Name && draft.of == MentionOf::Person);
    let people: HashSet<Range<usize>> = people.map(|draft| draft.tokens.clone()).collect();
    let is_name = |draft: &Draft| people.contains(&before_possessive(cx.tokens, before_clause(cx.tokens, draft.tokens.clone())));
    drafts.retain(|draft| draft.kind == MentionKind::Name || !is_name(draft));
}

/// The shortest last name looked for by itself; shorter ones are often words.
const SHORTEST: usize = 4;

/// Whether a name can be looked for elsewhere: capitals, and more than a few letters.
fn is_telling(cx: &Cx<'_>, draft: &Draft) -> bool {
    let letters: usize = draft.tokens.clone().map(|at| cx.tokens.lower(at).chars().filter(|c| c.is_alphabetic()).count()).sum();
    let capitals = cx.is_capitalised(draft.tokens.start) && cx.is_capitalised(draft.tokens.end - 1);
    let body = words().is_body(cx.tokens.lower(draft.tokens.start)) && draft.tokens.len() == 1;
    capitals && letters >= 2 && !body && !words().is_pronoun(cx.tokens.lower(draft.tokens.start))
}

fn key<'c>(cx: &'c Cx<'_>, tokens: Range<usize>) -> Vec<&'c str> {
    tokens.map(|at| cx.tokens.lower(at)).collect()
}

/// What a title before a name, or the noun it ends with, weighs beside the reader's marks.
const SHOWN: f32 = 3.0;
/// What being called a newspaper or a news agency weighs: more than an article's marks.
const CALLED: f32 = 20.0;
/// What a full name of a person weighs for its last name.
const BORNE: f32 = 1.0;

/// One name has one type in a document: the one with the most votes of marks, titles, nouns and full names: `mention/one-type`.
pub(super) fn agree(cx: &Cx<'_>, drafts: &mut [Draft]) {
    let mut votes: HashMap<Vec<&str>, Vec<(MentionOf, f32)>> = HashMap::new();
    let mut cast: Vec<(Vec<&str>, MentionOf, f32)> = Vec::new();
    let bodies = bodies(cx, drafts);
    let is_body = |draft: &Draft| bodies.contains(&key(cx, draft.tokens.clone()));
    for draft in drafts.iter().filter(|draft| draft.kind == MentionKind::Name) {
        cast.push((key(cx, draft.tokens.clone()), draft.of, draft.score));
        if is_called_outlet(cx, draft) || is_body(draft) {
            cast.push((key(cx, draft.tokens.clone()), MentionOf::Organization, CALLED));
        } else if let Some(of) = shown(cx, draft) {
            cast.push((key(cx, draft.tokens.clone()), of, SHOWN));
        }
        if draft.of == MentionOf::Person && draft.tokens.len() > 1 {
            cast.push((key(cx, draft.tokens.end - 1..draft.tokens.end), MentionOf::Person, BORNE));
        }
    }
    for (name, of, weight) in cast {
        let entry = votes.entry(name).or_default();
        match entry.iter_mut().find(|(kind, _)| *kind == of) {
            Some((_, sum)) => *sum += weight,
            None => entry.push((of, weight)),
        }
    }
    for draft in drafts.iter_mut().filter(|draft| draft.kind == MentionKind::Name) {
        let Some(of) = votes.get(&key(cx, draft.tokens.clone())) else { continue };
        let mut best = of[0];
        for vote in of {
            if vote.1 > best.1 {
                best = *vote;
            }
        }
        draft.of = best.0;
    }
}

/// Names of one word that never stand without "the", and of which one is told to say something: "the House said". No person is called so.
fn bodies<'c>(cx: &'c Cx<'_>, drafts: &[Draft]) -> HashSet<Vec<&'c str>> {
    let names =
        || drafts.iter().filter(|draft| draft.kind == MentionKind::Name && draft.tokens.len() == 1 && !words().is_title(cx.tokens.lower(draft.tokens.start)));
    let is_the = |draft: &Draft| cx.tokens.before(draft.tokens.start, 1) == "the";
    let is_source = |draft: &Draft| cx.readout.parts.iter().any(|part| part.role == Role::Source && part.tokens == (draft.tokens.start - 1..draft.tokens.end));
    let mut bodies: HashSet<Vec<&str>> = names().filter(|draft| is_the(draft) && is_source(draft)).map(|draft| key(cx, draft.tokens.clone())).collect();
    for bare in names().filter(|draft| !is_the(draft)) {
        bodies.remove(&key(cx, bare.tokens.clone()));
    }
    bodies
}

/// "the newspaper Harrow Ilbo", "the Yonder news agency": a noun for nothing but an outlet stands beside the name.
fn is_called_outlet(cx: &Cx<'_>, draft: &Draft) -> bool {
    let (before, after) = (cx.tokens.before(draft.tokens.start, 1), cx.tokens.lower(draft.tokens.end));
    let agency = |first: usize| cx.tokens.lower(first) == "news" && cx.tokens.lower(first + 1) == "agency";
    let noun = |word: &str| matches!(word, "newspaper" | "tabloid");
    let owned = matches!(cx.tokens.lower(draft.tokens.end + 1), "'" | "’");
    let behind = cx.tokens.before(draft.tokens.start, 3) != "for" && draft.tokens.start >= 2 && agency(draft.tokens.start - 2);
    (noun(before) || noun(after) && !owned || agency(draft.tokens.end) || behind) && is_determiner_near(cx, draft.tokens.start)
}

/// Whether a determiner or a possessor opens the phrase within four tokens: "the South Norland newspaper Harrow Ilbo".
fn is_determiner_near(cx: &Cx<'_>, start: usize) -> bool {
    const REACH: usize = 5;
    (1..=REACH).any(|back| super::words::is_determiner(cx.tokens.before(start, back)) || cx.tokens.before(start, back) == "s")
}

/// The type that the words in and around a name show: a title before it, "newspaper" beside it, "Ministry" at its end.
fn shown(cx: &Cx<'_>, draft: &Draft) -> Option<MentionOf> {
    let words = words();
    let (before, after) = (cx.tokens.before(draft.tokens.start, 1), cx.tokens.lower(draft.tokens.end));
    let last = cx.tokens.lower(draft.tokens.end - 1);
    let dotted = before == "." && words.before.contains(cx.tokens.before(draft.tokens.start, 2))
        || before == "." && words.is_courtesy(cx.tokens.before(draft.tokens.start, 2));
    if draft.tokens.len() > 1 && (words.public.has(last) || words.suffixes.contains(last)) {
        Some(MentionOf::Organization)
    } else if words.outlets.has(before) && before != "agency" || words.outlets.has(after) && after != "agency" && cx.tokens.lower(draft.tokens.end - 1) != "the"
    {
        Some(MentionOf::Organization)
    } else if dotted || words.is_title(before) && !words.anonymous.has(before) && draft.of != MentionOf::Organization {
        Some(MentionOf::Person)
    } else {
        None
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
