//! Earnings, statements and payments by worked cases; random histories beside.

mod booked;
mod chain;
mod histories;

use jiff::Timestamp;

use super::*;
use crate::person::{Terms, Unit};
use crate::time::{Period, Seconds};

pub(super) const WORKSPACE: RecordId = RecordId([7; 16]);
pub(super) const NOOR: RecordId = RecordId([1; 16]);

pub(super) fn id(number: u8) -> RecordId {
    RecordId([number; 16])
}

pub(super) fn day(text: &str) -> Day {
    Day::from_date(text.parse().unwrap())
}

pub(super) fn now(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub(super) fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap();
    Money::new(amount.parse().unwrap(), currency.parse().unwrap())
}

pub(super) fn terms(unit: Unit, price: &str) -> Terms {
    Terms::new(unit, money(price)).unwrap()
}

pub(super) fn hours(on: &str, seconds: i64, rate: &str, activity: u8) -> Earned {
    Earned {
        person: NOOR,
        handoff: id(20),
        activity: id(activity),
        assignment: None,
        day: day(on),
        quantity: Quantity::Time(Seconds(seconds)),
        terms: terms(Unit::Hour, rate),
    }
}

pub(super) fn payment(amount: &str) -> Payment {
    Payment {
        amount: money(amount),
        day: day("2026-03-02"),
        fee: None,
        exchange: None,
        note: String::new(),
    }
}

fn month(on: &str) -> Period {
    Cycle::Monthly.period(day(on))
}

fn eur() -> Currency {
    "EUR".parse().unwrap()
}

fn work(on: &str, done: Done, agreed: Option<Terms>) -> Work {
    Work {
        person: NOOR,
        handoff: id(20),
        activity: id(30),
        assignment: Some(id(40)),
        day: day(on),
        done,
        agreed,
    }
}

#[test]
fn work_earns_by_the_terms_of_its_day() {
    let dated = [
        (day("2026-01-01"), terms(Unit::Hour, "14.00 USD")),
        (day("2026-02-01"), terms(Unit::Hour, "16.00 USD")),
        (day("2026-03-01"), terms(Unit::Assignment, "25.00 USD")),
    ];
    let check = |on: &str, done, agreed: Option<Terms>, expected: &str| {
        let said = match earned(&work(on, done, agreed), &dated) {
            Ok(Some(earned)) => earned.exact().unwrap().rounded().unwrap().to_string(),
            Ok(None) => "nothing".to_owned(),
            Err(error) => error.code().to_owned(),
        };
        assert_eq!(said, expected, "{on} {done:?}");
    };
    let hour = |hours: i64| Done::Hours(Seconds(3600 * hours));
    check("2026-01-31", hour(2), None, "28.00 USD");
    check("2026-02-01", hour(2), None, "32.00 USD");
    check("2026-02-28", Done::Assignment, None, "nothing");
    check("2026-03-01", Done::Assignment, None, "25.00 USD");
    check("2026-03-01", hour(2), None, "nothing");
    check("2025-12-31", hour(2), None, "pay.no_terms");
    check("2026-01-31", hour(0), None, "pay.time");
    check("2026-01-31", hour(-1), None, "pay.time");
    check("2026-01-31", hour(8785), None, "pay.time");
    // What was agreed for one assignment holds, whatever the terms of its day are.
    let frozen = Some(terms(Unit::Assignment, "30.00 USD"));
    check("2026-01-31", Done::Assignment, frozen, "30.00 USD");
    let milestone = Some(terms(Unit::Milestone, "1250 JPY"));
    check("2026-01-31", Done::Milestone, milestone, "1250 JPY");
    check("2026-01-31", Done::Assignment, milestone, "nothing");
}

