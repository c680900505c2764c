//! Finds passages quoted at length from somebody else, whose marks or indent were lost.

use super::ZoneKind;
use super::lexicon::WORDS;
use super::page::Page;
use super::views::Tone;
use crate::text::Span;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Paragraphs an excerpt within a column may have before the writer's voice must return.
const LONGEST_EXCERPT: usize = 8;
/// Characters at the end of a post that hold its author, handle and date.
const LONGEST_SIGNATURE: usize = 160;
/// Points of the writer's voice that end an excerpt.
const RETURNS: usize = 2;

/// `zone/block-quotation` and `zone/post`: Markdown's block quotations, and posts with their author.
pub(super) fn set_apart(page: &mut Page) {
    for at in page.free() {
        if page.words(at).starts_with('>') {
            let voice = at.checked_sub(1).and_then(|before| source(page, before));
            set(page, at, voice, "zone/block-quotation", "a Markdown block quotation");
        } else if let Some(author) = post(page, at) {
            set(page, at, Some(author), "zone/post", "a post with its author's name under it");
        }
    }
}

/// `zone/excerpt`: what a colon hands over to.
pub(super) fn excerpts(page: &mut Page, tones: &[Tone]) {
    for at in 0..page.paragraphs.len() {
        if is_open(page, at) && page.words(at).ends_with(':') && !page.is_quoted(page.range(at).end.saturating_sub(1)) {
            handed_over(page, at, tones);
        }
    }
}

fn is_open(page: &Page, at: usize) -> bool {
    matches!(page.paragraphs[at].kind, None | Some(ZoneKind::Commentary))
}

fn set(page: &mut Page, at: usize, voice: Option<Span>, rule: &'static str, why: &'static str) {
    page.paragraphs[at].evidence.clear();
    page.paragraphs[at].voice = voice;
    page.mark(at, ZoneKind::Excerpt, rule, voice, why);
}

/// Whether paragraph `at` follows a colon and the name of somebody whose words it may be.
pub(super) fn is_handed_over(page: &Page, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| page.words(before).ends_with(':') && is_open(page, before) && source(page, before).is_some())
}

/// What follows the paragraph `at`, which ends with a colon.
fn handed_over(page: &mut Page, at: usize, tones: &[Tone]) {
    let voice = source(page, at);
    let from = at + 1;
    let in_commentary = page.paragraphs[at].kind == Some(ZoneKind::Commentary);
    if from >= page.paragraphs.len() || !is_open(page, from) || is_bullet(page, from) {
        return;
    }
    let end = if in_commentary { voice_returns(page, from, voice.is_some(), tones) } else { Some(from + 1).filter(|_| voice.is_some()) };
    let Some(end) = end else { return };
    // A quotation that kept its marks needs no zone.
    let all_marked = (from..end).all(|at| is_marked(page, at));
    if all_marked {
        return;
    }
    for inside in from..end {
        set(page, inside, voice, "zone/excerpt", "it follows a colon that hands over to somebody else's words");
    }
}

/// Where the writer's voice returns after the excerpt that begins at paragraph `from`.
fn voice_returns(page: &Page, from: usize, names_source: bool, tones: &[Tone]) -> Option<usize> {
    let last = (from + LONGEST_EXCERPT).min(page.paragraphs.len());
    let end = (from..last).find(|at| !is_open(page, *at) || tones[*at].points >= RETURNS);
    match end {
        Some(end) if end > from => Some(end),
        Some(_) => None,
        // The voice never returns: believed for one paragraph, and only after a named source.
        None => names_source.then_some(from + 1),
    }
}

fn is_bullet(page: &Page, at: usize) -> bool {
    page.words(at).starts_with(['•', '-', '*', '–']) || page.words(at).starts_with(|c: char| c.is_ascii_digit()) && page.words(at).contains(". ")
}

fn is_marked(page: &Page, at: usize) -> bool {
    let range = page.range(at);
    range.clone().find(|token| page.is_word(*token)).is_none_or(|token| page.is_quoted(token))
        && range.clone().rev().find(|token| page.is_word(*token)).is_none_or(|token| page.is_quoted(token))
}

/// The outlet or person that paragraph `at` hands over to: "per Northwire:", "As the Post reports:", "if you believe Northwire".
fn source(page: &Page, at: usize) -> Option<Span> {
    let range = page.range(at);
    let mut found = None;
    for token in range.clone() {
        if let Some(phrase) = page.phrase(token, &WORDS.handovers) {
            found = name_from(page, phrase.end, range.end).or(found);
        }
        if let Some(relay) = page.phrase(token, &WORDS.relays) {
            let near_the_end = range.end - relay.end.min(range.end) <= 6;
            found = name_before(page, relay.start, range.start).filter(|_| near_the_end).or(found);
        }
    }
    found
}

fn name_from(page: &Page, from: usize, end: usize) -> Option<Span> {
    let start = from + usize::from(matches!(page.tokens.lower(from), "the" | "a" | "this" | "that"));
    let stop = (start..end).find(|token| !is_name_part(page, *token)).unwrap_or(end);
    named(page, start..stop)
}

fn name_before(page: &Page, end: usize, start: usize) -> Option<Span> {
    let begin = (start..end).rev().take_while(|token| is_name_part(page, *token)).last()?;
    named(page, begin..end)
}

fn is_name_part(page: &Page, token: usize) -> bool {
    page.tokens.is_capitalised(page.text, token) && !page.is_quoted(token)
}

fn named(page: &Page, range: Range<usize>) -> Option<Span> {
    let is_pronoun = range.len() == 1
        && matches!(
            page.tokens.lower(range.start),
            "he" | "she"
                | "it"
                | "they"
                | "i"
                | "we"
                | "here"
                | "this"
                | "that"
                | "so"
                | "and"
                | "but"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
        );
    (!range.is_empty() && !is_pronoun).then(|| page.span(range)).flatten()
}

/// The author of a post whose paragraph ends with name, handle and date: "— Mara Ode (@mode) 4 June 2031".
fn post(page: &Page, at: usize) -> Option<Span> {
    static SIGNED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:—|–|--|- ) ?([^—–()]{2,60}?) ?\(@\w{1,30}\)[^()]{0,40}$").expect("a fixed pattern"));
    let line = page.paragraphs[at].span.of(page.text);
    let tail = line.char_indices().rev().nth(LONGEST_SIGNATURE).map_or(0, |(at, _)| at);
    let name = SIGNED.captures(&line[tail..])?.get(1)?;
    let start = page.paragraphs[at].span.start() + tail;
    Some(Span::new(start + name.start(), start + name.end()))
}
