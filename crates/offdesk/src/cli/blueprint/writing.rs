//! `offdesk blueprint new`, `edit` and `publish`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::blueprints::bringing::ComingBlueprint;
use offdesk_actions::blueprints::drafting::{add_recording, draft_of_activity};
use offdesk_actions::blueprints::{
    BlueprintDetail, NewBlueprint, NewTestRun, Publishing, create_blueprint, note_test_run,
    publish_blueprint, save_draft,
};
use offdesk_actions::store::{Store, Uuid};
use offdesk_domain::blueprint::Blueprint;

use super::super::error::CliError;
use super::super::find::{find_activity, find_exactly};
use super::super::{Done, exit, output};
use super::files::read_text;
use super::{At, One, give, load, text};
use crate::clock;

/// Begin one: from the entries of an activity, from a file, or from a title
#[derive(Args, Debug)]
pub struct NewArgs {
    /// Title; the name of an activity drafts it from its entries
    #[arg(value_name = "TITLE")]
    title: Option<String>,
    /// Notes in whatever form; - reads standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Link to a recording of somebody doing it
    #[arg(long, value_name = "URL")]
    recording: Option<String>,
    /// With the title alone: it is of no activity
    #[arg(long, conflicts_with = "from", requires = "title")]
    empty: bool,
    /// Print JSON (offdesk.blueprint/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl NewArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        if self.title.is_none() && self.from.is_none() {
            return Err(CliError::new(
                exit::USAGE,
                "blueprint.title",
                "a title or a file is missing",
            )
            .line("name it:  offdesk blueprint new \"Booking and reminders\""));
        }
        let notes = self.from.as_deref().map(read_text).transpose()?;
        let (store, actor) = self.at.open()?;
        let activity = self.activity(&store, &actor)?;
        let moment = clock::moment();
        let (title, recording) = (self.title, self.recording.unwrap_or_default());
        let made: Result<BlueprintDetail, Error> = store
            .write(move |tx| {
                let mut blueprint = match (&notes, activity) {
                    (Some(notes), _) => ComingBlueprint::of("", notes).blueprint,
                    (None, Some(id)) => draft_of_activity(tx, &actor, id)?,
                    (None, None) => Blueprint::default(),
                };
                if let Some(title) = title
                    && (notes.is_some() || activity.is_none())
                {
                    blueprint.title = title;
                }
                add_recording(&mut blueprint, &recording)?;
                let note = if recording.is_empty() {
                    ""
                } else {
                    "from a recording"
                };
                let new = NewBlueprint {
                    text: blueprint.markdown(),
                    activity,
                    note: note.to_owned(),
                };
                create_blueprint(tx, &actor, &new, moment)
            })
            .wait();
        let detail = made?;
        if self.json {
            return give(&detail);
        }
        output::print(&text::done("Draft", &detail))?;
        Ok(0)
    }
}

impl NewArgs {
    /// The activity of the title. Without notes it has to be one, so that a name that is mistyped makes no empty draft.
    fn activity(&self, store: &Store, actor: &Actor) -> Result<Option<Uuid>, CliError> {
        let Some(title) = self.title.as_deref().filter(|_| !self.empty) else {
            return Ok(None);
        };
        if self.from.is_some() {
            return find_exactly(store, actor, title);
        }
        let found = find_activity(store, actor, title).map_err(|error| {
            error
                .line("with the title alone:  --empty")
                .line("from notes:  --from FILE")
        })?;
        Ok(Some(found))
    }
}

/// Save another text as the draft; without a file, in your editor
#[derive(Args, Debug)]
pub struct EditArgs {
    /// The text as Markdown; - reads standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// What you changed, and why
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    #[command(flatten)]
    one: One,
}

