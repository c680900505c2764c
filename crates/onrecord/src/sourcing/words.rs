//! Tells the class of a source from its own words: the head noun, a pronoun, a name.

use super::SourceClass;
use crate::lexicon::{self, Words};
use crate::token::{TokenKind, Tokens};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// The lexicon of sourcing.
#[derive(Deserialize)]
pub(super) struct Lexicon {
    pub(super) document: Words,
    pub(super) anonymous: Words,
    pub(super) voice: Words,
    pub(super) organization: Words,
    pub(super) outlet: Words,
    pub(super) office: Words,
    pub(super) sole: Words,
    pub(super) many: Words,
    pub(super) state: Words,
    pub(super) social: Words,
    pub(super) hedge: Words,
    pub(super) citing: Words,
    pub(super) anybody: Words,
    pub(super) reported: Words,
    pub(super) suspected: Words,
    pub(super) charged: Words,
}

/// The lexicon, read once.
pub(super) fn lexicon() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/sourcing.toml")));
    &WORDS
}

/// What the words of a source alone tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Its class.
    Class(SourceClass),
    /// Whoever speaks for a body, without a name.
    Voice,
    /// A news outlet.
    Outlet,
    /// I, we, you: the one who speaks in the statement around it.
    Self_,
    /// They, it: somebody told before.
    Before,
    /// Who, which: what stands right before.
    Relative,
    /// He, she: one person told before.
    Person,
}

/// Reads the source at `source`.
pub(super) fn told(text: &str, tokens: &Tokens, source: Range<usize>) -> Told {
    if let Some(told) = pronoun(tokens, source.clone()) {
        return told;
    }
    let head = head(tokens, source.clone());
    let named = appositive_name(text, tokens, head.end, source.end);
    if named {
        return Told::Class(SourceClass::Named);
    }
    if with_others(tokens, source.clone()) {
        return Told::Class(SourceClass::Anonymous);
    }
    let words = lexicon();
    let ends = |list: &Words| head.clone().any(|at| list.at(tokens, at).is_some_and(|len| at + len == head.end || at + len == source.end));
    let capital_head = head.len() > 1 && tokens.is_capitalised(text, head.end - 1) && tokens.is_capitalised(text, head.end.saturating_sub(2));
    if head.len() == 1 && tokens.lower(head.start) == "news" {
        return Told::Class(SourceClass::Document);
    }
    if is_titled_of(text, tokens, head.clone(), source.end) {
        return Told::Class(SourceClass::Named);
    }
    if let Some(told) = described_name(text, tokens, head.clone()) {
        return told;
    }
    if is_press_at_large(text, tokens, head.clone()) {
        return Told::Class(SourceClass::Document);
    }
    if is_definite(tokens, source.start) && ends(&words.office) {
        return Told::Class(SourceClass::Named);
    }
    let states = head.clone().take(3).any(|at| {
        words.state.at(tokens, at).is_some_and(|len| {
            at + len == head.end && (head.start..at).all(|before| is_determiner(tokens.lower(before)) || !tokens.is_capitalised(text, before))
        })
    });
    if states {
        return Told::Class(SourceClass::Organization);
    }
    let whole = |list: &Words| head.clone().find_map(|at| list.words.at(tokens, at)).is_some();
    if whole(&words.organization) && !ends(&words.anonymous) && !ends(&words.voice) && !ends(&words.document) && (!capital_head || ends(&words.organization)) {
        return Told::Class(SourceClass::Organization);
    }
    if ends(&words.voice) {
        return Told::Voice;
    }
    let outlet = ends(&words.outlet) || head.clone().any(|at| words.outlet.words.at(tokens, at).is_some());
    let capital = tokens.is_capitalised(text, head.end.saturating_sub(1));
    if ends(&words.document) && !(outlet && capital) && !(capital && capital_head) {
        return Told::Class(SourceClass::Document);
    }
    if outlet && !ends(&words.anonymous) {
        return Told::Outlet;
    }
    if ends(&words.organization) {
        return Told::Class(SourceClass::Organization);
    }
    let plural = head.clone().next_back().is_some_and(|at| tokens.lower(at).ends_with('s'));
    if (ends(&words.anonymous) && (plural || !(capital && head.len() > 1)))
        || words.anonymous.words.at(tokens, head.start).is_some()
        || words.anybody.at(tokens, head.start).is_some()
    {
        return Told::Class(SourceClass::Anonymous);
    }
    let last = head.clone().rev().find(|at| tokens.kind(*at) != TokenKind::Punctuation && tokens.lower(*at) != "s");
    let name = last.is_some_and(|at| tokens.is_capitalised(text, at) && !is_determiner(tokens.lower(at)));
    Told::Class(if name { SourceClass::Named } else { SourceClass::Anonymous })
}

