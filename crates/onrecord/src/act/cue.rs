//! Rules that read the act of a statement off its cue: the verb, noun or adjective, and the frame it opens.

use super::{Act, Cx, Ruled};
use crate::act::frame::{Frame, is_quote};
use crate::lexicon::{self, Words};
use serde::Deserialize;
use std::sync::LazyLock;

/// The lexicon of acts.
#[derive(Deserialize)]
pub(crate) struct Lexicon {
    question: Words,
    demand: Words,
    refusal: Words,
    denial: Words,
    non_answer: Words,
    promise: Words,
    threat: Words,
    offer: Words,
    thought: Words,
    assertion: Words,
    turning_down: Words,
    charge: Words,
    directive: Words,
    offered: Words,
    withheld: Words,
    /// Verbs that a reply is made with.
    pub(crate) reply: Words,
    /// What shows beside a statement that it is a reply.
    pub(crate) asked: Words,
}

impl Lexicon {
    /// The words that name an act, in the order they are asked.
    fn acts(&self) -> [(Act, &Words); 10] {
        [
            (Act::Question, &self.question),
            (Act::Demand, &self.demand),
            (Act::Refusal, &self.refusal),
            (Act::Denial, &self.denial),
            (Act::NonAnswer, &self.non_answer),
            (Act::Promise, &self.promise),
            (Act::Threat, &self.threat),
            (Act::Offer, &self.offer),
            (Act::Thought, &self.thought),
            (Act::Assertion, &self.assertion),
        ]
    }
}

/// The lexicon of acts, read once.
pub(crate) fn lexicon() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/act.toml")));
    &WORDS
}

/// The act the longest phrase at token `at` names, with its length.
pub(crate) fn named_at(cx: &Cx<'_>, at: usize) -> Option<(Act, usize)> {
    let hits = lexicon().acts().into_iter().filter_map(|(act, words)| words.at(cx.tokens, at).map(|len| (act, len)));
    hits.fold(None, |best: Option<(Act, usize)>, hit| if best.is_none_or(|best| hit.1 > best.1) { Some(hit) } else { best })
}

/// Whether the cue is a noun: what it names is taken to have been made.
pub(crate) fn is_noun(cx: &Cx<'_>, frame: &Frame) -> bool {
    let lexicon = lexicon();
    let before = frame.head().map_or("", |head| cx.tokens.before(head, 1));
    let own = frame.source.len() == 1 && matches!(cx.tokens.lower(frame.source.start), "his" | "her" | "their" | "its" | "my" | "our" | "your");
    let possessive = frame.head().is_some_and(|head| frame.source.end + 2 == head || frame.source.end == head)
        && before == "s"
        && matches!(cx.tokens.before(frame.head().unwrap_or(0), 2), "'" | "’");
    if own || possessive {
        return true;
    }
    frame
        .cue
        .iter()
        .flat_map(Clone::clone)
        .any(|at| lexicon.charge.noun_at(cx.tokens, at) || lexicon.acts().iter().any(|(_, words)| words.noun_at(cx.tokens, at)))
        && !frame.cue.iter().flat_map(Clone::clone).any(|at| lexicon.acts().iter().any(|(_, words)| words.verbs.at(cx.tokens, at).is_some()))
}

/// The first act a phrase of the cue names. What was thought aloud was asserted ("was happy to say", "announced its
/// decision"), and what stands behind a saying tells its occasion ("said in an interview").
fn of_cue(cx: &Cx<'_>, frame: &Frame) -> Option<(Act, std::ops::Range<usize>)> {
    let (mut asserted, mut thought) = (None, None);
    for part in &frame.cue {
        let mut at = part.start;
        while at < part.end {
            let Some((act, len)) = named_at(cx, at).filter(|(_, len)| !tells_of_a_charge(cx, at, *len)) else {
                at += 1;
                continue;
            };
            match act {
                Act::Assertion => asserted = asserted.or(Some((act, at..at + len))),
                Act::Thought => thought = thought.or(Some((act, at..at + len))),
                Act::NonAnswer | Act::Refusal | Act::Denial => return Some((act, at..at + len)),
                Act::Question | Act::Answer | Act::Promise | Act::Demand | Act::Offer | Act::Threat => return asserted.or(Some((act, at..at + len))),
            }
            at += len;
        }
    }
    asserted.or(thought)
}

/// "his widely debunked claim": the writer says it of the claim; its maker denies nothing.
fn tells_of_a_charge(cx: &Cx<'_>, at: usize, len: usize) -> bool {
    let before = cx.tokens.before(at, 1);
    let before = if before.ends_with("ly") { cx.tokens.before(at, 2) } else { before };
    let opens = matches!(before, "a" | "an" | "the" | "this" | "that" | "his" | "her" | "its" | "their" | "my" | "our" | "your" | "s");
    opens && lexicon().charge.noun_at(cx.tokens, at + len)
}

