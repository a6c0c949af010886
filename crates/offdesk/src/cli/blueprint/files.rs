//! `offdesk blueprint import` and `export`: files, folders and archives.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::blueprints::BlueprintDetail;
use offdesk_actions::blueprints::bringing::{
    ComingBlueprints, Undone, bring_blueprints, coming, look_at_file, undo_bringing,
};
use offdesk_actions::blueprints::exporting::{canonical, export_documents, export_zip};
use offdesk_actions::blueprints::json::BroughtJson;
use offdesk_actions::store::Uuid;
use offdesk_import::documents::{Document, Documents, file_name, is_document, read_documents};
use offdesk_import::problem::shown;
use offdesk_web::desk::pages::blueprints::page_of;

use super::super::audit::json;
use super::super::error::{CliError, of_file};
use super::super::output::counted;
use super::super::{Done, exit, output};
use super::{At, load};
use crate::clock;

/// A file of documents may have so many bytes.
const LONGEST: u64 = 256 * 1024 * 1024;
/// Folders in folders are looked into so deep.
const DEEPEST: usize = 16;

/// The bytes of a file; `-` is standard input.
fn read_bytes(path: &Path) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().take(LONGEST + 1).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
    };
    match read {
        Ok(_) if bytes.len() as u64 <= LONGEST => Ok(bytes),
        Ok(_) => Err(CliError::new(
            exit::INPUT,
            "import.document_size",
            format!("{} is longer than 256 MiB", path.display()),
        )),
        Err(error) => Err(CliError::new(
            exit::FAILED,
            "blueprint.file",
            format!("{} cannot be read: {error}", path.display()),
        )
        .line("name a file that is there, or - for standard input")),
    }
}

/// The text of one document.
///
/// # Errors
/// `blueprint.file`, and those of the reader.
pub fn read_text(path: &Path) -> Result<String, CliError> {
    let name = path.display().to_string();
    let read =
        read_documents(&name, read_bytes(path)?).map_err(|problem| of_file(&name, &problem))?;
    match read.all.as_slice() {
        [one] => Ok(one.text.clone()),
        all => Err(CliError::new(
            exit::INPUT,
            "blueprint.file",
            format!("{name} holds {} documents, and one is wanted", all.len()),
        )
        .line("bring them all in:  offdesk blueprint import FILE")),
    }
}

/// Bring documents in as drafts: Markdown, .docx, folders, exports of Notion and BookStack
#[derive(Args, Debug)]
pub struct ImportArgs {
    /// Files and folders
    #[arg(value_name = "FILES", required_unless_present = "undo")]
    files: Vec<PathBuf>,
    /// Say what would come, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Take back what an import brought, but for what was changed since
    #[arg(long, value_name = "ID", conflicts_with = "files")]
    undo: Option<Uuid>,
    /// Print JSON (offdesk.blueprint_import/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl ImportArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        if let Some(import) = self.undo {
            return self.take_back(import);
        }
        let found = look_at_all(&self.files)?;
        if self.dry_run {
            return self.tell(&found, None);
        }
        let (store, actor) = self.at.open()?;
        let names: Vec<String> = self
            .files
            .iter()
            .map(|it| it.display().to_string())
            .collect();
        let (from, moment, all) = (names.join(", "), clock::moment(), found.all.clone());
        let brought: Result<(Uuid, Vec<Uuid>), Error> = store
            .write(move |tx| bring_blueprints(tx, &actor, &all, &shown(&from), moment))
            .wait();
        let (import, _) = brought?;
        self.tell(&found, Some(import))
    }

    fn tell(&self, found: &ComingBlueprints, import: Option<Uuid>) -> Done {
        if self.json {
            output::print(&json::to_text(&BroughtJson::of(found, import))?)?;
            return Ok(0);
        }
        let mut out = format!("{}\n", found.format);
        for one in &found.all {
            let title = super::super::desk::cut(&one.blueprint.title, 50);
            out += &format!("  {} of 7 parts  {title}\n", one.parts_there());
        }
        for name in &found.left_out {
            out += &format!("  left out      {}\n", shown(name));
        }
        let count = counted(
            u64::try_from(found.all.len()).unwrap_or(u64::MAX),
            "draft",
            "drafts",
        );
        out += &match import {
            Some(id) => {
                format!("  Brought in: {count}.   Undo:  offdesk blueprint import --undo {id}\n")
            }
            None => format!("  Would bring in {count}. Nothing was changed.\n"),
        };
        output::print(&out)?;
        Ok(0)
    }

    fn take_back(&self, import: Uuid) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let undone: Result<Undone, Error> = store
            .write(move |tx| undo_bringing(tx, &actor, import, moment))
            .wait();
        let undone = undone?;
        let count = u64::try_from(undone.removed).unwrap_or(u64::MAX);
        output::print(&format!(
            "Undone: {} gone.\n",
            counted(count, "draft is", "drafts are")
        ))?;
        for title in &undone.kept {
            output::print(&format!(
                "  stays, it was changed since:  {}\n",
                shown(title)
            ))?;
        }
        Ok(if undone.kept.is_empty() {
            0
        } else {
            exit::PARTLY
        })
    }
}

