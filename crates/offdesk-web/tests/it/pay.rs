//! Pay over the pages, without JavaScript: two workers type a week, it is approved, stated and paid, and each sees their own alone.

use crate::handoffs::{id_of, published, version};
use crate::site::{Page, Person, Site, cookie_of};
use serde_json::{Value, json};

/// Texts that no worker is to see: what a payment cost the business, and its notes.
const CANARIES: [&str; 3] = ["CANARY-NOTE", "CANARY-BANK", "7.77 EUR"];

struct Paid {
    site: Site,
    ana: Person,
    zoe: Person,
    /// Person and handoff of each.
    of_ana: [String; 2],
    of_zoe: [String; 2],
}

fn handed(site: &Site, name: &'static str, amount: &str) -> (Person, [String; 2]) {
    handed_for(site, name, (amount, "hour"))
}

fn handed_for(
    site: &Site,
    name: &'static str,
    (amount, unit): (&str, &str),
) -> (Person, [String; 2]) {
    let (worker, person) = site.worker(name);
    let (inbox, blueprint) = (site.activity("Inbox").to_string(), published(site));
    let person = person.to_string();
    let fields = [
        ("activity", inbox.as_str()),
        ("person", &person),
        ("blueprint", &blueprint),
        ("amount", amount),
        ("currency", "USD"),
        ("unit", unit),
        ("start", "2026-11-02"),
    ];
    let made = site.post(Some(&site.owner), "/handoffs", &fields);
    let handoff = id_of(&made, "/handoffs/");
    let path = format!("/my/handoffs/{handoff}");
    let seen = version(&site.get(Some(&worker), &path));
    let fields = [("version", seen.as_str()), ("answer", "accept")];
    let answer = format!("{path}/answer");
    site.post(Some(&worker), &answer, &fields).is(303);
    (worker, [person, handoff])
}

impl Paid {
    fn new() -> Self {
        let site = Site::new();
        site.with_hours(&[("Inbox", 6)]);
        let (ana, of_ana) = handed(&site, "Ana", "14");
        let (zoe, of_zoe) = handed(&site, "Zoe", "61.73");
        Self {
            site,
            ana,
            zoe,
            of_ana,
            of_zoe,
        }
    }

    fn owner(&self, path: &str) -> Page {
        self.site.get(Some(&self.site.owner), path)
    }

    fn owner_sends(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.site.post(Some(&self.site.owner), path, fields)
    }

    /// Types two hours on Monday, 23 November, hands the week in, and the owner approves it.
    fn week(&self, worker: &Person, [person, handoff]: &[String; 2]) {
        let monday = offdesk_domain::Day::from_date("2026-11-23".parse().unwrap()).0;
        let hours = format!("h.{handoff}.{monday}");
        let path = "/my/week?week=2026-11-23";
        let send = |more: &[(&str, &str)]| {
            let seen = version(&self.site.get(Some(worker), path));
            let mut fields = vec![("version", seen.as_str()), (hours.as_str(), "2")];
            fields.extend(more);
            self.site.post(Some(worker), path, &fields)
        };
        send(&[("as", "complete")]).is(422).says(&[
            "Forgotten, or not worked?",
            "Tuesday, 24 November",
            "timesheet.unsaid",
        ]);
        // From Wednesday on the days are still to come: nobody takes them as not worked.
        send(&[("as", "complete"), ("rest", "1")]).is(422).says(&[
            "still to come is Wednesday, 25 November",
            "I will not work on",
        ]);
        let off: Vec<String> = (2..5).map(|at| format!("off.{}", monday + at)).collect();
        let mut fields = vec![("as", "complete"), ("rest", "1")];
        fields.extend(off.iter().map(|name| (name.as_str(), "1")));
        send(&fields).is(303);
        self.owner("/pay")
            .says(&["Hours to approve", "handed in, waits to be approved"]);
        let path = format!("/people/{person}/weeks/2026-11-23");
        let page = self.owner(&path);
        page.says(&["Monday, 23 November"]);
        let seen = version(&page);
        let fields = [("version", seen.as_str()), ("decision", "approve")];
        self.owner_sends(&format!("{path}/decision"), &fields)
            .is(303);
        self.owner(&path)
            .says(&["approved"])
            .hides(&["Give it back"]);
    }
}

