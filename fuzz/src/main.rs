//! Coverage-guided fuzzing of everything that reads foreign bytes; `cargo xtask fuzz` builds and runs it.
//!
//! One binary holds all targets: `OFFDESK_FUZZ_TARGET` names the one to run, or is `list`. A target is one of those below, or
//! a family of formats, such as `toggl`: each input is then read as every format of the family, whatever it looks like.
#![no_main]

mod blueprints;
mod reading;
mod texts;

use std::collections::BTreeSet;
use std::process;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

/// Targets that are no family of formats.
const FIXED: [(&str, fn(&[u8])); 4] = [
    ("detect", |data| reading::read(data, None)),
    ("texts", texts::check),
    ("blueprints", blueprints::check_form),
    ("documents", blueprints::check_documents),
];

enum Target {
    Fixed(fn(&[u8])),
    Formats(Vec<&'static str>),
}

static TARGET: OnceLock<Target> = OnceLock::new();

fuzz_target!(
    init: {
        let _ = TARGET.set(chosen());
    },
    |data: &[u8]| {
        match TARGET.get() {
            Some(Target::Fixed(check)) => check(data),
            Some(Target::Formats(ids)) => {
                for id in ids {
                    reading::read(data, Some(id));
                }
            }
            None => {}
        }
    }
);

fn chosen() -> Target {
    let name = std::env::var("OFFDESK_FUZZ_TARGET").unwrap_or_default();
    if name == "list" {
        for name in names() {
            println!("{name}");
        }
        process::exit(0);
    }
    if let Some((_, check)) = FIXED.iter().find(|(fixed, _)| *fixed == name) {
        return Target::Fixed(*check);
    }
    let ids: Vec<_> = offdesk_import::detect::ids()
        .filter(|id| family(id) == name)
        .collect();
    if ids.is_empty() {
        let all: Vec<&str> = names().collect();
        eprintln!(
            "OFFDESK_FUZZ_TARGET is to be list, or one of {}, not \"{name}\"",
            all.join(", ")
        );
        process::exit(2);
    }
    Target::Formats(ids)
}

/// All targets.
fn names() -> impl Iterator<Item = &'static str> {
    FIXED.iter().map(|(name, _)| *name).chain(families())
}

fn families() -> BTreeSet<&'static str> {
    offdesk_import::detect::ids().map(family).collect()
}

fn family(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}
