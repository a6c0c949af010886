//! What AI agents cost: rates by day, usage by hand, from a table and by a token, and what an accepted assignment costs beside people.

use offdesk_actions::Error;
use offdesk_actions::actor::{Actor, TokenScope};
use offdesk_actions::agents::{
    NewRate, NewUsage, ProviderCost, WhichCosts, add_rate, list_rates, list_usage, load_costs,
    note_usage, note_usage_table, remove_rate, remove_usage,
};
use offdesk_actions::assignments::{
    FindingKind, NewAssignment, NewDeliverable, NewFinding, NewReview, Reply, accept_deliverable,
    deliver, give_assignment, note_supervision, reply_to_assignment, return_deliverable,
};
use offdesk_actions::budgets::{NewBudget, Which, Whose, list_budgets, set_budget};
use offdesk_actions::handoffs::{HandoffAnswer, NewHandoff, answer_for, propose_handoff};
use offdesk_actions::people::{NewTerms, PersonFields, add_person};
use offdesk_actions::returns::load_return;
use offdesk_actions::store::Uuid;
use offdesk_domain::Day;
use offdesk_domain::assignment::Supervised;
use offdesk_domain::returns::Cash;
use rust_decimal::Decimal;

use crate::handed_off::{Desk, refused};
use crate::stores::{moment, on_each_store, with_worth};

/// An agent that does what Ana does, for nothing but what it costs to use.
fn agent(desk: &Desk, name: &'static str) -> (Uuid, Uuid) {
    let (activity, blueprint) = {
        let row = desk.handoff().summary.handoff.row;
        (row.activity_id, desk.blueprint)
    };
    desk.owns(move |tx, actor| {
        let fields = PersonFields {
            kind: "agent".to_owned(),
            name: name.to_owned(),
            ..PersonFields::default()
        };
        let person = add_person(tx, actor, &fields, None, moment(20))?.row.id;
        let mut new = NewHandoff::new(activity, blueprint, person);
        new.terms = Some(NewTerms {
            unit: "assignment".to_owned(),
            amount: "0".to_owned(),
            currency: "USD".to_owned(),
            ..NewTerms::default()
        });
        let made = propose_handoff(tx, actor, &new, moment(30))?;
        let handoff = made.summary.handoff.row.id;
        let accept = HandoffAnswer::Accept;
        answer_for(tx, actor, handoff, accept, "", None, moment(31))?;
        Ok((person, handoff))
    })
    .unwrap()
}

fn rate(per: &str, numbers: [&str; 3], from: &str) -> NewRate {
    let [amount, input, output] = numbers.map(str::to_owned);
    NewRate {
        per: per.to_owned(),
        amount,
        input,
        output,
        currency: "USD".to_owned(),
        from: Some(Day::from_date(from.parse().unwrap())),
    }
}

fn add(desk: &Desk, person: Uuid, new: NewRate) {
    desk.owns(move |tx, actor| add_rate(tx, actor, person, &new, moment(32)))
        .unwrap();
}

/// An assignment of the agent that was handed in, with its number.
fn delivered(desk: &Desk, handoff: Uuid) -> (Uuid, i64) {
    desk.owns(move |tx, actor| {
        let new = NewAssignment {
            due: Some(moment(3_640).now),
            ..NewAssignment::default()
        };
        let row = give_assignment(tx, actor, handoff, &new, moment(40))?.row;
        reply_to_assignment(tx, actor, row.id, Reply::Agree, None, moment(41))?;
        let done = NewDeliverable {
            text: "Done.".to_owned(),
            ..NewDeliverable::default()
        };
        deliver(tx, actor, row.id, &done, moment(50))?;
        Ok((row.id, row.number))
    })
    .unwrap()
}

fn accept(desk: &Desk, id: Uuid) {
    let review = NewReview::default();
    desk.owns(move |tx, actor| accept_deliverable(tx, actor, id, &review, moment(60)))
        .unwrap();
}

fn used(uses: i64, tokens_in: i64, tokens_out: i64) -> NewUsage {
    NewUsage {
        uses,
        tokens_in,
        tokens_out,
        ..NewUsage::default()
    }
}

