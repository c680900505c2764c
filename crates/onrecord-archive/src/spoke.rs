//! Where and when somebody spoke, counted: by story and by month.

use crate::error::Problem;
use crate::{Archive, Error};
use serde::Serialize;

/// What somebody said in one story, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// The story.
    pub story: String,
    /// What lists call it.
    pub headline: String,
    /// How many statements.
    pub statements: i64,
    /// The first day on which one can have been said, ISO.
    pub first_day: Option<String>,
    /// The last.
    pub last_day: Option<String>,
}

/// What somebody said in one month, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Month {
    /// `2031-03`.
    pub month: String,
    /// How many statements.
    pub statements: i64,
}

/// A document of a story, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its name.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it came from.
    pub path: String,
    /// The day it was published, ISO.
    pub published: Option<String>,
    /// Why it is in the story; may be empty.
    pub why: String,
}

/// What somebody said, each statement once however many stories its article touches.
const SAID: &str = "FROM person p JOIN statement st ON st.team = p.team AND st.speaker = p.number WHERE p.id = ?1 AND st.factuality = 'actual'";

impl Archive {
    /// The stories in which somebody speaks, the latest first: `most` at most.
    pub fn topics_of(&self, person: &str, most: usize) -> Result<Vec<Topic>, Error> {
        let sql = "SELECT s.id, s.headline, count(*), min(coalesce(st.said_start, st.said_end)), max(coalesce(st.said_end, st.said_start))
                   FROM person p JOIN story s USING (team) JOIN statement st ON st.team = p.team AND st.speaker = p.number
                   WHERE p.id = ?1 AND st.factuality = 'actual' GROUP BY p.team ORDER BY s.last_day IS NULL, s.last_day DESC, s.id LIMIT ?2";
        self.all(sql, &[&person, &(most as i64)], |row| {
            Ok(Topic { story: row.get(0)?, headline: row.get(1)?, statements: row.get(2)?, first_day: row.get(3)?, last_day: row.get(4)? })
        })
    }

    /// How much somebody said in each month in which they spoke, and how much on no day that is known.
    pub fn months_of(&self, person: &str) -> Result<(Vec<Month>, i64), Error> {
        let months = || -> Result<(Vec<Month>, i64), Problem> {
            let sql = format!(
                "SELECT substr(day, 1, 7), count(*) FROM (SELECT min(coalesce(st.said_start, st.said_end)) AS day {SAID} GROUP BY st.version, st.number)
                 GROUP BY 1 ORDER BY 1"
            );
            let rows: Vec<(Option<String>, i64)> = self.rows(&sql, &[&person], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let undated = rows.iter().filter(|(month, _)| month.is_none()).map(|(_, count)| count).sum();
            Ok((rows.into_iter().filter_map(|(month, statements)| Some(Month { month: month?, statements })).collect(), undated))
        };
        months().map_err(|problem| Error::new(&self.path, problem))
    }

    /// The documents of a story in their order there, each with why it is in it: `most` at most.
    pub fn members_of_story(&self, story: &str, most: usize) -> Result<Vec<Member>, Error> {
        let sql =
            "SELECT d.id, v.title, v.outlet, v.path, v.published, m.why FROM story s JOIN membership m USING (team) JOIN version v ON v.number = m.version
                   JOIN document d ON d.number = v.document WHERE s.id = ?1 ORDER BY m.place LIMIT ?2";
        self.all(sql, &[&story, &(most as i64)], |row| {
            Ok(Member { id: row.get(0)?, title: row.get(1)?, outlet: row.get(2)?, path: row.get(3)?, published: row.get(4)?, why: row.get(5)? })
        })
    }
}
