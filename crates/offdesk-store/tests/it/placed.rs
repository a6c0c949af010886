//! What a change of an assignment writes: an index only where what it holds has changed.

use std::path::PathBuf;

use offdesk_store::assignments::{AssignmentRow, insert_assignment, update_assignment};
use offdesk_store::blueprints::versions::{VersionRow, insert_version};
use offdesk_store::{Address, Store};

use crate::assignments::with_handoffs;
use crate::rows::{self, A};
use crate::stores::{Place, write_in};

/// A page in SQLite's log, with its head.
const FRAME: u64 = 4_096 + 24;

fn log_of(place: &Place) -> PathBuf {
    let mut name = place.path().into_os_string();
    name.push("-wal");
    name.into()
}

/// Changes an assignment, and says how many pages that wrote to the log.
fn pages_of(
    (store, place): (&Store, &Place),
    row: &mut AssignmentRow,
    change: impl FnOnce(&mut AssignmentRow),
) -> u64 {
    let size = || std::fs::metadata(log_of(place)).unwrap().len();
    let (before, found) = (size(), row.placed());
    change(row);
    let changed = row.clone();
    write_in(store, A, move |s| update_assignment(s, &found, &changed)).unwrap();
    row.version += 1;
    (size() - before) / FRAME
}

#[test]
fn an_index_is_written_only_where_what_it_holds_has_changed() {
    let place = Place::file();
    assert!(matches!(place.address, Address::File(_)));
    let store = Store::open(&place.address).unwrap();
    with_handoffs(&store);
    let mut row = rows::assignment(200, 1, (80, 70, 50));
    let given = row.clone();
    write_in(&store, A, move |s| {
        insert_version(
            s,
            &VersionRow {
                published: Some((2, rows::id(1))),
                ..rows::version(50, 2)
            },
        )?;
        insert_assignment(s, &given)
    })
    .unwrap();
    let of = (&store, &place);
    assert_eq!(pages_of(of, &mut row, |it| it.seconds = 60), 1, "itself");
    let moved = pages_of(of, &mut row, |it| it.state = "in_progress".to_owned());
    assert_eq!(moved, 4, "itself, by state, by person, when a rule wakes");
    let changed = pages_of(of, &mut row, |it| it.blueprint_number = 2);
    assert_eq!(changed, 5, "all of these, and by blueprint");
    let load = |s: &mut offdesk_store::Scope<'_, '_>| {
        offdesk_store::assignments::load_assignment(s, rows::id(200))
    };
    assert_eq!(crate::stores::read_in(&store, A, load), Some(row));
}
