//! Something by its id, with the name that people know it by, as JSON.

use offdesk_store::Uuid;
use serde::Serialize;

/// An id with its name.
#[derive(Debug, Serialize)]
pub(crate) struct NamedJson {
    id: String,
    name: String,
}

impl NamedJson {
    /// What has this id and this name.
    pub(crate) fn of(id: Uuid, name: &str) -> Self {
        Self {
            id: id.to_string(),
            name: name.to_owned(),
        }
    }
}
