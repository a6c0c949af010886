//! `offdesk token`: what programs come in with.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::actor::{Actor, TokenScope};
use offdesk_actions::members::json::{NewTokenJson, TokensJson};
use offdesk_actions::members::{NewToken, create_token, list_tokens, revoke_token};
use offdesk_actions::moment::Secret;
use offdesk_actions::store::tokens::TokenRow;
use offdesk_actions::store::{Store, Uuid};
use offdesk_import::problem::shown;

use super::audit::json;
use super::column::Column;
use super::desk::At;
use super::error::CliError;
use super::output::moment_in_words;
use super::{Done, exit, output};
use crate::clock;

/// Names stand in a column of at most so many places.
const NAME_WIDTH: usize = 28;

/// Tokens with which programs use the API: make one, list them, revoke them
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk token new \"Backup script\" --may read
  offdesk token new Importer --may read,import --days 30
  offdesk token list
  offdesk token revoke Importer")]
pub struct TokenCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// All of them, without their secrets
    List(Common),
    /// Make one; its secret is printed once, alone on a line
    New(New),
    /// End one: whoever has it reaches nothing any more
    Revoke(Revoke),
}

#[derive(Args, Debug)]
struct Common {
    /// Print JSON (offdesk.tokens/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// What a token may do, by its word.
fn scopes() -> impl TypedValueParser<Value = TokenScope> {
    let all = TokenScope::ALL.map(|scope| PossibleValue::new(scope.word()).help(help_of(scope)));
    PossibleValuesParser::new(all)
        .try_map(|word| TokenScope::of(&word).ok_or("a token can do nothing like that"))
}

fn help_of(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => "See what is there",
        TokenScope::Import => "Bring hours in",
        TokenScope::Edit => "Change activities, blueprints, handoffs",
        TokenScope::Manage => "Change settings and figures",
        TokenScope::Usage => "Note how much an AI agent was used, and nothing else",
    }
}

#[derive(Args, Debug)]
struct New {
    /// What it is for
    #[arg(value_name = "NAME")]
    name: String,
    /// What it may do
    #[arg(
        long,
        value_name = "SCOPES",
        value_parser = scopes(),
        value_delimiter = ',',
        required = true
    )]
    may: Vec<TokenScope>,
    /// For how many days it counts, 1 to 365
    #[arg(long, value_name = "N", default_value_t = 90)]
    days: i64,
    /// Print JSON (offdesk.new_token/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

#[derive(Args, Debug)]
struct Revoke {
    /// Its name, or its id
    #[arg(value_name = "TOKEN")]
    token: String,
    #[command(flatten)]
    common: Common,
}

impl TokenCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::List(common) => {
                let (store, actor) = common.at.open()?;
                common.give(listed(&store, &actor)?)
            }
            What::New(new) => new.run(),
            What::Revoke(revoke) => revoke.run(),
        }
    }
}

impl Common {
    fn give(&self, rows: Vec<TokenRow>) -> Done {
        let shown = if self.json {
            json::to_text(&TokensJson::of(rows, None))?
        } else {
            text_of(&rows)
        };
        output::print(&shown)?;
        Ok(0)
    }
}

impl New {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let new = NewToken {
            name: self.name,
            scopes: self.may,
            days: self.days,
        };
        let (wanted, moment) = (new.clone(), clock::moment());
        let made: Result<(Uuid, Secret), Error> = store
            .write(move |tx| create_token(tx, &actor, &wanted, moment))
            .wait();
        let (id, secret) = made?;
        if self.json {
            output::print(&json::to_text(&NewTokenJson::of(&new, id, &secret))?)?;
            return Ok(0);
        }
        output::print(&format!("{}\n", secret.reveal()))?;
        output::say("It is shown this once. Programs send it as  Authorization: Bearer TOKEN\n");
        Ok(0)
    }
}

impl Revoke {
    fn run(self) -> Done {
        let (store, actor) = self.common.at.open()?;
        let rows = listed(&store, &actor)?;
        let id = token_of(&rows, &self.token)?;
        let (who, moment) = (actor.clone(), clock::moment());
        let done: Result<(), Error> = store
            .write(move |tx| revoke_token(tx, &who, id, moment))
            .wait();
        done?;
        self.common.give(listed(&store, &actor)?)
    }
}

/// The token of a name that counts, or of an id.
fn token_of(rows: &[TokenRow], word: &str) -> Result<Uuid, CliError> {
    let word = word.trim();
    let live: Vec<&TokenRow> = rows.iter().filter(|row| row.revoked_at.is_none()).collect();
    let of_id = live.iter().find(|row| row.id.to_string() == word);
    let named: Vec<&&TokenRow> = live.iter().filter(|row| row.name == word).collect();
    let (code, message) = match (of_id, named.as_slice()) {
        (Some(row), _) => return Ok(row.id),
        (None, [only]) => return Ok(only.id),
        (None, []) => (
            exit::NOTHING,
            format!("there is no token \"{}\"", shown(word)),
        ),
        (None, many) => (
            exit::CONFLICT,
            format!("{} tokens are called \"{}\"", many.len(), shown(word)),
        ),
    };
    Err(CliError::new(code, "desk.token", message)
        .line("name it by its id:  offdesk token list --json"))
}

fn listed(store: &Store, actor: &Actor) -> Result<Vec<TokenRow>, CliError> {
    let actor = actor.clone();
    let found: Result<_, Error> = store.read(move |tx| list_tokens(tx, &actor)).wait();
    Ok(found?)
}

fn text_of(rows: &[TokenRow]) -> String {
    if rows.is_empty() {
        return "There are no tokens.\n".to_owned();
    }
    let column = Column::of("NAME", NAME_WIDTH, rows.iter().map(|row| row.name.as_str()));
    let mut out = format!(
        "  {}  {:<24}  {:<13}  STATE\n",
        column.heading(),
        "MAY",
        "LAST USED"
    );
    let now = clock::moment().micros();
    for row in rows {
        let used = row.used_at.map_or("never".to_owned(), moment_in_words);
        let state = match (row.revoked_at, row.expires_at) {
            (Some(at), _) => format!("revoked {}", moment_in_words(at)),
            (None, Some(at)) if at <= now => format!("ended {}", moment_in_words(at)),
            (None, Some(at)) => format!("ends {}", moment_in_words(at)),
            (None, None) => "counts".to_owned(),
        };
        out += &format!(
            "  {}  {:<24}  {used:<13}  {state}\n",
            column.cell(&row.name),
            row.scopes
        );
    }
    out
}
