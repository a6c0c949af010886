//! `offdesk handoff checking`: how it is checked, changed after it was proposed.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::handoffs::{HandoffDetail, NewChecking, change_checking};
use offdesk_domain::handoff::CheckingChange;

use super::super::Done;
use super::super::desk::At;
use super::{Which, give};
use crate::clock;

/// Change how it is checked, at once; nobody is checked less by it than the
/// record allows
#[derive(Args, Debug)]
pub struct CheckingArgs {
    #[command(flatten)]
    which: Which,
    /// Check all again, as after a fault
    #[arg(long)]
    check_all: bool,
    /// One fault is too many: check all, always
    #[arg(long)]
    critical: bool,
    /// One fault is not too many any more: the record begins anew
    #[arg(long, conflicts_with = "critical")]
    not_critical: bool,
    /// Clean ones in a row before fewer are checked: 5, 10, 16 or 24
    #[arg(long, value_name = "N")]
    in_a_row: Option<u32>,
    /// Hours within which a question is answered
    #[arg(long, value_name = "HOURS")]
    answer_by: Option<u32>,
    /// Days without a review after which it counts as accepted
    #[arg(long, value_name = "DAYS")]
    accept_after: Option<u32>,
    /// Print JSON (offdesk.handoff/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl CheckingArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let row = self.which.find(&store, &actor)?.summary.handoff.row;
        let is_said = self.critical || self.not_critical;
        let new = NewChecking {
            change: CheckingChange {
                is_critical: is_said.then_some(self.critical),
                is_back_to_all: self.check_all,
                in_a_row: self.in_a_row,
            },
            answer_by_hours: self.answer_by,
            accept_after_days: self.accept_after,
        };
        let moment = clock::moment();
        let done: Result<HandoffDetail, Error> = store
            .write(move |tx| {
                let seen = Some(row.version);
                change_checking(tx, &actor, row.id, new, seen, moment)
            })
            .wait();
        give(&done?, self.json)
    }
}
