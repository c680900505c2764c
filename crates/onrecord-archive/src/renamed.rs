//! Names of people that lists no longer have, because a person said that two are one or that somebody is called otherwise: who they
//! are now.
//!
//! # Limits
//! Only corrections that hold lead on. Who is known in one story alone is named after the place where they are first mentioned: when an
//! earlier article joins the story, the old name leads nowhere.

use crate::Archive;
use crate::correction::{Holding, is_known_everywhere};
use crate::error::Problem;
use crate::name::{everywhere, in_document};
use onrecord::correction::{MentionAt, OfPeople, Who};
use onrecord::wire::Named;
use std::collections::BTreeSet;

impl Archive {
    /// The name by which lists have somebody now whom they called `id` before a correction.
    pub(crate) fn person_now(&self, id: &str) -> Result<Option<String>, Problem> {
        let holding = Holding::of(&self.connection)?;
        let mut passed = BTreeSet::from([id.to_owned()]);
        let mut at = id.to_owned();
        while let Some(next) = self.next_name(&holding, &at)?.filter(|next| passed.insert(next.clone())) {
            if self.one::<bool>("SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1)", &[&next])? {
                return Ok(Some(next));
            }
            at = next;
        }
        Ok(None)
    }

    /// Where the last correction leads that was made of whoever was called so.
    fn next_name(&self, holding: &Holding, id: &str) -> Result<Option<String>, Problem> {
        for change in holding.of_people().rev() {
            let (from, to) = match change {
                OfPeople::Same { keep, other } => (other, self.called_now(keep)?),
                OfPeople::Name { who, name } => (who, self.renamed(who, name)?),
                OfPeople::Apart { .. } => continue,
            };
            if self.was_called(from, id)? {
                return Ok(to);
            }
        }
        Ok(None)
    }

    /// Whether lists can have called somebody so.
    fn was_called(&self, who: &Who<String>, id: &str) -> Result<bool, Problem> {
        match who {
            Who::Name { kind, name: called } => Ok(everywhere(kind.name(), called) == id),
            Who::Mention(mention) => Ok(self.mentioned(mention)?.is_some_and(|mentioned| mentioned.others.contains(id))),
        }
    }

    /// How lists call somebody, where they do.
    fn called_now(&self, who: &Who<String>) -> Result<Option<String>, Problem> {
        match who {
            Who::Name { kind, name: called } => Ok(Some(everywhere(kind.name(), called))),
            Who::Mention(mention) => Ok(self.mentioned(mention)?.and_then(|mentioned| mentioned.now)),
        }
    }

    /// How lists call somebody who was given another name.
    fn renamed(&self, who: &Who<String>, called: &str) -> Result<Option<String>, Problem> {
        match who {
            Who::Name { kind, .. } if is_known_everywhere(*kind, called) => Ok(Some(everywhere(kind.name(), called))),
            // A name of one word is known within a story alone; there may be several.
            Who::Name { .. } => Ok(None),
            Who::Mention(mention) => Ok(self.mentioned(mention)?.and_then(|mentioned| mentioned.now)),
        }
    }

    /// Whom a document mentions at a place, as the story has them now.
    fn mentioned(&self, mention: &MentionAt<String>) -> Result<Option<Mentioned>, Problem> {
        let team = self.team(&mention.document)?;
        let made = self.made(self.members_of(team)?)?;
        let Some(at) = made.whole.documents.iter().position(|document| *document == mention.document) else { return Ok(None) };
        let document = format!("d{}", at + 1);
        let is_there = |place: &onrecord::wire::record::Place| {
            place.document == document && place.words.start == mention.words.start && place.words.text == mention.words.words
        };
        let Some(number) = made.wire.people.iter().position(|person| person.mentions.iter().any(is_there)) else { return Ok(None) };
        let now = self.rows("SELECT id FROM person WHERE team = ?1 AND number = ?2", &[&team, &(number as i64 + 1)], |row| row.get(0))?.pop();
        let entities = made.whole.record.people.layer.iter().nth(number).into_iter().flat_map(|person| &person.entities);
        let others = entities.map(|entity| in_document(&made.whole.documents[entity.document], entity.id.at())).collect();
        Ok(Some(Mentioned { now, others }))
    }
}

/// Somebody whom a document mentions.
struct Mentioned {
    /// How lists call them, if they say or are asked something.
    now: Option<String>,
    /// How lists would call each of those in documents who are one in the story.
    others: BTreeSet<String>,
}
