//! What a page needs beside the lists: an archive that cannot be written, what tells one record from another, who is who, texts of versions.

use crate::error::Problem;
use crate::making::document_id;
use crate::{Archive, Error, Somebody, Spoken, open};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A story as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its name.
    pub id: String,
    /// What tells its record from any other, in hexadecimal digits.
    pub digest: String,
}

/// What came to a story, and from whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// Its outlets, each with how many of its documents are theirs; the largest first.
    pub outlets: Vec<(String, usize)>,
    /// When the latest version of any of its documents was added, ISO, UTC.
    pub latest: String,
}

/// A document, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its name.
    pub id: String,
    /// The story it is most about.
    pub story: Option<String>,
    /// Where it came from.
    pub path: String,
    /// Its address on the web.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The day it was published, ISO.
    pub published: Option<String>,
    /// Which of its versions is shown, from 1.
    pub version: i64,
    /// When that was added, ISO, UTC.
    pub added_at: String,
}

/// One text of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Which of its versions, from 1.
    pub version: i64,
    /// When it was added, ISO, UTC.
    pub added_at: String,
    /// As received.
    pub text: String,
}

impl Archive {
    /// Opens the archive at `path` so that nothing can be written through it. Somebody who may write should hold it open beside.
    pub fn for_reading(path: &Path) -> Result<Archive, Error> {
        Archive::with(path, open::for_reading(path))
    }

    /// The story that `id`, the name of any of its documents or the beginning of one, belongs to. One that was just put together and
    /// whose record nobody has kept yet has no digest.
    pub fn standing(&self, id: &str) -> Result<Standing, Error> {
        let found = || -> Result<Standing, Problem> {
            let team = self.team(id)?;
            let sql = "SELECT id, lower(hex(digest)) FROM story WHERE team = ?1";
            let found = self.rows(sql, &[&team], |row| Ok(Standing { id: row.get(0)?, digest: row.get(1)? }))?;
            let unmade = || Ok(Standing { id: document_id(&self.connection, self.members_of(team)?.group() as i64)?, digest: String::new() });
            found.into_iter().next().map_or_else(unmade, Ok)
        };
        found().map_err(|problem| Error::new(&self.path, problem))
    }

    /// A number that is another one after anything was written by somebody else; it means nothing to any other open archive.
    pub fn moment(&self) -> Result<i64, Error> {
        self.one("PRAGMA data_version", &[]).map_err(|problem| Error::new(&self.path, problem))
    }

    /// The names under which lists have the people of a story, by their numbers in its record.
    pub fn people_of(&self, story: &str) -> Result<BTreeMap<i64, String>, Error> {
        let sql = "SELECT p.number, p.id FROM person p JOIN story s USING (team) WHERE s.id = ?1";
        Ok(self.all(sql, &[&story], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
    }

    /// Whom lists call so, with the number in the record of each story.
    pub fn somebody(&self, id: &str) -> Result<(Somebody, Vec<(String, i64)>), Error> {
        let sql = format!("SELECT {}, p.number FROM person p JOIN story s USING (team) WHERE p.id = ?1 ORDER BY s.id, p.number", Somebody::COLUMNS);
        let rows = self.all(&sql, &[&id], |row| Ok((Somebody::in_one_story(row)?, row.get::<_, i64>(Somebody::WIDTH)?)))?;
        let places = rows.iter().map(|(somebody, number)| (somebody.stories.concat(), *number)).collect();
        let somebody = rows.into_iter().map(|(somebody, _)| somebody).reduce(Somebody::join);
        somebody.map(|somebody| (somebody, places)).ok_or_else(|| Error::new(&self.path, self.no_longer(id)))
    }

    /// Why nobody is called so.
    fn no_longer(&self, id: &str) -> Problem {
        let unknown = || Problem::Unknown(id.to_owned());
        self.person_now(id).map_or_else(|problem| problem, |now| now.map_or_else(unknown, |to| Problem::Renamed { from: id.to_owned(), to }))
    }

    /// Documents by their names, `most` of those after `after`.
    pub fn documents(&self, after: &str, most: usize) -> Result<Vec<Listed>, Error> {
        self.listed("d.id > ?1 ORDER BY d.id LIMIT ?2", &[&after, &(most as i64)])
    }

    /// The document that `id`, or the beginning of one, names.
    pub fn document(&self, id: &str) -> Result<Listed, Error> {
        let id = self.document_at(id)?;
        self.listed("d.id = ?1", &[&id])?.into_iter().next().ok_or_else(|| Error::new(&self.path, Problem::Unknown(id)))
    }

    fn listed(&self, condition: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<Listed>, Error> {
        let sql = format!(
            "SELECT d.id, (SELECT s.id FROM placed p JOIN story s USING (team) WHERE p.version = v.number), v.path, v.url, v.title, v.outlet, v.byline, v.published, v.ordinal, v.added_at
             FROM document d JOIN version v ON v.document = d.number AND v.ordinal = (SELECT max(ordinal) FROM version WHERE document = d.number) WHERE {condition}"
        );
        self.all(&sql, values, |row| {
            Ok(Listed {
                id: row.get(0)?,
                story: row.get(1)?,
                path: row.get(2)?,
                url: row.get(3)?,
                title: row.get(4)?,
                outlet: row.get(5)?,
                byline: row.get(6)?,
                published: row.get(7)?,
                version: row.get(8)?,
                added_at: row.get(9)?,
            })
        })
    }

    /// What is said in a document, in its order.
    pub fn statements_of(&self, document: &str) -> Result<Vec<Spoken>, Error> {
        self.spoken("WHERE d.id = ?1 GROUP BY st.version, st.number ORDER BY st.number", &[&document])
    }

    /// Every text that a document has had, the first first.
    pub fn texts(&self, id: &str) -> Result<Vec<Text>, Error> {
        let id = self.document_at(id)?;
        let sql = "SELECT v.ordinal, v.added_at, v.number FROM version v JOIN document d ON d.number = v.document WHERE d.id = ?1 ORDER BY v.ordinal";
        let rows: Vec<(i64, String, i64)> = self.all(sql, &[&id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let text = |(version, added_at, number)| Ok(Text { version, added_at, text: self.text(number)? });
        rows.into_iter().map(text).collect::<Result<_, Problem>>().map_err(|problem| Error::new(&self.path, problem))
    }
}
