//! The rows of one story: what lists, searches and people's pages are made of.

use crate::correction::is_known_everywhere;
use crate::error::Problem;
use crate::making::{Made, digest};
use crate::name::{everywhere, in_document, name};
use crate::unsure;
use onrecord::act::Factuality;
use onrecord::compare::RelationKind;
use onrecord::line::one_line;
use onrecord::wire::record::{Interval, Record, Words};
use onrecord::wire::{self, Named};
use onrecord::zone::ZoneKind;
use rusqlite::{Transaction, params};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::panic::resume_unwind;
use std::thread;

/// Puts the rows of a story in the place of those that were there; meanwhile its record is hashed, which takes as long.
pub(crate) fn replace(transaction: &Transaction<'_>, team: i64, made: &Made) -> Result<(), Problem> {
    thread::scope(|scope| {
        let hash = scope.spawn(|| digest(&made.wire));
        rows(transaction, team, made)?;
        let hash = hash.join().unwrap_or_else(|panic| resume_unwind(panic));
        transaction.prepare_cached("UPDATE story SET digest = ?2 WHERE team = ?1")?.execute(params![team, hash])?;
        Ok(())
    })
}

/// Puts the rows of a story but for its digest.
fn rows(transaction: &Transaction<'_>, team: i64, made: &Made) -> Result<(), Problem> {
    // A story that was named so under another number is no more, and is stale itself.
    transaction.execute("DELETE FROM story WHERE team = ?1 OR id = ?2", params![team, made.whole.id])?;
    let record = &made.wire;
    let (first, last) = days(record);
    let conflicts = record.relations.iter().filter(|relation| relation.kind == RelationKind::Conflicts).count();
    transaction
        .prepare_cached("INSERT INTO story (team, id, fingerprint, headline, first_day, last_day, documents, statements, conflicts, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, x'')")?
        .execute(params![
            team,
            made.whole.id,
            made.members.fingerprint().to_le_bytes(),
            headline(made),
            first,
            last,
            record.documents.len() as i64,
            record.statements.len() as i64,
            conflicts as i64
        ])?;
    for number in &made.whole.record.corrected {
        transaction.prepare_cached("INSERT OR IGNORE INTO effect (team, correction) VALUES (?1, ?2)")?.execute(params![team, number])?;
    }
    memberships(transaction, team, made)?;
    people(transaction, team, made)?;
    statements(transaction, team, made)?;
    questions(transaction, team, record)?;
    unsure::keep(transaction, team, made)
}

/// The first and last day of a story's documents.
fn days(record: &Record) -> (Option<&str>, Option<&str>) {
    let days = || record.documents.iter().filter_map(|document| document.dating.date.as_deref());
    (days().min(), days().max())
}

/// What a list calls a story: the headline of its first document that has one, else its first line. Of several lines above an
/// article the longest is its headline; the others are the paper's name and the section.
fn headline(made: &Made) -> String {
    let readings = || made.whole.accounts.iter().map(|account| &account.reading);
    let titled = readings().find_map(|reading| {
        let zones = reading.zones.iter().filter(|zone| zone.kind == ZoneKind::Headline).flat_map(|zone| zone.span.of(&reading.document.text).lines());
        let zone = zones.max_by_key(|line| line.chars().count());
        reading.document.title.as_deref().or(zone)
    });
    let first = || readings().find_map(|reading| reading.document.text.lines().find(|line| !line.trim().is_empty()));
    let line = titled.or_else(first).unwrap_or_default();
    one_line(line).chars().take(LONGEST).collect()
}

/// Characters of a headline that are kept: a longer one is a first paragraph.
const LONGEST: usize = 160;

fn memberships(transaction: &Transaction<'_>, team: i64, made: &Made) -> Result<(), Problem> {
    for (place, (version, membership)) in made.versions.iter().zip(&made.whole.record.story.documents).enumerate() {
        let why = membership.evidence.first().map_or("", |evidence| evidence.why.as_ref());
        transaction.prepare_cached("INSERT INTO membership (team, place, version, kind, why) VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
            team,
            place as i64,
            version,
            if membership.is_main() { "own" } else { "touches" },
            why
        ])?;
    }
    Ok(())
}

