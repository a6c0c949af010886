//! What somebody is told, and when, as JSON.

use serde::Serialize;

use super::Digest;
use crate::moment::at;

/// `offdesk.notices/1`.
#[derive(Debug, Serialize)]
pub struct NoticesJson {
    schema: &'static str,
    on: bool,
    hour: i64,
    zone: String,
    sent: bool,
    feed_since: Option<String>,
    feed: Option<String>,
}

impl NoticesJson {
    /// The daily mail, and since when the calendar has its address; the address itself where it was just made.
    #[must_use]
    pub fn of(digest: &Digest, feed_since: Option<i64>, feed: Option<String>) -> Self {
        Self {
            schema: "offdesk.notices/1",
            on: digest.is_on,
            hour: digest.hour,
            zone: digest.zone.clone(),
            sent: digest.is_sent,
            feed_since: feed_since.and_then(at),
            feed,
        }
    }
}
