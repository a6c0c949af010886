//! `offdesk facts`: publishers' own files of pay, exchange rates, price levels and texts of occupations, kept in the data
//! folder.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use offdesk_actions::facts::{self, Imported, Kept, Said, Stated};
use offdesk_domain::Day;
use offdesk_import::problem::shown;
use serde::Serialize;

use super::audit::json;
use super::data::DataFolder;
use super::error::{CliError, of_file};
use super::{Done, exit, output};
use crate::clock;

/// So many places are named.
const PLACES: usize = 8;

/// Import figures of pay, exchange rates, price levels and texts of occupations; list them; remove them
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk facts import national_M2025_dl.xlsx
  offdesk facts import eurofxref.csv
  offdesk facts import db_30_0_text.zip
  offdesk facts list
  offdesk facts remove 1

Files as the publishers give them: OEWS of the U.S. Bureau of Labor Statistics
(nation, states, cities; xlsx), ILOSTAT earnings by occupation (csv), ASHE
table 14 of the Office for National Statistics (xlsx), PPP of the World Bank
(csv), exchange rates of the ECB and of the Federal Reserve, H.10 (csv), a
release of O*NET (text or xlsx). Archives and folders of such tables will do.")]
pub struct FactsCommand {
    #[command(flatten)]
    data: DataFolder,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Read a publisher's file and keep what it says
    Import {
        /// The file, archive or folder as it was downloaded
        file: PathBuf,
        /// The year of its figures, where neither the file nor its name says it
        #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(u16).range(1990..=2100))]
        year: Option<u16>,
        /// The release of O*NET, where the name of the file does not say it
        #[arg(long, value_name = "NUMBER", value_parser = release)]
        release: Option<String>,
        /// Write JSON (offdesk.facts/1)
        #[arg(long)]
        json: bool,
    },
    /// What was imported
    List {
        /// Write JSON (offdesk.facts/1)
        #[arg(long)]
        json: bool,
    },
    /// Forget what was imported
    Remove {
        /// Its number in the list
        number: u32,
    },
}

impl FactsCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match &self.what {
            What::Import {
                file,
                year,
                release,
                json,
            } => {
                let stated = Stated {
                    year: *year,
                    release: release.clone(),
                };
                self.import(file, &stated, *json)
            }
            What::List { json } => self.list(*json),
            What::Remove { number } => self.remove(*number),
        }
    }

    fn import(&self, file: &Path, stated: &Stated, as_json: bool) -> Done {
        let name = file.display().to_string();
        let imported = facts::open(file).and_then(|mut inputs| facts::read(&mut inputs, stated));
        let imported = imported.map_err(|problem| of_file(&name, &problem))?;
        let number = self.data.all()?.last().map_or(1, |(number, _)| number + 1);
        let folder = self.data.facts().ok_or_else(|| {
            CliError::new(
                exit::FAILED,
                "facts.folder",
                "this machine has no folder for your data",
            )
            .line("name one:  --data-dir DIR")
        })?;
        let kept = Kept {
            publisher: imported.publisher.clone(),
            file: file
                .file_name()
                .map_or(name, |name| name.display().to_string()),
            imported: Day::from_epoch_seconds(clock::now().as_second()).to_string(),
            said: imported.said.clone(),
        };
        let path = folder.join(format!("{number}.csv"));
        fs::create_dir_all(&folder).map_err(|error| {
            let message = format!("{} cannot be made: {error}", folder.display());
            CliError::new(exit::FAILED, "write.failed", message)
                .line("check the folder and the space")
        })?;
        output::write_file(&path, kept.to_text().as_bytes())?;
        let out = if as_json {
            json::to_text(&Report::of(vec![Item::of(number, &kept)], Some(&imported)))?
        } else {
            told(number, &kept, &imported)
        };
        output::print(&out)?;
        Ok(0)
    }

    fn list(&self, as_json: bool) -> Done {
        let all = self.data.all()?;
        let out = if as_json {
            let items = all.iter().map(|(number, kept)| Item::of(*number, kept));
            json::to_text(&Report::of(items.collect(), None))?
        } else if all.is_empty() {
            "Nothing was imported; prices are made from the figures in the program.\n".to_owned()
        } else {
            let mut out = String::new();
            for (number, kept) in &all {
                // Writing to a string does not fail.
                let _ = writeln!(
                    out,
                    "{number:>3}  {}\n     {} {}, from {}, imported {}",
                    shown(&kept.publisher),
                    kept.said.len(),
                    if texts_of(kept) > 0 {
                        "texts"
                    } else {
                        "figures"
                    },
                    shown(&kept.file),
                    shown(&kept.imported)
                );
            }
            out
        };
        output::print(&out)?;
        Ok(if all.is_empty() { exit::NOTHING } else { 0 })
    }

    fn remove(&self, number: u32) -> Done {
        let path = self
            .data
            .facts()
            .map(|folder| folder.join(format!("{number}.csv")));
        let Some(path) = path.filter(|path| path.is_file()) else {
            let message = format!("there is no import {number}");
            return Err(CliError::new(exit::NOTHING, "facts.none", message)
                .line("see what there is:  offdesk facts list"));
        };
        fs::remove_file(&path).map_err(|error| {
            let message = format!("{} cannot be removed: {error}", path.display());
            CliError::new(exit::FAILED, "write.failed", message)
        })?;
        output::print(&format!("Import {number} is forgotten.\n"))?;
        Ok(0)
    }
}

