//! Sets the title or office beside the name it belongs to: "White House press secretary Sean Ode", "Ode, the attorney general,".

use super::name::is_apostrophe;
use super::words::{Number, is_determiner, words};
use super::{Cx, Draft, MentionKind, MentionOf};
use std::ops::Range;

/// How many tokens a title before a name may have.
const TITLE_BEFORE: usize = 12;
/// How many tokens an apposition after a name may have.
const TITLE_AFTER: usize = 16;

/// Gives each person's name the title before it, else the one after it.
pub(super) fn attach(cx: &Cx<'_>, drafts: &mut [Draft]) {
    let names = super::covered(cx, drafts, is_person);
    for draft in drafts.iter_mut().filter(|draft| is_person(draft)) {
        draft.title = before(cx, draft.tokens.start).or_else(|| set_off_before(cx, &draft.tokens)).or_else(|| after(cx, draft.tokens.end, &names));
    }
}

fn is_person(draft: &Draft) -> bool {
    draft.kind == MentionKind::Name && draft.of == MentionOf::Person
}

/// The title directly before a name: `mention/title`.
pub(super) fn before(cx: &Cx<'_>, name: usize) -> Option<Range<usize>> {
    let words = words();
    let mut at = name.checked_sub(1)?;
    if cx.breaks_after(at) {
        return None;
    }
    if cx.tokens.lower(at) == "." {
        at = at.checked_sub(1)?;
    }
    let head = cx.tokens.lower(at);
    let dotted = at + 1 < name;
    let is_head = if dotted { words.before.contains(head) || words.is_courtesy(head) } else { words.is_title(head) };
    let hyphenated = at >= 2 && cx.tokens.lower(at - 1) == "-" && cx.is_glued(at - 2) && cx.is_glued(at - 1);
    let mut start = if is_head || hyphenated && matches!(head, "law" | "elect") { at } else { office(cx, name)? };
    let more = |start: usize| {
        let before = start.checked_sub(1).filter(|before| !cx.breaks_after(*before) && belongs(cx, *before, start));
        before.or_else(|| has_field(cx, start)).filter(|before| name - before <= TITLE_BEFORE)
    };
    while let Some(before) = more(start) {
        start = before;
    }
    while start < at && matches!(cx.tokens.lower(start), "s" | "and" | "-" | "'" | "’" | "." | "of") {
        start += 1;
    }
    Some(start..name)
}

/// Most tokens of the field of an office.
const FIELD: usize = 8;

/// Where the office with its field begins that stands directly before a name: "Secretary of State", "Minister of Health".
fn office(cx: &Cx<'_>, name: usize) -> Option<usize> {
    let first = name.saturating_sub(FIELD);
    let phrase = (first..name).find(|at| words().role_phrases.at(cx.tokens, *at).is_some_and(|len| len > 2 && at + len == name));
    if phrase.is_some() {
        return phrase;
    }
    let belongs = |at: usize| cx.is_capitalised(at) || matches!(cx.tokens.lower(at), "the" | "and" | "&" | "of" | "for" | "to");
    let field = (first..name).rev().take_while(|at| belongs(*at) && !cx.breaks_after(*at) && !words().is_title(cx.tokens.lower(*at)));
    field.filter(|at| cx.is_capitalised(*at)).find_map(|at| has_field(cx, at))
}

/// The office whose field begins at token `at`, "the" left out.
pub(super) fn has_field(cx: &Cx<'_>, at: usize) -> Option<usize> {
    let of = at.checked_sub(if cx.tokens.before(at, 1) == "the" { 2 } else { 1 })?;
    let office = of.checked_sub(1)?;
    let goes_on = matches!(cx.tokens.lower(of), "of" | "to" | "for") && !cx.breaks_after(office) && !cx.breaks_after(of);
    (goes_on && cx.is_capitalised(office) && words().fields.contains(cx.tokens.lower(office))).then_some(office)
}

/// Whether token `at` belongs to the title that goes on at `next`.
fn belongs(cx: &Cx<'_>, at: usize, next: usize) -> bool {
    let words = words();
    let word = cx.tokens.lower(at);
    let opens_sentence = at == 0 || matches!(cx.tokens.before(at, 1), "." | "!" | "?" | "”" | "\"" | ":") || cx.breaks_after(at - 1);
    match word {
        "-" => cx.is_glued(at),
        "'" | "’" => cx.is_glued(at) && cx.tokens.lower(at + 1) == "s",
        "s" => at > 0 && is_apostrophe(cx.tokens.before(at, 1)) && at > 1 && cx.is_capitalised(at - 2),
        "." => at > 0 && (cx.tokens.before(at, 1).chars().count() == 1 || words.before.contains(cx.tokens.before(at, 1)) || cx.tokens.before(at, 1) == "then"),
        "and" | "&" => {
            at > 0 && (words.roles.has(cx.tokens.before(at, 1)) || words.modifiers.contains(cx.tokens.before(at, 1))) && cx.tokens.lower(next) != "the"
        }
        "(" => super::source::opens_acronym(cx, at),
        ")" => at > 1 && super::source::opens_acronym(cx, at - 2),
        "of" => at > 0 && words.roles.get(cx.tokens.before(at, 1)).is_some_and(|(office, _)| words.fields.contains(office)),
        _ if is_determiner(word) || words.is_pronoun(word) => false,
        _ if super::words::ends_phrase(word) || matches!(word, "but" | "or" | "if" | "then" | "yet" | "so" | "with" | "meanwhile" | "however") => false,
        _ if opens_sentence && !cx.is_capitalised(at) => false,
        _ => {
            cx.is_capitalised(at) && !super::words::is_weekday(word)
                || words.modifiers.contains(word)
                || words.roles.has(word)
                || words.is_body(word)
                || cx.tokens.lower(at + 1) == "-"
        }
    }
}

