//! `offdesk pay hours`: a tracker's file of hours goes into a person's timesheet.

use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::store::hours_imports::HoursImportRow;
use offdesk_actions::store::{Store, Uuid};
use offdesk_actions::timesheets::bringing::json::{HoursFileJson, HoursFilesJson};
use offdesk_actions::timesheets::bringing::{
    Fate, HoursAnswer, HoursFile, LONGEST_FILE, Whose, answer_hours, import_hours,
    list_hours_files, look_at_hours, undo_hours,
};
use offdesk_import::problem::shown;

use super::super::audit::json;
use super::super::bytes::{From, Unread, read_bytes};
use super::super::desk::{At, MOST_LISTED, days_in_words, hours_in_words};
use super::super::error::CliError;
use super::super::people::find_person;
use super::super::{Done, exit, output};
use crate::clock;

/// Put the hours of a tracker's file (Toggl, Clockify, Harvest, Hubstaff, Kimai
/// and others) into the open weeks of a person, each row once
#[derive(Args, Debug)]
pub struct HoursArgs {
    /// Whose hours
    #[arg(value_name = "WHO")]
    who: String,
    /// The file; without one, what came before is listed
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Rows of this client, project and task are for this activity of theirs; may
    /// be repeated, and is remembered
    #[arg(long = "match", value_name = "ROWS=ACTIVITY", value_parser = pair)]
    matches: Vec<(String, String)>,
    /// Rows of this client, project and task are for nothing here; may be repeated,
    /// and is remembered
    #[arg(long, value_name = "ROWS")]
    leave: Vec<String>,
    /// Only say what would become of the rows
    #[arg(long, requires = "file")]
    look: bool,
    /// Take the hours of this file, by its id, out again
    #[arg(long, value_name = "ID", conflicts_with = "file")]
    undo: Option<Uuid>,
    /// Print JSON (offdesk.hours_file/1, or offdesk.hours_files/1 of a list)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (rows, activity) = text
        .rsplit_once('=')
        .ok_or_else(|| "write it as \"Client / Project=Activity\"".to_owned())?;
    Ok((rows.trim().to_owned(), activity.trim().to_owned()))
}

impl HoursArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let whose = Whose::Of(find_person(&store, &actor, &self.who)?);
        if let Some(id) = self.undo {
            let moment = clock::moment();
            let done: Result<HoursFile, Error> = store
                .write(move |tx| undo_hours(tx, &actor, whose, id, moment))
                .wait();
            return give(&done?, self.json);
        }
        let Some(path) = &self.file else {
            return list(&store, actor, whose, self.json);
        };
        let file = self.look_at(&store, &actor, whose, path)?;
        if self.look {
            let done = give(&file, self.json);
            forget(&store, actor, whose, file.row.id)?;
            return done;
        }
        let (id, moment, who) = (file.row.id, clock::moment(), actor.clone());
        let done: Result<HoursFile, Error> = store
            .write(move |tx| import_hours(tx, &who, whose, id, moment))
            .wait();
        match done {
            Ok(file) => give(&file, self.json),
            Err(error) => {
                // Nothing is left of what was not imported.
                forget(&store, actor, whose, id)?;
                if error.code == "hours.asked" {
                    output::say(&text(&file));
                }
                Err(error.into())
            }
        }
    }

    /// Keeps the file with what is said about its rows.
    fn look_at(
        &self,
        store: &Store,
        actor: &Actor,
        whose: Whose,
        path: &Path,
    ) -> Result<HoursFile, CliError> {
        let (name, bytes) = read_file(path)?;
        let (who, moment) = (actor.clone(), clock::moment());
        let looked: Result<HoursFile, Error> = store
            .write(move |tx| look_at_hours(tx, &who, whose, (&name, &bytes), moment))
            .wait();
        let file = looked?;
        let answers = match self.answers(&file) {
            Ok(answers) => answers,
            Err(error) => {
                forget(store, actor.clone(), whose, file.row.id)?;
                return Err(error);
            }
        };
        if answers.is_empty() {
            return Ok(file);
        }
        let (who, id, moment) = (actor.clone(), file.row.id, clock::moment());
        let done: Result<HoursFile, Error> = store
            .write(move |tx| answer_hours(tx, &who, whose, id, &answers, moment))
            .wait();
        Ok(done?)
    }

    fn answers(&self, file: &HoursFile) -> Result<Vec<HoursAnswer>, CliError> {
        let key = |rows: &str| {
            let wanted = rows.to_lowercase();
            let mut keys = file.groups.iter().map(|group| &group.key);
            let found = keys.find(|key| key.to_lowercase() == wanted).cloned();
            found.ok_or_else(|| {
                let message = format!("no rows of this file are called {}", shown(rows));
                let names: Vec<String> = file.groups.iter().map(|it| shown(&it.key)).collect();
                CliError::new(exit::NOTHING, "hours.rows", message)
                    .line(format!("its rows are:  {}", names.join("; ")))
            })
        };
        let mut answers = Vec::new();
        for (rows, activity) in &self.matches {
            let wanted = activity.to_lowercase();
            let mut handoffs = file.handoffs.iter();
            let found = handoffs.find(|(_, name)| name.to_lowercase() == wanted);
            let Some((handoff, _)) = found else {
                let message = format!("{} is no activity of theirs by the hour", shown(activity));
                let names: Vec<String> = file.handoffs.iter().map(|it| shown(&it.1)).collect();
                return Err(CliError::new(exit::NOTHING, "hours.activity", message)
                    .line(format!("theirs are:  {}", names.join(", "))));
            };
            answers.push(HoursAnswer {
                key: key(rows)?,
                handoff: Some(*handoff),
            });
        }
        for rows in &self.leave {
            answers.push(HoursAnswer {
                key: key(rows)?,
                handoff: None,
            });
        }
        Ok(answers)
    }
}

