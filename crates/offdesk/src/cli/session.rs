//! `offdesk session`: where an account is signed in, and ending that.

use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::accounts::json::SessionsJson;
use offdesk_actions::accounts::{end_session, list_sessions};
use offdesk_actions::actor::Actor;
use offdesk_actions::store::sessions::SessionRow;
use offdesk_actions::store::{Store, Uuid};
use offdesk_import::problem::shown;

use super::audit::json;
use super::column::Column;
use super::desk::At;
use super::error::CliError;
use super::output::moment_in_words;
use super::{Done, exit, output};
use crate::clock;

/// Browsers stand in a column of at most so many places.
const BROWSER_WIDTH: usize = 40;

/// Where your account is signed in, and ending that
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk session list
  offdesk session end 2              its number in the list, or its id
  offdesk session end --all          every browser has to sign in anew")]
pub struct SessionCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// All of them, the last used first
    List(Common),
    /// End one, or all
    End(End),
}

#[derive(Args, Debug)]
struct Common {
    /// Print JSON (offdesk.sessions/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

#[derive(Args, Debug)]
struct End {
    /// Its number in the list, or its id
    #[arg(
        value_name = "N",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    session: Option<String>,
    /// All of them
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    common: Common,
}

impl SessionCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::List(common) => {
                let (store, actor) = common.at.open()?;
                common.give(listed(&store, &actor)?)
            }
            What::End(end) => end.run(),
        }
    }
}

impl Common {
    fn give(&self, rows: Vec<SessionRow>) -> Done {
        let shown = if self.json {
            json::to_text(&SessionsJson::of(rows, None, None))?
        } else {
            text_of(&rows)
        };
        output::print(&shown)?;
        Ok(0)
    }
}

impl End {
    fn run(self) -> Done {
        let (store, actor) = self.common.at.open()?;
        let rows = listed(&store, &actor)?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let ended = match &self.session {
            None => ids,
            Some(word) => vec![session_of(&ids, word)?],
        };
        let (who, moment) = (actor.clone(), clock::moment());
        let done: Result<(), Error> = store
            .write(move |tx| {
                let mut ended = ended.into_iter();
                ended.try_for_each(|id| end_session(tx, &who, id, moment))
            })
            .wait();
        done?;
        self.common.give(listed(&store, &actor)?)
    }
}

/// The session of a number in the list, or of an id.
fn session_of(ids: &[Uuid], word: &str) -> Result<Uuid, CliError> {
    let word = word.trim();
    let found = match word.parse::<usize>() {
        Ok(number) => number.checked_sub(1).and_then(|at| ids.get(at)).copied(),
        Err(_) => ids.iter().find(|id| id.to_string() == word).copied(),
    };
    found.ok_or_else(|| {
        let message = format!("there is no session \"{}\"", shown(word));
        CliError::new(exit::NOTHING, "desk.session", message)
            .line("see them with their numbers:  offdesk session list")
    })
}

/// The sessions, the last used first, as programs get them.
fn listed(store: &Store, actor: &Actor) -> Result<Vec<SessionRow>, CliError> {
    let (actor, moment) = (actor.clone(), clock::moment());
    let found: Result<Vec<SessionRow>, Error> = store
        .read(move |tx| list_sessions(tx, &actor, moment))
        .wait();
    let mut rows = found?;
    rows.sort_by_key(|row| std::cmp::Reverse((row.seen_at, row.id)));
    Ok(rows)
}

fn text_of(rows: &[SessionRow]) -> String {
    if rows.is_empty() {
        return "The account is signed in nowhere.\n".to_owned();
    }
    let column = Column::of(
        "BROWSER",
        BROWSER_WIDTH,
        rows.iter().map(|row| row.agent.as_str()),
    );
    let mut out = format!(
        "      {}  {:<13}  {:<13}  ENDS\n",
        column.heading(),
        "SINCE",
        "LAST USED"
    );
    for (number, row) in (1..).zip(rows) {
        out += &format!(
            "  {number:>2}  {}  {:<13}  {:<13}  {}\n",
            column.cell(&row.agent),
            moment_in_words(row.created_at),
            moment_in_words(row.seen_at),
            moment_in_words(row.ends_at())
        );
    }
    out
}
