//! Files of hours from trackers: a row once for each person, what was said remembered, the bytes gone once it is imported.

use offdesk_store::StoreError;
use offdesk_store::hours_imports::{
    HoursImportRow, HoursRow, insert_hours_import, insert_hours_rows, list_hours_hashes,
    list_hours_imports, list_hours_matches, list_hours_rows, load_hours_bytes, load_hours_import,
    remove_hours_rows, save_hours_match, update_hours_import,
};

use crate::assignments::with_handoffs;
use crate::rows::{A, B, id};
use crate::stores::{faults, on_each_store, read_in, write_in};

fn file(own: u128, person: u128) -> HoursImportRow {
    HoursImportRow {
        id: id(own),
        person_id: id(person),
        file: "week.csv".to_owned(),
        format: String::new(),
        state: "looked_at".to_owned(),
        entries: 0,
        seconds: 0,
        created_by: id(1),
        created_at: 5,
        changed_at: 5,
        version: 1,
    }
}

fn row(hash: u8) -> HoursRow {
    HoursRow {
        hash: vec![hash; 32],
        handoff_id: id(80),
        day: 20_730,
        seconds: 600,
    }
}

#[test]
fn a_row_of_a_person_comes_once() {
    on_each_store("hours_files", |store| {
        with_handoffs(store);
        let add = |own, person| {
            write_in(store, A, move |scope| {
                insert_hours_import(scope, &file(own, person), b"rows")
            })
        };
        assert_eq!(add(400, 999), Err(StoreError::Missing));
        assert_eq!((add(400, 70), add(401, 70)), (Ok(()), Ok(())));
        let load = |workspace, person| {
            read_in(store, workspace, move |scope| {
                load_hours_import(scope, id(person), id(400))
            })
        };
        assert_eq!(load(A, 70), Some(file(400, 70)));
        assert_eq!((load(A, 71), load(B, 70)), (None, None));
        let bytes = || read_in(store, A, |scope| load_hours_bytes(scope, id(400)));
        assert_eq!(bytes(), b"rows");
        let rows = |import, rows: Vec<HoursRow>| {
            write_in(store, A, move |scope| {
                insert_hours_rows(scope, id(70), id(import), &rows)
            })
        };
        assert_eq!(rows(400, vec![row(1), row(2)]), Ok(()));
        assert_eq!(rows(401, vec![row(2)]), Err(StoreError::Conflict));
        assert_eq!(rows(401, vec![row(3)]), Ok(()));
        let hashes = || read_in(store, A, |scope| list_hours_hashes(scope, id(70))).len();
        assert_eq!(hashes(), 3);
        let done = HoursImportRow {
            state: "imported".to_owned(),
            entries: 2,
            seconds: 1_200,
            ..file(400, 70)
        };
        let update = || {
            let done = done.clone();
            write_in(store, A, move |scope| update_hours_import(scope, &done))
        };
        assert_eq!((update(), update()), (Ok(()), Err(StoreError::Conflict)));
        assert!(bytes().is_empty());
        let of_first = read_in(store, A, |scope| list_hours_rows(scope, id(400)));
        assert_eq!(of_first, [row(1), row(2)]);
        write_in(store, A, |scope| remove_hours_rows(scope, id(400))).unwrap();
        assert_eq!(hashes(), 1);
        let page = |before| -> Vec<_> {
            let page = read_in(store, A, move |scope| {
                list_hours_imports(scope, id(70), before, 9)
            });
            page.into_iter().map(|row| row.id).collect()
        };
        assert_eq!(page(None), [id(401), id(400)]);
        assert_eq!(page(Some(id(401))), [id(400)]);
        // The last thing that was said holds.
        for handoff in [Some(id(80)), None] {
            write_in(store, A, move |scope| {
                save_hours_match(scope, (id(70), "Studio / Garden"), handoff, 9)
            })
            .unwrap();
        }
        let said = read_in(store, A, |scope| list_hours_matches(scope, id(70)));
        assert_eq!(said, [("Studio / Garden".to_owned(), None)]);
        assert_eq!(faults(store), [""; 0]);
    });
}
