//! Budgets: what may be earned in a month in all, by a person or by a handoff; how what was earned and what is promised stand to it, and
//! what is told when its warning or its line is passed.
//!
//! They belong to the owner's side alone: nothing of them is in anything that a worker is given.

mod counting;
mod guarding;
pub mod json;
mod noticing;
mod setting;

use std::collections::HashMap;

use jiff::Timestamp;
use offdesk_domain::budget::{Budget, Reckoned, Standing};
use offdesk_domain::pay::{Cycle, day_in};
use offdesk_domain::time::Period;
use offdesk_domain::{Day, Money};
use offdesk_store::budgets::{BudgetRow, NoticeRow, list_budgets as stored, list_notices};
use offdesk_store::{Scope, Tx, Uuid};

use self::counting::Counted;
pub(crate) use self::counting::exact_of;
pub(crate) use self::guarding::{PASSED, Wanted, guard};
pub(crate) use self::noticing::{list_passed, note_passed, passed_between};
pub use self::setting::{NewBudget, drop_budget, set_budget};
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::{today_in, zone_of};
use crate::{handoffs, people};

/// So many months ahead budgets are looked at.
const FURTHEST_DAYS: i32 = 366;

/// What a budget is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The whole workspace.
    Workspace,
    /// A person, by all that is handed off to them.
    Person(Uuid),
    /// A handoff.
    Handoff(Uuid),
}

impl Whose {
    fn of(row: &BudgetRow) -> Self {
        match (row.person_id, row.handoff_id) {
            (Some(person), _) => Self::Person(person),
            (_, Some(handoff)) => Self::Handoff(handoff),
            _ => Self::Workspace,
        }
    }

    /// The word for it, in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Workspace => "workspace",
            Self::Person(_) => "person",
            Self::Handoff(_) => "handoff",
        }
    }
}

/// A budget and how it stands in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetStanding {
    /// As it is kept.
    pub row: BudgetRow,
    /// What it is of.
    pub whose: Whose,
    /// The name of the person; of a handoff the activity's, and to whom; empty for the whole workspace.
    pub name: String,
    /// As the rules see it.
    pub budget: Budget,
    /// What was earned and what is promised.
    pub reckoned: Reckoned,
    /// So many open assignments of which nobody knows yet what they come to, since hours or milestones are paid.
    pub unpriced: u64,
    /// When the warning was seen to be passed in the month.
    pub near_at: Option<i64>,
    /// When the budget itself was.
    pub over_at: Option<i64>,
}

impl BudgetStanding {
    /// What it is of, in words: "the whole workspace", else the name.
    #[must_use]
    pub fn called(&self) -> &str {
        match self.whose {
            Whose::Workspace => "the whole workspace",
            _ => &self.name,
        }
    }

    /// How much it is.
    #[must_use]
    pub fn limit(&self) -> Money {
        self.budget.limit()
    }
}

/// Budgets and how they stand in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budgets {
    /// The month.
    pub month: Period,
    /// The workspace's own first, then those of people, then those of handoffs.
    pub all: Vec<BudgetStanding>,
}

/// Which budgets are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those of a person and of what is handed off to them.
    OfPerson(Uuid),
    /// Those that count what a handoff of a person costs: its own, the person's and the workspace's.
    Around {
        /// The handoff.
        handoff: Uuid,
        /// Its person.
        person: Uuid,
    },
}

/// How budgets stand in the month of a day, today's where none is named.
///
/// # Errors
/// `budget.month` for a month further ahead than a year, and those of the actor and of the store.
pub fn list_budgets(
    tx: &mut Tx<'_>,
    actor: &Actor,
    which: Which,
    month: Option<Day>,
    moment: Moment,
) -> Result<Budgets, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let today = today_in(&mut scope, moment)?;
    let day = month.unwrap_or(today);
    if day.0 > today.0.saturating_add(FURTHEST_DAYS) {
        return Err(Error::invalid(
            "month",
            "budget.month",
            "nothing is promised for a month so far ahead",
        )
        .hint("name a month up to a year from now"));
    }
    let rows = stored(&mut scope)?;
    let rows = match which {
        Which::All => rows,
        Which::OfPerson(person) => of_person(&mut scope, rows, person)?,
        Which::Around { handoff, person } => rows
            .into_iter()
            .filter(|row| counts(row, person, handoff))
            .collect(),
    };
    let month = Cycle::Monthly.period(day);
    let all = standings(&mut scope, rows, month, moment)?;
    Ok(Budgets { month, all })
}

