//! The rows themselves of what is kept about a worker, from the same tables as what the owner sees: with every column the worker may see.

use jiff::Timestamp;
use offdesk_store::copy::{columns, each_row_about};
use offdesk_store::{Scope, Uuid, Value as Kept};
use serde_json::{Map, Value, json};

use super::{CONNECTING, Column, SeenBy, all_tables, seen_by};
use crate::assignments::own::why_told;
use crate::error::Error;
use crate::moment::at;
use crate::people::json::day;

/// A number that is a moment, by its column.
fn is_moment(column: &str) -> bool {
    column.ends_with("_at") || matches!(column, "at" | "answer_by" | "waiting_since")
}

/// A number that is the time on a clock at the place where it hangs, by its column.
fn is_on_the_clock(column: &str) -> bool {
    column.ends_with("_wall") || column == "occurrence"
}

/// The time on a clock, as it is kept: in seconds, as if the clock hung at Greenwich.
fn on_the_clock(seconds: i64) -> Value {
    Timestamp::from_second(seconds).map_or(Value::Null, |at| {
        json!(at.strftime("%Y-%m-%dT%H:%M:%S").to_string())
    })
}

/// A number that is a day, by its column.
fn is_day(column: &str) -> bool {
    column.ends_with("_day") || matches!(column, "day" | "bill_to" | "off_until")
}

/// Who is meant by an account.
fn is_account(column: &str) -> bool {
    column.ends_with("_by") || column == "account_id"
}

/// The columns of a table that the worker may see, with their places.
fn visible(table: &'static str) -> Vec<(usize, &'static str)> {
    let all = columns(table).unwrap_or_default().into_iter().enumerate();
    all.filter(|(_, column)| !CONNECTING.contains(column) && seen_by(table, column) == SeenBy::Both)
        .collect()
}

/// The tables of which the worker may see something, with the words of their columns.
pub(super) fn tables() -> impl Iterator<Item = (&'static str, &'static str, &'static [Column])> {
    let all = all_tables().map(|(table, title, known)| (*table, *title, *known));
    all.filter(|(table, ..)| !visible(table).is_empty())
}

/// Everything that is kept about a person, table by table, in the words of what the owner sees. Of a file it is told how long it is.
pub(in crate::people::own) fn kept(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    account: Uuid,
) -> Result<Vec<Value>, Error> {
    let mut all = Vec::new();
    for (table, title, known) in tables() {
        let (shown, mut rows) = (visible(table), Vec::new());
        each_row_about(scope, table, person, |values| {
            let row = shown.iter().map(|(place, column)| {
                let value = values.get(*place).unwrap_or(&Kept::Null);
                ((*column).to_owned(), told(column, value, account))
            });
            rows.push(Value::Object(row.collect()));
            Ok(())
        })?;
        let words = known.iter().map(|(column, words)| {
            let words = Value::String((*words).to_owned());
            ((*column).to_owned(), words)
        });
        let is_shown = |(column, _): &(String, Value)| shown.iter().any(|it| it.1 == *column);
        let fields: Map<String, Value> = words.filter(is_shown).collect();
        all.push(json!({"table": table, "title": title, "fields": fields, "rows": rows}));
    }
    Ok(all)
}

/// A value as it is told: days and moments as such, accounts as the worker or somebody of the business, what is no text by its length.
fn told(column: &str, value: &Kept, account: Uuid) -> Value {
    match value {
        Kept::Null => Value::Null,
        Kept::Id(id) if is_account(column) && *id == account => json!("you"),
        Kept::Id(_) if is_account(column) => json!("the business"),
        Kept::Id(id) => json!(id.to_string()),
        Kept::Int(number) if is_moment(column) => json!(at(*number)),
        Kept::Int(number) if is_on_the_clock(column) => on_the_clock(*number),
        Kept::Int(number) if is_day(column) => json!(day(*number)),
        Kept::Int(number) => json!(number),
        Kept::Bool(is_so) => json!(is_so),
        Kept::Text(why) if column == "missed_why" => json!(why_told(why)),
        Kept::Text(text) => json!(text),
        Kept::Bytes(bytes) => json!({"length": bytes.len()}),
    }
}

#[cfg(test)]
mod tests {
    use offdesk_store::copy::is_about_people;
    use offdesk_store::{Uuid, Value as Kept};
    use serde_json::json;

    #[test]
    fn days_moments_and_times_on_a_clock_are_told_as_such() {
        let check = |column: &str, number: i64, expected: &str| {
            let told = super::told(column, &Kept::Int(number), Uuid::nil());
            assert_eq!(told, json!(expected), "{column}");
        };
        check("occurrence", 1_767_258_000, "2026-01-01T09:00:00");
        check("start_wall", 1_767_258_000, "2026-01-01T09:00:00");
        check("done_wall", 1_767_258_000, "2026-01-01T09:00:00");
        check("off_until", 20_454, "2026-01-01");
        check("due_at", 1_767_258_000_000_000, "2026-01-01T09:00:00Z");
    }

    /// Whatever the owner sees about a worker, the worker can take along: a table whose rows cannot be told by person fails here.
    #[test]
    fn everything_that_is_shown_can_be_taken_along() {
        for (table, ..) in super::all_tables() {
            assert!(is_about_people(table), "{table}: whose are its rows?");
        }
        let hidden = super::all_tables().count() - super::tables().count();
        // Nothing but numbers of theirs, what only connects, what came in, which is the owner's, and sums with the owner's time among them.
        assert!(hidden <= 7, "{hidden} tables are not taken along");
    }
}
