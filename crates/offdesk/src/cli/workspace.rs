//! `offdesk workspace`: a whole workspace into one file, and from it into another desk.

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use offdesk_actions::exports::{Manifest, Stress, export_workspace, import_workspace};
use serde::Serialize;

use super::audit::json;
use super::desk::At;
use super::error::CliError;
use super::{Done, exit, output};
use crate::clock;

/// Take a whole workspace into one file, and bring it into another desk
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk workspace export business.zip
  offdesk workspace export business.zip --with-stress
  offdesk workspace import business.zip --data-dir elsewhere

The file has everything of the workspace but who may come in: no account, no
password, no token, no calendar's address, and no answer about stress unless you
ask for your own to go along. Lines of JSON for
each table and the files that were handed in, on SQLite and PostgreSQL alike.
Your hours and texts can be read in it: keep it where only you can.")]
pub struct WorkspaceCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    Export(ExportArgs),
    Import(ImportArgs),
}

/// Write a workspace into a file
#[derive(Args, Debug)]
struct ExportArgs {
    /// The file to make
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// With your own answers about stress; they belong to whoever brings the file in
    #[arg(long)]
    with_stress: bool,
    /// Print JSON (offdesk.workspace_file/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Bring a workspace into a desk that does not have it, as its owner
#[derive(Args, Debug)]
struct ImportArgs {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print JSON (offdesk.workspace_file/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

#[derive(Serialize)]
struct WorkspaceFileJson {
    schema: &'static str,
    file: String,
    workspace: String,
    name: String,
    rows: u64,
    sha256: String,
    stress_answers: Option<u64>,
}

impl WorkspaceCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::Export(args) => args.run(),
            What::Import(args) => args.run(),
        }
    }
}

impl ExportArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let file = make(&self.file)?;
        let stress = match self.with_stress {
            true => Stress::Own,
            false => Stress::LeftOut,
        };
        let written = export_workspace(&store, &actor, file, stress);
        let manifest = written.inspect_err(|_| {
            // What is not whole is not left behind; where it cannot be removed, the error is told anyway.
            let _ = std::fs::remove_file(&self.file);
        })?;
        told(&self.file, &manifest, "is in", self.json)?;
        if !self.json && !self.with_stress {
            output::say("Answers about stress are left out; --with-stress takes your own along.\n");
        }
        Ok(0)
    }
}

impl ImportArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let file = File::open(&self.file).map_err(|error| {
            let message = format!("{} cannot be read: {error}", self.file.display());
            CliError::new(exit::NOTHING, "workspace.not_found", message)
                .line("check the name and the folder")
        })?;
        let manifest = import_workspace(&store, &actor, file, clock::moment())?;
        told(&self.file, &manifest, "was brought in from", self.json)?;
        if !self.json {
            output::say(&format!(
                "Work in it:  offdesk next --workspace {}\n",
                manifest.workspace.id
            ));
        }
        Ok(0)
    }
}

/// A new file that only its owner can read; one that is there is never written over.
fn make(path: &Path) -> Result<File, CliError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    super::desk::private(&mut options);
    options.open(path).map_err(|error| {
        let is_there = error.kind() == std::io::ErrorKind::AlreadyExists;
        let (exit, code, why) = if is_there {
            (
                exit::CONFLICT,
                "write.exists",
                "it is there already".to_owned(),
            )
        } else {
            (exit::FAILED, "write.failed", error.to_string())
        };
        let message = format!("{} cannot be written: {why}", path.display());
        CliError::new(exit, code, message).line("name another file")
    })
}

fn told(path: &Path, manifest: &Manifest, how: &str, as_json: bool) -> Done {
    let file = path.display().to_string();
    if as_json {
        let made = WorkspaceFileJson {
            schema: "offdesk.workspace_file/1",
            file,
            workspace: manifest.workspace.id.to_string(),
            name: manifest.workspace.name.clone(),
            rows: manifest.rows,
            sha256: manifest.sha256.clone(),
            stress_answers: manifest.stress.as_ref().map(|it| it.answers),
        };
        output::print(&json::to_text(&made)?)?;
        return Ok(0);
    }
    let stress = manifest.stress.as_ref().map_or_else(String::new, |it| {
        let answers = output::counted(it.answers, "answer", "answers");
        format!(", and {answers} about stress")
    });
    output::print(&format!(
        "{} {how} {file}: {}{stress}.\nsha256 {}\n",
        offdesk_import::problem::shown(&manifest.workspace.name),
        output::counted(manifest.rows, "row", "rows"),
        manifest.sha256
    ))?;
    Ok(0)
}
