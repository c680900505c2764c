//! `onrecord.record/1` keeps to its schema, names every label, and comes back as it went.
#![allow(clippy::unwrap_used)]

mod schema;

use onrecord::account::Account;
use onrecord::brief::{Brief, Dropped, Sentence};
use onrecord::compare::{Relation, RelationKind};
use onrecord::correction::Corrections;
use onrecord::evidence::Evidence;
use onrecord::origin::{Claim, Origin};
use onrecord::question::{Answer, Asking, Question, Status};
use onrecord::read::read_marked;
use onrecord::reader::Reader;
use onrecord::record::{Place, Told};
use onrecord::sourcing::SourceClass;
use onrecord::story::{Copy, CopyKind};
use onrecord::timeline::{Entry, What};
use onrecord::utterance::Rendering;
use onrecord::wire::{Named, Record};
use onrecord::{Document, Id, Layer, Span, tagged};
use schema::{check, each_object};
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../../../docs/onrecord.record-1.schema.json");

const ARTICLES: [&str; 2] = [
    "Bridge shut after storm\n\n<source><PER>Ilse Varga</PER>, the chief engineer,</source> <cue>said</cue> on Thursday: <content>“We will not be rushed.”</content>\n",
    "Engineer unhurried\n\n<source><PER>Varga</PER></source> <cue>said</cue> <content>the bridge would stay shut</content>.\n\n“It was never closed off.\n",
];

fn account(text: &str, name: &str) -> Account {
    let tagged = tagged::parse(text);
    let document = Document { published: Some(jiff::civil::date(2031, 3, 7)), ..Document::new(name, tagged.text) };
    Account::of(read_marked(document, tagged.tokens, tagged.readout), &Reader::built_in())
}

/// The record of the two articles, with one of everything that later stages may or may not find in them.
fn example() -> Value {
    let accounts: Vec<Account> = ARTICLES.iter().zip(["a.txt", "b.txt"]).map(|(text, name)| account(text, name)).collect();
    let sketches: Vec<_> = accounts.iter().map(|account| &account.sketch).collect();
    let mut story = onrecord::story::place(&sketches).remove(0);
    while story.documents.len() < accounts.len() {
        let mut other = story.documents[0].clone();
        other.document = 1 - other.document;
        story.documents.push(other);
    }
    let mut record = onrecord::record::of_story(&accounts, story, &Corrections::default());
    let ordered = record.accounts(&accounts);
    let told: Vec<Told> = Told::all(&ordered).collect();
    assert_eq!(told.len(), 2);
    let (words, day) = (told[0].place(Span::new(0, 6)), record.calendar.said(told[0]).cloned());
    let why = || vec![Evidence::rule("example", "example/none", vec![words], "it is an example")];
    let asking =
        Asking { said: day.clone(), asker: None, addressee: None, asked_in: vec![told[0]], answered_in: vec![told[1]], answer: Answer::None, evidence: why() };
    record.story.copies = vec![Copy { of: 0, by: 1, passages: vec![(Span::new(0, 6), Span::new(0, 6))], kind: CopyKind::SharedPassage }];
    record.questions = Layer::new(vec![Question { text: "Who?".into(), askings: vec![asking], status: Status::Open, evidence: why() }]);
    record.relations = Layer::new(vec![Relation { kind: RelationKind::Supersedes, a: vec![told[1]], b: vec![told[0]], why: "later".into(), evidence: why() }]);
    let origin = Origin { name: "Ilse Varga".into(), person: Some(Id::new(0)), sourcing: SourceClass::Named, through: vec![told[0]] };
    record.claims = Layer::new(vec![Claim { text: "no rush".into(), statements: told.clone(), origins: vec![origin], independent: 1, evidence: why() }]);
    let entry =
        |what| Entry { when: day.clone().unwrap(), what, text: "Bridge".into(), place: Place { document: 0, span: Span::new(0, 6) }, support: told.clone() };
    record.timeline = vec![entry(What::Said(Id::new(0))), entry(What::Happened)];
    record.brief = Brief {
        sentences: vec![Sentence { text: "It is shut.".into(), support: told.clone() }],
        dropped: vec![Dropped { text: "It is open.".into(), why: "nobody says so".into() }],
    };
    let wire = Record::of(&record, &accounts);
    let text = serde_json::to_string(&wire).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), wire, "a record comes back as it went");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_record_keeps_to_its_schema_and_its_spans_hold_their_text() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut value = example();
    let mut faults = Vec::new();
    check(&schema, &schema, &value, "$", &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");

    let texts: Vec<String> = value["documents"].as_array().unwrap().iter().map(|document| document["text"].as_str().unwrap().to_owned()).collect();
    let mut spans = 0;
    each_object(&value, &mut |object| {
        if let (Some(start), Some(end), Some(words)) = (object["start"].as_u64(), object["end"].as_u64(), object["text"].as_str()) {
            let own = object["document"].as_str().map(|id| &texts[id[1..].parse::<usize>().unwrap() - 1]);
            let holds = |text: &String| text.get(start as usize..end as usize) == Some(words);
            assert!(own.map_or(texts.iter().any(holds), holds), "{object}");
            spans += 1;
        }
    });
    assert!(spans > 0);

    value["extra"] = json!(1);
    value["statements"][0]["document"] = Value::Null;
    check(&schema, &schema, &value, "$", &mut faults);
    assert_eq!(faults.len(), 2, "{faults:#?}");
}

#[test]
fn ids_are_unique_and_lead_somewhere() {
    let value = example();
    let mut ids = std::collections::BTreeSet::new();
    each_object(&value, &mut |object| {
        if let Some(id) = object["id"].as_str() {
            assert!(ids.insert(id.to_owned()), "{id} is given twice");
        }
    });
    let leads = |id: &Value| id.is_null() || ids.contains(id.as_str().unwrap());
    each_object(&value, &mut |object| {
        for name in ["document", "speaker", "person", "within", "utterance", "of", "by", "asker"] {
            if object[name].is_string() || object[name].is_null() {
                assert!(leads(&object[name]), "{name}: {}", object[name]);
            }
        }
        for name in ["statements", "support", "a", "b", "asked_in", "answered_in", "through", "may_be"] {
            let all = object[name].as_array().into_iter().flatten().filter(|id| id.is_string());
            assert!(all.into_iter().all(leads), "{name}: {}", object[name]);
        }
    });
}

#[test]
fn the_schema_lists_every_label() {
    fn names<T: Named>() -> Value {
        T::ALL.iter().map(|value| value.name()).collect()
    }
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let at = |pointer: &str| schema.pointer(&format!("/properties/{pointer}")).unwrap_or_else(|| panic!("the schema has {pointer}"))["enum"].clone();
    assert_eq!(at("utterances/items/properties/renderings/items"), names::<Rendering>());
    assert_eq!(at("questions/items/properties/askings/items/properties/answer"), names::<Answer>());
    assert_eq!(at("questions/items/properties/status"), names::<Status>());
    assert_eq!(at("relations/items/properties/kind"), names::<RelationKind>());
    assert_eq!(at("copies/items/properties/kind"), names::<CopyKind>());
    let reading: Value = serde_json::from_str(include_str!("../../../docs/onrecord.reading-1.schema.json")).unwrap();
    for label in ["form", "act", "factuality", "known_through"] {
        assert_eq!(
            at(&format!("statements/items/properties/{label}")),
            reading.pointer(&format!("/properties/statements/items/properties/{label}")).unwrap()["enum"]
        );
    }
}
