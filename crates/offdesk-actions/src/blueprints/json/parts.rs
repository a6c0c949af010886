//! What a blueprint is held against, as JSON: the seven parts, and hints.

use offdesk_domain::blueprint::{GatePart, Warning};
use serde::Serialize;

/// One of the seven parts.
#[derive(Debug, Serialize)]
pub(super) struct PartJson {
    code: &'static str,
    name: &'static str,
    there: bool,
    written: bool,
    missing: String,
    remedy: &'static str,
}

/// A hint.
#[derive(Debug, Serialize)]
pub(super) struct WarningJson {
    code: &'static str,
    message: String,
    remedy: &'static str,
}

pub(super) fn parts_json(parts: &[GatePart]) -> Vec<PartJson> {
    let part = |part: &GatePart| PartJson {
        code: part.code,
        name: part.name,
        there: part.is_there,
        written: part.is_written,
        missing: part.missing.clone(),
        remedy: part.remedy,
    };
    parts.iter().map(part).collect()
}

pub(super) fn warnings_json(warnings: Vec<Warning>) -> Vec<WarningJson> {
    let warning = |warning: Warning| WarningJson {
        code: warning.code,
        message: warning.message,
        remedy: warning.remedy,
    };
    warnings.into_iter().map(warning).collect()
}
