//! Holds what ARCHITECTURE.md and CONTRIBUTING.md promise: the arrows between crates, the pure domain, the house's own rules for
//! source files.

#![expect(
    clippy::unwrap_used,
    reason = "a file of tests: what cannot be read fails the test"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Which of our crates a crate may use.
const ARROWS: [(&str, &[&str]); 9] = [
    (
        "offdesk",
        &[
            "offdesk-web",
            "offdesk-actions",
            "offdesk-store",
            "offdesk-import",
            "offdesk-domain",
        ],
    ),
    ("offdesk-web", &["offdesk-actions", "offdesk-domain"]),
    (
        "offdesk-actions",
        &[
            "offdesk-import",
            "offdesk-outbound",
            "offdesk-planner",
            "offdesk-pricing",
            "offdesk-store",
            "offdesk-domain",
        ],
    ),
    ("offdesk-outbound", &[]),
    ("offdesk-store", &["offdesk-domain"]),
    ("offdesk-planner", &[]),
    ("offdesk-import", &["offdesk-domain"]),
    ("offdesk-pricing", &["offdesk-domain"]),
    ("offdesk-domain", &[]),
];

/// What the domain may use: no serde, no I/O, no async, no SQL.
const DOMAIN_MAY_USE: [&str; 12] = [
    "rand",
    "rand_distr",
    "rand_pcg",
    "statrs",
    "jiff",
    "rust_decimal",
    "thiserror",
    "unicode-normalization",
    "foldhash",
    "hashbrown",
    "iban_validate",
    "sha2",
];

/// Crates that open connections to other machines, and who may use them: one crate for what is fetched and mailed, one for the database.
const CONNECTING: [(&str, &str); 4] = [
    ("ureq", "offdesk-outbound"),
    ("lettre", "offdesk-outbound"),
    ("postgres", "offdesk-store"),
    ("reqwest", ""),
];

/// What can both serve and connect: only for serving.
const SERVING: [&str; 2] = ["hyper", "hyper-util"];

/// Calls that open connections, which no source of a crate has, its tests aside. Written in halves, as below.
const CONNECTIONS: [[&str; 2]; 4] = [
    ["TcpStream::", "connect"],
    ["UdpSocket::", "bind"],
    ["UnixStream::", "connect"],
    ["To", "SocketAddrs"],
];

/// Longest source file without a reason, its inline tests aside.
const LONGEST: usize = 300;

/// Files that are longer, and why.
const LONGER: [(&str, &str); 15] = [
    (
        "crates/offdesk-actions/src/facts/tests.rs",
        "tests: a file of each publisher",
    ),
    (
        "crates/offdesk-domain/src/assignment/tests.rs",
        "tests: every state that can be reached, with every event",
    ),
    (
        "crates/offdesk-web/src/desk/api/assignment_table.rs",
        "a table: the routes of the API for assignments",
    ),
    (
        "crates/offdesk-domain/src/blueprint/tests.rs",
        "tests: tables of cases for the form, the gate and the warnings",
    ),
    (
        "crates/offdesk-store/src/copy.rs",
        "a table: the columns of every table",
    ),
    (
        "crates/offdesk-import/src/text/elements.rs",
        "one scanner of one notation",
    ),
    (
        "crates/offdesk-web/src/desk/api/table.rs",
        "a table: the routes of the API",
    ),
    (
        "crates/offdesk-actions/src/demo/kinds.rs",
        "a table: what the invented owner does and writes",
    ),
    (
        "crates/offdesk-domain/src/activity/scan.rs",
        "one pass over a text, kept in one place for speed",
    ),
    (
        "crates/offdesk-import/src/formats/activitywatch_day.rs",
        "one computation over one set of buckets, from events to days",
    ),
    (
        "crates/offdesk-import/src/formats/ics/series.rs",
        "one algorithm: what a series gives, loses and has replaced",
    ),
    (
        "crates/offdesk-import/src/formats/superproductivity.rs",
        "a third of it is the shape of the backup in three versions",
    ),
    (
        "crates/offdesk-import/src/formats/timeclock.rs",
        "one format, from its lines to its open sessions",
    ),
    (
        "crates/offdesk-import/src/reading.rs",
        "the rules all formats share, in one place on purpose",
    ),
    (
        "crates/offdesk-import/src/table/words.rs",
        "tables: the words of seven languages",
    ),
];

