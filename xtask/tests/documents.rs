//! Holds the reference to the sources: every stable code and every format is described, and nothing is described that is not there.

#![expect(
    clippy::unwrap_used,
    reason = "a file of tests: what cannot be read fails the test"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What codes begin with.
const AREAS: [&str; 43] = [
    "assignment.",
    "attachment.",
    "recurrence.",
    "file.",
    "access.",
    "blueprint.",
    "handoff.",
    "person.",
    "terms.",
    "text.",
    "import.",
    "worth.",
    "audit.",
    "price.",
    "facts.",
    "rules.",
    "decide.",
    "plan.",
    "write.",
    "demo.",
    "usage.",
    "desk.",
    "next.",
    "backup.",
    "restore.",
    "move.",
    "log.",
    "store.",
    "setup.",
    "serve.",
    "mail.",
    "mailbox.",
    "budget.",
    "agent.",
    "calendar.",
    "member.",
    "sign_in.",
    "pay.",
    "bill.",
    "hours.",
    "timesheet.",
    "return.",
    "workspace.",
];

#[test]
fn every_code_is_in_the_reference_and_none_is_made_up() {
    let mut used = BTreeSet::new();
    for text in sources() {
        used.extend(codes(&text));
    }
    assert!(used.len() > 80, "there are more codes than {}", used.len());
    let described: BTreeSet<String> = first_cells("docs/src/reference/codes.md")
        .into_iter()
        .filter(|cell| AREAS.iter().any(|area| cell.starts_with(area)))
        .collect();
    same(&used, &described);
}

/// A new area must not slip past the test above.
#[test]
fn the_program_has_no_code_of_another_area() {
    let mut others = Vec::new();
    for path in files(&root().join("crates/offdesk/src"), "rs") {
        let text = fs::read_to_string(path).unwrap();
        for literal in without_tests(&text)
            .split('"')
            .filter(|it| is_code_like(it))
        {
            let is_file = matches!(literal, "offdesk.db" | "offdesk.key");
            // A code of the actions, which the command line ends with another number.
            let is_of_actions = literal == "account.which";
            if !is_file && !is_of_actions && !AREAS.iter().any(|area| literal.starts_with(area)) {
                others.push(literal.to_owned());
            }
        }
    }
    assert!(others.is_empty(), "\n{others:?}");
}

#[test]
fn every_format_is_in_the_reference_and_none_is_made_up() {
    let folder = root().join("crates/offdesk-import/src/formats");
    let mut used = BTreeSet::new();
    for path in files(&folder, "rs") {
        let text = fs::read_to_string(path).unwrap();
        for (at, _) in without_tests(&text).match_indices(" id: \"") {
            let rest = &text[at + " id: \"".len()..];
            used.insert(rest[..rest.find('"').unwrap()].to_owned());
        }
    }
    assert!(
        used.len() > 40,
        "there are more formats than {}",
        used.len()
    );
    let described = first_cells("docs/src/reference/formats.md");
    same(&used, &described);
}

/// Whoever follows a guide needs the files it names.
#[test]
fn every_file_that_the_guide_to_decisions_reads_is_shown_in_it() {
    let guide = fs::read_to_string(root().join("docs/src/guides/decide.md")).unwrap();
    let mut shown = 0;
    for path in files(&root().join("docs/examples"), "json") {
        let name = path.file_name().unwrap().to_str().unwrap();
        if guide.contains(&format!(" {name}")) {
            let text = fs::read_to_string(&path).unwrap();
            let block = format!("```json\n{}\n```\n", text.trim_end());
            assert!(guide.contains(&block), "{name} is not shown as it is");
            shown += 1;
        }
    }
    assert!(shown >= 4, "only {shown} files are named");
}

#[test]
fn every_option_is_in_the_reference_and_none_is_made_up() {
    let help = fs::read_to_string(root().join("crates/offdesk/tests/it/cli-reference.md.snap"));
    let reference = fs::read_to_string(root().join("docs/src/reference/options.md"));
    same(&options(&help.unwrap()), &options(&reference.unwrap()));
}

