//! Pairs the marks of each paragraph, and carries on what the next paragraph goes on with.

use super::glyph::{self, Glyph, Lean};
use super::{Closing, Mark};
use crate::evidence::Note;
use crate::sentence::Sentence;
use crate::text::{Layer, Span, Spanned};
use crate::token::Tokens;
use std::collections::BTreeMap;

/// Marks looked at to find the one that closes a single mark; keeps a text of nothing but marks linear.
const LOOKAHEAD: usize = 64;

/// A quotation before its surroundings are known; `continues` is a position among the drafts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub(super) span: Span,
    pub(super) inner: Span,
    pub(super) mark: Mark,
    pub(super) continues: Option<usize>,
    pub(super) closing: Closing,
}

/// `quotation/pairing`: pairs the marks of all paragraphs.
pub(super) fn pair(text: &str, tokens: &Tokens, sentences: &Layer<Sentence>) -> (Vec<Draft>, Vec<Note>) {
    let mut state = State { text, drafts: Vec::new(), notes: Vec::new(), left_open: None };
    for group in sentences.as_slice().chunk_by(|a, b| a.paragraph == b.paragraph) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let marks = glyph::find(text, tokens, first.tokens.start..last.tokens.end);
        state.paragraph(first.span().cover(last.span()), &marks);
    }
    state.give_up();
    (state.drafts, state.notes)
}

struct State<'a> {
    text: &'a str,
    drafts: Vec<Draft>,
    notes: Vec<Note>,
    /// The draft that the paragraph before left open.
    left_open: Option<usize>,
}

impl State<'_> {
    fn paragraph(&mut self, paragraph: Span, marks: &[Glyph]) {
        if marks.is_empty() {
            self.give_up();
            return;
        }
        let from = self.drafts.len();
        let carried = self.carry(paragraph, marks);
        let doubles: Vec<Glyph> = marks.iter().filter(|glyph| glyph.mark == Mark::Double).copied().collect();
        self.doubles(paragraph, &doubles, &carried);
        let singles: Vec<Glyph> = marks.iter().filter(|glyph| glyph.mark == Mark::Single).copied().collect();
        self.singles(paragraph, &singles, from, &carried);
    }

    /// `quotation/carried-on`: settles what the paragraph before left open, by how this one begins.
    fn carry(&mut self, paragraph: Span, marks: &[Glyph]) -> Carried {
        let Some(open) = self.left_open else { return Carried::Nothing };
        let mark = self.drafts[open].mark;
        let same = marks.iter().find(|glyph| glyph.mark == mark);
        let opens_here = |glyph: &&Glyph| {
            let before = &self.text[paragraph.start()..glyph.span.start()];
            matches!(glyph.lean, Lean::Opens | Lean::Either) && !before.contains(char::is_alphanumeric)
        };
        let carried = if let Some(glyph) = same.filter(opens_here) {
            Carried::Reopened(open, glyph.span)
        } else if let Some(glyph) = same.filter(|glyph| glyph.lean == Lean::Closes && (mark == Mark::Double || **glyph == marks[0])) {
            Carried::Closed(glyph.span)
        } else {
            Carried::Nothing
        };
        match carried {
            Carried::Nothing => self.give_up(),
            Carried::Reopened(..) => self.drafts[open].closing = Closing::CarriedOn,
            Carried::Closed(at) => {
                self.drafts[open].closing = Closing::CarriedOn;
                let (span, inner) = (Span::new(paragraph.start(), at.end()), Span::new(paragraph.start(), at.start()));
                self.drafts.push(Draft { span, inner, mark, continues: Some(open), closing: Closing::Closed });
            }
        }
        self.left_open = None;
        carried
    }

    /// Notes what was left open and is not gone on with.
    fn give_up(&mut self) {
        if let Some(open) = self.left_open.take() {
            let span = self.drafts[open].span;
            self.note("unclosed-quotation", span, "a quotation is opened and never closed; it is taken to end with its paragraph");
        }
    }

    fn note(&mut self, kind: &'static str, span: Span, message: &str) {
        self.notes.push(Note { kind, span: Some(span), message: message.to_owned() });
    }

    fn push(&mut self, opening: Span, closing: Span, mark: Mark, continues: Option<usize>) {
        let (span, inner) = (opening.cover(closing), Span::new(opening.end(), closing.start()));
        self.drafts.push(Draft { span, inner, mark, continues, closing: Closing::Closed });
    }

    fn doubles(&mut self, paragraph: Span, marks: &[Glyph], carried: &Carried) {
        let mut open: Vec<(Span, Option<usize>)> = Vec::new();
        for (at, glyph) in marks.iter().enumerate() {
            if carried.closes_with(glyph.span) {
                continue;
            }
            let later = |ahead: usize| marks.get(at + ahead).map(|glyph| glyph.lean);
            let closes = match glyph.lean {
                Lean::Closes => true,
                Lean::Opens => false,
                Lean::Either => !open.is_empty(),
                // 6'2" tall: inches, if the quotation is closed later.
                Lean::MayClose if open.is_empty() || matches!(later(1), Some(Lean::Closes | Lean::MayClose)) => continue,
                Lean::MayClose => true,
            };
            if !closes {
                let is_nested = later(1).is_some_and(|lean| lean != Lean::Opens) && later(2).is_some_and(|lean| lean != Lean::Opens);
                let before = if is_nested { None } else { open.pop() };
                let continues = before.and_then(|(opening, continues)| self.break_off(opening, glyph.span, continues));
                open.push((glyph.span, continues.or(carried.reopened_at(glyph.span))));
            } else if let Some((opening, continues)) = open.pop() {
                self.push(opening, glyph.span, Mark::Double, continues);
            } else {
                self.note("unopened-quotation", glyph.span, "a quotation is closed that was never opened");
            }
        }
        // The outermost mark is what stays open; inner ones that were not closed are no quotations.
        if let Some((opening, continues)) = open.first() {
            self.leave_open(paragraph, *opening, Mark::Double, *continues);
        }
    }

    /// Ends the quotation opened at `opening` before a second mark opens at `next`: the same speech goes on after a
    /// whole sentence, as when two paragraphs were run together.
    fn break_off(&mut self, opening: Span, next: Span, continues: Option<usize>) -> Option<usize> {
        let inner = Span::new(opening.end(), next.start()).trim(self.text);
        let is_whole = inner.of(self.text).ends_with(['.', '?', '!', '…']);
        let closing = if is_whole { Closing::CarriedOn } else { Closing::Missing };
        let span = opening.cover(inner);
        self.drafts.push(Draft { span, inner, mark: Mark::Double, continues, closing });
        if !is_whole {
            self.note("unclosed-quotation", span, "a quotation is opened and not closed before the next one opens");
        }
        is_whole.then(|| self.drafts.len() - 1)
    }

    fn leave_open(&mut self, paragraph: Span, opening: Span, mark: Mark, continues: Option<usize>) {
        let end = paragraph.end().max(opening.end());
        self.drafts.push(Draft { span: Span::new(opening.start(), end), inner: Span::new(opening.end(), end), mark, continues, closing: Closing::Missing });
        self.left_open = Some(self.drafts.len() - 1);
    }

    /// Pairs single marks; those within one double quotation of this paragraph (a draft from `from` on) only with each other.
    fn singles(&mut self, paragraph: Span, marks: &[Glyph], from: usize, carried: &Carried) {
        let doubles: Vec<Span> = self.drafts[from..].iter().map(|draft| draft.span).collect();
        let regions = regions(&doubles, marks);
        let mut by_region: BTreeMap<Option<usize>, Vec<Glyph>> = BTreeMap::new();
        for (region, glyph) in regions.into_iter().zip(marks) {
            by_region.entry(region).or_default().push(*glyph);
        }
        for (region, list) in by_region {
            self.singles_of(paragraph, &list, region, carried);
        }
    }

    fn singles_of(&mut self, paragraph: Span, marks: &[Glyph], region: Option<usize>, carried: &Carried) {
        let mut at = 0;
        while at < marks.len() {
            let glyph = marks[at];
            if carried.closes_with(glyph.span) || matches!(glyph.lean, Lean::Closes | Lean::MayClose) {
                at += 1;
            } else if let Some(closing) = closing_of(marks, at) {
                self.push(glyph.span, marks[closing].span, Mark::Single, carried.reopened_at(glyph.span));
                at = closing + 1;
            } else {
                let before = self.text[paragraph.start()..glyph.span.start()].trim_end();
                let begins_speech = before.is_empty() || before.ends_with([':', ',']);
                let capital = self.text[glyph.span.end()..].starts_with(char::is_uppercase);
                let is_free = region.is_none() && self.left_open.is_none() && at + 1 >= marks.len();
                if is_free && begins_speech && capital && glyph.lean == Lean::Opens {
                    self.leave_open(paragraph, glyph.span, Mark::Single, carried.reopened_at(glyph.span));
                }
                at += 1;
            }
        }
    }
}

