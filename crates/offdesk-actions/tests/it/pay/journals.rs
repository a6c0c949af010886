//! Journals: their text, and that they come to what is owed.

use std::collections::BTreeMap;

use offdesk_actions::pay::journal::{CameIn, Names, Tool, write};
use offdesk_domain::pay::{Exact, Exchange, Quantity};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

pub const NAMES: Names<'static> = Names {
    person: &names_of_people,
    activity: &names_of_activities,
};

/// A little of everything.
pub fn desk() -> Desk {
    let mut desk = Desk::new();
    let first = desk.hours(0, 0, "2026-02-13", 4320, "30.00 EUR");
    desk.hours(1, 1, "2026-02-14", 1200, "14.00 EUR");
    desk.hours(2, 2, "2026-02-15", 1000, "12.345 KWD");
    desk.hours(3, 3, "2026-02-16", 3600, "1500 JPY");
    desk.state("2026-02-01", &["EUR", "JPY", "KWD"]);
    let exchanged = Payment {
        fee: Some(money("1.50 USD")),
        exchange: Some(Exchange {
            sent: money("39.24 USD"),
            rate: "0.9174".parse().unwrap(),
            day: day("2026-03-01"),
            source: "the bank".to_owned(),
        }),
        ..payment(money("36.00 EUR"), "2026-03-02")
    };
    let paid = desk.pay(1, exchanged);
    let returned = desk.books.return_payment(1, paid, day("2026-03-04"), now());
    desk.postings.push(returned.unwrap());
    desk.pay(1, payment(money("36.00 EUR"), "2026-03-05"));
    desk.reverse(first);
    desk.hours(0, 0, "2026-03-06", 3600, "30.00 EUR");
    desk.state("2026-03-01", &["EUR"]);
    desk
}

/// Money that came in, and was taken back in part.
pub fn came_in() -> Vec<CameIn> {
    [
        (1, "250.00 EUR", "reminders, a client; paid"),
        (2, "-250.00 EUR", "takes back IN-0001"),
        (3, "1200 JPY", "by no single handoff"),
    ]
    .into_iter()
    .map(|(number, amount, about)| CameIn {
        number,
        day: day("2026-03-03"),
        amount: money(amount),
        about: about.to_owned(),
    })
    .collect()
}

#[test]
fn a_journal_for_hledger() {
    let desk = desk();
    let text = write(
        Tool::Ledger,
        &desk.statements,
        &desk.postings,
        came_in(),
        &NAMES,
    );
    let expected = "\
; Written by offdesk. Amounts are those of the statements.

2026-02-13 * (ST-0001) Noor Haddad | reminders  ; offdesk:1
    expenses:delegation:reminders  EUR 36.00
    liabilities:payable:noor  EUR -36.00

2026-02-14 * (ST-0002) Ana, Lee / \"Ltd\" | Booking & (invoices): all  ; offdesk:2
    expenses:delegation:booking-invoices-all  EUR 4.67
    liabilities:payable:ana  EUR -4.67

2026-02-15 * (ST-0003) Ольга =1+1 | =cmd()  ; offdesk:3
    expenses:delegation:cmd  KWD 3.429
    liabilities:payable:ольга  KWD -3.429

2026-02-16 * (ST-0004) 山田太郎 | 写真  ; offdesk:4
    expenses:delegation:写真  JPY 1500
    liabilities:payable:山田太郎  JPY -1500

2026-03-01 * (ST-0005) Noor Haddad | reminders  ; offdesk:12, worked:2026-02-13
    expenses:delegation:reminders  EUR -36.00
    liabilities:payable:noor  EUR 36.00

2026-03-02 * (ST-0001) Noor Haddad | payment  ; offdesk:9
    liabilities:payable:noor  EUR 36.00 @@ USD 39.24
    assets:pay  USD -39.24
    expenses:fees  USD 1.50
    assets:pay  USD -1.50

2026-03-03 * (IN-0001) money that came in | reminders, a client, paid  ; offdesk:IN-0001
    assets:pay  EUR 250.00
    income:received  EUR -250.00

2026-03-03 * (IN-0002) money that came in | takes back IN-0001  ; offdesk:IN-0002
    assets:pay  EUR -250.00
    income:received  EUR 250.00

2026-03-03 * (IN-0003) money that came in | by no single handoff  ; offdesk:IN-0003
    assets:pay  JPY 1200
    income:received  JPY -1200

2026-03-04 * (ST-0001) Noor Haddad | payment returned  ; offdesk:10
    assets:pay  USD 39.24
    liabilities:payable:noor  EUR -36.00 @@ USD 39.24

2026-03-05 * (ST-0001) Noor Haddad | payment  ; offdesk:11
    liabilities:payable:noor  EUR 36.00
    assets:pay  EUR -36.00

2026-03-06 * (ST-0005) Noor Haddad | reminders  ; offdesk:13
    expenses:delegation:reminders  EUR 30.00
    liabilities:payable:noor  EUR -30.00
";
    assert_eq!(text, expected);
}

