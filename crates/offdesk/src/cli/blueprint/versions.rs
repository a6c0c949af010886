//! `offdesk blueprint versions`, `diff`, `drop` and `test-run`.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::blueprints::comparing::compare;
use offdesk_actions::blueprints::{
    BlueprintDetail, NewTestRun, drop_draft, load_version, note_test_run,
};

use super::super::{Done, output};
use super::{At, One, give, load, text};
use crate::clock;

/// The versions of one, the newest first: who wrote them, when, why
#[derive(Args, Debug)]
pub struct VersionsArgs {
    #[command(flatten)]
    one: One,
}

impl VersionsArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.one.at.open()?;
        let detail = load(&store, &actor, &self.one.which)?;
        if self.one.json {
            return give(&detail);
        }
        output::print(&text::versions(&detail))?;
        Ok(0)
    }
}

/// What changed from one version to another
#[derive(Args, Debug)]
pub struct DiffArgs {
    /// Title or id
    #[arg(value_name = "WHICH")]
    which: String,
    /// To this version; the newest where none is named
    #[arg(long, value_name = "N")]
    number: Option<i64>,
    /// From this version; the one before where none is named
    #[arg(long, value_name = "N")]
    since: Option<i64>,
    /// From the text of somebody else that the draft was written over
    #[arg(long, conflicts_with_all = ["number", "since"])]
    replaced: bool,
    #[command(flatten)]
    at: At,
}

impl DiffArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let detail = load(&store, &actor, &self.which)?;
        if self.replaced {
            return replaced(&detail);
        }
        let (id, number) = (detail.row.id, self.number.unwrap_or(detail.newest.number));
        let since = self.since.unwrap_or(number - 1);
        let texts: Result<(String, String), Error> = store
            .read(move |tx| {
                // Before the first version there was nothing.
                let before = match since {
                    0 => String::new(),
                    since => load_version(tx, &actor, id, since)?.text,
                };
                Ok((before, load_version(tx, &actor, id, number)?.text))
            })
            .wait();
        let (before, after) = texts?;
        let lines = compare(&before, &after);
        if lines.is_empty() {
            output::print(&format!("Versions {since} and {number} are the same.\n"))?;
            return Ok(0);
        }
        output::print(&text::difference(&lines))?;
        Ok(0)
    }
}

/// What the draft was written over, against what it is now.
fn replaced(detail: &BlueprintDetail) -> Done {
    let newest = &detail.newest;
    if newest.replaced.is_empty() {
        output::print("The newest version was written over nobody else's text.\n")?;
        return Ok(0);
    }
    let lines = compare(&newest.replaced, &newest.text);
    output::print(&text::difference(&lines))?;
    Ok(0)
}

/// Throw the draft away: the published version stands again, and what was never
/// published goes as a whole
#[derive(Args, Debug)]
pub struct DropArgs {
    #[command(flatten)]
    one: One,
}

impl DropArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.one.at.open()?;
        let before = load(&store, &actor, &self.one.which)?;
        let (id, seen, moment) = (before.row.id, Some(before.row.version), clock::moment());
        let left: Result<Option<BlueprintDetail>, Error> = store
            .write(move |tx| drop_draft(tx, &actor, id, seen, moment))
            .wait();
        match left? {
            Some(detail) if self.one.json => return give(&detail),
            Some(detail) => output::print(&text::done("The draft is dropped", &detail))?,
            // What was dropped as a whole is told as it was.
            None if self.one.json => return give(&before),
            None => output::print("It is dropped as a whole: no version of it was published.\n")?,
        }
        Ok(0)
    }
}

/// Note that a second person has followed it once by the page alone
#[derive(Args, Debug)]
pub struct TestRunArgs {
    /// Who it was
    #[arg(index = 2, value_name = "NAME")]
    tested_by: String,
    /// How many questions they had
    #[arg(long, value_name = "N")]
    questions: i64,
    /// What they asked
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    #[command(flatten)]
    one: One,
}

impl TestRunArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.one.at.open()?;
        let id = load(&store, &actor, &self.one.which)?.row.id;
        let new = NewTestRun {
            person: self.tested_by,
            questions: self.questions,
            note: self.note,
            ..NewTestRun::default()
        };
        let moment = clock::moment();
        let noted: Result<BlueprintDetail, Error> = store
            .write(move |tx| note_test_run(tx, &actor, id, &new, moment))
            .wait();
        let detail = noted?;
        if self.one.json {
            return give(&detail);
        }
        output::print(&text::done("The test run is noted", &detail))?;
        Ok(0)
    }
}