/// The mark that closes the single mark at `open`. A doubtful one (the workers') closes only if no sure one follows
/// before the next opening.
fn closing_of(marks: &[Glyph], open: usize) -> Option<usize> {
    let mut doubtful = None;
    for (at, glyph) in marks.iter().enumerate().skip(open + 1).take(LOOKAHEAD) {
        match glyph.lean {
            Lean::Closes | Lean::Either => return Some(at),
            Lean::MayClose => doubtful = doubtful.or(Some(at)),
            Lean::Opens => break,
        }
    }
    doubtful
}

/// For each mark the innermost of `spans` (which nest) that holds it.
fn regions(spans: &[Span], marks: &[Glyph]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|at| (spans[*at].start(), std::cmp::Reverse(spans[*at].end())));
    let mut next = order.into_iter().peekable();
    let mut open: Vec<usize> = Vec::new();
    let mut out = Vec::with_capacity(marks.len());
    for glyph in marks {
        while let Some(at) = next.next_if(|at| spans[*at].start() <= glyph.span.start()) {
            open.push(at);
        }
        while open.last().is_some_and(|at| spans[*at].end() <= glyph.span.start()) {
            open.pop();
        }
        out.push(open.last().copied());
    }
    out
}

/// What this paragraph does with the quotation that the one before left open.
enum Carried {
    Nothing,
    /// It opens it again with the mark here.
    Reopened(usize, Span),
    /// It closes it with the mark here, without having opened.
    Closed(Span),
}

impl Carried {
    fn reopened_at(&self, mark: Span) -> Option<usize> {
        match self {
            Carried::Reopened(open, at) => (*at == mark).then_some(*open),
            Carried::Nothing | Carried::Closed(..) => None,
        }
    }

    fn closes_with(&self, mark: Span) -> bool {
        matches!(self, Carried::Closed(at) if *at == mark)
    }
}
