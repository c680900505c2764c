//! The parts of a page: its head, its questions, its pairs, its claims, its days, its cast, its documents.

use super::{Asking, Claim, Document, Event, Maker, Origin, Pair, Person, Question, When};
use crate::link;
use crate::plain;
use crate::view::{self, Held, SHORT_TITLE, View};
use onrecord::compare::RelationKind;
use onrecord::line::{counted, one_line};
use onrecord::question::Answer;
use onrecord::wire::record;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The headline of the earliest document that has one.
pub(crate) fn title(view: &View<'_>) -> String {
    let mut held: Vec<Held<'_>> = view.held().collect();
    held.sort_by_key(|held| (held.day().is_none(), held.day().map(str::to_owned), held.at));
    let titles = || held.iter().filter_map(|held| held.title());
    let long = titles().find(|title| title.split_whitespace().count() >= SHORT_TITLE);
    long.or_else(|| titles().next()).unwrap_or_else(|| "A story without a headline".to_owned())
}

pub(crate) fn facts(view: &View<'_>) -> Vec<String> {
    let record = &view.story.record;
    let outlets: BTreeSet<&str> = record.documents.iter().filter_map(|document| document.outlet.as_deref()).collect();
    let days: BTreeSet<&str> = view.held().filter_map(Held::day).collect();
    let mut facts = vec![counted(record.documents.len(), "document")];
    facts.extend((!outlets.is_empty()).then(|| counted(outlets.len(), "outlet")));
    facts.extend(plain::between(days.first().copied(), days.last().copied()));
    facts.push(counted(record.statements.len(), "statement"));
    facts
}

/// Who published a document, or the name of its file.
pub(crate) fn publisher(held: Held<'_>) -> String {
    held.document.outlet.as_deref().map(one_line).filter(|outlet| !outlet.is_empty()).unwrap_or_else(|| file(held))
}

