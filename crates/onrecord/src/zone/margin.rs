//! Sets aside what stands around an article: links, buttons, advertisements, notices, and the words under pictures.

use super::ZoneKind;
use super::lexicon::WORDS;
use super::page::Page;
use crate::sentence::Sentence;
use std::ops::Range;

/// Longer paragraphs are no furniture, whatever they begin with.
const LONGEST_FURNITURE: usize = 70;
/// A paragraph with one phrase of furniture inside may be this long.
const LONGEST_NOTICE: usize = 40;
/// Longest line of a list of links, and how many lines such a list has at most.
const LONGEST_LINK: usize = 20;
const LONGEST_LIST: usize = 10;
/// A line of this many words or more, all in capitals, below the headline is a link to another article.
const FEWEST_SHOUTED: usize = 4;
/// Longest caption; wire captions carry whole stories.
const LONGEST_CAPTION: usize = 130;
/// The label before a caption, with the credit in it, has at most so many tokens.
const LONGEST_LABEL: usize = 12;
/// A credit stands within this many tokens of a caption's end.
const CREDIT_REACH: usize = 12;
/// A line without a full stop is a caption only between paragraphs that have one: at least this many of a hundred.
const PUNCTUATED: usize = 70;
const FEWEST_PARAGRAPHS: usize = 5;
/// Shorter lines without a full stop are subheads and lists.
const SHORTEST_STRAY_LINE: usize = 8;

/// `zone/furniture`: links, buttons, advertisements, notices.
pub(super) fn furniture(page: &mut Page) {
    for at in 0..page.paragraphs.len() {
        if let Some(words) = is_furniture(page, at) {
            let place = page.span(words);
            page.mark(at, ZoneKind::Furniture, "zone/furniture", place, "");
            if at > 2 && page.len(at) <= 5 {
                links(page, at + 1);
            }
        }
    }
}

/// The lines under a heading such as "Read more:".
fn links(page: &mut Page, from: usize) {
    let to = (from + LONGEST_LIST).min(page.paragraphs.len());
    let is_link = |page: &Page, at: usize| {
        !page.ends_sentence(at) && page.len(at) <= LONGEST_LINK && page.unquoted(at, &WORDS.attribution).is_none() && !page.words(at).ends_with(':')
    };
    let end = (from..to).find(|at| !is_link(page, *at)).unwrap_or(to);
    let is_list = end > from + 1 || end == page.paragraphs.len();
    if is_list {
        for at in from..end {
            page.mark(at, ZoneKind::Furniture, "zone/furniture", None, "a line under a heading of links");
        }
    }
}

/// The words that make paragraph `at` furniture.
fn is_furniture(page: &Page, at: usize) -> Option<Range<usize>> {
    let (range, len) = (page.range(at), page.len(at));
    if len == 0 || page.words(at).split_whitespace().all(is_address) {
        return Some(range);
    }
    let first = page.first_word(at);
    let ends_at = |end: usize| end >= range.end;
    let sets_off = |end: usize| ends_at(end) || matches!(page.tokens.lower(end), ":" | "|" | "»" | "…" | "(" | "[" | "©" | "→");
    if let Some(len_of_label) = WORDS.furniture_label.at(page.tokens, first).filter(|_| len <= LONGEST_FURNITURE) {
        let end = first + len_of_label;
        let is_heading = ends_at(end) || page.tokens.lower(end) == ":";
        if is_heading && !page.is_quoted(first) {
            return Some(first..end);
        }
    }
    if let Some(phrase) = page.phrase(first, &WORDS.furniture_start).filter(|_| len <= LONGEST_FURNITURE || !page.ends_sentence(at)) {
        let is_sure = phrase.len() > 1 && !(page.ends_sentence(at) && page.unquoted(at, &WORDS.attribution).is_some());
        let next_is_number = page.tokens.lower(phrase.end).starts_with(|c: char| c.is_ascii_digit());
        let is_line = !page.ends_sentence(at) && len <= LONGEST_LINK;
        let is_shouted = page.span(phrase.clone()).is_some_and(|span| !span.of(page.text).contains(char::is_lowercase));
        if is_shouted || is_sure || sets_off(phrase.end) || next_is_number || is_line {
            return Some(phrase);
        }
    }
    if let Some(phrase) = page.unquoted(at, &WORDS.furniture_inside).filter(|_| len <= LONGEST_NOTICE) {
        return Some(phrase);
    }
    if is_teaser(page, at) || is_form(page, at) {
        return Some(range);
    }
    let is_credit = at + 3 >= page.paragraphs.len() && at > 1 && len <= 3;
    WORDS.agency.at(page.tokens, first).filter(|len| is_credit && ends_at(first + len)).map(|_| range)
}