fn pronoun(tokens: &Tokens, source: Range<usize>) -> Option<Told> {
    if source.len() != 1 {
        return None;
    }
    match tokens.lower(source.start) {
        "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" => Some(Told::Person),
        "i" | "me" | "my" | "myself" | "you" | "your" | "we" | "us" | "our" if tokens.span(source.start).len() < 6 && tokens.lower(source.start) != "us" => {
            Some(Told::Self_)
        }
        "who" | "which" | "that" | "whose" => Some(Told::Relative),
        "they" | "them" | "their" | "it" | "its" | "both" | "this" | "these" => Some(Told::Before),
        _ => None,
    }
}

fn is_determiner(lower: &str) -> bool {
    matches!(
        lower,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "his"
            | "her"
            | "their"
            | "its"
            | "our"
            | "my"
            | "one"
            | "two"
            | "three"
            | "several"
            | "multiple"
            | "some"
            | "many"
            | "other"
            | "another"
    )
}

/// What "who" or "which" at `at` stands for, by the word before: a run of capitals, or a noun.
pub(super) fn antecedent(text: &str, tokens: &Tokens, at: usize) -> Option<Told> {
    let last = (0..at).rev().find(|before| tokens.kind(*before) == TokenKind::Word)?;
    if at - last > 2 {
        return None;
    }
    let first = (0..=last).rev().take_while(|before| tokens.is_capitalised(text, *before) || tokens.lower(*before) == ".").last().unwrap_or(last);
    let told = told(text, tokens, first..last + 1);
    (told != Told::Relative).then_some(told)
}

/// Participles that do not end in "ed" and tell where a document comes from.
const IRREGULAR: [&str; 12] = ["cut", "done", "drawn", "given", "known", "made", "put", "seen", "sent", "shot", "taken", "written"];

/// The tokens of a noun phrase up to what only adds to it: "a second source | who works with …".
pub(super) fn head(tokens: &Tokens, source: Range<usize>) -> Range<usize> {
    let start = source.clone().find(|at| !matches!(tokens.kind(*at), TokenKind::Punctuation)).unwrap_or(source.start);
    let participle = |at: usize| {
        let next = tokens.lower(at + 1);
        let goes_on = is_determiner(next) || matches!(next, "by" | "in" | "on" | "for" | "from" | "to" | "with" | "at" | "last" | "under");
        at > start + 1 && goes_on && (tokens.lower(at).ends_with("ing") || tokens.lower(at).ends_with("ed"))
    };
    // "An indictment filed today", "a letter sent by the board".
    let of_document = |at: usize| {
        let is_one = tokens.lower(at).ends_with("ed") || IRREGULAR.contains(&tokens.lower(at));
        is_one && at > start && lexicon().document.nouns.at(tokens, at - 1) == Some(1)
    };
    let stops = |at: usize| {
        participle(at)
            || of_document(at)
            || at > start
                && (matches!(
                    tokens.lower(at),
                    "," | "("
                        | "who"
                        | "which"
                        | "that"
                        | "of"
                        | "in"
                        | "from"
                        | "with"
                        | "at"
                        | "for"
                        | "on"
                        | "by"
                        | "to"
                        | "near"
                        | "close"
                        | "familiar"
                        | "briefed"
                        | "inside"
                        | "within"
                        | "speaking"
                        | "whose"
                        | "and"
                        | "-"
                        | "—"
                        | "–"
                ) && !(tokens.lower(at) == "-" && tokens.span(at - 1).end() == tokens.span(at).start()))
    };
    let end = source.clone().find(|at| stops(*at)).unwrap_or(source.end);
    start..end
}

/// "Ode and her aides": a name that stands for people without one.
pub(super) fn with_others(tokens: &Tokens, source: Range<usize>) -> bool {
    let first = source.clone().take_while(|at| tokens.lower(*at) != ",");
    first
        .into_iter()
        .any(|at| tokens.lower(at) == "and" && source.contains(&(at + 2)) && matches!(tokens.lower(at + 1), "his" | "her" | "their" | "other" | "others"))
}

fn is_definite(tokens: &Tokens, start: usize) -> bool {
    matches!(tokens.lower(start), "the" | "his" | "her" | "their" | "its" | "our")
}

/// How many words behind an office may tell what it is of.
const OF: usize = 6;

