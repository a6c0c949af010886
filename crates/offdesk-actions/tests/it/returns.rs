//! The return on both databases: two weeks of work against figures reckoned by hand, a bad handoff shown as bad and taken back, the
//! answers of weeks.

use std::sync::Arc;

use offdesk_actions::Moment;
use offdesk_actions::assignments::{
    NewAssignment, NewReview, Reply, Spent, accept_deliverable, give_assignment, note_supervision,
    reply_to_assignment,
};
use offdesk_actions::handoffs::{
    HandoffAnswer, Move, NewHandoff, NewScope, OpenWork, move_handoff, propose_change,
};
use offdesk_actions::imports::{Choices, import_file};
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::{
    Correction, NewPayment, NewRun, WantedFile, correct_posting, draw_up_statements, load_overview,
    note_paid_file, note_payment, write_desk_journal, write_pay_file,
};
use offdesk_actions::people::NewTerms;
use offdesk_actions::people::own::answer_own_change;
use offdesk_actions::returns::json::ReturnJson;
use offdesk_actions::returns::receipts::{
    NewReceipt, Receipt, list_receipts, note_receipt, take_back_receipt,
};
use offdesk_actions::returns::stress::load_stress_dials;
use offdesk_actions::returns::weekly::json::WeeklyJson;
use offdesk_actions::returns::weekly::{NewWeek, SaidOfHours, answer_week, load_weekly};
use offdesk_actions::returns::{Month, ReturnReport, load_return};
use offdesk_actions::store::{Store, Uuid};
use offdesk_actions::timesheets::{self, Decision, NewLine, decide_week, save_own_week};
use offdesk_actions::workspaces::{Settings, change_settings, load_settings, typed_working_day};
use offdesk_domain::assignment::Supervised;
use offdesk_domain::handoff::EndReason;
use offdesk_domain::pay::file::Kind;
use offdesk_domain::returns::{Advice, Became, Because, Reading, WorkingDay};
use offdesk_domain::{Day, Seconds};
use offdesk_import::Input;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::handed_off::{Desk, paid_by, refused};
use crate::stores::{moment, on_each_store, with_worth};

/// Noon of a day.
pub fn noon(day: &str) -> Moment {
    let at: jiff::Timestamp = format!("{day}T12:00:00Z").parse().unwrap();
    moment(at.as_second() - moment(0).now.as_second())
}

pub fn day(text: &str) -> Day {
    Day::from_date(text.parse().unwrap())
}

pub fn minutes(count: i64) -> Seconds {
    Seconds(60 * count)
}

/// A log of Mondays to Fridays: minutes of the inbox on the days that are named, an hour of sales on each.
pub fn log(weeks: &[(&str, [i64; 5])]) -> Input {
    let mut text = "Date,Start,End,Description\n".to_owned();
    for (monday, inbox) in weeks {
        for (at, minutes) in (0..).zip(inbox) {
            let date = Day(day(monday).0 + at).date();
            text += &format!("{date},14:00,15:00,sales\n");
            if *minutes > 0 {
                text += &format!(
                    "{date},09:00,{:02}:{:02},inbox\n",
                    9 + minutes / 60,
                    minutes % 60
                );
            }
        }
    }
    Input::memory("log.csv", text.into_bytes()).unwrap()
}

/// A desk with a worth of 75 an hour, 5 hours of inbox a week in November, and what was logged after it was handed off.
pub fn desk(store: &Arc<Store>, after: &[(&str, [i64; 5])]) -> Desk {
    desk_with(store, after, |_| {})
}

pub fn desk_with(
    store: &Arc<Store>,
    after: &[(&str, [i64; 5])],
    change: impl Fn(&mut NewHandoff),
) -> Desk {
    let desk = Desk::with(store, change);
    with_worth(store, &desk.owner);
    // The line that was typed on the Tuesday of the fourth is no log: it changes nothing.
    let mut weeks = vec![
        ("2026-11-02", [60; 5]),
        ("2026-11-09", [60; 5]),
        ("2026-11-16", [60; 5]),
        ("2026-11-23", [60; 5]),
    ];
    weeks.extend(after);
    import_file(
        store,
        &desk.owner,
        &mut log(&weeks),
        &Choices::default(),
        moment(90),
    )
    .unwrap();
    desk
}

