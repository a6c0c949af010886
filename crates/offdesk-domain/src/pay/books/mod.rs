//! The whole ledger, posting by posting: what may be posted next, and whether what was posted holds.

mod bills;
mod carrying;
mod returned;
mod verify;

pub use verify::Broken;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::PayError;
use super::exact::Exact;
use super::ledger::Head;
use super::payment::{Payment, Payments};
use super::posting::{Earned, Posted, Posting, RecordId, Stated};
use super::rounding::Rounding;
use super::statement::{Statement, balance, draw_up};
use crate::money::{Currency, Money};
use crate::time::Period;

/// A statement and what was paid of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The statement.
    pub stated: Stated,
    /// Its payments.
    pub payments: Payments,
}

/// A person in one currency.
type Whose = (RecordId, Currency);

/// A ledger as it stands.
#[derive(Debug, Clone)]
pub struct Books {
    head: Head,
    /// What was earned, by posting, and whether it was reversed.
    earned: BTreeMap<u64, (Earned, bool)>,
    /// What is on no statement yet.
    open: BTreeMap<Whose, BTreeMap<u64, Posting>>,
    standings: BTreeMap<u64, Standing>,
    /// The last statement of each person and currency.
    last: BTreeMap<Whose, u64>,
    owed: BTreeMap<Whose, Exact>,
    /// What is owed by statements alone; below nothing where they took back more than they gave.
    stated: BTreeMap<Whose, Decimal>,
    /// What payments cost besides, by their postings.
    fees: BTreeMap<u64, Money>,
}

impl Books {
    /// The books of a workspace in which nothing was posted.
    #[must_use]
    pub fn new(workspace: RecordId) -> Self {
        Self {
            head: Head::new(workspace),
            earned: BTreeMap::new(),
            open: BTreeMap::new(),
            standings: BTreeMap::new(),
            last: BTreeMap::new(),
            owed: BTreeMap::new(),
            stated: BTreeMap::new(),
            fees: BTreeMap::new(),
        }
    }

    /// The end of the ledger.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// The statements, by number.
    #[must_use]
    pub fn standings(&self) -> &BTreeMap<u64, Standing> {
        &self.standings
    }

    /// What is owed to a person in a currency by everything that was posted; below nothing where too much was paid.
    #[must_use]
    pub fn owed(&self, person: RecordId, currency: Currency) -> Exact {
        let owed = self.owed.get(&(person, currency)).copied();
        owed.unwrap_or_else(|| Exact::zero(currency))
    }

    /// Posts something that was earned.
    ///
    /// # Errors
    /// As [`Earned::exact`].
    pub fn earn(&mut self, earned: Earned, now: Timestamp) -> Result<Posting, PayError> {
        self.post(Posted::Earned(earned), now)
    }

    /// Takes back something that was earned; it lands in the next statement, whatever became of the one it is on.
    ///
    /// # Errors
    /// [`PayError::NoPosting`], [`PayError::NotEarned`], [`PayError::Reversed`].
    pub fn reverse(&mut self, of: u64, now: Timestamp) -> Result<Posting, PayError> {
        let earned = self.reversible(of)?;
        let why = String::new();
        self.post(Posted::Reversed { of, earned, why }, now)
    }

    /// Draws up the next statement of a person in a currency.
    ///
    /// # Errors
    /// [`PayError::Empty`], [`PayError::Backwards`].
    pub fn state(
        &mut self,
        whose: (RecordId, Currency),
        period: Period,
        rounding: Rounding,
        now: Timestamp,
    ) -> Result<(Statement, Posting), PayError> {
        let carried = self.carried(whose);
        let statement = self.drawn_up(whose, period, rounding, carried)?;
        let posting = self.post(Posted::Stated(statement.stated()), now)?;
        Ok((statement, posting))
    }

    /// Notes a payment for a statement.
    ///
    /// # Errors
    /// [`PayError::NoStatement`], [`PayError::TooMuch`], and as [`Payment::check`].
    pub fn pay(
        &mut self,
        statement: u64,
        payment: Payment,
        now: Timestamp,
    ) -> Result<Posting, PayError> {
        let person = self.standing(statement)?.stated.person;
        let posted = Posted::Paid {
            person,
            statement,
            payment,
        };
        self.post(posted, now)
    }

    fn post(&mut self, posted: Posted, now: Timestamp) -> Result<Posting, PayError> {
        let posting = self.head.posting(posted, now);
        self.admit(&posting)?;
        Ok(posting)
    }

