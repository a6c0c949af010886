//! Who works at the desk: the account and the workspace that the options name.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::accounts::actor_here;
use offdesk_actions::actor::Actor;
use offdesk_actions::store::Store;

use crate::cli::error::CliError;

/// Who works at the desk, and in which workspace.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Whose workspace")]
pub(super) struct WhoArgs {
    /// Account, where several own a business here
    #[arg(
        long,
        value_name = "EMAIL",
        env = "OFFDESK_ACCOUNT",
        hide_env_values = true
    )]
    account: Option<String>,
    /// Workspace, where there are several: its name or its id
    #[arg(long, value_name = "NAME")]
    workspace: Option<String>,
}

impl WhoArgs {
    /// The actor of these options.
    ///
    /// # Errors
    /// `account.none`, `account.which`, `workspace.none`.
    pub(super) fn actor(&self, store: &Store) -> Result<Actor, CliError> {
        // An empty variable of the environment says nothing.
        let email = self.account.clone().filter(|email| !email.is_empty());
        let workspace = self.workspace.clone();
        let found: Result<Actor, Error> = store
            .read(move |tx| actor_here(tx, email.as_deref(), workspace.as_deref()))
            .wait();
        Ok(found?)
    }
}
