//! Giving something: under which handoff, when it is due, at which price, and what they have of what its blueprint needs.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::inputs::{GivenInput, NewInput, WithoutInput, inputs_of_handoff};
use offdesk_actions::assignments::sending::{drop_input_file, list_input_files};
use offdesk_actions::assignments::{NewAssignment, give_assignment, moment_of};
use offdesk_actions::handoffs::HandoffSummary;
use offdesk_actions::store::uploads::UploadRow;
use offdesk_actions::store::{Tx, Uuid};
use offdesk_domain::Day;

use super::{work_page, zone_of};
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::{again, sentence};
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, choice, said, wrong};
use crate::desk::once::{make_once, once_field};
use crate::desk::pages::worker::assignment::{Purpose, receive};
use crate::words;

/// What a handoff needs for the next that is given under it.
#[derive(Debug, Default)]
pub(super) struct Needed {
    handoff: String,
    inputs: Vec<(String, bool)>,
    /// Files of a form that was refused: they are here and wait to be given.
    kept: Vec<UploadRow>,
}

/// A form that was refused, with what is wrong with each file; empty where none was sent.
#[derive(Default)]
pub(super) struct Refused {
    pub(super) form: Form,
    pub(super) error: Option<Error>,
    faults: Vec<(String, Error)>,
}

/// The files a form says are here.
fn kept_of(form: &Form) -> Vec<Uuid> {
    let all = form.fields();
    let kept = all.filter(|(name, _)| name.starts_with("kept-"));
    kept.filter_map(|(_, id)| Uuid::try_parse(id).ok())
        .collect()
}

/// What the handoff that is chosen needs, or the only one there is.
pub(super) fn needed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoffs: &[HandoffSummary],
    (chosen, form): (&str, &Form),
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
        kept: list_input_files(tx, actor, &kept_of(form))?,
    })
}

pub(super) fn giving(
    handoffs: &[HandoffSummary],
    off: &BTreeMap<Uuid, Day>,
    needed: &Needed,
    refused: &Refused,
    (ask, zone): (&Ask, &str),
) -> Markup {
    let (form, error) = (&refused.form, refused.error.as_ref());
    let choices = handoffs.iter().map(|it| {
        let (activity, person) = (words::shown(&it.activity, 80), words::shown(&it.person, 60));
        let id = it.handoff.row.id.to_string();
        let back = words::off(off.get(&it.handoff.row.person_id).copied());
        (id, format!("{activity} to {person}{back}"))
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
                    (once_field(ask, form))
                    (choice("handoff", "What, to whom", &needed.handoff, &choices))
                    (due.show(error))
                    (Field::text("title", "What is done this time (optional)", form.text("title")).show(error))
                    (Area { name: "note", label: "What they should know (optional)", help: "", value: form.raw("note"), rows: 3 }.show(error))
                    (answer_by.show(error))
                    (amount.show(error))
                    @if needed.inputs.is_empty() { p.help { "What its blueprint needs is asked for next, where it needs something." } }
                    @else { (asked_for(needed, refused)) }
                    @if error.is_some_and(|it| it.code == "assignment.inputs") { (wrong(error)) }
                    button { "Give it" }
                }
            }
        }
    }
}

/// What is said after it was given: where whoever does it is off, until when.
pub(super) fn given(ask: &Ask) -> Markup {
    if !ask.query.is_ticked("given") {
        return html! {};
    }
    let back = ask.query.text("off").parse::<Date>().ok();
    html! {
        (said("It is given."))
        (off_line(back.map(Day::from_date)))
    }
}

/// That somebody is off.
pub(in super::super) fn off_line(back: Option<Day>) -> Markup {
    html! { @if let Some(back) = back { p { "They are off, and back on " (words::day(back)) "." } } }
}

/// What the blueprint needs, each to be ticked or given. What was said stays only where it was said of the same input.
fn asked_for(needed: &Needed, refused: &Refused) -> Markup {
    html! {
        fieldset {
            legend { "What its blueprint needs" }
            p.help { "Tick what they have already, or give a link or a file of up to 100 MB. It stands at the top of what they get." }
            @if !needed.kept.is_empty() { p.help { "Files that have come stay for a day: they need not be chosen again." } }
            @for (place, input) in needed.inputs.iter().enumerate() { (one_input(place, input, &needed.kept, refused)) }
        }
    }
}

