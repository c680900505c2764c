//! Joins the names of bodies, places and things, tells outlets, and gives "the ministry" its name.

use super::Cx;
use super::join::{Joins, Sort};
use super::look::{Definite, Look, content_words, gender_of_first_name, likely_gender};
use crate::mention::words::{Number, words};
use crate::mention::{MentionKind, MentionOf};
use crate::text::Span;
use crate::zone::ZoneKind;
use std::collections::HashSet;

/// How many words may fall away at the front of a body's name: "United States Treasury Department", "Treasury Department".
const DROPPED: usize = 3;
/// How many paragraphs back "the company" may mean a body whose name does not say that it is one.
const REACH: usize = 3;

/// How many paragraphs ahead the outlet of "a newspaper reported" is named.
const AHEAD: usize = 6;

/// Joins the names of bodies, places and things with each other, each kind by itself.
pub(super) fn join_names(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins) {
    let places: HashSet<String> = looks.iter().filter(|look| look.is_name_of(MentionOf::Place)).flat_map(|look| key(&look.words)).collect();
    for (of, sort) in [(MentionOf::Organization, Sort::Body), (MentionOf::Place, Sort::Place), (MentionOf::Other, Sort::Thing)] {
        let mut names: Vec<&Look> = looks.iter().filter(|look| look.is_name_of(of) && !look.words.is_empty()).collect();
        names.sort_by_key(|look| (std::cmp::Reverse(key(&look.words).len()), look.at));
        for look in names {
            join_name(cx, looks, joins, look, sort, &places);
        }
    }
}

fn join_name(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins, look: &Look, sort: Sort, places: &HashSet<String>) {
    let own = key(&look.words);
    let mut rules: Vec<(&'static str, Vec<usize>)> = Vec::new();
    let mut seek = |rule: &'static str, test: &dyn Fn(&[String]) -> bool| {
        let same = |id: &usize| joins.clusters[*id].sort == sort && joins.clusters[*id].mentions.iter().any(|other| test(&key(&looks[*other].words)));
        rules.push((rule, (0..joins.clusters.len()).filter(same).collect()));
    };
    seek("entity/same-name", &|other| other == own);
    seek("entity/acronym", &|other| is_acronym(&own, other) && cx.text()[look.span.range()].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase));
    if sort == Sort::Body {
        seek("entity/short-body", &|other| is_short_form(&own, other, places));
    }
    let found = rules.into_iter().find_map(|(rule, found)| match found.as_slice() {
        [id] => Some((rule, *id)),
        [] | [_, _, ..] => None,
    });
    match found {
        Some((rule, id)) => {
            let matched = joins.last_before(id, looks, look.span.start()).map(|other| other.span);
            joins.add(id, look, rule, matched, "the names agree");
        }
        None => {
            let id = joins.open(sort, look);
            if sort != Sort::Body && own.len() == 2 {
                joins.clusters[id].likely = gender_of_first_name(&own[0]).or_else(|| likely_gender(&own[0]));
            }
        }
    }
}

/// The words of a body's name with the letters of "U.N." run together and "the" off.
pub(crate) fn key(name: &[String]) -> Vec<String> {
    let mut key: Vec<String> = Vec::new();
    let mut letters = false;
    for word in name.iter().filter(|word| *word != "the") {
        let letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        match key.last_mut().filter(|_| letters && letter) {
            Some(last) => last.push_str(word),
            None => key.push(word.clone()),
        }
        letters = letter;
    }
    key
}

/// Whether `short` is made of the first letters of `long`: "FBD", "Federal Bureau of Dams".
pub(crate) fn is_acronym(short: &[String], long: &[String]) -> bool {
    let [short] = short else { return false };
    let small = |word: &String| matches!(word.as_str(), "of" | "the" | "and" | "for" | "on" | "in" | "de" | "&");
    let initials =
        |all: bool| long.iter().filter(|word| all || !small(word)).flat_map(|word| word.split('-')).filter_map(|word| word.chars().next()).collect::<String>();
    long.len() > 1 && short.chars().count() > 1 && (initials(false) == *short || initials(true) == *short)
}

