//! Finds the turns of a transcript or an interview, each with its speaker.

use super::ZoneKind;
use super::lexicon::WORDS;
use super::page::Page;
use crate::text::Span;
use crate::token::TokenKind;
use std::collections::HashMap;
use std::ops::Range;

/// Longest label, in words: "SENATOR MARA J. ODE (HARROW)".
const LONGEST_LABEL: usize = 7;
/// Turns that make a transcript: of speakers written large or Q and A, and of speakers written like names.
const FEWEST_TURNS: usize = 2;
const FEWEST_NAMED_TURNS: usize = 4;
/// Paragraphs without a label that may stand between two turns of an embedded transcript.
const LONGEST_GAP: usize = 2;

/// How a label is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// WALLACE: or Q:
    Large,
    /// Mara Ode:
    Name,
}

/// `zone/turn`: one speaker's turn.
pub(super) fn turns(page: &mut Page) {
    let labels: Vec<(usize, Span, Style)> = page.free().into_iter().filter_map(|at| label(page, at).map(|(span, style)| (at, span, style))).collect();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for (_, span, _) in &labels {
        *by_name.entry(span.of(page.text)).or_default() += 1;
    }
    let large = labels.iter().filter(|(.., style)| *style == Style::Large).count();
    let named = labels.iter().filter(|(.., style)| *style == Style::Name).count();
    let returns = by_name.values().filter(|times| **times >= 2).count();
    let speaks = |style: Style| match style {
        Style::Large => large >= FEWEST_TURNS && by_name.len() >= 2 && (returns >= 1 || answers(page, &labels)),
        Style::Name => named >= FEWEST_NAMED_TURNS && returns >= 2,
    };
    let turns: Vec<(usize, Span)> = labels.iter().filter(|(.., style)| speaks(*style)).map(|(at, span, _)| (*at, *span)).collect();
    for (at, speaker) in &turns {
        page.mark(*at, ZoneKind::Turn, "zone/turn", Some(*speaker), "a speaker's name before a colon");
        page.paragraphs[*at].voice = Some(*speaker);
    }
    go_on(page, &turns);
}

/// Whether a turn that asks is followed by another's.
fn answers(page: &Page, labels: &[(usize, Span, Style)]) -> bool {
    labels.windows(2).any(|pair| pair[1].0 == pair[0].0 + 1 && page.words(pair[0].0).trim_end_matches(['"', '”']).ends_with('?'))
}

/// Paragraphs without a label between two turns belong to the turn before them; after the last turn of a page that is
/// all transcript, too.
fn go_on(page: &mut Page, turns: &[(usize, Span)]) {
    let (Some(first), Some(last)) = (turns.first(), turns.last()) else { return };
    let is_all = turns.len() * 2 > (first.0..page.paragraphs.len()).len();
    let ends = turns.iter().skip(1).map(|(at, _)| *at).chain(std::iter::once(page.paragraphs.len()));
    for ((at, speaker), end) in turns.iter().zip(ends) {
        let gap: Range<usize> = at + 1..end;
        let is_open = at == &last.0;
        if !is_all && (is_open || gap.len() > LONGEST_GAP) {
            continue;
        }
        for between in gap {
            let is_report = is_open && page.unquoted(between, &WORDS.attribution).is_some();
            if page.paragraphs[between].kind.is_none() && !is_report {
                page.mark(between, ZoneKind::Turn, "zone/turn", Some(*speaker), "the turn goes on");
                page.paragraphs[between].voice = Some(*speaker);
            }
        }
    }
}

/// The speaker's name with which paragraph `at` begins: "WALLACE:", "Q.", "**Mara Ode:**".
pub(super) fn label(page: &Page, at: usize) -> Option<(Span, Style)> {
    let range = page.range(at);
    let first = range.clone().find(|token| !matches!(page.tokens.lower(*token), "*" | "_" | "“" | "\"" | "[" | ">"))?;
    if let Some(turn) = question_or_answer(page, first, range.end) {
        return Some(turn);
    }
    let mark = (first..range.end).take(LONGEST_LABEL * 2).find(|token| page.tokens.lower(*token) == ":")?;
    let name_end = (first..mark).find(|token| matches!(page.tokens.lower(*token), "(" | "," | "*" | "_")).unwrap_or(mark);
    let words: Vec<usize> = (first..name_end).filter(|token| page.tokens.kind(*token) != TokenKind::Punctuation).collect();
    let is_heading = mark + 1 >= range.end;
    let has_speech =
        page.tokens.span(mark).end() < page.paragraphs[at].span.end() && page.text[page.tokens.span(mark).end()..].starts_with([' ', '*', '\u{a0}', '_', '\n']);
    let is_label = WORDS.no_speaker.at(page.tokens, first).is_some_and(|len| first + len >= name_end)
        || WORDS.furniture_label.at(page.tokens, first).is_some_and(|len| first + len >= name_end);
    if words.is_empty() || words.len() > LONGEST_LABEL || !(has_speech || is_heading) || is_label {
        return None;
    }
    let place = page.span(first..name_end)?;
    let is_large = |token: &usize| page.tokens.span(*token).of(page.text).chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let is_capital = |token: &usize| page.tokens.is_capitalised(page.text, *token);
    let letters = words.iter().map(|token| page.tokens.span(*token).len()).sum::<usize>();
    if words.iter().all(is_large) && letters >= 2 && words.iter().any(|token| page.tokens.kind(*token) == TokenKind::Word) {
        Some((place, Style::Large))
    } else if words.iter().all(is_capital) && words.len() <= 4 && !is_heading {
        Some((place, Style::Name))
    } else {
        None
    }
}

/// "Q:", "Q.", "Q " and "A:", "A.".
fn question_or_answer(page: &Page, first: usize, end: usize) -> Option<(Span, Style)> {
    let word = page.tokens.span(first);
    let next = page.tokens.lower(first + 1);
    let goes_on = first + 2 < end && page.tokens.is_capitalised(page.text, first + 2) || matches!(page.tokens.lower(first + 2), "“" | "\"" | "*" | "…");
    let is_label = match word.of(page.text) {
        "Q" => matches!(next, "." | ":" | ")") || page.tokens.is_capitalised(page.text, first + 1),
        "A" => matches!(next, "." | ":" | ")") && goes_on,
        _ => false,
    };
    is_label.then_some((word, Style::Large))
}
