//! Tells what became of an asking: yes, no, part of it, words that do not answer, a refusal, or nothing.

use super::Answer;
use super::clarity::{self, Clarity};
use super::lexicon::{Needs, WORDS};
use super::node::Cx;
use super::stand::{self, Standing, Why};
use super::tie::{Tie, TieKind, declines};
use crate::act::{Act, Factuality};
use crate::evidence::Evidence;
use crate::lexicon::Phrases;
use crate::record::{Place, Ref};
use crate::statement::Form;
use crate::text::Span;
use crate::token::{TokenKind, Tokens};
use crate::zone::ZoneKind;
use std::collections::BTreeMap;
use std::ops::Range;

/// What one statement makes of the question, by which rule, on which words.
struct Ruled {
    answer: Answer,
    rule: &'static str,
    words: Vec<Span>,
}

/// The class of an asking and what shows it.
pub(super) fn of(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, standing: &Standing, asked: &[usize], answered: &[usize]) -> (Answer, Vec<Evidence<Place>>) {
    let outer = |at: &usize| cx.nodes[*at].told.statement(cx.accounts).within.map(|id| Ref::new(cx.nodes[*at].told.document, id));
    // What stands within an answer ("Yes, he did, and I asked him to stay") is part of it.
    let whole = answered.iter().filter(|at| outer(at).is_none_or(|outer| !answered.iter().any(|other| cx.nodes[*other].told == outer)));
    let ruled: Vec<(usize, Ruled)> = whole.map(|at| (*at, one(cx, ties, standing, asked.is_empty(), *at))).collect();
    let answer = fold(&ruled);
    let mut evidence: Vec<Evidence<Place>> = Vec::new();
    for (at, ruled) in ruled.into_iter().filter(|(_, ruled)| ruled.answer == answer || answer == Answer::Partial) {
        evidence.push(Evidence::rule("answer", ruled.rule, cx.places(at, ruled.words), ""));
    }
    if answered.is_empty() {
        let words = asked.first().map(|at| cx.places(*at, cx.cue(*at))).unwrap_or_default();
        evidence.push(Evidence::rule("answer", "question/no-reply-told", words, "nothing tells of a reply"));
    }
    (answer, evidence)
}

/// The class of several statements of one speaker: who denies has denied; who says yes when asked has said yes, whatever else
/// he says that day; who keeps part back has answered in part.
fn fold(ruled: &[(usize, Ruled)]) -> Answer {
    let count = |answer: Answer| ruled.iter().filter(|(_, ruled)| ruled.answer == answer).count();
    let (affirm, partial, evaded, declined) = (count(Answer::Affirm), count(Answer::Partial), count(Answer::NonAnswer), count(Answer::Declined));
    if ruled.is_empty() {
        Answer::None
    } else if count(Answer::Deny) > 0 {
        Answer::Deny
    } else if ruled.iter().any(|(_, ruled)| ruled.rule == "question/yes-or-no") {
        Answer::Affirm
    } else if evaded > 0 && evaded >= declined && affirm == 0 {
        Answer::NonAnswer
    } else if evaded + declined > 0 {
        if affirm + partial > 0 && affirm + partial >= declined { Answer::Partial } else { Answer::Declined }
    } else if affirm > partial {
        Answer::Affirm
    } else {
        Answer::Partial
    }
}

/// What one statement makes of the question: the first rule that speaks decides.
fn one(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, standing: &Standing, is_unasked: bool, at: usize) -> Ruled {
    None.or_else(|| denied(cx, at))
        .or_else(|| kept_back(cx, at))
        .or_else(|| gives_figure(cx, standing.why, at))
        .or_else(|| not_answered(cx, at))
        .or_else(|| leaves_cause_open(cx, standing.why, at))
        .or_else(|| yes_or_no(cx, ties, at))
        .or_else(|| asks_himself(cx, ties, at))
        .or_else(|| partly(cx, standing.why, at))
        .or_else(|| complied(cx, standing, at))
        .or_else(|| other_matter(cx, ties, at))
        .or_else(|| judged(cx, ties, at))
        .or_else(|| neither(cx, ties, at))
        .or_else(|| said_not(cx, standing, at))
        .or_else(|| about(cx, standing, at).filter(|_| is_unasked))
        .unwrap_or_else(|| Ruled { answer: Answer::Affirm, rule: "question/answered", words: cx.cue(at) })
}