/// One assignment, given, done, looked at for some minutes and accepted on a day.
pub fn accepted(desk: &Desk, date: &str, amount: &'static str, looked_at: i64) -> Uuid {
    accepted_at(desk, noon(date), amount, looked_at)
}

fn accepted_at(desk: &Desk, at: Moment, amount: &'static str, looked_at: i64) -> Uuid {
    let handoff = desk.handoff;
    let id = desk
        .owns(move |tx, actor| {
            let new = NewAssignment {
                due: Some(at.now + jiff::SignedDuration::from_hours(2)),
                amount: Some(amount.to_owned()),
                ..NewAssignment::default()
            };
            give_assignment(tx, actor, handoff, &new, at)
        })
        .unwrap()
        .row
        .id;
    desk.works(move |tx, actor| reply_to_assignment(tx, actor, id, Reply::Agree, None, at))
        .unwrap();
    desk.deliver(id, at).unwrap();
    desk.owns(move |tx, actor| {
        let review = NewReview {
            spent: Some(Spent {
                captured: 0,
                seconds: 60 * looked_at,
            }),
            ..NewReview::default()
        };
        accept_deliverable(tx, actor, id, &review, at)
    })
    .unwrap();
    id
}

pub fn report(desk: &Desk, month: Option<&'static str>, at: Moment) -> ReturnReport {
    desk.owns(move |tx, actor| {
        let month = month.map(Month::typed).transpose()?;
        load_return(tx, actor, month, at)
    })
    .unwrap()
}

pub fn as_json(report: &ReturnReport) -> Value {
    serde_json::to_value(ReturnJson::of(report, None, None).unwrap()).unwrap()
}

/// Two weeks, reckoned by hand. It began on Monday 30 November, after four logged weeks of 5 hours each.
///
/// Before: 2 x 5 h = 10 h. Left: 30 minutes on one Monday. Looking after it: 2 x 15 + 3 x 10 = 60 minutes. Bought back, all measured:
/// 10 - 0.5 - 1 = 8.5 h; 5 - 0.5 - 0.5 = 4 h in the first week, 5 - 0.5 = 4.5 h in the second.
/// Cash: five accepted at 20.00 = 100.00; 100 / 8.5 = 11.76 an hour.
/// Of the first week it was said: half work at 75.00, half rest at 37.50, so 4 h x 56.25 = 225.00. Of the second nobody has said.
/// Result: 225 - 100 = 125.00, since no set-up was planned.
#[test]
fn two_weeks_match_the_hand_calculation() {
    on_each_store("return_hand", |store| {
        let desk = desk(
            store,
            &[("2026-11-30", [30, 0, 0, 0, 0]), ("2026-12-07", [0; 5])],
        );
        for (date, looked_at) in [
            ("2026-11-30", 15),
            ("2026-12-04", 15),
            ("2026-12-08", 10),
            ("2026-12-09", 10),
            ("2026-12-10", 10),
        ] {
            accepted(&desk, date, "20", looked_at);
        }
        let weekly = desk
            .owns(|tx, actor| {
                let new = NewWeek {
                    became: Some(SaidOfHours::of("half")?),
                    stress: None,
                };
                answer_week(tx, actor, day("2026-12-02"), new, noon("2026-12-13"))
            })
            .unwrap();
        let half = Became {
            work: minutes(120),
            rest: minutes(120),
            vanished: Seconds::ZERO,
        };
        let first = weekly
            .weeks
            .iter()
            .find(|it| it.monday == day("2026-11-30"));
        assert_eq!(first.unwrap().became, Some(half));

        let found = report(&desk, None, noon("2026-12-13"));
        let one = &found.handoffs[0];
        assert_eq!((found.handoffs.len(), one.weeks, one.accepted), (1, 2, 5));
        let json = as_json(&found);
        assert_eq!(
            json["period"],
            json!({"from": "2026-11-30", "to": "2026-12-13"})
        );
        assert_eq!(
            json["hours"],
            json!({
                "before": {"measured": 10.0, "claimed": 0.0},
                "left": {"measured": 0.5, "claimed": 0.0},
                "supervision": {"reviewing": 1.0, "answering": 0.0, "reworking": 0.0},
                "bought_back": {"measured": 8.5, "claimed": 0.0},
            })
        );
        assert_eq!(
            json["cash"],
            json!({"out": "100.00", "in": "0.00", "apart": []})
        );
        assert_eq!(json["price_per_hour_bought_back"], "11.76");
        assert_eq!(
            json["opportunity"],
            json!({"measured": "225.00", "claimed": "0.00", "known_hours": 4.0, "unknown_hours": 4.5})
        );
        assert_eq!(json["result"], "125.00");
        assert_eq!(
            json["headline"],
            "It gave 8.5 h back for 100.00 USD: 11.76 USD for an hour."
        );
        let weeks: Vec<(&str, f64)> = json["weeks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|week| {
                let back = &week["bought_back"]["measured"];
                (week["week"].as_str().unwrap(), back.as_f64().unwrap())
            })
            .collect();
        assert_eq!(weeks, [("2026-11-30", 4.0), ("2026-12-07", 4.5)]);
        assert_eq!(json["handoffs"][0]["verdict"]["because"], "too_early");
        // The months come to the whole: of the first week one day lies in November, with what was spent and paid on it.
        let months: Vec<Decimal> = found
            .months
            .iter()
            .map(|(_, found)| found.cash.net_out())
            .collect();
        assert_eq!(months, [Decimal::from(20), Decimal::from(80)]);
        let november = report(&desk, Some("2026-11"), noon("2026-12-13"));
        // 5 h / 7 on one day, less half an hour left, less 15 minutes of looking at it.
        let back = november.found.hours.bought_back();
        assert_eq!(back.measured, Seconds(5 * 3_600 / 7) - minutes(45));
        assert!(
            report(&desk, Some("2026-10"), noon("2026-12-13"))
                .handoffs
                .is_empty()
        );
        desk.is_clean();
    });
}

