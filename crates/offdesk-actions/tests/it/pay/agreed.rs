//! What is paid by what was agreed: its last day, and the terms that hold on a day after they were changed.

use offdesk_actions::assignments::{FindingKind, NewEscape, NewFinding, note_escape};
use offdesk_actions::budgets::{NewBudget, Which, Whose, list_budgets, set_budget};
use offdesk_actions::handoffs::{Move, OpenWork, SoFar, list_handoffs, load_so_far, move_handoff};
use offdesk_actions::pay::{
    NewDetails, NewMilestone, change_own_pay_details, list_left_for_next, mark_milestone, pdf,
    today_of,
};
use offdesk_actions::people::{NewTerms, add_terms};
use offdesk_actions::workspaces::{Settings, change_settings, load_settings};
use offdesk_domain::handoff::EndReason;
use offdesk_domain::pay::file::Kind;

use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by, refused};
use crate::pay::desk::{december, file_of, january};
use crate::stores::{moment, on_each_store};

/// Days after 24 November 2026.
const DAY: i64 = 86_400;

impl HandedOff {
    /// Ends Ana's handoff.
    fn ends(&self, at: i64) {
        let id = self.handoff;
        self.owns(move |tx, actor| {
            let what = Move::End(EndReason::Finished, OpenWork::Unsaid);
            move_handoff(tx, actor, id, what, "", None, moment(at))
        })
        .unwrap();
    }

    /// What Ana's handoff cost so far.
    fn so_far(&self, at: i64) -> SoFar {
        let handoff = self.handoff;
        self.owns(move |tx, actor| {
            let mut all = list_handoffs(tx, actor, None, 10)?;
            all.retain(|it| it.handoff.row.id == handoff);
            Ok(load_so_far(tx, actor, &all, moment(at))?.remove(0))
        })
        .unwrap()
    }

    /// Other terms of Ana's handoff that she accepts at once.
    pub fn changes(&self, terms: (&str, &str), from: Option<&str>, at: i64) {
        self.proposes(terms, from, moment(at)).unwrap();
        self.agrees(moment(at + 1)).unwrap();
    }
}

/// A fault that is found after the end moves the rung, which changed the handoff's row and with it its last day.
#[test]
fn an_ended_retainer_is_not_paid_on_where_its_rung_moves() {
    on_each_store("pay_ended_rung", |store| {
        let desk = HandedOff::with(store, |new| {
            paid_by("retainer", "300")(new);
            new.rung = 2;
        });
        let id = desk.done(0).row.id;
        desk.ends(16 * DAY);
        let escape = NewEscape {
            fault: NewFinding {
                kind: FindingKind::Fault,
                step: Some(1),
                criterion: None,
                text: "The reply has the wrong name.".to_owned(),
            },
            reworked: None,
            seen: None,
        };
        desk.owns(move |tx, actor| note_escape(tx, actor, id, &escape, moment(20 * DAY)))
            .unwrap();
        assert_eq!(desk.handoff().summary.handoff.checking.rung, 0);
        desk.draw_up(december()).unwrap();
        // It ended on 10 December, and the fault was found on the 14th.
        let drawn = desk.draw_up(january()).unwrap();
        let of_ana = drawn.iter().find(|one| one.person == "Ana").unwrap();
        assert_eq!(of_ana.balance, money("96.77 USD"));
        desk.holds();
    });
}

/// Other terms from a day before the ones that were agreed hold from then on: the old ones do not come back on their own first day.
#[test]
fn a_change_from_before_the_start_holds_to_the_end() {
    on_each_store("pay_change_before", |store| {
        let desk = HandedOff::with(store, |new| {
            paid_by("retainer", "310")(new);
            new.start = Some(day("2026-12-01"));
        });
        desk.changes(("retainer", "620"), Some("2026-11-29"), 100);
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn[0].balance, money("41.33 USD"));
        let handoff = desk.handoff;
        let budget = NewBudget {
            whose: Whose::Handoff(handoff),
            amount: "1000".to_owned(),
            currency: "USD".to_owned(),
            warn_at: String::new(),
            blocks: false,
        };
        desk.owns(move |tx, actor| set_budget(tx, actor, &budget, december()))
            .unwrap();
        let budgets = desk
            .owns(|tx, actor| list_budgets(tx, actor, Which::All, None, december()))
            .unwrap();
        assert_eq!(budgets.all[0].reckoned.promised, money("620.00 USD"));
        let drawn = desk.draw_up(january()).unwrap();
        let of_ana = drawn.iter().find(|one| one.person == "Ana").unwrap();
        assert_eq!(of_ana.balance, money("620.00 USD"));
        desk.holds();
    });
}

/// A retainer was said to cost nothing until its statement was drawn up, and not to run before something was given under it.
#[test]
fn what_a_retainer_cost_so_far_has_the_days_that_are_in_no_posting() {
    on_each_store("pay_retainer_so_far", |store| {
        let desk = HandedOff::with(store, |new| {
            paid_by("retainer", "310")(new);
            new.start = Some(day("2026-12-01"));
        });
        let before = desk.so_far(3 * DAY);
        assert_eq!((before.since, before.earned.len()), (None, 0));
        // 10 December.
        let after = desk.so_far(16 * DAY);
        assert_eq!((after.since, after.days), (Some(day("2026-12-01")), 10));
        assert_eq!(after.earned, [money("100.00 USD")]);
        desk.draw_up(january()).unwrap();
        // 10 January: December is posted.
        let later = desk.so_far(47 * DAY);
        assert_eq!((later.days, later.earned), (41, vec![money("410.00 USD")]));
    });
}

