//! A week of somebody's hours: looked at, approved or given back; typed for a person who has not joined.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::people::load_person;
use offdesk_actions::timesheets::{Decision, Week, decide_week, load_week_of, save_week_for};
use offdesk_domain::Day;
use offdesk_domain::pay::WeekState;

use super::week_parts::{paid_beside, standing, week_form, week_of, week_table};
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::{Form, day_of};
use crate::desk::layout::{Field, desk_page, said, wrong};
use crate::desk::pages::next::may_edit;
use crate::desk::undecided::{decided, undecided};
use crate::words;

/// The day in the path.
fn day(ask: &Ask) -> Result<Day, Error> {
    let day = day_of("day", Some(ask.part("day")));
    day.ok().flatten().ok_or_else(|| Error::not_found("week"))
}

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(week_page(&ask, &Form::default(), None).await?)) })
}

async fn week_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let (person, day) = (ask.id("person")?, day(ask)?);
    let (week, has_joined) = ask
        .read(move |tx, actor, moment| {
            let week = load_week_of(tx, actor, person, Some(day), moment)?;
            let person = load_person(tx, actor, person, moment)?;
            Ok((week, person.row.account_id.is_some()))
        })
        .await?;
    let name = words::shown(&week.person, 80);
    let path = format!("/people/{person}/weeks/{}", week.monday);
    let note = match ask.query.text("done") {
        "decided" => "It is noted.",
        "kept" => "The hours are noted.",
        _ => "",
    };
    let body = html! {
        p { a href={ "/people/" (person) } { bdi { (name) } } }
        h1 { "Hours of " bdi { (name) } }
        (said(if error.is_none() { note } else { "" }))
        (wrong(error))
        p.lead { "Week of " (words::day(week.monday)) ": " (standing(week.state)) "." }
        @if week.lines.is_empty() && week.off.is_empty() { p { "No hours are typed." } } @else { (week_table(&week)) }
        (paid_beside(&week))
        @if !week.said.is_empty() { p { "Given back: " bdi { (words::shown(&week.said, 1000)) } } }
        @if may_edit(ask) && week.state == WeekState::Submitted { (decision(&path, &week, form, error)) }
        @if may_edit(ask) && week.state == WeekState::Approved { (reopening(&path, &week, form, error)) }
        @if may_edit(ask) && !has_joined && week.state.is_open() {
            section aria-labelledby="type" {
                h2 #type { "Type it for them" }
                @if week.handoffs.is_empty() { p { "Nothing is handed off to them by the hour." } }
                @else { (week_form(&week, &path, form, error)) }
            }
        }
    };
    Ok(desk_page(ask, &format!("Hours of {name}"), &body))
}

fn decision(path: &str, week: &Week, form: &Form, error: Option<&Error>) -> Markup {
    html! {
        form method="post" action={ (path) "/decision" } {
            input type="hidden" name="version" value=(week.version);
            (undecided())
            p { "Approved hours are earned at the terms of their day, and do not change any more." }
            @if week.twice().next().is_some() {
                label.choice { input type="checkbox" name="beside" value="1" checked[form.is_ticked("beside")]; " These are other hours than those that are paid with assignments" }
            }
            (Field { help: "Only where you give it back; they read it.", ..Field::text("said", "What is to be put right", form.text("said")) }.show(error))
            div.row {
                button name="decision" value="approve" { "Approve" }
                button.plain name="decision" value="return" { "Give it back" }
            }
        }
    }
}

fn reopening(path: &str, week: &Week, form: &Form, error: Option<&Error>) -> Markup {
    html! {
        details open[error.is_some()] {
            summary { "A day was forgotten" }
            p { "The week is given back, so that what is missing can be typed. What it has earned stays, and what is more is earned when you approve it again." }
            form method="post" action={ (path) "/decision" } {
                input type="hidden" name="version" value=(week.version);
                (Field { help: "They read it.", ..Field::text("said", "What is missing", form.text("said")) }.show(error))
                button.plain name="decision" value="return" { "Open it again" }
            }
        }
    }
}

/// Notes the hours of a person who has not joined.
pub fn save(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (person, day, form) = (ask.id("person")?, day(&ask)?, ask.form().await?);
        let done = match week_of(&form) {
            Ok(new) => {
                ask.write(move |tx, actor, moment| {
                    save_week_for(tx, actor, person, day, &new, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(week) => Ok(see(&format!(
                "/people/{person}/weeks/{}?done=kept",
                week.monday
            ))),
            Err(error) => again(&error, week_page(&ask, &form, Some(&error))).await,
        }
    })
}

fn decision_of(form: &Form) -> Result<Decision, Error> {
    match decided(form, "decision", "timesheet.decision")? {
        "approve" if form.is_ticked("beside") => Ok(Decision::ApproveBeside),
        "approve" => Ok(Decision::Approve),
        "return" => Ok(Decision::Return(form.text("said").to_owned())),
        _ => Err(
            Error::invalid("decision", "timesheet.decision", "this is no decision")
                .hint("it is  approve  or  return"),
        ),
    }
}

/// Approves a week, or gives it back.
pub fn decide(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (person, day, form) = (ask.id("person")?, day(&ask)?, ask.form().await?);
        let seen = form.version();
        let done = match decision_of(&form) {
            Ok(decision) => {
                ask.write(move |tx, actor, moment| {
                    decide_week(tx, actor, person, day, &decision, seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(week) => Ok(see(&format!(
                "/people/{person}/weeks/{}?done=decided",
                week.monday
            ))),
            Err(error) => again(&error, week_page(&ask, &form, Some(&error))).await,
        }
    })
}
