//! A workspace's file as JSON.

use serde::Serialize;

use super::Manifest;

/// A file that a workspace was written into or brought in from.
#[derive(Debug, Serialize)]
pub struct WorkspaceFileJson {
    schema: &'static str,
    file: Option<String>,
    workspace: String,
    name: String,
    rows: u64,
    sha256: String,
}

impl WorkspaceFileJson {
    /// Of a manifest, with the name of the file where it has one here.
    #[must_use]
    pub fn of(manifest: &Manifest, file: Option<String>) -> Self {
        Self {
            schema: "offdesk.workspace_file/1",
            file,
            workspace: manifest.workspace.id.to_string(),
            name: manifest.workspace.name.clone(),
            rows: manifest.rows,
            sha256: manifest.sha256.clone(),
        }
    }
}
