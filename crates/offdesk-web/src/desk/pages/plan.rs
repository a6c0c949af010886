//! Who should do what: a plan from the desk's own people, activities and options, or from a problem that is pasted.

mod found;

use std::sync::Arc;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::next::problem::problem_of;
use offdesk_actions::next::rank;
use offdesk_actions::plan::{Found, Planning};

use super::next::without;
use crate::desk::api::{PlanTerms, desk_people, plan_limits_of, solve_plan, while_awaited};
use crate::desk::ask::{Answer, Ask, page as shown, page_with};
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, desk_page, wrong};
use crate::words;

/// The largest form that is read: a problem of some megabytes, with its signs written as three.
const LARGEST: usize = 16 << 20;
/// A problem that is longer is for the command line.
const LONGEST_SHOWN: usize = 60_000;

/// What a page is about: a problem as text, and the plan of it.
struct Planned {
    problem: String,
    found: Result<(Planning, Found), Error>,
}

/// The plan of the desk.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        let people = desk_people(&ask).await?;
        let limits = match plan_limits_of(&ask.query) {
            Ok(limits) => limits,
            Err(error) => {
                let body = html! {
                    (head())
                    h1 { "Who should do what?" }
                    (wrong(Some(&error)))
                    (form(&ask.query, Some(&error)))
                };
                return Ok(page_with(status_of(&error), desk_page(&ask, "Plan", &body)));
            }
        };
        let (moment, at) = (ask.desk.moment, Arc::clone(&hours));
        let planned = while_awaited(move |gone| {
            let Some(list) = rank(&at).filter(|_| !at.is_empty()) else {
                return Ok(None);
            };
            let problem = problem_of(&at, &list, &people, limits);
            let problem = serde_json::to_string_pretty(&problem).unwrap_or_default();
            let found = planned(&problem, moment, gone);
            Ok(Some(Planned { problem, found }))
        })
        .await?;
        let body = match planned {
            None => without(&hours),
            Some(planned) => whole(&ask, &planned, &ask.query),
        };
        Ok(shown(desk_page(&ask, "Plan", &body)))
    })
}

/// The plan of a problem that was pasted; nothing of it is kept.
pub fn paste(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = Form::parse(&ask.bytes_up_to(LARGEST).await?);
        let problem = form.raw("problem").to_owned();
        let moment = ask.desk.moment;
        let planned = while_awaited(move |gone| {
            let found = planned(&problem, moment, gone);
            Ok(Planned { problem, found })
        })
        .await?;
        let body = whole(&ask, &planned, &Form::default());
        let page = desk_page(&ask, "Plan", &body);
        Ok(match &planned.found {
            Ok(_) => shown(page),
            Err(error) => page_with(status_of(error), page),
        })
    })
}

fn planned(
    problem: &str,
    moment: fn() -> offdesk_actions::Moment,
    gone: &std::sync::atomic::AtomicBool,
) -> Result<(Planning, Found), Error> {
    let planning = Planning::parse(problem).map_err(about_problem)?;
    let found = solve_plan(&planning, PlanTerms::of_page(), moment, gone).map_err(about_problem)?;
    Ok((planning, found))
}

/// Stands beside the field it came from.
fn about_problem(error: impl Into<Error>) -> Error {
    Error {
        field: "problem",
        ..error.into()
    }
}

fn head() -> Markup {
    html! { p { a href="/next" { "Next" } } }
}

fn whole(ask: &Ask, planned: &Planned, query: &Form) -> Markup {
    let is_of_desk = ask.method == axum::http::Method::GET;
    let error = planned.found.as_ref().err();
    html! {
        (head())
        @match &planned.found {
            Ok((_, found)) => (found::headline(&found.plan)),
            Err(_) => h1 { "Who should do what?" },
        }
        (wrong(error))
        (form(query, None))
        @if let Ok((planning, found)) = &planned.found { (found::found(planning, found)) }
        @if is_of_desk {
            p.quiet { "From the people of your desk and the options of what pays on " a href="/next" { "Next" } ": what each brings in a week is its net value over the weeks of its decision, at the likeliest figures. What people already do for you is not taken off their hours." }
        }
        (pasted(planned, error))
    }
}

fn form(query: &Form, error: Option<&Error>) -> Markup {
    let number = |name, label, help| Field {
        class: "number",
        help,
        ..Field::text(name, label, query.text(name))
    };
    html! {
        form.row method="get" action="/plan" {
            (number("cash_per_week", "Cash a week, at most", "Empty: no limit").show(error))
            (number("owner_setup_hours", "Your hours for set-ups, in all", "Empty: no limit").show(error))
            button.plain { "Plan with my desk" }
        }
    }
}

/// The problem itself, to be changed and planned again.
fn pasted(planned: &Planned, error: Option<&Error>) -> Markup {
    let is_short = planned.problem.len() <= LONGEST_SHOWN;
    let area = Area {
        name: "problem",
        label: "People, activities and limits as JSON",
        help: "The problem of offdesk plan: change hours, require an activity, forbid a pair. Nothing of it is kept.",
        value: if is_short { &planned.problem } else { "" },
        rows: 18,
    };
    html! {
        details open[error.is_some()] {
            summary { "Change the problem, or paste one" }
            @if !is_short { p { "It is " (words::count(u64::try_from(planned.problem.len() / 1_000).unwrap_or(0), "kilobyte", "kilobytes")) " long and not shown here." } }
            form method="post" action="/plan" {
                (area.show(error))
                button { "Plan it" }
            }
        }
    }
}
