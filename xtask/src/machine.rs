//! The machine xtask runs on: folders, environment, clock, and running other programs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::Outcome;

/// The repository's root.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// An environment variable; `None` if unset or empty.
#[expect(
    clippy::disallowed_methods,
    reason = "xtask is configured by the machine it runs on"
)]
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether this is a CI run, where nothing may be skipped.
pub fn is_ci() -> bool {
    environment("CI").is_some_and(|value| value != "false" && value != "0")
}

/// Now, for measuring.
#[expect(clippy::disallowed_methods, reason = "xtask measures time")]
pub fn now() -> Instant {
    Instant::now()
}

/// Where a program of this name is, if it is installed.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = environment("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    let mut command = Command::new(environment("CARGO").unwrap_or_else(|| String::from("cargo")));
    command.current_dir(root());
    command
}

/// Cargo with some of the tests of the actions: asked for in the whole workspace, so that nothing is compiled with other features.
pub fn tests_of_actions() -> Command {
    let mut command = cargo();
    command.args(["test", "--workspace", "--test", "it"]);
    command.arg("--locked");
    command
}

/// Runs a program to its end, its output going to ours.
pub fn run(command: &mut Command) -> Outcome {
    let shown = shown(command);
    eprintln!("$ {shown}");
    let status = command
        .status()
        .map_err(|error| format!("{shown}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{shown}: {status}").into())
    }
}

/// Runs a program and takes what it prints to stdout.
pub fn output(command: &mut Command) -> Outcome<String> {
    let shown = shown(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{shown}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{shown}: {}", output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program runs and ends well; what it prints is thrown away.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let words: Vec<_> = std::iter::once(name)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    words.join(" ")
}
