//! The command line and the API: what both call by one schema is one and the same.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::assignment::{hand_off, in_every_state};
use crate::desk::{desk, imported};
use crate::program::Folder;
use crate::server::Served;

/// A schema that both doors give, and how each is asked for it.
struct Shared {
    schema: &'static str,
    line: &'static str,
    method: &'static str,
    path: &'static str,
    body: &'static str,
    /// The same down to the values; else the keys and the kinds of values.
    is_equal: bool,
}

const BOOKING: &str = "# Booking\n\n- open the calendar\n- call each patient\n";

/// A tracker's file of hours.
const WEEK_FILE: &str = "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,First Name,Last Name\n\
     2026-03-23,Studio,Garden,,Roses,,0.25,Yes,No,Ana,Lee\n";

/// A case to be weighed.
const CASE: &str =
    r#"{"value_of_work_hour": 75, "owner_hours": 1, "times_per_week": [2, 4, 6], "rate": 14}"#;

const SHARED: &[Shared] = &[
    Shared {
        schema: "offdesk.invitation/1",
        line: "people invite Ana --json",
        method: "POST",
        path: "/api/v1/invitations",
        body: r#"{"email": "vi@example.com", "role": "viewer"}"#,
        is_equal: false,
    },
    Shared {
        schema: "offdesk.new_token/1",
        line: "token new Script --may read --days 30 --json",
        method: "POST",
        path: "/api/v1/tokens",
        body: r#"{"name": "Script", "scopes": ["read"], "days": 30, "old": "three brown foxes"}"#,
        is_equal: false,
    },
    Shared {
        schema: "offdesk.activities/1",
        line: "activity list --json",
        method: "GET",
        path: "/api/v1/activities",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.activity/1",
        line: "activity show Inbox --json",
        method: "GET",
        path: "/api/v1/activities/INBOX",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.settings/1",
        line: "config --json",
        method: "GET",
        path: "/api/v1/settings",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.tokens/1",
        line: "token list --json",
        method: "GET",
        path: "/api/v1/tokens",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.sessions/1",
        line: "session list --json",
        method: "GET",
        path: "/api/v1/sessions",
        body: "",
        is_equal: false,
    },
    Shared {
        schema: "offdesk.members/1",
        line: "member list --json",
        method: "GET",
        path: "/api/v1/members",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.sign_in_rules/1",
        line: "member rules --json",
        method: "GET",
        path: "/api/v1/sign-in-rules",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.audit/1",
        line: "audit quarter.csv --rate 75 --json",
        method: "GET",
        path: "/api/v1/hours",
        body: "",
        is_equal: false,
    },
    Shared {
        schema: "offdesk.next/1",
        line: "next --json",
        method: "GET",
        path: "/api/v1/next",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.rollout/1",
        line: "next --roll-out --owner-hours 4 --json",
        method: "GET",
        path: "/api/v1/roll-out?owner_hours=4",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.comparison/1",
        line: "decide Inbox --compare --json",
        method: "GET",
        path: "/api/v1/activities/INBOX/decision",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.blueprints/1",
        line: "blueprint list --json",
        method: "GET",
        path: "/api/v1/blueprints",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.blueprint/1",
        line: "blueprint show Booking --json",
        method: "GET",
        path: "/api/v1/blueprints/BOOKING",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.blueprint_import/1",
        line: "blueprint import booking.md --dry-run --json",
        method: "POST",
        path: "/api/v1/blueprint-imports?file=booking.md&dry_run=1",
        body: BOOKING,
        is_equal: true,
    },
    Shared {
        schema: "offdesk.sources/1",
        line: "source list --json",
        method: "GET",
        path: "/api/v1/sources",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.worth/1",
        line: "worth --rate 75 --save --json",
        method: "POST",
        path: "/api/v1/worths",
        body: r#"{"basis": "stated", "figures": {"rate": "75"}}"#,
        is_equal: true,
    },
    Shared {
        schema: "offdesk.log/1",
        line: "log 2h inbox --day 2026-03-29 --json",
        method: "POST",
        path: "/api/v1/log-lines",
        body: r#"{"line": "2h inbox", "day": "2026-03-29"}"#,
        is_equal: true,
    },
    Shared {
        schema: "offdesk.log_lines/1",
        line: "log --lines --json",
        method: "GET",
        path: "/api/v1/log-lines",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.people/1",
        line: "people list --json",
        method: "GET",
        path: "/api/v1/people",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.person/1",
        line: "people show Ana --json",
        method: "GET",
        path: "/api/v1/people/ANA",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.handoffs/1",
        line: "handoff list --json",
        method: "GET",
        path: "/api/v1/handoffs",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.handoff/1",
        line: "handoff show HANDOFF --json",
        method: "GET",
        path: "/api/v1/handoffs/HANDOFF",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.mailbox/1",
        line: "handoff mailbox HANDOFF --json",
        method: "GET",
        path: "/api/v1/handoffs/HANDOFF/mailbox",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.desk/1",
        line: "desk --json",
        method: "GET",
        path: "/api/v1/desk",
        body: "",
        // The age of what waits goes on meanwhile.
        is_equal: false,
    },
    Shared {
        schema: "offdesk.notices/1",
        line: "notices show --json",
        method: "GET",
        path: "/api/v1/notices",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.record/1",
        line: "people record Ana --json",
        method: "GET",
        path: "/api/v1/people/ANA/record",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.assignments/1",
        line: "assignment list --json",
        method: "GET",
        path: "/api/v1/assignments",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.assignment/1",
        line: "assignment show 1 --json",
        method: "GET",
        path: "/api/v1/assignments/ASSIGNMENT",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.questions/1",
        line: "assignment questions --json",
        method: "GET",
        path: "/api/v1/questions",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.reviews/1",
        line: "review list --json",
        method: "GET",
        path: "/api/v1/reviews",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.account_events/1",
        line: "member sign-ins --json",
        method: "GET",
        path: "/api/v1/account-events",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.pay/1",
        line: "pay owed --json",
        method: "GET",
        path: "/api/v1/pay",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.open_lines/1",
        line: "pay lines --json",
        method: "GET",
        path: "/api/v1/pay/lines",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.statements/1",
        line: "pay list --json",
        method: "GET",
        path: "/api/v1/statements",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.hours_file/1",
        line: "pay hours Ana week.csv --look --json",
        method: "POST",
        path: "/api/v1/people/ANA/hours-files?name=week.csv",
        body: WEEK_FILE,
        is_equal: false,
    },
    Shared {
        schema: "offdesk.hours_files/1",
        line: "pay hours Ana --json",
        method: "GET",
        path: "/api/v1/people/ANA/hours-files",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.bills/1",
        line: "bill list --json",
        method: "GET",
        path: "/api/v1/bills",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.bill/1",
        line: "bill show B-7 --json",
        method: "GET",
        path: "/api/v1/bills/BILL",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.statement/1",
        line: "pay show ST-0001 --json",
        method: "GET",
        path: "/api/v1/statements/1",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.pay_details/1",
        line: "pay details Ana --json",
        method: "GET",
        path: "/api/v1/people/ANA/pay-details",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.timesheets/1",
        line: "pay weeks --json",
        method: "GET",
        path: "/api/v1/timesheets",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.week_hours/1",
        line: "pay week Ana --of 2026-11-23 --json",
        method: "GET",
        path: "/api/v1/people/ANA/weeks/2026-11-23",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.postings/1",
        line: "pay correct 1 --json",
        method: "POST",
        path: "/api/v1/postings/2/correction",
        body: "",
        is_equal: false,
    },
    Shared {
        schema: "offdesk.recurrences/1",
        line: "assignment repeats HANDOFF --json",
        method: "GET",
        path: "/api/v1/handoffs/HANDOFF/recurrences",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.recurrence/1",
        line: "assignment repeat HANDOFF --rule FREQ=WEEKLY;BYDAY=MO --start 2040-01-02T17:00 --zone UTC --lead 1 --json",
        method: "POST",
        path: "/api/v1/handoffs/HANDOFF/recurrences",
        body: r#"{"rule": "FREQ=WEEKLY;BYDAY=MO", "start": "2040-01-02T17:00", "zone": "UTC", "lead_hours": 1}"#,
        is_equal: false,
    },
    Shared {
        schema: "offdesk.agent_rates/1",
        line: "agent rate Sorter --per token --in 3 --out 15 --json",
        method: "GET",
        path: "/api/v1/people/SORTER/rates",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.usage/1",
        line: "agent use 6 --tokens-in 9000 --tokens-out 100 --json",
        method: "POST",
        path: "/api/v1/assignments/SORTED/usage",
        body: r#"{"tokens_in": 9000, "tokens_out": 100}"#,
        is_equal: false,
    },
    Shared {
        schema: "offdesk.decision/1",
        line: "decide case.json --json",
        method: "POST",
        path: "/api/v1/decision",
        body: CASE,
        is_equal: true,
    },
    Shared {
        schema: "offdesk.plan/1",
        line: "plan --json",
        method: "GET",
        path: "/api/v1/plan",
        body: "",
        // How long it took is never the same.
        is_equal: false,
    },
    Shared {
        schema: "offdesk.usages/1",
        line: "agent use 6 --json",
        method: "GET",
        path: "/api/v1/assignments/SORTED/usage",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.usage_table/1",
        line: "agent use --csv usage.csv --json",
        method: "POST",
        path: "/api/v1/usage-tables",
        body: r#"{"table": "assignment,uses\n6,2\n"}"#,
        is_equal: true,
    },
    Shared {
        schema: "offdesk.costs/1",
        line: "agent cost --json",
        method: "GET",
        path: "/api/v1/costs",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.budget/1",
        line: "budget set 500 --person Ana --warn-at 70 --json",
        method: "POST",
        path: "/api/v1/budgets",
        body: r#"{"amount": "500", "person": "ANA", "warn_at": 70}"#,
        is_equal: false,
    },
    Shared {
        schema: "offdesk.budgets/1",
        line: "budget list --json",
        method: "GET",
        path: "/api/v1/budgets",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.return/1",
        line: "return --json",
        method: "GET",
        path: "/api/v1/return",
        body: "",
        is_equal: true,
    },
    Shared {
        schema: "offdesk.weekly/1",
        line: "return week --week 2026-01-05 --work 2 --rest 1 --stress 3 --json",
        method: "PUT",
        path: "/api/v1/weekly-answers/2026-01-07",
        body: r#"{"work":"2","rest":1,"stress":3}"#,
        is_equal: true,
    },
];

