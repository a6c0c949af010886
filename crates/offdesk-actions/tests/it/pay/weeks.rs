//! Weeks of hours, on both databases: typed, handed in, approved once, fixed from then on, paid by the terms of their day.

use offdesk_actions::Error;
use offdesk_actions::assignments::{NewReview, accept_deliverable, set_time};
use offdesk_actions::budgets::{NewBudget, Whose, set_budget};
use offdesk_actions::desk::{Kind, load_desk};
use offdesk_actions::handoffs::{
    HandoffAnswer, Move, NewHandoff, NewScope, OpenWork, move_handoff, propose_change,
};
use offdesk_actions::pay::{
    Correction, OpenLine, correct_posting, list_open_lines, list_own_open_lines,
};
use offdesk_actions::people::NewTerms;
use offdesk_actions::people::own::answer_own_change;
use offdesk_actions::timesheets::{
    Decision, NewLine, NewWeek, Week, decide_week, list_own_weeks, list_submitted, load_own_week,
    save_own_week, save_week_for,
};
use offdesk_domain::handoff::EndReason;
use offdesk_domain::pay::{Posted, WeekState};

use super::desk::{december, january};
use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by, refused};
use crate::stores::{at_once, moment, on_each_store, write};

/// By the hour, from the second of November on.
pub fn by_hour(new: &mut NewHandoff) {
    paid_by("hour", "14")(new);
    new.start = Some(day("2026-11-02"));
}

/// The Saturday after the week of 23 November.
pub fn saturday() -> offdesk_actions::Moment {
    moment(4 * 86_400)
}

impl HandedOff {
    pub fn type_hours(&self, hours: &[(&str, i64)], is_complete: bool) -> Result<Week, Error> {
        let handoff = self.handoff;
        let lines = hours.iter().map(|(on, seconds)| NewLine {
            handoff,
            day: day(on),
            seconds: *seconds,
            note: String::new(),
        });
        let new = NewWeek {
            lines: lines.collect(),
            is_complete,
            ..NewWeek::default()
        };
        self.works(move |tx, actor| save_own_week(tx, actor, day("2026-11-23"), &new, saturday()))
    }

    pub fn decide(&self, decision: Decision) -> Result<Week, Error> {
        let person = self.person();
        self.owns(move |tx, actor| {
            let day = day("2026-11-25");
            decide_week(tx, actor, person, day, &decision, None, saturday())
        })
    }
}

pub const WHOLE: [(&str, i64); 5] = [
    ("2026-11-23", 3_600),
    ("2026-11-24", 3_600),
    ("2026-11-25", 3_600),
    ("2026-11-26", 3_600),
    ("2026-11-27", 1_800),
];

#[test]
fn a_week_is_typed_handed_in_approved_and_fixed() {
    on_each_store("week_course", |store| {
        let desk = HandedOff::with(store, by_hour);
        // Forgotten, or not worked? Nobody guesses.
        refused(desk.type_hours(&WHOLE[..3], true), "timesheet.unsaid");
        refused(
            desk.type_hours(&[("2026-11-30", 60)], false),
            "timesheet.day",
        );
        refused(
            desk.type_hours(&[("2026-11-23", 90_000)], false),
            "timesheet.hours",
        );
        refused(desk.decide(Decision::Approve), "timesheet.not_now");
        desk.type_hours(&WHOLE[..3], false).unwrap();
        desk.type_hours(&WHOLE, true).unwrap();
        refused(desk.type_hours(&WHOLE, false), "timesheet.not_now");
        let waiting = desk.owns(list_submitted).unwrap();
        assert_eq!((waiting.len(), waiting[0].time), (1, Seconds(16_200)));
        refused(
            desk.decide(Decision::Return(" ".to_owned())),
            "timesheet.why",
        );
        let back = desk
            .decide(Decision::Return("Friday was a holiday".to_owned()))
            .unwrap();
        assert_eq!(
            (back.state, back.said.as_str()),
            (WeekState::Returned, "Friday was a holiday")
        );
        assert_eq!(desk.postings().len(), 0);
        desk.type_hours(&WHOLE, true).unwrap();
        // Of many who approve at once one does.
        let approved = at_once(4, |_| desk.decide(Decision::Approve).is_ok());
        assert_eq!(approved.iter().filter(|it| **it).count(), 1);
        assert_eq!(desk.postings().len(), 5);
        refused(desk.type_hours(&WHOLE, false), "timesheet.not_now");
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn[0].balance, money("63.00 USD"));
        desk.holds();
    });
}

