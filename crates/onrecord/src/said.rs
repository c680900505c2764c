//! Tells when each statement was said: by the time beside its cue, the same speaker's other words, or the document's day.
//!
//! # Limits
//! A statement that no word dates is given the day of the report or, where even that would say too much, only its end.
//! Without a date of the document all of this stays open.

mod beside;
mod post;

use crate::entity::{Entities, EntityKind};
use crate::evidence::Evidence;
use crate::sentence::Sentence;
use crate::statement::{Form, Statement, post::is_post};
use crate::text::{Column, Id, Layer, Span};
use crate::time::{Dating, Granularity, Interval, Time};
use crate::token::Tokens;
use crate::zone::{Zone, ZoneKind};
use jiff::civil::Date;
use std::collections::HashMap;

/// When a statement was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The days it may have been said.
    pub interval: Option<Interval>,
    /// The expression of time and the rule behind it.
    pub evidence: Vec<Evidence>,
}

/// Dates every statement.
#[allow(clippy::too_many_arguments)] // the layers it needs are its signature
pub fn date(
    text: &str,
    tokens: &Tokens,
    zones: &Layer<Zone>,
    sentences: &Layer<Sentence>,
    times: &Layer<Time>,
    dating: &Dating,
    entities: &Entities,
    statements: &Layer<Statement>,
) -> Column<Statement, Said> {
    let cx = Cx { text, tokens, zones, sentences, times, dating, entities, statements };
    let own = beside::times(&cx);
    let posts = post::days(&cx);
    let mut said: Vec<Option<Said>> = own.iter().zip(posts).map(|(time, post)| time.map(|time| beside(&cx, &times[time])).or(post)).collect();
    carry_on(&cx, &mut said);
    carry_back(&cx, &mut said);
    // A frame stands before what stands within it, so its day is known by then.
    for id in statements.ids().filter(|id| said[id.at()].is_none()).collect::<Vec<_>>() {
        said[id.at()] = Some(bounded(&cx, id, &said));
    }
    Column::from_vec(statements, said.into_iter().map(Option::unwrap_or_default).collect())
}

/// The layers of the document whose statements are dated.
struct Cx<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    zones: &'a Layer<Zone>,
    sentences: &'a Layer<Sentence>,
    times: &'a Layer<Time>,
    dating: &'a Dating,
    entities: &'a Entities,
    statements: &'a Layer<Statement>,
}

impl Cx<'_> {
    /// Who speaks: the entity, else the last name of the source.
    fn speaker(&self, id: Id<Statement>) -> Option<Voice> {
        let entity = self.entities.speakers[id].entity.map(|entity| Voice::Entity(entity.at()));
        entity.or_else(|| {
            let tokens = self.tokens.within(self.statements[id].source?);
            let name = tokens.rev().find(|at| self.tokens.is_capitalised(self.text, *at))?;
            Some(Voice::Name(self.tokens.lower(name).to_owned()))
        })
    }

    fn zone(&self, at: usize) -> Option<ZoneKind> {
        self.zones.holding(at).map(|(_, zone)| zone.kind)
    }

    fn paragraph(&self, at: usize) -> Option<usize> {
        self.sentences.holding(at).map(|(_, sentence)| sentence.paragraph)
    }
}

/// What two statements of one speaker share.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Voice {
    Entity(usize),
    Name(String),
}

/// Where a statement is made: its first cue, else its source, else its content.
fn anchor(statement: &Statement) -> Span {
    statement.cue.first().copied().or(statement.source).unwrap_or_else(|| statement.reach())
}