fn note(desk: &Desk, id: Uuid, new: NewUsage) -> Result<Uuid, Error> {
    desk.owns(move |tx, actor| Ok(note_usage(tx, actor, id, &new, moment(70))?.id))
}

fn costs(desk: &Desk, which: WhichCosts) -> Vec<ProviderCost> {
    desk.owns(move |tx, actor| load_costs(tx, actor, which, moment(80)))
        .unwrap()
        .all
}

/// Who, how many were accepted and not, and what they cost: earned, used, plan, the owner's time.
fn said(one: &ProviderCost) -> String {
    let cost: Vec<String> = one
        .costs
        .iter()
        .map(|it| {
            let parts = [it.earned, it.used, it.plan, it.own_time];
            let parts = parts.map(|part| part.round_dp(6).normalize().to_string());
            format!("{} {}", parts.join("+"), it.currency)
        })
        .collect();
    let outcome = one.outcome;
    let (name, accepted) = (&one.handoff.person, outcome.accepted);
    format!(
        "{name} {accepted}/{} {}",
        outcome.not_accepted,
        cost.join(", ")
    )
}

#[test]
fn an_agent_and_a_person_who_do_the_same_stand_beside_each_other() {
    on_each_store("agent_costs", |store| {
        let desk = Desk::of(store);
        with_worth(store, &desk.owner);
        let (sorter, handoff) = agent(&desk, "Sorter");
        add(&desk, sorter, rate("token", ["", "3", "15"], "2026-11-01"));
        let (first, second) = (delivered(&desk, handoff).0, delivered(&desk, handoff).0);
        note(&desk, first, used(0, 1_000_000, 100_000)).unwrap();
        note(&desk, second, used(0, 500_000, 0)).unwrap();
        accept(&desk, first);
        // The second is returned: it costs, with the time it took, and counts for nothing.
        desk.owns(move |tx, actor| {
            let fault = NewFinding {
                kind: FindingKind::Fault,
                step: Some(1),
                criterion: None,
                text: "not done".to_owned(),
            };
            let review = NewReview {
                findings: vec![fault],
                ..NewReview::default()
            };
            return_deliverable(tx, actor, second, &review, moment(60))?;
            // 24 minutes at 75 an hour.
            note_supervision(tx, actor, second, Supervised::Reviewing, 1_440, moment(61))
        })
        .unwrap();
        let done = desk.delivered();
        desk.accept(done.row.id, NewReview::default()).unwrap();
        let found = costs(&desk, WhichCosts::Compared);
        let lines: Vec<String> = found.iter().map(said).collect();
        assert_eq!(lines, ["Ana 1/0 20+0+0+0 USD", "Sorter 1/1 0+6+0+30 USD"]);
        let each = found[1].outcome.each(found[1].costs[0].total()).unwrap();
        assert_eq!(each.normalize().to_string(), "36");
        assert!(found[1].outcome.is_few());
        // Of one person, and of an activity of which nothing was done.
        assert_eq!(costs(&desk, WhichCosts::By(sorter)).len(), 1);
        assert_eq!(costs(&desk, WhichCosts::Of(Uuid::nil())).len(), 0);
        desk.is_clean();
    });
}

#[test]
fn a_plan_is_spread_over_what_was_accepted_in_its_month() {
    on_each_store("agent_plan", |store| {
        let desk = Desk::of(store);
        let (sorter, handoff) = agent(&desk, "Sorter");
        // September and October had a plan and nothing accepted; of November 24 days are over.
        add(&desk, sorter, rate("plan", ["30", "", ""], "2026-09-01"));
        let ids = [delivered(&desk, handoff).0, delivered(&desk, handoff).0];
        for id in ids {
            accept(&desk, id);
        }
        let one = costs(&desk, WhichCosts::By(sorter)).remove(0);
        assert_eq!(said(&one), "Sorter 2/0 0+0+24+0 USD");
        assert_eq!(one.idle_months, 2);
    });
}

