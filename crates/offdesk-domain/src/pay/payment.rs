//! Payments of a statement: whole or in parts, in its own currency or exchanged, and some that come back.

use rust_decimal::Decimal;

use super::PayError;
use crate::money::{Money, round_to_minor};
use crate::time::Day;

/// The most characters of a note, and of the source of a rate.
const LONGEST: usize = 500;
/// A fee is at most so many times what it is for,
const MOST_FEE: Decimal = Decimal::TEN;
/// or so many units of its currency, where that is more: a wire of one euro costs as much as any other.
const ANY_FEE: Decimal = Decimal::ONE_HUNDRED;
/// The same in a currency without smaller units, such as the yen.
const ANY_WHOLE_FEE: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);

/// A payment that was exchanged: what left the owner's account in another currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What was sent, without the fee.
    pub sent: Money,
    /// Units of the statement's currency for one unit of what was sent.
    pub rate: Decimal,
    /// The day of the rate.
    pub day: Day,
    /// Who says so, such as the name of the bank.
    pub source: String,
}

/// A payment as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// What the person gets, in the statement's currency; less than nothing where the person pays back what was too much.
    pub amount: Money,
    /// On which day.
    pub day: Day,
    /// What it cost besides, in any currency; nothing that the person gets.
    pub fee: Option<Money>,
    /// How it was exchanged, where it was.
    pub exchange: Option<Exchange>,
    /// What the owner notes, such as the bank's number of it.
    pub note: String,
}

impl Payment {
    /// The same, the other way round: what is paid back instead of paid.
    #[must_use]
    pub fn turned(&self) -> Self {
        let turn = |money: Money| Money::new(-money.amount, money.currency);
        Self {
            amount: turn(self.amount),
            exchange: self.exchange.clone().map(|exchange| Exchange {
                sent: turn(exchange.sent),
                ..exchange
            }),
            ..self.clone()
        }
    }

    /// Whether its figures can be.
    ///
    /// # Errors
    /// [`PayError::NotPositive`], [`PayError::Digits`], [`PayError::Exchange`], [`PayError::Text`].
    pub fn check(&self) -> Result<(), PayError> {
        super::exact::minor(self.amount)?;
        if self.amount.amount.is_zero() {
            return Err(PayError::NotPositive(self.amount));
        }
        if let Some(fee) = self.fee {
            super::exact::minor(fee)?;
            if fee.amount.is_sign_negative() {
                return Err(PayError::NotPositive(fee));
            }
        }
        if self.note.chars().count() > LONGEST {
            return Err(text("a note"));
        }
        self.exchange
            .as_ref()
            .map_or(Ok(()), |exchange| self.check_exchange(exchange))
    }

    /// Whether its fee can be: not more than ten times what was paid or sent, or than 100 of its currency (100,000 where that has no smaller
    /// units). A small payment may cost more than it is, and a fee of another size was mistyped.
    ///
    /// # Errors
    /// [`PayError::Fee`].
    pub fn check_fee(&self) -> Result<(), PayError> {
        let Some(fee) = self.fee else { return Ok(()) };
        let sent = self.exchange.as_ref().map(|it| it.sent);
        let of = sent.unwrap_or(self.amount);
        let most = of.amount.abs().checked_mul(MOST_FEE);
        let any = match of.currency.minor_digits() {
            0 => ANY_WHOLE_FEE,
            _ => ANY_FEE,
        };
        let most = Money::new(most.ok_or(PayError::TooLarge)?.max(any), of.currency);
        if fee.amount > most.amount {
            return Err(PayError::Fee { fee, most });
        }
        Ok(())
    }

    /// A rate has few digits, so what it comes to may miss the amount by a thousandth, or the smallest unit.
    fn check_exchange(&self, exchange: &Exchange) -> Result<(), PayError> {
        super::exact::minor(exchange.sent)?;
        // What is paid back comes in, and nothing is sent.
        let is_back = self.amount.amount < Decimal::ZERO;
        if exchange.sent.amount.is_zero() || (exchange.sent.amount < Decimal::ZERO) != is_back {
            return Err(PayError::NotPositive(exchange.sent));
        }
        let length = exchange.source.trim().chars().count();
        if length == 0 || length > LONGEST {
            return Err(text("the source of a rate"));
        }
        let currency = self.amount.currency;
        let comes_to = exchange.sent.amount.checked_mul(exchange.rate);
        let comes_to = round_to_minor(comes_to.ok_or(PayError::TooLarge)?, currency);
        let smallest = Decimal::new(1, currency.minor_digits());
        let most = (self.amount.amount.abs() / Decimal::ONE_THOUSAND).max(smallest);
        let is_same = exchange.sent.currency == currency;
        if is_same || (comes_to - self.amount.amount).abs() > most {
            return Err(PayError::Exchange {
                sent: exchange.sent,
                rate: exchange.rate,
                comes_to: Money::new(comes_to, currency),
                amount: self.amount,
            });
        }
        Ok(())
    }
}

