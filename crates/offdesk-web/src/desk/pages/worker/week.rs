//! A worker's own week: the hours they type, and where it stands.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::timesheets::{list_own_weeks, load_own_week, save_own_week};
use offdesk_domain::Day;
use offdesk_domain::pay::WeekState;

use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{desk_page, said, wrong};
use crate::desk::pages::pay::week_parts::{
    paid_beside, standing, week_form, week_of, week_table, weeks_table,
};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(own_week_page(&ask, &Form::default(), None).await?)) })
}

async fn own_week_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let day = if form.text("week").is_empty() {
        ask.query.day("week")?
    } else {
        form.day("week")?
    };
    let (week, all) = ask
        .read(move |tx, actor, moment| {
            let week = load_own_week(tx, actor, day, moment)?;
            Ok((week, list_own_weeks(tx, actor)?))
        })
        .await?;
    let note = match ask.query.text("done") {
        "complete" => "Your week is handed in. It is paid once it is approved.",
        "kept" => "Your hours are kept. Nobody is asked to look at them yet.",
        _ => "",
    };
    let (before, after) = (Day(week.monday.0 - 7), Day(week.monday.0 + 7));
    let body = html! {
        h1 { "Your week" }
        (said(if error.is_none() { note } else { "" }))
        (wrong(error))
        p.lead { "Week of " (words::day(week.monday)) ": " (standing(week.state)) "." }
        p { "Hours that belong to no assignment. Those you type into an assignment are paid with it." }
        p.actions {
            a.button.plain href="/my/hours" { "From a tracker" }
            a.button.plain href={ "/my/week?week=" (before) } { "The week before" }
            @if after <= week.today { a.button.plain href={ "/my/week?week=" (after) } { "The week after" } }
        }
        @if week.state == WeekState::Returned && !week.said.is_empty() { p.notice { "It was given back: " bdi { (words::shown(&week.said, 1000)) } } }
        (paid_beside(&week))
        @if !week.state.is_open() { (week_table(&week)) }
        @else if week.handoffs.is_empty() { p { "Nothing is handed off to you by the hour, so there is nothing to type." } }
        @else { (week_form(&week, &format!("/my/week?week={}", week.monday), form, error)) }
        @if !all.is_empty() {
            section aria-labelledby="weeks" {
                h2 #weeks { "Your weeks" }
                (weeks_table(&all, &|one| format!("/my/week?week={}", one.monday)))
            }
        }
    };
    Ok(desk_page(ask, "Your week", &body))
}

/// Notes the hours, and hands them in where that is said.
pub fn save(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let day = ask
            .query
            .day("week")?
            .ok_or_else(|| Error::not_found("week"))?;
        let is_complete = form.text("as") == "complete";
        let done = match week_of(&form) {
            Ok(new) => {
                ask.write(move |tx, actor, moment| save_own_week(tx, actor, day, &new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(week) => {
                let word = if is_complete { "complete" } else { "kept" };
                Ok(see(&format!("/my/week?week={}&done={word}", week.monday)))
            }
            Err(error) => again(&error, own_week_page(&ask, &form, Some(&error))).await,
        }
    })
}
