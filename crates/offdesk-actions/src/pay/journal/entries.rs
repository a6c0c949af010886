//! The double entries of a transaction, and what a bookkeeper reads beside them.

use offdesk_domain::money::Money;
use offdesk_domain::pay::{RecordId, reference};

use super::{Item, Names, What};

/// An account of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Account {
    /// What an activity costs.
    Delegation(RecordId),
    /// What is owed to a person.
    Payable(RecordId),
    /// Where money is paid from.
    PaidFrom,
    /// What payments cost besides.
    Fees,
    /// The tax of bills.
    Tax,
    /// What came in because work was handed off.
    Received,
}

/// One of the lines of a transaction, which add up to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) account: Account,
    pub(super) amount: Money,
    /// What the amount was exchanged for.
    pub(super) sent: Option<Money>,
}

impl Entry {
    pub(super) fn new(account: Account, amount: Money) -> Self {
        Self {
            account,
            amount,
            sent: None,
        }
    }

    /// The amount in a tool's notation of money, with what it was exchanged for.
    pub(super) fn written(&self, text: fn(Money) -> String) -> String {
        match self.sent {
            // A total has no sign of its own: it is that of the amount.
            Some(sent) => format!("{} @@ {}", text(self.amount), text(absolute(sent))),
            None => text(self.amount),
        }
    }
}

impl Item {
    pub(super) fn entries(&self) -> Vec<Entry> {
        let payable = Account::Payable(self.person);
        match &self.what {
            What::Earned(activity) => vec![
                Entry::new(Account::Delegation(*activity), self.amount),
                Entry::new(payable, negated(self.amount)),
            ],
            What::Tax(_) => vec![
                Entry::new(Account::Tax, self.amount),
                Entry::new(payable, negated(self.amount)),
            ],
            What::Paid(fee, exchange) => {
                let sent = exchange.as_ref().map(|exchange| exchange.sent);
                let paid = Entry {
                    sent,
                    ..Entry::new(payable, self.amount)
                };
                let from = negated(sent.unwrap_or(self.amount));
                let mut entries = vec![paid, Entry::new(Account::PaidFrom, from)];
                if let Some(fee) = *fee {
                    entries.push(Entry::new(Account::Fees, fee));
                    entries.push(Entry::new(Account::PaidFrom, negated(fee)));
                }
                entries
            }
            What::Returned(sent, fee) => {
                let back = Entry {
                    sent: *sent,
                    ..Entry::new(payable, negated(self.amount))
                };
                let to = Entry::new(Account::PaidFrom, sent.unwrap_or(self.amount));
                let mut entries = vec![to, back];
                if let Some(fee) = *fee {
                    entries.push(Entry::new(Account::PaidFrom, fee));
                    entries.push(Entry::new(Account::Fees, negated(fee)));
                }
                entries
            }
            What::CameIn(_) => vec![
                Entry::new(Account::PaidFrom, self.amount),
                Entry::new(Account::Received, negated(self.amount)),
            ],
        }
    }

    pub(super) fn reference(&self) -> String {
        match &self.what {
            What::CameIn(it) => format!("IN-{:04}", it.number),
            _ => reference(self.statement),
        }
    }

    /// Whom it is about.
    pub(super) fn payee(&self, names: &Names<'_>) -> String {
        match self.what {
            What::CameIn(_) => "money that came in".to_owned(),
            _ => (names.person)(self.person),
        }
    }

    /// The number of what is kept, as a program finds it.
    pub(super) fn id(&self) -> String {
        match self.what {
            What::CameIn(_) => self.reference(),
            _ => self.posting.to_string(),
        }
    }

    /// What a bookkeeper reads beside the person's name.
    pub(super) fn about(&self, names: &Names<'_>) -> String {
        match &self.what {
            What::Earned(activity) => (names.activity)(*activity),
            What::Tax(bill) => format!("tax of bill {bill}"),
            What::Paid(..) if self.amount.amount.is_sign_negative() => "paid back".to_owned(),
            What::Paid(..) => "payment".to_owned(),
            What::Returned(..) => "payment returned".to_owned(),
            What::CameIn(it) => it.about.clone(),
        }
    }
}

fn absolute(amount: Money) -> Money {
    Money::new(amount.amount.abs(), amount.currency)
}

/// The amount with the other sign.
fn negated(amount: Money) -> Money {
    Money::new(-amount.amount, amount.currency)
}
