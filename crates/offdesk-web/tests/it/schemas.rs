//! Every answer of the API that is seen in any test is as the document says.

use std::sync::OnceLock;

use offdesk_web::desk::{openapi, routes};
use serde_json::Value;

/// The document, made once.
fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(openapi)
}

/// The operation of the document that a request is for.
fn operation(method: &str, path: &str) -> Option<(&'static str, &'static Value)> {
    let path = path.split('?').next().unwrap_or_default();
    let is_same = |pattern: &str| {
        let (ours, theirs) = (pattern.split('/'), path.split('/'));
        ours.clone().count() == theirs.clone().count()
            && ours
                .zip(theirs)
                .all(|(ours, theirs)| ours == theirs || ours.starts_with('{') && !theirs.is_empty())
    };
    let mut found = routes().iter().filter(|route| {
        route.method.as_str() == method && route.path.starts_with("/api/") && is_same(route.path)
    });
    // What is named goes before what is meant by braces.
    let route = found
        .by_ref()
        .min_by_key(|route| route.path.matches('{').count())?;
    let operation = &document()["paths"][route.path][method.to_lowercase()];
    Some((route.path, operation))
}

/// Holds an answer against the document.
#[track_caller]
pub fn check(method: &str, path: &str, status: u16, kind: &str, body: &str) {
    let Some((pattern, operation)) = operation(method, path) else {
        return;
    };
    let name = format!("{method} {pattern}");
    let answers = &operation["responses"];
    let is_good = (200..300).contains(&status);
    let answer = if is_good {
        let of_status = &answers[status.to_string()];
        assert!(of_status.is_object(), "{name} answers {status}");
        of_status
    } else {
        &answers["default"]
    };
    if !kind.contains("json") {
        return;
    }
    let schema = &answer["content"][kind]["schema"];
    assert!(schema.is_object(), "{name} gives {kind}: {body}");
    let value: Value = serde_json::from_str(body).unwrap();
    let mut faults = Vec::new();
    validate(schema, &value, "", &mut faults);
    assert!(
        faults.is_empty(),
        "{name} answers otherwise than the document says: {faults:#?}\n{body}"
    );
}

/// What is wrong with a value by a schema, of which the document uses these words.
pub fn validate(schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        let known = &document()["components"]["schemas"][name];
        assert!(known.is_object(), "there is no {name}");
        return validate(known, value, at, faults);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let first = |schema| {
            let mut faults = Vec::new();
            validate(schema, value, at, &mut faults);
            faults
        };
        let all: Vec<Vec<String>> = any.iter().map(first).collect();
        if all.iter().all(|faults| !faults.is_empty()) {
            // The last one is always that it is null.
            faults.extend(all.into_iter().next().unwrap_or_default());
        }
        return;
    }
    let is_of_type = match schema["type"].as_str() {
        None => true,
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some("null") => value.is_null(),
        Some(other) => unreachable!("{other} is no type of the document"),
    };
    let text = value.as_str();
    let is_of_form = match (schema["format"].as_str(), text) {
        (Some("uuid"), Some(text)) => offdesk_actions::store::Uuid::try_parse(text).is_ok(),
        (Some("date"), Some(text)) => text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10,
        (Some("date-time"), Some(text)) => text.parse::<jiff::Timestamp>().is_ok(),
        _ => true,
    };
    let is_decimal = schema["pattern"].is_null()
        || text.is_some_and(|text| text.parse::<rust_decimal::Decimal>().is_ok());
    let is_word = schema["enum"]
        .as_array()
        .is_none_or(|words| words.contains(value));
    let is_const = schema["const"].is_null() || schema["const"] == *value;
    if !(is_of_type && is_of_form && is_decimal && is_word && is_const) {
        faults.push(format!("{at}: {value} is not {schema}"));
        return;
    }
    if let (Some(items), Some(schema)) = (value.as_array(), schema.get("items")) {
        for (place, item) in items.iter().enumerate() {
            validate(schema, item, &format!("{at}[{place}]"), faults);
        }
    }
    let (Some(fields), true) = (value.as_object(), schema["type"] == "object") else {
        return;
    };
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap();
        if !fields.contains_key(name) {
            faults.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, value) in fields {
        let of_name = &schema["properties"][name];
        let schema = if of_name.is_object() {
            of_name
        } else {
            &schema["additionalProperties"]
        };
        match schema {
            Value::Bool(false) => faults.push(format!("{at}: there is no {name}")),
            schema => validate(schema, value, &format!("{at}.{name}"), faults),
        }
    }
}

#[test]
fn the_document_says_of_every_answer_what_is_in_it() {
    let mut unsaid = Vec::new();
    for (path, operations) in document()["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            look(
                &operation["responses"],
                &format!("{method} {path}"),
                &mut unsaid,
            );
        }
    }
    let schemas = document()["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        look(schema, name, &mut unsaid);
    }
    assert!(unsaid.is_empty(), "{unsaid:#?}");
    assert!(schemas.len() > 60, "{}", schemas.len());
}

/// References that lead nowhere, objects without fields, lists of nobody knows what.
fn look(value: &Value, at: &str, unsaid: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(name) = fields.get("$ref").and_then(Value::as_str) {
                let name = name.rsplit('/').next().unwrap();
                if !document()["components"]["schemas"][name].is_object() {
                    unsaid.push(format!("{at}: there is no {name}"));
                }
            }
            let is_of = |name: &str| fields.get("type").is_some_and(|kind| kind == name);
            let is_empty = is_of("object")
                && !fields.contains_key("properties")
                && !fields.contains_key("additionalProperties");
            if is_empty || is_of("array") && !fields.contains_key("items") {
                unsaid.push(format!("{at}: {value}"));
            }
            for (name, value) in fields {
                look(value, &format!("{at}.{name}"), unsaid);
            }
        }
        Value::Array(all) => all.iter().for_each(|value| look(value, at, unsaid)),
        _ => {}
    }
}

#[test]
fn a_value_that_is_otherwise_is_found() {
    let schema = serde_json::json!({
        "type": "object", "additionalProperties": false, "required": ["id"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "days": {"type": "array", "items": {"type": "string", "format": "date"}},
            "sum": {"anyOf": [{"type": "string", "pattern": "x"}, {"type": "null"}]},
        },
    });
    let faults = |value: Value| {
        let mut faults = Vec::new();
        validate(&schema, &value, "", &mut faults);
        faults.len()
    };
    let id = "01a20d6d-5a34-7ffb-ab25-cc0f440d534e";
    let good = serde_json::json!({"id": id, "days": ["2026-11-24"], "sum": null});
    assert_eq!(faults(good), 0);
    for bad in [
        serde_json::json!({}),
        serde_json::json!({"id": 7}),
        serde_json::json!({"id": "seven"}),
        serde_json::json!({"id": id, "days": ["today"]}),
        serde_json::json!({"id": id, "sum": "much"}),
        serde_json::json!({"id": id, "more": 1}),
        serde_json::json!([id]),
    ] {
        assert_eq!(faults(bad.clone()), 1, "{bad}");
    }
}
