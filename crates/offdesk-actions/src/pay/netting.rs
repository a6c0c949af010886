//! What people owe back, because corrections came to more than they earned: it is taken off what is owed to them, and what is left is shown.

use std::collections::{BTreeMap, BTreeSet};

use offdesk_domain::money::{Currency, Money};
use offdesk_domain::pay::{Exact, State, net};
use offdesk_store::pay::files::list_filed;
use offdesk_store::pay::postings::list_open;
use offdesk_store::pay::stated_work::{list_whose_carried, list_whose_taken_back};
use offdesk_store::pay::statements::{StatementRow, list_unsettled};
use offdesk_store::{Scope, Uuid};
use rust_decimal::Decimal;

use super::drawing::balance_of;
use super::ledger::earned_of;
use super::payments::paid_so_far;
use super::statements::StatementSummary;
use super::{damaged, money_of};
use crate::error::Error;

/// What is taken off statements, and what is left of those below nothing, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Netting {
    taken_off: BTreeMap<i64, Money>,
    back: BTreeMap<i64, Money>,
}

impl Netting {
    /// Of everybody who owes something back.
    pub(super) fn load(scope: &mut Scope<'_, '_>) -> Result<Self, Error> {
        let mut whose: BTreeSet<(Uuid, String)> = BTreeSet::new();
        whose.extend(list_whose_carried(scope)?);
        whose.extend(list_whose_taken_back(scope)?);
        let (mut netting, mut sent) = (Self::default(), OnTheWay::default());
        for (person, currency) in whose {
            netting.add(scope, (person, &currency), &mut sent)?;
        }
        Ok(netting)
    }

    /// Of one person in one currency.
    pub(super) fn of(
        scope: &mut Scope<'_, '_>,
        person: Uuid,
        currency: &str,
    ) -> Result<Self, Error> {
        let mut netting = Self::default();
        netting.add(scope, (person, currency), &mut OnTheWay::default())?;
        Ok(netting)
    }

    fn add(
        &mut self,
        scope: &mut Scope<'_, '_>,
        (person, currency): (Uuid, &str),
        sent: &mut OnTheWay,
    ) -> Result<(), Error> {
        let unit: Currency = currency.parse().map_err(|_| damaged("a currency"))?;
        let not_stated = not_stated(scope, person, currency, unit)?;
        let besides = (-not_stated.amount).max(Decimal::ZERO);
        let stated = Stated::load(scope, (person, currency), besides, sent)?;
        let back = stated.back + besides;
        let netted = net(unit, stated.owed.iter().copied(), back)?;
        for (number, taken) in netted.taken_off {
            let number = i64::try_from(number).unwrap_or(0);
            self.taken_off.insert(number, taken);
        }
        // The last ones are what is owed back: those before were carried on by them.
        let mut left = stated.left();
        for (number, below) in stated.below.iter().rev() {
            let part = below.amount.min(left);
            if !part.is_zero() {
                self.back.insert(*number, Money::new(part, unit));
                left -= part;
            }
        }
        Ok(())
    }

    /// What is taken off a statement.
    pub(super) fn taken_off(&self, number: i64) -> Option<Money> {
        self.taken_off.get(&number).copied()
    }

    /// Puts into a statement what is taken off it, or what is owed back by it.
    pub(super) fn put(&self, one: &mut StatementSummary) {
        if let Some(taken) = self.taken_off.get(&one.row.number) {
            one.taken_off = *taken;
            one.owed.amount = (one.owed.amount - taken.amount).max(Decimal::ZERO);
            if one.owed.amount.is_zero() {
                one.state = State::Settled;
            }
        }
        if let Some(back) = self.back.get(&one.row.number) {
            one.back = *back;
        }
    }
}

