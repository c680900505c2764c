//! What persons correct holds, shows whose word it is, and finds its target again in another text.

use super::*;
use crate::account::Account;
use crate::document::Document;
use crate::read::{Reading, read_marked};
use crate::record::{self, Record};
use crate::similar::Vector;
use crate::statement::{Form, Statement};
use crate::story::{self, Membership, Story};
use crate::text::{Column, Id, Span};
use crate::wire::Named;
use crate::{person, tagged};
use proptest::prelude::*;

const TEXT: &str = "<source><PER>Mara Ode</PER></source> <cue>said</cue> <content>the harbour would “stay open until May”</content>. \
    <source2><PER>Tom Ode</PER></source2> <cue2>denied</cue2> <content2>that the ferries were sold</content2>. \
    <source3><pronoun>He</pronoun></source3> <cue3>said</cue3> <content3>the harbour would stay open</content3>.";

fn reading(text: &str) -> Reading {
    let tagged = tagged::parse(text);
    read_marked(Document::new("a.txt", tagged.text), tagged.tokens, tagged.readout)
}

fn fix(reading: &Reading, at: usize, number: u32, fix: Fix) -> Correction<OfStatement> {
    Correction { number, note: "Ann Lee, 2031-03-10".to_owned(), change: OfStatement { at: StatementAt::of(reading, Id::new(at)), fix } }
}

fn place(reading: &Reading, words: &str) -> Span {
    let start = reading.document.text.find(words).unwrap_or_else(|| panic!("{words} is not there"));
    Span::new(start, start + words.len())
}

fn speaker(reading: &Reading, at: usize) -> Option<&str> {
    let entity = reading.entities.speakers[Id::<Statement>::new(at)].entity?;
    Some(reading.entities.layer[entity].name.as_str())
}

#[test]
fn nothing_corrected_is_what_the_reader_found() {
    let machine = reading(TEXT);
    let corrected = read_corrected(machine.clone(), &[]);
    assert_eq!(corrected.reading, machine);
    assert_eq!(corrected.was.iter().copied().collect::<Vec<_>>(), machine.statements.ids().collect::<Vec<_>>());
}

#[test]
fn a_speaker_is_whom_the_person_names_and_the_evidence_says_so() {
    let machine = reading(TEXT);
    let name = |name: &str| Fix::Speaker { name: Some(name.to_owned()), kind: None };
    let corrected = read_corrected(machine.clone(), &[fix(&machine, 2, 7, name("mara ode")), fix(&machine, 1, 8, name("Ilse Varga"))]);
    assert_eq!(speaker(&corrected.reading, 2), Some("Mara Ode"));
    assert_eq!(speaker(&corrected.reading, 1), Some("Ilse Varga"));
    assert_eq!(corrected.found, [7, 8]);
    let evidence = corrected.reading.evidence(Id::new(2));
    let by: Vec<Finder> = evidence.iter().filter(|it| it.fact == "speaker").map(|it| it.by).collect();
    assert_eq!(by, [Finder::Person(7)]);
    let nobody = read_corrected(machine.clone(), &[fix(&machine, 0, 1, Fix::Speaker { name: None, kind: None })]);
    assert_eq!(speaker(&nobody.reading, 0), None);
}

#[test]
fn a_content_is_the_words_pointed_at_and_its_form_follows() {
    let machine = reading(TEXT);
    let quoted = place(&machine, "“stay open until May”");
    let parts = vec![Quote::of(&machine.document.text, quoted)];
    let corrected = read_corrected(machine.clone(), &[fix(&machine, 0, 1, Fix::Content { parts })]).reading;
    let statement = &corrected.statements[Id::new(0)];
    assert_eq!((statement.content.as_slice(), statement.form), ([quoted].as_slice(), Form::Direct));
}

