//! Watches, and the news they tell: what a person wants to hear of as soon as the archive holds it.
//!
//! A watch is asked whenever a record is made anew, in the same transaction. It tells of what rests on a document that came after
//! it was set, and of the same thing once: whatever is rebuilt, and however often. What was told stays told.

use crate::error::Problem;
use crate::making::Made;
use crate::{Archive, Error, Hand, Query, name};
use onrecord::act::Factuality;
use onrecord::compare::RelationKind;
use onrecord::line::one_line;
use onrecord::question::{Answer, Status};
use onrecord::revision::{self, How, Matter};
use onrecord::wire::Named;
use onrecord::wire::record::Statement;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// The name and version of the form in which news leaves.
pub const NEWS: &str = "onrecord.news/1";

/// The name and version of the form in which a watch leaves.
pub const WATCH: &str = "onrecord.watch/1";

/// What is watched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// What kind of thing.
    pub on: On,
    /// Only in the story of this document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// Only of somebody whose name this is, or a word of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What a statement must be beside, for [`On::Said`].
    #[serde(flatten)]
    pub saved: Saved,
}

/// A search that is kept: what a statement must be, each as `search` takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Words that what was said must hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// A name that must stand in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The class of its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sourcing: Option<String>,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// How much of it is quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
}

impl Saved {
    /// Each limit that is set, by its name.
    pub fn limits(&self) -> Vec<(&'static str, &str)> {
        let all =
            [("words", &self.words), ("about", &self.about), ("outlet", &self.outlet), ("sourcing", &self.sourcing), ("act", &self.act), ("form", &self.form)];
        all.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect()
    }

    /// The search for it in one story.
    fn query(&self, story: &str) -> Query {
        let Saved { words, about, outlet, sourcing, act, form } = self.clone();
        let (words, story) = (words.unwrap_or_default(), Some(story.to_owned()));
        Query { words, about, outlet, sourcing, act, form, story, most: usize::MAX >> 1, ..Query::default() }
    }
}

/// What kind of thing is watched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// A new statement.
    Said,
    /// Somebody's position changed: a statement supersedes another.
    Changed,
    /// Statements conflict.
    Conflict,
    /// A second independent origin of a claim.
    Confirmed,
    /// A question was answered.
    Answered,
    /// A later version of a document dropped or altered a quotation, or gave it to another.
    Altered,
}

impl On {
    /// Every kind.
    pub const ALL: [On; 6] = [On::Said, On::Changed, On::Conflict, On::Confirmed, On::Answered, On::Altered];

    /// Its name, as on the wire.
    pub fn name(self) -> &'static str {
        match self {
            On::Said => "said",
            On::Changed => "changed",
            On::Conflict => "conflict",
            On::Confirmed => "confirmed",
            On::Answered => "answered",
            On::Altered => "altered",
        }
    }
}

/// A watch that is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    /// [`WATCH`].
    pub schema: String,
    /// `w1`, `w2` …
    pub id: String,
    /// What it watches for.
    #[serde(flatten)]
    pub watch: Watch,
    /// Who set it.
    pub made_by: String,
    /// When, ISO, UTC.
    pub made_at: String,
    /// How much it has told here; nothing on the way out and in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<i64>,
}

/// Something that a watch told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// [`NEWS`].
    pub schema: String,
    /// `n1`, `n2` … in the order in which they were told.
    pub id: String,
    /// The watch.
    pub watch: String,
    /// What kind of thing.
    pub on: On,
    /// The story.
    pub story: String,
    /// Its headline.
    pub headline: String,
    /// When the latest document was added that it can rest on, ISO, UTC.
    pub at: String,
    /// What happened, in a line.
    pub line: String,
    /// The words, each with its place: `dxx0mqryv2t7.s3`.
    pub words: Vec<Quoted>,
}

/// Words of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// The statement, or the document.
    pub id: String,
    /// Who said it.
    pub speaker: Option<String>,
    /// The words.
    pub text: String,
}

/// Where news goes by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// How.
    pub kind: TargetKind,
    /// A folder, or an address.
    pub place: String,
    /// The last news it has.
    #[serde(skip)]
    pub last: i64,
}

/// How news goes somewhere by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// As the files of an Atom and a JSON feed in a folder.
    Feeds,
    /// As JSON to a web address.
    Webhook,
}

impl TargetKind {
    fn name(self) -> &'static str {
        match self {
            TargetKind::Feeds => "feeds",
            TargetKind::Webhook => "webhook",
        }
    }
}

