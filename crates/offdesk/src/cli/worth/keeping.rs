//! `offdesk worth --save`: the worth of the workspace from today on.

use offdesk_actions::Error;
use offdesk_actions::workspaces::load_settings;
use offdesk_actions::worths::{Figures, NewWorth, set_worth};
use offdesk_domain::{Currency, Day};

use super::WorthCommand;
use crate::cli::error::CliError;
use crate::cli::{exit, output};
use crate::clock;

impl WorthCommand {
    /// Keeps the worth in the workspace, and says from which day on it counts.
    pub(super) fn keep(&self) -> Result<Day, CliError> {
        let worth = self.worth.worth()?;
        let new = NewWorth {
            from: None,
            basis: worth.basis.word().to_owned(),
            figures: Figures::of(&worth.basis),
            multiple: Some(self.worth.target_multiple),
            ceiling: self.worth.ceiling,
        };
        let store = self.desk.open_known()?;
        let actor = self.who.actor(&store)?;
        let (currency, moment) = (self.worth.currency, clock::moment());
        let workspace = actor.workspace_name.clone();
        let kept: Result<Option<Currency>, Error> = store
            .write(move |tx| {
                let (settings, _) = load_settings(tx, &actor)?;
                if settings.currency != currency {
                    return Ok(Some(settings.currency));
                }
                set_worth(tx, &actor, &new, moment).map(|_| None)
            })
            .wait();
        if let Some(other) = kept? {
            let message = format!("the workspace reckons in {other}, not in {currency}");
            return Err(CliError::new(exit::CONFLICT, "worth.currency", message)
                .line(format!("say it in its currency:  --currency {other}")));
        }
        output::say(&format!("Kept in {workspace}, from today on.\n"));
        Ok(moment.today())
    }
}
