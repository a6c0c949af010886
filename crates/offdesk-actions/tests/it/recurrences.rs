//! Recurrences on both databases: each occurrence given once, ahead of its due date, missed ones kept as missed, days off left out.

use jiff::Timestamp;
use offdesk_actions::assignments::recurring::{
    NewRecurrence, create_recurrence, list_recurrences, move_recurrence, stop_recurrence,
};
use offdesk_actions::assignments::{
    AssignmentSummary, Reply, Which, list_assignments, list_of_handoff, load_assignment,
    reply_to_assignment, rule_next,
};
use offdesk_actions::desk::{Kind, load_desk};
use offdesk_actions::handoffs::{
    HandoffAnswer, Move, NewHandoff, NewScope, OpenWork, move_handoff, propose_again,
    propose_handoff,
};
use offdesk_actions::notices::preview_digest;
use offdesk_actions::people::own::export::export_own_record;
use offdesk_actions::people::own::{
    OwnFields, answer_own_handoff, change_own_record, set_off_until,
};
use offdesk_actions::store::Uuid;
use offdesk_actions::{Error, Moment};
use offdesk_domain::Day;
use offdesk_domain::handoff::EndReason;

use crate::handed_off::{Desk, refused};
use crate::stores::{at_once, moment, on_each_store};

/// A moment of the year after.
fn at(text: &str) -> Moment {
    Moment {
        now: text.parse::<Timestamp>().unwrap(),
        ..moment(0)
    }
}

fn weekly() -> NewRecurrence {
    NewRecurrence {
        title: "The week's inbox".to_owned(),
        rule: "FREQ=WEEKLY;BYDAY=MO".to_owned(),
        start: Some("2027-03-01T17:00:00".parse().unwrap()),
        zone: "Europe/Berlin".to_owned(),
        lead_hours: 72,
        ..NewRecurrence::default()
    }
}

fn make(desk: &Desk, new: NewRecurrence) -> Result<Uuid, Error> {
    let handoff = desk.handoff;
    desk.owns(move |tx, a| create_recurrence(tx, a, handoff, &new, at("2027-02-20T09:00:00Z")))
        .map(|made| made.row.id)
}

/// Everything that is due by rule is done, at a moment.
fn run(desk: &Desk, text: &str) {
    let now = at(text);
    let mut rounds = 0;
    while rule_next(&desk.store, now).unwrap() {
        rounds += 1;
        assert!(rounds < 500, "it never ends");
    }
}

/// What was given, the first first: due date and state.
fn given(desk: &Desk) -> Vec<(String, String)> {
    let handoff = desk.handoff;
    let mut all: Vec<AssignmentSummary> = desk
        .owns(move |tx, a| list_of_handoff(tx, a, handoff, None, 1_000))
        .unwrap();
    all.reverse();
    all.into_iter()
        .map(|it| (it.course.due.to_string(), it.row.state))
        .collect()
}

/// Why those that were missed were not given, the first first.
fn whys(desk: &Desk) -> Vec<String> {
    let handoff = desk.handoff;
    let mut all: Vec<AssignmentSummary> = desk
        .owns(move |tx, a| list_of_handoff(tx, a, handoff, None, 1_000))
        .unwrap();
    all.reverse();
    all.into_iter().filter_map(|it| it.row.missed_why).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = expected.iter();
    owned
        .map(|(due, state)| ((*due).to_owned(), (*state).to_owned()))
        .collect()
}

#[test]
fn each_occurrence_is_given_ahead_and_missed_ones_are_kept() {
    on_each_store("rec_given", |store| {
        let desk = Desk::of(store);
        make(&desk, weekly()).unwrap();
        run(&desk, "2027-02-26T15:59:59Z");
        assert!(given(&desk).is_empty(), "not three days ahead yet");
        run(&desk, "2027-02-26T16:00:00Z");
        assert_eq!(given(&desk), pairs(&[("2027-03-01T16:00:00Z", "assigned")]));
        // Nobody was there for a month: what was due is kept as missed, and what is still to come is given. Over the change of the clocks
        // it stays five in the afternoon.
        run(&desk, "2027-03-26T16:00:00Z");
        assert_eq!(
            given(&desk),
            pairs(&[
                ("2027-03-01T16:00:00Z", "expired"),
                ("2027-03-08T16:00:00Z", "missed"),
                ("2027-03-15T16:00:00Z", "missed"),
                ("2027-03-22T16:00:00Z", "missed"),
                ("2027-03-29T15:00:00Z", "assigned"),
            ])
        );
        run(&desk, "2027-03-26T16:00:01Z");
        assert_eq!(given(&desk).len(), 5, "nothing comes twice");
        desk.is_clean();
    });
}

