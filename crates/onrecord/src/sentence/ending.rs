//! Decides whether the mark at a token ends a sentence.

use crate::lexicon::{self, Phrases};
use crate::token::{TokenKind, Tokens};
use serde::Deserialize;
use std::sync::LazyLock;

/// Tokens looked at between a closing quotation mark and the verb that ties it to its speaker:
/// “Why?” Justice Department spokeswoman Mara J. Ode asked.
const LONGEST_SPEAKER: usize = 9;

#[derive(Deserialize)]
struct Words {
    before_name: Phrases,
    before_number: Phrases,
    either: Phrases,
    starters: Phrases,
    after_clock: Phrases,
    cues: Phrases,
    after_cue: Phrases,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/sentence.toml")));

/// A run of marks that might end a sentence: `.`, `?!`, `. . .`, with the quotation marks and brackets that close after it.
struct Stop {
    /// The first mark.
    first: usize,
    /// The token after all of it.
    end: usize,
    kind: Kind,
    /// Whether a quotation mark closes after the marks.
    closes_quotation: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Period,
    Ellipsis,
    /// A question or exclamation mark.
    Strong,
}

/// What a run of marks does to the sentence.
pub(super) enum Verdict {
    /// It ends; the next one begins at this token.
    Ends(usize),
    /// It goes on; this is the next token to look at.
    GoesOn(usize),
}

/// Whether the sentence that began at token `start` ends with the mark at `at`; `end` is where its paragraph does.
pub(super) fn judge(text: &str, tokens: &Tokens, start: usize, at: usize, end: usize) -> Verdict {
    let Some(stop) = stop(text, tokens, at, end) else { return Verdict::GoesOn(at + 1) };
    let ends = if stop.end >= end {
        true
    } else if touches(tokens, stop.end) {
        lost_its_space(text, tokens, &stop)
    } else {
        ends(text, tokens, start, &stop)
    };
    if ends { Verdict::Ends(stop.end) } else { Verdict::GoesOn(stop.end) }
}

fn stop(text: &str, tokens: &Tokens, first: usize, end: usize) -> Option<Stop> {
    if !is_stop(tokens.lower(first)) {
        return None;
    }
    let mut at = first;
    let (mut dots, mut is_strong) = (0, false);
    while at < end && is_stop(tokens.lower(at)) {
        match tokens.lower(at) {
            "…" => dots += 3,
            "." => dots += 1,
            _ => is_strong = true,
        }
        at += 1;
    }
    let mut closes_quotation = false;
    let is_last_mark = |at: usize| at + 1 == end && (is_quote(tokens.lower(at)) || tokens.lower(at) == "“");
    while at < end && (closes(text, tokens, at) || is_last_mark(at)) {
        closes_quotation |= is_quote(tokens.lower(at));
        at += 1;
    }
    let kind = match (is_strong, dots) {
        (true, _) => Kind::Strong,
        (false, 1) => Kind::Period,
        (false, _) => Kind::Ellipsis,
    };
    Some(Stop { first, end: at, kind, closes_quotation })
}

fn is_stop(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | "…" | "‽" | "。")
}

fn is_quote(mark: &str) -> bool {
    matches!(mark, "”" | "\"" | "'" | "’" | "»" | "›")
}

/// Whether the mark at `at` touches the words before it and closes something.
fn closes(text: &str, tokens: &Tokens, at: usize) -> bool {
    let mark = tokens.lower(at);
    if !is_quote(mark) && !matches!(mark, ")" | "]" | "*" | "_") {
        return false;
    }
    let opens_a_word = tokens.as_slice().get(at + 1).is_some_and(|_| touches(tokens, at + 1) && tokens.kind(at + 1) != TokenKind::Punctuation);
    let is_loose = !touches(tokens, at);
    if is_loose {
        // “ … he said. ” with a space before the closing mark: only a curly mark cannot open.
        return mark == "”" && tokens.span(at - 1).end() + 1 == tokens.span(at).start() && !text[tokens.span(at).start()..].starts_with('\n');
    }
    !(opens_a_word && matches!(mark, "\"" | "'" | "*" | "_"))
}

/// Whether no white space stands before token `at`.
fn touches(tokens: &Tokens, at: usize) -> bool {
    at > 0 && at < tokens.len() && tokens.span(at - 1).end() == tokens.span(at).start()
}

