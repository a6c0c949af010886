//! `offdesk review`: what waits to be looked at; accepted, returned, or found wanting later.

mod text;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::json::ReviewsJson;
use offdesk_actions::assignments::{
    AssignmentDetail, AssignmentNow, FindingKind, Met, NewEscape, NewFinding, NewReview,
    accept_deliverable, correct_supervision_of, list_to_review, load_assignment, note_escape,
    note_supervision, return_deliverable, seconds_of_hours,
};
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::{Error, Moment};
use offdesk_domain::assignment::Supervised;
use rust_decimal::Decimal;

use super::assignment::{One, spent};
use super::audit::json;
use super::desk::At;
use super::values;
use super::{Done, output};
use crate::clock;

/// So many are listed.
const MOST: u32 = 1_000;

/// Look at what was handed in: accept it, or return it with findings
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk review list
  offdesk review accept 12
  offdesk review return 12 --fault \"2: the date is missing\"
  offdesk review return 12 --preference \"shorter, please\" --note \"Good names.\"
  offdesk review accept 12 --fault \"c2: two are left\" --reworked 0.25
  offdesk review escape 12 \"4: a wrong name went out\"
  offdesk review spent 12 0.5")]
pub struct ReviewCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    List(ListArgs),
    /// Accept a deliverable
    Accept(AcceptArgs),
    /// Return a deliverable with findings
    Return(ReviewArgs),
    Escape(EscapeArgs),
    Spent(SpentArgs),
}

/// What waits, without who made it
#[derive(Args, Debug)]
struct ListArgs {
    /// Print JSON (offdesk.reviews/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

#[derive(Args, Debug)]
struct ReviewArgs {
    #[command(flatten)]
    one: One,
    /// The acceptance criteria that hold, from 1: 1,2,3; all of them where
    /// nothing is said and it is accepted
    #[arg(long, value_name = "N", value_delimiter = ',')]
    met: Vec<i64>,
    /// The criteria that do not hold: all others do
    #[arg(long, value_name = "N", value_delimiter = ',', conflicts_with = "met")]
    not_met: Vec<i64>,
    /// A fault, with the step it is at, "2: the date is missing", or the
    /// criterion, "c1: a reply is missing"; may be repeated
    #[arg(long, value_name = "TEXT")]
    fault: Vec<String>,
    /// A preference, which does not count against the work; may be repeated
    #[arg(long, value_name = "TEXT")]
    preference: Vec<String>,
    /// What you say to the whole
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Hours you spent on it
    #[arg(long, value_name = "HOURS", value_parser = values::hours)]
    spent: Option<Decimal>,
    /// Hours you spent on putting it right yourself
    #[arg(long, value_name = "HOURS", value_parser = values::hours)]
    reworked: Option<Decimal>,
}

/// Note a fault that was found in what was accepted
#[derive(Args, Debug)]
struct EscapeArgs {
    #[command(flatten)]
    one: One,
    /// What it is, with the step it is at, "2: the date is missing", or the
    /// criterion, "c1: a reply is missing"
    #[arg(value_name = "TEXT")]
    text: String,
    /// Hours you spent on putting it right yourself
    #[arg(long, value_name = "HOURS", value_parser = values::hours)]
    reworked: Option<Decimal>,
}

/// Note or put right the time you spent on one
#[derive(Args, Debug)]
struct SpentArgs {
    #[command(flatten)]
    one: One,
    /// Hours, such as 0.5
    #[arg(value_name = "HOURS", value_parser = values::hours)]
    hours: Decimal,
    /// On what
    #[arg(long, value_name = "WHAT", default_value = "reworking", value_parser = kinds())]
    on: Supervised,
    /// Put right what a page has captured: its id, from  offdesk assignment show
    #[arg(long, value_name = "ID", conflicts_with = "on")]
    correct: Option<Uuid>,
}

/// What time is spent on, by its word.
fn kinds() -> impl TypedValueParser<Value = Supervised> {
    let all = Supervised::ALL.map(|kind| PossibleValue::new(kind.word()).help(help_of(kind)));
    PossibleValuesParser::new(all)
        .try_map(|word| Supervised::of(&word).ok_or("this is no kind of time spent"))
}

fn help_of(kind: Supervised) -> &'static str {
    match kind {
        Supervised::Reviewing => "Looking at what was handed in",
        Supervised::Answering => "Answering questions",
        Supervised::Reworking => "Putting it right yourself",
    }
}

