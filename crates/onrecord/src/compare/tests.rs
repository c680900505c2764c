//! Properties of every relation: no panic, the same twice, the order of documents does not matter.

use super::{Relation, RelationKind, relate};
use crate::account::Account;
use crate::document::Document;
use crate::question::{Answer, Asking, Question, Status};
use crate::read::read_marked;
use crate::record::{Ref, Told};
use crate::similar::Vector;
use crate::text::{Column, Id, Layer};
use crate::utterance::{Rendering, Utterance};
use crate::{calendar, origin, person, story, tagged, utterance};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn account(text: &str, day: i8) -> Account {
    let tagged = tagged::parse(text);
    let document = Document { published: Some(jiff::civil::date(2031, 3, day)), ..Document::new(format!("{day}.txt"), tagged.text) };
    let reading = read_marked(document, tagged.tokens, tagged.readout);
    let sketch = story::sketch(&reading);
    let vectors = Column::over(&reading.statements, |_, _| Vector::default());
    Account { reading, sketch, vectors }
}

/// The relations of documents, each written on a day of its own.
fn related(texts: &[&str], utterances: Option<Vec<Vec<Told>>>, questions: Layer<Question>) -> Vec<Relation> {
    let accounts: Vec<Account> = texts.iter().enumerate().map(|(at, text)| account(text, at as i8 + 3)).collect();
    let accounts: Vec<&Account> = accounts.iter().collect();
    let people = person::link(&accounts, &[]).people;
    let calendar = calendar::settle(&accounts, &people);
    let given = utterances.map(|groups| {
        let utterance = |statements: Vec<Told>| Utterance {
            renderings: vec![Rendering::Paraphrased; statements.len()],
            statements,
            speaker: None,
            said: None,
            evidence: Vec::new(),
        };
        Layer::new(groups.into_iter().map(utterance).collect())
    });
    let utterances = given.unwrap_or_else(|| utterance::gather(&accounts, &people, &calendar));
    let relations = relate(&accounts, &people, &calendar, &utterances, &questions);
    let claims = origin::trace(&accounts, &people, &relations);
    assert_eq!(claims, origin::trace(&accounts, &people, &relations));
    assert!(claims.iter().all(|claim| claim.independent <= claim.origins.len()));
    relations.iter().cloned().collect()
}

fn told(document: usize, at: usize) -> Told {
    Ref::new(document, Id::new(at))
}

fn kinds(relations: &[Relation]) -> Vec<RelationKind> {
    relations.iter().map(|relation| relation.kind).collect()
}

#[test]
fn a_quotation_in_other_words_is_heard_twice_and_in_the_same_words_once() {
    let first = "<content>“I have not spoken with him about that question”</content>, <source><PER>Mara Ode</PER></source> <cue>said</cue>.";
    let other = "<content>“I have not yet spoken about that with him”</content>, <source><PER>Mara Ode</PER></source> <cue>said</cue>.";
    let one = || Some(vec![vec![told(0, 0), told(1, 0)]]);
    assert_eq!(kinds(&related(&[first, other], one(), Layer::default())), [RelationKind::Corroborates]);
    assert_eq!(kinds(&related(&[first, first], one(), Layer::default())), [RelationKind::Repeats]);
}

#[test]
fn a_mild_and_a_strong_word_for_one_act_conflict() {
    let mild = "<source><PER>Mara Ode</PER></source> <cue>suggested</cue> <content>she could resign her office</content>.";
    let strong = "<source><PER>Mara Ode</PER></source> <cue>offered</cue> <content>to resign her office</content>.";
    let relations = related(&[mild, strong], Some(vec![vec![told(0, 0), told(1, 0)]]), Layer::default());
    assert!(kinds(&relations).contains(&RelationKind::Conflicts), "{relations:?}");
}

#[test]
fn a_later_answer_overtakes_a_dodge_and_without_days_a_yes_and_a_no_stand_open() {
    let texts = [
        "<source><PER>Ode</PER></source> <cue>said</cue> <content>the pier at Dorn was a danger</content>.",
        "<source><PER>Varga</PER></source> <cue>said</cue> <content>the pier at Dorn was safe</content>.",
    ];
    let asking = |document: usize, answer| Asking {
        said: None,
        asker: None,
        addressee: Some(Id::new(0)),
        asked_in: Vec::new(),
        answered_in: vec![told(document, 0)],
        answer,
        evidence: Vec::new(),
    };
    let question = |answers: [Answer; 2]| {
        let askings = answers.into_iter().enumerate().map(|(document, answer)| asking(document, answer)).collect();
        Layer::new(vec![Question { text: "Is the pier safe?".into(), askings, status: Status::Answered, evidence: Vec::new() }])
    };
    let relations = related(&texts, None, question([Answer::NonAnswer, Answer::Affirm]));
    assert!(relations.iter().any(|relation| relation.kind == RelationKind::Supersedes && relation.a == [told(1, 0)]), "{relations:?}");
    let relations = related(&texts, None, question([Answer::Deny, Answer::Affirm]));
    assert_eq!(kinds(&relations), [RelationKind::Supersedes]);
    let relations = undated(&texts, question([Answer::Deny, Answer::Affirm]));
    assert_eq!(kinds(&relations), [RelationKind::Conflicts]);
}

