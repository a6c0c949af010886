//! What is advised, by the reason and by the figures.

use super::*;
use crate::handoff::Reason;

const UNTRIED: Tried = Tried {
    is_fixed: false,
    is_changed: false,
};
const FIXED: Tried = Tried {
    is_fixed: true,
    is_changed: false,
};
const CHANGED: Tried = Tried {
    is_fixed: false,
    is_changed: true,
};
const BOTH: Tried = Tried {
    is_fixed: true,
    is_changed: true,
};

fn so_far(weeks: u32, accepted: u32) -> SoFar {
    SoFar {
        weeks,
        accepted,
        is_by_assignment: true,
    }
}

fn quality(good: u32, all: u32) -> Quality {
    Quality {
        clean: Tally { good, all },
        own: Some(0.9),
    }
}

/// Four weeks alike, of six hours before.
fn four(residual: i64, supervision: [i64; 3], paid: &str, answer: Option<Became>) -> Return {
    let mut one = week(Some(residual), supervision, paid);
    one.became = answer;
    Return::of(&facts(360, vec![one; 4]), values()).unwrap()
}

fn said(reason: Reason, found: &Return, quality: Quality, tried: Tried) -> (Advice, Because) {
    let verdict = judge(reason, found, quality, values(), so_far(4, 16), tried).unwrap();
    (verdict.advice, verdict.because)
}

#[test]
fn to_focus_is_judged_by_hours_and_money() {
    let fine = quality(19, 20);
    let check = |found: &Return, tried, advice, because| {
        assert_eq!(said(Reason::Focus, found, fine, tried), (advice, because));
    };
    use Advice::{Change, Fix, Keep, TakeBack};
    let work = became(60, 0, 0);
    check(
        &four(30, [20, 10, 0], "84 EUR", work),
        UNTRIED,
        Keep,
        Because::Pays,
    );
    check(
        &four(30, [20, 10, 0], "84 EUR", None),
        UNTRIED,
        Keep,
        Because::Pays,
    );
    // Five hours back for 400: 80 an hour, and one is worth 75.
    let dear = four(30, [20, 10, 0], "400 EUR", work);
    check(&dear, UNTRIED, Change, Because::TooDear);
    check(&dear, CHANGED, TakeBack, Because::TooDear);
    // For 84 it pays if the hours become work, and all of them vanished.
    let vanished = four(30, [20, 10, 0], "84 EUR", became(0, 0, 60));
    check(&vanished, UNTRIED, Fix, Because::Vanished);
    check(&vanished, FIXED, TakeBack, Because::Vanished);
    let asked = four(60, [60, 200, 50], "84 EUR", None);
    check(&asked, UNTRIED, Fix, Because::Answering);
    check(&asked, FIXED, Change, Because::Answering);
    check(&asked, BOTH, TakeBack, Because::Answering);
    let checked = four(60, [250, 50, 0], "84 EUR", None);
    check(&checked, UNTRIED, Fix, Because::Reviewing);
    let redone = four(60, [60, 50, 200], "84 EUR", None);
    check(&redone, UNTRIED, Change, Because::Reworking);
    check(&redone, CHANGED, TakeBack, Because::Reworking);
    let kept = four(360, [0, 0, 0], "84 EUR", None);
    check(&kept, UNTRIED, Fix, Because::NeverLeft);
    check(&kept, FIXED, TakeBack, Because::NeverLeft);
}

#[test]
fn to_be_better_is_judged_by_quality() {
    use Advice::{Change, Fix, Keep, TakeBack};
    let pays = four(30, [20, 10, 0], "84 EUR", became(60, 0, 0));
    let loses = four(30, [20, 10, 0], "900 EUR", became(60, 0, 0));
    let check = |found: &Return, quality, tried, advice, because| {
        assert_eq!(
            said(Reason::Better, found, quality, tried),
            (advice, because)
        );
    };
    // Better is kept although it costs more than the hours are worth.
    check(&loses, quality(60, 60), UNTRIED, Keep, Because::Better);
    check(&loses, quality(18, 20), UNTRIED, Change, Because::NoBetter);
    check(
        &loses,
        quality(18, 20),
        CHANGED,
        TakeBack,
        Because::NoBetter,
    );
    check(&pays, quality(18, 20), UNTRIED, Keep, Because::Pays);
    check(&pays, quality(8, 20), UNTRIED, Fix, Because::Worse);
    check(&pays, quality(8, 20), FIXED, Change, Because::Worse);
    check(&pays, quality(8, 20), BOTH, TakeBack, Because::Worse);
    check(
        &loses,
        quality(3, 3),
        UNTRIED,
        Advice::TooEarly,
        Because::TooEarly,
    );
    let unknown = Quality {
        own: None,
        ..quality(60, 60)
    };
    check(
        &loses,
        unknown,
        UNTRIED,
        Advice::TooEarly,
        Because::TooEarly,
    );
    // Worse is worse, also where it was to focus.
    let worse = said(Reason::Focus, &pays, quality(8, 20), UNTRIED);
    assert_eq!(worse, (Fix, Because::Worse));
}

