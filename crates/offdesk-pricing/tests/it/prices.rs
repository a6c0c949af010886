//! Prices of kinds in places, with their sources.

use offdesk_domain::Place;
use offdesk_pricing::{attribution, kinds, places, price_of};

fn kind(slug: &str) -> &'static offdesk_pricing::Kind {
    kinds().find(|kind| kind.slug == slug).unwrap()
}

#[test]
fn every_kind_has_a_price_in_the_united_states_unless_it_is_rest() {
    for kind in kinds() {
        let price = price_of(kind, 90, Place::US);
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
        let price = price_of(kind(slug), 77, place.parse().unwrap()).unwrap();
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

#[test]
fn a_place_without_figures_has_no_price() {
    assert_eq!(
        price_of(kind("bookkeeping"), 90, "FR".parse().unwrap()),
        None
    );
    assert_eq!(
        price_of(kind("data-entry"), 90, "GB".parse().unwrap()),
        None
    );
    let codes: Vec<_> = places().iter().map(Place::code).collect();
    assert_eq!(codes, ["US", "GB"]);
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
