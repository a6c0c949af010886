//! Brings the tables up to date, one process at a time.

use crate::{StoreError, Tx, Value};

/// The steps in their order; a step that was published is never changed.
const STEPS: [&str; 39] = [
    include_str!("../migrations/0001_desk.sql"),
    include_str!("../migrations/0002_options.sql"),
    include_str!("../migrations/0003_accounts.sql"),
    include_str!("../migrations/0004_blueprints.sql"),
    include_str!("../migrations/0005_members.sql"),
    include_str!("../migrations/0006_people.sql"),
    include_str!("../migrations/0007_assignments.sql"),
    include_str!("../migrations/0008_pay.sql"),
    include_str!("../migrations/0009_desk.sql"),
    include_str!("../migrations/0010_account_events.sql"),
    include_str!("../migrations/0011_token_ends.sql"),
    include_str!("../migrations/0012_timesheets.sql"),
    include_str!("../migrations/0013_notices.sql"),
    include_str!("../migrations/0014_mailboxes.sql"),
    include_str!("../migrations/0015_budgets.sql"),
    include_str!("../migrations/0016_bills.sql"),
    include_str!("../migrations/0017_agents.sql"),
    include_str!("../migrations/0018_hours.sql"),
    include_str!("../migrations/0019_pay_ends.sql"),
    include_str!("../migrations/0020_followed.sql"),
    include_str!("../migrations/0021_attachments.sql"),
    include_str!("../migrations/0022_milestones.sql"),
    include_str!("../migrations/0023_inputs.sql"),
    include_str!("../migrations/0024_usage_days.sql"),
    include_str!("../migrations/0025_round_ticks.sql"),
    include_str!("../migrations/0026_told.sql"),
    include_str!("../migrations/0027_working_day.sql"),
    include_str!("../migrations/0028_receipts.sql"),
    include_str!("../migrations/0029_handoff_sums.sql"),
    include_str!("../migrations/0030_lead.sql"),
    include_str!("../migrations/0031_agreed.sql"),
    include_str!("../migrations/0032_times.sql"),
    include_str!("../migrations/0033_noted.sql"),
    include_str!("../migrations/0034_lapsed.sql"),
    include_str!("../migrations/0035_ended.sql"),
    PROOFS,
    include_str!("../migrations/0037_replaced.sql"),
    include_str!("../migrations/0038_ticks.sql"),
    include_str!("../migrations/0039_upload_door.sql"),
];

/// The step after which what is there already gets its hashes.
const PROOFS: &str = include_str!("../migrations/0036_proofs.sql");

/// Runs the steps that are missing.
pub fn migrate(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.run(match tx {
        Tx::Sqlite(_) => "BEGIN IMMEDIATE",
        Tx::Postgres(_) => "BEGIN; SELECT pg_advisory_xact_lock(7463310982)",
    })?;
    match steps(tx) {
        Ok(()) => tx.run("COMMIT"),
        Err(error) => {
            tx.run("ROLLBACK")?;
            Err(error)
        }
    }
}

/// How many steps this program knows.
pub fn known_steps() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// How many steps the tables of a database have, and how many this program knows.
///
/// # Errors
/// [`StoreError`].
pub fn version(tx: &mut Tx<'_>) -> Result<(u64, u64), StoreError> {
    let done = tx.first("SELECT COALESCE(MAX(step), 0) FROM migration", &[], |row| {
        row.count(0)
    })?;
    let known = u64::try_from(STEPS.len()).unwrap_or(u64::MAX);
    Ok((done.unwrap_or(0), known))
}

/// The same of a database of SQLite that may have no tables yet.
pub fn version_of(tx: &mut Tx<'_>) -> Result<(u64, u64), StoreError> {
    let is_there = tx.first(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'",
        &[],
        |row| row.int(0),
    )?;
    match is_there {
        Some(_) => version(tx),
        None => Ok((0, known_steps().unsigned_abs())),
    }
}

fn steps(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.run("CREATE TABLE IF NOT EXISTS migration (step BIGINT NOT NULL PRIMARY KEY)")?;
    let done = tx.first("SELECT COALESCE(MAX(step), 0) FROM migration", &[], |row| {
        row.count(0)
    })?;
    let done = usize::try_from(done.unwrap_or(0)).unwrap_or(usize::MAX);
    if done > STEPS.len() {
        return Err(StoreError::Refused(format!(
            "this database was made by a newer offdesk (step {done}, this one knows {}); use that one",
            STEPS.len()
        )));
    }
    for (at, step) in STEPS.iter().enumerate().skip(done) {
        let text = match tx {
            // Rows live in the key itself: one tree for each table.
            Tx::Sqlite(_) => step.replace("\n);", "\n) WITHOUT ROWID;"),
            // Texts in the order of their bytes, as in SQLite: whatever the server's language, a list is in the same order.
            Tx::Postgres(_) => step.replace(" TEXT", " TEXT COLLATE \"C\""),
        };
        tx.run(&text)?;
        let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
        tx.execute(
            "INSERT INTO migration (step) VALUES (?)",
            &[Value::Int(number)],
        )?;
    }
    // With all columns there are, whatever steps come after that one.
    if STEPS.iter().skip(done).any(|step| *step == PROOFS) {
        crate::proofs::seal(tx)?;
    }
    Ok(())
}