/// All schemas that are named in a text.
fn schemas(text: &str) -> BTreeSet<String> {
    let parts = text.split("offdesk.").skip(1);
    let names = parts.filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_'))?;
        let (name, after) = rest.split_at(end);
        after.starts_with("/1").then(|| format!("offdesk.{name}/1"))
    });
    names.collect()
}

/// The keys and the kinds of values, of lists those of the first.
fn shape(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                shape(value, &format!("{at}/{key}"), out);
            }
        }
        Value::Array(all) => {
            out.push(format!("{at} list"));
            if let Some(first) = all.first() {
                shape(first, &format!("{at}/0"), out);
            }
        }
        Value::Null => out.push(format!("{at} null")),
        Value::Bool(_) => out.push(format!("{at} bool")),
        Value::Number(_) => out.push(format!("{at} number")),
        Value::String(_) => out.push(format!("{at} text")),
    }
}

/// The id of what has a name, in a list.
fn id_of(listed: &Value, key: &str, name: &str) -> String {
    let all = listed.as_array().expect("a list");
    let found = all.iter().find(|one| one[key] == name).expect(name);
    found["id"].as_str().expect("an id").to_owned()
}

/// The sixth assignment, of an AI agent, which was handed in; its id.
fn by_an_agent(folder: &Folder) -> String {
    folder.file("usage.csv", "assignment,uses\n6,2\n");
    for line in [
        "people add Sorter --kind agent",
        "handoff new Inbox --to Sorter --amount 0 --per assignment",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let mut words = words;
        if line.starts_with("handoff") {
            words.extend(["--by", "Inbox triage"]);
        }
        folder.run(&words).exits(0);
    }
    let listed = folder.run(&["handoff", "list", "--json"]).exits(0).json();
    let all = listed["handoffs"].as_array().expect("a list");
    let its = all.iter().find(|one| one["person"]["name"] == "Sorter");
    let handoff = its.expect("its handoff")["id"].as_str().expect("an id");
    folder
        .run(&["handoff", "answer", handoff, "accept"])
        .exits(0);
    let due = ["--due", "2029-03-27T17:00Z", "--without-inputs", "--json"];
    let given = [&["assignment", "give", handoff], &due[..]].concat();
    let given = folder.run(&given).exits(0).json();
    assert_eq!(given["number"], 6);
    folder.run(&["assignment", "reply", "6", "agree"]).exits(0);
    folder
        .run(&["assignment", "deliver", "6", "--text", "Done."])
        .exits(0);
    given["id"].as_str().expect("an id").to_owned()
}

