//! `offdesk assignment answer`: a question is answered, and the answer goes into the blueprint, at once or later.

use clap::Args;
use offdesk_actions::assignments::{NewAnswer, answer_question, load_assignment};
use offdesk_actions::store::Uuid;
use offdesk_actions::{Error, ErrorKind};
use rust_decimal::Decimal;

use super::super::{Done, values};
use super::One;
use super::working::spent;
use crate::clock;

/// Answer a question; the answer can go into the blueprint, too
#[derive(Args, Debug)]
pub struct AnswerArgs {
    #[command(flatten)]
    one: One,
    /// The answer; with --for-blueprint none where it was answered already
    #[arg(value_name = "TEXT", default_value = "")]
    text: String,
    /// Which question, by its id; the first that is open where none is named,
    /// or the last whose answer is not in the blueprint
    #[arg(long, value_name = "ID")]
    question: Option<Uuid>,
    /// Put it into the draft of the blueprint, at the step it is about
    #[arg(long)]
    for_blueprint: bool,
    /// Hours you spent on it
    #[arg(long, value_name = "HOURS", value_parser = values::hours)]
    spent: Option<Decimal>,
}

impl AnswerArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let answer = NewAnswer {
            text: self.text,
            is_for_blueprint: self.for_blueprint,
            spent: spent(self.spent)?,
        };
        let (asked, moment) = (self.question, clock::moment());
        self.one.write(move |tx, actor, id| {
            let question = match asked {
                Some(question) => question,
                None => {
                    let detail = load_assignment(tx, actor, id)?;
                    let mut all = detail.questions.iter();
                    // An answer that is there only goes into the blueprint.
                    let is_given = answer.is_for_blueprint && answer.text.is_empty();
                    let meant = match is_given {
                        true => all.rfind(|it| it.draft_number.is_none()),
                        false => all.find(|it| it.answered.is_none()),
                    };
                    meant.map(|it| it.id).ok_or_else(|| {
                        Error::new(
                            ErrorKind::Conflict,
                            "assignment.answered",
                            "no question of this assignment waits for an answer",
                        )
                    })?
                }
            };
            answer_question(tx, actor, id, question, &answer, moment)
        })
    }
}