/// What was missed while nobody was there does not hide that somebody has declined: not on the desk, and not in the mail, which tells it once.
#[test]
fn a_decline_is_told_beside_many_missed() {
    on_each_store("rec_declined", |store| {
        let desk = Desk::of(store);
        let daily = NewRecurrence {
            rule: "FREQ=DAILY".to_owned(),
            ..weekly()
        };
        make(&desk, daily.clone()).unwrap();
        make(&desk, daily).unwrap();
        run(&desk, "2027-02-26T16:00:00Z");
        let handoff = desk.handoff;
        let first = desk.owns(move |tx, a| list_of_handoff(tx, a, handoff, None, 1));
        let first = first.unwrap()[0].row.id;
        desk.works(move |tx, a| {
            let at = at("2027-02-26T17:00:00Z");
            reply_to_assignment(tx, a, first, Reply::Decline, None, at)
        })
        .unwrap();
        run(&desk, "2027-03-11T16:00:00Z");
        let now = at("2027-03-11T17:00:00Z");
        let news = desk.owns(move |tx, a| load_desk(tx, a, 8, now));
        let news = news.unwrap().news;
        let of = |kind| news.iter().filter(|it| it.kind == kind).count();
        assert_eq!((of(Kind::Declined), of(Kind::Missed)), (1, 8));
        let since = Some(at("2027-02-26T16:00:00Z").micros());
        let told = desk.owns(move |tx, a| preview_digest(tx, a, since, now));
        let told = told.unwrap().unwrap_or_default();
        assert!(told.contains("Declined; nobody does them now:"), "{told}");
        assert!(told.contains("Came back and were not given:"), "{told}");
        assert!(told.contains("\n  and 10 more\n"), "{told}");
        desk.is_clean();
    });
}

#[test]
fn what_was_due_more_than_a_year_ago_is_told() {
    on_each_store("rec_forgotten", |store| {
        let desk = Desk::of(store);
        make(&desk, weekly()).unwrap();
        run(&desk, "2028-03-13T15:00:00Z");
        let missed = given(&desk).len();
        assert_eq!(missed, 53, "{missed}");
        let history = desk.handoff().history;
        let told = history.iter().find(|it| it.event == "miss_occurrences");
        assert_eq!(
            told.map(|it| it.detail.as_str()),
            Some("2 from 2027-03-01 to 2027-03-08, more than a year ago")
        );
        // The desk tells it once, too, until two weeks have gone.
        let on_desk = |now: &'static str| {
            let waits = desk.owns(move |tx, actor| load_desk(tx, actor, 100, at(now)));
            let news = waits.unwrap().news.into_iter();
            news.filter(|it| it.kind == Kind::Forgotten)
                .map(|it| it.why)
                .collect::<Vec<_>>()
        };
        let told = ["2 from 2027-03-01 to 2027-03-08, more than a year ago"];
        assert_eq!(on_desk("2028-03-14T15:00:00Z"), told);
        assert!(on_desk("2028-04-14T15:00:00Z").is_empty());
        desk.is_clean();
    });
}

#[test]
fn days_off_and_pauses() {
    on_each_store("rec_off", |store| {
        let desk = Desk::of(store);
        let new = NewRecurrence {
            rule: "FREQ=DAILY".to_owned(),
            lead_hours: 1,
            off_weekdays: 0b110_0000,
            off_days: vec!["2027-03-03".parse().unwrap()],
            ..weekly()
        };
        let id = make(&desk, new).unwrap();
        run(&desk, "2027-03-01T15:00:00Z");
        desk.works(|tx, a| {
            let back = Day::from_ymd(2027, 3, 5);
            set_off_until(tx, a, back, at("2027-03-01T15:10:00Z"))
        })
        .unwrap();
        run(&desk, "2027-03-02T15:00:00Z");
        run(&desk, "2027-03-04T15:00:00Z");
        // The person is off: nothing is given, and each is kept with the reason.
        assert_eq!(
            given(&desk),
            pairs(&[
                ("2027-03-01T16:00:00Z", "expired"),
                ("2027-03-02T16:00:00Z", "missed"),
                ("2027-03-04T16:00:00Z", "missed"),
            ])
        );
        let missed = whys(&desk);
        assert_eq!(missed, ["off", "off"]);
        run(&desk, "2027-03-05T15:00:00Z");
        let handoff = desk.handoff;
        let go = |what| {
            desk.owns(move |tx, a| {
                move_handoff(tx, a, handoff, what, "", None, at("2027-03-06T09:00:00Z"))
            })
            .unwrap()
        };
        go(Move::Pause);
        run(&desk, "2027-03-08T15:00:00Z");
        go(Move::Resume);
        run(&desk, "2027-03-09T15:00:00Z");
        assert_eq!(
            given(&desk),
            pairs(&[
                ("2027-03-01T16:00:00Z", "expired"),
                ("2027-03-02T16:00:00Z", "missed"),
                ("2027-03-04T16:00:00Z", "missed"),
                ("2027-03-05T16:00:00Z", "expired"),
                ("2027-03-08T16:00:00Z", "missed"),
                ("2027-03-09T16:00:00Z", "assigned"),
            ])
        );
        assert_eq!(whys(&desk), ["off", "off", "paused"]);
        let stopped =
            desk.owns(move |tx, a| stop_recurrence(tx, a, id, None, at("2027-03-09T15:30:00Z")));
        assert!(stopped.unwrap().next.is_empty());
        run(&desk, "2027-04-09T15:00:00Z");
        assert_eq!(given(&desk).len(), 6);
        desk.is_clean();
    });
}

