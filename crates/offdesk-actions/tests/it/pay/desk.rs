//! Pay from the desk's own work, on both databases: accepted work is earned once, statements are drawn up, paid and corrected, and what
//! is paid does not change.

use std::sync::Arc;

use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::{AssignmentDetail, NewReview, set_time};
use offdesk_actions::handoffs::{
    Move, NewScope, OpenWork, load_handoff, move_handoff, propose_change,
};
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::ledger::{load_ledger, record};
use offdesk_actions::pay::{
    CameBack, Correction, NewDetails, NewMilestone, NewPayment, NewReturn, NewRun, PersonPayChange,
    StatementDetail, StatementSummary, WantedFile, Written, change_own_pay_details, change_pay_of,
    correct_posting, draw_up_statements, list_own_statements, load_overview, load_own_statement,
    load_statement, mark_milestone, note_paid_in_full, note_payment, note_returned_payment,
    write_desk_journal, write_pay_file,
};
use offdesk_actions::people::{NewTerms, add_terms};
use offdesk_actions::returns::load_return;
use offdesk_actions::store::{Scope, Store, Tx, Uuid};
use offdesk_actions::upkeep::verify;
use offdesk_actions::{Error, Moment};
use offdesk_domain::handoff::EndReason;
use offdesk_domain::pay::State;
use offdesk_domain::pay::file::Kind;

use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by, refused};
use crate::stores::{moment, on_each_store, write};

/// The third of December 2026, when November is over.
pub fn december() -> Moment {
    moment(9 * 86_400)
}

/// The third of January 2027.
pub fn january() -> Moment {
    moment(40 * 86_400)
}

impl HandedOff {
    /// An assignment that was done and accepted, with so many seconds typed in.
    pub fn done(&self, seconds: i64) -> AssignmentDetail {
        let id = self.agreed();
        if seconds > 0 {
            self.works(move |tx, actor| set_time(tx, actor, id, seconds, moment(45)))
                .unwrap();
        }
        let delivered = self.deliver(id, moment(50)).unwrap();
        // After many clean ones not each is looked at.
        if delivered.course.state.is_accepted() {
            return delivered;
        }
        self.accept(id, NewReview::default()).unwrap()
    }

    pub fn draw_up(&self, at: Moment) -> Result<Vec<StatementSummary>, Error> {
        self.owns(move |tx, actor| draw_up_statements(tx, actor, &NewRun::default(), at))
    }

    pub fn pay(&self, number: i64, amount: Option<&str>) -> Result<StatementDetail, Error> {
        self.pay_at(number, amount, december())
    }

    pub fn pay_at(
        &self,
        number: i64,
        amount: Option<&str>,
        at: Moment,
    ) -> Result<StatementDetail, Error> {
        let new = NewPayment {
            amount: amount.map(str::to_owned),
            ..NewPayment::default()
        };
        self.owns(move |tx, actor| note_payment(tx, actor, number, &new, at))
    }

    pub fn statement(&self, number: i64) -> StatementDetail {
        self.owns(move |tx, actor| load_statement(tx, actor, number))
            .unwrap()
    }

    pub fn postings(&self) -> Vec<Posting> {
        let (workspace, _) = self.owner.membership.unwrap();
        let read = self
            .store
            .read(move |tx| load_ledger(&mut Scope::new(tx, workspace)).map_err(Error::from));
        read.wait().unwrap()
    }

    pub fn person(&self) -> Uuid {
        self.handoff().summary.handoff.row.person_id
    }

    /// What does not hold, the ledger with it.
    #[track_caller]
    pub fn holds(&self) {
        let verified = verify(&self.store).unwrap();
        let faults: Vec<String> = verified
            .checks
            .into_iter()
            .flat_map(|check| check.faults)
            .collect();
        assert_eq!(faults, [""; 0]);
    }
}

