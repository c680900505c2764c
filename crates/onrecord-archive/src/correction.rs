//! What persons correct: logged, undone and done again, and carried into everything derived.
//!
//! A correction is ground, as a document is: it is only ever added, and what becomes of it is a *turn* that is added too. Those that
//! hold are done in the order of their numbers, whatever was undone and done again between, so that what is derived depends on them
//! alone. Which of them found what they are about is derived: see [`Logged::finds`].

mod judged;
mod point;
mod told;

pub use judged::Judged;
pub(crate) use point::is_known_everywhere;

use crate::error::Problem;
use crate::search::all_of;
use crate::{Archive, Error, mended, regroup, words};
use onrecord::Reading;
use onrecord::correction::{Correction, Corrections, Fix, OfPeople, OfRelation, OfStatement, Told, Who};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The name and version of the form in which a correction leaves.
pub const CORRECTION: &str = "onrecord.correction/1";

/// A change that a person makes to what was derived. Documents go by their public names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// To a statement.
    Statement {
        /// The document it stands in.
        document: String,
        /// What is so instead.
        change: OfStatement,
    },
    /// To who is who.
    People {
        /// What is so instead.
        change: OfPeople<String>,
    },
    /// A relation does not hold.
    Relation {
        /// Which.
        change: OfRelation<String>,
    },
    /// A document belongs to the story of another.
    Move {
        /// The document.
        document: String,
        /// One of the story it belongs to.
        to: String,
        /// One of the story it does not belong to.
        from: Option<String>,
    },
    /// Two stories are one.
    Join {
        /// A document of the one.
        one: String,
        /// A document of the other.
        other: String,
    },
    /// Documents are a story of their own.
    Part {
        /// The documents.
        documents: Vec<String>,
        /// One of the story they do not belong to.
        from: Option<String>,
    },
    /// A suggestion was looked at, and what was found is left as it is.
    Settled {
        /// Which.
        key: String,
        /// What it asked, in a line.
        told: String,
    },
}

/// A correction in the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Logged {
    /// [`CORRECTION`].
    pub schema: String,
    /// `c1`, `c2` … in the order in which they were made.
    pub id: String,
    /// Who made it.
    pub by: String,
    /// Why; may be empty.
    pub why: String,
    /// When, ISO, UTC.
    pub made_at: String,
    /// What it changes.
    pub change: Change,
    /// What became of it, in order.
    pub turns: Vec<Turn>,
    /// Whether it found what it is about, in any story; `None` if it does not hold. Nothing on the way in.
    #[serde(default)]
    pub finds: Option<bool>,
}

/// What became of a correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Which way.
    pub kind: TurnKind,
    /// Who did it.
    pub by: String,
    /// When, ISO, UTC.
    pub made_at: String,
}

/// Which way a correction was turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnKind {
    /// It holds no longer.
    Undone,
    /// It holds again.
    Redone,
}

impl TurnKind {
    fn name(self) -> &'static str {
        match self {
            TurnKind::Undone => "undone",
            TurnKind::Redone => "redone",
        }
    }
}

impl Logged {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.turns.last().is_none_or(|turn| turn.kind == TurnKind::Redone)
    }
}

/// Who says so, and when: the archive asks no clock and no system.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// Who.
    pub by: &'a str,
    /// When, ISO, UTC.
    pub now: &'a str,
}

/// What holds, in the order of the numbers.
pub(crate) struct Holding(Vec<(u32, String, Change)>);

