//! Finds statements and articles by their words, each at its exact place.
//!
//! Words are all wanted; `"words in a row"` are a phrase, `word*` is the beginning of a word, `-word` must not be there.
//! Up to [`RANKED`] hits are ranked by BM25. A common word has more; ranking all of them takes seconds in a large archive and tells
//! nothing, so the newest come first, and [`Found::order`] says so. Articles always come newest first.

use crate::error::Problem;
use crate::list::Spoken;
use crate::words::ROOM;
use crate::{Archive, Error};
use onrecord::{line, token};
use rusqlite::ToSql;
use serde::Serialize;
use std::collections::BTreeSet;

/// Hits that are ranked at most: BM25 over 1,800 hits took 4 ms among ten million rows, over 30,000 it took 85 ms.
const RANKED: usize = 2000;

/// What is searched for; everything given must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The words; none finds everything the filters leave.
    pub words: String,
    /// The speaker's id, name, or a word of the name.
    pub by: Option<String>,
    /// A name that must stand in what was said.
    pub about: Option<String>,
    /// The outlet, whatever the case.
    pub outlet: Option<String>,
    /// The story, by any of its documents.
    pub story: Option<String>,
    /// The class of the source, as `onrecord.record/1` calls it.
    pub sourcing: Option<String>,
    /// What the statement does.
    pub act: Option<String>,
    /// How much of it is quoted.
    pub form: Option<String>,
    /// Said on this day or later, ISO.
    pub since: Option<String>,
    /// Said on this day or before.
    pub until: Option<String>,
    /// In a document published on this day or later.
    pub published_since: Option<String>,
    /// In a document published on this day or before.
    pub published_until: Option<String>,
    /// How many are wanted at most.
    pub most: usize,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// The hits.
    pub hits: Vec<T>,
    /// In which order they stand.
    pub order: Order,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The best first.
    Best,
    /// The newest first: there are too many to rank, or no words to rank by.
    Newest,
}

/// An article, as a search finds it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Article {
    /// Its document's name.
    pub id: String,
    /// The story it is most about.
    pub story: String,
    /// Where it came from.
    pub path: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The day it was published.
    pub published: Option<String>,
    /// The first words that were searched for: their first byte.
    pub start: usize,
    /// The byte after their last.
    pub end: usize,
    /// The line they stand on, from 1.
    pub line: usize,
    /// That line.
    pub text: String,
}

impl Archive {
    /// The statements that a query finds.
    pub fn search(&self, query: &Query) -> Result<Found<Spoken>, Error> {
        let wanted = self.wanted(query).map_err(|problem| Error::new(&self.path, problem))?;
        let words = all_words(query);
        let Some(words) = words else {
            let condition = format!("WHERE {} {NEWEST} LIMIT {}", wanted.clauses(0), query.most);
            return Ok(Found { hits: self.spoken(&condition, &wanted.values())?, order: Order::Newest });
        };
        let ranked = self.ranked(&words)?;
        if ranked.len() > RANKED {
            let condition = format!(
                "WHERE {} AND st.version * {ROOM} + st.number IN (SELECT rowid FROM statement_text WHERE statement_text MATCH ?1) {NEWEST} LIMIT {}",
                wanted.clauses(1),
                query.most
            );
            let mut values: Vec<&dyn ToSql> = vec![&words];
            values.extend(wanted.values());
            return Ok(Found { hits: self.spoken(&condition, &values)?, order: Order::Newest });
        }
        let mut hits = Vec::new();
        let condition = format!("WHERE {} AND st.version = ?1 AND st.number = ?2 GROUP BY st.version, st.number", wanted.clauses(2));
        for row in ranked {
            let (version, number) = (row / ROOM, row % ROOM);
            let mut values: Vec<&dyn ToSql> = vec![&version, &number];
            values.extend(wanted.values());
            hits.extend(self.spoken(&condition, &values)?);
            if hits.len() >= query.most {
                break;
            }
        }
        Ok(Found { hits, order: Order::Best })
    }

