//! What an archive holds, in lists: stories, people, what somebody said, questions.

use crate::error::Problem;
use crate::ground::loosen;
use crate::{Archive, Error, name};
use onrecord::line::Lines;
use rusqlite::types::FromSql;
use rusqlite::{Row, ToSql};
use serde::Serialize;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A story, as a list shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Story {
    /// Its name: that of its first document.
    pub id: String,
    /// The headline of its first document.
    pub headline: String,
    /// The first day of its documents, ISO.
    pub first_day: Option<String>,
    /// The last.
    pub last_day: Option<String>,
    /// How many documents it has.
    pub documents: i64,
    /// How many statements.
    pub statements: i64,
    /// How many conflicts.
    pub conflicts: i64,
    /// How many questions are not answered.
    pub open_questions: i64,
}

/// Somebody, across stories where the full name is one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Somebody {
    /// The name of the row: one for all stories.
    pub id: String,
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Titles and offices, as the stories give them.
    pub roles: Vec<String>,
    /// The stories.
    pub stories: Vec<String>,
    /// How many statements it made.
    pub statements: i64,
}

/// A statement, as a list shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spoken {
    /// Its name: that of its document, a point, `s` and its number there.
    pub id: String,
    /// The version of its document in which it stands, from 1.
    pub version: i64,
    /// The story.
    pub story: String,
    /// Who said it.
    pub speaker: Option<String>,
    /// Where its document came from.
    pub path: String,
    /// Its document's outlet.
    pub outlet: Option<String>,
    /// From its first byte to its last.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The line of the text on which it begins, from 1.
    pub line: usize,
    /// What was said, in parts, as they stand there.
    pub content: Vec<String>,
    /// The words that say that it was said.
    pub cue: Vec<String>,
    /// How much of it is quoted.
    pub form: String,
    /// What it does.
    pub act: String,
    /// Whether it was said at all.
    pub factuality: String,
    /// The class of its source.
    pub sourcing: String,
    /// On whose word it is known.
    pub known_through: String,
    /// The first day on which it can have been said.
    pub said_start: Option<String>,
    /// The last.
    pub said_end: Option<String>,
}

/// A question and its askings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// The story.
    pub story: String,
    /// Its number in the record of the story, from 1.
    pub number: i64,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub status: String,
    /// Each time it was put.
    pub askings: Vec<Asking>,
}

/// One time a question was put.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asking {
    /// Who asked.
    pub asker: Option<String>,
    /// Who was asked.
    pub addressee: Option<String>,
    /// The class of the answer.
    pub answer: String,
    /// The first day on which it can have been.
    pub said_start: Option<String>,
    /// The last.
    pub said_end: Option<String>,
}

impl Spoken {
    /// The name of its document.
    pub fn document(&self) -> &str {
        self.id.rsplit_once(".s").map_or("", |(document, _)| document)
    }
}

impl Somebody {
    /// What [`in_one_story`](Somebody::in_one_story) reads of `p`, a person, and `s`, the story.
    pub(crate) const COLUMNS: &str = "p.id, p.name, p.kind, p.roles, s.id, p.statements";
    /// How many columns these are.
    pub(crate) const WIDTH: usize = 6;

    /// Somebody as one story has them.
    pub(crate) fn in_one_story(row: &Row<'_>) -> rusqlite::Result<Somebody> {
        let roles: String = row.get(3)?;
        let roles = serde_json::from_str(&roles).unwrap_or_default();
        Ok(Somebody { id: row.get(0)?, name: row.get(1)?, kind: row.get(2)?, roles, stories: vec![row.get(4)?], statements: row.get(5)? })
    }

    /// The same with what another row has of them: of the same story or of a later one.
    pub(crate) fn join(mut self, other: Somebody) -> Somebody {
        let new: Vec<String> = other.roles.into_iter().filter(|role| !self.roles.contains(role)).collect();
        self.roles.extend(new);
        self.stories.extend(other.stories);
        self.stories.dedup();
        self.statements += other.statements;
        self
    }
}

impl Archive {
    /// All stories, the latest first.
    pub fn stories(&self) -> Result<Vec<Story>, Error> {
        self.listed_stories("ORDER BY last_day IS NULL, last_day DESC, id", &[])
    }

