//! What a search would be narrowed by: how many of the statements it finds are of each speaker, outlet, story, kind and month.
//!
//! # Limits
//! Of [`COUNTED`] statements at most: those that were added last, where the search finds more; [`Facets::are_all`] says so. Of a common
//! word the last [`LOOKED_AT`] statements are looked at. What is [`Like`](crate::Like) other words is an order without an end and is not
//! counted.

use crate::error::Problem;
use crate::{Archive, Error, Query};
use rusqlite::OptionalExtension;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

/// Statements that are counted at most: among 103,537 statements so many took 12 to 27 ms of one core (dev profile), whether with words or
/// with filters; a filter that leaves fewer has all gone through, which took 55 ms.
pub const COUNTED: usize = 1000;
/// Statements with words that many have that are looked at: finding which of them a filter leaves took 4 µs each.
const LOOKED_AT: usize = 5000;

/// A value that some of the statements found have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// What to search for: an id, a label, a name, a month such as `2031-03`.
    pub value: String,
    /// What it is called.
    pub name: String,
    /// How many of the statements counted have it.
    pub count: usize,
}

/// What the statements found have in common, those with most statements first; months the last first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// How many statements were counted.
    pub counted: usize,
    /// Whether these are all that the search finds.
    pub are_all: bool,
    /// Who said it, by id.
    pub speakers: Vec<Facet>,
    /// Who published it.
    pub outlets: Vec<Facet>,
    /// The stories, by id; a statement of an article that touches two is in both.
    pub stories: Vec<Facet>,
    /// The classes of the sources.
    pub sourcings: Vec<Facet>,
    /// What it does.
    pub acts: Vec<Facet>,
    /// How much of it is quoted.
    pub forms: Vec<Facet>,
    /// When it was said.
    pub months: Vec<Facet>,
}

/// Counts by value; names are looked up for those that are shown.
type Tally<K> = HashMap<K, usize>;

impl Archive {
    /// Counts what a query finds, and names the `most` of each kind that have most.
    pub fn facets(&self, query: &Query, most: usize) -> Result<Facets, Error> {
        self.tallied(query, most).map_err(|problem| Error::new(&self.path, problem))
    }

    fn tallied(&self, query: &Query, most: usize) -> Result<Facets, Problem> {
        if query.like.is_some() {
            return Ok(Facets::default());
        }
        let (mut picked, is_end) = self.added_last_of(query)?;
        let are_all = is_end && picked.len() <= COUNTED;
        picked.truncate(COUNTED);
        let (mut speakers, mut stories, mut versions) = (Tally::<(i64, i64)>::new(), Tally::<i64>::new(), Tally::<i64>::new());
        let mut labels: [Tally<String>; 4] = Default::default();
        let sql = "SELECT team, speaker, sourcing, act, form, substr(coalesce(said_start, said_end), 1, 7) FROM statement WHERE version = ?1 AND number = ?2 ORDER BY team";
        let mut statement = self.connection.prepare_cached(sql)?;
        for (version, number) in &picked {
            *versions.entry(*version).or_default() += 1;
            let mut rows = statement.query([version, number])?;
            let mut is_first = true;
            while let Some(row) = rows.next()? {
                let team: i64 = row.get(0)?;
                *stories.entry(team).or_default() += 1;
                if std::mem::take(&mut is_first) {
                    for (at, tally) in labels.iter_mut().enumerate() {
                        if let Some(label) = row.get::<_, Option<String>>(at + 2)? {
                            *tally.entry(label).or_default() += 1;
                        }
                    }
                    if let Some(speaker) = row.get::<_, Option<i64>>(1)? {
                        *speakers.entry((team, speaker)).or_default() += 1;
                    }
                }
            }
        }
        let [sourcings, acts, forms, months] = labels;
        let mut months = plain(months);
        months.sort_by(|a, b| b.value.cmp(&a.value));
        Ok(Facets {
            counted: picked.len(),
            are_all,
            speakers: first(self.people_tallied(speakers)?, most),
            outlets: first(self.outlets_tallied(versions)?, most),
            stories: self.stories_tallied(stories, most)?,
            sourcings: first(plain(sourcings), most),
            acts: first(plain(acts), most),
            forms: first(plain(forms), most),
            months,
        })
    }

