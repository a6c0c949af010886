//! Budgets of a month: what counts for them, what they refuse, and what is told once.

use std::sync::Arc;

use offdesk_actions::Error;
use offdesk_actions::assignments::{
    AssignmentChange, AssignmentDetail, NewAssignment, Reply, change_assignment, give_assignment,
    reply_to_assignment, set_time,
};
use offdesk_actions::budgets::{
    BudgetStanding, NewBudget, Which, Whose, drop_budget, list_budgets, set_budget,
};
use offdesk_actions::desk::load_desk;
use offdesk_actions::mails::{look_at_mails, set_up};
use offdesk_actions::notices::digest_next;
use offdesk_actions::pay::{Correction, NewRun, correct_posting, draw_up_statements};
use offdesk_actions::store::{Store, Uuid};
use offdesk_domain::Day;
use offdesk_domain::budget::Standing;

use crate::handed_off::{Desk, paid_by, refused};
use crate::stores::{moment, on_each_store};

const DAY: i64 = 24 * 3_600;

fn new(whose: Whose, amount: &str, blocks: bool) -> NewBudget {
    NewBudget {
        whose,
        amount: amount.to_owned(),
        currency: "USD".to_owned(),
        warn_at: String::new(),
        blocks,
    }
}

fn set(desk: &Desk, new: NewBudget) -> Result<BudgetStanding, Error> {
    desk.owns(move |tx, actor| set_budget(tx, actor, &new, moment(35)))
}

fn all(desk: &Desk, which: Which, at: i64, month: Option<Day>) -> Vec<BudgetStanding> {
    let found = desk.owns(move |tx, actor| list_budgets(tx, actor, which, month, moment(at)));
    found.unwrap().all
}

/// Earned, promised, left, and where it stands.
fn said(one: &BudgetStanding) -> String {
    let it = &one.reckoned;
    let word = it.standing.word();
    format!(
        "{} {} {} {word}",
        it.earned.amount, it.promised.amount, it.left.amount
    )
}

fn give(desk: &Desk, handoff: Uuid, due: i64, amount: &str) -> Result<AssignmentDetail, Error> {
    let new = NewAssignment {
        due: Some(moment(due).now),
        amount: Some(amount.to_owned()),
        ..NewAssignment::default()
    };
    desk.owns(move |tx, actor| give_assignment(tx, actor, handoff, &new, moment(40)))
}

fn day(text: &str) -> Day {
    Day::from_date(text.parse().unwrap())
}

#[test]
fn what_is_promised_becomes_what_is_earned_and_each_budget_counts_its_own() {
    on_each_store("budget_counts", |store| {
        let desk = Desk::of(store);
        let person = desk.handoff().summary.handoff.row.person_id;
        for whose in [
            Whose::Workspace,
            Whose::Person(person),
            Whose::Handoff(desk.handoff),
            Whose::Handoff(desk.other),
        ] {
            set(&desk, new(whose, "100", false)).unwrap();
        }
        // 20 each, to Ana; 7.50 to Cem; what is due in December counts there.
        let done = desk.delivered();
        give(&desk, desk.other, 60, "7.50").unwrap();
        give(&desk, desk.handoff, 10 * DAY, "30").unwrap();
        let now = |which| -> Vec<String> { all(&desk, which, 50, None).iter().map(said).collect() };
        let hers = "0.00 20.00 80.00 within";
        let of_ana = Which::OfPerson(person);
        assert_eq!(now(of_ana), [hers, hers]);
        let around = Which::Around {
            handoff: desk.other,
            person: Uuid::nil(),
        };
        assert_eq!(
            now(around),
            ["0.00 27.50 72.50 within", "0.00 7.50 92.50 within"]
        );

        desk.accept(done.row.id, Default::default()).unwrap();
        let hers = "20.00 0.00 80.00 within";
        assert_eq!(now(of_ana), [hers, hers]);
        assert_eq!(now(Which::All).len(), 4);
        let month = |text| all(&desk, Which::All, 50, Some(day(text)));
        assert_eq!(said(&month("2026-12-24")[0]), "0.00 30.00 70.00 within");
        assert_eq!(said(&month("2026-10-01")[0]), "0.00 0.00 100.00 within");
        // In December what is open of November is overdue, and counts in the month that runs.
        let later = all(&desk, Which::All, 10 * DAY, None);
        assert_eq!(said(&later[0]), "0.00 37.50 62.50 within");
        let before = all(&desk, Which::All, 10 * DAY, Some(day("2026-11-30")));
        assert_eq!(said(&before[0]), "20.00 0.00 80.00 within");
        let far = desk.owns(|tx, actor| {
            let month = Some(day("2029-01-01"));
            list_budgets(tx, actor, Which::All, month, moment(50))
        });
        refused(far, "budget.month");
        desk.is_clean();
    });
}

