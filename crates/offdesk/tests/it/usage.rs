//! Command lines that are not understood, and the commands that only tell something.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::program::{Folder, offdesk};

#[test]
fn the_near_one_is_suggested() {
    for (line, code, near) in [
        ("wroth", "usage.command", "offdesk worth"),
        ("audti", "usage.command", "offdesk audit"),
        ("licenses", "usage.command", "offdesk licences"),
        ("source lst", "usage.command", "offdesk source list"),
        ("audit x.csv --inocme 5", "usage.option", "--income"),
        ("worth --currancy EUR", "usage.option", "--currency"),
        ("completions bsh", "usage.value", "bash"),
    ] {
        let ran = offdesk(line).refused(2, code);
        let hint = format!("did you mean:  {near}\n");
        assert!(ran.err.contains(&hint), "{line}: {}", ran.err);
    }
}

#[test]
fn mistakes_are_told_like_every_error() {
    insta::assert_snapshot!(offdesk("wroth --rate 5").err, @r#"
    error: there is no command "wroth"
      did you mean:  offdesk worth
      all options:  offdesk --help
      Nothing was changed.
      code: usage.command
    "#);
    insta::assert_snapshot!(offdesk("worth --income lots").err, @r#"
    error: --income <N> cannot be "lots": it is not a number, such as 150000 or 90.50
      all options:  offdesk worth --help
      Nothing was changed.
      code: usage.value
    "#);
    for (line, code) in [
        ("audit", "usage.missing"),
        ("worth --made 5", "usage.missing"),
        ("worth --income", "usage.value"),
        ("worth now", "usage.word"),
        ("audit x.csv --rate 5 --json --csv", "usage.conflict"),
        ("worth --rate 5 --rate 6", "usage.conflict"),
        ("worth --rate 5 --color blue", "usage.value"),
        ("audit x.csv --rate 5 --currency dollars", "usage.value"),
        ("demo --seed many", "usage.value"),
        ("demo --as-of today", "usage.value"),
    ] {
        let ran = offdesk(line).refused(2, code);
        assert!(
            ran.err.contains("--help\n  Nothing was changed.\n"),
            "{line}: {}",
            ran.err
        );
    }
}

/// Waiting for its end would be waiting for ever.
#[test]
fn without_a_command_the_page_is_served() {
    let folder = Folder::new();
    let mut child = folder
        .command(&[])
        .env("OFFDESK_LISTEN", "127.0.0.1:0")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    said.read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.contains("http://localhost:"), "{line}");
    assert!(line.contains("/setup?code="), "{line}");
}

#[test]
fn the_version_is_shown() {
    let version = offdesk("--version").exits(0);
    assert_eq!(
        version.out,
        format!("offdesk {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn completions_of_five_shells() {
    for shell in ["bash", "zsh", "fish", "powershell", "nushell"] {
        let ran = offdesk(&format!("completions {shell}")).exits(0);
        for word in ["audit", "date-order", "licences"] {
            assert!(ran.out.contains(word), "{shell}: {word}");
        }
        assert_eq!(ran.err, "");
    }
}

#[test]
fn formats_and_licences() {
    let formats = offdesk("formats").exits(0).out;
    for id in [
        "toggl.detailed",
        "clockify.detailed",
        "ics",
        "harvest",
        "table",
    ] {
        assert!(
            formats.lines().any(|line| line.starts_with(id)),
            "{id}: {formats}"
        );
    }
    let ids: Vec<&str> = formats
        .lines()
        .skip(2)
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted, "sorted, each once");
    let licences = offdesk("licences").exits(0).out;
    for part in [
        "Apache-2.0 OR MIT",
        "Bureau of Labor Statistics",
        "Office for National Statistics",
    ] {
        assert!(licences.contains(part), "{part}: {licences}");
    }
}