impl SpentArgs {
    fn run(self) -> Done {
        let seconds = seconds_of_hours("hours", self.hours)?;
        let (kind, line, moment) = (self.on, self.correct, clock::moment());
        self.one.write(move |tx, actor, id| match line {
            None => note_supervision(tx, actor, id, kind, seconds, moment),
            Some(line) => {
                correct_supervision_of(tx, actor, id, line, seconds, None, moment)?;
                load_assignment(tx, actor, id)
            }
        })
    }
}

impl ReviewCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::List(args) => args.run(),
            What::Accept(args) => args.run(),
            What::Return(args) => args.run(return_deliverable, |_| {}),
            What::Escape(args) => {
                let escape = NewEscape {
                    fault: finding(FindingKind::Fault, &args.text),
                    reworked: spent(args.reworked)?,
                    seen: None,
                };
                let moment = clock::moment();
                args.one.judge(move |tx, actor, id| {
                    note_escape(tx, actor, id, &escape, moment).map(|_| ())
                })
            }
            What::Spent(args) => args.run(),
        }
    }
}

#[derive(Args, Debug)]
struct AcceptArgs {
    #[command(flatten)]
    review: ReviewArgs,
    /// What you returned and does not come again, as it is: it is earned then
    #[arg(long)]
    as_it_is: bool,
    /// Pay its hours beside those of the same days that are paid with weeks
    #[arg(long)]
    beside: bool,
}

impl AcceptArgs {
    fn run(self) -> Done {
        let (as_it_is, is_beside) = (self.as_it_is, self.beside);
        self.review.run(accept_deliverable, |review| {
            review.as_it_is = as_it_is;
            review.is_beside = is_beside;
        })
    }
}

/// What is done with what was handed in.
type Verdict = fn(&mut Tx<'_>, &Actor, Uuid, &NewReview, Moment) -> Result<AssignmentNow, Error>;

impl ReviewArgs {
    fn run(self, verdict: Verdict, say: impl FnOnce(&mut NewReview)) -> Done {
        let faults = self
            .fault
            .iter()
            .map(|text| finding(FindingKind::Fault, text));
        let preferences = self
            .preference
            .iter()
            .map(|text| finding(FindingKind::Preference, text));
        let mut review = NewReview {
            met: match (self.met.is_empty(), self.not_met.is_empty()) {
                (true, true) => Met::Unsaid,
                (false, _) => Met::These(self.met),
                (true, false) => Met::AllBut(self.not_met),
            },
            findings: faults.chain(preferences).collect(),
            note: self.note,
            spent: spent(self.spent)?,
            reworked: spent(self.reworked)?,
            ..NewReview::default()
        };
        say(&mut review);
        let moment = clock::moment();
        self.one
            .judge(move |tx, actor, id| verdict(tx, actor, id, &review, moment).map(|_| ()))
    }
}

/// A finding as it is typed: a number and a colon before it name the step, a `c` before the number the criterion.
fn finding(kind: FindingKind, text: &str) -> NewFinding {
    let at = text.split_once(':').and_then(|(place, rest)| {
        let place = place.trim();
        let number = place.strip_prefix(['c', 'C']);
        let is_criterion = number.is_some();
        let number = number.unwrap_or(place).parse::<i64>().ok()?;
        Some((is_criterion, number, rest))
    });
    let (step, criterion, text) = match at {
        None => (None, None, text),
        Some((false, step, rest)) => (Some(step), None, rest),
        Some((true, criterion, rest)) => (None, Some(criterion), rest),
    };
    NewFinding {
        kind,
        step,
        criterion,
        text: text.trim().to_owned(),
    }
}

impl ListArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let waiting: Result<Vec<AssignmentDetail>, Error> = store
            .read(move |tx| list_to_review(tx, &actor, MOST))
            .wait();
        let waiting = waiting?;
        if self.json {
            output::print(&json::to_text(&ReviewsJson::of(&waiting, None))?)?;
            return Ok(0);
        }
        if waiting.is_empty() {
            output::print("Nothing waits on you.\n")?;
            return Ok(0);
        }
        let texts: String = waiting.iter().map(text::blind).collect();
        output::print(&texts)?;
        Ok(0)
    }
}
