//! The rules that tie two tellings to one act of speaking.

mod denial;

use super::speaker::{self, Speakers};
use super::telling::Telling;
use crate::act::Act;
use crate::statement::Form;
use crate::time::Interval;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// Two tellings of one act of speaking, by their positions, and why.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tie {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) rule: &'static str,
    pub(super) score: f32,
    pub(super) why: String,
    /// The one of the two that only hands on the other.
    pub(super) relay: Option<usize>,
}

/// What the rules look at.
pub(super) struct Cx<'a> {
    pub(super) tellings: Vec<Telling<'a>>,
}

/// A word that stands in more statements than this brings no candidates: it is the story's own subject.
const COMMONEST: usize = 60;
/// Candidates looked at for one statement, those that share most first: the work stays near linear in a large story.
const CANDIDATES: usize = 24;

impl<'a> Cx<'a> {
    /// Every tie, in the order of its tellings.
    pub(super) fn ties(&self) -> Vec<Tie> {
        let pairs = self.pairs();
        let ruled = |(a, b): (usize, usize)| relayed(self, a, b).or_else(|| self.of_pair(a, b));
        let mut ties: Vec<Tie> = pairs.par_iter().copied().filter_map(ruled).collect();
        ties.extend(denial::ties(self));
        ties
    }

    fn of_pair(&self, a: usize, b: usize) -> Option<Tie> {
        let (one, other) = (&self.tellings[a], &self.tellings[b]);
        if self.is_within(a, b) || self.is_within(b, a) {
            return None;
        }
        let near = Near::of(one, other);
        if near.speakers == Speakers::Apart || near.days == Days::Apart || (is_question(one) != is_question(other) && !is_demand(one) && !is_demand(other)) {
            return None;
        }
        None.or_else(|| same_words(one, other))
            .or_else(|| shared_quotation(one, other, near))
            .or_else(|| one_report(one, other, near))
            .or_else(|| restated(one, other, near))
            .or_else(|| same_meaning(one, other, near))
            .or_else(|| then_quoted(one, other, near, a + 1 == b))
            .map(|(rule, score, why)| Tie { a, b, rule, score, why, relay: None })
    }

    fn is_within(&self, inner: usize, outer: usize) -> bool {
        let (inner, outer) = (&self.tellings[inner], &self.tellings[outer]);
        inner.told.document == outer.told.document && inner.statement.within == Some(outer.told.id)
    }

    /// Pairs worth a look: those that share words rare in the story, and those of one document.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let mut holders: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, telling) in self.tellings.iter().enumerate().filter(|(_, telling)| telling.is_actual) {
            for (word, _) in telling.weighed.words() {
                holders.entry(*word).or_default().push(at);
            }
        }
        let of = |(at, telling): (usize, &Telling<'_>)| {
            let mut shared: BTreeMap<usize, f32> = BTreeMap::new();
            for (word, weight) in telling.weighed.words().iter().filter(|(word, _)| holders[word].len() <= COMMONEST) {
                holders[word].iter().filter(|other| **other != at).for_each(|other| *shared.entry(*other).or_default() += weight);
            }
            let mut ranked: Vec<(usize, f32)> = shared.into_iter().collect();
            ranked.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
            let sharing = ranked.into_iter().take(CANDIDATES).map(|(other, _)| other);
            sharing.chain(self.beside(at)).map(|other| (at.min(other), at.max(other))).collect::<Vec<_>>()
        };
        let mut pairs: Vec<(usize, usize)> = self.tellings.par_iter().enumerate().filter(|(_, telling)| telling.is_actual).flat_map_iter(of).collect();
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }

    /// The statements of the same document near by.
    fn beside(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let document = self.tellings[at].told.document;
        let next = self.tellings.iter().enumerate().skip(at + 1).take(CANDIDATES);
        next.take_while(move |(_, telling)| telling.told.document == document).filter(|(_, telling)| telling.is_actual).map(|(at, _)| at)
    }
}

/// What was found about speakers and days before the rules look at the words.
#[derive(Clone, Copy)]
struct Near {
    speakers: Speakers,
    days: Days,
}

