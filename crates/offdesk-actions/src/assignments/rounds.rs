//! Rounds: what whoever does the work has changed from one to the next.

use offdesk_store::assignments::files::FileRow;
use offdesk_store::assignments::reviews::FindingRow;

use super::AssignmentDetail;
use crate::blueprints::comparing::{DiffLine, compare};

/// What is other in a round than in the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundChange<'d> {
    /// The round before.
    pub since: i64,
    /// Lines of the text that went or came, with a little of what stayed; none where it is the same text.
    pub lines: Vec<DiffLine>,
    /// The link before, where it is another one now.
    pub link_before: Option<&'d str>,
    /// Files whose name was not there before.
    pub files_added: Vec<&'d FileRow>,
    /// Files that were handed in anew under the same name.
    pub files_again: Vec<&'d FileRow>,
    /// Files that were there before only.
    pub files_gone: Vec<&'d FileRow>,
}

impl RoundChange<'_> {
    /// Whether text, link and names of files are what they were, and no file came again.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.lines.is_empty()
            && self.link_before.is_none()
            && [&self.files_added, &self.files_again, &self.files_gone]
                .iter()
                .all(|files| files.is_empty())
    }
}

/// Places as they are kept: with blanks between them.
pub(super) fn as_places(places: &[i64]) -> String {
    let places: Vec<String> = places.iter().map(i64::to_string).collect();
    places.join(" ")
}

/// Kept places as numbers.
pub(super) fn places_in(kept: &str) -> Vec<i64> {
    let places = kept.split_whitespace();
    places.filter_map(|place| place.parse().ok()).collect()
}

impl AssignmentDetail {
    /// The places of the steps that were ticked when a round was handed in; none where that was not kept.
    #[must_use]
    pub fn ticked_in(&self, round: i64) -> Option<Vec<i64>> {
        let deliverable = self.deliverables.iter().find(|it| it.round == round)?;
        let is_latest = round == self.row.rounds && !self.course.state.is_in_hand();
        match &deliverable.ticked {
            Some(kept) => Some(places_in(kept)),
            // Since it was handed in nobody can have changed them.
            None => is_latest.then(|| self.ticked.clone()),
        }
    }

    /// The findings at a step that are to be seen to in the round that is made now.
    pub fn open_findings_at(&self, step: i64) -> impl Iterator<Item = &FindingRow> {
        let round = self.row.rounds;
        let made_by = self.deliverables.iter().find(|it| it.round == round);
        let is_open = self.course.state.is_in_hand()
            && made_by.is_some_and(|it| it.blueprint_number == self.row.blueprint_number);
        let findings = self.findings.iter();
        findings.filter(move |it| is_open && it.round == round && it.step == Some(step))
    }

    /// What is other in a round than in the one before it; nothing for the first.
    #[must_use]
    pub fn changed_in(&self, round: i64) -> Option<RoundChange<'_>> {
        let of = |round: i64| self.deliverables.iter().find(move |it| it.round == round);
        let (before, after) = (of(round.checked_sub(1)?)?, of(round)?);
        let files = |round: i64| self.files.iter().filter(move |it| it.round == Some(round));
        let has = |round: i64, name: &str| files(round).any(|it| it.name == name);
        let added = files(after.round).filter(|it| !has(before.round, &it.name));
        let again = files(after.round).filter(|it| has(before.round, &it.name));
        let gone = files(before.round).filter(|it| !has(after.round, &it.name));
        Some(RoundChange {
            since: before.round,
            lines: compare(&before.text, &after.text),
            link_before: (before.link != after.link).then_some(before.link.as_str()),
            files_added: added.collect(),
            files_again: again.collect(),
            files_gone: gone.collect(),
        })
    }
}