#[test]
fn every_key_of_the_json_is_in_the_reference() {
    let source =
        fs::read_to_string(root().join("crates/offdesk-actions/src/audit/json.rs")).unwrap();
    let reference = fs::read_to_string(root().join("docs/src/reference/json.md")).unwrap();
    let keys: BTreeSet<&str> = keys(&source).collect();
    assert!(keys.len() > 40, "there are more keys than {}", keys.len());
    let described: BTreeSet<&str> = reference.split(['`', '.']).collect();
    let missing: Vec<_> = keys.difference(&described).collect();
    assert!(missing.is_empty(), "not described: {missing:?}");
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut documents = files(&root().join("docs"), "md");
    documents.extend(
        [
            "README.md",
            "ARCHITECTURE.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
        ]
        .map(|name| root().join(name)),
    );
    let mut faults = Vec::new();
    for document in documents {
        let text = fs::read_to_string(&document).unwrap();
        for target in links(&text) {
            if !document.parent().unwrap().join(target).exists() {
                faults.push(format!("{} links to {target}", document.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The checks above find what they look for.
#[test]
fn the_rules_can_be_broken() {
    let text = "f(\"import.no_date\", \"import.no date\"); g(\"x (code: import.partly)\"); \"audit.html\" \"write.\"";
    let found: Vec<String> = codes(text).into_iter().collect();
    assert_eq!(found, ["import.no_date", "import.partly"]);
    assert!(is_code_like("usage.word") && !is_code_like("usage.word.") && !is_code_like("a b.c"));
    assert_eq!(
        Vec::from_iter(options("|---| `--a-b N`, --c")),
        ["a-b", "c"]
    );
    let text = "#[derive(A)]\nstruct B<'r> {\n    c: D,\n    #[e(f)]\n    g: H<'r>,\n}\nfn i() {\n    j: 1\n}";
    assert_eq!(keys(text).collect::<Vec<_>>(), ["c", "g"]);
    assert_eq!(without_tests("a\n#[cfg(test)]\nmod tests {\nb"), "a\n");
    let text = "[a](x.md#part) [b](https://x.example) `[c](y.md)` [d](../z)";
    assert_eq!(links(text).collect::<Vec<_>>(), ["x.md", "y.md", "../z"]);
}

/// The codes in a source: a whole literal, or named in a message as one.
fn codes(text: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for area in AREAS {
        for (at, _) in text.match_indices(area) {
            let is_literal = text[..at].ends_with('"');
            let is_named = text[..at].ends_with("code: ");
            let rest = &text[at + area.len()..];
            let length = rest
                .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'))
                .unwrap_or(rest.len());
            let end = if is_literal { '"' } else { ')' };
            if (is_literal || is_named) && length > 0 && rest[length..].starts_with(end) {
                codes.insert(format!("{area}{}", &rest[..length]));
            }
        }
    }
    // Names of files, not codes.
    for file in ["audit.html", "desk.js", "desk.css"] {
        codes.remove(file);
    }
    codes
}

/// The options a text names.
fn options(text: &str) -> BTreeSet<String> {
    let names = text.split("--").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        rest.get(..end.unwrap_or(rest.len()))
    });
    let is_name = |name: &&str| name.starts_with(|c: char| c.is_ascii_lowercase());
    names.filter(is_name).map(str::to_owned).collect()
}

/// The fields of the structures that are written as JSON.
fn keys(source: &str) -> impl Iterator<Item = &str> {
    let structs = source.split("struct ").skip(1);
    let bodies = structs.filter_map(|rest| rest.split_once('{')?.1.split_once("\n}"));
    bodies.flat_map(|(body, _)| {
        let fields = body.lines().filter_map(|line| line.trim().split_once(": "));
        fields.map(|(name, _)| name.trim_start_matches("pub "))
    })
}

/// Whether a text is two lower-case words with a dot between, as codes are.
fn is_code_like(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    text.split_once('.')
        .is_some_and(|(area, name)| is_word(area) && is_word(name))
}

/// The first cells of a document's tables, where they are in backticks.
fn first_cells(document: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(document)).unwrap();
    let cells = text.lines().filter_map(|line| {
        let cell = line.strip_prefix("| `")?;
        Some(cell[..cell.find('`')?].to_owned())
    });
    cells.collect()
}

/// The files a document links to.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next())
        .filter(|target| !target.is_empty() && !target.contains("://"))
}

fn same(used: &BTreeSet<String>, described: &BTreeSet<String>) {
    let missing: Vec<_> = used.difference(described).collect();
    let invented: Vec<_> = described.difference(used).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "\nnot described: {missing:?}\ndescribed, but not there: {invented:?}"
    );
}

/// The sources of the crates, without their tests.
fn sources() -> Vec<String> {
    let mut sources = Vec::new();
    for path in files(&root().join("crates"), "rs") {
        let parts: Vec<_> = path.iter().filter_map(|part| part.to_str()).collect();
        let is_test = parts.iter().any(|part| {
            matches!(*part, "tests" | "tests.rs" | "samples.rs") || part.ends_with("_tests.rs")
        });
        if !is_test {
            let text = fs::read_to_string(path).unwrap();
            sources.push(without_tests(&text).to_owned());
        }
    }
    sources
}

fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod tests {")
        .map_or(text, |at| &text[..at])
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}
