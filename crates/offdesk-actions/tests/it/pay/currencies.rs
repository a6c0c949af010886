//! Histories by chance in several currencies, with terms that change and days on which clocks change, on both databases: statements,
//! the ledger, the journal and the return are what plain sums of the accepted work come to, to the smallest unit.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use offdesk_actions::Moment;
use offdesk_actions::assignments::{
    NewAssignment, NewDeliverable, NewReview, Reply, accept_deliverable, deliver, give_assignment,
    reply_to_assignment, set_time,
};
use offdesk_actions::handoffs::{
    HandoffAnswer, NewScope, answer_change_for, load_handoff, propose_change,
};
use offdesk_actions::pay::bills::{Approval, NewBill, approve_bill, lines_of, record_bill};
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::ledger::record;
use offdesk_actions::pay::{
    CameBack, Correction, NewPayment, NewReturn, PersonPayChange, change_pay_of, correct_posting,
    note_payment, note_returned_payment, write_desk_journal,
};
use offdesk_actions::people::NewTerms;
use offdesk_actions::people::own::answer_own_change;
use offdesk_actions::returns::load_return;
use offdesk_actions::returns::receipts::{
    NewReceipt, list_receipts, note_receipt, take_back_receipt,
};
use offdesk_actions::store::{Store, Uuid};
use offdesk_actions::workspaces::{change_settings, load_settings};
use offdesk_domain::pay::Posted;
use rust_decimal::{Decimal, RoundingStrategy};

use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by};
use crate::return_plain::both_ways;
use crate::stores::{many, moment, on_each_store};

/// Prices with the digits that their currency has.
const PRICES: [(&str, &str); 6] = [
    ("14.35", "USD"),
    ("13.37", "EUR"),
    ("1501", "JPY"),
    ("12.345", "KWD"),
    ("0.01", "EUR"),
    ("99.99", "USD"),
];
/// The nights on which clocks change in Berlin and New York, in UTC.
const NIGHTS: [&str; 8] = [
    "2026-12-31T23:30:00Z",
    "2027-03-14T04:30:00Z",
    "2027-03-14T06:59:59Z",
    "2027-03-27T23:00:00Z",
    "2027-03-28T00:59:59Z",
    "2027-10-30T22:00:00Z",
    "2027-10-31T00:30:00Z",
    "2027-11-07T05:30:00Z",
];

struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap()).unwrap()
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let place = self.below(all.len());
        all.get(place).copied()
    }
}

/// What was accepted, and what it should earn.
struct Accepted {
    id: Uuid,
    day: Day,
    currency: Currency,
    /// In parts of an hour's second, so that nothing is rounded.
    earns: Option<Decimal>,
}

struct History {
    desk: HandedOff,
    chance: Chance,
    zone: TimeZone,
    now: Moment,
    accepted: Vec<Accepted>,
    tried: BTreeMap<&'static str, usize>,
}

impl History {
    fn new(store: &std::sync::Arc<Store>, seed: u64, zone: &'static str) -> Self {
        let desk = HandedOff::with(store, paid_by("hour", "14.35"));
        desk.owns(move |tx, actor| {
            let (settings, version) = load_settings(tx, actor)?;
            let settings = offdesk_actions::workspaces::Settings {
                zone: Some(zone.to_owned()),
                ..settings
            };
            change_settings(tx, actor, &settings, version, moment(61))
        })
        .unwrap();
        let person = desk.person();
        desk.owns(move |tx, actor| {
            let change = PersonPayChange {
                cycle: Some("weekly".to_owned()),
                rounding: Some("each_cell".to_owned()),
                ..PersonPayChange::default()
            };
            change_pay_of(tx, actor, person, &change, moment(62))
        })
        .unwrap();
        Self {
            desk,
            chance: Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            zone: TimeZone::get(zone).unwrap(),
            now: moment(3_600),
            accepted: Vec::new(),
            tried: BTreeMap::new(),
        }
    }

