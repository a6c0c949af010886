//! Handing in for a person who has not joined: what is paid by the hour has hours, or it is said that it has none.

use offdesk_actions::assignments::{
    NewAssignment, NewDeliverable, Reply, deliver, give_assignment, reply_to_assignment,
};
use offdesk_actions::store::Uuid;

use crate::handed_off::{Desk, paid_by, refused};
use crate::stores::{moment, on_each_store};

/// One that the owner has noted as taken by Cem.
fn taken(desk: &Desk) -> Uuid {
    let handoff = desk.other;
    desk.owns(move |tx, actor| {
        let new = NewAssignment {
            due: Some(moment(3_700).now),
            ..NewAssignment::default()
        };
        let id = give_assignment(tx, actor, handoff, &new, moment(40))?
            .row
            .id;
        reply_to_assignment(tx, actor, id, Reply::Agree, None, moment(41))?;
        Ok(id)
    })
    .unwrap()
}

#[test]
fn hours_that_are_missing_are_said_to_be() {
    on_each_store("behalf_hours", |store| {
        let desk = Desk::with(store, paid_by("hour", "14"));
        let hand_in = |id, seconds: Option<i64>, without_hours| {
            desk.owns(move |tx, actor| {
                let new = NewDeliverable {
                    text: "Done.".to_owned(),
                    seconds,
                    without_hours,
                    ..NewDeliverable::default()
                };
                deliver(tx, actor, id, &new, moment(50))
            })
        };
        let id = taken(&desk);
        refused(hand_in(id, None, false), "assignment.no_hours");
        refused(hand_in(id, Some(0), false), "assignment.no_hours");
        assert_eq!(hand_in(id, None, true).unwrap().row.seconds, 0);
        let id = taken(&desk);
        assert_eq!(hand_in(id, Some(3_600), false).unwrap().row.seconds, 3_600);
        // Who has joined is asked as well: handed in without hours it would earn nothing for good. They may stand in their week.
        let own = desk.agreed();
        let bare = desk.works(move |tx, actor| {
            let new = NewDeliverable {
                text: "Done.".to_owned(),
                ..NewDeliverable::default()
            };
            deliver(tx, actor, own, &new, moment(50))
        });
        refused(bare, "assignment.no_hours");
        assert!(desk.deliver(own, moment(50)).is_ok());
    });
    on_each_store("behalf_price", |store| {
        let desk = Desk::of(store);
        let id = taken(&desk);
        let done = desk.owns(move |tx, actor| {
            let new = NewDeliverable {
                text: "Done.".to_owned(),
                ..NewDeliverable::default()
            };
            deliver(tx, actor, id, &new, moment(50))
        });
        assert!(done.is_ok());
    });
}
