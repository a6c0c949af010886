//! Thirty phrases as owners write them, with bounds that were chosen before any output was seen.

use offdesk_domain::Place;
use offdesk_pricing::{NoPrice, Reader};

/// The likely price in dollars lies between these.
const PHRASES: &[(&str, u32, u32)] = &[
    ("re-arranging PPC campaigns", 22, 60),
    ("answer support inbox", 14, 30),
    ("reconcile Stripe payouts", 17, 45),
    ("Re: refund Meyer", 14, 45),
    ("SEO blog post 1200 words", 20, 50),
    ("invoice chasing", 15, 35),
    ("bookkeeping Q3", 17, 40),
    ("payroll run", 18, 40),
    ("book flights to Berlin", 14, 40),
    ("sort receipts", 14, 32),
    ("data entry new leads", 14, 30),
    ("update website plugins", 20, 60),
    ("fix WordPress checkout bug", 25, 70),
    ("logo design", 18, 45),
    ("edit podcast episode", 18, 50),
    ("video editing", 20, 55),
    ("translate product pages into French", 18, 45),
    ("social media posts", 16, 50),
    ("schedule dentist appointments", 14, 30),
    ("order office supplies", 14, 35),
    ("pack and ship parcels", 13, 28),
    ("clean the studio", 11, 24),
    ("tax return preparation", 18, 55),
    ("contract review", 35, 110),
    ("interview candidates", 20, 60),
    ("market research competitors", 22, 60),
    ("Excel reporting dashboard", 20, 65),
    ("customer onboarding calls", 15, 55),
    ("proofreading newsletter", 16, 45),
    ("photo retouching", 14, 45),
];

#[test]
fn everyday_phrases_have_sensible_prices() {
    let mut reader = Reader::default();
    let mut faults = Vec::new();
    for (text, low, high) in PHRASES {
        match reader.estimate(text, Place::US) {
            Ok(estimate) => {
                let is_within = (i128::from(*low)..=i128::from(*high))
                    .contains(&estimate.likely.trunc().mantissa());
                let is_sure = estimate.readings.iter().all(|(_, share)| *share <= 0.95);
                if !is_within
                    || !is_sure
                    || estimate.low > estimate.likely
                    || estimate.likely > estimate.high
                {
                    faults.push(format!("{text}: {estimate:?}"));
                }
            }
            Err(error) => faults.push(format!("{text}: {error}")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_says_nothing_has_no_price() {
    let mut reader = Reader::default();
    for text in ["", "   ", "4711", "🎉🎉", "--- 12:30", "\u{0}\u{1}"] {
        let price = reader.estimate(text, Place::US);
        assert_eq!(price, Err(NoPrice::Empty), "{text:?}");
    }
    for text in [
        "lunch", "Lunch", "Holiday", "dentist", "sick day", "commute",
    ] {
        let price = reader.estimate(text, Place::US);
        assert!(
            matches!(price, Err(NoPrice::Rest { .. })),
            "{text}: {price:?}"
        );
    }
    for text in [
        "Sync",
        "catch up",
        "Meeting",
        "meetings",
        "call",
        "misc",
        "stuff",
        "Q3",
        "meeting with Tom",
        "Zoom",
        "follow up",
        "Team",
        "Customers",
        "Office",
        "Meyer GmbH",
        "Project X",
        "weekly",
        "todo",
        "work",
        "Daily standup",
        "check in",
        "Call Ana",
        "quick chat",
    ] {
        let price = reader.estimate(text, Place::US);
        assert_eq!(price, Err(NoPrice::Unknown), "{text}");
    }
    for text in ["xqzvw kjhgf", "שלום עולם", "ммммм ъъъъ"] {
        let price = reader.estimate(text, Place::US);
        assert_eq!(price, Err(NoPrice::Unknown), "{text}: {price:?}");
    }
}

#[test]
fn a_text_of_a_megabyte_is_read_in_no_time() {
    let mut reader = Reader::default();
    let long = "reconcile payouts ".repeat(60_000);
    assert!(reader.estimate(&long, Place::US).is_ok());
    let one_word = "x".repeat(1 << 20);
    assert!(reader.estimate(&one_word, Place::US).is_err());
}

#[test]
fn places_that_are_not_known_are_named() {
    let place: Place = "XX".parse().unwrap();
    let price = Reader::default().estimate("bookkeeping", place);
    assert_eq!(price, Err(NoPrice::Place(place)));
    let british = Reader::default()
        .estimate("bookkeeping", "GB".parse().unwrap())
        .unwrap();
    assert_eq!(british.currency.to_string(), "GBP");
}
