//! One assignment: where it stands, its steps, questions, deliverables and findings, and what can be done.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::agents::list_usage;
use offdesk_actions::assignments::{
    AssignmentDetail, budgets_passed_with, learned_with, load_assignment,
};
use offdesk_actions::people::list_off;
use offdesk_actions::store::assignments::questions::QuestionRow;
use offdesk_actions::store::assignments::reviews::FindingRow;
use offdesk_domain::Seconds;
use offdesk_domain::assignment::{Missed, State};
use offdesk_domain::blueprint::Blueprint;
use offdesk_domain::person::PersonKind;

use super::arranging::{arranging, elsewhere};
use super::behalf::on_behalf;
use super::giving::off_line;
use super::spending::spent;
use super::{agreed, needs, state_in_words, zone_of};
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::{desk_page, moment, said, wrong};
use crate::desk::pages::agents::usage_section;
use crate::desk::pages::blueprints::attached;
use crate::desk::pages::budgets::told;
use crate::desk::pages::next::may_edit;
use crate::desk::pages::review::told as told_of;
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(assignment_page(&ask, &Form::default(), None).await?)) })
}

/// The page, with what went wrong.
///
/// # Errors
/// `not_found`.
pub async fn assignment_page(
    ask: &Ask,
    form: &Form,
    error: Option<&Error>,
) -> Result<Markup, Error> {
    let id = ask.id("assignment")?;
    let is_done = error.is_none() && ask.query.is_ticked("done");
    let (zone, detail, others, off, budgets, usage, learned) = ask
        .read(move |tx, actor, moment| {
            let detail = load_assignment(tx, actor, id)?;
            let budgets = budgets_passed_with(tx, actor, &detail, moment)?;
            let others = elsewhere(tx, actor, &detail, moment)?;
            let around = others.iter().map(|(it, _)| it.handoff.row.person_id);
            let off = list_off(tx, actor, around.chain([detail.row.person_id]), moment)?;
            let is_shown = detail.person.kind == PersonKind::Agent.word() && !detail.is_blind();
            let usage = match is_shown {
                true => Some(list_usage(tx, actor, id)?),
                false => None,
            };
            let learned = match is_done {
                true => learned_with(tx, actor, id)?,
                false => Vec::new(),
            };
            let zone = zone_of(tx, actor)?;
            Ok((zone, detail, others, off, budgets, usage, learned))
        })
        .await?;
    let row = &detail.row;
    let title = format!("{} {}", row.number, words::shown(&row.title, 160));
    let is_edited = may_edit(ask);
    let body = html! {
        p { a href="/work" { "Work" } }
        h1 { (row.number) " " bdi { (words::shown(&row.title, 160)) } }
        @if is_done { (said(&told_of("Done.", &learned))) }
        (wrong(error))
        p.lead { (standing(&detail)) }
        @if !detail.is_blind() && row.accepted_at.is_none() { (off_line(off.get(&row.person_id).copied())) }
        @if row.state == "delivered" && is_edited { p.actions { a.button href={ "/review/" (row.id) } { "Review the deliverable" } } }
        (agreed(row, Some(&zone)))
        (facts(&detail, &zone))
        (needs(&detail, &format!("/work/{id}/files")))
        @if !budgets.is_empty() { div.card role="note" { p { strong { "Budgets of the month it is due in" } } (told(&budgets)) } }
        (questions(&detail, &zone, is_edited, shown_at(ask, form), form))
        (deliverables(&detail, &zone))
        (steps(&detail))
        (attached(&detail.attachments, &format!("/work/{id}/files")))
        (spent(&detail, is_edited))
        @if let Some(usage) = &usage { (usage_section(id, usage, is_edited, form, error)) }
        @if is_edited {
            @if detail.person.account_id.is_none() && !detail.is_blind() { (on_behalf(&detail, form, error)) }
            (arranging(&detail, (&others, &off), (&zone, shown_at(ask, form), ask.moment.now), form, error))
        }
    };
    Ok(desk_page(ask, &title, &body))
}

/// When a page is shown, in seconds, so that its form can tell how long it was looked at. A form that comes back was shown when it was
/// shown first.
pub fn shown_at(ask: &Ask, form: &Form) -> i64 {
    let now = ask.moment.now.as_second();
    let before = form.text("shown").parse().ok();
    before.filter(|at| (0..now).contains(at)).unwrap_or(now)
}