impl Near {
    fn of(a: &Telling<'_>, b: &Telling<'_>) -> Near {
        let speakers = match speaker::compare(&a.voice, &b.voice) {
            Speakers::Possible if a.told.document == b.told.document => Speakers::Linked,
            Speakers::Possible => Speakers::Unknown,
            told @ (Speakers::Same | Speakers::Linked | Speakers::Unknown | Speakers::Apart) => told,
        };
        Near { speakers, days: days(a.days.as_ref(), b.days.as_ref()) }
    }

    /// Whether one speaker is known to stand behind both, and nothing keeps their days apart.
    fn is_one_voice(self) -> bool {
        matches!(self.speakers, Speakers::Same | Speakers::Linked) && self.days == Days::Shared
    }
}

/// How the days of two tellings stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Days {
    /// They may be the same.
    Shared,
    /// A day apart: evening here, morning there.
    Neighbours,
    /// They cannot be the same.
    Apart,
}

/// How the days on which two statements were made stand to each other; what is not known may be the same.
pub(super) fn days(a: Option<&Interval>, b: Option<&Interval>) -> Days {
    let (Some(a), Some(b)) = (a, b) else { return Days::Shared };
    let gap = |end: Option<Date>, start: Option<Date>| end.zip(start).map_or(0, |(end, start)| (start - end).get_days());
    match gap(a.end, b.start).max(gap(b.end, a.start)) {
        ..=0 => Days::Shared,
        1 => Days::Neighbours,
        _ => Days::Apart,
    }
}

fn is_question(telling: &Telling<'_>) -> bool {
    telling.act == Act::Question
}

/// "Challenged the board to name the ships" may be told of a question.
fn is_demand(telling: &Telling<'_>) -> bool {
    telling.act == Act::Demand
}

type Ruled = Option<(&'static str, f32, String)>;

/// A row of words this long, shared, is hardly ever chance within one story.
const LONG_RUN: usize = 6;

/// `utterance/same-words`
fn same_words(a: &Telling<'_>, b: &Telling<'_>) -> Ruled {
    let run = &a.run[longest_run(&a.keys, &b.keys, LONG_RUN)?];
    let share = run.len() as f32 / a.run.len().min(b.run.len()) as f32;
    let quoted = is_quoted(a) || is_quoted(b);
    /// Unquoted, shared words are the writer's; half of the shorter telling must be made of them.
    const UNQUOTED: f32 = 0.5;
    (quoted || share >= UNQUOTED).then(|| ("utterance/same-words", 0.9 + 0.1 * share, format!("both have “{}”", run.join(" "))))
}

/// Where the longest row of words stands in `a` that stands in both, if it has `least` words.
fn longest_run(a: &[u64], b: &[u64], least: usize) -> Option<Range<usize>> {
    if a.len().min(b.len()) < least {
        return None;
    }
    let mut best = 0..0;
    let (mut before, mut row) = (vec![0usize; b.len() + 1], vec![0usize; b.len() + 1]);
    for (i, word) in a.iter().enumerate() {
        for (j, other) in b.iter().enumerate() {
            row[j + 1] = if word == other { before[j] + 1 } else { 0 };
            if row[j + 1] > best.len() {
                best = i + 1 - row[j + 1]..i + 1;
            }
        }
        std::mem::swap(&mut before, &mut row);
    }
    Some(best).filter(|best| best.len() >= least)
}

/// Quoted words fewer than this are a term, not a mark of one utterance.
const SHORTEST_QUOTATION: usize = 2;

/// `utterance/shared-quotation`
fn shared_quotation(a: &Telling<'_>, b: &Telling<'_>, near: Near) -> Ruled {
    if !matches!(near.speakers, Speakers::Same | Speakers::Linked) {
        return None;
    }
    let holds = |whole: &Telling<'_>, part: &[String]| part.len() >= SHORTEST_QUOTATION && whole.run.windows(part.len()).any(|run| run == part);
    let found = a.quoted.iter().find(|part| holds(b, part)).or_else(|| b.quoted.iter().find(|part| holds(a, part)))?;
    Some(("utterance/shared-quotation", 0.9, format!("both have “{}”", found.join(" "))))
}

/// `utterance/one-report`: what a body, named both times, is made to say in one document, on one day, is one text of its own.
fn one_report(a: &Telling<'_>, b: &Telling<'_>, near: Near) -> Ruled {
    let told = |telling: &Telling<'_>| {
        matches!(telling.act, Act::Assertion | Act::Denial | Act::Answer) && telling.voice.is_body() && telling.statement.source.is_some()
    };
    let is_one = a.told.document == b.told.document && near.speakers == Speakers::Same && near.days == Days::Shared;
    (is_one && told(a) && told(b)).then(|| ("utterance/one-report", 0.6, "one body in one document, on no two days".to_owned()))
}