    fn note<T>(&mut self, what: &'static str, done: &Result<T, offdesk_actions::Error>) {
        let what = done.as_ref().map_or_else(|error| error.code, |_| what);
        *self.tried.entry(what).or_default() += 1;
    }

    /// Time goes on: some hours, or to the next night on which a clock or the year changes.
    fn later(&mut self) {
        let next = NIGHTS.iter().map(|text| text.parse::<Timestamp>().unwrap());
        let next = next.filter(|night| *night > self.now.now).min();
        let hours = i64::try_from(1 + self.chance.below(400)).unwrap();
        let on = self.now.now.as_second() + hours * 3_600;
        let at = match next {
            Some(night) if night.as_second() < on => night.as_second(),
            _ => on,
        };
        self.now = moment(at - moment(0).now.as_second());
    }

    fn step(&mut self) {
        self.later();
        match self.chance.below(15) {
            0..=5 => self.work(),
            12 => self.bill_tax(),
            13 => self.receive(),
            14 => self.take_back(),
            6 => self.change_terms(),
            7 => self.correct(),
            8 => {
                let drawn = self.desk.draw_up(self.now);
                self.note("draw_up", &drawn);
            }
            9 | 10 => self.pay(),
            _ => self.give_back(),
        }
    }

    /// One more is done and accepted: by Ana herself, or for Cem by the owner.
    fn work(&mut self) {
        let now = self.now;
        let is_ana = self.chance.below(2) == 0;
        let handoff = if is_ana {
            self.desk.handoff
        } else {
            self.desk.other
        };
        let seconds = i64::try_from(self.chance.below(20_000)).unwrap();
        let given = self.desk.owns(move |tx, actor| {
            let new = NewAssignment {
                due: Some(Timestamp::from_second(now.now.as_second() + 3_600).unwrap()),
                ..NewAssignment::default()
            };
            give_assignment(tx, actor, handoff, &new, now)
        });
        let id = given.unwrap().row.id;
        let who = if is_ana {
            &self.desk.ana
        } else {
            &self.desk.owner
        };
        let delivered = crate::stores::write(&self.desk.store, who, move |tx, actor| {
            reply_to_assignment(tx, actor, id, Reply::Agree, None, now)?;
            set_time(tx, actor, id, seconds, now)?;
            let new = NewDeliverable {
                text: "Done.".to_owned(),
                ..NewDeliverable::default()
            };
            deliver(tx, actor, id, &new, now)
        })
        .unwrap();
        if !delivered.course.state.is_accepted() {
            let review = NewReview::default();
            self.desk
                .owns(move |tx, actor| accept_deliverable(tx, actor, id, &review, now))
                .unwrap();
        }
        let row = self.desk.load(id).row;
        let price: Decimal = row.amount.parse().unwrap();
        self.accepted.push(Accepted {
            id,
            day: Day::from_date(self.zone.to_datetime(now.now).date()),
            currency: row.currency.parse().unwrap(),
            earns: match row.unit.as_str() {
                "assignment" => Some(price * Decimal::from(3_600)),
                "hour" if seconds > 0 => Some(price * Decimal::from(seconds)),
                _ => None,
            },
        });
        self.note("work", &Ok::<(), offdesk_actions::Error>(()));
    }

    fn change_terms(&mut self) {
        let now = self.now;
        let is_ana = self.chance.below(2) == 0;
        let id = if is_ana {
            self.desk.handoff
        } else {
            self.desk.other
        };
        let (amount, currency) = self.chance.one_of(&PRICES).unwrap();
        let unit = self.chance.one_of(&["hour", "assignment"]).unwrap();
        let ana = self.desk.ana.clone();
        let changed = self.desk.owns(move |tx, actor| {
            let new = NewScope {
                terms: Some(NewTerms {
                    unit: unit.to_owned(),
                    amount: amount.to_owned(),
                    currency: currency.to_owned(),
                    ..NewTerms::default()
                }),
                ..NewScope::default()
            };
            propose_change(tx, actor, id, &new, None, now)?;
            let yes = HandoffAnswer::Accept;
            if is_ana {
                answer_own_change(tx, &ana, id, yes, "", None, now)?;
            } else {
                answer_change_for(tx, actor, id, yes, "", None, now)?;
            }
            load_handoff(tx, actor, id)
        });
        self.note("change_terms", &changed);
    }

