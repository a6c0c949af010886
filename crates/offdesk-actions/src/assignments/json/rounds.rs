//! What was handed in, round by round, with what became of it, as JSON.

use offdesk_store::assignments::files::FileRow;
use serde::Serialize;

use super::FileJson;
use crate::assignments::rounds::places_in;
use crate::assignments::{AssignmentDetail, RoundChange};
use crate::blueprints::json::ChangeJson;
use crate::moment::at;

#[derive(Debug, Serialize)]
pub(super) struct RoundJson {
    pub(super) round: i64,
    blueprint_number: i64,
    pub(super) text: String,
    pub(super) link: String,
    pub(super) files: Vec<FileJson>,
    delivered_at: Option<String>,
    verdict: Option<String>,
    met: Vec<i64>,
    ticked: Option<Vec<i64>>,
    said: String,
    reviewed_at: Option<String>,
    pub(super) changed: Option<ChangedJson>,
}

/// What is other than in the round before.
#[derive(Debug, Serialize)]
pub(super) struct ChangedJson {
    since_round: i64,
    text: Vec<ChangeJson>,
    link_before: Option<String>,
    files_added: Vec<String>,
    files_again: Vec<String>,
    files_gone: Vec<String>,
}

impl ChangedJson {
    fn of(change: RoundChange<'_>) -> Self {
        let names = |files: &[&FileRow]| files.iter().map(|file| file.name.clone()).collect();
        Self {
            since_round: change.since,
            link_before: change.link_before.map(str::to_owned),
            files_added: names(&change.files_added),
            files_again: names(&change.files_again),
            files_gone: names(&change.files_gone),
            text: ChangeJson::all(change.lines),
        }
    }
}

pub(super) fn rounds_of(detail: &AssignmentDetail) -> Vec<RoundJson> {
    let rounds = detail.deliverables.iter().map(|deliverable| {
        let review = detail
            .reviews
            .iter()
            .find(|review| review.round == deliverable.round);
        let files = detail
            .files
            .iter()
            .filter(|file| file.round == Some(deliverable.round));
        RoundJson {
            round: deliverable.round,
            blueprint_number: deliverable.blueprint_number,
            text: deliverable.text.clone(),
            link: deliverable.link.clone(),
            files: files.map(FileJson::of).collect(),
            delivered_at: at(deliverable.created_at),
            verdict: review.map(|review| review.verdict.clone()),
            met: review.map_or_else(Vec::new, |review| places_in(&review.met)),
            ticked: detail.ticked_in(deliverable.round),
            said: review.map_or_else(String::new, |review| review.note.clone()),
            reviewed_at: review.and_then(|review| at(review.created_at)),
            changed: detail.changed_in(deliverable.round).map(ChangedJson::of),
        }
    });
    rounds.collect()
}
