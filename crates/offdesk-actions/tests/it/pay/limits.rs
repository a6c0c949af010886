//! Statements of one person that are too much together for one row of a payment service's file, on both databases.

use std::sync::Arc;

use offdesk_actions::pay::{NewDetails, change_own_pay_details, list_left_for_next};
use offdesk_actions::store::Store;
use offdesk_domain::pay::file::Kind;

use super::desk::{december, file_of};
use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by, refused};
use crate::stores::on_each_store;

/// Ana has two statements: one of a bill over an hour's work, and one of as many seconds.
fn with_two(store: &Arc<Store>, seconds: i64) -> HandedOff {
    let desk = HandedOff::with(store, paid_by("hour", "6000000"));
    let first = desk.done(3_600);
    let line = format!("#{} 6000000", first.row.number);
    let bill = desk.bill("7", &line, "").unwrap();
    desk.approve(bill.row.id, "", None, december()).unwrap();
    desk.done(seconds);
    desk.draw_up(december()).unwrap();
    let details = NewDetails {
        kind: "paypal".to_owned(),
        email: "ana@mail.example".to_owned(),
        ..NewDetails::default()
    };
    desk.works(move |tx, actor| change_own_pay_details(tx, actor, &details, december()))
        .unwrap();
    desk
}

fn waits(desk: &HandedOff) -> Vec<(Kind, String)> {
    let left = desk.owns(list_left_for_next).unwrap().into_iter();
    left.map(|it| (it.kind, it.statement.reference())).collect()
}

/// Two statements that are too much together were refused together, so that none of them could be paid.
#[test]
fn what_passes_a_limit_together_is_paid_by_two_files() {
    on_each_store("pay_limit", |store| {
        let desk = with_two(store, 3_600);
        assert_eq!(waits(&desk), [(Kind::PayPal, "ST-0002".to_owned())]);
        let first = file_of(&desk, Kind::PayPal, &[], false).unwrap();
        let text = text_of(&first.file);
        assert!(text.contains("6000000.00,USD,ST-0001"), "{text}");
        assert!(!text.contains("ST-0002"), "{text}");
        assert_eq!(first.for_next.len(), 1);
        let (left, why) = &first.for_next[0];
        assert_eq!(left.reference(), "ST-0002");
        assert_eq!(
            why,
            "left for the next file: with the statements before it, it is more than one row of a file for PayPal may be, which is 9999999.99 USD"
        );
        // The next file has it, and then there is none.
        assert_eq!(waits(&desk), []);
        let next = file_of(&desk, Kind::PayPal, &[], false).unwrap();
        assert!(text_of(&next.file).contains("6000000.00,USD,ST-0002"));
        assert!(next.for_next.is_empty());
        refused(file_of(&desk, Kind::PayPal, &[], false), "pay.file_empty");
        // Both that are named are no more than all; a file without a limit has both in one row.
        let named = file_of(&desk, Kind::PayPal, &[1, 2], true).unwrap();
        assert_eq!((named.rows, named.for_next.len()), (1, 1));
        let plain = file_of(&desk, Kind::Plain, &[], true).unwrap();
        assert!(text_of(&plain.file).contains("12000000.00"));
        desk.holds();
    });
}

/// A single one that is too much is refused with its name.
#[test]
fn a_statement_that_passes_a_limit_alone_is_refused() {
    on_each_store("pay_limit_alone", |store| {
        let desk = with_two(store, 7_200);
        let error = file_of(&desk, Kind::PayPal, &[], false).unwrap_err();
        assert_eq!(error.code, "pay.file_amount");
        assert!(
            error
                .message
                .contains("Ana by ST-0002 is owed 12000000.00 USD"),
            "{}",
            error.message
        );
        assert_eq!(waits(&desk), []);
        let first = file_of(&desk, Kind::PayPal, &[1], false).unwrap();
        assert_eq!(first.rows, 1);
    });
}
