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
    HandoffOption, NewOptions, OptionKind, Rhythms, Source, Subject, keep_options, load_subject,
};
use offdesk_actions::remembered::log_time;
use offdesk_actions::store::Store;
use offdesk_domain::decision::Input;
use rust_decimal::Decimal;

use crate::stores::{demo, moment, on_each_store, owner, with_worth, write};

fn looked(store: &Store, actor: &Actor) -> Hours {
    write(store, actor, |tx, actor| load_hours(tx, actor, moment(10))).unwrap()
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
        let hours = looked(store, &owner);
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
        let hours = looked(store, &owner);
        let list = rank(&hours).unwrap();
        let next = list.find(inbox).unwrap();
        assert_eq!(next.option.as_ref().unwrap().name, "Ana");
        // Her hour with the fees, in figures and in words, and not the market's.
        let hour = Decimal::try_from(next.handoff.case.loaded_rate()).unwrap();
        assert_eq!(next.price().unwrap().likely, hour.round_dp(2));
        let share = (hour * Decimal::ONE_HUNDRED / list.audit.worth.hour).round();
        let why = next.readiness_in_words(list.audit);
        assert!(why.contains(&format!("at {share} % of your hour")), "{why}");
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
            judge_activity(tx, actor, inbox, Judgement::NotNow, "busy", None, moment(7))?;
            keep_options(tx, actor, inbox, &ana(4.0), moment(8))
        })
        .unwrap();
        let hours = looked(store, &owner);
        let list = rank(&hours).unwrap();
        let next = list.find(inbox).unwrap();
        assert!(next.has_grown() && next.back_for.is_some(), "{next:?}");
        write(store, &owner, move |tx, actor| {
            merge_activity(tx, actor, inbox, other, None, moment(9))
        })
        .unwrap();
        let hours = looked(store, &owner);
        assert_eq!(hours.options[&other].options[0].name, "Ana");
        assert!(!hours.options.contains_key(&inbox));
    });
}

#[test]
fn weighing_with_the_usual_answers_changes_nothing() {
    on_each_store("same", |store| {
        let owner = owner(store);
        with_quarter(store, &owner);
        let before = looked(store, &owner);
        let list = rank(&before).unwrap();
        assert!(list.open.len() >= 5 && !list.better_kept.is_empty());
        // Every row, to the cent: what the list says and what weighing it says.
        for next in list.all() {
            let id = next.row.id;
            let subject = write(store, &owner, move |tx, actor| {
                load_subject(tx, actor, id, moment(6))
            });
            let weighed = subject.unwrap().weigh().unwrap();
            let answer = &weighed.sides[0].answer;
            let net = Decimal::try_from(answer.decision.net_value).unwrap();
            let name = &next.judged.activity.name;
            assert_eq!(net.round_dp(2), next.handoff.first_year_gain, "{name}");
            assert_eq!(answer.verdict, next.handoff.advice, "{name}");
            assert_eq!(weighed.chosen().is_some(), next.handoff.pays(), "{name}");
        }
        // Keeping the very answers that were offered is no change either.
        let ids: Vec<_> = list.all().map(|next| next.row.id).collect();
        for id in ids {
            let freelancer = NewOptions {
                options: vec![HandoffOption {
                    name: "a freelancer".to_owned(),
                    kind: OptionKind::Freelancer,
                    figures: Vec::new(),
                }],
                ..NewOptions::default()
            };
            write(store, &owner, move |tx, actor| {
                keep_options(tx, actor, id, &freelancer, moment(7))
            })
            .unwrap();
        }
        let after = looked(store, &owner);
        let of = |hours: &Hours| -> Vec<(String, Decimal)> {
            let list = rank(hours).unwrap();
            let all = list.all();
            all.map(|next| {
                (
                    next.judged.activity.name.clone(),
                    next.handoff.first_year_gain,
                )
            })
            .collect()
        };
        assert_eq!(of(&before), of(&after));
        assert!(
            rank(&after)
                .unwrap()
                .open
                .iter()
                .all(|next| next.option.is_some())
        );
    });
}

