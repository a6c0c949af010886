//! Runs the scripts of `xtask/browser` in Chromium: a page of the audit, the desk from set-up to undo, texts that would run.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::machine::{root, run};
use crate::{Outcome, install};

/// Checks a page; screenshots go to `target/screenshots`.
pub fn check(page: &Path) -> Outcome {
    let page = page
        .canonicalize()
        .map_err(|error| format!("{}: {error}", page.display()))?;
    run_script(
        "the check in a browser",
        "check.mjs",
        &[page, screenshots()],
    )
}

/// Goes through the desk as an owner would, with the program of the release build.
pub fn check_desk() -> Outcome {
    with_demo("the desk in a browser", "desk.mjs")
}

/// Goes the way of a handoff, from an empty workspace to the hours bought back, with a mail server that keeps what it is given.
pub fn check_handoff() -> Outcome {
    with_demo("a handoff in a browser", "handoff.mjs")
}

fn with_demo(step: &str, script: &str) -> Outcome {
    let demo = root().join("target/desk-demo.csv");
    let program = release();
    run(Command::new(&program)
        .args(["demo", "--as-of", "2026-11-23", "--out"])
        .arg(&demo)
        .stdout(std::process::Stdio::null()))?;
    run_script(step, script, &[program, demo, screenshots()])
}

/// Puts texts that would run into every form of the desk, as its owner and as a worker, and opens every page.
///
/// Each so-manieth group of the texts goes into each form; 1 takes all of them.
pub fn check_corpus(every: u32) -> Outcome {
    let arguments = [release(), every.to_string().into()];
    run_script("texts that would run", "corpus.mjs", &arguments)
}

/// The program of the release build.
fn release() -> PathBuf {
    root().join("target/release/offdesk")
}

fn screenshots() -> PathBuf {
    root().join("target/screenshots")
}

/// Runs a script with its arguments and, after them, the browser.
fn run_script(step: &str, script: &str, arguments: &[PathBuf]) -> Outcome {
    let Some(chromium) = install::debian("chromium", "chromium") else {
        return install::skip(step, "there is no chromium");
    };
    let (Some(node), Some(npm)) = (
        install::debian("node", "nodejs"),
        install::debian("npm", "npm"),
    ) else {
        return install::skip(step, "there is no node with npm");
    };
    let folder = root().join("xtask/browser");
    let changed = |file: &str| {
        folder
            .join(file)
            .metadata()
            .and_then(|file| file.modified())
            .ok()
    };
    if changed("node_modules/.package-lock.json") < changed("package-lock.json") {
        let installed = run(Command::new(npm)
            .current_dir(&folder)
            .args(["ci", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        if let Err(error) = installed {
            return install::skip(step, &format!("its node packages cannot be had ({error})"));
        }
    }
    run(Command::new(node)
        .current_dir(root())
        .arg(folder.join(script))
        .args(arguments)
        .arg(chromium))
}
