//! Rule `statement/attributed`: a sentence that ends or begins with who said it was said by him.
//!
//! "Ten people were killed and fifty hurt, officials said on Monday." The first sentence of an article is often built so, and the
//! longer it is, the more often the reader leaves its end without content, or lets the words of somebody before run on into it.

use super::lexicon::WORDS;
use super::{Form, Statement, Text};
use crate::evidence::Evidence;
use crate::mention::MentionOf;
use crate::mention::words::words;
use crate::quotation::Quotation;
use crate::reader::Role;
use crate::sentence::Sentence;
use crate::text::Span;
use crate::token::Tokens;
use crate::zone::ZoneKind;
use std::ops::Range;

/// The fewest tokens of what was said: fewer are an aside ("Later, he said").
pub(super) const SHORTEST: usize = 4;
/// In how many tokens behind "told" the one who is told is named: "a group of senators".
const LISTENER: usize = 4;
/// The longest name or description, in tokens.
pub(super) const LONGEST: usize = 24;

/// Gives every sentence that ends or begins with who said it to him, where no draft does.
pub(super) fn settle(text: &Text, drafts: &mut Vec<Statement>) {
    // Whole turns of a transcript, and whole passages of others, are somebody's words already.
    let is_told =
        |at: usize| text.zones.holding(at).is_none_or(|(_, zone)| matches!(zone.kind, ZoneKind::Reporting | ZoneKind::Commentary | ZoneKind::Caption));
    for sentence in text.sentences.iter().filter(|sentence| is_told(sentence.span.start())) {
        let Some(attributed) = Attributed::at_end(text, sentence).or_else(|| Attributed::at_beginning(text, sentence)) else { continue };
        attributed.make_room(text, sentence, drafts);
        let own = drafts.iter().position(|draft| draft.cue.iter().any(|cue| cue.overlaps(attributed.cue)));
        match own {
            _ if !attributed.is_free(text, drafts, own) => {}
            Some(at) => attributed.complete(text, sentence, &mut drafts[at]),
            None => drafts.push(attributed.statement()),
        }
    }
}

/// Words that tell who said them.
pub(super) struct Attributed {
    pub(super) said: Span,
    pub(super) source: Span,
    pub(super) cue: Span,
}

impl Attributed {
    /// "…, officials said on Monday." and "…, according to officials."
    fn at_end(text: &Text, sentence: &Sentence) -> Option<Attributed> {
        let (tokens, all) = (text.tokens, sentence.tokens.clone());
        let stop = all.end.checked_sub(1).filter(|at| tokens.lower(*at) == ".")?;
        let told = text.said_last(all.start, stop, false).or_else(|| text.according_last(all.start, stop))?;
        Attributed::ending(text, all.start, told)
    }

    /// What stands from token `start` on, before its source and cue.
    pub(super) fn ending(text: &Text, start: usize, (source, cue): (Range<usize>, Range<usize>)) -> Option<Attributed> {
        let tokens = text.tokens;
        let first = source.start.min(cue.start);
        // Marks of quotation belong to what was said, a comma of the sentence does not.
        let end = if tokens.lower(first - 1) == "," { first - 1 } else { first };
        let said = text.opened(start..end);
        let (source, cue) = (tokens.cover(source)?, tokens.cover(cue)?);
        let is_long = said.len() >= SHORTEST;
        let said = tokens.cover(said)?;
        // Words that open after the sentence began and hold the cue are somebody's who tells what another said.
        let is_within = |quotation: &Quotation| quotation.inner.holds(cue.start()) && !quotation.inner.holds(said.start());
        (is_long && !text.quotations.iter().any(is_within)).then_some(Attributed { said, source, cue })
    }

    /// "Officials said that …" and "Officials told the council that …"
    fn at_beginning(text: &Text, sentence: &Sentence) -> Option<Attributed> {
        let (tokens, all) = (text.tokens, sentence.tokens.clone());
        let stop = all.end.checked_sub(1).filter(|at| tokens.lower(*at) == ".")?;
        let cue = (all.start + 1..stop.min(all.start + LONGEST)).find(|at| WORDS.said_last.at(tokens, *at).is_some())?;
        let source = all.start..cue;
        let is_one = !source.clone().any(|at| tokens.lower(at) == ",") && text.is_one(&source);
        let said =
            (cue + 1..stop.min(cue + LONGEST)).find(|at| tokens.lower(*at) == "that").filter(|that| *that == cue + 1 || text.is_aside(cue, cue + 1..*that))?;
        let has_marks = text.quotations.iter().any(|quotation| quotation.span.overlaps(sentence.span));
        let is_whole = is_one && text.is_somebody(&source) && !has_marks && stop - said > SHORTEST;
        is_whole.then_some(())?;
        Some(Attributed { said: tokens.cover(said..stop)?, source: tokens.cover(source)?, cue: tokens.span(cue) })
    }

