//! What people owe back is taken off what is owed to them, in what is shown and in pay files; what is left is shown, and can be paid back.

use offdesk_actions::Error;
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::{
    Correction, NewPayment, Overview, StatementDetail, WantedFile, correct_posting, load_overview,
    note_paid_file, note_paid_in_full, note_refund, write_desk_journal, write_pay_file,
};
use offdesk_domain::pay::State;
use offdesk_domain::pay::file::Kind;

use super::desk::{december, january};
use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by, refused};
use crate::stores::{moment, on_each_store};

impl HandedOff {
    pub fn correct(&self, line: u64) {
        self.owns(move |tx, actor| {
            correct_posting(tx, actor, line, &Correction::default(), december())
        })
        .unwrap();
    }

    fn overview(&self) -> Overview {
        self.owns(|tx, actor| load_overview(tx, actor, january()))
            .unwrap()
    }

    fn rows(&self) -> Result<Vec<String>, Error> {
        let written = self.owns(|tx, actor| {
            let wanted = WantedFile {
                kind: Kind::Plain,
                statements: Vec::new(),
                currency: None,
                day: None,
                again: true,
            };
            write_pay_file(tx, actor, &wanted, january())
        })?;
        let text = text_of(&written.file);
        let cell = |row: &str, place: usize| row.split(',').nth(place).unwrap().to_owned();
        let rows = text.lines().skip(1);
        Ok(rows
            .map(|row| format!("{} {}", cell(row, 3), cell(row, 4)))
            .collect())
    }

    fn refund(&self, number: i64, amount: Option<&str>) -> Result<StatementDetail, Error> {
        let new = NewPayment {
            amount: amount.map(str::to_owned),
            ..NewPayment::default()
        };
        self.owns(move |tx, actor| note_refund(tx, actor, number, &new, january()))
    }
}

fn texts(all: &[Money]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

/// Money that is not owed was paid: a correction before the payment was taken off nothing but later statements.
#[test]
fn a_correction_before_the_payment_is_taken_off_the_open_statement() {
    on_each_store("pay_netted", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "100"));
        desk.done(3_600);
        desk.done(3_600);
        desk.draw_up(december()).unwrap();
        assert_eq!(texts(&desk.overview().totals), ["200.00 USD"]);
        desk.correct(1);
        // Also before the correction stands on a statement.
        assert_eq!(texts(&desk.overview().totals), ["100.00 USD"]);
        assert_eq!(desk.rows().unwrap(), ["100.00 ST-0001"]);
        desk.draw_up(january()).unwrap();
        let overview = desk.overview();
        assert_eq!(texts(&overview.totals), ["100.00 USD"]);
        assert_eq!(overview.owed.len(), 1);
        assert_eq!(overview.owed[0].taken_off, money("100.00 USD"));
        assert!(overview.back.is_empty());
        assert_eq!(desk.rows().unwrap(), ["100.00 ST-0001"]);
        let paid = desk.pay(1, None).unwrap();
        assert_eq!(paid.payments[0].payment.amount, money("100.00 USD"));
        assert_eq!(paid.summary.state, State::Settled);
        assert!(!paid.summary.is_overdue(day("2027-12-01")));
        assert!(desk.overview().totals.is_empty());
        refused(desk.rows(), "pay.file_empty");
        refused(desk.pay(1, None), "pay.settled");
        // Nothing of it is taken off again.
        desk.done(3_600);
        let later = desk.draw_up(moment(75 * 86_400)).unwrap();
        assert_eq!(later[0].balance, money("100.00 USD"));
        assert_eq!(desk.statement(1).summary.state, State::Settled);
        // What was paid before the correction was known is noted all the same, and is owed back then.
        desk.pay(1, Some("100")).unwrap();
        assert_eq!(desk.statement(1).summary.state, State::Paid);
        assert!(desk.overview().totals.is_empty());
        assert_eq!(desk.statement(3).summary.state, State::Settled);
        desk.holds();
    });
}

