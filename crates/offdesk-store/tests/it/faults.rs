//! What a store does when it cannot: a full disk, a file that cannot be written, a newer database, unsafe settings, a lost server.

use offdesk_store::accounts::{count_accounts, insert_account};
use offdesk_store::{Store, StoreError, Tx};

use crate::rows;
use crate::stores::{Place, read, write};

/// Sets something of the connection that writes.
fn set(store: &Store, name: &'static str, value: i64) -> Result<(), StoreError> {
    write(store, move |tx| match tx {
        Tx::Sqlite(connection) => {
            // Some of them answer with what was set.
            connection
                .pragma_update_and_check(None, name, value, |_| Ok(()))
                .or_else(|_| connection.pragma_update(None, name, value))
                .map_err(StoreError::from)
        }
        Tx::Postgres(_) => Ok(()),
    })
}

#[test]
fn a_full_disk_loses_nothing_and_writing_goes_on_when_there_is_room() {
    let place = Place::file();
    let store = Store::open(&place.address).unwrap();
    let pages = read(&store, |tx| {
        tx.first("PRAGMA page_count", &[], |row| row.int(0))
    });
    set(&store, "max_page_count", pages.unwrap() + 5).unwrap();
    let mut kept = 0;
    let mut refused = Vec::new();
    for number in 0..500 {
        let mut row = rows::account(number);
        row.name = "x".repeat(500);
        match write(&store, move |tx| insert_account(tx, &row)) {
            Ok(()) => kept += 1,
            Err(error) => refused.push(error),
        }
    }
    assert!(kept > 0 && refused.len() > 100, "{kept} kept");
    assert!(refused.iter().all(|error| *error == StoreError::Full));
    assert_eq!(read(&store, count_accounts), kept);
    set(&store, "max_page_count", 1_000_000).unwrap();
    write(&store, |tx| insert_account(tx, &rows::account(9_999))).unwrap();
    assert_eq!(read(&store, count_accounts), kept + 1);
}

#[test]
fn what_cannot_be_written_can_still_be_read() {
    let place = Place::file();
    let store = Store::open(&place.address).unwrap();
    write(&store, |tx| insert_account(tx, &rows::account(1))).unwrap();
    // From here on nothing can be written, not even the end of this.
    let _ = set(&store, "query_only", 1);
    let refused = write(&store, |tx| insert_account(tx, &rows::account(2)));
    assert!(
        matches!(refused, Err(StoreError::ReadOnly(_))),
        "{refused:?}"
    );
    assert_eq!(read(&store, count_accounts), 1);
    drop(store);
    let store = Store::open(&place.address).unwrap();
    write(&store, |tx| insert_account(tx, &rows::account(2))).unwrap();
}

#[test]
fn what_is_no_database_is_refused_and_left_alone() {
    let place = Place::file();
    std::fs::write(place.path(), "Date,Hours\n".repeat(500)).unwrap();
    let Err(refused) = Store::open(&place.address) else {
        panic!("opened")
    };
    assert!(matches!(refused, StoreError::Damaged(_)), "{refused:?}");
    let left = std::fs::read_to_string(place.path()).unwrap();
    assert_eq!(left, "Date,Hours\n".repeat(500));
}

#[test]
fn a_database_of_a_newer_offdesk_is_refused() {
    for place in [Some(Place::file()), Place::server("newer")]
        .into_iter()
        .flatten()
    {
        let store = Store::open(&place.address).unwrap();
        write(&store, |tx| {
            tx.execute("INSERT INTO migration (step) VALUES (99)", &[])
        })
        .unwrap();
        drop(store);
        let Err(StoreError::Refused(why)) = Store::open(&place.address) else {
            panic!("opened")
        };
        assert!(why.contains("newer offdesk (step 99"), "{why}");
    }
}

#[test]
fn a_second_start_changes_nothing() {
    for place in [Some(Place::file()), Place::server("again")]
        .into_iter()
        .flatten()
    {
        write(&Store::open(&place.address).unwrap(), |tx| {
            insert_account(tx, &rows::account(1))
        })
        .unwrap();
        let again = Store::open(&place.address).unwrap();
        assert_eq!(read(&again, count_accounts), 1);
    }
}

/// A log of SQLite that was left behind would be missing where somebody copies the file.
#[test]
fn a_store_that_is_closed_is_a_single_file() {
    let place = Place::file();
    let store = Store::open(&place.address).unwrap();
    write(&store, |tx| insert_account(tx, &rows::account(1))).unwrap();
    drop(store);
    let folder = place.path();
    let names: Vec<_> = std::fs::read_dir(folder.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["desk.db"]);
}

#[test]
fn a_server_that_could_lose_what_it_acknowledged_is_refused() {
    let Some(place) = Place::server("unsafe") else {
        return;
    };
    place.administer("ALTER DATABASE {} SET synchronous_commit = off");
    let Err(StoreError::Refused(why)) = Store::open(&place.address) else {
        panic!("opened")
    };
    assert!(why.starts_with("synchronous_commit is off"), "{why}");
    place.administer("ALTER DATABASE {} RESET synchronous_commit");
    Store::open(&place.address).unwrap();
}

#[test]
fn connections_that_were_lost_are_opened_again() {
    let Some(place) = Place::server("lost") else {
        return;
    };
    let store = Store::open(&place.address).unwrap();
    write(&store, |tx| insert_account(tx, &rows::account(1))).unwrap();
    place.administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'");
    // The first to notice are told so; nothing is done twice, and soon all is well again.
    let mut is_back = false;
    for number in 10..30 {
        let done = write(&store, move |tx| insert_account(tx, &rows::account(number)));
        match done {
            Ok(()) => is_back = true,
            Err(StoreError::Unavailable(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert!(is_back);
}

#[test]
fn what_was_lost_while_it_was_kept_is_not_said_to_be_undone() {
    let Some(place) = Place::server("unknown") else {
        return;
    };
    let store = Store::open(&place.address).unwrap();
    write(&store, |tx| insert_account(tx, &rows::account(1))).unwrap();
    // The connection goes away when it is told to keep an account.
    place.run(
        "CREATE FUNCTION go() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$; \
         CREATE CONSTRAINT TRIGGER goes AFTER INSERT ON account DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION go()",
    );
    let done = write(&store, |tx| insert_account(tx, &rows::account(2)));
    assert!(matches!(done, Err(StoreError::Unknown(_))), "{done:?}");
    place.run("DROP TRIGGER goes ON account");
    write(&store, |tx| insert_account(tx, &rows::account(3))).unwrap();
}
