//! JSON for standard output.

pub use offdesk_actions::audit::json::AuditJson;
use serde::Serialize;

use crate::cli::error::CliError;
use crate::cli::exit;

/// A value as indented JSON with a final newline.
pub fn to_text(value: &impl Serialize) -> Result<String, CliError> {
    let text = serde_json::to_string_pretty(value).map_err(|error| {
        CliError::new(
            exit::FAILED,
            "write.json",
            format!("the JSON cannot be made: {error}"),
        )
    })?;
    Ok(text + "\n")
}
