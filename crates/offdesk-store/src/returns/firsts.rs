//! Since when something was earned by each handoff: weeks, milestones and retainers need no begin.

use uuid::Uuid;

use crate::{Row, Scope, StoreError};

/// What counts for the first day on which something was earned by a handoff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstRow {
    /// The handoff.
    pub handoff_id: Uuid,
    /// The first day that was agreed.
    pub start_day: i64,
    /// The first day of a posting.
    pub earned_day: Option<i64>,
    /// The first day on which a retainer holds, whether its days are posted or not.
    pub retainer_day: Option<i64>,
}

macro_rules! firsts {
    ($which:literal) => {
        concat!(
            "SELECT h.id, h.start_day, \
             (SELECT MIN(f.from_day) FROM former_terms f WHERE f.workspace_id = h.workspace_id AND f.handoff_id = h.id), \
             (SELECT p.day FROM posting p WHERE p.workspace_id = h.workspace_id AND p.handoff_id = h.id AND p.kind = 'earned' \
              AND p.day IS NOT NULL ORDER BY p.day LIMIT 1), \
             CASE WHEN h.unit = 'retainer' THEN h.start_day END, \
             (SELECT MIN(f.from_day) FROM former_terms f WHERE f.workspace_id = h.workspace_id AND f.handoff_id = h.id AND f.unit = 'retainer') \
             FROM handoff h WHERE h.workspace_id = ? AND h.state NOT IN ('proposed', 'declined')",
            $which
        )
    };
}

/// Since when something was earned by the handoffs that were agreed to. Of the postings of each only the first one is read.
///
/// # Errors
/// [`StoreError`].
pub fn list_firsts(scope: &mut Scope<'_, '_>) -> Result<Vec<FirstRow>, StoreError> {
    let parameters = scope.with([]);
    scope.tx.query(firsts!(""), &parameters, read)
}

/// The same of one handoff; nothing where it was not agreed to.
///
/// # Errors
/// [`StoreError`].
pub fn load_first(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
) -> Result<Option<FirstRow>, StoreError> {
    let parameters = scope.with([handoff.into()]);
    scope.tx.first(firsts!(" AND h.id = ?"), &parameters, read)
}

fn read(row: &Row<'_>) -> Result<FirstRow, StoreError> {
    let start = row.int(1)?;
    let former = row.opt_int(2)?;
    let retainers = [row.opt_int(4)?, row.opt_int(5)?];
    Ok(FirstRow {
        handoff_id: row.id(0)?,
        start_day: former.map_or(start, |former| former.min(start)),
        earned_day: row.opt_int(3)?,
        retainer_day: retainers.into_iter().flatten().min(),
    })
}
