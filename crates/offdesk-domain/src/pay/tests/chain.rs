//! The chain: a changed, cut, swapped or added posting is found and named.

use super::*;

/// A little of everything, and its postings.
fn ledger() -> Vec<Posting> {
    let (mut books, whose) = (Books::new(WORKSPACE), (NOOR, eur()));
    let mut postings = Vec::new();
    for on in ["2026-02-03", "2026-02-04", "2026-02-05"] {
        postings.push(books.earn(hours(on, 1234, "14.00 EUR", 1), now(0)).unwrap());
    }
    postings.push(books.reverse(2, now(1)).unwrap());
    let period = month("2026-02-01");
    let (_, stated) = books
        .state(whose, period, Rounding::ExactSum, now(2))
        .unwrap();
    postings.push(stated);
    postings.push(books.pay(1, payment("4.80 EUR"), now(3)).unwrap());
    let returned = books.return_payment(1, 6, day("2026-03-04"), now(4));
    postings.push(returned.unwrap());
    postings.push(books.pay(1, payment("9.60 EUR"), now(5)).unwrap());
    postings
}

fn verify(postings: &[Posting], kept: Option<Head>) -> Result<Head, Broken> {
    Books::verify(WORKSPACE, postings, kept).map(|books| books.head())
}

#[test]
fn what_holds_is_found_to_hold() {
    let postings = ledger();
    let head = Head::after(postings.last().unwrap());
    assert_eq!(verify(&postings, Some(head)), Ok(head));
    // A head that was kept earlier, of which the ledger is a continuation.
    for posting in &postings {
        assert_eq!(verify(&postings, Some(Head::after(posting))), Ok(head));
    }
    assert_eq!(verify(&[], None), Ok(Head::new(WORKSPACE)));
    assert_eq!(verify(&postings, Some(Head::new(WORKSPACE))), Ok(head));
}

/// The text that is hashed, and its hash as other tools make it.
#[test]
fn the_text_that_is_hashed_is_plain() {
    let postings = ledger();
    let head = Head::new(WORKSPACE);
    let first = &postings[0];
    let text = canonical(head.hash, first.number, first.at, &first.posted);
    let expected = format!(
        "offdesk.posting/1\nprevious={}\nnumber=1\nat=1790000000000000\nkind=earned\nperson={}\nhandoff={}\nactivity={}\n\
         assignment=-\nday=2026-02-03\nquantity=seconds:1234\nterms=hour:14.00:EUR\n",
        head.hash,
        "01".repeat(16),
        "14".repeat(16),
        "01".repeat(16)
    );
    assert_eq!(text, expected);
    // printf 'offdesk.ledger/1\nworkspace=0707...07\n' | sha256sum
    assert_eq!(head.hash.to_string(), GENESIS);
    assert_eq!(first.hash.to_string(), FIRST);
    let paid = canonical(postings[4].hash, 6, now(3), &postings[5].posted);
    assert!(
        paid.ends_with("statement=1\namount=4.80:EUR\nday=2026-03-02\nnote=0:\n"),
        "{paid}"
    );
}

const GENESIS: &str = "b09d9d1b247f83489a1ff7193abebe50f1124211d5f342db8b9baec86c2f9a43";
const FIRST: &str = "474f69ba579d5570fc6ba0db4e1f28a841817c66710e6fdcb0d17ddc68623afe";

