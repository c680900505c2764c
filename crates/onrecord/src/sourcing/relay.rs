//! Follows a statement back through the hands it went through, and tells on whose word the document has it.

use super::class::Classed;
use super::words::{self, Told, lexicon};
use super::{Cx, DEEPEST, KnownThrough, Relay, SourceClass};
use crate::act::Act;
use crate::evidence::Evidence;
use crate::mention::words::ends_phrase;
use crate::statement::{Form, Statement};
use crate::text::{Id, Span};
use crate::token::TokenKind;
use crate::zone::ZoneKind;
use std::ops::Range;

type Known = (KnownThrough, Evidence);

/// On whose word each statement is known, in order.
pub(super) fn known_through(cx: &Cx<'_>, classed: &[Classed]) -> Vec<Known> {
    let mut known: Vec<Option<Known>> = vec![None; classed.len()];
    for id in cx.statements.ids() {
        settle(cx, classed, &mut known, id, 0);
    }
    let mut known: Vec<Known> = known.into_iter().map(|known| known.expect("every statement was settled")).collect();
    for (id, told) in later(cx, classed, &known) {
        known[id.at()] = told;
    }
    known
}

fn known(known: KnownThrough, rule: &'static str, words: Vec<Span>, why: &'static str) -> Known {
    (known, Evidence::rule("known_through", rule, words, why))
}

fn settle(cx: &Cx<'_>, classed: &[Classed], done: &mut [Option<Known>], id: Id<Statement>, depth: usize) -> KnownThrough {
    if let Some((known, _)) = &done[id.at()] {
        return *known;
    }
    let parent = cx.parent(id).filter(|_| depth < DEEPEST);
    let above = parent.map(|parent| (parent, settle(cx, classed, done, parent, depth + 1)));
    let told = match above.and_then(|(parent, above)| nested(cx, classed, id, parent, above)) {
        Some(told) => told,
        None => on_its_own(cx, classed, id),
    };
    let value = told.0;
    done[id.at()].get_or_insert(told);
    value
}

/// Within another statement, it is known on that one's word.
fn nested(cx: &Cx<'_>, classed: &[Classed], id: Id<Statement>, parent: Id<Statement>, above: KnownThrough) -> Option<Known> {
    let words: Vec<Span> = cx.statements[parent].source.into_iter().collect();
    let rule = |value, why| Some(known(value, "sourcing/nested", words.clone(), why));
    let (outer, own) = (&classed[parent.at()], &classed[id.at()]);
    if above == KnownThrough::Anonymous || (outer.class == SourceClass::Anonymous && above != KnownThrough::OnRecord) {
        return rule(KnownThrough::Anonymous, "it stands within what unnamed people say");
    }
    let relayed = outer.outlet || outer.class == SourceClass::Document;
    if own.class == SourceClass::Anonymous && relayed {
        return rule(KnownThrough::Anonymous, "unnamed people say it to whoever relays it");
    }
    match above {
        KnownThrough::Outlet => rule(KnownThrough::Outlet, "an outlet relays it"),
        KnownThrough::Document => rule(KnownThrough::Document, "a document relays it"),
        KnownThrough::OnRecord => rule(KnownThrough::OnRecord, "it stands within what is said openly"),
        KnownThrough::Author | KnownThrough::Anonymous => None,
    }
}

fn on_its_own(cx: &Cx<'_>, classed: &[Classed], id: Id<Statement>) -> Known {
    let (frame, own) = (cx.frame(id), &classed[id.at()]);
    let source: Vec<Span> = cx.statements[id].source.into_iter().collect();
    let footing = |value, why| known(value, "sourcing/footing", source.clone(), why);
    if let Some(cited) = cited(cx, id).filter(|cited| is_anonymous(cx, cited.clone())) {
        return known(KnownThrough::Anonymous, "sourcing/citing", cx.tokens.cover(cited).into_iter().collect(), "it rests on people without names");
    }
    if let Some(quoter) = quoter(cx, id).filter(|quoter| words::told(cx.text, cx.tokens, quoter.clone()) == Told::Outlet) {
        return known(KnownThrough::Outlet, "statement/as-saying", cx.tokens.cover(quoter).into_iter().collect(), "an outlet relays it");
    }
    let hedged = frame.sentence.clone().find_map(|at| lexicon().hedge.at(cx.tokens, at).map(|len| at..at + len).filter(|_| !frame.in_content(at)));
    match own.class {
        SourceClass::Anonymous if cx.acts[id].act == Act::Question => footing(KnownThrough::OnRecord, "asked in the open"),
        SourceClass::Anonymous if own.anybody => footing(KnownThrough::Author, "the writer's generalisation"),
        SourceClass::Anonymous => footing(KnownThrough::Anonymous, "the source has no name"),
        _ if own.outlet => footing(KnownThrough::Outlet, "an outlet says so"),
        SourceClass::Outlet => footing(KnownThrough::Outlet, "an outlet says so"),
        SourceClass::Document => footing(KnownThrough::Document, "a document says so"),
        SourceClass::Named | SourceClass::Organization | SourceClass::SocialPost if hedged.is_some() => {
            let words = hedged.and_then(|hit| cx.tokens.cover(hit)).into_iter().collect();
            known(KnownThrough::Document, "sourcing/hedged", words, "the writer does not vouch for it")
        }
        SourceClass::SocialPost => footing(KnownThrough::OnRecord, "posted in the open"),
        SourceClass::Named | SourceClass::Organization if cx.zone(id).is_some_and(|zone| zone.kind == ZoneKind::Excerpt) => {
            footing(KnownThrough::Outlet, "quoted from an excerpt")
        }
        SourceClass::Named | SourceClass::Organization if cx.acts[id].act == Act::Thought && cx.statements[id].form == Form::Indirect => {
            footing(KnownThrough::Author, "the writer tells what is thought")
        }
        SourceClass::Named | SourceClass::Organization => footing(KnownThrough::OnRecord, "said openly"),
        SourceClass::None => footing(KnownThrough::Author, "nobody is named"),
    }
}