/// Ana's five and four days of an hour each, approved.
pub fn two_weeks_approved(desk: &Desk) {
    let (handoff, person) = (desk.handoff, desk.person());
    for (monday, days) in [("2026-11-30", 5), ("2026-12-07", 4)] {
        let monday = day(monday);
        let lines = (0..days).map(|at| NewLine {
            handoff,
            day: Day(monday.0 + at),
            seconds: 3_600,
            note: String::new(),
        });
        let new = timesheets::NewWeek {
            lines: lines.collect(),
            rest_is_off: true,
            is_complete: true,
            ..timesheets::NewWeek::default()
        };
        desk.works(move |tx, actor| save_own_week(tx, actor, monday, &new, noon("2026-12-13")))
            .unwrap();
        desk.owns(move |tx, actor| {
            let approve = Decision::Approve;
            decide_week(
                tx,
                actor,
                person,
                monday,
                &approve,
                None,
                noon("2026-12-13"),
            )
        })
        .unwrap();
    }
}

/// The whole of it in one go: two weeks of hours typed and approved, stated, written into a pay file and paid; the return as reckoned by hand;
/// and the handoff taken back.
///
/// Before: 2 x 5 h = 10 h. Left: 30 minutes on one Monday. Bought back: 9.5 h. Cash: 5 h and 4 h at 20.00 = 180.00; 180 / 9.5 = 18.95 an hour.
#[test]
fn hours_are_approved_paid_and_come_back_as_reckoned_and_it_is_taken_back() {
    on_each_store("return_story", |store| {
        let after = [("2026-11-30", [30, 0, 0, 0, 0]), ("2026-12-07", [0; 5])];
        let desk = desk_with(store, &after, |new| {
            paid_by("hour", "20")(new);
            new.start = Some(day("2026-11-30"));
        });
        let handoff = desk.handoff;
        desk.owns(move |tx, actor| {
            let monday = noon("2026-11-30");
            move_handoff(tx, actor, handoff, Move::Begin, "", None, monday)
        })
        .unwrap();
        two_weeks_approved(&desk);
        let now = noon("2026-12-14");
        let run = NewRun {
            until: Some(day("2026-12-13")),
            ..NewRun::default()
        };
        desk.owns(move |tx, actor| draw_up_statements(tx, actor, &run, now))
            .unwrap();
        let written = desk
            .owns(move |tx, actor| {
                let wanted = WantedFile {
                    kind: Kind::Plain,
                    statements: Vec::new(),
                    currency: None,
                    day: None,
                    again: false,
                };
                write_pay_file(tx, actor, &wanted, now)
            })
            .unwrap();
        let text = String::from_utf8(written.file.bytes).unwrap();
        let row = text.lines().nth(1).unwrap();
        assert!(row.contains("USD,180.00,ST-0001,2026-12-14"), "{row}");
        let overview = |at| {
            desk.owns(move |tx, actor| load_overview(tx, actor, at))
                .unwrap()
        };
        let file = overview(now).owed[0].filed.clone().unwrap().file;
        desk.owns(move |tx, actor| note_paid_file(tx, actor, &file, None, now))
            .unwrap();
        assert!(overview(now).owed.is_empty());
        let journal = desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        let worked = journal
            .matches("expenses:delegation:inbox  USD 20.00")
            .count();
        assert_eq!(
            (worked, journal.matches("assets:pay  USD -180.00").count()),
            (9, 1)
        );

        let check = |at: Moment| {
            let json = as_json(&report(&desk, None, at));
            assert_eq!(
                json["hours"]["bought_back"],
                json!({"measured": 9.5, "claimed": 0.0})
            );
            assert_eq!(
                json["cash"],
                json!({"out": "180.00", "in": "0.00", "apart": []})
            );
            assert_eq!(json["price_per_hour_bought_back"], "18.95");
            json["handoffs"][0]["state"].clone()
        };
        check(noon("2026-12-13"));
        desk.owns(move |tx, actor| {
            let end = Move::End(EndReason::TakenBack, OpenWork::Unsaid);
            move_handoff(tx, actor, handoff, end, "", None, now)
        })
        .unwrap();
        assert_eq!(check(noon("2027-02-01")), "ended");
        desk.is_clean();
    });
}