fn standing(detail: &AssignmentDetail) -> Markup {
    let name = words::shown(&detail.person.name, 80);
    html! {
        @match detail.course.state {
            State::Assigned { before: Some(_), waits, .. } => { bdi { (name) } " has not said yet whether they take the change." @if waits.is_some() { " What they have asked waits for your answer." } }
            State::Assigned { waits, .. } => { "Given to " bdi { (name) } ", who has not said yet whether they take it." @if waits.is_some() { " What they have asked waits for your answer; the due date stands still." } }
            State::Agreed => { bdi { (name) } " has taken it on." }
            State::InProgress => { bdi { (name) } " is at it." }
            State::Waiting(_) => { bdi { (name) } " waits for your answer; the due date stands still." }
            State::Delivered { .. } => "A deliverable is in and was picked for a review.",
            State::Returned => { "Returned to " bdi { (name) } " with findings." }
            _ => (words::capital(state_in_words(&detail.row.state))) ,
        }
    }
}

fn facts(detail: &AssignmentDetail, zone: &str) -> Markup {
    let row = &detail.row;
    html! {
        dl.facts.brief {
            @if detail.is_blind() { div { dt { "Person" } dd { "stands here once it is judged" } } }
            @else { div { dt { "Person" } dd { a href={ "/people/" (row.person_id) } { bdi { (words::shown(&detail.person.name, 80)) } } } } }
            div { dt { "Due" } dd { (moment(row.due_at, Some(zone))) } }
            @if !detail.is_blind() {
                div { dt { "Price" } dd { (row.amount) " " (row.currency) " for one " (row.unit) } }
                div { dt { "Handoff" } dd { a href={ "/handoffs/" (row.handoff_id) } { "terms and checking" } @if row.is_trial { ", on trial" } } }
            }
            div { dt { "Blueprint" } dd { a href={ "/blueprints/" (row.blueprint_id) "/versions/" (row.blueprint_number) } { "version " (row.blueprint_number) } } }
            @if row.seconds > 0 { div { dt { "Time typed in" } dd { (words::hours_long(Seconds(row.seconds).hours())) } } }
            @if let Some(at) = row.accept_at { div { dt { "No review" } dd { "counts as accepted on " (moment(at, Some(zone))) } } }
            @if let Some(how) = row.acceptance.as_deref() { div { dt { "Accepted" } dd { (accepted_in_words(how)) } } }
            @if detail.files_beside().next().is_some() { div { dt { "With it" } dd { @for file in detail.files_beside() { p { a href={ "/work/" (row.id) "/files/" (file.id) } { bdi { (words::shown(&file.name, 120)) } } ", " (words::size(file.length)) } } } } }
            @if let Some(why) = row.missed_why.as_deref().and_then(Missed::of) { div { dt { "Not given" } dd { (why.in_words()) } } }
            @if !row.note.is_empty() { div { dt { "They were told" } dd { bdi { (words::shown(&row.note, 4000)) } } } }
        }
    }
}

fn accepted_in_words(how: &str) -> &'static str {
    match how {
        "reviewed" => "after a review",
        "not_picked" => "by rule: it was not picked for a review",
        _ => "by rule: nobody looked in time, which is no check",
    }
}

