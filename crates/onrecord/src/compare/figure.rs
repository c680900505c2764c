//! Tells what the numbers of a statement count: the thing, what became of it, where, and whether it is a total.

use super::number::{self, Amount, Number};
use super::order::Moment;
use super::words::lexicon;
use crate::letter;
use crate::mention::MentionOf;
use crate::person;
use crate::read::Reading;
use crate::similar::words::stem;
use crate::statement::Statement;
use crate::text::{Id, Layer, Span};
use crate::time::{Granularity, Time};
use crate::token::{TokenKind, Tokens};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;

/// A number and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    /// Number and noun, as they stand.
    pub(super) span: Span,
    /// How many.
    pub(super) amount: Amount,
    /// Of what.
    pub(super) counted: Counted,
    /// Words before the noun: "small" in "12 small ships".
    pub(super) qualifiers: BTreeSet<String>,
    /// The places named beside it, else in the words of the statement, in lower case; "outside Dorn" is one of its own.
    pub(super) places: BTreeSet<String>,
    /// What it is counted for, where a common noun tells: "the city's death toll".
    pub(super) scope: Option<String>,
    /// The stems that tell of what they are counted, in the sentence: not the state, not people as such, no numbers.
    pub(super) event: BTreeSet<String>,
    /// The days of what happened, where the sentence tells them in days.
    pub(super) days: Option<(Date, Date)>,
    /// Whether it is said to be more than was told before: "rose to 12".
    pub(super) is_risen: bool,
    /// When it was so, where the text says: "12 as of Tuesday evening".
    pub(super) as_of: Option<Moment>,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    /// Those to whom something happened: the position of the state in the lexicon, and the noun where it is not just people.
    State(usize, String),
    /// A quantity that is measured: "magnitude".
    Measure(String),
    /// Any other thing, by the stem of its noun and the unit of the number.
    Thing(String, Unit),
}

/// What a number is a number of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    /// Things.
    Count,
    /// Hundredths.
    Percent,
    /// Money.
    Money,
}

impl Counted {
    /// In words, for the reader.
    pub(super) fn name(&self) -> String {
        match self {
            Counted::State(state, head) if head.is_empty() => format!("how many are {}", lexicon().states[*state].name),
            Counted::State(state, head) => format!("how many of “{head}” are {}", lexicon().states[*state].name),
            Counted::Measure(noun) => format!("the {noun}"),
            Counted::Thing(head, _) => format!("the number of “{head}”"),
        }
    }

    /// Whether the count shrinks as things go on.
    pub(super) fn falls(&self) -> bool {
        match self {
            Counted::State(state, _) => lexicon().states[*state].falls,
            Counted::Measure(_) | Counted::Thing(..) => false,
        }
    }
}

/// The states whose numbers a statement gives, by name, each with the words: "dead", "missing".
pub(crate) fn states_counted(reading: &Reading, id: Id<Statement>) -> Vec<(&'static str, Span)> {
    let figures = figures(reading, &reading.times, reading.dating.date, id);
    let state = |figure: Figure| match figure.counted {
        Counted::State(state, _) => Some((lexicon().states[state].name.as_str(), figure.span)),
        Counted::Measure(_) | Counted::Thing(..) => None,
    };
    figures.into_iter().filter_map(state).collect()
}

/// How many people, as a statement gives the number in these words; nothing where it is no total, or of children alone.
pub(crate) fn total_at(reading: &Reading, id: Id<Statement>, words: Span) -> Option<f64> {
    let figures = figures(reading, &reading.times, reading.dating.date, id);
    let is_total = |figure: &Figure| figure.span.overlaps(words) && matches!(&figure.counted, Counted::State(_, of) if of.is_empty());
    figures.into_iter().find(is_total).map(|figure| figure.amount.told)
}

/// The numbers of one statement, as tokens, that may count something of these days: no times, no ages, nothing of long ago.
pub(crate) fn numbers_told(reading: &Reading, id: Id<Statement>) -> Vec<Range<usize>> {
    let (tokens, times) = (&reading.tokens, &reading.times);
    let told = |range: Range<usize>| {
        let is_old = |number: &Number| is_of_long_ago(times, reading.dating.date, tokens, sentence(reading, number.at, &range));
        numbers(tokens, times, &range).into_iter().filter(|number| !is_old(number)).map(|number| number.tokens).collect::<Vec<_>>()
    };
    reading.statements[id].content.iter().flat_map(|part| told(tokens.within(*part))).collect()
}

