//! Finds whole articles by their words, each at the first of them.
//!
//! The index of articles knows which words an article has, not how often: that would take half the room of the archive again. Up to
//! [`RANKED`] articles are therefore read and ranked by BM25 there and then; of more, the newest come first.

use crate::error::Problem;
use crate::search::{Found, Order, Query, Wanted, all_of, singly, terms};
use crate::{Archive, Error};
use onrecord::{line, token};
use rusqlite::types::Value;
use serde::Serialize;
use std::collections::HashSet;

/// Articles that are read for ranking at most: reading one takes a tenth of a millisecond.
const RANKED: usize = 100;
/// How soon a word that comes again counts less, as is usual for BM25: <https://doi.org/10.1561/1500000019>.
const AGAIN: f64 = 1.2;
/// How much a long article loses, as is usual.
const LONG: f64 = 0.75;

/// Articles that are looked up one by one; of more, all are gone through in the order of their days.
const FEW: usize = 500;

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
    /// The articles that the words, outlet, story and days of publication of a query find.
    pub fn search_articles(&self, query: &Query) -> Result<Found<Article>, Error> {
        let found = || -> Result<Found<Article>, Problem> {
            let holding = self.holding_all(&query.words)?;
            let is_ranked = holding.as_ref().is_some_and(|holding| holding.len() <= RANKED);
            let most = if is_ranked { RANKED } else { query.most };
            let mut hits = self.newest_articles(query, holding.as_ref(), most)?;
            if is_ranked {
                self.rank(&mut hits, &query.words)?;
                hits.truncate(query.most);
            }
            let order = if is_ranked { Order::Best } else { Order::Newest };
            Ok(Found { hits: hits.into_iter().map(|(article, _)| article).collect(), order })
        };
        found().map_err(|problem| Error::new(&self.path, problem))
    }

    /// The versions that hold all the words; `None` if there are none to look for.
    fn holding_all(&self, words: &str) -> Result<Option<HashSet<i64>>, Problem> {
        let Some(words) = all_of(words) else { return Ok(None) };
        Ok(Some(self.rows("SELECT rowid FROM article_text WHERE article_text MATCH ?1", &[&words], |row| row.get(0))?.into_iter().collect()))
    }

    /// The newest that are wanted, `most` of them, each with its text.
    fn newest_articles(&self, query: &Query, holding: Option<&HashSet<i64>>, most: usize) -> Result<Vec<(Article, String)>, Problem> {
        let mut wanted = Wanted::of_articles(query);
        if let Some(story) = &query.story {
            let team = self.team(story)?;
            wanted.is("EXISTS (SELECT 1 FROM membership m WHERE m.version = v.number AND m.kind = 'own' AND m.team = ?)", Some(team));
        }
        if let Some(few) = holding.filter(|holding| holding.len() <= FEW) {
            wanted.one_of("v.number", few.iter().map(|version| Value::from(*version)).collect());
        }
        let placed = "EXISTS (SELECT 1 FROM placed p WHERE p.version = v.number)";
        let newest = format!("SELECT v.number FROM version v WHERE {placed} AND {} ORDER BY v.published DESC, v.number DESC", wanted.clauses(0, ""));
        let mut newest = self.connection.prepare_cached(&newest)?;
        let mut found = newest.query(wanted.values().as_slice())?;
        let sql = "SELECT d.id, s.id, v.path, v.outlet, v.published FROM version v JOIN document d ON d.number = v.document
                   JOIN membership m ON m.version = v.number AND m.kind = 'own' JOIN story s USING (team) WHERE v.number = ?1";
        let mut hits = Vec::new();
        while hits.len() < most {
            let Some(row) = found.next()? else { break };
            let version: i64 = row.get(0)?;
            if holding.is_some_and(|holding| !holding.contains(&version)) {
                continue;
            }
            let text = self.text(version)?;
            if !fits(&text, &query.words) {
                continue;
            }
            let mut of_one = self.rows(sql, &[&version], |row| {
                let (id, story, path, outlet, published) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
                Ok(Article { id, story, path, outlet, published, start: 0, end: 0, line: 0, text: String::new() })
            })?;
            of_one.iter_mut().for_each(|article| place(article, &text, &query.words));
            hits.extend(of_one.into_iter().map(|article| (article, text.clone())));
        }
        Ok(hits)
    }

    /// The best first, by BM25; equals stay in their order.
    fn rank(&self, hits: &mut Vec<(Article, String)>, words: &str) -> Result<(), Problem> {
        let all: i64 = self.one("SELECT count(*) FROM placed", &[])?;
        let mut rare = Vec::new();
        for term in terms(words).into_iter().filter(|term| !term.starts_with('-') && !singly(term).is_empty()) {
            let holding = self.holding_all(&term)?.map_or(hits.len(), |holding| holding.len()) as f64;
            rare.push((term, (1.0 + (all as f64 - holding + 0.5).max(0.0) / (holding + 0.5)).ln()));
        }
        let mean = hits.iter().map(|(_, text)| text.len() as f64).sum::<f64>() / hits.len().max(1) as f64;
        let score = |text: &str| {
            let lower = text.to_lowercase();
            let length = 1.0 - LONG + LONG * text.len() as f64 / mean;
            let of_term = |(term, rarity): &(String, f64)| {
                let times = count(&lower, term) as f64;
                rarity * times * (AGAIN + 1.0) / (times + AGAIN * length)
            };
            rare.iter().map(of_term).sum::<f64>()
        };
        let mut scored: Vec<(f64, (Article, String))> = hits.drain(..).map(|hit| (score(&hit.1), hit)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        hits.extend(scored.into_iter().map(|(_, hit)| hit));
        Ok(())
    }
}

/// Whether a text holds every phrase of a query in a row, and nothing that must not be there. Accents count here.
fn fits(text: &str, words: &str) -> bool {
    let terms = terms(words);
    let is_plain = |term: &String| !term.starts_with('-') && singly(term).len() < 2 && term.is_ascii();
    // Single words were found by the index, accents or not.
    if terms.iter().all(is_plain) {
        return true;
    }
    let lower = text.to_lowercase();
    terms.iter().all(|term| match term.strip_prefix('-') {
        Some(unwanted) => singly(unwanted).is_empty() || !holds(&lower, unwanted),
        None => is_plain(term) || singly(term).is_empty() || holds(&lower, term),
    })
}

/// Whether the words of a term stand in a row in a text in lower case.
fn holds(lower: &str, term: &str) -> bool {
    stand(lower, term).next().is_some()
}

/// How often they do.
fn count(lower: &str, term: &str) -> usize {
    stand(lower, term).count()
}

/// Where they do.
fn stand<'t>(lower: &'t str, term: &str) -> impl Iterator<Item = usize> + use<'t> {
    let (wanted, begins) = (singly(term), term.ends_with('*'));
    let first = wanted.first().cloned();
    let stands = move |start: &usize| {
        let same = |at: usize, word: &str| if begins && at + 1 == wanted.len() { word.starts_with(&wanted[at]) } else { word == wanted[at] };
        let mut words = lower[*start..].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        !lower[..*start].ends_with(char::is_alphanumeric) && (0..wanted.len()).all(|at| words.next().is_some_and(|word| same(at, word)))
    };
    let starts = first.map(|first| lower.match_indices(&first).map(|(start, _)| start).collect::<Vec<_>>()).unwrap_or_default();
    starts.into_iter().filter(stands)
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