/// From Thursday on 20 are paid for another unit, to which the person agrees.
fn agree_on(desk: &HandedOff, unit: &'static str) {
    let id = desk.handoff;
    desk.owns(move |tx, actor| {
        let new = NewScope {
            terms: Some(NewTerms {
                unit: unit.to_owned(),
                amount: "20".to_owned(),
                currency: "USD".to_owned(),
                ..NewTerms::default()
            }),
            start: Some(day("2026-11-26")),
            ..NewScope::default()
        };
        propose_change(tx, actor, id, &new, None, moment(100))
    })
    .unwrap();
    desk.works(move |tx, actor| {
        answer_own_change(tx, actor, id, HandoffAnswer::Accept, "", None, moment(101))
    })
    .unwrap();
}

/// Hours are paid by what was agreed on their day, also where other terms were agreed since.
#[test]
fn hours_are_paid_by_the_terms_of_their_day() {
    on_each_store("week_terms", |store| {
        let desk = HandedOff::with(store, by_hour);
        agree_on(&desk, "hour");
        desk.type_hours(&WHOLE, true).unwrap();
        desk.decide(Decision::Approve).unwrap();
        let drawn = desk.draw_up(december()).unwrap();
        // Three hours at 14, one and a half at 20.
        assert_eq!(drawn[0].balance, money("72.00 USD"));
        desk.holds();
    });
}

/// Hours of a day on which they were paid by the hour are typed and paid, also where something else was agreed since; and none where
/// that was not so.
#[test]
fn hours_stay_where_terms_move_away_from_the_hour() {
    on_each_store("week_away", |store| {
        let desk = HandedOff::with(store, by_hour);
        agree_on(&desk, "assignment");
        refused(desk.type_hours(&WHOLE, false), "timesheet.handoff");
        let week = desk.type_hours(&WHOLE[..3], false).unwrap();
        assert_eq!(week.handoffs.len(), 1);
        let lines = week.lines.iter().map(|line| NewLine {
            handoff: line.handoff,
            day: line.day,
            seconds: line.time.0,
            note: String::new(),
        });
        let new = NewWeek {
            lines: lines.collect(),
            rest_is_off: true,
            is_complete: true,
            ..NewWeek::default()
        };
        desk.works(move |tx, actor| save_own_week(tx, actor, day("2026-11-23"), &new, saturday()))
            .unwrap();
        desk.decide(Decision::Approve).unwrap();
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn[0].balance, money("42.00 USD"));
        desk.holds();
    });
}

/// Hours that were typed into an assignment are shown beside a week of the same days, which is not approved without a word.
#[test]
fn hours_paid_with_an_assignment_are_not_paid_again_in_silence() {
    on_each_store("week_beside", |store| {
        let desk = HandedOff::with(store, by_hour);
        // Accepted on the 24th, with two hours.
        desk.done(7_200);
        let week = desk.type_hours(&WHOLE, true).unwrap();
        let beside: Vec<_> = week.beside.iter().map(|it| (it.day, it.time)).collect();
        assert_eq!(beside, [(day("2026-11-24"), Seconds(7_200))]);
        let error = desk.decide(Decision::Approve).unwrap_err();
        assert_eq!(error.code, "timesheet.beside");
        let number = week.beside[0].assignment;
        let told = format!("2 h of 2026-11-24 are paid with #{number}");
        assert!(error.message.contains(&told), "{}", error.message);
        desk.decide(Decision::ApproveBeside).unwrap();
        assert_eq!(desk.postings().len(), 6);
        desk.holds();
    });
}

