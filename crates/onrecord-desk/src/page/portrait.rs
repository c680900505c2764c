//! Somebody as the records of their stories have them: what they were called when, what they answered in which words, and which
//! question or claim of a story they spoke to.
//!
//! # Limits
//! The records of [`STORIES`] stories are looked into at most, and of [`STATEMENTS`] statements together: making one that nobody has
//! opened yet takes time. What is not looked into is said.

use crate::desk::Desk;
use crate::page::document::questions;
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::words;
use onrecord::line::one_line;
use onrecord::wire::record;
use onrecord_archive::{Archive, Question};
use onrecord_export::page::Said;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Stories whose records are looked into: a third of those that the desk keeps in memory.
const STORIES: usize = 8;
/// Statements of these together: making the records of twice as many took 0.5 s, once; from memory the page took 30 ms.
const STATEMENTS: i64 = 800;

/// Somebody as the records of some of their stories have them.
pub(crate) struct Portrait {
    looked: Vec<Looked>,
}

/// A story that is looked into.
struct Looked {
    shown: Arc<Shown>,
    /// Who it is in its record.
    people: Vec<String>,
    /// The topic of each statement that has one, by its id in the record.
    topics: BTreeMap<String, Topic>,
}

/// A question or a claim of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Topic {
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    pub(crate) place: String,
}

/// What the sources called somebody: a title or an office, with every place where they are called so.
pub(crate) struct Title {
    pub(crate) role: String,
    pub(crate) places: Vec<Called>,
}

/// One place where somebody is called something.
pub(crate) struct Called {
    pub(crate) words: String,
    pub(crate) when: String,
    day: Option<String>,
    pub(crate) source: String,
    pub(crate) place: String,
}

/// What came back, one time a question was put.
pub(crate) struct Answer {
    pub(crate) when: String,
    pub(crate) answer: String,
    pub(crate) asker: Option<String>,
    /// Its words; nothing where the record was not looked into, or none are told.
    pub(crate) said: Option<Said>,
}

impl Portrait {
    /// Looks into stories in the order in which they are named, as far as there is room. `places` are the stories somebody is in, each
    /// with the number there.
    pub(crate) fn of(desk: &Desk, archive: &Archive, places: &[(String, i64)], wanted: &[String]) -> Result<Portrait, Refusal> {
        let (mut looked, mut statements): (Vec<Looked>, i64) = (Vec::new(), 0);
        for story in wanted {
            let is_known = looked.iter().any(|it| it.shown.id == *story);
            let size = archive.story_named(story)?.statements;
            if is_known || looked.len() == STORIES || statements + size > STATEMENTS {
                continue;
            }
            statements += size;
            let shown = desk.story(archive, story)?;
            let people = places.iter().filter(|(of, _)| of == story).map(|(_, number)| format!("p{number}")).collect();
            looked.push(Looked { topics: topics(&shown), shown, people });
        }
        Ok(Portrait { looked })
    }

    /// Whether a story was looked into.
    pub(crate) fn knows(&self, story: &str) -> bool {
        self.looked.iter().any(|it| it.shown.id == story)
    }

    /// What they are called in these stories, what they were called first first.
    pub(crate) fn titles(&self) -> Vec<Title> {
        let mut titles: BTreeMap<String, Title> = BTreeMap::new();
        for looked in &self.looked {
            for person in looked.people.iter().filter_map(|id| looked.shown.person(id)) {
                for (role, called) in titles_in(&looked.shown, person) {
                    titles.entry(role.to_lowercase()).or_insert(Title { role, places: Vec::new() }).places.push(called);
                }
            }
        }
        let mut titles: Vec<Title> = titles.into_values().collect();
        // What has no day comes last.
        let day = |called: &Called| (called.day.is_none(), called.day.clone());
        titles.iter_mut().for_each(|title| title.places.sort_by_key(day));
        titles.sort_by_key(|title| title.places.first().map(day));
        titles
    }