/// Hours, retainers and milestones need no assignment to be judged, unless it is by their quality.
#[test]
fn what_has_no_assignments_is_judged_by_its_weeks() {
    let pays = four(30, [20, 10, 0], "84 EUR", became(60, 0, 0));
    let none = Quality {
        clean: Tally { good: 0, all: 0 },
        own: None,
    };
    let judged = |reason, weeks| {
        let so_far = SoFar {
            weeks,
            accepted: 0,
            is_by_assignment: false,
        };
        let verdict = judge(reason, &pays, none, values(), so_far, UNTRIED).unwrap();
        (verdict.advice, verdict.because)
    };
    assert_eq!(judged(Reason::Focus, 4), (Advice::Keep, Because::Pays));
    let early = (Advice::TooEarly, Because::TooEarly);
    assert_eq!(judged(Reason::Focus, 3), early);
    assert_eq!(judged(Reason::Better, 4), early);
}

/// What was paid in a currency without a rate is no gift: it is named, and nothing is said of money.
#[test]
fn what_no_rate_is_known_for_is_not_free() {
    let mut one = week(Some(30), [20, 10, 0], "0 EUR");
    one.cash = vec![Flow::paid(money("7500.00 PHP"))];
    one.became = became(60, 0, 0);
    let found = Return::of(&facts(360, vec![one; 4]), values()).unwrap();
    assert_eq!(found.price_per_hour(), None);
    assert_eq!(
        headline(&found, Some(values())).unwrap(),
        "It gave 20 h back, and cost 30000.00 PHP, for which no rate is known."
    );
    let verdict = judge(
        Reason::Focus,
        &found,
        quality(19, 20),
        values(),
        so_far(4, 16),
        UNTRIED,
    )
    .unwrap();
    assert_eq!(
        (verdict.advice, verdict.because),
        (Advice::NoRate, Because::NoRate)
    );
    assert_eq!(
        reasons(&verdict)[1..],
        [
            "Hours bought back: 20 h, measured.",
            "Looking after it took 2 h.",
            "You still did 2 h of it.",
            "It cost 30000.00 PHP, for which no rate is known.",
            "An hour bought back is worth 75.00 EUR by what it became.",
        ]
    );
    // Better is better, whatever it cost.
    let better = said(Reason::Better, &found, quality(60, 60), UNTRIED);
    assert_eq!(better, (Advice::Keep, Because::Better));
    let mixed = four(60, [60, 200, 50], "84 EUR", None);
    assert!(
        headline(&mixed, Some(values()))
            .unwrap()
            .ends_with("besides.")
    );
}

#[test]
fn early_is_early() {
    let bad = four(60, [60, 50, 200], "84 EUR", None);
    let at = |weeks, accepted| {
        judge(
            Reason::Focus,
            &bad,
            quality(0, 20),
            values(),
            so_far(weeks, accepted),
            UNTRIED,
        )
        .unwrap()
    };
    assert_eq!(at(3, 40).because, Because::TooEarly);
    assert_eq!(at(40, 4).because, Because::TooEarly);
    assert_eq!(at(4, 5).because, Because::Worse);
    assert_eq!(
        reasons(&at(3, 4)),
        [
            "It is too early to say what to do: there is too little to go by.",
            "Weeks so far: 3; accepted in them: 4."
        ]
    );
}

#[test]
fn the_figures_that_led_to_it_are_told() {
    let dear = four(30, [20, 10, 0], "400 EUR", became(60, 0, 0));
    let verdict = judge(
        Reason::Focus,
        &dear,
        quality(19, 20),
        values(),
        so_far(4, 16),
        UNTRIED,
    );
    assert_eq!(
        reasons(&verdict.unwrap()),
        [
            "Change it: it costs more than the hours are worth.",
            "Hours bought back: 20 h, measured.",
            "Looking after it took 2 h.",
            "You still did 2 h of it.",
            "It cost 1600.00 EUR.",
            "That is 80.00 EUR for an hour bought back.",
            "An hour bought back is worth 75.00 EUR by what it became.",
            "In money, with the hours and the set-up: -100.00 EUR.",
        ]
    );
    let worse = judge(
        Reason::Better,
        &dear,
        quality(8, 20),
        values(),
        so_far(4, 16),
        UNTRIED,
    );
    let told = reasons(&worse.unwrap());
    assert_eq!(
        told[1],
        "Without a fault: 8 of 20: 40 % (22-61 %); yours: 90 %."
    );
}

/// What is over is told in the past, and nothing is advised.
#[test]
fn what_is_over_is_told_in_the_past() {
    let dear = four(30, [20, 10, 0], "400 EUR", became(60, 0, 0));
    let quality = quality(19, 20);
    let verdict = judge(
        Reason::Focus,
        &dear,
        quality,
        values(),
        so_far(4, 16),
        UNTRIED,
    );
    let over = verdict.unwrap().over();
    assert_eq!(
        reasons(&over)[0],
        "It is over: it cost more than the hours were worth."
    );
    assert!(over.advice < Advice::TooEarly);
}

/// Weeks are bad since the sum of what they brought was highest: what was tried before that was tried against something else.
#[test]
fn weeks_are_bad_since_their_sum_was_highest() {
    let check = |weeks: &[i64], expected: Option<i32>| {
        let weeks: Vec<(Day, Decimal)> = (0..)
            .map(|at| Day(7 * at))
            .zip(weeks.iter().copied().map(Decimal::from))
            .collect();
        assert_eq!(
            bad_since(&weeks),
            expected.map(|at| Day(7 * at)),
            "{weeks:?}"
        );
    };
    check(&[], None);
    check(&[5, 5, 0], None);
    check(&[-5, -5], Some(0));
    check(&[5, 5, -1, 0, -3], Some(2));
    check(&[-5, 2, -1], Some(0));
    check(&[-5, 9, -1], Some(2));
}
