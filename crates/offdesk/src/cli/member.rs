//! `offdesk member`: who is in the workspace, who is kept out of it, and what is asked when they sign in.

mod joining;
mod sign_ins;

use clap::{Args, Subcommand, ValueEnum};
use offdesk_actions::actor::Actor;
use offdesk_actions::members::json::{MembersJson, SignInRulesJson};
use offdesk_actions::members::{
    list_members, member_of_address, reinstate_member, remove_member, suspend_member,
};
use offdesk_actions::sign_in_rules::{SignInRules, change_sign_in_rules, load_sign_in_rules};
use offdesk_actions::store::members::MemberRow;
use offdesk_actions::store::{Store, Tx, Uuid};
use offdesk_actions::{Error, Moment};
use offdesk_import::problem::shown;

use super::audit::json;
use super::column::Column;
use super::desk::At;
use super::error::CliError;
use super::output::{counted, moment_in_words};
use super::{Done, output};
use crate::clock;

/// Addresses stand in a column of at most so many places.
const ADDRESS_WIDTH: usize = 32;

/// List the members of a workspace, invite and remove them, set the rules for signing in
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk member list
  offdesk member invite mae@example.com --role manager
  offdesk member role mae@example.com viewer
  offdesk member remove mae@example.com
  offdesk member suspend mae@example.com      reaches nothing from now on
  offdesk member reinstate mae@example.com    back, with role and tokens
  offdesk member rules --second-factor asked --idle-days 7
  offdesk member sign-ins                     who came in as you, or tried to")]
pub struct MemberCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Who is in the workspace, with which role
    List(Common),
    /// Invite somebody: prints a link that counts once, for their address, for
    /// seven days
    Invite(joining::Invite),
    /// Give a member another role
    Role(joining::ChangeRole),
    /// Remove a member: what they can reach ends
    Remove(One),
    /// Keep a member out: their sessions and tokens reach nothing any more
    Suspend(One),
    /// Let a suspended member back in
    Reinstate(One),
    /// What is asked of members when they sign in; with options, change it
    Rules(Rules),
    /// What happened to your account: who came in or tried to, which credential was changed
    SignIns(sign_ins::SignIns),
}

#[derive(Args, Debug)]
struct Common {
    /// Print JSON (offdesk.members/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

#[derive(Args, Debug)]
struct One {
    /// Their e-mail address
    #[arg(value_name = "EMAIL")]
    email: String,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Asked {
    /// Whoever has none reaches nothing before they have set one up
    Asked,
    /// A password is enough
    NotAsked,
}

#[derive(Args, Debug)]
struct Rules {
    /// Ask everybody for a second factor, or not any more
    #[arg(long, value_name = "ASKED", value_enum)]
    second_factor: Option<Asked>,
    /// A session ends when it is not used for so many days, 1 to 14
    #[arg(long, value_name = "N")]
    idle_days: Option<i64>,
    /// A session ends after so many days, 1 to 90
    #[arg(long, value_name = "N")]
    session_days: Option<i64>,
    /// Print JSON (offdesk.sign_in_rules/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl MemberCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::List(common) => {
                let (store, actor) = common.at.open()?;
                if common.json {
                    return give(&store, actor);
                }
                output::print(&text_of(&listed(&store, &actor)?))?;
                Ok(0)
            }
            What::Invite(invite) => invite.run(),
            What::Role(role) => role.run(),
            What::Remove(one) => one.change(remove_member, "is no member here any more"),
            What::Suspend(one) => one.change(
                suspend_member,
                "is suspended: neither they nor their tokens reach anything here",
            ),
            What::Reinstate(one) => one.change(
                reinstate_member,
                "is back, with the role and the tokens they had",
            ),
            What::Rules(rules) => rules.run(),
            What::SignIns(sign_ins) => sign_ins.run(),
        }
    }
}

/// What is done with a member.
type Change = fn(&mut Tx<'_>, &Actor, Uuid, Moment) -> Result<(), Error>;

impl One {
    fn change(&self, change: Change, what: &str) -> Done {
        let (store, actor) = self.common.at.open()?;
        let (who, email, moment) = (actor.clone(), self.email.clone(), clock::moment());
        let done: Result<(), Error> = store
            .write(move |tx| {
                let id = member_of_address(tx, &who, &email)?;
                change(tx, &who, id, moment)
            })
            .wait();
        done?;
        if self.common.json {
            return give(&store, actor);
        }
        let email = self.email.trim().to_lowercase();
        output::print(&format!("{} {what}.\n", shown(&email)))?;
        Ok(0)
    }
}

impl Rules {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let is_change =
            self.second_factor.is_some() || self.idle_days.is_some() || self.session_days.is_some();
        let (factor, idle, longest) = (self.second_factor, self.idle_days, self.session_days);
        let moment = clock::moment();
        let kept: Result<(SignInRules, i64), Error> = if is_change {
            store
                .write(move |tx| {
                    let (now, version) = load_sign_in_rules(tx, &actor)?;
                    let rules = SignInRules {
                        needs_factor: factor
                            .map_or(now.needs_factor, |asked| matches!(asked, Asked::Asked)),
                        idle_days: idle.unwrap_or(now.idle_days),
                        session_days: longest.unwrap_or(now.session_days),
                    };
                    change_sign_in_rules(tx, &actor, rules, version, moment)?;
                    load_sign_in_rules(tx, &actor)
                })
                .wait()
        } else {
            store.read(move |tx| load_sign_in_rules(tx, &actor)).wait()
        };
        let (rules, version) = kept?;
        if self.json {
            let answer = SignInRulesJson::of((rules, version));
            output::print(&json::to_text(&answer)?)?;
            return Ok(0);
        }
        let factor = if rules.needs_factor {
            "asked of everybody"
        } else {
            "not asked for"
        };
        output::print(&format!(
            "Second factor   {factor}\n\
             Unused          a session ends after {}\n\
             At the latest   a session ends after {}\n",
            days(rules.idle_days),
            days(rules.session_days)
        ))?;
        Ok(0)
    }
}

fn days(number: i64) -> String {
    counted(number.unsigned_abs(), "day", "days")
}

fn listed(store: &Store, actor: &Actor) -> Result<Vec<MemberRow>, CliError> {
    let (actor, moment) = (actor.clone(), clock::moment());
    let found: Result<_, Error> = store
        .read(move |tx| Ok(list_members(tx, &actor, moment)?.0))
        .wait();
    Ok(found?)
}

fn text_of(members: &[MemberRow]) -> String {
    let addresses = members.iter().map(|member| member.email.as_str());
    let column = Column::of("ADDRESS", ADDRESS_WIDTH, addresses);
    let mut out = format!(
        "  {}  {:<7}  {:<6}  STATE\n",
        column.heading(),
        "ROLE",
        "FACTOR"
    );
    for member in members {
        let email = column.cell(&member.email);
        let factor = if member.has_factor { "yes" } else { "none" };
        let state = match member.suspended_at {
            Some(since) => format!("suspended since {}", moment_in_words(since)),
            None => "member".to_owned(),
        };
        out += &format!("  {email}  {:<7}  {factor:<6}  {state}\n", member.role);
    }
    out
}

fn give(store: &Store, actor: Actor) -> Done {
    let moment = clock::moment();
    let answer: Result<MembersJson, Error> = store
        .read(move |tx| MembersJson::load(tx, &actor, moment))
        .wait();
    output::print(&json::to_text(&answer?)?)?;
    Ok(0)
}
