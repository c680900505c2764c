//! Checks JSON against a schema, as far as ours go.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

/// Shows every object in `value` to `see`.
pub(crate) fn each_object(value: &Value, see: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(object) => {
            see(value);
            object.values().for_each(|value| each_object(value, see));
        }
        Value::Array(items) => items.iter().for_each(|value| each_object(value, see)),
        _ => {}
    }
}

/// As much of JSON Schema as our schema uses.
pub(crate) fn check(root: &Value, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
    if let Some(to) = schema["$ref"].as_str() {
        let target = root.pointer(to.trim_start_matches('#')).unwrap_or_else(|| panic!("{to} leads nowhere"));
        check(root, target, value, path, faults);
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is(kind, value)) {
        faults.push(format!("{path} is not {kinds:?}: {value}"));
    }
    if schema.get("const").is_some_and(|only| only != value) {
        faults.push(format!("{path} is not {}", schema["const"]));
    }
    if schema["enum"].as_array().is_some_and(|all| !all.contains(value)) {
        faults.push(format!("{path} is none of {}", schema["enum"]));
    }
    if let Some(object) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(name) {
                faults.push(format!("{path} lacks {name}"));
            }
        }
        for (name, value) in object {
            match schema["properties"].get(name) {
                Some(schema) => check(root, schema, value, &format!("{path}.{name}"), faults),
                None if schema["additionalProperties"] == json!(false) => faults.push(format!("{path} has {name}")),
                None => {}
            }
        }
    }
    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(schema) = schema.get("items") {
            check(root, schema, item, &format!("{path}[{at}]"), faults);
        }
    }
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        other => panic!("the schema says {other}"),
    }
}