/// "The Harrow Board's director", "the prime minister": the holder of an office whom everybody can name, though the text does not.
pub(super) fn is_known_holder(text: &str, tokens: &Tokens, source: Range<usize>) -> bool {
    let (head, words) = (head(tokens, source.clone()), lexicon());
    let ends = |list: &Words| head.clone().any(|at| list.nouns.at(tokens, at).is_some_and(|len| at + len == head.end || at + len == source.end));
    let possessor =
        head.clone().find(|at| matches!(tokens.lower(*at), "'s" | "’s") || (tokens.lower(*at) == "s" && matches!(tokens.before(*at, 1), "'" | "’")));
    let of_a_name = possessor.is_some_and(|at| (head.start..at).any(|at| tokens.is_capitalised(text, at) && !is_determiner(tokens.lower(at))));
    let capital = |range: Range<usize>| range.into_iter().any(|at| tokens.is_capitalised(text, at));
    let is_specified = of_a_name || capital(head.start + 1..head.end.saturating_sub(1)) || {
        tokens.lower(head.end) == "of" && capital(head.end..source.end.min(head.end + OF))
    };
    let the = tokens.lower(head.start) == "the" && possessor.is_none();
    // "The president and senior officials", "Ode's attorney": others speak too, and a client has many.
    let others = |at: usize| tokens.lower(at).ends_with('s') && words.anonymous.nouns.at(tokens, at).is_some();
    if source.clone().skip_while(|at| tokens.lower(*at) != "and").any(others) || ends(&words.many) {
        return false;
    }
    (the && ends(&words.sole)) || ((the || of_a_name) && is_specified && ends(&words.office))
}

/// "the newspaper Harrow Post", "ministry spokeswoman Mara Ode": a description, then the name it describes.
fn described_name(text: &str, tokens: &Tokens, head: Range<usize>) -> Option<Told> {
    let last = head.clone().next_back()?;
    let first = (head.start..head.end)
        .rev()
        .take_while(|at| tokens.is_capitalised(text, *at) || matches!(tokens.lower(*at), "." | "-" | "al" | "de" | "van" | "von" | "bin"))
        .last()?;
    if !tokens.is_capitalised(text, last) || first == head.start {
        return None;
    }
    let before = first - 1;
    let words = lexicon();
    let describes = |list: &Words| list.nouns.at(tokens, before) == Some(1);
    if describes(&words.outlet) && !describes(&words.voice) {
        return Some(Told::Outlet);
    }
    (describes(&words.voice) || describes(&words.anonymous) || describes(&words.office)).then_some(Told::Class(SourceClass::Named))
}

/// "Secretary of Harbours Mara Ode": an office with "of", then a name.
fn is_titled_of(text: &str, tokens: &Tokens, head: Range<usize>, end: usize) -> bool {
    /// The thing the office is of, a first and a last name.
    const LEAST: usize = 3;
    let office = head.clone().any(|at| lexicon().office.at(tokens, at).is_some());
    let run = (head.end + 1..end).take_while(|at| tokens.is_capitalised(text, *at)).count();
    office && tokens.lower(head.end) == "of" && run >= LEAST
}

/// Whether the source is a name that only outlets bear ("Reuters"), or is introduced as one ("the newspaper Harrow Post").
pub(super) fn bears_outlet_name(text: &str, tokens: &Tokens, source: Range<usize>) -> bool {
    let head = head(tokens, source);
    let whole = |at: usize| lexicon().outlet.words.at(tokens, at).is_some_and(|len| at + len == head.end);
    described_name(text, tokens, head.clone()) == Some(Told::Outlet) || head.clone().any(whole)
}

/// "South Korean media", "local press": reports of nobody in particular. "state-run Northwire media" names one.
fn is_press_at_large(text: &str, tokens: &Tokens, head: Range<usize>) -> bool {
    let Some(last) = head.clone().next_back() else { return false };
    let before = tokens.before(last, 1);
    let demonym = ["an", "ish", "ese", "i", "ch", "ic"].iter().any(|ending| before.ends_with(ending));
    let of_a_place = matches!(before, "domestic" | "foreign" | "international" | "local" | "national" | "other" | "regional" | "several" | "some" | "the");
    matches!(tokens.lower(last), "media" | "press")
        && before != "associated"
        && (last == head.start || !tokens.is_capitalised(text, last - 1) || demonym || of_a_place)
}

/// ", Mara Ode": a name set behind a description.
fn appositive_name(text: &str, tokens: &Tokens, after: usize, end: usize) -> bool {
    tokens.lower(after) == ","
        && after + 1 < end
        && tokens.is_capitalised(text, after + 1)
        && !is_determiner(tokens.lower(after + 1))
        && lexicon().organization.find(tokens, after + 1..end).is_none()
}
