//! The API in OpenAPI, made from the code that answers; what a record is, from the schema that the engine's tests hold records to.

use super::{change, give, list, one};
use onrecord::act::{Act, Factuality};
use onrecord::question::Status;
use onrecord::sourcing::SourceClass;
use onrecord::statement::Form;
use onrecord::wire::Named;
use onrecord_archive::On;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa::openapi::schema::{AnyOfBuilder, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type};

/// The API.
#[derive(OpenApi)]
#[openapi(
    info(title = "Onrecord", description = "The record of a news story: who said what, to whom, when, on whose word. Everything the pages show."),
    paths(
        list::stories,
        one::story,
        list::documents,
        one::document,
        one::versions,
        give::document,
        list::people,
        one::person,
        one::about,
        one::asked_of,
        list::questions,
        one::question,
        one::utterance,
        list::statements,
        one::statement,
        list::search,
        list::news,
        list::watches,
        change::watch,
        change::drop_watch,
        list::queue,
        list::corrections,
        change::correct,
        change::undo,
        change::redo
    )
)]
struct Api;

/// `onrecord.record/1`.
const RECORD: &str = include_str!("../../../../docs/onrecord.record-1.schema.json");
/// Parts of a record that are asked for by themselves: under which name a record has them, and the description.
const PARTS: [(&str, &str); 3] = [("statements", "record.statement"), ("questions", "record.question"), ("utterances", "record.utterance")];
/// What the token goes by.
const TOKEN: &str = "token";

/// One of these names.
fn one_of<'a>(names: impl Iterator<Item = &'a str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).build()
}

/// The names of labels.
fn labels<T: Named + 'static>() -> Object {
    one_of(T::ALL.iter().map(|label| label.name()))
}

/// The names of labels; the empty one asks for any.
fn labels_or_any<T: Named + 'static>() -> Object {
    one_of(T::ALL.iter().map(|label| label.name()).chain([""]))
}

pub(crate) fn act() -> Object {
    labels::<Act>()
}

pub(crate) fn factuality() -> Object {
    labels::<Factuality>()
}

pub(crate) fn sourcing() -> Object {
    labels::<SourceClass>()
}

pub(crate) fn watched() -> Object {
    one_of(On::ALL.iter().map(|on| on.name()))
}

pub(crate) fn acts() -> Object {
    labels_or_any::<Act>()
}

pub(crate) fn sourcings() -> Object {
    labels_or_any::<SourceClass>()
}

pub(crate) fn forms() -> Object {
    labels_or_any::<Form>()
}

pub(crate) fn statuses() -> Object {
    labels_or_any::<Status>()
}

/// A day, or nothing.
pub(crate) fn day() -> Schema {
    let day = ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    Schema::AnyOf(AnyOfBuilder::new().item(day).item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some([""]))).build())
}

/// OpenAPI 3.1, of a desk that asks for a token or of one that asks for none.
pub(crate) fn openapi(asks_for_token: bool) -> Value {
    let mut api = json!(Api::openapi());
    if let Some(schemas) = api["components"]["schemas"].as_object_mut() {
        schemas.extend(of_record());
        schemas.get_mut("Instead").into_iter().for_each(without_others);
    }
    api["components"]["securitySchemes"] = json!({
        TOKEN: { "type": "http", "scheme": "bearer", "description": "The token that the desk was opened with, where it was opened with one." }
    });
    if asks_for_token {
        api["security"] = json!([{ TOKEN: [] }]);
        operations(&mut api).for_each(may_be_refused);
    }
    api
}

/// Says of each of several shapes that it has no other fields: `deny_unknown_fields` says so to serde alone.
fn without_others(one_of: &mut Value) {
    one_of["oneOf"].as_array_mut().into_iter().flatten().for_each(|shape| shape["additionalProperties"] = json!(false));
}

