//! Tells a writer's own views from news: how often the writer speaks up outside quotation marks.

use super::ZoneKind;
use super::excerpt;
use super::lexicon::WORDS;
use super::page::Page;
use crate::text::Span;

/// A question that is a paragraph of this many words or fewer is a subhead, not a question to the reader.
const LONGEST_SUBHEAD: usize = 9;

/// How a passage speaks outside its quotation marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Tone {
    /// Words outside quotation marks.
    pub(super) words: usize,
    /// Weight of the places where the writer speaks up.
    pub(super) points: usize,
    /// Points of those that are strong by themselves: a first person, slang, a question to the reader, an interjection.
    pub(super) strong: usize,
    /// Points of the writer's own person: I, me, slang, interjections.
    pub(super) personal: usize,
    /// Where it says from whom it has something.
    pub(super) attributions: usize,
    /// The places, in order.
    pub(super) places: Vec<Span>,
}

impl Tone {
    fn add(&mut self, points: usize, weight: Weight, place: Option<Span>) {
        self.points += points;
        match weight {
            Weight::Slight => {}
            Weight::Strong => self.strong += points,
            Weight::Personal => {
                self.strong += points;
                self.personal += points;
            }
        }
        self.places.extend(place);
    }
}

/// How much one place says about who speaks.
#[derive(Clone, Copy)]
enum Weight {
    /// Found in news too, if seldom.
    Slight,
    /// A question to the reader.
    Strong,
    /// The writer in person.
    Personal,
}

/// The tone of every paragraph that nothing is known of yet.
pub(super) fn tones(page: &Page) -> Vec<Tone> {
    (0..page.paragraphs.len()).map(|at| if page.paragraphs[at].kind.is_none() { tone(page, at) } else { Tone::default() }).collect()
}

/// The tone of paragraph `at`.
fn tone(page: &Page, at: usize) -> Tone {
    let mut tone = Tone::default();
    let is_subhead = page.len(at) <= LONGEST_SUBHEAD;
    for sentence in page.sentences_of(at) {
        let range = sentence.tokens.start.max(page.range(at).start)..sentence.tokens.end.min(page.range(at).end);
        let Some(first) = range.clone().find(|token| page.is_word(*token)) else { continue };
        let mut token = range.start;
        while token < range.end {
            if page.is_quoted(token) {
                token += 1;
                continue;
            }
            tone.words += usize::from(page.is_word(token));
            token = speaks_up(page, token, first, &mut tone).max(token + 1);
        }
        if !is_subhead {
            question(page, range, &mut tone);
        }
    }
    tone
}

/// Adds what the word at `token` weighs; returns the token after it.
fn speaks_up(page: &Page, token: usize, first: usize, tone: &mut Tone) -> usize {
    let words = page.tokens.lower(token);
    let place = |len: usize| page.span(token..token + len);
    let is_name = token != first && page.tokens.is_capitalised(page.text, token);
    if words == "i" && !is_numeral(page, token, first) {
        tone.add(3, Weight::Personal, place(1));
    } else if matches!(words, "me" | "my" | "myself" | "mine") && !is_name {
        tone.add(2, Weight::Personal, place(1));
    } else if matches!(words, "you" | "your" | "yours") && !is_name {
        tone.add(2, Weight::Slight, place(1));
    } else if matches!(words, "we" | "us" | "our" | "ours")
        && page.tokens.span(token).of(page.text).starts_with(|c: char| c.is_lowercase() || token == first)
        && words != "us"
    {
        tone.add(1, Weight::Slight, place(1));
    } else if let Some(len) = WORDS.stance.at(page.tokens, token) {
        tone.add(2, Weight::Slight, place(len));
        return token + len;
    } else if let Some(len) = WORDS.slang.at(page.tokens, token).filter(|_| !is_name) {
        tone.add(2, Weight::Personal, place(len));
        return token + len;
    } else if let Some(len) = interjection(page, token, first) {
        tone.add(2, Weight::Personal, place(len));
        return token + len;
    } else if words == "!" {
        tone.add(1, Weight::Slight, place(1));
    } else if matches!(words, "t" | "re" | "ve" | "ll") && matches!(page.tokens.before(token, 1), "'" | "’") {
        tone.add(1, Weight::Slight, None);
    } else if let Some(len) = WORDS.attribution.at(page.tokens, token) {
        tone.attributions += 1;
        return token + len;
    }
    token + 1
}

