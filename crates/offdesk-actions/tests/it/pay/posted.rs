//! What is posted stays as it was agreed, on both databases: other terms begin after it, and a line is put right up or down by a
//! correction that says why.

use offdesk_actions::handoffs::{HandoffAnswer, NewScope, propose_change};
use offdesk_actions::pay::ledger::record;
use offdesk_actions::pay::{Correction, NewMilestone, correct_posting, mark_milestone};
use offdesk_actions::people::NewTerms;
use offdesk_actions::people::own::answer_own_change;
use offdesk_actions::timesheets::Decision;
use offdesk_actions::{Error, Moment};
use offdesk_domain::pay::Posted;

use super::desk::{december, january};
use super::weeks::{WHOLE, by_hour, saturday};
use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by, refused};
use crate::stores::{moment, on_each_store};

/// Noon of 4 December.
fn later() -> Moment {
    moment(10 * 86_400)
}

impl HandedOff {
    pub fn proposes(
        &self,
        (unit, amount): (&str, &str),
        from: Option<&str>,
        at: Moment,
    ) -> Result<Day, Error> {
        let id = self.handoff;
        let new = NewScope {
            terms: Some(NewTerms {
                unit: unit.to_owned(),
                amount: amount.to_owned(),
                ..NewTerms::default()
            }),
            start: from.map(day),
            ..NewScope::default()
        };
        let proposed = self.owns(move |tx, actor| propose_change(tx, actor, id, &new, None, at))?;
        let open = proposed.summary.handoff.agreement.proposed;
        Ok(open.map(|it| it.start).unwrap())
    }

    pub fn agrees(&self, at: Moment) -> Result<(), Error> {
        let id = self.handoff;
        let yes = HandoffAnswer::Accept;
        self.works(move |tx, actor| answer_own_change(tx, actor, id, yes, "", None, at))
            .map(|_| ())
    }

    fn puts_right(
        &self,
        line: u64,
        (price, seconds): (Option<&str>, Option<i64>),
        why: &str,
    ) -> Result<Vec<Posting>, Error> {
        let correction = Correction {
            seconds,
            price: price.map(str::to_owned),
            note: why.to_owned(),
        };
        self.owns(move |tx, actor| correct_posting(tx, actor, line, &correction, later()))
    }
}

/// A rise from a day of which the pay is posted was shown as agreed, and earned nothing.
#[test]
fn other_terms_begin_after_the_days_of_a_retainer_that_are_posted() {
    on_each_store("pay_posted_retainer", |store| {
        let desk = HandedOff::with(store, |new| {
            paid_by("retainer", "310")(new);
            new.start = Some(day("2026-10-01"));
        });
        let rise = ("retainer", "620");
        assert_eq!(
            desk.proposes(rise, Some("2026-10-01"), moment(100))
                .unwrap(),
            day("2026-10-01")
        );
        desk.draw_up(december()).unwrap();
        // What was free when it was proposed has been posted since.
        refused(desk.agrees(later()), "handoff.posted");
        let error = desk
            .proposes(rise, Some("2026-11-30"), later())
            .unwrap_err();
        assert_eq!(error.code, "handoff.posted");
        assert_eq!(
            error.message,
            "it would begin on 2026-11-30, and the pay until 2026-11-30 is posted by what held until then"
        );
        assert!(error.hint.contains("2026-12-01"), "{}", error.hint);
        // What is the same as before takes nothing from what is posted, and the days that are free are paid anew.
        desk.proposes(rise, Some("2026-12-01"), later()).unwrap();
        desk.agrees(later()).unwrap();
        let of_ana = |at: Moment| {
            let mut drawn = desk.draw_up(at).unwrap().into_iter();
            drawn.find(|one| one.person == "Ana").unwrap().balance
        };
        assert_eq!(of_ana(january()), money("620.00 USD"));
        desk.holds();
        // What is owed for the days before is paid by corrections of their lines.
        let handoff = record(desk.handoff);
        let postings = desk.postings().into_iter();
        let mut october = postings.filter(
            |posting| matches!(posting.posted, Posted::Earned(earned) if earned.handoff == handoff),
        );
        let line = october.next().unwrap().number;
        desk.puts_right(line, (Some("620"), None), "agreed in October")
            .unwrap();
        assert_eq!(of_ana(moment(75 * 86_400)), money("930.00 USD"));
        desk.holds();
    });
}

/// Where no day is said it is the first that is free.
#[test]
fn other_terms_without_a_day_begin_where_nothing_is_posted() {
    on_each_store("pay_posted_free", |store| {
        let desk = HandedOff::with(store, paid_by("milestone", "100"));
        let id = desk.handoff;
        desk.owns(move |tx, actor| {
            mark_milestone(tx, actor, id, &NewMilestone::default(), moment(90))
        })
        .unwrap();
        let dearer = ("milestone", "150");
        let tomorrow = day("2026-11-25");
        assert_eq!(desk.proposes(dearer, None, moment(100)).unwrap(), tomorrow);
        // Nothing is posted any more of what was taken back.
        desk.puts_right(1, (None, None), "").unwrap();
        let today = day("2026-11-24");
        assert_eq!(desk.proposes(dearer, None, moment(110)).unwrap(), today);
        desk.agrees(moment(120)).unwrap();
        // Each assignment has terms of its own; but no retainer is paid for a day beside them.
        let by_one = ("assignment", "20");
        assert_eq!(desk.proposes(by_one, None, moment(130)).unwrap(), today);
        desk.agrees(moment(140)).unwrap();
        desk.done(0);
        assert_eq!(
            desk.proposes(("assignment", "30"), None, moment(150))
                .unwrap(),
            today
        );
        assert_eq!(
            desk.proposes(("retainer", "300"), None, moment(160))
                .unwrap(),
            tomorrow
        );
        desk.holds();
    });
}

