//! Histories by chance with all there is to pay for: retainers, milestones, approved weeks and assignments under terms that change from past
//! and later days, put right by hours and by price, on both databases. What is posted is what was agreed for its day, no day of a
//! retainer is paid twice or forgotten, and journals and return agree month by month.

use std::collections::BTreeMap;

use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::ledger::record;
use offdesk_actions::pay::{NewMilestone, NewRun, draw_up_statements, mark_milestone};
use offdesk_actions::returns::load_return;
use offdesk_actions::timesheets::{
    Decision, NewLine, NewWeek, decide_week, save_own_week, save_week_for,
};
use offdesk_domain::pay::Posted;
use rust_decimal::Decimal;

use super::currencies::{History, Tried};
use super::*;
use crate::stores::{many, on_each_store};

/// All that work is paid by.
const UNITS: [&str; 6] = [
    "hour",
    "retainer",
    "milestone",
    "hour",
    "retainer",
    "assignment",
];
/// So many days back or ahead other terms begin.
const AHEAD: [Option<i32>; 8] = [
    None,
    Some(-40),
    Some(-40),
    Some(-9),
    Some(-9),
    Some(-2),
    Some(12),
    Some(33),
];

impl History {
    fn any_step(&mut self) {
        match self.chance.below(24) {
            0..=3 => {
                let ahead = self.chance.one_of(&AHEAD).unwrap();
                self.change_terms(&UNITS, ahead);
            }
            4 | 5 => self.reach(),
            6..=8 => self.week(),
            9..=11 => {
                let drawn = self.desk.draw_up(self.now);
                self.note("draw_up", &drawn);
            }
            12 => self.correct(),
            13 => self.refund(),
            14 => self.pay(),
            _ => self.step(),
        }
    }

    /// A milestone is reached on a day that has come.
    fn reach(&mut self) {
        let (mut handoff, _) = self.one_handoff();
        let back = self.chance.one_of(&[0, 0, 3, 20]).unwrap();
        let mut on = Day(self.today().0 - back);
        // Where there is a day of milestones of late it is one of these, most of the time.
        let both = [self.desk.handoff, self.desk.other];
        let days = (0..40).map(|back| Day(self.today().0 - back));
        let mut all = days.flat_map(|day| both.map(|id| (id, day)));
        let found = all.find(|(id, day)| self.agreed_on(*id, *day).unit == Unit::Milestone);
        if let Some(found) = found.filter(|_| back > 0) {
            (handoff, on) = found;
        }
        let now = self.now;
        let expected = self.agreed_on(handoff, on);
        let done = self.desk.owns(move |tx, actor| {
            let new = NewMilestone {
                day: Some(on),
                is_another: true,
                ..NewMilestone::default()
            };
            mark_milestone(tx, actor, handoff, &new, now)
        });
        self.note("milestone", &done);
        match done {
            Ok(posting) => assert_eq!(earned_of(&posting), Some((on, expected))),
            Err(error) => assert!(
                matches!(error.code, "pay.unit" | "pay.outside"),
                "{error:?}"
            ),
        }
    }

    /// The week before this one is typed, handed in and approved; each day is paid where hours are.
    fn week(&mut self) {
        let (handoff, is_ana) = self.one_handoff();
        let (now, today) = (self.now, self.today());
        let monday = offdesk_domain::pay::week(today).from.0 - 7;
        let days = [monday, monday + 2, monday + 4].map(Day);
        // Hours are typed where they are paid; some weeks are tried all the same.
        let is_tried = self.chance.below(5) == 0;
        let agreed = days.map(|day| (day, self.agreed_on(handoff, day)));
        let paid = agreed.into_iter().filter(|(_, it)| it.unit == Unit::Hour);
        let paid: Vec<(Day, Terms)> = paid.collect();
        if paid.is_empty() && !is_tried {
            return;
        }
        let lines = days.map(|day| NewLine {
            handoff,
            day,
            seconds: i64::try_from(600 + self.chance.below(20_000)).unwrap(),
            note: String::new(),
        });
        let lines = lines.into_iter();
        let lines = lines.filter(|line| is_tried || paid.iter().any(|(day, _)| *day == line.day));
        let new = NewWeek {
            lines: lines.collect(),
            rest_is_off: true,
            is_complete: true,
            ..NewWeek::default()
        };
        let before = self.desk.postings().len();
        let who = match is_ana {
            true => self.desk.ana.clone(),
            false => self.desk.owner.clone(),
        };
        let person = self.person_of(handoff);
        let done = crate::stores::write(&self.desk.store, &who, move |tx, actor| match is_ana {
            true => save_own_week(tx, actor, days[0], &new, now),
            false => save_week_for(tx, actor, person, days[0], &new, now),
        });
        let done = done.and_then(|_| {
            self.desk.owns(move |tx, actor| {
                let beside = Decision::ApproveBeside;
                decide_week(tx, actor, person, days[0], &beside, None, now)
            })
        });
        self.note("week", &done);
        if done.is_err() {
            return;
        }
        let earned: Vec<(Day, Terms)> = self.desk.postings()[before..]
            .iter()
            .filter_map(earned_of)
            .collect();
        assert_eq!(earned, paid);
    }

    fn person_of(&self, handoff: offdesk_actions::store::Uuid) -> offdesk_actions::store::Uuid {
        let found = self
            .desk
            .owns(move |tx, actor| offdesk_actions::handoffs::load_handoff(tx, actor, handoff));
        found.unwrap().summary.handoff.row.person_id
    }