/// Work that is paid for in another currency is in no sum until its payment says what was sent for it; what the payment cost counts, too, and
/// what is taken back is no money that came in.
#[test]
fn another_currency_counts_with_the_rate_of_its_payment() {
    on_each_store("return_rates", |store| {
        let desk = Desk::with(store, |new| {
            new.terms = Some(NewTerms {
                unit: "assignment".to_owned(),
                amount: "20".to_owned(),
                currency: "EUR".to_owned(),
                ..NewTerms::default()
            });
        });
        with_worth(store, &desk.owner);
        accepted(&desk, "2026-12-01", "20", 0);
        accepted(&desk, "2026-12-02", "30", 0);
        let cash = || as_json(&report(&desk, None, noon("2027-01-04")))["cash"].clone();
        let apart = json!([{"currency": "EUR", "out": "50.00"}]);
        assert_eq!(cash(), json!({"out": "0.00", "in": "0.00", "apart": apart}));
        let drawn = desk
            .owns(|tx, actor| {
                let run = NewRun {
                    until: Some(day("2026-12-31")),
                    ..NewRun::default()
                };
                draw_up_statements(tx, actor, &run, noon("2027-01-02"))
            })
            .unwrap();
        let number = i64::try_from(drawn[0].number()).unwrap();
        desk.owns(move |tx, actor| {
            let new = NewPayment {
                sent: Some(("55".to_owned(), "USD".to_owned())),
                fee: Some("2.50".to_owned()),
                source: "the bank".to_owned(),
                ..NewPayment::default()
            };
            note_payment(tx, actor, number, &new, noon("2027-01-03"))
        })
        .unwrap();
        assert_eq!(cash(), json!({"out": "57.50", "in": "0.00", "apart": []}));
        // The first of the two is taken back: it lands on the next statement, and what it costs is less from then on.
        desk.owns(|tx, actor| {
            correct_posting(tx, actor, 1, &Correction::default(), noon("2027-01-04"))
        })
        .unwrap();
        let found = cash();
        assert_eq!(
            (&found["out"], &found["in"]),
            (&json!("57.50"), &json!("0.00"))
        );
        assert_eq!(
            found["apart"],
            json!([{"currency": "EUR", "out": "-20.00"}])
        );
        desk.is_clean();
    });
}

