//! Bills that come in, on both databases: matched to accepted work, queried, approved, paid once.

use offdesk_actions::pay::bills::{
    Approval, BillDetail, NewBill, NewBillLine, approve_bill, lines_of, list_bills, load_bill,
    load_bill_file, query_bill, record_bill, remove_bill, save_bill_file,
};
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::write_desk_journal;
use offdesk_actions::store::Uuid;
use offdesk_actions::{Error, Moment};
use offdesk_domain::pay::BillState;

use super::desk::{december, january};
use super::*;
use crate::handed_off::{Desk as HandedOff, refused};
use crate::stores::{moment, on_each_store};

impl HandedOff {
    pub fn bill(&self, number: &str, lines: &str, tax: &str) -> Result<BillDetail, Error> {
        let new = NewBill {
            person: self.person(),
            number: number.to_owned(),
            day: day("2026-12-01"),
            days: (day("2026-11-01"), day("2026-11-30")),
            currency: "usd".to_owned(),
            lines: lines_of(lines).unwrap(),
            net: String::new(),
            tax: tax.to_owned(),
            note: String::new(),
            file: None,
        };
        self.record(new)
    }

    pub fn record(&self, new: NewBill) -> Result<BillDetail, Error> {
        self.owns(move |tx, actor| record_bill(tx, actor, &new, december()))
    }

    pub fn approve(
        &self,
        id: Uuid,
        note: &str,
        tax: Option<&str>,
        at: Moment,
    ) -> Result<BillDetail, Error> {
        let approval = Approval {
            note: note.to_owned(),
            tax: tax.map(str::to_owned),
            seen: None,
        };
        self.owns(move |tx, actor| approve_bill(tx, actor, id, &approval, at))
    }

    fn look(&self, id: Uuid) -> BillDetail {
        self.owns(move |tx, actor| load_bill(tx, actor, id))
            .unwrap()
    }
}

#[test]
fn a_bill_is_matched_approved_and_paid_once() {
    on_each_store("bill_once", |store| {
        let desk = HandedOff::of(store);
        let (first, second) = (desk.done(0), desk.done(0));
        let numbers = [first.row.number, second.row.number];
        let lines = format!("#{} 20\n2026-11-24 #{} 20.00", numbers[0], numbers[1]);
        let bill = desk.bill("RE 2026-117", &lines, "8.40").unwrap();
        assert_eq!(bill.state, BillState::Matched);
        assert_eq!(bill.matching.difference, money("0.00 USD"));
        assert_eq!(bill.total, money("48.40 USD"));
        let matched: Vec<_> = bill
            .lines
            .iter()
            .map(|line| line.found.postings.len())
            .collect();
        assert_eq!(matched, [1, 1]);
        // The same number again, written otherwise, is refused.
        refused(desk.bill("re-2026/117", "40", ""), "bill.twice");
        // Until it is approved, nothing is on a statement.
        assert_eq!(desk.postings().len(), 2);
        let approved = desk.approve(bill.row.id, "", None, december()).unwrap();
        assert_eq!(approved.state, BillState::Approved);
        let statement = approved.statement.unwrap();
        assert_eq!(statement.balance, money("48.40 USD"));
        assert_eq!(
            statement.row.bill,
            Some(("RE 2026-117".to_owned(), "8.40".to_owned()))
        );
        desk.holds();
        refused(
            desk.approve(bill.row.id, "", None, december()),
            "bill.not_now",
        );
        // What the bill has taken no statement takes, and no other bill.
        refused(desk.draw_up(december()), "pay.empty");
        let again = desk.bill("RE 2026-118", &lines, "").unwrap();
        assert_eq!(again.state, BillState::Received);
        assert_eq!(again.matching.statements.len(), 1);
        refused(
            desk.approve(again.row.id, "anyway", None, december()),
            "bill.nothing",
        );
        // It is paid by the payments of its statement, the tax with it.
        let number = statement.row.number;
        refused(desk.pay(number, Some("48.41")), "pay.too_much");
        desk.pay(number, Some("48.40")).unwrap();
        assert_eq!(desk.look(bill.row.id).state, BillState::Paid);
        let journal = desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        assert!(
            journal.contains("tax of bill RE 2026-117")
                && journal.contains("expenses:tax  USD 8.40"),
            "{journal}"
        );
        desk.holds();
        let id = bill.row.id;
        refused(
            desk.owns(move |tx, actor| remove_bill(tx, actor, id, december())),
            "bill.not_now",
        );
        let other = again.row.id;
        desk.owns(move |tx, actor| remove_bill(tx, actor, other, december()))
            .unwrap();
        let left = desk
            .owns(|tx, actor| list_bills(tx, actor, None, 9))
            .unwrap();
        assert_eq!(left.len(), 1);
    });
}

