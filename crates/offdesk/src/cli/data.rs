//! The folder in which offdesk keeps its data.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::facts::{self, Kept};
use offdesk_actions::price::Figures;

use super::error::CliError;
use super::exit;

/// A kept file is at most so large.
const LARGEST: u64 = 64 << 20;

/// Where offdesk keeps what is imported.
#[derive(Args, Debug, Clone)]
pub struct DataFolder {
    /// Where offdesk keeps its data (default: the user's data folder)
    #[arg(
        long,
        value_name = "DIR",
        env = "OFFDESK_DATA_DIR",
        hide_env_values = true
    )]
    data_dir: Option<PathBuf>,
}

impl DataFolder {
    /// The folder itself; `None` where the machine has no folder for users' data.
    pub(super) fn path(&self) -> Option<PathBuf> {
        let folder = self.data_dir.clone();
        folder.or_else(|| Some(dirs::data_dir()?.join("offdesk")))
    }

    /// The folder of facts; `None` where the machine has no folder for users' data.
    pub(super) fn facts(&self) -> Option<PathBuf> {
        self.path().map(|folder| folder.join("facts"))
    }

    /// Figures with everything that was imported, in the order of importing.
    pub fn add_facts(&self, figures: &mut Figures) -> Result<(), CliError> {
        for (_, kept) in self.all()? {
            facts::add(figures, kept.said);
        }
        Ok(())
    }

    /// All files of facts by their number.
    pub(super) fn all(&self) -> Result<Vec<(u32, Kept)>, CliError> {
        let Some(folder) = self.facts() else {
            return Ok(Vec::new());
        };
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(&folder, &error.to_string())),
        };
        let mut all = Vec::new();
        for entry in entries {
            let path = entry
                .map_err(|error| unreadable(&folder, &error.to_string()))?
                .path();
            let number = path
                .file_stem()
                .and_then(|stem| stem.to_str()?.parse().ok());
            let is_facts = path.extension().is_some_and(|ending| ending == "csv");
            let (Some(number), true) = (number, is_facts) else {
                continue;
            };
            let meta =
                fs::metadata(&path).map_err(|error| unreadable(&path, &error.to_string()))?;
            if meta.len() > LARGEST {
                return Err(unreadable(&path, "it is larger than 64 MiB"));
            }
            let text =
                fs::read_to_string(&path).map_err(|error| unreadable(&path, &error.to_string()))?;
            let kept = Kept::parse(&text).map_err(|error| {
                let message = format!("{}: {error}", path.display());
                CliError::new(exit::INPUT, "facts.damaged", message)
                    .line(format!("take it out:  offdesk facts remove {number}"))
            })?;
            all.push((number, kept));
        }
        all.sort_by_key(|(number, _)| *number);
        Ok(all)
    }
}

fn unreadable(path: &Path, why: &str) -> CliError {
    let message = format!("{} cannot be read: {why}", path.display());
    CliError::new(exit::FAILED, "facts.unreadable", message)
}
