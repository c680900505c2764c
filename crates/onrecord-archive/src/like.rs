//! Finds what was said in other words: by how near the meanings of statements are, and by any of the words, both rankings joined.
//!
//! Meanings are compared one after the other: 100,000 take some milliseconds, every one of them counts, and there is no index to keep.
//! Getting them from the file takes ten times as long, so they stay in memory until something is written.
//! Neither ranking alone finds as much of what people ask or sum up in words of their own (`onrecord-eval nearing`).

use crate::Archive;
use crate::error::Problem;
use crate::search::{RANKED, Wanted};
use crate::words::ROOM;
use onrecord::reader::Reader;
use onrecord::similar::{Vector, words};
use onrecord::token;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

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
        // A line is too short to be shared out.
        Like { meaning: reader.on_one_core().vector_of(text), terms: (0..tokens.len()).filter_map(terms).flatten().collect() }
    }
}

/// The meanings of the statements of all versions, one after the other.
#[derive(Default)]
pub(crate) struct Meanings {
    /// What was written when they were taken from the file, by others and by this connection.
    written: (i64, u64),
    bytes: Vec<u8>,
    /// Each version, and where its own end.
    ends: Vec<(i64, usize)>,
}

impl Meanings {
    fn of_each(&self) -> impl Iterator<Item = (i64, &[u8])> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|(_, end)| *end));
        starts.zip(&self.ends).map(|(start, (version, end))| (*version, &self.bytes[start..*end]))
    }
}

impl Archive {
    /// The statements that mean the like, of those `holding` what they must if there is such, as the index of words numbers them, the
    /// best first; what is wanted of them beside is only made use of.
    pub(crate) fn alike(&self, like: &Like, wanted: &Wanted, holding: Option<&HashSet<i64>>) -> Result<Vec<i64>, Problem> {
        let holds = |statement: &i64| holding.is_none_or(|holding| holding.contains(statement));
        let mut near = self.near_in_meaning(like, wanted)?;
        near.retain(|(_, statement)| holds(statement));
        let order = |a: &(f32, i64), b: &(f32, i64)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if !wanted.has_conditions() && near.len() > RANKED {
            near.select_nth_unstable_by(RANKED, order);
            near.truncate(RANKED);
        }
        near.sort_unstable_by(order);
        let near: Vec<i64> = near.into_iter().map(|(_, statement)| statement).collect();
        let any: Vec<i64> = self.with_any(like)?.into_iter().filter(holds).collect();
        let mut scores: HashMap<i64, f64> = HashMap::new();
        for ranking in [near, any] {
            for (rank, statement) in ranking.into_iter().enumerate() {
                *scores.entry(statement).or_default() += 1.0 / (RANK + rank as f64);
            }
        }
        let mut ranked: Vec<(i64, f64)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(ranked.into_iter().map(|(statement, _)| statement).collect())
    }

    /// The statements that are near in meaning, of those that a narrow query leaves or of all, and how near each is.
    fn near_in_meaning(&self, like: &Like, wanted: &Wanted) -> Result<Vec<(f32, i64)>, Problem> {
        let mut found: Vec<(f32, i64)> = Vec::new();
        let mut look = |(version, meanings): (i64, &[u8])| {
            let near = like.meaning.nearness(meanings).enumerate();
            found.extend(near.map(|(at, nearness)| (nearness, version * ROOM + at as i64 + 1)).filter(|(nearness, _)| *nearness >= NEAR));
        };
        if wanted.is_narrow() {
            for version in self.versions(wanted)? {
                look((version, self.one::<Vec<u8>>("SELECT meanings FROM readout WHERE version = ?1", &[&version])?.as_slice()));
            }
        } else {
            self.held_meanings()?.of_each().for_each(look);
        }
        Ok(found)
    }

    /// The meanings of all statements, from memory if nothing was written since.
    fn held_meanings(&self) -> Result<Arc<Meanings>, Problem> {
        let now = (self.one("PRAGMA data_version", &[])?, self.connection.total_changes());
        let held = self.meanings.borrow().clone();
        if let Some(held) = held.filter(|held| held.written == now) {
            return Ok(held);
        }
        let mut all = Meanings { written: now, ..Meanings::default() };
        let mut statement = self.connection.prepare_cached("SELECT version, meanings FROM readout ORDER BY version")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let of_version = row.get_ref(1)?.as_blob().map_err(|wrong| Problem::Damaged(wrong.to_string()))?;
            all.bytes.extend_from_slice(of_version);
            all.ends.push((row.get(0)?, all.bytes.len()));
        }
        let all = Arc::new(all);
        *self.meanings.borrow_mut() = Some(Arc::clone(&all));
        Ok(all)
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
