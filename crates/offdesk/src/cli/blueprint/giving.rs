//! `offdesk blueprint export`: Markdown, a zip, a page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::blueprints::BlueprintDetail;
use offdesk_actions::blueprints::exporting::{
    canonical, export_document, export_documents, export_zip,
};
use offdesk_import::documents::{Document, file_name};
use offdesk_web::desk::pages::blueprints::page_of;

use super::super::assignment::zone_of;
use super::super::error::CliError;
use super::super::output::counted;
use super::super::{Done, exit, output};
use super::{At, load};

/// Give blueprints out: Markdown to a folder, a zip or standard output, a page to print
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// Title or id; all of them where none is named
    #[arg(value_name = "WHICH")]
    which: Option<String>,
    /// A folder for Markdown files, one for each
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// A zip of Markdown files
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "which"])]
    zip: Option<PathBuf>,
    /// One as a page that needs nothing else, to print or to send
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "zip"], requires = "which")]
    html: Option<PathBuf>,
    #[command(flatten)]
    at: At,
}

impl ExportArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let one: Option<BlueprintDetail> = match &self.which {
            Some(which) => Some(load(&store, &actor, which)?),
            None => None,
        };
        if let Some(path) = &self.zip {
            free(path)?;
            let zip: Result<Vec<u8>, Error> = store.read(move |tx| export_zip(tx, &actor)).wait();
            output::write_file(path, &zip?)?;
            return said(path);
        }
        if let (Some(path), Some(one)) = (&self.html, &one) {
            free(path)?;
            let zone = zone_of(&store, &actor)?;
            let zone = zone.as_ref().and_then(|zone| zone.iana_name());
            output::write_file(path, page_of(one, zone).into_string().as_bytes())?;
            return said(path);
        }
        let documents = match one {
            Some(one) => {
                let id = one.row.id;
                let one: Result<_, Error> =
                    store.read(move |tx| export_document(tx, &actor, id)).wait();
                vec![one?]
            }
            None => {
                let all: Result<_, Error> =
                    store.read(move |tx| export_documents(tx, &actor)).wait();
                all?
            }
        };
        match &self.to {
            Some(folder) => write_folder(folder, &documents),
            None => {
                let texts: Vec<&str> = documents.iter().map(|it| it.text.as_str()).collect();
                output::print(&texts.join("\n"))?;
                Ok(0)
            }
        }
    }
}

fn said(path: &Path) -> Done {
    output::say(&format!("Written: {}\n", path.display()));
    Ok(0)
}

/// Refuses to write over a file that is there.
fn free(path: &Path) -> Result<(), CliError> {
    if !path.is_file() {
        return Ok(());
    }
    Err(taken(path))
}

fn taken(path: &Path) -> CliError {
    CliError::new(
        exit::CONFLICT,
        "write.exists",
        format!("{} is there already", path.display()),
    )
    .line("name another file, or move that one away")
}

/// Writes a file for each. A file that is there is written over only where it is a blueprint in its form.
fn write_folder(folder: &Path, documents: &[Document]) -> Done {
    let mut names = BTreeSet::new();
    let (mut files, mut attached) = (Vec::new(), Vec::new());
    for document in documents {
        let path = folder.join(file_name(&document.name, &mut names));
        if path.exists() {
            let text = fs::read_to_string(&path).unwrap_or_default();
            if canonical(&text) != text || text.is_empty() {
                return Err(taken(&path));
            }
        }
        let beside = path.with_extension("");
        for file in &document.attached {
            let path = beside.join(&file.name);
            let is_same = fs::read(&path).is_ok_and(|bytes| bytes == file.bytes);
            if path.exists() && !is_same {
                return Err(taken(&path));
            }
            attached.push((path, file.bytes.as_slice()));
        }
        files.push((path, &document.text));
    }
    make_folder(folder)?;
    for (path, text) in &files {
        output::write_file(path, text.as_bytes())?;
    }
    for (path, bytes) in &attached {
        make_folder(path.parent().unwrap_or(folder))?;
        output::write_file(path, bytes)?;
    }
    let count = u64::try_from(files.len() + attached.len()).unwrap_or(u64::MAX);
    output::say(&format!(
        "Written: {} in {}\n",
        counted(count, "file", "files"),
        folder.display()
    ));
    Ok(0)
}

fn make_folder(folder: &Path) -> Result<(), CliError> {
    fs::create_dir_all(folder).map_err(|error| {
        CliError::new(
            exit::FAILED,
            "write.failed",
            format!("{} cannot be made: {error}", folder.display()),
        )
        .line("name a folder of yours")
    })
}