/// Something that may be news.
struct Event {
    /// It was told if any of these was.
    keys: Vec<String>,
    line: String,
    words: Vec<Quoted>,
    /// The latest version that it rests on.
    latest: i64,
}

impl Archive {
    /// Sets a watch; gives its name.
    pub fn watch(&mut self, watch: &Watch, hand: Hand<'_>) -> Result<String, Error> {
        let set = || -> Result<String, Problem> {
            if let Some(story) = &watch.story {
                self.document_named(story)?;
            }
            if let (false, Some((limit, _))) = (watch.on == On::Said, watch.saved.limits().first()) {
                return Err(Problem::Nothing(format!("{limit} can be asked of what was said, not of `{}`", watch.on.name())));
            }
            let watch = Watch { by: watch.by.as_ref().map(|by| self.name_of(by)).transpose()?, ..watch.clone() };
            self.insert_watch(None, &watch, hand)
        };
        set().map_err(|problem| Error::new(&self.path, problem))
    }

    /// The name of whoever has this id; what is no id is a name.
    fn name_of(&self, id: &str) -> Result<String, Problem> {
        let name: Option<String> = self.one("SELECT (SELECT name FROM person WHERE id = ?1 LIMIT 1)", &[&id.to_lowercase()])?;
        Ok(name.unwrap_or_else(|| id.to_owned()))
    }

    fn insert_watch(&self, number: Option<i64>, watch: &Watch, hand: Hand<'_>) -> Result<String, Problem> {
        let sql = "INSERT INTO watch (number, what, since, made_by, made_at) VALUES (?1, ?2, (SELECT coalesce(max(number), 0) FROM version), ?3, ?4)";
        self.connection.execute(sql, params![number, serde_json::to_string(watch)?, hand.by, hand.now])?;
        Ok(format!("w{}", self.connection.last_insert_rowid()))
    }

    /// Sets watches that another archive gave, each under its own number where that is free; gives how many were not set. What is here
    /// already is no news to them.
    pub fn restore_watches(&mut self, watches: &[Set]) -> Result<usize, Error> {
        let set = || -> Result<usize, Problem> {
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            let mut new = 0;
            for it in watches {
                let there = "SELECT EXISTS (SELECT 1 FROM watch WHERE what = ?1 AND made_by = ?2 AND made_at = ?3)";
                if self.one(there, &[&serde_json::to_string(&it.watch)?, &it.made_by, &it.made_at])? {
                    continue;
                }
                let wanted: Option<i64> = it.id.strip_prefix('w').and_then(|number| number.parse().ok()).filter(|number| *number > 0);
                let is_taken: bool = self.one("SELECT EXISTS (SELECT 1 FROM watch WHERE number = ?1)", &[&wanted])?;
                self.insert_watch(wanted.filter(|_| !is_taken), &it.watch, Hand { by: &it.made_by, now: &it.made_at })?;
                new += 1;
            }
            transaction.commit()?;
            Ok(new)
        };
        set().map_err(|problem| Error::new(&self.path, problem))
    }

    /// Takes a watch away; what it told stays.
    pub fn unwatch(&mut self, id: &str, now: &str) -> Result<(), Error> {
        let taken = self.connection.execute("UPDATE watch SET dropped_at = ?2 WHERE 'w' || number = ?1 AND dropped_at IS NULL", [id, now]);
        match taken.map_err(|error| Error::new(&self.path, error))? {
            0 => Err(Error::new(&self.path, Problem::Unknown(id.to_owned()))),
            _ => Ok(()),
        }
    }