/// Somebody who changes what a statement's row says is owed is not paid by it, nor is a paid one paid again.
#[test]
fn a_pay_file_goes_by_what_was_posted() {
    on_each_store("pay_file_posted", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        let change = |sql: &'static str| {
            let run = store.write(move |tx| tx.execute(sql, &[]).map_err(Error::from));
            run.wait().unwrap()
        };
        let file = || {
            desk.owns(|tx, actor| {
                let wanted = WantedFile {
                    kind: Kind::Plain,
                    statements: vec![],
                    currency: None,
                    day: None,
                    again: false,
                };
                write_pay_file(tx, actor, &wanted, december())
            })
        };
        change("UPDATE statement SET owed = '99999.00'");
        let text = text_of(&file().unwrap().file);
        assert!(text.contains("USD,20.00,ST-0001"), "{text}");
        desk.pay(1, None).unwrap();
        change("UPDATE statement SET owed = '20.00', state = 'open'");
        refused(file(), "pay.file_empty");
    });
}

pub fn file_of(desk: &HandedOff, kind: Kind, named: &[i64], again: bool) -> Result<Written, Error> {
    let wanted = WantedFile {
        kind,
        statements: named.to_vec(),
        currency: None,
        day: None,
        again,
    };
    desk.owns(move |tx, actor| write_pay_file(tx, actor, &wanted, december()))
}

/// What stands in a file is noted and left out of the next one, until a payment of it is noted or came back, or it is asked for again.
#[test]
fn a_statement_is_in_one_file() {
    on_each_store("pay_filed", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        refused(file_of(&desk, Kind::Plain, &[9], false), "pay.no_statement");
        let first = file_of(&desk, Kind::Plain, &[], false).unwrap();
        let overview = || {
            desk.owns(|tx, actor| load_overview(tx, actor, december()))
                .unwrap()
        };
        let filed = overview().owed[0].filed.clone().unwrap();
        assert_eq!(
            filed.in_words(),
            "in PAY-20261203-120000 of 2026-12-03, not noted as paid"
        );
        assert_eq!(
            (filed.kind.as_str(), filed.amount.as_str()),
            ("csv", "20.00")
        );
        let error = file_of(&desk, Kind::Plain, &[], false).unwrap_err();
        assert_eq!(error.code, "pay.file_empty");
        assert!(
            error
                .message
                .contains("ST-0001 of Ana (in PAY-20261203-120000"),
            "{}",
            error.message
        );
        refused(file_of(&desk, Kind::Plain, &[1], false), "pay.filed");
        let again = file_of(&desk, Kind::Plain, &[1], true).unwrap();
        assert_eq!(text_of(&first.file), text_of(&again.file));
        // Two of one second have names of their own.
        assert_eq!(
            overview().owed[0].filed.as_ref().unwrap().file,
            "PAY-20261203-120000-2"
        );
        // What is left of it, and what came back, is paid by the next file.
        desk.pay(1, Some("5")).unwrap();
        assert_eq!(overview().owed[0].filed, None);
        let rest = file_of(&desk, Kind::Plain, &[], false).unwrap();
        assert!(text_of(&rest.file).contains("USD,15.00,ST-0001"));
        let paid = desk.pay(1, None).unwrap();
        refused(file_of(&desk, Kind::Plain, &[1], false), "pay.already_paid");
        refused(desk.pay(1, None), "pay.already_paid");
        let posting = paid.payments[1].posting;
        let came_back = move |on: &'static str| {
            move |tx: &mut Tx<'_>, actor: &Actor| {
                let what = CameBack::Payment;
                note_returned_payment(
                    tx,
                    actor,
                    (1, posting),
                    NewReturn::of(what, Some(day(on))),
                    january(),
                )
            }
        };
        refused(desk.owns(came_back("2026-12-02")), "pay.before");
        refused(desk.owns(came_back("2027-01-04")), "pay.future");
        desk.owns(came_back("2026-12-05")).unwrap();
        file_of(&desk, Kind::Plain, &[], false).unwrap();
        desk.holds();
    });
}

/// Two statements of one person that stand in one row of a file, one of them of a bill.
fn in_one_row(store: &Arc<Store>) -> HandedOff {
    let desk = HandedOff::of(store);
    let first = desk.done(0);
    let line = format!("#{} 20", first.row.number);
    let bill = desk.bill("RE 117/26", &line, "4.20").unwrap();
    desk.approve(bill.row.id, "", None, december()).unwrap();
    desk.done(0);
    desk.draw_up(december()).unwrap();
    let written = file_of(&desk, Kind::Plain, &[], false).unwrap();
    assert_eq!(written.rows, 1);
    let text = text_of(&written.file);
    assert!(
        text.contains("USD,44.20,\"ST-0001 RE 117/26, ST-0002\","),
        "{text}"
    );
    desk
}

