//! What `deploy` names is there: the options, the paths, the port, the compiler; and the image is made of what its file copies.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// All sources of the command line as one text.
fn command_line() -> String {
    let mut text = String::new();
    let mut folders = vec![root().join("crates/offdesk/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                text += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    text
}

/// The variables that a text sets for the program; one that is commented out is there to be switched on, so it counts, too.
fn variables(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_uppercase() && c != '_');
    words
        .filter(|word| word.starts_with("OFFDESK_"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_variable_that_is_set_is_an_options() {
    let known = command_line();
    let mut set = 0;
    for path in ["deploy/offdesk.service", "deploy/Dockerfile"] {
        for name in variables(&read(path)) {
            let option = format!("env = \"{name}\"");
            assert!(known.contains(&option), "{path}: {name} is no option's");
            set += 1;
        }
    }
    assert!(set >= 6, "only {set} variables were found");
}

#[test]
fn the_unit_starts_what_the_image_starts() {
    let (unit, image) = (read("deploy/offdesk.service"), read("deploy/Dockerfile"));
    let starts = unit
        .lines()
        .find_map(|line| line.strip_prefix("ExecStart="))
        .unwrap();
    let (program, command) = starts.split_once(' ').unwrap();
    assert_eq!(command, "serve");
    assert!(image.contains(&format!(" {program}\n")), "{program}");
    let name = Path::new(program).file_name().unwrap().to_str().unwrap();
    assert!(image.contains(&format!("ENTRYPOINT [\"{name}\"]\nCMD [\"serve\"]\n")));
    // The program of the package that is built is called like that.
    let manifest = read("crates/offdesk/Cargo.toml");
    assert!(manifest.contains(&format!("name = \"{name}\"\n")), "{name}");
    // The folder is the one that systemd makes, and the one that the image makes.
    let folder = unit
        .lines()
        .find_map(|line| line.strip_prefix("StateDirectory="))
        .unwrap();
    assert!(unit.contains(&format!("Environment=OFFDESK_DATA_DIR=/var/lib/{folder}\n")));
    let made = image.contains("-m 0700 /data\n") && image.contains("VOLUME /data\n");
    assert!(made && image.contains("OFFDESK_DATA_DIR=/data "));
}

#[test]
fn the_image_listens_where_it_says_and_is_built_by_the_compiler_that_is_asked_for() {
    let image = read("deploy/Dockerfile");
    let after = |start: &str| -> String {
        let rest = image.split(start).nth(1).unwrap();
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        rest[..end.unwrap()].to_owned()
    };
    let port = after("EXPOSE ");
    assert!(image.contains(&format!("OFFDESK_LISTEN=0.0.0.0:{port}\n")));
    assert!(image.contains(&format!("-p 127.0.0.1:{port}:{port} ")));
    let manifest = read("Cargo.toml");
    let compiler = after("FROM rust:");
    assert!(manifest.contains(&format!("rust-version = \"{compiler}\"\n")));
    // Both stages have the same system libraries.
    assert!(image.contains("-bookworm AS build\n") && image.contains("FROM debian:bookworm-"));
}

#[test]
fn what_the_image_is_not_made_of_is_left_out_before_it_is_sent() {
    let ignored = read(".dockerignore");
    let names: BTreeSet<&str> = ignored.lines().collect();
    for name in [".git", "target", "fuzz/target"] {
        assert!(names.contains(name), "{name} would be sent to be built");
    }
    // Nothing that the build needs is among them.
    for needed in ["Cargo.toml", "Cargo.lock", "crates", "xtask", "docs"] {
        assert!(!names.contains(needed), "{needed}");
    }
}