/// "SENATE VOTES TO CLOSE HARBOR", "Who is running? The full list Read more": a link to another article.
fn is_teaser(page: &Page, at: usize) -> bool {
    let words = page.words(at);
    let is_shouted = !words.contains(char::is_lowercase) && page.len(at) >= FEWEST_SHOUTED && at > 1 && !words.contains(':');
    is_shouted || !page.ends_sentence(at) && page.len(at) <= LONGEST_NOTICE && words.to_lowercase().ends_with("read more") && page.len(at) > 2
}

/// Notices of which a form for readers holds at least so many.
const FEWEST_NOTICES: usize = 3;

/// "Please verify that you are no robot. Invalid email. Please re-enter. You must select a letter.": mostly sentences that begin as notices.
fn is_form(page: &Page, at: usize) -> bool {
    let begins = |sentence: &Sentence| {
        let first = sentence.tokens.clone().find(|token| page.is_word(*token));
        first.is_some_and(|first| page.phrase(first, &WORDS.furniture_start).is_some())
    };
    let notices = page.sentences_of(at).filter(|sentence| begins(sentence)).count();
    notices >= FEWEST_NOTICES && notices * 2 > page.sentences_of(at).count()
}

fn is_address(word: &str) -> bool {
    ["http://", "https://", "www.", "@", "#", "pic.twitter.com"].iter().any(|start| word.starts_with(start)) && word.len() > 1
}

/// `zone/caption`: the words under a picture, with its credit.
pub(super) fn captions(page: &mut Page) {
    for at in page.free() {
        if let Some(words) = credit(page, at).filter(|_| page.len(at) <= LONGEST_CAPTION) {
            let place = page.span(words);
            page.mark(at, ZoneKind::Caption, "zone/caption", place, "");
        }
    }
}

/// The words that make paragraph `at` a caption.
fn credit(page: &Page, at: usize) -> Option<Range<usize>> {
    let range = page.range(at);
    let first = range.clone().find(|token| page.is_word(*token))?;
    if let Some(len) = WORDS.caption_start.at(page.tokens, first) {
        // "Image copyright Northwire Image caption": one label.
        let more = (first..range.end.min(first + LONGEST_LABEL)).filter_map(|at| WORDS.caption_start.at(page.tokens, at).map(|len| at + len));
        return Some(first..more.max().unwrap_or(first + len));
    }
    if let Some(toggle) = range.clone().find(|token| page.tokens.is(*token, &["toggle", "caption"])) {
        return Some(toggle..toggle + 2);
    }
    let last = range.end.saturating_sub(CREDIT_REACH).max(range.start)..range.end;
    bracketed(page, at).or_else(|| slashed(page, last.clone(), page.len(at))).or_else(|| labelled(page, at, last))
}