#[test]
fn five_hundred_documents_are_related() {
    let texts: Vec<String> = (0..500)
        .map(|at| {
            format!(
                "<source><PER>Mara Ode</PER></source> <cue>said</cue> <content>{} people were killed in the flood at pier {}</content>. {}",
                at % 40 + 2,
                at % 7,
                SENTENCES[at % SENTENCES.len()].replace("source>", "source2>").replace("cue>", "cue2>").replace("content>", "content2>")
            )
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let relations = undated(&texts, Layer::default());
    // Near linear: a statement is set beside a few others, never beside all.
    assert!(!relations.is_empty() && relations.len() < texts.len() * 16, "{}", relations.len());
}

/// Sentences of a story, as each document may hold them.
const SENTENCES: [&str; 9] = [
    "<source><PER>Mara Ode</PER></source> <cue>said</cue> <content>12 people were killed in <LOC>Dorn</LOC></content>.",
    "<source><PER>Jon Varga</PER></source> <cue>said</cue> <content>at least 19 people died in <LOC>Dorn</LOC></content>.",
    "<source>Two officials</source> <cue>said</cue> <content>the minister took money from the harbour fund</content>.",
    "<source>The minister</source> <cue>denied</cue> <content>the report</content>.",
    "<source><PER>Mara Ode</PER></source> <cue>said</cue> <content>the minister did not take money from the harbour fund</content>.",
    "<content>“We will never give up this old harbour”</content>, <source><PER>Jon Varga</PER></source> <cue>said</cue>.",
    "<content>“We will never give up this old harbour”</content>, <source><PER>Mara Ode</PER></source> <cue>said</cue>.",
    "<source>The <ORG>Gazette</ORG></source> <cue>reported</cue> <content>that the ferry <MISC>Alda</MISC> struck a rock and sank off <LOC>Dorn</LOC></content>.",
    "<source><PER>Jon Varga</PER></source> <cue>said</cue> <content>the ferry <MISC>Alda</MISC> struck a rock and sank off <LOC>Harrow</LOC></content>.",
];

/// Relations told by their words, so that the order of documents does not show.
fn by_words(texts: &[&str], relations: &[Relation]) -> BTreeSet<(RelationKind, BTreeSet<String>)> {
    let of = |relation: &Relation| relation.a.iter().chain(&relation.b).map(|told| texts[told.document].to_owned()).collect();
    relations.iter().map(|relation| (relation.kind, of(relation))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_documents_are_related_twice_the_same(picks in prop::collection::vec(0..SENTENCES.len(), 0..9)) {
        let texts: Vec<&str> = picks.into_iter().map(|at| SENTENCES[at]).collect();
        let relations = related(&texts, None, Layer::default());
        prop_assert_eq!(&relations, &related(&texts, None, Layer::default()));
        prop_assert!(relations.iter().all(|relation| !relation.a.is_empty() && !relation.b.is_empty() && relation.a.iter().all(|told| !relation.b.contains(told))));
    }

    #[test]
    fn the_order_of_documents_does_not_matter(start in 0..SENTENCES.len(), turn in 1..SENTENCES.len()) {
        // Undated, so that a document's place tells nothing of its day.
        let first: Vec<&str> = (0..5).map(|at| SENTENCES[(start + at) % SENTENCES.len()]).collect();
        let mut other = first.clone();
        other.rotate_left(turn % 5);
        let one = undated(&first, Layer::default());
        let two = undated(&other, Layer::default());
        prop_assert_eq!(by_words(&first, &one), by_words(&other, &two));
    }
}

fn undated(texts: &[&str], questions: Layer<Question>) -> Vec<Relation> {
    let accounts: Vec<Account> = texts
        .iter()
        .map(|text| {
            let mut account = account(text, 3);
            account.reading.document.published = None;
            let tagged = tagged::parse(text);
            account.reading = read_marked(Document::new("example.txt", tagged.text), tagged.tokens, tagged.readout);
            account
        })
        .collect();
    let accounts: Vec<&Account> = accounts.iter().collect();
    let people = person::link(&accounts, &[]).people;
    let calendar = calendar::settle(&accounts, &people);
    let utterances = utterance::gather(&accounts, &people, &calendar);
    relate(&accounts, &people, &calendar, &utterances, &questions).iter().cloned().collect()
}
