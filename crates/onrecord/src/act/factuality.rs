//! Rules that tell whether a statement was made: negated, questioned, supposed, taken for granted, or invented.

use super::{Act, Cx, Factuality, Ruled};
use crate::act::cue;
use crate::act::frame::{Frame, is_double_quote, is_quote};
use crate::lexicon::{self, Phrases, Words};
use crate::statement::Statement;
use crate::text::Id;
use crate::zone::ZoneKind;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Lexicon {
    negating: Words,
    not_negating: Words,
    excepting: Words,
    nobody: Words,
    speaking: Words,
    contentless: Words,
    supposing: Words,
    not_supposing: Words,
    attitudes: Words,
    #[serde(rename = "if")]
    ifs: Words,
    not_if: Words,
    whether: Words,
    unfounded: Words,
    caricature: Words,
    anybody: Words,
    mock: Words,
    neg_raising: Words,
    unmade: Words,
    unsaid: Words,
}

fn words() -> &'static Lexicon {
    static WORDS: LazyLock<Lexicon> = LazyLock::new(|| lexicon::parse(include_str!("../../../../lexicon/factuality.toml")));
    &WORDS
}

type Rule = fn(&Cx<'_>, &[Act], Id<Statement>) -> Option<Ruled<Factuality>>;

/// The rules in the order they are asked; the first that speaks decides.
const RULES: [Rule; 9] = [attributed_by_if, negated, nobody_said, no_such_thing, mock_quotation, questioned, supposed, refused_to_speak, unfounded];

/// Whether the statement was made, as its own sentence tells it.
pub(crate) fn of(cx: &Cx<'_>, acts: &[Act], id: Id<Statement>) -> Ruled<Factuality> {
    let said = Ruled { value: Factuality::Actual, rule: "factuality/said", words: Vec::new(), why: "" };
    RULES.iter().find_map(|rule| rule(cx, acts, id)).unwrap_or(said)
}

fn ruled(cx: &Cx<'_>, value: Factuality, rule: &'static str, hit: Range<usize>) -> Option<Ruled<Factuality>> {
    Some(Ruled { value, rule, words: cx.tokens.cover(hit).into_iter().collect(), why: "" })
}

/// A phrase that begins among the words that lead up to the cue.
fn in_lead(cx: &Cx<'_>, frame: &Frame, phrases: &Phrases) -> Option<Range<usize>> {
    frame.lead.iter().find_map(|at| phrases.at(cx.tokens, *at).map(|len| *at..*at + len))
}

/// Made-up words: "as if to say", "a simple ‘…’", his "‘…’ act", words of anybody at all in a writer's or reader's own text.
fn mock_quotation(cx: &Cx<'_>, _: &[Act], id: Id<Statement>) -> Option<Ruled<Factuality>> {
    let (frame, words) = (cx.frame(id), words());
    let part = frame.content.first()?;
    if !frame.is_quoted(cx.tokens) {
        return None;
    }
    let opening = part.clone().find(|at| is_quote(cx.tokens.lower(*at)))?;
    let mocks = |at: &usize| words.mock.at(cx.tokens, *at).map(|len| *at..*at + len).filter(|hit| hit.end <= opening && opening <= hit.end + 1);
    if let Some(hit) = (opening.saturating_sub(6).max(frame.sentence.start)..opening).find_map(|at| mocks(&at)) {
        return ruled(cx, Factuality::Invented, "factuality/mock-quotation", hit);
    }
    let last = frame.content.last().map_or(part.end, |last| last.end);
    let closed = last > 0 && is_quote(cx.tokens.lower(last - 1));
    let caricature = (last..last + 2).find(|at| words.caricature.at(cx.tokens, *at).is_some());
    if let (true, Some(at)) = (closed, caricature) {
        return ruled(cx, Factuality::Invented, "factuality/mock-quotation", at..at + 1);
    }
    let own_voice =
        cx.zones.holding(cx.tokens.span(part.start).start()).is_some_and(|(_, zone)| matches!(zone.kind, ZoneKind::Commentary | ZoneKind::ReaderComment));
    let present = frame.lead.iter().any(|at| matches!(cx.tokens.lower(*at), "say" | "says" | "saying" | "think" | "thinks" | "thinking" | "would" | "will"));
    // "Anybody with a boat and [a little sense]": the source may be the end of a longer subject.
    let goes_on = matches!(cx.tokens.before(frame.source.start, 1), "and" | "or" | "with" | "of");
    let subject = if goes_on { frame.sentence.start } else { frame.source.start };
    let generic = words.anybody.at(cx.tokens, subject).filter(|_| !frame.source.is_empty() && (own_voice || present));
    generic.and_then(|len| ruled(cx, Factuality::Invented, "factuality/mock-quotation", subject..subject + len))
}

/// "if you believe the Post": an attribution, not a supposition.
fn attributed_by_if(cx: &Cx<'_>, _: &[Act], id: Id<Statement>) -> Option<Ruled<Factuality>> {
    let frame = cx.frame(id);
    let hit = frame.cue.iter().find_map(|part| words().not_if.words.find(cx.tokens, part.clone()))?;
    ruled(cx, Factuality::Actual, "factuality/attributed-by-if", hit)
}

/// "did not say", "wouldn't confirm", "without saying", "failed to mention": that content was not said.
fn negated(cx: &Cx<'_>, acts: &[Act], id: Id<Statement>) -> Option<Ruled<Factuality>> {
    let (frame, words) = (cx.frame(id), words());
    let hit = frame.lead.iter().find_map(|at| negation_at(cx, frame, *at))?;
    if in_lead(cx, frame, &words.not_negating.words).is_some() || says_so_after_all(cx, frame) || said_before(cx, frame, hit.start) {
        return None;
    }
    let head = frame.lead.iter().rev().find(|at| words.neg_raising.at(cx.tokens, **at).is_some() && **at > hit.start);
    match acts[id.at()] {
        Act::Thought if head.is_some() || is_copular(cx, frame) => return None,
        Act::Refusal | Act::NonAnswer if frame.is_contentless() => return None,
        Act::Assertion | Act::Answer if frame.is_contentless() && is_unwilling(cx, frame) => return None,
        Act::Thought
        | Act::Refusal
        | Act::NonAnswer
        | Act::Assertion
        | Act::Answer
        | Act::Question
        | Act::Denial
        | Act::Promise
        | Act::Demand
        | Act::Offer
        | Act::Threat => {}
    }
    ruled(cx, Factuality::Negated, "factuality/negated", hit)
}

/// "said without further comment": the saying stands before the negation, and was done.
fn said_before(cx: &Cx<'_>, frame: &Frame, negation: usize) -> bool {
    frame.cue.iter().flat_map(Clone::clone).take_while(|at| *at < negation).any(|at| matches!(cue::named_at(cx, at), Some((Act::Assertion, _))))
}

fn negation_at(cx: &Cx<'_>, frame: &Frame, at: usize) -> Option<Range<usize>> {
    let last = frame.cue.last().map_or(at, |part| part.end);
    if cx.tokens.negated_at(at) {
        return Some(at..at + 1);
    }
    if let Some(len) = words().negating.words.at(cx.tokens, at) {
        return (at + len < last).then_some(at..at + len);
    }
    if cx.tokens.lower(at) == "no" && (at + 1..at + 4).any(|near| frame.in_cue(near) && words().unmade.at(cx.tokens, near).is_some()) {
        return Some(at..at + 1);
    }
    let verb = words().negating.verbs.at(cx.tokens, at)?;
    let keeps_silent = matches!(cx.tokens.lower(at).get(..4), Some("refu" | "decl"));
    let goes_on = matches!(cx.tokens.lower(at + verb), "to" | "from" | "of") || cx.tokens.lower(at + verb).ends_with("ing");
    (!keeps_silent && goes_on).then_some(at..at + verb)
}

/// "He is not sure that …", "she was not happy": the source holds it so.
fn is_copular(cx: &Cx<'_>, frame: &Frame) -> bool {
    frame
        .lead
        .iter()
        .any(|at| matches!(cx.tokens.lower(*at), "is" | "are" | "was" | "were" | "am" | "be" | "been" | "isn" | "aren" | "wasn" | "weren" | "m" | "s" | "re"))
}

/// "would not elaborate": turning down is something done.
fn is_unwilling(cx: &Cx<'_>, frame: &Frame) -> bool {
    frame.lead.iter().any(|at| matches!(cx.tokens.lower(*at), "would" | "wouldn" | "will" | "won"))
}

/// "won't say anything more than that P": P was said.
fn says_so_after_all(cx: &Cx<'_>, frame: &Frame) -> bool {
    let until = frame.content.first().map_or(frame.after_cue(), |part| part.start + 3);
    let from = frame.cue.first().map_or(until, |part| part.start);
    (from..until).any(|at| words().excepting.at(cx.tokens, at).is_some())
}

/// "No official has said that …".
fn nobody_said(cx: &Cx<'_>, _: &[Act], id: Id<Statement>) -> Option<Ruled<Factuality>> {
    let frame = cx.frame(id);
    if frame.source.is_empty() || says_so_after_all(cx, frame) {
        return None;
    }
    let start = frame.source.start;
    let nobody = words().nobody.at(cx.tokens, start).or_else(|| matches!(cx.tokens.lower(start), "no" | "none" | "neither").then_some(1))?;
    ruled(cx, Factuality::Negated, "factuality/nobody-said", start..start + nobody)
}

/// "He said no such thing": he said nothing of the kind. What was quoted from him right before was made up.
fn no_such_thing(cx: &Cx<'_>, _: &[Act], id: Id<Statement>) -> Option<Ruled<Factuality>> {
    if let Some(hit) = unsaid(cx, cx.frame(id)) {
        return ruled(cx, Factuality::Negated, "factuality/no-such-thing", hit);
    }
    let end = cx.statements[id].content.last()?.end();
    let here = |after: &Statement| after.content.first().is_some_and(|part| part.start() >= end && !cx.text[end..part.start()].contains('\n'));
    let pronoun = |frame: &Frame| matches!(frame.source.len(), 1) && matches!(cx.tokens.lower(frame.source.start), "he" | "she" | "they" | "it");
    let later = cx.statements.entries().filter(|(other, after)| *other != id && here(after) && pronoun(cx.frame(*other)));
    let hit = later.filter(|_| cx.frame(id).is_quoted(cx.tokens)).find_map(|(other, _)| unsaid(cx, cx.frame(other)))?;
    ruled(cx, Factuality::Invented, "factuality/no-such-thing", hit)
}

/// The words that say that nothing of the kind was said, where they are all that is said to have been said.
fn unsaid(cx: &Cx<'_>, frame: &Frame) -> Option<Range<usize>> {
    let part = frame.content.first().filter(|_| frame.content.len() == 1 && !frame.is_quoted(cx.tokens))?;
    let says = frame.head().is_some_and(|head| matches!(cue::named_at(cx, head), Some((Act::Assertion, _))));
    let len = words().unsaid.at(cx.tokens, part.start).filter(|_| says)?;
    (part.len() <= len).then_some(part.clone())
}

/// "So you can't say …?": how far into its sentence a clause may begin and still be what is asked, in tokens.
const OPENING: usize = 3;

/// The clause is asked, not told: "Did she promise …?", "whether he had said".
fn questioned(cx: &Cx<'_>, _: &[Act], id: Id<Statement>) -> Option<Ruled<Factuality>> {
    let frame = cx.frame(id);
    let head = frame.head()?;
    if cue::is_noun(cx, frame) {
        return None;
    }
    let opener = frame.opener.map(|at| (at, cx.tokens.lower(at)));
    if let Some((at, "whether")) = opener {
        return ruled(cx, Factuality::Questioned, "factuality/questioned", at..at + 1);
    }
    if let Some((at, "if")) = opener.filter(|(at, _)| is_whether(cx, *at)) {
        return ruled(cx, Factuality::Questioned, "factuality/questioned", at..at + 1);
    }
    let inverted = inversion(cx, frame, head);
    if !frame.stands_in_question(cx.tokens) && !(inverted.is_some() && ends_in_question(cx, frame)) {
        return None;
    }
    if let Some((at, "why" | "how" | "when" | "where" | "what" | "before" | "after" | "since" | "because" | "that" | "who" | "which")) =
        opener.filter(|_| inverted.is_none())
    {
        return ruled(cx, Factuality::Presupposed, "factuality/presupposed", at..at + 1);
    }
    if let Some(at) = inverted {
        return ruled(cx, Factuality::Questioned, "factuality/questioned", at..at + 1);
    }
    let begins = if frame.source.is_empty() { head } else { frame.source.start.min(head) };
    if begins > frame.sentence.start + OPENING {
        return None;
    }
    ruled(cx, Factuality::Questioned, "factuality/questioned", head..head + 1)
}

/// "did he ask", "has the ministry said": an auxiliary stands before the source, not behind it.
fn inversion(cx: &Cx<'_>, frame: &Frame, head: usize) -> Option<usize> {
    if frame.source.is_empty() || frame.source.end > head || frame.source.start == 0 {
        return None;
    }
    let at = (frame.source.start.saturating_sub(2)..frame.source.start).rev().find(|at| {
        matches!(
            cx.tokens.lower(*at),
            "did" | "does" | "do" | "has" | "have" | "had" | "is" | "are" | "was" | "were" | "will" | "would" | "could" | "can" | "might" | "may" | "should"
        )
    })?;
    (at >= frame.sentence.start).then_some(at)
}

fn ends_in_question(cx: &Cx<'_>, frame: &Frame) -> bool {
    frame.sentence.clone().rev().take(3).any(|at| cx.tokens.lower(at) == "?") && !frame.is_quoted(cx.tokens)
}

/// Whether the "if" at `at` follows a verb of asking or knowing, so that it means "whether".
fn is_whether(cx: &Cx<'_>, at: usize) -> bool {
    /// "asked the ministry again if": how far before the verb may stand.
    const NEAR: usize = 5;
    let from = at.saturating_sub(NEAR);
    if cx.tokens.before(at, 1) == "," || cx.tokens.before(at, 1) == "as" {
        return false;
    }
    (from..at).any(|near| words().whether.verbs.at(cx.tokens, near).is_some() || words().whether.words.at(cx.tokens, near).is_some_and(|len| near + len == at))
}

/// "if she says", "may announce", "is expected to say": supposed, or still to come.
fn supposed(cx: &Cx<'_>, acts: &[Act], id: Id<Statement>) -> Option<Ruled<Factuality>> {
    let (frame, words) = (cx.frame(id), words());
    if cue::is_noun(cx, frame) {
        return None;
    }
    if let Some(at) = frame.opener.filter(|at| words.ifs.at(cx.tokens, *at).is_some()) {
        return ruled(cx, Factuality::Hypothetical, "factuality/if-clause", at..at + 1);
    }
    if frame.source.start > 0 && matches!(cx.tokens.before(frame.source.start, 1), "should" | "were" | "had") && is_conditional_inversion(cx, frame) {
        return ruled(cx, Factuality::Hypothetical, "factuality/if-clause", frame.source.start - 1..frame.source.start);
    }
    if let Some(at) = yet_to(cx, frame).filter(|_| acts[id.at()] != Act::Thought) {
        return ruled(cx, Factuality::Hypothetical, "factuality/still-to-come", at..at + 1);
    }
    let hit = in_lead(cx, frame, &words.supposing.words).filter(|hit| frame.cue.last().is_some_and(|part| hit.end < part.end))?;
    if in_lead(cx, frame, &words.not_supposing.words).is_some() {
        return None;
    }
    let attitude = frame.lead.iter().any(|at| *at >= hit.end && words.attitudes.at(cx.tokens, *at).is_some());
    match acts[id.at()] {
        Act::Thought if attitude || cx.tokens.lower(hit.end.saturating_sub(1)) == "to" => return None,
        Act::Refusal | Act::NonAnswer => return None,
        Act::Thought | Act::Assertion | Act::Answer | Act::Question | Act::Denial | Act::Promise | Act::Demand | Act::Offer | Act::Threat => {}
    }
    if frame.is_contentless() && says_so_after_all(cx, frame) {
        return None;
    }
    ruled(cx, Factuality::Hypothetical, "factuality/still-to-come", hit)
}

/// "Ode to announce closure", "had yet to say": nothing but "to" between the source and the verb.
fn yet_to(cx: &Cx<'_>, frame: &Frame) -> Option<usize> {
    let head = frame.head().filter(|head| cx.tokens.lower(*head) == "to" && !frame.source.is_empty())?;
    (frame.source.end == head || cx.tokens.before(head, 1) == "yet").then_some(head)
}

/// "Should she say so, …", "Were he to refuse": the sentence opens with the auxiliary.
fn is_conditional_inversion(cx: &Cx<'_>, frame: &Frame) -> bool {
    let at = frame.source.start - 1;
    let opens = at == frame.sentence.start || (at > 0 && (cx.tokens.before(at, 1) == "," || is_double_quote(cx.tokens.before(at, 1))));
    let asked = frame.sentence.clone().next_back().is_some_and(|at| cx.tokens.lower(at) == "?");
    opens && !asked
}

/// Whether the cue holds a verb of giving words.
pub(super) fn gives_words(cx: &Cx<'_>, frame: &Frame) -> bool {
    frame.cue.iter().flat_map(Clone::clone).any(|at| words().speaking.at(cx.tokens, at).is_some())
}

/// "refused to say that P", "declined to confirm P", "refusing to defend P": P was not said. "refused to accept P" is a deed.
fn refused_to_speak(cx: &Cx<'_>, acts: &[Act], id: Id<Statement>) -> Option<Ruled<Factuality>> {
    /// "refused point-blank to even say": how far behind the refusing verb its complement may stand.
    const NEAR: usize = 5;
    let (frame, words) = (cx.frame(id), words());
    if acts[id.at()] != Act::Refusal || frame.is_contentless() || says_so_after_all(cx, frame) {
        return None;
    }
    let refuses = |at: &usize| words.negating.verbs.at(cx.tokens, *at).is_some() || matches!(cx.tokens.lower(*at), "refusal" | "reluctance");
    let verb = frame.cue.iter().flat_map(Clone::clone).find(refuses)?;
    let to = (verb + 1..verb + NEAR).find(|at| cx.tokens.lower(*at) == "to")?;
    let complement = (to + 1..to + 3).find(|at| words.speaking.at(cx.tokens, *at).is_some() || words.contentless.at(cx.tokens, *at).is_some())?;
    let silent = words.contentless.at(cx.tokens, complement).unwrap_or(0);
    if silent > 0 && silent >= words.speaking.at(cx.tokens, complement).unwrap_or(0) {
        return None;
    }
    ruled(cx, Factuality::Negated, "factuality/refused-to-speak", verb..complement + 1)
}

/// "There is no evidence that Ode said so": the clause stands under something that takes it back.
fn unfounded(cx: &Cx<'_>, _: &[Act], id: Id<Statement>) -> Option<Ruled<Factuality>> {
    let frame = cx.frame(id);
    let that = frame.opener.filter(|at| cx.tokens.lower(*at) == "that")?;
    let from = that.saturating_sub(4).max(frame.sentence.start);
    let hit = (from..that).find_map(|at| words().unfounded.at(cx.tokens, at).map(|len| at..at + len).filter(|hit| hit.end == that))?;
    ruled(cx, Factuality::Negated, "factuality/unfounded", hit)
}

/// Statements within what was asked, supposed, denied or not said were not made either, unless their clause takes them
/// for granted.
pub(crate) fn inherit(cx: &Cx<'_>, acts: &[Act], own: Vec<Ruled<Factuality>>) -> Vec<Ruled<Factuality>> {
    let mut done: Vec<Option<Factuality>> = vec![None; own.len()];
    let mut out = own;
    for at in 0..out.len() {
        settle(cx, acts, &mut out, &mut done, at, 0);
    }
    out
}

/// How deep statements may be nested before a chain of `within` is taken for a ring.
const DEEPEST: usize = 12;

fn settle(cx: &Cx<'_>, acts: &[Act], out: &mut [Ruled<Factuality>], done: &mut [Option<Factuality>], at: usize, depth: usize) -> Factuality {
    if let Some(value) = done[at] {
        return value;
    }
    let id = Id::new(at);
    if let Some(parent) = cx.statements[id].within.filter(|parent| parent.at() != at && depth < DEEPEST) {
        let above = settle(cx, acts, out, done, parent.at(), depth + 1);
        if out[at].value == Factuality::Actual
            && let Some(value) = from_parent(cx, acts, id, parent, above)
        {
            let words = cx.frame(parent).cue_spans(cx.tokens);
            out[at] = Ruled { value, rule: "factuality/within", words, why: "it stands within a statement that was not made, or that asks or denies" };
        }
    }
    done[at] = Some(out[at].value);
    out[at].value
}

fn from_parent(cx: &Cx<'_>, acts: &[Act], id: Id<Statement>, parent: Id<Statement>, above: Factuality) -> Option<Factuality> {
    let frame = cx.frame(id);
    if cue::is_noun(cx, frame) {
        return None;
    }
    let opener = frame.opener.map_or("", |at| cx.tokens.lower(at));
    if matches!(opener, "why" | "how" | "when" | "where" | "after" | "before" | "since" | "because" | "which" | "who") {
        return (above != Factuality::Actual).then_some(Factuality::Presupposed);
    }
    match above {
        Factuality::Negated | Factuality::Questioned | Factuality::Hypothetical | Factuality::Invented => return Some(above),
        Factuality::Actual | Factuality::Presupposed => {}
    }
    let to_come = frame.lead.iter().any(|at| cx.tokens.lower(*at) == "to") && frame.lead.first().is_some_and(|at| cx.tokens.lower(*at) == "to");
    match acts[parent.at()] {
        Act::Question if asks_whether(cx, frame, cx.frame(parent)) => Some(Factuality::Questioned),
        Act::Denial if denies_directly(cx, frame, cx.frame(parent)) => Some(Factuality::Negated),
        Act::Thought | Act::Demand | Act::Promise | Act::Threat | Act::Offer | Act::Refusal if to_come => Some(Factuality::Hypothetical),
        Act::Question
        | Act::Denial
        | Act::Thought
        | Act::Demand
        | Act::Promise
        | Act::Threat
        | Act::Offer
        | Act::Refusal
        | Act::Assertion
        | Act::Answer
        | Act::NonAnswer => None,
    }
}

/// The parent asks "if" or "whether", or puts the very sentence as a question.
fn asks_whether(cx: &Cx<'_>, child: &Frame, parent: &Frame) -> bool {
    let start = parent.content_start(cx.tokens).map_or("", |at| cx.tokens.lower(at));
    let asked = child.sentence.clone().rev().take(3).any(|at| cx.tokens.lower(at) == "?");
    matches!(start, "if" | "whether") || asked
}

/// "denied asking", "denied that he had promised": the denied clause is the statement itself.
fn denies_directly(cx: &Cx<'_>, child: &Frame, parent: &Frame) -> bool {
    let Some(start) = parent.content_start(cx.tokens) else { return false };
    !parent.is_quoted(cx.tokens) && child.head().is_some_and(|head| head >= start && head - start <= 6)
}