#[test]
fn a_move_to_another_zone_keeps_the_wall_clock() {
    on_each_store("rec_zone", |store| {
        let desk = Desk::of(store);
        let id = make(&desk, weekly()).unwrap();
        run(&desk, "2027-02-26T16:00:00Z");
        let moved = desk
            .owns(move |tx, a| {
                move_recurrence(tx, a, id, "Asia/Manila", None, at("2027-02-27T09:00:00Z"))
            })
            .unwrap();
        assert_eq!(moved.next[0].at.to_string(), "2027-03-08T09:00:00Z");
        refused(
            desk.owns(move |tx, a| {
                move_recurrence(tx, a, id, "Mars/Olympus", None, at("2027-02-27T09:00:00Z"))
            }),
            "recurrence.zone",
        );
        run(&desk, "2027-03-05T09:00:00Z");
        assert_eq!(
            given(&desk),
            pairs(&[
                ("2027-03-01T16:00:00Z", "expired"),
                ("2027-03-08T09:00:00Z", "assigned")
            ])
        );
        desk.is_clean();
    });
}

#[test]
fn of_several_processes_one_gives_it() {
    on_each_store("rec_race", |store| {
        let desk = Desk::of(store);
        let daily = NewRecurrence {
            rule: "FREQ=DAILY;COUNT=30".to_owned(),
            ..weekly()
        };
        make(&desk, daily).unwrap();
        for day in 0..34 {
            let now = Moment {
                now: at("2027-02-26T16:00:00Z").now + jiff::SignedDuration::from_hours(24 * day),
                ..moment(0)
            };
            at_once(6, |_| rule_next(&desk.store, now).unwrap());
            while rule_next(&desk.store, now).unwrap() {}
        }
        let all = given(&desk);
        assert_eq!(all.len(), 30);
        assert!(all.iter().all(|(_, state)| state != "missed"), "{all:?}");
        let mut days: Vec<&String> = all.iter().map(|(due, _)| due).collect();
        days.dedup();
        assert_eq!(days.len(), 30);
        desk.is_clean();
    });
}

/// What was due before it was made was promised to nobody.
#[test]
fn a_start_in_the_past_misses_nothing() {
    on_each_store("rec_past", |store| {
        let desk = Desk::of(store);
        let past = NewRecurrence {
            start: Some("2026-06-01T17:00:00".parse().unwrap()),
            ..weekly()
        };
        make(&desk, past).unwrap();
        run(&desk, "2027-02-20T10:00:00Z");
        assert_eq!(given(&desk), pairs(&[("2027-02-22T16:00:00Z", "assigned")]));
        let over = NewRecurrence {
            start: Some("2026-06-01T17:00:00".parse().unwrap()),
            rule: "FREQ=WEEKLY;BYDAY=MO;COUNT=3".to_owned(),
            ..weekly()
        };
        refused(make(&desk, over), "recurrence.never");
        desk.is_clean();
    });
}

