//! Finds readers' words under an article: under a heading, or where the voice changes without one.

use super::ZoneKind;
use super::lexicon::WORDS;
use super::page::Page;
use super::views::Tone;
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// Longest heading over comments, in words: "12 comments on this article".
const LONGEST_HEADING: usize = 8;
/// Longest line, in bytes, that only names a commenter.
const LONGEST_SIGNATURE: usize = 80;
/// Paragraphs of an article that must stand before comments without a heading.
const FEWEST_BEFORE: usize = 3;
/// Points a hundred words up to which the article before speaks like a report.
const QUIET: f32 = 1.0;
/// Points a hundred words from which what follows speaks like a reader, and how many of the points must be strong.
const LOUD: f32 = 3.0;
const FEWEST_STRONG: usize = 5;

/// `zone/comments`: what stands under a heading such as "Comments", or after a line with a commenter's name and time.
pub(super) fn headed(page: &mut Page) {
    let count = page.paragraphs.len();
    let heading = (1..count).find(|at| is_heading(page, *at) && at + 1 < count);
    let from = match heading {
        Some(at) => {
            page.mark(at, ZoneKind::Furniture, "zone/comments", None, "a heading over readers' comments");
            at + 1
        }
        None => match signed(page) {
            Some(at) => at,
            None => return,
        },
    };
    let mut voice = None;
    for at in from..count {
        let by = signature(page, at);
        if by.is_some() {
            voice = by;
        }
        if matches!(page.paragraphs[at].kind, None | Some(ZoneKind::Caption | ZoneKind::Turn | ZoneKind::Dateline)) {
            page.paragraphs[at].voice = voice;
            page.mark(at, ZoneKind::ReaderComment, "zone/comments", by, "it stands under a heading of comments or a commenter's name");
        }
    }
}

/// The first line with a commenter's name, if a second one follows or nothing below speaks like a report.
fn signed(page: &Page) -> Option<usize> {
    let lines: Vec<usize> = (2..page.paragraphs.len()).filter(|at| signature(page, *at).is_some()).collect();
    let first = *lines.first()?;
    let is_last = first + 1 == page.paragraphs.len();
    let reports = (first + 1..page.paragraphs.len()).any(|at| page.unquoted(at, &WORDS.attribution).is_some());
    (!is_last && (lines.len() >= 2 || !reports && first * 2 > page.paragraphs.len())).then_some(first)
}

fn is_heading(page: &Page, at: usize) -> bool {
    let range = page.range(at);
    let first = page.first_word(at);
    let after_number = first + usize::from(page.tokens.lower(first).starts_with(|c: char| c.is_ascii_digit()));
    let Some(len) = WORDS.comment_heading.at(page.tokens, after_number) else { return false };
    let rest = after_number + len..range.end;
    let is_short = page.len(at) <= LONGEST_HEADING && (!page.ends_sentence(at) || page.len(at) <= 2);
    let only_a_count = rest.clone().all(|token| !page.is_word(token) || page.tokens.lower(token).starts_with(|c: char| c.is_ascii_digit()));
    is_short && (only_a_count || matches!(page.tokens.lower(after_number + len), ":" | "on" | "from" | "by"))
}

/// The commenter's name in a line that only names one: "tidewatcher says:", "Tam B. • 3 hours ago", "Posted by ode at 9:14 pm".
fn signature(page: &Page, at: usize) -> Option<Span> {
    static PATTERNS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
        let compile = |pattern: &str| Regex::new(pattern).expect("a fixed pattern");
        [
            compile(
                r"^@?([\w.-]+(?: [\w.-]+){0,2})\**\s*[•·|,-]\s*\d+ ?(?:s|m|h|d|w|mo|y|secs?|mins?|minutes?|hours?|hrs?|days?|weeks?|months?|years?)(?: ago)?\b.{0,20}$",
            ),
            compile(
                r"^@?([\w.-]+(?: [\w.-]+){0,2}) (?:says|said|wrote|writes|commented|replied)(?:,? (?:on |at )?(?:\w{3,9}\.? \d{1,2},? \d{4}|\d{1,2} \w{3,9}\.? \d{4}|\d{1,4}[:./-]\d{2}).{0,25})?:?$",
            ),
            compile(r"^(?:Posted|Comment|Commented) by:? @?([\w.-]+(?: [\w.-]+){0,2})\b.{0,12}\d.{0,30}$"),
            compile(r"^@?([\w.-]*(?:_\w+|[a-z]\d{2,})[\w.-]*)[:\s]*$"),
        ]
    });
    let line = page.words(at).trim_start_matches('*');
    if line.len() > LONGEST_SIGNATURE || page.ends_sentence(at) && !line.ends_with("m.") {
        return None;
    }
    let first = line.split_whitespace().next().unwrap_or_default().to_lowercase();
    let is_nobody = !line.contains(char::is_alphabetic)
        || matches!(first.as_str(), "he" | "she" | "they" | "who" | "it" | "i" | "we" | "you" | "one" | "as" | "and" | "but" | "then");
    if is_nobody {
        return None;
    }
    let is_sure = |number: usize| number != 1 || line.contains(|c: char| c.is_ascii_digit()) || line.starts_with(char::is_lowercase);
    let name = PATTERNS.iter().enumerate().find_map(|(number, pattern)| pattern.captures(line).filter(|_| is_sure(number)).and_then(|found| found.get(1)))?;
    let words = page.paragraphs[at].span.trim(page.text);
    let start = words.end() - line.len();
    Some(Span::new(start + name.start(), start + name.end()))
}