#[test]
fn a_retainer_is_earned_day_by_day() {
    let retainer = |price| terms(Unit::Retainer, price);
    let dated = [
        (day("2026-01-10"), retainer("310.00 EUR")),
        (day("2026-02-15"), retainer("560.00 EUR")),
        (day("2026-04-01"), terms(Unit::Hour, "20.00 EUR")),
        (day("2026-04-16"), retainer("300.00 EUR")),
    ];
    let check = |on: &str, from: &str, to: &str, expected: &[(&str, &str)]| {
        let held = Period {
            from: day(from),
            to: day(to),
        };
        let parts = retained(&work(on, Done::Assignment, None), held, &dated).unwrap();
        let said: Vec<(String, String)> = parts
            .iter()
            .map(|part| {
                let amount = part.exact().unwrap().rounded().unwrap();
                (part.day.to_string(), amount.to_string())
            })
            .collect();
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(on, amount)| ((*on).to_owned(), (*amount).to_owned()))
            .collect();
        assert_eq!(said, expected, "{on}");
    };
    let (from, to) = ("2026-01-01", "2026-12-31");
    // 22 of 31 days, then 14 and 14 of 28, then a whole month.
    check("2026-01-20", from, to, &[("2026-01-31", "220.00 EUR")]);
    let february = [("2026-02-14", "155.00 EUR"), ("2026-02-28", "280.00 EUR")];
    check("2026-02-01", from, to, &february);
    check("2026-03-31", from, to, &[("2026-03-31", "560.00 EUR")]);
    // By the hour in the first half of April, which is no retainer.
    check("2026-04-01", from, to, &[("2026-04-30", "150.00 EUR")]);
    // A handoff that ends on the 7th.
    check(
        "2026-02-01",
        from,
        "2026-02-07",
        &[("2026-02-07", "77.50 EUR")],
    );
    check("2026-02-01", "2026-03-01", to, &[]);
}

/// One tracker rounds each day of each project, so that its own statement is reproduced to the cent: twenty minutes at 14.00 each.
#[test]
fn two_rules_of_rounding() {
    let mut books = Books::new(WORKSPACE);
    for (on, activity) in [("2026-02-03", 1), ("2026-02-03", 2), ("2026-02-04", 1)] {
        books
            .earn(hours(on, 1200, "14.00 EUR", activity), now(0))
            .unwrap();
    }
    let check = |rounding, sum: &str, lines: [&str; 3]| {
        let mut books = books.clone();
        let whose = (NOOR, eur());
        let (statement, _) = books
            .state(whose, month("2026-02-01"), rounding, now(1))
            .unwrap();
        assert_eq!(statement.sum, money(sum));
        let shown: Vec<String> = statement
            .lines
            .iter()
            .map(|it| it.amount.to_string())
            .collect();
        assert_eq!(shown, lines);
        assert_eq!(reference(statement.number), "ST-0001");
        // The rounding is in the ledger, so what is owed is whole.
        assert_eq!(books.owed(NOOR, eur()), Exact::of(money(sum)).unwrap());
    };
    check(
        Rounding::ExactSum,
        "14.00 EUR",
        ["4.67 EUR", "4.66 EUR", "4.67 EUR"],
    );
    check(
        Rounding::EachCell,
        "14.01 EUR",
        ["4.67 EUR", "4.67 EUR", "4.67 EUR"],
    );
}

#[test]
fn a_paid_period_never_changes() {
    let (mut books, whose) = (Books::new(WORKSPACE), (NOOR, eur()));
    let february = month("2026-02-01");
    let first = books
        .earn(hours("2026-02-03", 7200, "20.00 EUR", 1), now(0))
        .unwrap();
    books
        .earn(hours("2026-02-04", 3600, "20.00 EUR", 1), now(1))
        .unwrap();
    books
        .state(whose, february, Rounding::ExactSum, now(2))
        .unwrap();
    books.pay(1, payment("60.00 EUR"), now(3)).unwrap();
    let paid = books.standings()[&1].clone();
    assert_eq!(paid.payments.state(), Ok(State::Paid));

    // It was one hour, not two; and an hour of February was forgotten.
    books.reverse(first.number, now(4)).unwrap();
    assert_eq!(
        books.reverse(first.number, now(4)),
        Err(PayError::Reversed(1))
    );
    books
        .earn(hours("2026-02-03", 3600, "20.00 EUR", 1), now(5))
        .unwrap();
    books
        .earn(hours("2026-02-20", 3600, "20.00 EUR", 1), now(6))
        .unwrap();
    books
        .earn(hours("2026-03-05", 1800, "20.00 EUR", 1), now(7))
        .unwrap();
    let again = books.state(whose, february, Rounding::ExactSum, now(8));
    assert_eq!(again.unwrap_err().code(), "pay.backwards");
    let (march, _) = books
        .state(whose, month("2026-03-01"), Rounding::ExactSum, now(9))
        .unwrap();
    assert_eq!(books.standings()[&1], paid);
    let shown: Vec<String> = march.lines.iter().map(|it| it.amount.to_string()).collect();
    assert_eq!(shown, ["-40.00 EUR", "20.00 EUR", "20.00 EUR", "10.00 EUR"]);
    assert_eq!(march.lines[0].reverses, Some(1));
    assert_eq!(march.sum, money("10.00 EUR"));
    let nothing = books.state(whose, month("2026-04-01"), Rounding::ExactSum, now(9));
    assert_eq!(nothing.unwrap_err().code(), "pay.empty");
}

