//! Terms that were agreed for a later day hold from that day on, for what is given as for what is worked, on both databases.

use offdesk_actions::assignments::{
    AssignmentChange, NewAssignment, change_assignment, give_assignment, reassign_assignment,
};
use offdesk_actions::budgets::{NewBudget, Whose, set_budget};
use offdesk_actions::handoffs::{
    HandoffAnswer, NewScope, answer_change_for, list_handoffs, list_terms_today, propose_change,
};
use offdesk_actions::people::NewTerms;
use offdesk_actions::store::Uuid;
use offdesk_actions::workspaces::{Settings, change_settings, load_settings};

use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by, refused};
use crate::stores::{moment, on_each_store};

/// A day in seconds, counted from noon of 24 November 2026.
const DAY: i64 = 86_400;
/// Noon of the first of January 2027.
const NEW_YEAR: i64 = 38 * DAY;

type Paid = (&'static str, &'static str);

/// What is given is paid by what holds on the day it is given, and earns by that.
#[test]
fn what_is_given_is_paid_by_the_terms_of_that_day() {
    let check = |(first, then): (Paid, Paid), at: i64, given: &str, earned: &[&str]| {
        let name = format!("pay_later_{}_{}_{at}", first.0, then.0);
        on_each_store(&name, |store| {
            let desk = HandedOff::with(store, paid_by(first.0, first.1));
            desk.changes(then, Some("2027-01-01"), 100);
            let row = desk.load(desk.give_at(at)).row;
            let found = format!("{} {} for one {}", row.amount, row.currency, row.unit);
            assert_eq!(found, given, "{first:?}, then {then:?}, given at {at}");
            if at > DAY {
                return;
            }
            // It earns by what it was given for, and a retainer is not paid beside it.
            desk.done(7_200);
            let postings = desk.postings();
            let owed = postings.iter().map(|it| it.posted.owed().unwrap());
            let expected: Vec<_> = earned.iter().map(|it| exact(it)).collect();
            assert_eq!(owed.collect::<Vec<_>>(), expected, "{first:?}");
            desk.is_clean();
            desk.holds();
        });
    };
    let (twenty, retainer) = (("assignment", "20"), ("retainer", "400"));
    check(
        (twenty, retainer),
        40,
        "20.00 USD for one assignment",
        &["20 USD"],
    );
    check(
        (twenty, retainer),
        NEW_YEAR - DAY,
        "20.00 USD for one assignment",
        &[],
    );
    check(
        (twenty, retainer),
        NEW_YEAR,
        "400.00 USD for one retainer",
        &[],
    );
    let fifty = ("assignment", "50");
    check((retainer, fifty), 40, "400.00 USD for one retainer", &[]);
    check(
        (retainer, fifty),
        NEW_YEAR,
        "50.00 USD for one assignment",
        &[],
    );
    let (ten, thirty) = (("hour", "10"), ("hour", "30"));
    check((ten, thirty), 40, "10.00 USD for one hour", &["20 USD"]);
    check((ten, thirty), NEW_YEAR, "30.00 USD for one hour", &[]);
    check(
        (twenty, fifty),
        40,
        "20.00 USD for one assignment",
        &["20 USD"],
    );
}

/// The day is that of the workspace's zone, as everywhere in pay.
#[test]
fn the_day_something_is_given_is_that_of_the_workspace() {
    on_each_store("pay_later_zone", |store| {
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
        desk.changes(("assignment", "30"), Some("2027-01-01"), 100);
        // One o'clock in the night of the first of January there.
        let new_year = desk.load(desk.give_at(NEW_YEAR - DAY)).row;
        assert_eq!(new_year.amount, "30.00");
        let before = desk.load(desk.give_at(NEW_YEAR - DAY - 7_200)).row;
        assert_eq!(before.amount, "20.00");
    });
}

