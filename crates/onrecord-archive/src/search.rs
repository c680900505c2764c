//! Finds statements by their words, each at its exact place.
//!
//! Words are all wanted; `"words in a row"` are a phrase, `word*` is the beginning of a word, `-word` must not be there.
//! Up to [`RANKED`] hits are ranked by BM25. A common word has more; ranking all of them takes seconds in a large archive and tells
//! nothing, so those added last come first, and [`Found::order`] says so. What is [`Like`] other words is
//! ranked by how near it is.

use crate::error::Problem;
use crate::like::Like;
use crate::list::Spoken;
use crate::words::ROOM;
use crate::{Archive, Error, name};
use rusqlite::types::Value;
use rusqlite::{ToSql, params};
use std::collections::{BTreeSet, HashSet};

/// Hits that are ranked at most: BM25 over 1,800 hits took 4 ms among ten million rows, over 30,000 it took 85 ms.
pub(crate) const RANKED: usize = 2000;

/// What is searched for; everything given must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The words; none finds everything the filters leave.
    pub words: String,
    /// What statements should mean the like of: they are ranked by it.
    pub like: Option<Like>,
    /// The speaker's id, name, or a word of the name.
    pub by: Option<String>,
    /// The id or the name of whom it is about: the name must stand in what was said, the last word of it alone where they speak in the
    /// story too and nobody else there is called by it.
    pub about: Option<String>,
    /// The outlet, whatever the case.
    pub outlet: Option<String>,
    /// The story, by any of its documents.
    pub story: Option<String>,
    /// The class of the source, as `onrecord.record/1` calls it.
    pub sourcing: Option<String>,
    /// What the statement does.
    pub act: Option<String>,
    /// How much of it is quoted.
    pub form: Option<String>,
    /// Said on this day or later, ISO.
    pub since: Option<String>,
    /// Said on this day or before.
    pub until: Option<String>,
    /// In a document published on this day or later.
    pub published_since: Option<String>,
    /// In a document published on this day or before.
    pub published_until: Option<String>,
    /// How many are wanted at most.
    pub most: usize,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// The hits.
    pub hits: Vec<T>,
    /// In which order they stand.
    pub order: Order,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The best first.
    Best,
    /// The newest first: there are no words to rank by, or so many hits that those added last are taken for the newest.
    Newest,
}

impl Archive {
    /// The statements that a query finds.
    pub fn search(&self, query: &Query) -> Result<Found<Spoken>, Error> {
        let (wanted, picked, order) = self.picked(query).map_err(|problem| Error::new(&self.path, problem))?;
        let condition = format!("WHERE {} AND st.version = ?1 AND st.number = ?2 GROUP BY st.version, st.number", wanted.clauses(2, "st"));
        let mut hits = Vec::new();
        for (version, number) in picked {
            let mut values: Vec<&dyn ToSql> = vec![&version, &number];
            values.extend(wanted.values());
            hits.extend(self.spoken(&condition, &values)?);
        }
        Ok(Found { hits, order })
    }

    /// Which statements a query finds, by their versions and numbers.
    pub(crate) fn picked(&self, query: &Query) -> Result<(Wanted, Vec<(i64, i64)>, Order), Problem> {
        let (wanted, words) = self.wanted(query)?;
        if let Some(like) = &query.like {
            let holding = words.map(|words| self.holding(&words)).transpose()?;
            let ranked = self.alike(like, &wanted, holding.as_ref())?;
            let picked = self.wanted_of(&wanted, ranked.into_iter().map(Ok), query.most)?;
            return Ok((wanted, picked, Order::Best));
        }
        let Some(words) = words else {
            let picked = self.newest(&wanted, None, query.most)?;
            return Ok((wanted, picked, Order::Newest));
        };
        let ranked = self.ranked(&words)?;
        if ranked.len() <= RANKED {
            let picked = self.wanted_of(&wanted, ranked.into_iter().map(Ok), query.most)?;
            return Ok((wanted, picked, Order::Best));
        }
        let picked = if wanted.is_narrow() { self.newest(&wanted, Some(&words), query.most)? } else { self.added_last(&wanted, &words, query.most)? };
        Ok((wanted, picked, Order::Newest))
    }