/// Two more assignments that are accepted, on a statement of which a part is paid.
#[expect(
    clippy::disallowed_methods,
    reason = "what is accepted now is stated up to today"
)]
fn two_stated(folder: &Folder) {
    for number in ["4", "5"] {
        let line = "assignment give Inbox --due 2029-03-27T17:00Z --without-inputs";
        let line: Vec<&str> = line.split(' ').collect();
        folder.run(&line).exits(0);
        let line = ["assignment", "reply", number, "agree"];
        folder.run(&line).exits(0);
        let line = ["assignment", "deliver", number, "--text", "Done."];
        folder.run(&line).exits(0);
        folder.run(&["review", "accept", number]).exits(0);
    }
    let today = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let today = today.date().to_string();
    let line = ["pay", "draw-up", "--until", &today];
    folder.run(&line).exits(0);
    let line = ["pay", "paid", "ST-0001", "--amount", "15", "--fee", "0.5"];
    folder.run(&line).exits(0);
    let line = ["pay", "details", "Ana", "--cycle", "weekly"];
    folder.run(&line).exits(0);
    let line = "bill record Ana --number B-7 --day 2026-11-02 --from 2026-10-01 --to 2026-10-31 --currency USD --net 20 --tax 4";
    let words: Vec<&str> = line.split(' ').collect();
    folder.run(&words).exits(0);
    folder.file("week.csv", WEEK_FILE);
}

