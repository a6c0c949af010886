//! The address of a handoff as JSON.

use offdesk_store::Uuid;
use offdesk_store::assignments::mailboxes::MailboxRow;
use serde::Serialize;

use crate::moment::at;

/// `offdesk.mailbox/1`.
#[derive(Debug, Serialize)]
pub struct MailboxJson {
    schema: &'static str,
    handoff: String,
    due_hours: Option<i64>,
    made_at: Option<String>,
    address: Option<String>,
    secret: Option<String>,
}

impl MailboxJson {
    /// The mailbox of a handoff, where it has one; with the address where it has just been made.
    #[must_use]
    pub fn of(handoff: Uuid, row: Option<&MailboxRow>, address: Option<&str>) -> Self {
        Self {
            schema: "offdesk.mailbox/1",
            handoff: handoff.to_string(),
            due_hours: row.map(|row| row.due_hours),
            made_at: row.and_then(|row| at(row.created_at)),
            address: address.map(str::to_owned),
            secret: None,
        }
    }

    /// The same, with the secret alone where nobody has said at which address mail comes in.
    #[must_use]
    pub fn with_secret(self, secret: &str) -> Self {
        Self {
            secret: Some(secret.to_owned()),
            ..self
        }
    }
}
