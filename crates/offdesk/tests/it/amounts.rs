//! Amounts as people type them, and what is refused.

use crate::program::{offdesk, text};

#[test]
fn amounts_that_are_read() {
    for (typed, hour) in [
        ("75", "75.00"),
        ("75.5", "75.50"),
        ("$75", "75.00"),
        ("1,250.50", "1250.50"),
        ("1_000", "1000.00"),
        ("0.1k", "100.00"),
    ] {
        let json = offdesk(&format!("worth --rate {typed} --json"))
            .exits(0)
            .json();
        assert_eq!(text(&json, "/hour"), hour, "{typed}");
    }
}

#[test]
fn amounts_that_are_refused() {
    for typed in [
        "x", "1,5", "1,2345", "NaN", "inf", "1e400", "--", "1.2.3", "75€/h",
    ] {
        let ran = offdesk(&format!("worth --rate={typed}")).refused(2, "usage.value");
        assert!(ran.err.contains(typed), "{typed}: {}", ran.err);
    }
    for line in [
        "--rate 0",
        "--rate -5",
        "--income 0",
        "--income -150000",
        "--income 150000 --days 0",
        "--income 150000 --hours -1",
        "--made 100 --hours-worked 0",
        "--profit -5 --hours-worked 2000",
        "--salary 60000 --wage-share 0",
    ] {
        offdesk(&format!("worth {line}")).refused(2, "worth.not_positive");
    }
    for line in [
        "--income 150000 --days 367",
        "--income 150000 --hours 25",
        "--made 100 --hours-worked 9000",
        "--salary 60000 --wage-share 1.1",
    ] {
        let ran = offdesk(&format!("worth {line}")).exits(2);
        assert!(ran.err.contains("code: worth."), "{line}: {}", ran.err);
    }
}
