//! `offdesk verify`: whether everything holds that must hold of the data.

use std::path::PathBuf;

use clap::Args;
use offdesk_actions::store::{Address, Store};
use offdesk_actions::upkeep::{Desk, LedgerEnd, Verified, restore_file, verify_with};
use offdesk_domain::pay::Head;
use serde::Serialize;

use super::audit::json;
use super::desk::DeskArgs;
use super::error::CliError;
use super::output::counted;
use super::passphrase::PassphraseArgs;
use super::{Done, Session, exit, output};

/// Check that everything holds that must hold of the data
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk verify
  offdesk verify --json
  offdesk verify desk-2026-11-28.db      a backup, byte by byte
  offdesk verify --head 1204:5f0c...     the ledger still has this posting

It only reads, and offdesk may go on running. Exit code 1 where something
does not hold; the lines that begin with \"wrong\" say what.")]
pub struct VerifyCommand {
    /// A backup to check in the place of the desk
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The end of a ledger that an earlier verify printed, kept elsewhere; repeatable
    #[arg(long = "head", value_name = "N:HASH")]
    heads: Vec<Head>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
    /// Print JSON (offdesk.verify/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    desk: DeskArgs,
}

#[derive(Serialize)]
struct VerifyJson {
    schema: &'static str,
    database: &'static str,
    clean: bool,
    checks: Vec<CheckJson>,
    leftovers: u64,
    ledgers: Vec<LedgerJson>,
}

/// Where a ledger ends.
#[derive(Serialize)]
struct LedgerJson {
    workspace: String,
    name: String,
    postings: u64,
    head: String,
}

impl LedgerJson {
    fn of(end: &LedgerEnd) -> Self {
        Self {
            workspace: end.workspace.to_string(),
            name: end.name.clone(),
            postings: end.head.count,
            head: end.head.to_string(),
        }
    }
}

#[derive(Serialize)]
struct CheckJson {
    name: &'static str,
    looked_at: u64,
    faults: Vec<String>,
}

/// All faults, each with the name of its check.
pub fn faults_of(verified: &Verified) -> Vec<String> {
    let faults = verified.checks.iter().flat_map(|check| {
        let name = check.name;
        check
            .faults
            .iter()
            .map(move |fault| format!("{name}: {fault}"))
    });
    faults.collect()
}

impl VerifyCommand {
    /// Runs it.
    pub fn run(self, session: Session) -> Done {
        let Some(file) = &self.file else {
            let store = self.desk.open_known()?;
            return self.give(&store, store.address().kind());
        };
        let folder = tempfile::tempdir()
            .map_err(|error| CliError::new(exit::FAILED, "backup.failed", error.to_string()))?;
        let backup = self.passphrase.open(file, folder.path(), session)?;
        let copy = folder.path().join("offdesk.db");
        restore_file(&backup, &copy, Desk::Stays, "")?;
        if let (Some(made_at), false) = (&backup.made_at, self.json) {
            output::print(&format!(
                "ok     every byte is what was written at {made_at}\n"
            ))?;
        }
        self.give(&super::desk::open(&Address::File(copy))?, "backup")
    }

    fn give(&self, store: &Store, database: &'static str) -> Done {
        let verified = verify_with(store, &self.heads)?;
        let is_clean = verified.is_clean();
        if self.json {
            let made = VerifyJson {
                schema: "offdesk.verify/1",
                database,
                clean: is_clean,
                leftovers: verified.leftovers,
                ledgers: verified.ledgers.iter().map(LedgerJson::of).collect(),
                checks: verified
                    .checks
                    .into_iter()
                    .map(|check| CheckJson {
                        name: check.name,
                        looked_at: check.looked_at,
                        faults: check.faults,
                    })
                    .collect(),
            };
            output::print(&json::to_text(&made)?)?;
        } else {
            output::print(&text_of(&verified))?;
        }
        Ok(if is_clean { 0 } else { exit::FAILED })
    }
}

fn text_of(verified: &Verified) -> String {
    let mut out = String::new();
    for check in &verified.checks {
        let word = if check.faults.is_empty() {
            "ok"
        } else {
            "wrong"
        };
        let number = counted(check.looked_at, "", "");
        out += &format!("{word:<5}  {:<50} {:>12}\n", check.name, number.trim_end());
        for fault in &check.faults {
            out += &format!("       {fault}\n");
        }
    }
    if verified.leftovers > 0 {
        let entries = counted(verified.leftovers, "entry", "entries");
        out += &format!("note   {entries} of cut off or undone imports count nowhere\n");
    }
    for end in verified.ledgers.iter().filter(|it| it.head.count > 0) {
        out += &format!("head   {}  {}\n", end.head, end.name);
    }
    let wrong = faults_of(verified).len();
    if wrong == 0 {
        out += "Everything holds.\n";
    } else {
        let wrong = counted(u64::try_from(wrong).unwrap_or(u64::MAX), "thing", "things");
        out += &format!(
            "{wrong} wrong. Restore the last backup, and keep this database as it is:  offdesk restore FILE --force\n"
        );
    }
    out
}
