//! Invitations of people who do work: whom an invitation is for.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Notes for whom an invitation is.
///
/// # Errors
/// [`StoreError::Missing`] where there is no such invitation or person.
pub fn insert_person_invitation(
    scope: &mut Scope<'_, '_>,
    invitation: Uuid,
    person: Uuid,
) -> Result<(), StoreError> {
    let parameters = scope.with([invitation.into(), person.into()]);
    scope.tx.execute_one(
        "INSERT INTO person_invitation (workspace_id, invitation_id, person_id) VALUES (?, ?, ?)",
        &parameters,
    )
}

/// The person an invitation is for, where it is for one.
///
/// # Errors
/// [`StoreError`].
pub fn load_invited(
    scope: &mut Scope<'_, '_>,
    invitation: Uuid,
) -> Result<Option<Uuid>, StoreError> {
    let parameters = scope.with([invitation.into()]);
    scope.tx.first(
        "SELECT person_id FROM person_invitation WHERE workspace_id = ? AND invitation_id = ?",
        &parameters,
        |row| row.id(0),
    )
}

/// The open invitations of a person: id and until when.
///
/// # Errors
/// [`StoreError`].
pub fn list_invitations_of(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    now: i64,
) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let parameters = scope.with([person.into(), now.into()]);
    scope.tx.query(
        "SELECT i.id, i.expires_at FROM person_invitation p \
         JOIN invitation i ON i.workspace_id = p.workspace_id AND i.id = p.invitation_id \
         WHERE p.workspace_id = ? AND p.person_id = ? AND i.accepted_at IS NULL AND i.expires_at > ? ORDER BY i.id",
        &parameters,
        |row| Ok((row.id(0)?, row.int(1)?)),
    )
}