/// Whether the cue is one of speaking or writing, or a colon.
pub(crate) fn speaks(cx: &Cx<'_>, frame: &Frame) -> bool {
    let speaks = |at: usize| matches!(named_at(cx, at), Some((Act::Assertion, _))) || lexicon().reply.at(cx.tokens, at).is_some() || cx.tokens.lower(at) == ":";
    frame.cue.iter().flat_map(Clone::clone).any(speaks)
}

/// Asking, refusing, denying, promising … as the word of the cue says.
pub(crate) fn by_cue_word(cx: &Cx<'_>, frame: &Frame) -> Option<Ruled<Act>> {
    let (act, hit) = of_cue(cx, frame)?;
    let words = cx.tokens.cover(hit).into_iter().collect();
    Some(Ruled { value: act, rule: "act/cue-word", words, why: "" })
}

/// "asked him to leave", "told them to stay": what looks like a question or a telling demands.
pub(crate) fn directive(cx: &Cx<'_>, frame: &Frame) -> Option<Ruled<Act>> {
    let hit = frame.cue.iter().flat_map(Clone::clone).find(|at| lexicon().directive.at(cx.tokens, *at).is_some())?;
    let start = frame.content_start(cx.tokens)?;
    let infinitive = |at: usize| cx.tokens.lower(at) == "to" || (cx.tokens.lower(at) == "not" && cx.tokens.lower(at + 1) == "to");
    let bare = cx.tokens.lower(frame.after_cue().saturating_sub(1)) == "to" && frame.content.first().is_some_and(|part| part.start == frame.after_cue());
    let asks_for = asks(cx, hit) && cx.tokens.lower(hit + 1) == "for";
    if !(infinitive(start) || bare || asks_for || asks_somebody_to(cx, frame, start, hit) || is_bare_infinitive(cx, frame, start, hit)) {
        return None;
    }
    Some(Ruled { value: Act::Demand, rule: "act/directive", words: frame.cue_spans(cx.tokens), why: "the content is something to do" })
}

fn asks(cx: &Cx<'_>, at: usize) -> bool {
    matches!(cx.tokens.lower(at), "ask" | "asks" | "asked" | "asking")
}

/// "asked <the court to intervene>", "asked that they leave", "asked Congress for a loan": the addressee may stand within the content.
fn asks_somebody_to(cx: &Cx<'_>, frame: &Frame, start: usize, hit: usize) -> bool {
    /// An addressee seldom takes more tokens.
    const NEAR: usize = 14;
    let is_put = |at: usize| matches!(cx.tokens.lower(at), "if" | "whether" | "about" | "how" | "why" | "what" | "when" | "where" | "which" | "?");
    let is_words = is_quote(cx.tokens.lower(start));
    let is_wanted = matches!(cx.tokens.lower(start), "for" | "that") && !is_put(start + 1);
    let to = (start..start + NEAR).take_while(|at| frame.in_content(*at) && !is_put(*at)).any(|at| cx.tokens.lower(at) == "to");
    asks(cx, hit) && !is_words && !matches!(cx.tokens.lower(start), "who" | "whom") && (is_wanted || to)
}

/// "asked Ode and Kern meet with him": the content opens with a bare verb, the addressee between.
fn is_bare_infinitive(cx: &Cx<'_>, frame: &Frame, start: usize, hit: usize) -> bool {
    let addressee_between = start > frame.after_cue() && cx.tokens.is_capitalised(cx.text, start - 1);
    let word = cx.tokens.lower(start);
    asks(cx, hit)
        && addressee_between
        && word.chars().all(char::is_alphabetic)
        && !matches!(word, "if" | "whether" | "about" | "how" | "why" | "what" | "when" | "where" | "who" | "which" | "that" | "for")
}

/// "offered praise", "offered: “…”" hold out nothing; "threatened … with", "vowed that" likewise go by their content.
pub(crate) fn not_commissive(cx: &Cx<'_>, frame: &Frame) -> Option<Ruled<Act>> {
    let (act, hit) = of_cue(cx, frame)?;
    let start = frame.content_start(cx.tokens);
    let states = match act {
        Act::Promise => start.is_some_and(|at| states_a_fact(cx, frame, at)),
        Act::Offer => !holds_out(cx, frame, &hit),
        Act::Question => questions_a_thing(cx, frame, &hit, start),
        Act::Assertion | Act::Answer | Act::NonAnswer | Act::Refusal | Act::Denial | Act::Demand | Act::Threat | Act::Thought => false,
    };
    let words = cx.tokens.cover(hit).into_iter().collect();
    states.then_some(Ruled { value: Act::Assertion, rule: "act/vowed-a-fact", words, why: "what is vowed is a fact, not a deed to come" })
}

