//! Money that came in by no handoff that has begun, on both databases.

use offdesk_actions::Error;
use offdesk_actions::Moment;
use offdesk_actions::actor::Actor;
use offdesk_actions::handoffs::{NewHandoff, propose_handoff};
use offdesk_actions::pay::{NewMilestone, mark_milestone};
use offdesk_actions::people::{PersonFields, add_person};
use offdesk_actions::returns::json::ReturnJson;
use offdesk_actions::returns::receipts::take_back_receipt;
use offdesk_actions::returns::receipts::{NewReceipt, note_receipt};
use offdesk_actions::returns::tables::handoffs_table;
use offdesk_actions::returns::{ReturnReport, load_return};
use offdesk_actions::store::proofs::seal;
use offdesk_actions::store::{Store, Tx};
use offdesk_actions::upkeep::verify;
use offdesk_domain::Day;
use serde_json::Value;

use crate::handed_off::{Desk, paid_by};
use crate::stores::{moment, on_each_store, owner, write};

/// Noon of a day.
fn noon(day: &str) -> Moment {
    let at: jiff::Timestamp = format!("{day}T12:00:00Z").parse().unwrap();
    moment(at.as_second() - moment(0).now.as_second())
}

fn as_json(report: &ReturnReport) -> Value {
    serde_json::to_value(ReturnJson::of(report, None, None).unwrap()).unwrap()
}

/// What came in without any handoff stood nowhere but in the journal; by a handoff that never began, too.
#[test]
fn money_that_came_in_by_no_handoff_that_has_begun_counts_in_all() {
    on_each_store("return_receipts_apart", |store| {
        let owner = owner(store);
        let note = {
            let new = NewReceipt {
                amount: "120".to_owned(),
                day: Some(Day::from_date("2026-11-24".parse().unwrap())),
                ..NewReceipt::default()
            };
            move |tx: &mut Tx<'_>, actor: &Actor| note_receipt(tx, actor, &new, noon("2026-12-09"))
        };
        write(store, &owner, note).unwrap();
        let alone = write(store, &owner, |tx, actor| {
            load_return(tx, actor, None, noon("2026-12-09"))
        })
        .unwrap();
        assert!(!alone.is_empty() && alone.handoffs.is_empty());
        let found = as_json(&alone);
        assert_eq!(found["cash"]["in"], "120.00");
        assert_eq!(found["by_no_handoff"]["in"], "120.00");
        assert_eq!(found["months"][0]["cash"]["in"], "120.00");
        let headline = "It brought 120.00 USD in; no hours are known that it gave back.";
        assert_eq!(found["headline"], headline);
    });
    on_each_store("return_receipts_never", |store| {
        let desk = Desk::of(store);
        let row = desk.handoff().summary.handoff.row;
        let (activity, blueprint) = (row.activity_id, desk.blueprint);
        desk.owns(move |tx, actor| {
            let fields = PersonFields {
                kind: "freelancer".to_owned(),
                name: "Dora".to_owned(),
                ..PersonFields::default()
            };
            let person = add_person(tx, actor, &fields, None, moment(20))?.row.id;
            let mut new = NewHandoff::new(activity, blueprint, person);
            paid_by("assignment", "20")(&mut new);
            let made = propose_handoff(tx, actor, &new, moment(30))?;
            let new = NewReceipt {
                amount: "120".to_owned(),
                handoff: Some(made.summary.handoff.row.id),
                ..NewReceipt::default()
            };
            note_receipt(tx, actor, &new, noon("2026-12-09"))
        })
        .unwrap();
        let report = desk
            .owns(|tx, actor| load_return(tx, actor, None, noon("2026-12-09")))
            .unwrap();
        let found = as_json(&report);
        assert_eq!(found["cash"]["in"], "120.00");
        assert_eq!(found["by_no_handoff"]["in"], "120.00");
        let table = handoffs_table(&report).to_csv();
        let last = table.lines().last().unwrap();
        assert!(last.starts_with(",by no handoff that has begun,"), "{last}");
        assert!(last.contains(",USD,0.00,120.00,"), "{last}");
    });
}

fn faults(store: &Store) -> Vec<String> {
    let checks = verify(store).unwrap().checks.into_iter();
    checks.flat_map(|check| check.faults).collect()
}

/// Whoever changed what came in, or what was reached, was not found: verify said that everything holds.
#[test]
fn changed_receipts_and_milestones_are_named() {
    on_each_store("receipts_proved", |store| {
        let desk = Desk::with(store, paid_by("milestone", "250"));
        let handoff = desk.handoff;
        desk.owns(move |tx, actor| {
            for amount in ["120", "130"] {
                let new = NewReceipt {
                    amount: amount.to_owned(),
                    note: "it's\nso".to_owned(),
                    handoff: Some(handoff),
                    ..NewReceipt::default()
                };
                note_receipt(tx, actor, &new, noon("2026-12-09"))?;
            }
            take_back_receipt(tx, actor, 1, "twice", noon("2026-12-10"))?;
            let new = NewMilestone {
                note: "moved in".to_owned(),
                ..NewMilestone::default()
            };
            mark_milestone(tx, actor, handoff, &new, noon("2026-12-10"))
        })
        .unwrap();
        assert_eq!(faults(store), [""; 0]);
        let run = |sql: &'static str| {
            let done = store.write(move |tx| tx.execute(sql, &[]).map_err(Error::from));
            assert!(done.wait().unwrap() > 0, "{sql}");
        };
        let of = |what: &str| {
            format!("{what} was changed after it was noted: its hash does not fit what it says")
        };
        let cases = [
            (
                "UPDATE receipt SET amount = '9000.00' WHERE number = 2",
                "UPDATE receipt SET amount = '130.00' WHERE number = 2",
                of("IN-0002"),
            ),
            (
                "UPDATE receipt SET hash = '' WHERE number = 3",
                "",
                of("IN-0003"),
            ),
            (
                "UPDATE milestone SET title = 'moved out'",
                "UPDATE milestone SET title = 'moved in'",
                of("the milestone of posting 1"),
            ),
        ];
        for (plant, undo, fault) in cases {
            run(plant);
            assert_eq!(faults(store), [fault]);
            if undo.is_empty() {
                // As the tables have it right after they were brought up to date.
                store
                    .write(|tx| seal(tx).map_err(Error::from))
                    .wait()
                    .unwrap();
            } else {
                run(undo);
            }
            assert_eq!(faults(store), [""; 0]);
        }
        run("DELETE FROM receipt WHERE number = 2");
        assert_eq!(faults(store), ["money that came in has no number 2"]);
        run("DELETE FROM milestone");
        assert!(faults(store).contains(&"posting 1 is of a milestone that is gone".to_owned()));
    });
}