/// Contents of fewer stems than this ("the reports", "sanctions") are alike by chance.
const FEWEST: usize = 3;
/// The same where it is not known that one speaker stands behind both.
const FEWEST_OF_OTHERS: usize = 4;

/// How alike a headline or lead and what it foretells must be; below the mark for two documents, since the document itself
/// promises to come back to it.
const RESTATED: f32 = 0.25;

/// `utterance/restated`: the headline or the lead says what the document then reports.
fn restated(a: &Telling<'_>, b: &Telling<'_>, near: Near) -> Ruled {
    let is_one = a.told.document == b.told.document && a.is_opening != b.is_opening && near.is_one_voice();
    let fits = is_one && a.words.len().min(b.words.len()) >= FEWEST && !counts_clash(a, b) && !states_clash(a, b);
    let score = fits.then(|| a.alike(b)).filter(|score| *score >= RESTATED)?;
    Some(("utterance/restated", score, format!("the opening foretells it; alike {score:.2}")))
}

/// `utterance/then-quoted`: a paraphrase, and right after it the speaker's own words.
fn then_quoted(a: &Telling<'_>, b: &Telling<'_>, near: Near, is_next: bool) -> Ruled {
    let paragraph = |telling: &Telling<'_>| telling.reading.sentences.holding(telling.statement.reach().start()).map(|(_, sentence)| sentence.paragraph);
    let close = paragraph(a).zip(paragraph(b)).is_some_and(|(first, then)| then <= first + 1);
    let told = a.statement.form != Form::Direct && b.statement.form == Form::Direct && !is_refusal(a) && !is_refusal(b);
    let is_one = is_next && close && told && a.told.document == b.told.document && near.is_one_voice();
    is_one.then(|| ("utterance/then-quoted", 0.55, "the speaker's own words follow at once".to_owned()))
}

/// Probability of one event from which two denials of one speaker are one: in one story, hardly anybody denies two things.
const DENIED_TWICE: f32 = 0.25;
/// Probability of one event from which two tellings of one speaker are one utterance. On the oil story, where it was not
/// learned, nine in ten pairs of one speaker above it are.
const SAME_SPEAKER: f32 = 0.4;
/// The same within one document, which has little reason to say a thing twice.
const SAME_DOCUMENT: f32 = 0.6;
/// The same where a spokesman speaks for the other.
const SPOKESMAN: f32 = 0.5;
/// The same where the other speaker is a state or body that one of many may speak for.
const LINKED: f32 = 0.7;
/// The same where that other is a person who may be one of many speaking for it: what "the authorities" say he may never have said.
const LINKED_PERSON: f32 = 0.85;
/// The same where one telling does not say who spoke.
const UNKNOWN: f32 = 0.75;
/// The same within one document.
const UNKNOWN_IN_DOCUMENT: f32 = 0.9;

/// The rule that joins by likeness alone.
pub(super) const SAME_MEANING: &str = "utterance/same-meaning";

