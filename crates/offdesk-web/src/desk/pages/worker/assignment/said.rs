//! What was said of an assignment: questions and answers, findings, what was handed in each time and what became of it.

use maud::{Markup, html};
use offdesk_actions::assignments::AssignmentDetail;
use offdesk_actions::store::assignments::questions::QuestionRow;
use offdesk_actions::store::assignments::reviews::FindingRow;
use offdesk_domain::assignment::State;
use offdesk_domain::blueprint::Blueprint;

use super::Shown;
use crate::desk::layout::moment;
use crate::desk::pages::work::steps_in;
use crate::markdown::is_followed;
use crate::words;

/// So much of a text is shown.
const MOST: usize = 4_000;

/// Questions with their answers.
pub fn asked<'q>(questions: impl Iterator<Item = &'q QuestionRow>, zone: Option<&str>) -> Markup {
    html! {
        @for question in questions {
            div.asked {
                p { strong { "You asked: " } bdi { (words::shown(&question.text, MOST)) } }
                @if question.answered.is_none() {
                    p.quiet { "Not answered yet" @if let Some(by) = question.answer_by { "; to be answered by " (moment(by, zone)) } "." }
                } @else if question.answer.is_empty() {
                    p.quiet { "It was taken back: the assignment went on without." }
                } @else {
                    p { strong { "Answer: " } bdi { (words::shown(&question.answer, MOST)) } }
                    @if question.draft_number.is_some() { p.quiet { "It is going into the blueprint." } }
                }
            }
        }
    }
}

/// Findings, each with what it is about.
pub fn found<'f>(
    findings: impl Iterator<Item = &'f FindingRow>,
    blueprint: Option<&Blueprint>,
) -> Markup {
    let text = |place: i64, texts: Vec<&str>| -> String {
        let at = usize::try_from(place).unwrap_or(0).saturating_sub(1);
        let found = texts.get(at).map(|text| words::shown(text, 160));
        found.map_or_else(String::new, |text| format!(" ({text})"))
    };
    html! {
        ul { @for finding in findings { li {
            strong { @if finding.kind == "fault" { "Fault" } @else { "Preference" } }
            @if let Some(step) = finding.step { " at step " (step) bdi { (text(step, blueprint.map_or_else(Vec::new, |it| it.step_texts().collect()))) } }
            @if let Some(criterion) = finding.criterion { ", acceptance criterion " (criterion) bdi { (text(criterion, blueprint.map_or_else(Vec::new, |it| it.criterion_texts().collect()))) } }
            ": " bdi { (words::shown(&finding.text, MOST)) }
            @if finding.is_escape { " (found after it was accepted)" }
        } } }
    }
}

/// What has to change, where it was returned: what was right first, then the findings.
pub(super) fn to_change(seen: &Shown) -> Markup {
    let detail = &seen.detail;
    let is_changed = detail.course.agreed_before().is_some();
    let is_at_it = matches!(detail.course.state, State::Returned | State::InProgress);
    if !is_at_it && !is_changed {
        return html! {};
    }
    let last = detail.reviews.first().filter(|it| it.verdict == "returned");
    let Some(review) = last else {
        return html! {};
    };
    let blueprint = detail.blueprint_of_round(review.round);
    let criteria = blueprint.criterion_texts().count();
    let met = review.met.split_whitespace().count();
    html! {
        section.card aria-labelledby="change" {
            h2 #change { "What to change" }
            @if criteria > 0 && met > 0 { p { (met) " of " (criteria) " acceptance criteria hold." } }
            @if !review.note.is_empty() { p { bdi { (words::shown(&review.note, MOST)) } } }
            (found(detail.findings.iter().filter(|it| it.round == review.round), Some(blueprint)))
            (other_version(detail, review.round))
            p.quiet { "Only faults count. A preference is a wish: it moves nothing." }
        }
    }
}

/// Says by which version a round was made, where the work goes on by another one.
fn other_version(detail: &AssignmentDetail, round: i64) -> Markup {
    let made_by = detail.deliverables.iter().find(|it| it.round == round);
    let now = detail.row.blueprint_number;
    html! {
        @if let Some(made) = made_by.filter(|it| it.blueprint_number != now) {
            p.quiet { "This is about version " (made.blueprint_number) " of the blueprint. "
                @if detail.course.agreed_before().is_some() { "It was put right: you are asked whether you go on by version " (now) ", whose steps stand here. If you would rather not, decline: it is looked at by version " (made.blueprint_number) ", as you agreed." }
                @else { "It was put right: go on by version " (now) ", whose steps stand here without ticks." }
            }
        }
    }
}

/// What was handed in, the latest first.
pub(super) fn rounds(seen: &Shown) -> Markup {
    let detail = &seen.detail;
    html! {
        @if !detail.deliverables.is_empty() {
            section aria-labelledby="rounds" {
                h2 #rounds { "What you handed in" }
                @for deliverable in &detail.deliverables {
                    article.card {
                        h3 { (moment(deliverable.created_at, seen.zone())) }
                        @if !deliverable.text.is_empty() { p.as-typed { bdi { (deliverable.text) } } }
                        @if !deliverable.link.is_empty() { p { (link(&deliverable.link)) } }
                        @for file in detail.files.iter().filter(|it| it.round == Some(deliverable.round)) {
                            p { a href={ (seen.path) "/files/" (file.id) } download { bdi { (words::shown(&file.name, 120)) } } }
                        }
                        (steps_in(detail, deliverable.round))
                        @if let Some(review) = detail.reviews.iter().find(|it| it.round == deliverable.round) {
                            p { strong { @if review.verdict == "accepted" { "Accepted" } @else { "Returned" } } @if !review.note.is_empty() { ": " bdi { (words::shown(&review.note, MOST)) } } }
                        }
                        (found(detail.findings.iter().filter(|it| it.round == deliverable.round), Some(detail.blueprint_of_round(deliverable.round))))
                    }
                }
            }
        }
    }
}

fn link(address: &str) -> Markup {
    html! {
        @if is_followed(address) { a href=(address) rel="noopener noreferrer nofollow" { bdi { (words::shown(address, 200)) } } } @else { bdi { (words::shown(address, 200)) } }
    }
}
