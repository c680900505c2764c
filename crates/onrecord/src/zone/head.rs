//! Finds what stands over an article: headline, byline, dateline, date stamp.

use super::ZoneKind;
use super::lexicon::WORDS;
use super::page::Page;
use crate::text::Span;
use crate::token::TokenKind;
use regex::Regex;
use std::sync::LazyLock;

/// Paragraphs looked at for what stands over an article.
const HEAD: usize = 8;
/// Longest headline, in words, and longest one that ends with a full stop.
const LONGEST_HEADLINE: usize = 28;
const LONGEST_STOPPED_HEADLINE: usize = 20;
/// Share of long words, in hundredths, that a headline written large has written large.
const TITLE_CASE: usize = 65;
/// Share of its long words, in hundredths, that a headline in small letters shares with what it stands over.
const SHARED: usize = 35;
/// Longest byline and longest line that only says when.
const LONGEST_BYLINE: usize = 20;
const LONGEST_STAMP: usize = 14;

/// `zone/headline`: the title over the article, and its double.
pub(super) fn headlines(page: &mut Page) {
    for at in page.free() {
        let is_heading = page.words(at).starts_with('#') && page.words(at).trim_start_matches('#').starts_with(' ') && page.len(at) <= LONGEST_HEADLINE;
        if is_heading {
            page.mark(at, ZoneKind::Headline, "zone/headline", None, "a Markdown heading");
        }
    }
    let titled = page.document.title.as_deref().map(bare).filter(|title| !title.is_empty());
    let head: Vec<usize> = page.free().into_iter().filter(|at| *at < HEAD).collect();
    if let Some(title) = titled {
        let same: Vec<usize> = head.into_iter().filter(|at| bare(page.words(*at)) == title).collect();
        for at in same {
            page.mark(at, ZoneKind::Headline, "zone/headline", None, "the document's title");
        }
    }
    let is_found = (0..page.paragraphs.len().min(HEAD)).any(|at| page.paragraphs[at].kind == Some(ZoneKind::Headline));
    if let Some(at) = page.free().into_iter().next().filter(|at| !is_found && *at < 3)
        && let Some(why) = looks_like_headline(page, at)
    {
        page.mark(at, ZoneKind::Headline, "zone/headline", None, why);
    }
    second_half(page);
    let found = (0..page.paragraphs.len().min(HEAD)).find(|at| page.paragraphs[*at].kind == Some(ZoneKind::Headline)).map(|at| bare(page.words(at)));
    for at in page.free().into_iter().filter(|at| *at < HEAD) {
        if found.as_ref().is_some_and(|headline| *headline == bare(page.words(at))) {
            page.mark(at, ZoneKind::Headline, "zone/headline", None, "the headline again");
        }
    }
}

/// "Harbor of Harrow closes;" goes on in the next line.
fn second_half(page: &mut Page) {
    let first = (0..page.paragraphs.len().min(3))
        .find(|at| page.paragraphs[*at].kind == Some(ZoneKind::Headline) && page.words(*at).ends_with(';') && !page.blank_follows(*at));
    if let Some(at) =
        first.map(|at| at + 1).filter(|at| *at < page.paragraphs.len() && page.paragraphs[*at].kind.is_none() && page.len(*at) <= LONGEST_HEADLINE)
    {
        page.mark(at, ZoneKind::Headline, "zone/headline", None, "the second half of the headline");
    }
}

/// Letters and digits in lower case, for comparing.
fn bare(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn looks_like_headline(page: &Page, at: usize) -> Option<&'static str> {
    let (words, len) = (page.words(at), page.len(at));
    let body: Vec<usize> = page.free().into_iter().filter(|other| *other > at).collect();
    let next = *body.first()?;
    let is_first_half = words.ends_with(';') && !page.blank_follows(at);
    if !(2..=LONGEST_HEADLINE).contains(&len)
        || words.ends_with([':', ',', ';']) && !is_first_half
        || !body.iter().take(4).any(|other| page.ends_sentence(*other))
    {
        return None;
    }
    if is_stamp(page, at) || byline_name(page, at).is_some() || fused_stamp(words).is_some() || wire_dateline(words).is_some() {
        return None;
    }
    let is_speaker = page.range(at).take(6).any(|token| page.tokens.lower(token) == ":" && page.len(next) < 60)
        && super::turn::label(page, at).is_some()
        && super::turn::label(page, next).is_some();
    if is_speaker {
        return None;
    }
    let is_large = is_written_large(page, at);
    if !page.ends_sentence(at) {
        return (page.words(at).starts_with(|c: char| !c.is_lowercase())).then_some("the first line has no full stop");
    }
    let is_one_sentence = page.sentences_of(at).count() == 1;
    let longest = body.iter().take(3).map(|other| page.len(*other)).max().unwrap_or(0);
    if !page.blank_follows(at) || len > LONGEST_STOPPED_HEADLINE || !is_one_sentence || longest < len {
        return None;
    }
    let asks = words.ends_with(['?', '!']) && longest > 2 * len;
    let is_told = page.range(at).any(|token| matches!(page.tokens.lower(token), "said" | "told" | "according"))
        || page.range(at).any(|token| WORDS.stamp.has(page.tokens.lower(token)) && page.tokens.lower(token).ends_with("day"));
    let is_summary = !is_told && !opens_like_a_sentence(page, at) && body.len() >= 3 && shares_words(page, at, &body[..body.len().min(4)]);
    match (is_large && len >= 3, asks, is_summary) {
        (true, ..) => Some("the first line is short, stands alone and is written large"),
        (_, true, _) => Some("the first line is a short question that stands alone"),
        (.., true) => Some("the first line is short, stands alone and is told again below"),
        (false, false, false) => None,
    }
}

