//! `offdesk decide`: one handoff weighed.

mod report;

use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::decide::{Answer, Next, Question, QuestionError, answer};
use offdesk_domain::Day;
use offdesk_domain::decision::{Advice, Because, INPUTS, Input};
use offdesk_domain::money::two_significant;
use offdesk_web::decision::page::decision_page;
use rust_decimal::Decimal;

use self::report::Report;
use super::audit::json;
use super::error::CliError;
use super::{Done, amounts, exit, output};
use crate::clock;

/// The largest case that is read.
const LARGEST: u64 = 1 << 20;

/// Weigh one handoff: net value, price per hour bought back, break-even
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk decide inbox.json
  echo '{\"value_of_work_hour\":75,\"owner_hours\":1.5,\"times_per_week\":4,
         \"rate\":[8,14,25]}' | offdesk decide -

Four inputs have to be said; the others have stated defaults. A number that is
not known is [low, likely, high].")]
pub struct DecideCommand {
    /// The case (JSON); - reads it from standard input
    #[arg(value_name = "CASE.json")]
    case: PathBuf,
    /// Write JSON (offdesk.decision/1)
    #[arg(long)]
    json: bool,
    /// Write a page with the break-even curve and what matters most
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

impl DecideCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        output::check_page(self.html.as_deref(), "--html decision.html")?;
        let text = read(&self.case, LARGEST, "decide.unreadable")?;
        let question = Question::parse(&text).map_err(|error| refused(&self.case, error))?;
        let found = answer(&question);
        let out = if self.json {
            json::to_text(&Report::of(&question, &found))?
        } else {
            words(&question, &found)
        };
        if let Some(path) = &self.html {
            let today = Day::from_epoch_seconds(clock::now().as_second());
            let page = decision_page(&question, &found, today);
            output::write_file(path, page.as_bytes())?;
            output::say(&format!("The page is in {}.\n", path.display()));
        }
        output::print(&out)?;
        Ok(0)
    }
}

/// A file, or standard input, as text.
pub fn read(path: &Path, largest: u64, code: &'static str) -> Result<String, CliError> {
    let refuse = |why: String| {
        let message = format!("{} cannot be read: {why}", path.display());
        CliError::new(exit::FAILED, code, message).line("check the name and the folder")
    };
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(largest + 1)
            .read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(largest + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| refuse(error.to_string()))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > largest {
        return Err(refuse(format!("it is larger than {} MiB", largest >> 20)));
    }
    String::from_utf8(bytes).map_err(|_| refuse("it is not UTF-8".to_owned()))
}

fn refused(path: &Path, error: QuestionError) -> CliError {
    let place = match (error.line, error.column) {
        (Some(line), Some(column)) => format!("line {line}, column {column}: "),
        _ => String::new(),
    };
    let message = format!("{}: {place}{}", path.display(), error.message);
    CliError::new(exit::INPUT, error.code, message).line(error.hint)
}

/// An estimate for people; without a sign where no currency was said.
fn about(question: &Question, amount: f64) -> String {
    let amount = Decimal::try_from(amount).unwrap_or_default();
    amounts::about(amount, question.currency)
}

fn words(question: &Question, found: &Answer) -> String {
    let decision = &found.decision;
    let weeks = question.case.get(Input::Weeks);
    let amount = |amount| about(question, amount);
    let mut out = String::new();
    let what = question.name.as_deref().map(offdesk_import::problem::shown);
    let what = what.unwrap_or_else(|| "It".to_owned());
    let head = match (found.verdict, found.because) {
        (Advice::Delegate, Because::Better) => "Hand it off: they do it better.",
        (Advice::Delegate, _) => "Hand it off: your hour is worth more than it costs.",
        (Advice::Automate, _) => "Let a machine do it: nobody's time is in it.",
        (Advice::Keep, Because::NoDifference) => {
            "It makes no difference: less than an hour's worth either way."
        }
        (Advice::Keep, Because::NoHours) => {
            "Keep it: talk, review and set-up take back the hours it would free."
        }
        (Advice::Keep, _) => "Keep it: it costs more than it gives.",
    };
    let mut line = |text: String| {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{text}");
    };
    line(head.to_owned());
    line(String::new());
    let net = amount(decision.net_value);
    line(format!(
        "  {what} comes to about {net} in {weeks:.0} weeks, after everything."
    ));
    match (
        decision.price_per_hour_bought_back,
        decision.break_even_hour,
    ) {
        (Some(price), Some(hour)) => {
            let (price, hour) = (amount(price), amount(hour.max(0.0)));
            line(format!(
                "  You pay about {price} for each hour you get back."
            ));
            line(format!(
                "  It pays if your freed hour is worth more than about {hour}; you say {}.",
                amount(decision.worth)
            ));
        }
        _ => line("  You get no hour back.".to_owned()),
    }
    match (decision.break_even_times, decision.break_even_week) {
        (Some(times), Some(week)) => {
            line(format!(
                "  You are square after {times} times, in week {week}."
            ));
        }
        _ => line(format!("  You are not square within {weeks:.0} weeks.")),
    }
    line(String::new());
    line(format!(
        "  hours bought back:       {}",
        two_significant(Decimal::try_from(decision.hours_freed).unwrap_or_default())
    ));
    line(format!(
        "  paid to the person:      {}",
        amount(decision.cash)
    ));
    line(format!(
        "  faults that get out:     {:.1}, against {:.1} if you keep it",
        decision.escaped_faults, decision.escaped_faults_if_kept
    ));
    if let Some(chances) = &found.chances {
        line(String::new());
        line(format!(
            "  With what is in doubt, {} to {} in nine of ten cases.\n  The chance of a loss is {:.0} %.",
            amount(chances.p5),
            amount(chances.p95),
            chances.chance_of_loss * 100.0
        ));
        match found.next {
            Next::TryFirst => line("  Try a few first, all of them reviewed.".to_owned()),
            _ => line(format!(
                "  Knowing more is worth about {}: more thinking is not.",
                amount(chances.value_of_knowing)
            )),
        }
        for (input, [low, high]) in found.tornado.iter().take(5) {
            line(format!(
                "  {:<24} {} to {}",
                key_of(*input),
                amount(low.min(*high)),
                amount(high.max(*low))
            ));
        }
    }
    for (assignments, worth) in found.trials.iter().take(1) {
        line(format!(
            "  Trying {assignments} first is worth up to about {}.",
            amount(*worth)
        ));
    }
    if !question.assumed.is_empty() {
        line(String::new());
        line("Assumed, because nobody said:".to_owned());
        for row in &question.assumed {
            line(format!(
                "  {:<20}{:>5}  {}",
                row.key,
                question.case.get(row.input),
                row.what
            ));
        }
    }
    out
}

pub(super) fn key_of(input: Input) -> &'static str {
    INPUTS
        .iter()
        .find(|row| row.input == input)
        .map_or("", |row| row.key)
}
