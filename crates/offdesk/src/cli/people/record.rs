//! `offdesk people record`: what the work of a person shows, in counts and ranges, without a score.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::assignments::json::RecordJson;
use offdesk_actions::assignments::records::record_of_person;
use offdesk_domain::trust::Record;

use super::super::audit::json;
use super::super::desk::At;
use super::super::{Done, output};
use super::find_person;

/// What the work of a person shows: right the first time, on time, returned for a fault, faults found later
#[derive(Args, Debug)]
pub struct RecordArgs {
    /// Name or id
    #[arg(value_name = "WHO")]
    who: String,
    /// Print JSON (offdesk.record/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl RecordArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let id = find_person(&store, &actor, &self.who)?;
        let record: Result<Record, Error> = store
            .read(move |tx| record_of_person(tx, &actor, id))
            .wait();
        let record = record?;
        if self.json {
            output::print(&json::to_text(&RecordJson::of(&record, None))?)?;
        } else {
            output::print(&format!(
                "  Right the first time  {}\n  On time               {}\n  Returned for a fault  {}\n  Fault found later     {}\n",
                record.first_time.in_words(),
                record.on_time.in_words(),
                record.rework.in_words(),
                record.escapes.in_words()
            ))?;
        }
        Ok(0)
    }
}
