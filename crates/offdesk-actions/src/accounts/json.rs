//! Sessions as JSON, the same for the command line and the API.

use offdesk_store::Uuid;
use offdesk_store::sessions::SessionRow;
use serde::Serialize;

use crate::moment::at;

#[derive(Debug, Serialize)]
struct SessionJson {
    id: String,
    browser: String,
    since: Option<String>,
    used: Option<String>,
    ends: Option<String>,
    second_factor: bool,
    this: bool,
}

/// Where an account is signed in as `offdesk.sessions/1`.
#[derive(Debug, Serialize)]
pub struct SessionsJson {
    schema: &'static str,
    sessions: Vec<SessionJson>,
    next: Option<String>,
}

impl SessionsJson {
    /// Sessions that were loaded, of which one may be the one that asks, with the place where the next page begins.
    #[must_use]
    pub fn of(rows: Vec<SessionRow>, own: Option<Uuid>, next: Option<String>) -> Self {
        let sessions = rows.into_iter().map(|row| SessionJson {
            id: row.id.to_string(),
            since: at(row.created_at),
            used: at(row.seen_at),
            ends: at(row.ends_at()),
            second_factor: row.has_factor,
            this: own == Some(row.id),
            browser: row.agent,
        });
        Self {
            schema: "offdesk.sessions/1",
            sessions: sessions.collect(),
            next,
        }
    }
}