    /// Takes the words of the sentence from all who say something in another one, and its end from those who are told of in it.
    fn make_room(&self, text: &Text, sentence: &Sentence, drafts: &mut Vec<Statement>) {
        let tokens = text.tokens;
        // What stands in one pair of marks is one speech: with the sentence, or with the verb.
        let places = [sentence.span.start(), self.cue.start()];
        let is_one_speech =
            |part: Span| text.quotations.iter().any(|quotation| places.iter().any(|at| quotation.inner.holds(*at)) && quotation.inner.overlaps(part));
        drafts.retain_mut(|draft| {
            let is_told_of = draft.cue.iter().any(|cue| self.said.contains(*cue));
            let is_elsewhere = !draft.cue.iter().any(|cue| cue.overlaps(sentence.span));
            if draft.content.is_empty() || !(is_told_of || is_elsewhere) {
                return true;
            }
            let kept = |part: &Span| {
                let range = tokens.within(*part);
                match () {
                    () if !part.overlaps(sentence.span) || is_one_speech(*part) => Some(*part),
                    () if is_elsewhere => tokens.cover(range.start..without_stop(tokens, range.start..sentence.tokens.start)),
                    () if part.start() < self.said.end() => tokens.cover(range.start..range.end.min(tokens.within(self.said).end)),
                    () => Some(*part),
                }
            };
            let content: Vec<Span> = draft.content.iter().filter_map(kept).collect();
            if content != draft.content {
                draft.content = content;
                draft.evidence.push(self.evidence("content"));
            }
            !draft.content.is_empty()
        });
    }

    /// Gives a draft that has its content elsewhere the words of the sentence: with what follows in quotation marks in its paragraph, instead of anything else.
    fn complete(&self, text: &Text, sentence: &Sentence, draft: &mut Statement) {
        if draft.content.iter().any(|part| part.start() < self.cue.start() || part.overlaps(sentence.span)) {
            return;
        }
        let goes_on = |part: &Span| {
            let is_quoted = matches!(text.tokens.lower(text.tokens.within(*part).start), "\"" | "“" | "``" | "''");
            is_quoted && text.sentences.holding(part.start()).is_some_and(|(_, next)| next.paragraph == sentence.paragraph)
        };
        draft.content.retain(goes_on);
        draft.content.insert(0, self.said);
        draft.source = Some(self.source);
        draft.evidence.retain(|evidence| evidence.fact == "cue");
        draft.evidence.push(self.evidence("content"));
    }

    /// Whether nothing that was found stands against it, but for its `own` draft.
    fn is_free(&self, text: &Text, drafts: &[Statement], own: Option<usize>) -> bool {
        // "Ode said that …, she said": one statement, told twice; in “I say …,” she said another stands within.
        let is_quoted = |source: Span| text.quotations.iter().any(|quotation| quotation.inner.holds(source.start()));
        let is_first = |source: Span| source.start() <= self.said.start() + 4 && !is_quoted(source);
        let is_same = |draft: &Statement| self.source.len() <= 4 && draft.source.is_some_and(is_first);
        !drafts.iter().enumerate().filter(|(at, _)| Some(*at) != own).any(|(_, draft)| {
            let is_inside = draft.cue.iter().any(|cue| self.said.contains(*cue));
            let overlaps = draft.content.iter().any(|part| part.overlaps(self.said));
            overlaps && (!is_inside || is_same(draft) || draft.content.iter().any(|part| part.overlaps(self.cue)))
        })
    }

    fn statement(&self) -> Statement {
        let evidence = vec![self.evidence("cue")];
        Statement { source: Some(self.source), cue: vec![self.cue], content: vec![self.said], within: None, form: Form::Indirect, confidence: 1.0, evidence }
    }

    fn evidence(&self, fact: &'static str) -> Evidence {
        Evidence::rule(fact, "statement/attributed", vec![self.said, self.source, self.cue], "the sentence tells who said it")
    }
}