/// After the day on which a handoff ended nothing is typed under it.
#[test]
fn hours_after_the_end_are_refused() {
    on_each_store("week_after", |store| {
        let desk = HandedOff::with(store, by_hour);
        let id = desk.handoff;
        desk.owns(move |tx, actor| {
            let end = Move::End(EndReason::Finished, OpenWork::Finished);
            // On Wednesday.
            move_handoff(tx, actor, id, end, "", None, moment(86_400))
        })
        .unwrap();
        refused(desk.type_hours(&WHOLE, false), "timesheet.after");
        desk.type_hours(&WHOLE[..3], false).unwrap();
    });
}

/// Before anything was agreed nothing can be worked.
#[test]
fn hours_before_the_handoff_began_are_refused() {
    on_each_store("week_before", |store| {
        let desk = HandedOff::with(store, paid_by("hour", "14"));
        refused(desk.type_hours(&WHOLE, true), "timesheet.before");
        desk.type_hours(&WHOLE[1..], false).unwrap();
    });
}

#[test]
fn hours_of_others_are_typed_for_those_who_have_not_joined_alone() {
    on_each_store("week_whose", |store| {
        let desk = HandedOff::with(store, by_hour);
        let (person, handoff) = (desk.person(), desk.handoff);
        let type_for = |person, handoff| {
            let new = NewWeek {
                lines: vec![NewLine {
                    handoff,
                    day: day("2026-11-24"),
                    seconds: 3_600,
                    note: String::new(),
                }],
                rest_is_off: true,
                is_complete: true,
                ..NewWeek::default()
            };
            desk.owns(move |tx, actor| {
                save_week_for(tx, actor, person, day("2026-11-23"), &new, saturday())
            })
        };
        refused(type_for(person, handoff), "timesheet.theirs");
        let other = desk.other;
        let cem = desk
            .owns(move |tx, actor| offdesk_actions::handoffs::load_handoff(tx, actor, other))
            .unwrap();
        let cem = cem.summary.handoff.row.person_id;
        // Under somebody else's handoff nothing is typed.
        refused(type_for(cem, handoff), "timesheet.handoff");
        let week = type_for(cem, other).unwrap();
        assert_eq!((week.state, week.off.len()), (WeekState::Submitted, 4));
        // Ana sees nothing of it.
        assert_eq!(desk.works(list_own_weeks).unwrap(), []);
        let own = desk
            .works(|tx, actor| load_own_week(tx, actor, None, saturday()))
            .unwrap();
        assert!(own.lines.is_empty() && own.handoffs.len() == 1);
        refused(desk.works(list_submitted), "forbidden");
    });
}

/// A day that was forgotten in an approved week could never be paid.
#[test]
fn a_forgotten_day_of_an_approved_week_is_paid() {
    on_each_store("week_again", |store| {
        let desk = HandedOff::with(store, by_hour);
        desk.type_hours(&WHOLE, true).unwrap();
        desk.decide(Decision::Approve).unwrap();
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn[0].balance, money("63.00 USD"));
        // What was put right since is no reason to pay it again.
        desk.owns(|tx, actor| {
            let half = Correction {
                seconds: Some(1_800),
                ..Correction::default()
            };
            correct_posting(tx, actor, 1, &half, december())
        })
        .unwrap();
        let again = desk
            .decide(Decision::Return("Saturday is missing".to_owned()))
            .unwrap();
        assert_eq!(again.state, WeekState::Returned);
        refused(desk.type_hours(&WHOLE[1..], false), "timesheet.earned");
        let mut more = WHOLE.to_vec();
        more[4].1 = 3_600;
        more.push(("2026-11-28", 3_600));
        desk.type_hours(&more, true).unwrap();
        let budget = desk.owns(|tx, actor| {
            let new = NewBudget {
                whose: Whose::Workspace,
                amount: "100".to_owned(),
                currency: "USD".to_owned(),
                warn_at: String::new(),
                blocks: false,
            };
            set_budget(tx, actor, &new, saturday())
        });
        // What the week has earned already is not promised once more.
        let counted = budget.unwrap().reckoned;
        assert_eq!(counted.earned, money("56.00 USD"));
        assert_eq!(counted.promised, money("21.00 USD"));
        let before = desk.postings().len();
        desk.decide(Decision::Approve).unwrap();
        // Half an hour more on Friday, and the Saturday.
        let earned: Vec<Posting> = desk.postings().split_off(before);
        let times: Vec<_> = earned
            .iter()
            .map(|posting| match &posting.posted {
                Posted::Earned(earned) => (earned.day, earned.quantity),
                _ => (day("2000-01-01"), Quantity::Times(0)),
            })
            .collect();
        assert_eq!(
            times,
            [
                (day("2026-11-27"), Quantity::Time(Seconds(1_800))),
                (day("2026-11-28"), Quantity::Time(Seconds(3_600))),
            ]
        );
        // 7 off, 7 and 14 more.
        let drawn = desk.draw_up(january()).unwrap();
        assert_eq!(drawn[0].balance, money("14.00 USD"));
        desk.holds();
    });
}