#[test]
fn what_was_said_is_kept_apart_from_what_the_data_say() {
    on_each_store("said", |store| {
        let owner = owner(store);
        with_quarter(store, &owner);
        let inbox = looked(store, &owner).ids["Inbox triage"];
        let keep = |new: NewOptions| {
            write(store, &owner, move |tx, actor| {
                keep_options(tx, actor, inbox, &new, moment(5))
            })
        };
        keep(ana(14.0)).unwrap();
        let load = || {
            write(store, &owner, move |tx, actor| {
                load_subject(tx, actor, inbox, moment(6))
            })
            .unwrap()
        };
        let subject = load();
        let source = |input| subject.figure(&subject.options[0], input).unwrap().1;
        assert_eq!(source(Input::Rate), Source::Said);
        for input in [
            Input::OwnerHours,
            Input::TimesPerWeek,
            Input::ValueOfWorkHour,
        ] {
            assert!(matches!(source(input), Source::Workspace(_)), "{input:?}");
        }
        let each = |subject: &Subject| subject.figure(&subject.options[0], Input::OwnerHours);
        let before = each(&subject);
        // New days: the figures follow, since nobody has said them.
        for day in 1..=20 {
            write(store, &owner, move |tx, actor| {
                let day = offdesk_domain::Day::from_ymd(2026, 11, day);
                log_time(tx, actor, "5h Inbox triage", day, moment(8))
            })
            .unwrap();
        }
        let after = each(&load());
        assert!(
            after.clone().unwrap().0[1] > before.unwrap().0[1],
            "{after:?}"
        );
    });
}

#[test]
fn a_program_has_no_hourly_rate_at_any_door() {
    on_each_store("agent", |store| {
        let owner = owner(store);
        with_quarter(store, &owner);
        let inbox = looked(store, &owner).ids["Inbox triage"];
        let mut new = ana(14.0);
        new.options[0].kind = OptionKind::Agent;
        let refused = write(store, &owner, move |tx, actor| {
            keep_options(tx, actor, inbox, &new, moment(5))
        })
        .unwrap_err();
        assert_eq!((refused.code, refused.field), ("decide.options", "rate"));
        // Where one is left over from before, it is not weighed.
        let mut subject = write(store, &owner, move |tx, actor| {
            load_subject(tx, actor, inbox, moment(6))
        })
        .unwrap();
        let cost = vec![(Input::CostEachTime, [0.4; 3])];
        let agent = |figures| HandoffOption {
            name: "Bot".to_owned(),
            kind: OptionKind::Agent,
            figures,
        };
        let rate = (Input::Rate, [40.0; 3]);
        subject.options = vec![
            agent(cost.clone()),
            agent(cost.into_iter().chain([rate]).collect()),
        ];
        let weighed = subject.weigh().unwrap();
        let [one, other] = weighed.sides.as_slice() else {
            panic!("two were asked")
        };
        assert_eq!(one.answer.decision, other.answer.decision);
    });
}

#[test]
fn one_line_after_the_last_import_changes_little() {
    on_each_store("line", |store| {
        let owner = owner(store);
        with_quarter(store, &owner);
        let before = looked(store, &owner);
        write(store, &owner, |tx, actor| {
            log_time(tx, actor, "2h Bookkeeping", None, moment(8))
        })
        .unwrap();
        let after = looked(store, &owner);
        let of = |hours: &Hours, name: &str| {
            let list = rank(hours).unwrap();
            let next = list.find(hours.ids[name]).unwrap();
            (next.judged.hours_per_week, next.handoff.first_year_gain)
        };
        let (then, now) = (of(&before, "Inbox triage"), of(&after, "Inbox triage"));
        let nearly = Decimal::new(97, 2);
        assert!(
            now.0 <= then.0 && now.0 >= then.0 * nearly,
            "{then:?} {now:?}"
        );
        assert!(now.1 >= then.1 * nearly, "{then:?} {now:?}");
        // Nobody has to say anew how long one time takes.
        let inbox = before.ids["Inbox triage"];
        let subject = write(store, &owner, move |tx, actor| {
            load_subject(tx, actor, inbox, moment(9))
        });
        assert!(subject.unwrap().weigh().is_ok());
    });
}

