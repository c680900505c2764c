//! Finds statements: someone other than the writer is made to say, write, ask, think, offer or refuse something.
//!
//! # Limits
//! What the encoder did not label as a cue is found only where a rule of `statement/` knows its shape: refusals without
//! content, speech that goes on in a new paragraph, sentences that end or begin with who said them.

mod across;
mod continued;
mod elsewhere;
mod form;
mod led;
mod byline;
mod after_colon;
mod apart;
mod as_saying;
mod attributed;
mod lexicon;
mod no_comment;
mod passive;
pub(crate) mod post;
mod relayed;
mod subject;

use crate::evidence::Evidence;
use crate::quotation::Quotation;
use crate::reader::{Part, Readout, Role};
use crate::sentence::Sentence;
use crate::text::{Id, Layer, Span, Spanned};
use crate::token::Tokens;
use crate::zone::{Zone, ZoneKind};

/// One statement as the document words it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The words that name who said it; `None` where nobody is named (passives, nouns, ellipsis).
    pub source: Option<Span>,
    /// The words that say that something was said: "said", "according to", "wouldn't say"; may be several or none.
    pub cue: Vec<Span>,
    /// What was said, in one or more parts, marks and "that" included; empty for "declined to comment".
    pub content: Vec<Span>,
    /// The statement whose content it stands in.
    pub within: Option<Id<Statement>>,
    /// How much of the content stands in quotation marks of its own.
    pub form: Form,
    /// How sure the reader is, 0 to 1.
    pub confidence: f32,
    /// Which heads and rules found its parts.
    pub evidence: Vec<Evidence>,
}

/// How much of a content is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// All of it stands in quotation marks.
    Direct,
    /// Part of it does.
    Mixed,
    /// None of it does.
    Indirect,
}

impl Statement {
    /// Where it says what it says: its content, or its cue where it has none.
    pub fn matter(&self) -> &[Span] {
        if self.content.is_empty() { &self.cue } else { &self.content }
    }

    /// From its first byte to its last, whichever part that is.
    pub fn reach(&self) -> Span {
        let mut parts = self.source.iter().chain(&self.cue).chain(&self.content);
        let first = *parts.next().expect("a statement has at least one part");
        parts.fold(first, |reach, part| reach.cover(*part))
    }

    /// Tells who says it, or that it is not told, and what shows that.
    fn set_source(&mut self, source: Option<Span>, evidence: Evidence) {
        self.source = source;
        self.evidence.retain(|it| it.fact != "source");
        self.evidence.push(evidence);
    }
}

impl Spanned for Statement {
    fn span(&self) -> Span {
        self.reach()
    }
}

/// What a text is read by.
#[derive(Clone, Copy)]
struct Text<'a> {
    tokens: &'a Tokens,
    zones: &'a Layer<Zone>,
    sentences: &'a Layer<Sentence>,
    quotations: &'a Layer<Quotation>,
    readout: &'a Readout,
}

/// Finds the statements of the text `words` from the labels and links the reader gave.
pub fn find(
    words: &str,
    tokens: &Tokens,
    zones: &Layer<Zone>,
    sentences: &Layer<Sentence>,
    quotations: &Layer<Quotation>,
    readout: &Readout,
) -> Layer<Statement> {
    let mut drafts = labelled(tokens, readout);
    if let Some(nested) = &readout.nested {
        drafts.extend(labelled(tokens, nested));
    }
    apart::set_apart(tokens, zones, sentences, &mut drafts);
    byline::set_right(tokens, zones, sentences, readout, &mut drafts);
    after_colon::set_apart(tokens, sentences, readout, &mut drafts);
    drafts.retain(|draft| zones.holding(draft.reach().start()).is_none_or(|(_, zone)| zone.kind != ZoneKind::Furniture));
    let text = Text { tokens, zones, sentences, quotations, readout };
    across::cut(&text, &mut drafts);
    led::cut(tokens, readout, &mut drafts);
    elsewhere::correct(tokens, sentences, quotations, readout, &mut drafts);
    as_saying::set_apart(tokens, sentences, &mut drafts);
    passive::correct(tokens, &mut drafts);
    subject::correct(tokens, &mut drafts);
    no_comment::add(tokens, sentences, readout, &mut drafts);
    attributed::settle(&text, &mut drafts);
    relayed::add(&text, &mut drafts);
    continued::join(quotations, &mut drafts);
    drop_no_sources(tokens, readout, &mut drafts);
    post::add(words, &text, &mut drafts);
    finish(tokens, quotations, drafts)
}