    /// Each time a question was put to them, with the words that came back; nothing where its story was not looked into.
    pub(crate) fn answers(&self, question: &Question) -> Option<Vec<Answer>> {
        let looked = self.looked.iter().find(|it| it.shown.id == question.story)?;
        let at = usize::try_from(question.number - 1).ok()?;
        let (of_page, of_record) = (looked.shown.page.questions.get(at)?, looked.shown.story.record.questions.get(at)?);
        let is_theirs = |asking: &record::Asking| asking.addressee.as_ref().is_some_and(|id| looked.people.contains(id));
        let answer = |asking: &onrecord_export::page::Asking| Answer {
            when: asking.when.text.clone(),
            answer: asking.answer.to_owned(),
            asker: asking.asker.clone(),
            said: asking.answered().or(asking.asked.as_ref()).cloned(),
        };
        Some(of_page.askings.iter().zip(&of_record.askings).filter(|(_, asking)| is_theirs(asking)).map(|(asking, _)| answer(asking)).collect())
    }

    /// The question or the claim of its story that a statement belongs to, by the name of lists.
    pub(crate) fn topic(&self, story: &str, statement: &str) -> Option<&Topic> {
        let looked = self.looked.iter().find(|it| it.shown.id == story)?;
        looked.topics.get(looked.shown.id_of(statement)?)
    }
}

/// The topics of the statements of a story: the question that one asks or answers, else the claim of several documents that it carries.
fn topics(shown: &Shown) -> BTreeMap<String, Topic> {
    let mut out = BTreeMap::new();
    for claim in &shown.page.claims {
        let of_record = shown.story.record.origins.iter().find(|it| it.id == claim.id);
        let topic = Topic { kind: "claim", text: claim.text.clone(), place: format!("/stories/{}#{}", shown.id, claim.id) };
        out.extend(of_record.into_iter().flat_map(|it| &it.statements).map(|id| (id.clone(), topic.clone())));
    }
    for (id, question) in questions(shown) {
        let text = shown.page.questions.iter().find(|it| it.id == question).map(|it| it.text.clone()).unwrap_or_default();
        out.insert(id.to_owned(), Topic { kind: "question", text, place: format!("/stories/{}/questions/{question}", shown.id) });
    }
    out
}

/// Every place of a story where somebody is called by a title or an office that its record has.
fn titles_in(shown: &Shown, person: &record::Person) -> Vec<(String, Called)> {
    let mut out = Vec::new();
    for mention in &person.mentions {
        let Some(document) = shown.story.record.documents.iter().find(|it| it.id == mention.document) else { continue };
        let Some(laid_out) = shown.laid_out(&document.id) else { continue };
        // "chief executive" is not told as "chief" too.
        let found = person.roles.iter().filter_map(|role| Some((role, called(&document.text, mention.words.start..mention.words.end, role)?)));
        if let Some((role, place)) = found.max_by_key(|(role, _)| role.len()) {
            let called = Called {
                words: one_line(&document.text[place.clone()]),
                when: laid_out.when.text.clone(),
                day: laid_out.when.iso.clone(),
                source: laid_out.outlet.clone().unwrap_or_else(|| laid_out.file.clone()),
                place: words::place_of_words(&laid_out.name, place.start, place.end),
            };
            out.push((one_line(role), called));
        }
    }
    out
}

/// Where a mention calls somebody by a role: within its own words, or in those right before it.
fn called(text: &str, mention: Range<usize>, role: &str) -> Option<Range<usize>> {
    let own = text.get(mention.clone())?;
    let is_within = !role.is_empty() && own.to_lowercase().contains(&role.to_lowercase());
    let before = text.get(..mention.start)?.trim_end();
    let from = before.len().checked_sub(role.len())?;
    let is_before = || before.get(from..).is_some_and(|words| words.eq_ignore_ascii_case(role)) && !before[..from].ends_with(char::is_alphanumeric);
    match is_within {
        true => Some(mention),
        false if !role.is_empty() && is_before() => Some(from..mention.end),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_called_what_stands_in_the_text() {
        let text = "Superintendent Moira Kesh spoke. The chief executive, Piers Stroudley, did not. Superchief Kesh.";
        let at = |words: &str, role: &str| {
            let start = text.find(words).unwrap_or(0);
            called(text, start..start + words.len(), role).map(|place| &text[place])
        };
        assert_eq!(at("Moira Kesh", "superintendent"), Some("Superintendent Moira Kesh"));
        assert_eq!(at("The chief executive", "chief executive"), Some("The chief executive"));
        assert_eq!(at("Piers Stroudley", "chief executive"), None);
        assert_eq!(at("Kesh.", "chief"), None);
    }
}