/// The numbers among some tokens, but for those of times.
fn numbers(tokens: &Tokens, times: &Layer<Time>, range: &Range<usize>) -> Vec<Number> {
    let is_time = |number: &Number| tokens.cover(number.at..number.tokens.end).is_some_and(|span| times.iter().any(|time| time.span.overlaps(span)));
    number::numbers(tokens, range.clone()).into_iter().filter(|number| !is_time(number)).collect()
}

/// The figures of one statement: totals only, nothing supposed, nothing of long ago.
pub(super) fn figures(reading: &Reading, times: &Layer<Time>, today: Option<Date>, id: Id<Statement>) -> Vec<Figure> {
    let tokens = &reading.tokens;
    let mut out = Vec::new();
    for part in &reading.statements[id].content {
        let range = tokens.within(*part);
        let numbers = numbers(tokens, times, &range);
        for (at, number) in numbers.iter().enumerate() {
            let left = at.checked_sub(1).map_or(range.start, |before| numbers[before].tokens.end);
            let right = numbers.get(at + 1).map_or(range.end, |next| next.tokens.start);
            let around = sentence(reading, number.at, &range);
            if is_of_long_ago(times, today, tokens, around.clone()) {
                continue;
            }
            let as_of = as_of(tokens, times, number, around.clone());
            let (event, days) = (event(tokens, around.clone()), days(tokens, times, around.clone()).filter(|_| as_of.is_none()));
            let around = around.start.max(left)..around.end.min(right);
            let clause = clause(reading, number, &around, reading.statements[id].source);
            if is_of_a_while(tokens, &clause) || is_told_of_a_part(tokens, number) {
                continue;
            }
            let mut places = Some(places(reading, clause.clone())).filter(|places| !places.is_empty()).unwrap_or_else(|| places(reading, range.clone()));
            let scope = scope(tokens, &clause);
            let Some(mut figure) = figure(reading, number, around) else { continue };
            // "The British death toll": of whom it is told; of what no state is known, as of a place.
            if let Some(nation) = nation(reading, number, &clause) {
                match (&mut figure.counted, people(&nation, "")) {
                    (Counted::State(_, of), Some(people)) if of.is_empty() => *of = people,
                    _ => places.extend([nation]),
                }
            }
            out.push(Figure { places, scope, event, days, as_of, ..figure });
        }
    }
    share_states(tokens, &mut out);
    out
}

/// "32 Kenyans and nine Ethiopians were killed", "157 people died, including 18 Canadians": people of a state next to others share
/// what became of those.
fn share_states(tokens: &Tokens, figures: &mut [Figure]) {
    let is_list = |at: usize| matches!(tokens.lower(at), "," | "and" | "as" | "well" | "including" | "among" | "them");
    let is_joined = |a: &Figure, b: &Figure| {
        tokens.within(a.span).end <= tokens.within(b.span).start && (tokens.within(a.span).end..tokens.within(b.span).start).all(is_list)
    };
    let shared = |from: &Figure, to: &Figure| match (&from.counted, &to.counted) {
        (Counted::State(state, _), Counted::Thing(of, Unit::Count)) if of.starts_with(PEOPLE) => Some(Counted::State(*state, of.clone())),
        (Counted::State(..) | Counted::Measure(_) | Counted::Thing(..), _) => None,
    };
    let forth = (1..figures.len()).map(|at| (at - 1, at));
    for (from, to) in forth.clone().chain(forth.rev().map(|(before, at)| (at, before))) {
        let found = shared(&figures[from], &figures[to]).filter(|_| is_joined(&figures[from.min(to)], &figures[from.max(to)]));
        if let Some(counted) = found {
            figures[to].counted = counted;
        }
    }
}

/// What the people of a state are counted as opens with this.
const PEOPLE: &str = "people of ";

