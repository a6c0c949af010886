//! Histories by chance in several currencies, with terms that change and days on which clocks change, on both databases: statements,
//! the ledger, the journal and the return are what plain sums of the accepted work come to, to the smallest unit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use jiff::tz::TimeZone;
use offdesk_actions::Moment;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::{
    FindingKind, NewAssignment, NewDeliverable, NewFinding, NewReview, Reply, accept_deliverable,
    deliver, give_assignment, load_assignment, reply_to_assignment, return_deliverable, set_time,
};
use offdesk_actions::handoffs::{
    HandoffAnswer, NewScope, answer_change_for, list_handoffs, load_handoff, propose_change,
};
use offdesk_actions::pay::bills::{Approval, NewBill, approve_bill, lines_of, record_bill};
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::ledger::record;
use offdesk_actions::pay::{
    CameBack, Correction, NewPayment, NewReturn, PersonPayChange, change_pay_of, correct_posting,
    note_payment, note_refund, note_returned_payment, write_desk_journal,
};
use offdesk_actions::people::NewTerms;
use offdesk_actions::people::own::answer_own_change;
use offdesk_actions::returns::load_return;
use offdesk_actions::returns::receipts::{
    NewReceipt, list_receipts, note_receipt, take_back_receipt,
};
use offdesk_actions::store::{Store, Tx, Uuid};
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

pub struct Chance(u64);

impl Chance {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap()).unwrap()
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
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

pub struct History {
    pub desk: HandedOff,
    pub chance: Chance,
    pub zone: TimeZone,
    pub now: Moment,
    accepted: Vec<Accepted>,
    /// What was agreed in each handoff, by its first day.
    pub terms: BTreeMap<Uuid, BTreeMap<Day, Terms>>,
    pub tried: BTreeMap<&'static str, usize>,
}

impl History {
    pub fn new(
        store: &std::sync::Arc<Store>,
        seed: u64,
        zone: &'static str,
        paid: (&'static str, &'static str),
    ) -> Self {
        let begins = day("2026-11-01");
        let desk = HandedOff::with(store, |new| {
            paid_by(paid.0, paid.1)(new);
            new.start = Some(begins);
        });
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
        let first = Terms::typed(paid.0, paid.1, "USD").unwrap();
        let all = desk
            .owns(|tx, actor| list_handoffs(tx, actor, None, 10))
            .unwrap();
        let ids = all.iter().map(|it| it.handoff.row.id);
        let terms = ids.map(|id| (id, BTreeMap::from([(begins, first)])));
        Self {
            desk,
            terms: terms.collect(),
            chance: Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            zone: TimeZone::get(zone).unwrap(),
            now: moment(3_600),
            accepted: Vec::new(),
            tried: BTreeMap::new(),
        }
    }

    pub fn note<T>(&mut self, what: &'static str, done: &Result<T, offdesk_actions::Error>) {
        let what = done.as_ref().map_or_else(|error| error.code, |_| what);
        *self.tried.entry(what).or_default() += 1;
    }

    /// Time goes on: some hours, or to the next night on which a clock or the year changes.
    pub fn later(&mut self) {
        self.on_by(400);
    }

    /// So many hours at the most.
    pub fn on_by(&mut self, most: usize) {
        let next = NIGHTS.iter().map(|text| text.parse::<Timestamp>().unwrap());
        let next = next.filter(|night| *night > self.now.now).min();
        let hours = i64::try_from(1 + self.chance.below(most)).unwrap();
        let on = self.now.now.as_second() + hours * 3_600;
        let at = match next {
            Some(night) if night.as_second() < on => night.as_second(),
            _ => on,
        };
        self.now = moment(at - moment(0).now.as_second());
    }

    pub fn step(&mut self) {
        match self.chance.below(15) {
            0..=5 => self.work(),
            12 => self.bill_tax(),
            13 => self.receive(),
            14 => self.take_back(),
            6 => self.change_terms(&["hour", "assignment"], None),
            7 => self.correct(),
            8 => {
                let drawn = self.desk.draw_up(self.now);
                self.note("draw_up", &drawn);
            }
            9 | 10 => self.pay(),
            _ if self.chance.below(3) == 0 => self.refund(),
            _ => self.give_back(),
        }
    }

    /// Today where the business is.
    pub fn today(&self) -> Day {
        Day::from_date(self.zone.to_datetime(self.now.now).date())
    }

    /// What was agreed in a handoff for a day, by what was accepted so far; before all of it what begins first.
    pub fn agreed_on(&self, handoff: Uuid, on: Day) -> Terms {
        let dated = &self.terms[&handoff];
        let held = dated.range(..=on).next_back();
        *held.or_else(|| dated.first_key_value()).unwrap().1
    }

