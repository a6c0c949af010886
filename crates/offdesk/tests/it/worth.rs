//! `offdesk worth`: every basis, several at once, refusals.

use crate::program::{keys, offdesk, text};

#[test]
fn the_contract() {
    let ran = offdesk("worth --income 150000 --days 250 --hours 8 --json").exits(0);
    let json = ran.json();
    assert_eq!(ran.err, "");
    assert_eq!(
        keys(&json),
        [
            "schema", "currency", "basis", "hour", "target", "ceiling", "low", "mid", "high",
            "bases", "from"
        ]
    );
    for (pointer, value) in [
        ("/schema", "offdesk.worth/1"),
        ("/currency", "USD"),
        ("/basis", "wanted"),
        ("/hour", "75.00"),
        ("/target", "150.00"),
        ("/ceiling", "75.00"),
    ] {
        assert_eq!(text(&json, pointer), value, "{pointer}");
    }
}

#[test]
fn every_basis() {
    for (options, basis, hour) in [
        ("--income 150000", "wanted", "75.00"),
        ("--income 150k --days 200 --hours 7.5", "wanted", "100.00"),
        ("--made 120000 --hours-worked 2400", "made", "50.00"),
        (
            "--profit 40000 --owner-pay 60000 --hours-worked 2000",
            "profit",
            "50.00",
        ),
        (
            "--profit -10000 --owner-pay 60000 --hours-worked 2000",
            "profit",
            "25.00",
        ),
        ("--salary 60000 --wage-share 0.705", "replacement", "40.92"),
        ("--rate 75", "stated", "75.00"),
        ("--rate $1,250.50", "stated", "1250.50"),
    ] {
        let json = offdesk(&format!("worth {options} --json")).exits(0).json();
        assert_eq!(text(&json, "/basis"), basis, "{options}");
        assert_eq!(text(&json, "/hour"), hour, "{options}");
        assert_eq!(text(&json, "/bases/0/hour"), hour, "{options}");
    }
}

/// To one reader it is a hundred and fifty thousand, to another a hundred and fifty: neither is guessed.
#[test]
fn an_income_with_a_dot_before_three_digits_is_asked_about() {
    let ran = offdesk("worth --income 150.000").exits(2);
    assert!(ran.err.contains("is it 150000 or 150?"), "{}", ran.err);
    offdesk("worth --income 150.0").exits(0);
}

#[test]
fn target_ceiling_and_currency() {
    let json =
        offdesk("worth --rate 80 --target-multiple 1.5 --ceiling 40 --currency JPY --json").json();
    assert_eq!(text(&json, "/hour"), "80");
    assert_eq!(text(&json, "/target"), "120");
    assert_eq!(text(&json, "/ceiling"), "40");
}

#[test]
fn several_bases_stand_side_by_side() {
    let line = "worth --income 150000 --made 120000 --hours-worked 2400 --rate 90";
    let json = offdesk(&format!("{line} --json")).exits(0).json();
    assert_eq!(text(&json, "/basis"), "median");
    assert_eq!(text(&json, "/low"), "50.00");
    assert_eq!(text(&json, "/mid"), "75.00");
    assert_eq!(text(&json, "/high"), "90.00");
    assert_eq!(text(&json, "/target"), "150.00");
    assert_eq!(json["bases"].as_array().unwrap().len(), 3);
    // The middle of two is their mean.
    let json = offdesk("worth --income 150000 --rate 50 --json").json();
    assert_eq!(text(&json, "/mid"), "62.50");
}

#[test]
fn in_words() {
    let ran = offdesk("worth --income 150000").exits(0);
    insta::assert_snapshot!(ran.out, @r"
    wanted            75.00 USD an hour   150,000 a year / 250 days / 8 hours

    Worth         75.00 USD   what your hour is worth
    Target       150.00 USD   what it should become (2 times the worth)
    Ceiling       75.00 USD   the most to pay for an hour

    Work that costs less than 18.75 an hour you can hand off without much reckoning
    (a quarter of the worth: a rule of thumb).
    ");
    let all = "worth --income 150000 --made 120000 --profit 40000 --owner-pay 60000 \
               --hours-worked 2300 --salary 60000 --rate 80";
    for line in offdesk(all).exits(0).out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn revenue_is_refused_with_the_reason() {
    let ran = offdesk("worth --revenue 500000").refused(2, "worth.revenue");
    insta::assert_snapshot!(ran.err, @r"
    error: revenue is not what your hour is worth: it also pays for everything the business buys, so it is an upper bound only
      take what is left of it instead:  --profit 40000 --owner-pay 60000 --hours-worked 2300
      or what you want to make in a year:  --income 150000
      Nothing was changed.
      code: worth.revenue
    ");
    // Also beside a good basis, and in an audit, before any file is read.
    offdesk("worth --revenue 500000 --rate 75").refused(2, "worth.revenue");
    offdesk("audit nowhere.csv --revenue 500000").refused(2, "worth.revenue");
}

#[test]
fn without_a_basis_the_options_are_named() {
    let ran = offdesk("worth").refused(2, "worth.missing");
    insta::assert_snapshot!(ran.err, @r"
    error: I do not know what your hour is worth
      what you want to make in a year:  --income 150000 [--days 250 --hours 8]
      or the hour itself:               --rate 75
      other bases:                      offdesk worth --help
      Nothing was changed.
      code: worth.missing
    ");
    // An audit needs exactly one.
    offdesk("audit nowhere.csv").refused(2, "worth.missing");
    offdesk("audit nowhere.csv --rate 75 --income 150000").refused(2, "worth.several");
}

#[test]
fn alone_it_shows_what_the_workspace_keeps() {
    let folder = crate::desk::desk();
    let run = |line: &str| folder.run(&line.split_whitespace().collect::<Vec<_>>());
    // A desk in which nothing was said yet is asked like none at all.
    run("worth").refused(2, "worth.missing");
    run("worth --income 150000 --target-multiple 1.5 --save").exits(0);
    let kept = run("worth").exits(0).out;
    let (rates, since) = kept.rsplit_once("\n\n").unwrap();
    assert_eq!(
        rates.trim_end(),
        "wanted            75.00 USD an hour   150,000 a year / 250 days / 8 hours\n\
         \n\
         Worth         75.00 USD   what your hour is worth\n\
         Target       112.50 USD   what it should become (1.5 times the worth)\n\
         Ceiling       75.00 USD   the most to pay for an hour\n\
         \n\
         Work that costs less than 18.75 an hour you can hand off without much reckoning\n\
         (a quarter of the worth: a rule of thumb)."
    );
    assert!(since.starts_with("Kept in My business, since "), "{since}");
    let json = run("worth --json").exits(0).json();
    assert_eq!(text(&json, "/hour"), "75.00");
    assert_eq!(text(&json, "/basis"), "wanted");
    assert!(json["from"].is_string(), "{json}");
}