#[test]
fn what_differs_is_named_and_only_what_was_accepted_is_paid() {
    on_each_store("bill_differs", |store| {
        let desk = HandedOff::of(store);
        let (first, _) = (desk.done(0), desk.done(0));
        let lines = format!("#{} 20.01\nSomething else 99", first.row.number);
        let bill = desk.bill("7", &lines, "25").unwrap();
        assert_eq!(bill.state, BillState::Received);
        assert_eq!(bill.lines[0].found.difference, money("0.01 USD"));
        assert!(bill.lines[1].found.postings.is_empty());
        assert_eq!(bill.matching.unbilled.len(), 1);
        let (id, seen) = (bill.row.id, Some(bill.row.version));
        let ask = |said: &'static str, seen| {
            desk.owns(move |tx, actor| query_bill(tx, actor, id, said, seen, december()))
        };
        refused(ask(" ", seen), "bill.why");
        assert_eq!(
            ask("What is the 99?", seen).unwrap().state,
            BillState::Queried
        );
        refused(ask("What is it?", seen), "bill.changed");
        refused(desk.approve(id, "", None, december()), "bill.differs");
        refused(
            desk.approve(id, "They agreed", None, december()),
            "bill.tax",
        );
        refused(
            desk.approve(id, "They agreed", Some("-1"), december()),
            "bill.tax",
        );
        let approved = desk
            .approve(id, "They agreed", Some("4.20"), december())
            .unwrap();
        assert_eq!(approved.statement.unwrap().balance, money("24.20 USD"));
        // What was accepted and not billed is stated as ever.
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn[0].balance, money("20.00 USD"));
        desk.holds();
    });
}

#[test]
fn a_statement_that_was_drawn_up_before_pays_the_bill() {
    on_each_store("bill_later", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        let half = desk.bill("8", "20", "").unwrap();
        assert_eq!(half.state, BillState::Received);
        refused(
            desk.approve(half.row.id, "half", None, january()),
            "bill.nothing",
        );
        let taxed = desk.bill("9", "40", "1").unwrap();
        assert_eq!(taxed.state, BillState::Matched);
        let bill = desk.bill("10", "40", "").unwrap();
        assert_eq!(bill.state, BillState::Matched);
        let approved = desk.approve(bill.row.id, "", None, january()).unwrap();
        assert_eq!(approved.statement.unwrap().row.number, 1);
        // Nothing was posted for it, and no second bill has the statement.
        assert_eq!(desk.postings().len(), 3);
        let other = desk.bill("11", "40", "").unwrap();
        refused(
            desk.approve(other.row.id, "", None, january()),
            "bill.changed",
        );
        desk.holds();
    });
}

/// The tax of work that is stated, and even paid, was in no way to be paid.
#[test]
fn the_tax_of_work_that_was_stated_before_is_stated_alone() {
    on_each_store("bill_tax", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        desk.pay(1, Some("40")).unwrap();
        let bill = desk.bill("9", "40", "8.40").unwrap();
        assert_eq!(bill.state, BillState::Matched);
        let approved = desk.approve(bill.row.id, "", None, january()).unwrap();
        let statement = approved.statement.unwrap();
        assert_eq!(
            (statement.row.number, statement.balance),
            (2, money("8.40 USD"))
        );
        let detail = desk.statement(2);
        assert_eq!(detail.statement.lines.len(), 0);
        assert_eq!(detail.statement.sum, money("0.00 USD"));
        // Looked at again, the bill still is what was accepted.
        assert!(desk.look(bill.row.id).matching.is_whole());
        // A second bill of the same work needs a word, and the same tax is none by itself.
        let again = desk.bill("9b", "40", "8.40").unwrap();
        refused(
            desk.approve(again.row.id, "", None, january()),
            "bill.tax_stated",
        );
        let none = desk.bill("9c", "40", "").unwrap();
        desk.approve(none.row.id, "", None, january()).unwrap();
        desk.holds();
        desk.pay_at(2, Some("8.40"), january()).unwrap();
        assert_eq!(desk.look(bill.row.id).state, BillState::Paid);
        let journal = desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        assert!(journal.contains("expenses:tax  USD 8.40"), "{journal}");
        desk.holds();
    });
}

#[test]
fn a_correction_of_billed_work_lands_on_the_next_statement() {
    on_each_store("bill_corrected", |store| {
        let desk = HandedOff::of(store);
        let accepted = desk.done(0);
        let bill = desk.bill("12", "20", "4.20").unwrap();
        let approved = desk.approve(bill.row.id, "", None, december()).unwrap();
        desk.pay(approved.statement.unwrap().row.number, None)
            .unwrap();
        let correction = offdesk_actions::pay::Correction::default();
        desk.owns(move |tx, actor| {
            offdesk_actions::pay::correct_posting(tx, actor, 1, &correction, december())
        })
        .unwrap();
        // The other work of the person, less what was taken back.
        desk.done(0);
        desk.done(0);
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn[0].balance, money("20.00 USD"));
        assert_eq!(desk.look(bill.row.id).state, BillState::Paid);
        assert!(accepted.course.state.is_accepted());
        desk.holds();
    });
}

