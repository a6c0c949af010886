//! Where the desk is: the options that all its commands share.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use offdesk_actions::store::{Address, Store};

use super::error::CliError;
use super::exit;

/// Where the desk is.
#[derive(Args, Debug, Clone)]
pub struct DeskArgs {
    /// Where offdesk keeps its data (default: the user's data folder)
    #[arg(
        long,
        value_name = "DIR",
        env = "OFFDESK_DATA_DIR",
        hide_env_values = true
    )]
    data_dir: Option<PathBuf>,
    /// A PostgreSQL in the place of the file
    #[arg(
        long,
        value_name = "URL",
        env = "OFFDESK_DATABASE",
        hide_env_values = true
    )]
    database: Option<String>,
}

impl DeskArgs {
    /// Opens it.
    pub fn open(&self) -> Result<Store, CliError> {
        let address = match &self.database {
            Some(url) => Address::Server(url.clone()),
            None => {
                let folder = self.data_dir.clone().unwrap_or_default();
                let _ = fs::create_dir_all(&folder);
                Address::File(folder.join("offdesk.db"))
            }
        };
        Store::open(&address)
            .map_err(|error| CliError::new(exit::FAILED, "store.failed", error.to_string()))
    }
}