/// What the people of a state are counted as, "" or a noun for more than that they are its people: "soldiers of Germany".
fn people(word: &str, noun: &str) -> Option<String> {
    let state = state_of(word)?.split_whitespace().map(letter::capital_first).collect::<Vec<_>>().join(" ");
    Some(if noun.is_empty() { format!("{PEOPLE}{state}") } else { format!("{noun} of {state}") })
}

/// The state that a word in lower case tells people to be of: "briton", "britons", "british".
fn state_of(word: &str) -> Option<&'static str> {
    let adjective = |word: &str| person::state(lexicon().peoples.get(word).map_or(word, String::as_str));
    adjective(word)
        .or_else(|| word.strip_suffix('s').and_then(adjective))
        .or_else(|| word.strip_suffix("men").and_then(|rest| adjective(&format!("{rest}man"))))
}

/// The words of a noun phrase that tell of which state those counted are, as tokens and as one word; capitals ("Kabul residents") tell a place.
fn of_state(reading: &Reading, noun: &Range<usize>) -> Option<(Range<usize>, String)> {
    let (text, tokens) = (&reading.document.text, &reading.tokens);
    let is_place = |range: &Range<usize>| {
        let span = tokens.cover(range.clone());
        span.is_some_and(|span| reading.mentions.within(span).any(|(_, mention)| mention.of == MentionOf::Place && mention.span == span))
    };
    let words = |range: &Range<usize>| range.clone().map(|at| tokens.lower(at)).collect::<Vec<_>>().join(" ");
    let runs = noun.clone().flat_map(|at| [at..at + 2, at..at + 1]).filter(|run| run.end <= noun.end);
    let is_people = |run: &Range<usize>| {
        // "US" and "UK" are names of places and adjectives; what a state itself is called is a place only.
        let is_adjective = |word: &str| matches!(word, "us" | "uk") || state_of(word).is_some_and(|state| state != word) && !is_place(run);
        tokens.is_capitalised(text, run.start) && is_adjective(&words(run))
    };
    runs.into_iter().find(is_people).map(|run| (run.clone(), words(&run)))
}

/// The tokens of the sentence around `at`, no more than `range`.
fn sentence(reading: &Reading, at: usize, range: &Range<usize>) -> Range<usize> {
    let sentence = reading.sentences.holding(reading.tokens.span(at).start()).map_or(range.clone(), |(_, sentence)| sentence.tokens.clone());
    sentence.start.max(range.start)..sentence.end.min(range.end)
}

/// The words of the clause of a number beside those in `around`: beyond the words of the statement as far as a mark or the source,
/// "*three deaths* were reported in Dorn County, Ode said".
fn clause(reading: &Reading, number: &Number, around: &Range<usize>, source: Option<Span>) -> Range<usize> {
    let tokens = &reading.tokens;
    let sentence = sentence(reading, number.at, &(0..tokens.len()));
    let ends = |at: usize| {
        let is_mark = tokens.kind(at) == TokenKind::Punctuation && !matches!(tokens.lower(at), "-" | "'" | "’");
        is_mark || source.is_some_and(|source| source.contains(tokens.span(at)))
    };
    let end = (around.end..sentence.end).find(|at| ends(*at) || !number::numbers(tokens, *at..*at + 1).is_empty()).unwrap_or(sentence.end);
    let is_closed = around.end < sentence.end && around.end > around.start && ends(around.end - 1);
    around.start..if is_closed { around.end } else { end.max(around.end) }
}

/// "3,000 a day", "13 in a 24-hour span", "three have also died": of a while or beside others, no total.
fn is_of_a_while(tokens: &Tokens, clause: &Range<usize>) -> bool {
    lexicon().rates.find(tokens, clause.clone()).is_some()
}

/// "The 19 who died", where the text told before of 19 as a part of all.
fn is_told_of_a_part(tokens: &Tokens, number: &Number) -> bool {
    if !matches!(tokens.before(number.tokens.start, 1), "the" | "those" | "these") {
        return false;
    }
    let before = number::numbers(tokens, 0..number.tokens.start);
    let same = before.iter().rev().find(|other| other.amount.told == number.amount.told);
    same.is_some_and(|other| is_part(tokens, other, &(0..number.tokens.start)))
}

