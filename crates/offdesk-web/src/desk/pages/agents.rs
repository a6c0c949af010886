//! What AI agents cost, in sections of other pages: rates on the page of the agent, usage on that of the assignment, and what an accepted
//! assignment costs beside people who do the same, on Return.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::agents::{
    Costs, NewRate, NewUsage, ProviderCost, Rates, add_rate, note_usage, note_usage_table,
    remove_rate, remove_usage,
};
use offdesk_actions::store::Uuid;
use offdesk_actions::store::agents::UsageRow;
use offdesk_domain::agent::{PLAN_RULE, Rate};
use offdesk_domain::money::Money;
use offdesk_domain::{Day, Seconds};

use super::people::one::person_page;
use super::work::one::assignment_page;
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, choice};
use crate::words;

/// What an agent is paid for, on its page.
pub fn rates_section(rates: &Rates, may: bool, form: &Form, error: Option<&Error>) -> Markup {
    let path = format!("/people/{}/rates", rates.person_id);
    let of = |prefix: &str| {
        error.filter(|it| it.code.starts_with("agent.") && it.field.starts_with(prefix))
    };
    let (typed, pasted) = (of("rate"), of("table"));
    html! {
        section aria-labelledby="rates" {
            h2 #rates { "What it costs" }
            @if rates.all.is_empty() { p { "No rate is noted: what it costs by its use is in no figure." } } @else {
                table.rows {
                    thead { tr { th scope="col" { "From" } th scope="col" { "Rate" } @if may { th scope="col" { "Take away" } } } }
                    tbody { @for (id, from, rate) in &rates.all { tr {
                        th scope="row" { (words::day(*from)) }
                        td data-label="Rate" { (rate) }
                        @if may { td data-label="Take away" { form method="post" action={ (path) "/" (id) "/removal" } { button.plain.small aria-label={ "Take away " (rate) } { "Take away" } } } }
                    } } }
                }
            }
            @if may {
                details open[typed.is_some()] {
                    summary { "Note a rate" }
                    p { (PLAN_RULE) }
                    form method="post" action=(path) {
                        (choice("rate_per", "Paid", form.text("rate_per"), &[("use", "for each use"), ("token", "by the token"), ("plan", "by a flat plan for a month")]))
                        (Field { class: "number", help: "For a use, or for a month.", ..Field::text("rate_amount", "Amount", form.text("rate_amount")) }.show(typed))
                        (Field { class: "number", help: "By the token: for a million that go in.", ..Field::text("rate_input", "Tokens in", form.text("rate_input")) }.show(typed))
                        (Field { class: "number", help: "By the token: for a million that come out.", ..Field::text("rate_output", "Tokens out", form.text("rate_output")) }.show(typed))
                        (Field { class: "short", help: "Three letters. Empty: the currency of the workspace.", ..Field::text("rate_currency", "Currency of the rate", form.text("rate_currency")) }.show(typed))
                        (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("rate_from", "From which day on", form.text("rate_from")) }.show(typed))
                        button.plain { "Note the rate" }
                    }
                }
                details open[pasted.is_some()] {
                    summary { "Bring in usage from a table" }
                    form method="post" action={ "/people/" (rates.person_id) "/usage-table" } {
                        (Area { name: "table", label: "The table (CSV)", help: "With the column assignment (its number) and any of day, uses, tokens_in, tokens_out and note. All lines are noted, or none.", value: form.raw("table"), rows: 6 }.show(pasted))
                        button.plain { "Note the usage" }
                    }
                }
            }
        }
    }
}