/// The month of a text such as `2026-11`, by its first day.
///
/// # Errors
/// `budget.month`.
pub fn month_of(text: &str) -> Result<Day, Error> {
    let first = format!("{}-01", text.trim());
    let date: Result<jiff::civil::Date, _> = first.parse();
    date.map(Day::from_date).map_err(|_| {
        let shown = offdesk_import::problem::shown(text);
        Error::invalid("month", "budget.month", format!("\"{shown}\" is no month"))
            .hint("write it as 2026-11")
    })
}

/// Budgets that count what a handoff of a person costs and whose warning, or which themselves, are passed in the month of a moment.
pub(crate) fn passed_around(
    scope: &mut Scope<'_, '_>,
    (person, handoff): (Uuid, Uuid),
    at: Timestamp,
    moment: Moment,
) -> Result<Vec<BudgetStanding>, Error> {
    let mut rows = stored(scope)?;
    rows.retain(|row| counts(row, person, handoff));
    let month = Cycle::Monthly.period(day_in(at.max(moment.now), &zone_of(scope)?));
    let mut all = standings(scope, rows, month, moment)?;
    all.retain(|one| one.reckoned.standing > Standing::Within);
    Ok(all)
}

fn of_person(
    scope: &mut Scope<'_, '_>,
    rows: Vec<BudgetRow>,
    person: Uuid,
) -> Result<Vec<BudgetRow>, Error> {
    let mut kept = Vec::new();
    for row in rows {
        let is_theirs = match Whose::of(&row) {
            Whose::Workspace => false,
            Whose::Person(id) => id == person,
            Whose::Handoff(id) => handoffs::load(scope, id)?.person_id == person,
        };
        if is_theirs {
            kept.push(row);
        }
    }
    Ok(kept)
}

/// Whether what a handoff of a person costs counts for a budget.
fn counts(row: &BudgetRow, person: Uuid, handoff: Uuid) -> bool {
    match Whose::of(row) {
        Whose::Workspace => true,
        Whose::Person(id) => id == person,
        Whose::Handoff(id) => id == handoff,
    }
}

/// How budgets stand in a month; nothing is added up where there are none.
fn standings(
    scope: &mut Scope<'_, '_>,
    rows: Vec<BudgetRow>,
    month: Period,
    moment: Moment,
) -> Result<Vec<BudgetStanding>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let counted = Counted::load(scope, month, moment)?;
    let notices = list_notices(scope, i64::from(month.from.0))?;
    let names = names(scope, &rows)?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let budget = budget_of(&row)?;
        let sums = counted.of(Whose::of(&row), budget.limit().currency)?;
        let at = |standing: Standing| {
            let is_it = |it: &&NoticeRow| it.budget_id == row.id && it.standing == standing.word();
            notices.iter().find(is_it).map(|it| it.at)
        };
        all.push(BudgetStanding {
            whose: Whose::of(&row),
            name: names.get(&row.subject_id).cloned().unwrap_or_default(),
            reckoned: budget.reckon(sums.earned, sums.promised)?,
            unpriced: sums.unpriced,
            near_at: at(Standing::Near),
            over_at: at(Standing::Over),
            budget,
            row,
        });
    }
    Ok(all)
}

/// The names of what budgets are of.
fn names(scope: &mut Scope<'_, '_>, rows: &[BudgetRow]) -> Result<HashMap<Uuid, String>, Error> {
    let mut names = HashMap::new();
    let mut handed = Vec::new();
    let mut people = people::Names::default();
    for row in rows {
        match Whose::of(row) {
            Whose::Workspace => {}
            Whose::Person(id) => {
                names.insert(id, people.of(scope, id)?);
            }
            Whose::Handoff(id) => handed.push(handoffs::load(scope, id)?),
        }
    }
    for one in handoffs::summaries(scope, handed)? {
        let name = format!("{} to {}", one.activity, one.person);
        names.insert(one.handoff.row.id, name);
    }
    Ok(names)
}

fn budget_of(row: &BudgetRow) -> Result<Budget, Error> {
    let damaged = || {
        Error::new(
            ErrorKind::Failed,
            "store.damaged",
            "a budget in the database is not understood",
        )
    };
    let amount = row.amount.parse().map_err(|_| damaged())?;
    let currency = row.currency.parse().map_err(|_| damaged())?;
    let warn_at = u8::try_from(row.warn_at).map_err(|_| damaged())?;
    Budget::new(Money::new(amount, currency), warn_at, row.blocks).map_err(|_| damaged())
}
