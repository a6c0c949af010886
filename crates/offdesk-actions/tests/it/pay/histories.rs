//! Histories by chance, on both databases: work, corrections, statements, payments and payments that come back in any order; the
//! statements and the ledger agree to the smallest unit, nothing is paid twice, and nothing that was accepted is forgotten.

use std::collections::BTreeMap;

use offdesk_actions::assignments::AssignmentDetail;
use offdesk_actions::pay::ledger::record;
use offdesk_actions::pay::{
    CameBack, Correction, NewPayment, NewReturn, WantedFile, correct_posting, load_overview,
    note_refund, note_returned_payment, write_pay_file,
};
use offdesk_domain::pay::file::Kind;
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
            5 if self.chance.below(3) == 0 => self.refund(),
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
                price: None,
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

    fn refund(&mut self) {
        let numbers = self.numbers();
        let Some(number) = self.chance.one_of(&numbers).copied() else {
            return;
        };
        let amount = ["0.01", "1", "100000000"];
        let new = NewPayment {
            amount: match self.chance.below(2) {
                0 => None,
                _ => self.chance.one_of(&amount).map(|it| (*it).to_owned()),
            },
            ..NewPayment::default()
        };
        let at = moment(self.months * 31 * 86_400);
        let done = self
            .desk
            .owns(move |tx, actor| note_refund(tx, actor, number, &new, at));
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
            note_returned_payment(
                tx,
                actor,
                (number, payment),
                NewReturn::of(CameBack::Payment, None),
                at,
            )
        });
        self.note(done);
    }

    /// What is shown as owed, and stands in a pay file, is what is owed by the ledger: no more, and no less.
    fn shows(&self, owed: Exact, open: Exact) {
        let at = moment(self.months * 31 * 86_400);
        let overview = self
            .desk
            .owns(move |tx, actor| load_overview(tx, actor, at))
            .unwrap();
        let of = |all: &mut dyn Iterator<Item = Money>| {
            all.fold(Money::new(0.into(), owed.currency()), |sum, one| {
                sum.plus(one).unwrap()
            })
        };
        let total = of(&mut overview.totals.iter().copied());
        let back = of(&mut overview.back.iter().map(|one| one.back));
        let open_rounded = open.rounded().unwrap();
        let stated = owed.plus(open.negated()).unwrap().rounded().unwrap();
        // What was taken back and is on no statement yet is taken off, and what was earned waits for its statement.
        let off = open_rounded.amount.min(0.into());
        assert_eq!(total.amount, (stated.amount + off).max(0.into()));
        assert_eq!(back.amount, (-stated.amount).max(0.into()));
        let kinds = [Kind::Plain, Kind::Wise];
        for kind in kinds {
            let file = self.desk.owns(move |tx, actor| {
                let wanted = WantedFile {
                    kind,
                    statements: Vec::new(),
                    currency: None,
                    day: None,
                    again: true,
                };
                write_pay_file(tx, actor, &wanted, at)
            });
            let file = match file {
                Err(error) if kind == Kind::Wise => {
                    assert_eq!(error.code, "pay.file_empty");
                    continue;
                }
                Err(error) => {
                    assert!(total.amount.is_zero(), "{error:?}");
                    continue;
                }
                Ok(written) => written.file,
            };
            let rows = text_of(&file);
            let paid = rows.lines().skip(1).map(|row| {
                let cells: Vec<&str> = row.split(',').collect();
                money(&format!("{} {}", cells[3], cells[2]))
            });
            assert_eq!(of(&mut paid.into_iter()), total);
        }
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
            let due = shown.summary.owed.plus(shown.summary.taken_off).unwrap();
            assert_eq!(due, standing.payments.owed().unwrap());
            match shown.summary.state {
                State::Settled => assert_eq!(shown.summary.taken_off, due),
                state => assert_eq!(state, standing.payments.state().unwrap()),
            }
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
            let is_paid = matches!(shown.summary.state, State::Paid | State::Settled);
            assert_eq!(
                is_paid,
                !shown.summary.is_owed() && shown.summary.state != State::Carried
            );
        }
        for exact in open.values() {
            owed = owed.plus(*exact).unwrap();
        }
        assert_eq!(owed, books.owed(person, currency));
        self.shows(owed, sum_of(currency, open.values()));
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

fn sum_of<'a>(currency: Currency, all: impl Iterator<Item = &'a Exact>) -> Exact {
    all.fold(Exact::zero(currency), |sum, one| sum.plus(*one).unwrap())
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
            for step in 0..120 {
                history.step();
                if step % 6 == 5 {
                    history.holds();
                }
            }
            history.holds();
            // Chance has tried what is refused, too.
            assert!(history.refused.len() > 2, "{:?}", history.refused);
        });
    }
}
