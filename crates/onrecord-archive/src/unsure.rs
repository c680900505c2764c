//! What the engine is not sure of and a person can settle: who may be one, which document touches a second story, what may be no
//! statement, which correction finds its place no longer. What was settled is a correction, logged and undone as any other.

use crate::error::Problem;
use crate::making::Made;
use crate::part::{Cut, Part};
use crate::{Archive, Change, Error, Logged};
use onrecord::line::one_line;
use onrecord::wire::record::Statement;
use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use unicode_normalization::UnicodeNormalization;

/// Something to be settled.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// What tells it from every other, after every rebuild too.
    pub key: String,
    /// The story it is of, if it is of one.
    pub story: Option<String>,
    /// What is not sure.
    #[serde(flatten)]
    pub what: Unsure,
}

/// What is not sure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Unsure {
    /// Two may be one.
    Same {
        /// The one with the fuller name.
        one: Known,
        /// The other.
        other: Known,
    },
    /// A document that is most about another story touches this one.
    Touches {
        /// The document.
        document: String,
        /// Its headline, else its outlet or file.
        title: String,
        /// A document of the story it touches.
        beside: String,
        /// Why it is taken to.
        why: String,
    },
    /// Somebody may not be made to say anything here.
    Statement {
        /// The statement.
        statement: String,
        /// Who would say it.
        speaker: Option<String>,
        /// The words.
        words: String,
    },
    /// A correction finds its place no longer.
    Lost {
        /// Which.
        correction: String,
        /// What it says.
        told: String,
    },
}

/// Somebody of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The name of the row.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A statement that the reader is less sure of is asked about: of the 200 of the example story 16 are so, and of these about half are none.
const SURE: f64 = 0.1;
/// Letters of words that are shown.
const SHOWN: usize = 200;

/// Keeps what is not sure of a story.
pub(crate) fn keep(transaction: &Transaction<'_>, team: i64, made: &Made) -> Result<(), Problem> {
    let mut found = people(transaction, team, made)?;
    found.extend(touching(made));
    found.extend(statements(made));
    for (number, (key, what)) in found.into_iter().enumerate() {
        let sql = "INSERT INTO unsure (team, number, key, what) VALUES (?1, ?2, ?3, ?4)";
        transaction.prepare_cached(sql)?.execute(params![team, number as i64 + 1, key, serde_json::to_string(&what)?])?;
    }
    Ok(())
}

/// Those of whom the record says that they may be one, each pair once.
fn people(transaction: &Transaction<'_>, team: i64, made: &Made) -> Result<Vec<(String, Unsure)>, Problem> {
    let mut statement = transaction.prepare_cached("SELECT number, id, name FROM person WHERE team = ?1")?;
    let listed =
        statement.query_map([team], |row| Ok((row.get(0)?, Known { id: row.get(1)?, name: row.get(2)? })))?.collect::<Result<BTreeMap<i64, Known>, _>>()?;
    let known = |id: &str| listed.get(&id.get(1..)?.parse().ok()?).cloned();
    let pairs = made.wire.people.iter().flat_map(|person| person.may_be.iter().map(|other| (person.id.as_str(), other.as_str())));
    Ok(pairs.filter(|(one, other)| one < other).filter_map(|(one, other)| same(known(one)?, known(other)?)).collect())
}

/// Two who may be one; nothing where lists have them as one.
fn same(one: Known, other: Known) -> Option<(String, Unsure)> {
    if one.id == other.id {
        return None;
    }
    let key = format!("same {} {}", (&one.id).min(&other.id), (&one.id).max(&other.id));
    let (one, other) = if (other.name.len(), &one.id) > (one.name.len(), &other.id) { (other, one) } else { (one, other) };
    Some((key, Unsure::Same { one, other }))
}

fn touching(made: &Made) -> Vec<(String, Unsure)> {
    let documents = made.whole.record.story.documents.iter().enumerate();
    let own = documents.clone().find(|(_, membership)| membership.is_main()).map(|(at, _)| made.whole.documents[at].clone()).unwrap_or_default();
    let one = |(at, membership): (usize, &onrecord::story::Membership)| {
        let (document, of_record) = (made.whole.documents[at].clone(), &made.wire.documents[at]);
        let title = of_record.title.as_deref().or(of_record.outlet.as_deref()).unwrap_or(&of_record.path);
        let why = membership.evidence.first().map_or("", |evidence| evidence.why.as_ref()).to_owned();
        (format!("touches {document} {}", made.whole.id), Unsure::Touches { document, title: one_line(title), beside: own.clone(), why })
    };
    documents.filter(|(_, membership)| !membership.is_main()).map(one).collect()
}