    fn correct(&mut self) {
        let now = self.now;
        let line = u64::try_from(1 + self.chance.below(self.desk.postings().len() + 1)).unwrap();
        let seconds = self.chance.one_of(&[None, Some(1), Some(5_000)]).unwrap();
        let done = self.desk.owns(move |tx, actor| {
            let correction = Correction {
                seconds,
                price: None,
                note: String::new(),
            };
            correct_posting(tx, actor, line, &correction, now)
        });
        self.note("correct", &done);
    }

    fn statements(&self) -> Vec<i64> {
        let postings = self.desk.postings();
        let numbers = postings.iter().filter_map(|posting| match &posting.posted {
            Posted::Stated(stated) => i64::try_from(stated.number).ok(),
            _ => None,
        });
        numbers.collect()
    }

    fn pay(&mut self) {
        let numbers = self.statements();
        let Some(number) = self.chance.one_of(&numbers) else {
            return;
        };
        let amount = self.chance.one_of(&[None, None, Some("1")]).unwrap();
        let fee = self.chance.one_of(&[None, Some("1"), Some("3")]).unwrap();
        let now = self.now;
        let done = self.desk.owns(move |tx, actor| {
            let new = NewPayment {
                amount: amount.map(str::to_owned),
                fee: fee.map(str::to_owned),
                ..NewPayment::default()
            };
            note_payment(tx, actor, number, &new, now)
        });
        self.note("pay", &done);
    }

    /// A bill of work that may be stated already has a tax on top, which is then stated alone; it is paid with a fee.
    fn bill_tax(&mut self) {
        let places: Vec<usize> = (0..self.accepted.len()).collect();
        let Some(work) = self.chance.one_of(&places).map(|at| &self.accepted[at]) else {
            return;
        };
        let (id, day, earns) = (work.id, work.day, work.earns.unwrap_or_default());
        let digits = work.currency.minor_digits();
        let amount = (earns / Decimal::from(3_600))
            .round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
        let row = self.desk.load(id).row;
        let lines = format!("#{} {amount}", row.number);
        let bill = format!("RE {}", self.tried.values().sum::<usize>());
        let now = self.now;
        let done = self.desk.owns(move |tx, actor| {
            let new = NewBill {
                person: row.person_id,
                number: bill,
                day,
                days: (day, day),
                currency: row.currency,
                lines: lines_of(&lines)?,
                net: String::new(),
                tax: "7".to_owned(),
                note: String::new(),
                file: None,
            };
            let bill = record_bill(tx, actor, &new, now)?;
            let approval = Approval {
                note: "as agreed".to_owned(),
                tax: Some("7".to_owned()),
                ..Approval::default()
            };
            let approved = approve_bill(tx, actor, bill.row.id, &approval, now)?;
            let new = NewPayment {
                fee: Some("2".to_owned()),
                ..NewPayment::default()
            };
            let statement = approved.statement.map_or(0, |it| it.row.number);
            note_payment(tx, actor, statement, &new, now)
        });
        let is_alone = done.as_ref().is_ok_and(|it| it.statement.lines.is_empty());
        self.note(if is_alone { "tax_alone" } else { "tax" }, &done);
    }

    /// Money comes in by a handoff, or by no single one.
    fn receive(&mut self) {
        let (amount, currency) = self.chance.one_of(&PRICES).unwrap();
        let handoff = self
            .chance
            .one_of(&[None, Some(self.desk.handoff), Some(self.desk.other)]);
        let now = self.now;
        let done = self.desk.owns(move |tx, actor| {
            let new = NewReceipt {
                amount: amount.to_owned(),
                currency: Some(currency.to_owned()),
                handoff: handoff.flatten(),
                ..NewReceipt::default()
            };
            note_receipt(tx, actor, &new, now)
        });
        self.note("receive", &done);
    }