/// Notes both statements as paid in full; gives the numbers of their payments.
fn pay_both(desk: &HandedOff) -> (u64, u64) {
    let paid = desk
        .owns(|tx, actor| note_paid_in_full(tx, actor, &[1, 2], None, december()))
        .unwrap();
    assert_eq!(paid.len(), 2);
    (last_payment(desk, 1), last_payment(desk, 2))
}

fn last_payment(desk: &HandedOff, number: i64) -> u64 {
    let made = desk.statement(number).payments;
    made.last().unwrap().posting
}

/// What became of the other statements of a row, as number, payment and whether it came back.
fn back(desk: &HandedOff, of: (i64, u64), what: CameBack) -> Vec<(i64, u64, bool)> {
    let returned = desk
        .owns(move |tx, actor| {
            note_returned_payment(tx, actor, of, NewReturn::of(what, None), december())
        })
        .unwrap();
    let beside = returned.row.iter();
    beside
        .map(|it| (it.statement, it.payment, it.came_back))
        .collect()
}

/// Several statements of one person are one row; each is noted as in the file, and paid on its own; a row that came back reopens all of them.
#[test]
fn a_person_is_one_row_of_a_file() {
    on_each_store("pay_rows", |store| {
        let desk = in_one_row(store);
        let overview = || {
            desk.owns(|tx, actor| load_overview(tx, actor, december()))
                .unwrap()
        };
        let filed = |at: usize| overview().owed[at].filed.clone().unwrap().amount;
        assert_eq!([filed(0), filed(1)], ["24.20", "20.00"]);
        let (first, second) = pay_both(&desk);
        assert_eq!(
            back(&desk, (1, first), CameBack::Row),
            [(2, second, true)],
            "what the row paid comes back as a whole"
        );
        let owed = overview().owed;
        assert_eq!(owed.len(), 2);
        assert!(owed.iter().all(|one| one.filed.is_none()));
        assert_eq!(file_of(&desk, Kind::Plain, &[], false).unwrap().rows, 1);
        // One that is paid on its own leaves the other one in the file.
        let (first, _) = pay_both(&desk);
        assert_eq!(back(&desk, (1, first), CameBack::Payment), []);
        assert_eq!(overview().owed.len(), 1);
        desk.holds();
    });
}

/// A row that came back takes along only what it paid: a statement that was paid anew since stays paid, and the owner is told.
#[test]
fn a_row_that_came_back_leaves_what_was_paid_anew() {
    on_each_store("pay_row_anew", |store| {
        let desk = in_one_row(store);
        let (first, second) = pay_both(&desk);
        back(&desk, (1, first), CameBack::Payment);
        // Paid by hand, on the same day.
        desk.pay(1, None).unwrap();
        let anew = last_payment(&desk, 1);
        assert_eq!(
            back(&desk, (2, second), CameBack::Row),
            [(1, anew, false)],
            "the later payment stays"
        );
        assert_eq!(desk.statement(1).summary.state, State::Paid);
        assert_eq!(desk.statement(2).summary.state, State::PaymentReturned);
        // The payment by hand was no row: nothing comes back with it.
        desk.pay(2, None).unwrap();
        let by_hand = last_payment(&desk, 2);
        assert_eq!(back(&desk, (1, anew), CameBack::Row), [(2, by_hand, false)]);
        assert_eq!(desk.statement(1).summary.owed, money("24.20 USD"));
        assert_eq!(desk.statement(2).summary.state, State::Paid);
        desk.holds();
    });
}

/// A part that was paid by hand after the file was written is not what the row paid.
#[test]
fn a_part_paid_by_hand_is_not_of_the_row() {
    on_each_store("pay_row_part", |store| {
        let desk = in_one_row(store);
        desk.pay(1, Some("4.20")).unwrap();
        let part = last_payment(&desk, 1);
        desk.pay(2, None).unwrap();
        let second = last_payment(&desk, 2);
        assert_eq!(back(&desk, (2, second), CameBack::Row), [(1, part, false)]);
        assert_eq!(desk.statement(1).summary.state, State::PartlyPaid);
        desk.holds();
    });
}

