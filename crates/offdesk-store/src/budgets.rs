//! Budgets, and when they were passed; what counts for them is in a module of its own.

pub mod counted;

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// A budget of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetRow {
    /// Id.
    pub id: Uuid,
    /// What it is of: the person, the handoff, or the workspace.
    pub subject_id: Uuid,
    /// The person, where it is theirs.
    pub person_id: Option<Uuid>,
    /// The handoff, where it is its.
    pub handoff_id: Option<Uuid>,
    /// How much, a decimal number.
    pub amount: String,
    /// In which currency.
    pub currency: String,
    /// From which share on it is warned, in hundredths.
    pub warn_at: i64,
    /// Whether nothing is given any more that would pass it.
    pub blocks: bool,
    /// When it was set first.
    pub created_at: i64,
    /// When it was set last.
    pub changed_at: i64,
    /// Version, for changes.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<BudgetRow, StoreError> {
    Ok(BudgetRow {
        id: row.id(0)?,
        subject_id: row.id(1)?,
        person_id: row.opt_id(2)?,
        handoff_id: row.opt_id(3)?,
        amount: row.text(4)?,
        currency: row.text(5)?,
        warn_at: row.int(6)?,
        blocks: row.bool(7)?,
        created_at: row.int(8)?,
        changed_at: row.int(9)?,
        version: row.int(10)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT id, subject_id, person_id, handoff_id, amount, currency, warn_at, blocks, created_at, changed_at, version ",
            "FROM budget WHERE workspace_id = ? ",
            $which
        )
    };
}

/// All budgets of a workspace: its own first, then those of people, then those of handoffs.
///
/// # Errors
/// [`StoreError`].
pub fn list_budgets(scope: &mut Scope<'_, '_>) -> Result<Vec<BudgetRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        select!("ORDER BY (handoff_id IS NOT NULL), (person_id IS NOT NULL), subject_id, currency"),
        &parameters,
        read,
    )
}

/// A budget by its id.
///
/// # Errors
/// [`StoreError`].
pub fn load_budget(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<Option<BudgetRow>, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.first(select!("AND id = ?"), &parameters, read)
}

/// The budget of a subject in a currency.
///
/// # Errors
/// [`StoreError`].
pub fn find_budget(
    scope: &mut Scope<'_, '_>,
    subject: Uuid,
    currency: &str,
) -> Result<Option<BudgetRow>, StoreError> {
    let parameters = scope.with([subject.into(), currency.into()]);
    scope.tx.first(
        select!("AND subject_id = ? AND currency = ?"),
        &parameters,
        read,
    )
}

/// Adds a budget.
///
/// # Errors
/// [`StoreError::Conflict`] where its subject has one in the currency, [`StoreError::Missing`] where there is no such person or handoff.
pub fn insert_budget(scope: &mut Scope<'_, '_>, row: &BudgetRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.id.into(),
        row.subject_id.into(),
        row.person_id.into(),
        row.handoff_id.into(),
        row.amount.as_str().into(),
        row.currency.as_str().into(),
        row.warn_at.into(),
        row.blocks.into(),
        row.created_at.into(),
        row.changed_at.into(),
        row.version.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO budget (workspace_id, id, subject_id, person_id, handoff_id, amount, currency, warn_at, blocks, created_at, changed_at, version) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Changes the amount of a budget, its warning and whether it blocks, which nobody has changed since it was read.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn update_budget(scope: &mut Scope<'_, '_>, row: &BudgetRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    scope.tx.execute_one(
        "UPDATE budget SET amount = ?, warn_at = ?, blocks = ?, changed_at = ?, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?",
        &[
            row.amount.as_str().into(),
            row.warn_at.into(),
            row.blocks.into(),
            row.changed_at.into(),
            workspace.into(),
            row.id.into(),
            row.version.into(),
        ],
    )
}

/// Takes a budget away with its notices, and says whether there was one.
///
/// # Errors
/// [`StoreError`].
pub fn remove_budget(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<bool, StoreError> {
    let parameters = scope.with([id.into()]);
    scope.tx.execute(
        "DELETE FROM budget_notice WHERE workspace_id = ? AND budget_id = ?",
        &parameters,
    )?;
    let removed = scope.tx.execute(
        "DELETE FROM budget WHERE workspace_id = ? AND id = ?",
        &parameters,
    )?;
    Ok(removed > 0)
}

/// That a budget, or its warning, was passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// The budget.
    pub budget_id: Uuid,
    /// The first day of the month.
    pub month_day: i64,
    /// `near` for the warning, `over` for the budget itself.
    pub standing: String,
    /// When it was seen first.
    pub at: i64,
}

/// Notes that something was passed; what was noted before stays as it is.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such budget.
pub fn insert_notice(scope: &mut Scope<'_, '_>, row: &NoticeRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.budget_id.into(),
        row.month_day.into(),
        row.standing.as_str().into(),
        row.at.into(),
    ]);
    scope.tx.execute(
        "INSERT INTO budget_notice (workspace_id, budget_id, month_day, standing, at) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (workspace_id, budget_id, month_day, standing) DO NOTHING",
        &parameters,
    )?;
    Ok(())
}

/// What was passed in a month.
///
/// # Errors
/// [`StoreError`].
pub fn list_notices(
    scope: &mut Scope<'_, '_>,
    month_day: i64,
) -> Result<Vec<NoticeRow>, StoreError> {
    let parameters = scope.with([month_day.into()]);
    scope.tx.query(
        "SELECT budget_id, month_day, standing, at FROM budget_notice WHERE workspace_id = ? AND month_day = ? ORDER BY budget_id, standing",
        &parameters,
        |row| {
            Ok(NoticeRow {
                budget_id: row.id(0)?,
                month_day: row.int(1)?,
                standing: row.text(2)?,
                at: row.int(3)?,
            })
        },
    )
}