/// World War I, Part I, Charles I.
fn is_numeral(page: &Page, token: usize, first: usize) -> bool {
    let after_name = token != first && page.tokens.is_capitalised(page.text, token - 1) && page.is_word(token - 1);
    after_name || page.tokens.lower(token + 1) == "." && page.tokens.is_capitalised(page.text, token + 2) || !page.tokens.is_capitalised(page.text, token)
}

/// "Well, okay —": a word that a mark sets apart at the start of a sentence, or a sentence of its own.
fn interjection(page: &Page, token: usize, first: usize) -> Option<usize> {
    let len = WORDS.interjections.at(page.tokens, token)?;
    let is_set_apart = matches!(page.tokens.lower(token + len), "," | "!" | "?" | ":" | "—" | "–" | "." | "…" | "-" | ";");
    (token == first && is_set_apart).then_some(len)
}

/// A question that nobody is said to ask.
fn question(page: &Page, range: std::ops::Range<usize>, tone: &mut Tone) {
    let asks = range.clone().rev().find(|token| page.tokens.lower(*token) == "?").filter(|token| !page.is_quoted(*token) && token + 3 >= range.end);
    let is_reported = range.clone().any(|token| !page.is_quoted(token) && matches!(page.tokens.lower(token), "asked" | "said" | "asks"));
    if asks.is_some() && !is_reported {
        tone.add(3, Weight::Strong, page.span(range));
    }
}

/// Points at which a whole article is its writer's view …
const FEWEST_POINTS: usize = 8;
/// … and their density, in points a hundred words. Measured on 84 PolNeAR and 360 AllSides articles.
const COMMENTARY_DENSITY: f32 = 2.0;

/// Share of the points, in hundredths, that the first half of the article must hold: a form for readers at its end
/// makes no column.
const FIRST_HALF: usize = 25;

/// `zone/commentary`: marks the article as its writer's view.
pub(super) fn commentary(page: &mut Page, tones: &[Tone]) {
    let free = page.free();
    let silent = Tone::default();
    let tones: Vec<&Tone> = free.iter().map(|at| if excerpt::is_handed_over(page, *at) { &silent } else { &tones[*at] }).collect();
    let sum = |tones: &[&Tone]| tones.iter().fold((0, 0), |(words, points), tone| (words + tone.words, points + tone.points));
    let (words, points) = sum(&tones);
    let (_, early) = sum(&tones[..tones.len().div_ceil(2)]);
    let density = if words == 0 { 0.0 } else { points as f32 * 100.0 / words as f32 };
    let label = label(page);
    let speaks = points >= FEWEST_POINTS && density >= COMMENTARY_DENSITY && early * 100 >= points * FIRST_HALF;
    if label.is_none() && !speaks {
        return;
    }
    for (at, tone) in free.into_iter().zip(tones) {
        let why = match label {
            Some(_) => "the page is labelled as opinion".to_owned(),
            None => format!("the writer speaks up: {density:.1} points a hundred words outside quotation marks"),
        };
        page.mark(at, ZoneKind::Commentary, "zone/commentary", label, why);
        if label.is_none()
            && let Some(evidence) = page.paragraphs[at].evidence.last_mut()
        {
            evidence.words.clone_from(&tone.places);
        }
    }
}

/// The words that label the page as opinion: a line "Opinion", a note about the columnist.
fn label(page: &Page) -> Option<Span> {
    (0..page.paragraphs.len()).find_map(|at| {
        let first = page.first_word(at);
        let is_label = |len: usize| at < 4 && (first + len == page.range(at).end || matches!(page.tokens.lower(first + len), ":" | "|") && page.len(at) < 25);
        let leading = WORDS.opinion_label.at(page.tokens, first).filter(|len| is_label(*len)).map(|len| first..first + len);
        let closing = || (at + 3 >= page.paragraphs.len()).then(|| page.unquoted(at, &WORDS.opinion_inside)).flatten();
        leading.or_else(closing).and_then(|range| page.span(range))
    })
}