/// Words that say something is not finished. Written in halves, so that this file does not hold them.
const FORBIDDEN: [[&str; 2]; 3] = [["to", "do"], ["fix", "me"], ["xx", "x"]];

#[test]
fn crates_depend_only_downwards() {
    let mut faults = Vec::new();
    let mut found = BTreeSet::new();
    for folder in folders(&root().join("crates")) {
        let manifest = manifest(&folder);
        let name = manifest["package"]["name"].as_str().unwrap().to_owned();
        let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| *from == name) else {
            faults.push(format!("{name} is in no arrow: add it to the table"));
            continue;
        };
        let ours = dependencies(&manifest, true)
            .into_iter()
            .filter(|to| to.starts_with("offdesk"));
        for to in ours {
            if !allowed.contains(&to.as_str()) {
                faults.push(format!("{name} uses {to}"));
            }
        }
        found.insert(name);
    }
    for (name, _) in ARROWS {
        if !found.contains(name) {
            faults.push(format!("{name} is in the table, but no crate"));
        }
    }
    none(&faults);
}

#[test]
fn the_domain_is_pure() {
    let manifest = manifest(&root().join("crates/offdesk-domain"));
    let faults: Vec<String> = dependencies(&manifest, false)
        .into_iter()
        .filter(|to| !DOMAIN_MAY_USE.contains(&to.as_str()))
        .map(|to| format!("offdesk-domain uses {to}"))
        .collect();
    none(&faults);
}

#[test]
fn paths_in_the_documents_exist() {
    let mut faults = Vec::new();
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let Ok(text) = fs::read_to_string(root().join(name)) else {
            faults.push(format!("{name} is missing"));
            continue;
        };
        for path in paths(&text) {
            if !root().join(path).exists() {
                faults.push(format!("{name} names {path}"));
            }
        }
    }
    none(&faults);
}

#[test]
fn source_files_begin_with_what_they_are() {
    let faults: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| format!("{path} does not begin with //!"))
        .collect();
    none(&faults);
}

#[test]
fn nothing_is_left_for_later() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = unfinished(line) {
                faults.push(format!("{path}:{}: {word}", number + 1));
            }
        }
    }
    none(&faults);
}

/// Inline tests do not count, nor do files of tests: they are tables of cases.
#[test]
fn long_files_have_a_reason() {
    let mut faults = Vec::new();
    let sources = sources();
    for (path, text) in &sources {
        if path.split('/').any(|folder| folder == "tests") {
            continue;
        }
        let lines = lines_of_code(text);
        let is_excused = LONGER.iter().any(|(longer, _)| longer == path);
        if lines > LONGEST && !is_excused {
            faults.push(format!("{path} has {lines} lines"));
        }
        if lines <= LONGEST && is_excused {
            faults.push(format!("{path} is short enough now: drop its reason"));
        }
    }
    for (longer, _) in LONGER {
        if !sources.iter().any(|(path, _)| path == longer) {
            faults.push(format!("{longer} is excused, but there is no such file"));
        }
    }
    none(&faults);
}

#[test]
fn one_crate_reaches_other_machines() {
    let mut faults = Vec::new();
    for folder in folders(&root().join("crates")) {
        let manifest = manifest(&folder);
        let name = manifest["package"]["name"].as_str().unwrap().to_owned();
        for used in dependencies(&manifest, false) {
            let found = CONNECTING.iter().find(|(client, _)| *client == used);
            if found.is_some_and(|(_, user)| *user != name) {
                faults.push(format!("{name} uses {used}"));
            }
        }
    }
    let workspace = manifest(&root());
    for name in SERVING {
        let features = workspace["workspace"]["dependencies"][name]["features"].as_array();
        let features = features.unwrap().iter().filter_map(|it| it.as_str());
        let clients = features.filter(|it| it.starts_with("client"));
        faults.extend(clients.map(|it| format!("{name} has {it}")));
    }
    let found: Vec<String> = sources()
        .into_iter()
        .filter(|(path, _)| path.starts_with("crates/") && !path.contains("/tests/"))
        .flat_map(|(path, text)| {
            let calls = CONNECTIONS.map(|halves| halves.concat());
            calls.map(|call| text.contains(&call).then(|| format!("{path} has {call}")))
        })
        .flatten()
        .collect();
    faults.extend(found);
    none(&faults);
}

