//! `offdesk verify`: whether everything holds that must hold of the data.

use clap::Args;
use offdesk_actions::upkeep::{Verified, verify};
use serde::Serialize;

use super::audit::json;
use super::desk::DeskArgs;
use super::output::counted;
use super::{Done, exit, output};

/// Check that everything holds that must hold of the data
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk verify
  offdesk verify --json

It only reads, and offdesk may go on running. Exit code 1 where something
does not hold; the lines that begin with \"wrong\" say what.")]
pub struct VerifyCommand {
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
    pub fn run(self) -> Done {
        let store = self.desk.open_known()?;
        let verified = verify(&store)?;
        let is_clean = verified.is_clean();
        if self.json {
            let made = VerifyJson {
                schema: "offdesk.verify/1",
                database: store.address().kind(),
                clean: is_clean,
                leftovers: verified.leftovers,
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
    let wrong = faults_of(verified).len();
    if wrong == 0 {
        out += "Everything holds.\n";
    } else {
        let wrong = counted(u64::try_from(wrong).unwrap_or(u64::MAX), "thing", "things");
        out +=
            &format!("{wrong} wrong. Keep this database as it is, and restore the last backup.\n");
    }
    out
}