    /// The articles that the words, outlet, story and days of publication of a query find, the newest first.
    pub fn search_articles(&self, query: &Query) -> Result<Found<Article>, Error> {
        let wanted = self.wanted_of_articles(query).map_err(|problem| Error::new(&self.path, problem))?;
        let newest = "ORDER BY v.published IS NULL, v.published DESC, v.number DESC";
        let found: Vec<i64> = match all_of(&query.words) {
            None => self.all(&format!("SELECT v.number FROM placed p JOIN version v ON v.number = p.version {newest}"), &[], |row| row.get(0))?,
            Some(words) => {
                let sql = format!("SELECT v.number FROM version v WHERE v.number IN (SELECT rowid FROM article_text WHERE article_text MATCH ?1) {newest}");
                self.all(&sql, &[&words], |row| row.get(0))?
            }
        };
        let sql = format!(
            "SELECT d.id, s.id, v.path, v.outlet, v.published FROM version v JOIN document d ON d.number = v.document
             JOIN membership m ON m.version = v.number AND m.kind = 'own' JOIN story s USING (team) WHERE v.number = ?1 AND {}",
            wanted.clauses(1)
        );
        let mut hits = Vec::new();
        for version in found {
            let mut values: Vec<&dyn ToSql> = vec![&version];
            values.extend(wanted.values());
            let rows = self.all(&sql, &values, |row| {
                let (start, end, line) = (0, 0, 0);
                Ok(Article {
                    id: row.get(0)?,
                    story: row.get(1)?,
                    path: row.get(2)?,
                    outlet: row.get(3)?,
                    published: row.get(4)?,
                    start,
                    end,
                    line,
                    text: String::new(),
                })
            })?;
            for mut article in rows {
                let text = self.text(version).map_err(|problem| Error::new(&self.path, problem))?;
                if fits(&text, &query.words) {
                    place(&mut article, &text, &query.words);
                    hits.push(article);
                }
            }
            if hits.len() >= query.most {
                break;
            }
        }
        Ok(Found { hits, order: Order::Newest })
    }

    /// The statements that match, the best first if there are not more than can be ranked; else one more than that.
    fn ranked(&self, words: &str) -> Result<Vec<i64>, Error> {
        let bounded = format!("SELECT rowid FROM statement_text WHERE statement_text MATCH ?1 LIMIT {}", RANKED + 1);
        let bounded = self.all(&bounded, &[&words], |row| row.get(0))?;
        if bounded.len() > RANKED {
            return Ok(bounded);
        }
        self.all("SELECT rowid FROM statement_text WHERE statement_text MATCH ?1 ORDER BY rank, rowid", &[&words], |row| row.get(0))
    }

    /// What a query wants of a statement beside its words.
    fn wanted(&self, query: &Query) -> Result<Wanted, Problem> {
        let mut wanted = self.wanted_of_articles(query)?;
        if let Some(by) = &query.by {
            let people = self.named(by).map_err(|_| Problem::Unknown(by.clone()))?;
            wanted.one_of("p.id", people.into_iter().map(|somebody| somebody.id));
        }
        for (column, value) in [("st.sourcing", &query.sourcing), ("st.act", &query.act), ("st.form", &query.form)] {
            wanted.is(&format!("{column} = "), value);
        }
        // A statement whose day is not known exactly is found if it can have been said then.
        wanted.is("coalesce(st.said_end, st.said_start) >= ", &query.since);
        wanted.is("coalesce(st.said_start, st.said_end) <= ", &query.until);
        Ok(wanted)
    }

    fn wanted_of_articles(&self, query: &Query) -> Result<Wanted, Problem> {
        let mut wanted = Wanted::default();
        wanted.is("v.outlet COLLATE NOCASE = ", &query.outlet);
        if let Some(story) = &query.story {
            let team = self.team(story)?;
            wanted.is("s.id = ", &Some(self.one::<String>("SELECT id FROM story WHERE team = ?1", &[&team])?));
        }
        wanted.is("v.published >= ", &query.published_since);
        wanted.is("v.published <= ", &query.published_until);
        Ok(wanted)
    }
}

/// Statements that were said last first, in a document that touches several stories once.
const NEWEST: &str =
    "GROUP BY st.version, st.number ORDER BY coalesce(st.said_end, st.said_start) IS NULL, coalesce(st.said_end, st.said_start) DESC, d.id, st.number";

/// Conditions with their values; `?` stands for the next of them.
#[derive(Default)]
struct Wanted {
    conditions: Vec<(String, Vec<String>)>,
}

impl Wanted {
    fn is(&mut self, condition: &str, value: &Option<String>) {
        self.conditions.extend(value.iter().map(|value| (format!("{condition}?"), vec![value.clone()])));
    }

    fn one_of(&mut self, column: &str, values: impl Iterator<Item = String>) {
        let values: BTreeSet<String> = values.collect();
        self.conditions.push((format!("{column} IN ({})", vec!["?"; values.len()].join(", ")), values.into_iter().collect()));
    }

    /// The conditions, their values numbered after the first `taken`.
    fn clauses(&self, taken: usize) -> String {
        let (mut out, mut next) = ("TRUE".to_owned(), taken);
        for (condition, _) in &self.conditions {
            out.push_str(" AND ");
            for part in condition.split_inclusive('?') {
                out.push_str(part);
                if part.ends_with('?') {
                    next += 1;
                    out.push_str(&next.to_string());
                }
            }
        }
        out
    }

    fn values(&self) -> Vec<&dyn ToSql> {
        self.conditions.iter().flat_map(|(_, values)| values).map(|value| value as &dyn ToSql).collect()
    }
}

/// The words of a query and the name that what was said is about, as the index wants them; `None` if there are none.
fn all_words(query: &Query) -> Option<String> {
    let about = query.about.as_ref().map(|about| format!("\"{}\"", about.replace('"', " ")));
    let words = [Some(query.words.clone()), about].into_iter().flatten().collect::<Vec<_>>().join(" ");
    matching(&words)
}

