//! Tells who speaks in each statement, and who says I.

use super::Cx;
use super::body;
use super::issuer;
use super::join::{Joins, Sort};
use super::look::Look;
use super::subject;
use crate::evidence::Evidence;
use crate::mention::MentionKind;
use crate::mention::words::words;
use crate::quotation::QuotationUse;
use crate::statement::{Form, Statement};
use crate::text::{Id, Span};
use crate::token::TokenKind;
use crate::zone::ZoneKind;

/// Who speaks in one statement, by the number of the cluster.
#[derive(Clone, Debug, Default)]
pub(super) struct Voice {
    pub cluster: Option<usize>,
    pub antecedent: Option<Span>,
    pub evidence: Vec<Evidence>,
}

/// Tells the speaker of every statement.
pub(super) fn tell(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins) -> Vec<Voice> {
    let mut voices: Vec<Voice> = cx.statements.entries().map(|(id, statement)| by_source(cx, looks, joins, id, statement)).collect();
    for (id, statement) in cx.statements.entries().filter(|(_, statement)| statement.source.is_none()) {
        voices[id.at()] = without_source(cx, looks, joins, &voices, id, statement);
    }
    first_persons(cx, looks, joins, &voices);
    for (id, statement) in cx.statements.entries() {
        if voices[id.at()].cluster.is_none() && statement.source.is_some() {
            voices[id.at()] = by_source(cx, looks, joins, id, statement);
        }
    }
    first_persons(cx, looks, joins, &voices);
    voices
}

/// The entity of the mention that heads the source: `entity/speaker`.
fn by_source(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins, id: Id<Statement>, statement: &Statement) -> Voice {
    let Some(source) = statement.source else { return Voice::default() };
    if let Some(found) = subject::of_relative(cx, looks, joins, source) {
        return carried(found, vec![source]);
    }
    if let Some(writing) = writing_meant(cx, looks, joins, source) {
        let evidence = Evidence::rule("speaker", "entity/pronoun", vec![writing, source], "it is the writing that spoke last");
        return Voice { cluster: None, antecedent: Some(writing), evidence: vec![evidence] };
    }
    if let Some(found) = issuer::of_writing(cx, looks, joins, statement) {
        return carried(found, vec![source]);
    }
    let mut heads: Vec<&Look> = looks.iter().filter(|look| look.source_of.contains(&id)).collect();
    heads.sort_by_key(|look| (look.span.start(), std::cmp::Reverse(look.span.end())));
    let speaks = |look: &&Look| joins.of[look.at].is_some_and(|cluster| joins.clusters[cluster].sort != Sort::Thing || look.kind == MentionKind::Name);
    let Some(head) = heads.iter().find(|look| speaks(look)) else {
        if let Some(found) = Some(source).filter(|source| subject::is_time(cx, *source)).and_then(|_| subject::shared(cx, looks, joins, statement)) {
            return carried(found, statement.cue.clone());
        }
        let why = if heads.is_empty() { "no mention heads the source" } else { "the text does not tell who is meant" };
        return Voice { cluster: None, antecedent: Some(source), evidence: vec![Evidence::rule("speaker", "entity/speaker", vec![source], why)] };
    };
    let cluster = joins.of[head.at];
    let others: Vec<&str> = heads
        .iter()
        .filter(|look| joins.of[look.at] != cluster && !look.span.contains(head.span) && !head.span.contains(look.span))
        .filter_map(|look| Some(joins.clusters[joins.of[look.at]?].name.last()?.as_str()))
        .collect();
    let why = if others.is_empty() { String::new() } else { format!("together with {}", others.join(", ")) };
    let antecedent =
        cluster
            .and_then(|cluster| {
                if head.kind == MentionKind::Pronoun { joins.last_before(cluster, looks, head.span.start()).map(|look| look.span) } else { Some(head.span) }
            })
            .unwrap_or(source);
    let mut words = vec![source, antecedent];
    words.sort();
    words.dedup();
    Voice { cluster, antecedent: Some(antecedent), evidence: vec![Evidence::rule("speaker", "entity/speaker", words, why)] }
}

