//! Budgets, in sections of the pages of what they are of: how they stand in the month that runs, set and taken away.

use axum::response::Response;
use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::budgets::{
    BudgetStanding, Budgets, NewBudget, Whose, drop_budget, set_budget,
};
use offdesk_domain::budget::Standing;

use super::handoffs::one::handoff_page;
use super::pay::pay_page;
use super::people::one::person_page;
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::Field;
use crate::words;

/// So many are shown at once, those that are passed first.
const MOST: usize = 100;

/// The section, with the form of what the page is of.
pub fn section(
    ask: &Ask,
    budgets: &Budgets,
    whose: Whose,
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    let may = ask.may(Permission::Manage);
    if budgets.all.is_empty() && !may {
        return html! {};
    }
    let mut all: Vec<&BudgetStanding> = budgets.all.iter().collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.reckoned.standing));
    html! {
        section aria-labelledby="budgets" {
            h2 #budgets { "Budgets of " (budgets.month.from.date().strftime("%B %Y").to_string()) }
            @if all.is_empty() { p { (without(whose)) } } @else { (table(&all, may, ask.zone())) }
            @if all.len() > MOST { p.quiet { "The others are in the list for programs and on the command line." } }
            @if may { (setting(whose, form, error)) }
        }
    }
}

fn without(whose: Whose) -> &'static str {
    match whose {
        Whose::Workspace => {
            "None is set. A budget warns before a month costs more than you meant it to."
        }
        Whose::Person(_) => "None is set for them.",
        Whose::Handoff(_) => "None counts what this costs.",
    }
}

fn table(all: &[&BudgetStanding], may: bool, zone: Option<&str>) -> Markup {
    html! {
        table.rows {
            caption { "What was earned in the month counts, and what is open and promised" }
            thead { tr {
                th scope="col" { "Of" } th.figure scope="col" { "A month" } th.figure scope="col" { "Earned" } th.figure scope="col" { "Promised" } th.figure scope="col" { "Left" } th scope="col" { "Stands" }
                @if may { th scope="col" { "Take away" } }
            } }
            tbody { @for one in all.iter().take(MOST) { tr {
                th scope="row" { (subject(one)) }
                td.figure data-label="A month" { (one.limit()) }
                td.figure data-label="Earned" { (one.reckoned.earned) }
                td.figure data-label="Promised" { (one.reckoned.promised) }
                td.figure data-label="Left" { (one.reckoned.left) }
                td data-label="Stands" { (standing(one, zone)) }
                @if may { td data-label="Take away" { form method="post" action={ "/budgets/" (one.row.id) "/removal" } {
                    button.plain.small aria-label={ "Take away the budget of " (one.limit()) " of " (words::shown(one.called(), 80)) } { "Take away" }
                } } }
            } } }
        }
    }
}

/// What a budget is of, as a link to its page.
pub fn subject(one: &BudgetStanding) -> Markup {
    let path = page_of(one.whose);
    html! { a href=(path) { bdi { (words::shown(one.called(), 160)) } } }
}

fn page_of(whose: Whose) -> String {
    match whose {
        Whose::Workspace => "/pay".to_owned(),
        Whose::Person(id) => format!("/people/{id}"),
        Whose::Handoff(id) => format!("/handoffs/{id}"),
    }
}

fn standing(one: &BudgetStanding, zone: Option<&str>) -> Markup {
    let reckoned = &one.reckoned;
    let noted = match reckoned.standing {
        Standing::Over => one.over_at,
        Standing::Near => one.near_at,
        Standing::Within => None,
    };
    html! {
        (reckoned.percent) " % used"
        @if reckoned.standing > Standing::Within {
            ", " span.tag.late[reckoned.standing == Standing::Over] { (reckoned.standing.name()) }
            @if let Some(at) = noted { " since " (words::when(at, zone)) }
        }
        small { "warns from " (one.budget.warn_at()) " % on" @if one.budget.blocks { ", and what would pass it is refused" } }
        @if one.unpriced > 0 { small { (words::count(one.unpriced, "open assignment is", "open assignments are")) " paid by hours or milestones: what is still to come is not known" } }
    }
}

