//! Prices of kinds in places, with their sources.

use offdesk_pricing::{Terms, attribution, kinds, place_named, price_of};

fn kind(slug: &str) -> &'static offdesk_pricing::Kind {
    kinds().find(|kind| kind.slug == slug).unwrap()
}

fn terms(place: &str) -> Terms<'static> {
    Terms::of(place.parse().unwrap()).unwrap()
}

#[test]
fn every_kind_has_a_price_in_the_united_states_unless_it_is_rest() {
    for kind in kinds() {
        let price = price_of(kind, 90, &terms("US"));
        assert_eq!(price.is_none(), kind.is_rest, "{}", kind.slug);
        if let Some(price) = price {
            assert!(
                price.range.low > rust_decimal::Decimal::TEN / rust_decimal::Decimal::TWO,
                "{}",
                kind.slug
            );
            assert_eq!(price.occupation.as_deref(), kind.occupation);
        }
    }
}

#[test]
fn ranges_and_sources() {
    let check = |slug: &str, place: &str, low: &str, likely: &str, high: &str, source: &str| {
        let price = price_of(kind(slug), 77, &terms(place)).unwrap();
        let range =
            [price.range.low, price.range.likely, price.range.high].map(|it| it.to_string());
        assert_eq!(range, [low, likely, high], "{slug}");
        assert!(price.source.contains(source), "{}", price.source);
        assert!(price.source.contains("employee wage"), "{}", price.source);
        assert_eq!(price.confidence, 77);
    };
    check("inbox-triage", "US", "15.19", "22.26", "30.84", "May 2024");
    check("bookkeeping", "US", "16.64", "23.66", "34.94", "43-3031");
    check(
        "bookkeeping",
        "GB",
        "13.74",
        "16.18",
        "20.58",
        "25th percentile",
    );
    check(
        "contract-review",
        "US",
        "34.99",
        "72.67",
        "115.00",
        "at or over",
    );
    check(
        "procurement",
        "US",
        "22.34",
        "36.37",
        "61.31",
        "published for 13-1020",
    );
}

/// Bug: without a British code of its own, a kind had no price in the United Kingdom.
#[test]
fn a_kind_without_figures_of_the_place_is_priced_by_the_next_step() {
    for place in ["FR", "GB", "IN", "PH", "PL", "US-42660", "US-TX"] {
        let price = price_of(kind("data-entry"), 90, &terms(place)).unwrap();
        assert_eq!(price.place.code(), place);
        assert!(price.range.low < price.range.likely && price.range.likely < price.range.high);
    }
    let wider = price_of(kind("data-entry"), 90, &terms("FR")).unwrap();
    assert!(wider.source.contains("wider"), "{}", wider.source);
}

#[test]
fn a_price_is_told_in_another_currency_with_the_rate() {
    let euro = Terms {
        currency: "EUR".parse().unwrap(),
        ..terms("US")
    };
    let price = price_of(kind("bookkeeping"), 90, &euro).unwrap();
    // 23.66 dollars at 0.8684.
    assert_eq!(price.range.likely.to_string(), "20.55");
    assert!(
        price.source.contains("0.8684 EUR for one USD"),
        "{}",
        price.source
    );
    let zloty = Terms {
        currency: "PLN".parse().unwrap(),
        ..terms("US")
    };
    assert_eq!(price_of(kind("bookkeeping"), 90, &zloty), None);
}

#[test]
fn places_by_code_and_name() {
    for (text, code) in [
        ("us", "US"),
        ("India", "IN"),
        ("uk", "GB"),
        ("seattle", "US-42660"),
        ("US-38900", "US-38900"),
        ("Iran", "IR"),
        ("texas", "US-TX"),
        ("georgia", "GE"),
        ("viet nam", "VN"),
        ("vietnam", "VN"),
    ] {
        assert_eq!(place_named(text).unwrap().code(), code, "{text}");
    }
    for (text, near) in [("Indya", "IN (India)"), ("germny", "DE (Germany)")] {
        assert_eq!(place_named(text).unwrap_err()[0], near);
    }
    for text in [
        "",
        "XX",
        "US-99999",
        "\u{202e}",
        "a very long name of no place at all",
    ] {
        assert_eq!(place_named(text).unwrap_err().len(), 3, "{text}");
    }
}

#[test]
fn publishers_are_named() {
    let text = attribution().join("\n");
    for name in [
        "Bureau of Labor Statistics",
        "May 2024",
        "Office for National Statistics",
        "Open Government Licence v3.0",
    ] {
        assert!(text.contains(name), "{name}");
    }
}
