//! What is sent to a changing route so that it gets as far as looking up what its path names.

use serde_json::{Map, Value, json};

use crate::site::Site;

/// An id of nothing, and another one than that in a path.
const NOTHING: &str = "00000000-0000-0000-0000-000000000008";

/// Bodies that are right, by the document of the API and by the forms of the pages.
pub struct Bodies(Value);

impl Bodies {
    /// Those of a site.
    pub fn of(site: &Site) -> Self {
        let document = site.ask("GET", "/api/v1/openapi.json", &[], "").body;
        Self(serde_json::from_str(&document).unwrap())
    }

    /// What is sent to a route.
    pub fn right(&self, method: &str, pattern: &str) -> String {
        if method == "GET" {
            return String::new();
        }
        if !pattern.starts_with("/api/") {
            return form(pattern);
        }
        let content = &self.0["paths"][pattern][method.to_lowercase()]["requestBody"]["content"];
        let schema = &content["application/json"]["schema"];
        let Some(fields) = schema["properties"].as_object() else {
            return if content.is_object() { "abc" } else { "" }.to_owned();
        };
        let needed = schema["required"].as_array().into_iter().flatten();
        let mut body = Map::new();
        for name in needed.filter_map(Value::as_str) {
            body.insert(name.to_owned(), sample(pattern, name, &fields[name]));
        }
        for (name, value) in beside(pattern) {
            body.insert((*name).to_owned(), json!(value));
        }
        Value::Object(body).to_string()
    }
}

/// What is needed though none of it is in every case.
fn beside(pattern: &str) -> &'static [(&'static str, &'static str)] {
    match pattern.rsplit('/').next().unwrap_or_default() {
        "rates" => &[("amount", "0.1"), ("currency", "USD")],
        "terms" | "proposal" => &[("currency", "USD"), ("unit", "hour"), ("amount", "5")],
        "change" => &[("unit", "hour"), ("amount", "6"), ("currency", "USD")],
        "payments" | "refunds" => &[("amount", "5")],
        "reversal" => &[("note", "wrong")],
        "correction" => &[("note", "wrong"), ("price", "5")],
        "approval" => &[("note", "so")],
        "{recurrence}" => &[("zone", "Europe/Berlin")],
        _ => &[],
    }
}

fn sample(pattern: &str, name: &str, schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("integer") => json!(if name == "due_hours" { 24 } else { 1 }),
        Some("number") => json!(1),
        Some("boolean") => json!(true),
        Some("array") if name == "wordings" => json!([NOTHING]),
        Some("array") => json!([]),
        Some("object") => json!({}),
        _ => json!(text(pattern, name)),
    }
}

/// A text of a field.
fn text<'p>(pattern: &'p str, name: &'p str) -> &'p str {
    let last = pattern.rsplit('/').next().unwrap_or_default();
    match (last, name) {
        ("reply", "answer") => "agree",
        (_, "answer") => "accept",
        (_, "into" | "handoff") => NOTHING,
        (_, "judgement") => "open",
        (_, "role") => "viewer",
        (_, "old") => "three brown foxes",
        (_, "unit") => "hour",
        (_, "amount" | "price" | "low" | "high" | "rate_amount" | "budget_amount") => "5",
        (_, "currency" | "rate_currency" | "budget_currency") => "USD",
        (_, "move") => "pause",
        (_, "due" | "new_due" | "answer_by") => "2026-12-24T12:00:00Z",
        (_, "rule") => "every week",
        (_, "start") if pattern.ends_with("recurrences") => "2026-12-24T12:00",
        (_, "start" | "day" | "from" | "granted" | "used_day" | "rate_from") => "2026-11-24",
        (_, "zone") => "Europe/Berlin",
        (_, "verdict") => "accepted",
        ("supervision", "kind") => "reviewing",
        (_, "decision") => "approve",
        (_, "per" | "rate_per") => "use",
        (_, "version" | "hours" | "minutes" | "number" | "questions" | "used_uses") => "1",
        (_, "became") => "half",
        (_, "line") => "2h inbox",
        _ => "anything",
    }
}

/// A form with everything that any page asks for; pages let be what they do not know.
fn form(pattern: &str) -> String {
    let names = [
        "version",
        "name",
        "split_name",
        "note",
        "text",
        "title",
        "said",
        "reason",
        "answer",
        "into",
        "handoff",
        "judgement",
        "role",
        "old",
        "unit",
        "amount",
        "price",
        "low",
        "high",
        "currency",
        "move",
        "due",
        "new_due",
        "rule",
        "start",
        "day",
        "from",
        "granted",
        "zone",
        "verdict",
        "kind",
        "decision",
        "hours",
        "minutes",
        "number",
        "questions",
        "what",
        "person",
        "line",
        "rate_per",
        "rate_amount",
        "rate_currency",
        "rate_from",
        "used_day",
        "used_uses",
        "way",
    ];
    let mut form = form_urlencoded::Serializer::new(String::new());
    for name in names {
        form.append_pair(name, text(pattern, name));
    }
    form.append_pair("wording", NOTHING);
    form.finish()
}