/// The name of a document's file. Its folder is nobody's business to whom a page is sent.
fn file(held: Held<'_>) -> String {
    held.document.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// A title or office that the name does not hold.
pub(crate) fn role(person: &record::Person) -> Option<String> {
    let name = person.name.to_lowercase();
    person.roles.iter().find(|role| !name.contains(&role.to_lowercase())).map(|role| one_line(role))
}

/// Who speaks, those most heard first.
pub(crate) fn people(view: &View<'_>) -> Vec<Person> {
    let heard = view.people().filter(|(_, statements)| *statements > 0);
    let mut people: Vec<Person> = heard
        .map(|(person, statements)| Person {
            id: person.id.clone(),
            name: one_line(&person.name),
            role: role(person),
            kind: plain::kind(person.kind),
            statements,
            documents: view::mentioned_in(person),
            may_be: person.may_be.iter().filter_map(|id| view.name(Some(id))).collect(),
        })
        .collect();
    people.sort_by_key(|person| Reverse(person.statements));
    people
}

impl<'a> Maker<'a> {
    pub(crate) fn question(&self, question: &record::Question) -> Question {
        let asking = |asking: &record::Asking| {
            let asked = self.fullest(&asking.asked_in);
            let said = self.fullest(&asking.answered_in).or_else(|| asked.clone());
            Asking {
                asked,
                when: When::of(asking.said.as_ref()),
                asker: self.view.name(asking.asker.as_deref()),
                of: self.view.name(asking.addressee.as_deref()),
                answer: plain::answer(asking),
                is_dodged: matches!(asking.answer, Answer::NonAnswer | Answer::Declined | Answer::None),
                said,
            }
        };
        Question {
            id: question.id.clone(),
            text: one_line(&question.text),
            status: plain::status(question.status),
            askings: question.askings.iter().map(asking).collect(),
        }
    }

    pub(crate) fn pairs(&self, kind: RelationKind) -> Vec<Pair> {
        let found = self.view.story.record.relations.iter().filter(|relation| relation.kind == kind);
        let pair = |relation: &record::Relation| {
            let (first, second) = if plain::is_turned(kind) { (&relation.b, &relation.a) } else { (&relation.a, &relation.b) };
            Pair { id: relation.id.clone(), why: one_line(&relation.why), sides: [self.fullest(first), self.fullest(second)] }
        };
        found.map(pair).collect()
    }

    /// What several documents carry, the fewest origins first: one origin is never two, however many repeat it.
    pub(crate) fn claims(&self) -> Vec<Claim> {
        let record = &self.view.story.record;
        let mut claims: Vec<(&record::Claim, usize)> =
            record.origins.iter().map(|claim| (claim, self.view.carried_by(claim))).filter(|(_, count)| *count > 1).collect();
        claims.sort_by_key(|(claim, count)| (claim.independent, Reverse(*count)));
        let origin = |origin: &record::Origin| Origin { name: one_line(&origin.name), footing: origin.sourcing.footing(), cites: self.cites(&origin.through) };
        let claim = |(claim, count): (&record::Claim, usize)| Claim {
            id: claim.id.clone(),
            independent: claim.independent,
            text: one_line(&claim.claim),
            count: format!(
                "{} of the {} given, {} as far as can be shown",
                counted(count, "document"),
                record.documents.len(),
                counted(claim.independent.max(1), "origin")
            ),
            is_single: claim.independent <= 1,
            origins: claim.origins.iter().map(origin).collect(),
        };
        claims.into_iter().map(claim).collect()
    }

    /// What happened, and what was said that the brief or a question speaks of; the record has all.
    pub(crate) fn timeline(&self) -> Vec<Event> {
        let record = &self.view.story.record;
        let briefed = record.brief.sentences.iter().flat_map(|sentence| &sentence.support);
        let asked = record.questions.iter().flat_map(|question| &question.askings).flat_map(|asking| asking.asked_in.iter().chain(&asking.answered_in));
        let told: BTreeSet<&str> = briefed.chain(asked).map(String::as_str).collect();
        let is_told = |entry: &&record::Entry| {
            let days = entry.said.as_ref().or(entry.happened.as_ref());
            let is_exact = days.is_some_and(|days| days.day().is_some());
            is_exact && (entry.happened.is_some() || entry.support.iter().any(|id| told.contains(id.as_str())))
        };
        let events = record.timeline.iter().filter(is_told).map(|entry| self.event(entry));
        // What two documents tell in the same words stands there once.
        let mut seen = BTreeSet::new();
        events.filter(|event| seen.insert((event.when.text.clone(), event.speaker.clone(), event.text.clone()))).collect()
    }

    fn event(&self, entry: &record::Entry) -> Event {
        let days = entry.said.as_ref().or(entry.happened.as_ref());
        let speaker = entry.support.first().and_then(|id| self.view.statement(id)).and_then(|it| self.view.name(it.speaker.as_deref()));
        Event {
            id: entry.id.clone(),
            first: plain::first(days).map(str::to_owned),
            last: plain::last(days).map(str::to_owned),
            when: When::of(days),
            speaker: entry.said.as_ref().map(|_| speaker.unwrap_or_else(|| "Nobody named".to_owned())),
            text: one_line(&entry.text),
            cites: self.cites(&entry.support),
        }
    }

    /// The documents in the order of their days, each with what is said in it.
    pub(crate) fn documents(&self) -> Vec<Document> {
        let mut held: Vec<Held<'a>> = self.view.held().collect();
        held.sort_by_key(|held| (held.day().is_none(), held.day(), held.at));
        held.into_iter().map(|held| self.document(held)).collect()
    }

    fn document(&self, held: Held<'a>) -> Document {
        let (document, record) = (held.document, &self.view.story.record);
        let named = |id: &str| self.view.document(id).map(|of| of.title().unwrap_or_else(|| publisher(of))).unwrap_or_default();
        let copies = record.copies.iter().filter(|copy| copy.by == document.id).map(|copy| plain::copied(copy.kind, &format!("“{}”", named(&copy.of))));
        let bounds = document.dating.bounds.as_ref();
        Document {
            id: document.id.clone(),
            name: held.kept.id.clone(),
            title: held.title().unwrap_or_else(|| publisher(held)),
            outlet: document.outlet.as_deref().map(one_line),
            byline: document.byline.as_deref().map(one_line),
            when: When::told(held.day().map(plain::day).or_else(|| plain::days(bounds)), held.day()),
            basis: Some(document.dating.basis.clone()).filter(|basis| !basis.is_empty() && basis != "metadata"),
            link: document.url.as_deref().and_then(link::web).map(str::to_owned),
            file: file(held),
            remarks: copies.chain(document.notes.iter().map(|note| note.message.clone())).collect(),
            statements: record.statements.iter().filter(|statement| statement.document == document.id).filter_map(|statement| self.said(statement)).collect(),
        }
    }
}