/// What the next statement of a person carries: what they owe back by their statements, all of them together; nothing, or less. What is on
/// its way is read once for all whose statements are drawn up.
pub(super) fn carried_on(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    currency: &str,
    sent: &mut OnTheWay,
) -> Result<Decimal, Error> {
    let stated = Stated::load(scope, (person, currency), Decimal::ZERO, sent)?;
    // Less than nothing is written with a sign, and nothing without one.
    Ok(Decimal::ZERO - stated.left())
}

/// What stands in pay files and is not noted as paid, by statements; read once, and only where somebody owes something back.
#[derive(Default)]
pub(super) struct OnTheWay(Option<BTreeMap<u64, String>>);

impl OnTheWay {
    fn all(&mut self, scope: &mut Scope<'_, '_>) -> Result<&BTreeMap<u64, String>, Error> {
        if self.0.is_none() {
            let rows = list_filed(scope)?.into_iter();
            let number = |number| u64::try_from(number).unwrap_or(0);
            self.0 = Some(
                rows.map(|row| (number(row.statement), row.amount))
                    .collect(),
            );
        }
        Ok(self.0.get_or_insert_default())
    }
}

/// What stands open on the statements of a person in a currency.
struct Stated {
    /// What something can be taken off: first what is in no pay file, then what is owed beyond what stands in one.
    owed: Vec<(u64, Money)>,
    below: Vec<(i64, Money)>,
    /// What is owed back and was not carried on.
    back: Decimal,
}

impl Stated {
    /// With what is owed back besides, on no statement yet.
    fn load(
        scope: &mut Scope<'_, '_>,
        (person, currency): (Uuid, &str),
        besides: Decimal,
        sent: &mut OnTheWay,
    ) -> Result<Self, Error> {
        let mut stated = Self {
            owed: Vec::new(),
            below: Vec::new(),
            back: Decimal::ZERO,
        };
        for row in list_unsettled(scope, person, currency)? {
            stated.add(scope, &row)?;
        }
        if stated.back + besides > Decimal::ZERO && !stated.owed.is_empty() {
            stated.leave_filed(sent.all(scope)?, currency)?;
        }
        Ok(stated)
    }

    /// What stands in a pay file and is not noted as paid is on its way: nothing is taken off that.
    fn leave_filed(&mut self, filed: &BTreeMap<u64, String>, currency: &str) -> Result<(), Error> {
        let mut beyond = Vec::new();
        let mut free = Vec::new();
        for (number, owed) in self.owed.drain(..) {
            let Some(amount) = filed.get(&number) else {
                free.push((number, owed));
                continue;
            };
            let sent = money_of(amount, currency)?;
            let rest = (owed.amount - sent.amount).max(Decimal::ZERO);
            beyond.push((number, Money::new(rest, owed.currency)));
        }
        free.extend(beyond);
        self.owed = free;
        Ok(())
    }

    fn add(&mut self, scope: &mut Scope<'_, '_>, row: &StatementRow) -> Result<(), Error> {
        let owed = money_of(&row.owed, &row.currency)?;
        if !owed.amount.is_zero() {
            self.owed
                .push((u64::try_from(row.number).unwrap_or(0), owed));
        }
        if balance_of(row)?.amount < Decimal::ZERO {
            let below = paid_so_far(scope, row)?.below()?;
            self.back += below.amount;
            self.below.push((row.number, below));
        }
        self.back += money_of(&row.carried, &row.currency)?.amount;
        Ok(())
    }

    fn left(&self) -> Decimal {
        let owed: Decimal = self.owed.iter().map(|(_, owed)| owed.amount).sum();
        (self.back - owed).max(Decimal::ZERO)
    }
}

/// What is on no statement yet, as a sum.
fn not_stated(
    scope: &mut Scope<'_, '_>,
    person: Uuid,
    currency: &str,
    unit: Currency,
) -> Result<Money, Error> {
    let mut sum = Exact::zero(unit);
    for row in list_open(scope, person, currency, i64::MAX)? {
        sum = sum.plus(earned_of(&row)?.posted.owed()?)?;
    }
    Ok(sum.rounded()?)
}