/// The writing that "it" is: what spoke last, in this paragraph or the one before, where nobody is known to be behind it.
fn writing_meant(cx: &Cx<'_>, looks: &[Look], joins: &Joins, source: Span) -> Option<Span> {
    let words = cx.tokens.within(source);
    let is_it = words.len() == 1 && cx.tokens.lower(words.start) == "it";
    let paragraph = |at: usize| cx.sentences.holding(at).map(|(_, sentence)| sentence.paragraph);
    let sources = cx.statements.entries().filter(|(_, other)| other.within.is_none()).filter_map(|(id, other)| Some((id, other.source?)));
    let (id, last) = sources.filter(|(_, other)| is_it && other.start() < source.start()).max_by_key(|(_, other)| other.start())?;
    let is_near = paragraph(last.start())? + 1 >= paragraph(source.start())?;
    let is_somebody = looks.iter().any(|look| look.source_of.contains(&id) && joins.of[look.at].is_some());
    (is_near && !is_somebody && crate::statement::is_writing(cx.tokens, last)).then_some(last)
}

/// The voice that the grammar of the sentence carries over.
fn carried(found: subject::Found, mut words: Vec<Span>) -> Voice {
    words.push(found.words);
    words.sort();
    words.dedup();
    Voice { cluster: Some(found.cluster), antecedent: Some(found.words), evidence: vec![Evidence::rule("speaker", found.rule, words, found.why)] }
}

/// The speaker of a statement that names none: a transcript's turn, or what stands near it: `entity/turn`.
fn without_source(cx: &Cx<'_>, looks: &[Look], joins: &Joins, voices: &[Voice], id: Id<Statement>, statement: &Statement) -> Voice {
    let at = statement.content.first().or(statement.cue.first()).map_or(0, |span| span.start());
    if let Some((_, zone)) = cx.zones.holding(at).filter(|(_, zone)| zone.kind == ZoneKind::Turn)
        && let Some(cluster) = zone.voice.and_then(|voice| cluster_at(cx, looks, joins, voice))
    {
        return Voice {
            cluster: Some(cluster),
            antecedent: zone.voice,
            evidence: vec![Evidence::rule("speaker", "entity/turn", zone.voice.into_iter().collect(), "the turn's speaker")],
        };
    }
    let told = unnamed(cx, looks, joins, voices, id, statement);
    let found =
        if told.cluster.is_some() { None } else { subject::of_passive(cx, looks, joins, statement).or_else(|| subject::shared(cx, looks, joins, statement)) };
    let told = found.map_or(told, |found| carried(found, statement.cue.clone()));
    if told.cluster.is_none() { elided(cx, voices, id, statement).unwrap_or(told) } else { told }
}

/// The speaker of the quoted words in which a clause opens without its subject: "Very disappointed that …": `entity/elided-first-person`.
fn elided(cx: &Cx<'_>, voices: &[Voice], id: Id<Statement>, statement: &Statement) -> Option<Voice> {
    let cue = *statement.cue.first()?;
    let at = cx.tokens.within(cue).start;
    let is_quoted = cx.quotations.iter().any(|quotation| quotation.use_ == QuotationUse::Speech && quotation.span.holds(cue.start()));
    let opens = cx.sentences.holding(cue.start()).is_some_and(|(_, sentence)| sentence.tokens.start == at)
        || at > 0 && cx.tokens.kind(at - 1) == TokenKind::Punctuation && !matches!(cx.tokens.before(at, 1), "," | ")" | "'" | "’");
    let feels = cx.tokens.within(cue).any(|at| super::subject::feels(cx.tokens, at));
    if !(is_quoted && opens && feels) {
        return None;
    }
    let holding = |other: &Statement| other.content.iter().filter(|content| content.contains(cue) && **content != cue).map(|content| content.len()).min();
    let outer = cx.statements.entries().filter(|(other, _)| *other != id).filter_map(|(other, outer)| Some((holding(outer)?, other))).min()?.1;
    let cluster = voices[outer.at()].cluster?;
    let words = cx.statements[outer].source.into_iter().chain([cue]).collect();
    let why = "whoever says a clause without a subject speaks of himself";
    Some(Voice {
        cluster: Some(cluster),
        antecedent: voices[outer.at()].antecedent,
        evidence: vec![Evidence::rule("speaker", "entity/elided-first-person", words, why)],
    })
}