/// Five weeks in which the owner does most of it again: it takes more than it gives, and that is said first. That one assignment was paid
/// otherwise is nothing that was tried; once other terms were agreed, what is left is to take it back; done, its return stays.
#[test]
fn a_bad_handoff_is_shown_as_bad_and_taken_back() {
    on_each_store("return_bad", |store| {
        let mondays = [
            "2026-11-30",
            "2026-12-07",
            "2026-12-14",
            "2026-12-21",
            "2026-12-28",
        ];
        // 36 minutes a day are 3 hours a week that never left.
        let desk = desk(store, &mondays.map(|monday| (monday, [36; 5])));
        for monday in mondays {
            let amount = if monday < "2026-12-14" { "20" } else { "25" };
            let id = accepted(&desk, monday, amount, 0);
            let at = noon(monday);
            desk.owns(move |tx, actor| {
                note_supervision(tx, actor, id, Supervised::Reworking, 9_000, at)
            })
            .unwrap();
        }
        let now = noon("2027-01-03");
        let found = report(&desk, None, now);
        let json = as_json(&found);
        // 5 x (5 - 3 - 2.5) h = -2.5 h, for 2 x 20 + 3 x 25 = 115.00.
        assert_eq!(json["hours"]["bought_back"]["measured"], -2.5);
        assert_eq!(
            json["headline"],
            "It has taken 2.5 h more than it gave, and cost 115.00 USD besides."
        );
        let judged = |at| {
            let found = report(&desk, None, at);
            let verdict = found.handoffs[0].verdict.clone().unwrap();
            assert_eq!(verdict.because, Because::Reworking);
            verdict.advice
        };
        assert_eq!(judged(now), Advice::Change);
        let handoff = desk.handoff;
        other_terms(&desk, "25", noon("2026-12-14"));
        assert_eq!(judged(now), Advice::TakeBack);
        desk.owns(move |tx, actor| {
            let end = Move::End(EndReason::TakenBack, OpenWork::Unsaid);
            let monday = noon("2027-01-04");
            move_handoff(tx, actor, handoff, end, "It never left.", None, monday)
        })
        .unwrap();
        let later = report(&desk, None, noon("2027-02-01"));
        assert_eq!(later.found.hours.bought_back().measured, minutes(-150));
        assert_eq!(as_json(&later)["handoffs"][0]["state"], "ended");
        let json = as_json(&later);
        assert_eq!(json["handoffs"][0]["to"], "2027-01-03");
        assert_eq!(json["handoffs"][0]["verdict"]["advice"], "over");
        assert_eq!(
            json["handoffs"][0]["verdict"]["reasons"][0],
            "It is over: doing it again took the hours it gave."
        );
        // It freed hours in the week before its end, and in none after it.
        let asks = |at| {
            let weekly = desk.owns(move |tx, actor| load_weekly(tx, actor, at));
            weekly.unwrap().is_handed_off
        };
        assert!(asks(noon("2027-01-05")));
        assert!(!asks(noon("2027-01-12")));
        desk.is_clean();
    });
}

/// Somebody else is a person that was tried where their handoff had ended before this one began; one that goes on beside it is none.
#[test]
fn an_earlier_handoff_that_goes_on_is_nothing_that_was_tried() {
    for (name, is_over, expected) in [
        ("return_beside", false, Advice::Change),
        ("return_after", true, Advice::TakeBack),
    ] {
        on_each_store(name, |store| {
            let mondays = ["2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21"];
            let later = ["2026-12-28"].map(|monday| (monday, [36; 5]));
            let mut weeks = mondays.map(|monday| (monday, [36; 5])).to_vec();
            weeks.extend(later);
            let desk = desk(store, &weeks);
            let other = desk.other;
            desk.owns(move |tx, actor| {
                let at = noon("2026-11-27");
                move_handoff(tx, actor, other, Move::Begin, "", None, at)?;
                if is_over {
                    let end = Move::End(EndReason::TakenBack, OpenWork::Unsaid);
                    move_handoff(tx, actor, other, end, "", None, noon("2026-11-29"))?;
                }
                Ok(())
            })
            .unwrap();
            for monday in mondays.into_iter().chain(["2026-12-28"]) {
                let id = accepted(&desk, monday, "20", 0);
                let at = noon(monday);
                desk.owns(move |tx, actor| {
                    note_supervision(tx, actor, id, Supervised::Reworking, 9_000, at)
                })
                .unwrap();
            }
            let found = report(&desk, None, noon("2027-01-03"));
            let of_ana = found.handoffs.iter().find(|it| it.id == desk.handoff);
            let verdict = of_ana.unwrap().verdict.as_ref().unwrap();
            assert_eq!(
                (verdict.advice, verdict.because),
                (expected, Because::Reworking),
                "{name}"
            );
        });
    }
}

