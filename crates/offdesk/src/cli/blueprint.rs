//! `offdesk blueprint`: how work is done, written, checked, published, found, brought in and given out.

mod attaching;
mod bringing;
mod files;
mod giving;
mod lint;
pub(super) mod text;
mod versions;
mod writing;

use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::blueprints::finding::{find_blueprints, identify_blueprint};
use offdesk_actions::blueprints::json::{BlueprintJson, BlueprintsJson};
use offdesk_actions::blueprints::{BlueprintDetail, list_blueprints, load_blueprint, load_version};
use offdesk_actions::store::Store;
use offdesk_actions::store::blueprints::BlueprintRow;

use super::audit::json;
use super::desk::{At, MOST_LISTED};
use super::error::CliError;
use super::{Done, exit, output};

/// How work is done: write it down, check it, publish it
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk blueprint new \"Booking and reminders\"   drafted from its entries
  offdesk blueprint lint booking.md               what is missing in a file
  offdesk blueprint edit Booking --from booking.md
  offdesk blueprint publish Booking --tested-by Ana --questions 2
  offdesk blueprint test-run Booking Ana --questions 2
  offdesk blueprint diff Booking                  since the version before
  offdesk blueprint search \"send reminders\"
  offdesk blueprint import notion-export.zip --dry-run
  offdesk blueprint export --to blueprints/")]
pub struct BlueprintCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    New(writing::NewArgs),
    List(ListArgs),
    Show(ShowArgs),
    Edit(writing::EditArgs),
    Lint(lint::LintArgs),
    Publish(writing::PublishArgs),
    Import(bringing::ImportArgs),
    Export(giving::ExportArgs),
    Attach(attaching::AttachArgs),
    Detach(attaching::DetachArgs),
    Search(SearchArgs),
    Versions(versions::VersionsArgs),
    Diff(versions::DiffArgs),
    Drop(versions::DropArgs),
    TestRun(versions::TestRunArgs),
}

/// Which blueprint, and what is printed: what most of these share. It stands last in each, and so its options do.
#[derive(Args, Debug)]
pub struct One {
    /// Title or id
    #[arg(index = 1, value_name = "WHICH")]
    which: String,
    /// Print JSON (offdesk.blueprint/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// What is there, the one changed last first
#[derive(Args, Debug)]
struct ListArgs {
    /// Print JSON (offdesk.blueprints/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// One of them, as Markdown
#[derive(Args, Debug)]
struct ShowArgs {
    /// A version by its number; the newest where none is named
    #[arg(long, value_name = "N")]
    number: Option<i64>,
    #[command(flatten)]
    one: One,
}

/// Find by words, also mistyped ones
#[derive(Args, Debug)]
struct SearchArgs {
    /// Words
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Print JSON (offdesk.blueprints/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl BlueprintCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::New(args) => args.run(),
            What::List(args) => args.run(),
            What::Show(args) => args.run(),
            What::Edit(args) => args.run(),
            What::Lint(args) => args.run(),
            What::Publish(args) => args.run(),
            What::Import(args) => args.run(),
            What::Export(args) => args.run(),
            What::Attach(args) => args.run(),
            What::Detach(args) => args.run(),
            What::Search(args) => args.run(),
            What::Versions(args) => args.run(),
            What::Diff(args) => args.run(),
            What::Drop(args) => args.run(),
            What::TestRun(args) => args.run(),
        }
    }
}

/// The blueprint of a title or an id.
fn load(store: &Store, actor: &Actor, which: &str) -> Result<BlueprintDetail, CliError> {
    let (actor, which) = (actor.clone(), which.to_owned());
    let found: Result<BlueprintDetail, Error> = store
        .read(move |tx| {
            let id = identify_blueprint(tx, &actor, &which)?;
            load_blueprint(tx, &actor, id)
        })
        .wait();
    Ok(found?)
}

fn give(detail: &BlueprintDetail) -> Done {
    output::print(&json::to_text(&BlueprintJson::of(detail))?)?;
    Ok(0)
}

impl ListArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let rows: Result<Vec<BlueprintRow>, Error> = store
            .read(move |tx| list_blueprints(tx, &actor, None, MOST_LISTED))
            .wait();
        print_list(
            &rows?,
            self.json,
            "Nothing is written down yet.   Begin:  offdesk blueprint new ACTIVITY\n",
        )
    }
}

fn print_list(rows: &[BlueprintRow], as_json: bool, without: &str) -> Done {
    if as_json {
        output::print(&json::to_text(&BlueprintsJson::of(rows, None))?)?;
    } else if rows.is_empty() {
        output::print(without)?;
    } else {
        output::print(&text::list(rows))?;
    }
    Ok(0)
}

impl ShowArgs {
    fn run(self) -> Done {
        let (store, actor) = self.one.at.open()?;
        let detail = load(&store, &actor, &self.one.which)?;
        if self.one.json {
            return give(&detail);
        }
        let Some(number) = self.number else {
            output::print(&detail.newest.text)?;
            return Ok(0);
        };
        let id = detail.row.id;
        let version: Result<_, Error> = store
            .read(move |tx| load_version(tx, &actor, id, number))
            .wait();
        output::print(&version?.text)?;
        Ok(0)
    }
}

impl SearchArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let question = self.words.join(" ");
        let asked = question.clone();
        let found: Result<Vec<_>, Error> = store
            .read(move |tx| find_blueprints(tx, &actor, &asked))
            .wait();
        let rows: Vec<BlueprintRow> = found?.into_iter().map(|found| found.row).collect();
        let code = print_list(&rows, self.json, "")?;
        if rows.is_empty() {
            return Err(CliError::new(
                exit::NOTHING,
                "blueprint.nothing",
                format!("no blueprint has words like \"{question}\""),
            )
            .line("what is there:  offdesk blueprint list"));
        }
        Ok(code)
    }
}