/// What is owed and cannot be in a file is named with why.
#[test]
fn a_file_says_why_it_is_empty() {
    on_each_store("pay_why", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        let error = file_of(&desk, Kind::Sepa, &[], false).unwrap_err();
        assert_eq!(
            (error.code, error.message.as_str()),
            (
                "pay.file_empty",
                "nothing of what is owed can be in this file: ST-0001 of Ana (no payment details)"
            )
        );
    });
}

/// A payment is of no day to come, nor of one before the period it is for.
#[test]
fn a_payment_has_a_day_that_can_be() {
    on_each_store("pay_days", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        let pay = |on: &str| {
            let new = NewPayment {
                day: Some(day(on)),
                ..NewPayment::default()
            };
            desk.owns(move |tx, actor| note_payment(tx, actor, 1, &new, december()))
        };
        refused(pay("2026-12-04"), "pay.future");
        refused(pay("2026-10-31"), "pay.before");
        pay("2026-11-01").unwrap();
    });
}

#[test]
fn accepted_work_is_earned_once_and_paid() {
    on_each_store("pay_once", |store| {
        let desk = HandedOff::of(store);
        refused(desk.draw_up(december()), "pay.empty");
        let accepted = desk.done(0);
        let posted = desk.postings();
        assert_eq!(posted.len(), 1);
        assert_eq!(posted[0].posted.owed().unwrap(), exact("20.00 USD"));
        assert_eq!(posted[0].posted.person(), record(desk.person()));
        desk.done(0);
        // November is not over on the 24th.
        refused(desk.draw_up(moment(70)), "pay.empty");
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn.len(), 1);
        assert_eq!(drawn[0].balance, money("40.00 USD"));
        assert_eq!(
            (drawn[0].reference().as_str(), drawn[0].state),
            ("ST-0001", State::Open)
        );
        assert_eq!(drawn[0].person, "Ana");
        // A second run finds nothing, and takes nothing twice.
        refused(desk.draw_up(december()), "pay.empty");
        assert_eq!(desk.postings().len(), 3);
        let detail = desk.pay(1, Some("15")).unwrap();
        assert_eq!(detail.summary.state, State::PartlyPaid);
        assert_eq!(detail.summary.owed, money("25.00 USD"));
        refused(desk.pay(1, Some("25.01")), "pay.too_much");
        refused(desk.pay(1, Some("0.001")), "pay.digits");
        refused(desk.pay(1, Some("-3")), "pay.not_positive");
        refused(desk.pay(7, None), "pay.no_statement");
        let detail = desk.pay(1, None).unwrap();
        assert_eq!(detail.summary.state, State::Paid);
        refused(desk.pay(1, None), "pay.already_paid");
        // One comes back, and is owed again; it comes back once.
        let first = detail.payments[0].posting;
        let back = |of| {
            desk.owns(move |tx, actor| {
                let what = CameBack::Payment;
                note_returned_payment(tx, actor, (1, of), NewReturn::of(what, None), january())
            })
        };
        let returned = back(first).unwrap();
        let returned = returned.detail.summary;
        assert_eq!(returned.state, State::PaymentReturned);
        assert_eq!(returned.owed, money("15.00 USD"));
        refused(back(first), "pay.no_payment");
        desk.owns(|tx, actor| note_paid_in_full(tx, actor, &[1], None, january()))
            .unwrap();
        assert_eq!(desk.statement(1).summary.state, State::Paid);
        let line = &desk.statement(1).statement.lines[0];
        assert_eq!(line.earned.assignment, Some(record(accepted.row.id)));
        desk.holds();
    });
}

#[test]
fn hours_are_paid_with_the_assignment_they_were_typed_in() {
    on_each_store("pay_hours", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "14"));
        desk.done(4_000);
        // Without hours there is nothing to pay by the hour.
        desk.done(0);
        assert_eq!(desk.postings().len(), 1);
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn[0].balance, money("15.56 USD"));
        desk.holds();
    });
}

/// What was accepted before there were postings is found when statements are drawn up.
#[test]
fn nothing_accepted_is_forgotten() {
    on_each_store("pay_forgotten", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        for sql in [
            "DELETE FROM posting",
            "DELETE FROM ledger_end",
            "DELETE FROM handoff_sum",
        ] {
            let gone = store.write(move |tx| tx.execute(sql, &[]).map_err(Error::from));
            assert_eq!(gone.wait().unwrap(), 1);
        }
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn[0].balance, money("20.00 USD"));
        desk.holds();
    });
}