/// All files and folders as drafts.
fn look_at_all(files: &[PathBuf]) -> Result<ComingBlueprints, CliError> {
    let mut all = ComingBlueprints {
        format: "",
        all: Vec::new(),
        left_out: Vec::new(),
    };
    for path in files {
        let found = if path.is_dir() {
            let mut documents = Documents {
                format: "Markdown folder",
                ..Documents::default()
            };
            add_folder(path, &mut documents, 0)?;
            coming(documents)?
        } else {
            look_at_file(&path.display().to_string(), read_bytes(path)?)?
        };
        if all.format.is_empty() {
            all.format = found.format;
        }
        all.all.extend(found.all);
        all.left_out.extend(found.left_out);
    }
    if all.all.is_empty() {
        return Err(CliError::new(
            exit::NOTHING,
            "import.no_documents",
            "there is no document in what you named",
        )
        .line("I read Markdown, plain text, HTML and .docx, and exports of Notion and BookStack as zip"));
    }
    Ok(all)
}

/// The documents of a folder, in the order of their names. Links are not followed.
fn add_folder(folder: &Path, to: &mut Documents, depth: usize) -> Result<(), CliError> {
    let failed = |error: std::io::Error| {
        CliError::new(
            exit::FAILED,
            "blueprint.file",
            format!("{} cannot be read: {error}", folder.display()),
        )
    };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        entries.push((entry.path(), entry.file_type().map_err(failed)?));
    }
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in entries {
        let name = path.display().to_string();
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden {
            continue;
        }
        if kind.is_dir() && depth < DEEPEST {
            add_folder(&path, to, depth + 1)?;
        } else if kind.is_file() && is_document(&name) {
            let read =
                read_documents(&name, read_bytes(&path)?).map_err(|it| of_file(&name, &it))?;
            to.all.extend(read.all);
        } else {
            to.left_out.push(name);
        }
    }
    Ok(())
}

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
            output::write_file(path, page_of(one).into_string().as_bytes())?;
            return said(path);
        }
        let documents = match one {
            Some(one) => vec![Document {
                name: one.row.title,
                text: one.newest.text,
            }],
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
    let mut files = Vec::new();
    for document in documents {
        let path = folder.join(file_name(&document.name, &mut names));
        if path.exists() {
            let text = fs::read_to_string(&path).unwrap_or_default();
            if canonical(&text) != text || text.is_empty() {
                return Err(taken(&path));
            }
        }
        files.push((path, &document.text));
    }
    fs::create_dir_all(folder).map_err(|error| {
        CliError::new(
            exit::FAILED,
            "write.failed",
            format!("{} cannot be made: {error}", folder.display()),
        )
        .line("name a folder of yours")
    })?;
    for (path, text) in &files {
        output::write_file(path, text.as_bytes())?;
    }
    let count = u64::try_from(files.len()).unwrap_or(u64::MAX);
    output::say(&format!(
        "Written: {} in {}\n",
        counted(count, "file", "files"),
        folder.display()
    ));
    Ok(0)
}