/// Whom the sentence of `id` cites: "reported, citing two officials".
fn cited(cx: &Cx<'_>, id: Id<Statement>) -> Option<Range<usize>> {
    let frame = cx.frame(id);
    let outside = |at: &usize| !frame.in_content(*at) && !frame.source.contains(at);
    // "The strikes, cited by the board": the board cites, and nobody is cited.
    let cites = |at: usize| lexicon().citing.at(cx.tokens, at).map(|len| at + len).filter(|end| cx.tokens.lower(*end) != "by");
    let hit = frame.sentence.clone().filter(outside).find_map(cites)?;
    let end = (hit..frame.sentence.end)
        .find(|at| matches!(cx.tokens.lower(*at), "," | "." | ";" | ":") || frame.in_content(*at) || frame.source.contains(at) || frame.in_cue(*at))
        .unwrap_or(frame.sentence.end);
    (hit < end).then_some(hit..end)
}

fn is_anonymous(cx: &Cx<'_>, words: Range<usize>) -> bool {
    let told = words::told(cx.text, cx.tokens, words.clone());
    let sources = words::head(cx.tokens, words)
        .last()
        .is_some_and(|at| matches!(cx.tokens.lower(at), "source" | "sources" | "people" | "insiders" | "officials" | "aides"));
    told == Told::Class(SourceClass::Anonymous) && sources
}

/// What only shows over the whole document: headlines over anonymous reports, and reports that stand for the outlet
/// that cites unnamed people.
fn later(cx: &Cx<'_>, classed: &[Classed], known_now: &[Known]) -> Vec<(Id<Statement>, Known)> {
    let is_anonymous = |id: Id<Statement>| known_now[id.at()].0 == KnownThrough::Anonymous;
    let anonymous_report = cx.statements.ids().find(|id| is_anonymous(*id) && (classed[id.at()].outlet || told_to_outlet(cx, *id).is_some()));
    cx.statements
        .ids()
        .filter(|id| !is_anonymous(*id) && cx.parent(*id).is_none())
        .filter_map(|id| {
            let headline = cx.zone(id).is_some_and(|zone| zone.kind == ZoneKind::Headline);
            if headline && let Some(below) = cx.statements.ids().find(|below| is_anonymous(*below) && same_telling(cx, id, *below)) {
                let words = cx.frame(below).cue_spans(cx.tokens);
                return Some((id, known(KnownThrough::Anonymous, "sourcing/headline", words, "the text below has it from people without names")));
            }
            let report = classed[id.at()].class == SourceClass::Document && is_report(cx, id);
            let report = report.then_some(anonymous_report).flatten().or_else(|| follows_anonymous(cx, classed, known_now, id))?;
            Some((
                id,
                known(
                    KnownThrough::Anonymous,
                    "sourcing/the-report",
                    cx.statements[report].source.into_iter().collect(),
                    "the report rests on people without names",
                ),
            ))
        })
        .collect()
}

/// Whether two statements tell the same: the same last word of the source and the same cue.
fn same_telling(cx: &Cx<'_>, first: Id<Statement>, second: Id<Statement>) -> bool {
    let (first, second) = (cx.frame(first), cx.frame(second));
    let last = |source: &Range<usize>| source.clone().next_back().map(|at| cx.tokens.lower(at));
    let cue = |frame: &crate::act::frame::Frame| frame.cue.first().map(|part| cx.tokens.lower(part.end - 1).to_owned());
    last(&first.source).is_some() && last(&first.source) == last(&second.source) && cue(first) == cue(second)
}

