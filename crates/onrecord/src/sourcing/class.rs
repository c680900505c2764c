//! Tells the class of each statement's source: by who it is, by its words, or by what its cue leaves unsaid.

use super::words::{self, Told, lexicon};
use super::{Cx, SourceClass};
use crate::act::Act;
use crate::entity::EntityKind;
use crate::evidence::Evidence;
use crate::lexicon::Words;
use crate::statement::{Form, Statement, post::is_post};
use crate::text::Id;
use crate::zone::ZoneKind;

/// The class of one source.
#[derive(Clone, Debug)]
pub(super) struct Classed {
    pub(super) class: SourceClass,
    /// Whether the source is a news outlet, whatever class it is given.
    pub(super) outlet: bool,
    /// Whether the source is anybody at all, in a writer's generalisation.
    pub(super) anybody: bool,
    pub(super) evidence: Evidence,
}

/// The class of every statement's source, in order.
pub(super) fn of_all(cx: &Cx<'_>) -> Vec<Classed> {
    let mut out: Vec<Classed> = Vec::with_capacity(cx.statements.len());
    for id in cx.statements.ids() {
        let classed = of(cx, &out, id);
        out.push(classed);
    }
    out
}

fn of(cx: &Cx<'_>, before: &[Classed], id: Id<Statement>) -> Classed {
    // Whoever signs with a handle is not unnamed, whether or not the text tells who bears the name.
    if let Some(sign) = cx.frame(id).cue.first().filter(|_| is_post(&cx.statements[id])) {
        return classed(cx, SourceClass::SocialPost, "sourcing/social-post", sign.clone(), "signed with a handle");
    }
    let classed = if cx.frame(id).source.is_empty() || frame_is_asked(cx, id) { sourceless(cx, before, id) } else { by_source(cx, before, id) };
    match classed.class {
        SourceClass::Named | SourceClass::Organization if !classed.outlet => social_post(cx, id).unwrap_or(classed),
        SourceClass::Named
        | SourceClass::Organization
        | SourceClass::Anonymous
        | SourceClass::Document
        | SourceClass::SocialPost
        | SourceClass::Outlet
        | SourceClass::None => classed,
    }
}

/// "Ode was asked", "Ode, asked whether …": the one named is asked, and does not speak.
fn frame_is_asked(cx: &Cx<'_>, id: Id<Statement>) -> bool {
    cx.acts[id].act == Act::Question && cx.frame(id).is_asked(cx.tokens)
}

fn classed(cx: &Cx<'_>, class: SourceClass, rule: &'static str, at: std::ops::Range<usize>, why: &'static str) -> Classed {
    let words = cx.tokens.cover(at).into_iter().collect();
    Classed { class, outlet: false, anybody: false, evidence: Evidence::rule("sourcing", rule, words, why) }
}

/// By the entity that speaks, where it is known, else by the words of the source.
fn by_source(cx: &Cx<'_>, before: &[Classed], id: Id<Statement>) -> Classed {
    let source = cx.frame(id).source.clone();
    let told = match words::told(cx.text, cx.tokens, source.clone()) {
        Told::Relative => words::antecedent(cx.text, cx.tokens, source.start).unwrap_or(Told::Before),
        told => told,
    };
    let kind = cx.entities.speakers[id].entity.map(|entity| cx.entities.layer[entity].kind);
    let class = |class, why| classed(cx, class, "sourcing/source-words", source.clone(), why);
    let mut found = match (kind, told) {
        _ if words::with_others(cx.tokens, source.clone()) => class(SourceClass::Anonymous, "others without names speak too"),
        (_, Told::Class(SourceClass::Document)) => class(SourceClass::Document, "its head names a document"),
        (Some(EntityKind::Person), Told::Outlet) if words::bears_outlet_name(cx.text, cx.tokens, source.clone()) => {
            Classed { outlet: true, ..class(SourceClass::Organization, "an outlet speaks") }
        }
        (Some(EntityKind::Person), _) => class(SourceClass::Named, "the speaker has a name"),
        (Some(EntityKind::Anonymous), Told::Voice) | (Some(EntityKind::Office), Told::Voice) | (Some(EntityKind::Group), Told::Voice) => {
            class(SourceClass::Organization, "speaks for a body")
        }
        (Some(EntityKind::Group | EntityKind::Anonymous), Told::Class(SourceClass::Organization)) => class(SourceClass::Organization, "a body speaks"),
        (Some(EntityKind::Anonymous), _) if words::is_known_holder(cx.text, cx.tokens, source.clone()) => {
            class(SourceClass::Named, "an office that one person holds")
        }
        (Some(EntityKind::Anonymous), _) => class(SourceClass::Anonymous, "the speaker has no name"),
        (Some(EntityKind::Office), _) => class(SourceClass::Named, "an office that one person holds"),
        (Some(EntityKind::Organization), _) => class(SourceClass::Organization, "a body speaks"),
        (Some(EntityKind::Group), _) => class(SourceClass::Anonymous, "people without names"),
        (Some(EntityKind::Outlet), _) | (None | Some(EntityKind::Thing), Told::Outlet) => {
            Classed { outlet: true, ..class(SourceClass::Organization, "an outlet speaks") }
        }
        (None | Some(EntityKind::Thing), Told::Class(told)) => class(told, "as its words tell"),
        (None | Some(EntityKind::Thing), Told::Voice) => class(SourceClass::Organization, "speaks for a body"),
        (None | Some(EntityKind::Thing), Told::Person) => class(SourceClass::Named, "one person told before"),
        (None | Some(EntityKind::Thing), Told::Self_) => around(cx, before, id).unwrap_or(class(SourceClass::Named, "speaks of himself")),
        (None | Some(EntityKind::Thing), Told::Before | Told::Relative) => {
            told_before(cx, before, id).unwrap_or(class(SourceClass::Organization, "somebody told before"))
        }
    };
    found.anybody = lexicon().anybody.at(cx.tokens, source.start).is_some();
    found
}

