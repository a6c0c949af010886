//! `offdesk people invite`: the link by which a person joins.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::moment::Secret;
use offdesk_actions::people::inviting::invite_person;
use offdesk_actions::people::json::InvitationJson;

use super::super::audit::json;
use super::super::desk::At;
use super::super::serve::public_url;
use super::super::{Done, output};
use super::find_person;
use crate::clock;

/// Invite a person to pages of their own: prints a link that counts once, for
/// their address, for seven days; an earlier one counts no more
#[derive(Args, Debug)]
pub struct InviteArgs {
    /// Name or id
    #[arg(value_name = "WHO")]
    who: String,
    /// The address people reach the desk at
    #[arg(long, value_name = "URL", env = "OFFDESK_PUBLIC_URL", hide_env_values = true, value_parser = public_url, default_value = "http://127.0.0.1:7878")]
    public_url: String,
    /// Print JSON (offdesk.invitation/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl InviteArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let (id, moment) = (find_person(&store, &actor, &self.who)?, clock::moment());
        let secret: Result<Secret, Error> = store
            .write(move |tx| invite_person(tx, &actor, id, moment))
            .wait();
        give_link(&self.public_url, &secret?, self.json)
    }
}

/// Prints the link by which somebody joins at the address of a desk.
///
/// # Errors
/// Those of the output.
pub fn give_link(public_url: &str, secret: &Secret, is_json: bool) -> Done {
    let address = public_url.trim_end_matches('/');
    let link = format!("{address}/invitation?token={}", secret.reveal());
    if is_json {
        output::print(&json::to_text(&InvitationJson::by_link(link))?)?;
    } else {
        output::print(&format!("{link}\n"))?;
    }
    Ok(0)
}
