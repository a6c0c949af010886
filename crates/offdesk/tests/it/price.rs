//! `offdesk price`: the contract, silence, corrections, bad input.

use crate::program::Folder;

#[test]
fn items_are_as_the_contract_says() {
    let folder = Folder::new();
    let ran = folder.run(&["price", "reconcile Stripe payouts", "Sync", "--json"]);
    let json = ran.exits(0).json();
    assert_eq!(json["schema"], "offdesk.price/1");
    let item = &json["items"][0];
    for key in ["occupation", "title", "low", "likely", "high"] {
        assert!(item[key].is_string(), "{key}: {item}");
    }
    assert_eq!(
        (&item["place"], &item["currency"]),
        (&"US".into(), &"USD".into())
    );
    assert!(item["confidence"].as_f64().unwrap() <= 0.95);
    for other in item["alternatives"].as_array().unwrap() {
        assert!(other["occupation"].is_string() && other["confidence"].as_f64().unwrap() > 0.0);
    }
    let silent = &json["items"][1];
    assert!(silent["likely"].is_null() && silent["occupation"].is_null());
    assert_eq!(silent["no_price"], "it does not say what is done");
}

#[test]
fn a_price_says_why() {
    let ran = Folder::new().run(&["price", "re-arranging PPC campaigns", "--explain"]);
    let out = ran.exits(0).out;
    for part in ["an hour", "read as", "because of: ", "OEWS, May 2024"] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn nothing_to_price_is_exit_code_3() {
    let ran = Folder::new()
        .run(&["price", "", "\u{1f389}\u{1f389}", "Lunch"])
        .exits(3);
    assert_eq!(ran.out.matches("no price").count(), 3, "{}", ran.out);
}

#[test]
fn what_has_no_price_in_any_place_says_so_once() {
    let ran = Folder::new().run(&["price", "Lunch", "bookkeeping", "--places", "US,GB,PH"]);
    let out = ran.exits(0).out;
    assert_eq!(out.matches("no price").count(), 1, "{out}");
    assert_eq!(out.matches(" an hour, mostly ").count(), 3, "{out}");
}

#[test]
fn a_correction_changes_texts_like_it_and_no_others() {
    let folder = Folder::new();
    folder.file(
        "rules.toml",
        b"[[correction]]\ntext = 'PPC campaigns'\nwork = 'bookkeeping'\n\
          [[correction]]\ntext = 'logo design'\nprice = '15..25'\ncurrency = 'USD'\n\
          [[correction]]\ntext = 'qwxz vbnq'\nprice = 18\n",
    );
    let texts = [
        "re-arranging PPC campaigns",
        "Logo design v2",
        "qwxz vbnq",
        "answer support inbox",
    ];
    let priced = |more: &[&str]| {
        let arguments = [&["price", "--json"], &texts[..], more].concat();
        folder.run(&arguments).exits(0).json()["items"].clone()
    };
    let (before, after) = (priced(&[]), priced(&["--rules", "rules.toml"]));
    assert_eq!(after[0]["occupation"], "43-3031");
    assert_ne!(before[0]["occupation"], after[0]["occupation"]);
    assert_eq!(
        (&after[1]["low"], &after[1]["high"]),
        (&"15.00".into(), &"25.00".into())
    );
    assert!(before[2]["likely"].is_null());
    assert_eq!(after[2]["likely"], "18.00");
    assert_eq!(before[3], after[3]);
}

#[test]
fn places_stand_side_by_side_in_the_order_asked() {
    let folder = Folder::new();
    let compared = ["price", "bookkeeping", "payroll run", "--places", "GB,US"];
    let json = folder
        .run(&[&compared[..], &["--json"]].concat())
        .exits(0)
        .json();
    let items = json["items"].as_array().unwrap();
    let seen: Vec<_> = items
        .iter()
        .map(|item| {
            [&item["text"], &item["place"], &item["currency"]].map(|it| it.as_str().unwrap())
        })
        .collect();
    assert_eq!(seen[0], ["bookkeeping", "GB", "GBP"]);
    assert_eq!(seen[1], ["bookkeeping", "US", "USD"]);
    assert_eq!(seen[2][1..], ["GB", "GBP"]);
    let out = folder.run(&compared).exits(0).out;
    assert_eq!(out.matches("bookkeeping\n").count(), 1, "{out}");
    let both = [&compared[..], &["--place", "US"]].concat();
    folder.run(&both).refused(2, "usage.conflict");
}

#[test]
fn a_list_from_standard_input_is_priced_line_by_line() {
    let ran = Folder::new().run_with(&["price", "-", "--json"], "bookkeeping\n\nlogo design\r\n");
    let json = ran.exits(0).json();
    assert_eq!(json["items"].as_array().unwrap().len(), 2);
    assert_eq!(json["items"][1]["text"], "logo design");
    let long = "x".repeat((1 << 20) + 1);
    let ran = Folder::new().run_with(&["price", "-"], &format!("bookkeeping\n{long}\n"));
    assert!(ran.refused(5, "price.line_too_long").err.contains("line 2"));
}

#[test]
fn places_side_by_side_in_one_currency() {
    let folder = Folder::new();
    let ask = |args: &[&str]| folder.run(&[&["price", "bookkeeping", "--json"], args].concat());
    let json = ask(&["--places", "US,GB,India,PH,Seattle", "--currency", "EUR"])
        .exits(0)
        .json();
    let items = json["items"].as_array().unwrap();
    let places: Vec<&str> = items.iter().filter_map(|it| it["place"].as_str()).collect();
    assert_eq!(places, ["US", "GB", "IN", "PH", "US-42660"]);
    for item in items {
        assert_eq!(item["currency"], "EUR");
        let figure = |name: &str| item[name].as_str().unwrap().parse::<f64>().unwrap();
        assert!(
            figure("low") < figure("likely") && figure("likely") < figure("high"),
            "{item}"
        );
        assert!(figure("wage") < figure("price") && figure("wage") < figure("loaded_cost"));
    }
    let own = ask(&["--places", "US,IN,PH,PL"]).exits(0).json();
    let currencies: Vec<&str> = own["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["currency"].as_str())
        .collect();
    assert_eq!(currencies, ["USD", "INR", "PHP", "USD"]);
}

#[test]
fn amounts_in_a_currency_without_a_sign_are_set_off() {
    let ran = Folder::new()
        .run(&["price", "data entry", "--place", "Japan"])
        .exits(0);
    assert!(ran.out.contains("about JPY 1,"), "{}", ran.out);
}

#[test]
fn own_rates_lead_to_a_currency() {
    let folder = Folder::new();
    let ask = [
        "price",
        "bookkeeping",
        "--currency",
        "PLN",
        "--json",
        "--explain",
    ];
    folder.run(&ask).refused(2, "price.currency");
    folder.file("rates.txt", b"# mine\nPLN=4\n");
    let ask = [&ask[..], &["--rates", "rates.txt"]].concat();
    let json = folder.run(&ask).exits(0).json();
    // 23.66 dollars of a clerk and a little of others.
    let likely: f64 = json["items"][0]["likely"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((85.0..100.0).contains(&likely), "{likely}");
    let basis = json["items"][0]["basis"].to_string();
    assert!(basis.contains("your own rate"), "{basis}");
    folder.file("rates.txt", b"PLN\n");
    let ran = folder.run(&ask).refused(5, "rules.rate");
    assert!(ran.err.contains("rates.txt: line 1"), "{}", ran.err);
}

#[test]
fn bad_questions_are_refused() {
    let folder = Folder::new();
    folder
        .run(&["price", "bookkeeping", "--place", "XX"])
        .refused(2, "price.place");
    folder
        .run(&["price", "bookkeeping", "--place", "Narnia"])
        .refused(2, "usage.value");
    folder.run(&["price"]).refused(2, "usage.missing");
    folder
        .run(&["price", "bookkeeping", "--rules", "none.toml"])
        .refused(1, "rules.unreadable");
    folder.file("rules.toml", b"[[correction]]\ntext = 'a'\nwork = 'qxqx'\n");
    let ran = folder.run(&["price", "bookkeeping", "--rules", "rules.toml"]);
    assert!(
        ran.refused(5, "rules.correction")
            .err
            .contains("did you mean")
    );
}

#[test]
fn an_audit_follows_a_correction() {
    let folder = Folder::new();
    folder.file(
        "log.csv",
        b"Date,Duration,Description\n2026-02-02,02:00,logo design Meyer\n2026-02-03,03:00,bookkeeping\n",
    );
    folder.file(
        "rules.toml",
        b"[[correction]]\ntext = 'logo design'\nprice = 18\n",
    );
    let audit = [
        "audit",
        "log.csv",
        "--rate",
        "75",
        "--json",
        "--as-of",
        "2026-03-01",
        "--rules",
        "rules.toml",
    ];
    let json = folder.run(&audit).exits(0).json();
    let activities = json["activities"].as_array().unwrap();
    let corrected = activities.iter().find(|it| it["name"] == "logo design");
    let price = &corrected.expect("it is an activity of its own")["price"];
    assert_eq!(
        (&price["likely"], &price["source"]),
        (&"18.00".into(), &"your own price".into())
    );
}

#[test]
fn a_correction_by_command_is_written_and_counts_at_once() {
    let folder = Folder::new();
    let text = "re-arranging PPC campaigns";
    let corrected = folder
        .run(&[
            "price",
            text,
            "--is",
            "bookkeeping",
            "--rules",
            "rules.toml",
        ])
        .exits(0);
    let first = "written in rules.toml: \"re-arranging PPC campaigns\" is Bookkeeping\n";
    assert!(corrected.out.starts_with(first), "{}", corrected.out);
    assert!(
        corrected.out.contains("read as Bookkeeping, Accounting"),
        "{}",
        corrected.out
    );
    let ran = folder.run(&["price", "PPC campaigns", "--rules", "rules.toml", "--json"]);
    assert_eq!(ran.exits(0).json()["items"][0]["occupation"], "43-3031");
    let paid = folder.run(&[
        "price",
        "re-arranging ppc campaigns",
        "--pays",
        "15..25",
        "--place",
        "GB",
        "--rules",
        "rules.toml",
        "--json",
    ]);
    let json = paid.exits(0).json();
    let correction = &json["corrections"][0];
    assert_eq!(
        (
            &correction["changed"],
            &correction["pays"],
            &correction["currency"]
        ),
        (&true.into(), &"15..25".into(), &"GBP".into())
    );
    assert!(correction["work"].is_null() && correction["file"] == "rules.toml");
    assert_eq!(json["items"][0]["low"], "15.00");
    let written = folder.text("rules.toml");
    assert_eq!(written.matches("[[correction]]").count(), 1, "{written}");
    assert_eq!(folder.names(), ["rules.toml"]);
}

#[test]
fn a_correction_that_cannot_be_written_changes_nothing() {
    let folder = Folder::new();
    let rules = "# mine\n[[correction]]\ntext = 'a'\nprice = 1\n";
    folder.file("rules.toml", rules);
    for (arguments, exit, code) in [
        (
            &["--is", "qxqx", "--rules", "rules.toml"][..],
            2,
            "rules.correction",
        ),
        (
            &["--pays", "-4", "--rules", "rules.toml"],
            2,
            "rules.correction",
        ),
        (
            &["--pays", "4", "--rules", "none/rules.toml"],
            1,
            "write.failed",
        ),
        (&["--pays", "4"], 2, "usage.missing"),
        (
            &["--pays", "4", "--places", "US,GB", "--rules", "rules.toml"],
            2,
            "price.pays",
        ),
    ] {
        let asked = [&["price", "logo design"], arguments].concat();
        folder.run(&asked).refused(exit, code);
    }
    // Of several texts all are written or none.
    let several = [
        "price",
        "logo design",
        "!!",
        "--pays",
        "4",
        "--rules",
        "rules.toml",
    ];
    folder.run(&several).refused(2, "rules.correction");
    assert_eq!(folder.text("rules.toml"), rules);
    folder.file("broken.toml", "[[correction]\n");
    folder
        .run(&[
            "price",
            "logo design",
            "--pays",
            "4",
            "--rules",
            "broken.toml",
        ])
        .refused(5, "rules.toml");
}

#[cfg(unix)]
#[test]
fn a_private_rules_file_stays_private_and_a_link_stays_a_link() {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new();
    let real = folder.file("real.toml", "");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&real, folder.path().join("rules.toml")).unwrap();
    folder
        .run(&[
            "price",
            "logo design",
            "--pays",
            "18",
            "--rules",
            "rules.toml",
        ])
        .exits(0);
    let link = fs::symlink_metadata(folder.path().join("rules.toml")).unwrap();
    assert!(link.file_type().is_symlink());
    assert_eq!(
        fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(folder.text("real.toml").contains("price = 18"));
}
