//! Logged lines as JSON, `offdesk.log/1` and `offdesk.log_lines/1`: the command line and the API give the same.

use offdesk_domain::Seconds;
use serde::Serialize;

use super::{Logged, TypedLine};
use crate::entries::Cursor;

/// `offdesk.log/1`.
#[derive(Serialize)]
pub struct LogJson {
    schema: &'static str,
    workspace: String,
    day: String,
    hours: f64,
    counted_hours: f64,
    text: String,
}

impl LogJson {
    /// What was logged.
    #[must_use]
    pub fn of(logged: Logged) -> Self {
        Self {
            schema: "offdesk.log/1",
            workspace: logged.workspace,
            day: logged.day.to_string(),
            hours: Seconds(logged.seconds).hours_f64(),
            counted_hours: Seconds(logged.counted).hours_f64(),
            text: logged.text,
        }
    }
}

/// `offdesk.log_lines/1`.
#[derive(Serialize)]
pub struct LogLinesJson {
    schema: &'static str,
    lines: Vec<LineJson>,
    next: Option<String>,
}

#[derive(Serialize)]
struct LineJson {
    id: String,
    day: String,
    hours: f64,
    counted_hours: f64,
    text: String,
}

impl LogLinesJson {
    /// Lines that were typed in, and where the next page begins.
    #[must_use]
    pub fn of(lines: Vec<TypedLine>, next: Option<&Cursor>) -> Self {
        let lines = lines.into_iter().map(|line| LineJson {
            id: line.id.to_string(),
            day: line.day.to_string(),
            hours: Seconds(line.seconds).hours_f64(),
            counted_hours: Seconds(line.counted).hours_f64(),
            text: line.text,
        });
        Self {
            schema: "offdesk.log_lines/1",
            lines: lines.collect(),
            next: next.map(Cursor::text),
        }
    }
}