/// "… in June. (Mara Ode/Northwire)": brackets at the end with an agency or a photographer's words in them.
fn bracketed(page: &Page, at: usize) -> Option<Range<usize>> {
    let range = page.range(at);
    let end = range.clone().rev().find(|token| page.tokens.lower(*token) != ".")?;
    if page.tokens.lower(end) != ")" {
        return None;
    }
    let start = range.clone().rev().skip_while(|token| *token >= end).take(CREDIT_REACH * 2).find(|token| page.tokens.lower(*token) == "(")?;
    let inside = start + 1..end;
    let names_agency = WORDS.agency.find(page.tokens, inside.clone()).is_some();
    let names_work = inside.clone().any(|token| WORDS.credit.has(page.tokens.lower(token)));
    let has_slash = inside.clone().any(|token| page.tokens.lower(token) == "/");
    let is_open = start > range.start && !matches!(page.tokens.before(start, 1), "." | "!" | "?" | "”" | "\"");
    let is_alone = start <= range.start + 1;
    let begins_as_notice = matches!(page.tokens.lower(start + 1), "reporting" | "editing" | "additional" | "with" | "see");
    let is_credit =
        names_work && names_agency || has_slash && names_agency || names_agency && is_open || page.tokens.is(start + 1, &["photo"]) || is_alone && names_work;
    let ends_in_slash = has_slash
        && !begins_as_notice
        && inside.len() <= 8
        && inside.clone().filter(|token| page.is_word(*token)).all(|token| page.tokens.is_capitalised(page.text, token));
    (!begins_as_notice && (is_credit || ends_in_slash)).then_some(start..end + 1)
}

/// "… Tam Brill/Northwire Images": a slash beside an agency, at the end of a short paragraph.
fn slashed(page: &Page, last: Range<usize>, len: usize) -> Option<Range<usize>> {
    let is_agency = |token: usize| WORDS.agency.at(page.tokens, token).is_some() && page.tokens.is_capitalised(page.text, token);
    let slash = last.clone().find(|token| page.tokens.lower(*token) == "/" && (is_agency(token + 1) || *token > last.start && is_agency(token - 1)))?;
    (len <= LONGEST_NOTICE).then_some(slash.saturating_sub(1)..(slash + 2).min(last.end))
}

/// "… in June. Credit Mara Ode for Northwire".
fn labelled(page: &Page, at: usize, last: Range<usize>) -> Option<Range<usize>> {
    let is_label = |token: &usize| matches!(page.tokens.lower(*token), "credit" | "photograph" | "photo") && page.tokens.is_capitalised(page.text, *token);
    let label = last
        .clone()
        .find(|token| is_label(token) && *token + 1 < last.end && (page.tokens.is_capitalised(page.text, token + 1) || page.tokens.lower(token + 1) == ":"))?;
    let follows_a_stop = label == page.range(at).start || matches!(page.tokens.before(label, 1), "." | ")" | "!" | "?");
    (!page.ends_sentence(at) && follows_a_stop).then_some(label..last.end)
}

/// `zone/stray-line`: a line without a full stop between paragraphs that have one stands under a picture.
pub(super) fn stray_lines(page: &mut Page) {
    let free = page.free();
    let punctuated = free.iter().filter(|at| page.ends_sentence(**at)).count();
    if free.len() < FEWEST_PARAGRAPHS || punctuated * 100 < free.len() * PUNCTUATED {
        return;
    }
    let is_stray = |page: &Page, at: usize| {
        let begins_large = page.words(at).starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '‘' | '“' | '"'));
        !page.ends_sentence(at)
            && begins_large
            && !page.words(at).ends_with([':', ',', ';', '—', '–', '-'])
            && page.len(at) >= SHORTEST_STRAY_LINE
            && page.len(at) <= LONGEST_NOTICE
    };
    let introduced = |page: &Page, at: usize| at > 0 && page.words(at - 1).ends_with(':');
    let strays: Vec<usize> = free.iter().copied().filter(|at| is_stray(page, *at) && !introduced(page, *at)).collect();
    let strays_at = |at: usize| strays.binary_search(&at).is_ok();
    let in_a_list = |at: usize| (at >= 2 && strays_at(at - 1) && strays_at(at - 2)) || (strays_at(at + 1) && strays_at(at + 2));
    let count = page.paragraphs.len();
    for at in strays.iter().copied().filter(|at| !in_a_list(*at) && Some(at) != free.first() && at + 1 < count) {
        page.mark(at, ZoneKind::Caption, "zone/stray-line", None, "a line without a full stop between paragraphs that have one");
    }
}
