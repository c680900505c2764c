//! Joins the names of people: full names that agree, then short ones.

use super::Cx;
use super::join::{Joins, Sort};
use super::look::{Gender, Look, Role, gender_of_first_name, likely_gender};
use crate::mention::words::words;
use crate::mention::{MentionKind, MentionOf};
use std::collections::BTreeSet;

/// How many paragraphs back another bearer of a last name makes a bare one ambiguous.
const NEAR: usize = 1;

/// Joins people by their names.
pub(super) fn join_people(cx: &Cx<'_>, looks: &[Look], joins: &mut Joins) {
    let people = || looks.iter().filter(|look| look.is_name_of(MentionOf::Person) && !look.words.is_empty());
    for look in people().filter(|look| parts(look).len() > 1) {
        full_name(look, looks, joins);
    }
    // "Mr. Ode" tells more than "Ode", and opens who "President Ode" can be besides Mara Ode.
    let told = |look: &&Look| look.gender.is_some();
    for look in people().filter(|look| parts(look).len() == 1).filter(told) {
        short_name(cx, look, looks, joins);
    }
    for look in people().filter(|look| parts(look).len() == 1).filter(|look| !told(look)) {
        short_name(cx, look, looks, joins);
    }
}

/// The words of a name without "Jr." and the like.
fn parts(look: &Look) -> Vec<&str> {
    let parts = parts_of(&look.words);
    if parts.len() == 2 && is_particle(parts[0]) { parts[1..].to_vec() } else { parts }
}

/// What stands before a last name and belongs to it: "de Ode".
fn is_particle(word: &str) -> bool {
    matches!(word, "al" | "bin" | "da" | "de" | "del" | "der" | "di" | "dos" | "du" | "el" | "la" | "le" | "van" | "von")
}

pub(crate) fn parts_of(name: &[String]) -> Vec<&str> {
    name.iter().map(String::as_str).filter(|word| !is_generation(word)).collect()
}

/// "Jr." and the like in a name.
pub(crate) fn generation(name: &[String]) -> Option<&str> {
    name.iter().map(String::as_str).find(|word| is_generation(word))
}

fn is_generation(word: &str) -> bool {
    matches!(word, "jr" | "sr" | "ii" | "iii" | "iv")
}

/// Joins a full name with an earlier one that it does not clash with: `entity/full-name`.
fn full_name(look: &Look, looks: &[Look], joins: &mut Joins) {
    let agrees = |id: &usize| {
        let cluster = &joins.clusters[*id];
        // "Tom Ode Jr." is not the Tom Ode whom the text named before; "Tom Ode" after "Tom Ode Jr." is he.
        let is_junior = generation(&look.words).is_some() && generation(&cluster.name).is_none() && parts_of(&cluster.name).len() > 1;
        let fits = |other: &usize| agree(&look.words, &looks[*other].words) || is_end_of(&parts(look), &parts(&looks[*other]));
        !is_junior && cluster.mentions.iter().all(fits) && genders_agree(look, joins, *id)
    };
    let found: Vec<usize> = (0..joins.clusters.len()).filter(agrees).collect();
    match found.as_slice() {
        [] => {
            let id = joins.open(Sort::Person, look);
            joins.clusters[id].gender = joins.clusters[id].gender.or_else(|| gender_of_first_name(parts(look)[0]));
            joins.clusters[id].likely = likely_gender(parts(look)[0]);
        }
        [id, ..] => {
            let matched = joins.last_before(*id, looks, look.span.start()).map(|other| other.span);
            joins.add(*id, look, "entity/full-name", matched, "the names agree");
            if look.words.len() > joins.clusters[*id].name.len() {
                joins.clusters[*id].name = look.words.clone();
            }
        }
    }
}

fn genders_agree(look: &Look, joins: &Joins, id: usize) -> bool {
    match (look.gender, joins.clusters[id].gender) {
        (Some(one), Some(other)) => one == other,
        (Some(_), None) | (None, Some(_)) | (None, None) => true,
    }
}

/// Whether two full names can be one person's.
pub(crate) fn agree(one: &[String], other: &[String]) -> bool {
    if let (Some(a), Some(b)) = (generation(one), generation(other))
        && a != b
    {
        return false;
    }
    let (one, other) = (parts_of(one), parts_of(other));
    let run = |name: &[&str]| name.concat().replace('-', "");
    if run(&one) == run(&other) {
        return true;
    }
    if one.len() < 2 || other.len() < 2 || one.last() != other.last() {
        return false;
    }
    let ends_full_name = |last: &[&str], full: &[&str]| gender_of_first_name(full[0]).is_some() && is_end_of(last, full);
    if ends_full_name(&one, &other) || ends_full_name(&other, &one) {
        return true;
    }
    words().same_first_name(one[0], other[0]) && middles_agree(&one[1..one.len() - 1], &other[1..other.len() - 1])
}

