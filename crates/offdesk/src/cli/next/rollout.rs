//! In which order to hand over, for people.

use clap::Args;
use offdesk_actions::next::NextList;
use offdesk_actions::next::rollout::{RolloutJson, RolloutPlan, RolloutTerms, roll_out};
use offdesk_domain::Currency;
use offdesk_web::words::hours_long;
use rust_decimal::Decimal;

use crate::cli::audit::{about, cut, json};
use crate::cli::column::padded;
use crate::cli::output::counted;
use crate::cli::{Done, output};

const NAME: usize = 30;

/// What the owner has for handing over.
#[derive(Args, Debug)]
#[command(next_help_heading = "In which order")]
pub struct RolloutArgs {
    /// In which order to hand over what pays, week by week
    #[arg(long)]
    roll_out: bool,
    /// Your hours a week for setting handoffs up [default: 4]
    #[arg(long, value_name = "N", requires = "roll_out")]
    owner_hours: Option<f64>,
    /// Weeks to look ahead [default: 26]
    #[arg(long, value_name = "N", requires = "roll_out")]
    weeks: Option<u32>,
    /// Share of freed hours that goes into further set-ups [default: 0.5]
    #[arg(long, value_name = "SHARE", requires = "roll_out")]
    reinvested: Option<f64>,
}

impl RolloutArgs {
    /// Whether it is asked for.
    pub fn is_wanted(&self) -> bool {
        self.roll_out
    }

    /// Prints the order.
    pub fn give(&self, list: &NextList<'_>, workspace: &str, is_json: bool) -> Done {
        let usual = RolloutTerms::default();
        let terms = RolloutTerms {
            owner_hours: self.owner_hours.unwrap_or(usual.owner_hours),
            weeks: self.weeks.unwrap_or(usual.weeks),
            reinvested: self.reinvested.unwrap_or(usual.reinvested),
        }
        .checked()?;
        let plan = roll_out(list, terms);
        let out = if is_json {
            json::to_text(&RolloutJson::of(list, terms, plan.as_ref(), workspace))?
        } else {
            plan.as_ref().map_or_else(
                || "Nothing on the list pays back its set-up, so there is nothing to put in order.\n"
                        .to_owned(),
                |plan| words(plan, list.audit.worth.currency),
            )
        };
        output::print(&out)?;
        Ok(0)
    }
}

fn words(plan: &RolloutPlan<'_, '_>, currency: Currency) -> String {
    let money = |value: f64| about(Decimal::try_from(value).unwrap_or_default(), currency);
    let terms = plan.terms;
    let (weeks_ahead, own) = (
        counted(u64::from(terms.weeks), "week", "weeks"),
        hours_long(Decimal::try_from(terms.owner_hours).unwrap_or_default()),
    );
    if plan.best.order.is_empty() {
        return format!(
            "Within {weeks_ahead} no set-up is paid back, with {own} of yours a week.\n{}\n",
            would_do(plan)
        );
    }
    let mut out = format!(
        "In this order it brings about {} in {weeks_ahead}, with {own} of yours a week:\n\
         {} less {} for the set-ups, your hours in them included.\n\n",
        money(plan.best.value),
        money(plan.before_set_up()),
        money(plan.best.setup_cost)
    );
    out += &order(plan);
    out += &weeks(plan);
    if let (true, Some(first)) = (plan.is_quick_win_first(), plan.best.order.first()) {
        out += &format!(
            "\n  Start with {}: its hours fund the next.\n  The largest gain first brings about {}.\n",
            name(plan, *first),
            money(plan.by_gain)
        );
    }
    out
}

/// What would have something begun, as options.
fn would_do(plan: &RolloutPlan<'_, '_>) -> String {
    let help = plan.would_do();
    match (help.weeks, help.owner_hours) {
        (Some(weeks), Some(hours)) => {
            format!(
                "Look further ahead, or give it more hours:  --weeks {weeks}  or  --owner-hours {hours}"
            )
        }
        (Some(weeks), None) => format!("Look further ahead:  --weeks {weeks}"),
        (None, Some(hours)) => format!("Give it more hours:  --owner-hours {hours}"),
        (None, None) => "Neither more weeks nor more hours would do.".to_owned(),
    }
}

fn name<'p>(plan: &'p RolloutPlan<'_, '_>, at: usize) -> &'p str {
    let next = plan.activities.get(at);
    next.map_or("", |next| next.judged.activity.name.as_str())
}

/// The activities in their order, with their set-up and from when they are live.
fn order(plan: &RolloutPlan<'_, '_>) -> String {
    let week = |weeks: &[Option<u32>], at: usize| {
        let week = weeks.get(at).copied().flatten();
        week.map_or("not yet".to_owned(), |week| format!("week {week}"))
    };
    let mut out = format!(
        "     {:<NAME$} {:>6}  {:<9} LIVE\n",
        "ACTIVITY", "SET-UP", "BEGUN"
    );
    for (place, at) in (1..).zip(&plan.best.order) {
        let text = padded(&cut(name(plan, *at), NAME), NAME);
        let setup = plan.waiting.get(*at).map_or(0.0, |it| it.setup_hours);
        let begun = week(&plan.best.begun_in_week, *at);
        let live = week(&plan.best.live_from_week, *at);
        out += &format!("{place:>3}  {text} {setup:>5}h  {begun:<9} {live}\n");
    }
    if !plan.not_within.is_empty() {
        let names: Vec<String> = plan
            .not_within
            .iter()
            .map(|at| cut(name(plan, *at), NAME))
            .collect();
        let text = format!(
            "Not begun, because it would not be paid back within {}: {}.",
            counted(u64::from(plan.terms.weeks), "week", "weeks"),
            names.join(", ")
        );
        for line in textwrap::wrap(&text, 74) {
            out += &format!("     {line}\n");
        }
    }
    if plan.left_out > 0 {
        out += &format!("     and {} more that pay less\n", plan.left_out);
    }
    out + "\n"
}

/// The weeks in which something is set up.
fn weeks(plan: &RolloutPlan<'_, '_>) -> String {
    let mut out = String::new();
    for (number, week) in (1..).zip(&plan.weeks) {
        let spent: Vec<String> = week
            .spent
            .iter()
            .filter(|(_, hours)| *hours >= 0.05)
            .map(|(at, hours)| format!("{} {hours:.1} h", cut(name(plan, *at), 24)))
            .collect();
        if !spent.is_empty() {
            let (hours, spent) = (week.hours, spent.join(", "));
            out += &format!("  week {number:<3} {hours:>5.1} h: {spent}\n");
        }
    }
    out
}