    /// The stories that a condition over `s` picks.
    pub(crate) fn listed_stories(&self, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<Story>, Error> {
        let sql = format!(
            "SELECT s.id, s.headline, s.first_day, s.last_day, s.documents, s.statements, s.conflicts,
                    (SELECT count(*) FROM question q WHERE q.team = s.team AND q.status <> 'answered')
             FROM story s {condition}"
        );
        self.all(&sql, values, |row| {
            Ok(Story {
                id: row.get(0)?,
                headline: row.get(1)?,
                first_day: row.get(2)?,
                last_day: row.get(3)?,
                documents: row.get(4)?,
                statements: row.get(5)?,
                conflicts: row.get(6)?,
                open_questions: row.get(7)?,
            })
        })
    }

    /// Everybody who said something, who said most first.
    pub fn people(&self) -> Result<Vec<Somebody>, Error> {
        let sql = format!("SELECT {} FROM person p JOIN story s USING (team) ORDER BY p.id, s.id, p.number", Somebody::COLUMNS);
        let mut people: Vec<Somebody> = Vec::new();
        for row in self.all(&sql, &[], Somebody::in_one_story)? {
            match people.pop() {
                Some(last) if last.id == row.id => people.push(last.join(row)),
                last => people.extend(last.into_iter().chain([row])),
            }
        }
        people.retain(|somebody| somebody.statements > 0);
        people.sort_by(|a, b| b.statements.cmp(&a.statements).then_with(|| (&a.name, &a.id).cmp(&(&b.name, &b.id))));
        Ok(people)
    }

    /// Everybody called so: by id, else by the whole name, else by a word of it, whatever the case.
    pub fn named(&self, called: &str) -> Result<Vec<Somebody>, Error> {
        let people = self.people()?;
        let by_id: Vec<Somebody> = people.iter().filter(|it| it.id == called.to_lowercase()).cloned().collect();
        let found = if by_id.is_empty() { name::called(people, |it| &it.name, called) } else { by_id };
        if found.is_empty() { Err(Error::new(&self.path, Problem::Unknown(called.to_owned()))) } else { Ok(found) }
    }

    /// What somebody said, in the order of time; in a document that touches several stories, once.
    pub fn said_by(&self, person: &Somebody) -> Result<Vec<Spoken>, Error> {
        let condition = "WHERE p.id = ?1 GROUP BY st.version, st.number ORDER BY coalesce(st.said_start, st.said_end) IS NULL, coalesce(st.said_start, st.said_end), d.id, st.number";
        self.spoken(condition, &[&person.id])
    }

    /// The statements that a condition over `st`, `p` (its speaker), `s` (its story), `v` and `d` (its document) picks.
    pub(crate) fn spoken(&self, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<Spoken>, Error> {
        let sql = format!(
            "SELECT d.id, st.number, s.id, p.name, v.path, v.outlet, st.source, st.cue, st.content, st.form, st.act, st.factuality, st.sourcing, st.known_through,
                    st.said_start, st.said_end, st.version, v.ordinal
             FROM statement st JOIN story s USING (team) JOIN version v ON v.number = st.version JOIN document d ON d.number = v.document
             LEFT JOIN person p ON p.team = st.team AND p.number = st.speaker {condition}"
        );
        let mut texts: HashMap<i64, (String, Lines)> = HashMap::new();
        let rows = self.all(&sql, values, |row| {
            let parts = [row.get::<_, Option<String>>(6)?.unwrap_or_default(), row.get(7)?, row.get(8)?];
            let spoken = Spoken {
                id: format!("{}.s{}", row.get::<_, String>(0)?, row.get::<_, i64>(1)?),
                version: row.get(17)?,
                story: row.get(2)?,
                speaker: row.get(3)?,
                path: row.get(4)?,
                outlet: row.get(5)?,
                start: 0,
                end: 0,
                line: 0,
                content: Vec::new(),
                cue: Vec::new(),
                form: row.get(9)?,
                act: row.get(10)?,
                factuality: row.get(11)?,
                sourcing: row.get(12)?,
                known_through: row.get(13)?,
                said_start: row.get(14)?,
                said_end: row.get(15)?,
            };
            Ok((row.get::<_, i64>(16)?, parts, spoken))
        })?;
        let mut out = Vec::with_capacity(rows.len());
        for (version, [source, cue, content], mut spoken) in rows {
            let (text, lines) = match texts.entry(version) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(open) => {
                    let text = self.text(version).map_err(|problem| Error::new(&self.path, problem))?;
                    let lines = Lines::of(&text);
                    open.insert((text, lines))
                }
            };
            let damaged = || Error::new(&self.path, Problem::Damaged(format!("a span of {} lies outside its text", spoken.id)));
            let spans = [&source, &cue, &content].map(|written| spans(written));
            let words = |at: usize| spans[at].iter().map(|(start, end)| text.get(*start..*end).map(str::to_owned)).collect::<Option<Vec<_>>>();
            let (Some(cue), Some(content), Some(_)) = (words(1), words(2), words(0)) else { return Err(damaged()) };
            let all = || spans.iter().flatten();
            (spoken.start, spoken.end) = (all().map(|(start, _)| *start).min().unwrap_or(0), all().map(|(_, end)| *end).max().unwrap_or(0));
            spoken.line = lines.at(spoken.start);
            (spoken.cue, spoken.content) = (cue, content);
            out.push(spoken);
        }
        Ok(out)
    }

    /// All questions, of the latest story first.
    pub fn questions(&self) -> Result<Vec<Question>, Error> {
        self.asked("TRUE", &[])
    }

    /// The questions that a condition over `q` and `s` (its story) picks, of the latest story first.
    pub(crate) fn asked(&self, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<Question>, Error> {
        let sql = format!(
            "SELECT s.id, q.number, q.text, q.status, asker.name, addressee.name, a.answer, a.said_start, a.said_end
             FROM question q JOIN story s USING (team) LEFT JOIN asking a ON a.team = q.team AND a.question = q.number
             LEFT JOIN person asker ON asker.team = a.team AND asker.number = a.asker
             LEFT JOIN person addressee ON addressee.team = a.team AND addressee.number = a.addressee
             WHERE {condition} ORDER BY s.last_day IS NULL, s.last_day DESC, s.id, q.number, a.number"
        );
        let rows = self.all(&sql, values, |row| {
            let asking = match row.get::<_, Option<String>>(6)? {
                Some(answer) => vec![Asking { asker: row.get(4)?, addressee: row.get(5)?, answer, said_start: row.get(7)?, said_end: row.get(8)? }],
                None => Vec::new(),
            };
            Ok(Question { story: row.get(0)?, number: row.get(1)?, text: row.get(2)?, status: row.get(3)?, askings: asking })
        })?;
        let mut questions: Vec<Question> = Vec::new();
        for row in rows {
            match questions.last_mut().filter(|last| (&last.story, last.number) == (&row.story, row.number)) {
                Some(question) => question.askings.extend(row.askings),
                None => questions.push(row),
            }
        }
        Ok(questions)
    }

    /// The text of a version.
    pub(crate) fn text(&self, version: i64) -> Result<String, Problem> {
        let text: Vec<u8> = self.one("SELECT text FROM version WHERE number = ?1", &[&version])?;
        String::from_utf8(loosen(&text)?).map_err(|_| Problem::Damaged(format!("the text of version {version} is not UTF-8")))
    }

    pub(crate) fn one<T: FromSql>(&self, sql: &str, values: &[&dyn ToSql]) -> Result<T, Problem> {
        Ok(self.connection.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
    }

    pub(crate) fn all<T>(&self, sql: &str, values: &[&dyn ToSql], each: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>, Error> {
        self.rows(sql, values, each).map_err(|problem| Error::new(&self.path, problem))
    }

    pub(crate) fn rows<T>(&self, sql: &str, values: &[&dyn ToSql], each: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>, Problem> {
        Ok(self.connection.prepare_cached(sql)?.query_map(values, each)?.collect::<Result<_, _>>()?)
    }
}

/// `12-30 41-55` as numbers; what is no span is one outside every text.
fn spans(written: &str) -> Vec<(usize, usize)> {
    let span = |part: &str| part.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    written.split(' ').filter(|part| !part.is_empty()).map(|part| span(part).unwrap_or((usize::MAX, usize::MAX))).collect()
}
