//! Finds the words that stand for people, organizations and places: names, descriptions, pronouns.
//!
//! The reader marks most of them. Rules repair what it cut badly, add every personal pronoun, the descriptions it passed
//! over ("the ministry"), and a mention for each source that has none; and they set titles beside their names.
//!
//! # Limits
//! Descriptions added by rule end with their noun: "the head of the bureau" gives "the head". A title of words that
//! `lexicon/role.toml` does not hold is not seen.

mod description;
mod name;
mod pronoun;
mod source;
mod title;
pub(crate) mod words;

use crate::paragraph;
use crate::reader::Readout;
use crate::text::{Layer, Span, Spanned};
use crate::token::Tokens;
use crate::zone::Zone;
use std::ops::Range;

/// Words that stand for somebody or something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Its place; a name without its title ("Jeff Ode" in "Attorney General Jeff Ode"), a description whole.
    pub span: Span,
    /// Name, description or pronoun.
    pub kind: MentionKind,
    /// What it stands for.
    pub of: MentionOf,
    /// The title or office set before or after a name ("Attorney General", "a spokeswoman for the ministry").
    pub title: Option<Span>,
    /// How sure the reader is, 0 to 1.
    pub score: f32,
}

/// How a mention points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// By a proper name.
    Name,
    /// By a noun phrase: "two sources close to the president".
    Description,
    /// By a personal pronoun.
    Pronoun,
}

/// What a mention points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionOf {
    /// One or more people.
    Person,
    /// A body of people: company, ministry, outlet, party, state speaking as such.
    Organization,
    /// A place.
    Place,
    /// Any other named thing: law, ship, programme.
    Other,
}

impl Spanned for Mention {
    fn span(&self) -> Span {
        self.span
    }
}

/// A mention being made, in tokens.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    tokens: Range<usize>,
    kind: MentionKind,
    of: MentionOf,
    title: Option<Range<usize>>,
    score: f32,
}

impl Draft {
    /// A mention that a rule made.
    fn by_rule(tokens: Range<usize>, kind: MentionKind, of: MentionOf) -> Draft {
        Draft { tokens, kind, of, title: None, score: 1.0 }
    }
}

/// For each token whether a draft that passes `test` holds it.
fn covered(cx: &Cx<'_>, drafts: &[Draft], test: impl Fn(&Draft) -> bool) -> Vec<bool> {
    let mut covered = vec![false; cx.tokens.len() + 1];
    for draft in drafts.iter().filter(|draft| test(draft)) {
        covered[draft.tokens.clone()].fill(true);
    }
    covered
}

/// What every rule of this stage may look at.
struct Cx<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    readout: &'a Readout,
}

impl Cx<'_> {
    /// Whether nothing, not even a space, stands between token `at` and the one after it.
    fn is_glued(&self, at: usize) -> bool {
        at + 1 < self.tokens.len() && self.tokens.span(at).end() == self.tokens.span(at + 1).start()
    }

    /// Whether a line break stands between token `at` and the one after it.
    fn breaks_after(&self, at: usize) -> bool {
        at + 1 >= self.tokens.len() || self.text[self.tokens.span(at).end()..self.tokens.span(at + 1).start()].contains('\n')
    }

    fn is_capitalised(&self, at: usize) -> bool {
        self.tokens.is_capitalised(self.text, at)
    }
}

