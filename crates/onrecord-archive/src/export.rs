//! What leaves an archive whole: every version of every document, in an order that does not depend on how the archive grew.

use crate::error::Problem;
use crate::ground::received;
use crate::{Archive, Error};
use onrecord::document::Dated;
use onrecord::wire::{Note, Words};
use rusqlite::{Transaction, TransactionBehavior};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The name and version of the form in which a version leaves.
pub const VERSION: &str = "onrecord.version/1";

/// One version of a document, as it was received.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// [`VERSION`].
    pub schema: String,
    /// The document's name.
    pub document: String,
    /// `url:…`, `path:…` or `content:…`.
    pub address: String,
    /// Which of its versions, from 1.
    pub version: i64,
    /// When it was added, ISO, UTC.
    pub added_at: String,
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
    /// Who gave that day.
    pub dated: Dated,
    /// What was odd about its bytes.
    pub notes: Vec<Note>,
    /// Its text.
    pub text: String,
}

impl Archive {
    /// Does all of `work` on the archive as it is now, whatever others write meanwhile.
    pub fn at_one_moment<T, E: From<Error>>(&self, work: impl FnOnce(&Archive) -> Result<T, E>) -> Result<T, E> {
        let begun = Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred);
        let _moment = begun.map_err(|error| Error::new(&self.path, error))?;
        work(self)
    }

    /// Hands every version of every document to `take`, by the names of the documents.
    pub fn each_version<E: From<Error>>(&self, mut take: impl FnMut(Version) -> Result<(), E>) -> Result<(), E> {
        let sql =
            "SELECT v.number, d.id, d.address, v.ordinal, v.added_at, v.notes FROM version v JOIN document d ON d.number = v.document ORDER BY d.id, v.ordinal";
        let all = self.all(sql, &[], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get::<_, String>(5)?)))?;
        for (number, document, address, version, added_at, notes) in all {
            let received = received(&self.connection, number).map_err(|problem: Problem| Error::new(&self.path, problem))?;
            let (dated, it) = (received.dated, received.document);
            let notes =
                noted(&notes, &it.text).ok_or_else(|| Error::new(&self.path, Problem::Damaged(format!("the notes of version {number} cannot be read"))))?;
            let published = it.published.map(|day| day.to_string());
            let (path, url, title, outlet, byline, text) = (it.path, it.url, it.title, it.outlet, it.byline, it.text);
            take(Version {
                schema: VERSION.to_owned(),
                document,
                address,
                version,
                added_at,
                path,
                url,
                title,
                outlet,
                byline,
                published,
                dated,
                notes,
                text,
            })?;
        }
        Ok(())
    }

    /// Of each of these documents: which is its latest version, from 1, and when that was added.
    pub fn latest(&self, documents: &[String]) -> Result<Vec<(i64, String)>, Error> {
        let sql = "SELECT v.ordinal, v.added_at FROM version v JOIN document d ON d.number = v.document WHERE d.id = ?1 ORDER BY v.ordinal DESC LIMIT 1";
        let one = |id: &String| {
            let found = self.all(sql, &[id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            found.into_iter().next().ok_or_else(|| Error::new(&self.path, Problem::Unknown(id.clone())))
        };
        documents.iter().map(one).collect()
    }

    /// Every statement, by the names of its document and its number there, once.
    pub fn statements(&self) -> Result<Vec<crate::Spoken>, Error> {
        self.spoken("GROUP BY st.version, st.number ORDER BY d.id, st.number", &[])
    }
}

/// Notes as they are kept, with the words they are about; a kind that this engine does not know stays what it is.
fn noted(kept: &str, text: &str) -> Option<Vec<Note>> {
    let note = |it: &Value| {
        let words = match it["span"].as_array() {
            Some(ends) => {
                let at = |end: usize| usize::try_from(ends.get(end)?.as_u64()?).ok();
                let (start, end) = (at(0)?, at(1)?);
                Some(Words { start, end, text: text.get(start..end)?.to_owned() })
            }
            None => None,
        };
        Some(Note { kind: it["kind"].as_str()?.to_owned(), words, message: it["message"].as_str()?.to_owned() })
    };
    serde_json::from_str::<Vec<Value>>(kept).ok()?.iter().map(note).collect()
}