#[test]
fn a_week_is_typed_approved_stated_and_paid_and_each_sees_their_own() {
    let paid = Paid::new();
    let site = &paid.site;
    paid.owner("/pay").says(&["Nothing to pay yet"]);
    paid.week(&paid.ana, &paid.of_ana);
    paid.week(&paid.zoe, &paid.of_zoe);
    paid.owner("/pay")
        .says(&["Earned, on no statement yet", "28.00 USD", "123.46 USD"]);
    // November is not over.
    paid.owner_sends("/pay/statements", &[("until", "")])
        .is(422)
        .says(&["pay.empty"]);
    paid.owner_sends("/pay/statements", &[("until", "2026-12-24")])
        .is(422)
        .says(&["pay.future"]);
    paid.owner_sends("/pay/statements", &[("until", "2026-11-24")])
        .is(303);
    let page = paid.owner("/pay");
    page.says(&["Owed", "151.46 USD", "ST-0001", "ST-0002", "not paid"]);
    let ana_first = paid.owner("/pay/statements/1").body.contains("28.00 USD");
    let (hers, others) = if ana_first { ("1", "2") } else { ("2", "1") };
    let path = format!("/pay/statements/{hers}");
    let fields = [
        ("amount", "10"),
        ("fee", "7.77"),
        ("sent", "9.20"),
        ("sent_currency", "EUR"),
        ("rate_source", "CANARY-BANK"),
        ("note", "CANARY-NOTE"),
    ];
    paid.owner_sends(&format!("{path}/payments"), &fields)
        .is(303);
    paid.owner(&path)
        .says(&CANARIES)
        .says(&["partly paid", "18.00 USD"]);
    paid.owner_sends(&format!("{path}/payments"), &[("amount", "18.01")])
        .is(409)
        .says(&["pay.too_much", "Nothing was changed"]);
    // Where her money goes she says herself; a mistyped number is refused at its field.
    let details = "/my/pay/details";
    let wrong = [("kind", "bank"), ("holder", "Ana"), ("iban", "DE00 1")];
    site.post(Some(&paid.ana), details, &wrong)
        .is(422)
        .says(&["pay.iban"]);
    let right = [("kind", "paypal"), ("email", "ana@pay.example")];
    site.post(Some(&paid.ana), details, &right).is(303);
    let file = paid.owner_sends("/pay/files", &[("kind", "paypal")]);
    file.is(200)
        .says(&["ana@pay.example,18.00,USD"])
        .hides(&["Zoe"]);
    paid.owner("/pay/journals/hledger")
        .says(&["expenses:delegation", "Ana"]);
    // All a worker can open: nothing of anybody else, and nothing that is the business's.
    let own = format!("/my/statements/{hers}");
    for path in [
        "/my/pay".to_owned(),
        "/my/week".to_owned(),
        own.clone(),
        format!("{own}/table"),
        format!("{own}/table?format=xlsx"),
        format!("{own}/pdf"),
    ] {
        let page = site.get(Some(&paid.ana), &path);
        page.is(200)
            .hides(&CANARIES)
            .hides(&["Zoe", "61.73 USD", "123.46 USD"]);
    }
    site.get(Some(&paid.ana), &own)
        .says(&["partly paid", "18.00 USD", "10.00 USD"]);
    site.get(Some(&paid.ana), &format!("{own}/table?format=ods"))
        .is(404);
    // A workbook is a zip archive.
    paid.owner_sends("/pay/files", &[("kind", "paypal")])
        .is(422)
        .says(&["not noted as paid"]);
    let workbook = paid.owner_sends("/pay/files", &[("kind", "xlsx"), ("again", "1")]);
    assert!(workbook.is(200).body.starts_with("PK"));
    for path in [
        format!("{path}/table?format=xlsx"),
        format!(
            "/api/v1{}/table?format=xlsx",
            path.trim_start_matches("/pay")
        ),
    ] {
        assert!(paid.owner(&path).is(200).body.starts_with("PK"), "{path}");
    }
    assert!(
        site.get(Some(&paid.ana), &format!("{own}/pdf"))
            .body
            .starts_with("%PDF-1.4")
    );
    site.get(Some(&paid.ana), &format!("/my/statements/{others}"))
        .is(404);
    // A payment comes back; then all is paid in one go.
    let number = paid
        .owner(&path)
        .between(&format!("{path}/payments/"), "/return");
    let came_back = format!("{path}/payments/{number}/return");
    paid.owner_sends(&came_back, &[("came_back", "soon")])
        .is(422);
    let today = crate::site::moment().today().date().to_string();
    paid.owner_sends(&came_back, &[("came_back", &today)])
        .is(303);
    paid.owner(&path).says(&["came back", "28.00 USD"]);
    // A file of one that is ticked, though both are owed.
    let chosen = [("kind", "csv"), ("again", "1"), ("statement", "2")];
    paid.owner_sends("/pay/files", &chosen)
        .is(200)
        .says(&["ST-0002"])
        .hides(&["ST-0001"]);
    paid.owner_sends("/pay/payments", &[])
        .is(422)
        .says(&["pay.none_chosen"]);
    let both = [("statement", "1"), ("statement", "2")];
    paid.owner_sends("/pay/payments", &both).is(303);
    paid.owner_sends("/pay/payments", &both)
        .is(409)
        .says(&["pay.already_paid"]);
    site.get(Some(&paid.ana), "/my/pay")
        .says(&["paid"])
        .hides(&["overdue"]);
    // What is wrong in it is put right on the next one.
    let line = paid.owner(&path).between("<option value=\"", "\"");
    let fields = [
        ("line", line.as_str()),
        ("hours", "1"),
        ("note", "half of it"),
    ];
    paid.owner_sends(&format!("{path}/corrections"), &fields)
        .is(303);
    paid.owner(&path).says(&["28.00 USD"]);
    paid.owner("/pay").says(&["-14.00 USD"]);
    // It is seen line by line on both sides, and can be put right once more before it is on one.
    site.get(Some(&paid.ana), "/my/pay").says(&[
        "on no statement yet",
        "-28.00 USD",
        "in the place of line",
    ]);
    let page = paid.owner("/pay/lines");
    page.says(&["-28.00 USD", "half of it", "14.00 USD"]);
    let line = page.between("<option value=\"", "\"");
    let fields = [("line", line.as_str()), ("price", "10")];
    paid.owner_sends("/pay/lines/corrections", &fields).is(303);
    paid.owner("/pay/lines?done=corrected")
        .says(&["It is put right.", "10.00 USD"]);
    paid.owner_sends("/pay/lines/corrections", &fields)
        .is(409)
        .says(&["pay.reversed"]);
}

