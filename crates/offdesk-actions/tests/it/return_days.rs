//! Which days and whose hours a return counts: what was earned before a begin, retainers day by day, and nobody's hours but the owner's.

use std::cell::Cell;

use offdesk_actions::handoffs::{Move, NewHandoff, move_handoff};
use offdesk_actions::imports::{Choices, import_file};
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::{NewRun, draw_up_statements, write_desk_journal};
use offdesk_actions::remembered::log_time;
use offdesk_actions::returns::bands::load_bands;
use offdesk_actions::returns::receipts::{NewReceipt, note_receipt};
use offdesk_actions::returns::stress::load_stress_dials;
use offdesk_actions::returns::weekly::load_weekly;
use offdesk_domain::Seconds;
use offdesk_import::Input;
use rust_decimal::Decimal;
use serde_json::json;

use crate::handed_off::{Desk, paid_by};
use crate::returns::{
    accepted, as_json, day, desk, desk_with, minutes, noon, report, two_weeks_approved,
};
use crate::stores::{moment, on_each_store};

/// Changes only the first of the three handoffs of a desk, Ana's.
fn of_ana(change: impl Fn(&mut NewHandoff)) -> impl Fn(&mut NewHandoff) {
    let is_first = Cell::new(true);
    move |new| {
        if is_first.replace(false) {
            change(new);
        }
    }
}

/// Nine approved hours at 20.00 were 180.00 in the journal and nothing in the return, where nobody had pressed "begin".
#[test]
fn what_is_earned_without_a_begin_is_in_the_return() {
    on_each_store("return_no_begin", |store| {
        let after = [("2026-11-30", [30, 0, 0, 0, 0]), ("2026-12-07", [0; 5])];
        let desk = desk_with(store, &after, |new| {
            paid_by("hour", "20")(new);
            new.start = Some(day("2026-11-30"));
        });
        two_weeks_approved(&desk);
        let check = || {
            let found = report(&desk, None, noon("2026-12-13"));
            let json = as_json(&found);
            assert_eq!((found.handoffs.len(), found.handoffs[0].weeks), (1, 2));
            assert_eq!(json["cash"]["out"], "180.00");
            assert_eq!(json["hours"]["bought_back"]["measured"], 9.5);
            json["handoffs"][0]["from"].clone()
        };
        assert_eq!(check(), "2026-11-30");
        // Begun only then, it is the same.
        let handoff = desk.handoff;
        desk.owns(move |tx, actor| {
            let late = noon("2026-12-11");
            move_handoff(tx, actor, handoff, Move::Begin, "", None, late)
        })
        .unwrap();
        assert_eq!(check(), "2026-11-30");
        desk.is_clean();
    });
}

/// What came in by a handoff that was never live was in no sum at all.
#[test]
fn what_came_in_without_a_begin_is_in_the_return() {
    on_each_store("return_no_begin_in", |store| {
        let desk = desk(store, &[]);
        let other = desk.other;
        desk.owns(move |tx, actor| {
            let new = NewReceipt {
                amount: "50".to_owned(),
                handoff: Some(other),
                day: Some(day("2026-12-01")),
                ..NewReceipt::default()
            };
            note_receipt(tx, actor, &new, noon("2026-12-02"))
        })
        .unwrap();
        let found = report(&desk, None, noon("2026-12-03"));
        let json = as_json(&found);
        assert_eq!(
            (&json["cash"]["in"], found.handoffs.len()),
            (&json!("50.00"), 0)
        );
        assert_eq!(json["by_no_handoff"]["in"], "50.00");
    });
}

/// A day of November at 300.00 / 30 and ten of December at 300.00 / 31, on each of these days; a statement changes nothing of it.
#[test]
fn a_retainer_costs_each_of_its_days_until_today() {
    on_each_store("return_retainer", |store| {
        let after = [("2026-11-30", [0; 5]), ("2026-12-07", [0; 5])];
        let change = of_ana(|new| {
            paid_by("retainer", "300")(new);
            new.start = Some(day("2026-11-30"));
        });
        let desk = desk_with(store, &after, change);
        let check = || {
            let found = report(&desk, None, noon("2026-12-10"));
            let text = |amount: Decimal| amount.round_dp(2).normalize().to_string();
            assert_eq!(found.handoffs.len(), 1);
            assert_eq!(text(found.found.cash.out), "106.77");
            let weeks: Vec<String> = found
                .weeks
                .iter()
                .map(|line| text(line.found.cash.out))
                .collect();
            assert_eq!(weeks, ["68.06", "38.71"]);
            let november = report(&desk, Some("2026-11"), noon("2026-12-10"));
            assert_eq!(text(november.found.cash.out), "10");
        };
        check();
        desk.owns(|tx, actor| {
            let run = NewRun {
                until: Some(day("2026-12-10")),
                ..NewRun::default()
            };
            draw_up_statements(tx, actor, &run, noon("2026-12-11"))
        })
        .unwrap();
        check();
        let journal = desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        assert!(journal.contains("USD 96.77"), "{journal}");
    });
}