fn forget(store: &Store, actor: Actor, whose: Whose, id: Uuid) -> Result<(), CliError> {
    let moment = clock::moment();
    let done: Result<HoursFile, Error> = store
        .write(move |tx| undo_hours(tx, &actor, whose, id, moment))
        .wait();
    done?;
    Ok(())
}

fn read_file(path: &Path) -> Result<(String, Vec<u8>), CliError> {
    let most = u64::try_from(LONGEST_FILE).unwrap_or(u64::MAX);
    let bytes = read_bytes(From::word(path), most).map_err(|why| {
        let why = match why {
            Unread::TooLarge => "it has more than 8 MB".to_owned(),
            Unread::Failed(error) => error.to_string(),
        };
        let message = format!("{} cannot be read: {why}", path.display());
        CliError::new(exit::INPUT, "import.unreadable", message)
    })?;
    let name = path.file_name().unwrap_or_default();
    Ok((name.to_string_lossy().into_owned(), bytes))
}

fn list(store: &Store, actor: Actor, whose: Whose, as_json: bool) -> Done {
    let found: Result<Vec<HoursImportRow>, Error> = store
        .read(move |tx| list_hours_files(tx, &actor, whose, None, MOST_LISTED))
        .wait();
    let rows = found?;
    if as_json {
        output::print(&json::to_text(&HoursFilesJson::of(&rows, None))?)?;
        return Ok(0);
    }
    let mut out = String::new();
    for row in &rows {
        out += &format!(
            "{}  {}  {}, {} rows, {} h\n",
            row.id,
            row.state.replace('_', " "),
            shown(&row.file),
            row.entries,
            hours_in_words(row.seconds)
        );
    }
    if rows.is_empty() {
        out += "No file of hours has come yet.\n";
    }
    output::print(&out)?;
    Ok(0)
}

fn give(file: &HoursFile, as_json: bool) -> Done {
    if as_json {
        output::print(&json::to_text(&HoursFileJson::of(file))?)?;
    } else {
        output::print(&text(file))?;
    }
    Ok(0)
}

fn text(file: &HoursFile) -> String {
    let row = &file.row;
    let mut out = format!(
        "{}, {}: {}",
        shown(&file.person),
        shown(&row.file),
        row.state.replace('_', " ")
    );
    if row.state == "looked_at" {
        out += "\n";
    } else {
        out += &format!(
            ", {} rows, {} h  ({})\n",
            row.entries,
            hours_in_words(row.seconds),
            row.id
        );
    }
    for group in &file.groups {
        let fate = match &group.fate {
            Fate::Under(handoff) => format!("goes under {}", shown(file.activity(*handoff))),
            Fate::LeftOut => "is for nothing here".to_owned(),
            Fate::Asked(_) => "which handoff?".to_owned(),
        };
        out += &format!(
            "  {:>7} h  {} rows, {}  \"{}\"  {fate}\n",
            hours_in_words(group.time.0),
            group.entries,
            days_in_words((group.days.0.0.into(), group.days.1.0.into())),
            shown(&group.key)
        );
    }
    let left_out = file.left_out;
    for (count, why) in [
        (left_out.known, "imported before"),
        (left_out.of_others, "somebody else's"),
        (left_out.closed, "of weeks that were handed in or approved"),
        (
            left_out.outside,
            "of days that are yet to come, or before it was agreed",
        ),
        (left_out.unread, "no hours of a day"),
    ] {
        if count > 0 {
            out += &format!("  left out: {count} rows, {why}\n");
        }
    }
    out
}