/// "The *city*'s death toll", "12 dead in the *country*", "12 dead *nationwide*".
fn scope(tokens: &Tokens, clause: &Range<usize>) -> Option<String> {
    let scopes = &lexicon().scopes;
    let owns = |at: usize| matches!(tokens.lower(at + 1), "'s" | "’s" | "s" | "'" | "’");
    let lies = |at: usize| matches!(tokens.before(at, 2), "in" | "across" | "throughout" | "within") && matches!(tokens.before(at, 1), "the" | "this");
    let is_scope = |at: &usize| scopes.noun_at(tokens, *at) && (owns(*at) || lies(*at)) || scopes.words.at(tokens, *at).is_some();
    clause.clone().find(is_scope).map(|at| stem(tokens.lower(at)))
}

/// "The *British* death toll": of whom it is told, as a place.
fn nation(reading: &Reading, number: &Number, clause: &Range<usize>) -> Option<String> {
    let (text, tokens) = (&reading.document.text, &reading.tokens);
    let tolls = |at: usize| lexicon().tallies.at(tokens, at).is_some() || lexicon().states.iter().any(|state| state.words.noun_at(tokens, at));
    let is_nation = |at: &usize| tokens.is_capitalised(text, *at) && tokens.before(*at, 1) == "the" && tolls(*at + 1);
    (clause.start + 1..number.at).find(is_nation).map(|at| tokens.lower(at).to_owned())
}

/// What one number counts; the words that may tell it stand in `around`.
fn figure(reading: &Reading, number: &Number, around: Range<usize>) -> Option<Figure> {
    let tokens = &reading.tokens;
    let unit = unit(tokens, number);
    let noun = noun(tokens, number.tokens.end + usize::from(unit == Unit::Percent), around.end);
    let named = of_state(reading, &noun);
    // "157 people, including 18 Canadians": no part of the Canadians.
    let is_part = is_part(tokens, number, &around) && !(named.is_some() && matches!(tokens.before(number.at, 1), "including" | "them"));
    if is_part || is_supposed(tokens, number, &around) || is_earlier_value(tokens, number) {
        return None;
    }
    let (counted, end) = if let Some(measure) = measure(tokens, number, &around) {
        (Counted::Measure(measure), number.tokens.end)
    } else if let Some((state, end)) = state(tokens, number, &noun, &around).filter(|_| unit == Unit::Count) {
        let head = head(tokens, &noun).filter(|_| !is_people(tokens, &noun, state));
        let head = named.and_then(|named| of_people(tokens, &noun, &named)).or(head).unwrap_or_default();
        (Counted::State(state, [degree(tokens, number.tokens.end..end), head].concat()), end)
    } else {
        let head = named.and_then(|named| of_people(tokens, &noun, &named)).or_else(|| head(tokens, &noun))?;
        // A lone "one" is more often a pronoun than a count.
        if number.amount.told <= 1.0 || lexicon().persons.at(tokens, noun.end.saturating_sub(1)).is_some() {
            return None;
        }
        (Counted::Thing(head, unit), noun.end)
    };
    // More may have died than lie there to be counted.
    let is_body = |at: usize| lexicon().bodies.at(tokens, at).is_some();
    let are_bodies =
        (noun.start..noun.end + 1).any(is_body) || (tokens.before(number.tokens.start, 1) == "of" && number.tokens.start.checked_sub(2).is_some_and(is_body));
    let amount = if are_bodies { number.amount.at_least() } else { number.amount };
    let qualifiers = noun.clone().take(noun.len().saturating_sub(1)).map(|at| stem(tokens.lower(at))).collect();
    let span = tokens.cover(number.tokens.start..end.max(noun.end).max(number.tokens.end))?;
    let is_risen = is_risen(tokens, number, &around);
    Some(Figure { span, amount, counted, qualifiers, places: BTreeSet::new(), scope: None, event: BTreeSet::new(), days: None, is_risen, as_of: None })
}

/// Tokens a noun phrase after a number may have.
const LONGEST_NOUN: usize = 5;

