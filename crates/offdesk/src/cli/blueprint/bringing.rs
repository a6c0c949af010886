//! `offdesk blueprint import`: files, folders and archives as drafts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::blueprints::bringing::{
    Brought, ComingBlueprints, Undone, bring_blueprints, coming, look_at_file, undo_bringing,
};
use offdesk_actions::blueprints::json::BroughtJson;
use offdesk_actions::blueprints::there::SameTitle;
use offdesk_actions::store::Uuid;
use offdesk_import::documents::{
    Document, Documents, LONGEST_ATTACHED, attach, folder_of_document, is_document, read_documents,
    without_text,
};
use offdesk_import::problem::shown;

use super::super::audit::json;
use super::super::error::CliError;
use super::super::output::counted;
use super::super::{Done, exit, output};
use super::At;
use super::files::read_bytes;
use crate::clock;

/// Folders in folders are looked into so deep.
const DEEPEST: usize = 16;

/// Bring documents in as drafts: Markdown, .docx, folders, exports of Notion and BookStack
#[derive(Args, Debug)]
pub struct ImportArgs {
    /// Files and folders
    #[arg(value_name = "FILES", required_unless_present = "undo")]
    files: Vec<PathBuf>,
    /// Say what would come, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// What becomes of a document whose title is there with another text: draft
    /// (of the one that is there) or apart (another one beside it)
    #[arg(long, value_name = "WHAT", value_parser = same_title, conflicts_with_all = ["dry_run", "undo"])]
    same_title: Option<SameTitle>,
    /// Take back what an import brought, but for what was changed since
    #[arg(long, value_name = "ID", conflicts_with = "files")]
    undo: Option<Uuid>,
    /// Print JSON (offdesk.blueprint_import/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

fn same_title(word: &str) -> Result<SameTitle, String> {
    SameTitle::typed(word).map_err(|error| error.message)
}

impl ImportArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        if let Some(import) = self.undo {
            return self.take_back(import);
        }
        let found = look_at_all(&self.files)?;
        if self.dry_run {
            return self.tell(&found, &Brought::default());
        }
        let (store, actor) = self.at.open()?;
        let names: Vec<String> = self
            .files
            .iter()
            .map(|it| it.display().to_string())
            .collect();
        let (from, moment, all) = (names.join(", "), clock::moment(), found.all.clone());
        let same = self.same_title.unwrap_or_default();
        let brought: Result<Brought, Error> = store
            .write(move |tx| bring_blueprints(tx, &actor, &all, (&shown(&from), same), moment))
            .wait();
        let brought = brought.map_err(|error| {
            let is_there = error.code == "blueprint.there";
            let error = CliError::from(error);
            if is_there {
                return error
                    .line("into their drafts:  --same-title draft")
                    .line("beside them:        --same-title apart");
            }
            error
        })?;
        self.tell(&found, &brought)
    }

    fn tell(&self, found: &ComingBlueprints, brought: &Brought) -> Done {
        if self.json {
            output::print(&json::to_text(&BroughtJson::of(found, brought))?)?;
            return Ok(0);
        }
        let mut out = format!("{}\n", found.format);
        for one in &found.all {
            let title = super::super::desk::cut(&one.blueprint.title, 50);
            out += &format!("  {} of 7 parts  {title}\n", one.parts_there());
            for file in &one.attached {
                out += &format!("  with it       {}\n", shown(&file.name));
            }
        }
        for name in &found.left_out {
            out += &format!("  left out      {}\n", shown(name));
        }
        let drafts = |all: usize| {
            let all = u64::try_from(all).unwrap_or(u64::MAX);
            counted(all, "draft", "drafts")
        };
        if self.dry_run {
            let count = drafts(found.all.len());
            out += &format!("  Would bring in {count}. Nothing was changed.\n");
        } else {
            out += &match brought.import {
                Some(id) => {
                    let count = drafts(brought.made.len());
                    format!(
                        "  Brought in: {count}.   Undo:  offdesk blueprint import --undo {id}\n"
                    )
                }
                None => "  Brought in: nothing new.\n".to_owned(),
            };
            if !brought.drafted.is_empty() {
                let count = drafts(brought.drafted.len());
                out += &format!("  Written over: {count} of what was there.\n");
            }
            if !brought.there.is_empty() {
                out += &format!("  There already, as they are: {}.\n", brought.there.len());
            }
        }
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
            coming(read_folder(path)?)?
        } else {
            let name = path.display().to_string();
            match look_at_file(&name, read_bytes(path)?) {
                // One that says nothing does not stop the others.
                Err(error) if error.code == "import.empty" && files.len() > 1 => {
                    all.left_out.push(without_text(&name, None));
                    continue;
                }
                read => read?,
            }
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

/// Documents and other files of a folder, with their paths.
#[derive(Default)]
struct Found {
    documents: Vec<(String, Document)>,
    others: Vec<String>,
    /// Documents that say nothing or cannot be read, with why.
    left_out: Vec<String>,
}

/// A folder as documents, each with the files that belong to it.
fn read_folder(folder: &Path) -> Result<Documents, CliError> {
    let mut found = Found::default();
    add_folder(folder, &mut found, (0, false))?;
    let mut left_out = attach(&mut found.documents, found.others, |name| {
        let path = Path::new(name);
        let length = path.metadata().map_or(u64::MAX, |it| it.len());
        let is_long = usize::try_from(length).map_or(true, |it| it > LONGEST_ATTACHED);
        if is_long || !path.is_file() {
            return Ok::<_, CliError>(None);
        }
        read_bytes(path).map(Some)
    })?;
    left_out.extend(found.left_out);
    let all = found.documents.into_iter().map(|(_, document)| document);
    Ok(Documents {
        format: "Markdown folder",
        all: all.collect(),
        left_out,
    })
}

/// The documents of a folder, in the order of their names. Links are not followed. Where it is the folder of one document all its files are
/// that one's.
fn add_folder(
    folder: &Path,
    to: &mut Found,
    (depth, is_of_one): (usize, bool),
) -> Result<(), CliError> {
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
    let names: Vec<String> = entries
        .iter()
        .filter(|(_, kind)| kind.is_file())
        .map(|(path, _)| path.display().to_string())
        .collect();
    let folders: BTreeSet<&str> = names
        .iter()
        .filter_map(|name| folder_of_document(name))
        .collect();
    for (path, kind) in entries {
        let name = path.display().to_string();
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_of_one && kind.is_file() {
            to.others.push(name);
        } else if is_hidden {
            // Folders such as that of a version control are nobody's documents.
            if kind.is_file() && !name.ends_with(".DS_Store") {
                to.left_out.push(name);
            }
        } else if kind.is_dir() && depth < DEEPEST {
            let is_of_one = folders.contains(name.as_str());
            add_folder(&path, to, (depth + 1, is_of_one))?;
        } else if kind.is_file() && is_document(&name) {
            match read_documents(&name, read_bytes(&path)?) {
                Ok(read) => {
                    let (empty, all): (Vec<Document>, Vec<Document>) = read
                        .all
                        .into_iter()
                        .partition(|one| one.text.trim().is_empty());
                    if !empty.is_empty() {
                        to.left_out.push(without_text(&name, None));
                    }
                    let named = all.into_iter().map(|one| (name.clone(), one));
                    to.documents.extend(named);
                }
                Err(why) if why.code == "import.empty" => {
                    to.left_out.push(without_text(&name, None));
                }
                Err(why) => to.left_out.push(without_text(&name, Some(&why))),
            }
        } else {
            to.others.push(name);
        }
    }
    Ok(())
}
