//! Budgets of a month: how they stand, set, dropped.

use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission::{Manage, See};
use offdesk_actions::budgets::json::{BudgetJson, BudgetsJson};
use offdesk_actions::budgets::{
    NewBudget, Which, Whose, drop_budget, list_budgets, month_of, set_budget,
};
use offdesk_actions::store::Uuid;
use serde::Deserialize;

use super::table::Line;
use super::{change, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Order, Paging};
use crate::desk::routes::Access::May;

/// The routes, each with what it is for.
pub(super) fn lines() -> Vec<Line> {
    vec![
        (
            Method::GET,
            "/api/v1/budgets",
            May(See),
            list,
            "A page of budgets and how they stand in the month that runs, or in that of month= such as 2026-11",
            &[],
            "offdesk.budgets/1",
        ),
        (
            Method::POST,
            "/api/v1/budgets",
            May(Manage),
            set,
            "Sets the budget of a person, of a handoff, or of the whole workspace where neither is named, in the place of the one in its currency; it warns from 80 % on where nothing is said, and refuses what would pass it only where blocks is true",
            &[
                ("amount", "decimal"),
                ("currency", "string?"),
                ("person", "id?"),
                ("handoff", "id?"),
                ("warn_at", "integer?"),
                ("blocks", "boolean?"),
            ],
            "offdesk.budget/1",
        ),
        (
            Method::DELETE,
            "/api/v1/budgets/{budget}",
            May(Manage),
            remove,
            "Takes a budget away",
            &[],
            "none",
        ),
    ]
}

/// A page of them.
fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let month = Some(ask.query.text("month")).filter(|text| !text.is_empty());
        let month = month.map(month_of).transpose()?;
        let mut budgets = ask
            .read(move |tx, actor, moment| list_budgets(tx, actor, Which::All, month, moment))
            .await?;
        let (page, next) = paging.page(budgets.all, Order::Rising, |one| one.row.id)?;
        budgets.all = page;
        json(StatusCode::OK, &BudgetsJson::of(&budgets, next))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    amount: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    person: Option<Uuid>,
    #[serde(default)]
    handoff: Option<Uuid>,
    #[serde(default)]
    warn_at: Option<i64>,
    #[serde(default)]
    blocks: bool,
}

/// Sets one.
fn set(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new: New = read(&sent)?;
        let whose = match (new.person, new.handoff) {
            (None, None) => Whose::Workspace,
            (Some(person), None) => Whose::Person(person),
            (None, Some(handoff)) => Whose::Handoff(handoff),
            (Some(_), Some(_)) => {
                return Err(Error::invalid(
                    "handoff",
                    "budget.whose",
                    "a budget is of a person or of a handoff, not of both",
                ));
            }
        };
        let new = NewBudget {
            whose,
            amount: new.amount,
            currency: new.currency,
            warn_at: new.warn_at.map_or_else(String::new, |it| it.to_string()),
            blocks: new.blocks,
        };
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| Ok(BudgetJson::of(&set_budget(tx, actor, &new, moment)?)),
        )
        .await
    })
}

/// Takes one away.
fn remove(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("budget")?;
        ask.write(move |tx, actor, moment| drop_budget(tx, actor, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
