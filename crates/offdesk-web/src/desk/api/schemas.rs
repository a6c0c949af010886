//! What the answers hold: read from `schemas.txt`, written as the JSON schemas of the document.
//!
//! A block begins with its name at the margin; each of its lines is a field and its type. `name?` may be left out, `type?` may be null,
//! `[type]` is a list, `{type}` an object with any keys; `+ block` has all fields of another block.

use serde_json::{Map, Value, json};

const TEXT: &str = include_str!("schemas.txt");

/// All schemas by their names.
pub(super) fn all() -> Map<String, Value> {
    let blocks = blocks(TEXT);
    let all = blocks.iter().map(|(name, lines)| {
        let schema = object(name, &fields(&blocks, lines));
        (component(name), schema)
    });
    all.collect()
}

/// The name of a schema among the document's components, which know no slash.
fn component(name: &str) -> String {
    name.replace('/', ".")
}

/// A reference to a schema.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", component(name))})
}

type Block<'t> = (&'t str, Vec<&'t str>);

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut all: Vec<Block<'_>> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match all.last_mut().filter(|_| line.starts_with(' ')) {
            Some((_, lines)) => lines.push(line.trim()),
            None => all.push((line.trim(), Vec::new())),
        }
    }
    all
}

/// Fields with their types, those of other blocks in their places.
fn fields<'t>(blocks: &[Block<'t>], lines: &[&'t str]) -> Vec<(&'t str, &'t str)> {
    let mut all = Vec::new();
    for line in lines {
        match line.split_once(' ') {
            Some(("+", other)) => {
                let of = blocks.iter().find(|(name, _)| *name == other);
                all.extend(of.map_or_else(Vec::new, |(_, lines)| fields(blocks, lines)));
            }
            Some(field) => all.push(field),
            None => {}
        }
    }
    all
}

fn object(name: &str, fields: &[(&str, &str)]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    if name.starts_with("offdesk.") {
        properties.insert("schema".to_owned(), json!({"const": name}));
        required.push("schema");
    }
    for (name, kind) in fields {
        let (name, is_needed) = name
            .strip_suffix('?')
            .map_or((*name, true), |name| (name, false));
        properties.insert(name.to_owned(), of_kind(kind));
        if is_needed {
            required.push(name);
        }
    }
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

/// The schema of a type.
pub(super) fn of_kind(kind: &str) -> Value {
    if let Some(kind) = kind.strip_suffix('?') {
        return json!({"anyOf": [of_kind(kind), {"type": "null"}]});
    }
    let inside = |open, close| kind.strip_prefix(open)?.strip_suffix(close);
    if let Some(kind) = inside('[', ']') {
        return json!({"type": "array", "items": of_kind(kind)});
    }
    if let Some(kind) = inside('{', '}') {
        return json!({"type": "object", "additionalProperties": of_kind(kind)});
    }
    match kind {
        "any" => json!({}),
        "text" => json!({"type": "string"}),
        "id" => json!({"type": "string", "format": "uuid"}),
        "day" => json!({"type": "string", "format": "date"}),
        "moment" => json!({"type": "string", "format": "date-time"}),
        "decimal" => json!({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}),
        "number" | "integer" | "boolean" => json!({ "type": kind }),
        block => reference(block),
    }
}
