//! Rows as lines of JSON, and lines as rows.

use offdesk_domain::text::unhex;
use offdesk_store::copy::{columns, kinds};
use offdesk_store::{Uuid, Value};
use serde_json::{Map, Value as Json};
use sha2::Sha256;

use super::damaged;
use super::limits::beyond;
use super::older::{may_have, may_lack};
use crate::error::Error;
use crate::moment::hex;

/// The place of a person's account among the columns.
pub(super) const ACCOUNT_OF_PERSON: usize = 13;
/// The table whose bytes stand in files of their own.
pub(super) const PARTS: &str = "deliverable_part";

/// A row as a line, without its workspace. Of a part of a file the line has its length; its bytes stand in the file's own entry.
pub(super) fn line(table: &str, row: &[Value]) -> String {
    let mut fields = Map::new();
    for (name, value) in columns(table).unwrap_or_default().iter().zip(row) {
        if *name == "workspace_id" {
            continue;
        }
        let json = match value {
            Value::Null => Json::Null,
            Value::Int(number) => (*number).into(),
            Value::Bool(is_true) => (*is_true).into(),
            Value::Text(text) => text.as_str().into(),
            Value::Id(id) => id.to_string().into(),
            Value::Bytes(bytes) if table == PARTS => bytes.len().into(),
            Value::Bytes(bytes) => hex(bytes).into(),
        };
        fields.insert((*name).to_owned(), json);
    }
    let mut text = Json::Object(fields).to_string();
    text.push('\n');
    text
}

/// The row of a line; the bytes of a part are empty, and their length stands beside the row.
pub(super) fn row(table: &str, workspace: Uuid, line: &str) -> Result<(Vec<Value>, usize), Error> {
    let fields: Map<String, Json> =
        serde_json::from_str(line).map_err(|error| damaged(format!("{table}: {error}")))?;
    let names = columns(table).unwrap_or_default();
    let wrong = |name: &str| damaged(format!("\"{name}\" of {table} is not what it should be"));
    let mut unknown = fields
        .iter()
        .filter(|(name, field)| !names.contains(&name.as_str()) && !may_have(table, name, field));
    if let Some((name, _)) = unknown.next() {
        return Err(wrong(name));
    }
    let mut row = Vec::with_capacity(names.len());
    let mut length = 0;
    for (name, kind) in names.iter().zip(kinds(table).unwrap_or_default().chars()) {
        if *name == "workspace_id" {
            row.push(Value::Id(workspace));
            continue;
        }
        let field = match fields.get(*name) {
            Some(field) => field,
            None if may_lack(table, name) => {
                row.push(Value::Text(String::new()));
                continue;
            }
            None => return Err(wrong(name)),
        };
        let value = match (kind, field) {
            ('I' | 'T' | 'N', Json::Null) => Value::Null,
            ('i' | 'I', Json::String(text)) => {
                Value::Id(Uuid::try_parse(text).map_err(|_| wrong(name))?)
            }
            ('t' | 'T', Json::String(text)) => Value::Text(text.clone()),
            ('n' | 'N', Json::Number(number)) => {
                Value::Int(number.as_i64().ok_or_else(|| wrong(name))?)
            }
            ('b', Json::Bool(is_true)) => Value::Bool(*is_true),
            ('y', Json::Number(number)) if table == PARTS => {
                let number = number.as_u64().and_then(|it| usize::try_from(it).ok());
                length = number.ok_or_else(|| wrong(name))?;
                Value::Bytes(Vec::new())
            }
            ('y', Json::String(text)) => Value::Bytes(unhex(text).ok_or_else(|| wrong(name))?),
            _ => return Err(wrong(name)),
        };
        row.push(value);
    }
    match beyond(table, &row) {
        None => Ok((row, length)),
        Some(name) => Err(damaged(format!(
            "\"{name}\" of {table} is nothing that offdesk would have taken"
        ))),
    }
}

/// Every value with its kind and its length, so that no two rows look alike.
pub(super) fn absorb(hasher: &mut Sha256, value: &Value) {
    crate::upkeep::absorb(hasher, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_rows_they_were_made_of() {
        let workspace = Uuid::from_u128(1);
        let kept = vec![
            Value::Id(workspace),
            Value::Int(-7),
            Value::Int(1),
            Value::Int(2),
            Value::Int(3),
            Value::Id(Uuid::from_u128(9)),
            Value::Int(1_790_000_000_000_000),
        ];
        let text = line("freed_hours", &kept);
        assert!(!text.contains("workspace_id"), "{text}");
        assert_eq!(row("freed_hours", workspace, &text).unwrap(), (kept, 0));
        let hash = vec![
            Value::Id(workspace),
            Value::Id(Uuid::from_u128(2)),
            Value::Bytes(vec![0, 15, 255]),
            Value::Text("\u{0}\n\"".to_owned()),
            Value::Text(String::new()),
            Value::Text(String::new()),
            Value::Text(String::new()),
            Value::Id(Uuid::from_u128(3)),
        ];
        let text = line("wording", &hash);
        assert_eq!(text.lines().count(), 1);
        assert_eq!(row("wording", workspace, &text).unwrap().0, hash);
        for wrong in [
            "{}",
            "[]",
            "not",
            "{\"week_day\":1.5,\"work\":1,\"rest\":2,\"vanished\":3,\"account_id\":\"x\",\"changed_at\":1}",
        ] {
            assert_eq!(
                row("freed_hours", workspace, wrong).unwrap_err().code,
                "workspace.damaged"
            );
        }
        let more = line(
            "freed_hours",
            &row(
                "freed_hours",
                workspace,
                &line(
                    "freed_hours",
                    &[
                        Value::Id(workspace),
                        Value::Int(0),
                        Value::Int(0),
                        Value::Int(0),
                        Value::Int(0),
                        Value::Id(workspace),
                        Value::Int(0),
                    ],
                ),
            )
            .unwrap()
            .0,
        )
        .replace("\"rest\"", "\"more\"");
        assert_eq!(
            row("freed_hours", workspace, &more).unwrap_err().code,
            "workspace.damaged"
        );
    }

    #[test]
    fn the_account_of_a_person_is_where_it_is_said_to_be() {
        assert_eq!(columns("person").unwrap()[ACCOUNT_OF_PERSON], "account_id");
    }
}