/// A plan that was ended by one of 0 was told to be paid for nothing, month after month.
#[test]
fn a_plan_goes_on_beside_a_price_of_use_until_one_of_nothing() {
    on_each_store("agent_plan_ended", |store| {
        let desk = Desk::of(store);
        let (sorter, handoff) = agent(&desk, "Sorter");
        let plan = |one: &ProviderCost| {
            let plans = one.costs.iter().map(|it| it.plan);
            plans.sum::<Decimal>().round_dp(6).normalize().to_string()
        };
        add(&desk, sorter, rate("plan", ["30", "", ""], "2026-09-01"));
        // A price of use does not end it: September and October stay idle months of it.
        add(&desk, sorter, rate("use", ["1", "", ""], "2026-09-15"));
        accept(&desk, delivered(&desk, handoff).0);
        let one = costs(&desk, WhichCosts::By(sorter)).remove(0);
        assert_eq!((plan(&one), one.idle_months), ("24".to_owned(), 2));
        // One of nothing does, from its day on.
        add(&desk, sorter, rate("plan", ["0", "", ""], "2026-10-01"));
        let one = costs(&desk, WhichCosts::By(sorter)).remove(0);
        assert_eq!((plan(&one), one.idle_months), ("0".to_owned(), 1));
    });
}

/// What the return says went out: in all, by its months, and by handoff.
fn cash(desk: &Desk) -> String {
    let found = desk
        .owns(|tx, actor| load_return(tx, actor, None, moment(80)))
        .unwrap();
    let said = |cash: &Cash| {
        let apart = cash.without_rate().map(|it| format!(" and {it}"));
        let apart: String = apart.collect();
        format!("{}{apart}", cash.net_out().round_dp(6).normalize())
    };
    let months = found.months.iter().map(|(month, it)| {
        let sum = said(&it.cash);
        format!("{month} {sum}")
    });
    let months: Vec<String> = months.collect();
    let handoffs = found.handoffs.iter();
    let handoffs: Vec<String> = handoffs
        .map(|it| format!("{} {}", it.person.1, said(&it.found.cash)))
        .collect();
    format!(
        "{}; {}; {}",
        said(&found.found.cash),
        months.join(", "),
        handoffs.join(", ")
    )
}

#[test]
fn what_agents_cost_is_in_the_cash_of_the_return_by_handoff_month_and_in_all() {
    on_each_store("agent_return", |store| {
        let desk = Desk::of(store);
        let (sorter, sorts) = agent(&desk, "Sorter");
        let (reader, reads) = agent(&desk, "Reader");
        let (idle, idles) = agent(&desk, "Idle");
        delivered(&desk, idles);
        // Nothing was accepted of September and October: they are paid all the same, by the agent's one handoff.
        add(&desk, sorter, rate("plan", ["30", "", ""], "2026-09-01"));
        add(&desk, reader, rate("use", ["0.0025", "", ""], "2026-11-01"));
        let euros = NewRate {
            currency: "EUR".to_owned(),
            ..rate("plan", ["15", "", ""], "2026-11-23")
        };
        add(&desk, idle, euros);
        accept(&desk, delivered(&desk, sorts).0);
        note(&desk, delivered(&desk, reads).0, used(3, 0, 0)).unwrap();
        let said = cash(&desk);
        let (all, others) = said.split_once("; ").unwrap();
        let (months, handoffs) = others.split_once("; ").unwrap();
        assert_eq!(all, "84.0075 and 1.00 EUR");
        assert_eq!(
            months,
            "2026-09 30, 2026-10 30, 2026-11 24.0075 and 1.00 EUR"
        );
        for one in ["Sorter 84", "Reader 0.0075", "Idle 0 and 1.00 EUR"] {
            assert!(handoffs.contains(one), "{handoffs}");
        }
        desk.is_clean();
    });
}