/// Finds the mentions of a text from the labels the reader gave its tokens.
pub fn find(text: &str, tokens: &Tokens, zones: &Layer<Zone>, readout: &Readout) -> Layer<Mention> {
    let cx = Cx { text, tokens, readout };
    let marks = readout.mentions.iter().filter(|mark| !mark.tokens.is_empty() && mark.tokens.end <= tokens.len());
    let drafts: Vec<Draft> = marks.map(|mark| Draft { tokens: mark.tokens.clone(), kind: mark.kind, of: mark.of, title: None, score: mark.score }).collect();
    let mut drafts: Vec<Draft> = drafts.into_iter().flat_map(|draft| within_paragraphs(&cx, draft)).collect();
    name::add_voices(&cx, zones, &mut drafts);
    name::repair(&cx, &mut drafts);
    name::complete(&cx, &mut drafts);
    name::mark_again(&cx, &mut drafts);
    name::complete(&cx, &mut drafts);
    description::repair(&cx, &mut drafts);
    pronoun::add(&cx, &mut drafts);
    description::add(&cx, &mut drafts);
    source::add(&cx, &mut drafts);
    name::agree(&cx, &mut drafts);
    title::attach(&cx, &mut drafts);
    layer(tokens, drafts)
}

/// The pieces of a mark that runs over the end of a paragraph, of a description the last: "AP⏎⏎The harbour office".
fn within_paragraphs(cx: &Cx<'_>, draft: Draft) -> Vec<Draft> {
    if !draft.tokens.clone().take(draft.tokens.len().saturating_sub(1)).any(|at| cx.breaks_after(at)) {
        return vec![draft];
    }
    let piece = |paragraph: Span| {
        let tokens = cx.tokens.within(paragraph);
        Draft { tokens: tokens.start.max(draft.tokens.start)..tokens.end.min(draft.tokens.end), ..draft.clone() }
    };
    let mut pieces: Vec<Draft> = paragraph::cut(cx.text).into_iter().map(piece).filter(|piece| !piece.tokens.is_empty()).collect();
    if draft.kind == MentionKind::Description {
        pieces.drain(..pieces.len().saturating_sub(1));
    }
    pieces
}

fn layer(tokens: &Tokens, mut drafts: Vec<Draft>) -> Layer<Mention> {
    drafts.sort_by(|a, b| (a.tokens.start, b.tokens.end).cmp(&(b.tokens.start, a.tokens.end)).then(b.score.total_cmp(&a.score)));
    drafts.dedup_by(|later, first| later.tokens == first.tokens);
    let cover = |range: Range<usize>| tokens.cover(range);
    let mention = |draft: Draft| {
        let span = cover(draft.tokens)?;
        Some(Mention { span, kind: draft.kind, of: draft.of, title: draft.title.and_then(cover), score: draft.score })
    };
    Layer::sorted(drafts.into_iter().filter_map(mention).collect())
}

/// What stands before a clause behind a comma, which only adds to who is meant: "the first source", who asked not to be named.
pub(crate) fn before_clause(tokens: &Tokens, range: Range<usize>) -> Range<usize> {
    let opens = |at: &usize| tokens.lower(*at) == "," && matches!(tokens.lower(at + 1), "who" | "whom" | "whose" | "which");
    let end = range.clone().skip(1).find(opens).unwrap_or(range.end);
    range.start..end
}

/// A phrase without a possessive 's at its end.
pub(crate) fn before_possessive(tokens: &Tokens, range: Range<usize>) -> Range<usize> {
    let is_possessive = range.len() > 2 && tokens.lower(range.end - 1) == "s" && name::is_apostrophe(tokens.lower(range.end - 2));
    range.start..if is_possessive { range.end - 2 } else { range.end }
}

/// The apposition behind a person's name that ends before token `end`: "Ode, |the attorney general|,"; `names` tells which tokens stand in names.
pub(crate) fn apposition(text: &str, tokens: &Tokens, end: usize, names: &[bool]) -> Option<Range<usize>> {
    title::after(&Cx { text, tokens, readout: &Readout::default() }, end, names)
}

/// The head token of each side of the source that takes `source`: two in "Ode and her lawyers".
pub(crate) fn sides(text: &str, tokens: &Tokens, source: Range<usize>) -> Vec<usize> {
    source::heads(&Cx { text, tokens, readout: &Readout::default() }, source)
}

#[cfg(test)]
mod tests;
