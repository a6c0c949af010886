//! The notation of hledger and ledger.

use std::fmt::Write as _;

use offdesk_domain::money::{Money, to_minor_text};

use super::names::{Accounts, one_line};
use super::{Item, Names, What, negated};

/// Where money is paid from.
const PAID_FROM: &str = "assets:pay";
const FEES: &str = "expenses:fees";

pub(super) fn write(items: &[Item], accounts: &Accounts, names: &Names<'_>) -> String {
    let mut out = String::from("; Written by offdesk. Amounts are those of the statements.\n");
    for item in items {
        let payable = format!("liabilities:payable:{}", accounts.person(item.person));
        let name = plain(&(names.person)(item.person));
        let about = plain(&item.about(names));
        // Writing into a text cannot fail.
        let _ = write!(
            out,
            "\n{} * ({}) {name} | {about}  ; offdesk:{}\n",
            item.day,
            item.reference(),
            item.posting
        );
        let mut line = |account: &str, amount: String| {
            let _ = writeln!(out, "    {account}  {amount}");
        };
        match &item.what {
            What::Earned(activity) => {
                let expense = format!("expenses:delegation:{}", accounts.activity(*activity));
                line(&expense, text(item.amount));
                line(&payable, text(negated(item.amount)));
            }
            What::Paid(fee, exchange) => {
                match exchange {
                    Some(exchange) => {
                        let sent = text(exchange.sent);
                        line(&payable, format!("{} @@ {sent}", text(item.amount)));
                        line(PAID_FROM, text(negated(exchange.sent)));
                    }
                    None => {
                        line(&payable, text(item.amount));
                        line(PAID_FROM, text(negated(item.amount)));
                    }
                }
                if let Some(fee) = fee {
                    line(FEES, text(*fee));
                    line(PAID_FROM, text(negated(*fee)));
                }
            }
            What::Returned => {
                line(PAID_FROM, text(item.amount));
                line(&payable, text(negated(item.amount)));
            }
        }
    }
    out
}

/// A comment would begin at a semicolon, and a note at a bar.
fn plain(name: &str) -> String {
    one_line(&name.replace(';', ",").replace('|', "/"))
}

fn text(amount: Money) -> String {
    let currency = amount.currency;
    format!("{currency} {}", to_minor_text(amount.amount, currency))
}
