//! What is open of a person is found by their own index.

use super::OPEN;
use crate::{Address, Store, StoreError, Tx};

/// How SQLite goes about a query.
pub(crate) fn plan_of(sql: &'static str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Address::File(folder.path().join("desk.db"))).unwrap();
    let plan: Result<Vec<String>, StoreError> = store
        .read(move |tx| match tx {
            Tx::Sqlite(connection) => {
                let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                let mut rows = explained.raw_query();
                let mut plan = Vec::new();
                while let Some(row) = rows.next()? {
                    plan.push(row.get(3)?);
                }
                Ok(plan)
            }
            Tx::Postgres(_) => Err(StoreError::Missing),
        })
        .wait();
    plan.unwrap().join("\n")
}

/// An index over days made a pay run of a thousand people go through the whole ledger for each of them: 41 s in the place of one.
#[test]
fn what_is_open_of_a_person_is_found_by_their_own_index() {
    let plan = plan_of(OPEN);
    assert!(
        plan.contains("USING COVERING INDEX posting_person"),
        "{plan}"
    );
    assert!(plan.contains("SEARCH p USING PRIMARY KEY"), "{plan}");
    assert!(!plan.contains("posting_day"), "{plan}");
}