/// How much an agent was used for an assignment, on its page.
pub fn usage_section(
    assignment: Uuid,
    rows: &[UsageRow],
    may: bool,
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    let path = format!("/work/{assignment}/usage");
    let error = error.filter(|it| it.field.starts_with("used"));
    html! {
        section aria-labelledby="usage" {
            h2 #usage { "How much it was used" }
            @if rows.is_empty() { p { "Nothing is noted." } } @else {
                table.rows {
                    thead { tr { th scope="col" { "Day" } th.figure scope="col" { "Uses" } th.figure scope="col" { "Tokens in" } th.figure scope="col" { "Tokens out" } th scope="col" { "Note" } @if may { th scope="col" { "Take away" } } } }
                    tbody { @for row in rows { tr {
                        th scope="row" { (words::day(Day::from_number(row.day).unwrap_or(Day(0)))) }
                        td.figure data-label="Uses" { (row.uses) }
                        td.figure data-label="Tokens in" { (row.tokens_in) }
                        td.figure data-label="Tokens out" { (row.tokens_out) }
                        td data-label="Note" { bdi { (words::shown(&row.note, 200)) } }
                        @if may { td data-label="Take away" { form method="post" action={ (path) "/" (row.id) "/removal" } { button.plain.small { "Take away" } } } }
                    } } }
                }
            }
            @if may {
                details open[error.is_some()] {
                    summary { "Note usage" }
                    form method="post" action=(path) {
                        (Field { class: "number", ..Field::text("used_uses", "Uses", form.text("used_uses")) }.show(error))
                        (Field { class: "number", ..Field::text("used_in", "Tokens that went in", form.text("used_in")) }.show(error))
                        (Field { class: "number", ..Field::text("used_out", "Tokens that came out", form.text("used_out")) }.show(error))
                        (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("used_day", "On which day", form.text("used_day")) }.show(error))
                        (Field::text("used_note", "Note (optional)", form.text("used_note")).show(error))
                        button.plain { "Note it" }
                    }
                }
            }
        }
    }
}

/// What an accepted assignment costs, those who do the same beside each other.
pub fn costs_section(costs: &Costs) -> Markup {
    if costs.all.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="costs" {
            h2 #costs { "What an accepted assignment costs" }
            p { "All of it: what was earned, what an agent used, its plan over what was accepted in the month, and your own time of looking after it. What was returned costs, and counts for nothing." }
            table.rows {
                thead { tr { th scope="col" { "Who" } th scope="col" { "Accepted" } th scope="col" { "One costs" } th scope="col" { "In all" } } }
                tbody { @for one in &costs.all { (provider(one)) } }
            }
            p.quiet { "Few numbers say little: the range holds 19 times of 20. Currencies are never added, and nobody is ranked." }
        }
    }
}

fn provider(one: &ProviderCost) -> Markup {
    let (outcome, names) = (one.outcome, &one.handoff);
    html! { tr {
        th scope="row" {
            a href={ "/handoffs/" (names.handoff.row.id) } { bdi { (words::shown(&names.activity, 120)) } ": " bdi { (words::shown(&names.person, 80)) } }
            small { (one.kind.name()) }
        }
        td data-label="Accepted" {
            (outcome.accepted) @if outcome.not_accepted > 0 { ", and " (outcome.not_accepted) " handed in and not accepted" }
            @if outcome.is_few() { small { "too few to tell much" } }
        }
        td data-label="One costs" { @for cost in &one.costs {
            @let money = |amount| Money::new(amount, cost.currency);
            @match (outcome.each(cost.total()), outcome.range(cost.total())) {
                (Some(each), Some((low, high))) => p { strong { (money(each)) } small { "between " (money(low)) " and " (money(high)) } },
                _ => p { "nothing was accepted" },
            }
        } }
        td data-label="In all" {
            @for cost in &one.costs {
                @let money = |amount| Money::new(amount, cost.currency);
                p { (money(cost.total())) small { "earned " (money(cost.earned)) ", used " (money(cost.used)) ", plan " (money(cost.plan)) ", your time " (money(cost.own_time)) } }
            }
            @if !one.is_own_counted && one.own > Seconds::ZERO { small { (words::hours_long(one.own.hours())) " of your time are in no figure: what your hour is worth is not said" } }
            @if one.idle_months > 0 { small { (words::count(u64::from(one.idle_months), "month", "months")) " of its plan with nothing accepted are in no figure" } }
        }
    } }
}