/// The noun phrase right after a number: up to a mark or a word that ends it.
fn noun(tokens: &Tokens, from: usize, to: usize) -> Range<usize> {
    let from = if tokens.lower(from) == "-" { from + 1 } else { from };
    let ends = |at: usize| tokens.kind(at) == TokenKind::Punctuation || lexicon().ends.at(tokens, at).is_some() || lexicon().partial.at(tokens, at).is_some();
    let stated = |at: usize| at > from && lexicon().states.iter().any(|state| state.words.at(tokens, at).is_some() && !state.words.noun_at(tokens, at));
    let end = (from..to.min(from + LONGEST_NOUN)).find(|at| ends(*at) || stated(*at)).unwrap_or(to.min(from + LONGEST_NOUN));
    from.min(end)..end
}

fn head(tokens: &Tokens, noun: &Range<usize>) -> Option<String> {
    let last = noun.end.checked_sub(1).filter(|last| *last >= noun.start)?;
    Some(stem(tokens.lower(last))).filter(|stem| stem.chars().any(char::is_alphabetic))
}

/// Whether the noun is people as such, or the state itself ("12 dead").
fn is_people(tokens: &Tokens, noun: &Range<usize>, state: usize) -> bool {
    let last = noun.end.saturating_sub(1);
    noun.is_empty() || noun.clone().any(|at| lexicon().states[state].words.at(tokens, at).is_some()) || lexicon().persons.at(tokens, last).is_some()
}

/// What people of a state are counted as: "Britons", "British nationals" and "British" alike, "British soldiers" by themselves.
fn of_people(tokens: &Tokens, noun: &Range<usize>, (words, word): &(Range<usize>, String)) -> Option<String> {
    let last = noun.end.saturating_sub(1);
    let is_people = words.contains(&last) || lexicon().nationals.at(tokens, last).is_some() || lexicon().persons.at(tokens, last).is_some();
    let noun = if is_people { String::new() } else { head(tokens, noun)? };
    people(word, &noun)
}

/// "critically" in "18 are critically injured": how badly, which makes it another count.
fn degree(tokens: &Tokens, range: Range<usize>) -> String {
    let mut words = range.map(|at| tokens.lower(at)).filter(|word| word.ends_with("ly") && lexicon().degrees.has(word));
    words.next().map(|word| format!("{word} ")).unwrap_or_default()
}

/// How far after a number its state may stand ("12 people in two villages were killed" is nearer), and how far before it.
const REACH: (usize, usize) = (9, 7);

/// What became of those counted: in the noun, before the number ("killed 12", "death toll rose to 12"), or after it.
fn state(tokens: &Tokens, number: &Number, noun: &Range<usize>, around: &Range<usize>) -> Option<(usize, usize)> {
    let states = || lexicon().states.iter().enumerate();
    let at = |token: usize| states().filter_map(|(state, words)| words.words.at(tokens, token).map(|len| (len, state, token + len))).max();
    let within = noun.clone().find_map(at);
    let breaks = |token: usize| matches!(tokens.lower(token), "and" | "but" | "while" | "," | ";" | ":" | ".");
    // Before "no one" stands what became of none only where it leads straight to it: "killed no one", not "bodies with no one around".
    let reach = if number.amount.told > 0.0 { REACH.1 } else { 1 };
    let left = (around.start.max(number.tokens.start.saturating_sub(reach))..number.tokens.start).rev();
    let before = left.take_while(|token| !breaks(*token)).find_map(at).map(|(len, state, _)| (len, state, noun.end.max(number.tokens.end)));
    let right = number.tokens.end..around.end.min(number.tokens.end + REACH.0);
    let after = right.take_while(|token| !breaks(*token)).find_map(at);
    let told = || subject_state(tokens, number, around).map(|state| (0, state, noun.end.max(number.tokens.end)));
    within.or(before).or_else(told).or(after).map(|(_, state, end)| (state, end))
}

/// Tokens from a number back to the noun that says what it is a number of: "the number of people killed in the fire is seven".
const SUBJECT: usize = 24;