/// A period that is paid cannot change: what is put right later stands on the next statement.
#[test]
fn a_paid_period_does_not_change() {
    on_each_store("pay_fixed", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "14"));
        desk.done(7_200);
        desk.draw_up(december()).unwrap();
        desk.pay(1, None).unwrap();
        let before = desk.statement(1);
        let correct = |line: u64, seconds: Option<i64>| {
            desk.owns(move |tx, actor| {
                let correction = Correction {
                    seconds,
                    price: None,
                    note: "half of it was mine".to_owned(),
                };
                correct_posting(tx, actor, line, &correction, january())
            })
        };
        refused(correct(2, None), "pay.not_earned");
        refused(correct(99, None), "pay.no_posting");
        refused(correct(1, Some(0)), "pay.time");
        assert_eq!(correct(1, Some(3_600)).unwrap().len(), 2);
        refused(correct(1, None), "pay.reversed");
        assert_eq!(desk.statement(1), before);
        let drawn = desk.draw_up(january()).unwrap();
        assert_eq!(drawn[0].reference(), "ST-0002");
        assert_eq!(
            (drawn[0].balance, drawn[0].state),
            (money("-14.00 USD"), State::Carried)
        );
        assert_eq!(desk.statement(1), before);
        desk.holds();
        // What was too much is taken off what is earned next.
        desk.done(7_200);
        let later = moment(75 * 86_400);
        let drawn = desk.draw_up(later).unwrap();
        assert_eq!(drawn[0].balance, money("14.00 USD"));
        desk.holds();
    });
}

#[test]
fn a_retainer_is_paid_by_its_days() {
    on_each_store("pay_retainer", |store| {
        let desk = HandedOff::with(store, paid_by("retainer", "300"));
        // The handoffs began on 24 November: seven days of thirty, for each of three people.
        let drawn = desk.draw_up(december()).unwrap();
        let sums: Vec<_> = drawn.iter().map(|one| one.balance).collect();
        assert_eq!(sums, [money("70.00 USD"); 3]);
        refused(desk.draw_up(december()), "pay.empty");
        let id = desk.handoff;
        let seen = desk
            .owns(move |tx, actor| load_handoff(tx, actor, id))
            .unwrap();
        let version = Some(seen.summary.handoff.row.version);
        desk.owns(move |tx, actor| {
            let what = Move::End(EndReason::Finished, OpenWork::Unsaid);
            move_handoff(tx, actor, id, what, "", version, moment(16 * 86_400))
        })
        .unwrap();
        // It was ended on 10 December.
        let drawn = desk.draw_up(january()).unwrap();
        let of_ana = drawn.iter().find(|one| one.person == "Ana").unwrap();
        let of_bo = drawn.iter().find(|one| one.person == "Bo").unwrap();
        assert_eq!(of_ana.balance, money("96.77 USD"));
        assert_eq!(of_bo.balance, money("300.00 USD"));
        desk.holds();
    });
}

/// Who is paid in euros is paid in euros after a change of the amount, also where the workspace counts in dollars.
#[test]
fn a_change_without_a_currency_keeps_the_one_agreed() {
    on_each_store("pay_kept_currency", |store| {
        let desk = HandedOff::with(store, |new| {
            paid_by("hour", "14")(new);
            if let Some(terms) = &mut new.terms {
                terms.currency = "EUR".to_owned();
            }
        });
        let raise = || NewTerms {
            unit: "hour".to_owned(),
            amount: "16".to_owned(),
            ..NewTerms::default()
        };
        let id = desk.handoff;
        let new = NewScope {
            terms: Some(raise()),
            ..NewScope::default()
        };
        let changed = desk
            .owns(move |tx, actor| propose_change(tx, actor, id, &new, None, moment(100)))
            .unwrap();
        let proposed = changed.summary.handoff.row.change.unwrap();
        assert_eq!(
            (proposed.amount.as_str(), proposed.currency.as_str()),
            ("16.00", "EUR")
        );
        let person = desk.person();
        let add = |currency: &str| {
            let terms = NewTerms {
                currency: currency.to_owned(),
                ..raise()
            };
            let added =
                desk.owns(move |tx, actor| add_terms(tx, actor, person, &terms, moment(200)));
            added
                .unwrap()
                .terms
                .into_iter()
                .map(|row| row.currency)
                .collect::<Vec<_>>()
        };
        add("EUR");
        let euros = add("").iter().filter(|it| *it == "EUR").count();
        assert_eq!(euros, 2);
    });
}

