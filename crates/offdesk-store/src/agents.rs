//! What AI agents cost: their rates by day, how much they were used, and what came of it by handoff.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// The people who are AI agents.
///
/// # Errors
/// [`StoreError`].
pub fn list_agents(scope: &mut Scope<'_, '_>) -> Result<Vec<Uuid>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(
        "SELECT id FROM person WHERE workspace_id = ? AND kind = 'agent' ORDER BY id",
        &parameters,
        |row| row.id(0),
    )
}

/// What an agent is paid for from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateRow {
    /// The agent.
    pub person_id: Uuid,
    /// Id.
    pub id: Uuid,
    /// From which day on.
    pub from_day: i64,
    /// `use`, `token` or `plan`.
    pub per: String,
    /// For a use or a month; empty by the token.
    pub amount: String,
    /// For a million tokens that go in; empty by the use or the month.
    pub input: String,
    /// For a million tokens that come out.
    pub output: String,
    /// The currency.
    pub currency: String,
    /// When it was noted.
    pub created_at: i64,
}

/// The rates of an agent, those of the same day in the order they were noted.
///
/// # Errors
/// [`StoreError`].
pub fn list_rates(scope: &mut Scope<'_, '_>, person: Uuid) -> Result<Vec<RateRow>, StoreError> {
    let parameters = scope.with([person.into()]);
    scope.tx.query(
        "SELECT person_id, id, from_day, per, amount, input, output, currency, created_at FROM agent_rate \
         WHERE workspace_id = ? AND person_id = ? ORDER BY from_day, id",
        &parameters,
        |row| {
            Ok(RateRow {
                person_id: row.id(0)?,
                id: row.id(1)?,
                from_day: row.int(2)?,
                per: row.text(3)?,
                amount: row.text(4)?,
                input: row.text(5)?,
                output: row.text(6)?,
                currency: row.text(7)?,
                created_at: row.int(8)?,
            })
        },
    )
}

/// Adds a rate.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such person.
pub fn insert_rate(scope: &mut Scope<'_, '_>, row: &RateRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.person_id.into(),
        row.id.into(),
        row.from_day.into(),
        row.per.as_str().into(),
        row.amount.as_str().into(),
        row.input.as_str().into(),
        row.output.as_str().into(),
        row.currency.as_str().into(),
        row.created_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO agent_rate (workspace_id, person_id, id, from_day, per, amount, input, output, currency, created_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Takes a rate away, and says whether there was one.
///
/// # Errors
/// [`StoreError`].
pub fn remove_rate(scope: &mut Scope<'_, '_>, person: Uuid, id: Uuid) -> Result<bool, StoreError> {
    let parameters = scope.with([person.into(), id.into()]);
    let removed = scope.tx.execute(
        "DELETE FROM agent_rate WHERE workspace_id = ? AND person_id = ? AND id = ?",
        &parameters,
    )?;
    Ok(removed > 0)
}

/// How much an agent was used for an assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageRow {
    /// The assignment.
    pub assignment_id: Uuid,
    /// Id.
    pub id: Uuid,
    /// On which day.
    pub day: i64,
    /// So many times.
    pub uses: i64,
    /// So many tokens went in.
    pub tokens_in: i64,
    /// So many came out.
    pub tokens_out: i64,
    /// What was noted with it.
    pub note: String,
    /// Who noted it.
    pub account_id: Uuid,
    /// When.
    pub created_at: i64,
}

/// How much an agent was used for an assignment, by day.
///
/// # Errors
/// [`StoreError`].
pub fn list_usage(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
) -> Result<Vec<UsageRow>, StoreError> {
    let parameters = scope.with([assignment.into()]);
    scope.tx.query(
        "SELECT assignment_id, id, day, uses, units_in, units_out, note, account_id, created_at FROM agent_usage \
         WHERE workspace_id = ? AND assignment_id = ? ORDER BY day, id",
        &parameters,
        |row| {
            Ok(UsageRow {
                assignment_id: row.id(0)?,
                id: row.id(1)?,
                day: row.int(2)?,
                uses: row.int(3)?,
                tokens_in: row.int(4)?,
                tokens_out: row.int(5)?,
                note: row.text(6)?,
                account_id: row.id(7)?,
                created_at: row.int(8)?,
            })
        },
    )
}

/// Adds a usage.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such assignment.
pub fn insert_usage(scope: &mut Scope<'_, '_>, row: &UsageRow) -> Result<(), StoreError> {
    let parameters = scope.with([
        row.assignment_id.into(),
        row.id.into(),
        row.day.into(),
        row.uses.into(),
        row.tokens_in.into(),
        row.tokens_out.into(),
        row.note.as_str().into(),
        row.account_id.into(),
        row.created_at.into(),
    ]);
    scope.tx.execute_one(
        "INSERT INTO agent_usage (workspace_id, assignment_id, id, day, uses, units_in, units_out, note, account_id, created_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &parameters,
    )
}

/// Takes a usage away, and says whether there was one.
///
/// # Errors
/// [`StoreError`].
pub fn remove_usage(
    scope: &mut Scope<'_, '_>,
    assignment: Uuid,
    id: Uuid,
) -> Result<bool, StoreError> {
    let parameters = scope.with([assignment.into(), id.into()]);
    let removed = scope.tx.execute(
        "DELETE FROM agent_usage WHERE workspace_id = ? AND assignment_id = ? AND id = ?",
        &parameters,
    )?;
    Ok(removed > 0)
}

/// How much was used on a day under a handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageDayRow {
    /// The day.
    pub day: i64,
    /// So many times.
    pub uses: i64,
    /// So many tokens went in.
    pub tokens_in: i64,
    /// So many came out.
    pub tokens_out: i64,
}

