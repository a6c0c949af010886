//! What the owner's side can arrange of an assignment: change it, give it to somebody else, take it back, close it, note what came out.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::AssignmentDetail;
use offdesk_actions::handoffs::{
    HandoffSummary, list_handoffs_of_activity, list_terms_today, load_handoff,
};
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::{Error, Moment};
use offdesk_domain::Day;
use offdesk_domain::assignment::State;
use offdesk_domain::handoff::State as HandoffState;
use offdesk_domain::person::Terms;

use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, choice};
use crate::desk::pages::review::{places, reworked};
use crate::words;

/// The handoffs of the same activity to somebody else, under which it could be given.
pub(super) fn elsewhere(
    tx: &mut Tx<'_>,
    actor: &Actor,
    detail: &AssignmentDetail,
    moment: Moment,
) -> Result<Vec<(HandoffSummary, Terms)>, Error> {
    if !is_open(detail) {
        return Ok(Vec::new());
    }
    let own = detail.row.handoff_id;
    let activity = load_handoff(tx, actor, own)?
        .summary
        .handoff
        .row
        .activity_id;
    let mut all = list_handoffs_of_activity(tx, actor, activity)?;
    all.retain(|it| {
        it.handoff.row.id != own && matches!(it.handoff.state, HandoffState::Running(_))
    });
    let terms = list_terms_today(tx, actor, &all, moment)?;
    Ok(all.into_iter().zip(terms).collect())
}

/// Whether it is on the person's desk and not handed in.
fn is_open(detail: &AssignmentDetail) -> bool {
    let state = detail.course.state;
    matches!(state, State::Assigned { .. }) || state.is_in_hand()
}

/// Whether it can be taken back: what was handed in once is done to its end, and paid.
fn can_be_taken_back(detail: &AssignmentDetail) -> bool {
    is_open(detail) && detail.course.rounds == 0
}

/// What can be arranged now.
pub(super) fn arranging(
    detail: &AssignmentDetail,
    others: (&[(HandoffSummary, Terms)], &BTreeMap<Uuid, Day>),
    (zone, shown_at, now): (&str, i64, Timestamp),
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    let (row, path) = (&detail.row, format!("/work/{}", detail.row.id));
    let state = detail.course.state;
    html! {
        @if state.is_accepted() {
            details open[error.is_some()] { summary { "A fault has come out" }
                form method="post" action={ (path) "/escapes" } {
                    input type="hidden" name="version" value=(row.version);
                    p { "A fault that is found in what was accepted goes back to checking all." }
                    div.field {
                        label for="place" { "Where" }
                        select id="place" name="place" required { (places(detail, form.text("place"))) }
                    }
                    (Area { name: "text", label: "What it is", help: "They read it.", value: form.raw("text"), rows: 3 }.show(error))
                    input type="hidden" name="shown" value=(shown_at);
                    (reworked(form, error))
                    button { "Note the fault" }
                }
            }
        }
        @if is_open(detail) {
            (changing(detail, zone, form, error))
        }
        @if can_be_taken_back(detail) {
            (reassigning(detail, others, (zone, now), form, error))
        }
        div.actions {
            @if matches!(state, State::Accepted { .. }) {
                form method="post" action={ (path) "/closure" } { input type="hidden" name="version" value=(row.version); button.plain { "Close it" } }
            }
            @if is_open(detail) && detail.course.rounds > 0 && !detail.is_own {
                form method="post" action={ "/review/" (row.id) } { input type="hidden" name="version" value=(row.version); button.plain name="verdict" value="all" { "Accept it as it is" } }
            }
            @if can_be_taken_back(detail) {
                form method="post" action={ (path) "/cancellation" } { input type="hidden" name="version" value=(row.version); button.away { "Take it back" } }
            }
        }
    }
}

fn changing(detail: &AssignmentDetail, zone: &str, form: &Form, error: Option<&Error>) -> Markup {
    let row = &detail.row;
    let is_meant = |it: &&Error| matches!(it.field, "due" | "amount" | "title" | "note");
    let error = error.filter(|it| is_meant(it) && form.text("handoff").is_empty());
    let due = on_clock(detail.course.due, zone);
    let help = format!("On the clock of {zone}.");
    let price = format!("In {}, for one {}.", row.currency, row.unit);
    html! {
        details open[error.is_some()] { summary { "Change its date, its price or what it is" }
            form method="post" action={ "/work/" (row.id) "/change" } {
                input type="hidden" name="version" value=(row.version);
                p { @match detail.course.state {
                    State::Assigned { .. } => "They have not said yet whether they take it.",
                    _ => "They have agreed to it as it is: a change asks them anew, and what was agreed holds until they take it.",
                } }
                (Field { kind: "datetime-local", help: &help, is_needed: true, ..Field::text("due", "Due", &form.text_or("due", &due)) }.show(error))
                (Field { class: "number", help: &price, ..Field::text("amount", "Price", &form.text_or("amount", &row.amount)) }.show(error))
                (Field::text("title", "What is done this time", &form.text_or("title", &row.title)).show(error))
                (Area { name: "note", label: "What they should know", help: "", value: if error.is_some() { form.raw("note") } else { &row.note }, rows: 3 }.show(error))
                button { "Change it" }
            }
        }
    }
}

/// A moment as a field of a date and a time has it.
fn on_clock(at: Timestamp, zone: &str) -> String {
    let clock = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let local = clock.to_datetime(at).strftime("%Y-%m-%dT%H:%M");
    local.to_string()
}

fn reassigning(
    detail: &AssignmentDetail,
    others: (&[(HandoffSummary, Terms)], &BTreeMap<Uuid, Day>),
    (zone, now): (&str, Timestamp),
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    let row = &detail.row;
    let is_sent = !form.text("handoff").is_empty();
    let fault = error.filter(|it| is_sent && it.field == "due");
    let is_open = fault.is_some() || error.is_some_and(|it| it.field == "handoff");
    let due = on_clock(detail.course.due_with_wait(now), zone);
    let due = form.text_or("new_due", &due);
    let help = format!("On the clock of {zone}, with the time that was waited for your answers.");
    let field = Field {
        kind: "datetime-local",
        help: &help,
        is_needed: true,
        ..Field::text("new_due", "Due", &due)
    };
    let (others, off) = others;
    let choices: Vec<(String, String)> = others
        .iter()
        .map(|(it, price)| {
            let back = words::off(off.get(&it.handoff.row.person_id).copied());
            let text = format!("{}, {price}{back}", words::shown(&it.person, 60));
            (it.handoff.row.id.to_string(), text)
        })
        .collect();
    html! {
        details open[is_open] { summary { "Give it to somebody else" }
            @if choices.is_empty() {
                p { "This activity is handed off to nobody else who has accepted it. " a href="/handoffs/new" { "Hand it off" } " first; then it can be given to them here." }
            } @else {
                form method="post" action={ "/work/" (row.id) "/reassignment" } {
                    input type="hidden" name="version" value=(row.version);
                    p { "It is taken back from " bdi { (words::shown(&detail.person.name, 80)) } " and given anew, with the same note, and with what there is of its inputs, at the other handoff's price. Files that came with it go along: the one reads them from then on, the other no longer." }
                    (choice("handoff", "To whom", form.text("handoff"), &choices))
                    (field.show_fault(fault.map(|it| it.message.as_str()), ""))
                    button { "Give it to them" }
                }
            }
        }
    }
}
