//! The notation of beancount.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use offdesk_domain::money::{Money, to_minor_text};

use super::names::{Accounts, one_line};
use super::{Account, Item, Names};

pub(super) fn write(items: &[Item], accounts: &Accounts, names: &Names<'_>) -> String {
    let mut out = String::from("; Written by offdesk. Amounts are those of the statements.\n");
    let mut used = BTreeSet::new();
    let mut body = String::new();
    for item in items {
        let name = quoted(&item.payee(names));
        let about = quoted(&item.about(names));
        // Writing into a text cannot fail.
        let _ = write!(
            body,
            "\n{} * {name} {about} ^{}\n  offdesk-id: \"{}\"\n",
            item.day,
            item.reference(),
            item.id()
        );
        if let Some(day) = item.worked {
            let _ = writeln!(body, "  offdesk-worked: {day}");
        }
        for entry in item.entries() {
            let account = account(entry.account, accounts);
            let _ = writeln!(body, "  {account}  {}", entry.written(text));
            used.insert(account);
        }
    }
    // Items are in the order of days, so the first is when all accounts are open.
    if let Some(first) = items.first() {
        out.push('\n');
        for account in used {
            let _ = writeln!(out, "{} open {account}", first.day);
        }
    }
    out + &body
}

fn account(account: Account, accounts: &Accounts) -> String {
    match account {
        Account::Delegation(id) => format!("Expenses:Delegation:{}", accounts.activity(id)),
        Account::Payable(id) => format!("Liabilities:Payable:{}", accounts.person(id)),
        Account::PaidFrom => "Assets:Pay".to_owned(),
        Account::Fees => "Expenses:Fees".to_owned(),
        Account::Tax => "Expenses:Tax".to_owned(),
        Account::Received => "Income:Received".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let line = one_line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{line}\"")
}

fn text(amount: Money) -> String {
    let currency = amount.currency;
    format!("{} {currency}", to_minor_text(amount.amount, currency))
}
