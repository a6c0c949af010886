//! The largest figures that a file may bring in: whoever looks at a workspace with them gets an answer or a refusal, and nothing ends.

use std::sync::Arc;

use offdesk_actions::Error;
use offdesk_actions::desk::load_desk;
use offdesk_actions::exports::limits::{most_of, numbers_of};
use offdesk_actions::hours::{load_hours, load_week};
use offdesk_actions::imports::{Choices, import_file};
use offdesk_actions::next::rank;
use offdesk_actions::pay::load_overview;
use offdesk_actions::returns::load_return;
use offdesk_actions::returns::weekly::load_weekly;
use offdesk_actions::store::copy::{columns, kinds, tables_of_workspace};
use offdesk_actions::store::{Store, StoreError, Tx};
use offdesk_actions::worths::list_worths;
use offdesk_import::Input;

use crate::exports::full;
use crate::handed_off::Desk;
use crate::stores::{moment, with_worth};

/// All that is looked at; what it answers makes no difference.
fn look(tx: &mut Tx<'_>, desk: &Desk) {
    let actor = &desk.owner;
    if let Ok(hours) = load_hours(tx, actor, moment(90)) {
        drop(rank(&hours));
    }
    drop(load_week(tx, actor));
    drop(list_worths(tx, actor));
    drop(load_return(tx, actor, None, moment(90)));
    drop(load_weekly(tx, actor, moment(90)));
    drop(load_desk(tx, actor, 50, moment(90)));
    drop(load_overview(tx, actor, moment(90)));
}

/// The largest figures of a column, as SQL.
fn largest(table: &str, column: &str, kind: char) -> Vec<String> {
    match kind {
        'n' | 'N' => numbers_of(table, column)
            .map(|range| vec![range.start().to_string(), range.end().to_string()])
            .unwrap_or_default(),
        't' | 'T' => most_of(table, column)
            .map(|most| vec![format!("'{most}'"), format!("'-{most}'")])
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn leaked(sql: String) -> &'static str {
    Box::leak(sql.into_boxed_str())
}

/// The condition that chooses the first row of a table by the columns of its key.
fn first_row(store: &Store, table: &str) -> String {
    let sql = leaked(format!(
        "SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk"
    ));
    let keys: Result<_, Error> = store
        .read(move |tx| Ok(tx.query(sql, &[], |row| row.text(0))?))
        .wait();
    let keys = keys.unwrap().join(", ");
    format!(" AND ({keys}) = (SELECT {keys} FROM {table} ORDER BY {keys} LIMIT 1)")
}

/// Whether a change changes anything: a key or a rule of the table may forbid it, and anything else is a mistake in it.
fn changes(tx: &mut Tx<'_>, sql: &'static str) -> Result<bool, StoreError> {
    match tx.execute(sql, &[]) {
        Ok(rows) => Ok(rows > 0),
        Err(StoreError::Conflict | StoreError::Missing) => Ok(false),
        Err(error) if error.to_string().contains("constraint") => Ok(false),
        Err(error) => Err(StoreError::Damaged(format!("{sql}: {error}"))),
    }
}

#[test]
fn the_largest_figures_of_every_column_end_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let address = offdesk_actions::store::Address::File(folder.path().join("desk.db"));
    let store = Arc::new(Store::open(&address).unwrap());
    let desk = full(&store, None);
    with_worth(&store, &desk.owner);
    let text = "Date,Start,End,Description\n2026-11-16,09:00,11:00,inbox triage\n2026-11-17,09:00,17:00,bookkeeping\n";
    let mut file = Input::memory("week.csv", text.as_bytes().to_vec()).unwrap();
    import_file(
        &store,
        &desk.owner,
        &mut file,
        &Choices::default(),
        moment(60),
    )
    .unwrap();
    let desk = Arc::new(desk);
    let mut looked = 0;
    for table in tables_of_workspace() {
        let one_row = first_row(&store, table);
        let named = columns(table)
            .unwrap()
            .into_iter()
            .zip(kinds(table).unwrap().chars());
        for (column, kind) in named {
            for figure in largest(table, column, kind) {
                // In all rows, or in one where a key forbids that.
                let [all, one] = ["", one_row.as_str()].map(|which| {
                    leaked(format!(
                        "UPDATE {table} SET {column} = {figure} WHERE {column} IS NOT NULL{which}"
                    ))
                });
                let desk = Arc::clone(&desk);
                // What was changed is taken back, as the answer is a refusal.
                let done: Result<(), Error> = store
                    .write(move |tx| {
                        if !changes(tx, all)? && !changes(tx, one)? {
                            return Err(Error::not_found("row"));
                        }
                        look(tx, &desk);
                        Err(Error::invalid("", "looked", "at it"))
                    })
                    .wait();
                let error = done.unwrap_err();
                match error.code {
                    "looked" => looked += 1,
                    code => assert_eq!(code, "not_found", "{all}: {error:?}"),
                }
            }
        }
    }
    assert!(looked > 270, "{looked}");
}
