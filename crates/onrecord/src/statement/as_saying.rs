//! Rule `statement/as-saying`: who is quoted "as saying" something says it; whoever quotes him relays it.

use super::lexicon::WORDS;
use super::{Form, Statement};
use crate::evidence::Evidence;
use crate::sentence::Sentence;
use crate::text::{Layer, Span};
use crate::token::Tokens;
use std::ops::Range;

/// The longest name or description of somebody quoted, in tokens.
const LONGEST: usize = 20;

/// Gives the words behind "quoted … as saying" to the one who is quoted: as a statement within what the one who quotes tells, or,
/// where the words come first, instead of it.
pub(super) fn set_apart(tokens: &Tokens, sentences: &Layer<Sentence>, drafts: &mut Vec<Statement>) {
    let mut found = Vec::new();
    for at in 0..drafts.len() {
        let Some(quoted) = Quoted::of(tokens, sentences, &drafts[at]) else { continue };
        let says = |draft: &Statement| draft.cue.iter().any(|cue| quoted.saying.overlaps(*cue));
        let why = "he is quoted as saying it";
        let evidence = Evidence::rule("source", "statement/as-saying", vec![quoted.who, quoted.saying], why);
        if let Some(draft) = drafts.iter().position(says).filter(|other| *other != at) {
            let draft = &mut drafts[draft];
            let Some(last) = draft.content.last().copied().filter(|_| draft.content[0].start() >= quoted.saying.end()) else { continue };
            if !draft.source.is_some_and(|source| source.overlaps(quoted.who)) {
                draft.set_source(Some(quoted.who), evidence);
            }
            drafts[at].content = vec![quoted.who.cover(last)];
            continue;
        }
        let outer = &mut drafts[at];
        let after = outer.content.iter().filter(|part| part.end() > quoted.saying.end());
        let after: Vec<Span> = after.filter_map(|part| words_after(tokens, *part, quoted.saying)).collect();
        let first: Vec<Span> = outer.content.iter().copied().filter(|part| part.end() <= outer.cue[0].start()).collect();
        if first.is_empty() && !after.is_empty() {
            let content = after;
            outer.content = vec![quoted.who.cover(content[content.len() - 1])];
            found.push(Statement {
                source: Some(quoted.who),
                cue: vec![quoted.saying],
                content,
                within: None,
                form: Form::Indirect,
                confidence: outer.confidence,
                evidence: vec![evidence],
            });
        } else if !first.is_empty() {
            outer.set_source(Some(quoted.who), evidence);
            outer.cue.push(quoted.saying);
            outer.content = first;
        }
    }
    drafts.extend(found);
}

/// Somebody who is quoted.
struct Quoted {
    /// The words that name him.
    who: Span,
    /// "as saying".
    saying: Span,
}

impl Quoted {
    /// Whom the cue of `draft` quotes, in its sentence.
    fn of(tokens: &Tokens, sentences: &Layer<Sentence>, draft: &Statement) -> Option<Quoted> {
        let cue = *draft.cue.first()?;
        let (_, sentence) = sentences.holding(cue.start())?;
        let verb = tokens.within(cue).find(|at| WORDS.quoting.has(tokens.lower(*at)))?;
        let is_passive = (1..=2).any(|back| WORDS.be.has(tokens.before(verb, back)));
        let as_saying = (verb + 2..sentence.tokens.end.min(verb + 2 + LONGEST)).find_map(|at| Some((at, saying(tokens, at)?)));
        let (start, end) = as_saying.filter(|_| !is_passive)?;
        let who = verb + 1..if tokens.before(start, 1) == "," { start - 1 } else { start };
        let is_one = !who.clone().any(|at| matches!(tokens.lower(at), "\"" | "“" | "”" | ";" | ":"));
        Some(Quoted { who: tokens.cover(who.clone()).filter(|_| is_one && !who.is_empty())?, saying: tokens.cover(start..end)? })
    }
}

/// Where "as saying" ends that starts at a token.
fn saying(tokens: &Tokens, at: usize) -> Option<usize> {
    let tells = |at: usize| tokens.lower(at).ends_with("ing") && WORDS.telling.at(tokens, at).is_some();
    (tokens.lower(at) == "as" && at + 1 < tokens.len() && tells(at + 1)).then_some(at + 2)
}

/// What of a content stands behind "as saying", without the mark that leads to it.
fn words_after(tokens: &Tokens, content: Span, saying: Span) -> Option<Span> {
    let inside: Range<usize> = tokens.within(content);
    let start = inside.clone().find(|at| tokens.span(*at).start() >= saying.end() && !matches!(tokens.lower(*at), ":" | ","))?;
    tokens.cover(start..inside.end)
}
