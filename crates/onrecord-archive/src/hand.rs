//! What of the statements and names of a list is so because a person said it.
//!
//! # Limits
//! A name is a person's where a correction that the story holds gave it: by naming, by making two one, by telling somebody apart.

use crate::error::Problem;
use crate::name::is_called;
use crate::{Archive, Change, Error, Spoken};
use onrecord::correction::{OfPeople, OfStatement, Who};
use std::collections::{BTreeMap, BTreeSet};

/// The corrections behind what a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByHand {
    /// By the names of statements.
    statements: BTreeMap<String, BTreeSet<i64>>,
    /// By story: the corrections that gave a name, and what they gave.
    names: BTreeMap<String, Vec<(i64, Given)>>,
}

/// What a correction goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Given {
    /// The whole name.
    Name(String),
    /// Words that mention somebody: a name or a word of it.
    Words(String),
}

impl Given {
    fn is_of(&self, name: &str) -> bool {
        match self {
            Given::Name(given) => given.to_lowercase() == name.to_lowercase(),
            Given::Words(given) => is_called(name, given),
        }
    }
}

impl ByHand {
    /// The corrections of a statement and of its speaker's name: `c1`, `c2` …
    pub fn of(&self, spoken: &Spoken) -> Vec<String> {
        let statement = self.statements.get(&spoken.id).into_iter().flatten().copied();
        let name = spoken.speaker.iter().flat_map(|name| self.numbers(&spoken.story, name));
        named(statement.chain(name).collect())
    }

    /// The corrections that gave somebody this name in a story.
    pub fn of_name(&self, story: &str, name: &str) -> Vec<String> {
        named(self.numbers(story, name).collect())
    }

    fn numbers<'a>(&'a self, story: &str, name: &'a str) -> impl Iterator<Item = i64> + 'a {
        let known = self.names.get(story).into_iter().flatten();
        known.filter(move |(_, given)| given.is_of(name)).map(|(number, _)| *number)
    }
}

fn named(numbers: BTreeSet<i64>) -> Vec<String> {
    numbers.into_iter().map(|number| format!("c{number}")).collect()
}

impl Archive {
    /// The corrections behind statements of a list.
    pub fn by_hand<'a>(&self, listed: impl IntoIterator<Item = &'a Spoken>) -> Result<ByHand, Error> {
        let mut of_story: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for spoken in listed {
            of_story.entry(&spoken.story).or_default().insert(spoken.document());
        }
        self.hands(&of_story).map_err(|problem| Error::new(&self.path, problem))
    }

    /// The corrections that gave people of these stories their names.
    pub fn named_by_hand(&self, stories: &[String]) -> Result<ByHand, Error> {
        let of_story = stories.iter().map(|story| (story.as_str(), BTreeSet::new())).collect();
        self.hands(&of_story).map_err(|problem| Error::new(&self.path, problem))
    }

    /// By stories, of these documents of theirs.
    fn hands(&self, of_story: &BTreeMap<&str, BTreeSet<&str>>) -> Result<ByHand, Problem> {
        let mut out = ByHand::default();
        let sql = "SELECT e.correction, c.change FROM story s JOIN effect e USING (team) JOIN correction c ON c.number = e.correction WHERE s.id = ?1 ORDER BY e.correction";
        for (story, documents) in of_story {
            for (number, change) in self.rows(sql, &[story], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))? {
                match serde_json::from_str(&change)? {
                    Change::Statement { document, change } if documents.contains(document.as_str()) => {
                        if let Some(statement) = self.pointed_at(&document, &change)? {
                            out.statements.entry(statement).or_default().insert(number);
                        }
                    }
                    Change::People { change } => out.names.entry((*story).to_owned()).or_default().push((number, given(change))),
                    Change::Statement { .. }
                    | Change::Relation { .. }
                    | Change::Move { .. }
                    | Change::Join { .. }
                    | Change::Part { .. }
                    | Change::Settled { .. } => {}
                }
            }
        }
        Ok(out)
    }

    /// The name of the statement that a correction found.
    fn pointed_at(&self, document: &str, change: &OfStatement) -> Result<Option<String>, Problem> {
        let reading = self.reading_of(document)?;
        Ok(change.at.find(&reading).map(|id| format!("{document}.s{}", id.at() + 1)))
    }
}

/// The name that a correction gives, or the words that it points at.
fn given(change: OfPeople<String>) -> Given {
    match change {
        OfPeople::Name { name, .. } | OfPeople::Same { keep: Who::Name { name, .. }, .. } => Given::Name(name),
        OfPeople::Same { keep: Who::Mention(mention), .. } | OfPeople::Apart { mention } => Given::Words(mention.words.words),
    }
}
