//! `offdesk doctor`: what offdesk runs on, and whether that is as it should be.

mod sealed;

use std::fs;
use std::path::Path;

use clap::Args;
use offdesk_actions::mails::{Mails, look_at_mails};
use offdesk_actions::store::{Address, Store};
use offdesk_actions::upkeep::settings_of;
use offdesk_domain::Day;
use serde::Serialize;

use super::audit::json;
use super::desk::DeskArgs;
use super::reach::KeyArgs;
use super::{Done, exit, output};
use crate::clock;

/// With less free space than this, importing may fail.
const LITTLE_SPACE: u64 = 512 << 20;
/// A clock before this moment is wrong.
const EARLIEST_YEAR: i16 = 2026;

/// Look at what offdesk runs on: versions, paths, permissions, space, settings
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk doctor
  offdesk doctor --json          to send along with a question")]
pub struct DoctorCommand {
    /// Print JSON (offdesk.doctor/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    desk: DeskArgs,
}

/// Something that was looked at.
#[derive(Serialize)]
struct Finding {
    name: String,
    value: String,
    /// What should be done about it; empty where it is as it should be.
    advice: String,
}

#[derive(Serialize)]
struct DoctorJson {
    schema: &'static str,
    healthy: bool,
    findings: Vec<Finding>,
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, name: &str, value: impl Into<String>) {
        self.advise(name, value, String::new());
    }

    fn advise(&mut self, name: &str, value: impl Into<String>, advice: impl Into<String>) {
        self.0.push(Finding {
            name: name.to_owned(),
            value: value.into(),
            advice: advice.into(),
        });
    }
}

impl DoctorCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let mut found = Findings::default();
        let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
        found.add("offdesk", env!("CARGO_PKG_VERSION"));
        found.add("system", system);
        clock_and_zones(&mut found);
        let folder = self.desk.folder()?;
        look_at_folder(&mut found, &folder);
        let key = self.key.path(&folder);
        sealed::look_at_key(&mut found, &key);
        let address = self.desk.address()?;
        match &address {
            Address::File(file) if !file.exists() => {
                found.add("desk", format!("none yet: {}", file.display()));
            }
            Address::File(file) => {
                look_at_file(&mut found, file);
                look_at_database(&mut found, &address, &key);
            }
            Address::Server(_) => look_at_database(&mut found, &address, &key),
        }
        let is_healthy = found.0.iter().all(|finding| finding.advice.is_empty());
        if self.json {
            let made = DoctorJson {
                schema: "offdesk.doctor/1",
                healthy: is_healthy,
                findings: found.0,
            };
            output::print(&json::to_text(&made)?)?;
        } else {
            output::print(&text_of(&found.0))?;
        }
        Ok(if is_healthy { 0 } else { exit::FAILED })
    }
}

fn text_of(findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        out += &format!("{:<20} {}\n", finding.name, finding.value);
        if !finding.advice.is_empty() {
            out += &format!("{:<20} ! {}\n", "", finding.advice);
        }
    }
    out
}

fn clock_and_zones(found: &mut Findings) {
    let now = clock::now();
    let today = Day::from_epoch_seconds(now.as_second());
    let advice = if today.date().year() < EARLIEST_YEAR {
        "the clock is wrong: set it, or days and sign-ins will be"
    } else {
        ""
    };
    found.advise(
        "clock",
        now.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        advice,
    );
    let advice = match jiff::tz::TimeZone::get("Europe/Berlin") {
        Ok(_) => String::new(),
        Err(error) => format!("zones cannot be read: {error}"),
    };
    let zones = jiff::tz::db().available().count();
    found.advise("zones", format!("{zones} known"), advice);
}

