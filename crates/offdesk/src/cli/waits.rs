//! `offdesk desk`: the one next step, what waits, what to know, the hours bought back this week.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::desk::json::{DeskJson, step_of};
use offdesk_actions::desk::{DeskWaits, News, Waiting, load_desk};
use offdesk_actions::hours::{Hours, load_hours};
use offdesk_actions::moment::Moment;
use offdesk_actions::next::{NextList, rank};
use offdesk_domain::age;
use offdesk_import::problem::shown;
use rust_decimal::Decimal;

use super::audit::json;
use super::budget::told;
use super::desk::{At, cut};
use super::{Done, output};
use crate::clock;

/// So many of each kind are listed.
const MOST: u32 = 100;

/// What waits for you with its age, the one next step, the hours bought back this week
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk desk
  offdesk desk --json")]
pub struct DeskCommand {
    /// Print JSON (offdesk.desk/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl DeskCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let found: Result<(Hours, DeskWaits), Error> = store
            .read(move |tx| {
                let hours = load_hours(tx, &actor, moment)?;
                Ok((hours, load_desk(tx, &actor, MOST, moment)?))
            })
            .wait();
        let (hours, desk) = found?;
        let list = rank(&hours).filter(|_| !hours.is_empty());
        let shown = if self.json {
            json::to_text(&DeskJson::of(&desk, list.as_ref(), moment))?
        } else {
            text(&desk, list.as_ref(), moment)
        };
        output::print(&shown)?;
        Ok(0)
    }
}

fn text(desk: &DeskWaits, list: Option<&NextList<'_>>, moment: Moment) -> String {
    let mut out = next(list);
    out += "\nWaits for you\n";
    if desk.waits.is_empty() {
        out += "  Nothing waits on you.\n";
    }
    for one in &desk.waits {
        out += &wait(one, moment);
    }
    if !desk.news.is_empty() {
        out += "\nGood to know\n";
    }
    for one in &desk.news {
        out += &news(one, moment);
    }
    if !desk.budgets.is_empty() {
        out += "\nBudgets of this month\n";
        out += &told(&desk.budgets);
    }
    if desk.bought_back.is_any() {
        let hours = desk.bought_back.net().hours().round_dp(1).normalize();
        out += &match hours {
            hours if hours < Decimal::ZERO => {
                format!(
                    "\nIt took {} h more than it gave back in the last seven days.\n",
                    -hours
                )
            }
            hours => format!("\nAbout {hours} h bought back in the last seven days.\n"),
        };
    }
    out
}

fn next(list: Option<&NextList<'_>>) -> String {
    let Some(first) = list.and_then(NextList::start_with) else {
        return "Next: nothing can be named yet.   See:  offdesk next\n".to_owned();
    };
    let name = shown(&first.row.name);
    match step_of(first) {
        "hand_off" => format!("Next: hand off {name}.   Begin:  offdesk handoff new \"{name}\"\n"),
        "publish_blueprint" => {
            format!("Next: finish the blueprint of {name}.   See:  offdesk blueprint list\n")
        }
        _ => {
            format!(
                "Next: write down how {name} is done.   Begin:  offdesk blueprint new \"{name}\"\n"
            )
        }
    }
}

fn wait(one: &Waiting, moment: Moment) -> String {
    let who = one.person.as_deref();
    let who = who.map_or_else(String::new, |who| format!(", {}", shown(who)));
    format!(
        "  {}: {} {}{who}, {}\n",
        one.kind.in_words(),
        one.number,
        cut(&one.title, 50),
        age(one.since, moment.micros())
    )
}

fn news(one: &News, moment: Moment) -> String {
    let number = one.number.map_or_else(String::new, |it| format!("{it} "));
    let who = one.person.as_deref();
    let who = who.map_or_else(String::new, |who| format!(", {}", shown(who)));
    let when = match one.kind.is_due() {
        true => "now".to_owned(),
        false => format!("{} ago", age(one.at, moment.micros())),
    };
    let why = match one.why.as_str() {
        "" => String::new(),
        why => format!(": {}", shown(why)),
    };
    format!(
        "  {}: {number}{}{who}, {when}{why}\n",
        one.kind.in_words(),
        cut(&one.title, 50)
    )
}
