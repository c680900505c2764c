//! Pointing at what a list shows, so that it can be corrected.

use crate::error::Problem;
use crate::{Archive, Error};
use onrecord::correction::{MentionAt, OfRelation, Quote, StatementAt, Told, Who};
use onrecord::entity::EntityKind;
use onrecord::record::Numbers;
use onrecord::text::Id;
use onrecord::wire::Named;
use onrecord::{Reading, Span, wire};
use std::collections::BTreeSet;

impl Archive {
    /// The statement that a list calls `dxx0mqryv2t7.s3`: its document, how to find it again, and what the reader found there.
    pub fn statement_at(&self, id: &str) -> Result<(String, StatementAt, Reading), Error> {
        let found = || -> Result<_, Problem> {
            let unknown = || Problem::Unknown(id.to_owned());
            let (document, number) = id.rsplit_once(".s").ok_or_else(unknown)?;
            let number: usize = number.parse().map_err(|_| unknown())?;
            let document = self.document_named(document)?;
            let version = self.latest_of(&document)?;
            // The reader's words are what later readings are compared with: a person's may be nowhere in them.
            let machine = self.machine(version)?.reading.clone();
            let id = machine.statements.ids().find(|id| id.at() + 1 == number).ok_or_else(unknown)?;
            Ok((document, StatementAt::of(&machine, id), machine))
        };
        found().map_err(|problem| Error::new(&self.path, problem))
    }

    /// Whom a list of people calls so, by id or name. Somebody known in one story alone is pointed at by a mention there.
    pub fn person_at(&self, called: &str) -> Result<(Who<String>, String), Error> {
        let people = self.named(called)?;
        let [somebody] = people.as_slice() else {
            let all = people.iter().map(|it| format!("{} ({})", it.name, it.id)).collect::<Vec<_>>().join(", ");
            return Err(Error::new(&self.path, Problem::Nothing(format!("{called} may be {all}: give the id"))));
        };
        let found = || -> Result<Who<String>, Problem> {
            let kind = EntityKind::from_name(&somebody.kind).ok_or_else(|| Problem::Damaged("a kind is none of ours".to_owned()))?;
            if is_known_everywhere(kind, &somebody.name) {
                return Ok(Who::Name { kind, name: somebody.name.clone() });
            }
            let story = somebody.stories.first().ok_or_else(|| Problem::Unknown(called.to_owned()))?;
            let number: i64 =
                self.one("SELECT p.number FROM person p JOIN story s USING (team) WHERE p.id = ?1 AND s.id = ?2 LIMIT 1", &[&somebody.id, story])?;
            let made = self.made(self.members_of(self.team(story)?)?)?;
            let person = made.wire.people.get(number as usize - 1).and_then(|person| person.mentions.first());
            let place = person.ok_or_else(|| Problem::Nothing(format!("no text mentions {}", somebody.name)))?;
            Ok(Who::Mention(mention(&made.wire, &made.whole.documents, &place.document, place.words.start, place.words.end)))
        };
        found().map(|who| (who, somebody.name.clone())).map_err(|problem| Error::new(&self.path, problem))
    }

