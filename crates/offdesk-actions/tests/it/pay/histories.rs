//! Histories by chance, on both databases: work, corrections, statements, payments and payments that come back in any order; the
//! statements and the ledger agree to the smallest unit, nothing is paid twice, and nothing that was accepted is forgotten.

use std::collections::BTreeMap;

use offdesk_actions::assignments::AssignmentDetail;
use offdesk_actions::pay::ledger::record;
use offdesk_actions::pay::{CameBack, Correction, correct_posting, note_returned_payment};
use offdesk_domain::pay::{Posted, State};

use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by};
use crate::stores::{moment, on_each_store};

struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let most = u64::try_from(all.len()).unwrap();
        (most > 0).then(|| &all[usize::try_from(self.below(most)).unwrap()])
    }
}

struct History {
    desk: HandedOff,
    chance: Chance,
    months: i64,
    accepted: Vec<AssignmentDetail>,
    refused: BTreeMap<&'static str, u32>,
}

impl History {
    fn note<T>(&mut self, done: Result<T, offdesk_actions::Error>) {
        if let Err(error) = done {
            *self.refused.entry(error.code).or_default() += 1;
        }
    }

    fn step(&mut self) {
        match self.chance.below(10) {
            0..=4 => {
                let seconds = i64::try_from(1 + self.chance.below(20_000)).unwrap();
                let done = self.desk.done(seconds);
                self.accepted.push(done);
            }
            5 => self.correct(),
            6 => {
                self.months += 1;
                let at = moment(self.months * 31 * 86_400);
                let drawn = self.desk.draw_up(at);
                self.note(drawn);
            }
            7 | 8 => self.pay(),
            _ => self.give_back(),
        }
    }

    fn numbers(&self) -> Vec<i64> {
        let stated = self.desk.postings();
        let numbers = stated.iter().filter_map(|posting| match &posting.posted {
            Posted::Stated(stated) => i64::try_from(stated.number).ok(),
            _ => None,
        });
        numbers.collect()
    }

    fn correct(&mut self) {
        let most = u64::try_from(self.desk.postings().len()).unwrap() + 1;
        let line = 1 + self.chance.below(most);
        let seconds = match self.chance.below(3) {
            0 => None,
            other => Some(i64::try_from(other * 1_000).unwrap()),
        };
        let at = moment(self.months * 31 * 86_400);
        let done = self.desk.owns(move |tx, actor| {
            let correction = Correction {
                seconds,
                note: String::new(),
            };
            correct_posting(tx, actor, line, &correction, at)
        });
        self.note(done);
    }

    fn pay(&mut self) {
        let numbers = self.numbers();
        let Some(number) = self.chance.one_of(&numbers).copied() else {
            return;
        };
        let part = ["1", "2", "100000000", "0.001"];
        let amount = match self.chance.below(2) {
            0 => None,
            _ => self.chance.one_of(&part).copied(),
        };
        let done = self.desk.pay(number, amount);
        self.note(done);
    }

    fn give_back(&mut self) {
        let numbers = self.numbers();
        let Some(number) = self.chance.one_of(&numbers).copied() else {
            return;
        };
        let payments = self.desk.statement(number).payments;
        let Some(payment) = self.chance.one_of(&payments).map(|made| made.posting) else {
            return;
        };
        let at = moment(self.months * 31 * 86_400);
        let done = self.desk.owns(move |tx, actor| {
            note_returned_payment(tx, actor, (number, payment), CameBack::Payment, None, at)
        });
        self.note(done);
    }

    /// What has to hold after whatever has happened.
    fn holds(&self) {
        let desk = &self.desk;
        desk.holds();
        let (workspace, _) = desk.owner.membership.unwrap();
        let postings = desk.postings();
        let books = Books::verify(record(workspace.0), &postings, None).unwrap();
        let (mut open, mut taken) = (BTreeMap::new(), Vec::new());
        for posting in &postings {
            if matches!(posting.posted, Posted::Earned(_) | Posted::Reversed { .. }) {
                open.insert(posting.number, posting.posted.owed().unwrap());
            }
        }
        let person = record(desk.person());
        let currency = postings[0].posted.currency();
        let mut owed = Exact::zero(currency);
        for (number, standing) in books.standings() {
            let shown = desk.statement(i64::try_from(*number).unwrap());
            assert_eq!(shown.summary.owed, standing.payments.owed().unwrap());
            assert_eq!(shown.summary.state, standing.payments.state().unwrap());
            assert_eq!(shown.statement.sum, standing.stated.sum);
            let lines: Vec<u64> = shown.statement.lines.iter().map(|it| it.posting).collect();
            for line in &lines {
                assert!(
                    open.remove(line).is_some(),
                    "line {line} is on two statements"
                );
            }
            taken.extend(lines);
            let paid = Exact::of(standing.payments.paid().unwrap()).unwrap();
            let stated = Exact::of(standing.stated.sum).unwrap();
            owed = owed.plus(stated).unwrap().plus(paid.negated()).unwrap();
            let is_paid = shown.summary.state == State::Paid;
            assert_eq!(
                is_paid,
                !shown.summary.is_owed() && shown.summary.state != State::Carried
            );
        }
        for exact in open.values() {
            owed = owed.plus(*exact).unwrap();
        }
        assert_eq!(owed, books.owed(person, currency));
        for accepted in &self.accepted {
            let id = Some(record(accepted.row.id));
            let earned = postings.iter().filter(|posting| {
                matches!(&posting.posted, Posted::Earned(earned) if earned.assignment == id)
            });
            let taken_back = postings.iter().filter(|posting| {
                matches!(&posting.posted, Posted::Reversed { earned, .. } if earned.assignment == id)
            });
            let (earned, taken_back) = (earned.count(), taken_back.count());
            assert!(
                earned >= 1,
                "{} was accepted and is forgotten",
                accepted.row.number
            );
            assert!(
                earned - taken_back <= 1,
                "{} is paid twice",
                accepted.row.number
            );
        }
    }
}

#[test]
fn statements_and_ledger_agree_over_histories() {
    let prices = ["14", "13.37", "0.01"];
    for (seed, price) in (1_u64..).zip(prices) {
        on_each_store(&format!("pay_history_{seed}"), |store| {
            let mut history = History {
                desk: HandedOff::with(store, paid_by("hour", price)),
                chance: Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
                months: 1,
                accepted: Vec::new(),
                refused: BTreeMap::new(),
            };
            history.accepted.push(history.desk.done(5_000));
            for _ in 0..60 {
                history.step();
            }
            history.holds();
            // Chance has tried what is refused, too.
            assert!(history.refused.len() > 2, "{:?}", history.refused);
        });
    }
}
