//! `offdesk migrate-store`: all data into another database, with the proof that both hold the same.

use std::path::PathBuf;

use clap::Args;
use offdesk_actions::moment::hex;
use offdesk_actions::store::Address;
use offdesk_actions::upkeep::{TableProof, move_store};
use serde::Serialize;

use super::audit::json;
use super::desk::{self, DeskArgs};
use super::error::CliError;
use super::output::counted;
use super::{Done, exit, output};

/// Copy all data into another database, and prove that both hold the same
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk migrate-store --to postgres://offdesk@db.example/offdesk
  offdesk migrate-store --database postgres://... --to back.db

Stop offdesk first: what is written meanwhile would not come along. The old
one stays as it is; name the new one from then on with --database.")]
pub struct MigrateCommand {
    /// Where to: a PostgreSQL that is empty (postgres://user@host:port/name), or a new file
    #[arg(long, value_name = "URL|FILE")]
    to: String,
    /// Print JSON (offdesk.migration/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    desk: DeskArgs,
}

#[derive(Serialize)]
struct MigrationJson {
    schema: &'static str,
    from: &'static str,
    to: &'static str,
    equal: bool,
    tables: Vec<TableJson>,
}

#[derive(Serialize)]
struct TableJson {
    table: &'static str,
    rows: u64,
    sha256: String,
}

impl MigrateCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let to = self.target()?;
        let from = self.desk.open_known()?;
        if let Address::File(file) = &to {
            desk::make_file(file)?;
        }
        let target = desk::open(&to)?;
        let proofs = move_store(&from, &target)?;
        drop(target);
        let rows: u64 = proofs.iter().map(|proof| proof.rows).sum();
        if self.json {
            let made = MigrationJson {
                schema: "offdesk.migration/1",
                from: from.address().kind(),
                to: to.kind(),
                equal: true,
                tables: proofs.iter().map(of_table).collect(),
            };
            output::print(&json::to_text(&made)?)?;
            return Ok(0);
        }
        let mut out = String::new();
        for proof in proofs.iter().filter(|proof| proof.rows > 0) {
            let TableJson { sha256, .. } = of_table(proof);
            let rows = counted(proof.rows, "", "");
            let short = sha256.get(..16).unwrap_or_default();
            out += &format!("{:<16} {:>12}  {short}\n", proof.table, rows.trim_end());
        }
        out += &format!(
            "{} are the same in both. Use the new one from now on.\n",
            counted(rows, "row", "rows")
        );
        output::print(&out)?;
        Ok(0)
    }

    fn target(&self) -> Result<Address, CliError> {
        if self.to.contains("://") {
            return desk::server(&self.to);
        }
        let file = PathBuf::from(&self.to);
        if file.exists() {
            return Err(CliError::new(
                exit::CONFLICT,
                "move.not_empty",
                format!("{} is there already", file.display()),
            )
            .line("name a new file"));
        }
        Ok(Address::File(file))
    }
}

fn of_table(proof: &TableProof) -> TableJson {
    TableJson {
        table: proof.table,
        rows: proof.rows,
        sha256: hex(&proof.digest),
    }
}