/// Days to come are not taken as days on which nothing was worked.
#[test]
fn a_week_that_is_not_over_says_which_days_are_to_come() {
    on_each_store("week_to_come", |store| {
        let desk = HandedOff::with(store, by_hour);
        let handoff = desk.handoff;
        let hand_in = |off: &[&str], is_complete: bool| {
            let new = NewWeek {
                lines: vec![NewLine {
                    handoff,
                    day: day("2026-11-23"),
                    seconds: 3_600,
                    note: String::new(),
                }],
                off: off.iter().map(|text| day(text)).collect(),
                rest_is_off: true,
                is_complete,
                ..NewWeek::default()
            };
            // A Wednesday.
            desk.works(move |tx, actor| {
                save_own_week(tx, actor, day("2026-11-25"), &new, moment(86_400))
            })
        };
        refused(hand_in(&[], true), "timesheet.to_come");
        let kept = hand_in(&[], false).unwrap();
        assert_eq!(kept.off, [day("2026-11-24"), day("2026-11-25")]);
        let known = hand_in(&["2026-11-26", "2026-11-27"], true).unwrap();
        assert_eq!(known.state, WeekState::Submitted);
    });
}

impl HandedOff {
    /// An assignment that was taken on on Tuesday and is accepted on Sunday, with two hours.
    fn accepts_on_sunday(&self, is_beside: bool) -> Result<offdesk_actions::Moment, Error> {
        let id = self.agreed();
        let sunday = moment(5 * 86_400);
        self.works(move |tx, actor| set_time(tx, actor, id, 7_200, moment(45)))?;
        self.deliver(id, sunday)?;
        let review = NewReview {
            is_beside,
            ..NewReview::default()
        };
        self.owns(move |tx, actor| accept_deliverable(tx, actor, id, &review, sunday))?;
        Ok(sunday)
    }
}

/// Its hours are those of the days on which it was under way, not of the one on which it was accepted.
#[test]
fn hours_of_the_days_of_an_assignment_are_not_paid_again_in_silence() {
    on_each_store("week_beside_days", |store| {
        let desk = HandedOff::with(store, by_hour);
        desk.accepts_on_sunday(false).unwrap();
        let week = desk.type_hours(&WHOLE, true).unwrap();
        assert_eq!(week.twice().count(), 1);
        let error = desk.decide(Decision::Approve).unwrap_err();
        assert_eq!(error.code, "timesheet.beside");
        let told = "2 h of 2026-11-24 to 2026-11-29 are paid with #1";
        assert!(error.message.contains(told), "{}", error.message);
        desk.decide(Decision::ApproveBeside).unwrap();
        desk.holds();
    });
}

