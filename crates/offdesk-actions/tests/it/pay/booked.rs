//! A period that is paid does not change: not on its statement, nor in the journal, nor in the return.

use std::collections::BTreeMap;

use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::{
    Correction, NewPayment, correct_posting, note_payment, write_desk_journal,
};
use offdesk_actions::returns::{Month, load_return};
use rust_decimal::Decimal;

use super::desk::{december, january};
use crate::handed_off::{Desk as HandedOff, paid_by};
use crate::stores::{moment, on_each_store};

impl HandedOff {
    /// What the journal has as expenses, by month.
    fn months(&self) -> BTreeMap<String, Decimal> {
        let journal = self
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        let (mut month, mut sums) = (String::new(), BTreeMap::new());
        for line in journal.lines() {
            if line.starts_with("20") {
                line[..7].clone_into(&mut month);
            }
            if let Some((_, amount)) = line.split_once("expenses:delegation:inbox  USD ") {
                *sums.entry(month.clone()).or_default() += amount.parse::<Decimal>().unwrap();
            }
        }
        sums
    }

    /// What the return says went out in a month, as of March.
    fn out(&self, month: &'static str) -> String {
        let report = self
            .owns(move |tx, actor| {
                load_return(tx, actor, Some(Month::typed(month)?), moment(100 * 86_400))
            })
            .unwrap();
        report.handoffs[0].found.cash.net_out().to_string()
    }
}

fn sums(all: &[(&str, &str)]) -> BTreeMap<String, Decimal> {
    let all = all.iter();
    all.map(|(month, sum)| ((*month).to_owned(), sum.parse().unwrap()))
        .collect()
}

#[test]
fn a_paid_month_stays_in_journal_and_return() {
    on_each_store("pay_booked", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "14"));
        desk.done(7_200);
        desk.draw_up(december()).unwrap();
        desk.pay(1, None).unwrap();
        assert_eq!(desk.months(), sums(&[("2026-11", "28.00")]));
        assert_eq!(desk.out("2026-11"), "28.00");
        let correction = Correction {
            seconds: Some(3_600),
            ..Correction::default()
        };
        desk.owns(move |tx, actor| correct_posting(tx, actor, 1, &correction, december()))
            .unwrap();
        // Before it stands on a statement, and after.
        assert_eq!(desk.out("2026-11"), "28.00");
        assert_eq!(desk.out("2026-12"), "-14.00");
        desk.draw_up(january()).unwrap();
        assert_eq!(
            desk.months(),
            sums(&[("2026-11", "28.00"), ("2026-12", "-14.00")])
        );
        assert_eq!(desk.out("2026-11"), "28.00");
        assert_eq!(desk.out("2026-12"), "-14.00");
        let journal = desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        assert!(journal.contains("2026-12-01 * (ST-0002)"), "{journal}");
        assert!(journal.contains(", worked:2026-11-24"), "{journal}");
        desk.holds();
    });
}

/// The fee of a payment changed the return of the month of the work, which had been told before; in the journal it stood in the payment's.
#[test]
fn a_fee_counts_in_the_month_of_its_payment() {
    on_each_store("pay_booked_fee", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "14"));
        desk.done(7_200);
        desk.draw_up(december()).unwrap();
        assert_eq!(desk.out("2026-11"), "28.00");
        let new = NewPayment {
            fee: Some("3".to_owned()),
            ..NewPayment::default()
        };
        desk.owns(move |tx, actor| note_payment(tx, actor, 1, &new, december()))
            .unwrap();
        assert_eq!(desk.out("2026-11"), "28.00");
        assert_eq!(desk.out("2026-12").parse(), Ok(Decimal::from(3)));
        let journal = desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        let (_, of_payment) = journal.split_once("2026-12-03 * (ST-0001)").unwrap();
        assert!(of_payment.contains("expenses:fees  USD 3.00"), "{journal}");
        desk.holds();
    });
}

/// What was earned anew stood on the day of the work until the next bill came, in a month that was billed and paid.
#[test]
fn an_open_correction_of_billed_work_leaves_its_paid_month_alone() {
    on_each_store("pay_booked_bill", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "14"));
        desk.done(7_200);
        let bill = desk.bill("1", "28", "").unwrap();
        let approved = desk.approve(bill.row.id, "", None, december()).unwrap();
        desk.pay(approved.statement.unwrap().row.number, None)
            .unwrap();
        assert_eq!(desk.out("2026-11"), "28.00");
        let correct = |posting: u64, seconds: i64| {
            let correction = Correction {
                seconds: Some(seconds),
                note: "counted again".to_owned(),
                ..Correction::default()
            };
            desk.owns(move |tx, actor| correct_posting(tx, actor, posting, &correction, december()))
                .unwrap()
        };
        let anew = correct(1, 3_600);
        assert_eq!(desk.out("2026-11"), "28.00");
        assert_eq!(desk.out("2026-12"), "-14.00");
        // Put right once more before any bill has it.
        correct(anew[1].number, 5_400);
        assert_eq!(desk.out("2026-11"), "28.00");
        assert_eq!(desk.out("2026-12"), "-7.00");
        desk.holds();
    });
}

/// What was earned and taken back before any bill had it changes nothing: it had stood in two months.
#[test]
fn what_was_taken_back_before_it_was_stated_is_in_no_month() {
    on_each_store("pay_booked_open", |store| {
        let desk = HandedOff::with(store, paid_by("assignment", "20"));
        let first = desk.done(0).row.number;
        let lines = format!("#{first} 20");
        let bill = desk.bill("1", &lines, "").unwrap();
        desk.approve(bill.row.id, "", None, december()).unwrap();
        let late = u64::try_from(desk.postings().len()).unwrap() + 1;
        desk.done(0);
        assert_eq!(desk.out("2026-11"), "40.00");
        desk.owns(move |tx, actor| {
            correct_posting(tx, actor, late, &Correction::default(), december())
        })
        .unwrap();
        assert_eq!(desk.out("2026-11"), "20.00");
        assert_eq!(desk.out("2026-12"), "0");
        desk.holds();
    });
}