#[test]
fn a_journal_for_beancount() {
    let desk = desk();
    let text = write(
        Tool::Beancount,
        &desk.statements,
        &desk.postings,
        came_in(),
        &NAMES,
    );
    let expected = "\
; Written by offdesk. Amounts are those of the statements.

2026-02-13 open Assets:Pay
2026-02-13 open Expenses:Delegation:Booking-invoices-all
2026-02-13 open Expenses:Delegation:Cmd
2026-02-13 open Expenses:Delegation:Reminders
2026-02-13 open Expenses:Delegation:Xie-Zhen
2026-02-13 open Expenses:Fees
2026-02-13 open Income:Received
2026-02-13 open Liabilities:Payable:Ana
2026-02-13 open Liabilities:Payable:Noor
2026-02-13 open Liabilities:Payable:Ol-ga
2026-02-13 open Liabilities:Payable:Shan-Tian-Tai-Lang

2026-02-13 * \"Noor Haddad\" \"reminders\" ^ST-0001
  offdesk-id: \"1\"
  Expenses:Delegation:Reminders  36.00 EUR
  Liabilities:Payable:Noor  -36.00 EUR
";
    assert!(text.starts_with(expected), "{text}");
    let exchanged = "\
2026-03-02 * \"Noor Haddad\" \"payment\" ^ST-0001
  offdesk-id: \"9\"
  Liabilities:Payable:Noor  36.00 EUR @@ 39.24 USD
  Assets:Pay  -39.24 USD
  Expenses:Fees  1.50 USD
  Assets:Pay  -1.50 USD
";
    assert!(text.contains(exchanged), "{text}");
    // What was exchanged comes back as what was sent; the fee does not.
    let returned = "\
2026-03-04 * \"Noor Haddad\" \"payment returned\" ^ST-0001
  offdesk-id: \"10\"
  Assets:Pay  39.24 USD
  Liabilities:Payable:Noor  -36.00 EUR @@ 39.24 USD
";
    assert!(text.contains(returned), "{text}");
    assert!(
        text.contains("\"Ana; Lee | \\\"Ltd\\\"\" \"Booking & (invoices): all\""),
        "{text}"
    );
    assert_eq!(
        write(Tool::Beancount, &[], &[], Vec::new(), &NAMES)
            .lines()
            .count(),
        1
    );
}

/// What each account comes to, by currency; what is exchanged counts as what the person gets.
fn balances(journal: &str) -> BTreeMap<(String, String), Decimal> {
    let mut sums = BTreeMap::new();
    for line in journal.lines().filter_map(|line| line.strip_prefix("    ")) {
        let (account, rest) = line.split_once("  ").unwrap();
        let mut words = rest.split(' ');
        let currency = words.next().unwrap().to_owned();
        let amount: Decimal = words.next().unwrap().parse().unwrap();
        *sums.entry((account.to_owned(), currency)).or_default() += amount;
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The journal owes each person what the ledger owes: to the smallest unit, in every currency, whatever was corrected.
    #[test]
    fn journals_come_to_what_is_owed(
        work in proptest::collection::vec((0..4_u8, 0..4_u8, 0..28_i32, 1..20_000_i64, 1..90_000_i64, 0..3_usize, any::<bool>()), 1..40),
        shares in proptest::collection::vec(0..=4_u32, 12),
    ) {
        const CURRENCIES: [&str; 3] = ["EUR", "JPY", "KWD"];
        let mut desk = Desk::new();
        let mut wrong = Vec::new();
        for (person, activity, on, seconds, price, currency, is_wrong) in work {
            let currency: Currency = CURRENCIES[currency].parse().unwrap();
            let price = Money::new(Decimal::new(price, currency.minor_digits()), currency);
            let on = Day(day("2026-02-01").0 + on);
            let number = desk.earn(person, activity, on, Quantity::Time(Seconds(seconds)), price);
            wrong.extend(is_wrong.then_some(number));
        }
        desk.state("2026-02-01", &CURRENCIES);
        for (statement, share) in (1..).zip(shares).take(desk.statements.len()) {
            let owed = desk.books.standings()[&statement].payments.owed().unwrap();
            let part = owed.amount * Decimal::from(share) / Decimal::from(4);
            let part = Money::new(offdesk_domain::money::round_to_minor(part, owed.currency), owed.currency);
            if part.amount > Decimal::ZERO {
                let paid = desk.pay(statement, payment(part, "2026-03-02"));
                if share == 1 {
                    let returned = desk.books.return_payment(statement, paid, day("2026-03-04"), now());
                    desk.postings.push(returned.unwrap());
                }
            }
        }
        wrong.into_iter().for_each(|number| desk.reverse(number));
        desk.state("2026-03-01", &CURRENCIES);
        let journal = write(Tool::Ledger, &desk.statements, &desk.postings, came_in(), &NAMES);
        let sums = balances(&journal);
        for (person, account) in [(0, "noor"), (1, "ana"), (2, "ольга"), (3, "山田太郎")] {
            for currency in CURRENCIES {
                let account = format!("liabilities:payable:{account}");
                let sum = sums.get(&(account, currency.to_owned())).copied().unwrap_or_default();
                let sum = Money::new(-sum, currency.parse().unwrap());
                prop_assert_eq!(desk.books.owed(id(person), sum.currency), Exact::of(sum).unwrap());
            }
        }
        for currency in CURRENCIES {
            let all: Decimal = sums.iter().filter(|((_, of), _)| of == currency).map(|(_, sum)| *sum).sum();
            prop_assert!(all.is_zero());
        }
    }
}