/// A bill over the pages: recorded, queried, approved with what was accepted, its file kept, and paid as a statement.
#[test]
fn a_bill_comes_in_and_is_paid() {
    let paid = Paid::new();
    paid.week(&paid.ana, &paid.of_ana);
    paid.owner("/pay").says(&["/pay/bills"]);
    let [person, _] = &paid.of_ana;
    let record = |number: &str, lines: &str| {
        let fields = [
            ("person", person.as_str()),
            ("number", number),
            ("day", "2026-11-30"),
            ("from", "2026-11-01"),
            ("to", "2026-11-30"),
            ("currency", "USD"),
            ("lines", lines),
            ("tax", "5.88"),
        ];
        paid.owner_sends("/pay/bills", &fields)
    };
    record("<b>7</b>", "Inbox")
        .is(422)
        .says(&["does not end with an amount", "&lt;b&gt;7&lt;/b&gt;"]);
    let made = record("<b>7</b>", "Inbox, two hours 28.00");
    made.is(303);
    let id = id_of(&made, "/pay/bills/");
    let id = id.split('?').next().unwrap();
    let path = format!("/pay/bills/{id}");
    paid.owner(&path)
        .says(&["matches", "28.00 USD", "5.88 USD", "&lt;b&gt;7&lt;/b&gt;"])
        .hides(&["<b>7"]);
    record("B 7 B", "28").is(409).says(&["bill.twice"]);
    paid.owner("/pay/bills").says(&["matches", "28.00 USD"]);
    let seen = version(&paid.owner(&path));
    paid.owner_sends(
        &format!("{path}/query"),
        &[("version", &seen), ("said", "Which week?")],
    )
    .is(303);
    paid.owner(&path).says(&["queried", "Which week?"]);
    paid.owner_sends(&format!("{path}/approval"), &[("version", &seen)])
        .is(409)
        .says(&["bill.changed"]);
    let seen = version(&paid.owner(&path));
    paid.owner_sends(&format!("{path}/approval"), &[("version", &seen)])
        .is(303);
    paid.owner(&path)
        .says(&["approved", "ST-0001", "33.88 USD"]);
    // The worker sees the statement with the tax of their bill.
    paid.site
        .get(Some(&paid.ana), "/my/statements/1")
        .says(&["Tax, by bill", "33.88 USD"])
        .hides(&["Which week?"]);
    paid.owner_sends("/pay/payments", &[("statement", "1")])
        .is(303);
    paid.owner(&path).says(&["paid"]);
    paid.owner_sends(&format!("{path}/removal"), &[])
        .is(409)
        .says(&["bill.not_now"]);
    paid.owner(&format!("{path}/file")).is(404);
}

