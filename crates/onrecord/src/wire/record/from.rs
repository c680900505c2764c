//! From a record of the engine to the record on the wire.

use super::super::reading::{found_by, interval, name, score};
use super::{
    Addressee, Asking, Brief, Claim, Copy, Dating, Document, Dropped, Entry, Evidence, Origin, Passage, Person, Place, Question, RECORD, Record, Relation,
    Relay, Sentence, Statement, Utterance, Zone,
};
use crate::account::Account;
use crate::entity::Entity;
use crate::evidence;
use crate::person;
use crate::record::{self, Ref, Told};
use crate::text::{Id, Span};
use crate::timeline::What;
use crate::wire::{Note, Words};
use rayon::prelude::*;
use std::borrow::Borrow;

impl Record {
    /// The record of one story as JSON has it; `accounts` are those it was made of.
    pub fn of<A: Borrow<Account>>(record: &record::Record, accounts: &[A]) -> Record {
        let cx = Cx::of(record, accounts);
        let documents = 0..cx.accounts.len();
        let tolds: Vec<Told> = Told::all(&cx.accounts).collect();
        let (utterances, relations): (Vec<_>, Vec<_>) = (record.utterances.ids().collect(), record.relations.ids().collect());
        Record {
            schema: RECORD.to_owned(),
            documents: documents.clone().map(|at| cx.document(at)).collect(),
            copies: record.story.copies.iter().map(|copy| cx.copy(copy)).collect(),
            people: record.people.layer.entries().map(|(id, person)| cx.person(id, person)).collect(),
            statements: tolds.into_par_iter().map(|told| cx.statement(told)).collect(),
            utterances: utterances.into_par_iter().map(|id| cx.utterance(name('u', id), &record.utterances[id])).collect(),
            questions: record.questions.entries().map(|(id, question)| cx.question(name('q', id), question)).collect(),
            relations: relations.into_par_iter().map(|id| cx.relation(name('r', id), &record.relations[id])).collect(),
            origins: record.claims.entries().map(|(id, claim)| cx.claim(name('o', id), claim)).collect(),
            timeline: record.timeline.iter().enumerate().map(|(at, entry)| cx.entry(at, entry)).collect(),
            brief: cx.brief(),
        }
    }
}

/// What turning places and ids into names needs.
struct Cx<'a> {
    record: &'a record::Record,
    accounts: Vec<&'a Account>,
    numbers: record::Numbers,
}