/// The footing of "reportedly" and "suspected": the outlet cited next to it, the authorities whose words they stand in:
/// `entity/unnamed-report`, `entity/suspected-within`.
fn unnamed(cx: &Cx<'_>, looks: &[Look], joins: &Joins, voices: &[Voice], id: Id<Statement>, statement: &Statement) -> Voice {
    let Some(cue) = statement.cue.first() else { return Voice::default() };
    let cues = || cx.tokens.within(*cue).map(|at| cx.tokens.lower(at));
    let paragraph = cx.sentences.holding(cue.start()).map_or(0, |(_, sentence)| sentence.paragraph);
    if cues().any(|word| matches!(word, "report" | "reports" | "reportedly" | "allegedly")) {
        let found = body::cited_before(looks, joins, cue.start(), paragraph).or_else(|| body::cited_after(cx, looks, joins, cue.start(), paragraph));
        let Some(cluster) = found else { return Voice::default() };
        return Voice {
            cluster: Some(cluster),
            antecedent: None,
            evidence: vec![Evidence::rule("speaker", "entity/unnamed-report", vec![*cue], "the outlet cited next to it")],
        };
    }
    let suspects = cues().any(|word| matches!(word, "suspected" | "suspicion" | "suspicions" | "suspects"));
    let outer =
        cx.statements.entries().find(|(other, outer)| *other != id && outer.source.is_some() && outer.content.iter().any(|content| content.contains(*cue)));
    let told = outer.filter(|_| suspects).and_then(|(outer, _)| voices[outer.at()].cluster);
    let outlet = |cluster: usize| joins.clusters[cluster].sort == Sort::Outlet || is_agency(looks, joins, cluster);
    let authority = told.and_then(|cluster| if outlet(cluster) { cited(cx, looks, joins, *cue) } else { Some(cluster) });
    match authority {
        Some(cluster) if is_public(looks, joins, cluster) => Voice {
            cluster: Some(cluster),
            antecedent: None,
            evidence: vec![Evidence::rule("speaker", "entity/suspected-within", vec![*cue], "the authority whose words it stands in")],
        },
        Some(_) | None => Voice::default(),
    }
}

/// Whether the text calls a cluster a news agency.
fn is_agency(looks: &[Look], joins: &Joins, cluster: usize) -> bool {
    joins.clusters[cluster].mentions.iter().any(|at| looks[*at].words.iter().any(|word| word == "news"))
}

/// Whom an outlet cites in the sentence of `cue`: "citing Norland police, the Post reports that …".
fn cited(cx: &Cx<'_>, looks: &[Look], joins: &Joins, cue: Span) -> Option<usize> {
    let sentence = cx.sentences.holding(cue.start())?.1.tokens.clone();
    let citing = |look: &&Look| matches!(cx.tokens.before(look.tokens.start, 1), "citing" | "quoting");
    looks.iter().filter(|look| sentence.contains(&look.tokens.start)).filter(citing).find_map(|look| joins.of[look.at])
}

/// Whether a cluster is an authority: police, prosecutors, a ministry.
fn is_public(looks: &[Look], joins: &Joins, cluster: usize) -> bool {
    let words = words();
    let noun =
        |word: &String| words.public.has(word) || words.plural_bodies.contains(word) || matches!(word.as_str(), "prosecutors" | "investigators" | "officials");
    joins.clusters[cluster].mentions.iter().any(|at| looks[*at].words.iter().any(noun))
}