/// One name for everybody of this kind and full name; who has one word for a name is known within the story alone.
fn people(transaction: &Transaction<'_>, team: i64, made: &Made) -> Result<(), Problem> {
    let mut said: HashMap<&str, usize> = HashMap::new();
    // Only what is actual was said.
    let actual = made.wire.statements.iter().filter(|statement| statement.factuality == Factuality::Actual);
    actual.filter_map(|statement| statement.speaker.as_deref()).for_each(|speaker| *said.entry(speaker).or_default() += 1);
    let named = named(&made.wire);
    let people = made.wire.people.iter().zip(made.whole.record.people.layer.iter()).enumerate();
    for (at, (person, engine)) in people.filter(|(_, (person, _))| named.contains(person.id.as_str())) {
        let id = match engine.entities.first().filter(|_| !is_known_everywhere(person.kind, &person.name)) {
            Some(entity) => in_document(&made.whole.documents[entity.document], entity.id.at()),
            // The press that asks unnamed has no mention: it is that of its story.
            None if engine.entities.is_empty() => name('p', &format!("{} {}", made.whole.documents[0], person.name)),
            None => everywhere(person.kind.name(), &person.name),
        };
        let count = said.get(person.id.as_str()).copied().unwrap_or(0);
        transaction
            .prepare_cached("INSERT INTO person (team, number, id, name, kind, roles, statements) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
            .execute(params![team, at as i64 + 1, id, person.name, person.kind.name(), json!(person.roles).to_string(), count as i64])?;
    }
    Ok(())
}

/// The people that a statement or an asking names.
fn named(record: &Record) -> HashSet<&str> {
    let speakers = record.statements.iter().filter_map(|statement| statement.speaker.as_deref());
    let addressees = record.statements.iter().filter_map(|statement| statement.addressee.as_ref()?.person.as_deref());
    let askings = record.questions.iter().flat_map(|question| &question.askings);
    let asked = askings.flat_map(|asking| [asking.asker.as_deref(), asking.addressee.as_deref()]).flatten();
    speakers.chain(addressees).chain(asked).collect()
}

fn statements(transaction: &Transaction<'_>, team: i64, made: &Made) -> Result<(), Problem> {
    let mut utterance_of: HashMap<&str, i64> = HashMap::new();
    for (at, utterance) in made.wire.utterances.iter().enumerate() {
        utterance_of.extend(utterance.statements.iter().map(|statement| (statement.as_str(), at as i64 + 1)));
    }
    let mut numbers: Vec<_> = made.whole.numbers.iter().map(|numbers| numbers.iter()).collect();
    let sql = "INSERT INTO statement (team, version, number, place, speaker, addressee, utterance, source, cue, content, form, act, factuality, sourcing, known_through, said_start, said_end)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
    let mut insert = transaction.prepare_cached(sql)?;
    for statement in &made.wire.statements {
        let place = number(&statement.document) - 1;
        let of_document = numbers[place as usize].next().expect("every statement has a number in its document");
        let (start, end) = bounds(statement.said.as_ref());
        let addressee = statement.addressee.as_ref().and_then(|addressee| addressee.person.as_deref());
        insert.execute(params![
            team,
            made.versions[place as usize],
            of_document,
            place,
            statement.speaker.as_deref().map(number),
            addressee.map(number),
            utterance_of.get(statement.id.as_str()).copied().unwrap_or(0),
            statement.source.as_ref().map(|words| spans(std::slice::from_ref(words))),
            spans(&statement.cue),
            spans(&statement.content),
            statement.form.name(),
            statement.act.name(),
            statement.factuality.name(),
            statement.sourcing.name(),
            statement.known_through.name(),
            start,
            end
        ])?;
    }
    Ok(())
}

fn questions(transaction: &Transaction<'_>, team: i64, record: &wire::Record) -> Result<(), Problem> {
    for (at, question) in record.questions.iter().enumerate() {
        transaction.prepare_cached("INSERT INTO question (team, number, text, status) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            team,
            at as i64 + 1,
            question.text,
            question.status.name()
        ])?;
        for (asking_at, asking) in question.askings.iter().enumerate() {
            let (start, end) = bounds(asking.said.as_ref());
            let sql = "INSERT INTO asking (team, question, number, asker, addressee, answer, said_start, said_end) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            transaction.prepare_cached(sql)?.execute(params![
                team,
                at as i64 + 1,
                asking_at as i64 + 1,
                asking.asker.as_deref().map(number),
                asking.addressee.as_deref().map(number),
                asking.answer.name(),
                start,
                end
            ])?;
        }
    }
    Ok(())
}

/// The number in an id of a record: 3 of `s3`.
fn number(id: &str) -> i64 {
    id.get(1..).and_then(|number| number.parse().ok()).expect("ids of a record are a letter and a number")
}

fn bounds(said: Option<&Interval>) -> (Option<&str>, Option<&str>) {
    said.map_or((None, None), |said| (said.start.as_deref(), said.end.as_deref()))
}

/// `12-30 41-55`.
fn spans(words: &[Words]) -> String {
    words.iter().map(|words| format!("{}-{}", words.start, words.end)).collect::<Vec<_>>().join(" ")
}