/// Whether `short` is `long` without its country or its "Inc".
pub(crate) fn is_short_form(short: &[String], long: &[String], places: &HashSet<String>) -> bool {
    let words = words();
    if short.len() >= long.len() {
        return false;
    }
    if long.starts_with(short) {
        let one_outlet = long.len() == short.len() + 1 && words.outlet_names.contains(&long[short.len()]);
        return one_outlet || long[short.len()..].iter().all(|word| words.suffixes.contains(word) || word == "&");
    }
    let dropped = long.len() - short.len();
    let country =
        long[..dropped].iter().all(|word| places.contains(word) || matches!(word.as_str(), "us" | "uk" | "un" | "eu" | "united" | "states" | "nations"));
    let enough = short.len() > 1 || country || words.outlet_names.contains(&short[0]) && short[0] != "news";
    long.ends_with(short) && dropped <= DROPPED && enough && !matches!(long[dropped - 1].as_str(), "of" | "for" | "and" | "the")
}

/// Finds the bodies that are outlets: `entity/outlet`.
pub(super) fn mark_outlets(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins) {
    let own = own_outlet(cx);
    for id in 0..joins.clusters.len() {
        if joins.clusters[id].sort != Sort::Body {
            continue;
        }
        let sign = joins.clusters[id].mentions.iter().find_map(|at| sign_of_outlet(cx, &looks[*at], own.as_deref()));
        if let Some((span, why)) = sign {
            joins.clusters[id].sort = Sort::Outlet;
            joins.clusters[id].evidence.push(crate::evidence::Evidence::rule("kind", "entity/outlet", vec![span], why));
        }
    }
}

/// The name of the document's outlet as words.
fn own_outlet(cx: &Cx<'_>) -> Option<Vec<String>> {
    let tokens = crate::token::tokenize(cx.document.outlet.as_ref()?);
    Some(key(&tokens.lowered().filter(|word| word.chars().any(char::is_alphanumeric)).map(str::to_owned).collect::<Vec<_>>()))
}

fn sign_of_outlet(cx: &Cx<'_>, look: &Look, own: Option<&[String]>) -> Option<(Span, &'static str)> {
    let words = words();
    let name = key(&look.words);
    let last = name.last()?.as_str();
    if own == Some(name.as_slice()) {
        return Some((look.span, "it is the document's outlet"));
    }
    if words.outlet_names.contains(last) && cx.tokens.is_capitalised(cx.text(), look.tokens.start) {
        return Some((look.span, "it is named as outlets are"));
    }
    if words.is_body(last) || words.suffixes.contains(last) {
        return None;
    }
    let (before, after) = (cx.tokens.before(look.tokens.start, 1), cx.tokens.lower(look.tokens.end));
    let after_two = cx.tokens.lower(look.tokens.end + 1);
    let noun = |word: &str| words.outlets.has(word) && word != "agency";
    if noun(before) || noun(after) || before == "agency" && cx.tokens.before(look.tokens.start, 2) == "news" || after == "news" && after_two == "agency" {
        return Some((look.span, "the text calls it an outlet"));
    }
    if matches!(before, "told" | "tell" | "tells" | "telling") || before == "the" && matches!(cx.tokens.before(look.tokens.start, 2), "told" | "tell" | "tells")
    {
        return Some((look.span, "somebody tells it"));
    }
    let in_dateline = cx.zones.holding(look.span.start()).is_some_and(|(_, zone)| zone.kind == ZoneKind::Dateline && before == "(");
    if in_dateline {
        return Some((look.span, "it stands in the dateline"));
    }
    let reports = |id: &crate::text::Id<crate::statement::Statement>| {
        cx.statements[*id].cue.iter().any(|cue| cx.tokens.within(*cue).any(|at| words.reporting.contains(cx.tokens.lower(at))))
    };
    look.source_of.iter().any(reports).then_some((look.span, "it reports"))
}

