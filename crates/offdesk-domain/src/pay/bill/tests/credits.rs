//! What was taken back or put right of work that was paid is taken off a bill.

use super::*;

/// Takes the first piece of work back and, where seconds are named, puts them in its place.
fn put_right(all: Vec<Accepted>, seconds: Option<i64>) -> Vec<Accepted> {
    put_right_by(all, |earned| {
        let quantity = Quantity::Time(Seconds(seconds?));
        Some(Earned { quantity, ..earned })
    })
}

fn put_right_by(mut all: Vec<Accepted>, right: impl Fn(Earned) -> Option<Earned>) -> Vec<Accepted> {
    let Posted::Earned(earned) = all[0].posting.posted else {
        return all;
    };
    let mut head = Head::after(&all[all.len() - 1].posting);
    let mut add = |posted| {
        let posting = head.posting(posted, Timestamp::UNIX_EPOCH);
        head = Head::after(&posting);
        let activity = all[0].activity.clone();
        all.push(Accepted {
            posting,
            activity,
            statement: None,
        });
    };
    let why = String::new();
    add(Posted::Reversed { of: 1, earned, why });
    if let Some(right) = right(earned) {
        add(Posted::Earned(right));
    }
    all
}

#[test]
fn what_was_put_right_is_taken_off() {
    let rows: [Row; 2] = [
        ("Inbox", 5, 1, 3_600, Some(1)),
        ("Inbox", 6, 8, 7_200, None),
    ];
    let taken_back = put_right(work(&rows), None);
    let less = put_right(work(&rows), Some(1_800));
    // By its assignment, by its activity, and as one sum: 72 was accepted, and 36 is taken off.
    for line in ["|6||72", "Inbox|||72", "|||72"] {
        check(
            &[line],
            &taken_back,
            "[2]:0.00 unbilled[] on{} 36.00 of 72 whole false",
        );
        check(
            &[line],
            &less,
            "[2]:0.00 unbilled[] on{} 54.00 of 72 whole false",
        );
    }
    // Who sends the bill has taken it off: in a line of its own, or in the sum.
    check(
        &["|6||72", "|5||-36"],
        &taken_back,
        "[2]:0.00 [3]:0.00 unbilled[] on{} 36.00 of 36 whole true",
    );
    check(
        &["|||36"],
        &taken_back,
        "[2, 3]:0.00 unbilled[] on{} 36.00 of 36 whole true",
    );
}

/// A bill whose work was on a statement could not be approved while anything had been taken back, and one beside hours that were put up was
/// paid above what it said.
#[test]
fn nothing_is_taken_off_what_is_stated_and_nothing_is_added() {
    let rows: [Row; 2] = [
        ("Inbox", 5, 1, 3_600, Some(1)),
        ("Inbox", 6, 8, 7_200, Some(2)),
    ];
    check(
        &["|||72"],
        &put_right(work(&rows), None),
        "[2]:0.00 unbilled[3] on{2} 72.00 of 72 whole true",
    );
    let rows: [Row; 2] = [
        ("Inbox", 5, 1, 3_600, Some(1)),
        ("Inbox", 6, 8, 7_200, None),
    ];
    check(
        &["|6||72"],
        &put_right(work(&rows), Some(7_200)),
        "[2]:0.00 unbilled[3, 4] on{} 72.00 of 72 whole true",
    );
}

/// A price that was put right was taken off the next bill as if nothing had been earned in its place.
#[test]
fn a_price_that_was_put_right_is_taken_off_by_what_it_is_less() {
    let rows: [Row; 2] = [
        ("Inbox", 5, 1, 3_600, Some(1)),
        ("Inbox", 6, 8, 7_200, None),
    ];
    let all = put_right_by(work(&rows), |earned| {
        let price = money("30.00");
        let terms = Terms {
            price,
            ..earned.terms
        };
        Some(Earned { terms, ..earned })
    });
    check(
        &["|6||72"],
        &all,
        "[2]:0.00 unbilled[] on{} 66.00 of 72 whole false",
    );
}
