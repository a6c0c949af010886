//! The passphrase of a backup: from a file, or typed; never an option's value, which others on the machine can see.

use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::upkeep::{Backup, is_encrypted, open_backup};

use super::bytes::{From, read_secret};
use super::error::CliError;
use super::{Session, exit, output};

/// Where the passphrase of a backup comes from.
#[derive(Args, Debug)]
pub struct PassphraseArgs {
    /// A file whose first line is the backup's passphrase; - reads standard input (otherwise it is asked for)
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl PassphraseArgs {
    /// Whether a file was named for it.
    pub fn is_given(&self) -> bool {
        self.passphrase_file.is_some()
    }

    /// The passphrase of a new backup: typed twice, where it is typed.
    ///
    /// # Errors
    /// `backup.passphrase`.
    pub fn new_one(&self, session: Session) -> Result<String, CliError> {
        if let Some(file) = &self.passphrase_file {
            return read_secret(From::word(file), "backup.passphrase");
        }
        let first = ask(
            "A passphrase of twelve letters or more: ",
            "backup.passphrase",
            session,
        )?;
        if ask("The same again: ", "backup.passphrase", session)? == first {
            return Ok(first);
        }
        let message = "the two are not the same";
        Err(CliError::new(exit::INPUT, "backup.passphrase", message).line("run it again"))
    }

    /// Opens a backup, with its passphrase where it has one; says so where nobody can tell whether it is what was written.
    ///
    /// # Errors
    /// `restore.not_found`, `restore.passphrase`, `restore.damaged`, `store.refused`.
    pub fn open(&self, file: &Path, folder: &Path, session: Session) -> Result<Backup, CliError> {
        let passphrase = match &self.passphrase_file {
            _ if !is_encrypted(file)? => None,
            Some(file) => Some(read_secret(From::word(file), "restore.passphrase")?),
            None => Some(ask("Its passphrase: ", "restore.passphrase", session)?),
        };
        let backup = open_backup(file, passphrase.as_deref(), folder)?;
        if backup.made_at.is_none() {
            output::say(&format!(
                "warning: {} was made by an offdesk whose backups did not say what is in each part of \
                 them: it can be read, but a changed byte would not be noticed.\n",
                file.display()
            ));
        }
        Ok(backup)
    }
}

fn ask(words: &str, code: &'static str, session: Session) -> Result<String, CliError> {
    if !session.may_ask {
        let message = "there is no passphrase, and nobody to ask for it";
        return Err(CliError::new(exit::USAGE, code, message)
            .line("write it into a file:  --passphrase-file FILE   (- for standard input)"));
    }
    rpassword::prompt_password(words).map_err(|error| {
        let message = format!("the passphrase cannot be read: {error}");
        CliError::new(exit::FAILED, code, message)
    })
}
