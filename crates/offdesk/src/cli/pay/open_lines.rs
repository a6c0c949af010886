//! `offdesk pay lines`: what is on no statement yet, line by line, so that one can be put right before it is on one.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::pay::json::OpenLinesJson;
use offdesk_actions::pay::{OpenLine, list_open_lines};
use offdesk_import::problem::shown;

use super::super::audit::json::to_text;
use super::super::desk::{At, MOST_LISTED};
use super::super::{Done, output};
use super::text::quantity_of;

/// What was earned that is on no statement yet, line by line, the latest first
#[derive(Args, Debug)]
pub struct LinesArgs {
    /// Print JSON (offdesk.open_lines/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl LinesArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let found: Result<Vec<OpenLine>, Error> = store
            .read(move |tx| list_open_lines(tx, &actor, None, MOST_LISTED))
            .wait();
        let lines = found?;
        if self.json {
            output::print(&to_text(&OpenLinesJson::of(&lines, None))?)?;
            return Ok(0);
        }
        if lines.is_empty() {
            output::print("There is no line that is on no statement yet.\n")?;
            return Ok(0);
        }
        let mut out: String = lines.iter().map(text).collect();
        out += "Put one right:  offdesk pay correct LINE --hours HOURS\n";
        output::print(&out)?;
        Ok(0)
    }
}

fn text(line: &OpenLine) -> String {
    let about = match line.about.in_words() {
        text if text.is_empty() => text,
        text => format!(" ({})", shown(&text)),
    };
    format!(
        "{:>5}  {}  {}, {}{about}, {} at {}: {}\n",
        line.posting,
        line.earned.day,
        shown(&line.person),
        shown(&line.activity),
        quantity_of(line.earned.quantity),
        line.earned.terms,
        line.amount
    )
}
