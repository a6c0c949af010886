//! Files of inputs: they wait for one account, go to an assignment within the database, and from one assignment to another.

use offdesk_store::assignments::counts::count_listed_of_handoff;
use offdesk_store::assignments::files::{FileRow, insert_file, list_files, load_part, move_files};
use offdesk_store::assignments::inputs::{
    InputRow, insert_input, list_inputs, remove_inputs_with_files,
};
use offdesk_store::assignments::insert_assignment;
use offdesk_store::uploads::for_inputs::{
    FOR_INPUT, count_for_inputs, find_forgotten, find_given, give_upload, move_part,
};
use offdesk_store::uploads::{
    UploadRow, claim_queued, insert_part, insert_upload, list_uploads, load_upload,
};
use offdesk_store::{Store, WorkspaceId};

use crate::assignments::with_handoffs;
use crate::rows::{self, A, B, id};
use crate::stores::{faults, on_each_store, read, read_in, write, write_in};

/// An upload of three bytes, in parts of two and one.
fn sent(store: &Store) {
    let upload = UploadRow {
        length: 3,
        received: 3,
        ..rows::upload(61, FOR_INPUT)
    };
    write_in(store, A, move |s| {
        insert_upload(s, &upload)?;
        insert_part(s, id(61), 0, vec![0, 255])?;
        insert_part(s, id(61), 2, vec![7])
    })
    .unwrap();
}

#[test]
fn a_file_waits_for_its_sender_and_goes_to_an_assignment() {
    on_each_store("input_files", |store| {
        with_handoffs(store);
        sent(store);
        assert_eq!(read_in(store, A, |s| count_for_inputs(s, id(1))), 1);
        assert_eq!(read_in(store, A, |s| count_for_inputs(s, id(2))), 0);
        assert_eq!(read_in(store, B, |s| count_for_inputs(s, id(1))), 0);
        // It is nothing to import.
        assert_eq!(read_in(store, A, list_uploads), []);
        assert_eq!(write(store, |tx| claim_queued(tx, 1, 2)), Ok(None));
        let forgotten = |before: i64| read(store, move |tx| find_forgotten(tx, before));
        assert_eq!(forgotten(61), None);
        assert_eq!(forgotten(62), Some((WorkspaceId(A), id(61))));

        let given = FileRow {
            round: Some(0),
            received: 3,
            ..rows::file(61, 200, 3)
        };
        write_in(store, A, move |s| {
            insert_assignment(s, &rows::assignment(200, 1, (80, 70, 50)))?;
            insert_file(s, &given)?;
            give_upload(s, id(61))
        })
        .unwrap();
        // Its parts follow one by one, and are those of the file all along; nothing of it is an upload any more.
        let part = |start: i64| read_in(store, A, move |s| load_part(s, id(61), start));
        for _ in 0..4 {
            assert_eq!((part(0), part(2)), (Some(vec![0, 255]), Some(vec![7])));
            assert_eq!(read_in(store, A, list_uploads), []);
            assert_eq!(faults(store), [""; 0]);
            if let Some((_, file)) = read(store, find_given) {
                write_in(store, A, move |s| move_part(s, file)).unwrap();
            }
        }
        assert_eq!(read(store, find_given), None);
        assert_eq!(read_in(store, A, |s| load_upload(s, id(61))), None);
        assert_eq!(forgotten(62), None);
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn what_came_with_an_assignment_moves_to_another() {
    on_each_store("moved_files", |store| {
        with_handoffs(store);
        let file = |number: u128, round: Option<i64>| FileRow {
            round,
            received: 0,
            ..rows::file(number, 200, 0)
        };
        let input = |place: i64, file: Option<u128>| InputRow {
            place,
            name: "The list".to_owned(),
            link: String::new(),
            file_id: file.map(id),
        };
        write_in(store, A, move |s| {
            for (number, count) in [(200, 1), (201, 2)] {
                insert_assignment(s, &rows::assignment(number, count, (80, 70, 50)))?;
            }
            for (number, round) in [(240, Some(0)), (241, Some(0)), (242, None)] {
                insert_file(s, &file(number, round))?;
            }
            insert_input(s, id(200), &input(1, Some(240)))?;
            insert_input(s, id(200), &input(2, None))
        })
        .unwrap();
        let count =
            |most: u32| read_in(store, A, move |s| count_listed_of_handoff(s, id(80), most));
        assert_eq!((count(10), count(1)), (2, 1));
        let elsewhere = write_in(store, B, |s| move_files(s, id(200), id(201), 0));
        assert_eq!(elsewhere, Ok(0), "another workspace has none of them");
        write_in(store, A, move |s| {
            insert_input(s, id(201), &input(1, Some(240)))?;
            remove_inputs_with_files(s, id(200))?;
            assert_eq!(move_files(s, id(200), id(201), 0)?, 2);
            Ok(())
        })
        .unwrap();
        let files = |of: u128| -> Vec<_> {
            let all = read_in(store, A, move |s| list_files(s, id(of)));
            all.into_iter().map(|it| it.id).collect()
        };
        assert_eq!(
            (files(200), files(201)),
            (vec![id(242)], vec![id(240), id(241)])
        );
        let inputs = |of: u128| read_in(store, A, move |s| list_inputs(s, id(of)));
        assert_eq!(inputs(200), [input(2, None)]);
        assert_eq!(inputs(201), [input(1, Some(240))]);
        assert_eq!(faults(store), [""; 0]);
    });
}