/// What is given before the first day of its handoff is paid by what begins on that day.
#[test]
fn before_the_first_day_the_first_terms_hold() {
    on_each_store("pay_later_first", |store| {
        let desk = HandedOff::with(store, |new| {
            paid_by("assignment", "20")(new);
            new.start = Some(day("2026-12-01"));
        });
        desk.changes(("retainer", "400"), Some("2027-01-01"), 100);
        let row = desk.load(desk.give_at(200)).row;
        assert_eq!(
            (row.unit.as_str(), row.amount.as_str()),
            ("assignment", "20.00")
        );
    });
}

/// A budget that blocks weighs what is given at its own price, and another price of it by the terms it was given for.
#[test]
fn a_budget_weighs_what_is_given_by_the_terms_of_that_day() {
    on_each_store("pay_later_budget", |store| {
        let desk = HandedOff::of(store);
        desk.changes(("retainer", "400"), Some("2027-01-01"), 100);
        let handoff = desk.handoff;
        let budget = NewBudget {
            whose: Whose::Handoff(handoff),
            amount: "50".to_owned(),
            currency: "USD".to_owned(),
            warn_at: String::new(),
            blocks: true,
        };
        desk.owns(move |tx, actor| set_budget(tx, actor, &budget, moment(150)))
            .unwrap();
        let first = desk.give_at(200);
        desk.give_at(201);
        let third = desk.owns(move |tx, actor| {
            let new = NewAssignment {
                due: Some(moment(4_000).now),
                ..NewAssignment::default()
            };
            give_assignment(tx, actor, handoff, &new, moment(202))
        });
        refused(third, "budget.passed");
        let dearer = |amount: &'static str| {
            desk.owns(move |tx, actor| {
                let change = AssignmentChange {
                    amount: Some(amount.to_owned()),
                    ..AssignmentChange::default()
                };
                change_assignment(tx, actor, first, &change, moment(203))
            })
        };
        refused(dearer("31"), "budget.passed");
        let row = dearer("30").unwrap().row;
        assert_eq!(
            (row.unit.as_str(), row.amount.as_str()),
            ("assignment", "30.00")
        );
    });
}

/// What goes to somebody else is paid by what holds with them on that day, and the page says so before.
#[test]
fn what_is_given_to_somebody_else_is_paid_by_the_terms_of_that_day() {
    on_each_store("pay_later_reassigned", |store| {
        let desk = HandedOff::of(store);
        let other = desk.other;
        let new = NewScope {
            terms: Some(NewTerms {
                unit: "retainer".to_owned(),
                amount: "400".to_owned(),
                ..NewTerms::default()
            }),
            start: Some(day("2027-01-01")),
            ..NewScope::default()
        };
        desk.owns(move |tx, actor| {
            propose_change(tx, actor, other, &new, None, moment(100))?;
            let yes = HandoffAnswer::Accept;
            answer_change_for(tx, actor, other, yes, "", None, moment(101))
        })
        .unwrap();
        let shown = |at: i64| -> Vec<String> {
            desk.owns(move |tx, actor| {
                let mut all = list_handoffs(tx, actor, None, 10)?;
                all.retain(|it| it.handoff.row.id == other);
                list_terms_today(tx, actor, &all, moment(at))
            })
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect()
        };
        assert_eq!(shown(300), ["20.00 USD an assignment"]);
        assert_eq!(shown(NEW_YEAR), ["400.00 USD a month"]);
        let id: Uuid = desk.give_at(200);
        let given = desk
            .owns(move |tx, actor| {
                reassign_assignment(tx, actor, id, (other, None), None, moment(300))
            })
            .unwrap();
        let row = given.row;
        assert_eq!(
            (row.unit.as_str(), row.amount.as_str()),
            ("assignment", "20.00")
        );
    });
}

/// The handoff says what holds until its terms begin.
#[test]
fn a_handoff_has_what_was_agreed_before() {
    on_each_store("pay_later_before", |store| {
        let desk = HandedOff::of(store);
        assert_eq!(desk.handoff().before, None);
        desk.changes(("retainer", "400"), Some("2027-01-01"), 100);
        let (since, terms) = desk.handoff().before.unwrap();
        assert_eq!(since, day("2026-11-24"));
        assert_eq!(terms.to_string(), "20.00 USD an assignment");
    });
}