const USAGE_DAYS: &str = "SELECT u.day, CAST(SUM(u.uses) AS BIGINT), CAST(SUM(u.units_in) AS BIGINT), CAST(SUM(u.units_out) AS BIGINT) \
    FROM assignment a JOIN agent_usage u ON u.workspace_id = a.workspace_id AND u.assignment_id = a.id \
    WHERE a.workspace_id = ? AND a.handoff_id = ? GROUP BY u.day ORDER BY u.day";

// From the days on, of which a month has few, and not from the assignments of the handoff, of which there may be many.
const USAGE_DAYS_WITHIN: &str = "SELECT u.day, CAST(SUM(u.uses) AS BIGINT), CAST(SUM(u.units_in) AS BIGINT), CAST(SUM(u.units_out) AS BIGINT) \
    FROM agent_usage u CROSS JOIN assignment a \
    WHERE a.workspace_id = ? AND a.handoff_id = ? AND u.workspace_id = ? AND u.day >= ? AND u.day <= ? AND a.id = u.assignment_id \
    GROUP BY u.day ORDER BY u.day";

/// How much was used under a handoff, day by day; within days where some are named.
///
/// # Errors
/// [`StoreError`].
pub fn list_usage_days(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    within: Option<(i64, i64)>,
) -> Result<Vec<UsageDayRow>, StoreError> {
    let read = |row: &Row<'_>| {
        Ok(UsageDayRow {
            day: row.int(0)?,
            uses: row.int(1)?,
            tokens_in: row.int(2)?,
            tokens_out: row.int(3)?,
        })
    };
    let Some((from, to)) = within else {
        let parameters = scope.with([handoff.into()]);
        return scope.tx.query(USAGE_DAYS, &parameters, read);
    };
    let own = scope.workspace().0;
    let parameters = scope.with([handoff.into(), own.into(), from.into(), to.into()]);
    scope.tx.query(USAGE_DAYS_WITHIN, &parameters, read)
}

/// So many assignments of a handoff were accepted, and so many were handed in and are returned or were taken back.
///
/// # Errors
/// [`StoreError`].
pub fn count_outcome(scope: &mut Scope<'_, '_>, handoff: Uuid) -> Result<(u64, u64), StoreError> {
    let parameters = scope.with([handoff.into()]);
    let found = scope.tx.first(
        "SELECT COUNT(accepted_at), COUNT(CASE WHEN accepted_at IS NULL AND rounds > 0 AND state <> 'delivered' THEN 1 END) \
         FROM assignment WHERE workspace_id = ? AND handoff_id = ?",
        &parameters,
        |row| Ok((row.count(0)?, row.count(1)?)),
    )?;
    Ok(found.unwrap_or_default())
}

/// When each assignment of a person was accepted between two moments in microseconds, and under which handoff.
///
/// # Errors
/// [`StoreError`].
pub fn list_accepted(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    (from, to): (i64, i64),
) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let parameters = scope.with([person.into(), from.into(), to.into()]);
    scope.tx.query(
        "SELECT handoff_id, accepted_at FROM assignment WHERE workspace_id = ? AND person_id = ? AND state IN ('accepted', 'closed') \
         AND accepted_at IS NOT NULL AND accepted_at >= ? AND accepted_at < ? ORDER BY accepted_at",
        &parameters,
        |row| Ok((row.id(0)?, row.int(1)?)),
    )
}
