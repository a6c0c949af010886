//! Runs `xtask/browser/check.mjs` on a page: Chromium, axe-core, the network, the width of a phone.

use std::path::Path;
use std::process::Command;

use crate::machine::{root, run};
use crate::{Outcome, install};

const STEP: &str = "the check in a browser";

/// Checks a page; screenshots go to `target/screenshots`.
pub fn check(page: &Path) -> Outcome {
    let page = page
        .canonicalize()
        .map_err(|error| format!("{}: {error}", page.display()))?;
    let Some(chromium) = install::debian("chromium", "chromium") else {
        return install::skip(STEP, "there is no chromium");
    };
    let (Some(node), Some(npm)) = (
        install::debian("node", "nodejs"),
        install::debian("npm", "npm"),
    ) else {
        return install::skip(STEP, "there is no node with npm");
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
            return install::skip(STEP, &format!("its node packages cannot be had ({error})"));
        }
    }
    run(Command::new(node)
        .current_dir(root())
        .arg(folder.join("check.mjs"))
        .arg(page)
        .arg(root().join("target/screenshots"))
        .arg(chromium))
}