impl EditArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.one.at.open()?;
        let before = load(&store, &actor, &self.one.which)?;
        let (markdown, kept) = match &self.from {
            Some(file) => (read_text(file)?, None),
            None => edited(&before.newest.text)?,
        };
        let (id, seen, note) = (before.row.id, Some(before.row.version), self.note);
        let moment = clock::moment();
        let saved: Result<BlueprintDetail, Error> = store
            .write(move |tx| save_draft(tx, &actor, id, &markdown, &note, seen, moment))
            .wait();
        let detail = saved.map_err(|error| {
            let mut error = CliError::from(error);
            if let Some(file) = kept.and_then(|file| file.keep().ok()) {
                error = error.line(format!("your text is kept:  {}", file.1.display()));
            }
            error
        })?;
        if self.one.json {
            return give(&detail);
        }
        output::print(&text::done("Saved", &detail))?;
        Ok(0)
    }
}

type Edited = (String, Option<tempfile::NamedTempFile>);

/// The text as it comes out of the editor, and the file it is in.
fn edited(before: &str) -> Result<Edited, CliError> {
    let failed = |why: String| {
        CliError::new(exit::FAILED, "blueprint.editor", why)
            .line("give the text in a file:  offdesk blueprint edit WHICH --from FILE")
    };
    if !output::is_interactive() {
        return Err(failed("there is no terminal to edit on".to_owned()));
    }
    let mut file = tempfile::Builder::new()
        .prefix("offdesk-")
        .suffix(".md")
        .tempfile()
        .map_err(|error| failed(format!("no file can be made for the editor: {error}")))?;
    file.write_all(before.as_bytes())
        .map_err(|error| failed(format!("no file can be made for the editor: {error}")))?;
    let editor = editor();
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let ended = Command::new(program)
        .args(words)
        .arg(file.path())
        .status()
        .map_err(|error| failed(format!("{program} cannot be started: {error}")))?;
    if !ended.success() {
        return Err(failed(format!("{program} ended with a failure")));
    }
    let text = read_text(file.path())?;
    Ok((text, Some(file)))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the editor of the person at the terminal, read by the binary only"
)]
fn editor() -> String {
    ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.trim().is_empty())
        .unwrap_or_else(|| "vi".to_owned())
}

/// Publish the draft: it is never changed afterwards
#[derive(Args, Debug)]
pub struct PublishArgs {
    /// Who else has followed it once by the page alone
    #[arg(long, value_name = "NAME", requires = "questions")]
    tested_by: Option<String>,
    /// How many questions they had
    #[arg(long, value_name = "N", requires = "tested_by")]
    questions: Option<i64>,
    /// Knowingly without a second person having followed it
    #[arg(long, conflicts_with = "tested_by")]
    untested: bool,
    /// Knowingly though a part that is written does not say what was looked for
    #[arg(long)]
    as_written: bool,
    #[command(flatten)]
    one: One,
}

impl PublishArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.one.at.open()?;
        let before = load(&store, &actor, &self.one.which)?;
        let moment = clock::moment();
        let run = self.tested_by.zip(self.questions);
        let publishing = Publishing {
            seen: Some(before.row.version),
            is_untested: self.untested,
            is_as_written: self.as_written,
        };
        let gate = before.gate();
        let is_all_written = gate.iter().all(|part| part.is_written);
        let done: Result<BlueprintDetail, Error> = store
            .write(move |tx| {
                if let Some((person, questions)) = run {
                    let new = NewTestRun {
                        person,
                        questions,
                        ..NewTestRun::default()
                    };
                    note_test_run(tx, &actor, before.row.id, &new, moment)?;
                }
                publish_blueprint(tx, &actor, before.row.id, publishing, moment)
            })
            .wait();
        let detail = done.map_err(|error| {
            let code = error.code;
            let error = CliError::from(error);
            match code {
                "blueprint.untested" => error
                    .line("note it:   --tested-by NAME --questions N")
                    .line("skip it:   --untested"),
                "blueprint.incomplete" if is_all_written => error
                    .line("what was looked for:  offdesk blueprint lint WHICH")
                    .line("it is there:          --as-written"),
                _ => error,
            }
        })?;
        if self.one.json {
            return give(&detail);
        }
        let what = format!("Version {} is published", detail.row.published);
        let mut out = text::done(&what, &detail);
        if detail.row.published > 1 {
            out += "  Whoever works by an older version is asked whether they take it: offdesk handoff list\n";
        }
        output::print(&out)?;
        Ok(0)
    }
}
