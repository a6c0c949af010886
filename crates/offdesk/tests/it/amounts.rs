//! Amounts as people type them, and what is refused.

use crate::desk::{desk, imported};
use crate::program::{offdesk, text};
use crate::server::Served;

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

#[test]
fn figures_that_no_hour_has_are_refused_and_end_nothing() {
    let largest = "79228162514264337593543950335";
    let folder = desk();
    imported(&folder);
    offdesk("worth --rate 3e28").refused(2, "worth.too_much");
    offdesk("worth --rate 30000000000").refused(2, "worth.too_large");
    offdesk(&format!("worth --income {largest}")).refused(2, "worth.too_much");
    offdesk("worth --rate 5 --target-multiple 1000000").refused(2, "worth.too_much");
    for line in [
        format!("{largest}h inbox"),
        "5124095576030431:15 x".to_owned(),
        "9223372036854775807:15 x".to_owned(),
        format!("1h{largest}h inbox"),
    ] {
        folder.run(&["log", &line]).refused(5, "log.duration");
    }
    let served = Served::start(&folder, &[]);
    let headers = [
        served.sign_in(),
        vec!["Content-Type: application/json".to_owned()],
    ]
    .concat();
    let send = |path: &str, body: &str| served.ask(&headers, "POST", path, body).is(422).body;
    send(
        "/api/v1/log-lines",
        &format!("{{\"line\":\"{largest}h inbox\"}}"),
    );
    let hours = format!("{{\"name\":\"Inbox\",\"hours\":\"{largest}\"}}");
    send(
        "/api/v1/memory-weeks",
        &format!("{{\"rows\":[{hours},{hours}]}}"),
    );
    let worth = format!("{{\"basis\":\"stated\",\"figures\":{{\"rate\":\"{largest}\"}}}}");
    send("/api/v1/worths", &worth);
    let all = served
        .ask(&headers, "GET", "/api/v1/activities", "")
        .is(200)
        .json();
    let id = text(&all, "/activities/0/id").to_owned();
    let price = format!("{{\"low\":\"{largest}\",\"high\":\"{largest}\"}}");
    let said = send(&format!("/api/v1/activities/{id}/price"), &price);
    assert!(said.contains("price.too_large"), "{said}");
    served.ask(&headers, "GET", "/desk", "").is(200);
}