    /// What a query finds, what was added last first: one more than are counted at most; and whether its end was reached.
    fn added_last_of(&self, query: &Query) -> Result<(Vec<(i64, i64)>, bool), Problem> {
        let (wanted, words) = self.wanted(query)?;
        if wanted.is_narrow() {
            return Ok((self.newest(&wanted, words.as_deref(), COUNTED + 1)?, true));
        }
        if let Some(words) = words {
            let sql = format!("SELECT rowid FROM statement_text WHERE statement_text MATCH ?1 ORDER BY rowid DESC LIMIT {LOOKED_AT}");
            let rows: Vec<i64> = self.rows(&sql, &[&words], |row| row.get(0))?;
            let is_end = rows.len() < LOOKED_AT;
            return Ok((self.wanted_of(&wanted, rows.into_iter().map(Ok), COUNTED + 1)?, is_end));
        }
        let sql = format!(
            "SELECT DISTINCT st.version, st.number FROM statement st{} WHERE {} ORDER BY st.version DESC, st.number DESC LIMIT {}",
            wanted.joins(),
            wanted.clauses(0, "st"),
            COUNTED + 1
        );
        Ok((self.rows(&sql, &wanted.values(), |row| Ok((row.get(0)?, row.get(1)?)))?, true))
    }

    fn people_tallied(&self, tally: Tally<(i64, i64)>) -> Result<Vec<Facet>, Problem> {
        let mut of_id: HashMap<String, Facet> = HashMap::new();
        // Who said nothing, but was only asked or supposed to, is in no list of people.
        let sql =
            "SELECT p.id, p.name FROM person p WHERE p.team = ?1 AND p.number = ?2 AND EXISTS (SELECT 1 FROM person o WHERE o.id = p.id AND o.statements > 0)";
        let mut person = self.connection.prepare_cached(sql)?;
        for ((team, number), count) in tally {
            let found: Option<(String, String)> = person.query_row([team, number], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            if let Some((value, name)) = found {
                of_id.entry(value.clone()).or_insert(Facet { value, name, count: 0 }).count += count;
            }
        }
        Ok(of_id.into_values().collect())
    }

    fn outlets_tallied(&self, tally: Tally<i64>) -> Result<Vec<Facet>, Problem> {
        let mut outlets = Tally::<String>::new();
        let mut outlet = self.connection.prepare_cached("SELECT outlet FROM version WHERE number = ?1")?;
        for (version, count) in tally {
            if let Some(outlet) = outlet.query_row([version], |row| row.get::<_, Option<String>>(0))? {
                *outlets.entry(outlet).or_default() += count;
            }
        }
        Ok(plain(outlets))
    }

    fn stories_tallied(&self, tally: Tally<i64>, most: usize) -> Result<Vec<Facet>, Problem> {
        let counts: BTreeSet<(Reverse<usize>, i64)> = tally.into_iter().map(|(team, count)| (Reverse(count), team)).collect();
        let mut story = self.connection.prepare_cached("SELECT id, headline FROM story WHERE team = ?1")?;
        let facet =
            |(Reverse(count), team): (Reverse<usize>, i64)| Ok(story.query_row([team], |row| Ok(Facet { value: row.get(0)?, name: row.get(1)?, count }))?);
        counts.into_iter().take(most).map(facet).collect()
    }
}

/// Labels that are called what they are.
fn plain(tally: Tally<String>) -> Vec<Facet> {
    tally.into_iter().map(|(value, count)| Facet { name: value.clone(), value, count }).collect()
}

/// The `most` with most statements.
fn first(mut facets: Vec<Facet>, most: usize) -> Vec<Facet> {
    facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| (&a.name, &a.value).cmp(&(&b.name, &b.value))));
    facets.truncate(most);
    facets
}