fn questions(
    detail: &AssignmentDetail,
    zone: &str,
    is_edited: bool,
    shown_at: i64,
    form: &Form,
) -> Markup {
    html! {
        @if !detail.questions.is_empty() {
            section aria-labelledby="questions" {
                h2 #questions { "Questions" }
                @for question in &detail.questions {
                    div.card {
                        p { strong { bdi { (words::shown(&question.text, 4000)) } } }
                        p { small { "asked " (moment(question.asked_at, Some(zone))) @if let Some(step) = question.step { ", at step " (step) @if question.blueprint_number != detail.row.blueprint_number { " of version " (question.blueprint_number) } } } }
                        (answered(question))
                        @if question.answered.is_none() && is_edited { (answering(detail, question, shown_at, form)) }
                        @if is_edited && question.answered.is_some() && question.draft_number.is_none() && !question.answer.is_empty() {
                            form method="post" action={ "/work/" (detail.row.id) "/questions/" (question.id) "/answer" } {
                                input type="hidden" name="for_blueprint" value="1";
                                button.plain.small { "Put the answer into the draft of the blueprint" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn answered(question: &QuestionRow) -> Markup {
    html! {
        @if question.answered.is_some() {
            @if question.answer.is_empty() { p { "It was taken back." } } @else { p { bdi { (words::shown(&question.answer, 4000)) } } }
        }
        @if question.draft_number.is_some() { p { small { "The answer went into the draft of the blueprint." } } }
    }
}

fn answering(
    detail: &AssignmentDetail,
    question: &QuestionRow,
    shown_at: i64,
    form: &Form,
) -> Markup {
    let name = format!("answer-{}", question.id);
    html! {
        form method="post" action={ "/work/" (detail.row.id) "/questions/" (question.id) "/answer" } {
            input type="hidden" name="shown" value=(shown_at);
            div.field.wide-field {
                label for=(name) { "Your answer" }
                textarea id=(name) name="text" rows="3" required { "\n" (form.raw("text")) }
            }
            label.choice { input type="checkbox" name="for_blueprint" value="1"; " Put it into the draft of the blueprint, too" }
            button { "Answer" }
        }
    }
}

fn deliverables(detail: &AssignmentDetail, zone: &str) -> Markup {
    html! {
        @if !detail.deliverables.is_empty() {
            section aria-labelledby="deliverables" {
                h2 #deliverables { "Handed in" }
                @for deliverable in &detail.deliverables {
                    div.card {
                        h3 { "Round " (deliverable.round) @if deliverable.blueprint_number != detail.row.blueprint_number { ", by version " (deliverable.blueprint_number) } }
                        p { small { (moment(deliverable.created_at, Some(zone))) @if !detail.is_blind() { ", 1 in " (deliverable.one_in) " was looked at then" } } }
                        (content(detail, deliverable.round))
                        @if deliverable.round < detail.row.rounds || detail.course.state.is_in_hand() { (steps_in(detail, deliverable.round)) }
                        @if let Some(review) = detail.reviews.iter().find(|it| it.round == deliverable.round) {
                            p { strong { @if review.verdict == "accepted" { "Accepted" } @else { "Returned" } } @if !review.note.is_empty() { ": " bdi { (words::shown(&review.note, 4000)) } } }
                        }
                        (findings(detail, detail.findings.iter().filter(|it| it.round == deliverable.round)))
                    }
                }
            }
        }
    }
}

/// What was handed in with a round: text, link and files.
pub fn content(detail: &AssignmentDetail, round: i64) -> Markup {
    let deliverable = detail.deliverables.iter().find(|it| it.round == round);
    html! {
        @if let Some(deliverable) = deliverable {
            @if !deliverable.text.is_empty() { p.lines { bdi { (words::shown(&deliverable.text, 60_000)) } } }
            @if !deliverable.link.is_empty() { p { a href=(deliverable.link) rel="noopener noreferrer nofollow" { bdi { (words::shown(&deliverable.link, 400)) } } } }
        }
        @for file in detail.files.iter().filter(|it| it.round == Some(round)) {
            p { a href={ "/work/" (detail.row.id) "/files/" (file.id) } { bdi { (words::shown(&file.name, 120)) } } ", " (words::size(file.length)) }
        }
    }
}

/// Findings as a list, each with the step or criterion it is about, as that stood in the version that was followed.
pub fn findings<'f>(
    detail: &AssignmentDetail,
    all: impl Iterator<Item = &'f FindingRow>,
) -> Markup {
    let shown = |text: Option<&str>| {
        text.map_or_else(String::new, |it| format!(" ({})", words::shown(it, 80)))
    };
    let step = |finding: &FindingRow, place: i64| {
        let texts = detail.blueprint_of_round(finding.round);
        shown(texts.step_texts().nth(at(place)))
    };
    let criterion = |finding: &FindingRow, place: i64| {
        let texts = detail.blueprint_of_round(finding.round);
        shown(texts.criterion_texts().nth(at(place)))
    };
    html! {
        ul { @for finding in all { li {
            (words::capital(&finding.kind))
            @if finding.is_escape { ", found later" }
            @if let Some(place) = finding.step { " at step " (place) bdi { (step(finding, place)) } }
            @if let Some(place) = finding.criterion { " at criterion " (place) bdi { (criterion(finding, place)) } }
            ": " bdi { (words::shown(&finding.text, 4000)) }
        } } }
    }
}

/// A place from one as one from nothing.
fn at(place: i64) -> usize {
    usize::try_from(place.saturating_sub(1)).unwrap_or(usize::MAX)
}

/// The steps of the version it is done by, and which of them are ticked.
pub fn steps(detail: &AssignmentDetail) -> Markup {
    ticks(&detail.blueprint, &detail.ticked)
}

/// The steps of the version a round was made by, and which of them were ticked when it was handed in.
pub fn steps_in(detail: &AssignmentDetail, round: i64) -> Markup {
    html! {
        @if let Some(ticked) = detail.ticked_in(round) { (ticks(detail.blueprint_of_round(round), &ticked)) }
    }
}

fn ticks(blueprint: &Blueprint, ticked: &[i64]) -> Markup {
    let steps: Vec<(i64, &str)> = (1_i64..).zip(blueprint.step_texts()).collect();
    html! {
        @if !steps.is_empty() {
            details { summary { "Steps: " (ticked.len()) " of " (steps.len()) " ticked" }
                ol { @for (place, text) in &steps { li { bdi { (words::shown(text, 400)) } @if ticked.contains(place) { " " span.tag.there { "done" } } } } }
            }
        }
    }
}