/// Where the week was approved first it is the assignment that is not accepted without a word.
#[test]
fn hours_paid_with_a_week_are_not_paid_with_an_assignment_in_silence() {
    on_each_store("week_before_assignment", |store| {
        let desk = HandedOff::with(store, by_hour);
        desk.type_hours(&WHOLE, true).unwrap();
        desk.decide(Decision::Approve).unwrap();
        let error = desk.accepts_on_sunday(false).unwrap_err();
        assert_eq!(error.code, "assignment.beside");
        let told = "2 h of #1, and 3.5 h of 2026-11-24 to 2026-11-27 are paid with a week";
        assert!(error.message.contains(told), "{}", error.message);
        assert_eq!(desk.postings().len(), 5);
        desk.accepts_on_sunday(true).unwrap();
        assert_eq!(desk.postings().len(), 6);
        desk.holds();
    });
}

/// Where nobody looks at it, it is told what may be paid twice.
#[test]
fn hours_that_a_rule_accepts_beside_a_week_are_told() {
    on_each_store("week_before_rule", |store| {
        let desk = HandedOff::with(store, |new| {
            by_hour(new);
            new.rung = 3;
            new.trial_length = 0;
        });
        desk.type_hours(&WHOLE, true).unwrap();
        desk.decide(Decision::Approve).unwrap();
        let mut by_rule = 0;
        while by_rule == 0 {
            let id = desk.agreed();
            desk.works(move |tx, actor| set_time(tx, actor, id, 7_200, moment(45)))
                .unwrap();
            let delivered = desk.deliver(id, moment(50)).unwrap();
            by_rule += usize::from(delivered.course.state.is_accepted());
        }
        let shown = desk
            .owns(|tx, actor| load_desk(tx, actor, 100, moment(60)))
            .unwrap();
        let told: Vec<_> = shown
            .news
            .iter()
            .filter(|it| it.kind == Kind::PaidBeside)
            .collect();
        assert_eq!(told.len(), 1);
        assert!(
            told[0]
                .why
                .ends_with("1 h of 2026-11-24 are paid with a week")
        );
        desk.holds();
    });
}

/// A wrong line could not be put right before a wrong statement, since no door showed its number; and people saw nothing of their weeks.
#[test]
fn what_is_on_no_statement_yet_is_shown_line_by_line() {
    on_each_store("week_open_lines", |store| {
        let desk = HandedOff::with(store, by_hour);
        desk.type_hours(&WHOLE, true).unwrap();
        desk.decide(Decision::Approve).unwrap();
        let all = |before, most| {
            desk.owns(move |tx, actor| list_open_lines(tx, actor, before, most))
                .unwrap()
        };
        let said = |lines: &[OpenLine]| -> Vec<String> {
            let one = |it: &OpenLine| {
                format!(
                    "{} {} {} {}",
                    it.posting,
                    it.person,
                    it.amount,
                    it.about.in_words()
                )
            };
            lines.iter().map(one).collect()
        };
        assert_eq!(said(&all(None, 2)), ["5 Ana 7.00 USD ", "4 Ana 14.00 USD "]);
        assert_eq!(said(&all(Some(4), 9))[0], "3 Ana 14.00 USD ");
        desk.owns(|tx, actor| {
            let correction = Correction {
                seconds: Some(1_800),
                price: None,
                note: "half of it".to_owned(),
            };
            correct_posting(tx, actor, 4, &correction, saturday())
        })
        .unwrap();
        let own = desk
            .works(|tx, actor| list_own_open_lines(tx, actor, None, 9))
            .unwrap();
        let corrected = [
            "7 Ana 7.00 USD in the place of line 4: half of it",
            "6 Ana -14.00 USD takes back line 4: half of it",
        ];
        assert_eq!(said(&own)[..2], corrected);
        assert_eq!(own.len(), 7);
        let bo = write(store, &desk.bo, |tx, actor| {
            list_own_open_lines(tx, actor, None, 9)
        });
        assert_eq!(bo.unwrap(), []);
        refused(
            desk.works(|tx, actor| list_open_lines(tx, actor, None, 9)),
            "forbidden",
        );
        desk.draw_up(december()).unwrap();
        assert_eq!(all(None, 9), []);
    });
}