/// "López Obrador", behind "Andrés Manuel López Obrador": a last name of two words, the first of them nobody's first name.
fn is_end_of(last: &[&str], full: &[&str]) -> bool {
    last.len() < full.len() && full.ends_with(last) && gender_of_first_name(last[0]).is_none()
}

fn middles_agree(one: &[&str], other: &[&str]) -> bool {
    match (one, other) {
        ([], _) | (_, []) => true,
        ([a], [b]) => words().same_first_name(a, b),
        (_, _) => one.iter().any(|word| other.contains(word)),
    }
}

/// Joins a single name with a full one that bears it: `entity/short-name`.
fn short_name(cx: &Cx<'_>, look: &Look, looks: &[Look], joins: &mut Joins) {
    let Some(word) = parts(look).first().map(|word| (*word).to_owned()) else { return };
    let written = |look: &Look| look.span.of(cx.text());
    let shouts = |at: usize| at < cx.tokens.len() && cx.tokens.span(at).of(cx.text()).chars().all(char::is_uppercase);
    let plain =
        look.titles.is_empty() && !shouts(look.tokens.end) && !look.tokens.start.checked_sub(1).is_some_and(shouts) && cx.tokens.lower(look.tokens.end) != ":";
    let letters = |id: usize| {
        if !plain {
            return false;
        }
        let full = joins.clusters[id].mentions.iter().map(|at| &looks[*at]).max_by_key(|other| other.words.len());
        full.is_some_and(|full| full.words.len() > 1 && is_letters(written(look), written(full)))
    };
    let people = |joins: &Joins, test: &dyn Fn(&[&str]) -> bool| -> Vec<usize> {
        (0..joins.clusters.len())
            .filter(|id| {
                joins.clusters[*id].sort == Sort::Person
                    && test(&parts_of(&joins.clusters[*id].name))
                    && genders_agree(look, joins, *id)
                    && !is_kin_of(look, joins, *id)
                    && !is_introduced_later(cx, look, looks, joins, *id)
                    && !is_namesake(look, looks, joins, *id)
                    && !letters(*id)
            })
            .collect()
    };
    let mut found = people(joins, &|name| name.last().is_some_and(|last| *last == word || last.ends_with(&format!("-{word}"))));
    if found.is_empty() {
        found = people(joins, &|name| name.first() == Some(&word.as_str()));
    }
    if found.is_empty() {
        joins.open(Sort::Person, look);
        return;
    }
    let holders = holders(look, joins, &found);
    if let Some(id) = choose(look, looks, joins, if holders.is_empty() { &found } else { &holders }) {
        let matched = joins.last_before(id, looks, look.span.start()).map(|other| other.span);
        let why = if found.len() > 1 {
            format!("the bearer whom the text goes on about; passed over: {}", passed_over(joins, &found, id))
        } else {
            "the only bearer of the name".to_owned()
        };
        joins.add(id, look, "entity/short-name", matched, why);
    }
}

/// "UN" is nobody called Un: letters that stand for a body are no last name, where the name itself is written in small ones.
pub(crate) fn is_letters(short: &str, full: &str) -> bool {
    const LONGEST: usize = 4;
    let capitals = |word: &str| word.chars().all(char::is_uppercase);
    let last = full.split_whitespace().last().unwrap_or(full);
    (2..=LONGEST).contains(&short.chars().count()) && capitals(short) && !capitals(last.rsplit('-').next().unwrap_or(last))
}

/// "President Ode" is not the first lady Mara Ode: who is somebody's kin to the text does not hold his office.
fn is_kin_of(look: &Look, joins: &Joins, id: usize) -> bool {
    let words = words();
    let office = |role: &Role| words.offices.contains(&role.head);
    let roles = &joins.clusters[id].roles;
    look.titles.iter().any(office) && roles.iter().any(|role| words.kin.contains(&role.head)) && !roles.iter().any(|role| look.titles.contains(role))
}

/// "President Ode", before anybody of the name was named in full, is not the Tom Ode whom the text introduces further down and gives no such
/// title: news names people in full first. The name under a post introduces nobody.
fn is_introduced_later(cx: &Cx<'_>, look: &Look, looks: &[Look], joins: &Joins, id: usize) -> bool {
    let cluster = &joins.clusters[id];
    let signs = |full: &Look| cx.tokens.lower(full.tokens.end) == "(" && cx.tokens.lower(full.tokens.end + 1).starts_with('@');
    let full = cluster.mentions.iter().map(|at| &looks[*at]).filter(|other| parts_of(&other.words).len() > 1).min_by_key(|other| other.span.start());
    let introduced = full.filter(|full| !signs(full)).map(|full| full.span.start());
    !look.titles.is_empty() && introduced.is_some_and(|at| at > look.span.start()) && !share_an_office(&cluster.roles, &look.titles)
}