/// A credit was taken off what was on its way to the bank already, and the next file paid the whole of the next statement: too much went out.
#[test]
fn a_credit_is_not_taken_off_what_stands_in_a_pay_file() {
    on_each_store("pay_netted_filed", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "100"));
        desk.done(3_600);
        desk.draw_up(december()).unwrap();
        assert_eq!(desk.rows().unwrap(), ["100.00 ST-0001"]);
        desk.done(7_200);
        desk.draw_up(january()).unwrap();
        desk.correct(1);
        let owed = |number| desk.statement(number).summary.owed;
        assert_eq!(
            (owed(1), owed(2)),
            (money("100.00 USD"), money("100.00 USD"))
        );
        desk.owns(|tx, actor| note_paid_in_full(tx, actor, &[1], None, january()))
            .unwrap();
        assert_eq!(desk.statement(1).summary.state, State::Paid);
        assert_eq!(texts(&desk.overview().totals), ["100.00 USD"]);
        desk.holds();
    });
}

/// What had left for the bank was settled by a later credit, and could not be noted as paid any more.
#[test]
fn what_is_on_its_way_stays_to_be_noted_after_a_credit() {
    on_each_store("pay_filed_credit", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "100"));
        desk.done(3_600);
        desk.draw_up(december()).unwrap();
        desk.rows().unwrap();
        desk.correct(1);
        desk.draw_up(january()).unwrap();
        let one = desk.statement(1).summary;
        assert_eq!((one.state, one.owed), (State::Open, money("100.00 USD")));
        assert!(desk.overview().owed[0].filed.is_some());
        desk.pay(1, None).unwrap();
        assert_eq!(desk.overview().back[0].back, money("100.00 USD"));
        desk.holds();
    });
}

/// More than stood in the file was noted where more was owed since: the payment was not known as that of the file then.
#[test]
fn what_stands_in_a_pay_file_is_noted_where_no_amount_is_named() {
    on_each_store("pay_filed_amount", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "100"));
        desk.done(3_600);
        desk.done(3_600);
        desk.draw_up(december()).unwrap();
        desk.correct(1);
        assert_eq!(desk.rows().unwrap(), ["100.00 ST-0001"]);
        // The credit is used up by what was earned since.
        desk.done(3_600);
        desk.draw_up(january()).unwrap();
        assert_eq!(desk.statement(1).summary.owed, money("200.00 USD"));
        let paid = desk.pay(1, None).unwrap();
        assert_eq!(paid.payments[0].payment.amount, money("100.00 USD"));
        assert_eq!(paid.summary.owed, money("100.00 USD"));
        desk.holds();
    });
}

#[test]
fn a_statement_that_is_netted_to_nothing_is_settled() {
    on_each_store("pay_netted_all", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "100"));
        desk.done(3_600);
        desk.draw_up(december()).unwrap();
        desk.correct(1);
        desk.draw_up(january()).unwrap();
        let one = desk.statement(1).summary;
        assert_eq!(
            (one.state, one.is_overdue(day("2027-12-01"))),
            (State::Settled, false)
        );
        let overview = desk.overview();
        assert!(overview.owed.is_empty() && overview.back.is_empty());
        desk.holds();
    });
}

/// What somebody owes back was shown nowhere, and nobody could note that it was paid back.
#[test]
fn what_is_owed_back_is_shown_and_can_be_paid_back() {
    on_each_store("pay_refund", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "100"));
        desk.done(3_600);
        desk.draw_up(december()).unwrap();
        desk.pay(1, None).unwrap();
        desk.correct(1);
        desk.draw_up(january()).unwrap();
        let overview = desk.overview();
        assert_eq!(overview.back.len(), 1);
        assert_eq!(overview.back[0].back, money("100.00 USD"));
        refused(desk.pay(2, None), "pay.below");
        refused(desk.refund(1, None), "pay.nothing_back");
        refused(desk.refund(2, Some("100.01")), "pay.too_much_back");
        refused(desk.refund(2, Some("-1")), "pay.not_positive");
        let part = desk.refund(2, Some("30")).unwrap();
        assert_eq!(part.summary.back, money("70.00 USD"));
        let all = desk.refund(2, None).unwrap();
        assert_eq!(all.summary.state, State::Paid);
        assert_eq!(all.payments[1].payment.amount, money("-70.00 USD"));
        refused(desk.refund(2, None), "pay.nothing_back");
        assert!(desk.overview().back.is_empty());
        desk.holds();
        let journal = desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        assert!(journal.contains("| paid back"), "{journal}");
        assert!(
            journal.contains("liabilities:payable:ana  USD -70.00\n    assets:pay  USD 70.00"),
            "{journal}"
        );
        // Nothing is left to be taken off what is earned next.
        desk.done(3_600);
        let later = desk.draw_up(moment(75 * 86_400)).unwrap();
        assert_eq!(later[0].balance, money("100.00 USD"));
        desk.holds();
    });
}