fn around(cx: &Cx<'_>, before: &[Classed], id: Id<Statement>) -> Option<Classed> {
    before.get(cx.parent(id)?.at()).cloned()
}

/// They, it: the nearest source before that is no single person.
fn told_before(cx: &Cx<'_>, before: &[Classed], id: Id<Statement>) -> Option<Classed> {
    let plural = matches!(cx.tokens.lower(cx.frame(id).source.start), "they" | "them" | "their" | "both");
    let fits = |classed: &&Classed| match classed.class {
        SourceClass::Anonymous => plural,
        SourceClass::Organization => true,
        SourceClass::Document | SourceClass::Outlet => !plural,
        SourceClass::Named | SourceClass::SocialPost | SourceClass::None => false,
    };
    before.iter().rev().find(fits).cloned()
}

/// Nobody is named: what the cue is tells who can stand behind it.
fn sourceless(cx: &Cx<'_>, before: &[Classed], id: Id<Statement>) -> Classed {
    let (frame, words) = (cx.frame(id), lexicon());
    let at = frame.head().unwrap_or_else(|| frame.content.first().map_or(0, |part| part.start));
    let here = |class, why| classed(cx, class, "sourcing/no-source", at..at + 1, why);
    let cue = |list: &Words| frame.cue.iter().any(|part| list.find(cx.tokens, part.clone()).is_some());
    let kind = cx.entities.speakers[id].entity.map(|entity| cx.entities.layer[entity].kind);
    if kind == Some(EntityKind::Person) && frame.source.is_empty() {
        return here(SourceClass::Named, "the speaker is told elsewhere");
    }
    if cue(&words.hedge) || cue(&words.reported) {
        return here(SourceClass::Document, "reports stand behind it");
    }
    if cx.acts[id].act == Act::Question || cue(&words.charged) {
        return here(SourceClass::Anonymous, "unnamed people stand behind it");
    }
    if cue(&words.suspected) {
        return here(SourceClass::Organization, "an authority stands behind it");
    }
    if frame.cue.is_empty() {
        let headline = cx.zone(id).is_some_and(|zone| zone.kind == ZoneKind::Headline);
        let carried_on = cx.statements[id].form == Form::Direct && !headline;
        return match before.last().filter(|_| carried_on) {
            Some(last) => last.clone(),
            None if headline => here(SourceClass::Document, "a claim in a headline"),
            None => here(SourceClass::None, "nobody is named"),
        };
    }
    match around(cx, before, id).or_else(|| goes_on(cx, before, id)) {
        Some(other) => other,
        None => here(SourceClass::None, "nobody is named"),
    }
}