/// One statement a cue that has content, with the source it is tied to.
fn labelled(tokens: &Tokens, readout: &Readout) -> Vec<Statement> {
    let cues = readout.parts.iter().enumerate().filter(|(_, part)| part.role == Role::Cue);
    cues.filter_map(|(at, cue)| {
        let tied = |(i, _): &(usize, &Part)| readout.cue_of[*i].is_some_and(|link| link.to == at);
        let content: Vec<(usize, &Part)> = readout.parts.iter().enumerate().filter(tied).collect();
        if content.is_empty() {
            return None;
        }
        let link = readout.source_of[at];
        let source = link.map(|link| &readout.parts[link.to]);
        // A source or cue that a passage without tokens parts is its first piece.
        let span = |part: &Part| *tokens.cover_parts(part.tokens.clone()).first().expect("parts hold tokens");
        let places: Vec<Vec<Span>> = content.iter().map(|(_, part)| tokens.cover_parts(part.tokens.clone())).collect();
        let mut evidence = vec![Evidence::model("cue", "statement", cue.score, vec![span(cue)])];
        for ((i, part), place) in content.iter().zip(&places) {
            let tied = place.iter().copied().chain([span(cue)]).collect();
            evidence.push(Evidence::model("content", "statement", part.score, place.clone()));
            evidence.push(Evidence::model("content", "link", readout.cue_of[*i].map_or(0.0, |link| link.score), tied));
        }
        if let (Some(source), Some(link)) = (source, link) {
            evidence.push(Evidence::model("source", "statement", source.score, vec![span(source)]));
            evidence.push(Evidence::model("source", "link", link.score, vec![span(source), span(cue)]));
        }
        let confidence = evidence.iter().map(|evidence| evidence.score).fold(1.0, f32::min);
        Some(Statement { source: source.map(span), cue: vec![span(cue)], content: places.concat(), within: None, form: Form::Indirect, confidence, evidence })
    })
    .collect()
}

/// Words between a possessive and the cue that it may still own: "the mayor's angry letter *said*".
const OWNED: usize = 3;

/// `statement/no-source`: nobody is named by an article alone, nor by a participle before a noun ("a *misleading* claim about"); nor
/// is the owner of something far before the cue the one who speaks: "*Ode's* visit to the pier came after the Post reported".
fn drop_no_sources(tokens: &Tokens, readout: &Readout, drafts: &mut [Statement]) {
    let names = |at: usize| readout.mentions.iter().any(|marked| marked.tokens.contains(&at));
    let is_nobody = |source: Span| {
        let words = tokens.within(source);
        let is_article = matches!(tokens.lower(words.start), "a" | "an" | "the");
        words.len() == 1 && !names(words.start) && (is_article || tokens.lower(words.start).ends_with("ing"))
    };
    let is_far_owner = |source: Span, cue: Span| {
        let (words, cue) = (tokens.within(source), tokens.within(cue));
        let owns = words.len() > 2 && matches!(tokens.lower(words.end - 1), "s") && matches!(tokens.lower(words.end - 2), "'" | "’");
        owns && cue.start > words.end + OWNED
    };
    for draft in drafts.iter_mut() {
        let (Some(source), Some(cue)) = (draft.source, draft.cue.first().copied()) else { continue };
        if is_nobody(source) || is_far_owner(source, cue) {
            draft.set_source(None, Evidence::rule("source", "statement/no-source", vec![source, cue], "these words name nobody who speaks"));
        }
    }
}

/// Whether words name a writing that says something: "the letter", "a lawsuit filed in May".
pub(crate) fn is_writing(tokens: &Tokens, words: Span) -> bool {
    let words = tokens.within(words);
    let end = words.clone().skip(1).find(|at| crate::mention::words::ends_phrase(tokens.lower(*at))).unwrap_or(words.end);
    end > words.start && lexicon::WORDS.writings.at(tokens, end - 1).is_some()
}

/// Whether a verb of telling stands among the words of a cue.
pub(crate) fn tells(tokens: &Tokens, cue: Span) -> bool {
    tokens.within(cue).any(|at| lexicon::WORDS.telling.at(tokens, at).is_some())
}

/// Sorts the drafts, drops doubles, and shapes them.
fn finish(tokens: &Tokens, quotations: &Layer<Quotation>, mut drafts: Vec<Statement>) -> Layer<Statement> {
    drafts.sort_by_key(order);
    drafts.dedup_by(|later, earlier| later.cue == earlier.cue && !later.cue.is_empty());
    shaped(tokens, quotations, drafts)
}

/// By where a statement begins, then the longer first.
pub(crate) fn order(statement: &Statement) -> impl Ord + use<> {
    let reach = statement.reach();
    (reach.start(), std::cmp::Reverse(reach.end()), statement.cue.first().map(|cue| cue.start()))
}

/// Says of each draft, which must be in order, which it stands within and how much of it is quoted.
pub(crate) fn shaped(tokens: &Tokens, quotations: &Layer<Quotation>, mut drafts: Vec<Statement>) -> Layer<Statement> {
    let places: Vec<Statement> = drafts.clone();
    for (at, draft) in drafts.iter_mut().enumerate() {
        draft.form = if post::is_post(draft) { Form::Direct } else { form::of(tokens, quotations, &draft.cue, &draft.content) };
        draft.within = holder(&places, at).map(Id::new);
    }
    Layer::new(drafts)
}

/// The statement with the shortest content that holds all of statement `at`.
fn holder(places: &[Statement], at: usize) -> Option<usize> {
    let inner = &places[at];
    let anchor = inner.cue.iter().chain(&inner.content).copied().reduce(Span::cover)?;
    let holding = |other: &Statement| other.content.iter().filter(|span| span.contains(anchor) && **span != anchor).map(|span| span.len()).min();
    let holders = places.iter().enumerate().filter(|(other, _)| *other != at);
    holders.filter_map(|(other, statement)| holding(statement).map(|len| (len, other))).min().map(|(_, other)| other)
}