/// Other terms by the assignment, proposed and accepted at a moment.
fn other_terms(desk: &Desk, amount: &'static str, at: Moment) {
    let handoff = desk.handoff;
    desk.owns(move |tx, actor| {
        let new = NewScope {
            terms: Some(NewTerms {
                unit: "assignment".to_owned(),
                amount: amount.to_owned(),
                currency: "USD".to_owned(),
                ..NewTerms::default()
            }),
            ..NewScope::default()
        };
        propose_change(tx, actor, handoff, &new, None, at)
    })
    .unwrap();
    desk.works(move |tx, actor| {
        answer_own_change(tx, actor, handoff, HandoffAnswer::Accept, "", None, at)
    })
    .unwrap();
}

#[test]
fn answers_of_weeks_are_noted_put_right_and_kept_from_others() {
    on_each_store("return_weeks", |store| {
        let desk = desk(store, &[("2026-11-30", [0; 5])]);
        let answer = |date: &'static str, new: NewWeek| {
            desk.owns(move |tx, actor| answer_week(tx, actor, day(date), new, noon("2026-12-09")))
        };
        let hours = |parts| SaidOfHours::hours(parts).unwrap();
        let one = Some(Decimal::ONE);
        let said = NewWeek {
            became: hours([one, None, one]),
            stress: Some(4),
        };
        answer("2026-11-30", said).unwrap();
        let again = NewWeek {
            became: hours([Some(Decimal::TWO), None, None]),
            stress: None,
        };
        // Another day of the same week: the later answer counts, and what is left out stays.
        let weekly = answer("2026-12-06", again).unwrap();
        let week = weekly.asked_week().unwrap();
        assert_eq!(
            (weekly.asked, week.monday),
            (day("2026-11-30"), day("2026-11-30"))
        );
        assert_eq!(week.became.unwrap().work, minutes(120));
        assert_eq!(week.became.unwrap().vanished, Seconds::ZERO);
        assert_eq!(week.stress.unwrap().number(), 4);
        assert_eq!(week.hours, minutes(300));
        // Three weeks before it are too few to say what is usual; a fourth has 5 h of sales and 5 h of inbox.
        assert_eq!(week.usual_hours.unwrap(), Decimal::TEN);
        assert_eq!(week.free_days, 2);
        // Sales alone: nothing to change between. Before it, inbox at nine and sales at two each day.
        let each = |at: usize| weekly.weeks[at].dials.unwrap().switches_per_day().unwrap();
        assert_eq!((each(11), each(10)), (Decimal::ZERO, Decimal::ONE));
        assert_eq!(week.dials.unwrap().evening, Seconds::ZERO);
        assert_eq!(weekly.weeks[0].dials, None);
        assert!(!weekly.is_at_risk);
        let stress = |number| NewWeek {
            became: None,
            stress: Some(number),
        };
        assert!(answer("2026-11-23", stress(5)).unwrap().is_at_risk);
        for (date, new, code) in [
            ("2026-11-30", NewWeek::default(), "return.nothing"),
            ("2026-11-30", stress(6), "return.stress"),
            ("2026-12-14", stress(1), "return.week"),
            (
                "2026-11-30",
                NewWeek {
                    became: hours([Some(Decimal::from(200)), None, None]),
                    stress: None,
                },
                "return.hours",
            ),
            (
                "2026-11-30",
                NewWeek {
                    became: hours([Some(-Decimal::ONE), Some(Decimal::TWO), None]),
                    stress: None,
                },
                "return.hours",
            ),
        ] {
            refused(answer(date, new), code);
        }
        assert_eq!(SaidOfHours::of("sleep").unwrap_err().code, "return.became");
        // Ana works here: neither the return nor the answers are hers to see.
        let nothing = desk.works(|tx, actor| load_return(tx, actor, None, noon("2026-12-09")));
        assert_eq!(nothing.err().unwrap().code, "forbidden");
        refused(
            desk.works(|tx, actor| load_weekly(tx, actor, noon("2026-12-09"))),
            "forbidden",
        );
        let json = serde_json::to_value(WeeklyJson::of(&weekly)).unwrap();
        assert_eq!(
            json["weeks"][11]["became"],
            json!({"work": 2.0, "rest": 0.0, "vanished": 0.0})
        );
    });
}