/// "Ode spoke for an hour, calling …": a participle goes on for the source before it in the sentence.
fn goes_on(cx: &Cx<'_>, before: &[Classed], id: Id<Statement>) -> Option<Classed> {
    let frame = cx.frame(id);
    let participle = frame.cue.iter().flat_map(Clone::clone).any(|at| cx.tokens.lower(at).ends_with("ing"));
    let same = |at: &usize| cx.frame(Id::new(*at)).sentence == frame.sentence && !cx.frame(Id::new(*at)).source.is_empty();
    (0..before.len()).rev().find(same).filter(|_| participle).map(|at| before[at].clone())
}

/// A post: by the cue, by "on Twitter" beside it, by a handle, or by quoting the words of a post told in full elsewhere.
fn social_post(cx: &Cx<'_>, id: Id<Statement>) -> Option<Classed> {
    let (frame, words) = (cx.frame(id), lexicon());
    let post = |at, why| classed(cx, SourceClass::SocialPost, "sourcing/social-post", at, why);
    if let Some(hit) = frame.cue.iter().find_map(|part| words.social.find(cx.tokens, part.start..part.end + 2)) {
        return Some(post(hit, "posted"));
    }
    if let Some(at) = frame.source.clone().find(|at| cx.tokens.lower(*at) == "@") {
        return Some(post(at..at + 1, "a handle"));
    }
    let beside = |range: std::ops::Range<usize>| {
        let mut places = range.filter(|at| !frame.in_content(*at));
        places.find_map(|at| words.social.at(cx.tokens, at).map(|len| at..at + len))
    };
    if let Some(hit) = beside(frame.sentence.clone()).filter(|_| cx.statements[id].form != Form::Indirect || !other_sources(cx, id)) {
        return Some(post(hit, "the sentence tells where it was posted"));
    }
    if cx.statements[id].form != Form::Indirect
        && frame.is_quoted(cx.tokens)
        && let Some(hit) = sentence_before(cx, id).and_then(beside)
    {
        return Some(post(hit, "the sentence before tells where it was posted"));
    }
    same_words(cx, id)
}

/// The sentence before the statement, where it stands in the same paragraph.
fn sentence_before(cx: &Cx<'_>, id: Id<Statement>) -> Option<std::ops::Range<usize>> {
    let frame = cx.frame(id);
    let start = frame.content.first()?.start.min(frame.sentence.start);
    let before = crate::act::frame::sentence_at(cx.tokens, cx.sentences, start.checked_sub(1)?);
    let between = cx.text.get(cx.tokens.span(before.start).start()..cx.tokens.span(start).start())?;
    (!between.contains('\n')).then_some(before)
}

/// Whether another statement of the sentence has a cue of posting, so that this one need not be a post.
fn other_sources(cx: &Cx<'_>, id: Id<Statement>) -> bool {
    let frame = cx.frame(id);
    let posts = |other: Id<Statement>| cx.frame(other).cue.iter().any(|part| lexicon().social.find(cx.tokens, part.start..part.end + 1).is_some());
    cx.statements.ids().any(|other| other != id && cx.frame(other).sentence == frame.sentence && cx.frame(other).source != frame.source && posts(other))
}

/// Words of a post quoted elsewhere without saying so.
fn same_words(cx: &Cx<'_>, id: Id<Statement>) -> Option<Classed> {
    /// Three words in a row are shared by chance too seldom to matter.
    const SHARED: usize = 3;
    let frame = cx.frame(id);
    if !frame.is_quoted(cx.tokens) {
        return None;
    }
    let name = cx.tokens.lower(frame.source.clone().next_back()?);
    let own: Vec<&str> =
        frame.content.iter().flat_map(Clone::clone).map(|at| cx.tokens.lower(at)).filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    cx.statements.ids().filter(|other| *other != id).find_map(|other| {
        let theirs = cx.frame(other);
        let posted = theirs.cue.iter().find_map(|part| lexicon().social.find(cx.tokens, part.clone()))?;
        let words: Vec<&str> =
            theirs.content.iter().flat_map(Clone::clone).map(|at| cx.tokens.lower(at)).filter(|word| word.chars().any(char::is_alphanumeric)).collect();
        let same_speaker = cx.entities.speakers[id].entity.is_some_and(|entity| cx.entities.speakers[other].entity == Some(entity))
            || theirs.source.clone().any(|at| cx.tokens.lower(at) == name);
        let shared = own.windows(SHARED).any(|run| words.windows(SHARED).any(|theirs| theirs == run));
        (same_speaker && shared).then(|| classed(cx, SourceClass::SocialPost, "sourcing/social-post", posted, "the same words are told to be a post"))
    })
}
