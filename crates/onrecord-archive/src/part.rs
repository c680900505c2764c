//! Lists in parts: each part begins where another ended, by what its items are ordered by, so that the last page costs what the first does.
//!
//! A part goes by the *key* of an item: the values that the list is ordered by. Whatever is added or taken away meanwhile, a key names
//! the same place; one that was never given names the place where it would stand.

use crate::error::Problem;
use crate::{Archive, Arrived, Error, Logged, News, Question, Somebody, Spoken, Story};
use rusqlite::ToSql;
use rusqlite::types::Value;

/// Which part of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cut {
    /// The first.
    #[default]
    First,
    /// What comes after the item with this key.
    After(String),
    /// What comes before it, next to it.
    Before(String),
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<T> {
    /// Its items.
    pub items: Vec<T>,
    /// Something comes before the item with this key.
    pub before: Option<String>,
    /// Something comes after the item with this key.
    pub next: Option<String>,
}

impl<T> Part<T> {
    /// Each item as something else, unless one cannot be.
    pub fn try_map<U, E>(self, each: impl FnMut(T) -> Result<U, E>) -> Result<Part<U>, E> {
        Ok(Part { items: self.items.into_iter().map(each).collect::<Result<_, E>>()?, before: self.before, next: self.next })
    }

    /// Each item as something else.
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> Part<U> {
        Part { items: self.items.into_iter().map(each).collect(), before: self.before, next: self.next }
    }
}

/// What stands between the values of a key. No day, number or name of ours has it; the name of a person stands in the middle.
const BETWEEN: char = '~';

/// A column that a list is ordered by.
#[derive(Clone, Copy)]
struct Column {
    sql: &'static str,
    way: Way,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Rising,
    Falling,
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number,
}

const fn rising(sql: &'static str) -> Column {
    Column { sql, way: Way::Rising, kind: Kind::Text }
}

const fn falling(sql: &'static str) -> Column {
    Column { sql, way: Way::Falling, kind: Kind::Text }
}

const fn number(column: Column) -> Column {
    Column { kind: Kind::Number, ..column }
}

/// Stories: the latest first, those without a day last.
const STORIES: [Column; 2] = [falling("coalesce(s.last_day, '')"), rising("s.id")];
/// People: who said most first.
const PEOPLE: [Column; 3] = [number(falling("sum(p.statements)")), rising("min(p.name)"), rising("p.id")];
/// Questions: those of the latest story first.
const QUESTIONS: [Column; 3] = [falling("coalesce(s.last_day, '')"), rising("s.id"), number(rising("q.number"))];
/// What is not sure: of the latest story first.
const UNSURE: [Column; 3] = [falling("coalesce(s.last_day, '')"), rising("s.id"), number(rising("u.number"))];
/// What somebody said: in the order of time, what has no day last.
const SAID: [Column; 3] = [rising("coalesce(st.said_start, st.said_end, '9999')"), rising("d.id"), number(rising("st.number"))];
/// News: the last first.
const NEWS: [Column; 1] = [number(falling("n.number"))];

/// Corrections: the last first.
const CORRECTIONS: [Column; 1] = [number(falling("c.number"))];

/// A cut of a list, ready for SQL.
struct Slice {
    /// What must hold of the columns; its values stand after the first so many.
    condition: String,
    order: String,
    values: Vec<Value>,
    is_turned: bool,
}

impl Slice {
    fn of(columns: &[Column], cut: &Cut, taken: usize) -> Slice {
        let (key, is_turned) = match cut {
            Cut::First => (None, false),
            Cut::After(key) => (Some(key).filter(|key| !key.is_empty()), false),
            Cut::Before(key) => (Some(key).filter(|key| !key.is_empty()), true),
        };
        let rises = |column: &Column| (column.way == Way::Rising) != is_turned;
        let beyond = |at: usize| {
            let same = (0..at).map(|before| format!("{} = ?{}", columns[before].sql, taken + before + 1));
            let past = format!("{} {} ?{}", columns[at].sql, if rises(&columns[at]) { '>' } else { '<' }, taken + at + 1);
            format!("({})", same.chain([past]).collect::<Vec<_>>().join(" AND "))
        };
        let condition = key.map_or_else(|| "TRUE".to_owned(), |_| format!("({})", (0..columns.len()).map(beyond).collect::<Vec<_>>().join(" OR ")));
        let order = columns.iter().map(|column| format!("{} {}", column.sql, if rises(column) { "ASC" } else { "DESC" })).collect::<Vec<_>>().join(", ");
        Slice { condition, order, values: key.map_or_else(Vec::new, |key| values(columns, key)), is_turned }
    }

