//! A workspace's file as JSON.

use serde::Serialize;

use super::Manifest;

/// A workspace that was brought in from a file.
#[derive(Debug, Serialize)]
pub struct BroughtInJson {
    schema: &'static str,
    workspace: String,
    name: String,
    rows: u64,
    sha256: String,
    stress_answers: Option<u64>,
}

impl BroughtInJson {
    /// What a manifest says of it.
    #[must_use]
    pub fn of(manifest: &Manifest) -> Self {
        Self {
            schema: "offdesk.workspace_brought_in/1",
            workspace: manifest.workspace.id.to_string(),
            name: manifest.workspace.name.clone(),
            rows: manifest.rows,
            sha256: manifest.sha256.clone(),
            stress_answers: manifest.stress.as_ref().map(|it| it.answers),
        }
    }
}