/// What the reader is least sure of, in the documents that are most about this story.
fn statements(made: &Made) -> Vec<(String, Unsure)> {
    let mut numbers: Vec<_> = made.whole.numbers.iter().map(|numbers| numbers.iter()).collect();
    let mut found = Vec::new();
    for statement in &made.wire.statements {
        let place = document(statement);
        let number = numbers[place].next().expect("every statement has a number in its document");
        let is_own = made.whole.record.story.documents[place].is_main();
        let is_corrected = statement.evidence.iter().any(|evidence| evidence.correction.is_some());
        if !is_own || is_corrected || statement.confidence >= SURE {
            continue;
        }
        let words = statement.matter().iter().map(|part| one_line(&part.text)).collect::<Vec<_>>().join(" … ");
        let speaker = statement.speaker.as_ref().and_then(|id| made.wire.people.iter().find(|person| person.id == *id)).map(|person| one_line(&person.name));
        let key = format!("statement {} {}", made.whole.documents[place], &blake3::hash(words.as_bytes()).to_hex()[..16]);
        let statement =
            Unsure::Statement { statement: format!("{}.s{number}", made.whole.documents[place]), speaker, words: words.chars().take(SHOWN).collect() };
        found.push((key, statement));
    }
    found
}

/// The place of a statement's document in the story.
fn document(statement: &Statement) -> usize {
    statement.document.get(1..).and_then(|number| number.parse::<usize>().ok()).expect("ids of a record are a letter and a number") - 1
}

/// What was settled, by its keys.
const SETTLED: &str = "SELECT json_extract(c.change, '$.key') FROM correction c WHERE json_extract(c.change, '$.of') = 'settled'
    AND coalesce((SELECT kind FROM turn t WHERE t.correction = c.number ORDER BY t.number DESC LIMIT 1), 'redone') = 'redone'";

impl Archive {
    /// A part of what is not sure, that of the whole archive first, then of the latest story; and how much there is in all.
    pub fn unsure_part(&self, cut: &Cut, most: usize) -> Result<(Part<Suggestion>, i64), Error> {
        let (mut items, part) = (self.unsure_everywhere()?, self.unsure_of_stories(cut, most)?);
        let of_stories: i64 =
            self.one(&format!("SELECT count(*) FROM unsure u WHERE u.key NOT IN ({SETTLED})"), &[]).map_err(|problem| Error::new(&self.path, problem))?;
        let count = of_stories + items.len() as i64;
        if *cut != Cut::First {
            return Ok((part, count));
        }
        items.truncate(most);
        items.extend(part.items);
        Ok((Part { items, ..part }, count))
    }

    /// What is of no one story: corrections that found nothing, people whose names differ by little.
    fn unsure_everywhere(&self) -> Result<Vec<Suggestion>, Error> {
        let settled: HashSet<String> = self.all(SETTLED, &[], |row| row.get(0))?.into_iter().collect();
        let lost = self.corrections()?.into_iter().filter(|logged| logged.finds == Some(false)).map(lost);
        let people =
            self.all("SELECT DISTINCT id, name FROM person WHERE kind = 'person' AND statements > 0 AND name LIKE '% %' ORDER BY id, name", &[], |row| {
                Ok(Known { id: row.get(0)?, name: row.get(1)? })
            })?;
        let all = lost.chain(alike(people)).filter(|(key, _)| !settled.contains(key));
        Ok(all.map(|(key, what)| Suggestion { key, story: None, what }).collect())
    }

    fn unsure_of_stories(&self, cut: &Cut, most: usize) -> Result<Part<Suggestion>, Error> {
        self.keyed_unsure(&format!("u.key NOT IN ({SETTLED})"), cut, most)?.try_map(|(key, story, what)| {
            let what = serde_json::from_str(&what).map_err(|error| Error::new(&self.path, Problem::from(error)))?;
            Ok(Suggestion { key, story: Some(story), what })
        })
    }
}