/// What Ana logs of her work is in none of the owner's hours, and a day typed after the end of the log is in none of its weeks.
#[test]
fn pictures_and_dials_count_the_owner_alone_and_the_days_of_the_log() {
    on_each_store("return_owner", |store| {
        let desk = desk(store, &[("2026-11-30", [0; 5]), ("2026-12-07", [0; 5])]);
        accepted(&desk, "2026-11-30", "20", 0);
        let told = |desk: &Desk| {
            let at = noon("2026-12-20");
            let bands = desk
                .owns(move |tx, actor| load_bands(tx, actor, at))
                .unwrap()
                .unwrap();
            let at = noon("2026-12-09");
            let weekly = desk
                .owns(move |tx, actor| load_weekly(tx, actor, at))
                .unwrap();
            let stress = desk
                .owns(move |tx, actor| load_stress_dials(tx, actor, None, at))
                .unwrap();
            let now = bands.now.bands;
            let hours = now.below + now.worth + now.target + now.unpriced;
            (
                (hours, bands.now.weeks),
                weekly.asked_week().unwrap().hours,
                stress.readings[0].now,
            )
        };
        let five = Some(Decimal::from(5));
        let alone = ((minutes(600), Decimal::TWO), minutes(300), five);
        assert_eq!(told(&desk), alone);
        let mut text = "Date,Start,End,Description,Person\n".to_owned();
        for day in ["2026-11-30", "2026-12-01", "2026-12-08"] {
            text += &format!("{day},09:00,13:00,inbox,ana\n");
        }
        let mut file = Input::memory("ana.csv", text.into_bytes()).unwrap();
        import_file(
            store,
            &desk.owner,
            &mut file,
            &Choices::default(),
            moment(95),
        )
        .unwrap();
        desk.owns(|tx, actor| {
            let on = Some(day("2026-12-18"));
            log_time(tx, actor, "6h sales", on, noon("2026-12-19"))
        })
        .unwrap();
        assert_eq!(told(&desk), alone);
    });
}

/// Thirteen days were held against the plan of one week, so that almost twice as much seemed to come.
#[test]
fn what_is_on_course_is_held_against_the_plan_of_the_same_days() {
    on_each_store("return_course", |store| {
        let desk = desk(store, &[("2026-11-30", [0; 5]), ("2026-12-07", [0; 5])]);
        accepted(&desk, "2026-11-30", "20", 0);
        let handoff = desk.handoff;
        desk.owns(move |tx, _| {
            let figures = json!({
                "value_of_work_hour": 75.0, "value_of_rest_hour": 25.0, "share_redeployed": 0.7,
                "owner_hours": 1.0, "times_per_week": 5.0, "rate": 14.0, "load": 1.07, "learning_rate": 0.85,
                "steady_ratio": 1.3, "first_time_ratio": 2.0, "communication_hours": 0.05, "review_hours": 0.2,
                "review_share": 0.2, "fault_rate": 0.06, "detection": 0.8, "rework_hours": 0.5, "explain_hours": 0.1,
                "discount_rate": 0.1, "escape_cost": 80.0, "own_fault_rate": 0.03, "blueprint_hours": 4.0,
                "training_hours": 4.0, "onboarding_hours": 3.0, "leavings_per_year": 0.3, "full_review_times": 12.0,
                "weeks": 52.0, "quality_gain": 0.0,
            });
            let expected = json!({"figures": figures, "hours_per_week": 5.0}).to_string();
            tx.execute(
                "UPDATE handoff SET expected = ? WHERE id = ?",
                &[expected.into(), handoff.into()],
            )?;
            Ok(())
        })
        .unwrap();
        let found = report(&desk, None, noon("2026-12-12"));
        let one = &found.handoffs[0];
        let forecast = one.forecast.as_ref().unwrap();
        // Thirteen days: a week of the plan, and six sevenths of the next.
        let planned = Seconds(forecast.weeks[0].0 + forecast.weeks[1].0 * 6 / 7);
        assert!((one.planned.unwrap() - planned).0.abs() <= 7);
        let back = one.found.hours.bought_back().total();
        let by_hand = forecast.planned().hours() * back.hours() / planned.hours();
        let told = one.on_course_for.unwrap().hours();
        assert!((told - by_hand).abs() < Decimal::ONE, "{told} {by_hand}");
    });
}