/// `question/partly`, of what was said unasked: it says yes only to a question whose words it takes up.
fn about(cx: &Cx<'_>, standing: &Standing, at: usize) -> Option<Ruled> {
    let mut put = standing.nodes.iter().filter(|other| cx.nodes[**other].act == Act::Question && cx.is_topical(**other)).peekable();
    let is_about = put.peek().is_some() && put.all(|question| cx.holds(at, *question) < SPEAKS_TO_IT);
    is_about.then(|| Ruled { answer: Answer::Partial, rule: "question/partly", words: cx.cue(at) })
}

/// How much of the words of a question must stand in what is said unasked to be a yes to it.
const SPEAKS_TO_IT: f32 = 0.3;

/// `question/said-not`: who negates the words that are asked about says no, whether or not he was asked. To "why" and "what" nobody
/// says no.
fn said_not(cx: &Cx<'_>, standing: &Standing, at: usize) -> Option<Ruled> {
    let hit = negated(cx, at).filter(|_| standing.why == Why::Asked)?;
    if standing.nodes.iter().any(|other| asks_for_a_fact(cx, *other)) {
        return None;
    }
    let is_asked = |other: &usize| match cx.nodes[*other].act {
        Act::Question => negated(cx, *other).is_none(),
        Act::Denial | Act::Refusal => true,
        Act::Assertion | Act::Answer | Act::NonAnswer | Act::Promise | Act::Demand | Act::Offer | Act::Threat | Act::Thought => false,
    };
    let asked: Vec<usize> = standing.nodes.iter().copied().filter(|other| *other != at && is_asked(other)).collect();
    let tokens = cx.tokens(at);
    let sentence = cx.nodes[at].told.reading(cx.accounts).sentences.holding(tokens.span(hit).start())?.1;
    let is_of_it = asked.iter().any(|other| cx.is_topical(*other) && cx.holds(at, *other) >= SPEAKS_TO_IT)
        && asked.iter().any(|other| cx.share_words_within(at, *other, sentence.tokens.clone()));
    let is_left_open = WORDS.open_still.find(tokens, hit + 1..hit + 1 + GOVERNED).is_some();
    let (answer, rule) = if is_left_open { (Answer::NonAnswer, "question/not-answered") } else { (Answer::Deny, "question/said-not") };
    is_of_it.then(|| Ruled { answer, rule, words: vec![tokens.span(hit)] })
}

/// Whether a question, or what is kept back, is a "why" or a "what".
fn asks_for_a_fact(cx: &Cx<'_>, at: usize) -> bool {
    let (tokens, content) = (cx.tokens(at), &cx.nodes[at].told.statement(cx.accounts).content);
    match cx.nodes[at].act {
        Act::Question => cx.is_topical(at) && !is_polar(cx, at),
        Act::Refusal => content.first().is_some_and(|part| WORDS.open.has(tokens.lower(tokens.within(*part).start))),
        Act::Denial | Act::Assertion | Act::Answer | Act::NonAnswer | Act::Promise | Act::Demand | Act::Offer | Act::Threat | Act::Thought => false,
    }
}

/// Where a node negates what it says: in its words, or in a cue of thinking ("doesn't believe").
fn negated(cx: &Cx<'_>, at: usize) -> Option<usize> {
    let (tokens, statement) = (cx.tokens(at), cx.nodes[at].told.statement(cx.accounts));
    let is_no = |at: &usize| {
        // "The first ban, not the second": only what it is not.
        let is_aside = tokens.before(*at, 1) == ",";
        let is_none = WORDS.no_negation.find(tokens, *at + 1..*at + 1 + GOVERNED).is_some();
        !is_aside && !is_none && (tokens.negated_at(*at) || WORDS.untrue.at(tokens, *at).is_some())
    };
    statement.content.iter().chain(&statement.cue).find_map(|part| tokens.within(*part).find(is_no))
}

