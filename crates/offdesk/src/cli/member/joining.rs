//! `offdesk member invite` and `role`: the link by which somebody joins, and what they may do here.

use clap::{Args, ValueEnum};
use offdesk_actions::Error;
use offdesk_actions::actor::Role;
use offdesk_actions::members::{change_role, invite, member_of_address};
use offdesk_actions::moment::Secret;
use offdesk_import::problem::shown;

use super::super::desk::At;
use super::super::people::give_link;
use super::super::serve::public_url;
use super::super::{Done, output};
use super::{One, give};
use crate::clock;

/// A role in the business; who does work that was handed off is invited as a person.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OfBusiness {
    /// May do everything
    Owner,
    /// May import and edit, and neither pays nor changes the settings
    Manager,
    /// Only looks
    Viewer,
}

impl OfBusiness {
    fn role(self) -> Role {
        match self {
            Self::Owner => Role::Owner,
            Self::Manager => Role::Manager,
            Self::Viewer => Role::Viewer,
        }
    }
}

/// Invite somebody: prints a link that counts once, for their address, for
/// seven days
#[derive(Args, Debug)]
pub(super) struct Invite {
    /// Their e-mail address
    #[arg(value_name = "EMAIL")]
    email: String,
    /// What they may do here
    #[arg(long, value_name = "ROLE", value_enum)]
    role: OfBusiness,
    /// The address people reach the desk at
    #[arg(long, value_name = "URL", env = "OFFDESK_PUBLIC_URL", hide_env_values = true, value_parser = public_url, default_value = "http://127.0.0.1:7878")]
    public_url: String,
    /// Print JSON (offdesk.invitation/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl Invite {
    pub(super) fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let (email, role, moment) = (self.email, self.role.role(), clock::moment());
        let secret: Result<Secret, Error> = store
            .write(move |tx| invite(tx, &actor, &email, role, moment))
            .wait();
        give_link(&self.public_url, &secret?, self.json)
    }
}

/// Give a member another role
#[derive(Args, Debug)]
pub(super) struct ChangeRole {
    #[command(flatten)]
    one: One,
    /// What they may do here from now on
    #[arg(value_name = "ROLE", value_enum)]
    role: OfBusiness,
}

impl ChangeRole {
    pub(super) fn run(self) -> Done {
        let (store, actor) = self.one.common.at.open()?;
        let (who, email, moment) = (actor.clone(), self.one.email.clone(), clock::moment());
        let role = self.role.role();
        let done: Result<(), Error> = store
            .write(move |tx| {
                let id = member_of_address(tx, &who, &email)?;
                change_role(tx, &who, id, role, moment)
            })
            .wait();
        done?;
        if self.one.common.json {
            return give(&store, actor);
        }
        let email = self.one.email.trim().to_lowercase();
        output::print(&format!("{} is {} here now.\n", shown(&email), role.word()))?;
        Ok(0)
    }
}