/// "the report", "a published report": one report, not reports in general.
fn is_report(cx: &Cx<'_>, id: Id<Statement>) -> bool {
    let frame = cx.frame(id);
    let words = if frame.source.is_empty() { frame.cue.first().cloned().unwrap_or(0..0) } else { words::head(cx.tokens, frame.source.clone()) };
    words.last().is_some_and(|at| matches!(cx.tokens.lower(at), "report" | "article" | "story"))
}

/// "… have allegedly occurred", right behind what was told on anonymous word.
fn follows_anonymous(cx: &Cx<'_>, classed: &[Classed], known_now: &[Known], id: Id<Statement>) -> Option<Id<Statement>> {
    let frame = cx.frame(id);
    let hedged = classed[id.at()].class == SourceClass::Document && frame.cue.iter().any(|part| lexicon().hedge.find(cx.tokens, part.clone()).is_some());
    let last = Id::new(id.at().checked_sub(1)?);
    let between = cx.text.get(cx.statements[last].reach().end()..cx.statements[id].reach().start())?;
    (hedged && known_now[last.at()].0 == KnownThrough::Anonymous && !between.contains('\n')).then_some(last)
}

/// The outlet a statement was made to: "told the Harrow Post".
fn told_to_outlet(cx: &Cx<'_>, id: Id<Statement>) -> Option<Range<usize>> {
    let frame = cx.frame(id);
    let cue = frame.cue.iter().find(|part| (part.start..part.end).any(|at| matches!(cx.tokens.lower(at), "tell" | "tells" | "told" | "telling")))?;
    let is_end = |at: &usize| {
        frame.in_content(*at)
            || frame.source.contains(at)
            || (matches!(cx.tokens.lower(*at), "," | "." | ":" | "the" | "it" | "he" | "she" | "they") || ends_phrase(cx.tokens.lower(*at))) && *at > cue.end
    };
    let end = (cue.end..frame.sentence.end).find(is_end).unwrap_or(frame.sentence.end);
    let to = cue.end..end;
    (!to.is_empty() && words::told(cx.text, cx.tokens, to.clone()) == Told::Outlet).then_some(to)
}

/// Who quotes: "“It rained,” [the Harrow Post] quoted Ode as saying".
fn quoter(cx: &Cx<'_>, id: Id<Statement>) -> Option<Range<usize>> {
    let frame = cx.frame(id);
    let [quoted, saying] = frame.cue.as_slice() else { return None };
    let said = cx.statements[id].content.iter().map(|part| cx.tokens.within(*part).end).filter(|end| *end <= quoted.start).max()?;
    let is_mark = |at: &usize| cx.tokens.kind(*at) == TokenKind::Punctuation;
    let start = (said..quoted.start).find(|at| !is_mark(at))?;
    (cx.tokens.lower(saying.start) == "as" && frame.sentence.contains(&start)).then_some(start..quoted.start)
}

/// The hands a statement went through, nearest the reader first, the speaker last.
pub(super) fn chain(cx: &Cx<'_>, classed: &[Classed], id: Id<Statement>) -> Vec<Relay> {
    let mut chain = Vec::new();
    if let Some(zone) = cx.zone(id).filter(|zone| zone.kind == ZoneKind::Excerpt)
        && let Some(voice) = zone.voice
    {
        chain.push(Relay { words: Some(voice), entity: None, class: SourceClass::Outlet });
    }
    let mut up = vec![id];
    while let Some(parent) = cx.parent(up[up.len() - 1]).filter(|_| up.len() < DEEPEST) {
        up.push(parent);
    }
    for link in up.into_iter().rev() {
        if let Some(outlet) = told_to_outlet(cx, link) {
            chain.push(Relay { words: cx.tokens.cover(outlet), entity: None, class: SourceClass::Outlet });
        }
        if let Some(quoter) = quoter(cx, link) {
            chain.push(Relay { words: cx.tokens.cover(quoter.clone()), entity: None, class: class_of(words::told(cx.text, cx.tokens, quoter)) });
        }
        let words = cx.statements[link].source;
        if words.is_some() {
            let class = if classed[link.at()].outlet { SourceClass::Outlet } else { classed[link.at()].class };
            chain.push(Relay { words, entity: cx.entities.speakers[link].entity, class });
        }
        if let Some(cited) = cited(cx, link) {
            let anonymous = is_anonymous(cx, cited.clone());
            let class = if anonymous { SourceClass::Anonymous } else { class_of(words::told(cx.text, cx.tokens, cited.clone())) };
            chain.push(Relay { words: cx.tokens.cover(cited), entity: None, class });
        }
    }
    chain.dedup_by(|next, last| next.words.is_some() && next.words == last.words);
    chain
}

fn class_of(told: Told) -> SourceClass {
    match told {
        Told::Class(class) => class,
        Told::Outlet => SourceClass::Outlet,
        Told::Voice => SourceClass::Organization,
        Told::Self_ | Told::Before | Told::Person | Told::Relative => SourceClass::Named,
    }
}