/// Tokens behind a negation in which stands what it governs: "has not yet been determined".
const GOVERNED: usize = 4;

/// `question/complied`: who says that the law was kept says no to those who ask or tell that it was broken.
fn complied(cx: &Cx<'_>, standing: &Standing, at: usize) -> Option<Ruled> {
    let (tokens, statement) = (cx.tokens(at), cx.nodes[at].told.statement(cx.accounts));
    let hit = statement.content.iter().find_map(|part| kept(tokens, tokens.within(*part)))?;
    let breaks = |other: &usize| {
        let node = &cx.nodes[*other];
        let tokens = cx.tokens(*other);
        (node.speaker.is_none() || node.speaker != cx.nodes[at].speaker)
            && node.told.statement(cx.accounts).content.iter().any(|part| WORDS.breach.find(tokens, tokens.within(*part)).is_some())
    };
    let is_answer = standing.nodes.iter().any(breaks);
    is_answer.then(|| Ruled { answer: Answer::Deny, rule: "question/complied", words: tokens.cover(hit).into_iter().collect() })
}

/// The words that tell of a law kept: "strictly enforced the resolutions", "in full compliance".
fn kept(tokens: &Tokens, range: Range<usize>) -> Option<Range<usize>> {
    let is_told = |at: usize| {
        let lead = at.saturating_sub(GOVERNS)..at;
        !lead.into_iter().any(|before| tokens.negated_at(before) || WORDS.not_done.has(tokens.lower(before)))
    };
    let law = |at: usize| (at..range.end.min(at + LAW)).find_map(|law| WORDS.law.at(tokens, law).map(|len| law + len));
    let kept = |at: usize| WORDS.keeping.at(tokens, at).and_then(|len| law(at + len)).or_else(|| WORDS.lawful.at(tokens, at).map(|len| at + len));
    range.clone().filter(|at| is_told(*at)).find_map(|at| kept(at).map(|end| at..end))
}

/// Tokens before a verb in which stands what keeps it from being told as done: "failed to fully comply".
const GOVERNS: usize = 3;

/// Tokens behind a verb in which stands the law that is kept: "strictly enforced the relevant resolutions".
const LAW: usize = 8;

/// `question/denied`: a denial says no.
fn denied(cx: &Cx<'_>, at: usize) -> Option<Ruled> {
    (cx.nodes[at].act == Act::Denial).then(|| Ruled { answer: Answer::Deny, rule: "question/denied", words: cx.cue(at) })
}

/// `question/declined` and `question/silent`: words kept back on purpose, and words that are only not there.
fn kept_back(cx: &Cx<'_>, at: usize) -> Option<Ruled> {
    if !declines(cx, at) {
        return None;
    }
    let tokens = cx.tokens(at);
    let cue = cx.cue(at)[0];
    let inside = tokens.within(cue);
    let before = inside.start.saturating_sub(BEFORE_THE_CUE)..inside.end;
    let silent = cx.nodes[at].factuality == Factuality::Negated && WORDS.silent.find(tokens, before).is_some();
    let (answer, rule) = if silent { (Answer::NonAnswer, "question/silent") } else { (Answer::Declined, "question/declined") };
    Some(Ruled { answer, rule, words: cx.cue(at) })
}

/// Tokens before a cue in which its negation stands ("did not immediately").
const BEFORE_THE_CUE: usize = 3;

/// `question/answered`, of what breaking news asks: who gives the figure answers, whatever else he evades.
fn gives_figure(cx: &Cx<'_>, why: Why, at: usize) -> Option<Ruled> {
    let Why::Slot(slot) = why else { return None };
    let is_asking = cx.nodes[at].act == Act::Question;
    let words = stand::filled(cx, at, slot).filter(|_| !is_asking && WORDS.slot[slot].needs == Needs::Figure)?;
    Some(Ruled { answer: Answer::Affirm, rule: "question/answered", words: vec![words] })
}

