//! What rules match, and how bad ones are named.

use super::*;

fn entry<'a>(description: &'a str, project: &'a str) -> Entry<'a> {
    Entry {
        description,
        project,
        ..Entry::default()
    }
}

const RULES: &str = r#"
    [[rule]]
    match = ["invoice", "/^bill \\d+/"]
    activity = "Invoicing"

    [[rule]]
    project = "Halden"
    match = "call"
    activity = "Client calls"
    mine = true

    [[rule]]
    project = "Strategy"
    mine = true
"#;

#[test]
fn the_first_matching_rule_has_the_last_word() {
    let rules = Rules::parse(RULES).unwrap();
    let of = |description, project| {
        rules
            .of(&entry(description, project))
            .map(|r| (r.activity.map(str::to_owned), r.is_mine))
    };
    assert_eq!(
        of("Re: Invoice 4711", "Halden"),
        Some((Some("Invoicing".into()), false))
    );
    assert_eq!(of("bill 12", ""), Some((Some("Invoicing".into()), false)));
    assert_eq!(of("invoices", ""), None, "whole words only");
    assert_eq!(
        of("Call Ana", "halden"),
        Some((Some("Client calls".into()), true))
    );
    assert_eq!(of("Call Ana", "Other"), None);
    assert_eq!(of("plans", "strategy"), Some((None, true)));
}

#[test]
fn bad_rules_name_their_place() {
    let check = |text: &str, code: &str, part: &str| {
        let error = Rules::parse(text).unwrap_err();
        assert_eq!(error.code, code);
        assert!(error.message.contains(part), "{}", error.message);
    };
    check("[[rule]]\nmatch = 5\nactivity='x'", "rules.toml", "line 2");
    check("[[rule]]\nmach = 'a'", "rules.toml", "line 2");
    check(
        "[[rule]]\nmatch = '/(/'\nmine = true",
        "rules.match",
        "rule 1",
    );
    check("[[rule]]\nmatch = ''\nmine = true", "rules.match", "empty");
    check("[[rule]]\nmatch = 'a'", "rules.match", "says nothing");
    check("[[rule]]\nactivity = 'a'", "rules.match", "matches nothing");
    check("nonsense", "rules.toml", "line 1");
}
