//! What came last: stories, what somebody said, and what a search finds, in the order in which it was added, for feeds.

use crate::search::RANKED;
use crate::{Archive, Article, Error, Query, Spoken, Story};
use std::collections::HashMap;

/// Something with the moment at which its document was added, ISO and UTC.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated<T> {
    /// When.
    pub added_at: String,
    /// What.
    pub it: T,
}

impl Archive {
    /// What somebody said, what was added last first; what was not said at all is left out.
    pub fn latest_said(&self, person: &str, most: usize) -> Result<Vec<Dated<Spoken>>, Error> {
        let condition = "WHERE p.id = ?1 AND st.factuality = 'actual' GROUP BY st.version, st.number ORDER BY st.version DESC, st.number LIMIT ?2";
        self.dated(self.spoken(condition, &[&person, &(most as i64)])?, Spoken::document)
    }

    /// What a query finds, what was added last first. What is like other words has no end: of that, the nearest `most`.
    pub fn latest_found(&self, query: &Query, most: usize) -> Result<Vec<Dated<Spoken>>, Error> {
        let wide = if query.like.is_some() { most } else { RANKED };
        let (_, mut picked, _) = self.picked(&Query { most: wide, ..query.clone() }).map_err(|problem| Error::new(&self.path, problem))?;
        picked.sort_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
        picked.truncate(most);
        let mut found = Vec::with_capacity(picked.len());
        for (version, number) in picked {
            found.extend(self.spoken("WHERE st.version = ?1 AND st.number = ?2 GROUP BY st.version, st.number", &[&version, &number])?);
        }
        self.dated(found, Spoken::document)
    }

    /// The articles that a query finds, the newest first.
    pub fn latest_articles(&self, query: &Query, most: usize) -> Result<Vec<Dated<Article>>, Error> {
        let found = self.search_articles(&Query { most, ..query.clone() })?.hits;
        self.dated(found, |article| &article.id)
    }

    /// The stories whose first document was added last, the newest first.
    pub fn latest_stories(&self, most: usize) -> Result<Vec<Dated<Story>>, Error> {
        let sql = "SELECT s.id, v.added_at FROM version v JOIN document d ON d.number = v.document JOIN story s ON s.id = d.id
                   WHERE v.ordinal = 1 ORDER BY v.added_at DESC, v.number DESC LIMIT ?1";
        let rows: Vec<(String, String)> = self.all(sql, &[&(most as i64)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.into_iter().map(|(id, added_at)| Ok(Dated { added_at, it: self.story_named(&id)? })).collect()
    }

    /// When the latest version of the document of this whole name was added, ISO and UTC; empty where there is none.
    pub fn added_at(&self, document: &str) -> Result<String, Error> {
        let sql = "SELECT v.added_at FROM document d JOIN version v ON v.document = d.number WHERE d.id = ?1 ORDER BY v.ordinal DESC LIMIT 1";
        Ok(self.all(sql, &[&document], |row| row.get(0))?.pop().unwrap_or_default())
    }

    fn dated<T>(&self, items: Vec<T>, document: impl Fn(&T) -> &str) -> Result<Vec<Dated<T>>, Error> {
        let mut known: HashMap<String, String> = HashMap::new();
        let dated = |it: T| {
            let id = document(&it);
            if !known.contains_key(id) {
                known.insert(id.to_owned(), self.added_at(id)?);
            }
            Ok(Dated { added_at: known[id].clone(), it })
        };
        items.into_iter().map(dated).collect()
    }
}
