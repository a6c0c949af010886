//! What handoffs cost so far, on both databases: it is counted in as it happens, and put right with what is put right.

use offdesk_actions::assignments::{
    NewReview, Spent, correct_supervision, list_done_since, load_assignment, note_supervision,
};
use offdesk_actions::handoffs::{
    HandoffAnswer, NewHandoff, SoFar, answer_for, list_handoffs, load_handoff, load_so_far,
    propose_handoff,
};
use offdesk_actions::people::{NewTerms, PersonFields, add_person};
use offdesk_domain::assignment::Supervised;
use offdesk_domain::money::to_minor_text;

use crate::handed_off::Desk;
use crate::stores::{moment, on_each_store, with_worth};

fn so_far(desk: &Desk) -> SoFar {
    let handoff = desk.handoff;
    desk.owns(move |tx, actor| {
        let mut all = list_handoffs(tx, actor, None, 10)?;
        all.retain(|it| it.handoff.row.id == handoff);
        Ok(load_so_far(tx, actor, &all, moment(20 * 86_400))?.remove(0))
    })
    .unwrap()
}

#[test]
fn what_a_handoff_cost_so_far_stands_beside_what_was_expected() {
    on_each_store("so_far", |store| {
        let desk = Desk::of(store);
        assert_eq!(so_far(&desk).since, None);
        for _ in 0..2 {
            let id = desk.delivered().row.id;
            let review = NewReview {
                spent: Some(Spent::captured(300)),
                ..NewReview::default()
            };
            desk.accept(id, review).unwrap();
        }
        let cost = so_far(&desk);
        assert_eq!(cost.days, 21, "{cost:?}");
        let earned = cost.earned.iter();
        let earned: Vec<String> = earned
            .map(|it| format!("{} {}", to_minor_text(it.amount, it.currency), it.currency))
            .collect();
        assert_eq!(earned, ["40.00 USD"]);
        assert_eq!(cost.supervision.0, 600);
        assert!(cost.money_in_words().starts_with("40.00 USD"));
        assert!(cost.time_in_words().starts_with("10 min"));
        // What is put right, and what is typed in, counts.
        let id = desk.give();
        let handoff = desk.handoff;
        desk.owns(move |tx, actor| {
            let of = note_supervision(tx, actor, id, Supervised::Reworking, 60, moment(70))?;
            let line = load_assignment(tx, actor, id)?.supervision.remove(0);
            assert_eq!(of.row.id, id);
            correct_supervision(tx, actor, handoff, line.id, 20, Some(1), moment(80))
        })
        .unwrap();
        assert_eq!(so_far(&desk).supervision.0, 620);
        let done = desk
            .owns(|tx, actor| list_done_since(tx, actor, moment(0).micros(), 1))
            .unwrap();
        assert_eq!(done.len(), 1);
        desk.is_clean();
    });
}

/// What is paid by the month, and in another currency, is what is expected to be earned by now.
#[test]
fn what_was_agreed_is_expected_by_now() {
    on_each_store("so_far_agreed", |store| {
        let desk = Desk::of(store);
        with_worth(store, &desk.owner);
        let (other, blueprint) = (desk.other, desk.blueprint);
        let handoff = desk.owns(move |tx, actor| {
            let row = load_handoff(tx, actor, other)?.summary.handoff.row;
            let fields = PersonFields {
                kind: "freelancer".to_owned(),
                name: "Dana".to_owned(),
                ..PersonFields::default()
            };
            let dana = add_person(tx, actor, &fields, None, moment(32))?.row.id;
            let new = NewHandoff {
                terms: Some(NewTerms {
                    unit: "retainer".to_owned(),
                    amount: "365.25".to_owned(),
                    currency: "EUR".to_owned(),
                    ..NewTerms::default()
                }),
                ..NewHandoff::new(row.activity_id, blueprint, dana)
            };
            let made = propose_handoff(tx, actor, &new, moment(33))?;
            let id = made.summary.handoff.row.id;
            let yes = HandoffAnswer::Accept;
            answer_for(tx, actor, id, yes, "", None, moment(34))
        });
        let handoff = handoff.unwrap().summary.handoff.row.id;
        let cost = so_far(&Desk { handoff, ..desk });
        let expected = cost.expected.and_then(|it| it.earned).unwrap();
        // 365.25 EUR a month are 12 EUR a day.
        let text = to_minor_text(expected.amount, expected.currency);
        assert_eq!(text, format!("{}.00", 12 * cost.days));
        assert!(cost.days > 0);
        assert_eq!(expected.currency.to_string(), "EUR");
    });
}
