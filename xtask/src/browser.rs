//! Runs the scripts of `xtask/browser` in Chromium: a page of the audit, and the desk from set-up to undo.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::machine::{root, run};
use crate::{Outcome, install};

/// Checks a page; screenshots go to `target/screenshots`.
pub fn check(page: &Path) -> Outcome {
    let page = page
        .canonicalize()
        .map_err(|error| format!("{}: {error}", page.display()))?;
    run_script("the check in a browser", "check.mjs", &[page])
}

/// Goes through the desk as an owner would, with the program of the release build.
pub fn check_desk() -> Outcome {
    let demo = root().join("target/desk-demo.csv");
    let program = root().join("target/release/offdesk");
    run(Command::new(&program)
        .args(["demo", "--as-of", "2026-11-23", "--out"])
        .arg(&demo)
        .stdout(std::process::Stdio::null()))?;
    run_script("the desk in a browser", "desk.mjs", &[program, demo])
}

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
        .arg(root().join("target/screenshots"))
        .arg(chromium))
}