    /// The watches that are set.
    pub fn watches(&self) -> Result<Vec<Set>, Error> {
        let sql = "SELECT number, what, made_by, made_at, (SELECT count(*) FROM news n WHERE n.watch = w.number) FROM watch w WHERE dropped_at IS NULL ORDER BY number";
        let rows: Vec<(i64, String, String, String, i64)> = self.all(sql, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
        let set = |(number, what, made_by, made_at, told): (i64, String, String, String, i64)| {
            let watch = serde_json::from_str(&what).map_err(|error| Error::new(&self.path, Problem::from(error)))?;
            Ok(Set { schema: WATCH.to_owned(), id: format!("w{number}"), watch, made_by, made_at, told: Some(told) })
        };
        rows.into_iter().map(set).collect()
    }

    /// What was told after the news of number `after`, the latest last.
    pub fn news(&self, after: i64) -> Result<Vec<News>, Error> {
        self.told("n.number > ?1 ORDER BY n.number", &[&after])
    }

    /// What was told, as a condition over `n` picks it.
    pub(crate) fn told(&self, condition: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<News>, Error> {
        let sql = format!(
            "SELECT n.number, n.watch, w.what, n.story, n.headline, n.at, n.line, n.words FROM news n JOIN watch w ON w.number = n.watch WHERE {condition}"
        );
        type Row = (i64, i64, String, [String; 4], String);
        let rows: Vec<Row> =
            self.all(&sql, values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, [row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?], row.get(7)?)))?;
        let one = |(number, watch, what, [story, headline, at, line], words): Row| -> Result<News, Problem> {
            let on = serde_json::from_str::<Watch>(&what)?.on;
            let words = serde_json::from_str(&words)?;
            Ok(News { schema: NEWS.to_owned(), id: format!("n{number}"), watch: format!("w{watch}"), on, story, headline, at, line, words })
        };
        rows.into_iter().map(|row| one(row).map_err(|problem| Error::new(&self.path, problem))).collect()
    }

    /// Has news go somewhere by itself, from now on.
    pub fn send_to(&mut self, kind: TargetKind, place: &str) -> Result<(), Error> {
        let sql = "INSERT OR IGNORE INTO target (kind, place, last) VALUES (?1, ?2, CASE ?1 WHEN 'feeds' THEN 0 ELSE (SELECT coalesce(max(number), 0) FROM news) END)";
        self.connection.execute(sql, [kind.name(), place]).map(drop).map_err(|error| Error::new(&self.path, error))
    }

    /// Has it go there no more; says whether it did.
    pub fn send_no_more(&mut self, place: &str) -> Result<bool, Error> {
        self.connection.execute("DELETE FROM target WHERE place = ?1", [place]).map(|count| count > 0).map_err(|error| Error::new(&self.path, error))
    }

    /// Where news goes by itself.
    pub fn targets(&self) -> Result<Vec<Target>, Error> {
        self.all("SELECT kind = 'feeds', place, last FROM target ORDER BY kind, place", &[], |row| {
            let kind = if row.get(0)? { TargetKind::Feeds } else { TargetKind::Webhook };
            Ok(Target { kind, place: row.get(1)?, last: row.get(2)? })
        })
    }

    /// Notes that a target has all news up to this number.
    pub fn sent(&mut self, place: &str, last: i64) -> Result<(), Error> {
        let sql = "UPDATE target SET last = ?2 WHERE place = ?1";
        self.connection.execute(sql, params![place, last]).map(drop).map_err(|error| Error::new(&self.path, error))
    }

