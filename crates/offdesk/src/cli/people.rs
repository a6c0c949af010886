//! `offdesk people`: who can do work, what they are paid since when, what they were let into.

mod access;
mod fields;
mod inviting;
mod record;
mod text;

use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::people::json::{PeopleJson, PersonJson};
use offdesk_actions::people::{
    OffDays, PersonDetail, PersonFields, add_person, add_terms, change_person, identify_person,
    list_people, load_off_days, load_person, set_person_state,
};
use offdesk_actions::store::people::PersonRow;
use offdesk_actions::store::{Store, Uuid};
use offdesk_domain::person::PersonState;

use self::fields::FieldArgs;
pub use self::fields::TermsArgs;
pub use self::inviting::give_link;
use super::audit::json;
use super::desk::{At, MOST_LISTED};
use super::error::CliError;
use super::{Done, exit, output};
use crate::clock;

/// Who can do work, and on which terms: in-house, freelancers, agencies, AI agents
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk people add Ana --email ana@example.com --amount 14 --per hour
  offdesk people change Ana --skills \"mail, booking\" --hours-a-week 20
  offdesk people terms Ana --amount 16 --per hour --from 2027-01-01
  offdesk people access Ana --grant \"Booking system\"
  offdesk people show Ana
  offdesk people record Ana
  offdesk people invite Ana                  a link to pages of their own")]
pub struct PeopleCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    Add(AddArgs),
    List(ListArgs),
    Show(ShowArgs),
    Record(record::RecordArgs),
    Change(ChangeArgs),
    Terms(NewTermsArgs),
    Access(access::AccessArgs),
    Invite(inviting::InviteArgs),
}

/// Add a person
#[derive(Args, Debug)]
struct AddArgs {
    /// Name
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    terms: TermsArgs,
    /// Print JSON (offdesk.person/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// All people, those who can be handed work first
#[derive(Args, Debug)]
struct ListArgs {
    /// Print JSON (offdesk.people/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// One person: terms, access, what is handed off to them
#[derive(Args, Debug)]
struct ShowArgs {
    /// Name or id
    #[arg(value_name = "WHO")]
    who: String,
    /// Print JSON (offdesk.person/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Change what is known of a person; what is not named stays
#[derive(Args, Debug)]
struct ChangeArgs {
    /// Name or id
    #[arg(value_name = "WHO")]
    who: String,
    /// A new name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    fields: FieldArgs,
    /// They have left: their record stays
    #[arg(long, conflicts_with = "active")]
    former: bool,
    /// They work here again
    #[arg(long)]
    active: bool,
    /// Print JSON (offdesk.person/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Note what a person is paid from a day on
#[derive(Args, Debug)]
struct NewTermsArgs {
    /// Name or id
    #[arg(value_name = "WHO")]
    who: String,
    #[command(flatten)]
    terms: TermsArgs,
    /// Print JSON (offdesk.person/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl PeopleCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::Add(args) => args.run(),
            What::List(args) => args.run(),
            What::Show(args) => args.run(),
            What::Record(args) => args.run(),
            What::Change(args) => args.run(),
            What::Terms(args) => args.run(),
            What::Access(args) => args.run(),
            What::Invite(args) => args.run(),
        }
    }
}

/// The person of a name or an id.
///
/// # Errors
/// `not_found`, `person.which`.
pub fn find_person(store: &Store, actor: &Actor, who: &str) -> Result<Uuid, CliError> {
    let (actor, which) = (actor.clone(), who.to_owned());
    let found: Result<Uuid, Error> = store
        .read(move |tx| identify_person(tx, &actor, &which))
        .wait();
    found.map_err(|error| {
        let is_missing = error.code == "not_found";
        let mut error = CliError::from(error);
        if is_missing {
            let shown = offdesk_import::problem::shown(who);
            error.message = format!("there is no person \"{shown}\"");
            return error
                .line("who is there:  offdesk people list")
                .line("add them:      offdesk people add NAME");
        }
        error
    })
}

fn give(detail: &PersonDetail, as_json: bool, what: &str) -> Done {
    if as_json {
        let answer = PersonJson::of(detail);
        output::print(&json::to_text(&answer)?)?;
    } else {
        output::print(&text::done(what, detail))?;
    }
    Ok(0)
}

impl AddArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let fields = self.fields.over(PersonFields {
            name: self.name,
            kind: "freelancer".to_owned(),
            ..PersonFields::default()
        });
        let terms = self.terms.read()?;
        let moment = clock::moment();
        let made: Result<PersonDetail, Error> = store
            .write(move |tx| add_person(tx, &actor, &fields, terms.as_ref(), moment))
            .wait();
        give(&made?, self.json, "Added")
    }
}

impl ListArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let found: Result<(Vec<PersonRow>, OffDays), Error> = store
            .read(move |tx| {
                let rows = list_people(tx, &actor, None, MOST_LISTED)?;
                Ok((rows, load_off_days(tx, &actor, moment)?))
            })
            .wait();
        let (rows, off) = found?;
        if self.json {
            let answer = PeopleJson::of(&rows, None, &off);
            output::print(&json::to_text(&answer)?)?;
        } else if rows.is_empty() {
            output::print("Nobody is here yet.   Begin:  offdesk people add NAME\n")?;
        } else {
            output::print(&text::list(&rows, &off))?;
        }
        Ok(0)
    }
}

impl ShowArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let id = find_person(&store, &actor, &self.who)?;
        let moment = clock::moment();
        let found: Result<PersonDetail, Error> = store
            .read(move |tx| load_person(tx, &actor, id, moment))
            .wait();
        let detail = found?;
        if self.json {
            return give(&detail, true, "");
        }
        output::print(&text::whole(&detail))?;
        Ok(0)
    }
}

impl ChangeArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let id = find_person(&store, &actor, &self.who)?;
        let moment = clock::moment();
        let (fields, name) = (self.fields, self.name);
        let state = match (self.former, self.active) {
            (true, _) => Some(PersonState::Former),
            (_, true) => Some(PersonState::Active),
            _ => None,
        };
        let done: Result<PersonDetail, Error> = store
            .write(move |tx| {
                let now = load_person(tx, &actor, id, moment)?;
                let mut changed = fields.over(PersonFields::of(&now.row));
                if let Some(name) = name {
                    changed.name = name;
                }
                let detail = change_person(tx, &actor, id, &changed, None, moment)?;
                match state.filter(|state| *state != detail.state) {
                    Some(state) => set_person_state(tx, &actor, id, state, None, moment),
                    None => Ok(detail),
                }
            })
            .wait();
        give(&done?, self.json, "Changed")
    }
}

impl NewTermsArgs {
    fn run(self) -> Done {
        let terms = self.terms.read()?.ok_or_else(|| {
            CliError::new(exit::USAGE, "terms.amount", "the amount is missing")
                .line("say it:  --amount 14 --per hour")
        })?;
        let (store, actor) = self.at.open()?;
        let id = find_person(&store, &actor, &self.who)?;
        let moment = clock::moment();
        let done: Result<PersonDetail, Error> = store
            .write(move |tx| add_terms(tx, &actor, id, &terms, moment))
            .wait();
        give(&done?, self.json, "Noted")
    }
}