/// The cluster of a mention inside `span`, else the only person whose last name is its last word: "MS. ODE".
fn cluster_at(cx: &Cx<'_>, looks: &[Look], joins: &Joins, span: Span) -> Option<usize> {
    let marked = looks.iter().filter(|look| span.contains(look.span)).find_map(|look| joins.of[look.at]);
    marked.or_else(|| {
        let voice = super::look::content_words(cx.tokens, cx.tokens.within(span));
        let mut bearers = (0..joins.clusters.len()).filter(|id| joins.clusters[*id].sort == Sort::Person && joins.clusters[*id].name.last() == voice.last());
        bearers.next().filter(|_| bearers.next().is_none())
    })
}

/// I and we inside a quotation are its speaker: `entity/first-person`; you is the one who was asked: `entity/addressee`.
fn first_persons(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins, voices: &[Voice]) {
    for look in looks.iter().filter(|look| look.kind == MentionKind::Pronoun) {
        let word = cx.tokens.lower(look.tokens.start);
        let (is_speaker, is_addressee) = (words().speaker.contains(word), words().addressee.contains(word));
        if joins.of[look.at].is_some() || !(is_speaker || is_addressee) {
            continue;
        }
        let (found, rule) = if is_speaker {
            (speaker_around(cx, looks, joins, voices, look), "entity/first-person")
        } else {
            (asked_around(cx, looks, joins, look), "entity/addressee")
        };
        if let Some((cluster, words)) = found {
            joins.add(cluster, look, rule, words, if is_speaker { "the speaker of the words around it" } else { "the one who was asked" });
        }
    }
}

fn speaker_around(cx: &Cx<'_>, looks: &[Look], joins: &Joins, voices: &[Voice], look: &Look) -> Option<(usize, Option<Span>)> {
    let inner = around(cx, look).min_by_key(|(_, size)| *size).and_then(|(id, _)| voices[id.at()].cluster.map(|cluster| (cluster, voices[id.at()].antecedent)));
    inner.or_else(|| {
        let (_, zone) = cx.zones.holding(look.span.start()).filter(|(_, zone)| zone.kind == ZoneKind::Turn)?;
        let voice = zone.voice?;
        cluster_at(cx, looks, joins, voice).map(|cluster| (cluster, Some(voice)))
    })
}

/// The quoted statements whose content holds a mention that is not part of their source, with the size of that content.
fn around<'c>(cx: &'c Cx<'_>, look: &'c Look) -> impl Iterator<Item = (Id<Statement>, usize)> + 'c {
    cx.statements.entries().filter_map(move |(id, statement)| {
        let content = statement.content.iter().find(|content| content.contains(look.span))?;
        let quoted = look.quotation.is_some() || statement.form != Form::Indirect;
        let own = statement.source.is_some_and(|source| source.overlaps(look.span));
        (quoted && !own).then_some((id, content.len()))
    })
}

/// "You" in a question put to somebody in the passive: "…?" Ode was asked.
fn asked_around(cx: &Cx<'_>, looks: &[Look], joins: &Joins, look: &Look) -> Option<(usize, Option<Span>)> {
    let (id, _) = around(cx, look).min_by_key(|(_, size)| *size)?;
    let cue = *cx.statements[id].cue.first()?;
    let tokens = cx.tokens.within(cue);
    let passive = tokens.clone().any(|at| matches!(cx.tokens.lower(at), "was" | "were"))
        && tokens.clone().any(|at| matches!(cx.tokens.lower(at), "asked" | "pressed" | "questioned"));
    let subject = looks.iter().find(|other| other.tokens.end == tokens.start && other.kind != MentionKind::Description)?;
    passive.then_some(()).and_then(|()| joins.of[subject.at]).map(|cluster| (cluster, Some(subject.span)))
}
