//! The page by its parts: what it says, that it is whole, and that nothing foreign gets out of its place.

use offdesk_actions::decide::{Answer, Question, answer};
use offdesk_domain::Day;

use super::page::decision_page;

const INBOX: &str = r#"{"name": "Inbox", "currency": "USD", "value_of_work_hour": [40, 75, 150], "owner_hours": 1.5,
    "times_per_week": 4, "rate": [8, 14, 25]}"#;

fn asked(text: &str) -> (Question, Answer) {
    let question = Question::parse(text).unwrap();
    let found = answer(&question);
    (question, found)
}

fn page(text: &str) -> String {
    let (question, found) = asked(text);
    decision_page(&question, &found, Day::from_ymd(2026, 11, 27).unwrap())
}

#[test]
fn the_page_says_the_verdict_the_figures_and_what_matters() {
    let page = page(INBOX);
    for part in [
        "Hand it off: your hour is worth more than it costs",
        "comes to about <b>$",
        "An hour bought back",
        "You are square after",
        "What matters most: worth of your best hour",
        "inputs that the case does not say",
        "How we got this",
        // The freed hour: half of it is worked, and an hour off is worth half of an hour where nobody says so.
        "0.5 \u{d7} $75 + 0.5 \u{d7} $37.50 = <b>$56.25</b>",
        "$56 is assumed",
        "after everything, if you use the hours.",
        "$14 \u{d7} 1.07 = <b>$14.98</b>",
        "$56.25 \u{d7} (4 + 3) + $14.98 \u{d7} 4 = <b>$453.67</b>",
        "1.5 \u{2212} 0.05 \u{2212} 0.2 \u{d7} 0.2 \u{2212} 0.016 \u{d7} 0.1 = <b>1.4084</b>",
        "14 (8 to 25)",
        "208 \u{d7} 0.03 = <b>6.24</b>",
        "polygon class=\"band\"",
        "27 November 2026",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(page.len() < 48_000, "{}", page.len());
    for foreign in ["http:", "https:", "<script", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

#[test]
fn a_case_without_doubt_has_no_band_and_no_tornado() {
    let page =
        page(r#"{"value_of_work_hour": 75, "owner_hours": 0.2, "times_per_week": 4, "rate": 60}"#);
    assert!(page.contains("Keep it"), "{page}");
    assert!(page.contains("You are not square within 52 weeks"));
    assert!(!page.contains("class=\"band\"") && !page.contains("tornado-title"));
}

#[test]
fn a_hostile_name_stays_text() {
    let page = page(&INBOX.replace("Inbox", "</title><img src=x onerror=alert(1)>\\u202e"));
    assert!(!page.contains("<img") && page.contains("&lt;img"), "{page}");
    assert!(!page.contains('\u{202e}'));
}

#[test]
fn every_point_lies_inside_the_picture() {
    for case in [
        INBOX,
        r#"{"value_of_work_hour": 1, "owner_hours": 5, "times_per_week": 7, "weeks": 520, "rate": [500, 900, 1000]}"#,
    ] {
        let page = page(case);
        for points in page.split("points=\"").skip(1) {
            let points = points.split('"').next().unwrap();
            for point in points.split(' ') {
                let (x, y) = point.split_once(',').unwrap();
                let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
                assert!(
                    (0.0..=380.0).contains(&x) && (0.0..=240.0).contains(&y),
                    "{point}"
                );
            }
        }
    }
}

/// A range of what it brings was drawn nowhere, and "this matters most:" stood with nothing behind it.
#[test]
fn what_it_brings_is_in_the_tornado_of_dropping_it() {
    let page = page(
        r#"{"value_of_work_hour": 75, "owner_hours": 1, "times_per_week": 4, "rate": 14, "value_when_done": [1, 10, 300]}"#,
    );
    for part in [
        "Drop it at the likeliest figures, though it is not clear yet",
        "Dropping it comes to",
        "What matters most: what each time brings",
        "What matters most stands below.",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}