/// The state told by the subject of the clause, where that is a number of something and the figure follows its verb.
fn subject_state(tokens: &Tokens, number: &Number, around: &Range<usize>) -> Option<usize> {
    if !matches!(tokens.before(number.tokens.start, 1), "is" | "was" | "at" | "to" | "now" | "reached" | "hit") {
        return None;
    }
    let from = around.start.max(number.tokens.start.saturating_sub(SUBJECT));
    let subject = (from..number.tokens.start).rev().find(|at| lexicon().tallies.at(tokens, *at).is_some())?;
    let at = |token: usize| lexicon().states.iter().position(|state| state.words.at(tokens, token).is_some());
    (subject..number.tokens.start).find_map(at)
}

fn measure(tokens: &Tokens, number: &Number, around: &Range<usize>) -> Option<String> {
    let before = (around.start.max(number.tokens.start.saturating_sub(2))..number.tokens.start).rev();
    let after = number.tokens.end..around.end.min(number.tokens.end + 2);
    let hit = before.chain(after).find(|at| lexicon().measures.at(tokens, *at).is_some())?;
    Some(tokens.lower(hit).to_owned())
}

fn unit(tokens: &Tokens, number: &Number) -> Unit {
    let (before, first, after) = (tokens.before(number.at, 1), tokens.lower(number.at), tokens.lower(number.tokens.end));
    if after == "%" || after == "percent" || (after == "per" && tokens.lower(number.tokens.end + 1) == "cent") {
        Unit::Percent
    } else if before.ends_with(['$', '£', '€', '¥']) || first.starts_with(['$', '£', '€', '¥']) || matches!(after, "dollars" | "euros" | "pounds") {
        Unit::Money
    } else {
        Unit::Count
    }
}

/// "12 more people", "including three children", "another 12": part of a number told elsewhere, or added to it.
fn is_part(tokens: &Tokens, number: &Number, around: &Range<usize>) -> bool {
    let partial = &lexicon().partial;
    let before = (around.start.max(number.tokens.start.saturating_sub(3))..number.tokens.start)
        .any(|at| partial.at(tokens, at).is_some_and(|len| at + len == number.tokens.start || at + len + 1 == number.tokens.start));
    let after = partial.at(tokens, number.tokens.end).is_some() && !matches!(tokens.lower(number.tokens.end + 1), "than");
    before
        || after
        || (tokens.lower(number.tokens.end) == "of"
            && matches!(tokens.lower(number.tokens.end + 1), "the" | "them" | "those" | "his" | "her" | "its" | "their" | "whom"))
}

/// "could rise to 100", "12 feared dead".
fn is_supposed(tokens: &Tokens, number: &Number, around: &Range<usize>) -> bool {
    let from = around.start.max(number.tokens.start.saturating_sub(REACH.1));
    let to = around.end.min(number.tokens.end + REACH.1);
    lexicon().supposed.find(tokens, from..to).is_some() || (from..number.at).any(|at| tokens.negated_at(at))
}

/// "from 12 to 15": the first is what it was.
fn is_earlier_value(tokens: &Tokens, number: &Number) -> bool {
    tokens.before(number.tokens.start, 1) == "from" || (tokens.before(number.tokens.start, 2) == "up" && tokens.before(number.tokens.start, 1) == "from")
}

/// Tokens from a verb to the number it leads to: "rose overnight to at least 12".
const LEADS: usize = 5;

/// "rose to 12", "has climbed past 40": more than before.
fn is_risen(tokens: &Tokens, number: &Number, around: &Range<usize>) -> bool {
    let from = around.start.max(number.tokens.start.saturating_sub(LEADS));
    let leads = matches!(tokens.before(number.tokens.start, 1), "to" | "past" | "above" | "beyond");
    leads && (from..number.tokens.start).any(|at| lexicon().rising.at(tokens, at).is_some())
}