#[test]
fn what_agents_cost_is_in_the_budgets_of_their_month() {
    on_each_store("agent_budget", |store| {
        let desk = Desk::of(store);
        let (sorter, sorts) = agent(&desk, "Sorter");
        delivered(&desk, sorts);
        let bare = desk
            .owns(|tx, actor| {
                let fields = PersonFields {
                    kind: "agent".to_owned(),
                    name: "Bare".to_owned(),
                    ..PersonFields::default()
                };
                Ok(add_person(tx, actor, &fields, None, moment(20))?.row.id)
            })
            .unwrap();
        add(&desk, sorter, rate("plan", ["20", "", ""], "2026-09-01"));
        // Its plan is of no handoff, for it never had one; in euros it is in no budget of dollars.
        add(&desk, bare, rate("plan", ["10", "", ""], "2026-11-01"));
        for (whose, currency) in [
            (Whose::Workspace, "USD"),
            (Whose::Workspace, "EUR"),
            (Whose::Person(sorter), "USD"),
            (Whose::Person(bare), "USD"),
            (Whose::Handoff(sorts), "USD"),
        ] {
            let new = NewBudget {
                whose,
                amount: "30".to_owned(),
                currency: currency.to_owned(),
                warn_at: String::new(),
                blocks: false,
            };
            desk.owns(move |tx, actor| set_budget(tx, actor, &new, moment(35)))
                .unwrap();
        }
        let said = |month: &str| {
            let month = Day::from_date(month.parse().unwrap());
            let found = desk.owns(move |tx, actor| {
                list_budgets(tx, actor, Which::All, Some(month), moment(80))
            });
            let all = found.unwrap().all;
            let mut all: Vec<String> = all
                .iter()
                .map(|it| {
                    let (sums, name) = (&it.reckoned, it.called());
                    format!("{name}: {} + {}", sums.earned, sums.promised.amount)
                })
                .collect();
            all.sort();
            all
        };
        let zero = "the whole workspace: 0.00 EUR + 0.00";
        let sorter = |sums: &str| {
            [
                format!("Inbox to Sorter: {sums}"),
                format!("Sorter: {sums}"),
            ]
        };
        // Of a month in which nothing was accepted, and of one to come.
        let check = |month: &str, bare: &str, its: &str, whole: &str| {
            let [handoff, person] = sorter(its);
            let whole = format!("the whole workspace: {whole}");
            assert_eq!(
                said(month),
                [
                    format!("Bare: {bare}"),
                    handoff,
                    person,
                    zero.to_owned(),
                    whole
                ],
                "{month}"
            );
        };
        check(
            "2026-10-01",
            "0.00 USD + 0.00",
            "20.00 USD + 0.00",
            "20.00 USD + 0.00",
        );
        check(
            "2026-11-01",
            "8.00 USD + 2.00",
            "16.00 USD + 4.00",
            "24.00 USD + 6.00",
        );
        check(
            "2026-12-01",
            "0.00 USD + 10.00",
            "0.00 USD + 20.00",
            "0.00 USD + 30.00",
        );
        // Three accepted share it, and their shares are the whole again.
        for _ in 0..3 {
            accept(&desk, delivered(&desk, sorts).0);
        }
        check(
            "2026-11-01",
            "8.00 USD + 2.00",
            "16.00 USD + 4.00",
            "24.00 USD + 6.00",
        );
        desk.is_clean();
    });
}

#[test]
fn usage_is_noted_whole_or_not_at_all() {
    on_each_store("agent_usage", |store| {
        let desk = Desk::of(store);
        let (sorter, handoff) = agent(&desk, "Sorter");
        let (id, number) = delivered(&desk, handoff);
        for wrong in [used(0, 0, 0), used(-1, 5, 0), used(i64::MAX, 0, 0)] {
            refused(note(&desk, id, wrong), "agent.usage");
        }
        let later = NewUsage {
            day: Some(Day::from_date("2026-11-25".parse().unwrap())),
            ..used(1, 0, 0)
        };
        refused(note(&desk, id, later), "agent.future");
        refused(note(&desk, Uuid::nil(), used(1, 0, 0)), "not_found");
        let of_ana = desk.delivered().row.id;
        refused(note(&desk, of_ana, used(1, 0, 0)), "agent.person");

        let table = |text: String| {
            desk.owns(move |tx, actor| note_usage_table(tx, actor, &text, moment(70)))
        };
        for wrong in [
            "uses\n1\n".to_owned(),
            "assignment,cost\n1,2\n".to_owned(),
            format!("assignment,uses\n{number},1\n{number},many\n"),
            format!("assignment,uses\n{number},1\n999,1\n"),
            format!("assignment,uses,day\n{number},1,today\n"),
        ] {
            refused(table(wrong), "agent.table");
        }
        let nothing = format!("assignment,uses\n{number},1\n{number},0\n");
        refused(table(nothing), "agent.usage");
        let rows = || {
            desk.owns(move |tx, actor| list_usage(tx, actor, id))
                .unwrap()
        };
        assert_eq!(rows(), []);
        let text = format!(
            "\u{feff}Assignment,Tokens_in,note,day\n#{number},\"9,000\",\"=1+1\",2026-11-20\n{number},1,,\n"
        );
        assert_eq!(table(text).unwrap(), 2);
        let all = rows();
        assert_eq!((all[0].tokens_in, all[0].note.as_str()), (9_000, "=1+1"));
        let first = all[0].id;
        desk.owns(move |tx, actor| remove_usage(tx, actor, id, first, moment(71)))
            .unwrap();
        assert_eq!(rows().len(), 1);
        let rates = |desk: &Desk| {
            desk.owns(move |tx, actor| list_rates(tx, actor, sorter))
                .unwrap()
                .all
        };
        add(&desk, sorter, rate("use", ["0.0025", "", ""], "2026-11-01"));
        let id = rates(&desk)[0].0;
        desk.owns(move |tx, actor| remove_rate(tx, actor, sorter, id, moment(72)))
            .unwrap();
        assert_eq!(rates(&desk), []);
        desk.is_clean();
    });
}