    /// The statements that were said last, of those with these `words` if there are any: at most `most`, a document that touches
    /// several stories once.
    pub(crate) fn newest(&self, wanted: &Wanted, words: Option<&str>, most: usize) -> Result<Vec<(i64, i64)>, Problem> {
        let (tables, day) = wanted.by_day();
        let clauses = wanted.clauses(0, day);
        let sql = format!("SELECT {day}.version, {day}.number FROM {tables} WHERE {clauses} ORDER BY {day}.said_end DESC, {day}.version DESC, {day}.number");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut holding = self.connection.prepare_cached("SELECT 1 FROM statement_text WHERE statement_text MATCH ?1 AND rowid = ?2")?;
        let mut rows = statement.query(wanted.values().as_slice())?;
        let (mut picked, mut seen) = (Vec::new(), HashSet::new());
        while picked.len() < most {
            let Some(row) = rows.next()? else { break };
            let one: (i64, i64) = (row.get(0)?, row.get(1)?);
            let holds = match words {
                Some(words) => holding.exists(params![words, one.0 * ROOM + one.1])?,
                None => true,
            };
            if holds && seen.insert(one) {
                picked.push(one);
            }
        }
        Ok(picked)
    }

    /// The statements with these words that were added last.
    fn added_last(&self, wanted: &Wanted, words: &str, most: usize) -> Result<Vec<(i64, i64)>, Problem> {
        let mut statement = self.connection.prepare_cached("SELECT rowid FROM statement_text WHERE statement_text MATCH ?1 ORDER BY rowid DESC")?;
        let mut rows = statement.query([words])?;
        let next = std::iter::from_fn(|| rows.next().and_then(|row| row.map(|row| row.get(0)).transpose()).transpose());
        self.wanted_of(wanted, next, most)
    }

    /// The statements that hold these words.
    fn holding(&self, words: &str) -> Result<HashSet<i64>, Problem> {
        Ok(self.rows("SELECT rowid FROM statement_text WHERE statement_text MATCH ?1", &[&words], |row| row.get(0))?.into_iter().collect())
    }

    /// The versions that hold a statement that is wanted.
    pub(crate) fn versions(&self, wanted: &Wanted) -> Result<Vec<i64>, Problem> {
        let sql = format!("SELECT DISTINCT st.version FROM statement st{} WHERE {} ORDER BY st.version", wanted.joins(), wanted.clauses(0, "st"));
        self.rows(&sql, &wanted.values(), |row| row.get(0))
    }

    /// The first `most` of `found` that are wanted.
    pub(crate) fn wanted_of(&self, wanted: &Wanted, found: impl Iterator<Item = rusqlite::Result<i64>>, most: usize) -> Result<Vec<(i64, i64)>, Problem> {
        let sql = format!("SELECT 1 FROM statement st{} WHERE st.version = ?1 AND st.number = ?2 AND {} LIMIT 1", wanted.joins(), wanted.clauses(2, "st"));
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut picked = Vec::new();
        for row in found {
            if picked.len() >= most {
                break;
            }
            let row = row?;
            let one = (row / ROOM, row % ROOM);
            let mut values: Vec<&dyn ToSql> = vec![&one.0, &one.1];
            values.extend(wanted.values());
            if statement.exists(values.as_slice())? {
                picked.push(one);
            }
        }
        Ok(picked)
    }