/// A fixed price could only be taken back whole.
#[test]
fn a_price_is_put_right() {
    on_each_store("pay_price", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        let correct = |price: &'static str, seconds: Option<i64>| {
            desk.owns(move |tx, actor| {
                let correction = Correction {
                    seconds,
                    price: Some(price.to_owned()),
                    note: "late".to_owned(),
                };
                correct_posting(tx, actor, 1, &correction, december())
            })
        };
        refused(correct("15", Some(60)), "pay.unit");
        refused(correct("much", None), "pay.amount");
        assert_eq!(correct("15", None).unwrap().len(), 2);
        let drawn = desk.draw_up(january()).unwrap();
        assert_eq!(drawn[0].balance, money("-5.00 USD"));
        // What a line pays stands on it, and why it was put right.
        let detail = desk.statement(2);
        let said: Vec<String> = detail
            .statement
            .lines
            .iter()
            .map(|line| detail.about(line.posting).in_words())
            .collect();
        assert_eq!(
            said,
            [
                "#1, takes back line 1: late",
                "#1, in the place of line 1: late"
            ]
        );
        assert_eq!(desk.statement(1).about(1).in_words(), "#1");
        desk.holds();
    });
}

/// The next work of the same handoff and day was said to stand in the place of what was taken back before it.
#[test]
fn other_work_of_the_same_day_is_not_in_the_place_of_what_was_taken_back() {
    on_each_store("pay_not_in_place", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        desk.correct(1);
        desk.done(0);
        desk.draw_up(january()).unwrap();
        let detail = desk.statement(2);
        let lines = detail.statement.lines.iter();
        let said: Vec<String> = lines
            .map(|line| detail.about(line.posting).in_words())
            .collect();
        assert_eq!(said, ["#1, takes back line 1", "#2"]);
        desk.holds();
    });
}

/// All that stands in a pay file is noted at once, with the amounts that stood in it.
#[test]
fn a_whole_pay_file_is_noted_as_paid() {
    on_each_store("pay_whole_file", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "100"));
        desk.done(3_600);
        desk.draw_up(december()).unwrap();
        desk.rows().unwrap();
        let file = desk.statement(1).summary.filed.unwrap().file;
        let paid = |file: &str| {
            let file = file.to_owned();
            desk.owns(move |tx, actor| note_paid_file(tx, actor, &file, None, january()))
        };
        refused(paid("PAY-1"), "pay.no_file");
        let all = paid(&file.to_lowercase()).unwrap();
        assert_eq!((all.len(), all[0].state), (1, State::Paid));
        refused(paid(&file), "pay.file_noted");
        desk.holds();
    });
}

/// The retainer of a month that is over was in no sum before its statement was drawn up.
#[test]
fn a_retainer_of_a_month_that_is_over_is_shown() {
    on_each_store("pay_retainer_shown", |store| {
        let desk = HandedOff::with(store, paid_by("retainer", "300"));
        let shown = |at| {
            let overview = desk
                .owns(move |tx, actor| load_overview(tx, actor, at))
                .unwrap();
            let sums = overview.unstated.iter().map(|one| one.sum);
            sums.collect::<Vec<Money>>()
        };
        // The handoffs began on 24 November: seven days of thirty, for each of three people.
        assert_eq!(texts(&shown(december())), ["70.00 USD"; 3]);
        desk.draw_up(december()).unwrap();
        assert!(shown(december()).is_empty());
        desk.holds();
    });
}
