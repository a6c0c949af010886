//! Blueprints as JSON, `offdesk.blueprint/1` and `offdesk.blueprints/1`: the command line and the API give the same.

mod changes;
mod parts;

pub use self::changes::ChangeJson;

use offdesk_domain::Day;
use offdesk_domain::blueprint::{Blueprint, GatePart, Warning};
use offdesk_store::Uuid;
use offdesk_store::blueprints::BlueprintRow;
use offdesk_store::blueprints::attachments::AttachmentRow;
use offdesk_store::blueprints::test_runs::TestRunRow;
use offdesk_store::blueprints::versions::VersionRow;
use serde::Serialize;

use self::parts::{PartJson, WarningJson, parts_json, warnings_json};
use super::BlueprintDetail;
use super::bringing::{Brought, ComingBlueprints};
use crate::moment::at;

/// `offdesk.blueprint/1`.
#[derive(Debug, Serialize)]
pub struct BlueprintJson {
    schema: &'static str,
    #[serde(flatten)]
    summary: SummaryJson,
    text: String,
    replaced: Option<String>,
    note: String,
    parts: Vec<PartJson>,
    warnings: Vec<WarningJson>,
    versions: Vec<VersionJson>,
    test_runs: Vec<TestRunJson>,
    attachments: Vec<AttachmentJson>,
}

/// A file that belongs to a version; `length` is in bytes.
#[derive(Debug, Serialize)]
pub struct AttachmentJson {
    id: String,
    name: String,
    length: i64,
    created_at: Option<String>,
}

impl AttachmentJson {
    /// An attachment.
    #[must_use]
    pub fn of(row: &AttachmentRow) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name.clone(),
            length: row.length,
            created_at: at(row.created_at),
        }
    }
}

/// A blueprint in a list.
#[derive(Debug, Serialize)]
pub struct SummaryJson {
    id: Option<String>,
    title: String,
    owner: String,
    activity: Option<String>,
    state: &'static str,
    latest: i64,
    published: i64,
    parts_there: usize,
    missing: Vec<String>,
    review_by: Option<String>,
    changed_at: Option<String>,
    version: i64,
}

/// A version.
#[derive(Debug, Serialize)]
pub struct VersionJson {
    number: i64,
    state: &'static str,
    author: String,
    note: String,
    changed_at: Option<String>,
    published_at: Option<String>,
    untested: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[derive(Debug, Serialize)]
struct TestRunJson {
    number: i64,
    person: String,
    questions: i64,
    note: String,
    created_at: Option<String>,
}

/// `offdesk.blueprints/1`.
#[derive(Debug, Serialize)]
pub struct BlueprintsJson {
    schema: &'static str,
    blueprints: Vec<SummaryJson>,
    next: Option<String>,
}

impl SummaryJson {
    /// A blueprint without its text.
    #[must_use]
    pub fn of(row: &BlueprintRow) -> Self {
        let missing: Vec<String> = row.missing.split_whitespace().map(str::to_owned).collect();
        Self {
            id: Some(row.id.to_string()),
            title: row.title.clone(),
            owner: row.owner.clone(),
            activity: row.activity_id.map(|id| id.to_string()),
            state: if row.has_draft() {
                "draft"
            } else {
                "published"
            },
            latest: row.latest,
            published: row.published,
            parts_there: 7_usize.saturating_sub(missing.len()),
            missing,
            review_by: row
                .review_day
                .and_then(Day::from_number)
                .map(|day| day.to_string()),
            changed_at: at(row.changed_at),
            version: row.version,
        }
    }