#[test]
fn the_gap_is_that_of_what_is_on_the_list() {
    on_each_store("gap", |store| {
        let owner = owner(store);
        with_quarter(store, &owner);
        let hours = looked(store, &owner);
        let all = hours.report.as_ref().unwrap().audit.summary.gap;
        let (inbox, books) = (hours.ids["Inbox triage"], hours.ids["Assistant work"]);
        write(store, &owner, move |tx, actor| {
            judge_activity(tx, actor, inbox, Judgement::Never, "trust", None, moment(7))?;
            judge_activity(tx, actor, books, Judgement::NotNow, "busy", None, moment(7))
        })
        .unwrap();
        let hours = looked(store, &owner);
        let list = rank(&hours).unwrap();
        let open: Decimal = list
            .open
            .iter()
            .map(|next| next.judged.yearly.unwrap().gap)
            .sum();
        assert_eq!(list.summary().gap, open);
        let out = list.taken_out();
        let whys: Vec<&str> = out.iter().map(|out| out.why.word()).collect();
        assert_eq!(whys, ["better_kept", "not_now", "never", "only_you"]);
        // What only the owner can do was in no gap before.
        let below = out.iter().filter(|out| out.why.word() != "only_you");
        let taken: Decimal = below.map(|out| out.gap).sum();
        assert_eq!(open + taken, all);
        assert!(list.open.iter().all(|next| next.handoff.pays()));
        assert!(list.better_kept.iter().all(|next| !next.handoff.pays()));
    });
}

#[test]
fn the_weeks_say_what_is_crowded_out_and_in_which_order_to_go() {
    on_each_store("crowded", |store| {
        let owner = owner(store);
        with_quarter(store, &owner);
        let mut hours = looked(store, &owner);
        // The last week ends on its Saturday, so it is no whole one.
        assert_eq!(hours.rhythms.whole_weeks.len(), 12);
        let list = rank(&hours).unwrap();
        let found = crowded_out(&hours, &list).unwrap();
        assert!(found.crowding.now.small_first > found.crowding.then.small_first + 1.0);
        assert!(found.crowding.loads[0] <= 0.95, "{found:?}");
        assert_eq!(found.handed_off.len(), 3);
        // One entry more overturns nothing.
        write(store, &owner, |tx, actor| {
            let day = offdesk_domain::Day::from_ymd(2026, 11, 12);
            log_time(tx, actor, "2h Bookkeeping", day, moment(8))
        })
        .unwrap();
        let more = looked(store, &owner);
        let again = crowded_out(&more, &rank(&more).unwrap()).unwrap();
        let (then, now) = (
            found.crowding.now.small_first,
            again.crowding.now.small_first,
        );
        assert!((then - now).abs() < then / 4.0, "{then} {now}");
        let plan = roll_out(&list, RolloutTerms::default()).unwrap();
        assert!(plan.activities.len() <= 12);
        assert!(plan.best.value >= plan.by_gain);
        let total: f64 = plan.weeks.iter().map(|week| week.value).sum();
        assert!((total - plan.best.setup_cost - plan.best.value).abs() < 1e-6);
        assert!(plan.best.setup_cost > 0.0);
        // In few weeks only what pays within them is begun.
        let terms = RolloutTerms {
            weeks: 6,
            ..RolloutTerms::default()
        };
        let short = roll_out(&list, terms).unwrap();
        assert!(
            !short.not_within.is_empty() && short.best.value >= 0.0,
            "{short:?}"
        );
        assert_eq!(
            short.best.order.len() + short.not_within.len(),
            short.activities.len()
        );
        hours.rhythms = Rhythms::default();
        assert!(crowded_out(&hours, &rank(&hours).unwrap()).is_err());
    });
}
