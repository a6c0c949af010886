//! What AI agents cost over the pages, without JavaScript: rates, usage, the cost of an accepted assignment; an agent with its token notes
//! usage and sees nothing, and no worker sees any of it.

use offdesk_actions::actor::TokenScope;
use serde_json::json;

use crate::handoffs::{id_of, published, version};
use crate::site::Site;

/// A price that no worker is to see.
const CANARY: &str = "0.271828";

#[test]
fn an_agent_is_priced_used_and_compared_and_its_token_sees_nothing() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let (ana, _) = site.worker("Ana");
    let owner = |path: &str| site.get(Some(&site.owner), path);
    let sends = |path: &str, fields: &[(&str, &str)]| site.post(Some(&site.owner), path, fields);
    let new = [("name", "Sorter"), ("kind", "agent")];
    let agent = id_of(&sends("/people", &new), "/people/");
    let page = format!("/people/{agent}");
    owner(&page).says(&["What it costs", "No rate is noted"]);
    let rates = format!("{page}/rates");
    sends(&rates, &[("rate_per", "use"), ("rate_amount", "much")])
        .is(422)
        .says(&["agent.price", "id=\"rate_amount-fault\""]);
    sends(&rates, &[("rate_per", "use"), ("rate_amount", CANARY)]).is(303);
    owner(&page).says(&["0.271828 USD a use"]);

    let (inbox, blueprint) = (site.activity("Inbox").to_string(), published(&site));
    let fields = [
        ("activity", inbox.as_str()),
        ("person", &agent),
        ("blueprint", &blueprint),
        ("amount", "0"),
        ("currency", "USD"),
        ("unit", "assignment"),
    ];
    let handoff = id_of(&sends("/handoffs", &fields), "/handoffs/");
    let path = format!("/handoffs/{handoff}");
    let seen = version(&owner(&path));
    let fields = [("version", seen.as_str()), ("answer", "accept")];
    sends(&format!("{path}/answer"), &fields).is(303);
    let bearer = site.bearer(&TokenScope::ALL);
    let api = |bearer: &str, method: &str, path: &str, body: String| {
        let headers = [("authorization", bearer)];
        site.ask(method, &format!("/api/v1{path}"), &headers, body)
    };
    let due = crate::site::moment().now + jiff::SignedDuration::from_hours(30);
    let body = json!({ "due": due.to_string(), "without_inputs": true }).to_string();
    let given = api(&bearer, "POST", &format!("{path}/assignments"), body);
    let given = given.is(201).json()["id"].as_str().unwrap().to_owned();

    let its = site.bearer(&[TokenScope::Usage]);
    let usage = format!("/assignments/{given}/usage");
    api(&its, "POST", &usage, r#"{"uses": 4}"#.to_owned())
        .is(201)
        .hides(&[CANARY, "1.087312"]);
    for path in [usage.as_str(), "/costs", "/budgets", "/me", "/people"] {
        let page = api(&its, "GET", path, String::new());
        assert!(page.status == 403 || path == "/me", "{path}: {}", page.body);
    }
    let work = format!("/work/{given}");
    sends(&format!("{work}/usage"), &[("used_uses", "few")])
        .is(422)
        .says(&["agent.usage"]);
    sends(&format!("{work}/usage"), &[("used_uses", "1")]).is(303);
    owner(&work).says(&["How much it was used", "Tokens out"]);
    let table = [("table", "assignment,cost\n1,2\n")];
    sends(&format!("{page}/usage-table"), &table)
        .is(422)
        .says(&["agent.table", "id=\"table-fault\""]);
    // It is handed in on its behalf, and accepted.
    let seen = version(&owner(&work));
    let fields = [("version", seen.as_str()), ("answer", "agree")];
    sends(&format!("{work}/reply"), &fields).is(303);
    let seen = version(&owner(&work));
    let fields = [("version", seen.as_str()), ("text", "Done.")];
    sends(&format!("{work}/deliverables"), &fields).is(303);
    let costs = api(&bearer, "GET", "/costs", String::new()).is(200).json();
    assert_eq!(costs["handoffs"], json!([]), "nothing is judged yet");
    let now = api(
        &bearer,
        "GET",
        &format!("/assignments/{given}"),
        String::new(),
    )
    .json();
    let accept = json!({"verdict": "accepted", "version": now["version"]}).to_string();
    api(
        &bearer,
        "POST",
        &format!("/assignments/{given}/reviews"),
        accept,
    )
    .is(201);
    let costs = api(&bearer, "GET", "/costs", String::new()).is(200).json();
    let one = &costs["handoffs"][0];
    assert_eq!((&one["accepted"], &one["few"]), (&json!(1), &json!(true)));
    assert_eq!(one["costs"][0]["used"], "1.36");
    for path in [&page, "/return"] {
        owner(path).says(&["What an accepted assignment costs", "1.36 USD"]);
    }
    for path in ["/my/work", "/my/pay", "/my/progress", "/my/handoffs"] {
        site.get(Some(&ana), path)
            .is(200)
            .hides(&[CANARY, "1.36", "accepted assignment costs"]);
    }
}
