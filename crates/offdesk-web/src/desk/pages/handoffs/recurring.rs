//! Work of a handoff that comes back by itself: when it is due next, a new rule, the end of one.

use jiff::civil::{DateTime, Weekday};
use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::recurring::{
    NewRecurrence, RecurrenceChange, RecurrenceDetail, change_recurrence, check_recurrence_of,
    create_recurrence, days_off, start_of, stop_recurrence,
};
use offdesk_actions::handoffs::Handoff;
use offdesk_domain::recurrence::{WEEKDAYS, in_words, left_out};

use super::one::handoff_page;
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::{again, sentence};
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, choice, moment};
use crate::desk::once::{make_once, once_field};
use crate::desk::pages::next::may_edit;
use crate::words;

/// The ways of coming back that a list offers; the day is that of the first time.
const WAYS: [(&str, &str); 7] = [
    ("weekly", "every week on this day"),
    ("fortnightly", "every second week on this day"),
    ("weekdays", "every weekday"),
    ("daily", "every day"),
    ("monthly", "every month on this date"),
    ("month_end", "on the last day of every month"),
    ("rule", "by a rule of my own, below"),
];

/// What comes back under a handoff, and the way to let something come back.
pub(super) fn section(
    ask: &Ask,
    handoff: &Handoff,
    (all, zone): (&[RecurrenceDetail], &str),
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    let may_edit = may_edit(ask);
    html! {
        section aria-labelledby="recurrences" {
            h2 #recurrences { "Comes back by itself" }
            @if all.is_empty() { p { "Nothing yet: each time is given by hand." } }
            @if !handoff.state.is_agreed() && all.iter().any(|it| it.row.state == "active") {
                p { "Nothing of it is given until the handoff is accepted." }
            }
            @for one in all { (recurrence(one, may_edit)) }
            @if may_edit && handoff.state.is_agreed() { (adding(&handoff.row.id.to_string(), (ask, zone), form, error)) }
        }
    }
}

fn recurrence(detail: &RecurrenceDetail, may_stop: bool) -> Markup {
    let row = &detail.row;
    let is_active = row.state == "active";
    let rule = in_words(&row.rule).unwrap_or_else(|| row.rule.clone());
    html! {
        div.card {
            p {
                strong { (words::capital(&words::shown(&rule, 200))) }
                @if !row.title.is_empty() { ": " bdi { (words::shown(&row.title, 160)) } }
                @if !is_active { " " span.tag { "stopped" } }
            }
            @if is_active {
                p { small { "Given " (words::count(u64::try_from(row.lead_hours).unwrap_or(0), "hour", "hours")) " before it is due, on the clock of " (words::shown(&row.zone, 60)) (off(detail)) "." } }
                @if let Some(gap) = left_out(&row.rule) { p { small { (sentence(&gap)) } } }
                @if detail.next.is_empty() { p { "It has come for the last time." } } @else {
                    p { "Due next:" }
                    ul { @for next in &detail.next { li { (moment(next.at.as_microsecond(), Some(&row.zone))) } } }
                }
                @if may_stop && is_active {
                    details { summary { "On the clock of another zone, or other days off" }
                        form method="post" action={ "/handoffs/" (row.handoff_id) "/recurrences/" (row.id) "/zone" } {
                            input type="hidden" name="version" value=(row.version);
                            @let name = format!("zone-{}", row.id);
                            div.field { label for=(name) { "Zone" } p.help { "The hour on the clock stays as it is" @if let Some(next) = detail.next.first() { ": " (next.wall.strftime("%-H:%M").to_string()) " there" } "." } input id=(name) name="zone" type="text" autocomplete="off" required value=(row.zone); }
                            @let name = format!("days-off-{}", row.id);
                            div.field { label for=(name) { "Days off" } p.help { "SA and SU for days of the week, dates such as 2026-12-25, with blanks between them; empty for none." } input id=(name) name="days_off" type="text" autocomplete="off" value=(detail.days_off()); }
                            button.plain { "Change it" }
                        }
                    }
                }
                @if may_stop {
                    form method="post" action={ "/handoffs/" (row.handoff_id) "/recurrences/" (row.id) "/end" } {
                        input type="hidden" name="version" value=(row.version);
                        button.away { "Let it come back no more" }
                    }
                }
            }
        }
    }
}

/// The days on which it does not fall, in words.
fn off(detail: &RecurrenceDetail) -> String {
    let row = &detail.row;
    let weekdays = (0..)
        .zip(WEEKDAYS)
        .filter(|(bit, _)| row.off_weekdays >> bit & 1 == 1);
    let mut all: Vec<String> = weekdays.map(|(_, name)| weekday(name).to_owned()).collect();
    let days = row.off_days.split_whitespace();
    all.extend(days.map(str::to_owned));
    if all.is_empty() {
        return String::new();
    }
    format!(", not on {}", words::listed(&all))
}

fn weekday(short: &str) -> &'static str {
    match short {
        "MO" => "Mondays",
        "TU" => "Tuesdays",
        "WE" => "Wednesdays",
        "TH" => "Thursdays",
        "FR" => "Fridays",
        "SA" => "Saturdays",
        _ => "Sundays",
    }
}