#[test]
fn milestones_are_marked() {
    on_each_store("pay_milestone", |store| {
        let desk = HandedOff::with(store, paid_by("milestone", "250"));
        desk.done(3_600);
        assert_eq!(desk.postings().len(), 0);
        let (id, at) = (desk.handoff, moment(80));
        let mark = |day: Option<Day>| {
            desk.owns(move |tx, actor| {
                let new = NewMilestone {
                    day,
                    note: "moved in".to_owned(),
                    is_another: false,
                };
                mark_milestone(tx, actor, id, &new, at)
            })
        };
        mark(None).unwrap();
        refused(mark(Some(day("2026-11-25"))), "pay.future");
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn[0].balance, money("250.00 USD"));
        desk.holds();
    });
    on_each_store("pay_no_milestone", |store| {
        let desk = HandedOff::of(store);
        let id = desk.handoff;
        let marked = desk.owns(move |tx, actor| {
            mark_milestone(tx, actor, id, &NewMilestone::default(), moment(80))
        });
        refused(marked, "pay.unit");
    });
}

#[test]
fn a_pay_file_and_a_journal_from_the_desk() {
    on_each_store("pay_files", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        let file = |kind: Kind, statements: Vec<i64>| {
            desk.owns(move |tx, actor| {
                let wanted = WantedFile {
                    kind,
                    statements,
                    currency: None,
                    day: None,
                    again: true,
                };
                write_pay_file(tx, actor, &wanted, december())
            })
        };
        let plain = file(Kind::Plain, vec![]).unwrap();
        assert!(text_of(&plain.file).contains("Ana,ana@example.com,USD,20.00,ST-0001,2026-12-03"));
        // Nobody has said where Ana's money goes.
        refused(file(Kind::PayPal, vec![]), "pay.file_empty");
        refused(file(Kind::PayPal, vec![1]), "pay.no_details");
        let details = NewDetails {
            kind: "paypal".to_owned(),
            email: "ana@mail.example".to_owned(),
            ..NewDetails::default()
        };
        let own =
            desk.works(move |tx, actor| change_own_pay_details(tx, actor, &details, december()));
        assert_eq!(own.unwrap().details, at("paypal", "ana@mail.example"));
        let paypal = file(Kind::PayPal, vec![]).unwrap();
        assert_eq!(
            text_of(&paypal.file),
            "ana@mail.example,20.00,USD,ST-0001,ST-0001,PayPal\n"
        );
        let wise = file(Kind::Wise, vec![]);
        refused(wise, "pay.file_empty");
        let journal = desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        assert!(journal.contains("(ST-0001) Ana"), "{journal}");
        let overview = desk
            .owns(|tx, actor| load_overview(tx, actor, december()))
            .unwrap();
        assert_eq!(overview.totals, [money("20.00 USD")]);
        assert!(!overview.owed[0].is_overdue(overview.today));
        let late = desk
            .owns(|tx, actor| load_overview(tx, actor, moment(30 * 86_400)))
            .unwrap();
        assert!(late.owed[0].is_overdue(late.today));
    });
}