/// What is accepted on the last evening of November in New York is of November, though it is December in Greenwich already.
#[test]
fn days_are_those_of_the_workspace() {
    on_each_store("return_zone", |store| {
        let desk = desk(store, &[]);
        desk.owns(|tx, actor| {
            let (settings, version) = load_settings(tx, actor)?;
            let settings = Settings {
                zone: Some("America/New_York".to_owned()),
                ..settings
            };
            change_settings(tx, actor, &settings, version, moment(95))
        })
        .unwrap();
        let at = Moment {
            now: "2026-12-01T04:30:00Z".parse().unwrap(),
            ..moment(0)
        };
        accepted_at(&desk, at, "20", 10);
        let told = |month: &'static str| {
            let found = report(&desk, Some(month), noon("2026-12-02"));
            let accepted: u32 = found.handoffs.iter().map(|it| it.accepted).sum();
            let looked_at = found.found.hours.supervision;
            (accepted, found.found.cash.net_out(), looked_at.total())
        };
        let (none, ten) = (Seconds::ZERO, Seconds(600));
        assert_eq!(told("2026-11"), (1, Decimal::from(20), ten));
        assert_eq!(told("2026-12"), (0, Decimal::ZERO, none));
        // In the evening it is still the day before.
        assert_eq!(report(&desk, None, at).today.to_string(), "2026-11-30");
        assert!(report(&desk, None, at).is_of(at));
    });
}

/// Each raw dial of a week stands beside the medians of the weeks before it and of those before anything was handed off; an evening is what
/// the owner's own working day leaves out.
#[test]
fn the_dials_of_stress_stand_beside_what_is_usual() {
    on_each_store("return_dials", |store| {
        let desk = desk(store, &[("2026-11-30", [0; 5])]);
        let handoff = desk.handoff;
        desk.owns(move |tx, actor| {
            let new = NewAssignment {
                due: Some(noon("2026-12-02").now),
                ..NewAssignment::default()
            };
            give_assignment(tx, actor, handoff, &new, noon("2026-12-01"))
        })
        .unwrap();
        let told = |month: Option<Month>| -> Vec<String> {
            let found = desk
                .owns(move |tx, actor| load_stress_dials(tx, actor, month, noon("2026-12-09")))
                .unwrap();
            let shown = |reading: &Reading, value: Option<Decimal>| {
                value.map_or_else(|| "-".to_owned(), |it| reading.dial.shown(it))
            };
            let line = |it: &Reading| {
                let [now, usual, before] =
                    [it.now, it.usual, it.before].map(|value| shown(it, value));
                format!("{}: {now}, {usual}, {before}", it.dial.word())
            };
            let mut lines = vec![found.monday.to_string()];
            lines.extend(found.readings.iter().map(line));
            lines
        };
        assert_eq!(
            told(None),
            [
                "2026-11-30",
                "hours: 5 h, 10 h, 10 h",
                "off_hours_share: 0 %, 0 %, 0 %",
                "open_items: 1, -, -",
                "oldest_late_days: 5 days, -, -",
                "switches_per_hour: 0, 0.5, 0.5",
                "questions_per_day: 0, -, -",
                "days_without_work: 2, 2, 2",
            ]
        );
        let november = Month::typed("2026-11").unwrap();
        assert_eq!(told(Some(november))[0], "2026-11-23");
        // Whoever ends their day at two in the afternoon sells in the evening.
        desk.owns(|tx, actor| {
            let (settings, version) = load_settings(tx, actor)?;
            let day = typed_working_day(None, Some("14:00"), settings.working_day)?;
            let settings = Settings {
                working_day: day,
                ..settings
            };
            change_settings(tx, actor, &settings, version, noon("2026-12-09"))
        })
        .unwrap();
        assert_eq!(told(None)[2], "off_hours_share: 100 %, 50 %, 50 %");
        let usual = WorkingDay::USUAL;
        refused(
            typed_working_day(Some("20:00"), None, usual),
            "settings.day",
        );
        refused(
            typed_working_day(Some("early"), None, usual),
            "settings.day",
        );
    });
}