/// Whether most long words of paragraph `at` are capitalised.
fn is_written_large(page: &Page, at: usize) -> bool {
    let long: Vec<usize> =
        page.range(at).filter(|token| page.tokens.kind(*token) == TokenKind::Word && page.tokens.lower(*token).chars().count() >= 4).collect();
    let large = long.iter().filter(|token| page.tokens.is_capitalised(page.text, **token)).count();
    long.len() >= 2 && large * 100 >= long.len() * TITLE_CASE
}

/// "The harbor …", "In June …": headlines leave such words out.
fn opens_like_a_sentence(page: &Page, at: usize) -> bool {
    let first = page.tokens.lower(page.first_word(at));
    matches!(
        first,
        "the"
            | "a"
            | "an"
            | "he"
            | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "there"
            | "on"
            | "in"
            | "at"
            | "after"
            | "for"
            | "by"
            | "as"
            | "when"
            | "while"
            | "if"
            | "this"
            | "that"
            | "these"
            | "but"
            | "and"
    )
}

fn shares_words(page: &Page, at: usize, body: &[usize]) -> bool {
    let long = |at: usize| page.range(at).map(|token| page.tokens.lower(token)).filter(|word| word.chars().count() >= 4);
    let below: std::collections::HashSet<&str> = body.iter().flat_map(|at| long(*at)).map(stem).collect();
    let all = long(at).count();
    all >= 3 && long(at).filter(|word| below.contains(stem(word))).count() * 100 >= all * SHARED
}

/// The first letters of a word, so that "rejects" and "rejected" meet.
fn stem(word: &str) -> &str {
    word.char_indices().nth(5).map_or(word, |(end, _)| &word[..end])
}

/// `zone/byline`: who wrote it, and lines under the headline that go on with it.
pub(super) fn bylines(page: &mut Page) {
    let known = page.document.byline.as_deref().map(bare).filter(|byline| !byline.is_empty());
    for at in page.free().into_iter().filter(|at| *at < HEAD) {
        let is_known = known.as_ref().is_some_and(|byline| bare(page.words(at)).trim_start_matches("by") == byline.trim_start_matches("by"));
        let name = byline_name(page, at).or(is_known.then_some(page.paragraphs[at].span));
        if let Some(name) = name {
            page.mark(at, ZoneKind::Byline, "zone/byline", Some(name), "");
            page.paragraphs[at].voice = Some(name);
        }
    }
}

/// The writer's name, if paragraph `at` is a byline: "By Mara Ode, Staff Writer".
fn byline_name(page: &Page, at: usize) -> Option<Span> {
    let range = page.range(at);
    let first = page.first_word(at);
    let is_capital = |token: usize| page.tokens.is_capitalised(page.text, token);
    let label = match page.tokens.lower(first) {
        "by" => 1,
        "written" | "posted" | "story" | "reported" | "words" if page.tokens.lower(first + 1) == "by" => 2,
        _ => 0,
    };
    let start = first + label;
    let fits = |token: usize| {
        !page.is_word(token)
            || is_capital(token)
            || WORDS.byline.has(page.tokens.lower(token))
            || WORDS.stamp.has(page.tokens.lower(token))
            || page.tokens.kind(token) == TokenKind::Number
    };
    if page.len(at) > LONGEST_BYLINE || start >= range.end || !is_capital(start) || !(start..range.end).all(fits) {
        return None;
    }
    let end = (start..range.end)
        .find(|token| matches!(page.tokens.lower(*token), "," | "|" | "•" | "(" | "*" | "_" | "-" | "–" | "—" | "·") && *token > start)
        .unwrap_or(range.end);
    let has_role =
        || (end..range.end).any(|token| matches!(page.tokens.lower(token), "writer" | "reporter" | "correspondent" | "editor" | "staff" | "columnist"));
    let is_byline =
        if label > 0 { !page.words(at).ends_with(['?', '!', ':']) } else { end > start && end - start <= 4 && has_role() && !page.ends_sentence(at) };
    is_byline.then(|| page.span(start..end)).flatten()
}

