//! How people are paid and where their money goes, and the account it is paid from.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// How a person is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonPayRow {
    /// Who.
    pub person_id: Uuid,
    /// How often, in one word.
    pub cycle: String,
    /// How amounts are rounded, in one word.
    pub rounding: String,
    /// Where the money goes: `bank`, `paypal`, `wise`, `payoneer`; empty where nobody has said.
    pub kind: String,
    /// Whose account it is.
    pub holder: String,
    /// Its IBAN.
    pub iban: String,
    /// Its bank.
    pub bic: String,
    /// The address of an account with a payment service.
    pub email: String,
    /// When this was noted.
    pub changed_at: i64,
    /// Version, for changes; 0 where nothing was noted yet.
    pub version: i64,
}

/// The bank account that is paid from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerRow {
    /// Whose account it is.
    pub holder: String,
    /// Its IBAN.
    pub iban: String,
    /// Its bank.
    pub bic: String,
    /// When this was noted.
    pub changed_at: i64,
    /// Version, for changes; 0 where nothing was noted yet.
    pub version: i64,
}

fn read(row: &Row<'_>) -> Result<PersonPayRow, StoreError> {
    Ok(PersonPayRow {
        person_id: row.id(0)?,
        cycle: row.text(1)?,
        rounding: row.text(2)?,
        kind: row.text(3)?,
        holder: row.text(4)?,
        iban: row.text(5)?,
        bic: row.text(6)?,
        email: row.text(7)?,
        changed_at: row.int(8)?,
        version: row.int(9)?,
    })
}

macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT person_id, cycle, rounding, kind, holder, iban, bic, email, changed_at, version FROM person_pay WHERE workspace_id = ? ",
            $which
        )
    };
}

/// How a person is paid, where that was noted.
///
/// # Errors
/// [`StoreError`].
pub fn load_person_pay(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
) -> Result<Option<PersonPayRow>, StoreError> {
    let parameters = scope.with([person.into()]);
    scope
        .tx
        .first(select!("AND person_id = ?"), &parameters, read)
}

/// How everybody is paid of whom that was noted.
///
/// # Errors
/// [`StoreError`].
pub fn list_person_pay(scope: &mut Scope<'_, '_>) -> Result<Vec<PersonPayRow>, StoreError> {
    let parameters = scope.with([]);
    scope
        .tx
        .query(select!("ORDER BY person_id"), &parameters, read)
}

/// Notes how a person is paid, where nobody has since it was read; with version 0 for the first time.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has, [`StoreError::Missing`] where there is no such person.
pub fn save_person_pay(scope: &mut Scope<'_, '_>, row: &PersonPayRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let mut parameters = vec![
        row.cycle.as_str().into(),
        row.rounding.as_str().into(),
        row.kind.as_str().into(),
        row.holder.as_str().into(),
        row.iban.as_str().into(),
        row.bic.as_str().into(),
        row.email.as_str().into(),
        row.changed_at.into(),
        workspace.into(),
        row.person_id.into(),
    ];
    if row.version == 0 {
        return scope.tx.execute_one(
            "INSERT INTO person_pay (cycle, rounding, kind, holder, iban, bic, email, changed_at, workspace_id, person_id, version) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            &parameters,
        );
    }
    parameters.push(row.version.into());
    scope.tx.execute_one(
        "UPDATE person_pay SET cycle = ?, rounding = ?, kind = ?, holder = ?, iban = ?, bic = ?, email = ?, changed_at = ?, version = version + 1 \
         WHERE workspace_id = ? AND person_id = ? AND version = ?",
        &parameters,
    )
}

/// The account that is paid from, where it was noted.
///
/// # Errors
/// [`StoreError`].
pub fn load_payer(scope: &mut Scope<'_, '_>) -> Result<Option<PayerRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.first(
        "SELECT holder, iban, bic, changed_at, version FROM payer WHERE workspace_id = ?",
        &parameters,
        |row| {
            Ok(PayerRow {
                holder: row.text(0)?,
                iban: row.text(1)?,
                bic: row.text(2)?,
                changed_at: row.int(3)?,
                version: row.int(4)?,
            })
        },
    )
}

/// Notes the account that is paid from, where nobody has since it was read; with version 0 for the first time.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody has.
pub fn save_payer(scope: &mut Scope<'_, '_>, row: &PayerRow) -> Result<(), StoreError> {
    let workspace = scope.workspace().0;
    let mut parameters = vec![
        row.holder.as_str().into(),
        row.iban.as_str().into(),
        row.bic.as_str().into(),
        row.changed_at.into(),
        workspace.into(),
    ];
    if row.version == 0 {
        return scope.tx.execute_one(
            "INSERT INTO payer (holder, iban, bic, changed_at, workspace_id, version) VALUES (?, ?, ?, ?, ?, 1)",
            &parameters,
        );
    }
    parameters.push(row.version.into());
    scope.tx.execute_one(
        "UPDATE payer SET holder = ?, iban = ?, bic = ?, changed_at = ?, version = version + 1 WHERE workspace_id = ? AND version = ?",
        &parameters,
    )
}
