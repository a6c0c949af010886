//! A period that is paid does not change: not on its statement, nor in the journal, nor in the return.

use std::collections::BTreeMap;

use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::{
    Correction, NewPayment, correct_posting, note_payment, write_desk_journal,
};
use offdesk_actions::returns::{Month, load_return};
use rust_decimal::Decimal;

use offdesk_actions::pay::bills::{NewBill, lines_of};
use offdesk_actions::pay::{NewRun, draw_up_statements};
use offdesk_actions::returns::receipts::{NewReceipt, note_receipt, take_back_receipt};

use super::day;
use super::desk::{december, january};
use crate::handed_off::{Desk as HandedOff, paid_by, refused};
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

/// The last day of a bill was not bounded: work of theirs that was put right counted after it, and the return never ended.
#[test]
fn a_mistyped_day_of_a_bill_is_refused() {
    on_each_store("pay_bill_days", |store| {
        let desk = HandedOff::with(store, paid_by("assignment", "20"));
        desk.done(0);
        let record = |on: &str, from: &str, to: &str, lines: &str| {
            desk.record(NewBill {
                person: desk.person(),
                number: "RE2".to_owned(),
                day: day(on),
                days: (day(from), day(to)),
                currency: "USD".to_owned(),
                lines: lines_of(lines).unwrap(),
                net: String::new(),
                tax: String::new(),
                note: String::new(),
                file: None,
            })
        };
        for (on, from, to, lines) in [
            ("2026-11-29", "2026-11-01", "9999-12-31", "20"),
            ("2026-11-29", "2026-11-01", "2206-11-30", "20"),
            ("2026-11-29", "0001-01-01", "2026-11-30", "20"),
            ("2206-11-29", "2026-11-01", "2026-11-30", "20"),
            ("2026-11-29", "2026-11-01", "2026-11-30", "9999-11-24 20"),
        ] {
            refused(record(on, from, to, lines), "day.far");
        }
        record("2026-11-29", "2026-11-01", "2027-11-30", "20").unwrap();
    });
}

/// A bill that was approved with such a day before it was refused: what is put right counts within a year, and return and journal end.
#[test]
fn a_return_ends_whatever_days_a_bill_has() {
    on_each_store("pay_bill_years", |store| {
        let desk = HandedOff::with(store, paid_by("assignment", "20"));
        let lines = format!("#{} 20", desk.done(0).row.number);
        let id = desk.bill("RE1", &lines, "").unwrap().row.id;
        let plant = "UPDATE bill SET to_day = 2932896, from_day = 2932890";
        let planted = store.write(move |tx| tx.execute(plant, &[]));
        planted.wait().unwrap();
        desk.approve(id, "all the same", None, december()).unwrap();
        desk.owns(move |tx, actor| {
            correct_posting(tx, actor, 1, &Correction::default(), december())
        })
        .unwrap();
        let report = desk
            .owns(|tx, actor| load_return(tx, actor, None, december()))
            .unwrap();
        assert!(report.weeks.len() < 60, "{}", report.weeks.len());
        assert!(report.months.len() < 20, "{}", report.months.len());
        let journal = desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        assert!(!journal.contains("9999"), "{journal}");
        desk.holds();
    });
}

/// Days of money that came in, was paid or is drawn up had no first one: a mistyped year counted 100,000 weeks.
#[test]
fn a_mistyped_year_of_money_is_refused_or_taken_back() {
    on_each_store("pay_years", |store| {
        let desk = HandedOff::with(store, paid_by("assignment", "20"));
        desk.done(0);
        let receipt = |on: &str| NewReceipt {
            amount: "120".to_owned(),
            day: Some(day(on)),
            ..NewReceipt::default()
        };
        let early = receipt("0026-11-24");
        refused(
            desk.owns(move |tx, actor| note_receipt(tx, actor, &early, december())),
            "day.far",
        );
        let run = NewRun {
            until: Some(day("0026-11-30")),
            ..NewRun::default()
        };
        refused(
            desk.owns(move |tx, actor| draw_up_statements(tx, actor, &run, december())),
            "day.far",
        );
        desk.draw_up(december()).unwrap();
        let paid = NewPayment {
            sent: Some(("18".to_owned(), "EUR".to_owned())),
            rate_day: Some(day("9999-12-31")),
            ..NewPayment::default()
        };
        refused(
            desk.owns(move |tx, actor| note_payment(tx, actor, 1, &paid, december())),
            "day.far",
        );
        // One that is there from before is taken back, and counts no weeks any more.
        let fit = receipt("2026-11-24");
        desk.owns(move |tx, actor| note_receipt(tx, actor, &fit, december()))
            .unwrap();
        let plant = "UPDATE receipt SET day = -709000";
        let planted = store.write(move |tx| tx.execute(plant, &[]));
        planted.wait().unwrap();
        desk.owns(|tx, actor| take_back_receipt(tx, actor, 1, "", december()))
            .unwrap();
        let report = desk
            .owns(|tx, actor| load_return(tx, actor, None, december()))
            .unwrap();
        assert!(report.weeks.len() < 5, "{}", report.weeks.len());
        assert_eq!(report.found.cash.net_out().to_string(), "20.00");
    });
}
