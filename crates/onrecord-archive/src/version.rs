//! What later versions of a document changed.

use crate::error::Problem;
use crate::{Archive, Error};
use onrecord::reader::Reader;
use onrecord::revision;
use onrecord::wire::revision::{Change, REVISION, Revision, Version};
use serde::Serialize;

/// A document that has been changed since it was first added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revised {
    /// Its name.
    pub document: String,
    /// Where it came from.
    pub path: String,
    /// Its headline, by its latest version.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// How many versions it has.
    pub versions: i64,
    /// When the latest was added, ISO, UTC.
    pub added_at: String,
}

impl Archive {
    /// The documents that have several versions, the latest changed first.
    pub fn revised(&self) -> Result<Vec<Revised>, Error> {
        let sql = "SELECT d.id, v.path, v.title, v.outlet, v.ordinal, v.added_at FROM version v JOIN document d ON d.number = v.document
                   WHERE v.ordinal > 1 AND v.ordinal = (SELECT max(ordinal) FROM version WHERE document = v.document) ORDER BY v.added_at DESC, d.id";
        self.all(sql, &[], |row| {
            Ok(Revised { document: row.get(0)?, path: row.get(1)?, title: row.get(2)?, outlet: row.get(3)?, versions: row.get(4)?, added_at: row.get(5)? })
        })
    }

    /// What each version of the document that `id`, or the beginning of an id, names changed of the one before. `reader` reads again
    /// what a rebuild has dropped of earlier versions.
    pub fn revisions(&self, id: &str, reader: &Reader) -> Result<Vec<Revision>, Error> {
        let compared = || -> Result<Vec<Revision>, Problem> {
            let document = self.document_named(id)?;
            let sql = "SELECT v.number, v.ordinal, v.added_at FROM version v JOIN document d ON d.number = v.document WHERE d.id = ?1 ORDER BY v.ordinal";
            let versions = self.rows(sql, &[&document], |row| Ok((row.get(0)?, Version { number: row.get(1)?, added_at: row.get(2)? })))?;
            let accounts = versions.iter().map(|(number, _)| self.machine_or_reader(*number, reader)).collect::<Result<Vec<_>, Problem>>()?;
            let steps = versions.windows(2).zip(accounts.windows(2));
            Ok(steps
                .map(|(versions, accounts)| Revision {
                    schema: REVISION.to_owned(),
                    document: document.clone(),
                    earlier: versions[0].1.clone(),
                    later: versions[1].1.clone(),
                    changes: revision::compare(&accounts[0].reading, &accounts[1].reading).iter().map(Change::from).collect(),
                })
                .collect())
        };
        compared().map_err(|problem| Error::new(&self.path, problem))
    }
}