#[test]
fn a_token_for_usage_notes_usage_and_nothing_else_and_a_worker_nothing() {
    on_each_store("agent_token", |store| {
        let desk = Desk::of(store);
        let (sorter, handoff) = agent(&desk, "Sorter");
        let (id, _) = delivered(&desk, handoff);
        let token = Actor {
            scopes: Some(vec![TokenScope::Usage]),
            ..desk.owner.clone()
        };
        let by = |who: &Actor| {
            let new = used(1, 0, 0);
            crate::stores::write(store, who, move |tx, actor| {
                note_usage(tx, actor, id, &new, moment(70)).map(|_| ())
            })
        };
        by(&token).unwrap();
        refused(by(&desk.ana), "forbidden");
        for who in [&token, &desk.ana] {
            let looks = crate::stores::write(store, who, move |tx, actor| {
                load_costs(tx, actor, WhichCosts::Compared, moment(80)).map(|_| ())
            });
            refused(looks, "forbidden");
            let looks = crate::stores::write(store, who, move |tx, actor| {
                list_rates(tx, actor, sorter).map(|_| ())
            });
            refused(looks, "forbidden");
        }
        let of_ana = desk.handoff().summary.handoff.row.person_id;
        refused(
            desk.owns(move |tx, actor| {
                let new = rate("use", ["1", "", ""], "2026-11-01");
                add_rate(tx, actor, of_ana, &new, moment(32))
            }),
            "agent.person",
        );
    });
}

/// A budget that was passed by what an agent used was told a day later, with the next look at the mails.
#[test]
fn a_budget_that_is_passed_by_what_an_agent_used_is_noted_at_once() {
    on_each_store("agent_budget_noted", |store| {
        let desk = Desk::of(store);
        let (sorter, handoff) = agent(&desk, "Sorter");
        let (id, number) = delivered(&desk, handoff);
        desk.owns(move |tx, actor| {
            let new = rate("use", ["2", "", ""], "2026-11-01");
            add_rate(tx, actor, sorter, &new, moment(32)).map(|_| ())
        })
        .unwrap();
        let set = |amount: &'static str| {
            let new = NewBudget {
                whose: Whose::Person(sorter),
                amount: amount.to_owned(),
                currency: "USD".to_owned(),
                warn_at: String::new(),
                blocks: false,
            };
            desk.owns(move |tx, actor| set_budget(tx, actor, &new, moment(35)))
                .unwrap();
        };
        let noted = || {
            let found = desk
                .owns(|tx, actor| list_budgets(tx, actor, Which::All, None, moment(80)))
                .unwrap();
            (found.all[0].near_at, found.all[0].over_at)
        };
        set("10");
        note(&desk, id, used(4, 0, 0)).unwrap();
        assert_eq!(noted(), (Some(moment(70).micros()), None));
        let table = format!("assignment,uses\n{number},2\n");
        desk.owns(move |tx, actor| note_usage_table(tx, actor, &table, moment(71)))
            .unwrap();
        assert_eq!(noted().1, Some(moment(71).micros()));
    });
}