/// Budgets that are near their end or passed, a line each.
pub fn told(all: &[BudgetStanding]) -> Markup {
    html! {
        ul { @for one in all.iter().take(MOST) { li {
            "The budget of " (subject(one)) @if one.reckoned.standing == Standing::Over { " is passed: " } @else { " is near its end: " }
            (one.reckoned.counted) " of " (one.limit())
            @if !one.reckoned.promised.amount.is_zero() { ", " (one.reckoned.promised) " of it promised and not accepted yet" }
            "."
        } } }
    }
}

fn setting(whose: Whose, form: &Form, error: Option<&Error>) -> Markup {
    let error = error.filter(|error| error.field.starts_with("budget"));
    let path = match whose {
        Whose::Workspace => "/pay/budgets".to_owned(),
        Whose::Person(_) | Whose::Handoff(_) => format!("{}/budgets", page_of(whose)),
    };
    html! {
        details open[error.is_some()] {
            summary { @match whose { Whose::Workspace => "Set a budget for all that is handed off", Whose::Person(_) => "Set a budget for them", Whose::Handoff(_) => "Set a budget for this" } }
            form method="post" action=(path) {
                p { "It takes the place of the one there is in its currency." }
                (Field { is_needed: true, class: "number", ..Field::text("budget_amount", "Amount in a month", form.text("budget_amount")) }.show(error))
                (Field { class: "short", help: "Three letters. Empty: the currency of the workspace.", ..Field::text("budget_currency", "Currency", form.text("budget_currency")) }.show(error))
                (Field { class: "number", ..Field::text("budget_warn_at", "Warn from how many per cent on", &form.text_or("budget_warn_at", "80")) }.show(error))
                label.choice { input type="checkbox" name="budget_blocks" value="1" checked[form.is_ticked("budget_blocks")]; " Refuse to give what would pass it" }
                button.plain { "Set the budget" }
            }
        }
    }
}

/// Sets that of the whole workspace.
pub fn set_of_workspace(ask: Ask) -> Answer {
    Box::pin(set(ask, Whose::Workspace))
}

/// Sets that of a person.
pub fn set_of_person(ask: Ask) -> Answer {
    Box::pin(async move {
        let whose = Whose::Person(ask.id("person")?);
        set(ask, whose).await
    })
}

/// Sets that of a handoff.
pub fn set_of_handoff(ask: Ask) -> Answer {
    Box::pin(async move {
        let whose = Whose::Handoff(ask.id("handoff")?);
        set(ask, whose).await
    })
}

async fn set(mut ask: Ask, whose: Whose) -> Result<Response, Error> {
    let form = ask.form().await?;
    let new = NewBudget {
        whose,
        amount: form.text("budget_amount").to_owned(),
        currency: form.text("budget_currency").to_owned(),
        warn_at: form.text("budget_warn_at").to_owned(),
        blocks: form.is_ticked("budget_blocks"),
    };
    let done = ask
        .write(move |tx, actor, moment| set_budget(tx, actor, &new, moment))
        .await;
    let error = match done {
        Ok(_) => return Ok(see(&format!("{}?done=budget#budgets", page_of(whose)))),
        Err(error) => of_field(error),
    };
    let page = match whose {
        Whose::Workspace => pay_page(&ask, &form, Some(&error)).await,
        Whose::Person(_) => person_page(&ask, &form, Some(&error), None).await,
        Whose::Handoff(_) => handoff_page(&ask, &form, Some(&error)).await,
    };
    again(&error, async { page }).await
}

/// The fields of this form have names of their own, since a page has others for an amount and a currency.
fn of_field(error: Error) -> Error {
    let field = match error.field {
        "amount" => "budget_amount",
        "currency" => "budget_currency",
        "warn_at" => "budget_warn_at",
        other => other,
    };
    Error { field, ..error }
}

/// Takes one away.
pub fn remove(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("budget")?;
        let whose = ask
            .write(move |tx, actor, moment| drop_budget(tx, actor, id, moment))
            .await?;
        Ok(see(&format!("{}?done=no_budget", page_of(whose))))
    })
}
