//! In which order to hand over: week by week, with the picture.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::hours::Hours;
use offdesk_actions::next::rollout::{RolloutPlan, RolloutTerms, roll_out};
use offdesk_actions::next::{NextList, rank};
use rust_decimal::prelude::ToPrimitive;

use super::next::without;
use crate::chart::rollout::{Bar, rollout};
use crate::decision::figures::exact;
use crate::desk::ask::{Answer, Ask, page as shown, page_with};
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let (hours, query) = (ask.hours().await?, ask.query.clone());
        // Thousands of orders are no work for a thread that serves others.
        let (body, error) = Ask::apart(move || Ok(body(&hours, &query))).await?;
        let page = desk_page(&ask, "Roll-out", &body);
        Ok(match error {
            Some(error) => page_with(status_of(&error), page),
            None => shown(page),
        })
    })
}

/// What stands on the page, and what is wrong with the terms.
fn body(hours: &Hours, query: &Form) -> (Markup, Option<Error>) {
    let Some(list) = rank(hours).filter(|_| !hours.is_empty()) else {
        return (without(hours), None);
    };
    let (terms, error) = match terms_of(query) {
        Ok(terms) => (terms, None),
        Err(error) => (RolloutTerms::default(), Some(error)),
    };
    let plan = roll_out(&list, terms);
    let body = html! {
        p { a href="/next" { "Next" } }
        @match &plan {
            Some(plan) => {
                (headline(&list, plan))
                (wrong(error.as_ref()))
                (form(query, error.as_ref()))
                @if !plan.best.order.is_empty() {
                    (picture(plan))
                    (order(plan))
                    (weeks(&list, plan))
                }
                (not_within(plan))
            }
            None => {
                h1 { "Nothing to put in order yet" }
                p { "Nothing on the list pays back its set-up within the year." }
            }
        }
    };
    (body, error)
}

/// The terms as typed; empty ones are the usual.
///
/// # Errors
/// `form.amount`, `next.roll_out`.
pub fn terms_of(form: &Form) -> Result<RolloutTerms, Error> {
    let usual = RolloutTerms::default();
    let number = |name: &'static str| {
        let typed = form.amount(name)?;
        Ok::<Option<f64>, Error>(typed.map(|number| number.to_f64().unwrap_or(f64::NAN)))
    };
    let weeks = match form.text("weeks") {
        "" => usual.weeks,
        text => text.parse().map_err(|_| {
            Error::invalid(
                "weeks",
                "next.roll_out",
                "the weeks to look ahead are a whole number",
            )
        })?,
    };
    RolloutTerms {
        owner_hours: number("owner_hours")?.unwrap_or(usual.owner_hours),
        weeks,
        reinvested: number("reinvested")?.unwrap_or(usual.reinvested),
    }
    .checked()
}

fn name(plan: &RolloutPlan<'_, '_>, at: usize) -> String {
    let next = plan.activities.get(at);
    next.map_or(String::new(), |next| {
        words::shown(&next.judged.activity.name, 80)
    })
}

fn headline(list: &NextList<'_>, plan: &RolloutPlan<'_, '_>) -> Markup {
    let currency = list.audit.worth.currency;
    let money = |value: f64| words::about(exact(value), currency);
    let first = plan.best.order.first().copied();
    let live = first.and_then(|at| plan.best.live_from_week.get(at).copied().flatten());
    let ahead = words::count(u64::from(plan.terms.weeks), "week", "weeks");
    if plan.best.order.is_empty() {
        return html! {
            h1 { "Within " (ahead) " no set-up is paid back" }
            p.lead { "With " (words::hours_long(exact(plan.terms.owner_hours))) " of yours a week nothing on the list would be square by then." }
            (would_do(plan))
        };
    }
    html! {
        h1 { "Start with " bdi { (first.map_or(String::new(), |at| name(plan, at))) } @if let Some(week) = live { ": live in week " (week) } }
        p.lead {
            "In this order it brings about " b { (money(plan.best.value)) } " in " (ahead)
            ", with " (words::hours_long(exact(plan.terms.owner_hours))) " of yours a week for setting up: "
            (money(plan.before_set_up())) " less " (money(plan.best.setup_cost)) " for the set-ups, your hours in them included."
        }
        @if plan.is_quick_win_first() {
            p { "A quick win goes first: its hours fund the next. Beginning with the largest gain would bring about " (money(plan.by_gain)) "." }
        }
    }
}

/// What would have something begun, as links.
fn would_do(plan: &RolloutPlan<'_, '_>) -> Markup {
    let (help, terms) = (plan.would_do(), plan.terms);
    let link = |hours: f64, weeks: u32| {
        let share = terms.reinvested;
        format!("/next/roll-out?owner_hours={hours}&weeks={weeks}&reinvested={share}")
    };
    html! {
        @if let Some(weeks) = help.weeks { p { a href=(link(terms.owner_hours, weeks)) { "Look " (weeks) " weeks ahead" } } }
        @if let Some(hours) = help.owner_hours { p { a href=(link(hours, terms.weeks)) { "Give it " (words::hours_long(exact(hours))) " a week" } } }
        @if help.weeks.is_none() && help.owner_hours.is_none() { p { "Neither more weeks nor more hours would do." } }
    }
}