#[test]
fn how_somebody_is_paid_is_theirs_and_the_owners() {
    on_each_store("pay_details", |store| {
        let desk = HandedOff::of(store);
        let person = desk.person();
        let change = |change: PersonPayChange| {
            desk.owns(move |tx, actor| change_pay_of(tx, actor, person, &change, moment(90)))
        };
        let cycle = |word: &str| PersonPayChange {
            cycle: Some(word.to_owned()),
            ..PersonPayChange::default()
        };
        refused(change(cycle("daily")), "pay.cycle");
        assert_eq!(change(cycle("weekly")).unwrap().cycle, Cycle::Weekly);
        let bank = |iban: &str| NewDetails {
            kind: "bank".to_owned(),
            holder: "Ana Lee".to_owned(),
            iban: iban.to_owned(),
            ..NewDetails::default()
        };
        let give = |new: NewDetails| {
            desk.works(move |tx, actor| change_own_pay_details(tx, actor, &new, moment(91)))
        };
        refused(give(bank("DE00 1234")), "pay.iban");
        let given = give(bank(IBANS[0])).unwrap();
        // What the owner said of the period stays, and the number stays hidden.
        assert_eq!(given.cycle, Cycle::Weekly);
        let shown = offdesk_actions::pay::hidden(given.details.as_ref().unwrap());
        assert_eq!(shown, "DE89 … 3000");
        // An empty number keeps the one that was given.
        assert_eq!(give(bank("")).unwrap().details, given.details);
        // A week ends on Sunday, so a statement of it is there on Monday.
        desk.done(0);
        let drawn = desk.draw_up(moment(6 * 86_400)).unwrap();
        assert_eq!(drawn[0].period.to, day("2026-11-29"));
        // Nobody else sees it, the worker not those of others.
        let own = desk.works(list_own_statements).unwrap();
        assert_eq!(own.len(), 1);
        let bo = desk.bo.clone();
        let others = write(store, &bo, |tx, actor| load_own_statement(tx, actor, 1));
        refused(others, "not_found");
        refused(
            desk.works(|tx, actor| load_statement(tx, actor, 1)),
            "forbidden",
        );
        refused(
            desk.works(move |tx, actor| {
                change_pay_of(tx, actor, person, &PersonPayChange::default(), moment(92))
            }),
            "forbidden",
        );
    });
}

/// A fee that was mistyped stood in the journal and in the return for good; then it went from the return's month of the payment, which was told
/// already, and from the journal's month in which it was taken back.
#[test]
fn a_fee_that_was_noted_by_mistake_is_taken_back_with_its_payment() {
    on_each_store("pay_fee_back", |store| {
        let desk = HandedOff::with(store, paid_by("assignment", "20"));
        desk.done(0);
        desk.draw_up(december()).unwrap();
        let pay = |fee: &str| {
            let new = NewPayment {
                fee: Some(fee.to_owned()),
                ..NewPayment::default()
            };
            let paid = desk.owns(move |tx, actor| note_payment(tx, actor, 1, &new, december()));
            paid.map(|detail| detail.payments.last().unwrap().posting)
        };
        let back = |payment: u64, fee_back: bool| {
            let new = NewReturn {
                fee_back,
                ..NewReturn::of(CameBack::Payment, None)
            };
            desk.owns(move |tx, actor| {
                note_returned_payment(tx, actor, (1, payment), new, january())
            })
        };
        let fees = || {
            let journal = desk
                .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
                .unwrap();
            let mut on = "";
            let mut fees = Vec::new();
            for line in journal.lines() {
                if line.starts_with("20") {
                    on = line.split(' ').next().unwrap();
                } else if let Some(fee) = line.trim().strip_prefix("expenses:fees") {
                    fees.push(format!("{on} {}", fee.trim()));
                }
            }
            let report = desk
                .owns(|tx, actor| load_return(tx, actor, None, january()))
                .unwrap();
            let months = report.months.iter();
            let months = months.map(|(month, it)| format!("{month} {}", it.cash.net_out()));
            (fees.join(", "), months.collect::<Vec<_>>().join(", "))
        };
        // Ten times what it is for is the most.
        refused(pay("200.01"), "pay.fee");
        refused(pay("99999999999"), "pay.fee");
        let mistyped = pay("30").unwrap();
        let november = |rest: &str| format!("2026-11 20.00, 2026-12 {rest}");
        let told = (
            "2026-12-03 USD 30.00".to_owned(),
            november("30.00, 2027-01 0"),
        );
        assert_eq!(fees(), told);
        let detail = back(mistyped, true).unwrap().detail;
        assert!(detail.payments[0].is_fee_back);
        let right = pay("3").unwrap();
        let told = "2026-12-03 USD 30.00, 2026-12-03 USD 3.00, 2027-01-03 USD -30.00".to_owned();
        let months = november("33.00, 2027-01 -30.00");
        assert_eq!(fees(), (told, months.clone()));
        desk.holds();
        // The bank's own return keeps its fee; and where none was noted, none is taken back.
        back(right, false).unwrap();
        assert_eq!(fees().1, months);
        let without = desk.pay(1, None).unwrap().payments.last().unwrap().posting;
        refused(back(without, true), "pay.no_fee");
        assert!(
            desk.statement(1)
                .payments
                .last()
                .unwrap()
                .came_back
                .is_none()
        );
        desk.holds();
    });
}