impl Holding {
    pub(crate) fn of(connection: &Connection) -> Result<Holding, Problem> {
        let sql = "SELECT number, made_by, made_at, why, change FROM correction c
                   WHERE coalesce((SELECT kind FROM turn t WHERE t.correction = c.number ORDER BY t.number DESC LIMIT 1), 'redone') = 'redone' ORDER BY number";
        let mut statement = connection.prepare_cached(sql)?;
        let mut all = Vec::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (by, at, why): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let note = [by.as_str(), at.get(..10).unwrap_or(&at), &why].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            all.push((row.get(0)?, note, serde_json::from_str(&row.get::<_, String>(4)?)?));
        }
        Ok(Holding(all))
    }

    /// Those of the statements of a document.
    pub(crate) fn of_document(&self, id: &str) -> Vec<Correction<OfStatement>> {
        let of = |(number, note, change): &(u32, String, Change)| match change {
            Change::Statement { document, change } if document == id => Some(Correction { number: *number, note: note.clone(), change: change.clone() }),
            Change::Statement { .. }
            | Change::People { .. }
            | Change::Relation { .. }
            | Change::Move { .. }
            | Change::Join { .. }
            | Change::Part { .. }
            | Change::Settled { .. } => None,
        };
        self.0.iter().filter_map(of).collect()
    }

    /// Those of people and relations that a story of these documents can hold.
    pub(crate) fn of_story(&self, documents: &[String]) -> Corrections {
        let place = |id: &String| documents.iter().position(|document| document == id);
        let mut out = Corrections::default();
        for (number, note, change) in &self.0 {
            let (number, note) = (*number, note.clone());
            match change {
                Change::People { change } => out.people.extend(change.renamed(place).map(|change| Correction { number, note, change })),
                Change::Relation { change } => out.relations.extend(change.renamed(place).map(|change| Correction { number, note, change })),
                Change::Statement { .. } | Change::Move { .. } | Change::Join { .. } | Change::Part { .. } | Change::Settled { .. } => {}
            }
        }
        out
    }

    /// Those of people, in every story.
    pub(crate) fn of_people(&self) -> impl DoubleEndedIterator<Item = &OfPeople<String>> {
        self.0.iter().filter_map(|(_, _, change)| match change {
            Change::People { change } => Some(change),
            Change::Statement { .. } | Change::Relation { .. } | Change::Move { .. } | Change::Join { .. } | Change::Part { .. } | Change::Settled { .. } => {
                None
            }
        })
    }

    /// Those of stories.
    pub(crate) fn of_stories(&self) -> impl Iterator<Item = (u32, &Change)> {
        self.0
            .iter()
            .filter(|(_, _, change)| matches!(change, Change::Move { .. } | Change::Join { .. } | Change::Part { .. }))
            .map(|(number, _, change)| (*number, change))
    }

    /// What is known of the correction of this number, in one line.
    pub(crate) fn note(&self, number: u32) -> &str {
        self.0.iter().find(|(other, _, _)| *other == number).map_or("", |(_, note, _)| note)
    }
}

