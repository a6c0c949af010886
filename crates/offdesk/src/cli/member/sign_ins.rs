//! `offdesk member sign-ins`: what happened to one's own account.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::accounts::{AccountEventsJson, list_account_events};
use offdesk_actions::store::account_events::AccountEventRow;
use offdesk_import::problem::shown;

use super::super::audit::json;
use super::super::desk::At;
use super::super::{Done, output};

/// So many are shown.
const SHOWN: u32 = 200;

#[derive(Args, Debug)]
pub(super) struct SignIns {
    /// Print JSON (offdesk.account_events/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl SignIns {
    pub(super) fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let found: Result<Vec<AccountEventRow>, Error> = store
            .read(move |tx| list_account_events(tx, &actor, None, SHOWN))
            .wait();
        let events = found?;
        if self.json {
            output::print(&json::to_text(&AccountEventsJson::of(&events, None))?)?;
            return Ok(0);
        }
        let lines: Vec<String> = events.iter().map(line).collect();
        output::print(&if lines.is_empty() {
            "Nothing happened to this account yet.\n".to_owned()
        } else {
            lines.concat()
        })?;
        Ok(0)
    }
}

fn line(event: &AccountEventRow) -> String {
    let at = jiff::Timestamp::from_microsecond(event.at).unwrap_or_default();
    let when = at.strftime("%Y-%m-%d %H:%M:%S UTC");
    let what = event.event.replace('_', " ");
    let detail = match event.detail.as_str() {
        "" => String::new(),
        detail => format!(" ({})", shown(detail)),
    };
    let from = match (event.door.as_str(), event.network.as_str()) {
        ("cli", _) => "the machine itself".to_owned(),
        (_, "") => "a page".to_owned(),
        (_, network) => shown(network),
    };
    format!("{when}  {what}{detail}, from {from}\n")
}