/// `zone/dateline`: a line that only says when, a stamp run into the first sentence, a wire's place and agency; and
/// `zone/headline` for the lines under the headline that go on with it.
pub(super) fn datelines(page: &mut Page) {
    for at in page.free() {
        if is_stamp(page, at) {
            page.mark(at, ZoneKind::Dateline, "zone/dateline", None, "a line that only says when");
        }
    }
    let body = page.free().into_iter().filter(|at| *at < HEAD);
    let fused =
        body.clone().next().and_then(|at| fused_stamp(page.paragraphs[at].span.of(page.text)).map(|end| (at, end, "a date stamp run into the first sentence")));
    let place =
        || body.clone().find_map(|at| wire_dateline(page.paragraphs[at].span.of(page.text)).map(|end| (at, end, "place and agency before the first sentence")));
    if let Some((at, end, why)) = fused.or_else(place) {
        let border = page.paragraphs[at].span.start() + end;
        page.cut(at, border);
        page.mark(at, ZoneKind::Dateline, "zone/dateline", None, why);
    }
    decks(page);
}

/// Lines without a full stop between the headline and the first sentence.
fn decks(page: &mut Page) {
    let Some(headline) = (0..page.paragraphs.len().min(HEAD)).find(|at| page.paragraphs[*at].kind == Some(ZoneKind::Headline)) else { return };
    let below: Vec<usize> = page.free().into_iter().filter(|at| *at > headline && *at < HEAD).collect();
    let Some(body) = below.iter().position(|at| page.ends_sentence(*at)) else { return };
    for at in &below[..body] {
        let is_deck = page.len(*at) <= LONGEST_HEADLINE && !page.words(*at).ends_with([':', ',']) && super::turn::label(page, *at).is_none();
        if is_deck && page.words(*at).starts_with(|c: char| !c.is_lowercase()) {
            page.mark(*at, ZoneKind::Headline, "zone/headline", None, "a line without a full stop under the headline");
        }
    }
}

/// Whether paragraph `at` only says when: "Published June 4, 2031 at 9:14 a.m."
fn is_stamp(page: &Page, at: usize) -> bool {
    let words: Vec<&str> = page.range(at).filter(|token| page.is_word(*token)).map(|token| page.tokens.lower(token)).collect();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let fits = |word: &&str| is_number(word) || WORDS.stamp.has(word);
    !words.is_empty() && words.len() <= LONGEST_STAMP && words.iter().any(|word| is_number(word)) && words.len() > 1 && words.iter().all(fits)
}

/// Where the date stamp ends that `line` begins with and goes on from: " date 2031-06-09 Mayor Ode said".
fn fused_stamp(line: &str) -> Option<usize> {
    static STAMP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\s*(?:(?:date|dated|published|posted|updated|last updated)\s*(?:on|at)?:?\s*)?\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?[\s:|,–—-]+").expect("a fixed pattern")
    });
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:[Dd]ate|[Dd]ated|[Pp]ublished|PUBLISHED|[Pp]osted|[Uu]pdated|UPDATED|[Ll]ast updated)\s*(?:on|at)?:?\s*(?:[A-Z][a-z]+\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]+\.? \d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?:,? (?:at )?\d{1,2}:\d{2}(?: ?[APap]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)?[\s:|,–—-]+").expect("a fixed pattern")
    });
    let hit = STAMP.find(line).or_else(|| NAMED.find(line))?;
    (!line[hit.end()..].trim().is_empty()).then_some(hit.end())
}

/// Where the dateline ends that `line` begins with and goes on from: "HARROW, June 4 (Northwire) — ".
fn wire_dateline(line: &str) -> Option<usize> {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| {
        let place = r"[A-Z][A-Z.'’-]+(?:[ -][A-Z][A-Z.'’-]+){0,4}(?:/[A-Z][A-Z.'’ -]+)?(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?){0,2}";
        let date = r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?";
        let agency = r"(?: ?\([A-Za-z][A-Za-z .&/-]{1,40}\))?";
        Regex::new(&format!(r"^\s*{place}{date}{agency}\s*(?:—|–|―|--|-|:)\s+")).expect("a fixed pattern")
    });
    static AGENCY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:[A-Z][a-z]+(?:[ ,]+[A-Z][\w.]+){0,4},? ?(?:[A-Z][a-z]{2,8}\.? \d{1,2} ?)?)?\([A-Z][A-Za-z ]{1,24}\)\s*(?:—|–|―|--|-)\s*")
            .expect("a fixed pattern")
    });
    let hit = PLACE.find(line).filter(|hit| !hit.as_str().trim_end().ends_with(':') || hit.as_str().contains('(')).or_else(|| AGENCY.find(line))?;
    let rest = &line[hit.end()..];
    (rest.split_whitespace().count() >= 4 && rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘' | '\'')))
        .then_some(hit.end())
}
