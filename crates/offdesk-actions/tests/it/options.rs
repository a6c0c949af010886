//! Who could do an activity, what is crowded out and in which order to hand over, from the days of a real quarter; the same on
//! both databases.

use std::sync::Arc;

use offdesk_actions::activities::{Judgement, judge_activity, merge_activity};
use offdesk_actions::actor::Actor;
use offdesk_actions::hours::{Hours, load_hours};
use offdesk_actions::imports::{Choices, import_file};
use offdesk_actions::next::crowded::crowded_out;
use offdesk_actions::next::rank;
use offdesk_actions::next::rollout::{RolloutTerms, roll_out};
use offdesk_actions::options::{
    HandoffOption, NewOptions, OptionKind, Rhythms, keep_options, load_rhythms, load_subject,
};
use offdesk_actions::store::Store;
use offdesk_domain::decision::Input;
use rust_decimal::Decimal;

use crate::stores::{demo, moment, on_each_store, owner, with_worth, write};

fn looked(store: &Store, actor: &Actor) -> (Hours, Rhythms) {
    write(store, actor, |tx, actor| {
        Ok((load_hours(tx, actor, moment(10))?, load_rhythms(tx, actor)?))
    })
    .unwrap()
}

/// The example owner's quarter, at 75 an hour.
fn with_quarter(store: &Arc<Store>, owner: &Actor) {
    with_worth(store, owner);
    let mut input = demo();
    import_file(store, owner, &mut input, &Choices::default(), moment(4)).unwrap();
}

fn ana(rate: f64) -> NewOptions {
    NewOptions {
        options: vec![HandoffOption {
            name: "Ana".to_owned(),
            kind: OptionKind::Freelancer,
            figures: vec![(Input::Rate, [rate - 2.0, rate, rate + 2.0])],
        }],
        ..NewOptions::default()
    }
}

#[test]
fn options_are_kept_ranked_by_and_taken_along() {
    on_each_store("options", |store| {
        let owner = owner(store);
        with_quarter(store, &owner);
        let (hours, _) = looked(store, &owner);
        let (inbox, other) = (hours.ids["Inbox triage"], hours.ids["Expense reports"]);
        let kept = write(store, &owner, move |tx, actor| {
            keep_options(tx, actor, inbox, &ana(14.0), moment(5))
        });
        // What it takes each time was not said: it is the average of the days with it.
        let kept = kept.unwrap();
        let ([low, each, high], _) = kept.figure(&kept.options[0], Input::OwnerHours).unwrap();
        assert!(
            low < each && each < high && each > 0.5 && each < 2.0,
            "{each}"
        );
        let (hours, _) = looked(store, &owner);
        let list = rank(&hours).unwrap();
        let next = list.find(inbox).unwrap();
        assert_eq!(next.option.as_ref().unwrap().name, "Ana");
        let loaded = write(store, &owner, move |tx, actor| {
            load_subject(tx, actor, inbox, moment(6))
        })
        .unwrap();
        let weighed = loaded.weigh().unwrap();
        let net = weighed.sides[0].answer.decision.net_value;
        assert_eq!(
            Decimal::try_from(net).unwrap().round_dp(2),
            next.handoff.first_year_gain
        );
        // Put off at these figures, and back as soon as they are half as good again.
        write(store, &owner, move |tx, actor| {
            judge_activity(tx, actor, inbox, Judgement::NotNow, "", moment(7))?;
            keep_options(tx, actor, inbox, &ana(4.0), moment(8))
        })
        .unwrap();
        let (hours, _) = looked(store, &owner);
        let list = rank(&hours).unwrap();
        let next = list.find(inbox).unwrap();
        assert!(next.has_grown() && next.back_for.is_some(), "{next:?}");
        write(store, &owner, move |tx, actor| {
            merge_activity(tx, actor, inbox, other, moment(9))
        })
        .unwrap();
        let (hours, _) = looked(store, &owner);
        assert_eq!(hours.options[&other].options[0].name, "Ana");
        assert!(!hours.options.contains_key(&inbox));
    });
}

#[test]
fn the_weeks_say_what_is_crowded_out_and_in_which_order_to_go() {
    on_each_store("crowded", |store| {
        let owner = owner(store);
        with_quarter(store, &owner);
        let (hours, rhythms) = looked(store, &owner);
        // The last week ends on its Saturday, so it is no whole one.
        assert_eq!(rhythms.whole_weeks.len(), 12);
        let list = rank(&hours).unwrap();
        let found = crowded_out(&hours, &list, &rhythms).unwrap();
        assert!(found.crowding.now.small_first > found.crowding.then.small_first + 1.0);
        assert!(found.crowding.now.load <= 0.95, "{found:?}");
        assert_eq!(found.handed_off.len(), 3);
        assert!(crowded_out(&hours, &list, &Rhythms::default()).is_err());
        let plan = roll_out(&list, RolloutTerms::default()).unwrap();
        assert_eq!(plan.activities.len(), 12);
        assert!(plan.best.value >= plan.by_gain);
        let total: f64 = plan.weeks.iter().map(|week| week.value).sum();
        assert!((total - plan.best.value).abs() < 1e-6);
    });
}