impl Text<'_> {
    /// Source and cue of a sentence that ends in "…, officials said on Monday": what stands between the last comma and the verb; with what
    /// is set off by commas behind a name. `goes_on`: whether what follows may name who was told.
    pub(super) fn said_last(&self, start: usize, stop: usize, goes_on: bool) -> Option<(Range<usize>, Range<usize>)> {
        let tells = |at: &usize| WORDS.said_last.at(self.tokens, *at).is_some() || (goes_on && WORDS.relayed.at(self.tokens, *at).is_some());
        let cue = (start + SHORTEST + 1..stop).rev().find(tells)?;
        let border_before = |end: usize| (start.max(end.saturating_sub(LONGEST))..end).rev().find(|at| is_border(self.tokens, *at));
        let mut end = cue;
        let mut first = border_before(end)?;
        if first + 1 == cue && self.tokens.lower(first) == "," {
            end = first;
            let aside = border_before(end).filter(|at| self.tokens.lower(*at) == ",")?;
            first = border_before(aside)?;
        }
        // "The mayor jokingly asked".
        let is_adverb = end == cue && end > first + 2 && self.tokens.lower(end - 1).ends_with("ly");
        let source = first + 1..end - usize::from(is_adverb);
        let tells = cue + 1..stop;
        let is_last = if tells.is_empty() { goes_on || WORDS.told.at(self.tokens, cue).is_none() } else { self.is_aside(cue, tells) };
        (is_last && self.is_one(&source) && self.is_somebody(&source)).then_some((source, cue..cue + 1))
    }

    /// The same of "…, according to officials".
    fn according_last(&self, start: usize, stop: usize) -> Option<(Range<usize>, Range<usize>)> {
        let tokens = self.tokens;
        let cue = (start + SHORTEST..stop).rev().find(|at| tokens.is(*at, &["according", "to"]) && is_border(tokens, at - 1))?;
        let end = (cue + 2..stop).find(|at| is_border(tokens, *at)).unwrap_or(stop);
        // What is set off behind a name describes it; what a verb follows is another clause.
        let tells_on = (end..stop)
            .any(|at| WORDS.auxiliaries.at(tokens, at).is_some() || WORDS.be.at(tokens, at).is_some() || tokens.is(at, &["but"]) || tokens.is(at, &["and"]));
        let source = cue + 2..end;
        (!tells_on && stop - cue <= LONGEST && !source.is_empty() && self.is_somebody(&source)).then_some((source, cue..cue + 2))
    }

    /// Whether words are one name or description, and no clause.
    pub(super) fn is_one(&self, source: &Range<usize>) -> bool {
        let parts = |at: usize| is_mark(self.tokens, at) || WORDS.no_source.at(self.tokens, at).is_some() || self.tokens.negated_at(at);
        !source.is_empty() && !source.clone().any(parts)
    }

    /// Whether words name somebody who can speak: a pronoun, a writing, or what the reader marked as somebody or a body.
    pub(super) fn is_somebody(&self, source: &Range<usize>) -> bool {
        let is_pronoun = source.len() == 1 && words().is_pronoun(self.tokens.lower(source.start));
        let is_writing = source.clone().any(|at| WORDS.writings.at(self.tokens, at).is_some());
        let begins = |marked: &Range<usize>| source.start <= marked.start && marked.start <= source.start + 2 && marked.end <= source.end;
        let sources = self.readout.parts.iter().filter(|part| part.role == Role::Source).map(|part| &part.tokens);
        let speaks = |of: MentionOf| matches!(of, MentionOf::Person | MentionOf::Organization);
        let mentions = self.readout.mentions.iter().filter(|marked| speaks(marked.of)).map(|marked| &marked.tokens);
        is_pronoun || is_writing || sources.chain(mentions).any(begins)
    }

    /// Whether words behind a cue tell no more than who was told, when, where and how.
    pub(super) fn is_aside(&self, cue: usize, aside: Range<usize>) -> bool {
        let tokens = self.tokens;
        let is_marked = |at: usize| self.readout.mentions.iter().any(|marked| marked.tokens.contains(&at) && marked.of != MentionOf::Place);
        let listens = |at: usize| aside.contains(&at) && (is_marked(at) || WORDS.listeners.at(tokens, at).is_some());
        let first = aside.start;
        let begins = match tokens.lower(first) {
            "to" => listens(first + 1),
            _ if WORDS.told.at(tokens, cue).is_some() => (first..first + LISTENER).any(listens),
            _ => WORDS.when_where.at(tokens, first).is_some(),
        };
        begins && !aside.clone().any(|at| is_mark(tokens, at) || matches!(tokens.lower(at), "," | "that"))
    }

    /// Whether words stand in marks of their own.
    pub(super) fn is_quoted(&self, words: Span) -> bool {
        self.quotations
            .iter()
            .any(|quotation| quotation.inner.overlaps(words) && quotation.span.start() <= words.start() && quotation.span.start() + 4 >= words.start())
    }

    /// Whether a cue is "according to".
    pub(super) fn is_according(&self, cue: Span) -> bool {
        self.tokens.is(self.tokens.within(cue).start, &["according", "to"])
    }

    /// From where the quotation opens that goes into the sentence.
    fn opened(&self, said: Range<usize>) -> Range<usize> {
        let (start, end) = (self.tokens.span(said.start).start(), self.tokens.span(said.end).start());
        let into = self.quotations.iter().find(|quotation| quotation.inner.holds(start) && quotation.span.end() <= end);
        into.map_or(said.start, |quotation| self.tokens.within(quotation.span).start)..said.end
    }
}

/// What stands before the one who said it: a comma, or closing marks.
fn is_border(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.lower(at), "," | "”" | "\"") || is_apostrophes(tokens, at)
}

/// A mark that stands in no name, and in nothing said of when or where.
pub(super) fn is_mark(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.lower(at), "\"" | "“" | "”" | "``" | ":" | ";" | "(" | ")") || is_apostrophes(tokens, at)
}

/// The second of two apostrophes, which close a quotation as one mark.
fn is_apostrophes(tokens: &Tokens, at: usize) -> bool {
    tokens.lower(at) == "''" || (tokens.lower(at) == "'" && tokens.before(at, 1) == "'")
}

/// Where words end without the full stop behind them.
fn without_stop(tokens: &Tokens, words: Range<usize>) -> usize {
    let has_stop = words.end > words.start && tokens.lower(words.end - 1) == ".";
    words.end - usize::from(has_stop)
}