fn look_at_folder(found: &mut Findings, folder: &Path) {
    let Ok(meta) = fs::metadata(folder) else {
        found.add(
            "data folder",
            format!("{} (not there yet)", folder.display()),
        );
        return;
    };
    let mut advice = String::new();
    if meta.permissions().readonly() {
        "it cannot be written".clone_into(&mut advice);
    }
    if let Some(mode) = open_to_others(&meta) {
        advice = format!(
            "others on this machine can look into it (mode {mode:o}):  chmod 700 {}",
            folder.display()
        );
    }
    found.advise("data folder", folder.display().to_string(), advice);
    match fs4::available_space(folder) {
        Ok(bytes) => {
            let advice = if bytes < LITTLE_SPACE {
                "little space is left: imports may fail. Make room"
            } else {
                ""
            };
            found.advise("free space", size(bytes), advice);
        }
        Err(error) => found.advise("free space", "unknown", error.to_string()),
    }
}

fn look_at_file(found: &mut Findings, file: &Path) {
    let Ok(meta) = fs::metadata(file) else {
        return;
    };
    let advice = match open_to_others(&meta) {
        Some(mode) if !is_closed_folder(file) => format!(
            "others on this machine can read it (mode {mode:o}):  chmod 600 {}",
            file.display()
        ),
        _ => String::new(),
    };
    // What was written last stands beside the file until it is put into it.
    let beside = log_of(file).map_or(0, |meta| meta.len());
    let mut value = format!("{}, {}", file.display(), size(meta.len() + beside));
    if beside > 0 {
        value += &format!(", of which {} in its log", size(beside));
    }
    found.advise("desk", value, advice);
}

/// The write-ahead log of a database.
fn log_of(file: &Path) -> Option<fs::Metadata> {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    fs::metadata(name).ok()
}

fn is_closed_folder(file: &Path) -> bool {
    let folder = file.parent().map(fs::metadata);
    folder.is_some_and(|meta| meta.is_ok_and(|meta| open_to_others(&meta).is_none()))
}

fn look_at_database(found: &mut Findings, address: &Address, key: &Path) {
    let store = match Store::open(address) {
        Ok(store) => store,
        Err(error) => {
            found.advise("database", address.kind(), error.to_string());
            return;
        }
    };
    match settings_of(&store) {
        Ok(settings) => {
            for (name, value) in settings {
                let advice = match (name, value.as_str()) {
                    ("data_checksums", "off") => {
                        "bit rot would not be noticed: pg_checksums --enable"
                    }
                    ("server_encoding", encoding) if encoding != "UTF8" => {
                        "make the database with ENCODING 'UTF8'"
                    }
                    _ => "",
                };
                // Without checksums nothing that was acknowledged is lost, so that is only said.
                if name == "data_checksums" && !advice.is_empty() {
                    found.add(name, format!("{value} ({advice})"));
                } else {
                    found.advise(name, value, advice);
                }
            }
        }
        Err(error) => found.advise("database", address.kind(), error.to_string()),
    }
    sealed::tell_of_seeds(found, &store, key);
    match store.read(look_at_mails).wait() {
        Ok(mails) => tell_of_mails(found, &mails),
        Err(error) => found.advise("mails", "unknown", error.to_string()),
    }
}

fn tell_of_mails(found: &mut Findings, mails: &Mails) {
    let Some(sender) = &mails.sender else {
        found.add("mails", "none are sent");
        return;
    };
    let value = format!("from {sender}, {} waiting", mails.waiting);
    let advice = match mails.failed.as_slice() {
        [] => String::new(),
        [last, ..] => format!(
            "{} could not be sent in the last thirty days; the latest to {}: {}",
            output::counted(mails.failed.len() as u64, "mail", "mails"),
            last.address,
            last.error
        ),
    };
    found.advise("mails", value, advice);
}

/// The permissions of a file or folder that others may look into.
#[cfg(unix)]
fn open_to_others(meta: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = meta.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn open_to_others(_: &fs::Metadata) -> Option<u32> {
    None
}

fn size(bytes: u64) -> String {
    if bytes < 10 << 20 {
        return output::counted(bytes.div_ceil(1 << 10), "KiB", "KiB");
    }
    output::counted(bytes >> 20, "MiB", "MiB")
}