/// `question/not-answered`: words that leave it open, or a question in return.
fn not_answered(cx: &Cx<'_>, at: usize) -> Option<Ruled> {
    match cx.nodes[at].act {
        Act::NonAnswer => Some(Ruled { answer: Answer::NonAnswer, rule: "question/not-answered", words: cx.cue(at) }),
        Act::Question => Some(Ruled { answer: Answer::NonAnswer, rule: "question/counter-question", words: cx.cue(at) }),
        Act::Assertion | Act::Answer | Act::Refusal | Act::Denial | Act::Promise | Act::Demand | Act::Offer | Act::Threat | Act::Thought => None,
    }
}

/// `question/not-answered`, of what breaking news asks: who speaks of the cause and names none.
fn leaves_cause_open(cx: &Cx<'_>, why: Why, at: usize) -> Option<Ruled> {
    let Why::Slot(slot) = why else { return None };
    let words = stand::filled(cx, at, slot).filter(|_| WORDS.slot[slot].needs == Needs::Event)?;
    let tokens = cx.tokens(at);
    let hit = tokens.within(words);
    WORDS.asked_after.at(tokens, hit.start)?;
    // "It was the cause", "named a fault as the cause".
    let named_before = matches!(tokens.before(hit.start, 1), "am" | "as" | "be" | "been" | "is" | "was" | "were");
    // "The cause of the blaze was a fault", but not "was not known".
    let sentence = cx.nodes[at].told.reading(cx.accounts).sentences.holding(words.start())?.1;
    let behind = (hit.end..sentence.tokens.end).take(BEHIND_THE_CAUSE);
    let is = std::iter::once(hit.end - 1).chain(behind).find(|at| matches!(tokens.lower(*at), "is" | "was" | "were" | ":"));
    let named_behind = is.is_some_and(|is| WORDS.left_open.find(tokens, is + 1..is + 1 + GOVERNED).is_none());
    (!named_before && !named_behind).then(|| Ruled { answer: Answer::NonAnswer, rule: "question/not-answered", words: vec![words] })
}

/// Tokens between the cause and what is said of it: "the cause of Sunday's crash near Dorn was …".
const BEHIND_THE_CAUSE: usize = 10;

/// `question/partly`: the source stands back from it, gives less than was asked, or promises, demands or threatens instead.
fn partly(cx: &Cx<'_>, why: Why, at: usize) -> Option<Ruled> {
    let node = &cx.nodes[at];
    let instead = match node.act {
        Act::Promise | Act::Demand | Act::Threat => true,
        Act::Assertion | Act::Question | Act::Answer | Act::NonAnswer | Act::Refusal | Act::Denial | Act::Offer | Act::Thought => false,
    };
    let statement = node.told.statement(cx.accounts);
    let tokens = cx.tokens(at);
    let hit = statement.cue.iter().chain(&statement.content).find_map(|span| WORDS.hedge.find(tokens, tokens.within(*span)));
    let hedged = hit.filter(|_| !matches!(why, Why::Slot(_))).and_then(|hit| tokens.cover(hit));
    let words = hedged.map(|span| vec![span]).or(instead.then(|| cx.cue(at)))?;
    Some(Ruled { answer: Answer::Partial, rule: "question/partly", words })
}

/// The question that a node replies to.
fn question(ties: &BTreeMap<usize, Tie>, at: usize) -> Option<usize> {
    ties.get(&at).filter(|tie| tie.kind == TieKind::Reply).map(|tie| tie.to)
}

/// The words of a reply: the first part of what is said, past its marks.
fn reply(cx: &Cx<'_>, at: usize) -> Option<(Span, Range<usize>)> {
    let reply = *cx.nodes[at].told.statement(cx.accounts).content.first()?;
    let tokens = cx.tokens(at);
    Some((reply, past_marks(tokens, tokens.within(reply))))
}