/// Nothing comes back under a handoff that has ended, and its list says so at once.
#[test]
fn what_comes_back_ends_with_its_handoff() {
    on_each_store("rec_ended", |store| {
        let desk = Desk::of(store);
        make(&desk, weekly()).unwrap();
        let handoff = desk.handoff;
        let end = Move::End(EndReason::TakenBack, OpenWork::Unsaid);
        let now = at("2027-02-21T09:00:00Z");
        desk.owns(move |tx, a| move_handoff(tx, a, handoff, end, "", None, now))
            .unwrap();
        let all = desk.owns(move |tx, a| list_recurrences(tx, a, handoff));
        let all = all.unwrap();
        let told: Vec<_> = all
            .iter()
            .map(|it| (it.row.state.as_str(), it.row.next_at, it.next.len()))
            .collect();
        assert_eq!(told, [("stopped", None, 0)]);
        run(&desk, "2027-03-26T16:00:00Z");
        assert!(given(&desk).is_empty());
        desk.is_clean();
    });
}

/// Who declines and accepts later gets what comes back from then on; what was due meanwhile was promised to nobody.
#[test]
fn what_comes_back_goes_on_once_a_declined_handoff_is_agreed() {
    on_each_store("rec_proposed_again", |store| {
        let desk = Desk::of(store);
        let (first, row) = (desk.handoff, desk.handoff().summary.handoff.row);
        let before = at("2027-02-20T09:00:00Z");
        let new = NewHandoff::new(row.activity_id, row.blueprint_id, row.person_id);
        let proposed = desk.owns(move |tx, a| {
            let end = Move::End(EndReason::TakenBack, OpenWork::Unsaid);
            move_handoff(tx, a, first, end, "", None, before)?;
            propose_handoff(tx, a, &new, before)
        });
        let id = proposed.unwrap().summary.handoff.row.id;
        desk.owns(move |tx, a| create_recurrence(tx, a, id, &weekly(), before))
            .unwrap();
        let say = |answer, now: &'static str| {
            desk.works(move |tx, a| answer_own_handoff(tx, a, id, answer, "", None, at(now)))
                .unwrap();
        };
        say(HandoffAnswer::Decline, "2027-02-21T09:00:00Z");
        run(&desk, "2027-03-20T09:00:00Z");
        desk.owns(move |tx, a| {
            let now = at("2027-03-20T10:00:00Z");
            propose_again(tx, a, id, &NewScope::default(), None, now)
        })
        .unwrap();
        say(HandoffAnswer::Accept, "2027-03-20T11:00:00Z");
        run(&desk, "2027-03-26T16:00:00Z");
        let all = desk.owns(move |tx, a| list_of_handoff(tx, a, id, None, 9));
        let all: Vec<_> = all
            .unwrap()
            .into_iter()
            .map(|it| (it.course.due.to_string(), it.row.state))
            .collect();
        assert_eq!(all, pairs(&[("2027-03-29T15:00:00Z", "assigned")]));
        desk.is_clean();
    });
}

/// A draft may still change: what comes back under it is not given, and that is said.
#[test]
fn what_comes_back_by_a_draft_is_kept_as_missed() {
    on_each_store("rec_draft", |store| {
        let desk = Desk::drafted(store);
        make(&desk, weekly()).unwrap();
        run(&desk, "2027-02-26T16:00:00Z");
        assert_eq!(given(&desk), pairs(&[("2027-03-01T16:00:00Z", "missed")]));
        assert_eq!(whys(&desk), ["draft"]);
        // What is a draft and which budgets there are is none of the business of whoever would have done it: not in a list, not in the
        // assignment itself, not in the record they take along.
        let told = desk.works(|tx, a| {
            let which = Which {
                state: Some("missed".to_owned()),
                person: None,
            };
            let listed = list_assignments(tx, a, &which, None, 9)?;
            let id = listed[0].row.id;
            let one = load_assignment(tx, a, id)?.row.missed_why;
            let all = export_own_record(tx, a, at("2027-02-27T16:00:00Z"))?;
            Ok((listed[0].row.missed_why.clone(), one, all.to_string()))
        });
        let (listed, one, all) = told.unwrap();
        assert_eq!(
            (listed.as_deref(), one.as_deref()),
            (Some("paused"), Some("paused"))
        );
        assert!(all.contains("\"missed_why\":\"paused\""), "{all}");
        assert!(!all.contains("\"missed_why\":\"draft\""), "{all}");
        desk.is_clean();
    });
}