/// The time at which a number is said to have been so: "as of Tuesday evening", "by Tuesday", "rose to 12 on Tuesday". That of
/// a happening ("killed on Tuesday", "the toll from Tuesday’s fire") is none.
fn as_of(tokens: &Tokens, times: &Layer<Time>, number: &Number, sentence: Range<usize>) -> Option<Moment> {
    let span = tokens.cover(sentence.clone())?;
    let inside = || times.iter().filter(|time| span.contains(time.span) && time.interval.is_some());
    let place = |time: &Time| tokens.within(time.span);
    let lead = |time: &Time| {
        let start = place(time).start;
        let start = if matches!(tokens.before(start, 1), "late" | "early" | "midday") { start - 1 } else { start };
        (tokens.before(start, 2).to_owned(), tokens.before(start, 1).to_owned())
    };
    let stated = |time: &&Time| matches!((lead(time).0.as_str(), lead(time).1.as_str()), ("as", "of" | "at") | (_, "by" | "until"));
    let from = sentence.start.max(number.tokens.start.saturating_sub(LEADS));
    let stands = is_risen(tokens, number, &sentence) || lexicon().standing.find(tokens, from..number.tokens.start).is_some();
    let beside = |time: &&Time| {
        let place = place(time);
        let owned = tokens.lower(place.end) == "s" || matches!(tokens.lower(place.end), "'" | "’");
        let follows = place.start >= number.tokens.end && place.start - number.tokens.end <= 2;
        stands && !owned && (follows || place.start == sentence.start)
    };
    let time = inside().find(stated).or_else(|| inside().find(beside))?;
    time.interval.as_ref().map(|interval| Moment::of(interval, Some(&time.value)))
}

/// Days before the document after which a number is history, not this story: an earlier disaster, last year's figures.
const LONG_AGO: i32 = 60;

/// Whether the sentence dates itself well before the document.
fn is_of_long_ago(times: &Layer<Time>, today: Option<Date>, tokens: &Tokens, sentence: Range<usize>) -> bool {
    let (Some(span), Some(today)) = (tokens.cover(sentence), today) else { return false };
    let inside = times.iter().filter(|time| span.contains(time.span)).filter_map(|time| time.interval.as_ref());
    inside
        .filter(|interval| interval.granularity != Granularity::Bounded)
        .any(|interval| interval.end.and_then(|end| today.since(end).ok()).is_some_and(|gone| gone.get_days() > LONG_AGO))
}

/// What a sentence tells of beside its numbers.
fn event(tokens: &Tokens, sentence: Range<usize>) -> BTreeSet<String> {
    let states = |at: usize| lexicon().states.iter().any(|state| state.words.at(tokens, at).is_some());
    let counts = |at: &usize| {
        let word = tokens.lower(*at);
        tokens.kind(*at) == TokenKind::Word
            && !lexicon().stop.contains(word)
            && !lexicon().numbers.contains_key(word)
            && !states(*at)
            && lexicon().persons.at(tokens, *at).is_none()
            && lexicon().tallies.at(tokens, *at).is_none()
    };
    sentence.filter(counts).map(|at| stem(tokens.lower(at))).collect()
}

/// Days in which something may be said to have happened; longer stretches tell no two happenings apart.
const LONGEST_STRETCH: i32 = 31;

/// The days that a sentence tells, where it tells one time only.
fn days(tokens: &Tokens, times: &Layer<Time>, sentence: Range<usize>) -> Option<(Date, Date)> {
    let span = tokens.cover(sentence)?;
    let mut inside = times.iter().filter(|time| span.contains(time.span)).filter_map(|time| time.interval.as_ref());
    let (only, None) = (inside.next()?, inside.next()) else { return None };
    let (from, to) = only.start.zip(only.end)?;
    (only.granularity != Granularity::Bounded && to.since(from).is_ok_and(|length| length.get_days() <= LONGEST_STRETCH)).then_some((from, to))
}

