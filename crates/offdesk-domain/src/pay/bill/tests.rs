//! Bills held against work: who takes what, and what is left.

mod credits;

use jiff::Timestamp;

use super::*;
use crate::pay::{Books, Earned, Head, Posted, Quantity};
use crate::person::{Terms, Unit};
use crate::time::Seconds;

const PERSON: RecordId = RecordId([1; 16]);

fn money(text: &str) -> Money {
    Money::new(text.parse().unwrap(), "EUR".parse().unwrap())
}

fn day(of_october: i8) -> Day {
    Day::from_date(jiff::civil::date(2026, 10, of_october))
}

type Row = (&'static str, u8, i8, i64, Option<u64>);

/// Work by its number: activity, assignment, day, seconds at 36 an hour, and the statement it is on.
fn work(rows: &[Row]) -> Vec<Accepted> {
    work_at("36.00", rows)
}

fn work_at(price: &str, rows: &[Row]) -> Vec<Accepted> {
    let mut head = Head::new(RecordId([9; 16]));
    let all = rows
        .iter()
        .map(|(activity, assignment, on, seconds, statement)| {
            let earned = Earned {
                person: PERSON,
                handoff: RecordId([2; 16]),
                activity: RecordId([activity.as_bytes()[0]; 16]),
                assignment: (*assignment > 0).then_some(RecordId([*assignment; 16])),
                day: day(*on),
                quantity: Quantity::Time(Seconds(*seconds)),
                terms: Terms {
                    unit: Unit::Hour,
                    price: money(price),
                },
            };
            let posting = head.posting(Posted::Earned(earned), Timestamp::UNIX_EPOCH);
            head = Head::after(&posting);
            Accepted {
                posting,
                activity: (*activity).to_owned(),
                statement: *statement,
            }
        });
    all.collect()
}

/// Lines as "text|assignment|day|amount"; the answer as "postings:difference" for each, then what is not billed and the whole.
fn check(lines: &[&str], work: &[Accepted], expected: &str) {
    let of = BillOf {
        person: PERSON,
        rounding: Rounding::ExactSum,
        currency: "EUR".parse().unwrap(),
    };
    let read = |line: &&str| {
        let parts: Vec<&str> = line.split('|').collect();
        BillLine {
            text: parts[0].to_owned(),
            assignment: parts[1].parse().ok().map(|id| RecordId([id; 16])),
            day: parts[2].parse().ok().map(day),
            amount: money(parts[3]),
        }
    };
    let lines: Vec<BillLine> = lines.iter().map(read).collect();
    let found = match_bill(of, &lines, work).unwrap();
    let each: Vec<String> = found
        .lines
        .iter()
        .map(|line| format!("{:?}:{}", line.postings, line.difference.amount))
        .collect();
    let said = format!(
        "{} unbilled{:?} on{:?} {} of {} whole {}",
        each.join(" "),
        found.unbilled,
        found.statements,
        found.accepted.amount,
        found.billed.amount,
        found.is_whole()
    );
    assert_eq!(said, expected);
}

#[test]
fn lines_are_held_against_work() {
    let rows = work(&[
        ("Inbox", 7, 2, 3600, None),
        ("Inbox", 0, 3, 7200, None),
        ("Booking", 0, 4, 3600, None),
        ("Booking", 0, 5, 1800, None),
    ]);
    // An assignment that is named, one that never was accepted, and the smallest unit too much.
    check(
        &["x|7||36.01", "y|8||20.00"],
        &rows,
        "[1]:0.01 []:20.00 unbilled[2, 3, 4] on{} 36.00 of 56.01 whole false",
    );
    // An activity that is named: the one that comes to it, else all of it.
    check(
        &[
            "inbox, october||| 72.00".replace(' ', "").as_str(),
            "Booking|||54.00",
        ],
        &rows,
        "[2]:0.00 [3, 4]:0.00 unbilled[1] on{} 126.00 of 126.00 whole true",
    );
    check(
        &["Inbox|||110"],
        &rows,
        "[1, 2]:2.00 unbilled[3, 4] on{} 108.00 of 110 whole false",
    );
    // Amounts alone: two alike are two pieces of work, a day says which, and an activity's sum is found.
    check(
        &["a|||36", "b||4|36", "c|||72", "d|||18"],
        &rows,
        "[1]:0.00 [3]:0.00 [2]:0.00 [4]:0.00 unbilled[] on{} 162.00 of 162 whole true",
    );
    check(
        &["a|||108", "b|||54"],
        &rows,
        "[1, 2]:0.00 [3, 4]:0.00 unbilled[] on{} 162.00 of 162 whole true",
    );
    // What remains is the last line's.
    check(
        &["Inbox|||108", "the rest|||54.00"],
        &rows,
        "[1, 2]:0.00 [3, 4]:0.00 unbilled[] on{} 162.00 of 162.00 whole true",
    );
    // Nothing that fits is billed and was not accepted.
    check(
        &["a|||36", "b|||999"],
        &rows,
        "[1]:0.00 []:999 unbilled[2, 3, 4] on{} 36.00 of 1035 whole false",
    );
    // Billed twice: the second is for nothing that is left.
    check(
        &["a|7||36", "b|7||36"],
        &rows,
        "[1]:0.00 []:36 unbilled[2, 3, 4] on{} 36.00 of 72 whole false",
    );
}

#[test]
fn a_bill_that_is_a_sum_is_held_against_everything() {
    let rows = work(&[
        ("Inbox", 0, 2, 3600, None),
        ("Booking", 0, 4, 1800, None),
        ("Old", 0, 1, 3600, Some(4)),
        ("Old", 0, 1, 1, Some(4)),
    ]);
    check(
        &["|||54.00"],
        &rows,
        "[1, 2]:0.00 unbilled[] on{} 54.00 of 54.00 whole true",
    );
    check(
        &["|||60"],
        &rows,
        "[1, 2]:6.00 unbilled[] on{} 54.00 of 60 whole false",
    );
    // One piece of work alone, and the rest is not billed.
    check(
        &["|||18"],
        &rows,
        "[2]:0.00 unbilled[1] on{} 18.00 of 18 whole true",
    );
    // A statement that was drawn up before.
    check(
        &["|||36.01"],
        &rows,
        "[3, 4]:0.00 unbilled[1, 2] on{4} 36.01 of 36.01 whole true",
    );
    check(&["|||5"], &[], "[]:5 unbilled[] on{} 0 of 5 whole false");
}

#[test]
fn the_whole_is_rounded_once() {
    // A third of a cent each: three lines of nothing, and a cent in all.
    let rows = work_at(
        "12.00",
        &[
            ("A", 1, 2, 1, None),
            ("B", 2, 2, 1, None),
            ("C", 3, 2, 1, None),
        ],
    );
    check(
        &["|1||0.01", "|2||0", "|3||0"],
        &rows,
        "[1]:0.01 [2]:0.00 [3]:0.00 unbilled[] on{} 0.01 of 0.01 whole true",
    );
}

/// A statement of a bill takes the postings of the bill alone, whatever was stated before; the ledger with it holds, and holds no more once its
/// tax is changed.
#[test]
fn books_with_a_bill_hold() {
    let mut books = Books::new(RecordId([9; 16]));
    let now = Timestamp::UNIX_EPOCH;
    let whose = (PERSON, "EUR".parse().unwrap());
    let october = Period {
        from: day(1),
        to: day(31),
    };
    let mut postings = Vec::new();
    for one in work(&[
        ("Inbox", 0, 2, 3600, None),
        ("Inbox", 0, 3, 7200, None),
        ("Booking", 0, 4, 1800, None),
    ]) {
        if let Posted::Earned(earned) = one.posting.posted {
            postings.push(books.earn(earned, now).unwrap());
        }
    }
    let billed = |tax: &str| Billed {
        number: "RE-7".to_owned(),
        tax: money(tax),
    };
    let manner = (october, Rounding::ExactSum);
    let two = BTreeSet::from([1, 3]);
    let (statement, stated) = books
        .state_bill(whose, manner, &two, billed("10.26"), now)
        .unwrap();
    assert_eq!(statement.balance().unwrap(), money("64.26"));
    postings.push(stated);
    let refused = books.state_bill(whose, manner, &two, billed("0"), now);
    assert_eq!(refused.unwrap_err(), PayError::NotOpen(1));
    // The usual statement of the same days takes the rest.
    let (rest, stated) = books
        .state(whose, october, Rounding::ExactSum, now)
        .unwrap();
    assert_eq!(rest.sum, money("72.00"));
    postings.push(stated);
    assert_eq!(
        books.owed(PERSON, whose.1).rounded().unwrap(),
        money("136.26")
    );
    // The tax of the rest was billed later: it is stated alone, once there is one.
    let none = BTreeSet::new();
    let empty = books.state_bill(whose, manner, &none, billed("0"), now);
    assert_eq!(empty.unwrap_err().code(), "pay.empty");
    let (tax, stated) = books
        .state_bill(whose, manner, &none, billed("13.68"), now)
        .unwrap();
    assert_eq!(
        (tax.lines.len(), tax.balance().unwrap()),
        (0, money("13.68"))
    );
    postings.push(stated);
    assert_eq!(
        books.owed(PERSON, whose.1).rounded().unwrap(),
        money("149.94")
    );
    let workspace = RecordId([9; 16]);
    let verified = Books::verify(workspace, &postings, None).unwrap();
    assert_eq!(verified.standings().len(), 3);
    for change in [
        Some(billed("10.27")),
        Some(Billed {
            number: "RE-8".to_owned(),
            ..billed("10.26")
        }),
        None,
    ] {
        let mut changed = postings.clone();
        if let Posted::Stated(stated) = &mut changed[3].posted {
            stated.bill = change;
        }
        let broken = Books::verify(workspace, &changed, None).unwrap_err();
        assert_eq!(broken.code(), "pay.broken_hash");
    }
}