/// "Ode", before anybody of the name was named in full, is not the Tom Ode Jr. whom the text introduces further down, nor the Mara Ode, where the
/// text goes on about that "Ode" with "he".
fn is_namesake(look: &Look, looks: &[Look], joins: &Joins, id: usize) -> bool {
    let cluster = &joins.clusters[id];
    let full = cluster.mentions.iter().map(|at| &looks[*at]).filter(|other| parts_of(&other.words).len() > 1).min_by_key(|other| other.span.start());
    let Some(full) = full.filter(|full| full.span.start() > look.span.start()) else { return false };
    let is_junior = generation(&cluster.name).is_some() && generation(&look.words).is_none();
    let is_other = |gender: Gender| cluster.gender.or(cluster.likely).is_some_and(|other| other != gender);
    is_junior && full.paragraph > look.paragraph + NEAR || gender_of_short(looks, look, full).is_some_and(is_other)
}

/// The gender of the pronouns in the sentences before `full` that name nobody but the bearer of the last name `look`, and of those with which
/// the sentences behind them begin.
fn gender_of_short(looks: &[Look], look: &Look, full: &Look) -> Option<Gender> {
    let before: Vec<&Look> = looks.iter().filter(|other| other.span.start() < full.span.start() && other.quotation.is_none()).collect();
    let is_bearer = |other: &&&Look| other.is_name_of(MentionOf::Person) && parts(other) == parts(look);
    let mut count = (0, 0);
    for sentence in before.iter().filter(is_bearer).map(|bearer| bearer.sentence).collect::<BTreeSet<usize>>() {
        let here = || before.iter().filter(|other| other.sentence == sentence);
        if here().any(|other| other.is_name_of(MentionOf::Person) && parts(other) != parts(look)) {
            continue;
        }
        let next = before.iter().filter(|other| other.sentence == sentence + 1).min_by_key(|other| other.span.start()).filter(|next| next.is_subject);
        for gender in here().chain(next).filter(|other| other.kind == MentionKind::Pronoun).filter_map(|other| other.gender) {
            match gender {
                Gender::He => count.0 += 1,
                Gender::She => count.1 += 1,
            }
        }
    }
    match count {
        (he, 0) if he >= TELLING => Some(Gender::He),
        (0, she) if she >= TELLING => Some(Gender::She),
        (_, _) => None,
    }
}

/// Pronouns that tell the gender of a name.
const TELLING: usize = 2;

/// Whether a role of the one names what a role of the other does.
pub(crate) fn share_an_office(one: &[Role], other: &[Role]) -> bool {
    one.iter().any(|role| other.iter().any(|other| other.head == role.head))
}

/// Of several bearers of a last name those to whom the text gives the office of "President Ode", else those it names in no other way.
fn holders(look: &Look, joins: &Joins, found: &[usize]) -> Vec<usize> {
    let held = |id: &&usize| share_an_office(&joins.clusters[**id].roles, &look.titles);
    let titled = look.titles.iter().any(|role| words().offices.contains(&role.head));
    if !titled {
        return Vec::new();
    }
    let holding: Vec<usize> = found.iter().filter(held).copied().collect();
    if holding.is_empty() { found.iter().filter(|id| parts_of(&joins.clusters[**id].name).len() == 1).copied().collect() } else { holding }
}

/// Among several bearers of a last name: the one introduced first, unless another is as near; the one introduced last, where the first was named
/// once and not again, and by no title.
fn choose(look: &Look, looks: &[Look], joins: &Joins, found: &[usize]) -> Option<usize> {
    if let [only] = found {
        return Some(*only);
    }
    let at = look.span.start();
    let main = *found.iter().min_by_key(|id| joins.first_at(**id, looks))?;
    let near = |id: &usize| joins.last_before(*id, looks, at).is_some_and(|other| other.paragraph + NEAR >= look.paragraph);
    let last = |id: usize| joins.last_before(id, looks, at).map(|other| other.span.start());
    let later: Vec<usize> = found.iter().copied().filter(|id| *id != main && last(*id) > last(main)).collect();
    if let [later] = later.as_slice()
        && !near(&main)
        && is_named_once(looks, joins, main, at)
    {
        return Some(*later);
    }
    let rivals = found.iter().filter(|id| **id != main && near(id)).count();
    (rivals == 0).then_some(main)
}

/// Whether somebody was named once before `at`, in full and by no title.
fn is_named_once(looks: &[Look], joins: &Joins, id: usize, at: usize) -> bool {
    let mut before = joins.clusters[id].mentions.iter().map(|mention| &looks[*mention]).filter(|other| other.span.start() < at);
    before.next().is_some_and(|other| other.titles.is_empty() && parts(other).len() > 1) && before.next().is_none()
}

fn passed_over(joins: &Joins, found: &[usize], chosen: usize) -> String {
    let others = found.iter().filter(|id| **id != chosen).map(|id| joins.clusters[*id].name.join(" "));
    others.collect::<Vec<_>>().join(", ")
}