    /// What is said of a text that is in no workspace.
    #[must_use]
    pub fn of_text(blueprint: &Blueprint, parts: &[GatePart]) -> Self {
        let missing = parts.iter().filter(|part| !part.is_there);
        let missing: Vec<String> = missing.map(|part| part.code.to_owned()).collect();
        Self {
            id: None,
            title: blueprint.title.clone(),
            owner: blueprint.owner.clone(),
            activity: None,
            state: "draft",
            latest: 0,
            published: 0,
            parts_there: 7_usize.saturating_sub(missing.len()),
            missing,
            review_by: blueprint.review_by.map(|day| day.to_string()),
            changed_at: None,
            version: 0,
        }
    }
}

impl VersionJson {
    /// A version; its text where it is there.
    #[must_use]
    pub fn of(row: &VersionRow) -> Self {
        Self {
            number: row.number,
            state: if row.published.is_some() {
                "published"
            } else {
                "draft"
            },
            author: row.author.clone(),
            note: row.note.clone(),
            changed_at: at(row.changed_at),
            published_at: row.published.and_then(|(moment, _)| at(moment)),
            untested: row.is_untested,
            text: Some(row.text.clone()).filter(|text| !text.is_empty()),
        }
    }
}

impl TestRunJson {
    fn of(row: &TestRunRow) -> Self {
        Self {
            number: row.number,
            person: row.person.clone(),
            questions: row.questions,
            note: row.note.clone(),
            created_at: at(row.created_at),
        }
    }
}

impl BlueprintJson {
    /// A blueprint with all that belongs to it.
    #[must_use]
    pub fn of(detail: &BlueprintDetail) -> Self {
        Self {
            schema: "offdesk.blueprint/1",
            summary: SummaryJson::of(&detail.row),
            text: detail.newest.text.clone(),
            replaced: Some(detail.newest.replaced.clone()).filter(|text| !text.is_empty()),
            note: detail.newest.note.clone(),
            parts: parts_json(&detail.gate()),
            warnings: warnings_json(detail.warnings()),
            versions: detail.versions.iter().map(VersionJson::of).collect(),
            test_runs: detail.test_runs.iter().map(TestRunJson::of).collect(),
            attachments: detail.attachments.iter().map(AttachmentJson::of).collect(),
        }
    }

    /// A text that is in no workspace.
    #[must_use]
    pub fn of_text(blueprint: &Blueprint, parts: &[GatePart], warnings: Vec<Warning>) -> Self {
        Self {
            schema: "offdesk.blueprint/1",
            summary: SummaryJson::of_text(blueprint, parts),
            text: blueprint.markdown(),
            replaced: None,
            note: String::new(),
            parts: parts_json(parts),
            warnings: warnings_json(warnings),
            versions: Vec::new(),
            test_runs: Vec::new(),
            attachments: Vec::new(),
        }
    }
}

impl BlueprintsJson {
    /// A list; `next` is given back for the following page.
    #[must_use]
    pub fn of<'r>(rows: impl IntoIterator<Item = &'r BlueprintRow>, next: Option<String>) -> Self {
        Self {
            schema: "offdesk.blueprints/1",
            blueprints: rows.into_iter().map(SummaryJson::of).collect(),
            next,
        }
    }
}

/// `offdesk.blueprint_import/1`.
#[derive(Debug, Serialize)]
pub struct BroughtJson {
    schema: &'static str,
    format: &'static str,
    import: Option<String>,
    drafted: Vec<String>,
    there: Vec<String>,
    blueprints: Vec<SummaryJson>,
    attachments: usize,
    left_out: Vec<String>,
}

impl BroughtJson {
    /// What came, or would come where nothing was brought.
    #[must_use]
    pub fn of(coming: &ComingBlueprints, brought: &Brought) -> Self {
        let all = coming.all.iter();
        let ids = |ids: &[Uuid]| ids.iter().map(Uuid::to_string).collect();
        Self {
            schema: "offdesk.blueprint_import/1",
            format: coming.format,
            import: brought.import.map(|id| id.to_string()),
            drafted: ids(&brought.drafted),
            there: ids(&brought.there),
            blueprints: all
                .map(|one| SummaryJson::of_text(&one.blueprint, &one.parts))
                .collect(),
            attachments: coming.all.iter().map(|one| one.attached.len()).sum(),
            left_out: coming.left_out.clone(),
        }
    }
}