/// Other terms of what has not begun moved its start to the day they were proposed on.
#[test]
fn a_change_of_what_has_not_begun_leaves_its_start() {
    on_each_store("pay_change_start", |store| {
        let desk = HandedOff::with(store, |new| {
            paid_by("retainer", "310")(new);
            new.start = Some(day("2026-12-01"));
        });
        desk.changes(("retainer", "620"), None, 100);
        let agreed = desk.handoff().summary.handoff.agreement.agreed;
        assert_eq!(agreed.start, day("2026-12-01"));
        desk.changes(("retainer", "310"), None, 10 * DAY);
        let agreed = desk.handoff().summary.handoff.agreement.agreed;
        assert_eq!(agreed.start, day("2026-12-04"));
    });
}

/// Each change is kept as it was accepted: neither what it replaced nor what was to come before it returns when there is another one.
#[test]
fn what_a_change_replaced_does_not_return_by_a_later_one() {
    on_each_store("pay_change_again", |store| {
        let desk = HandedOff::with(store, |new| {
            paid_by("milestone", "10")(new);
            new.start = Some(day("2026-11-10"));
        });
        desk.changes(("milestone", "20"), Some("2026-11-20"), 100);
        desk.changes(("milestone", "30"), Some("2026-11-20"), 110);
        desk.changes(("milestone", "40"), Some("2026-11-15"), 120);
        desk.changes(("milestone", "50"), Some("2026-11-22"), 130);
        let id = desk.handoff;
        for on in [
            "2026-11-14",
            "2026-11-15",
            "2026-11-20",
            "2026-11-21",
            "2026-11-22",
        ] {
            let new = NewMilestone {
                day: Some(day(on)),
                note: String::new(),
                is_another: false,
            };
            desk.owns(move |tx, actor| mark_milestone(tx, actor, id, &new, moment(200)))
                .unwrap();
        }
        let paid: Vec<_> = desk
            .postings()
            .iter()
            .map(|posting| posting.posted.owed().unwrap())
            .collect();
        let expected = ["10", "40", "40", "40", "50"];
        assert_eq!(paid, expected.map(|amount| exact(&format!("{amount} USD"))));
        desk.holds();
    });
}

/// Pay counts days in the workspace's zone: what is agreed without a day began on the one before, where that zone is ahead.
#[test]
fn what_is_agreed_today_begins_on_the_day_of_the_workspace() {
    on_each_store("pay_today", |store| {
        let desk = HandedOff::of(store);
        desk.owns(|tx, actor| {
            let (settings, version) = load_settings(tx, actor)?;
            let settings = Settings {
                zone: Some("Pacific/Auckland".to_owned()),
                ..settings
            };
            change_settings(tx, actor, &settings, version, moment(61))
        })
        .unwrap();
        // It is one o'clock in the night of the 25th there.
        desk.changes(("assignment", "25"), None, 100);
        let start = desk.handoff().summary.handoff.agreement.agreed.start;
        assert_eq!(start, day("2026-11-25"));
        let person = desk.person();
        let terms = NewTerms {
            unit: "assignment".to_owned(),
            amount: "30".to_owned(),
            ..NewTerms::default()
        };
        let detail = desk
            .owns(move |tx, actor| add_terms(tx, actor, person, &terms, moment(110)))
            .unwrap();
        assert!(
            detail
                .terms
                .iter()
                .any(|it| it.from_day == i64::from(day("2026-11-25").0))
        );
        assert_eq!(detail.now.map(|it| it.price), Some(money("30.00 USD")));
        // A statement of November is to be paid until the 14th, which is over there at noon of UTC.
        let today = desk
            .owns(|tx, actor| today_of(tx, actor, moment(20 * DAY)))
            .unwrap();
        assert_eq!(today, day("2026-12-15"));
    });
}

/// PayPal takes whole forints: one odd amount kept all others from its file.
#[test]
fn an_odd_amount_is_left_out_of_a_file_with_its_reason() {
    on_each_store("pay_odd", |store| {
        let desk = HandedOff::with(store, |new| {
            paid_by("assignment", "1500.50")(new);
            if let Some(terms) = &mut new.terms {
                terms.currency = "HUF".to_owned();
            }
        });
        let details = NewDetails {
            kind: "paypal".to_owned(),
            email: "ana@mail.example".to_owned(),
            ..NewDetails::default()
        };
        desk.works(move |tx, actor| change_own_pay_details(tx, actor, &details, moment(40)))
            .unwrap();
        desk.done(0);
        desk.draw_up(december()).unwrap();
        refused(file_of(&desk, Kind::PayPal, &[1], false), "pay.file_digits");
        refused(file_of(&desk, Kind::PayPal, &[], false), "pay.file_empty");
        let told = desk.owns(list_left_for_next).unwrap();
        assert_eq!(told.len(), 1);
        assert!(told[0].why.contains("takes 0 digits"));
        desk.changes(("assignment", "1600"), None, 70);
        desk.done(0);
        desk.draw_up(january()).unwrap();
        let written = file_of(&desk, Kind::PayPal, &[], false).unwrap();
        assert!(text_of(&written.file).contains(",1600,HUF,ST-0002,"));
        let left: Vec<_> = written
            .for_next
            .iter()
            .map(|(one, why)| format!("{}: {why}", one.reference()))
            .collect();
        let expected = "ST-0001: Ana is owed 1500.50 HUF, and a file for PayPal takes 0 digits after the point of it";
        assert_eq!(left, [expected]);
    });
}

/// The commonest terms were cut off in the PDF.
#[test]
fn a_statement_on_paper_has_its_terms_whole() {
    on_each_store("pay_paper", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        let file = pdf::to_pdf(&desk.statement(1), day("2026-12-03"));
        let text = String::from_utf8_lossy(&file);
        assert!(text.contains("(20.00 USD an assignment)"), "{text}");
    });
}