/// An agency that is paid by bills alone is not paid for work that was taken back: the next bill is less by it.
#[test]
fn what_was_taken_back_is_taken_off_the_next_bill() {
    on_each_store("bill_taken_back", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        let first = desk.bill("20", "20", "").unwrap();
        desk.approve(first.row.id, "", None, december()).unwrap();
        desk.owns(|tx, actor| {
            let correction = offdesk_actions::pay::Correction::default();
            offdesk_actions::pay::correct_posting(tx, actor, 1, &correction, december())
        })
        .unwrap();
        // It waits: a statement of nothing else would carry it to no bill.
        refused(desk.draw_up(december()), "pay.empty");
        let (second, third) = (desk.done(0).row.number, desk.done(0).row.number);
        let lines = format!("#{second} 20\n#{third} 20");
        let bill = desk.bill("21", &lines, "").unwrap();
        assert_eq!(bill.state, BillState::Received);
        assert_eq!(bill.matching.taken_off, money("-20.00 USD"));
        assert_eq!(bill.matching.accepted, money("20.00 USD"));
        assert_eq!(bill.matching.difference, money("20.00 USD"));
        assert_eq!(bill.matching.credits.len(), 1);
        assert!(bill.matching.unbilled.is_empty());
        refused(
            desk.approve(bill.row.id, "", None, december()),
            "bill.differs",
        );
        // A line that gives it back is matched, and then all of it is.
        let given_back = format!("{lines}\n#1 -20");
        let whole = desk.bill("22", &given_back, "").unwrap();
        assert_eq!(whole.state, BillState::Matched);
        assert!(whole.matching.credits.is_empty());
        let approved = desk
            .approve(bill.row.id, "less what came back", None, december())
            .unwrap();
        assert_eq!(approved.statement.unwrap().balance, money("20.00 USD"));
        assert_eq!(approved.matching.credits, bill.matching.credits);
        refused(desk.draw_up(december()), "pay.empty");
        desk.holds();
    });
}

#[test]
fn what_is_no_bill_is_refused() {
    on_each_store("bill_wrong", |store| {
        let desk = HandedOff::of(store);
        let good = NewBill {
            person: desk.person(),
            number: "A-1".to_owned(),
            day: day("2026-12-01"),
            days: (day("2026-11-01"), day("2026-11-30")),
            currency: "USD".to_owned(),
            lines: Vec::new(),
            net: "20".to_owned(),
            tax: String::new(),
            note: String::new(),
            file: None,
        };
        let check = |code: &'static str, change: &dyn Fn(&mut NewBill)| {
            let mut new = good.clone();
            change(&mut new);
            refused(desk.record(new), code);
        };
        let line = |assignment| NewBillLine {
            assignment,
            amount: "20".to_owned(),
            ..NewBillLine::default()
        };
        check("not_found", &|new| new.person = Uuid::nil());
        check("bill.number", &|new| new.number = " - ".to_owned());
        check("bill.days", &|new| {
            new.days = (day("2026-12-01"), day("2026-11-01"))
        });
        check("pay.currency", &|new| new.currency = "US".to_owned());
        check("pay.amount", &|new| new.net = "much".to_owned());
        check("pay.digits", &|new| new.net = "20.001".to_owned());
        check("bill.net", &|new| new.net.clear());
        check("bill.net", &|new| {
            new.lines = vec![line(None)];
            new.net = "21".to_owned();
        });
        check("bill.assignment", &|new| new.lines = vec![line(Some(99))]);
        check("bill.tax", &|new| new.tax = "-1".to_owned());
        check("bill.file", &|new| {
            new.file = Some(("a.pdf".to_owned(), Vec::new()))
        });
        let bill = desk.record(good.clone()).unwrap();
        let id = bill.row.id;
        refused(
            desk.owns(move |tx, actor| load_bill_file(tx, actor, id)),
            "not_found",
        );
        let kept = desk.owns(move |tx, actor| {
            save_bill_file(tx, actor, id, "a\u{202e}.pdf", b"%PDF", moment(90))
        });
        assert!(kept.unwrap().file.is_some());
        let file = desk
            .owns(move |tx, actor| load_bill_file(tx, actor, id))
            .unwrap();
        assert_eq!(file.1, b"%PDF");
        // Nothing of it was accepted.
        refused(
            desk.approve(id, "so be it", None, december()),
            "bill.nothing",
        );
        desk.holds();
    });
}

/// A bill that differs, of work that was stated before, could not be closed: its tax was refused.
#[test]
fn the_tax_of_a_bill_that_differs_is_paid_where_its_work_was_stated() {
    on_each_store("bill_tax_differs", |store| {
        let desk = HandedOff::of(store);
        let (first, _) = (desk.done(0), desk.done(0));
        desk.draw_up(december()).unwrap();
        let lines = format!("#{} 20.01\nSomething else 99", first.row.number);
        let bill = desk.bill("7", &lines, "7.20").unwrap();
        let id = bill.row.id;
        refused(desk.approve(id, "", None, january()), "bill.differs");
        refused(
            desk.approve(id, "only what we accepted", None, january()),
            "bill.tax",
        );
        let approved = desk
            .approve(id, "only what we accepted", Some("6.40"), january())
            .unwrap();
        assert_eq!(approved.statement.unwrap().balance, money("6.40 USD"));
        desk.holds();
    });
}