/// `utterance/same-meaning`
fn same_meaning(a: &Telling<'_>, b: &Telling<'_>, near: Near) -> Ruled {
    let one_document = a.told.document == b.told.document;
    let denials = a.act == Act::Denial && b.act == Act::Denial;
    let least = match near.speakers {
        Speakers::Same | Speakers::Linked if denials => DENIED_TWICE,
        Speakers::Same if one_document => SAME_DOCUMENT,
        Speakers::Same => SAME_SPEAKER,
        Speakers::Linked if a.voice.is_spokesman() || b.voice.is_spokesman() => SPOKESMAN,
        Speakers::Linked if a.voice.is_named_person() || b.voice.is_named_person() => LINKED_PERSON,
        Speakers::Linked => LINKED,
        Speakers::Unknown if one_document => UNKNOWN_IN_DOCUMENT,
        Speakers::Unknown => UNKNOWN,
        Speakers::Possible | Speakers::Apart => return None,
    };
    let known = near.speakers == Speakers::Same || !states_clash(a, b);
    let fewest = if near.speakers == Speakers::Same { FEWEST } else { FEWEST_OF_OTHERS };
    let told = a.words.len().min(b.words.len()) >= fewest && !is_refusal(a) && !is_refusal(b) && (deed(a) == deed(b) || is_quoted(a) || is_quoted(b));
    let fits = near.days == Days::Shared && known && told && !counts_clash(a, b);
    let score = fits.then(|| a.alike(b)).filter(|score| *score >= least)?;
    Some((SAME_MEANING, score, format!("alike {score:.2} in meaning and words")))
}

/// Whether each speaks of a state that the other does not: "Belgian ships", "Danish ships".
fn states_clash(a: &Telling<'_>, b: &Telling<'_>) -> bool {
    a.states.difference(&b.states).next().is_some() && b.states.difference(&a.states).next().is_some()
}

/// What a statement does beyond saying: to hint at a thing and to threaten with it are two deeds.
fn deed(telling: &Telling<'_>) -> Option<Act> {
    match telling.act {
        Act::Promise | Act::Demand | Act::Offer | Act::Threat => Some(telling.act),
        Act::Assertion | Act::Question | Act::Answer | Act::NonAnswer | Act::Refusal | Act::Denial | Act::Thought => None,
    }
}

fn is_quoted(telling: &Telling<'_>) -> bool {
    telling.statement.form != Form::Indirect
}

fn is_refusal(telling: &Telling<'_>) -> bool {
    matches!(telling.act, Act::Refusal | Act::NonAnswer)
}

/// Whether the two count one thing and come to two numbers.
pub(super) fn counts_clash(a: &Telling<'_>, b: &Telling<'_>) -> bool {
    a.counts.iter().any(|(noun, value)| b.counts.get(noun).is_some_and(|other| other != value))
}

/// How much of what a relay is made to say must be the words it hands on.
const HANDED_ON: f32 = 0.6;

/// `utterance/relayed`: what a news outlet reports that somebody said, and what that somebody said.
fn relayed(cx: &Cx<'_>, a: usize, b: usize) -> Option<Tie> {
    let (outer, inner) = if cx.is_within(b, a) { (a, b) } else { (b, a) };
    if !cx.is_within(inner, outer) || !cx.tellings[outer].voice.is_relay() {
        return None;
    }
    let (around, held) = (&cx.tellings[outer], &cx.tellings[inner]);
    let (all, part) = (around.run.len(), held.run.len());
    let is_handed_on = part as f32 >= HANDED_ON * all as f32 && held.is_actual;
    is_handed_on.then(|| Tie { a, b, rule: "utterance/relayed", score: 0.8, why: "one hands on what the other says".to_owned(), relay: Some(outer) })
}

/// A short denial of what is not told again: "denied the reports".
fn is_bare_denial(telling: &Telling<'_>) -> bool {
    telling.is_actual && telling.act == Act::Denial && telling.words.len() < FEWEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_is_found() {
        assert_eq!(longest_run(&[1, 2, 3, 4, 5], &[9, 3, 4, 5, 2, 3], 3), Some(2..5));
        assert_eq!(longest_run(&[1, 2, 3, 4, 5], &[9, 3, 4, 5, 2, 3], 4), None);
        assert_eq!(longest_run(&[], &[1], 1), None);
    }
}