    /// Tells of what a story, made anew, holds for the watches that are set.
    pub(crate) fn tell(&self, transaction: &Transaction<'_>, made: &Made) -> Result<(), Problem> {
        let sql = "SELECT number, what, since FROM watch WHERE dropped_at IS NULL ORDER BY number";
        let watches: Vec<(i64, String, i64)> = self.rows(sql, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        if watches.is_empty() {
            return Ok(());
        }
        let (headline, at): (String, String) =
            transaction.query_row("SELECT headline, (SELECT max(added_at) FROM version) FROM story WHERE id = ?1", [&made.whole.id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let story = Told::of(made);
        for (number, what, since) in watches {
            let watch: Watch = serde_json::from_str(&what)?;
            if watch.story.as_ref().is_some_and(|story| !made.whole.documents.iter().any(|document| document.starts_with(story.as_str()))) {
                continue;
            }
            for event in self.events(&story, &watch, since)?.into_iter().filter(|event| event.latest > since) {
                let is_told = |key: &String| {
                    let sql = "SELECT 1 FROM told WHERE watch = ?1 AND key = ?2";
                    transaction.prepare_cached(sql)?.query_row(params![number, key], |_| Ok(())).optional().map(|found| found.is_some())
                };
                let known = event.keys.iter().map(is_told).collect::<Result<Vec<bool>, _>>()?;
                for key in &event.keys {
                    transaction.prepare_cached("INSERT OR IGNORE INTO told (watch, key) VALUES (?1, ?2)")?.execute(params![number, key])?;
                }
                if !known.contains(&true) {
                    let sql = "INSERT INTO news (watch, story, headline, at, line, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                    transaction.prepare_cached(sql)?.execute(params![number, made.whole.id, headline, at, event.line, serde_json::to_string(&event.words)?])?;
                }
            }
        }
        Ok(())
    }

    /// What a story holds for a watch; of versions, what those after the version `since` bring.
    fn events(&self, story: &Told<'_>, watch: &Watch, since: i64) -> Result<Vec<Event>, Problem> {
        let mut events = match watch.on {
            On::Said => self.said(story, watch)?,
            On::Changed => story.related(RelationKind::Supersedes),
            On::Conflict => story.related(RelationKind::Conflicts),
            On::Confirmed => story.confirmed(),
            On::Answered => story.answered(),
            On::Altered => self.altered(story, since)?,
        };
        if let Some(by) = &watch.by {
            events.retain(|event| event.words.iter().any(|quoted| quoted.speaker.as_ref().is_some_and(|name| name::is_called(name, by))));
        }
        Ok(events)
    }

    /// What was said: all of it, or what the search that is kept finds.
    fn said(&self, story: &Told<'_>, watch: &Watch) -> Result<Vec<Event>, Problem> {
        let found = if watch.saved == Saved::default() {
            None
        } else {
            let hits = self.search(&watch.saved.query(&story.made.whole.id)).map_err(|error| Problem::Damaged(error.to_string()))?.hits;
            Some(hits.into_iter().map(|hit| hit.id).collect::<HashSet<_>>())
        };
        let all = story.made.wire.statements.iter().filter(|statement| statement.factuality == Factuality::Actual);
        let meant = all.filter(|statement| found.as_ref().is_none_or(|found| found.contains(story.public(&statement.id))));
        let said = meant.map(|statement| {
            let quoted = story.quoted(&statement.id);
            Event {
                keys: vec![story.key(&statement.id)],
                line: format!("{} said", quoted.speaker.as_deref().unwrap_or("somebody")),
                words: vec![quoted],
                latest: story.version(&statement.id),
            }
        });
        Ok(said.collect())
    }

    /// Quotations that a version of a document after `since` dropped, altered or gave to another.
    fn altered(&self, story: &Told<'_>, since: i64) -> Result<Vec<Event>, Problem> {
        let sql = "SELECT a.number, b.number FROM version v JOIN version a ON a.document = v.document JOIN version b ON b.document = a.document AND b.ordinal = a.ordinal + 1
                   WHERE v.number = ?1 AND b.number > ?2 ORDER BY b.ordinal";
        let mut pairs: Vec<(&String, i64, i64)> = Vec::new();
        for (document, version) in story.made.whole.documents.iter().zip(&story.made.versions) {
            let of_one: Vec<(i64, i64)> = self.rows(sql, &[version, &since], |row| Ok((row.get(0)?, row.get(1)?)))?;
            pairs.extend(of_one.into_iter().map(|(earlier, later)| (document, earlier, later)));
        }
        let mut events = Vec::new();
        for (document, earlier, later) in pairs {
            // What a rebuild has dropped of earlier versions was told when it was there.
            let (Ok(before), Ok(after)) = (self.machine(earlier), self.machine(later)) else { continue };
            let grave = revision::compare(&before.reading, &after.reading)
                .into_iter()
                .filter(|change| matches!(change.matter, Matter::Quotation | Matter::Attribution) && matches!(change.how, How::Dropped | How::Altered));
            for change in grave {
                let parts = [&change.before, &change.after].into_iter().flatten();
                let words: Vec<Quoted> =
                    parts.map(|part| Quoted { id: document.clone(), speaker: part.speaker.clone(), text: one_line(&part.words) }).collect();
                let line = match (change.matter, change.how) {
                    (Matter::Attribution, _) => "words were given to somebody else in a later version".to_owned(),
                    (_, How::Dropped) => "a quotation is gone from a later version".to_owned(),
                    (_, how) => format!("a quotation was {} in a later version", how.name()),
                };
                let key = format!("{document}@{later}:{}", hash(&words.iter().map(|quoted| quoted.text.as_str()).collect::<Vec<_>>().join("\n")));
                events.push(Event { keys: vec![key], line, words, latest: later });
            }
        }
        Ok(events)
    }
}

/// A story as watches see it.
struct Told<'a> {
    made: &'a Made,
    /// The statements by their ids, each with its public name.
    by_id: HashMap<&'a str, (&'a Statement, String)>,
    names: HashMap<&'a str, &'a str>,
}

impl<'a> Told<'a> {
    fn of(made: &'a Made) -> Told<'a> {
        let mut numbers: Vec<_> = made.whole.numbers.iter().map(|numbers| numbers.iter()).collect();
        let mut by_id = HashMap::new();
        for statement in &made.wire.statements {
            let place = document(statement);
            let number = numbers[place].next().expect("every statement has a number in its document");
            by_id.insert(statement.id.as_str(), (statement, format!("{}.s{number}", made.whole.documents[place])));
        }
        Told { made, by_id, names: made.wire.people.iter().map(|person| (person.id.as_str(), person.name.as_str())).collect() }
    }

    fn public(&self, id: &str) -> &str {
        &self.by_id[id].1
    }

    fn quoted(&self, id: &str) -> Quoted {
        let (statement, name) = &self.by_id[id];
        let parts = if statement.content.is_empty() { &statement.cue } else { &statement.content };
        let text = parts.iter().map(|part| one_line(&part.text)).collect::<Vec<_>>().join(" … ");
        let speaker = statement.speaker.as_ref().and_then(|id| self.names.get(id.as_str())).map(|name| (*name).to_owned());
        Quoted { id: name.clone(), speaker, text }
    }

    /// The document and the words: another number in a new reading is no news.
    fn key(&self, id: &str) -> String {
        let (statement, _) = &self.by_id[id];
        format!("{}:{}", self.made.whole.documents[document(statement)], hash(&self.quoted(id).text))
    }

    fn version(&self, id: &str) -> i64 {
        self.made.versions[document(self.by_id[id].0)]
    }

    fn event(&self, keys: Vec<String>, line: String, shown: &[&String], rests_on: &[&String]) -> Event {
        let latest = rests_on.iter().map(|id| self.version(id)).max().unwrap_or(0);
        Event { keys, line, words: shown.iter().map(|id| self.quoted(id)).collect(), latest }
    }

    fn related(&self, kind: RelationKind) -> Vec<Event> {
        let of_kind = self.made.wire.relations.iter().filter(|relation| relation.kind == kind);
        let event = |relation: &onrecord::wire::record::Relation| {
            let pairs = relation.a.iter().flat_map(|a| relation.b.iter().map(move |b| (a, b)));
            let key = |(a, b): (&String, &String)| {
                let (a, b) = (self.key(a), self.key(b));
                format!("{} {}", (&a).min(&b), (&a).max(&b))
            };
            let all: Vec<&String> = relation.a.iter().chain(&relation.b).collect();
            let shown: Vec<&String> = relation.a.iter().take(1).chain(relation.b.iter().take(1)).collect();
            self.event(pairs.map(key).collect(), relation.why.clone(), &shown, &all)
        };
        of_kind.map(event).collect()
    }

    fn confirmed(&self) -> Vec<Event> {
        let claims = self.made.wire.origins.iter().filter(|claim| claim.independent > 1);
        let event = |claim: &onrecord::wire::record::Claim| {
            let all: Vec<&String> = claim.statements.iter().collect();
            let names = claim.origins.iter().map(|origin| origin.name.clone()).collect::<Vec<_>>().join(", ");
            self.event(
                all.iter().map(|id| self.key(id)).collect(),
                format!("{} independent origins: {names}", claim.independent),
                &all[..all.len().min(2)],
                &all,
            )
        };
        claims.map(event).collect()
    }

    /// Questions that somebody answered, with the last answer: refusing to answer, or speaking to the matter, is none.
    fn answered(&self) -> Vec<Event> {
        let questions = self.made.wire.questions.iter().filter(|question| question.status == Status::Answered);
        let event = |question: &onrecord::wire::record::Question| {
            let answers = question.askings.iter().filter(|asking| matches!(asking.answer, Answer::Affirm | Answer::Deny | Answer::Partial));
            let answers: Vec<&String> = answers.flat_map(|asking| &asking.answered_in).collect();
            let last = answers.last().copied()?;
            let asked = question.askings.iter().flat_map(|asking| &asking.asked_in);
            let keys = asked.chain(answers.iter().copied()).map(|id| self.key(id)).collect();
            Some(self.event(keys, format!("answered: {}", one_line(&question.text)), &[last], &answers))
        };
        questions.filter_map(event).collect()
    }
}

/// The place of a statement's document in the story.
fn document(statement: &Statement) -> usize {
    statement.document.get(1..).and_then(|number| number.parse::<usize>().ok()).expect("ids of a record are a letter and a number") - 1
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}
