//! Finds what was said in other words: by how near the meanings of statements are, and by any of the words, both rankings joined.
//!
//! Meanings are compared one after the other: 100,000 take some milliseconds, every one of them counts, and there is no index to keep.
//! Neither ranking alone finds as much of what people ask or sum up in words of their own (`onrecord-eval nearing`).

use crate::Archive;
use crate::error::Problem;
use crate::search::{RANKED, Wanted};
use crate::words::ROOM;
use onrecord::reader::Reader;
use onrecord::similar::{Vector, words};
use onrecord::token;
use rusqlite::params;
use std::collections::{BTreeSet, HashMap};

/// Letters of a stem that is looked for as the beginning of a word: shorter ones begin too many others.
const LEAST: usize = 4;

/// Meanings further from what is looked for than this cosine are not near: of 35 things that people asked or summed up in their own words,
/// the best answer was nearer 31 times; of what was said about other things, 1 in 20 is.
const NEAR: f32 = 0.3;

/// How fast a rank loses weight when two rankings are joined, as is usual: <https://dl.acm.org/doi/10.1145/1571941.1572114>.
const RANK: f64 = 60.0;

/// Words whose like is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Like {
    meaning: Vector,
    /// Those of the words that carry meaning, as the index wants them: in all their forms.
    terms: BTreeSet<String>,
}

impl Like {
    /// What means the like of `text`.
    pub fn of(text: &str, reader: &Reader) -> Like {
        let tokens = token::tokenize(text);
        let terms = |at: usize| {
            let (word, stem) = (tokens.lower(at), words::bag(&tokens, std::iter::once(at..at + 1)).pop_first()?);
            let begins = stem.len() >= LEAST && word.starts_with(&stem);
            Some(if begins { vec![format!("\"{stem}\" *")] } else { vec![format!("\"{word}\""), format!("\"{stem}\"")] })
        };
        Like { meaning: reader.vector_of(text), terms: (0..tokens.len()).filter_map(terms).flatten().collect() }
    }
}

impl Archive {
    /// The statements that mean the like, as the index of words numbers them, the best first; what is wanted of them beside is only
    /// made use of.
    pub(crate) fn alike(&self, like: &Like, wanted: &Wanted) -> Result<Vec<i64>, Problem> {
        let near = self.near_in_meaning(like, wanted)?;
        let mut scores: HashMap<i64, f64> = HashMap::new();
        for ranking in [near, self.with_any(like)?] {
            for (rank, statement) in ranking.into_iter().enumerate() {
                *scores.entry(statement).or_default() += 1.0 / (RANK + rank as f64);
            }
        }
        let mut ranked: Vec<(i64, f64)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(ranked.into_iter().map(|(statement, _)| statement).collect())
    }

    /// The statements nearest in meaning: all of those that a narrow query leaves, else the first of all.
    fn near_in_meaning(&self, like: &Like, wanted: &Wanted) -> Result<Vec<i64>, Problem> {
        let few = if wanted.is_narrow() { Some(self.versions(wanted)?) } else { None };
        let sql = if few.is_some() { "SELECT version, meanings FROM readout WHERE version = ?1" } else { "SELECT version, meanings FROM readout" };
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut found: Vec<(f32, i64)> = Vec::new();
        let mut look = |values: &[&dyn rusqlite::ToSql]| -> Result<(), Problem> {
            let mut rows = statement.query(values)?;
            while let Some(row) = rows.next()? {
                let (version, meanings): (i64, _) = (row.get(0)?, row.get_ref(1)?);
                let meanings = meanings.as_blob().map_err(|wrong| Problem::Damaged(wrong.to_string()))?;
                let near = like.meaning.nearness(meanings).enumerate();
                found.extend(near.map(|(at, nearness)| (nearness, version * ROOM + at as i64 + 1)).filter(|(nearness, _)| *nearness >= NEAR));
            }
            Ok(())
        };
        match few {
            Some(versions) => versions.iter().try_for_each(|version| look(params![version]))?,
            None => look(&[])?,
        }
        let order = |a: &(f32, i64), b: &(f32, i64)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if !wanted.has_conditions() && found.len() > RANKED {
            found.select_nth_unstable_by(RANKED, order);
            found.truncate(RANKED);
        }
        found.sort_unstable_by(order);
        Ok(found.into_iter().map(|(_, statement)| statement).collect())
    }

    /// The statements with any of the words but the most common, the best first.
    fn with_any(&self, like: &Like) -> Result<Vec<i64>, Problem> {
        let counted = format!("SELECT count(*) FROM (SELECT 1 FROM statement_text WHERE statement_text MATCH ?1 LIMIT {})", RANKED + 1);
        let mut terms = like.terms.iter().map(|term| Ok((self.one::<i64>(&counted, &[term])? as usize, term))).collect::<Result<Vec<_>, Problem>>()?;
        terms.sort();
        let (mut rare, mut hits) = (Vec::new(), 0);
        for (count, term) in terms {
            hits += count;
            if hits <= RANKED {
                rare.push(term.as_str());
            }
        }
        if rare.is_empty() {
            return Ok(Vec::new());
        }
        self.rows("SELECT rowid FROM statement_text WHERE statement_text MATCH ?1 ORDER BY rank, rowid", &[&rare.join(" OR ")], |row| row.get(0))
    }
}
