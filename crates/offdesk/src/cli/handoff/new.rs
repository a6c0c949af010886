//! `offdesk handoff new`: proposes an activity to a person.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::blueprints::finding::identify_blueprint;
use offdesk_actions::handoffs::{HandoffDetail, NewHandoff, propose_handoff};
use offdesk_actions::people::NewTerms;
use offdesk_domain::handoff::{Reason, SentBy};

use super::super::Done;
use super::super::desk::At;
use super::super::error::CliError;
use super::super::find::find_activity;
use super::super::people::{TermsArgs, find_person};
use super::give;
use crate::clock;

/// Propose an activity to a person
#[derive(Args, Debug)]
pub struct NewArgs {
    /// The activity
    #[arg(value_name = "ACTIVITY")]
    activity: String,
    /// To whom: name or id
    #[arg(long, value_name = "WHO")]
    to: String,
    /// By which blueprint: title or id
    #[arg(long, value_name = "BLUEPRINT")]
    by: String,
    /// Why: focus (it frees my hours) or better (they do it better)
    #[arg(long, value_name = "REASON", default_value = "focus", value_parser = reason)]
    reason: Reason,
    #[command(flatten)]
    terms: TermsArgs,
    /// Hand off a draft, knowingly
    #[arg(long)]
    unpublished: bool,
    /// What they should know
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Who sends out what was made: owner or worker
    #[arg(long, value_name = "WHO", default_value = "owner", value_parser = sent_by)]
    sent_by: SentBy,
    /// One fault is too many: all are checked, always
    #[arg(long)]
    critical: bool,
    /// How much is checked at first: 0 all, 1 every second, 2 every fourth, 3
    /// every tenth
    #[arg(long, value_name = "N", default_value_t = 0)]
    rung: u8,
    /// Clean ones in a row before fewer are checked: 5, 10, 16 or 24
    #[arg(long, value_name = "N", default_value_t = 10)]
    in_a_row: u32,
    /// Hours within which a question is answered
    #[arg(long, value_name = "HOURS", default_value_t = 24)]
    answer_by: u32,
    /// Days without a review after which it counts as accepted
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    accept_after: u32,
    /// Assignments on trial; 0 for none
    #[arg(long, value_name = "N", default_value_t = 3)]
    trial: u32,
    /// Print JSON (offdesk.handoff/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

fn reason(word: &str) -> Result<Reason, String> {
    Reason::of(word).ok_or_else(|| "use focus or better".to_owned())
}

fn sent_by(word: &str) -> Result<SentBy, String> {
    SentBy::of(word).ok_or_else(|| "use owner or worker".to_owned())
}

impl NewArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let activity = find_activity(&store, &actor, &self.activity)?;
        let person = find_person(&store, &actor, &self.to)?;
        let (who, which) = (actor.clone(), self.by.clone());
        let blueprint: Result<_, Error> = store
            .read(move |tx| identify_blueprint(tx, &who, &which))
            .wait();
        let blueprint = blueprint.map_err(|error| {
            let is_missing = error.code == "not_found";
            let error = CliError::from(error);
            if is_missing {
                return error
                    .line("what is there:  offdesk blueprint list")
                    .line("write one:      offdesk blueprint new ACTIVITY");
            }
            error
        })?;
        let start = self.terms.from();
        let terms = self.terms.read()?.map(|terms| NewTerms {
            from: None,
            ..terms
        });
        let new = NewHandoff {
            reason: self.reason,
            terms,
            start,
            is_unpublished: self.unpublished,
            note: self.note,
            sent_by: self.sent_by,
            is_critical: self.critical,
            rung: self.rung,
            in_a_row: self.in_a_row,
            answer_by_hours: self.answer_by,
            accept_after_days: self.accept_after,
            trial_length: self.trial,
            ..NewHandoff::new(activity, blueprint, person)
        };
        let moment = clock::moment();
        let made: Result<HandoffDetail, Error> = store
            .write(move |tx| propose_handoff(tx, &actor, &new, moment))
            .wait();
        let made = made.map_err(|error| {
            let code = error.code;
            let error = CliError::from(error);
            match code {
                "handoff.unpublished" => error
                    .line("publish it:         offdesk blueprint publish BLUEPRINT")
                    .line("hand off a draft:   --unpublished"),
                "handoff.terms" => error
                    .line("say it here:  --amount 14 --per hour")
                    .line("or for them:  offdesk people terms WHO --amount 14 --per hour"),
                _ => error,
            }
        })?;
        give(&made, self.json)
    }
}
