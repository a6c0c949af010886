//! What was handed in, round by round, with what became of it, as JSON.

use serde::Serialize;

use super::FileJson;
use crate::assignments::AssignmentDetail;
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
    said: String,
    reviewed_at: Option<String>,
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
        let met = review.map(|review| review.met.split_whitespace());
        RoundJson {
            round: deliverable.round,
            blueprint_number: deliverable.blueprint_number,
            text: deliverable.text.clone(),
            link: deliverable.link.clone(),
            files: files.map(FileJson::of).collect(),
            delivered_at: at(deliverable.created_at),
            verdict: review.map(|review| review.verdict.clone()),
            met: met.map_or_else(Vec::new, |met| {
                met.filter_map(|place| place.parse().ok()).collect()
            }),
            said: review.map_or_else(String::new, |review| review.note.clone()),
            reviewed_at: review.and_then(|review| at(review.created_at)),
        }
    });
    rounds.collect()
}
