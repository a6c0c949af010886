//! What a worker sees of what is handed off to them, as JSON. What the owner expects of it is in none of it.

use offdesk_store::handoffs::events::HandoffEventRow;
use serde::Serialize;

use super::shown::{SeenBy, ShownTable};
use super::{OwnHandoff, OwnHandoffDetail};
use crate::blueprints::json::AttachmentJson;
use crate::handoffs::json::{BeforeJson, ScopeJson, TrialJson};
use crate::moment::at;

/// A handoff to the worker, in a list.
#[derive(Debug, Serialize)]
pub struct OwnHandoffJson {
    id: String,
    activity: String,
    blueprint: String,
    blueprint_published: i64,
    state: &'static str,
    trial: Option<TrialJson>,
    agreed: ScopeJson,
    change: Option<ChangeJson>,
    note: String,
    sent_by: &'static str,
    checking: CheckingJson,
    answer_by_hours: i64,
    accept_after_days: i64,
    trial_length: i64,
    waiting: bool,
    version: i64,
}

#[derive(Debug, Serialize)]
struct ChangeJson {
    #[serde(flatten)]
    scope: ScopeJson,
    note: String,
}

#[derive(Debug, Serialize)]
struct CheckingJson {
    critical: bool,
    rung: u8,
    in_a_row: u32,
    clean_in_row: u32,
}

impl OwnHandoffJson {
    /// A handoff without its text and its history.
    #[must_use]
    pub fn of(handoff: &OwnHandoff) -> Self {
        let change = handoff.change.as_ref();
        Self {
            id: handoff.id.to_string(),
            activity: handoff.activity.clone(),
            blueprint: handoff.blueprint.clone(),
            blueprint_published: handoff.published,
            state: handoff.state.word(),
            trial: handoff.trial().map(|(done, of)| TrialJson { done, of }),
            agreed: ScopeJson::of(&handoff.agreed),
            change: change.map(|(scope, note)| ChangeJson {
                scope: ScopeJson::of(scope),
                note: note.clone(),
            }),
            note: handoff.note.clone(),
            sent_by: if handoff.sends_out { "worker" } else { "owner" },
            checking: CheckingJson {
                critical: handoff.checking.is_critical,
                rung: handoff.checking.rung,
                in_a_row: handoff.checking.in_a_row,
                clean_in_row: handoff.checking.clean,
            },
            answer_by_hours: handoff.answer_by_hours,
            accept_after_days: handoff.accept_after_days,
            trial_length: handoff.trial_length,
            waiting: handoff.is_waiting(),
            version: handoff.version,
        }
    }
}

/// What happened to a handoff.
#[derive(Debug, Serialize)]
pub struct EventJson {
    at: Option<String>,
    event: String,
    state: String,
    detail: String,
    by: String,
    door: String,
}

impl EventJson {
    /// A row of its history.
    #[must_use]
    pub fn of(row: &HandoffEventRow) -> Self {
        Self {
            at: at(row.at),
            event: row.event.clone(),
            state: row.state.clone(),
            detail: row.detail.clone(),
            by: row.account_name.clone(),
            door: row.door.clone(),
        }
    }
}

/// `offdesk.own_handoffs/1`.
#[derive(Debug, Serialize)]
pub struct OwnHandoffsJson {
    schema: &'static str,
    handoffs: Vec<OwnHandoffJson>,
    next: Option<String>,
}

impl OwnHandoffsJson {
    /// A page of them, with the place where the next one begins.
    #[must_use]
    pub fn of(handoffs: &[OwnHandoff], next: Option<String>) -> Self {
        Self {
            schema: "offdesk.own_handoffs/1",
            handoffs: handoffs.iter().map(OwnHandoffJson::of).collect(),
            next,
        }
    }
}

/// `offdesk.own_handoff/1`.
#[derive(Debug, Serialize)]
pub struct OwnHandoffDetailJson {
    schema: &'static str,
    #[serde(flatten)]
    handoff: OwnHandoffJson,
    before: Option<BeforeJson>,
    text: String,
    proposed_text: Option<String>,
    attachments: Vec<AttachmentJson>,
    proposed_attachments: Vec<AttachmentJson>,
    draft: Option<DraftJson>,
    history: Vec<EventJson>,
}

/// A draft that is theirs to write.
#[derive(Debug, Serialize)]
struct DraftJson {
    text: String,
    version: i64,
}

impl OwnHandoffDetailJson {
    /// A handoff with the text that was agreed, the one that is proposed, and its history.
    #[must_use]
    pub fn of(detail: &OwnHandoffDetail) -> Self {
        Self {
            schema: "offdesk.own_handoff/1",
            handoff: OwnHandoffJson::of(&detail.handoff),
            before: detail.before.as_ref().map(BeforeJson::of),
            text: detail.text.clone(),
            proposed_text: detail.proposed_text.clone(),
            attachments: detail.attachments.iter().map(AttachmentJson::of).collect(),
            proposed_attachments: {
                let all = detail.proposed_attachments.iter();
                all.map(AttachmentJson::of).collect()
            },
            draft: detail.draft.as_ref().map(|draft| DraftJson {
                text: draft.text.clone(),
                version: draft.version,
            }),
            history: detail.history.iter().map(EventJson::of).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
struct TableJson {
    title: &'static str,
    fields: Vec<FieldJson>,
}

#[derive(Debug, Serialize)]
struct FieldJson {
    words: String,
    shown_to_you: bool,
}

/// `offdesk.own_fields/1`: what is kept of the worker and seen by those who run the business.
#[derive(Debug, Serialize)]
pub struct OwnFieldsJson {
    schema: &'static str,
    tables: Vec<TableJson>,
}

impl OwnFieldsJson {
    /// The fields by their tables.
    #[must_use]
    pub fn of(tables: Vec<ShownTable>) -> Self {
        let tables = tables.into_iter().map(|table| TableJson {
            title: table.title,
            fields: table
                .fields
                .into_iter()
                .map(|field| FieldJson {
                    words: field.words,
                    shown_to_you: field.seen_by == SeenBy::Both,
                })
                .collect(),
        });
        Self {
            schema: "offdesk.own_fields/1",
            tables: tables.collect(),
        }
    }
}
