//! `onrecord.reading/1` keeps to its schema, names every label, and comes back as it went.
#![allow(clippy::unwrap_used)]

mod schema;

use onrecord::act::{Act, Factuality};
use onrecord::entity::EntityKind;
use onrecord::read::read_marked;
use onrecord::sourcing::{KnownThrough, SourceClass};
use onrecord::time::Granularity;
use onrecord::wire::{Named, Reading};
use onrecord::zone::ZoneKind;
use onrecord::{Document, tagged};
use schema::{check, each_object};
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../../../docs/onrecord.reading-1.schema.json");

const ARTICLE: &str = "Bridge shut after storm\n\n<source><PER>Ilse Varga</PER>, the chief engineer,</source> <cue>said</cue> on Thursday: \
    <content>“We will not be rushed.”</content>\n\n<source2><pronoun>She</pronoun></source2> <cue2>denied</cue2> <content2>that two officials \
    had <cue3>asked</cue3> <content3>whether the bridge was safe</content3> in 2029</content2>.\n\n“It was never closed off.\n";

fn reading() -> Reading {
    let tagged = tagged::parse(ARTICLE);
    let document = Document { published: Some(jiff::civil::date(2031, 3, 7)), outlet: Some("The Harrow Post".into()), ..Document::new("a.txt", tagged.text) };
    Reading::from(&read_marked(document, tagged.tokens, tagged.readout))
}

#[test]
fn a_reading_comes_back_as_it_went() {
    let reading = reading();
    let text = serde_json::to_string(&reading).unwrap();
    assert_eq!(serde_json::from_str::<Reading>(&text).unwrap(), reading);
}

#[test]
fn a_reading_keeps_to_its_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let value = serde_json::to_value(reading()).unwrap();
    let mut faults = Vec::new();
    check(&schema, &schema, &value, "$", &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_schema_refuses_what_is_not_a_reading() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut value = serde_json::to_value(reading()).unwrap();
    value["extra"] = json!(1);
    value["document"]["text"] = Value::Null;
    let mut faults = Vec::new();
    check(&schema, &schema, &value, "$", &mut faults);
    assert_eq!(faults.len(), 2, "{faults:#?}");
}

#[test]
fn the_schema_lists_every_label() {
    fn names<T: Named>() -> Value {
        T::ALL.iter().map(|value| value.name()).collect()
    }
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let at = |pointer: &str| schema.pointer(pointer).unwrap_or_else(|| panic!("the schema has {pointer}"))["enum"].clone();
    let statement = "/properties/statements/items/properties";
    assert_eq!(at(&format!("{statement}/act")), names::<Act>());
    assert_eq!(at(&format!("{statement}/factuality")), names::<Factuality>());
    assert_eq!(at(&format!("{statement}/known_through")), names::<KnownThrough>());
    assert_eq!(at("/$defs/sourcing"), names::<SourceClass>());
    assert_eq!(at("/$defs/intervalOrNull/properties/granularity"), names::<Granularity>());
    assert_eq!(at("/properties/zones/items/properties/kind"), names::<ZoneKind>());
    assert_eq!(at("/properties/entities/items/properties/kind"), names::<EntityKind>());
}

#[test]
fn every_span_holds_its_text() {
    let value = serde_json::to_value(reading()).unwrap();
    let text = value["document"]["text"].as_str().unwrap().to_owned();
    let mut spans = 0;
    each_object(&value, &mut |object| {
        if let (Some(start), Some(end), Some(words)) = (object["start"].as_u64(), object["end"].as_u64(), object["text"].as_str()) {
            assert_eq!(&text[start as usize..end as usize], words);
            spans += 1;
        }
    });
    assert!(spans > 0);
}