/// The checks above find what they look for.
#[test]
fn the_rules_can_be_broken() {
    let text = "Formats: `crates/offdesk-import/src/formats/`, run `cargo xtask ci`, a `word`, `src/a b`, `https://x.example/y`.";
    assert_eq!(
        paths(text).collect::<Vec<_>>(),
        ["crates/offdesk-import/src/formats/"]
    );
    for (line, is_found) in [
        ("    // W: later", true),
        ("/// W!", true),
        ("let a = 1; // W", true),
        ("//! Reads Wist.", false),
        ("let word = \"// W\";", false),
    ] {
        for word in FORBIDDEN.map(|halves| halves.concat()) {
            let line = line.replace('W', &word.to_uppercase());
            assert_eq!(unfinished(&line).is_some(), is_found, "{line}");
        }
    }
    let with_tests = "//! A.\n\nfn a() {}\n#[cfg(test)]\nmod tests {\n}\n";
    assert_eq!(lines_of_code(with_tests), 3);
    assert_eq!(
        lines_of_code("#[cfg(test)]\nmod a_tests;\n\nfn a() {}\n"),
        4
    );
    let manifest: toml::Table =
        "dependencies.a = '1'\ntarget.'cfg(unix)'.dependencies.b = '1'\ndev-dependencies.c = '1'"
            .parse()
            .unwrap();
    let names = |with_dev| Vec::from_iter(dependencies(&manifest, with_dev)).concat();
    assert_eq!((names(false), names(true)), ("ab".into(), "abc".into()));
}

/// The paths a document names: between backticks, with a slash, without a space.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| code.contains('/'))
        .filter(|code| !code.contains([' ', '\n', '<', '{', '*']) && !code.contains("://"))
        // Not the root of the machine, not an option, not the name of a schema such as `offdesk.audit/1`.
        .filter(|code| !code.starts_with(['/', '-']) && !code.starts_with("offdesk."))
}

/// The lines before the tests within the file.
fn lines_of_code(text: &str) -> usize {
    let code = text.split("\n#[cfg(test)]\nmod tests {").next();
    code.unwrap_or_default().lines().count()
}

/// The word of a comment that says something is not finished.
fn unfinished(line: &str) -> Option<String> {
    let start = line.find("//")?;
    let is_in_a_text = line[..start].matches('"').count() % 2 == 1;
    if is_in_a_text {
        return None;
    }
    line[start..]
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .find(|word| FORBIDDEN.iter().any(|halves| *word == halves.concat()))
}

fn dependencies(manifest: &toml::Table, with_dev: bool) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut add = |table: &toml::Table| {
        for (key, value) in table {
            let is_wanted = key == "dependencies"
                || key == "build-dependencies"
                || (with_dev && key == "dev-dependencies");
            if let (true, Some(dependencies)) = (is_wanted, value.as_table()) {
                for (name, value) in dependencies {
                    let renamed = value.get("package").and_then(toml::Value::as_str);
                    names.insert(renamed.unwrap_or(name).to_owned());
                }
            }
        }
    };
    add(manifest);
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        targets
            .values()
            .filter_map(toml::Value::as_table)
            .for_each(add);
    }
    names
}

fn manifest(folder: &Path) -> toml::Table {
    let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    text.parse().unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn folders(below: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(below).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.is_dir()).collect()
}

/// All our source files: path from the root, and text.
fn sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    let mut open: Vec<PathBuf> = ["crates", "xtask", "fuzz"]
        .map(|part| root().join(part))
        .into();
    while let Some(folder) = open.pop() {
        open.extend(
            folders(&folder)
                .into_iter()
                .filter(|path| !path.ends_with("target") && !path.ends_with("node_modules")),
        );
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                sources.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(sources.len() > 30, "there are more source files than that");
    sources.sort();
    sources
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
