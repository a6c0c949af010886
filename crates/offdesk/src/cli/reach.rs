//! What may be reached from here, and the key that calendars' addresses and second factors are sealed with.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::outbound::{Fetcher, Host};
use offdesk_actions::sealing::SealingKey;

use super::error::CliError;
use super::exit;
use crate::clock;

/// The key's file in the data folder.
pub const KEY: &str = "offdesk.key";
/// What helps where the key is another one.
pub const RECOVERY: &str = "Put the key back that the desk had before (offdesk.key in the data folder, or --key-file). Without it \
     recovery codes still sign in, calendars have to be added again, and  offdesk setup --reset-password EMAIL --drop-second-factor  \
     takes a lost second factor away.";
const LENGTH: usize = 32;

/// What may be reached.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Calendars at an address")]
pub struct FetchArgs {
    /// A machine of your own network that calendars may be fetched from; may be given several times
    #[arg(
        long,
        value_name = "HOST[:PORT]",
        env = "OFFDESK_ALLOW_FETCH",
        hide_env_values = true,
        value_delimiter = ','
    )]
    allow_fetch: Vec<Host>,
}

impl FetchArgs {
    /// The client that fetches.
    pub fn fetcher(&self) -> Fetcher {
        Fetcher::new(self.allow_fetch.clone())
    }
}

/// Where the key is.
#[derive(Args, Debug, Clone)]
pub struct KeyArgs {
    /// The key that calendars' addresses and second factors are sealed with (default: offdesk.key in the data folder)
    #[arg(
        long,
        value_name = "FILE",
        env = "OFFDESK_KEY_FILE",
        hide_env_values = true
    )]
    pub key_file: Option<PathBuf>,
}

impl KeyArgs {
    /// The file of the key: the one that was named, else the one in a folder.
    pub fn path(&self, folder: &Path) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| folder.join(KEY))
    }
}

/// The key in a file that is there already; `None` where there is none, or what is there is no key.
pub fn known_key(path: &Path) -> Option<SealingKey> {
    SealingKey::of(&fs::read(path).ok()?)
}

/// The key in a file, which is made where it is not there, readable by its owner only.
///
/// # Errors
/// `serve.key` where it cannot be read or made, or is no key.
pub fn key_in(path: &Path) -> Result<SealingKey, CliError> {
    if !path.exists() {
        make(path).map_err(|error| failed(path, &error.to_string()))?;
    }
    let bytes = fs::read(path).map_err(|error| failed(path, &error.to_string()))?;
    SealingKey::of(&bytes).ok_or_else(|| failed(path, "it is no key of 32 bytes"))
}

/// Makes a key beside its place and puts it there whole, so that two that begin at once have the same.
fn make(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut part = tempfile::NamedTempFile::new_in(folder)?;
    let mut key = [0; LENGTH];
    (clock::moment().random)(&mut key);
    part.write_all(&key)?;
    part.as_file().sync_all()?;
    match part.persist_noclobber(path) {
        Err(error) if error.error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.error),
        _ => Ok(()),
    }
}

fn failed(path: &Path, why: &str) -> CliError {
    CliError::new(
        exit::FAILED,
        "serve.key",
        format!("the key in {} cannot be used: {why}", path.display()),
    )
    .line("it seals the addresses of calendars and second factors; name another file:  --key-file FILE")
}
