//! Tables of cases for every way a figure is said.

use super::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

#[test]
fn hours_are_said_with_the_digits_they_deserve() {
    for (value, short, long, column) in [
        ("24", "24", "24 hours", "24.0"),
        ("1", "1", "1 hour", "1.0"),
        ("6.5", "6.5", "6.5 hours", "6.5"),
        ("6.25", "6.3", "6.3 hours", "6.3"),
        ("0.97", "1", "1 hour", "1.0"),
        ("9.94", "9.9", "9.9 hours", "9.9"),
        ("9.96", "10", "10 hours", "10.0"),
        ("23.2", "23.2", "23 hours", "23.2"),
        ("0", "0", "0 hours", "0.0"),
        ("0.01", "under 0.1", "under 0.1 hours", "under 0.1"),
        ("99.94", "99.9", "100 hours", "99.9"),
        ("99.96", "100", "100 hours", "100.0"),
        ("312.4", "312", "312 hours", "312.4"),
        ("1104", "1,104", "1,104 hours", "1,104"),
    ] {
        assert_eq!(hours(d(value)), short, "{value}");
        assert_eq!(hours_long(d(value)), long, "{value}");
        assert_eq!(hours_column(d(value)), column, "{value}");
    }
}

#[test]
fn money_in_three_exactnesses() {
    for (amount, code, whole, estimate, hourly) in [
        ("70955", "USD", "$70,955", "$71,000", "$70,955"),
        ("99360", "USD", "$99,360", "$99,000", "$99,360"),
        ("28405.49", "USD", "$28,405", "$28,000", "$28,405.49"),
        ("62.5", "USD", "$63", "$63", "$62.50"),
        ("62.05", "EUR", "€62", "€62", "€62.05"),
        ("18", "GBP", "£18", "£18", "£18"),
        ("0", "USD", "$0", "$0", "$0"),
        ("-2000", "USD", "−$2,000", "−$2,000", "−$2,000"),
        ("-0.5", "USD", "−$1", "−$0.5", "−$0.50"),
        (
            "1234567",
            "CHF",
            "CHF\u{a0}1,234,567",
            "CHF\u{a0}1,200,000",
            "CHF\u{a0}1,234,567",
        ),
        (
            "1234.5",
            "JPY",
            "JPY\u{a0}1,235",
            "JPY\u{a0}1,200",
            "JPY\u{a0}1,235",
        ),
        (
            "0.125",
            "KWD",
            "KWD\u{a0}0",
            "KWD\u{a0}0.13",
            "KWD\u{a0}0.125",
        ),
    ] {
        let currency = currency(code);
        assert_eq!(money(d(amount), currency), whole, "{amount}");
        assert_eq!(about(d(amount), currency), estimate, "{amount}");
        assert_eq!(rate(d(amount), currency), hourly, "{amount}");
    }
    assert_eq!(
        about_between((d("51700"), d("98400")), Currency::USD),
        "$52,000 to $98,000"
    );
}

#[test]
fn a_column_names_a_code_in_its_head() {
    for (amount, code, text) in [
        ("-1380000", "CHF", "−1,380,000"),
        ("-1380000", "USD", "−$1,380,000"),
        ("62.5", "EUR", "€63"),
    ] {
        let currency = currency(code);
        assert_eq!(in_column(&money(d(amount), currency), currency), text);
    }
}

#[test]
fn uncertainty_has_three_words() {
    for (weeks, word) in [
        ("1", "a guess"),
        ("3.99", "a guess"),
        ("4", "rough"),
        ("7.9", "rough"),
        ("8", "good"),
    ] {
        assert_eq!(trust_in_weeks(d(weeks)), word, "{weeks}");
    }
    for (confidence, word) in [
        (0, "a guess"),
        (49, "a guess"),
        (50, "rough"),
        (74, "rough"),
        (75, "good"),
        (100, "good"),
    ] {
        assert_eq!(trust_in_price(confidence), word, "{confidence}");
    }
}

#[test]
fn small_words() {
    assert_eq!(count(1, "entry", "entries"), "1 entry");
    assert_eq!(count(1009, "entry", "entries"), "1,009 entries");
    assert_eq!(day(Day::from_ymd(2026, 4, 12).unwrap()), "12 April 2026");
    assert_eq!(
        (place(Place::US), place("ph".parse().unwrap())),
        ("the United States".to_owned(), "the Philippines".to_owned())
    );
    for (words, text) in [
        ("", ""),
        ("a", "a"),
        ("a b", "a and b"),
        ("a b c", "a, b and c"),
    ] {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        assert_eq!(listed(&words), text);
    }
}

#[test]
fn foreign_texts_stay_on_one_line_and_keep_their_direction() {
    for (text, most, out) in [
        ("Inbox", 10, "Inbox"),
        ("  a\n\t b\u{0}c  ", 10, "a b c"),
        ("abcdef", 4, "abcd…"),
        ("ab cd", 3, "ab…"),
        ("abcd", 4, "abcd"),
        ("abcd  ", 4, "abcd"),
        ("evil\u{202e}txt.exe\u{2066}", 20, "eviltxt.exe"),
        ("فاتورة", 20, "فاتورة"),
        ("👩\u{200d}💻 ops", 20, "👩\u{200d}💻 ops"),
        ("", 5, ""),
    ] {
        assert_eq!(shown(text, most), out, "{text:?}");
    }
}

#[test]
fn ages_are_said_in_the_unit_that_tells_most() {
    let check = |minutes: i64, expected: &str| {
        assert_eq!(age(0, minutes * 60_000_000), expected, "{minutes}");
    };
    check(-5, "under a minute");
    check(1, "1 minute");
    check(119, "119 minutes");
    check(120, "2 hours");
    check(2879, "47 hours");
    check(2880, "2 days");
    check(1440 * 400, "400 days");
}