    /// What stands in the ledger by the terms of its day is at what is agreed for that day now, where nobody has put it right; and each day
    /// of a retainer is in it once, up to the last one.
    fn check_days(&self) {
        let postings = self.desk.postings();
        let mut in_place = Vec::new();
        let mut taken_back = Vec::new();
        for (one, next) in postings.iter().zip(postings.iter().skip(1)) {
            if let Posted::Reversed { of, earned, .. } = &one.posted {
                taken_back.push(*of);
                let is_right =
                    matches!(&next.posted, Posted::Earned(right) if right.work() == earned.work());
                if one.at == next.at && is_right {
                    in_place.push(next.number);
                }
            }
        }
        if let Some(Posted::Reversed { of, .. }) = postings.last().map(|it| &it.posted) {
            taken_back.push(*of);
        }
        for (handoff, dated) in &self.terms {
            let mut paid: BTreeMap<i32, u32> = BTreeMap::new();
            for posting in &postings {
                let Posted::Earned(earned) = &posting.posted else {
                    continue;
                };
                let is_its = earned.handoff == record(*handoff) && earned.assignment.is_none();
                if !is_its || in_place.contains(&posting.number) {
                    continue;
                }
                let days = match earned.quantity {
                    Quantity::Days { days, .. } => i32::try_from(days).unwrap(),
                    _ => 1,
                };
                for number in earned.day.0 - days + 1..=earned.day.0 {
                    if earned.terms.unit == Unit::Retainer {
                        *paid.entry(number).or_default() += 1;
                    }
                    if !taken_back.contains(&posting.number) {
                        let agreed = self.agreed_on(*handoff, Day(number));
                        assert_eq!(earned.terms, agreed, "{} of {dated:?}", Day(number));
                    }
                }
            }
            assert!(paid.values().all(|times| *times == 1), "twice: {paid:?}");
            let last = self.last_retained(*handoff).map_or(i32::MIN, |it| it.0);
            let first = dated.first_key_value().unwrap().0.0;
            for number in first..=last {
                let is_retained = self.agreed_on(*handoff, Day(number)).unit == Unit::Retainer;
                assert!(
                    !is_retained || paid.contains_key(&number),
                    "{} is forgotten: {dated:?}",
                    Day(number)
                );
            }
        }
    }

    /// Everything until today is stated; then each month comes to the same in the journals and in the return.
    fn check_months(&mut self) {
        let (now, until) = (self.now, self.today());
        let drawn = self.desk.owns(move |tx, actor| {
            let run = NewRun {
                until: Some(until),
                people: Vec::new(),
            };
            draw_up_statements(tx, actor, &run, now)
        });
        self.note("last", &drawn);
        self.holds();
        let report = self
            .desk
            .owns(move |tx, actor| load_return(tx, actor, None, now))
            .unwrap();
        let own = report.currency();
        let mut returned: BTreeMap<(String, Currency), Decimal> = BTreeMap::new();
        for (month, found) in &report.months {
            let mut cash = found.cash.apart.clone();
            *cash.entry(own).or_default() += found.cash.net_out();
            for (currency, amount) in cash {
                *returned.entry((month.to_string(), currency)).or_default() += amount;
            }
        }
        let journal = self.journal(Tool::Ledger).into_iter();
        let mut booked: BTreeMap<(String, Currency), Decimal> = journal
            .map(|(key, [earned, _, fees, came_in])| (key, earned + fees - came_in))
            .collect();
        // What takes back billed work and comes to less than nothing waits for the next bill, and is in no journal before.
        let open = self.open();
        let is_open = |currency: &Currency| open.get(currency).is_some_and(|it| !it.is_zero());
        for sums in [&mut returned, &mut booked] {
            sums.retain(|(_, currency), sum| {
                *sum = sum.round_dp(12).normalize();
                !sum.is_zero() && !is_open(currency)
            });
        }
        assert_eq!(booked, returned);
    }
}

fn earned_of(posting: &Posting) -> Option<(Day, Terms)> {
    match &posting.posted {
        Posted::Earned(earned) => Some((earned.day, earned.terms)),
        _ => None,
    }
}

#[test]
fn what_is_posted_is_what_was_agreed_for_its_day() {
    let histories = many("OFFDESK_TEST_HISTORIES", 2);
    let tried = Tried::default();
    for seed in 1..=histories {
        let zone = ["Europe/Berlin", "America/New_York"][usize::try_from(seed % 2).unwrap()];
        let paid =
            [("retainer", "310"), ("milestone", "20")][usize::try_from(seed / 2 % 2).unwrap()];
        on_each_store(&format!("pay_dated_{seed}"), |store| {
            let mut history = History::new(store, seed.wrapping_add(77), zone, paid);
            for step in 0..100 {
                let most = history.chance.one_of(&[40, 40, 400]).unwrap();
                history.on_by(most);
                history.any_step();
                if step % 10 == 9 {
                    history.check_days();
                }
            }
            history.holds();
            history.check_months();
            history.check_days();
            tried.add(&history);
        });
    }
    tried.has(&[
        "week",
        "milestone",
        "change_terms",
        "handoff.posted",
        "price",
        "exchange",
        "returned",
        "fee_back",
        "pay",
        "draw_up",
    ]);
}
