//! The document of the API (OpenAPI 3.1), made from the table of routes.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::Described;
use crate::desk::ask::{Answer, Ask};
use crate::desk::routes::{Access, Route, routes};

/// Serves it.
pub fn document(_: Ask) -> Answer {
    Box::pin(async { super::json(StatusCode::OK, &openapi()) })
}

/// The whole document.
#[must_use]
pub fn openapi() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes() {
        let Some(described) = route.described else {
            continue;
        };
        let of_path = paths
            .entry(route.path.to_owned())
            .or_insert_with(|| json!({}));
        of_path[route.method.as_str().to_lowercase()] = operation(route, &described);
    }
    let mut schemas = super::schemas::all();
    schemas.insert("Problem".to_owned(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "offdesk",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Money is a decimal string in the workspace's currency, hours are numbers, days are YYYY-MM-DD, moments are UTC. \
                Errors are problem documents (RFC 9457) with a stable code. A POST with an Idempotency-Key is done once.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "An API token, made on the page Security. Its scopes: read, import, edit, manage, usage."},
                "session": {"type": "apiKey", "in": "cookie", "name": "offdesk"},
            },
            "schemas": schemas,
        },
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code"],
        "properties": {
            "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
            "code": {"type": "string", "description": "Stable; the same as on the command line."},
            "hint": {"type": "string"}, "field": {"type": "string"},
        },
    })
}

fn operation(route: &Route, described: &Described) -> Value {
    let mut operation = json!({
        "summary": described.summary,
        "operationId": operation_id(route),
        "parameters": parameters(route),
        "responses": responses(route, described),
    });
    match route.access {
        Access::Open | Access::Anyone => {}
        Access::SignedIn => operation["security"] = json!([{"session": []}]),
        Access::May(permission) => {
            operation["security"] = json!([{"token": []}, {"session": []}]);
            operation["description"] = json!(format!("Needs: {permission:?}.").to_lowercase());
        }
    }
    if !described.fields.is_empty() {
        operation["requestBody"] = json!({
            "required": true,
            "content": {"application/json": {"schema": object(described.fields)}},
        });
    } else if route.path.contains("/parts/") || is_file(route) {
        operation["requestBody"] = json!({
            "required": true,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        });
    }
    operation
}

/// Whether a route takes a file as its bytes.
fn is_file(route: &Route) -> bool {
    let is_put = route.method == axum::http::Method::PUT;
    route.path == "/api/v1/blueprint-imports" || (is_put && route.path == "/api/v1/workspace-file")
}

fn operation_id(route: &Route) -> String {
    let path = route.path.trim_start_matches("/api/v1/");
    let words = path.replace(['{', '}'], "").replace(['/', '-', '.'], "_");
    format!("{}_{words}", route.method.as_str().to_lowercase())
}

