//! What the Desk and a worker's own pages ask for: the latest first, sums by terms, what was accepted and spent lately; a file whose
//! length is known at its end, and a mail that waits already.

use offdesk_store::assignments::counts::{AcceptedRow, count_accepted_since, sum_accepted};
use offdesk_store::assignments::files::{FileRow, end_file, insert_file, load_file, update_file};
use offdesk_store::assignments::lists::{END, list_latest_of_person};
use offdesk_store::assignments::supervision::{SupervisionRow, insert_supervision, sum_since};
use offdesk_store::assignments::{AssignmentRow, insert_assignment};
use offdesk_store::mails::is_waiting;
use offdesk_store::{Store, StoreError};

use crate::assignments::with_handoffs;
use crate::rows::{self, A, B, id};
use crate::stores::{on_each_store, read, read_in, write_in};

fn accepted(number: u128, place: i64, at: i64) -> AssignmentRow {
    AssignmentRow {
        state: "accepted".to_owned(),
        accepted_at: Some(at),
        acceptance: Some("reviewed".to_owned()),
        answer_by: None,
        due_at: at,
        seconds: 600,
        ..rows::assignment(number, place, (80, 70, 50))
    }
}

fn with_accepted(store: &Store) {
    with_handoffs(store);
    write_in(store, A, |scope| {
        insert_assignment(scope, &accepted(200, 1, 10))?;
        insert_assignment(scope, &accepted(201, 2, 20))?;
        insert_assignment(scope, &accepted(202, 3, 20))?;
        let closed = AssignmentRow {
            state: "closed".to_owned(),
            amount: "25.00".to_owned(),
            ..accepted(203, 4, 30)
        };
        insert_assignment(scope, &closed)?;
        insert_assignment(scope, &rows::assignment(204, 5, (80, 70, 50)))
    })
    .unwrap();
}

#[test]
fn the_latest_come_first_and_sums_are_by_terms() {
    on_each_store("desk_lists", |store| {
        with_accepted(store);
        let latest = |workspace, before| {
            read_in(store, workspace, move |scope| {
                list_latest_of_person(scope, id(70), "accepted", before, 2)
            })
        };
        let ids = |rows: &[AssignmentRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        let first = latest(A, END);
        assert_eq!(ids(&first), [id(202), id(201)]);
        assert_eq!(ids(&latest(A, (20, id(201)))), [id(200)]);
        assert_eq!(latest(B, END), []);
        let sum = |amount: &str, assignments: u64, seconds: i64| AcceptedRow {
            unit: "assignment".to_owned(),
            amount: amount.to_owned(),
            currency: "USD".to_owned(),
            assignments,
            seconds,
        };
        let sums = |workspace| read_in(store, workspace, |scope| sum_accepted(scope, id(70)));
        assert_eq!(sums(A), [sum("20.00", 3, 1_800), sum("25.00", 1, 600)]);
        assert_eq!(sums(B), []);
        let since = |workspace, at| {
            read_in(store, workspace, move |scope| {
                count_accepted_since(scope, at)
            })
        };
        assert_eq!(since(A, 20), [(id(80), 3)]);
        assert_eq!(since(A, 31), []);
        assert_eq!(since(B, 0), []);
    });
}

#[test]
fn what_was_spent_lately_is_added_up() {
    on_each_store("desk_spent", |store| {
        with_accepted(store);
        write_in(store, A, |scope| {
            insert_supervision(scope, &rows::supervision(80, 300, Some(200)))?;
            let later = SupervisionRow {
                created_at: 20,
                seconds: 30,
                ..rows::supervision(80, 301, None)
            };
            insert_supervision(scope, &later)
        })
        .unwrap();
        let spent =
            |workspace, since| read_in(store, workspace, move |scope| sum_since(scope, since));
        assert_eq!(
            (spent(A, 0), spent(A, 11), spent(A, 21), spent(B, 0)),
            (120, 30, 0, 0)
        );
    });
}

#[test]
fn a_file_without_a_length_ends_where_it_ends() {
    on_each_store("desk_files", |store| {
        with_accepted(store);
        let begun = rows::file(400, 204, 1_000);
        let come = FileRow {
            received: 7,
            ..begun.clone()
        };
        let (first, second) = (begun.clone(), come.clone());
        write_in(store, A, move |scope| {
            insert_file(scope, &first)?;
            update_file(scope, &second)
        })
        .unwrap();
        let stale = write_in(store, A, move |scope| end_file(scope, &begun));
        assert_eq!(stale, Err(StoreError::Conflict));
        let known = FileRow { version: 2, ..come };
        let (here, elsewhere) = (known.clone(), known.clone());
        let refused = write_in(store, B, move |scope| end_file(scope, &elsewhere));
        assert_eq!(refused, Err(StoreError::Conflict), "another workspace");
        write_in(store, A, move |scope| end_file(scope, &here)).unwrap();
        let ended = FileRow {
            length: 7,
            version: 3,
            ..known
        };
        let found = read_in(store, A, |scope| load_file(scope, id(204), id(400)));
        assert_eq!(found, Some(ended));
        let waits = read(store, |tx| is_waiting(tx, "answer", "1@example.com", "x"));
        assert!(!waits);
    });
}