#[test]
fn a_schema_is_the_same_at_both_doors() {
    let folder = desk();
    imported(&folder);
    let served = Served::start(&folder, &[]);
    let headers = served.sign_in();
    let listed = served
        .ask(&headers, "GET", "/api/v1/activities", "")
        .is(200)
        .json();
    let inbox = id_of(&listed["activities"], "name", "Inbox");
    folder.file("case.json", CASE);
    folder.file("booking.md", BOOKING);
    folder.run(&["blueprint", "import", "booking.md"]).exits(0);
    let listed = served
        .ask(&headers, "GET", "/api/v1/blueprints", "")
        .is(200)
        .json();
    let booking = id_of(&listed["blueprints"], "title", "Booking");
    folder
        .run(&[
            "decide",
            "Inbox",
            "--option",
            "Ana",
            "--rate",
            "14",
            "--save",
            "--no-input",
        ])
        .exits(0);
    hand_off(&folder);
    let get = |path: &str| served.ask(&headers, "GET", path, "").is(200).json();
    let line = ["people", "change", "Ana", "--email", "ana@example.com"];
    folder.run(&line).exits(0);
    let ana = id_of(&get("/api/v1/people")["people"], "name", "Ana");
    let handoff = get("/api/v1/handoffs")["handoffs"][0]["id"].clone();
    let assignment = in_every_state(&folder);
    two_stated(&folder);
    let bill = get("/api/v1/bills")["bills"][0]["id"].clone();
    let sorted = by_an_agent(&folder);
    let sorter = id_of(&get("/api/v1/people")["people"], "name", "Sorter");
    let document = served
        .ask(&headers, "GET", "/api/v1/openapi.json", "")
        .is(200);
    let by_api = schemas(&document.body);
    let by_command = schemas(include_str!("cli-reference.md.snap"));
    let both: Vec<&String> = by_api.intersection(&by_command).collect();
    let mut compared: Vec<&str> = SHARED.iter().map(|shared| shared.schema).collect();
    compared.sort_unstable();
    assert_eq!(both, compared, "each is compared below");
    for shared in SHARED {
        let line = shared
            .line
            .replace("HANDOFF", handoff.as_str().expect("an id"));
        let words: Vec<&str> = line.split_whitespace().collect();
        let command = folder.run(&words).exits(0).json();
        let path = shared
            .path
            .replace("INBOX", &inbox)
            .replace("BOOKING", &booking)
            .replace("ANA", &ana)
            .replace("SORTER", &sorter)
            .replace("SORTED", &sorted)
            .replace("HANDOFF", handoff.as_str().expect("an id"))
            .replace("ASSIGNMENT", &assignment)
            .replace("BILL", bill.as_str().expect("an id"));
        let body = shared.body.replace("ANA", &ana);
        let reply = served.ask(&headers, shared.method, &path, &body);
        assert!(matches!(reply.status, 200 | 201), "{reply:?}");
        let api = reply.json();
        assert_eq!(command["schema"], shared.schema);
        if shared.is_equal {
            assert_eq!(command, api, "{}", shared.schema);
        }
        let (mut one, mut other) = (Vec::new(), Vec::new());
        shape(&command, "", &mut one);
        shape(&api, "", &mut other);
        assert_eq!(one, other, "{}", shared.schema);
    }
    folder.run(&["verify"]).exits(0);
}