#[test]
fn what_is_below_nothing_is_taken_off_the_next_ones() {
    let (mut books, whose) = (Books::new(WORKSPACE), (NOOR, eur()));
    let mut at = 0;
    let mut state = |books: &mut Books, on: &str| {
        at += 1;
        let (statement, _) = books
            .state(whose, month(on), Rounding::ExactSum, now(at))
            .unwrap();
        let standing = &books.standings()[&statement.number];
        let owed = standing.payments.owed().unwrap();
        (
            statement.balance().unwrap().to_string(),
            owed.to_string(),
            standing.payments.state().unwrap(),
        )
    };
    let first = books
        .earn(hours("2026-01-05", 36_000, "10.00 EUR", 1), now(0))
        .unwrap();
    let owed = |balance: &str, owed: &str, state| (balance.to_owned(), owed.to_owned(), state);
    assert_eq!(
        state(&mut books, "2026-01-01"),
        owed("100.00 EUR", "100.00 EUR", State::Open)
    );
    books.pay(1, payment("100.00 EUR"), now(0)).unwrap();
    books.reverse(first.number, now(0)).unwrap();
    assert_eq!(
        state(&mut books, "2026-02-01"),
        owed("-100.00 EUR", "0.00 EUR", State::Carried)
    );
    books
        .earn(hours("2026-03-05", 10_800, "10.00 EUR", 1), now(0))
        .unwrap();
    assert_eq!(
        state(&mut books, "2026-03-01"),
        owed("-70.00 EUR", "0.00 EUR", State::Carried)
    );
    // Nothing was earned in April, and something is still carried on.
    assert_eq!(
        state(&mut books, "2026-04-01"),
        owed("-70.00 EUR", "0.00 EUR", State::Carried)
    );
    books
        .earn(hours("2026-05-05", 36_000, "10.00 EUR", 1), now(0))
        .unwrap();
    assert_eq!(
        state(&mut books, "2026-05-01"),
        owed("30.00 EUR", "30.00 EUR", State::Open)
    );
    let refused = books.pay(4, payment("1.00 EUR"), now(0)).unwrap_err();
    assert_eq!(refused.code(), "pay.too_much");
    books.pay(5, payment("30.00 EUR"), now(0)).unwrap();
    assert!(books.owed(NOOR, eur()).is_zero());
}

#[test]
fn payments_in_parts_and_some_that_come_back() {
    let (mut books, whose) = (Books::new(WORKSPACE), (NOOR, eur()));
    books
        .earn(hours("2026-02-03", 3600, "100.00 EUR", 1), now(0))
        .unwrap();
    books
        .state(whose, month("2026-02-01"), Rounding::ExactSum, now(1))
        .unwrap();
    let stands = |books: &Books| {
        let payments = &books.standings()[&1].payments;
        (
            payments.state().unwrap(),
            payments.owed().unwrap().to_string(),
        )
    };
    let refused = |books: &mut Books, payment| books.pay(1, payment, now(2)).unwrap_err().code();
    assert_eq!(stands(&books), (State::Open, "100.00 EUR".into()));
    let part = books.pay(1, payment("40.00 EUR"), now(2)).unwrap();
    assert_eq!(stands(&books), (State::PartlyPaid, "60.00 EUR".into()));
    assert_eq!(refused(&mut books, payment("60.01 EUR")), "pay.too_much");
    assert_eq!(refused(&mut books, payment("1.00 USD")), "pay.currencies");
    assert_eq!(refused(&mut books, payment("0.00 EUR")), "pay.not_positive");
    assert_eq!(
        refused(&mut books, payment("-1.00 EUR")),
        "pay.too_much_back"
    );
    assert_eq!(refused(&mut books, payment("1.005 EUR")), "pay.digits");
    let rest = books.pay(1, payment("60.00 EUR"), now(3)).unwrap();
    assert_eq!(stands(&books), (State::Paid, "0.00 EUR".into()));
    books
        .return_payment(1, part.number, day("2026-03-05"), now(4))
        .unwrap();
    assert_eq!(stands(&books), (State::PaymentReturned, "40.00 EUR".into()));
    let twice = books.return_payment(1, part.number, day("2026-03-05"), now(4));
    assert_eq!(twice.unwrap_err().code(), "pay.no_payment");
    books.pay(1, payment("10.00 EUR"), now(5)).unwrap();
    assert_eq!(stands(&books), (State::PartlyPaid, "30.00 EUR".into()));
    books
        .return_payment(1, rest.number, day("2026-03-06"), now(6))
        .unwrap();
    assert_eq!(stands(&books), (State::PaymentReturned, "90.00 EUR".into()));
    assert_eq!(
        books
            .pay(2, payment("1.00 EUR"), now(7))
            .unwrap_err()
            .code(),
        "pay.no_statement"
    );
    assert_eq!(
        books.owed(NOOR, eur()),
        Exact::of(money("90.00 EUR")).unwrap()
    );
}

