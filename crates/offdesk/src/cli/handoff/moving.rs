//! `offdesk handoff answer`, `begin`, `pause`, `resume`, `change` and `end`.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::handoffs::{
    HandoffAnswer, HandoffDetail, Move, NewScope, OpenWork, answer_change_for, answer_for,
    move_handoff, propose_again, propose_change, withdraw_change,
};
use offdesk_actions::people::NewTerms;
use offdesk_domain::handoff::{EndReason, State};

use super::super::Done;
use super::super::desk::At;
use super::super::people::TermsArgs;
use super::{Which, give};
use crate::clock;

/// What these share.
#[derive(Args, Debug)]
pub struct Saying {
    /// What is to be said with it; they can read it
    #[arg(long, value_name = "TEXT", default_value = "")]
    say: String,
    /// Print JSON (offdesk.handoff/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Note the answer of a person who has not joined: to the proposal, or to an
/// open change
#[derive(Args, Debug)]
pub struct AnswerArgs {
    #[command(flatten)]
    which: Which,
    /// accept or decline
    #[arg(value_name = "ANSWER", value_parser = answer)]
    answer: HandoffAnswer,
    #[command(flatten)]
    saying: Saying,
}

fn answer(word: &str) -> Result<HandoffAnswer, String> {
    HandoffAnswer::of(word).map_err(|_| "use accept or decline".to_owned())
}

/// Begin: with the trial that was agreed, or at once
#[derive(Args, Debug)]
pub struct BeginArgs {
    #[command(flatten)]
    which: Which,
    /// End the trial early: it works
    #[arg(long)]
    end_trial: bool,
    #[command(flatten)]
    saying: Saying,
}

/// Which handoff, and what is said: enough for a step of which nothing else is to be known.
#[derive(Args, Debug)]
pub struct MoveArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    saying: Saying,
}

/// End it, for a reason
#[derive(Args, Debug)]
pub struct EndArgs {
    #[command(flatten)]
    which: Which,
    /// finished, changed_person, taken_back or dropped
    #[arg(long, value_name = "REASON", value_parser = end_reason)]
    reason: EndReason,
    /// Take back what is on their desk and was never handed in; the rest is done to its end
    #[arg(long, conflicts_with = "let_finish")]
    take_back: bool,
    /// Let them do it to its end
    #[arg(long)]
    let_finish: bool,
    #[command(flatten)]
    saying: Saying,
}

fn end_reason(word: &str) -> Result<EndReason, String> {
    EndReason::of(&word.replace('-', "_"))
        .ok_or_else(|| "use finished, changed_person, taken_back or dropped".to_owned())
}

/// Propose a change of what was agreed; of what was not agreed yet, other terms
#[derive(Args, Debug)]
pub struct ChangeArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    terms: TermsArgs,
    /// By the newest published version of the blueprint
    #[arg(long)]
    newest: bool,
    /// Why; they read it
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Take the open change back
    #[arg(long, conflicts_with_all = ["amount", "newest"])]
    withdraw: bool,
    /// Print JSON (offdesk.handoff/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

fn go(which: &Which, saying: Saying, what: Move) -> Done {
    let (store, actor) = saying.at.open()?;
    let row = which.find(&store, &actor)?.summary.handoff.row;
    let moment = clock::moment();
    let done: Result<HandoffDetail, Error> = store
        .write(move |tx| {
            let seen = Some(row.version);
            move_handoff(tx, &actor, row.id, what, &saying.say, seen, moment)
        })
        .wait();
    give(&done?, saying.json)
}

impl AnswerArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.saying.at.open()?;
        let handoff = self.which.find(&store, &actor)?.summary.handoff;
        let (answer, said, moment) = (self.answer, self.saying.say, clock::moment());
        let (id, seen) = (handoff.row.id, Some(handoff.row.version));
        let is_change = handoff.agreement.proposed.is_some();
        let done: Result<HandoffDetail, Error> = store
            .write(move |tx| {
                if is_change {
                    return answer_change_for(tx, &actor, id, answer, &said, seen, moment);
                }
                answer_for(tx, &actor, id, answer, &said, seen, moment)
            })
            .wait();
        give(&done?, self.saying.json)
    }
}

impl BeginArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let what = if self.end_trial {
            Move::EndTrial
        } else {
            Move::Begin
        };
        go(&self.which, self.saying, what)
    }
}

impl MoveArgs {
    /// Runs it.
    pub fn run(self, what: Move) -> Done {
        go(&self.which, self.saying, what)
    }
}

impl EndArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let open = match (self.take_back, self.let_finish) {
            (true, _) => OpenWork::TakenBack,
            (false, true) => OpenWork::Finished,
            (false, false) => OpenWork::Unsaid,
        };
        let done = go(&self.which, self.saying, Move::End(self.reason, open));
        done.map_err(|error| {
            if error.code == "handoff.open_work" {
                return error
                    .line("take them back:   --take-back")
                    .line("let them finish:  --let-finish");
            }
            error
        })
    }
}

impl ChangeArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let handoff = self.which.find(&store, &actor)?.summary.handoff;
        let (id, seen) = (handoff.row.id, Some(handoff.row.version));
        let start = self.terms.from();
        let terms = self.terms.read()?.map(|terms| NewTerms {
            from: None,
            ..terms
        });
        let is_new = matches!(handoff.state, State::Proposed | State::Declined);
        let new = NewScope {
            terms,
            start,
            takes_newest: self.newest,
            note: self.note,
        };
        let (withdraws, moment) = (self.withdraw, clock::moment());
        let done: Result<HandoffDetail, Error> = store
            .write(move |tx| {
                if withdraws {
                    return withdraw_change(tx, &actor, id, seen, moment);
                }
                if is_new {
                    return propose_again(tx, &actor, id, &new, seen, moment);
                }
                propose_change(tx, &actor, id, &new, seen, moment)
            })
            .wait();
        give(&done?, self.json)
    }
}