    /// The order and the end of a query for `most` items, and one more to know by whether more come.
    fn end(&self, most: usize) -> String {
        format!("ORDER BY {} LIMIT {}", self.order, most + 1)
    }

    /// The part that these are, one more than `most` if there are more; each with its key.
    fn part<T>(&self, mut found: Vec<(String, T)>, most: usize) -> Part<T> {
        let is_more = found.len() > most;
        found.truncate(most);
        if self.is_turned {
            found.reverse();
        }
        let is_cut = !self.values.is_empty();
        let (first, last) = (found.first().map(|(key, _)| key.clone()), found.last().map(|(key, _)| key.clone()));
        let (before, next) = if self.is_turned { (is_more, is_cut) } else { (is_cut, is_more) };
        Part { items: found.into_iter().map(|(_, item)| item).collect(), before: first.filter(|_| before), next: last.filter(|_| next) }
    }
}

/// The values of a key. The first and the last have no mark in them; what is no number is none.
fn values(columns: &[Column], key: &str) -> Vec<Value> {
    let mut parts = vec![""; columns.len()];
    let (mut rest, last) = (key, columns.len() - 1);
    if last > 0 {
        (rest, parts[last]) = rest.rsplit_once(BETWEEN).unwrap_or((rest, ""));
    }
    for part in parts.iter_mut().take(last.saturating_sub(1)) {
        (*part, rest) = rest.split_once(BETWEEN).unwrap_or((rest, ""));
    }
    parts[last.saturating_sub(1)] = rest;
    let value = |(column, part): (&Column, &str)| match column.kind {
        Kind::Text => Value::from(part.to_owned()),
        Kind::Number => Value::from(part.parse::<i64>().unwrap_or(0)),
    };
    columns.iter().zip(parts).map(value).collect()
}

/// The key with these values.
fn key(values: &[&dyn std::fmt::Display]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(&BETWEEN.to_string())
}

/// `own`, then the values of a slice.
fn with<'a>(own: &[&'a dyn ToSql], slice: &'a Slice) -> Vec<&'a dyn ToSql> {
    own.iter().copied().chain(slice.values.iter().map(|value| value as &dyn ToSql)).collect()
}

impl Archive {
    /// A part of all stories, the latest first.
    pub fn stories_part(&self, cut: &Cut, most: usize) -> Result<Part<Story>, Error> {
        let slice = Slice::of(&STORIES, cut, 0);
        let found = self.listed_stories(&format!("WHERE {} {}", slice.condition, slice.end(most)), &with(&[], &slice))?;
        Ok(slice.part(found.into_iter().map(|story| (Archive::story_key(&story), story)).collect(), most))
    }

    /// The key of a story in the list of all.
    pub fn story_key(story: &Story) -> String {
        key(&[&story.last_day.as_deref().unwrap_or_default(), &story.id])
    }

    /// The story of this whole name.
    pub fn story_named(&self, id: &str) -> Result<Story, Error> {
        let found = self.listed_stories("WHERE s.id = ?1", &[&id])?.pop();
        found.ok_or_else(|| Error::new(&self.path, Problem::Unknown(id.to_owned())))
    }

    /// The headline of the story of this whole name; empty where there is none any more.
    pub fn headline(&self, id: &str) -> Result<String, Error> {
        Ok(self.all("SELECT headline FROM story WHERE id = ?1", &[&id], |row| row.get(0))?.pop().unwrap_or_default())
    }

    /// How many stories there are.
    pub fn count_stories(&self) -> Result<i64, Error> {
        self.counted("SELECT count(*) FROM story", &[])
    }

    /// How many stories something came to after a moment, ISO and UTC.
    pub fn count_stories_since(&self, moment: &str) -> Result<i64, Error> {
        let sql = "SELECT count(DISTINCT m.team) FROM version v JOIN membership m ON m.version = v.number WHERE v.added_at > ?1";
        self.counted(sql, &[&moment])
    }

