//! A transaction within one workspace: nothing of a workspace can be reached without it.

use uuid::Uuid;

use crate::{StoreError, Tx, Value};

/// The id of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkspaceId(pub Uuid);

/// A transaction within a workspace. Every query of a workspace's tables takes one, and puts its workspace first.
pub struct Scope<'s, 'c> {
    pub(crate) tx: &'s mut Tx<'c>,
    workspace: WorkspaceId,
}

impl<'s, 'c> Scope<'s, 'c> {
    /// Within a workspace. Whether the actor may be there is decided before, in one place: the actions' actor.
    pub fn new(tx: &'s mut Tx<'c>, workspace: WorkspaceId) -> Self {
        Self { tx, workspace }
    }

    /// The workspace.
    #[must_use]
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Whether it is of a PostgreSQL, and not of a file.
    #[must_use]
    pub fn is_server(&self) -> bool {
        matches!(self.tx, Tx::Postgres(_))
    }

    /// The workspace as the first parameter, then others.
    pub(crate) fn with<const N: usize>(&self, others: [Value; N]) -> Vec<Value> {
        let mut all = Vec::with_capacity(N + 1);
        all.push(Value::Id(self.workspace.0));
        all.extend(others);
        all
    }

    /// Waits until nobody else changes the workspace, and keeps it for this transaction alone: for a change that rests on what it has
    /// read of other rows. SQLite lets one write at a time anyway; PostgreSQL does so for the row of the workspace. It comes before
    /// other changes, so that two never wait for each other.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the workspace is gone.
    pub fn hold(&mut self) -> Result<(), StoreError> {
        if matches!(self.tx, Tx::Sqlite(_)) {
            return Ok(());
        }
        let parameters = self.with([]);
        self.tx.execute_one(
            "UPDATE workspace SET revision = revision WHERE id = ?",
            &parameters,
        )
    }

    /// Counts changes of the workspace, so that nobody shows what was read before them, and gives the new count.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the workspace is gone.
    pub fn touch(&mut self, changes: i64) -> Result<i64, StoreError> {
        let workspace = self.workspace.0;
        let revision = self.tx.first(
            "UPDATE workspace SET revision = revision + ? WHERE id = ? RETURNING revision",
            &[changes.into(), workspace.into()],
            |row| row.int(0),
        )?;
        revision.ok_or(StoreError::Conflict)
    }
}
