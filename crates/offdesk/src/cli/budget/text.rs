//! Budgets as text for people.

use offdesk_actions::budgets::{BudgetStanding, Budgets};
use offdesk_domain::budget::Standing;
use offdesk_import::problem::shown;

use super::super::column::Column;

/// Names stand in a column of at most so many places.
const NAME_WIDTH: usize = 36;

/// The list.
pub fn list(budgets: &Budgets) -> String {
    let month = budgets.month.from.date().strftime("%B %Y");
    if budgets.all.is_empty() {
        return "There is no budget.   Set one:  offdesk budget set 2,000\n".to_owned();
    }
    let names = budgets.all.iter().map(BudgetStanding::called);
    let names = Column::of("BUDGET OF", NAME_WIDTH, names);
    let mut out = format!(
        "{month}\n{}  {:>16}  {:>16}  {:>16}  {:>16}  {:>5}  STANDS\n",
        names.heading(),
        "A MONTH",
        "EARNED",
        "PROMISED",
        "LEFT",
        "USED"
    );
    for one in &budgets.all {
        let reckoned = &one.reckoned;
        out += &format!(
            "{}  {:>16}  {:>16}  {:>16}  {:>16}  {:>3} %  {}{}\n",
            names.cell(one.called()),
            one.limit().to_string(),
            reckoned.earned.to_string(),
            reckoned.promised.to_string(),
            reckoned.left.to_string(),
            reckoned.percent,
            reckoned.standing.name(),
            more(one)
        );
    }
    out
}

fn more(one: &BudgetStanding) -> String {
    let mut out = String::new();
    if one.budget.blocks {
        out += ", blocks";
    }
    if one.unpriced > 0 {
        out += &format!(
            ", {} open of which nobody knows yet what they come to",
            one.unpriced
        );
    }
    out
}

/// One of them.
pub fn one(one: &BudgetStanding) -> String {
    format!(
        "{} a month of {}: {}, from {} % on it {}.\n",
        one.limit(),
        shown(one.called()),
        standing(one),
        one.budget.warn_at(),
        if one.budget.blocks {
            "warns, and what would pass it is refused"
        } else {
            "warns"
        }
    )
}

/// Where one stands in the month that runs, in words.
fn standing(one: &BudgetStanding) -> String {
    let reckoned = &one.reckoned;
    format!(
        "{} earned and {} promised this month, {} left",
        reckoned.earned, reckoned.promised, reckoned.left
    )
}

/// What is told where something was given that brings budgets near their end, or past it.
pub fn told(all: &[BudgetStanding]) -> String {
    let mut out = String::new();
    for one in all {
        let word = match one.reckoned.standing {
            Standing::Over => "is passed",
            _ => "is near its end",
        };
        out += &format!(
            "  The budget of {} {word}: {} of {}\n",
            shown(one.called()),
            one.reckoned.counted,
            one.limit()
        );
    }
    out
}