    /// What has come to a story.
    pub fn arrived_at(&self, story: &str) -> Result<Arrived, Error> {
        let sql = "SELECT coalesce(v.outlet, ''), count(*), max(v.added_at) FROM story s JOIN membership m USING (team) JOIN version v ON v.number = m.version
                   WHERE s.id = ?1 GROUP BY v.outlet ORDER BY count(*) DESC, v.outlet";
        let rows: Vec<(String, i64, String)> = self.all(sql, &[&story], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let latest = rows.iter().map(|(_, _, latest)| latest.clone()).max().unwrap_or_default();
        let outlets = rows.into_iter().filter(|(outlet, _, _)| !outlet.is_empty()).map(|(outlet, count, _)| (outlet, count as usize)).collect();
        Ok(Arrived { outlets, latest })
    }

    /// A part of everybody who said something, who said most first; `begins`, unless it is empty, begins their name or a word of it.
    pub fn people_part(&self, begins: &str, cut: &Cut, most: usize) -> Result<Part<Somebody>, Error> {
        let slice = Slice::of(&PEOPLE, cut, 2);
        let sql = format!(
            "SELECT p.id, min(p.name), sum(p.statements) FROM person p WHERE p.statements > 0 AND {CALLED} GROUP BY p.id HAVING {} {}",
            slice.condition,
            slice.end(most)
        );
        let (first, later) = beginning(begins);
        let found: Vec<(String, String, i64)> = self.all(&sql, &with(&[&first, &later], &slice), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let somebody = |(id, name, statements): (String, String, i64)| Ok((key(&[&statements, &name, &id]), self.somebody(&id)?.0));
        Ok(slice.part(found.into_iter().map(somebody).collect::<Result<_, Error>>()?, most))
    }

    /// How many these are.
    pub fn count_people(&self, begins: &str) -> Result<i64, Error> {
        let (first, later) = beginning(begins);
        self.counted(&format!("SELECT count(DISTINCT p.id) FROM person p WHERE p.statements > 0 AND {CALLED}"), &[&first, &later])
    }

    /// A part of what somebody said, in the order of time; in a document that touches several stories, once.
    pub fn said_part(&self, person: &str, cut: &Cut, most: usize) -> Result<Part<Spoken>, Error> {
        let slice = Slice::of(&SAID, cut, 1);
        let condition = format!("WHERE p.id = ?1 AND {} GROUP BY st.version, st.number {}", slice.condition, slice.end(most));
        let found = self.spoken(&condition, &with(&[&person], &slice))?;
        let keyed = |spoken: Spoken| {
            let (document, number) = spoken.id.rsplit_once(".s").unwrap_or((&spoken.id, "0"));
            let day = spoken.said_start.as_deref().or(spoken.said_end.as_deref()).unwrap_or("9999");
            (key(&[&day, &document, &number]), spoken)
        };
        Ok(slice.part(found.into_iter().map(keyed).collect(), most))
    }

    /// The first and the last day on which somebody said something, as far as days are known.
    pub fn spoke_between(&self, person: &str) -> Result<(Option<String>, Option<String>), Error> {
        let day = "coalesce(st.said_start, st.said_end)";
        let sql = format!(
            "SELECT min({day}), max({day}) FROM person p JOIN statement st ON st.team = p.team AND st.speaker = p.number WHERE p.id = ?1 AND st.factuality = 'actual'"
        );
        let found = self.all(&sql, &[&person], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.into_iter().next().unwrap_or_default())
    }

    /// A part of all questions, of the latest story first; where `status` and `story` are given, of these alone.
    pub fn questions_part(&self, status: Option<&str>, story: Option<&str>, cut: &Cut, most: usize) -> Result<Part<Question>, Error> {
        let slice = Slice::of(&QUESTIONS, cut, 2);
        let sql = format!(
            "SELECT q.team, q.number, coalesce(s.last_day, ''), s.id FROM question q JOIN story s USING (team) WHERE {WHICH} AND {} {}",
            slice.condition,
            slice.end(most)
        );
        let found: Vec<(i64, i64, String, String)> =
            self.all(&sql, &with(&[&status, &story], &slice), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let mut keyed = Vec::with_capacity(found.len());
        for (team, number, day, story) in found {
            let question = self.asked("q.team = ?1 AND q.number = ?2", &[&team, &number])?.pop();
            keyed.extend(question.map(|question| (key(&[&day, &story, &number]), question)));
        }
        Ok(slice.part(keyed, most))
    }

    /// How many these are.
    pub fn count_questions(&self, status: Option<&str>, story: Option<&str>) -> Result<i64, Error> {
        self.counted(&format!("SELECT count(*) FROM question q JOIN story s USING (team) WHERE {WHICH}"), &[&status, &story])
    }

    /// The questions that were put to somebody, of the latest story first: `most` at most.
    pub fn questions_to(&self, person: &str, most: usize) -> Result<Vec<Question>, Error> {
        let condition = format!(
            "(q.team, q.number) IN (SELECT DISTINCT a.team, a.question FROM person p JOIN asking a ON a.team = p.team AND a.addressee = p.number
              JOIN story s ON s.team = p.team WHERE p.id = ?1 ORDER BY s.last_day DESC, s.id, a.question LIMIT {most})"
        );
        self.asked(&condition, &[&person])
    }

    /// A part of what is not sure of stories, as a condition over `u` picks it: each with its key, its story and what it is.
    pub(crate) fn keyed_unsure(&self, condition: &str, cut: &Cut, most: usize) -> Result<Part<(String, String, String)>, Error> {
        let slice = Slice::of(&UNSURE, cut, 0);
        let sql = format!(
            "SELECT coalesce(s.last_day, ''), s.id, u.number, u.key, u.what FROM unsure u JOIN story s USING (team) WHERE {condition} AND {} {}",
            slice.condition,
            slice.end(most)
        );
        let found = self.all(&sql, &with(&[], &slice), |row| {
            let (day, story, number): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok((key(&[&day, &story, &number]), (row.get(3)?, story, row.get(4)?)))
        })?;
        Ok(slice.part(found, most))
    }

    /// A part of what the watches told, the last first.
    pub fn news_part(&self, cut: &Cut, most: usize) -> Result<Part<News>, Error> {
        let slice = Slice::of(&NEWS, cut, 0);
        let found = self.told(&format!("{} {}", slice.condition, slice.end(most)), &with(&[], &slice))?;
        Ok(slice.part(found.into_iter().map(|news| (news.id[1..].to_owned(), news)).collect(), most))
    }

    /// A part of the log, the last first.
    pub fn corrections_part(&self, cut: &Cut, most: usize) -> Result<Part<Logged>, Error> {
        let slice = Slice::of(&CORRECTIONS, cut, 0);
        let found = self.logged(&format!("{} {}", slice.condition, slice.end(most)), &with(&[], &slice))?;
        Ok(slice.part(found.into_iter().map(|logged| (logged.id[1..].to_owned(), logged)).collect(), most))
    }

    fn counted(&self, sql: &str, values: &[&dyn ToSql]) -> Result<i64, Error> {
        self.one(sql, values).map_err(|problem| Error::new(&self.path, problem))
    }
}

/// Whose name, or a word of whose name, begins so.
const CALLED: &str = "(?1 = '%' OR p.name LIKE ?1 ESCAPE '\\' OR p.name LIKE ?2 ESCAPE '\\')";
/// Which questions.
const WHICH: &str = "(?1 IS NULL OR q.status = ?1) AND (?2 IS NULL OR s.id = ?2)";

/// What SQL compares a name with, and what a later word of it.
fn beginning(begins: &str) -> (String, String) {
    let plain = begins.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    (format!("{plain}%"), format!("% {plain}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_apart_as_it_was_made() {
        let text = |text: &str| Value::from(text.to_owned());
        assert_eq!(values(&PEOPLE, "12~A ~ B~pabc"), [Value::from(12), text("A ~ B"), text("pabc")]);
        assert_eq!(values(&STORIES, "2031-03-04~dabc"), [text("2031-03-04"), text("dabc")]);
        assert_eq!(values(&NEWS, "31"), [Value::from(31)]);
        assert_eq!(values(&QUESTIONS, "nonsense"), [text("nonsense"), text(""), Value::from(0)]);
    }

    #[test]
    fn signs_of_sql_stand_for_themselves() {
        assert_eq!(beginning(" 50%_"), ("50\\%\\_%".to_owned(), "% 50\\%\\_%".to_owned()));
    }
}
