//! Money that came in by no handoff that has begun, on both databases.

use offdesk_actions::Moment;
use offdesk_actions::actor::Actor;
use offdesk_actions::handoffs::{NewHandoff, propose_handoff};
use offdesk_actions::people::{PersonFields, add_person};
use offdesk_actions::returns::json::ReturnJson;
use offdesk_actions::returns::receipts::{NewReceipt, note_receipt};
use offdesk_actions::returns::tables::handoffs_table;
use offdesk_actions::returns::{ReturnReport, load_return};
use offdesk_actions::store::Tx;
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