fn form(query: &Form, error: Option<&Error>) -> Markup {
    let usual = RolloutTerms::default();
    let value = |name: &str, usual: String| match query.text(name) {
        "" => usual,
        typed => typed.to_owned(),
    };
    let (hours, weeks, share) = (
        value("owner_hours", usual.owner_hours.to_string()),
        value("weeks", usual.weeks.to_string()),
        value("reinvested", usual.reinvested.to_string()),
    );
    let number = |name, label, value| Field {
        class: "number",
        ..Field::text(name, label, value)
    };
    html! {
        form.row method="get" action="/next/roll-out" {
            (number("owner_hours", "Your hours a week for it", &hours).show(error))
            (number("weeks", "Weeks to look ahead", &weeks).show(error))
            (number("reinvested", "Share of freed hours put in again", &share).show(error))
            button.plain { "Put in order" }
        }
    }
}

fn picture(plan: &RolloutPlan<'_, '_>) -> Markup {
    let bars: Vec<Bar> = plan
        .best
        .order
        .iter()
        .map(|at| Bar {
            name: name(plan, *at),
            begun: plan.best.begun_in_week.get(*at).copied().flatten(),
            live: plan.best.live_from_week.get(*at).copied().flatten(),
        })
        .collect();
    html! {
        section aria-labelledby="picture" {
            h2 #picture { "When each is set up, and when it is live" }
            figure { (rollout(&bars, plan.terms.weeks)) }
        }
    }
}

fn order(plan: &RolloutPlan<'_, '_>) -> Markup {
    let week = |weeks: &[Option<u32>], at: usize| {
        let week = weeks.get(at).copied().flatten();
        week.map_or("not within these weeks".to_owned(), |week| {
            format!("week {week}")
        })
    };
    html! {
        section aria-labelledby="order" {
            h2 #order { "In this order" }
            table.rows {
                thead { tr { th scope="col" { "Activity" } th.figure scope="col" { "Your hours for it" } th scope="col" { "Begun" } th scope="col" { "Live from" } } }
                tbody { @for (place, at) in (1..).zip(&plan.best.order) { tr {
                    th scope="row" {
                        (place) ". "
                        @if let Some(next) = plan.activities.get(*at) { a href={ "/next/" (next.row.id) } { bdi { (name(plan, *at)) } } }
                    }
                    td.figure data-label="Your hours for it" { (words::hours(exact(plan.waiting.get(*at).map_or(0.0, |it| it.setup_hours)))) }
                    td data-label="Begun" { (week(&plan.best.begun_in_week, *at)) }
                    td data-label="Live from" { (week(&plan.best.live_from_week, *at)) }
                } } }
            }
            @if plan.left_out > 0 { p { small { (words::count(u64::try_from(plan.left_out).unwrap_or(0), "activity that pays less is", "activities that pay less are")) " left out." } } }
        }
    }
}

/// What would lose within the weeks, so that it is not begun.
fn not_within(plan: &RolloutPlan<'_, '_>) -> Markup {
    let names: Vec<String> = plan.not_within.iter().map(|at| name(plan, *at)).collect();
    html! {
        @if !names.is_empty() {
            p.notice { "Not begun, because it would not be paid back within " (words::count(u64::from(plan.terms.weeks), "week", "weeks")) ": " bdi { (words::listed(&names)) } "." }
        }
    }
}

fn weeks(list: &NextList<'_>, plan: &RolloutPlan<'_, '_>) -> Markup {
    let currency = list.audit.worth.currency;
    html! {
        details {
            summary { "Show numbers" }
            table.rows {
                caption { "Each week: your hours for setting up, what they go into, what is freed and what it brings." }
                thead { tr { th scope="col" { "Week" } th.figure scope="col" { "Hours" } th scope="col" { "Set up" } th.figure scope="col" { "Freed" } th.figure scope="col" { "Brings" } } }
                tbody { @for (number, week) in (1..).zip(&plan.weeks) { tr {
                    th scope="row" { "Week " (number) }
                    td.figure data-label="Hours" { (words::hours(exact(week.hours))) }
                    td data-label="Set up" {
                        @for (place, (at, hours)) in week.spent.iter().enumerate() {
                            @if place > 0 { ", " }
                            bdi { (name(plan, *at)) } " " (words::hours(exact(*hours))) " h"
                        }
                    }
                    td.figure data-label="Freed" { (words::hours(exact(week.hours_freed))) }
                    td.figure data-label="Brings" { (words::money(exact(week.value), currency)) }
                } } }
            }
        }
        details {
            summary { "How we got this" }
            p { "Every week you have your own hours, and " (words::rounded(exact(plan.terms.reinvested * 100.0), 0)) " % of the hours that live handoffs free. They go into the set-ups in this order; what is set up in a week is live from the next. Of up to eight activities every order was tried, of more the best that were found by extending good ones." }
            p { "What an activity brings and what its set-up costs are as weighing it has them, not discounted: with the usual figures, or your own where you have weighed it. An activity whose set-up would not be paid back within the weeks is not begun." }
        }
    }
}
