//! `offdesk blueprint attach` and `detach`: files that go with a blueprint.

use std::path::PathBuf;

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::blueprints::attaching::{Attached, attach_files, detach_file};

use super::super::error::CliError;
use super::super::output::counted;
use super::super::{Done, exit, output};
use super::files::read_bytes;
use super::{One, give, load};
use crate::clock;

/// Attach files that go to whoever works by a blueprint: a price list, a form, a picture
#[derive(Args, Debug)]
pub struct AttachArgs {
    /// Files, at most 8 MiB each; one of a name that is there takes its place
    #[arg(index = 2, required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    one: One,
}

/// Take an attachment out of the draft; published versions keep it
#[derive(Args, Debug)]
pub struct DetachArgs {
    /// The file by its name
    #[arg(index = 2, value_name = "FILE")]
    file: String,
    #[command(flatten)]
    one: One,
}

impl AttachArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let mut files = Vec::with_capacity(self.files.len());
        for path in &self.files {
            let name = path.display().to_string();
            let bytes = read_bytes(path)?;
            files.push(Attached { name, bytes });
        }
        let (store, actor) = self.one.at.open()?;
        let id = load(&store, &actor, &self.one.which)?.row.id;
        let (moment, count) = (clock::moment(), files.len());
        let done: Result<_, Error> = store
            .write(move |tx| attach_files(tx, &actor, id, &files, None, moment))
            .wait();
        let detail = done?;
        if self.one.json {
            return give(&detail);
        }
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        output::print(&format!(
            "Attached: {}. Version {} is a draft with {}.\n",
            counted(count, "file", "files"),
            detail.newest.number,
            counted(
                u64::try_from(detail.attachments.len()).unwrap_or(u64::MAX),
                "attachment",
                "attachments"
            )
        ))?;
        Ok(0)
    }
}

impl DetachArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.one.at.open()?;
        let detail = load(&store, &actor, &self.one.which)?;
        let mut files = detail.attachments.iter();
        let Some(file) = files.find(|it| it.name == self.file).map(|it| it.id) else {
            let names: Vec<&str> = detail
                .attachments
                .iter()
                .map(|it| it.name.as_str())
                .collect();
            let there = if names.is_empty() {
                "it has none".to_owned()
            } else {
                format!("it has:  {}", names.join(", "))
            };
            return Err(CliError::new(
                exit::NOTHING,
                "not_found",
                format!("the blueprint has no attachment \"{}\"", self.file),
            )
            .line(&there));
        };
        let (id, moment) = (detail.row.id, clock::moment());
        let done: Result<_, Error> = store
            .write(move |tx| detach_file(tx, &actor, id, file, None, moment))
            .wait();
        let detail = done?;
        if self.one.json {
            return give(&detail);
        }
        output::print(&format!(
            "Taken out of the draft of version {}.\n",
            detail.newest.number
        ))?;
        Ok(0)
    }
}
