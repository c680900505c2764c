//! How one statement's words stand in their sentence: what leads up to the cue, what opens its clause, what follows.

use crate::sentence::Sentence;
use crate::statement::Statement;
use crate::text::{Layer, Span};
use crate::token::Tokens;
use std::ops::Range;

/// How many tokens before a cue its auxiliaries and negations can stand ("would not, however, readily say").
const LEAD: usize = 9;

/// How far a sentence is looked for where the sentence layer does not hold the place.
const FAR: usize = 120;

/// The tokens of one statement and of what stands around it.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The tokens of the source.
    pub source: Range<usize>,
    /// The tokens of each part of the cue.
    pub cue: Vec<Range<usize>>,
    /// The tokens of each part of the content.
    pub content: Vec<Range<usize>>,
    /// The tokens of the sentence the cue stands in; without a cue, of the first that the content stands in.
    pub sentence: Range<usize>,
    /// What leads up to the first cue within its clause, then the cue itself: positions in order, source left out.
    pub lead: Vec<usize>,
    /// The word that opens the clause of the cue ("if", "that", "why"), if one does.
    pub opener: Option<usize>,
}

impl Frame {
    /// The frame of `statement`.
    pub(crate) fn of(tokens: &Tokens, sentences: &Layer<Sentence>, statement: &Statement) -> Frame {
        let source = statement.source.map_or(0..0, |span| tokens.within(span));
        let mut cue: Vec<_> = statement.cue.iter().map(|span| tokens.within(*span)).filter(|part| !part.is_empty()).collect();
        let mut content: Vec<_> = statement.content.iter().map(|span| tokens.within(*span)).filter(|part| !part.is_empty()).collect();
        cue.sort_by_key(|part| part.start);
        content.sort_by_key(|part| part.start);
        let anchor = cue.first().or(content.first()).map_or(source.start, |part| part.start);
        let sentence = sentence_at(tokens, sentences, anchor);
        let mut frame = Frame { source, cue, content, sentence, lead: Vec::new(), opener: None };
        frame.look_left(tokens);
        frame
    }

    /// Walks left from the cue to the source, and over it to the word or mark that opens the clause. What stands
    /// before the source belongs to another clause, unless it is inverted: "nor did Ode say".
    fn look_left(&mut self, tokens: &Tokens) {
        let Some(first) = self.cue.first().cloned() else { return };
        let (mut at, mut seen, mut past_source) = (first.start, 0, false);
        while at > self.sentence.start && seen < LEAD {
            at -= 1;
            if self.source.contains(&at) {
                past_source = true;
                if at == self.source.start && is_relative(tokens, at) {
                    self.opener = Some(at);
                    break;
                }
                continue;
            }
            if self.in_content(at) || is_boundary_mark(tokens, at) {
                break;
            }
            if is_opener(tokens, at) {
                self.opener = Some(at);
                break;
            }
            if !past_source || (at + 3 > self.source.start && is_negative_inversion(tokens, at)) {
                self.lead.push(at);
            }
            seen += 1;
        }
        self.lead.reverse();
        let inside: Vec<usize> = self.cue.iter().flat_map(Clone::clone).collect();
        self.lead.extend(inside);
    }

    /// Whether token `at` belongs to the content.
    pub(crate) fn in_content(&self, at: usize) -> bool {
        self.content.iter().any(|part| part.contains(&at))
    }

    /// Whether token `at` belongs to the cue.
    pub(crate) fn in_cue(&self, at: usize) -> bool {
        self.cue.iter().any(|part| part.contains(&at))
    }

    /// The first token of the cue.
    pub(crate) fn head(&self) -> Option<usize> {
        self.cue.first().map(|part| part.start)
    }

    /// The token after the first part of the cue.
    pub(crate) fn after_cue(&self) -> usize {
        self.cue.first().map_or(self.sentence.end, |part| part.end)
    }

    /// Whether nothing is said to have been said: "declined to comment".
    pub(crate) fn is_contentless(&self) -> bool {
        self.content.is_empty()
    }

    /// Where the content begins, past an opening quotation mark.
    pub(crate) fn content_start(&self, tokens: &Tokens) -> Option<usize> {
        let first = self.content.first()?;
        Some(if is_quote(tokens.lower(first.start)) { first.start + 1 } else { first.start })
    }

    /// The words of the cue as spans, for evidence.
    pub(crate) fn cue_spans(&self, tokens: &Tokens) -> Vec<Span> {
        self.cue.iter().filter_map(|part| tokens.cover(part.clone())).collect()
    }