/// `zone/reader-voice`: a quiet report whose last paragraphs suddenly speak in the first person, ask and scold.
pub(super) fn unmarked(page: &mut Page, tones: &[Tone]) {
    let free = page.free();
    if free.len() <= FEWEST_BEFORE {
        return;
    }
    let tones: Vec<&Tone> = free.iter().map(|at| &tones[*at]).collect();
    let totals = totals(page, &free, &tones);
    let Some(from) = (FEWEST_BEFORE..free.len()).find(|from| turns_loud(tones[*from], &totals, *from)) else { return };
    let place = tones[from].places.first().copied();
    for at in &free[from..] {
        page.mark(*at, ZoneKind::ReaderComment, "zone/reader-voice", place, "the voice changes under a quiet report: a reader's, not the outlet's");
    }
}

/// What all paragraphs up to one amount to.
#[derive(Clone, Copy, Default)]
struct Total {
    words: usize,
    points: usize,
    strong: usize,
    personal: usize,
    attributions: usize,
    curly: usize,
    straight: usize,
}

impl Total {
    fn density(self) -> f32 {
        if self.words == 0 { 0.0 } else { self.points as f32 * 100.0 / self.words as f32 }
    }

    fn minus(self, before: Total) -> Total {
        Total {
            words: self.words - before.words,
            points: self.points - before.points,
            strong: self.strong - before.strong,
            personal: self.personal - before.personal,
            attributions: self.attributions - before.attributions,
            curly: self.curly - before.curly,
            straight: self.straight - before.straight,
        }
    }
}

/// The totals before each paragraph, and those of all at the end.
fn totals(page: &Page, free: &[usize], tones: &[&Tone]) -> Vec<Total> {
    let mut out = vec![Total::default()];
    for (at, tone) in free.iter().zip(tones) {
        let before = out[out.len() - 1];
        let words = page.words(*at);
        out.push(Total {
            words: before.words + tone.words,
            points: before.points + tone.points,
            strong: before.strong + tone.strong,
            personal: before.personal + tone.personal,
            attributions: before.attributions + tone.attributions,
            curly: before.curly + words.matches(['“', '”', '’']).count(),
            straight: before.straight + words.matches(['"', '\'', '`']).count(),
        });
    }
    out
}

/// Whether the article is quiet before paragraph `from` and everything after speaks like a reader.
fn turns_loud(opening: &Tone, totals: &[Total], from: usize) -> bool {
    let (before, all) = (totals[from], totals[totals.len() - 1]);
    let after = all.minus(before);
    let reports = before.attributions >= 2 && before.density() <= QUIET && before.strong <= 3;
    let opens_loud = opening.strong >= 2 && after.personal >= FEWEST_STRONG;
    let is_tail = after.words * 4 <= all.words * 3;
    let need = if changes_marks(before, after) { LOUD / 2.0 } else { LOUD };
    let paragraphs = totals.len() - 1 - from;
    reports && opens_loud && is_tail && after.density() >= need && after.attributions * 3 <= paragraphs + 2
}

/// Whether the marks of quotation and apostrophe turn from curly to straight, or back.
fn changes_marks(before: Total, after: Total) -> bool {
    let curly_to_straight = before.curly > 2 * before.straight && after.straight > 2 * after.curly && after.straight > 1;
    let straight_to_curly = before.straight > 2 * before.curly && after.curly > 2 * after.straight && after.curly > 1;
    curly_to_straight || straight_to_curly
}
