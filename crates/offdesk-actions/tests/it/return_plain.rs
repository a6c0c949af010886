//! What a return is reckoned from is added up in one pass over each table; here the database adds it up, the plain way, and both are the
//! same.

use std::collections::BTreeSet;
use std::sync::Arc;

use offdesk_actions::Error;
use offdesk_actions::store::returns::cash::list_earned;
use offdesk_actions::store::returns::{
    AcceptedDayRow, CheckedDayRow, LoggedRow, SpentRow, list_logged, list_spent, list_worked,
};
use offdesk_actions::store::{Row, Scope, Store, StoreError, Tx, Uuid, WorkspaceId};

const ACCEPTED: &str = "SELECT a.handoff_id, a.accepted_at / 86400000000, a.unit, a.amount, a.currency, COUNT(*), \
     COUNT(CASE WHEN p.assignment_id IS NULL THEN 1 END), \
     CAST(COALESCE(SUM(CASE WHEN p.assignment_id IS NULL THEN a.seconds END), 0) AS BIGINT) FROM assignment a \
     LEFT JOIN (SELECT workspace_id, assignment_id FROM posting GROUP BY workspace_id, assignment_id) p \
     ON p.workspace_id = a.workspace_id AND p.assignment_id = a.id \
     WHERE a.workspace_id = ? AND a.accepted_at IS NOT NULL AND a.state IN ('accepted', 'closed') \
     GROUP BY a.handoff_id, a.accepted_at / 86400000000, a.unit, a.amount, a.currency";
const VERSIONS: &str = "SELECT handoff_id, MIN(created_at) / 86400000000 FROM assignment WHERE workspace_id = ? \
     GROUP BY handoff_id, blueprint_number ORDER BY handoff_id, MIN(created_at), blueprint_number";
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
const OPEN: &str = "SELECT p.handoff_id, p.day, (p.kind = 'reversed'), p.counted, CAST(SUM(p.quantity) AS BIGINT), p.quantity_of, p.amount, \
     p.currency, p.person_id, CASE WHEN p.quantity_of IS NULL THEN 0 ELSE p.quantity END FROM posting p \
     WHERE p.workspace_id = ? AND p.kind IN ('earned', 'reversed') AND p.handoff_id IS NOT NULL AND p.day IS NOT NULL \
     AND p.counted IS NOT NULL AND p.amount IS NOT NULL \
     AND NOT EXISTS (SELECT 1 FROM statement_posting t WHERE t.workspace_id = p.workspace_id AND t.posting = p.number) \
     GROUP BY p.handoff_id, p.day, (p.kind = 'reversed'), p.counted, p.quantity_of, p.amount, p.currency, p.person_id, \
     CASE WHEN p.quantity_of IS NULL THEN 0 ELSE p.quantity END";
const STATED: &str = "SELECT t.statement, p.day, p.activity_id, p.number, p.handoff_id, (p.kind = 'reversed'), p.counted, p.quantity, p.quantity_of, \
     p.amount, p.currency FROM statement_posting t \
     JOIN posting p ON p.workspace_id = t.workspace_id AND p.number = t.posting WHERE t.workspace_id = ?";

/// Rows of a statement or of none with their price in words, so that both ways can be held against each other.
type Worded = (Vec<Option<i64>>, Vec<Uuid>, bool, [String; 3]);

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

fn in_utc(micros: i64) -> i64 {
    micros.div_euclid(86_400_000_000)
}

fn worded(scope: &mut Scope<'_, '_>) -> Result<(Vec<Worded>, Vec<Worded>), Error> {
    let rows = list_earned(scope, &BTreeSet::new())?;
    let price = |place: usize| {
        let price = rows.prices[place].clone();
        [price.counted, price.amount, price.currency]
    };
    let open = rows.open.iter().map(|it| {
        let numbers = vec![
            Some(it.day),
            Some(it.quantity),
            it.quantity_of,
            Some(it.days),
        ];
        (
            numbers,
            vec![it.handoff_id, it.person_id],
            it.is_reversed,
            price(it.price),
        )
    });
    let stated = rows.stated.iter().map(|it| {
        let numbers = [it.statement, it.day, it.posting, it.quantity].map(Some);
        let mut numbers = numbers.to_vec();
        numbers.push(it.quantity_of);
        let ids = vec![it.activity_id, it.handoff_id];
        (numbers, ids, it.is_reversed, price(it.price))
    });
    Ok((open.collect(), stated.collect()))
}

/// Adds everything up in both ways; gives how many rows there were of each kind.
pub fn both_ways(store: &Arc<Store>, workspace: WorkspaceId) -> [usize; 5] {
    let read = store.read(move |tx| -> Result<[usize; 5], Error> {
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
        let versions = plain(tx, workspace, VERSIONS, |row| Ok((row.id(0)?, row.int(1)?)))?;
        let pairs = versions.iter().zip(versions.iter().skip(1));
        let later = pairs.filter(|(before, after)| before.0 == after.0);
        let versions: Vec<(Uuid, i64)> = later.map(|(_, after)| *after).collect();
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
        let open = plain(tx, workspace, OPEN, |row| {
            let numbers = vec![
                Some(row.int(1)?),
                Some(row.int(4)?),
                row.opt_int(5)?,
                Some(row.int(9)?),
            ];
            let price = [row.text(3)?, row.text(6)?, row.text(7)?];
            Ok((numbers, vec![row.id(0)?, row.id(8)?], row.bool(2)?, price))
        })?;
        let stated = plain(tx, workspace, STATED, |row| {
            let numbers = [0, 1, 3, 7].map(|place| row.int(place).map(Some));
            let mut numbers = numbers.into_iter().collect::<Result<Vec<_>, _>>()?;
            numbers.push(row.opt_int(8)?);
            let price = [row.text(6)?, row.text(9)?, row.text(10)?];
            let ids = vec![row.id(2)?, row.id(4)?];
            Ok((numbers, ids, row.bool(5)?, price))
        })?;
        let scope = &mut Scope::new(tx, workspace);
        let worked = list_worked(scope, &in_utc)?;
        same(&worked.versions, &versions);
        let (found_open, found_stated) = worded(scope)?;
        Ok([
            same(&worked.accepted, &accepted),
            same(&worked.checked, &checked),
            same(&list_spent(scope, &in_utc)?, &spent),
            same(&list_logged(scope)?, &logged),
            same(&found_open, &open) + same(&found_stated, &stated),
        ])
    });
    read.wait().unwrap()
}