/// Every way to change a posting a little.
fn changes(posting: &Posting) -> Vec<Posting> {
    let mut all = Vec::new();
    let mut add = |change: &dyn Fn(&mut Posting)| {
        let mut changed = posting.clone();
        change(&mut changed);
        if changed != *posting {
            all.push(changed);
        }
    };
    add(&|it| it.at = now(99));
    add(&|it| it.hash.0[31] ^= 1);
    add(&|it| {
        if let Posted::Earned(earned) | Posted::Reversed { earned, .. } = &mut it.posted {
            earned.quantity = Quantity::Time(Seconds(1235));
        }
    });
    add(&|it| {
        if let Posted::Earned(earned) | Posted::Reversed { earned, .. } = &mut it.posted {
            earned.terms.price = money("14.01 EUR");
        }
    });
    add(&|it| {
        if let Posted::Earned(earned) | Posted::Reversed { earned, .. } = &mut it.posted {
            earned.person = id(2);
        }
    });
    add(&|it| {
        if let Posted::Stated(stated) = &mut it.posted {
            stated.sum = money("9.61 EUR");
        }
    });
    add(&|it| {
        if let Posted::Stated(stated) = &mut it.posted {
            stated.postings.pop();
        }
    });
    add(&|it| {
        if let Posted::Paid { payment, .. } = &mut it.posted {
            payment.note = "x".to_owned();
        }
    });
    add(&|it| {
        if let Posted::PaymentReturned { amount, .. } = &mut it.posted {
            *amount = money("4.79 EUR");
        }
    });
    add(&|it| {
        if let Posted::PaymentReturned { fee, .. } = &mut it.posted {
            *fee = Some(money("0.10 EUR"));
        }
    });
    all
}

#[test]
fn a_changed_posting_is_named() {
    let postings = ledger();
    let mut count = 0;
    for place in 0..postings.len() {
        for changed in changes(&postings[place]) {
            let mut all = postings.clone();
            all[place] = changed;
            let number = postings[place].number;
            assert_eq!(verify(&all, None), Err(Broken::Changed(number)));
            count += 1;
        }
    }
    assert!(count > 25, "{count}");
}

#[test]
fn a_posting_that_is_left_out_swapped_or_cut_off_is_named() {
    let postings = ledger();
    let head = Head::after(postings.last().unwrap());
    for place in 0..postings.len() {
        let mut without = postings.clone();
        without.remove(place);
        let broken = verify(&without, Some(head)).unwrap_err();
        assert_eq!(broken.number(), Some(postings[place].number), "{broken}");
    }
    for place in 1..postings.len() {
        let mut swapped = postings.clone();
        swapped.swap(place - 1, place);
        let broken = verify(&swapped, None).unwrap_err();
        assert_eq!(
            broken.number(),
            Some(postings[place - 1].number),
            "{broken}"
        );
    }
    let short = &postings[..5];
    assert!(verify(short, None).is_ok());
    let cut = Broken::Cut {
        expected: 8,
        found: 5,
    };
    assert_eq!(verify(short, Some(head)), Err(cut));
    let elsewhere = Books::verify(id(8), &postings, None).unwrap_err();
    assert_eq!(elsewhere, Broken::Changed(1));
}

/// Who writes the whole chain anew is found by a head that was kept, or by the rules.
#[test]
fn a_ledger_written_anew_is_found() {
    let postings = ledger();
    let head = Head::after(postings.last().unwrap());
    let anew = |change: &dyn Fn(u64, &mut Posted)| {
        let mut head = Head::new(WORKSPACE);
        let mut all = Vec::new();
        for posting in &postings {
            let mut posted = posting.posted.clone();
            change(posting.number, &mut posted);
            let posting = head.posting(posted, posting.at);
            head = Head::after(&posting);
            all.push(posting);
        }
        all
    };
    let other_note = anew(&|_, posted| {
        if let Posted::Paid { payment, .. } = posted {
            payment.note = "x".to_owned();
        }
    });
    assert!(verify(&other_note, None).is_ok());
    assert_eq!(verify(&other_note, Some(head)), Err(Broken::Rewritten));
    let other_time = anew(&|number, posted| {
        if let (1, Posted::Earned(earned)) = (number, posted) {
            earned.quantity = Quantity::Time(Seconds(9999));
        }
    });
    assert_eq!(verify(&other_time, None), Err(Broken::Statement(5)));
    let too_much = anew(&|number, posted| {
        if let (8, Posted::Paid { payment, .. }) = (number, posted) {
            payment.amount = money("9.61 EUR");
        }
    });
    let broken = verify(&too_much, None).unwrap_err();
    assert_eq!(
        (broken.code(), broken.number()),
        ("pay.broken_rule", Some(8))
    );
    let other_person = anew(&|number, posted| {
        if let (8, Posted::Paid { person, .. }) = (number, posted) {
            *person = id(2);
        }
    });
    assert_eq!(verify(&other_person, None).unwrap_err().number(), Some(8));
}