    /// Whether the content opens with a quotation mark: the words are given as the speaker's own.
    pub(crate) fn is_quoted(&self, tokens: &Tokens) -> bool {
        self.content.iter().any(|part| part.clone().any(|at| is_double_quote(tokens.lower(at)) || is_single_opening(tokens, at)))
    }

    /// Whether the source before the cue is the one asked: "Ode was asked", "Ode, pressed on it,".
    pub(crate) fn is_asked(&self, tokens: &Tokens) -> bool {
        let asked = |at: &usize| matches!(tokens.lower(*at), "asked" | "questioned" | "pressed" | "quizzed" | "grilled");
        let Some(verb) = self.cue.iter().flat_map(Clone::clone).find(asked) else { return false };
        if self.source.is_empty() || self.source.end > verb {
            return false;
        }
        let passive = self.lead.iter().any(|at| *at < verb && matches!(tokens.lower(*at), "was" | "were" | "been" | "being" | "is" | "are" | "got"));
        let comma = tokens.lower(self.source.end) == "," && self.source.end + 1 == verb || tokens.before(self.source.end, 1) == "," && self.source.end == verb;
        passive || comma
    }

    /// Whether the sentence ends with a question mark that is not the content's own.
    pub(crate) fn stands_in_question(&self, tokens: &Tokens) -> bool {
        let end = self.sentence.clone().rev().find(|at| !is_quote(tokens.lower(*at)) && tokens.lower(*at) != ")");
        end.is_some_and(|at| tokens.lower(at) == "?" && !self.in_content(at))
    }
}

/// The sentence that holds token `at`; where no layer tells it, from mark to mark.
pub(crate) fn sentence_at(tokens: &Tokens, sentences: &Layer<Sentence>, at: usize) -> Range<usize> {
    if at >= tokens.len() {
        return tokens.len()..tokens.len();
    }
    if let Some((_, sentence)) = sentences.holding(tokens.span(at).start()) {
        return sentence.tokens.clone();
    }
    let ends = |at: usize| matches!(tokens.lower(at), "." | "?" | "!") && tokens.before(at, 1).len() > 2;
    let start = (at.saturating_sub(FAR)..at).rev().find(|at| ends(*at)).map_or(at.saturating_sub(FAR), |at| at + 1);
    let end = (at..tokens.len().min(at + FAR)).find(|at| ends(*at)).map_or(tokens.len().min(at + FAR), |at| at + 1);
    start.min(at)..end.max(at + 1)
}

/// Whether `lower` is a quotation mark, single ones and apostrophes included.
pub(crate) fn is_quote(lower: &str) -> bool {
    is_double_quote(lower) || matches!(lower, "'" | "‘" | "’")
}

/// Whether `lower` is a double quotation mark.
pub(crate) fn is_double_quote(lower: &str) -> bool {
    matches!(lower, "\"" | "“" | "”" | "«" | "»" | "„")
}

fn is_single_opening(tokens: &Tokens, at: usize) -> bool {
    let glued = at > 0 && tokens.span(at - 1).end() == tokens.span(at).start() && tokens.before(at, 1).ends_with(char::is_alphanumeric);
    matches!(tokens.lower(at), "'" | "‘") && !glued
}

/// "nor did", "never has": a negation before an auxiliary, right before the source.
fn is_negative_inversion(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.lower(at), "nor" | "never" | "neither")
        && matches!(tokens.lower(at + 1), "did" | "does" | "do" | "has" | "have" | "had" | "would" | "will" | "could" | "can")
}

fn is_relative(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.lower(at), "who" | "which" | "that" | "whose")
}

fn is_boundary_mark(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.lower(at), "," | ";" | ":" | "." | "?" | "!" | "—" | "–" | "(" | ")" | "…")
        || is_double_quote(tokens.lower(at))
        || (tokens.lower(at) == "-" && tokens.before(at, 1) == "-")
}

fn is_opener(tokens: &Tokens, at: usize) -> bool {
    matches!(
        tokens.lower(at),
        "that"
            | "which"
            | "who"
            | "whom"
            | "and"
            | "but"
            | "or"
            | "because"
            | "as"
            | "while"
            | "when"
            | "after"
            | "before"
            | "since"
            | "though"
            | "although"
            | "if"
            | "unless"
            | "whether"
            | "why"
            | "how"
            | "what"
            | "where"
            | "until"
            | "once"
            | "assuming"
            | "supposing"
            | "provided"
    )
}