/// `said/beside-the-cue`: the time that stands with the cue, no later than the document.
fn beside(cx: &Cx<'_>, time: &Time) -> Said {
    let evidence = Evidence::rule("said", "said/beside-the-cue", vec![time.span], "the time beside the cue");
    let interval = time.interval.clone().map(|interval| Interval { end: earlier(interval.end, cx.dating.date).max(interval.start), ..interval });
    Said { interval, evidence: vec![evidence] }
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// All statements but posts: the day of a post is that of nothing said elsewhere.
fn spoken(cx: &Cx<'_>) -> impl DoubleEndedIterator<Item = Id<Statement>> {
    cx.statements.ids().filter(|id| !is_post(&cx.statements[*id]))
}

/// `said/carried-on`: the same speaker goes on, or nobody else is named within the paragraph.
fn carry_on(cx: &Cx<'_>, said: &mut [Option<Said>]) {
    let mut by_speaker: HashMap<Voice, usize> = HashMap::new();
    let mut last: Option<usize> = None;
    for id in spoken(cx) {
        let (statement, speaker) = (&cx.statements[id], cx.speaker(id));
        let fixed = matches!(cx.zone(anchor(statement).start()), Some(ZoneKind::ReaderComment)) || is_earlier_than_its_frame(cx, id);
        if said[id.at()].is_none() && !fixed {
            let theirs = speaker.as_ref().and_then(|speaker| by_speaker.get(speaker).copied());
            let near = last.filter(|before| goes_on(cx, statement) && same_paragraph(cx, id, Id::new(*before)) && is_recent(cx, said[*before].as_ref()));
            let from = theirs.or(near).filter(|from| is_recent(cx, said[*from].as_ref()) || same_paragraph(cx, id, Id::new(*from)));
            said[id.at()] = match from {
                Some(from) => carried(said[from].as_ref(), "said/carried-on", "the same speaker, dated before"),
                None => told_just_before(cx, statement),
            };
        }
        if said[id.at()].is_some() {
            if let Some(speaker) = speaker {
                by_speaker.insert(speaker, id.at());
            }
            last = Some(id.at());
        }
    }
}

/// `said/dated-below`: a headline or lead whose speaker's words are dated for the first time further down.
fn carry_back(cx: &Cx<'_>, said: &mut [Option<Said>]) {
    let mut by_speaker: HashMap<Voice, usize> = HashMap::new();
    for id in spoken(cx).rev() {
        let Some(speaker) = cx.speaker(id) else { continue };
        if said[id.at()].is_some() {
            // What he "had said" on another day dates nothing above it.
            if !is_perfect(cx, &cx.statements[id]) {
                by_speaker.insert(speaker, id.at());
            }
        } else if let Some(from) = by_speaker.get(&speaker).filter(|from| is_recent(cx, said[**from].as_ref()))
            && cx.statements[id].within.is_none()
            && !is_perfect(cx, &cx.statements[id])
        {
            said[id.at()] = carried(said[*from].as_ref(), "said/dated-below", "the same speaker, dated further down");
        }
    }
}

fn carried(from: Option<&Said>, rule: &'static str, why: &'static str) -> Option<Said> {
    let from = from?;
    let words = from.evidence.iter().flat_map(|evidence| evidence.words.iter().copied()).collect();
    Some(Said { interval: from.interval.clone(), evidence: vec![Evidence::rule("said", rule, words, why)] })
}

/// Whether the words were said in the days the document reports on.
fn is_recent(cx: &Cx<'_>, said: Option<&Said>) -> bool {
    let Some((date, interval)) = cx.dating.date.zip(said.and_then(|said| said.interval.as_ref())) else { return false };
    let close = interval.start.is_some_and(|start| start.until(date).is_ok_and(|span| span.get_days() <= NEWS_DAYS));
    close && matches!(interval.granularity, Granularity::Day | Granularity::Week | Granularity::About)
}

/// Days that one report goes back; older words of a speaker date only their own paragraph.
const NEWS_DAYS: i32 = 14;

fn same_paragraph(cx: &Cx<'_>, a: Id<Statement>, b: Id<Statement>) -> bool {
    let paragraph = |id: Id<Statement>| cx.paragraph(anchor(&cx.statements[id]).start());
    paragraph(a) == paragraph(b)
}

/// Whether a statement goes on from the one before: its source points back, or it is bare speech or a question put to the same.
fn goes_on(cx: &Cx<'_>, statement: &Statement) -> bool {
    match statement.source {
        Some(source) => {
            let tokens = cx.tokens.within(source);
            let first = cx.tokens.lower(tokens.start);
            let points = matches!(first, "he" | "she" | "it" | "they" | "the" | "that" | "this");
            points && !tokens.clone().skip(1).any(|at| cx.tokens.is_capitalised(cx.text, at))
        }
        None => statement.form == Form::Direct || is_put_to_somebody(cx, statement),
    }
}

/// "was asked", "were told", "pressed": the act of somebody who is not named.
fn is_put_to_somebody(cx: &Cx<'_>, statement: &Statement) -> bool {
    statement.cue.iter().flat_map(|cue| cx.tokens.within(*cue)).any(|at| matches!(cx.tokens.lower(at), "asked" | "questioned" | "told" | "pressed" | "quoted"))
}

/// `said/told-just-before`: the sentence before, in the same paragraph, has the same name and one day.
fn told_just_before(cx: &Cx<'_>, statement: &Statement) -> Option<Said> {
    let source = cx.tokens.within(statement.source?);
    let (at, sentence) = cx.sentences.holding(anchor(statement).start())?;
    let before = &cx.sentences[Id::new(at.at().checked_sub(1)?)];
    let name = source.clone().rev().find(|at| cx.tokens.is_capitalised(cx.text, *at)).map(|at| cx.tokens.lower(at))?;
    let named = before.tokens.clone().any(|at| cx.tokens.lower(at) == name && cx.tokens.is_capitalised(cx.text, at));
    if before.paragraph != sentence.paragraph || !named || statement.within.is_some() {
        return None;
    }
    let times = cx.times.as_slice();
    let from = times.partition_point(|time| time.span.start() < before.span.start());
    let mut past = times[from..].iter().take_while(|time| time.span.start() < before.span.end()).filter(|time| is_past_day(cx, time));
    let (first, more) = (past.next()?, past.next());
    let evidence = Evidence::rule("said", "said/told-just-before", vec![first.span], "the sentence before tells of the same speaker on that day");
    more.is_none().then(|| Said { interval: first.interval.clone(), evidence: vec![evidence] })
}

fn is_past_day(cx: &Cx<'_>, time: &Time) -> bool {
    let Some((date, interval)) = cx.dating.date.zip(time.interval.as_ref()) else { return false };
    interval.granularity == Granularity::Day
        && interval.start.is_some_and(|start| start <= date && start.until(date).is_ok_and(|span| span.get_days() <= NEWS_DAYS))
}

/// Whether a statement stands in another's words and so was made no later.
fn is_earlier_than_its_frame(cx: &Cx<'_>, id: Id<Statement>) -> bool {
    cx.statements[id].within.is_some() && is_perfect(cx, &cx.statements[id])
}

/// `said/day-of-the-report` and `said/bounded-by-the-document`: no word tells.
fn bounded(cx: &Cx<'_>, id: Id<Statement>, said: &[Option<Said>]) -> Said {
    let statement = &cx.statements[id];
    let zone = cx.zone(anchor(statement).start());
    let Some(date) = cx.dating.date.filter(|_| zone != Some(ZoneKind::ReaderComment)) else { return Said::default() };
    let frame = statement.within.and_then(|frame| said[frame.at()].as_ref()).and_then(|said| said.interval.as_ref());
    if is_news(cx, statement, zone) {
        let day = Interval { start: Some(date), end: Some(date), granularity: Granularity::About, basis: "from the document's date" };
        return Said {
            interval: Some(day),
            evidence: vec![Evidence::rule("said", "said/day-of-the-report", statement.cue.clone(), "news without a time is of the day")],
        };
    }
    let relayed = statement.within.is_some_and(|frame| is_outlet(cx, frame)) && !is_perfect(cx, statement);
    if let Some(day) = frame.filter(|frame| relayed && frame.start.is_some()) {
        return Said {
            interval: Some(day.clone()),
            evidence: vec![Evidence::rule("said", "said/relayed-the-same-day", statement.cue.clone(), "an outlet relays news of its day")],
        };
    }
    let end = frame.and_then(|frame| frame.end).unwrap_or(date).min(date);
    let interval = Interval { start: None, end: Some(end), granularity: Granularity::Bounded, basis: "from the document's date" };
    Said { interval: Some(interval), evidence: vec![Evidence::rule("said", "said/bounded-by-the-document", statement.cue.clone(), "said before it was told")] }
}

/// Whether the statement is an outlet’s report: by who speaks, or by the verb.
fn is_outlet(cx: &Cx<'_>, id: Id<Statement>) -> bool {
    let entity = cx.entities.speakers[id].entity;
    let reports = |at: usize| matches!(cx.tokens.lower(at), "report" | "reports" | "reported" | "reporting");
    let reporting = cx.statements[id].cue.iter().any(|cue| cx.tokens.within(*cue).any(reports));
    reporting || entity.is_some_and(|entity| cx.entities.layer[entity].kind == EntityKind::Outlet)
}

/// Whether a statement is told as news of the day: a source of its own and a verb in the present or simple past.
fn is_news(cx: &Cx<'_>, statement: &Statement, zone: Option<ZoneKind>) -> bool {
    let reported = matches!(zone, Some(ZoneKind::Reporting | ZoneKind::Headline | ZoneKind::Caption | ZoneKind::Excerpt | ZoneKind::Turn) | None);
    reported && (statement.source.is_some() || is_put_to_somebody(cx, statement)) && statement.within.is_none() && !is_perfect(cx, statement)
}

/// "has denied", "had said", "have been told": said at some time before.
fn is_perfect(cx: &Cx<'_>, statement: &Statement) -> bool {
    let cue = cx.tokens.within(anchor(statement));
    let from = cue.start.saturating_sub(PERFECT_REACH);
    (from..cue.end).any(|at| matches!(cx.tokens.lower(at), "has" | "have" | "had" | "having" | "ve" | "once" | "previously" | "earlier" | "repeatedly"))
}

/// Tokens before a cue in which its auxiliary stands ("has repeatedly called").
const PERFECT_REACH: usize = 2;

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::read::read_marked;
    use crate::tagged;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_was_said_after_the_document(
            words in prop::collection::vec(prop::sample::select(vec!["Monday", "on", "next week", "will", "before", ".", "Ode", "last night", ",", "who", "in 2019", "tomorrow", "¶"]), 0..16),
            cue in 0usize..16,
        ) {
            let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            words.insert(cue.min(words.len()), "<source>Vance</source> <cue>said</cue> <content>it rained Friday</content>".into());
            let tagged = tagged::parse(&words.join(" ").replace('¶', "\n\n"));
            let date = jiff::civil::date(2031, 3, 5);
            let document = Document { published: Some(date), ..Document::new("example.txt", tagged.text) };
            let reading = read_marked(document, tagged.tokens, tagged.readout);
            for said in reading.said.iter().filter_map(|said| said.interval.as_ref()) {
                prop_assert!(said.end.is_none_or(|end| end <= date));
                prop_assert!(said.start.is_none_or(|start| said.end.is_none_or(|end| start <= end)));
            }
        }
    }
}
