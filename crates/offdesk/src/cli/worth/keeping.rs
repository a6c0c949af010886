//! The worth of the workspace: `offdesk worth --save` keeps one from today on, `offdesk worth` alone shows the one that counts.

use offdesk_actions::Error;
use offdesk_actions::pay::today_of;
use offdesk_actions::store::Address;
use offdesk_actions::workspaces::load_settings;
use offdesk_actions::worths::json::WorthJson;
use offdesk_actions::worths::{DatedWorth, Figures, NewWorth, load_worth, set_worth};
use offdesk_domain::{Currency, Day};
use offdesk_import::problem::shown;

use super::{WorthCommand, missing, rates, reckoned};
use crate::cli::audit::json::to_text;
use crate::cli::desk::day_in_words;
use crate::cli::error::CliError;
use crate::cli::{Done, exit, output};
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
        let (store, actor) = self.at.open()?;
        let (currency, moment) = (self.worth.currency, clock::moment());
        let (workspace, here) = (actor.workspace_name.clone(), actor.clone());
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
        let today: Result<Day, Error> = store.read(move |tx| today_of(tx, &here, moment)).wait();
        Ok(today?)
    }

    /// Shows the worth that counts in the workspace. Without a desk, or without a worth in it, the options are named.
    pub(super) fn show_kept(&self) -> Done {
        if let Address::File(path) = self.at.address()?
            && !path.exists()
        {
            return Err(missing());
        }
        let (store, actor) = self.at.open()?;
        let (workspace, moment) = (actor.workspace_name.clone(), clock::moment());
        let kept: Result<_, Error> = store.read(move |tx| load_worth(tx, &actor, moment)).wait();
        let DatedWorth { from, worth, .. } = kept?.ok_or_else(missing)?;
        if self.json {
            let json = WorthJson::of(&worth, Some(from));
            output::print(&to_text(&json)?)?;
            return Ok(0);
        }
        // A target was given as a multiple, which is not what is kept.
        let multiple = worth.target.checked_div(worth.hour).unwrap_or_default();
        let mut text = reckoned(&[worth.basis], &[worth.hour], worth.currency);
        text += &rates(&worth, multiple.round_dp(2).normalize());
        text += &format!(
            "\nKept in {}, since {}.   Another one:  offdesk worth --income N --save\n",
            shown(&workspace),
            day_in_words(from)
        );
        output::print(&text)?;
        Ok(0)
    }
}