#[test]
fn what_cannot_be_reversed() {
    let mut books = Books::new(WORKSPACE);
    books
        .earn(hours("2026-02-03", 3600, "100.00 EUR", 1), now(0))
        .unwrap();
    let reversal = books.reverse(1, now(1)).unwrap();
    let code = |books: &mut Books, of| books.reverse(of, now(2)).unwrap_err().code();
    assert_eq!(code(&mut books, 1), "pay.reversed");
    assert_eq!(code(&mut books, reversal.number), "pay.not_earned");
    assert_eq!(code(&mut books, 9), "pay.no_posting");
    // Earned and taken back in one period: both lines, and nothing to pay.
    let (statement, _) = books
        .state(
            (NOOR, eur()),
            month("2026-02-01"),
            Rounding::EachCell,
            now(3),
        )
        .unwrap();
    assert_eq!(
        (statement.lines.len(), statement.sum),
        (2, money("0.00 EUR"))
    );
    assert_eq!(books.standings()[&1].payments.state(), Ok(State::Paid));
}

#[test]
fn figures_of_an_exchange_fit_each_other() {
    let check = |sent: &str, rate: &str, amount: &str, source: &str, expected: &str| {
        let exchanged = Payment {
            exchange: Some(Exchange {
                sent: money(sent),
                rate: rate.parse().unwrap(),
                day: day("2026-03-02"),
                source: source.to_owned(),
            }),
            fee: Some(money("1.50 USD")),
            ..payment(amount)
        };
        let said = exchanged
            .check()
            .map_or_else(|error| error.code(), |()| "ok");
        assert_eq!(said, expected, "{sent} {rate} {amount}");
    };
    check("109.00 USD", "0.9174", "100.00 EUR", "the bank", "ok");
    check(
        "109.00 USD",
        "0.9184",
        "100.00 EUR",
        "the bank",
        "pay.exchange",
    );
    check(
        "109.00 USD",
        "1.09",
        "100.00 EUR",
        "the bank",
        "pay.exchange",
    );
    check("100.00 EUR", "1", "100.00 EUR", "the bank", "pay.exchange");
    check(
        "0.00 USD",
        "0.9174",
        "100.00 EUR",
        "the bank",
        "pay.not_positive",
    );
    check("109.00 USD", "0.9174", "100.00 EUR", " ", "pay.text");
    check("10.00 USD", "150.123", "1501 JPY", "the bank", "ok");
    let fee = |fee: &str| Payment {
        fee: Some(money(fee)),
        ..payment("1.00 EUR")
    };
    assert_eq!(
        fee("-1.00 EUR").check().unwrap_err().code(),
        "pay.not_positive"
    );
    assert_eq!(fee("0.00 EUR").check(), Ok(()));
}

/// A transfer of one euro to try an account may cost fifteen.
#[test]
fn a_fee_of_a_small_payment_may_be_more_than_ten_times_as_much() {
    let check = |amount: &str, fee: &str, is_taken: bool| {
        let paid = Payment {
            fee: Some(money(fee)),
            ..payment(amount)
        };
        assert_eq!(paid.check_fee().is_ok(), is_taken, "{amount} {fee}");
    };
    check("1.00 EUR", "15.00 EUR", true);
    check("1.00 EUR", "100.00 EUR", true);
    check("1.00 EUR", "100.01 EUR", false);
    check("20.00 EUR", "200.00 EUR", true);
    check("20.00 EUR", "200.01 EUR", false);
    check("100 JPY", "7500 JPY", true);
    check("100 JPY", "100001 JPY", false);
    check("1.000 KWD", "100.001 KWD", false);
}

#[test]
fn words_lead_back() {
    for rule in Rounding::ALL {
        assert_eq!(Rounding::of(rule.word()), Some(rule));
    }
    for state in State::ALL {
        assert_eq!(State::of(state.word()), Some(state));
    }
    for kind in file::Kind::ALL {
        assert_eq!(file::Kind::of(kind.word()), Some(kind));
    }
}