/// Says that whoever does not show the token, or guesses it too often, is refused.
fn may_be_refused(operation: &mut Value) {
    let refused = |why: &str| json!({ "description": why, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Refused" } } } });
    operation["responses"]["401"] = refused("The token was not shown, or is another");
    operation["responses"]["429"] = refused("Too many wrong tokens came from there; Retry-After says when to ask again");
}

/// Everything that can be asked, in the description.
fn operations(api: &mut Value) -> impl Iterator<Item = &mut Value> {
    let items = api["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    items.filter_map(Value::as_object_mut).flat_map(|item| item.iter_mut().filter(|(method, _)| METHODS.contains(&method.as_str())).map(|(_, it)| it))
}

/// How the API is asked, as the description has it.
const METHODS: [&str; 3] = ["get", "post", "delete"];

/// The schemas of a record, of its parts and of what these are made of.
fn of_record() -> Map<String, Value> {
    let text = RECORD.replace("#/$defs/", "#/components/schemas/record.");
    let mut record: Map<String, Value> = serde_json::from_str(&text).expect("the engine's tests read the schema too");
    let of_parts = |(name, schema): (String, Value)| (format!("record.{name}"), schema);
    let defined = record.remove("$defs").and_then(|it| it.as_object().cloned()).unwrap_or_default();
    let mut schemas: Map<String, Value> = defined.into_iter().map(of_parts).collect();
    for (part, name) in PARTS {
        let there = json!({ "$ref": format!("#/components/schemas/{name}") });
        schemas.insert(name.to_owned(), std::mem::replace(&mut record["properties"][part]["items"], there));
    }
    // It has a name of its own here, and what the desk adds to it.
    record.remove("$id");
    record.remove("$schema");
    record["properties"]["left_out"] = left_out();
    record["required"].as_array_mut().into_iter().for_each(|required| required.push(json!("left_out")));
    schemas.insert("record".to_owned(), Value::Object(record));
    schemas
}

/// What some accounts of a story carry and others do not.
fn left_out() -> Value {
    let strings = json!({ "type": "array", "items": { "type": "string" } });
    let telling = json!({ "type": "object", "required": ["documents", "outlets"], "properties": { "documents": strings, "outlets": strings } });
    let tellings = json!({ "type": "array", "items": telling });
    let id = json!({ "type": "string" });
    let properties = json!({ "utterance": id, "statement": id, "carried": tellings, "without": tellings });
    let one = json!({ "type": "object", "required": ["utterance", "statement", "carried", "without"], "properties": properties });
    json!({ "type": "array", "description": "What is said in few of the accounts of the same days.", "items": one })
}

/// Something that can be asked, for the page to try it on.
#[derive(Clone, Serialize)]
pub(crate) struct Ask {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) does: String,
    pub(crate) fields: Vec<String>,
    /// What can be sent, as JSON.
    pub(crate) example: Option<String>,
}

/// Everything that can be asked.
pub(crate) fn asks() -> Vec<Ask> {
    let api = openapi(false);
    let paths = api["paths"].as_object().into_iter().flatten();
    let of = |(path, item): (&String, &Value)| METHODS.iter().filter_map(|method| Some(ask(&api, method, path, item.get(*method)?))).collect::<Vec<_>>();
    paths.flat_map(of).collect()
}

fn ask(api: &Value, method: &str, path: &str, operation: &Value) -> Ask {
    let text = |it: &Value| it.as_str().map(str::to_owned);
    let body = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str().and_then(|name| name.rsplit('/').next());
    let example = body.map(|name| &api["components"]["schemas"][name]["example"]).filter(|example| !example.is_null());
    Ask {
        method: method.to_uppercase(),
        path: path.to_owned(),
        does: text(&operation["summary"]).or_else(|| text(&operation["description"])).unwrap_or_default(),
        fields: operation["parameters"].as_array().into_iter().flatten().filter_map(|it| text(&it["name"])).collect(),
        example: example.map(Value::to_string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every `$ref` of a description.
    fn refs<'a>(value: &'a Value, out: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                out.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|it| refs(it, out));
            }
            Value::Array(items) => items.iter().for_each(|it| refs(it, out)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn whatever_is_sent_or_answered_has_a_shape_that_is_described() {
        let mut api = openapi(true);
        for operation in operations(&mut api) {
            let bodies = operation["responses"].as_object().into_iter().flatten().map(|(_, answer)| answer).chain([&operation["requestBody"]]);
            for schema in bodies.filter_map(|body| body["content"]["application/json"].get("schema")) {
                assert!(schema.as_object().is_some_and(|schema| !schema.is_empty()), "{operation:#}");
            }
            let refused = |status: &str| &operation["responses"][status]["content"]["application/json"]["schema"]["$ref"];
            assert_eq!((refused("401"), refused("429")), (&json!("#/components/schemas/Refused"), &json!("#/components/schemas/Refused")));
        }
        let mut all = Vec::new();
        refs(&api, &mut all);
        for name in all {
            assert!(api.pointer(name.trim_start_matches('#')).is_some(), "{name} is nowhere");
        }
        assert_eq!((&api["openapi"], &api["security"]), (&json!("3.1.0"), &json!([{ "token": [] }])));
        assert_eq!(openapi(false).get("security"), None);
    }

    #[test]
    fn what_can_be_sent_has_an_example() {
        let asks = asks();
        let sent: Vec<&Ask> = asks.iter().filter(|ask| ask.example.is_some()).collect();
        assert_eq!(sent.iter().map(|ask| ask.path.as_str()).collect::<Vec<_>>(), ["/api/v1/corrections", "/api/v1/documents", "/api/v1/watches"]);
    }
}