/// "… he said.The board …": a break that lost its space.
fn lost_its_space(text: &str, tokens: &Tokens, stop: &Stop) -> bool {
    let is_long_word = |at: usize| tokens.kind(at) == TokenKind::Word && tokens.lower(at).chars().count() >= 3;
    let before = stop.first.checked_sub(1).filter(|before| touches(tokens, stop.first) && is_long_word(*before));
    let in_an_address = before.is_some_and(|before| touches(tokens, before) && matches!(tokens.before(before, 1), "/" | "@" | "." | ":"));
    let after = stop.end;
    let opens = matches!(tokens.lower(after), "“" | "‘");
    let word = after + usize::from(opens);
    let starts = tokens.is_capitalised(text, word) && (is_long_word(word) || WORDS.starters.has(tokens.lower(word)));
    let goes_on_as_address = touches(tokens, word + 1) && matches!(tokens.lower(word + 1), "/" | "@");
    stop.kind != Kind::Ellipsis
        && before.is_some_and(|before| tokens.span(before).of(text).ends_with(char::is_lowercase) || stop.closes_quotation)
        && !in_an_address
        && !goes_on_as_address
        && starts
}

fn ends(text: &str, tokens: &Tokens, start: usize, stop: &Stop) -> bool {
    let next = first_word(tokens, stop.end);
    let opens = next > stop.end;
    let begins_small = tokens.as_slice().get(next).is_some_and(|_| tokens.span(next).of(text).starts_with(char::is_lowercase));
    if begins_small && (!opens || stop.kind != Kind::Strong) {
        return false;
    }
    if matches!(tokens.lower(stop.end), "," | ";" | ":" | ")" | "—" | "–" | "-" | "/") {
        return false;
    }
    match stop.kind {
        Kind::Strong => !(stop.closes_quotation && names_its_speaker(text, tokens, stop.end)),
        Kind::Ellipsis => !matches!(tokens.lower(next), "i" | "and" | "or") && !(stop.closes_quotation && names_its_speaker(text, tokens, stop.end)),
        Kind::Period => !abbreviates(text, tokens, start, stop, next),
    }
}

/// The first token from `at` on that is not an opening mark.
fn first_word(tokens: &Tokens, at: usize) -> usize {
    let opening = |at: &usize| matches!(tokens.lower(*at), "“" | "‘" | "\"" | "'" | "«" | "(" | "[" | "`" | "*" | "_" | "„" | "‹");
    (at..tokens.len()).find(|at| !opening(at)).unwrap_or(tokens.len())
}

/// Whether what follows a closing mark is the speaker and a verb of saying, and nothing more: “Why?” Ode asked.
fn names_its_speaker(text: &str, tokens: &Tokens, from: usize) -> bool {
    for at in from..(from + LONGEST_SPEAKER).min(tokens.len()) {
        let word = tokens.lower(at);
        if at > from && WORDS.cues.has(word) {
            let after = tokens.lower(at + 1);
            return matches!(after, "." | "," | ";" | ":" | "") || WORDS.after_cue.has(after);
        }
        let is_part_of_a_name = tokens.kind(at) == TokenKind::Word || word == "." && tokens.is_capitalised(text, at.saturating_sub(1));
        if !is_part_of_a_name && !matches!(word, "-" | "'" | "’") {
            return false;
        }
    }
    false
}

/// Whether the full stop belongs to an abbreviation, an initial or a number and the sentence goes on.
fn abbreviates(text: &str, tokens: &Tokens, start: usize, stop: &Stop, next: usize) -> bool {
    if stop.first <= start || !touches(tokens, stop.first) {
        return false;
    }
    let before = stop.first - 1;
    let word = tokens.lower(before);
    let after = tokens.lower(next);
    let before_number = tokens.as_slice().get(next).is_some_and(|token| token.kind() == TokenKind::Number);
    let begins = || WORDS.starters.has(after);
    let opens = next > stop.end;
    if stop.closes_quotation {
        return false;
    }
    let is_enumerator = before == start && (tokens.kind(before) == TokenKind::Number || word.len() == 1);
    if is_enumerator || WORDS.before_name.has(word) && tokens.is_capitalised(text, before) || matches!(word, "vs" | "v" | "cf") {
        return true;
    }
    if WORDS.before_number.has(word) {
        return before_number;
    }
    if is_dotted(tokens, before) {
        return match word {
            "m" => WORDS.after_clock.has(after),
            "e" | "g" => matches!(tokens.before(before, 2), "i" | "e"),
            _ => before_number || !begins() && !opens,
        };
    }
    if word.chars().count() == 1 && tokens.is_capitalised(text, before) {
        return word != "i" && !begins();
    }
    WORDS.either.has(word) && tokens.is_capitalised(text, before) && (before_number || !begins() && !opens)
}

/// Whether token `at` is a later letter of "U.S", "p.m", "Ph.D".
fn is_dotted(tokens: &Tokens, at: usize) -> bool {
    at >= 2
        && tokens.lower(at).chars().count() <= 2
        && tokens.before(at, 1) == "."
        && tokens.before(at, 2).chars().count() <= 2
        && touches(tokens, at)
        && touches(tokens, at - 1)
}
