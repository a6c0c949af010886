//! What was decided, asked and found while a file was read.

use super::KEPT_PROBLEMS;
use super::scanning::kept;
use offdesk_import::{Problem, Report, Severity};
use offdesk_store::sources::SourceRow;
use serde::{Deserialize, Serialize};

/// A problem of an import, as kept and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// `note`, `left_out`, `bad`.
    pub severity: String,
    /// Stable code.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Line.
    pub line: Option<u64>,
    /// Column.
    pub column: String,
    /// The value as read.
    pub value: String,
}

impl Remark {
    fn of(problem: &Problem) -> Self {
        Self {
            severity: match problem.severity {
                Severity::Note => "note",
                Severity::LeftOut => "left_out",
                Severity::Bad => "bad",
                Severity::Fatal => "fatal",
            }
            .to_owned(),
            code: problem.code.to_owned(),
            message: problem.message.clone(),
            hint: problem.hint.clone(),
            line: problem.line,
            column: problem.column.clone(),
            value: problem.value.clone(),
        }
    }
}

/// What was decided, asked and found while a file was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks {
    /// What the owner should be asked.
    pub questions: Vec<String>,
    /// What was decided.
    pub decisions: Vec<String>,
    /// The first problems.
    pub problems: Vec<Remark>,
    /// The people in the file.
    #[serde(default)]
    pub people: Vec<String>,
    /// The ids of events that are in the file as cancelled or declined: what earlier imports have of them does not count.
    #[serde(default)]
    pub withdrawn: Vec<String>,
}

impl Remarks {
    /// Those of a reading.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        Self {
            questions: report.questions.clone(),
            decisions: report.decisions.clone(),
            problems: report
                .problems
                .iter()
                .take(KEPT_PROBLEMS)
                .map(Remark::of)
                .collect(),
            people: report.people.keys().take(20).cloned().collect(),
            withdrawn: report.withdrawn.iter().map(|id| kept(id)).collect(),
        }
    }

    /// Those that were kept with an import.
    #[must_use]
    pub fn of_source(source: &SourceRow) -> Self {
        serde_json::from_str(&source.remarks).unwrap_or_default()
    }
}