/// "offered to resign", "an offer of help", "offered his resignation": something to be taken or not, not praise or proof.
fn holds_out(cx: &Cx<'_>, frame: &Frame, hit: &std::ops::Range<usize>) -> bool {
    /// The thing offered stands among the first words of the content.
    const NEAR: usize = 8;
    let noun = matches!(cx.tokens.lower(hit.end), "of" | "to") || frame.is_contentless();
    let start = frame.content_start(cx.tokens).unwrap_or(hit.end);
    noun || (start..start + NEAR).any(|at| cx.tokens.lower(at) == "to" && at < start + 4 || lexicon().offered.at(cx.tokens, at).is_some())
}

/// "questioned the plan": doubts it, and asks nobody.
fn questions_a_thing(cx: &Cx<'_>, frame: &Frame, hit: &std::ops::Range<usize>, start: Option<usize>) -> bool {
    let questioned = matches!(cx.tokens.lower(hit.start), "question" | "questions" | "questioned" | "questioning") && hit.len() == 1;
    let asks = |at: usize| {
        matches!(cx.tokens.lower(at), "if" | "whether" | "about" | "why" | "how" | "what" | "who" | "when" | "where" | "over" | "on")
            || frame.is_quoted(cx.tokens)
    };
    questioned && !frame.source.is_empty() && start.is_some_and(|at| !asks(at)) && !asks(hit.end)
}

/// "denied them entry": what is denied is withheld, not said to be untrue.
pub(crate) fn denied_a_thing(cx: &Cx<'_>, frame: &Frame) -> Option<Ruled<Act>> {
    /// The thing withheld stands among the first words of the content, addressee included.
    const NEAR: usize = 8;
    let hit = frame.cue.iter().flat_map(Clone::clone).find(|at| matches!(cx.tokens.lower(*at), "deny" | "denies" | "denied" | "denying"))?;
    let start = frame.content_start(cx.tokens)?;
    let end = frame.content.first().map_or(start, |part| part.end).min(start + NEAR);
    // "Denied rigging a vote".
    let is_gerund = cx.tokens.lower(start).ends_with("ing") && lexicon().withheld.at(cx.tokens, start).is_none();
    let tells = |at: usize| {
        matches!(cx.tokens.lower(at), "that" | "having" | "was" | "were" | "is" | "are" | "had" | "has") || lexicon().charge.at(cx.tokens, at).is_some()
    };
    let clause = is_gerund || (start..end).any(tells);
    let thing = (start..end).find(|at| lexicon().withheld.at(cx.tokens, *at).is_some())?;
    let words = [hit, thing].into_iter().map(|at| cx.tokens.span(at)).collect();
    (!clause).then_some(Ruled { value: Act::Refusal, rule: "act/denied-a-thing", words, why: "" })
}

/// A clause with a finite verb in the present perfect or past and no "to" or "will": "vowed the country has observed …".
fn states_a_fact(cx: &Cx<'_>, frame: &Frame, start: usize) -> bool {
    let Some(part) = frame.content.first() else { return false };
    let words = || (start..part.end).map(|at| cx.tokens.lower(at));
    let first = cx.tokens.lower(start);
    first != "to"
        && first != "not"
        && !words().any(|word| matches!(word, "will" | "would" | "won" | "ll" | "never" | "shall"))
        && words().any(|word| matches!(word, "has" | "have" | "had" | "was" | "were" | "is" | "are"))
}

/// "rejected the claim that …": turning down what is held against one denies it.
pub(crate) fn turned_down_a_charge(cx: &Cx<'_>, frame: &Frame) -> Option<Ruled<Act>> {
    /// A charge's name stands among the first words of the content: "the latest media reports".
    const NEAR: usize = 5;
    let hit = frame.cue.iter().flat_map(Clone::clone).find(|at| lexicon().turning_down.at(cx.tokens, *at).is_some())?;
    let start = frame.content_start(cx.tokens).unwrap_or(frame.after_cue());
    let named = (frame.after_cue()..start.max(frame.after_cue()) + NEAR).find(|at| lexicon().charge.at(cx.tokens, *at).is_some())?;
    let words = [hit, named].into_iter().map(|at| cx.tokens.span(at)).collect();
    Some(Ruled { value: Act::Denial, rule: "act/turned-down-a-charge", words, why: "" })
}
