//! The notation of hledger and ledger.

use std::fmt::Write as _;

use offdesk_domain::money::{Money, to_minor_text};

use super::names::{Accounts, one_line};
use super::{Account, Item, Names};

pub(super) fn write(items: &[Item], accounts: &Accounts, names: &Names<'_>) -> String {
    let mut out = String::from("; Written by offdesk. Amounts are those of the statements.\n");
    for item in items {
        let name = plain(&item.payee(names));
        let about = plain(&item.about(names));
        let worked = item
            .worked
            .map_or_else(String::new, |day| format!(", worked:{day}"));
        // Writing into a text cannot fail.
        let _ = write!(
            out,
            "\n{} * ({}) {name} | {about}  ; offdesk:{}{worked}\n",
            item.day,
            item.reference(),
            item.id()
        );
        for entry in item.entries() {
            let account = account(entry.account, accounts);
            let _ = writeln!(out, "    {account}  {}", entry.written(text));
        }
    }
    out
}

fn account(account: Account, accounts: &Accounts) -> String {
    match account {
        Account::Delegation(id) => format!("expenses:delegation:{}", accounts.activity(id)),
        Account::Payable(id) => format!("liabilities:payable:{}", accounts.person(id)),
        Account::PaidFrom => "assets:pay".to_owned(),
        Account::Fees => "expenses:fees".to_owned(),
        Account::Tax => "expenses:tax".to_owned(),
        Account::Received => "income:received".to_owned(),
    }
}

/// A comment would begin at a semicolon, and a note at a bar.
fn plain(name: &str) -> String {
    one_line(&name.replace(';', ",").replace('|', "/"))
}

fn text(amount: Money) -> String {
    let currency = amount.currency;
    format!("{currency} {}", to_minor_text(amount.amount, currency))
}
