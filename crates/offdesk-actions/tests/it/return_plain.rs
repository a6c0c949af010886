//! What a return is reckoned from is added up in one pass over each table; here the database adds it up, the plain way, and both are the
//! same.

use std::sync::Arc;

use offdesk_actions::Error;
use offdesk_actions::store::returns::cash::{EarnedDayRow, list_earned_days};
use offdesk_actions::store::returns::{
    AcceptedDayRow, CheckedDayRow, LoggedRow, SpentRow, VariedRow, list_checked_days, list_logged,
    list_spent, list_worked,
};
use offdesk_actions::store::{Row, Scope, Store, StoreError, Tx, WorkspaceId};

const ACCEPTED: &str = "SELECT a.handoff_id, a.accepted_at / 86400000000, a.unit, a.amount, a.currency, COUNT(*), \
     COUNT(CASE WHEN p.assignment_id IS NULL THEN 1 END), \
     CAST(COALESCE(SUM(CASE WHEN p.assignment_id IS NULL THEN a.seconds END), 0) AS BIGINT) FROM assignment a \
     LEFT JOIN (SELECT workspace_id, assignment_id FROM posting GROUP BY workspace_id, assignment_id) p \
     ON p.workspace_id = a.workspace_id AND p.assignment_id = a.id \
     WHERE a.workspace_id = ? AND a.accepted_at IS NOT NULL AND a.state IN ('accepted', 'closed') \
     GROUP BY a.handoff_id, a.accepted_at / 86400000000, a.unit, a.amount, a.currency";
const VARIED: &str = "SELECT handoff_id, COUNT(DISTINCT blueprint_number), COUNT(DISTINCT unit || ' ' || amount || ' ' || currency) \
     FROM assignment WHERE workspace_id = ? GROUP BY handoff_id";
const CHECKED: &str = "SELECT a.handoff_id, r.created_at / 86400000000, COUNT(*), COUNT(CASE WHEN a.has_fault THEN 1 END) FROM assignment a \
     JOIN review r ON r.workspace_id = a.workspace_id AND r.assignment_id = a.id AND r.round = 1 \
     WHERE a.workspace_id = ? GROUP BY a.handoff_id, r.created_at / 86400000000";
const SPENT: &str = "SELECT handoff_id, kind, created_at / 86400000000, CAST(SUM(seconds) AS BIGINT) FROM supervision WHERE workspace_id = ? \
     GROUP BY handoff_id, kind, created_at / 86400000000";
const LOGGED: &str = "SELECT w.activity_id, e.day, e.person, CAST(SUM(e.counted) AS BIGINT) FROM source s \
     JOIN entry e ON e.workspace_id = s.workspace_id AND e.source_id = s.id \
     JOIN wording w ON w.workspace_id = e.workspace_id AND w.id = e.wording_id \
     WHERE s.workspace_id = ? AND s.state = 'published' AND s.kind = 'measured' AND NOT s.has_totals AND e.is_counted AND e.day IS NOT NULL \
     AND EXISTS (SELECT 1 FROM handoff h WHERE h.workspace_id = w.workspace_id AND h.activity_id = w.activity_id) \
     GROUP BY w.activity_id, e.day, e.person";
const EARNED: &str = "SELECT p.handoff_id, p.day, (p.kind = 'reversed'), p.counted, CAST(SUM(p.quantity) AS BIGINT), p.quantity_of, p.amount, \
     p.currency, t.statement FROM posting p \
     LEFT JOIN statement_posting t ON t.workspace_id = p.workspace_id AND t.posting = p.number \
     WHERE p.workspace_id = ? AND p.kind IN ('earned', 'reversed') AND p.handoff_id IS NOT NULL AND p.day IS NOT NULL \
     AND p.counted IS NOT NULL AND p.amount IS NOT NULL \
     GROUP BY p.handoff_id, p.day, (p.kind = 'reversed'), p.counted, p.quantity_of, p.amount, p.currency, t.statement";

/// Rows of both ways, in an order that hangs on nothing but them.
#[track_caller]
fn same<T: std::fmt::Debug>(fast: &[T], plain: &[T]) -> usize {
    let texts = |rows: &[T]| {
        let mut texts: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
        texts.sort();
        texts
    };
    assert_eq!(texts(fast), texts(plain));
    fast.len()
}

fn plain<T>(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    sql: &'static str,
    read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, Error> {
    Ok(tx.query(sql, &[workspace.0.into()], read)?)
}

/// Adds everything up in both ways; gives how many rows there were of each kind.
pub fn both_ways(store: &Arc<Store>, workspace: WorkspaceId) -> [usize; 6] {
    let read = store.read(move |tx| -> Result<[usize; 6], Error> {
        let accepted = plain(tx, workspace, ACCEPTED, |row| {
            Ok(AcceptedDayRow {
                handoff_id: row.id(0)?,
                day: row.int(1)?,
                unit: row.text(2)?,
                amount: row.text(3)?,
                currency: row.text(4)?,
                assignments: row.count(5)?,
                unposted: row.count(6)?,
                unposted_seconds: row.int(7)?,
            })
        })?;
        let varied = plain(tx, workspace, VARIED, |row| {
            Ok(VariedRow {
                handoff_id: row.id(0)?,
                versions: row.count(1)?,
                terms: row.count(2)?,
            })
        })?;
        let checked = plain(tx, workspace, CHECKED, |row| {
            Ok(CheckedDayRow {
                handoff_id: row.id(0)?,
                day: row.int(1)?,
                checked: row.count(2)?,
                with_fault: row.count(3)?,
            })
        })?;
        let spent = plain(tx, workspace, SPENT, |row| {
            Ok(SpentRow {
                handoff_id: row.id(0)?,
                kind: row.text(1)?,
                day: row.int(2)?,
                seconds: row.int(3)?,
            })
        })?;
        let logged = plain(tx, workspace, LOGGED, |row| {
            Ok(LoggedRow {
                activity_id: row.id(0)?,
                day: row.int(1)?,
                person: row.text(2)?,
                seconds: row.int(3)?,
            })
        })?;
        let earned = plain(tx, workspace, EARNED, |row| {
            Ok(EarnedDayRow {
                handoff_id: row.id(0)?,
                day: row.int(1)?,
                is_reversed: row.bool(2)?,
                counted: row.text(3)?,
                quantity: row.int(4)?,
                quantity_of: row.opt_int(5)?,
                amount: row.text(6)?,
                currency: row.text(7)?,
                statement: row.opt_int(8)?,
            })
        })?;
        let scope = &mut Scope::new(tx, workspace);
        let worked = list_worked(scope)?;
        Ok([
            same(&worked.accepted, &accepted),
            same(&worked.varied, &varied),
            same(&list_checked_days(scope)?, &checked),
            same(&list_spent(scope)?, &spent),
            same(&list_logged(scope)?, &logged),
            same(&list_earned_days(scope)?, &earned),
        ])
    });
    read.wait().unwrap()
}