/// A query in the words of FTS5: every term in quotation marks, so that no sign in it means anything.
fn matching(words: &str) -> Option<String> {
    let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
    for term in terms(words) {
        let (term, is_wanted) = term.strip_prefix('-').map_or((term.as_str(), true), |rest| (rest, false));
        let (term, prefix) = term.strip_suffix('*').map_or((term, ""), |rest| (rest, " *"));
        // A term of signs alone stands nowhere.
        if term.chars().any(char::is_alphanumeric) {
            let list = if is_wanted { &mut wanted } else { &mut unwanted };
            list.push(format!("\"{}\"{prefix}", term.replace('"', " ")));
        }
    }
    let wanted = (!wanted.is_empty()).then(|| wanted.join(" AND "))?;
    Some(if unwanted.is_empty() { wanted } else { format!("({wanted}) NOT ({})", unwanted.join(" OR ")) })
}

/// All words of a query, those of its phrases singly, as an index without places wants them; `None` if there are none.
fn all_of(words: &str) -> Option<String> {
    let mut all = Vec::new();
    for term in terms(words).iter().filter(|term| !term.starts_with('-')) {
        let begins = term.ends_with('*');
        let single = singly(term);
        let last = single.len().saturating_sub(1);
        // What the index does not take for a letter parts a word there and not here: such a word is looked for in the text alone.
        let known = single.iter().enumerate().filter(|(_, word)| word.chars().all(|c| c < FIRST_UNSURE));
        all.extend(known.map(|(at, word)| format!("\"{word}\"{}", if begins && at == last { " *" } else { "" })));
    }
    (!all.is_empty()).then(|| all.join(" AND "))
}

/// Below it, the index and we agree on what is a letter or a digit.
const FIRST_UNSURE: char = '\u{250}';

/// The words of a term in lower case, without signs.
fn singly(term: &str) -> Vec<String> {
    term.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a text holds every phrase of a query in a row, and nothing that must not be there. Accents count here.
fn fits(text: &str, words: &str) -> bool {
    let of_text = singly(text);
    let holds = |term: &str| {
        let (wanted, begins) = (singly(term), term.ends_with('*'));
        let same = |at: usize, word: &String| if begins && at + 1 == wanted.len() { word.starts_with(&wanted[at]) } else { *word == wanted[at] };
        of_text.windows(wanted.len().max(1)).any(|row| wanted.iter().enumerate().all(|(at, _)| same(at, &row[at])))
    };
    terms(words).iter().all(|term| match term.strip_prefix('-') {
        Some(unwanted) => singly(unwanted).is_empty() || !holds(unwanted),
        // A single word was found by the index, accents or not.
        None => singly(term).len() < 2 && term.is_ascii() || singly(term).is_empty() || holds(term),
    })
}

/// The words and phrases of a query.
fn terms(words: &str) -> Vec<String> {
    let (mut out, mut term, mut is_quoted) = (Vec::new(), String::new(), false);
    for c in words.chars() {
        match c {
            '"' | '“' | '”' => is_quoted = !is_quoted,
            c if c.is_whitespace() && !is_quoted => out.push(std::mem::take(&mut term)),
            c => term.push(c),
        }
    }
    out.push(term);
    out.retain(|term| !term.is_empty());
    out
}

/// Finds the first word of the query in the text; the first line where none is found, as when only the title holds it.
fn place(article: &mut Article, text: &str, words: &str) {
    let plain = |term: &String| term.trim_end_matches('*').split_whitespace().next().unwrap_or_default().to_lowercase();
    let wanted: Vec<(String, bool)> = terms(words).iter().filter(|term| !term.starts_with('-')).map(|term| (plain(term), term.ends_with('*'))).collect();
    let tokens = token::tokenize(text);
    let is_hit = |at: &usize| wanted.iter().any(|(word, begins)| tokens.lower(*at) == word || (*begins && tokens.lower(*at).starts_with(word.as_str())));
    let span = (0..tokens.len()).find(is_hit).map(|at| tokens.span(at));
    (article.start, article.end) = span.map_or((0, 0), |span| (span.start(), span.end()));
    let lines = line::Lines::of(text);
    article.line = lines.at(article.start);
    article.text = lines.span(article.line).map_or(String::new(), |span| span.of(text).trim().to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_words_phrases_beginnings_and_what_must_not_be_there() {
        let matching = |words: &str| matching(words).unwrap_or_default();
        assert_eq!(matching("bridge closed"), "\"bridge\" AND \"closed\"");
        assert_eq!(matching("“the bridge” clos*"), "\"the bridge\" AND \"clos\" *");
        assert_eq!(matching("bridge -ferry -\"old barge\""), "(\"bridge\") NOT (\"ferry\" OR \"old barge\")");
        assert_eq!(matching("NEAR(a OR content:b)"), "\"NEAR(a\" AND \"OR\" AND \"content:b)\"");
        assert_eq!(matching("-ferry"), "");
        assert_eq!(matching(" … \" "), "");
    }
}
