//! Whose hours an activity took, day by day: what those who do the work have logged is none of the owner's.

use uuid::Uuid;

use crate::{Scope, StoreError};

/// What one person of a log has worked on an activity on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDayRow {
    /// Activity.
    pub activity_id: Uuid,
    /// The day.
    pub day: i64,
    /// Who worked, as the log names them.
    pub person: String,
    /// The time.
    pub seconds: i64,
}

/// The days of every activity between two days, with who worked on them, of entries that stand on the day they were done.
///
/// # Errors
/// [`StoreError`].
pub fn days_by_person(
    scope: &mut Scope<'_, '_>,
    from: i64,
    to: i64,
) -> Result<Vec<PersonDayRow>, StoreError> {
    let parameters = scope.with([from.into(), to.into()]);
    scope.tx.query(
        "SELECT w.activity_id, e.day, e.person, CAST(SUM(e.counted) AS BIGINT) FROM source s \
         JOIN entry e ON e.workspace_id = s.workspace_id AND e.source_id = s.id \
         JOIN wording w ON w.workspace_id = e.workspace_id AND w.id = e.wording_id \
         WHERE s.workspace_id = ? AND s.state = 'published' AND NOT s.has_totals AND e.is_counted AND e.day >= ? AND e.day <= ? \
         GROUP BY w.activity_id, e.day, e.person",
        &parameters,
        |row| {
            Ok(PersonDayRow {
                activity_id: row.id(0)?,
                day: row.int(1)?,
                person: row.text(2)?,
                seconds: row.int(3)?,
            })
        },
    )
}