/// A pay run of a thousand people with a hundred assignments each, and the ledger of it walked through: how long it takes is what the test
/// takes.
#[test]
fn a_pay_run_of_a_thousand_people() {
    let mut books = Books::new(WORKSPACE);
    let mut postings = Vec::new();
    let person = |number: u32| {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        RecordId(id)
    };
    for number in 0..100_000_u32 {
        let on = day("2026-02-01").0 + i32::try_from(number % 28).unwrap();
        let earned = Earned {
            person: person(number % 1000),
            day: Day(on),
            quantity: Quantity::Times(1),
            terms: terms(Unit::Assignment, "12.34 EUR"),
            ..hours("2026-02-01", 1, "1 EUR", 1)
        };
        postings.push(books.earn(earned, now(0)).unwrap());
    }
    for number in 0..1000 {
        let whose = (person(number), eur());
        let period = month("2026-02-01");
        let (statement, posting) = books
            .state(whose, period, Rounding::EachCell, now(1))
            .unwrap();
        assert_eq!(
            (statement.lines.len(), statement.sum),
            (100, money("1234.00 EUR"))
        );
        postings.push(posting);
        let paid = books
            .pay(statement.number, payment("1234.00 EUR"), now(2))
            .unwrap();
        postings.push(paid);
    }
    let verified = Books::verify(WORKSPACE, &postings, Some(books.head())).unwrap();
    assert_eq!(verified.standings().len(), 1000);
}

/// A ledger of before stays readable: the next statement carried what the last one had left, whatever was owed besides.
#[test]
fn what_was_carried_beside_an_open_statement_still_holds() {
    let (mut books, whose) = (Books::new(WORKSPACE), (NOOR, eur()));
    let mut postings = Vec::new();
    let first = books
        .earn(hours("2026-01-05", 72_000, "10.00 EUR", 1), now(0))
        .unwrap();
    let january = books.state(whose, month("2026-01-01"), Rounding::ExactSum, now(1));
    let taken = books.reverse(first.number, now(2)).unwrap();
    let again = books
        .earn(hours("2026-01-05", 36_000, "10.00 EUR", 1), now(3))
        .unwrap();
    let february = books.state(whose, month("2026-02-01"), Rounding::ExactSum, now(4));
    let more = books
        .earn(hours("2026-03-05", 54_000, "10.00 EUR", 1), now(5))
        .unwrap();
    postings.extend([first, january.unwrap().1, taken, again, february.unwrap().1]);
    assert!(books.owed_back(NOOR, eur()).amount.is_zero());
    let head = Head::after(&more);
    postings.push(more);
    let (march, posting) = books
        .state(whose, month("2026-03-01"), Rounding::ExactSum, now(6))
        .unwrap();
    assert_eq!(march.carried, money("0.00 EUR"));
    let mut ledger = postings.clone();
    ledger.push(posting);
    assert!(Books::verify(WORKSPACE, &ledger, None).is_ok());
    let carried = |carried: &str| {
        let stated = Stated {
            carried: money(carried),
            ..march.stated()
        };
        let mut ledger = postings.clone();
        ledger.push(head.posting(Posted::Stated(stated), now(6)));
        Books::verify(WORKSPACE, &ledger, None)
    };
    assert!(carried("-100.00 EUR").is_ok());
    assert_eq!(
        carried("-50.00 EUR").unwrap_err().code(),
        "pay.broken_statement"
    );
}

#[test]
fn what_is_below_nothing_is_paid_back() {
    let (mut books, whose) = (Books::new(WORKSPACE), (NOOR, eur()));
    let first = books
        .earn(hours("2026-01-05", 36_000, "10.00 EUR", 1), now(0))
        .unwrap();
    books
        .state(whose, month("2026-01-01"), Rounding::ExactSum, now(1))
        .unwrap();
    books.pay(1, payment("100.00 EUR"), now(2)).unwrap();
    books.reverse(first.number, now(3)).unwrap();
    books
        .state(whose, month("2026-02-01"), Rounding::ExactSum, now(4))
        .unwrap();
    let mut back = |amount: &str| {
        books
            .pay(2, payment(amount).turned(), now(5))
            .map(|posting| posting.number)
    };
    assert_eq!(back("100.01 EUR").unwrap_err().code(), "pay.too_much_back");
    back("60.00 EUR").unwrap();
    let rest = back("40.00 EUR").unwrap();
    assert_eq!(back("0.01 EUR").unwrap_err().code(), "pay.too_much_back");
    assert!(books.owed(NOOR, eur()).is_zero());
    assert_eq!(books.standings()[&2].payments.state(), Ok(State::Paid));
    books
        .return_payment(2, rest, day("2026-03-03"), now(6))
        .unwrap();
    assert_eq!(books.owed_back(NOOR, eur()), money("40.00 EUR"));
    assert_eq!(books.standings()[&2].payments.state(), Ok(State::Carried));
}