impl<'a> Cx<'a> {
    fn of<A: Borrow<Account>>(record: &'a record::Record, accounts: &'a [A]) -> Cx<'a> {
        let accounts = record.accounts(accounts);
        let numbers = record::Numbers::of(&accounts);
        Cx { record, accounts, numbers }
    }

    fn text(&self, document: usize) -> &'a str {
        &self.accounts[document].reading.document.text
    }

    fn words(&self, document: usize, span: Span) -> Words {
        Words { start: span.start(), end: span.end(), text: span.of(self.text(document)).to_owned() }
    }

    fn all(&self, document: usize, spans: &[Span]) -> Vec<Words> {
        spans.iter().map(|span| self.words(document, *span)).collect()
    }

    fn place(&self, place: record::Place) -> Place {
        Place { document: document_name(place.document), words: self.words(place.document, place.span) }
    }

    fn told(&self, told: Told) -> String {
        self.numbers.name(told)
    }

    fn many(&self, told: &[Told]) -> Vec<String> {
        told.iter().map(|told| self.told(*told)).collect()
    }

    fn somebody(&self, document: usize, entity: Option<Id<Entity>>) -> Option<String> {
        Some(name('p', self.record.people.of(Ref::new(document, entity?))))
    }

    fn evidence(&self, evidence: &[evidence::Evidence<record::Place>]) -> Vec<Evidence> {
        let one = |it: &evidence::Evidence<record::Place>| shaped(it, it.words.iter().map(|place| self.place(*place)).collect());
        evidence.iter().map(one).collect()
    }

    /// Evidence of one document, its words told with the document.
    fn own(&self, document: usize, evidence: &[evidence::Evidence]) -> Vec<Evidence> {
        let place = |span: &Span| self.place(record::Place { document, span: *span });
        evidence.iter().map(|it| shaped(it, it.words.iter().map(place).collect())).collect()
    }

    fn document(&self, at: usize) -> Document {
        let reading = &self.accounts[at].reading;
        let document = &reading.document;
        let day = self.record.calendar.day(at);
        let mut evidence = self.own(at, &day.dating.evidence);
        evidence.extend(self.evidence(&day.evidence));
        Document {
            id: document_name(at),
            path: document.path.clone(),
            outlet: document.outlet.clone(),
            title: document.title.clone(),
            byline: document.byline.clone(),
            published: document.published.map(|day| day.to_string()),
            dating: Dating {
                date: day.dating.date.map(|day| day.to_string()),
                bounds: day.bounds.as_ref().map(interval),
                basis: day.dating.basis.to_owned(),
                evidence,
            },
            url: document.url.clone(),
            zones: reading.zones.entries().map(|(id, zone)| self.zone(at, id, zone)).collect(),
            evidence: self.evidence(&self.record.story.documents[at].evidence),
            notes: reading.notes.iter().map(|note| self.note(at, note)).collect(),
            text: document.text.clone(),
        }
    }

    fn zone(&self, document: usize, id: Id<crate::zone::Zone>, zone: &crate::zone::Zone) -> Zone {
        let before: usize = self.accounts[..document].iter().map(|account| account.reading.zones.len()).sum();
        Zone {
            id: format!("z{}", before + id.at() + 1),
            kind: zone.kind,
            words: self.words(document, zone.span),
            voice: zone.voice.map(|span| self.words(document, span)),
        }
    }

    fn note(&self, document: usize, note: &evidence::Note) -> Note {
        Note { kind: note.kind.to_owned(), words: note.span.map(|span| self.words(document, span)), message: note.message.clone() }
    }

    fn copy(&self, copy: &crate::story::Copy) -> Copy {
        let passage = |(of, by): &(Span, Span)| Passage { of: self.words(copy.of, *of), by: self.words(copy.by, *by) };
        Copy { of: document_name(copy.of), by: document_name(copy.by), kind: copy.kind, passages: copy.passages.iter().map(passage).collect() }
    }

    fn person(&self, id: Id<person::Person>, person: &person::Person) -> Person {
        let mentions = person.entities.iter().flat_map(|entity| {
            let reading = entity.reading(&self.accounts);
            let spans = reading.entities.layer[entity.id].mentions.iter().map(|mention| reading.mentions[*mention].span);
            spans.map(|span| self.place(entity.place(span))).collect::<Vec<_>>()
        });
        Person {
            id: name('p', id),
            name: person.name.clone(),
            kind: person.kind,
            aliases: person.aliases.clone(),
            roles: person.roles.clone(),
            mentions: mentions.collect(),
            may_be: person.may_be.iter().map(|id| name('p', *id)).collect(),
            evidence: self.evidence(&person.evidence),
        }
    }

    fn statement(&self, told: Told) -> Statement {
        let (document, id) = (told.document, told.id);
        let reading = told.reading(&self.accounts);
        let statement = &reading.statements[id];
        let (acted, sourcing, addressee) = (&reading.acts[id], &reading.sourcing[id], &reading.addressees[id]);
        let word = |span: Span| self.words(document, span);
        let asker = self.record.people.asker(told);
        let mut evidence = self.own(document, &evidence_of(self.record, told, reading));
        evidence.extend(asker.iter().flat_map(|(_, sign)| self.evidence(std::slice::from_ref(*sign))));
        let relay =
            |relay: &crate::sourcing::Relay| Relay { words: relay.words.map(word), person: self.somebody(document, relay.entity), sourcing: relay.class };
        Statement {
            id: self.told(told),
            document: document_name(document),
            source: statement.source.map(word),
            speaker: self.record.people.voice(&self.accounts, told).map(|id| name('p', id)),
            cue: self.all(document, &statement.cue),
            content: self.all(document, &statement.content),
            form: statement.form,
            act: acted.act,
            factuality: acted.factuality,
            sourcing: sourcing.class,
            known_through: sourcing.known_through,
            chain: sourcing.chain.iter().map(relay).collect(),
            said: self.record.calendar.said(told).map(interval),
            addressee: (addressee.words.is_some() || addressee.entity.is_some())
                .then(|| Addressee { words: addressee.words.map(word), person: self.somebody(document, addressee.entity) }),
            within: statement.within.map(|id| self.told(Ref::new(document, id))),
            confidence: score(statement.confidence),
            evidence,
        }
    }

    fn utterance(&self, id: String, utterance: &crate::utterance::Utterance) -> Utterance {
        Utterance {
            id,
            statements: self.many(&utterance.statements),
            renderings: utterance.renderings.clone(),
            speaker: utterance.speaker.map(|id| name('p', id)),
            said: utterance.said.as_ref().map(interval),
            evidence: self.evidence(&utterance.evidence),
        }
    }

    fn question(&self, id: String, question: &crate::question::Question) -> Question {
        let asking = |asking: &crate::question::Asking| Asking {
            said: asking.said.as_ref().map(interval),
            asker: asking.asker.map(|id| name('p', id)),
            addressee: asking.addressee.map(|id| name('p', id)),
            asked_in: self.many(&asking.asked_in),
            answered_in: self.many(&asking.answered_in),
            answer: asking.answer,
            evidence: self.evidence(&asking.evidence),
        };
        Question {
            id,
            text: question.text.clone(),
            askings: question.askings.iter().map(asking).collect(),
            status: question.status,
            evidence: self.evidence(&question.evidence),
        }
    }

    fn relation(&self, id: String, relation: &crate::compare::Relation) -> Relation {
        let (a, b) = (self.many(&relation.a), self.many(&relation.b));
        Relation { id, kind: relation.kind, a, b, why: relation.why.clone(), evidence: self.evidence(&relation.evidence) }
    }

    fn claim(&self, id: String, claim: &crate::origin::Claim) -> Claim {
        let origin = |origin: &crate::origin::Origin| Origin {
            name: origin.name.clone(),
            person: origin.person.map(|id| name('p', id)),
            sourcing: origin.sourcing,
            through: self.many(&origin.through),
        };
        Claim {
            id,
            claim: claim.text.clone(),
            statements: self.many(&claim.statements),
            origins: claim.origins.iter().map(origin).collect(),
            independent: claim.independent,
            evidence: self.evidence(&claim.evidence),
        }
    }

    fn entry(&self, at: usize, entry: &crate::timeline::Entry) -> Entry {
        let when = Some(interval(&entry.when));
        let (said, happened, utterance) = match entry.what {
            What::Said(id) => (when, None, Some(name('u', id))),
            What::Happened => (None, when, None),
        };
        let id = format!("t{}", at + 1);
        Entry { id, said, happened, text: entry.text.clone(), place: self.place(entry.place), utterance, support: self.many(&entry.support) }
    }

    fn brief(&self) -> Brief {
        let sentence = |(at, sentence): (usize, &crate::brief::Sentence)| Sentence {
            id: format!("b{}", at + 1),
            text: sentence.text.clone(),
            support: self.many(&sentence.support),
        };
        let dropped = |dropped: &crate::brief::Dropped| Dropped { text: dropped.text.clone(), why: dropped.why.clone() };
        let brief = &self.record.brief;
        Brief { sentences: brief.sentences.iter().enumerate().map(sentence).collect(), dropped: brief.dropped.iter().map(dropped).collect() }
    }
}

/// Everything behind a statement, with the day that the calendar of its story gives it.
fn evidence_of(record: &record::Record, told: Told, reading: &crate::Reading) -> Vec<evidence::Evidence> {
    let mut evidence = reading.evidence(told.id);
    evidence.retain(|it| it.fact != "said");
    evidence.extend(record.calendar.day(told.document).said[told.id].evidence.iter().cloned());
    evidence
}

fn shaped<P>(evidence: &evidence::Evidence<P>, words: Vec<Place>) -> Evidence {
    let (rule, model, correction) = found_by(evidence.by);
    let (fact, why) = (evidence.fact.to_owned(), evidence.why.clone().into_owned());
    Evidence { fact, rule, model, correction, score: score(evidence.score), words, why }
}

fn document_name(at: usize) -> String {
    format!("d{}", at + 1)
}