    fn take_back(&mut self) {
        let number = i64::try_from(1 + self.chance.below(8)).unwrap();
        let now = self.now;
        let done = self
            .desk
            .owns(move |tx, actor| take_back_receipt(tx, actor, number, "", now));
        self.note("take_back", &done);
    }

    /// By currency: what came in, and was not taken back.
    fn received(&self) -> BTreeMap<Currency, Decimal> {
        let all = self.desk.owns(list_receipts).unwrap();
        let mut sums: BTreeMap<Currency, Decimal> = BTreeMap::new();
        for one in all {
            if one.of.is_none() && !one.is_taken_back {
                *sums.entry(one.amount.currency).or_default() += one.amount.amount;
            }
        }
        sums
    }

    fn give_back(&mut self) {
        let numbers = self.statements();
        let Some(number) = self.chance.one_of(&numbers) else {
            return;
        };
        let made = self.desk.statement(number).payments;
        let payments: Vec<u64> = made.iter().map(|made| made.posting).collect();
        let Some(payment) = self.chance.one_of(&payments) else {
            return;
        };
        let now = self.now;
        let done = self.desk.owns(move |tx, actor| {
            note_returned_payment(
                tx,
                actor,
                (number, payment),
                NewReturn::of(CameBack::Payment, None),
                now,
            )
        });
        self.note("give_back", &done);
    }

    /// Every accepted assignment was posted once, on its day where the business is and at its price; what was taken back, and put in its
    /// place, is what corrections have said. By currency, what all of it comes to, in parts of 3,600.
    fn check_earned(&self) {
        let postings = self.desk.postings();
        for accepted in &self.accepted {
            let id = Some(record(accepted.id));
            let (mut first, mut standing) = (None, 0);
            for posting in &postings {
                match &posting.posted {
                    Posted::Earned(earned) if earned.assignment == id => {
                        first = first.or(Some(*earned));
                        standing += 1;
                    }
                    Posted::Reversed { earned, .. } if earned.assignment == id => {
                        standing -= 1;
                    }
                    _ => {}
                }
            }
            assert_eq!(first.as_ref().map(worth), accepted.earns);
            if let Some(first) = first {
                assert_eq!(
                    (first.day, first.terms.price.currency),
                    (accepted.day, accepted.currency)
                );
            }
            assert!((0..=1).contains(&standing), "paid {standing} times");
        }
    }