/// Two statements that are too much together for a row of PayPal's file: the page says which waits, and so does the answer of the file.
#[test]
fn the_page_says_which_statement_waits_for_the_next_file() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let (ana, [_, handoff]) = handed_for(&site, "Ana", ("6000000", "milestone"));
    let owner = Some(&site.owner);
    for (day, title) in [("2026-11-23", "first"), ("2026-11-24", "second")] {
        let fields = [("day", day), ("note", title)];
        site.post(owner, &format!("/handoffs/{handoff}/milestones"), &fields)
            .is(303);
        site.post(owner, "/pay/statements", &[("until", day)])
            .is(303);
    }
    let details = [("kind", "paypal"), ("email", "ana@pay.example")];
    site.post(Some(&ana), "/my/pay/details", &details).is(303);
    let why = "left for the next file: with the statements before it";
    site.get(owner, "/pay").is(200).says(&["ST-0002 of", why]);
    let file = site.post(owner, "/pay/files", &[("kind", "paypal")]);
    file.is(200)
        .says(&["6000000.00,USD,ST-0001"])
        .hides(&["ST-0002"]);
    let told = file.headers["offdesk-left-out"].to_str().unwrap();
    assert!(
        told.starts_with("ST-0002: ") && told.contains(why),
        "{told}"
    );
    site.get(owner, "/pay").is(200).hides(&[why]);
    // What is on its way can be noted as paid, also where all of it was taken back since.
    for (statement, line) in [(1, "1"), (2, "3")] {
        let to = format!("/pay/statements/{statement}/corrections");
        site.post(owner, &to, &[("line", line)]).is(303);
    }
    let form = ["Note a payment", "what stands in the pay file"];
    site.get(owner, "/pay/statements/1").is(200).says(&form);
    site.get(owner, "/pay")
        .is(200)
        .says(&["is not noted as paid"]);
}

impl Paid {
    /// An answer of the API, as somebody who is signed in.
    fn asks(&self, who: &Person, method: &str, path: &str, body: &Value) -> Page {
        let cookie = cookie_of(who);
        let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        self.site
            .ask(method, &format!("/api/v1{path}"), &headers, body)
    }

    /// An assignment by the hour that Ana takes on on Monday, 23 November, and hands in on the day after; its version then.
    fn hands_in(&self) -> (String, i64) {
        crate::site::pass_days(-1);
        let due = crate::site::moment().now + jiff::SignedDuration::from_hours(60);
        let path = format!("/handoffs/{}/assignments", self.of_ana[1]);
        let new = json!({"due": due.to_string(), "without_inputs": true});
        let given = self.asks(&self.site.owner, "POST", &path, &new).json();
        let id = given["id"].as_str().unwrap().to_owned();
        let own = format!("/my/assignments/{id}");
        let agree = json!({"answer": "agree", "version": given["version"]});
        let agreed = self.asks(&self.ana, "POST", &format!("{own}/reply"), &agree);
        crate::site::pass_days(1);
        let done = json!({"text": "Done.", "hours": 2, "version": agreed.json()["version"]});
        let path = format!("{own}/deliverables");
        let handed_in = self.asks(&self.ana, "POST", &path, &done).json();
        (id, handed_in["version"].as_i64().unwrap())
    }
}

/// Hours of an approved week are asked about when an assignment of its days is accepted, on the page and over the API.
#[test]
fn hours_of_a_week_are_not_accepted_again_without_a_word() {
    let paid = Paid::new();
    let (first, second) = (paid.hands_in(), paid.hands_in());
    paid.week(&paid.ana, &paid.of_ana);
    let page = format!("/review/{}", first.0);
    let version = first.1.to_string();
    let fields = [("version", version.as_str()), ("verdict", "all")];
    paid.owner(&page).hides(&["name=\"beside\""]);
    paid.owner_sends(&page, &fields).is(409).says(&[
        "may be paid twice",
        "2 h of 2026-11-23 are paid with a week",
        "name=\"beside\"",
    ]);
    let fields = [fields[0], fields[1], ("beside", "1")];
    paid.owner_sends(&page, &fields).is(303);
    let path = format!("/assignments/{}/reviews", second.0);
    let mut review = json!({"verdict": "accepted", "version": second.1});
    paid.asks(&paid.site.owner, "POST", &path, &review)
        .is(409)
        .says(&["assignment.beside"]);
    review["beside"] = json!(true);
    paid.asks(&paid.site.owner, "POST", &path, &review).is(201);
    let lines = paid.asks(&paid.ana, "GET", "/my/pay/lines", &Value::Null);
    assert_eq!(lines.json()["lines"].as_array().unwrap().len(), 3);
}