    /// The statements that match, the best first if there are not more than can be ranked; else one more than that.
    fn ranked(&self, words: &str) -> Result<Vec<i64>, Problem> {
        let bounded = format!("SELECT rowid FROM statement_text WHERE statement_text MATCH ?1 LIMIT {}", RANKED + 1);
        let bounded = self.rows(&bounded, &[&words], |row| row.get(0))?;
        if bounded.len() > RANKED {
            return Ok(bounded);
        }
        self.rows("SELECT rowid FROM statement_text WHERE statement_text MATCH ?1 ORDER BY rank, rowid", &[&words], |row| row.get(0))
    }

    /// What a query wants of a statement beside its words, and all its words as the index wants them; `None` if there are none.
    pub(crate) fn wanted(&self, query: &Query) -> Result<(Wanted, Option<String>), Problem> {
        let mut wanted = Wanted::of_articles(query);
        let about = query.about.as_ref().and_then(|about| phrase(about).map(|name| self.about(about, name, &mut wanted))).transpose()?;
        let words = matching(&query.words, about);
        if let Some(story) = &query.story {
            wanted.is("st.team = ?", Some(self.team(story)?));
        }
        if let Some(by) = &query.by {
            wanted.one_of("p.id", self.called(by)?.into_iter().map(Value::from).collect());
        }
        for (column, value) in [("st.sourcing", &query.sourcing), ("st.act", &query.act), ("st.form", &query.form)] {
            wanted.is(&format!("{column} = ?"), value.clone());
        }
        if words.is_none() {
            let row = format!("(st.version * {ROOM} + st.number)");
            wanted.is(&format!("{row} NOT IN (SELECT rowid FROM statement_text WHERE statement_text MATCH ?)"), unwanted(&query.words));
        }
        // A statement whose day is not known exactly is found if it can have been said then.
        wanted.is("coalesce(day.said_end, day.said_start) >= ?", query.since.clone());
        wanted.is("coalesce(day.said_start, day.said_end) <= ?", query.until.clone());
        Ok((wanted, words))
    }

