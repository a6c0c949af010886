//! Milestones on both databases: each earns what was agreed on its day, once, and within the days of its handoff.

use std::sync::Arc;
use std::thread;

use offdesk_actions::handoffs::{
    HandoffAnswer, Move, NewScope, OpenWork, load_handoff, move_handoff, propose_change,
};
use offdesk_actions::pay::{Correction, NewMilestone, correct_posting, mark_milestone};
use offdesk_actions::people::NewTerms;
use offdesk_actions::people::own::answer_own_change;
use offdesk_actions::{Error, Moment};
use offdesk_domain::handoff::EndReason;

use super::desk::{december, january};
use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by, refused};
use crate::stores::{moment, on_each_store};

fn mark(
    desk: &HandedOff,
    on: Option<&str>,
    title: &str,
    is_another: bool,
    at: Moment,
) -> Result<Posting, Error> {
    let id = desk.handoff;
    let new = NewMilestone {
        day: on.map(day),
        note: title.to_owned(),
        is_another,
    };
    desk.owns(move |tx, actor| mark_milestone(tx, actor, id, &new, at))
}

fn raised(desk: &HandedOff, amount: &str, unit: &str, from: &str, at: Moment) {
    let id = desk.handoff;
    let new = NewScope {
        terms: Some(NewTerms {
            unit: unit.to_owned(),
            amount: amount.to_owned(),
            currency: "USD".to_owned(),
            ..NewTerms::default()
        }),
        start: Some(day(from)),
        ..NewScope::default()
    };
    desk.owns(move |tx, actor| propose_change(tx, actor, id, &new, None, at))
        .unwrap();
    desk.works(move |tx, actor| {
        answer_own_change(tx, actor, id, HandoffAnswer::Accept, "", None, at)
    })
    .unwrap();
}

#[test]
fn a_milestone_earns_what_was_agreed_on_its_day() {
    on_each_store("milestone_terms", |store| {
        let desk = HandedOff::with(store, paid_by("milestone", "250"));
        raised(&desk, "400", "milestone", "2026-12-01", moment(100));
        let later = december();
        mark(&desk, Some("2026-11-30"), "plan", false, later).unwrap();
        mark(&desk, Some("2026-12-01"), "walls", false, later).unwrap();
        raised(&desk, "20", "hour", "2026-12-10", moment(10 * 86_400));
        refused(mark(&desk, None, "roof", false, january()), "pay.unit");
        mark(&desk, Some("2026-12-09"), "roof", false, january()).unwrap();
        let earned: Vec<Money> = desk
            .postings()
            .iter()
            .filter_map(|it| it.posted.owed().ok()?.rounded().ok())
            .collect();
        assert_eq!(
            earned,
            [
                money("250.00 USD"),
                money("400.00 USD"),
                money("400.00 USD")
            ]
        );
        desk.holds();
    });
}

#[test]
fn a_milestone_lies_within_the_days_of_its_handoff() {
    on_each_store("milestone_days", |store| {
        let desk = HandedOff::with(store, paid_by("milestone", "250"));
        let said = |marked: Result<Posting, Error>, code: &str| {
            let error = marked.unwrap_err();
            assert_eq!(error.code, code, "{error:?}");
            error.hint
        };
        let range = "name a day from 2026-11-24 to 2026-12-03";
        let before = mark(&desk, Some("2026-11-23"), "a", false, december());
        assert_eq!(said(before, "pay.outside"), range);
        let to_come = mark(&desk, Some("2026-12-04"), "a", false, december());
        assert_eq!(said(to_come, "pay.future"), range);
        let id = desk.handoff;
        let seen = desk
            .owns(move |tx, actor| load_handoff(tx, actor, id))
            .unwrap();
        assert!(seen.has_milestones);
        let version = Some(seen.summary.handoff.row.version);
        desk.owns(move |tx, actor| {
            let what = Move::End(EndReason::Finished, OpenWork::Unsaid);
            move_handoff(tx, actor, id, what, "", version, moment(16 * 86_400))
        })
        .unwrap();
        let after = mark(&desk, None, "a", false, january());
        assert_eq!(
            said(after, "pay.outside"),
            "name a day from 2026-11-24 to 2026-12-10"
        );
        mark(&desk, Some("2026-12-10"), "a", false, january()).unwrap();
        desk.holds();
    });
}

#[test]
fn a_milestone_is_paid_once() {
    on_each_store("milestone_once", |store| {
        let desk = HandedOff::with(store, paid_by("milestone", "250"));
        let at = december();
        let first = mark(&desk, None, "Moved in", false, at).unwrap();
        refused(
            mark(&desk, Some("2026-11-25"), " moved  IN ", false, at),
            "pay.same_milestone",
        );
        mark(&desk, None, "moved in", true, at).unwrap();
        mark(&desk, None, "", false, at).unwrap();
        refused(mark(&desk, None, "", false, at), "pay.same_milestone");
        mark(&desk, Some("2026-11-30"), "", false, at).unwrap();
        assert_eq!(desk.postings().len(), 4);
        // What was taken back may be noted anew.
        for number in [first.number, first.number + 1] {
            desk.owns(move |tx, actor| {
                correct_posting(tx, actor, number, &Correction::default(), at)
            })
            .unwrap();
        }
        mark(&desk, None, "moved in", false, at).unwrap();
        desk.holds();
    });
}

/// Only what was earned first had the milestone's name: after a price was put right, it could be noted and paid again.
#[test]
fn a_milestone_whose_price_was_put_right_is_not_paid_again() {
    on_each_store("milestone_price", |store| {
        let desk = HandedOff::with(store, paid_by("milestone", "500"));
        let at = december();
        let mut number = mark(&desk, None, "Launch", false, at).unwrap().number;
        for price in ["400", "300"] {
            let right = Correction {
                price: Some(price.to_owned()),
                ..Correction::default()
            };
            let put = desk
                .owns(move |tx, actor| correct_posting(tx, actor, number, &right, at))
                .unwrap();
            number = put[1].number;
            refused(mark(&desk, None, "launch", false, at), "pay.same_milestone");
        }
        desk.holds();
    });
}

#[test]
fn of_several_marks_at_once_one_earns() {
    on_each_store("milestone_race", |store| {
        let desk = Arc::new(HandedOff::with(store, paid_by("milestone", "250")));
        let threads: Vec<_> = (0..6)
            .map(|_| {
                let desk = Arc::clone(&desk);
                thread::spawn(move || mark(&desk, None, "opened", false, december()).is_ok())
            })
            .collect();
        let done: Vec<bool> = threads
            .into_iter()
            .map(|it| it.join().unwrap_or(false))
            .collect();
        assert_eq!(done.iter().filter(|it| **it).count(), 1);
        assert_eq!(desk.postings().len(), 1);
        desk.holds();
    });
}