/// Notes a rate.
pub fn note_rate(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("person")?, ask.form().await?);
        let per = form.text("rate_per");
        let new = NewRate {
            per: if per.is_empty() { Rate::WORDS[0] } else { per }.to_owned(),
            amount: form.text("rate_amount").to_owned(),
            input: form.text("rate_input").to_owned(),
            output: form.text("rate_output").to_owned(),
            currency: form.text("rate_currency").to_owned(),
            from: form.day("rate_from")?,
        };
        let done = ask
            .write(move |tx, actor, moment| add_rate(tx, actor, id, &new, moment))
            .await;
        match done {
            Ok(_) => Ok(see(&format!("/people/{id}?done=rate#rates"))),
            Err(error) => {
                let error = renamed(
                    error,
                    &[
                        ("per", "rate_per"),
                        ("amount", "rate_amount"),
                        ("input", "rate_input"),
                        ("output", "rate_output"),
                        ("currency", "rate_currency"),
                    ],
                );
                again(&error, person_page(&ask, &form, Some(&error), None)).await
            }
        }
    })
}

/// The fields of these forms have names of their own.
fn renamed(error: Error, names: &[(&str, &'static str)]) -> Error {
    let found = names.iter().find(|(known, _)| *known == error.field);
    let field = found.map_or(error.field, |(_, name)| *name);
    Error { field, ..error }
}

/// Takes a rate away.
pub fn forget_rate(ask: Ask) -> Answer {
    Box::pin(async move {
        let (person, id) = (ask.id("person")?, ask.id("rate")?);
        ask.write(move |tx, actor, moment| remove_rate(tx, actor, person, id, moment))
            .await?;
        Ok(see(&format!("/people/{person}?done=no_rate#rates")))
    })
}

/// Notes the usage of a table.
pub fn bring_usage(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("person")?, ask.form().await?);
        let table = form.raw("table").to_owned();
        let done = ask
            .write(move |tx, actor, moment| note_usage_table(tx, actor, &table, moment))
            .await;
        match done {
            Ok(_) => Ok(see(&format!("/people/{id}?done=usage#rates"))),
            Err(error) => {
                let error = Error {
                    field: "table",
                    ..error
                };
                again(&error, person_page(&ask, &form, Some(&error), None)).await
            }
        }
    })
}

/// Notes how much an agent was used for an assignment.
pub fn note_used(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("assignment")?, ask.form().await?);
        let done = match used(&form) {
            Ok(new) => {
                ask.write(move |tx, actor, moment| note_usage(tx, actor, id, &new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see(&format!("/work/{id}?done=1#usage"))),
            Err(error) => {
                let error = renamed(
                    error,
                    &[
                        ("uses", "used_uses"),
                        ("day", "used_day"),
                        ("note", "used_note"),
                    ],
                );
                again(&error, assignment_page(&ask, &form, Some(&error))).await
            }
        }
    })
}

fn used(form: &Form) -> Result<NewUsage, Error> {
    let count = |name: &'static str| match form.text(name).replace(',', "").as_str() {
        "" => Ok(0),
        text => text.parse::<i64>().map_err(|_| {
            let message = format!("\"{}\" is no whole number", words::shown(text, 40));
            Error::invalid(name, "agent.usage", message)
        }),
    };
    Ok(NewUsage {
        day: form.day("used_day")?,
        uses: count("used_uses")?,
        tokens_in: count("used_in")?,
        tokens_out: count("used_out")?,
        note: form.text("used_note").to_owned(),
    })
}

/// Takes a usage away.
pub fn forget_used(ask: Ask) -> Answer {
    Box::pin(async move {
        let (assignment, id) = (ask.id("assignment")?, ask.id("usage")?);
        ask.write(move |tx, actor, moment| remove_usage(tx, actor, assignment, id, moment))
            .await?;
        Ok(see(&format!("/work/{assignment}?done=1#usage")))
    })
}