#[test]
fn a_budget_warns_and_one_that_blocks_refuses() {
    on_each_store("budget_blocks", |store| {
        let desk = Desk::of(store);
        let whose = Whose::Handoff(desk.handoff);
        let first = set(&desk, new(whose, "100", false)).unwrap();
        let told =
            |given: &AssignmentDetail| -> Vec<String> { given.budgets.iter().map(said).collect() };
        let none: [String; 0] = [];
        assert_eq!(told(&give(&desk, desk.handoff, 600, "79").unwrap()), none);
        let near = give(&desk, desk.handoff, 600, "21").unwrap();
        assert_eq!(told(&near), ["0.00 100.00 0.00 near"]);
        // It warns, and nothing is refused.
        let over = give(&desk, desk.handoff, 600, "5").unwrap();
        assert_eq!(told(&over), ["0.00 105.00 -5.00 over"]);

        // Set again it is the same budget, which blocks now; another currency is another budget.
        let again = set(&desk, new(whose, "110", true)).unwrap();
        assert_eq!((again.row.id, again.row.version), (first.row.id, 2));
        refused(give(&desk, desk.handoff, 600, "5.01"), "budget.passed");
        give(&desk, desk.handoff, 600, "5").unwrap();
        give(&desk, desk.handoff, 600, "0").unwrap();
        // Another handoff and another month are not held by it.
        give(&desk, desk.other, 600, "500").unwrap();
        give(&desk, desk.handoff, 10 * DAY, "110").unwrap();
        refused(give(&desk, desk.handoff, 10 * DAY, "1"), "budget.passed");
        let change = |amount: &str| {
            let change = AssignmentChange {
                amount: Some(amount.to_owned()),
                ..AssignmentChange::default()
            };
            let id = near.row.id;
            desk.owns(move |tx, actor| change_assignment(tx, actor, id, &change, moment(41)))
        };
        refused(change("21.01"), "budget.passed");
        change("20").unwrap();
        change("21").unwrap();

        let id = again.row.id;
        let dropped = desk.owns(move |tx, actor| drop_budget(tx, actor, id, moment(42)));
        assert_eq!(dropped.unwrap(), whose);
        let twice = desk.owns(move |tx, actor| drop_budget(tx, actor, id, moment(42)));
        refused(twice, "not_found");
        give(&desk, desk.handoff, 600, "500").unwrap();
        desk.is_clean();
    });
}

#[test]
fn only_who_manages_sets_one_and_a_worker_sees_none() {
    on_each_store("budget_roles", |store| {
        let desk = Desk::of(store);
        let whose = Whose::Handoff(desk.handoff);
        set(&desk, new(whose, "1", false)).unwrap();
        let by_ana = new(whose, "9", false);
        refused(
            desk.works(move |tx, actor| set_budget(tx, actor, &by_ana, moment(36))),
            "forbidden",
        );
        refused(
            desk.works(|tx, actor| list_budgets(tx, actor, Which::All, None, moment(36))),
            "forbidden",
        );
        let id = desk.agreed();
        let hers = desk
            .works(move |tx, actor| offdesk_actions::assignments::load_assignment(tx, actor, id));
        assert_eq!(hers.unwrap().budgets, []);
        refused(
            set(&desk, new(Whose::Person(Uuid::nil()), "9", false)),
            "not_found",
        );
        refused(
            set(&desk, new(Whose::Workspace, "0", false)),
            "budget.range",
        );
        let mut odd = new(Whose::Workspace, "5", false);
        odd.warn_at = "120".to_owned();
        refused(set(&desk, odd), "budget.warning");
    });
}

fn mails(store: &Arc<Store>, at: i64) -> u64 {
    while digest_next(store, moment(at)).unwrap() {}
    let found: Result<offdesk_actions::mails::Mails, Error> = store.read(look_at_mails).wait();
    found.unwrap().waiting
}