/// The description set off before a name: "a foreign ministry spokesman, Li Ode,": `mention/title-before-comma`.
fn set_off_before(cx: &Cx<'_>, name: &Range<usize>) -> Option<Range<usize>> {
    let comma = name.start.checked_sub(1).filter(|at| cx.tokens.lower(*at) == ",")?;
    let head = comma.checked_sub(1)?;
    words().roles.get(cx.tokens.lower(head)).filter(|(_, number)| *number == Number::One)?;
    let start =
        (head.saturating_sub(TITLE_BEFORE)..head).rev().find(|at| is_determiner(cx.tokens.lower(*at)) && !matches!(cx.tokens.lower(*at), "that" | "no"))?;
    let clean = (start + 1..head).all(|at| !super::words::ends_phrase(cx.tokens.lower(at)) && cx.tokens.lower(at) != ",");
    // "According to an aide, Ode left": what the comma closes is the phrase, unless a mark closes the name too.
    let leads = |at: usize| super::words::ends_phrase(cx.tokens.lower(at)) || cx.tokens.lower(at) == "to" || cx.tokens.lower(at).ends_with("ing");
    let is_led = start.checked_sub(1).is_some_and(|at| leads(at) && !cx.breaks_after(at));
    let is_closed = cx.tokens.kind(name.end.min(cx.tokens.len() - 1)) == crate::token::TokenKind::Punctuation || cx.breaks_after(name.end - 1);
    (clean && !cx.breaks_after(comma) && (!is_led || is_closed)).then_some(start..comma)
}

/// The apposition after a name: "Ode, the attorney general,": `mention/title-after`.
pub(super) fn after(cx: &Cx<'_>, end: usize, names: &[bool]) -> Option<Range<usize>> {
    let words = words();
    if cx.tokens.lower(end) != "," || cx.breaks_after(end) {
        return None;
    }
    let mut start = end + 1;
    if cx.tokens.as_slice().get(start).is_some_and(|token| token.kind() == crate::token::TokenKind::Number) && cx.tokens.lower(start + 1) == "," {
        start += 2;
    }
    let mut head = None;
    let mut stop = start;
    for at in start..cx.tokens.len().min(start + TITLE_AFTER) {
        let word = cx.tokens.lower(at);
        let over = matches!(word, "," | "." | ";" | ":" | "who" | "whose" | "said" | "told" | "says" | "—" | "–" | "”" | "\"" | ")" | "(" | "and")
            && !(word == "." && cx.tokens.before(at, 1).chars().count() == 1);
        if over && !(word == "and" && head.is_none()) {
            break;
        }
        let preposition = super::words::ends_phrase(word);
        // "From Ode, his lawyers have refused": they are not Ode.
        let names_many = matches!(words.people.get(word), Some((_, Number::Many)));
        if head.is_none() && (preposition || names[at] || names_many) {
            return None;
        }
        if head.is_none_or(|found| found + 1 == at) && (words.roles.has(word) || words.short.contains_key(word) || words.people.has(word)) {
            head = Some(at);
        }
        stop = at + 1;
        if cx.breaks_after(at) {
            break;
        }
    }
    while stop > start && super::words::ends_phrase(cx.tokens.lower(stop - 1)) {
        stop -= 1;
    }
    if is_of_the_next(cx, stop, names) {
        return None;
    }
    head.filter(|head| *head < stop).map(|_| start..stop).filter(|range| cx.tokens.lower(range.start) != "if")
}

/// "asked about Ode, the head of the board, Mr. Li Varga, said": what stands before a name that commas set off tells of that one.
fn is_of_the_next(cx: &Cx<'_>, comma: usize, names: &[bool]) -> bool {
    if cx.tokens.lower(comma) != "," || cx.breaks_after(comma) {
        return false;
    }
    let titled = |at: &usize| {
        let word = cx.tokens.lower(*at);
        words().before.contains(word) || words().is_title(word) || word == "." && *at > comma + 1
    };
    let name = (comma + 1..cx.tokens.len()).find(|at| !titled(at)).filter(|at| names.get(*at) == Some(&true));
    let Some(end) = name.and_then(|name| (name..cx.tokens.len()).find(|at| names.get(*at) != Some(&true))) else { return false };
    let verb = cx.tokens.lower(end + 1);
    let is_set_off = cx.tokens.lower(end) == "," && !cx.breaks_after(end);
    is_set_off && !cx.is_capitalised(end + 1) && (crate::time::tells_past(verb) || matches!(verb, "says" | "tells" | "told"))
}