fn parameters(route: &Route) -> Value {
    let in_path = route.path.split('/').filter_map(|part| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        let kind = match name {
            "source" | "start" | "number" | "statement" | "payment" | "posting" | "receipt" => {
                json!({"type": "integer"})
            }
            "entry" | "kind" | "tool" => json!({"type": "string"}),
            "day" => json!({"type": "string", "format": "date"}),
            _ => json!({"type": "string", "format": "uuid"}),
        };
        Some(json!({"name": name, "in": "path", "required": true, "schema": kind}))
    });
    let in_query = query(route)
        .into_iter()
        .map(|(name, schema)| json!({"name": name, "in": "query", "schema": schema}));
    let mut all: Vec<Value> = in_path.chain(in_query).collect();
    if route.method == axum::http::Method::POST && !is_worked_out(route.path) {
        all.push(json!({"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 200}}));
    }
    Value::Array(all)
}

/// What may stand behind the question mark of a route.
fn query(route: &Route) -> Vec<(&'static str, Value)> {
    let of = |kind: &str| json!({ "type": kind });
    let most = json!({"type": "integer", "minimum": 1, "maximum": 200});
    match (route.method.as_str(), route.path) {
        ("GET", "/api/v1/entries" | "/api/v1/events") => {
            vec![("before", of("string")), ("most", most)]
        }
        ("GET", "/api/v1/blueprints") => {
            vec![
                ("q", of("string")),
                ("before", of("string")),
                ("most", most),
            ]
        }
        ("GET", "/api/v1/blueprints/{blueprint}/versions/{number}") => {
            vec![("since", of("integer"))]
        }
        ("GET", "/api/v1/assignments") => vec![
            ("state", of("string")),
            ("person", of("string")),
            ("after", of("string")),
            ("most", most),
        ],
        ("GET", "/api/v1/handoffs/{handoff}/assignments") => {
            vec![("before", of("string")), ("most", most)]
        }
        ("GET", "/api/v1/people") => vec![("after", of("string")), ("most", most)],
        ("GET", "/api/v1/receipts" | "/api/v1/log-lines") => {
            vec![("before", of("string")), ("most", most)]
        }
        ("GET", "/api/v1/statements" | "/api/v1/pay/lines" | "/api/v1/my/pay/lines") => {
            vec![("before", of("string")), ("most", most)]
        }
        ("GET", "/api/v1/handoffs") => vec![("before", of("string")), ("most", most)],
        ("POST", "/api/v1/blueprint-imports") => {
            vec![("file", of("string")), ("dry_run", of("string"))]
        }
        ("GET", "/api/v1/workspace-file") => vec![("stress", of("string"))],
        ("GET", "/api/v1/plan") => vec![
            ("cash_per_week", of("number")),
            ("owner_setup_hours", of("number")),
            ("seconds", of("number")),
            ("explain", of("integer")),
        ],
        ("POST", "/api/v1/plan") => vec![("seconds", of("number")), ("explain", of("integer"))],
        ("GET", "/api/v1/roll-out") => vec![
            ("owner_hours", of("number")),
            ("weeks", of("integer")),
            ("reinvested", of("number")),
        ],
        _ => Vec::new(),
    }
}

fn responses(route: &Route, described: &Described) -> Value {
    let problem = json!({
        "description": "Not done",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    });
    let good = match described.answer {
        "none" => ("204", json!({"description": "Done"})),
        "openapi" => (
            "200",
            json!({"description": "OpenAPI 3.1", "content": {"application/json": {"schema": {}}}}),
        ),
        "zip" => (
            "200",
            json!({"description": "zip", "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}),
        ),
        "file" => (
            "200",
            json!({"description": "file", "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}),
        ),
        schema => (
            if route.method == axum::http::Method::POST && !makes_nothing(route.path) {
                "201"
            } else {
                "200"
            },
            json!({
                "description": schema,
                "content": {"application/json": {"schema": super::schemas::reference(schema)}},
            }),
        ),
    };
    let mut all = Map::new();
    // A dry run makes nothing.
    if is_file(route) {
        all.insert("200".to_owned(), good.1.clone());
    }
    all.insert(good.0.to_owned(), good.1);
    all.insert("default".to_owned(), problem);
    Value::Object(all)
}

/// Whether what is posted is changed or worked out, and nothing new is made.
fn makes_nothing(path: &str) -> bool {
    path.contains("/activities/") || is_worked_out(path)
}

/// Whether what is posted is worked out, and nothing of it is kept: there is nothing to do twice.
fn is_worked_out(path: &str) -> bool {
    matches!(path, "/api/v1/decision" | "/api/v1/plan")
}

/// The schema of an object; a type with a question mark may be left out.
fn object(fields: &[(&str, &str)]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, kind) in fields {
        let (kind, is_needed) = kind
            .strip_suffix('?')
            .map_or((*kind, true), |kind| (kind, false));
        let schema = match kind {
            "decimal" => json!({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}),
            "date" => json!({"type": "string", "format": "date"}),
            "id" => json!({"type": "string", "format": "uuid"}),
            "range" => json!({"oneOf": [
                {"type": "number"},
                {"type": "array", "items": {"type": "number"}, "minItems": 3, "maxItems": 3},
            ]}),
            "string" | "boolean" | "integer" | "number" | "array" | "object" => {
                json!({ "type": kind })
            }
            other => super::schemas::of_kind(other),
        };
        properties.insert((*name).to_owned(), schema);
        if is_needed {
            required.push(*name);
        }
    }
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}