fn one_input(
    place: usize,
    (name, is_required): &(String, bool),
    kept: &[UploadRow],
    refused: &Refused,
) -> Markup {
    let form = &refused.form;
    let of = |what: &str| format!("{what}-{place}");
    let said = form.text(&of("input"));
    let is_same = said.split_whitespace().eq(name.split_whitespace());
    let (have, link, file) = (of("have"), of("link"), of("file"));
    let there = form.text(&of("kept"));
    let there = kept.iter().find(|it| is_same && it.id.to_string() == there);
    let fault = refused.faults.iter().find(|(field, _)| *field == file);
    let described = fault.map(|_| of("fault"));
    html! {
        fieldset {
            legend { bdi { (words::shown(name, 200)) } @if !is_required { " (optional)" } }
            input type="hidden" name=(of("input")) value=(name);
            label.choice { input type="checkbox" name=(have) value="1" checked[is_same && form.is_ticked(&have)]; " They have it" }
            @if let Some(there) = there {
                label.choice { input type="checkbox" name=(of("kept")) value=(there.id) checked; " " span { "The file " bdi { (words::shown(&there.file, 120)) } ", " (words::size(there.length)) ", which has come" } }
            }
            div.row {
                div.field { label for=(link) { "Link" } input id=(link) name=(link) type="url" autocomplete="off" value=(if is_same { form.text(&link) } else { "" }); }
                div.field {
                    label for=(file) { @if there.is_some() { "Another file" } @else { "File" } }
                    input id=(file) name=(file) type="file" aria-invalid=[fault.map(|_| "true")] aria-describedby=[described.as_deref()];
                    @if let Some((_, error)) = fault { p.fault id=(of("fault")) { (sentence(&error.message)) } }
                }
            }
        }
    }
}

/// What was said of the inputs: a file goes before a link, a link before a tick.
fn inputs_of(form: &Form) -> Vec<NewInput> {
    let names = form.fields().filter_map(|(field, name)| {
        let place = field.strip_prefix("input-")?;
        Some((place.to_owned(), name.to_owned()))
    });
    let inputs = names.filter_map(|(place, name)| {
        let link = form.text(&format!("link-{place}")).to_owned();
        let given = match Uuid::try_parse(form.text(&format!("kept-{place}"))) {
            Ok(file) => GivenInput::Sent(file),
            Err(_) if !link.is_empty() => GivenInput::Link(link),
            Err(_) if form.is_ticked(&format!("have-{place}")) => GivenInput::Have,
            Err(_) => return None,
        };
        Some(NewInput { name, given })
    });
    inputs.collect()
}

/// A form that says of each file that has come that it is here. Whichever was here before in its place is dropped.
async fn with_files(ask: &Ask, form: &Form, files: Vec<(String, Uuid)>) -> Form {
    let all = form.fields();
    let all = all.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut fields: Vec<(String, String)> = all.collect();
    for (field, id) in files {
        let kept = format!("kept-{}", field.strip_prefix("file-").unwrap_or_default());
        if let Ok(before) = Uuid::try_parse(form.text(&kept)) {
            // What cannot be dropped now is dropped after a day.
            let _ = ask
                .write(move |tx, actor, _| drop_input_file(tx, actor, before))
                .await;
        }
        fields.retain(|(name, _)| *name != kept);
        fields.push((kept, id.to_string()));
    }
    Form::of(fields)
}

fn new_of(form: &Form, zone: &str) -> Result<(Uuid, NewAssignment), Error> {
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
        inputs: inputs_of(form),
        without: WithoutInput::Refused,
    };
    Ok((handoff, new))
}

/// Gives an assignment.
pub fn give(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let zone = ask.read(|tx, actor, _| zone_of(tx, actor)).await?;
        let received = receive(&mut ask, Purpose::Input).await;
        let form = with_files(&ask, &received.form, received.files).await;
        let fault = received.faults.first().map(|(_, error)| error.clone());
        let new = fault.map_or_else(|| new_of(&form, &zone), Err);
        let done = match new {
            Ok((handoff, new)) => {
                make_once(&ask, &form, move |tx, actor, moment| {
                    let given = give_assignment(tx, actor, handoff, &new, moment)?;
                    Ok(match given.off_until {
                        Some(back) => format!("/work?given=1&off={back}"),
                        None => "/work?given=1".to_owned(),
                    })
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(path) => Ok(see(&path)),
            Err(error) => {
                let refused = Refused {
                    form,
                    error: Some(error.clone()),
                    faults: received.faults,
                };
                again(&error, work_page(&ask, &refused)).await
            }
        }
    })
}