fn places(reading: &Reading, range: Range<usize>) -> BTreeSet<String> {
    let (text, tokens) = (&reading.document.text, &reading.tokens);
    let Some(span) = tokens.cover(range) else { return BTreeSet::new() };
    let inside = reading.mentions.within(span).filter(|(_, mention)| mention.of == MentionOf::Place);
    let name = |place: Span| {
        let start = tokens.within(place).start;
        let is_outside = tokens.before(start, 1) == "outside" || (tokens.before(start, 2) == "outside" && tokens.before(start, 1) == "of");
        format!("{}{}", if is_outside { "outside " } else { "" }, place.of(text).to_lowercase())
    };
    inside.map(|(_, mention)| name(mention.span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::read::read_marked;
    use crate::tagged;

    fn read(content: &str) -> Vec<(String, String)> {
        let tagged = tagged::parse(&format!("<source>Ode</source> <cue>said</cue> <content>{content}</content>."));
        let reading = read_marked(
            Document { published: Some(jiff::civil::date(2031, 3, 5)), ..Document::new("example.txt", tagged.text) },
            tagged.tokens,
            tagged.readout,
        );
        let figures = figures(&reading, &reading.times, reading.dating.date, Id::new(0));
        figures.iter().map(|figure| (figure.span.of(&reading.document.text).to_owned(), figure.counted.name())).collect()
    }

    fn names(content: &str) -> Vec<String> {
        read(content).into_iter().map(|(words, name)| format!("{words}: {name}")).collect()
    }

    #[test]
    fn what_became_of_them_tells_counts_apart() {
        assert_eq!(names("12 people were killed and 40 injured"), ["12 people were killed: how many are dead", "40 injured: how many are injured"]);
        assert_eq!(names("the flood killed at least 12 people and injured dozens"), ["at least 12 people: how many are dead", "dozens: how many are injured"]);
        assert_eq!(names("the death toll had risen to 34"), ["34: how many are dead"]);
        assert_eq!(
            names("34 bodies had been found, with 12 people still missing"),
            ["34 bodies: how many are dead", "12 people still missing: how many are missing"]
        );
        assert_eq!(names("the number of people killed in the fire at the dye works in Dornish Vale is seven, not eight"), ["seven: how many are dead"]);
        assert_eq!(names("three firefighters died"), ["three firefighters died: how many of “firefighter” are dead"]);
    }

    #[test]
    fn people_of_a_state_are_counted_by_themselves() {
        for content in
            ["nine Britons were killed", "nine British nationals were killed", "nine Britons were among the dead", "the British death toll stood at nine"]
        {
            assert!(read(content)[0].1 == "how many of “people of United Kingdom” are dead", "{content}: {:?}", read(content));
        }
        assert_eq!(names("nine British soldiers died"), ["nine British soldiers died: how many of “soldier of United Kingdom” are dead"]);
        let of_states: Vec<String> = read("32 Kenyans, 18 Canadians and nine Ethiopians were killed").into_iter().map(|(_, name)| name).collect();
        assert_eq!(of_states, ["Kenya", "Canada", "Ethiopia"].map(|state| format!("how many of “people of {state}” are dead")));
        assert_eq!(
            names("157 people were killed, including 18 Canadians"),
            ["157 people were killed: how many are dead", "18 Canadians: how many of “people of Canada” are dead"]
        );
        assert_eq!(names("two Cocos Islanders died"), ["two Cocos Islanders died: how many of “people of Cocos Islands” are dead"]);
        assert_eq!(names("12 poles were destroyed"), ["12 poles were destroyed: how many of “pol” are destroyed"]);
    }

    #[test]
    fn things_are_counted_by_their_noun() {
        assert_eq!(names("20 small ships had been named"), ["20 small ships: the number of “ship”"]);
        assert_eq!(names("the earthquake had a magnitude of 6.8"), ["6.8: the magnitude"]);
    }

    #[test]
    fn parts_suppositions_and_history_are_no_totals() {
        for content in [
            "13 patients died in a 24-hour span",
            "the virus killed 300 people every day",
            "three deaths have also been reported",
            "at least 19 more were killed in the valley. The 19 who died were miners",
            "the toll will reach 3,000",
            "she saw dead bodies with no one around them",
            "12 more people died",
            "including three children",
            "the toll could rise to 100",
            "the flood of 1999 killed 300 people",
            "four of the dead were children",
            "the papers of a 31-year-old were found in the 25-tonne truck after the driver was shot dead",
            "Tom Ode, 56, died of his injuries",
            "his daughter, aged 14, was injured",
        ] {
            assert_eq!(names(content), Vec::<String>::new(), "{content}");
        }
    }
}