/// Money that came in is noted once, counts on its day, is taken back and never edited, and stands in the journal.
#[test]
fn money_that_came_in_counts_against_what_was_paid() {
    on_each_store("return_receipts", |store| {
        let desk = desk(store, &[]);
        accepted_at(&desk, noon("2026-12-01"), "20", 10);
        let handoff = desk.handoff;
        let note = |new: NewReceipt| {
            desk.owns(move |tx, actor| note_receipt(tx, actor, &new, noon("2026-12-09")))
        };
        let new = |amount: &str| NewReceipt {
            amount: amount.to_owned(),
            ..NewReceipt::default()
        };
        refused(note(new("much")), "pay.amount");
        refused(note(new("0")), "pay.not_positive");
        refused(note(new("-50")), "pay.not_positive");
        refused(note(new("1.005")), "pay.digits");
        let ahead = NewReceipt {
            day: Some(day("2026-12-10")),
            ..new("1")
        };
        refused(note(ahead), "pay.future");
        let nowhere = NewReceipt {
            handoff: Some(Uuid::from_u128(7)),
            ..new("1")
        };
        refused(note(nowhere), "not_found");
        let by_it = NewReceipt {
            handoff: Some(handoff),
            day: Some(day("2026-11-30")),
            note: "a client; paid".to_owned(),
            ..new("50")
        };
        note(by_it).unwrap();
        let all = note(new("7.50")).unwrap();
        let references: Vec<String> = all.iter().map(Receipt::reference).collect();
        assert_eq!(references, ["IN-0002", "IN-0001"]);
        let told = |month: Option<&'static str>| {
            let found = report(&desk, month, noon("2026-12-09"));
            let by_one = found.handoffs.iter().map(|it| it.found.cash.into).sum();
            (found.found.cash.out, found.found.cash.into, by_one)
        };
        let figure = |text: &str| -> Decimal { text.parse().unwrap() };
        assert_eq!(told(None), (figure("20"), figure("57.5"), figure("50")));
        assert_eq!(
            told(Some("2026-11")),
            (Decimal::ZERO, figure("50"), figure("50"))
        );
        assert_eq!(
            told(Some("2026-12")),
            (figure("20"), figure("7.5"), Decimal::ZERO)
        );
        let back = |number| {
            desk.owns(move |tx, actor| {
                take_back_receipt(tx, actor, number, "not ours", noon("2026-12-09"))
            })
        };
        assert_eq!(back(1).unwrap().len(), 3);
        refused(back(1), "receipt.taken_back");
        // What takes another back is not taken back itself.
        refused(back(3), "receipt.none");
        refused(back(9), "receipt.none");
        assert_eq!(told(None), (figure("20"), figure("7.5"), Decimal::ZERO));
        assert_eq!(told(Some("2026-11")).1, Decimal::ZERO);
        let journal = desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        for line in [
            "2026-11-30 * (IN-0001) money that came in | Inbox, a client, paid  ; offdesk:IN-0001",
            "    income:received  USD -50.00",
            "    income:received  USD 50.00",
            "    income:received  USD -7.50",
        ] {
            assert!(journal.contains(line), "{journal}");
        }
        refused(desk.works(list_receipts), "forbidden");
        desk.is_clean();
    });
}