    /// Takes a posting in where the rules allow it.
    fn admit(&mut self, posting: &Posting) -> Result<(), PayError> {
        let posted = &posting.posted;
        let whose = (posted.person(), posted.currency());
        let owed = self.owed(whose.0, whose.1).plus(posted.owed()?)?;
        match posted {
            Posted::Earned(earned) => {
                self.earned.insert(posting.number, (*earned, false));
                self.open(whose, posting);
            }
            Posted::Reversed { of, earned, .. } => {
                if self.reversible(*of)? != *earned {
                    return Err(PayError::NotEarned(*of));
                }
                self.earned.insert(*of, (*earned, true));
                self.open(whose, posting);
            }
            Posted::Stated(stated) => self.take(whose, stated)?,
            Posted::Paid {
                statement, payment, ..
            } => {
                let owed = self.owed_back(whose.0, whose.1);
                let back = Money::new(-payment.amount.amount, whose.1);
                if back.amount > owed.amount {
                    return Err(PayError::TooMuchBack { back, owed });
                }
                let standing = self.of_person(*statement, whose.0)?;
                standing.payments = standing.payments.clone().with(posting.number, payment)?;
                self.state_by(whose, -payment.amount.amount);
                let fee = payment.fee.map(|fee| (posting.number, fee));
                self.fees.extend(fee);
            }
            Posted::PaymentReturned {
                statement,
                of,
                amount,
                fee,
                ..
            } => {
                self.give_back(whose, *statement, (*of, *amount, *fee))?;
            }
        }
        self.owed.insert(whose, owed);
        self.head = Head::after(posting);
        Ok(())
    }

    fn state_by(&mut self, whose: Whose, amount: Decimal) {
        *self.stated.entry(whose).or_default() += amount;
    }

    fn open(&mut self, whose: Whose, posting: &Posting) {
        let open = self.open.entry(whose).or_default();
        open.insert(posting.number, posting.clone());
    }

    /// What a posting says was earned, where it can be taken back.
    fn reversible(&self, number: u64) -> Result<Earned, PayError> {
        match self.earned.get(&number) {
            Some((_, true)) => Err(PayError::Reversed(number)),
            Some((earned, false)) => Ok(*earned),
            None if (1..=self.head.count).contains(&number) => Err(PayError::NotEarned(number)),
            None => Err(PayError::NoPosting(number)),
        }
    }

    fn standing(&self, statement: u64) -> Result<&Standing, PayError> {
        let standing = self.standings.get(&statement);
        standing.ok_or(PayError::NoStatement(statement))
    }

    fn of_person(&mut self, statement: u64, person: RecordId) -> Result<&mut Standing, PayError> {
        let standing = self.standings.get_mut(&statement);
        standing
            .filter(|standing| standing.stated.person == person)
            .ok_or(PayError::NoStatement(statement))
    }

    fn drawn_up(
        &self,
        whose: Whose,
        period: Period,
        rounding: Rounding,
        carried: Money,
    ) -> Result<Statement, PayError> {
        if let Some(number) = self.last.get(&whose) {
            let stated = &self.standing(*number)?.stated;
            if period.to <= stated.period.to {
                return Err(PayError::Backwards {
                    number: *number,
                    last: stated.period.to,
                });
            }
        }
        let open = self.open.get(&whose).into_iter().flat_map(BTreeMap::values);
        draw_up(self.next_number(), whose.0, period, rounding, carried, open)
    }

    fn next_number(&self) -> u64 {
        self.standings.keys().next_back().map_or(1, |last| last + 1)
    }

    fn take(&mut self, whose: Whose, stated: &Stated) -> Result<(), PayError> {
        let standing = Standing {
            stated: stated.clone(),
            payments: Payments::none(balance(stated.sum, stated.carried, stated.bill.as_ref())?),
        };
        let taken: BTreeSet<u64> = stated.postings.iter().copied().collect();
        if let Some(open) = self.open.get_mut(&whose) {
            open.retain(|number, _| !taken.contains(number));
        }
        self.standings.insert(stated.number, standing);
        // What is carried was owed back before, too.
        let with_tax = balance(
            stated.sum,
            Money::new(Decimal::ZERO, whose.1),
            stated.bill.as_ref(),
        )?;
        self.state_by(whose, with_tax.amount);
        if stated.bill.is_none() {
            self.last.insert(whose, stated.number);
        }
        Ok(())
    }
}