/// Gives a described body ("the ministry", "the newspaper") the named body it means: `entity/body-noun`.
pub(super) fn join_description(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins, look: &Look) -> usize {
    let found = if look.definite == Definite::Known { antecedent(cx, looks, joins, look) } else { named_after(cx, looks, joins, look) };
    if let Some(id) = found {
        let matched = joins.last_before(id, looks, look.span.start()).map(|other| other.span);
        joins.add(id, look, "entity/body-noun", matched, "the nearest body that the noun fits");
        return id;
    }
    let same = |id: &usize| {
        matches!(joins.clusters[*id].sort, Sort::Body | Sort::Outlet)
            && joins.clusters[*id]
                .mentions
                .iter()
                .any(|other| looks[*other].kind == MentionKind::Description && looks[*other].definite == look.definite && looks[*other].words == look.words)
    };
    let again = (look.definite == Definite::Known || look.number == Some(Number::Many) && words().plural_bodies.contains(look.head()))
        .then(|| (0..joins.clusters.len()).find(same))
        .flatten();
    match again {
        Some(id) => {
            joins.add(id, look, "entity/same-description", None, "the same definite words");
            id
        }
        None => {
            let outlet = words().general_media.contains(look.words.last().map_or("", String::as_str))
                || words().outlets.has(look.head()) && !matches!(look.head(), "agency" | "site" | "network" | "station" | "channel");
            joins.open(if outlet { Sort::Outlet } else { Sort::Body }, look)
        }
    }
}

fn antecedent(cx: &Cx<'_>, looks: &[Look], joins: &Joins, look: &Look) -> Option<usize> {
    let words = words();
    let head = look.words.last()?.as_str();
    let rest = &look.words[..look.words.len() - 1];
    let has_words = |id: usize, kind: MentionKind| {
        joins.clusters[id].mentions.iter().any(|other| {
            let other = &looks[*other];
            let noun = key(&other.words);
            other.kind == kind
                && other.of == MentionOf::Organization
                && noun.contains(&head.to_owned())
                && rest.iter().all(|word| noun.contains(word))
                && noun.last().is_some_and(|last| last == head || other.kind == MentionKind::Name)
        })
    };
    let fits = |id: usize| {
        let cluster = &joins.clusters[id];
        // "The Department of Public Safety" is a department.
        let last = key(&cluster.name).into_iter().take_while(|word| !matches!(word.as_str(), "of" | "for")).last().unwrap_or_default();
        let is_public = words.public.has(&last) || words.plural_bodies.contains(&last);
        let is_group = head != "group" || !is_public || words.grouped.contains(&last);
        match cluster.sort {
            Sort::Outlet => words.outlets.has(head) && rest.iter().all(|word| matches!(word.as_str(), "news" | "daily" | "wire")),
            Sort::Body => rest.is_empty() && (words.companies.has(head) && !is_public || words.loose.contains(head) && is_group && !words.companies.has(&last)),
            Sort::Person | Sort::Described | Sort::Place | Sort::Thing => false,
        }
    };
    let at = look.span.start();
    let bodies = || (0..joins.clusters.len()).filter(|id| matches!(joins.clusters[*id].sort, Sort::Body | Sort::Outlet));
    let latest = |id: &usize| joins.last_before(*id, looks, at).map(|other| other.span.start());
    // Whom a quotation names within, and the network that something stands "on", the text does not go on about.
    let goes_on_about = |other: &Look| (other.quotation.is_none() || other.quotation == look.quotation) && cx.tokens.before(other.tokens.start, 1) != "on";
    let before = |id: usize| joins.clusters[id].mentions.iter().map(|other| &looks[*other]).filter(|other| other.span.start() < at);
    let near = |id: usize| before(id).any(|other| other.paragraph + REACH >= look.paragraph && goes_on_about(other));
    let is_named_so = |id: usize| has_words(id, MentionKind::Name);
    let is_called_so = |id: usize| is_named_so(id) || has_words(id, MentionKind::Description);
    let by_words = bodies().filter(|id| is_called_so(*id) && latest(id).is_some()).max_by_key(latest);
    let by_kind = bodies().filter(|id| fits(*id) && near(*id)).max_by_key(latest);
    // "The airline" is not the one called so before where another that can be has spoken since.
    let spoke = |id: &usize| joins.last_before(*id, looks, at).is_some_and(|other| !other.source_of.is_empty());
    let since = by_kind.filter(|kind| spoke(kind) && by_words.is_some_and(|words| !is_named_so(words) && latest(kind) > latest(&words)));
    since.or(by_words).or(by_kind).or_else(|| {
        let mut later = bodies().filter(|id| is_called_so(*id));
        later.next().filter(|_| later.next().is_none())
    })
}