/// How many of what is kept are texts.
fn texts_of(kept: &Kept) -> usize {
    let is_text = |said: &&Said| matches!(said, Said::Text { .. });
    kept.said.iter().filter(is_text).count()
}

/// A release as O*NET numbers them.
fn release(text: &str) -> Result<String, String> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.trim().split_once('.') {
        Some((major, minor)) if is_number(major) && is_number(minor) => {
            Ok(format!("{major}.{minor}"))
        }
        _ => Err("a release has two numbers, such as 30.0".to_owned()),
    }
}

fn told(number: u32, kept: &Kept, imported: &Imported) -> String {
    let mut out = format!("Import {number}: {}\n", shown(&kept.publisher));
    let mut line = |text: String| {
        // Writing to a string does not fail.
        let _ = writeln!(out, "  {text}");
    };
    let texts = texts_of(kept);
    if texts > 0 {
        line(format!(
            "{texts} texts are read as the occupations they stand for there; {} were before",
            imported.read_so
        ));
    }
    if kept.said.len() > texts {
        line(format!("{} figures", kept.said.len() - texts));
    }
    let places: Vec<String> = imported.places().iter().map(ToString::to_string).collect();
    if !places.is_empty() {
        let named = places
            .iter()
            .take(PLACES)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        let more = places.len().saturating_sub(PLACES);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        line(format!("places: {named}{more}"));
    }
    if imported.held_back > 0 {
        line(format!(
            "{} are held back by the publisher",
            imported.held_back
        ));
    }
    for doubt in &imported.doubts {
        line(doubt.clone());
    }
    if kept.said.len() > texts {
        line(
            "They go before the figures in the program where they are as new or newer.".to_owned(),
        );
    }
    line(format!("To forget them:  offdesk facts remove {number}"));
    out
}

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    imports: Vec<Item>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held_back: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passed_over: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_so: Option<u64>,
}

impl Report {
    fn of(imports: Vec<Item>, imported: Option<&Imported>) -> Self {
        Self {
            schema: "offdesk.facts/1",
            imports,
            held_back: imported.map(|it| it.held_back),
            passed_over: imported.map(|it| it.passed_over),
            read_so: imported.map(|it| it.read_so),
        }
    }
}

#[derive(Serialize)]
struct Item {
    number: u32,
    publisher: String,
    file: String,
    imported: String,
    pay: usize,
    groups: usize,
    rates: usize,
    levels: usize,
    texts: usize,
}

impl Item {
    fn of(number: u32, kept: &Kept) -> Self {
        let count = |is_it: fn(&Said) -> bool| kept.said.iter().filter(|said| is_it(said)).count();
        Self {
            number,
            publisher: kept.publisher.clone(),
            file: kept.file.clone(),
            imported: kept.imported.clone(),
            pay: count(|said| matches!(said, Said::Pay(_))),
            groups: count(|said| matches!(said, Said::Group { .. })),
            rates: count(|said| matches!(said, Said::Rate { .. })),
            levels: count(|said| matches!(said, Said::Power { .. })),
            texts: texts_of(kept),
        }
    }
}
