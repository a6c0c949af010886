//! A logged line as JSON, `offdesk.log/1`: the command line and the API give the same.

use serde::Serialize;

use super::Logged;

/// `offdesk.log/1`.
#[derive(Serialize)]
pub struct LogJson {
    schema: &'static str,
    workspace: String,
    day: String,
    hours: f64,
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
            hours: offdesk_domain::Seconds(logged.seconds).hours_f64(),
            text: logged.text,
        }
    }
}