#[test]
fn a_dismissed_statement_is_gone_and_the_others_know_who_they_were() {
    let machine = reading(TEXT);
    let corrected = read_corrected(machine.clone(), &[fix(&machine, 1, 1, Fix::Dismiss), fix(&machine, 1, 2, Fix::Act { act: Act::Answer })]);
    assert_eq!(corrected.reading.statements.len(), 2);
    assert_eq!(corrected.was.iter().map(|id| id.at()).collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn the_later_correction_prevails() {
    let machine = reading(TEXT);
    let acts = [fix(&machine, 0, 1, Fix::Act { act: Act::Promise }), fix(&machine, 0, 2, Fix::Act { act: Act::Threat })];
    let corrected = read_corrected(machine, &acts).reading;
    assert_eq!(corrected.acts[Id::new(0)].act, Act::Threat);
    assert_eq!(corrected.acts[Id::new(0)].evidence.iter().filter(|it| it.fact == "act").count(), 1);
}

#[test]
fn a_target_is_found_in_a_later_version_and_what_is_gone_is_not() {
    let machine = reading(TEXT);
    let denial = fix(&machine, 1, 1, Fix::Factuality { factuality: Factuality::Hypothetical });
    let longer = reading(&format!("The council met on Monday. It was told that the harbour would stay open. {TEXT}"));
    let corrected = read_corrected(longer, std::slice::from_ref(&denial));
    assert_eq!((corrected.found.as_slice(), corrected.reading.acts[Id::new(1)].factuality), ([1].as_slice(), Factuality::Hypothetical));
    let other = reading("<source>Tom Ode</source> <cue>denied</cue> <content>that the boats were sold</content>.");
    assert!(read_corrected(other, &[denial]).found.is_empty());
}

#[test]
fn words_that_stand_twice_are_found_by_their_surroundings() {
    let text = "Ode said no. Varga said no. Ode said no to Varga.";
    let second = Quote::of(text, Span::new(19, 26));
    assert_eq!(second.words, "said no");
    assert_eq!(second.find(&format!("In May: {text}")), Some(Span::new(27, 34)));
    assert_eq!(second.find("Nobody said so."), None);
}

fn account(text: &str, at: usize) -> Account {
    let mut reading = reading(text);
    reading.document.path = format!("{at}.txt");
    let sketch = story::sketch(&reading);
    let vectors = Column::over(&reading.statements, |_, _| Vector::default());
    Account { reading, sketch, vectors }
}

fn recorded(texts: &[&str], corrections: &Corrections) -> (Vec<Account>, Record) {
    let accounts: Vec<Account> = texts.iter().enumerate().map(|(at, text)| account(text, at)).collect();
    let documents = (0..accounts.len()).map(|document| Membership { document, evidence: Vec::new() }).collect();
    let record = record::of_story(&accounts, Story { documents, copies: Vec::new() }, corrections);
    (accounts, record)
}

const TWO: [&str; 2] = [
    "<source><PER>Mara Ode</PER></source> <cue>said</cue> <content>the bridge was closed in May</content>.",
    "<source><PER>Dr. Lund</PER></source> <cue>said</cue> <content>the bridge was not closed in May</content>.",
];

fn people(change: OfPeople<usize>) -> Corrections {
    Corrections { people: vec![Correction { number: 3, note: "Ann Lee".to_owned(), change }], relations: Vec::new() }
}

fn names(record: &Record) -> Vec<&str> {
    record.people.layer.iter().map(|person| person.name.as_str()).collect()
}

fn named(name: &str) -> Who<usize> {
    Who::Name { kind: EntityKind::Person, name: name.to_owned() }
}

#[test]
fn two_that_are_one_go_by_the_first_name_also_where_only_the_other_is() {
    let same = people(OfPeople::Same { keep: named("Mara Ode"), other: named("Lund") });
    let (_, record) = recorded(&TWO, &same);
    assert_eq!((names(&record), record.corrected.as_slice()), (vec!["Mara Ode"], [3].as_slice()));
    let (_, record) = recorded(&TWO[1..], &same);
    assert_eq!(names(&record), ["Mara Ode"]);
    let (_, record) = recorded(&TWO[..1], &same);
    assert_eq!((names(&record), record.corrected.len()), (vec!["Mara Ode"], 0));
}

#[test]
fn one_that_is_not_who_it_was_taken_for_stands_alone_and_says_why() {
    let texts = [TWO[0], "<source><PER>Ode</PER></source> <cue>denied</cue> <content>that the ferries were sold</content>."];
    let (accounts, record) = recorded(&texts, &Corrections::default());
    assert_eq!(names(&record), ["Mara Ode"]);
    let words = Quote::of(&accounts[1].reading.document.text, Span::new(0, 3));
    let (_, record) = recorded(&texts, &people(OfPeople::Apart { mention: MentionAt { document: 1, words } }));
    assert_eq!(names(&record), ["Mara Ode", "Ode"]);
    assert!(record.people.layer.iter().all(|person| person.evidence.iter().all(|it| it.by == Finder::Person(3))));
}

const FIGURES: [&str; 2] = [
    "<source><PER>Mara Ode</PER></source> <cue>said</cue> <content>six people were killed in the collapse</content>.",
    "<source><PER>Dr. Lund</PER></source> <cue>said</cue> <content>nine people were killed in the collapse</content>.",
];

#[test]
fn a_relation_that_does_not_hold_is_not_shown() {
    let (accounts, record) = recorded(&FIGURES, &Corrections::default());
    let relation = record.relations.iter().next().expect("the two conflict");
    let told = |told: &record::Told| Told { document: told.document, at: StatementAt::of(&accounts[told.document].reading, told.id) };
    let change = OfRelation { kind: relation.kind, a: told(&relation.a[0]), b: told(&relation.b[0]) };
    let denied = Corrections { people: Vec::new(), relations: vec![Correction { number: 9, note: String::new(), change }] };
    let (_, record) = recorded(&FIGURES, &denied);
    assert_eq!((record.relations.len(), record.corrected.as_slice()), (0, [9].as_slice()));
}

#[test]
fn people_without_corrections_are_those_of_the_engine() {
    let (accounts, _) = recorded(&TWO, &Corrections::default());
    let accounts: Vec<&Account> = accounts.iter().collect();
    assert!(person::link(&accounts, &[]).found.is_empty());
}

fn any_fix() -> impl Strategy<Value = Fix> {
    prop_oneof![
        "[A-Z][a-z]{0,4}( Ode)?".prop_map(|name| Fix::Speaker { name: Some(name), kind: None }),
        Just(Fix::Speaker { name: None, kind: None }),
        Just(Fix::Source { words: None }),
        Just(Fix::Content { parts: Vec::new() }),
        (0..Act::ALL.len()).prop_map(|at| Fix::Act { act: Act::ALL[at] }),
        (0..Factuality::ALL.len()).prop_map(|at| Fix::Factuality { factuality: Factuality::ALL[at] }),
        (0..SourceClass::ALL.len()).prop_map(|at| Fix::Sourcing { class: SourceClass::ALL[at] }),
        Just(Fix::Dismiss),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_fixes_give_a_sound_reading(fixes in proptest::collection::vec((0usize..3, any_fix()), 0..8)) {
        let machine = reading(TEXT);
        let corrections: Vec<_> = fixes.into_iter().enumerate().map(|(number, (at, it))| fix(&machine, at, number as u32, it)).collect();
        let once = read_corrected(machine.clone(), &corrections);
        prop_assert_eq!(&once, &read_corrected(machine, &corrections));
        prop_assert_eq!(once.found.len(), corrections.len());
        prop_assert_eq!(once.reading.statements.len(), once.was.iter().count());
        let written = serde_json::to_string(&corrections[..corrections.len().min(1)].iter().map(|it| &it.change).collect::<Vec<_>>()).unwrap_or_default();
        let read: Vec<OfStatement> = serde_json::from_str(&written).unwrap_or_default();
        prop_assert!(read.iter().zip(&corrections).all(|(read, it)| *read == it.change));
        let (accounts, story) = (vec![account(TEXT, 0)], Story { documents: vec![Membership { document: 0, evidence: Vec::new() }], copies: Vec::new() });
        let accounts: Vec<Account> = accounts.into_iter().map(|it| Account { vectors: Column::over(&once.reading.statements, |_, _| Vector::default()), reading: once.reading.clone(), ..it }).collect();
        prop_assert_eq!(record::of_story(&accounts, story, &Corrections::default()).utterances.iter().map(|it| it.statements.len()).sum::<usize>(), once.reading.statements.len());
    }

    #[test]
    fn a_quote_is_found_where_it_was(text in "[ab .]{1,60}", from in 0usize..60, length in 1usize..8) {
        let from = from.min(text.len() - 1);
        let span = Span::new(from, (from + length).min(text.len()));
        prop_assert_eq!(Quote::of(&text, span).find(&text), Some(span));
    }
}