/// `question/yes-or-no`: what a reply to a question for yes or no opens with.
fn yes_or_no(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, at: usize) -> Option<Ruled> {
    question(ties, at).filter(|question| is_polar(cx, *question))?;
    let (_, range) = reply(cx, at)?;
    let tokens = cx.tokens(at);
    let opening = range.start..range.end.min(range.start + OPENING);
    let said = |words: &Phrases| words.at(tokens, opening.start).map(|len| opening.start..opening.start + len);
    let ruled = |answer, hit: Range<usize>| Ruled { answer, rule: "question/yes-or-no", words: tokens.cover(hit).into_iter().collect() };
    let negated = || opening.clone().find(|at| tokens.negated_at(*at)).map(|at| at..at + 1);
    let no = said(&WORDS.no).or_else(negated).map(|hit| ruled(Answer::Deny, hit));
    let yes = said(&WORDS.yes).filter(|hit| stands_alone(tokens, hit, range.end));
    no.or_else(|| yes.map(|hit| ruled(Answer::Affirm, hit)))
}

/// `question/yes-or-no`: "Will I sign it? No." A yes and a no answer in part (`question/partly`).
fn asks_himself(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, at: usize) -> Option<Ruled> {
    question(ties, at)?;
    let (tokens, statement) = (cx.tokens(at), cx.nodes[at].told.statement(cx.accounts));
    let answers = |words: &Phrases| {
        let places = statement.content.iter().flat_map(|part| tokens.within(*part)).filter(|at| tokens.before(*at, 1) == "?");
        let hits = places.filter_map(|at| words.at(tokens, at).map(|len| at..at + len));
        hits.filter(|hit| tokens.kind(hit.end) == TokenKind::Punctuation).find_map(|hit| tokens.cover(hit))
    };
    match (answers(&WORDS.yes), answers(&WORDS.no)) {
        (Some(yes), None) => Some(Ruled { answer: Answer::Affirm, rule: "question/yes-or-no", words: vec![yes] }),
        (None, Some(no)) => Some(Ruled { answer: Answer::Deny, rule: "question/yes-or-no", words: vec![no] }),
        (Some(yes), Some(no)) => Some(Ruled { answer: Answer::Partial, rule: "question/partly", words: vec![yes, no] }),
        (None, None) => None,
    }
}

/// Whether a yes that ends in a verb ("he did") is all of its clause: "I am here to talk about nurses" says no yes.
fn stands_alone(tokens: &Tokens, hit: &Range<usize>, end: usize) -> bool {
    let is_verb = matches!(tokens.lower(hit.end - 1), "am" | "is" | "are" | "was" | "were" | "do" | "does" | "did");
    !is_verb || hit.end >= end || tokens.kind(hit.end) == TokenKind::Punctuation || matches!(tokens.lower(hit.end), "and" | "but" | "indeed" | "not")
}

/// `question/other-matter`: a short reply in the speaker's own words, no yes and no no, with none of the words of the
/// question and no number or name in it, speaks of something else.
fn other_matter(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, at: usize) -> Option<Ruled> {
    let question = question(ties, at)?;
    let told = cx.nodes[at].told;
    let statement = told.statement(cx.accounts);
    let (tokens, text) = (cx.tokens(at), &told.reading(cx.accounts).document.text);
    let words = || statement.content.iter().flat_map(|part| past_marks(tokens, tokens.within(*part)).skip(1));
    let gives = |at: usize| tokens.kind(at) == TokenKind::Number || (tokens.is_capitalised(text, at) && tokens.lower(at).len() > 1 && !opens(tokens, at));
    let length = statement.content.iter().map(|part| tokens.within(*part).len()).sum::<usize>();
    let is_other = is_own_words(cx, at)
        && length <= SHORT
        && cx.nodes[at].own_words > 0
        && cx.nodes[question].own_words > 0
        && !cx.share_words(at, question)
        && !words().any(gives);
    is_other.then(|| Ruled { answer: Answer::NonAnswer, rule: "question/other-matter", words: statement.content.clone() })
}