    /// One of the two handoffs, and whether it is Ana's.
    pub fn one_handoff(&mut self) -> (Uuid, bool) {
        match self.chance.below(2) {
            0 => (self.desk.handoff, true),
            _ => (self.desk.other, false),
        }
    }

    /// One more is done and accepted: by Ana herself, or for Cem by the owner. Some are returned once.
    pub fn work(&mut self) {
        let now = self.now;
        let (handoff, is_ana) = self.one_handoff();
        let is_returned = self.chance.below(4) == 0;
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
        let hand_in = move |tx: &mut Tx<'_>, actor: &Actor| {
            let new = NewDeliverable {
                text: "Done.".to_owned(),
                ..NewDeliverable::default()
            };
            deliver(tx, actor, id, &new, now)?;
            load_assignment(tx, actor, id)
        };
        let mut delivered = crate::stores::write(&self.desk.store, who, move |tx, actor| {
            reply_to_assignment(tx, actor, id, Reply::Agree, None, now)?;
            set_time(tx, actor, id, seconds, now)?;
            hand_in(tx, actor)
        })
        .unwrap();
        if is_returned && !delivered.course.state.is_accepted() {
            self.desk
                .owns(move |tx, actor| send_back(tx, actor, id, now))
                .unwrap();
            delivered = crate::stores::write(&self.desk.store, who, hand_in).unwrap();
            *self.tried.entry("returned").or_default() += 1;
        }
        if !delivered.course.state.is_accepted() {
            let review = NewReview {
                as_it_is: true,
                is_beside: true,
                ..NewReview::default()
            };
            self.desk
                .owns(move |tx, actor| accept_deliverable(tx, actor, id, &review, now))
                .unwrap();
        }
        let row = self.desk.load(id).row;
        let given = Terms::typed(&row.unit, &row.amount, &row.currency).unwrap();
        let (today, agreed) = (self.today(), self.agreed_on(handoff, self.today()));
        assert_eq!(
            given, agreed,
            "given on {today} by {:?}",
            self.terms[&handoff]
        );
        let price: Decimal = row.amount.parse().unwrap();
        self.accepted.push(Accepted {
            id,
            day: today,
            currency: row.currency.parse().unwrap(),
            earns: match row.unit.as_str() {
                "assignment" => Some(price * Decimal::from(3_600)),
                "hour" if seconds > 0 => Some(price * Decimal::from(seconds)),
                _ => None,
            },
        });
        self.note("work", &Ok::<(), offdesk_actions::Error>(()));
    }

    /// Other terms are agreed, from so many days from today on where that is said.
    pub fn change_terms(&mut self, units: &[&'static str], ahead: Option<i32>) {
        let now = self.now;
        let (id, is_ana) = self.one_handoff();
        let (amount, currency) = self.chance.one_of(&PRICES).unwrap();
        let unit = self.chance.one_of(units).unwrap();
        let start = ahead.map(|days| Day(self.today().0 + days));
        let ana = self.desk.ana.clone();
        let changed = self.desk.owns(move |tx, actor| {
            let new = NewScope {
                terms: Some(NewTerms {
                    unit: unit.to_owned(),
                    amount: amount.to_owned(),
                    currency: currency.to_owned(),
                    ..NewTerms::default()
                }),
                start,
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
        if let Ok(changed) = changed {
            let agreed = changed.summary.handoff.agreement.agreed;
            let dated = self.terms.get_mut(&id).unwrap();
            dated.retain(|from, _| *from < agreed.start);
            dated.insert(agreed.start, agreed.terms);
        }
    }

    pub fn correct(&mut self) {
        let now = self.now;
        let line = u64::try_from(1 + self.chance.below(self.desk.postings().len() + 1)).unwrap();
        let seconds = self.chance.one_of(&[None, Some(1), Some(5_000)]).unwrap();
        let price = self
            .chance
            .one_of(&[None, Some("1"), Some("2001")])
            .unwrap();
        let done = self.desk.owns(move |tx, actor| {
            let correction = Correction {
                seconds,
                price: price.map(str::to_owned),
                note: "as it was".to_owned(),
            };
            correct_posting(tx, actor, line, &correction, now)
        });
        let what = if price.is_some() { "price" } else { "correct" };
        self.note(what, &done);
    }

    pub fn statements(&self) -> Vec<i64> {
        let postings = self.desk.postings();
        let numbers = postings.iter().filter_map(|posting| match &posting.posted {
            Posted::Stated(stated) => i64::try_from(stated.number).ok(),
            _ => None,
        });
        numbers.collect()
    }

    pub fn pay(&mut self) {
        let numbers = self.statements();
        let Some(number) = self.chance.one_of(&numbers) else {
            return;
        };
        let amount = self.chance.one_of(&[None, None, Some("1")]).unwrap();
        let fee = self.chance.one_of(&[None, Some("1"), Some("3")]).unwrap();
        // What is sent in the owner's currency would count in that by its rate.
        let sent = self.chance.one_of(&[None, None, Some("7")]).unwrap();
        let now = self.now;
        let done = self.desk.owns(move |tx, actor| {
            let new = NewPayment {
                amount: amount.map(str::to_owned),
                fee: fee.map(str::to_owned),
                sent: sent.map(|sent| (sent.to_owned(), "GBP".to_owned())),
                source: "the bank".to_owned(),
                ..NewPayment::default()
            };
            note_payment(tx, actor, number, &new, now)
        });
        self.note("pay", &done);
        if sent.is_some() && done.is_ok() {
            *self.tried.entry("exchange").or_default() += 1;
        }
    }

    /// What was stated below nothing is paid back, all of it or a part.
    pub fn refund(&mut self) {
        let numbers = self.statements();
        let Some(number) = self.chance.one_of(&numbers) else {
            return;
        };
        let amount = self.chance.one_of(&[None, None, Some("1")]).unwrap();
        let now = self.now;
        let done = self.desk.owns(move |tx, actor| {
            let new = NewPayment {
                amount: amount.map(str::to_owned),
                ..NewPayment::default()
            };
            note_refund(tx, actor, number, &new, now)
        });
        self.note("refund", &done);
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
        let payments: Vec<(u64, bool)> = made
            .iter()
            .map(|made| (made.posting, made.payment.fee.is_some()))
            .collect();
        let Some((payment, has_fee)) = self.chance.one_of(&payments) else {
            return;
        };
        let now = self.now;
        // Some were noted by mistake, and their fee with them.
        let fee_back = has_fee && payment.is_multiple_of(2);
        let done = self.desk.owns(move |tx, actor| {
            let new = NewReturn {
                fee_back,
                ..NewReturn::of(CameBack::Payment, None)
            };
            note_returned_payment(tx, actor, (number, payment), new, now)
        });
        self.note(if fee_back { "fee_back" } else { "give_back" }, &done);
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
    pub fn open(&self) -> BTreeMap<Currency, Decimal> {
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
                        Quantity::Days { days, of } => {
                            price * Decimal::from(days) / Decimal::from(of)
                        }
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

    /// By currency: what payments cost besides, by the ledger; what came back has cost it, too, unless it was taken back.
    fn fees(&self) -> BTreeMap<Currency, Decimal> {
        let mut sums: BTreeMap<Currency, Decimal> = BTreeMap::new();
        for posting in self.desk.postings() {
            let (fee, sign) = match posting.posted {
                Posted::Paid { payment, .. } => (payment.fee, Decimal::ONE),
                Posted::PaymentReturned { fee, .. } => (fee, Decimal::NEGATIVE_ONE),
                _ => continue,
            };
            if let Some(fee) = fee {
                *sums.entry(fee.currency).or_default() += fee.amount * sign;
            }
        }
        sums
    }

    /// By month and currency: what a journal books as expenses, what it says is owed, and what it has of fees and of money that came in.
    pub fn journal(&self, tool: Tool) -> BTreeMap<(String, Currency), [Decimal; 4]> {
        let text = self
            .desk
            .owns(move |tx, actor| write_desk_journal(tx, actor, tool))
            .unwrap();
        let mut sums: BTreeMap<(String, Currency), [Decimal; 4]> = BTreeMap::new();
        let mut month = String::new();
        for line in text.lines() {
            if line.starts_with("20") {
                month = line[..7].to_owned();
            }
            let Some((account, amount)) = line.trim_start().split_once("  ") else {
                continue;
            };
            let account = account.to_lowercase();
            let place = match account.as_str() {
                _ if account.starts_with("expenses:delegation") => 0,
                _ if account.starts_with("liabilities:payable") => 1,
                "expenses:fees" => 2,
                "income:received" => 3,
                _ => continue,
            };
            let mut words: Vec<&str> = amount.split(' ').take(2).collect();
            if tool == Tool::Beancount {
                words.reverse();
            }
            let amount: Decimal = words[1].parse().unwrap();
            let key = (month.clone(), words[0].parse().unwrap());
            let sum = sums.entry(key).or_default();
            sum[place] += if place % 2 == 1 { -amount } else { amount };
        }
        sums
    }

    /// Both journals say the same, and together what the ledger says; by currency.
    fn journals(&self) -> BTreeMap<Currency, [Decimal; 4]> {
        let by_month = self.journal(Tool::Ledger);
        assert_eq!(by_month, self.journal(Tool::Beancount));
        let mut sums: BTreeMap<Currency, [Decimal; 4]> = BTreeMap::new();
        for ((_, currency), of_month) in by_month {
            let sum = sums.entry(currency).or_default();
            for (sum, part) in sum.iter_mut().zip(of_month) {
                *sum += part;
            }
        }
        sums
    }

    /// By currency: the days of retainers until today that are in no posting, by what was agreed.
    fn unposted(&self) -> BTreeMap<Currency, Decimal> {
        let mut sums: BTreeMap<Currency, Decimal> = BTreeMap::new();
        for (handoff, dated) in &self.terms {
            let next = self
                .last_retained(*handoff)
                .map_or(i32::MIN, |last| last.0 + 1);
            let first = dated.first_key_value().unwrap().0.0.max(next);
            for number in first..=self.today().0 {
                let terms = self.agreed_on(*handoff, Day(number));
                if terms.unit == Unit::Retainer {
                    let price = terms.price;
                    let of = Decimal::from(Day(number).date().days_in_month());
                    *sums.entry(price.currency).or_default() += price.amount / of;
                }
            }
        }
        sums
    }

    /// The last day of a retainer that was posted, whatever became of it.
    pub fn last_retained(&self, handoff: Uuid) -> Option<Day> {
        let of_it = self.desk.postings().into_iter();
        let days = of_it.filter_map(|posting| match posting.posted {
            Posted::Earned(earned) if earned.handoff == record(handoff) => {
                (earned.terms.unit == Unit::Retainer).then_some(earned.day)
            }
            _ => None,
        });
        days.max()
    }

    pub fn holds(&self) {
        self.desk.holds();
        self.check_earned();
        let (stated, journal, fees) = (self.stated(), self.journals(), self.fees());
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
        for (currency, sum) in self.unposted() {
            *plain.entry(currency).or_default() += sum;
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

/// Returns what was handed in, with a fault.
fn send_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    now: Moment,
) -> Result<(), offdesk_actions::Error> {
    let review = NewReview {
        findings: vec![NewFinding {
            kind: FindingKind::Fault,
            step: Some(1),
            criterion: None,
            text: "The date is missing.".to_owned(),
        }],
        ..NewReview::default()
    };
    return_deliverable(tx, actor, id, &review, now).map(|_| ())
}

/// What was earned, in parts of an hour's second.
fn worth(earned: &Earned) -> Decimal {
    let price = earned.terms.price.amount;
    match earned.quantity {
        Quantity::Time(time) => price * Decimal::from(time.0),
        Quantity::Times(times) => price * Decimal::from(times) * Decimal::from(3_600),
        Quantity::Days { days, of } => {
            price * Decimal::from(days) * Decimal::from(3_600) / Decimal::from(of)
        }
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

/// What was tried in all histories, with how often.
#[derive(Default)]
pub struct Tried(Mutex<BTreeMap<&'static str, usize>>);

impl Tried {
    /// What was tried in one more.
    pub fn add(&self, history: &History) {
        let mut all = self.0.lock().unwrap();
        for (what, times) in &history.tried {
            *all.entry(*what).or_default() += *times;
        }
    }

    /// Chance has tried all of that.
    #[track_caller]
    pub fn has(self, all: &[&str]) {
        let tried = self.0.into_inner().unwrap();
        for what in all {
            assert!(tried.contains_key(what), "{what} in {tried:?}");
        }
    }
}

#[test]
fn nothing_is_forgotten_or_paid_twice_in_any_currency() {
    let histories = many("OFFDESK_TEST_HISTORIES", 2);
    let (tried, currencies) = (Tried::default(), Mutex::new(BTreeSet::new()));
    for seed in 1..=histories {
        let zone = ["Europe/Berlin", "America/New_York"][usize::try_from(seed % 2).unwrap()];
        on_each_store(&format!("pay_money_{seed}"), |store| {
            let mut history = History::new(store, seed, zone, ("hour", "14.35"));
            for _ in 0..90 {
                history.later();
                history.step();
            }
            for _ in 0..12 {
                history.bill_tax();
            }
            history.holds();
            tried.add(&history);
            let accepted = history.accepted.iter().map(|it| it.currency);
            currencies.lock().unwrap().extend(accepted);
        });
    }
    tried.has(&[
        "work",
        "returned",
        "change_terms",
        "draw_up",
        "pay",
        "exchange",
        "tax_alone",
    ]);
    let currencies: BTreeSet<Currency> = currencies.into_inner().unwrap();
    assert!(currencies.len() > 1, "{currencies:?}");
}