/// Gives "the report" the outlet whose report it is, where one has just been cited: `entity/report-of`.
/// A report of nobody in particular that speaks ("media reports say") is an outlet without a name.
pub(super) fn join_work(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins, look: &Look) {
    let head = look.words.last().map_or("", String::as_str);
    let is_short = content_words(cx.tokens, look.tokens.clone()).len() <= 2;
    let within = named_within(cx, looks, joins, look);
    let found = if within.is_some() {
        within
    } else if look.definite == Definite::Known && is_short && is_work(cx, look) {
        cited_before(looks, joins, look.span.start(), look.paragraph)
    } else {
        named_after(cx, looks, joins, look)
    };
    if let Some(id) = found {
        let matched = joins.last_before(id, looks, look.span.start()).map(|other| other.span);
        joins.add(id, look, "entity/report-of", matched, "the outlet cited next to it");
    } else if !look.source_of.is_empty() && (words().works.has(noun_of(cx, look)) || words().general_media.contains(head)) {
        joins.open(Sort::Outlet, look);
    }
}

/// The outlet that a description of a work names as its own: "a report in the Harrow Post", "the Harrow Post story".
fn named_within(cx: &Cx<'_>, looks: &[Look], joins: &Joins, look: &Look) -> Option<usize> {
    let noun = look.tokens.clone().find(|at| words().works.has(cx.tokens.lower(*at)))?;
    let puts_out = |name: &Look| {
        let between = if name.tokens.start > noun { noun + 1..name.tokens.start } else { name.tokens.end..noun };
        let joint = |at: usize| matches!(cx.tokens.lower(at), "'" | "’" | "by" | "from" | "in" | "of" | "s" | "the");
        between.into_iter().all(joint)
    };
    let names = looks.iter().filter(|other| other.kind == MentionKind::Name && look.span.contains(other.span));
    names.filter(|name| puts_out(name)).filter_map(|name| joins.of[name.at]).find(|id| joins.clusters[*id].sort == Sort::Outlet)
}

/// Whether a description is of what an outlet puts out: "the report", "a media report".
pub(super) fn is_work(cx: &Cx<'_>, look: &Look) -> bool {
    words().works.has(noun_of(cx, look))
}

/// The noun a description rests on, as written.
fn noun_of<'c>(cx: &'c Cx<'_>, look: &Look) -> &'c str {
    let end = look.tokens.clone().skip(1).find(|at| crate::mention::words::ends_phrase(cx.tokens.lower(*at))).unwrap_or(look.tokens.end);
    cx.tokens.lower(end.saturating_sub(1))
}

/// The outlet cited last before the byte `at`, not further back than [`REACH`] paragraphs.
pub(super) fn cited_before(looks: &[Look], joins: &Joins, at: usize, paragraph: usize) -> Option<usize> {
    let cited = |id: &usize| {
        let cites = joins.clusters[*id]
            .mentions
            .iter()
            .map(|other| &looks[*other])
            .filter(|other| other.span.start() < at && other.paragraph + REACH >= paragraph && !other.source_of.is_empty());
        cites.map(|other| other.span.start()).max()
    };
    (0..joins.clusters.len()).filter(|id| joins.clusters[*id].sort == Sort::Outlet && cited(id).is_some()).max_by_key(cited)
}

/// The outlet with a name that is cited first after an unnamed one of the lead: "a newspaper said … The Harrow Post said".
pub(super) fn named_after(cx: &Cx<'_>, looks: &[Look], joins: &Joins, look: &Look) -> Option<usize> {
    let noun = noun_of(cx, look);
    let one = look.number == Some(Number::One) && look.definite == Definite::New && !look.source_of.is_empty();
    if !one || !(words().works.has(noun) || words().outlets.has(noun) && noun != "agency") {
        return None;
    }
    cited_after(cx, looks, joins, look.span.start(), look.paragraph)
}

/// The first outlet with a name to be cited after the byte `at`, other than the document's own.
pub(super) fn cited_after(cx: &Cx<'_>, looks: &[Look], joins: &Joins, at: usize, paragraph: usize) -> Option<usize> {
    let next = looks.iter().find(|other| {
        let outlet = joins.of[other.at]
            .is_some_and(|id| joins.clusters[id].sort == Sort::Outlet && own_outlet(cx).as_deref() != Some(key(&joins.clusters[id].name).as_slice()));
        other.span.start() > at && other.kind == MentionKind::Name && outlet && other.paragraph <= paragraph + AHEAD && !other.source_of.is_empty()
    })?;
    joins.of[next.at]
}
