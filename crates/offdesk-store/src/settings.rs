//! What belongs to the whole installation: the set-up code, keys.

use crate::{StoreError, Tx, Value};

/// A setting's value.
///
/// # Errors
/// [`StoreError`].
pub fn load_setting(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, StoreError> {
    tx.first(
        "SELECT value FROM setting WHERE name = ?",
        &[name.into()],
        |row| row.text(0),
    )
}

/// Sets it.
///
/// # Errors
/// [`StoreError`].
pub fn save_setting(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        &[name.into(), value.into()],
    )?;
    Ok(())
}

/// Removes it, and says whether it was there.
///
/// # Errors
/// [`StoreError`].
pub fn remove_setting(tx: &mut Tx<'_>, name: &str) -> Result<bool, StoreError> {
    let removed = tx.execute("DELETE FROM setting WHERE name = ?", &[name.into()])?;
    Ok(removed > 0)
}

/// Counts a try under a name (of an account, of a network), and says which one it is; a count that began before `since` begins anew.
///
/// # Errors
/// [`StoreError`].
pub fn add_try(tx: &mut Tx<'_>, name: &str, since: i64, now: i64) -> Result<u64, StoreError> {
    let parameters: [Value; 4] = [name.into(), now.into(), since.into(), since.into()];
    let found = tx.first(
        "INSERT INTO attempt (name, since, failures) VALUES (?, ?, 1) ON CONFLICT (name) DO UPDATE SET \
         failures = CASE WHEN attempt.since >= ? THEN attempt.failures + 1 ELSE 1 END, \
         since = CASE WHEN attempt.since >= ? THEN attempt.since ELSE excluded.since END RETURNING failures",
        &parameters,
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(1))
}

/// Takes a try back that was none.
///
/// # Errors
/// [`StoreError`].
pub fn take_back_try(tx: &mut Tx<'_>, name: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE attempt SET failures = failures - 1 WHERE name = ? AND failures > 0",
        &[name.into()],
    )?;
    Ok(())
}

/// Writes the count of tries once more, as it is.
///
/// # Errors
/// [`StoreError`].
pub fn touch_try(tx: &mut Tx<'_>, name: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE attempt SET failures = failures WHERE name = ?",
        &[name.into()],
    )?;
    Ok(())
}

/// Forgets tries, after a success.
///
/// # Errors
/// [`StoreError`].
pub fn forget_tries(tx: &mut Tx<'_>, name: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM attempt WHERE name = ?", &[name.into()])?;
    Ok(())
}