/// Somebody moved from Manila to New York, what came back stayed in Manila, and nobody was told.
#[test]
fn whoever_moves_while_what_comes_back_does_not_is_told_of() {
    on_each_store("rec_moved", |store| {
        let desk = Desk::of(store);
        let lives = |zone: &str| {
            let fields = OwnFields {
                name: "Ana".to_owned(),
                zone: zone.to_owned(),
                ..OwnFields::default()
            };
            let now = at("2027-02-21T09:00:00Z");
            desk.works(move |tx, a| change_own_record(tx, a, &fields, None, now))
                .unwrap();
        };
        let told = || {
            let now = at("2027-02-22T09:00:00Z");
            let desk = desk.owns(move |tx, a| load_desk(tx, a, 9, now)).unwrap();
            let mut news = desk.news;
            news.retain(|it| it.kind == Kind::ZoneMoved);
            news.into_iter()
                .map(|it| (it.about, it.why))
                .collect::<Vec<_>>()
        };
        lives("Asia/Manila");
        let in_zone = |zone: &str| NewRecurrence {
            zone: zone.to_owned(),
            ..weekly()
        };
        let id = make(&desk, in_zone("Asia/Manila")).unwrap();
        // One on the clock of the office was never on theirs.
        make(&desk, in_zone("Europe/Berlin")).unwrap();
        assert_eq!(told(), []);
        lives("America/New_York");
        let why = "what comes back stays on the clock of Asia/Manila, not of America/New_York";
        assert_eq!(told(), [(desk.handoff, why.to_owned())]);
        let mail = desk.owns(|tx, a| preview_digest(tx, a, None, at("2027-02-22T09:00:00Z")));
        let mail = format!("{:?}", mail.unwrap());
        assert!(
            mail.contains("has moved, and what comes back has not"),
            "{mail}"
        );
        let moved = desk.owns(move |tx, a| {
            let now = at("2027-02-21T10:00:00Z");
            move_recurrence(tx, a, id, "America/New_York", None, now)
        });
        assert_eq!(moved.unwrap().row.zone, "America/New_York");
        assert_eq!(told(), []);
        desk.is_clean();
    });
}

#[test]
fn what_is_no_recurrence_is_refused() {
    on_each_store("rec_refused", |store| {
        let desk = Desk::of(store);
        let with = |change: fn(&mut NewRecurrence), code: &str| {
            let mut new = weekly();
            change(&mut new);
            refused(make(&desk, new), code);
        };
        with(
            |new| new.rule = "every Monday".to_owned(),
            "recurrence.rule",
        );
        with(
            |new| new.rule = "FREQ=WEEKLY;FREQ=DAILY".to_owned(),
            "recurrence.rule",
        );
        with(
            |new| new.rule = "FREQ=WEEKLY;BYDAY=1MO".to_owned(),
            "recurrence.rule",
        );
        with(
            |new| new.rule = "FREQ=SECONDLY;COUNT=1000000".to_owned(),
            "recurrence.many",
        );
        with(
            |new| new.rule = "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30".to_owned(),
            "recurrence.never",
        );
        with(|new| new.off_weekdays = 1, "recurrence.never");
        with(|new| new.start = None, "recurrence.start");
        with(|new| new.zone = "Nowhere".to_owned(), "recurrence.zone");
        with(|new| new.lead_hours = -1, "recurrence.lead");
        // Given when it is due it would be missed each time.
        with(|new| new.lead_hours = 0, "recurrence.lead");
        with(|new| new.lead_hours = 99_999, "recurrence.lead");
        for _ in 0..20 {
            make(&desk, weekly()).unwrap();
        }
        with(|_| {}, "recurrence.most");
        let handoff = desk.handoff;
        let all = desk
            .owns(move |tx, a| list_recurrences(tx, a, handoff))
            .unwrap();
        assert_eq!((all.len(), all[0].next.len()), (20, 5));
        let id = all[0].row.id;
        let stale = desk.owns(move |tx, a| stop_recurrence(tx, a, id, Some(9), moment(1)));
        refused(stale, "recurrence.changed");
        desk.is_clean();
    });
}

/// What comes back by itself is paid by what holds on the day it is given, as what is given by hand; not by what holds when it is due.
#[test]
fn what_comes_back_is_paid_by_the_terms_of_the_day_it_is_given() {
    on_each_store("rec_terms", |store| {
        let desk = Desk::of(store);
        desk.changes(("assignment", "30"), Some("2027-02-28"), 100);
        make(&desk, weekly()).unwrap();
        // On 26 February, for the first of March.
        run(&desk, "2027-02-26T16:00:00Z");
        run(&desk, "2027-03-05T16:00:00Z");
        let handoff = desk.handoff;
        let all: Vec<AssignmentSummary> = desk
            .owns(move |tx, a| list_of_handoff(tx, a, handoff, None, 10))
            .unwrap();
        let amounts = all.iter().rev().map(|it| it.row.amount.as_str());
        assert_eq!(amounts.collect::<Vec<_>>(), ["20.00", "30.00"]);
    });
}
