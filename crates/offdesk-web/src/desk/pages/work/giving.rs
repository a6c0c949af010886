//! Giving something: under which handoff, when it is due, at which price, and what they have of what its blueprint needs.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::inputs::{GivenInput, NewInput, WithoutInput, inputs_of_handoff};
use offdesk_actions::assignments::{NewAssignment, give_assignment, moment_of};
use offdesk_actions::handoffs::HandoffSummary;
use offdesk_actions::store::{Tx, Uuid};

use super::{work_page, zone_of};
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, choice, wrong};
use crate::desk::pages::worker::assignment::{Beside, receive_beside};
use crate::words;

/// What a handoff needs for the next that is given under it.
#[derive(Debug, Default)]
pub(super) struct Needed {
    handoff: String,
    inputs: Vec<(String, bool)>,
}

/// What the handoff that is chosen needs, or the only one there is.
pub(super) fn needed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoffs: &[HandoffSummary],
    chosen: &str,
) -> Result<Needed, Error> {
    let chosen = Uuid::try_parse(chosen).ok();
    let found = match (handoffs, chosen) {
        ([only], None) => Some(only),
        (all, chosen) => all.iter().find(|it| Some(it.handoff.row.id) == chosen),
    };
    let Some(found) = found.map(|it| it.handoff.row.id) else {
        return Ok(Needed::default());
    };
    Ok(Needed {
        handoff: found.to_string(),
        inputs: inputs_of_handoff(tx, actor, found)?,
    })
}

pub(super) fn giving(
    handoffs: &[HandoffSummary],
    needed: &Needed,
    form: &Form,
    error: Option<&Error>,
    zone: &str,
) -> Markup {
    let choices = handoffs.iter().map(|it| {
        let (activity, person) = (words::shown(&it.activity, 80), words::shown(&it.person, 60));
        let id = it.handoff.row.id.to_string();
        (id, format!("{activity} to {person}"))
    });
    let choices: Vec<(String, String)> = choices.collect();
    let help = format!("On the clock of {zone}.");
    let due = Field {
        kind: "datetime-local",
        help: &help,
        is_needed: true,
        ..Field::text("due", "Due", form.text("due"))
    };
    let answer_by = Field {
        kind: "datetime-local",
        help: "By when they say whether they take it; the due date where nothing is said.",
        ..Field::text("answer_by", "Answer by (optional)", form.text("answer_by"))
    };
    let amount = Field {
        class: "number",
        help: "Another price than the one agreed in the handoff, for its unit.",
        ..Field::text("amount", "Price this time (optional)", form.text("amount"))
    };
    html! {
        section aria-labelledby="give" {
            h2 #give { "Give something" }
            @if choices.is_empty() {
                p { "Work is given under a handoff that somebody has accepted. " a href="/handoffs/new" { "Hand off an activity" } "." }
            } @else {
                form method="post" action="/work" enctype="multipart/form-data" {
                    (choice("handoff", "What, to whom", &needed.handoff, &choices))
                    (due.show(error))
                    (Field::text("title", "What is done this time (optional)", form.text("title")).show(error))
                    (Area { name: "note", label: "What they should know (optional)", help: "", value: form.raw("note"), rows: 3 }.show(error))
                    (answer_by.show(error))
                    (amount.show(error))
                    @if needed.inputs.is_empty() { p.help { "What its blueprint needs is asked for next, where it needs something." } }
                    @else { (asked_for(&needed.inputs, form, error.is_some())) }
                    @if error.is_some_and(|it| it.code == "assignment.inputs") { (wrong(error)) }
                    button { "Give it" }
                }
            }
        }
    }
}

/// What the blueprint needs, each to be ticked or given. What was said stays only where it was said of the same input.
fn asked_for(inputs: &[(String, bool)], form: &Form, is_refused: bool) -> Markup {
    let is_same = |place: usize, name: &str| {
        let said = form.text(&format!("input-{place}"));
        said.split_whitespace().eq(name.split_whitespace())
    };
    html! {
        fieldset {
            legend { "What its blueprint needs" }
            p.help { "Tick what they have already, or give a link or a file. It stands at the top of what they get." }
            @if is_refused { p.help { "Choose files again: what is refused keeps none." } }
            @for (place, (name, is_required)) in inputs.iter().enumerate() {
                @let is_same = is_same(place, name);
                @let (input, have, link, file) = (format!("input-{place}"), format!("have-{place}"), format!("link-{place}"), format!("file-{place}"));
                fieldset {
                    legend { bdi { (words::shown(name, 200)) } @if !is_required { " (optional)" } }
                    input type="hidden" name=(input) value=(name);
                    label.choice { input type="checkbox" name=(have) value="1" checked[is_same && form.is_ticked(&have)]; " They have it" }
                    div.row {
                        div.field { label for=(link) { "Link" } input id=(link) name=(link) type="url" autocomplete="off" value=(if is_same { form.text(&link) } else { "" }); }
                        div.field { label for=(file) { "File" } input id=(file) name=(file) type="file"; }
                    }
                }
            }
        }
    }
}

/// What was said of the inputs: a file goes before a link, a link before a tick.
fn inputs_of(form: &Form, mut files: Vec<Beside>) -> Vec<NewInput> {
    let names = form.fields().filter_map(|(field, name)| {
        let place = field.strip_prefix("input-")?;
        Some((place.to_owned(), name.to_owned()))
    });
    let inputs = names.filter_map(|(place, name)| {
        let is_of = |it: &Beside| it.field.strip_prefix("file-") == Some(place.as_str());
        let link = form.text(&format!("link-{place}")).to_owned();
        let given = match files.iter().position(is_of) {
            Some(at) => {
                let file = files.swap_remove(at);
                GivenInput::File {
                    name: file.name,
                    bytes: file.bytes,
                }
            }
            None if !link.is_empty() => GivenInput::Link(link),
            None if form.is_ticked(&format!("have-{place}")) => GivenInput::Have,
            None => return None,
        };
        Some(NewInput { name, given })
    });
    inputs.collect()
}

fn new_of(form: &Form, files: Vec<Beside>, zone: &str) -> Result<(Uuid, NewAssignment), Error> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let handoff = Uuid::try_parse(form.text("handoff")).map_err(|_| Error::not_found("handoff"))?;
    let moment = |field: &'static str| -> Result<Timestamp, Error> {
        moment_of(field, form.text(field), Some(&zone))
    };
    let answer_by = match form.text("answer_by") {
        "" => None,
        _ => Some(moment("answer_by")?),
    };
    let amount = form.text("amount");
    let new = NewAssignment {
        due: Some(moment("due")?),
        title: form.text("title").to_owned(),
        note: form.raw("note").to_owned(),
        answer_by,
        amount: (!amount.is_empty()).then(|| amount.to_owned()),
        inputs: inputs_of(form, files),
        without: WithoutInput::Refused,
    };
    Ok((handoff, new))
}

/// Gives an assignment.
pub fn give(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let zone = ask.read(|tx, actor, _| zone_of(tx, actor)).await?;
        let (form, received) = match receive_beside(&mut ask).await {
            Ok((form, files)) => (form, Ok(files)),
            Err(error) => (Form::default(), Err(error)),
        };
        let new = received.and_then(|files| new_of(&form, files, &zone));
        let done = match new {
            Ok((handoff, new)) => {
                ask.write(move |tx, actor, moment| {
                    give_assignment(tx, actor, handoff, &new, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see("/work?given=1")),
            Err(error) => again(&error, work_page(&ask, &form, Some(&error))).await,
        }
    })
}
