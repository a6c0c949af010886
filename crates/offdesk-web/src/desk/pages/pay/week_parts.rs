//! The hours of a week, as both sides see and type them: a part for each day, so that a phone is wide enough.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::seconds_of_hours;
use offdesk_actions::store::Uuid;
use offdesk_actions::timesheets::{NewLine, NewWeek, Week, WeekSummary};
use offdesk_domain::Day;
use offdesk_domain::pay::WeekState;

use super::parts::exact_hours;
use crate::desk::form::Form;
use crate::desk::layout::Field;
use crate::desk::undecided::harmless;
use crate::words;

/// Where a week stands, in words.
#[must_use]
pub fn standing(state: WeekState) -> &'static str {
    match state {
        WeekState::Open => "not handed in",
        WeekState::Submitted => "handed in, waits to be approved",
        WeekState::Approved => "approved",
        WeekState::Returned => "given back",
    }
}

fn weekday(day: Day) -> String {
    day.date().strftime("%A, %-d %B").to_string()
}

/// The name of the field of hours of a day under a handoff.
fn field(handoff: Uuid, day: Day) -> String {
    format!("h.{handoff}.{}", day.0)
}

/// The form of a week, with what was typed or what is kept.
pub fn week_form(week: &Week, path: &str, form: &Form, error: Option<&Error>) -> Markup {
    let typed = |name: &str, kept: Option<String>| form.text_or(name, &kept.unwrap_or_default());
    html! {
        form method="post" action=(path) {
            input type="hidden" name="version" value=(week.version);
            (harmless("as", "kept"))
            @for day in week.days().filter(|day| *day <= week.today) {
                fieldset {
                    legend { (weekday(day)) }
                    @for (handoff, activity) in &week.handoffs {
                        @let name = field(*handoff, day);
                        @let kept = week.time_of(*handoff, day).map(exact_hours);
                        (Field { class: "number", ..Field::text(&name, &format!("{}, hours", words::shown(activity, 80)), &typed(&name, kept)) }.show(None))
                    }
                    @let off = format!("off.{}", day.0);
                    label.choice { input type="checkbox" name=(off) value="1" checked[week.off.contains(&day) || form.is_ticked(&off)]; " I did not work" }
                }
            }
            @if week.working_days_to_come().next().is_some() {
                fieldset {
                    legend { "Still to come" }
                    @for day in week.working_days_to_come() {
                        @let off = format!("off.{}", day.0);
                        label.choice { input type="checkbox" name=(off) value="1" checked[week.off.contains(&day) || form.is_ticked(&off)]; " I will not work on " (weekday(day)) }
                    }
                }
            }
            @if let Some(error) = error.filter(|error| error.code == "timesheet.unsaid") {
                p.notice { "Forgotten, or not worked? " (crate::desk::errors::sentence(&error.message)) }
                label.choice { input type="checkbox" name="rest" value="1"; " I did not work on these days" }
            }
            @if form.is_ticked("rest") && error.is_some_and(|error| error.code != "timesheet.unsaid") { input type="hidden" name="rest" value="1"; }
            div.row {
                button name="as" value="complete" { "My week is complete" }
                button.plain name="as" value="kept" { "Keep it for now" }
            }
        }
    }
}

/// A week as it was typed.
///
/// # Errors
/// `form.hours`, `assignment.hours`.
pub fn week_of(form: &Form) -> Result<NewWeek, Error> {
    let mut new = NewWeek {
        rest_is_off: form.is_ticked("rest"),
        is_complete: form.text("as") == "complete",
        seen: form.version(),
        ..NewWeek::default()
    };
    for (name, value) in form.fields() {
        if let Some(day) = name.strip_prefix("off.") {
            new.off.extend(day.parse().ok().map(Day));
            continue;
        }
        let Some((handoff, day)) = name
            .strip_prefix("h.")
            .and_then(|rest| rest.split_once('.'))
        else {
            continue;
        };
        let (Ok(handoff), Ok(day)) = (Uuid::try_parse(handoff), day.parse()) else {
            continue;
        };
        if value.trim().is_empty() {
            continue;
        }
        let hours = crate::desk::form::hours("hours", value)?;
        let seconds = seconds_of_hours("hours", hours)?;
        if seconds > 0 {
            new.lines.push(NewLine {
                handoff,
                day: Day(day),
                seconds,
                note: String::new(),
            });
        }
    }
    Ok(new)
}

/// The hours of a week that cannot be typed into.
pub fn week_table(week: &Week) -> Markup {
    html! {
        table.rows {
            thead { tr { th scope="col" { "Day" } th scope="col" { "Activity" } th.figure scope="col" { "Hours" } } }
            tbody {
                @for line in &week.lines { tr {
                    th scope="row" { (weekday(line.day)) }
                    td data-label="Activity" { bdi { (words::shown(&line.activity, 120)) } }
                    td.figure data-label="Hours" { (exact_hours(line.time)) }
                } }
                @for day in &week.off { tr { th scope="row" { (weekday(*day)) } td data-label="Activity" { "not worked" } td.figure data-label="Hours" { "0" } } }
            }
            tfoot { tr { th scope="row" colspan="2" { "All" } td.figure data-label="All" { strong { (exact_hours(week.time())) } } } }
        }
    }
}

/// Hours of the week's days that are paid with assignments; nothing where there are none.
pub fn paid_beside(week: &Week) -> Markup {
    html! {
        @for it in &week.beside {
            p.notice { (exact_hours(it.time)) " h of " (weekday(it.ran.from)) @if it.ran.to != it.ran.from { " to " (weekday(it.ran.to)) } " (" bdi { (words::shown(&it.activity, 120)) } ") are paid with #" (it.assignment) "." }
        }
    }
}

/// Weeks in a list, each with the path of its page.
pub fn weeks_table(all: &[WeekSummary], path: &dyn Fn(&WeekSummary) -> String) -> Markup {
    html! {
        table.rows {
            thead { tr { th scope="col" { "Week from" } th scope="col" { "Who" } th.figure scope="col" { "Hours" } th scope="col" { "Stands" } } }
            tbody { @for one in all { tr {
                th scope="row" { a href=(path(one)) data-find { (words::day(one.monday)) } }
                td data-label="Who" { bdi { (words::shown(&one.person, 80)) } }
                td.figure data-label="Hours" { (exact_hours(one.time)) }
                td data-label="Stands" { (standing(one.state)) }
            } } }
        }
    }
}