    /// By currency: what is on no statement yet, in parts of an hour's second.
    fn open(&self) -> BTreeMap<Currency, Decimal> {
        let postings = self.desk.postings();
        let taken: BTreeSet<u64> = postings
            .iter()
            .filter_map(|posting| match &posting.posted {
                Posted::Stated(stated) => Some(stated.postings.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        let mut sums: BTreeMap<Currency, Decimal> = BTreeMap::new();
        for posting in postings.iter().filter(|it| !taken.contains(&it.number)) {
            let place = sums.entry(posting.posted.currency()).or_default();
            match &posting.posted {
                Posted::Earned(earned) => *place += worth(earned),
                Posted::Reversed { earned, .. } => *place -= worth(earned),
                _ => {}
            }
        }
        sums
    }

    /// By currency: what statements come to and what is owed of them; each line is on one statement and rounded as the statement says.
    fn stated(&self) -> BTreeMap<Currency, [Decimal; 2]> {
        let mut sums: BTreeMap<Currency, [Decimal; 2]> = BTreeMap::new();
        let mut lines = Vec::new();
        for number in self.statements() {
            let shown = self.desk.statement(number);
            let statement = &shown.statement;
            let currency = statement.sum.currency;
            let digits = currency.minor_digits();
            let round = |amount: Decimal| {
                amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
            };
            let of_lines: Decimal = statement.lines.iter().map(|line| line.amount.amount).sum();
            assert_eq!(of_lines, statement.sum.amount);
            if statement.rounding == Rounding::ExactSum {
                let exact = |line: &offdesk_domain::pay::Line| {
                    let price = line.earned.terms.price.amount;
                    let amount = match line.earned.quantity {
                        Quantity::Time(time) => {
                            price * Decimal::from(time.0) / Decimal::from(3_600)
                        }
                        Quantity::Times(times) => price * Decimal::from(times),
                        Quantity::Days { .. } => Decimal::ZERO,
                    };
                    if line.reverses.is_some() {
                        -amount
                    } else {
                        amount
                    }
                };
                let exact: Decimal = statement.lines.iter().map(exact).sum();
                assert_eq!(round(exact.round_dp(20)), statement.sum.amount);
            }
            lines.extend(statement.lines.iter().map(|line| line.posting));
            let paid: Decimal = shown
                .payments
                .iter()
                .filter(|made| made.came_back.is_none())
                .map(|made| made.payment.amount.amount)
                .sum();
            let sum = sums.entry(currency).or_default();
            let bill = statement.bill.as_ref();
            let tax = bill.map_or(Decimal::ZERO, |bill| bill.tax.amount);
            *sum = [
                sum[0] + statement.sum.amount,
                sum[1] + statement.sum.amount + tax - paid,
            ];
        }
        let count = lines.len();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), count, "a line is on two statements");
        sums
    }

    /// By currency: what payments cost besides, by the ledger; what came back has cost it, too.
    fn fees(&self) -> BTreeMap<Currency, Decimal> {
        let mut sums: BTreeMap<Currency, Decimal> = BTreeMap::new();
        for posting in self.desk.postings() {
            if let Posted::Paid { payment, .. } = posting.posted
                && let Some(fee) = payment.fee
            {
                *sums.entry(fee.currency).or_default() += fee.amount;
            }
        }
        sums
    }

    /// By currency: what the journal books as expenses, what it says is owed, and what it has of fees and of money that came in.
    fn journal(&self) -> BTreeMap<Currency, [Decimal; 4]> {
        let text = self
            .desk
            .owns(|tx, actor| write_desk_journal(tx, actor, Tool::Ledger))
            .unwrap();
        let mut sums: BTreeMap<Currency, [Decimal; 4]> = BTreeMap::new();
        for line in text.lines() {
            let Some((account, amount)) = line.trim_start().split_once("  ") else {
                continue;
            };
            let mut words = amount.split(' ');
            let (Some(currency), Some(amount)) = (words.next(), words.next()) else {
                continue;
            };
            let place = match account {
                _ if account.starts_with("expenses:delegation") => 0,
                _ if account.starts_with("liabilities:payable") => 1,
                "expenses:fees" => 2,
                "income:received" => 3,
                _ => continue,
            };
            let amount: Decimal = amount.parse().unwrap();
            let sum = sums.entry(currency.parse().unwrap()).or_default();
            sum[place] += if place % 2 == 1 { -amount } else { amount };
        }
        sums
    }

    fn holds(&self) {
        self.desk.holds();
        self.check_earned();
        let (stated, journal, fees) = (self.stated(), self.journal(), self.fees());
        let mut ledger: BTreeMap<Currency, [Decimal; 4]> = BTreeMap::new();
        for (currency, [sum, owed]) in &stated {
            ledger.insert(*currency, [*sum, *owed, Decimal::ZERO, Decimal::ZERO]);
        }
        for (currency, fee) in &fees {
            ledger.entry(*currency).or_default()[2] += *fee;
        }
        let received = self.received();
        for (currency, amount) in &received {
            ledger.entry(*currency).or_default()[3] += *amount;
        }
        assert_eq!(without_nothing(&ledger), without_nothing(&journal));
        let now = self.now;
        let report = self
            .desk
            .owns(move |tx, actor| load_return(tx, actor, None, now))
            .unwrap();
        let own = report.currency();
        let of = |found: &offdesk_domain::returns::Return| {
            let mut cash = found.cash.apart.clone();
            *cash.entry(own).or_default() += found.cash.net_out();
            cash
        };
        // To the unit what the statements and fees come to, and what is on none yet before it is rounded.
        let mut plain: BTreeMap<Currency, Decimal> = stated
            .iter()
            .map(|(currency, it)| (*currency, it[0]))
            .collect();
        for (currency, sum) in self.open() {
            *plain.entry(currency).or_default() += sum / Decimal::from(3_600);
        }
        for (currency, fee) in fees {
            *plain.entry(currency).or_default() += fee;
        }
        let own_in = received.get(&own).copied().unwrap_or_default();
        assert_eq!(report.found.cash.into, own_in);
        for (currency, amount) in received {
            *plain.entry(currency).or_default() -= amount;
        }
        // What came in by no single handoff is in the whole, in its weeks and in its months.
        let loose = self.desk.owns(list_receipts).unwrap();
        let loose = loose.into_iter().filter(|it| it.handoff.is_none());
        let loose = loose.map(|it| {
            let sign = if it.of.is_none() {
                -it.amount.amount
            } else {
                it.amount.amount
            };
            BTreeMap::from([(it.amount.currency, sign)])
        });
        let by_handoff = report.handoffs.iter().map(|it| of(&it.found)).chain(loose);
        let by_week = report.weeks.iter().map(|it| of(&it.found));
        let by_month = report.months.iter().map(|(_, found)| of(found));
        same(&plain, &of(&report.found));
        for all in [
            by_handoff.collect::<Vec<_>>(),
            by_week.collect(),
            by_month.collect(),
        ] {
            let mut sums: BTreeMap<Currency, Decimal> = BTreeMap::new();
            for (currency, amount) in all.into_iter().flatten() {
                *sums.entry(currency).or_default() += amount;
            }
            same(&plain, &sums);
        }
        let (workspace, _) = self.desk.owner.membership.unwrap();
        both_ways(&self.desk.store, workspace);
    }
}

/// What was earned, in parts of an hour's second.
fn worth(earned: &Earned) -> Decimal {
    let price = earned.terms.price.amount;
    match earned.quantity {
        Quantity::Time(time) => price * Decimal::from(time.0),
        Quantity::Times(times) => price * Decimal::from(times) * Decimal::from(3_600),
        Quantity::Days { .. } => Decimal::ZERO,
    }
}

fn without_nothing(sums: &BTreeMap<Currency, [Decimal; 4]>) -> Vec<(Currency, [Decimal; 4])> {
    let some = sums
        .iter()
        .filter(|(_, sums)| sums.iter().any(|it| !it.is_zero()));
    some.map(|(currency, sums)| (*currency, sums.map(|it| it.normalize())))
        .collect()
}

/// The same by currency, to far less than the smallest unit.
#[track_caller]
fn same(plain: &BTreeMap<Currency, Decimal>, found: &BTreeMap<Currency, Decimal>) {
    let tidy = |sums: &BTreeMap<Currency, Decimal>| -> Vec<(Currency, Decimal)> {
        let rounded = sums
            .iter()
            .map(|(currency, sum)| (*currency, sum.round_dp(12).normalize()));
        rounded.filter(|(_, sum)| !sum.is_zero()).collect()
    };
    assert_eq!(tidy(plain), tidy(found));
}

#[test]
fn nothing_is_forgotten_or_paid_twice_in_any_currency() {
    let histories = many("OFFDESK_TEST_HISTORIES", 2);
    for seed in 1..=histories {
        let zone = ["Europe/Berlin", "America/New_York"][usize::try_from(seed % 2).unwrap()];
        on_each_store(&format!("pay_money_{seed}"), |store| {
            let mut history = History::new(store, seed, zone);
            for _ in 0..90 {
                history.step();
            }
            for _ in 0..12 {
                history.bill_tax();
            }
            history.holds();
            let tried = &history.tried;
            for what in ["work", "change_terms", "draw_up", "pay", "tax_alone"] {
                assert!(tried.contains_key(what), "{what} in {tried:?}");
            }
            let currencies = history.accepted.iter().map(|it| it.currency);
            let currencies: BTreeSet<Currency> = currencies.collect();
            assert!(currencies.len() > 1, "{currencies:?}");
        });
    }
}