fn lost(logged: Logged) -> (String, Unsure) {
    (format!("lost {}", logged.id), Unsure::Lost { told: logged.change.told(), correction: logged.id })
}

/// People of several stories whose names differ by an initial, a middle name, an accent or a hyphen, each pair once.
fn alike(people: Vec<Known>) -> Vec<(String, Unsure)> {
    let mut by_last: BTreeMap<String, Vec<(Vec<String>, Known)>> = BTreeMap::new();
    for known in people {
        let words = words(&known.name);
        let Some(last) = words.last().filter(|_| words.len() > 1) else { continue };
        by_last.entry(last.clone()).or_default().push((words, known));
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for family in by_last.values() {
        for (at, (words, one)) in family.iter().enumerate() {
            let like = family[at + 1..].iter().filter(|(other, _)| may_be_one(words, other));
            found.extend(like.filter_map(|(_, other)| same(one.clone(), other.clone())).filter(|(key, _)| seen.insert(key.clone())));
        }
    }
    found
}

/// The words of a name, in lower case, without accents, points and hyphens.
fn words(name: &str) -> Vec<String> {
    let bare = name.to_lowercase().replace('-', " ");
    // What is left of a letter taken apart is the letter; marks over it are no letters.
    let plain: String = bare.nfd().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

/// Whether two names that end alike may be one: the first names are one or the initial of the other, and no name between contradicts.
fn may_be_one(one: &[String], other: &[String]) -> bool {
    let fits =
        |a: &String, b: &String| a == b || (a.chars().count() == 1 && b.starts_with(a.as_str())) || (b.chars().count() == 1 && a.starts_with(b.as_str()));
    let between = |name: &'_ [String]| name[1..name.len() - 1].to_vec();
    let (middle, of_other) = (between(one), between(other));
    let (fewer, more) = if middle.len() <= of_other.len() { (&middle, &of_other) } else { (&of_other, &middle) };
    fits(&one[0], &other[0]) && fewer.iter().all(|a| more.iter().any(|b| fits(a, b)))
}

impl Change {
    /// That a suggestion was settled as it stands.
    pub fn settled(suggestion: &Suggestion) -> Change {
        Change::Settled { key: suggestion.key.clone(), told: suggestion.what.told() }
    }
}

impl Unsure {
    /// What it asks, in a line.
    pub fn told(&self) -> String {
        match self {
            Unsure::Same { one, other } => format!("{} and {} may be one", one.name, other.name),
            Unsure::Touches { document, title, beside, .. } => format!("{document} (“{title}”) may be about the story of {beside} too"),
            Unsure::Statement { statement, words, .. } => format!("{statement} (“{words}”) may be no statement"),
            Unsure::Lost { correction, told } => format!("{correction} ({told}) finds its place no longer"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(one: &str, other: &str) -> bool {
        let known = |at: usize, name: &str| Known { id: format!("p{at}"), name: name.to_owned() };
        !alike(vec![known(1, one), known(2, other)]).is_empty()
    }

    #[test]
    fn names_that_differ_by_little_may_be_one() {
        for (one, other) in [
            ("Ilse Varga", "I. Varga"),
            ("Ilse Varga", "Ilse M. Varga"),
            ("Ilse M. Varga", "Ilse Maria Varga"),
            ("Jörg Müller", "Jorg Muller"),
            ("Anne-Lise Holt", "Anne Lise Holt"),
        ] {
            assert!(pair(one, other), "{one}, {other}");
        }
    }

    #[test]
    fn other_names_are_others() {
        for (one, other) in
            [("Ilse Varga", "Mara Varga"), ("Ilse M. Varga", "Ilse K. Varga"), ("Ilse Varga", "Ilse Holt"), ("Varga", "Ilse Varga"), ("M. Varga", "I. Varga")]
        {
            assert!(!pair(one, other), "{one}, {other}");
        }
    }

    #[test]
    fn the_fuller_name_is_kept() {
        let known = |id: &str, name: &str| Known { id: id.to_owned(), name: name.to_owned() };
        let (key, what) = same(known("p2", "I. Varga"), known("p1", "Ilse Varga")).expect("two ids are two");
        assert_eq!(key, "same p1 p2");
        assert!(matches!(what, Unsure::Same { one, .. } if one.name == "Ilse Varga"));
    }
}
