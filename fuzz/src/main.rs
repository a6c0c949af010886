//! Coverage-guided fuzzing of everything that reads foreign bytes; `cargo xtask fuzz` builds and runs it.
//!
//! One binary holds all targets: `OFFDESK_FUZZ_TARGET` names the one to run, or is `list`. A target is `detect` (any file as
//! a user gives it), `texts` (dates, times, durations, encodings), `blueprints` (their
//! form), `documents` (archives, Word files, HTML) or a family of formats, such as `toggl`: each input is then
//! read as every format of the family, whatever it looks like.
#![no_main]

mod blueprints;
mod reading;
mod texts;

use std::collections::BTreeSet;
use std::process;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

enum Target {
    Detect,
    Texts,
    Blueprints,
    Documents,
    Formats(Vec<&'static str>),
}

static TARGET: OnceLock<Target> = OnceLock::new();

fuzz_target!(
    init: {
        let _ = TARGET.set(chosen());
    },
    |data: &[u8]| {
        match TARGET.get() {
            Some(Target::Detect) => reading::read(data, None),
            Some(Target::Texts) => texts::check(data),
            Some(Target::Blueprints) => blueprints::check_form(data),
            Some(Target::Documents) => blueprints::check_documents(data),
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
    match name.as_str() {
        "detect" => return Target::Detect,
        "texts" => return Target::Texts,
        "blueprints" => return Target::Blueprints,
        "documents" => return Target::Documents,
        "list" => {
            println!("detect\ntexts\nblueprints\ndocuments");
            for family in families() {
                println!("{family}");
            }
            process::exit(0);
        }
        _ => {}
    }
    let ids: Vec<_> = offdesk_import::detect::ids()
        .filter(|id| family(id) == name)
        .collect();
    if ids.is_empty() {
        eprintln!(
            "OFFDESK_FUZZ_TARGET is to be list, detect, texts, blueprints, documents or a family of formats, not \"{name}\""
        );
        process::exit(2);
    }
    Target::Formats(ids)
}

fn families() -> BTreeSet<&'static str> {
    offdesk_import::detect::ids().map(family).collect()
}

fn family(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}