/// Tokens of a short reply. Of 110 replies in `qevasion` (interviews, labelled by hand) that are shorter than 30 words, open
/// with neither yes nor no and share no word with the question, 90 do not clearly answer it; of longer ones many do.
const SHORT: usize = 30;

/// Whether a sentence opens at this token: its capital tells no name.
fn opens(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.before(at, 1), "." | "?" | "!" | "“" | "\"" | "‘" | "'")
}

/// `question/clarity`: of words quoted at some length, what the model makes of question and reply.
fn judged(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, at: usize) -> Option<Ruled> {
    let question = question(ties, at)?;
    let (reply, range) = reply(cx, at)?;
    if !is_own_words(cx, at) || range.len() < LONG_ENOUGH {
        return None;
    }
    let text = &cx.nodes[at].told.reading(cx.accounts).document.text;
    let asked = cx.nodes[question].told.content(cx.accounts).collect::<Vec<_>>().join(" ");
    let answer = match clarity::tell(&asked, reply.of(text)) {
        Clarity::ClearReply => return None,
        Clarity::Ambivalent => Answer::Partial,
        Clarity::ClearNonReply => Answer::NonAnswer,
    };
    Some(Ruled { answer, rule: "question/clarity", words: vec![reply] })
}

/// `question/neither`: quoted words that reply to a question for yes or no, say neither, and do not say again what was asked.
///
/// Of 414 such replies in `qevasion` 97 clearly answer; only of short ones that take up the question's words do most.
fn neither(cx: &Cx<'_>, ties: &BTreeMap<usize, Tie>, at: usize) -> Option<Ruled> {
    let question = question(ties, at).filter(|question| is_polar(cx, *question))?;
    let statement = cx.nodes[at].told.statement(cx.accounts);
    let (tokens, range) = (cx.tokens(at), reply(cx, at)?.1);
    let stands_for_it = matches!(tokens.lower(range.start), "it" | "i" | "he" | "she" | "they" | "we");
    let takes_up = cx.holds(at, question) >= TAKEN_UP || (stands_for_it && range.len() <= SHORT && cx.takes_up_the_end(at, question));
    let says_neither = is_own_words(cx, at) && !takes_up;
    says_neither.then(|| Ruled { answer: Answer::NonAnswer, rule: "question/neither", words: statement.content.clone() })
}

/// Whether the words are the speaker's own: quoted, or his turn in a transcript.
fn is_own_words(cx: &Cx<'_>, at: usize) -> bool {
    let told = cx.nodes[at].told;
    let statement = told.statement(cx.accounts);
    let zone = told.reading(cx.accounts).zones.holding(statement.reach().start()).map(|(_, zone)| zone.kind);
    statement.form == Form::Direct || zone == Some(ZoneKind::Turn)
}

/// How much of what was asked, by the weight of its words, a reply must say again to be a yes without the word.
const TAKEN_UP: f32 = 0.5;

/// Tokens in which a reply that says no says so: "He has not, he said".
const OPENING: usize = 4;

/// Tokens below which quoted words show too little of a reply to be judged: the model learned on whole turns.
const LONG_ENOUGH: usize = 12;

fn past_marks(tokens: &Tokens, range: Range<usize>) -> Range<usize> {
    let start = range.clone().find(|at| tokens.lower(*at).chars().any(char::is_alphanumeric)).unwrap_or(range.end);
    start..range.end
}

/// Whether the question asks for yes or no: "if", "whether", or a verb in front.
fn is_polar(cx: &Cx<'_>, question: usize) -> bool {
    let tokens = cx.tokens(question);
    let Some(content) = cx.nodes[question].told.statement(cx.accounts).content.last().copied() else { return false };
    let range = past_marks(tokens, tokens.within(content));
    let opener = range.clone().take(OPENING).find(|at| WORDS.polar.has(tokens.lower(*at)) || WORDS.open.has(tokens.lower(*at)));
    opener.is_some_and(|at| WORDS.polar.has(tokens.lower(at)))
}