/// A line whose price was put right stopped every change of its day, also one that leaves the terms as they are.
#[test]
fn a_line_that_was_put_right_stops_no_change_that_leaves_the_terms() {
    on_each_store("pay_posted_same", |store| {
        let desk = HandedOff::with(store, |new| {
            paid_by("milestone", "500")(new);
            new.start = Some(day("2026-11-01"));
        });
        let id = desk.handoff;
        let reached = desk.owns(move |tx, actor| {
            mark_milestone(tx, actor, id, &NewMilestone::default(), moment(90))
        });
        let line = reached.unwrap().number;
        let right = desk.puts_right(line, (Some("400"), None), "a part of it");
        let right = right.unwrap().last().unwrap().number;
        let (same, today) = (("milestone", "500"), Some("2026-11-24"));
        refused(desk.proposes(same, None, moment(100)), "handoff.same");
        desk.proposes(same, today, moment(100)).unwrap();
        // What is put right after it was proposed stops nobody from accepting.
        desk.puts_right(right, (Some("300"), None), "less of it")
            .unwrap();
        desk.agrees(moment(110)).unwrap();
        refused(desk.proposes(same, today, moment(120)), "handoff.same");
        // The days before that held the same, so nothing on them is posted by other terms.
        desk.proposes(same, Some("2026-10-20"), moment(120))
            .unwrap();
        let tomorrow = day("2026-11-25");
        // Other terms begin after what is posted, also where it was put right to just these.
        let rise = ("milestone", "600");
        assert_eq!(desk.proposes(rise, None, moment(130)).unwrap(), tomorrow);
        let lower = ("milestone", "400");
        assert_eq!(desk.proposes(lower, None, moment(140)).unwrap(), tomorrow);
        desk.holds();
    });
}

#[test]
fn other_terms_begin_after_the_hours_that_are_posted() {
    on_each_store("pay_posted_hours", |store| {
        let desk = HandedOff::with(store, by_hour);
        desk.type_hours(&WHOLE, true).unwrap();
        let rise = ("hour", "20");
        desk.proposes(rise, Some("2026-11-23"), saturday()).unwrap();
        desk.decide(Decision::Approve).unwrap();
        refused(desk.agrees(saturday()), "handoff.posted");
        refused(
            desk.proposes(rise, Some("2026-11-27"), saturday()),
            "handoff.posted",
        );
        let free = day("2026-11-28");
        assert_eq!(
            desk.proposes(rise, Some("2026-11-28"), saturday()).unwrap(),
            free
        );
        desk.agrees(saturday()).unwrap();
        desk.holds();
    });
}

/// A price that was too low could not be put right, and hours rose without bound.
#[test]
fn a_line_is_put_right_up_and_down_within_what_can_be() {
    on_each_store("pay_posted_right", |store| {
        let desk = HandedOff::with(store, by_hour);
        desk.type_hours(&WHOLE, true).unwrap();
        desk.decide(Decision::Approve).unwrap();
        let why = "it took longer";
        let hours = |line: u64, hours: i64, why: &str| {
            desk.puts_right(line, (None, Some(hours * 3_600)), why)
        };
        // More than stands there is paid with a word about why.
        refused(hours(1, 2, " "), "pay.more");
        refused(desk.puts_right(1, (Some("15"), None), ""), "pay.more");
        refused(hours(1, 900, why), "timesheet.hours");
        refused(hours(1, 25, why), "timesheet.hours");
        assert_eq!(hours(1, 24, why).unwrap().len(), 2);
        let anew = u64::try_from(desk.postings().len()).unwrap();
        assert_eq!(hours(anew, 20, "").unwrap().len(), 2);
        assert_eq!(
            desk.puts_right(2, (Some("15"), None), "agreed by phone")
                .unwrap()
                .len(),
            2
        );
        desk.holds();
    });
    on_each_store("pay_posted_price", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "10"));
        desk.done(3_600);
        let why = "it took longer";
        let hours = |seconds: i64| desk.puts_right(1, (None, Some(seconds)), why);
        refused(hours(3_600 * 1_001), "assignment.hours");
        assert_eq!(hours(3_600 * 30).unwrap().len(), 2);
        desk.holds();
    });
    on_each_store("pay_posted_low", |store| {
        let desk = HandedOff::of(store);
        desk.done(0);
        desk.draw_up(december()).unwrap();
        desk.pay(1, None).unwrap();
        let before = desk.statement(1);
        desk.puts_right(1, (Some("30"), None), "typed wrong")
            .unwrap();
        assert_eq!(desk.statement(1), before);
        let drawn = desk.draw_up(january()).unwrap();
        assert_eq!(drawn[0].balance, money("10.00 USD"));
        let detail = desk.statement(2);
        let lines = detail.statement.lines.iter();
        let said: Vec<String> = lines
            .map(|line| detail.about(line.posting).in_words())
            .collect();
        assert_eq!(
            said,
            [
                "#1, takes back line 1: typed wrong",
                "#1, in the place of line 1: typed wrong"
            ]
        );
        desk.holds();
    });
}
