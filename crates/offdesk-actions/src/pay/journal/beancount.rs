//! The notation of beancount.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use offdesk_domain::money::{Money, to_minor_text};

use super::names::{Accounts, one_line};
use super::{Item, Names, What, negated};

/// Where money is paid from.
const PAID_FROM: &str = "Assets:Pay";
const FEES: &str = "Expenses:Fees";

pub(super) fn write(items: &[Item], accounts: &Accounts, names: &Names<'_>) -> String {
    let mut out = String::from("; Written by offdesk. Amounts are those of the statements.\n");
    let mut used = BTreeSet::new();
    let mut body = String::new();
    for item in items {
        let name = quoted(&(names.person)(item.person));
        let about = quoted(&item.about(names));
        // Writing into a text cannot fail.
        let _ = write!(
            body,
            "\n{} * {name} {about} ^{}\n  offdesk-id: \"{}\"\n",
            item.day,
            item.reference(),
            item.posting
        );
        for (account, amount) in lines(item, accounts) {
            let _ = writeln!(body, "  {account}  {amount}");
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

fn lines(item: &Item, accounts: &Accounts) -> Vec<(String, String)> {
    let payable = format!("Liabilities:Payable:{}", accounts.person(item.person));
    let paid_from = |amount: Money| (PAID_FROM.to_owned(), text(negated(amount)));
    let mut lines = Vec::new();
    match &item.what {
        What::Earned(activity) => {
            let expense = format!("Expenses:Delegation:{}", accounts.activity(*activity));
            lines.push((expense, text(item.amount)));
            lines.push((payable, text(negated(item.amount))));
        }
        What::Paid(fee, exchange) => {
            match exchange {
                Some(exchange) => {
                    let amount = format!("{} @@ {}", text(item.amount), text(exchange.sent));
                    lines.push((payable, amount));
                    lines.push(paid_from(exchange.sent));
                }
                None => {
                    lines.push((payable, text(item.amount)));
                    lines.push(paid_from(item.amount));
                }
            }
            if let Some(fee) = fee {
                lines.push((FEES.to_owned(), text(*fee)));
                lines.push(paid_from(*fee));
            }
        }
        What::Returned => {
            lines.push((PAID_FROM.to_owned(), text(item.amount)));
            lines.push((payable, text(negated(item.amount))));
        }
    }
    lines
}

fn quoted(text: &str) -> String {
    let line = one_line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{line}\"")
}

fn text(amount: Money) -> String {
    let currency = amount.currency;
    format!("{} {currency}", to_minor_text(amount.amount, currency))
}