fn adding(handoff: &str, (ask, zone): (&Ask, &str), form: &Form, error: Option<&Error>) -> Markup {
    let error = error.filter(|it| {
        it.code.starts_with("recurrence.") || matches!(it.field, "start" | "rule" | "days_off")
    });
    html! {
        details open[error.is_some()] { summary { "Let it come back" }
            form method="post" action={ "/handoffs/" (handoff) "/recurrences" } {
                (once_field(ask, form))
                (Field { kind: "datetime-local", is_needed: true, help: "It is due then the first time, and at this hour each time.", ..Field::text("start", "The first time", form.text("start")) }.show(error))
                (choice("way", "How often", form.text("way"), &WAYS))
                (Field { help: "Only where nothing of the list fits, as calendars write it: FREQ=MONTHLY;BYDAY=1MO is the first Monday of a month.", ..Field::text("rule", "A rule of my own (optional)", form.text("rule")) }.show(error))
                (Field { is_needed: true, ..Field::text("zone", "On the clock of", &form.text_or("zone", zone)) }.show(error))
                (Field { help: "SA and SU for days of the week, dates such as 2026-12-25 for holidays, with blanks between them. It is left out on them.", ..Field::text("days_off", "Days off (optional)", form.text("days_off")) }.show(error))
                (Field { class: "number", ..Field::text("lead_hours", "Hours before, at which it is given", &form.text_or("lead_hours", "48")) }.show(error))
                (Field::text("title", "What is done (optional)", form.text("title")).show(error))
                (Area { name: "note", label: "What they should know each time (optional)", help: "", value: form.raw("note"), rows: 2 }.show(error))
                button { "Let it come back" }
            }
        }
    }
}

/// The rule that is chosen, from the day of the first time.
fn rule_of(way: &str, own: &str, start: DateTime) -> String {
    let on = match start.weekday() {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    };
    match way {
        "fortnightly" => format!("FREQ=WEEKLY;INTERVAL=2;BYDAY={on}"),
        "weekdays" => "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR".to_owned(),
        "daily" => "FREQ=DAILY".to_owned(),
        "monthly" => format!("FREQ=MONTHLY;BYMONTHDAY={}", start.day()),
        "month_end" => "FREQ=MONTHLY;BYMONTHDAY=-1".to_owned(),
        "rule" => own.to_owned(),
        _ => format!("FREQ=WEEKLY;BYDAY={on}"),
    }
}

fn new_of(form: &Form) -> Result<NewRecurrence, Error> {
    let start = start_of(form.text("start"))?;
    if !form.text("rule").is_empty() && form.text("way") != "rule" {
        let message = "a rule of your own is typed, and another way is chosen";
        return Err(Error::invalid("rule", "recurrence.way", message)
            .hint("choose \"by a rule of my own\", or empty the rule"));
    }
    let words = form.text("days_off").split([' ', ',', ';']);
    let (off_weekdays, off_days) = days_off(words)?;
    let typed = form.text("lead_hours");
    let lead_hours = typed.parse().map_err(|_| {
        let shown = words::shown(typed, 40);
        Error::invalid(
            "lead_hours",
            "recurrence.lead",
            format!("\"{shown}\" is no number of hours"),
        )
    })?;
    Ok(NewRecurrence {
        title: form.text("title").to_owned(),
        note: form.raw("note").to_owned(),
        rule: rule_of(form.text("way"), form.text("rule"), start),
        start: Some(start),
        zone: form.text("zone").to_owned(),
        off_weekdays,
        off_days,
        lead_hours,
    })
}

/// Lets work come back.
pub fn repeat(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let done = match new_of(&form) {
            Ok(new) => {
                make_once(&ask, &form, move |tx, actor, moment| {
                    create_recurrence(tx, actor, id, &new, moment)?;
                    Ok(format!("/handoffs/{id}?done=repeats"))
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(path) => Ok(see(&path)),
            Err(error) => again(&error, handoff_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Ends a recurrence; what was given stays.
pub fn end_repeat(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, recurrence) = (ask.id("handoff")?, ask.id("recurrence")?);
        let form = ask.form().await?;
        let seen = form.version();
        let done = ask
            .write(move |tx, actor, moment| {
                check_recurrence_of(tx, actor, id, recurrence)?;
                stop_recurrence(tx, actor, recurrence, seen, moment)
            })
            .await;
        match done {
            Ok(_) => Ok(see(&format!("/handoffs/{id}?done=stopped"))),
            Err(error) => again(&error, handoff_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// What is changed of one: its zone, and its days off where the form has them.
fn change_of(form: &Form) -> Result<RecurrenceChange, Error> {
    let off = form.all("days_off").next();
    let off = off.map(|typed| days_off(typed.split([' ', ',', ';'])));
    Ok(RecurrenceChange {
        zone: Some(form.text("zone").to_owned()),
        days_off: off.transpose()?,
    })
}

/// Moves a recurrence to the clock of another zone, or gives it other days off.
pub fn move_repeat(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, recurrence) = (ask.id("handoff")?, ask.id("recurrence")?);
        let form = ask.form().await?;
        let seen = form.version();
        let done = match change_of(&form) {
            Ok(change) => {
                ask.write(move |tx, actor, moment| {
                    check_recurrence_of(tx, actor, id, recurrence)?;
                    change_recurrence(tx, actor, recurrence, change, seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see(&format!("/handoffs/{id}?done=zone"))),
            // What was typed is of this form, and would fill in the others.
            Err(error) => again(&error, handoff_page(&ask, &Form::default(), Some(&error))).await,
        }
    })
}
