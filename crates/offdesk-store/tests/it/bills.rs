//! Bills that came in: a number once from one person, a statement once for one bill, and the days of a statement that is for one.

use offdesk_store::StoreError;
use offdesk_store::pay::bills::{
    BillRow, insert_bill, list_bill_lines, list_bills, load_bill, load_bill_file,
    load_bill_file_name, remove_bill, save_bill_file, update_bill,
};
use offdesk_store::pay::postings::insert_posting;
use offdesk_store::pay::stated_work::{list_stated_work, statement_of};
use offdesk_store::pay::statements::{
    StatementRow, insert_statement, load_last_of, load_statement, take_postings,
};

use crate::assignments::with_handoffs;
use crate::rows::{self, A, B, id};
use crate::stores::{faults, on_each_store, read_in, write_in};

#[test]
fn a_number_comes_once_from_one_person() {
    on_each_store("bills", |store| {
        with_handoffs(store);
        let add = |row: BillRow| {
            let lines = [rows::bill_line("16.00"), rows::bill_line("5.00")];
            write_in(store, A, move |scope| insert_bill(scope, &row, &lines))
        };
        assert_eq!(add(rows::bill(300, 70, "A-1")), Ok(()));
        assert_eq!(add(rows::bill(301, 70, "a-1")), Err(StoreError::Conflict));
        assert_eq!(add(rows::bill(302, 999, "A-2")), Err(StoreError::Missing));
        assert_eq!(add(rows::bill(303, 70, "A-2")), Ok(()));
        let load = |workspace| read_in(store, workspace, |scope| load_bill(scope, id(300)));
        assert_eq!(load(A), Some(rows::bill(300, 70, "A-1")));
        assert_eq!(load(B), None);
        let page = |before, most| -> Vec<_> {
            let page = read_in(store, A, move |scope| list_bills(scope, before, most));
            page.into_iter().map(|row| row.id).collect()
        };
        assert_eq!(page(None, 9), [id(303), id(300)]);
        assert_eq!(page(Some(id(303)), 9), [id(300)]);
        let lines = read_in(store, A, |scope| list_bill_lines(scope, id(300)));
        assert_eq!(lines, [rows::bill_line("16.00"), rows::bill_line("5.00")]);
        // A file takes the place of the one before.
        for bytes in [b"one", b"two"] {
            write_in(store, A, move |scope| {
                save_bill_file(scope, id(300), "bill.pdf", bytes)
            })
            .unwrap();
        }
        let name = read_in(store, A, |scope| load_bill_file_name(scope, id(300)));
        assert_eq!(name.as_deref(), Some("bill.pdf"));
        let file = read_in(store, A, |scope| load_bill_file(scope, id(300)));
        assert_eq!(file, Some(("bill.pdf".to_owned(), b"two".to_vec())));
        write_in(store, A, |scope| remove_bill(scope, id(300))).unwrap();
        assert_eq!(load(A), None);
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn a_statement_is_of_one_bill() {
    on_each_store("billed", |store| {
        with_handoffs(store);
        write_in(store, A, |scope| {
            insert_posting(scope, &rows::earned(1, 70, 80, 20_730))?;
            insert_bill(scope, &rows::bill(300, 70, "A-1"), &[])?;
            insert_bill(scope, &rows::bill(301, 70, "A-2"), &[])?;
            // One for no bill and two for bills, all up to one day.
            insert_statement(scope, &rows::statement(1, 70, 20_750))?;
            for number in [2, 3] {
                let row = StatementRow {
                    bill: Some((format!("A-{number}"), "4.41".to_owned())),
                    ..rows::statement(number, 70, 20_750)
                };
                insert_statement(scope, &row)?;
            }
            take_postings(scope, 2, &[1])
        })
        .unwrap();
        let billed = read_in(store, A, |scope| load_statement(scope, 2)).unwrap();
        assert_eq!(billed.days, (20_744, 20_750));
        assert_eq!(billed.bill, Some(("A-2".to_owned(), "4.41".to_owned())));
        // What the next statement of the person follows is none of a bill.
        let last = read_in(store, A, |scope| load_last_of(scope, id(70), "USD"));
        assert_eq!(last.map(|row| row.number), Some(1));
        let work = |days| {
            read_in(store, A, move |scope| {
                list_stated_work(scope, (id(70), "USD"), days)
            })
        };
        assert_eq!(work((20_730, 20_730)), [(1, 2)]);
        assert!(work((20_731, 20_750)).is_empty());
        assert_eq!(read_in(store, A, |scope| statement_of(scope, 1)), Some(2));
        let approve = |own, statement, version| {
            let row = BillRow {
                state: "approved".to_owned(),
                statement: Some(statement),
                version,
                ..rows::bill(own, 70, "x")
            };
            write_in(store, A, move |scope| update_bill(scope, &row))
        };
        assert_eq!(approve(300, 2, 1), Ok(()));
        assert_eq!(approve(300, 3, 1), Err(StoreError::Conflict));
        assert_eq!(approve(301, 2, 1), Err(StoreError::Conflict));
        assert_eq!(faults(store), [""; 0]);
    });
}