    /// The words by which what is about somebody is found, whose `name` the index wants so; beside them, what must hold.
    fn about(&self, about: &str, name: String, wanted: &mut Wanted) -> Result<String, Problem> {
        let known = "SELECT id, name, team FROM person WHERE kind = 'person' AND id IN (lower(?1), ?2) ORDER BY team";
        let known: Vec<(String, String, i64)> =
            self.rows(known, &[&about, &name::everywhere("person", about)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let Some((id, called, _)) = known.first() else { return Ok(name) };
        let Some(full) = phrase(called) else { return Ok(name) };
        let last = called.split_once(' ').and_then(|(_, rest)| rest.split(' ').next_back());
        let Some((last, quoted)) = last.and_then(|last| Some((last, phrase(last)?))) else { return Ok(full) };
        let namesakes = "SELECT EXISTS (SELECT 1 FROM person WHERE team = ?1 AND id <> ?2 AND ' ' || name LIKE ?3)";
        let mut theirs = Vec::new();
        for (_, _, team) in &known {
            if !self.one::<bool>(namesakes, &[team, id, &format!("% {last}")])? {
                theirs.push(Value::from(*team));
            }
        }
        let teams = vec!["?"; theirs.len()].join(", ");
        // Asked row by row: a list of all rows with the name would be made anew for each.
        let holds = format!("SELECT 1 FROM statement_text WHERE statement_text MATCH ? AND rowid = st.version * {ROOM} + st.number");
        let condition = format!("(st.team IN ({teams}) OR EXISTS ({holds}))");
        theirs.push(Value::from(full.clone()));
        wanted.conditions.push((condition, theirs));
        Ok(format!("({full} OR {quoted})"))
    }

    /// The ids of all who are called so, as [`Archive::named`] finds them.
    fn called(&self, called: &str) -> Result<BTreeSet<String>, Problem> {
        let wanted = called.to_lowercase();
        if self.one::<bool>("SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1 AND statements > 0)", &[&wanted])? {
            return Ok(BTreeSet::from([wanted]));
        }
        // SQLite takes no letter but those of ASCII for the same in both cases.
        let like = if wanted.is_ascii() { format!("%{}%", wanted.replace(['%', '_'], "_")) } else { "%".to_owned() };
        let people = "SELECT id, name FROM person WHERE statements > 0 AND name LIKE ?1";
        let people: Vec<(String, String)> = self.rows(people, &[&like], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let found: BTreeSet<String> = name::called(people, |(_, name)| name, called).into_iter().map(|(id, _)| id).collect();
        if found.is_empty() { Err(Problem::Unknown(called.to_owned())) } else { Ok(found) }
    }
}

/// Conditions with their values; `?` stands for the next of them.
#[derive(Default)]
pub(crate) struct Wanted {
    conditions: Vec<(String, Vec<Value>)>,
}

impl Wanted {
    /// What a query wants of articles.
    pub(crate) fn of_articles(query: &Query) -> Wanted {
        let mut wanted = Wanted::default();
        wanted.is("v.outlet COLLATE NOCASE = ?", query.outlet.clone());
        wanted.is("v.published >= ?", query.published_since.clone());
        wanted.is("v.published <= ?", query.published_until.clone());
        wanted
    }

    pub(crate) fn is<T: Into<Value>>(&mut self, condition: &str, value: Option<T>) {
        self.conditions.extend(value.map(|value| (condition.to_owned(), vec![value.into()])));
    }

    pub(crate) fn one_of(&mut self, column: &str, values: Vec<Value>) {
        self.conditions.push((format!("{column} IN ({})", vec!["?"; values.len()].join(", ")), values));
    }

    fn speaks_of(&self, name: &str) -> bool {
        self.conditions.iter().any(|(condition, _)| condition.contains(name))
    }

    /// Whether it names somebody or a story, so that few statements are left.
    pub(crate) fn is_narrow(&self) -> bool {
        self.speaks_of("p.id") || self.speaks_of("st.team =")
    }

    /// Whether it wants anything.
    pub(crate) fn has_conditions(&self) -> bool {
        !self.conditions.is_empty()
    }

    /// The tables to read in the order of days, and which of them holds the days: those of many come from an index, so that other
    /// columns are looked up only where the days fit; where a name, an outlet or a story leaves few, all of these are sorted.
    fn by_day(&self) -> (String, &'static str) {
        if self.is_narrow() || self.speaks_of("v.outlet") {
            return (format!("statement st{}", self.joins()), "st");
        }
        let is_of_days_alone = !["st.", "v.", "p."].iter().any(|name| self.speaks_of(name));
        let rest = " CROSS JOIN statement st ON st.version = day.version AND st.number = day.number AND st.team = day.team";
        (format!("statement day INDEXED BY statement_day{}{}", if is_of_days_alone { "" } else { rest }, self.joins()), "day")
    }

    /// The tables that its conditions need beside that of statements.
    pub(crate) fn joins(&self) -> String {
        let version = if self.speaks_of("v.") { " JOIN version v ON v.number = st.version" } else { "" };
        let person = if self.speaks_of("p.") { " JOIN person p ON p.team = st.team AND p.number = st.speaker" } else { "" };
        format!("{version}{person}")
    }

    /// The conditions, their values numbered after the first `taken`; days stand in the table `day`.
    pub(crate) fn clauses(&self, taken: usize, day: &str) -> String {
        let (mut out, mut next) = ("TRUE".to_owned(), taken);
        for (condition, _) in &self.conditions {
            out.push_str(" AND ");
            for part in condition.replace("day.", &format!("{day}.")).split_inclusive('?') {
                out.push_str(part);
                if part.ends_with('?') {
                    next += 1;
                    out.push_str(&next.to_string());
                }
            }
        }
        out
    }

    pub(crate) fn values(&self) -> Vec<&dyn ToSql> {
        self.conditions.iter().flat_map(|(_, values)| values).map(|value| value as &dyn ToSql).collect()
    }
}

/// A name in the words of FTS5; `None` if it has no letter.
fn phrase(name: &str) -> Option<String> {
    name.chars().any(char::is_alphanumeric).then(|| format!("\"{}\"", name.replace('"', " ")))
}

/// A query in the words of FTS5: every term in quotation marks, so that no sign in it means anything; beside them, the words of a name.
fn matching(words: &str, about: Option<String>) -> Option<String> {
    let wanted: Vec<String> = matching_of(words, true).into_iter().chain(about).collect();
    let wanted = (!wanted.is_empty()).then(|| wanted.join(" AND "))?;
    Some(match unwanted(words) {
        None => wanted,
        Some(unwanted) => format!("({wanted}) NOT ({unwanted})"),
    })
}

/// Any of the words that must not be there.
fn unwanted(words: &str) -> Option<String> {
    let unwanted = matching_of(words, false);
    (!unwanted.is_empty()).then(|| unwanted.join(" OR "))
}

/// The terms that must be there, or those that must not.
fn matching_of(words: &str, are_wanted: bool) -> Vec<String> {
    let mut out = Vec::new();
    for term in terms(words) {
        let (term, is_wanted) = term.strip_prefix('-').map_or((term.as_str(), true), |rest| (rest, false));
        let (term, prefix) = term.strip_suffix('*').map_or((term, ""), |rest| (rest, " *"));
        // A term of signs alone stands nowhere.
        if is_wanted == are_wanted && term.chars().any(char::is_alphanumeric) {
            out.push(format!("\"{}\"{prefix}", term.replace('"', " ")));
        }
    }
    out
}

/// All words of a query, those of its phrases singly, as an index without places wants them; `None` if there are none.
pub(crate) fn all_of(words: &str) -> Option<String> {
    let mut all = Vec::new();
    for term in terms(words).iter().filter(|term| !term.starts_with('-')) {
        let begins = term.ends_with('*');
        let single = singly(term);
        let last = single.len().saturating_sub(1);
        // What the index does not take for a letter parts a word there and not here: such a word is looked for in the text alone.
        let known = single.iter().enumerate().filter(|(_, word)| word.chars().all(|c| c < FIRST_UNSURE));
        all.extend(known.map(|(at, word)| format!("\"{word}\"{}", if begins && at == last { " *" } else { "" })));
    }
    (!all.is_empty()).then(|| all.join(" AND "))
}

/// Below it, the index and we agree on what is a letter or a digit.
const FIRST_UNSURE: char = '\u{250}';

/// The words of a term in lower case, without signs.
pub(crate) fn singly(term: &str) -> Vec<String> {
    term.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words and phrases of a query.
pub(crate) fn terms(words: &str) -> Vec<String> {
    let (mut out, mut term, mut is_quoted) = (Vec::new(), String::new(), false);
    for c in words.chars() {
        match c {
            '"' | '“' | '”' => is_quoted = !is_quoted,
            c if c.is_whitespace() && !is_quoted => out.push(std::mem::take(&mut term)),
            c => term.push(c),
        }
    }
    out.push(term);
    out.retain(|term| !term.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_words_phrases_beginnings_and_what_must_not_be_there() {
        let matching = |words: &str| matching(words, None).unwrap_or_default();
        assert_eq!(matching("bridge closed"), "\"bridge\" AND \"closed\"");
        assert_eq!(matching("“the bridge” clos*"), "\"the bridge\" AND \"clos\" *");
        assert_eq!(matching("bridge -ferry -\"old barge\""), "(\"bridge\") NOT (\"ferry\" OR \"old barge\")");
        assert_eq!(matching("NEAR(a OR content:b)"), "\"NEAR(a\" AND \"OR\" AND \"content:b)\"");
        assert_eq!(matching("-ferry"), "");
        assert_eq!(matching(" … \" "), "");
    }
}