/// How far the log has come: another number if anything was corrected meanwhile.
pub(crate) fn moment(connection: &Connection) -> Result<(i64, i64), Problem> {
    let sql = "SELECT (SELECT coalesce(max(number), 0) FROM correction), (SELECT coalesce(max(number), 0) FROM turn)";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

impl Archive {
    /// Keeps a correction; gives its name. [`refresh`](Archive::refresh) then makes the stories it concerns anew. What it points at
    /// must be there.
    pub fn correct(&mut self, change: &Change, why: &str, hand: Hand<'_>) -> Result<String, Error> {
        let kept = || -> Result<String, Problem> {
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            self.must_be_there(change)?;
            let sql = "INSERT INTO correction (change, made_by, why, made_at) VALUES (?1, ?2, ?3, ?4)";
            transaction.execute(sql, params![serde_json::to_string(change)?, hand.by, why, hand.now])?;
            let number = transaction.last_insert_rowid();
            self.carry(&transaction, change)?;
            transaction.commit()?;
            Ok(format!("c{number}"))
        };
        kept().map_err(|problem| Error::new(&self.path, problem))
    }

    /// Undoes a correction, without a name the last that holds; gives its name.
    pub fn undo(&mut self, id: Option<&str>, hand: Hand<'_>) -> Result<String, Error> {
        let last = "SELECT max(number) FROM correction c
                    WHERE coalesce((SELECT kind FROM turn t WHERE t.correction = c.number ORDER BY t.number DESC LIMIT 1), 'redone') = 'redone'";
        self.turn(id, last, TurnKind::Undone, hand).map_err(|problem| Error::new(&self.path, problem))
    }

    /// Does a correction again that was undone, without a name the one that was undone last; gives its name.
    pub fn redo(&mut self, id: Option<&str>, hand: Hand<'_>) -> Result<String, Error> {
        let last = "SELECT correction FROM turn t WHERE kind = 'undone' AND number = (SELECT max(number) FROM turn WHERE correction = t.correction)
                    ORDER BY number DESC LIMIT 1";
        self.turn(id, last, TurnKind::Redone, hand).map_err(|problem| Error::new(&self.path, problem))
    }

    fn turn(&mut self, id: Option<&str>, last: &str, kind: TurnKind, hand: Hand<'_>) -> Result<String, Problem> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let nothing = || Problem::Nothing(format!("nothing is left to be {}", kind.name()));
        let number: i64 = match id {
            Some(id) => id.strip_prefix('c').unwrap_or(id).parse().map_err(|_| Problem::Unknown(id.to_owned()))?,
            None => transaction.query_row(last, [], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten().ok_or_else(nothing)?,
        };
        let change: Option<String> = transaction.query_row("SELECT change FROM correction WHERE number = ?1", [number], |row| row.get(0)).optional()?;
        let change: Change = serde_json::from_str(&change.ok_or_else(|| Problem::Unknown(format!("c{number}")))?)?;
        let now: Option<String> =
            transaction.query_row("SELECT kind FROM turn WHERE correction = ?1 ORDER BY number DESC LIMIT 1", [number], |row| row.get(0)).optional()?;
        if now.as_deref().unwrap_or("redone") == kind.name() {
            let stands = match kind {
                TurnKind::Undone => "is undone already",
                TurnKind::Redone => "holds already",
            };
            return Err(Problem::Nothing(format!("c{number} {stands}")));
        }
        let sql = "INSERT INTO turn (correction, kind, made_by, made_at) VALUES (?1, ?2, ?3, ?4)";
        transaction.execute(sql, params![number, kind.name(), hand.by, hand.now])?;
        self.carry(&transaction, &change)?;
        transaction.commit()?;
        Ok(format!("c{number}"))
    }

    /// The log, in the order in which corrections were made.
    pub fn corrections(&self) -> Result<Vec<Logged>, Error> {
        self.logged("TRUE ORDER BY c.number", &[])
    }

    /// A correction of the log: `c3`.
    pub fn correction(&self, id: &str) -> Result<Logged, Error> {
        let unknown = || Error::new(&self.path, Problem::Unknown(id.to_owned()));
        let number: i64 = id.strip_prefix('c').and_then(|number| number.parse().ok()).ok_or_else(unknown)?;
        self.logged("c.number = ?1", &[&number])?.pop().ok_or_else(unknown)
    }

    /// Those of the log that a condition over `c` picks.
    pub(crate) fn logged(&self, condition: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<Logged>, Error> {
        let logged = || -> Result<Vec<Logged>, Problem> {
            let mut turns = std::collections::HashMap::<i64, Vec<Turn>>::new();
            let all = self.rows("SELECT correction, kind = 'undone', made_by, made_at FROM turn ORDER BY number", &[], |row| {
                let kind = if row.get(1)? { TurnKind::Undone } else { TurnKind::Redone };
                Ok((row.get(0)?, Turn { kind, by: row.get(2)?, made_at: row.get(3)? }))
            })?;
            all.into_iter().for_each(|(correction, turn)| turns.entry(correction).or_default().push(turn));
            let sql = format!(
                "SELECT c.number, c.made_by, c.why, c.made_at, c.change, EXISTS (SELECT 1 FROM effect e WHERE e.correction = c.number) FROM correction c WHERE {condition}"
            );
            let rows: Vec<(i64, String, String, String, String, bool)> =
                self.rows(&sql, values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)))?;
            let one = |(number, by, why, made_at, change, finds): (i64, String, String, String, String, bool)| {
                let (schema, id, change) = (CORRECTION.to_owned(), format!("c{number}"), serde_json::from_str(&change)?);
                let mut logged = Logged { schema, id, by, why, made_at, change, turns: turns.remove(&number).unwrap_or_default(), finds: None };
                // What is left as it is points at nothing.
                logged.finds = logged.holds().then_some(finds || matches!(logged.change, Change::Settled { .. }));
                Ok(logged)
            };
            rows.into_iter().map(one).collect()
        };
        logged().map_err(|problem| Error::new(&self.path, problem))
    }

    /// Refuses a change that points at nothing.
    fn must_be_there(&self, change: &Change) -> Result<(), Problem> {
        let document = |id: &String| self.latest_of(id).map(|_| ());
        let told = |told: &Told<String>| {
            let reading = self.reading_of(&told.document)?;
            told.at.find(&reading).map(|_| ()).ok_or_else(|| Problem::Nothing(format!("{} has no such statement", told.document)))
        };
        let who = |who: &Who<String>| match who {
            Who::Name { name, .. } => self
                .teams_naming(&BTreeSet::from([name.to_lowercase()]))
                .and_then(|teams| if teams.is_empty() { Err(Problem::Unknown(name.clone())) } else { Ok(()) }),
            Who::Mention(mention) => document(&mention.document),
        };
        let two = |are_two: bool| if are_two { Ok(()) } else { Err(Problem::Nothing("this names one and the same twice".to_owned())) };
        let called = |name: &str| if name.trim().is_empty() { Err(Problem::Nothing("a name must have letters".to_owned())) } else { Ok(()) };
        match change {
            Change::Statement { change: OfStatement { fix: Fix::Speaker { name: Some(name), .. }, .. }, .. } if name.trim().is_empty() => called(name),
            Change::Statement { document, change } => {
                let reading = self.reading_of(document)?;
                let correction = Correction { number: 0, note: String::new(), change: change.clone() };
                let found = onrecord::correction::read_corrected(reading, std::slice::from_ref(&correction)).found;
                if found.is_empty() { Err(Problem::Nothing(format!("{document} has no such statement, or not those words"))) } else { Ok(()) }
            }
            Change::People { change: OfPeople::Same { keep, other } } => two(keep != other).and_then(|()| who(keep)).and_then(|()| who(other)),
            Change::People { change: OfPeople::Apart { mention } } => document(&mention.document),
            Change::People { change: OfPeople::Name { who: it, name } } => called(name).and_then(|()| who(it)),
            Change::Relation { change } => told(&change.a).and_then(|()| told(&change.b)),
            Change::Move { document: it, to, .. } => two(it != to).and_then(|()| document(it)).and_then(|()| document(to)),
            Change::Join { one, other } => two(one != other).and_then(|()| document(one)).and_then(|()| document(other)),
            Change::Part { documents, from } => {
                documents.iter().try_for_each(document)?;
                let teams = documents.iter().chain(from).map(|id| self.team(id)).collect::<Result<BTreeSet<_>, _>>()?;
                if teams.len() > 1 { Err(Problem::Nothing("these are not all documents of one story".to_owned())) } else { Ok(()) }
            }
            Change::Settled { .. } => Ok(()),
        }
    }

    /// Brings what is derived of a change, made or unmade, up to date as far as one transaction goes: words to search by, documents
    /// in their stories; and lists the stories whose records must be made anew.
    pub(crate) fn carry(&self, transaction: &Transaction<'_>, change: &Change) -> Result<(), Problem> {
        let of_documents = |ids: &[&String]| -> Result<BTreeSet<i64>, Problem> {
            let mut teams = BTreeSet::new();
            for id in ids {
                let sql =
                    "SELECT DISTINCT m.team FROM membership m JOIN version v ON v.number = m.version JOIN document d ON d.number = v.document WHERE d.id = ?1";
                teams.extend(self.rows(sql, &[id], |row| row.get::<_, i64>(0))?);
            }
            Ok(teams)
        };
        let teams = match change {
            Change::Statement { document, .. } => {
                let version = self.latest_of(document)?;
                words::forget(transaction, version)?;
                mended::keep_words(transaction, version, &self.machine(version)?)?;
                of_documents(&[document])?
            }
            // Whoever is renamed is found by either name, and by what other corrections made of it.
            Change::People { change } => {
                let mut names = BTreeSet::new();
                let mut mentioned = Vec::new();
                for change in self.all_of_people()?.iter().chain([change]) {
                    let (whos, name): (Vec<&Who<String>>, Option<&String>) = match change {
                        OfPeople::Same { keep, other } => (vec![keep, other], None),
                        OfPeople::Name { who, name } => (vec![who], Some(name)),
                        OfPeople::Apart { mention } => {
                            mentioned.push(mention.document.clone());
                            (Vec::new(), None)
                        }
                    };
                    names.extend(name.map(|name| name.to_lowercase()));
                    for who in whos {
                        match who {
                            Who::Name { name, .. } => drop(names.insert(name.to_lowercase())),
                            Who::Mention(mention) => mentioned.push(mention.document.clone()),
                        }
                    }
                }
                let mut teams = self.teams_naming(&names)?;
                teams.extend(self.teams_mentioning(&names)?);
                teams.extend(of_documents(&mentioned.iter().collect::<Vec<_>>())?);
                teams
            }
            Change::Relation { change } => of_documents(&[&change.a.document, &change.b.document])?,
            Change::Move { .. } | Change::Join { .. } | Change::Part { .. } => regroup::settle(transaction, &self.held)?,
            Change::Settled { .. } => BTreeSet::new(),
        };
        for team in teams {
            // Another record may come of the same documents.
            transaction.prepare_cached("UPDATE story SET fingerprint = x'' WHERE team = ?1")?.execute([team])?;
            transaction.prepare_cached("INSERT OR IGNORE INTO stale (team) VALUES (?1)")?.execute([team])?;
        }
        Ok(())
    }

    /// Everything that was ever corrected of people.
    fn all_of_people(&self) -> Result<Vec<OfPeople<String>>, Problem> {
        let all: Vec<String> = self.rows("SELECT change FROM correction", &[], |row| row.get(0))?;
        let mut out = Vec::new();
        for change in all {
            if let Change::People { change } = serde_json::from_str(&change)? {
                out.push(change);
            }
        }
        Ok(out)
    }

    /// The groups in whose stories somebody has one of these names in lower case.
    fn teams_naming(&self, names: &BTreeSet<String>) -> Result<BTreeSet<i64>, Problem> {
        let all: Vec<(i64, String)> = self.rows("SELECT DISTINCT team, name FROM person", &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(all.into_iter().filter(|(_, name)| names.contains(&name.to_lowercase())).map(|(team, _)| team).collect())
    }

    /// The groups of documents that hold all words of one of these names: who says nothing in a story is not in its list of people.
    fn teams_mentioning(&self, names: &BTreeSet<String>) -> Result<BTreeSet<i64>, Problem> {
        let mut teams = BTreeSet::new();
        for words in names.iter().filter_map(|name| all_of(name)) {
            let sql = "SELECT DISTINCT m.team FROM membership m WHERE m.version IN (SELECT rowid FROM article_text WHERE article_text MATCH ?1)";
            teams.extend(self.rows(sql, &[&words], |row| row.get::<_, i64>(0))?);
        }
        Ok(teams)
    }

    /// The latest version of the document of this whole name.
    fn latest_of(&self, id: &str) -> Result<i64, Problem> {
        let sql = "SELECT (SELECT v.number FROM version v JOIN document d ON d.number = v.document WHERE d.id = ?1 ORDER BY v.ordinal DESC LIMIT 1)";
        self.one::<Option<i64>>(sql, &[&id])?.ok_or_else(|| Problem::Unknown(id.to_owned()))
    }

    /// What the reader found in the latest version of a document, without corrections.
    pub(crate) fn reading_of(&self, id: &str) -> Result<Reading, Problem> {
        self.machine(self.latest_of(id)?).map(|account| account.reading.clone())
    }
}