fn text(what: &'static str) -> PayError {
    PayError::Text {
        what,
        most: LONGEST,
    }
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Nothing was paid yet.
    Open,
    /// Something was paid, and something is owed.
    PartlyPaid,
    /// Nothing is owed.
    Paid,
    /// A payment came back, and what it was for is owed again.
    PaymentReturned,
    /// Corrections were more than earnings: what is below nothing is taken off what else is owed, or off the next one.
    Carried,
    /// Nothing is owed any more, because what the person owes back was taken off. This follows from the other statements and is not kept.
    Settled,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::PartlyPaid,
        Self::Paid,
        Self::PaymentReturned,
        Self::Carried,
        Self::Settled,
    ];

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::PartlyPaid => "partly_paid",
            Self::Paid => "paid",
            Self::PaymentReturned => "payment_returned",
            Self::Carried => "carried",
            Self::Settled => "settled",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What was paid of a statement, and what came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payments {
    balance: Money,
    /// Number of the posting, and the amount; what came back is gone from here.
    made: Vec<(u64, Money)>,
    is_last_returned: bool,
}

impl Payments {
    /// None yet, of a statement that comes to so much with what is carried.
    #[must_use]
    pub fn none(balance: Money) -> Self {
        Self {
            balance,
            made: Vec::new(),
            is_last_returned: false,
        }
    }

    /// What was paid and has not come back.
    ///
    /// # Errors
    /// [`PayError::TooLarge`].
    pub fn paid(&self) -> Result<Money, PayError> {
        let zero = Money::new(Decimal::ZERO, self.balance.currency);
        let amounts = self.made.iter().map(|(_, amount)| *amount);
        amounts.into_iter().try_fold(zero, |sum, amount| {
            sum.plus(amount).map_err(|_| PayError::TooLarge)
        })
    }

    /// What is owed; never less than nothing.
    ///
    /// # Errors
    /// [`PayError::TooLarge`].
    pub fn owed(&self) -> Result<Money, PayError> {
        let owed = self.balance.amount - self.paid()?.amount;
        Ok(Money::new(owed.max(Decimal::ZERO), self.balance.currency))
    }

    /// What the statement leaves below nothing and was not paid back; nothing, or more. It may have been taken off other statements.
    ///
    /// # Errors
    /// [`PayError::TooLarge`].
    pub fn below(&self) -> Result<Money, PayError> {
        let owed = self.balance.amount - self.paid()?.amount;
        let below = Decimal::ZERO - owed.min(Decimal::ZERO);
        Ok(Money::new(below, self.balance.currency))
    }

    /// Where the statement stands.
    ///
    /// # Errors
    /// [`PayError::TooLarge`].
    pub fn state(&self) -> Result<State, PayError> {
        let is_owed = self.owed()?.amount > Decimal::ZERO;
        Ok(match (is_owed, self.made.is_empty()) {
            _ if !self.below()?.amount.is_zero() => State::Carried,
            (false, _) => State::Paid,
            (true, _) if self.is_last_returned => State::PaymentReturned,
            (true, true) => State::Open,
            (true, false) => State::PartlyPaid,
        })
    }

    /// With a payment, whose posting has a number.
    ///
    /// # Errors
    /// [`PayError::Currencies`], [`PayError::TooMuch`], [`PayError::TooMuchBack`], and as [`Payment::check`].
    pub fn with(mut self, number: u64, payment: &Payment) -> Result<Self, PayError> {
        payment.check()?;
        let (paid, owed) = (payment.amount, self.owed()?);
        if paid.currency != owed.currency {
            return Err(PayError::Currencies(paid.currency, owed.currency));
        }
        if paid.amount > owed.amount {
            return Err(PayError::TooMuch { paid, owed });
        }
        let below = self.below()?;
        if -paid.amount > below.amount {
            let back = Money::new(-paid.amount, paid.currency);
            return Err(PayError::TooMuchBack { back, owed: below });
        }
        self.made.push((number, paid));
        self.is_last_returned = false;
        Ok(self)
    }

    /// Without a payment, which came back; and how much that was.
    ///
    /// # Errors
    /// [`PayError::NoPayment`].
    pub fn without(mut self, number: u64) -> Result<(Self, Money), PayError> {
        let place = self.made.iter().position(|(made, _)| *made == number);
        let place = place.ok_or(PayError::NoPayment(number))?;
        let (_, amount) = self.made.remove(place);
        self.is_last_returned = true;
        Ok((self, amount))
    }
}