#[test]
fn what_is_passed_is_noted_once_and_told_once() {
    on_each_store("budget_told", |store| {
        let desk = Desk::of(store);
        let set_up = store.write(|tx| set_up(tx, Some("desk@example.com"), moment(30)));
        set_up.wait().unwrap();
        assert_eq!(mails(store, 34), 0);
        set(&desk, new(Whose::Workspace, "100", false)).unwrap();
        give(&desk, desk.handoff, 5 * DAY, "85").unwrap();
        let one = |at| all(&desk, Which::All, at, None).remove(0);
        let near = one(50);
        assert_eq!(
            (near.near_at, near.over_at),
            (Some(moment(40).micros()), None)
        );
        let desk_at = |at| desk.owns(move |tx, actor| load_desk(tx, actor, 9, moment(at)));
        let waits = desk_at(50).unwrap().budgets;
        assert_eq!(waits.len(), 1);
        assert_eq!(waits[0].reckoned.standing, Standing::Near);

        // The owner's mail of the next morning; the one after has nothing new to tell.
        assert_eq!(mails(store, DAY), 1 + of_workers(1));
        assert_eq!(mails(store, 2 * DAY), 1 + of_workers(2));
        give(&desk, desk.handoff, 5 * DAY, "16").unwrap();
        let over = one(2 * DAY);
        assert_eq!(over.near_at, near.near_at);
        assert_eq!(over.reckoned.standing, Standing::Over);
        assert!(over.over_at.is_some());
        // In December nothing is passed yet, and the notices of November are its own.
        let december = one(10 * DAY);
        assert_eq!((december.near_at, december.over_at), (None, None));
        desk.is_clean();
    });
}

/// Ana is told every morning that something waits for her answer.
fn of_workers(days: u64) -> u64 {
    days
}

#[test]
fn a_retainer_is_promised_by_its_days_until_it_is_posted() {
    on_each_store("budget_retainer", |store| {
        let desk = Desk::with(store, paid_by("retainer", "300"));
        set(&desk, new(Whose::Handoff(desk.handoff), "100", false)).unwrap();
        let one = |at, month| said(&all(&desk, Which::All, at, month)[0]);
        // It began on the 24th: seven days of thirty.
        assert_eq!(one(50, None), "0.00 70.00 30.00 within");
        assert_eq!(one(50, Some(day("2026-12-01"))), "0.00 300.00 -200.00 over");
        let run = NewRun::default();
        desk.owns(move |tx, actor| draw_up_statements(tx, actor, &run, moment(9 * DAY)))
            .unwrap();
        let november = Some(day("2026-11-01"));
        assert_eq!(one(9 * DAY, november), "70.00 0.00 30.00 within");
        assert_eq!(one(9 * DAY, None), "0.00 300.00 -200.00 over");
    });
}

#[test]
fn hours_count_as_they_are_typed_and_what_is_open_is_not_guessed() {
    on_each_store("budget_hours", |store| {
        let desk = Desk::with(store, paid_by("hour", "14"));
        set(&desk, new(Whose::Workspace, "28", true)).unwrap();
        let id = desk.agreed();
        let one = || all(&desk, Which::All, 46, None).remove(0);
        assert_eq!(
            (said(&one()).as_str(), one().unpriced),
            ("0.00 0.00 28.00 within", 1)
        );
        desk.works(move |tx, actor| set_time(tx, actor, id, 5_400, moment(45)))
            .unwrap();
        assert_eq!(said(&one()), "0.00 21.00 7.00 within");
        // Something is left, so another one is given, whatever it will come to.
        let more = give(&desk, desk.other, 600, "14").unwrap().row.id;
        desk.owns(move |tx, actor| {
            reply_to_assignment(tx, actor, more, Reply::Agree, None, moment(44))?;
            set_time(tx, actor, more, 1_800, moment(45))
        })
        .unwrap();
        assert_eq!(
            (said(&one()).as_str(), one().unpriced),
            ("0.00 28.00 0.00 near", 2)
        );
        refused(give(&desk, desk.other, 600, "14"), "budget.passed");
        give(&desk, desk.other, 600, "0").unwrap();
    });
}

/// A budget that was passed by a correction was told a day later, with the next look at the mails.
#[test]
fn a_budget_that_is_passed_by_a_correction_is_noted_at_once() {
    on_each_store("budget_correction", |store| {
        let desk = Desk::of(store);
        desk.done(0);
        set(&desk, new(Whose::Workspace, "30", false)).unwrap();
        desk.owns(|tx, actor| {
            let correction = Correction {
                price: Some("31".to_owned()),
                note: "agreed by phone".to_owned(),
                ..Correction::default()
            };
            correct_posting(tx, actor, 1, &correction, moment(70))
        })
        .unwrap();
        let passed = all(&desk, Which::All, 80, None);
        assert_eq!(passed[0].over_at, Some(moment(70).micros()));
    });
}
