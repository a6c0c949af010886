//! What a door takes comes back: a figure that is noted can be exported and brought in again.

use std::fs::File;

use offdesk_actions::Error;
use offdesk_actions::budgets::{NewBudget, Whose, set_budget};
use offdesk_actions::exports::{Stress, export_workspace, import_workspace};
use offdesk_actions::pay::bills::{NewBill, NewBillLine, record_bill};
use offdesk_actions::pay::{NewPayment, note_payment};
use offdesk_actions::people::{NewTerms, add_terms};
use offdesk_actions::returns::receipts::{NewReceipt, note_receipt};
use offdesk_actions::store::{Address, Store};
use offdesk_domain::Day;
use offdesk_domain::money::MOST_AMOUNT;
use rust_decimal::Decimal;

use crate::handed_off::{Desk, paid_by};
use crate::stores::{moment, on_each_store, owner};

/// Bills have numbers of their own.
fn bill(desk: &Desk, number: String, set: impl FnOnce(&mut NewBill)) -> Result<(), Error> {
    let day = Day::from_date(jiff::civil::date(2026, 11, 24));
    let mut new = NewBill {
        person: desk.handoff().summary.handoff.row.person_id,
        number,
        day,
        days: (day, day),
        currency: "USD".to_owned(),
        lines: Vec::new(),
        net: "1".to_owned(),
        tax: String::new(),
        note: String::new(),
        file: None,
    };
    set(&mut new);
    desk.owns(move |tx, actor| record_bill(tx, actor, &new, moment(66)).map(drop))
}

fn pay(desk: &Desk, set: impl FnOnce(&mut NewPayment)) -> Result<(), Error> {
    let mut new = NewPayment {
        source: "the bank".to_owned(),
        ..NewPayment::default()
    };
    set(&mut new);
    desk.owns(move |tx, actor| note_payment(tx, actor, 1, &new, moment(9 * 86_400)).map(drop))
}

/// A door, and what comes of an amount at it.
type Door = (&'static str, fn(&Desk, &str) -> Result<(), Error>);

const DOORS: [Door; 9] = [
    ("receipt", |desk, amount| {
        let new = NewReceipt {
            amount: amount.to_owned(),
            ..NewReceipt::default()
        };
        desk.owns(move |tx, actor| note_receipt(tx, actor, &new, moment(66)).map(drop))
    }),
    ("net of a bill", |desk, amount| {
        bill(desk, format!("n{amount}"), |new| {
            new.net = amount.to_owned()
        })
    }),
    ("line of a bill", |desk, amount| {
        bill(desk, format!("l{amount}"), |new| {
            new.net = String::new();
            new.lines = vec![NewBillLine {
                text: "work".to_owned(),
                amount: amount.to_owned(),
                ..NewBillLine::default()
            }];
        })
    }),
    ("tax of a bill", |desk, amount| {
        bill(desk, format!("t{amount}"), |new| {
            new.net = "0".to_owned();
            new.tax = amount.to_owned();
        })
    }),
    ("terms", |desk, amount| {
        let person = desk.handoff().summary.handoff.row.person_id;
        let new = NewTerms {
            unit: "hour".to_owned(),
            amount: amount.to_owned(),
            currency: "USD".to_owned(),
            ..NewTerms::default()
        };
        desk.owns(move |tx, actor| add_terms(tx, actor, person, &new, moment(66)).map(drop))
    }),
    ("budget", |desk, amount| {
        let new = NewBudget {
            whose: Whose::Workspace,
            amount: amount.to_owned(),
            currency: "USD".to_owned(),
            warn_at: String::new(),
            blocks: false,
        };
        desk.owns(move |tx, actor| set_budget(tx, actor, &new, moment(66)).map(drop))
    }),
    ("payment", |desk, amount| {
        pay(desk, |new| new.amount = Some(amount.to_owned()))
    }),
    ("fee", |desk, amount| {
        pay(desk, |new| {
            new.sent = Some(("900000000000000".to_owned(), "EUR".to_owned()));
            new.fee = Some(amount.to_owned());
        })
    }),
    ("what was sent", |desk, amount| {
        pay(desk, |new| {
            new.sent = Some((amount.to_owned(), "EUR".to_owned()))
        })
    }),
];

/// A receipt of 2,000,000,000,000,000 was taken, and then the export of the workspace was damaged.
#[test]
fn what_a_door_takes_an_import_takes() {
    on_each_store("doors", |store| {
        let desk = Desk::with(store, paid_by("assignment", "20"));
        desk.done(0);
        desk.draw_up(moment(9 * 86_400)).unwrap();
        let more = (MOST_AMOUNT + Decimal::ONE).to_string();
        for (name, door) in DOORS {
            assert!(door(&desk, &more).is_err(), "{name} takes {more}");
            let code = door(&desk, "2000000000000000").unwrap_err().code;
            let is_own = ["terms", "budget"].contains(&name);
            assert!(is_own || code == "pay.too_large", "{name}: {code}");
        }
        // The most, where a door takes that.
        let most = MOST_AMOUNT.to_string();
        let taken = DOORS.map(|(name, door)| door(&desk, &most).is_ok().then_some(name));
        assert!(taken.contains(&Some("receipt")) && taken.contains(&Some("tax of a bill")));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.zip");
        let out = File::create(&file).unwrap();
        let written = export_workspace(store, &desk.owner, out, Stress::LeftOut).unwrap();
        let other = Store::open(&Address::File(folder.path().join("b.db"))).unwrap();
        let other = std::sync::Arc::new(other);
        let owner = owner(&other);
        let read = import_workspace(&other, &owner, File::open(&file).unwrap(), moment(80));
        assert_eq!(read.unwrap(), written);
    });
}
