//! The examples in the documents: every block of output behind a mark `<!-- $ offdesk … -->` is written anew from a run.
//!
//! A mark may end in `| head N`, which keeps the first N lines, or in `| part WORDS`, which keeps the lines from the first that
//! begins with these words to the next empty one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::machine::{cargo, root, run};

const MARK: &str = "<!-- $ offdesk ";

/// The day the examples are as of, and the file most of them read.
const DEMO: &str = "demo --out demo.csv --as-of 2026-11-23";

/// Writes the examples anew, or only tells which documents differ.
pub fn refresh(only_checks: bool) -> Outcome {
    run(cargo().args(["build", "--quiet", "--package", "offdesk"]))?;
    let folder = desk()?;
    answer(&folder, DEMO)?;
    let mut stale = Vec::new();
    for document in documents()? {
        let text = fs::read_to_string(&document)?;
        let fresh = with_output(&text, &|command| answer(&folder, command))?;
        if fresh == text {
            continue;
        }
        let name = document.strip_prefix(root()).unwrap_or(&document);
        stale.push(name.display().to_string());
        if !only_checks {
            fs::write(&document, fresh)?;
        }
    }
    match (stale.is_empty(), only_checks) {
        (true, _) => println!("The examples are what the program prints."),
        (false, false) => println!("Written anew: {}", stale.join(", ")),
        (false, true) => {
            let list = stale.join(", ");
            return Err(
                format!("not what the program prints: {list}; run:  cargo xtask examples").into(),
            );
        }
    }
    Ok(())
}

/// A folder with the files the examples read.
fn desk() -> Outcome<PathBuf> {
    let folder = root().join("target/examples");
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(root().join("docs/examples"))? {
        let entry = entry?;
        fs::copy(entry.path(), folder.join(entry.file_name()))?;
    }
    Ok(folder)
}

fn documents() -> Outcome<Vec<PathBuf>> {
    let mut documents = vec![root().join("README.md")];
    let mut open = vec![root().join("docs/src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                documents.push(path);
            }
        }
    }
    documents.sort();
    Ok(documents)
}

/// What offdesk prints, errors first, as on a terminal; an exit code that says so is no failure of the example.
fn answer(folder: &Path, command: &str) -> Outcome<String> {
    let program = root().join("target/debug/offdesk");
    let output = Command::new(program)
        .args(words(command))
        .current_dir(folder)
        .output()?;
    let printed = [output.stderr, output.stdout].concat();
    if !matches!(output.status.code(), Some(0..=7)) {
        return Err(format!("offdesk {command}: {}", output.status).into());
    }
    Ok(String::from_utf8(printed)?)
}

/// The words of a command; double quotes hold words together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, piece) in command.split('"').enumerate() {
        if number % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// A document with the block behind every mark replaced.
fn with_output(text: &str, answer: &dyn Fn(&str) -> Outcome<String>) -> Outcome<String> {
    let mut fresh = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        let Some(mark) = line.strip_prefix(MARK) else {
            continue;
        };
        let mark = mark.trim_end_matches("-->").trim();
        let (command, cut) = mark.split_once(" | ").unwrap_or((mark, ""));
        let fence = lines.next().unwrap_or_default();
        if !fence.starts_with("```") {
            return Err(format!("no block stands behind the mark of: offdesk {command}").into());
        }
        if !lines.by_ref().any(|line| line == "```") {
            return Err(
                format!("the block of this command is not closed: offdesk {command}").into(),
            );
        }
        fresh.push_str(fence);
        fresh.push('\n');
        fresh.push_str(&kept(&answer(command)?, cut)?);
        fresh.push_str("```\n");
    }
    Ok(fresh)
}

/// What an example shows of the output.
fn kept(output: &str, cut: &str) -> Outcome<String> {
    let lines: Vec<&str> = output.trim_end().lines().collect();
    let (word, rest) = cut.split_once(' ').unwrap_or((cut, ""));
    let kept: Vec<&str> = match word {
        "" => lines,
        "head" => lines.into_iter().take(rest.parse()?).collect(),
        "part" => {
            let from = lines
                .into_iter()
                .skip_while(|line| !line.trim_start().starts_with(rest));
            from.take_while(|line| !line.is_empty()).collect()
        }
        _ => return Err(format!("an example cannot be cut by \"{cut}\"").into()),
    };
    if kept.is_empty() {
        return Err(format!("nothing is left of the output by \"{cut}\"").into());
    }
    Ok(kept.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_behind_marks_are_replaced() {
        let text = "a\n<!-- $ offdesk x --price \"In box=3\" | part B -->\n```text\nold\n```\nb\n";
        let answer = |command: &str| {
            assert_eq!(words(command), ["x", "--price", "In box=3"]);
            Ok("A\n\nB 1\n c\n\nD\n".to_owned())
        };
        let fresh = with_output(text, &answer).unwrap_or_default();
        assert_eq!(fresh, text.replace("old", "B 1\n c"));
    }

    #[test]
    fn bad_marks_are_told() {
        for text in [
            "<!-- $ offdesk x -->\nno block\n",
            "<!-- $ offdesk x -->\n```text\nold\n",
            "<!-- $ offdesk x | tail 3 -->\n```text\n```\n",
            "<!-- $ offdesk x | part Z -->\n```text\n```\n",
        ] {
            assert!(
                with_output(text, &|_| Ok("A\n".to_owned())).is_err(),
                "{text}"
            );
        }
    }
}