    /// Where a document mentions somebody for the first time, to say that it is somebody else.
    pub fn mention_at(&self, called: &str, document: &str) -> Result<MentionAt<String>, Error> {
        let somebody = self.named(called)?;
        let found = || -> Result<MentionAt<String>, Problem> {
            let document = self.document_named(document)?;
            let made = self.made(self.members_of(self.team(&document)?)?)?;
            let ids: BTreeSet<&str> = somebody.iter().map(|it| it.id.as_str()).collect();
            let team = self.team(&document)?;
            let numbers: Vec<(i64, String)> = self.rows("SELECT number, id FROM person WHERE team = ?1", &[&team], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let wire_id = made.whole.documents.iter().position(|it| *it == document).map(|at| format!("d{}", at + 1)).unwrap_or_default();
            let people = numbers.iter().filter(|(_, id)| ids.contains(id.as_str())).filter_map(|(number, _)| made.wire.people.get(*number as usize - 1));
            let place = people.flat_map(|person| &person.mentions).find(|place| place.document == wire_id);
            let place = place.ok_or_else(|| Problem::Nothing(format!("{document} does not mention {called}")))?;
            Ok(mention(&made.wire, &made.whole.documents, &wire_id, place.words.start, place.words.end))
        };
        found().map_err(|problem| Error::new(&self.path, problem))
    }

    /// The relation `r3` of a story.
    pub fn relation_at(&self, story: &str, id: &str) -> Result<OfRelation<String>, Error> {
        let found = || -> Result<OfRelation<String>, Problem> {
            let made = self.made(self.members_of(self.team(story)?)?)?;
            let relation = made.wire.relations.iter().find(|relation| relation.id == id).ok_or_else(|| Problem::Unknown(format!("{story} {id}")))?;
            let told = |side: &[String]| -> Result<Told<String>, Problem> {
                let unknown = || Problem::Unknown(format!("{story} {id}"));
                let number: usize = side.first().and_then(|id| id.get(1..)).and_then(|number| number.parse().ok()).ok_or_else(unknown)?;
                let accounts: Vec<_> = made.whole.accounts.iter().map(|account| &**account).collect();
                let told = Numbers::of(&accounts).told(number).ok_or_else(unknown)?;
                let document = made.whole.documents[told.document].clone();
                let machine = self.reading_of(&document)?;
                let number = made.whole.numbers[told.document][told.id.at()] as usize;
                Ok(Told { document, at: StatementAt::of(&machine, Id::new(number - 1)) })
            };
            Ok(OfRelation { kind: relation.kind, a: told(&relation.a)?, b: told(&relation.b)? })
        };
        found().map_err(|problem| Error::new(&self.path, problem))
    }

    /// The whole name of the document that `id`, or the beginning of an id, names.
    pub fn document_at(&self, id: &str) -> Result<String, Error> {
        self.document_named(id).map_err(|problem| Error::new(&self.path, problem))
    }

    /// Another document of the story that this one is in, if there is one: what it is taken from when it is moved.
    pub fn story_beside(&self, document: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT d.id FROM placed a JOIN version va ON va.number = a.version JOIN document da ON da.number = va.document
                   JOIN placed b ON b.team = a.team AND b.version <> a.version JOIN version v ON v.number = b.version JOIN document d ON d.number = v.document
                   WHERE da.id = ?1 ORDER BY d.id LIMIT 1";
        Ok(self.all(sql, &[&document], |row| row.get(0))?.pop())
    }

    pub(crate) fn document_named(&self, id: &str) -> Result<String, Problem> {
        let found: Vec<String> = self.rows("SELECT id FROM document WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id LIMIT 2", &[&id], |row| row.get(0))?;
        match found.as_slice() {
            [] => Err(Problem::Unknown(id.to_owned())),
            [one] => Ok(one.clone()),
            [one, ..] if one == id => Ok(one.clone()),
            _ => Err(Problem::Ambiguous(id.to_owned())),
        }
    }
}

/// Whether a full name of this kind is one somebody in every story.
pub(crate) fn is_known_everywhere(kind: EntityKind, name: &str) -> bool {
    match kind {
        EntityKind::Person | EntityKind::Organization | EntityKind::Outlet => name.split_whitespace().nth(1).is_some(),
        EntityKind::Office | EntityKind::Group | EntityKind::Anonymous | EntityKind::Thing => false,
    }
}

fn mention(record: &wire::Record, documents: &[String], document: &str, start: usize, end: usize) -> MentionAt<String> {
    let at = record.documents.iter().position(|it| it.id == document).expect("a place is in a document of its record");
    let words = Quote::of(&record.documents[at].text, Span::new(start, end));
    MentionAt { document: documents[at].clone(), words }
}
