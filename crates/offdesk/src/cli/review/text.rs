//! What waits for a review as text, blind: what was handed in, what changed since the round before, what was found then.

use offdesk_actions::assignments::{AssignmentDetail, RoundChange};
use offdesk_actions::store::assignments::reviews::FindingRow;
use offdesk_import::problem::shown;

use super::super::assignment::text::ticked;
use super::super::blueprint::text::difference;

/// What was handed in, without who made it.
pub fn blind(detail: &AssignmentDetail) -> String {
    let row = &detail.row;
    let mut out = format!(
        "{} {}, round {}\n",
        row.number,
        shown(&row.title),
        row.rounds
    );
    if let Some(newest) = detail.deliverables.first() {
        for text in [&newest.text, &newest.link] {
            if !text.is_empty() {
                out += &format!("  {}\n", shown(text));
            }
        }
        let files = detail
            .files
            .iter()
            .filter(|it| it.round == Some(newest.round));
        for file in files {
            out += &format!("  file {}, {} bytes\n", shown(&file.name), file.length);
        }
    }
    if let Some(change) = detail.changed_in(row.rounds) {
        out += &changed(&change);
    }
    for deliverable in &detail.deliverables {
        if let Some(ticked) = ticked(detail, deliverable.round) {
            out += &format!("  round {}, {ticked}\n", deliverable.round);
        }
    }
    for finding in detail.findings.iter().filter(|it| it.round < row.rounds) {
        out += &found(finding);
    }
    for (place, criterion) in (1_i64..).zip(detail.blueprint.criterion_texts()) {
        out += &format!("  [ ] {place} {}\n", shown(criterion));
    }
    out
}

/// What is other than in the round before.
fn changed(change: &RoundChange<'_>) -> String {
    let mut out = format!("  changed since round {}\n", change.since);
    if change.is_nothing() {
        out += "    nothing\n";
    }
    out += &difference(&change.lines);
    match change.link_before {
        Some("") => out += "    a link is new\n",
        Some(before) => out += &format!("    the link was {}\n", shown(before)),
        None => {}
    }
    for (what, files) in [
        ("new file", &change.files_added),
        ("handed in anew:", &change.files_again),
        ("not handed in again:", &change.files_gone),
    ] {
        for file in files {
            out += &format!("    {what} {}\n", shown(&file.name));
        }
    }
    out
}

fn found(finding: &FindingRow) -> String {
    let place = match (finding.step, finding.criterion) {
        (Some(step), _) => format!(" at step {step}"),
        (None, Some(criterion)) => format!(" at criterion {criterion}"),
        (None, None) => String::new(),
    };
    format!(
        "  round {}: {}{place}: {}\n",
        finding.round,
        finding.kind,
        shown(&finding.text)
    )
}
