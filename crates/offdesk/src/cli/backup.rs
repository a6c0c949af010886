//! `offdesk backup` and `offdesk restore`: all data in one file, and back.

use std::path::PathBuf;

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::accounts::look_at_seeds;
use offdesk_actions::store::{Address, Store};
use offdesk_actions::upkeep::{Backup, Desk, back_up, restore_file, restore_server, verify};
use serde::Serialize;

use super::audit::json;
use super::desk::DeskArgs;
use super::error::CliError;
use super::passphrase::PassphraseArgs;
use super::reach::{KeyArgs, RECOVERY, known_key};
use super::{Done, Session, exit, output, verify as verifying};
use crate::clock;

/// Write all data into one file, while offdesk may go on running
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk backup desk-2026-11-28.db
  offdesk backup desk-2026-11-28.sealed --encrypt
  offdesk backup /mnt/nas/desk.sealed --encrypt --passphrase-file secret.txt
  offdesk restore desk-2026-11-28.db --data-dir elsewhere

The file holds everything, also of a PostgreSQL; it is there complete or not
at all, and says of each of its parts what was written, so that a changed byte
is noticed. No password and no token in it can be used, but without --encrypt
your hours and texts can be read. A lost passphrase cannot be found again.")]
pub struct BackupCommand {
    /// The file to make
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Seal it under a passphrase: nobody reads or changes it without
    #[arg(long)]
    encrypt: bool,
    #[command(flatten)]
    passphrase: PassphraseArgs,
    /// Print JSON (offdesk.backup/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    desk: DeskArgs,
}

#[derive(Serialize)]
struct BackupJson {
    schema: &'static str,
    file: String,
    bytes: u64,
    encrypted: bool,
}

impl BackupCommand {
    /// Runs it.
    pub fn run(self, session: Session) -> Done {
        let store = self.desk.open_known()?;
        let passphrase = match self.encrypt || self.passphrase.is_given() {
            true => Some(self.passphrase.new_one(session)?),
            false => None,
        };
        let made = back_up(&store, &self.file, passphrase.as_deref(), clock::moment())?;
        let bytes = made.bytes;
        let file = self.file.display().to_string();
        if self.json {
            let made = BackupJson {
                schema: "offdesk.backup/1",
                file,
                bytes,
                encrypted: passphrase.is_some(),
            };
            output::print(&json::to_text(&made)?)?;
        } else {
            let size = output::counted(bytes.div_ceil(1024), "KiB", "KiB");
            let sealed = passphrase.map_or("", |_| ", under your passphrase");
            output::print(&format!("Everything is in {file} ({size}){sealed}.\n"))?;
            output::say(&format!("Bring it back:  offdesk restore {file}\n"));
        }
        Ok(0)
    }
}

/// Bring a backup back
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk restore desk-2026-11-28.db
  offdesk restore desk-2026-11-28.sealed --passphrase-file secret.txt
  offdesk restore desk-2026-11-28.db --force   move what is there aside
  offdesk restore desk-2026-11-28.db --database postgres://me@host/desk

Nothing is written over: with --force the desk that is there gets a new name,
also where it is damaged. What one that is gone has left beside it (a -wal)
gets a new name, too, since it would be read into what is restored. Into a
PostgreSQL a backup goes only where that is empty.")]
pub struct RestoreCommand {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where there is a desk already, move it aside under a new name
    #[arg(long)]
    force: bool,
    /// Look whether the backup is whole, and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    passphrase: PassphraseArgs,
    /// Print JSON (offdesk.restore/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    desk: DeskArgs,
}

#[derive(Serialize)]
struct RestoreJson {
    schema: &'static str,
    restored: bool,
    made_at: Option<String>,
    encrypted: bool,
    kept: Option<String>,
    faults: Vec<String>,
}

impl RestoreCommand {
    /// Runs it.
    pub fn run(self, session: Session) -> Done {
        if self.dry_run {
            let folder = tempfile::tempdir()
                .map_err(|error| CliError::new(exit::FAILED, "backup.failed", error.to_string()))?;
            let backup = self.passphrase.open(&self.file, folder.path(), session)?;
            let copy = folder.path().join("offdesk.db");
            restore_file(&backup, &copy, Desk::Stays, "")?;
            let store = super::desk::open(&Address::File(copy))?;
            return self.give(&store, &backup, None);
        }
        match self.desk.address()? {
            Address::File(file) => {
                self.desk.make_folder()?;
                let folder = self.desk.folder()?;
                let backup = self.passphrase.open(&self.file, &folder, session)?;
                let now = clock::now().strftime("%Y-%m-%d-%H%M%S").to_string();
                let there = match self.force {
                    true => Desk::MovesAside,
                    false => Desk::Stays,
                };
                let kept = restore_file(&backup, &file, there, &now)?.kept;
                self.give(&self.desk.open_known()?, &backup, kept)
            }
            Address::Server(_) => {
                let store = self.desk.open()?;
                let folder = tempfile::tempdir().map_err(|error| {
                    CliError::new(exit::FAILED, "backup.failed", error.to_string())
                })?;
                let backup = self.passphrase.open(&self.file, folder.path(), session)?;
                restore_server(&backup, &store)?;
                self.give(&store, &backup, None)
            }
        }
    }

    /// Checks what was brought back, and says so.
    fn give(&self, store: &Store, backup: &Backup, kept: Option<PathBuf>) -> Done {
        let verified = verify(store)?;
        let faults = verifying::faults_of(&verified);
        let is_clean = verified.is_clean();
        let file = self.file.display();
        if self.json {
            let made = RestoreJson {
                schema: "offdesk.restore/1",
                restored: !self.dry_run,
                made_at: backup.made_at.clone(),
                encrypted: backup.is_encrypted,
                kept: kept.map(|path| path.display().to_string()),
                faults,
            };
            output::print(&json::to_text(&made)?)?;
        } else {
            let text = if self.dry_run {
                format!("{file} can be restored. Nothing was changed.\n")
            } else {
                format!("{file} is restored.\n")
            };
            output::print(&text)?;
            if let Some(kept) = kept {
                output::print(&format!("What was there is in {}.\n", kept.display()))?;
            }
            for fault in &faults {
                output::say(&format!("warning: {fault}\n"));
            }
            self.tell_of_key(store)?;
        }
        Ok(if is_clean { 0 } else { exit::PARTLY })
    }

    /// What is sealed in a backup is of no use without the key, which is not in it.
    fn tell_of_key(&self, store: &Store) -> Result<(), CliError> {
        let folder = self.desk.folder().ok();
        let key = folder.and_then(|folder| known_key(&self.key.path(&folder)));
        let found: Result<_, Error> = store.read(move |tx| look_at_seeds(tx, key.as_ref())).wait();
        if let (_, shut @ 1..) = found? {
            let shut = output::counted(shut, "second factor", "second factors");
            output::say(&format!(
                "warning: {shut} in it cannot be read with the key here. {RECOVERY}\n"
            ));
        }
        Ok(())
    }
}
