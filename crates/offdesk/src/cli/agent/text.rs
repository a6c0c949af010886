//! What agents cost as text for people.

use offdesk_actions::agents::{Costs, ProviderCost, Rates};
use offdesk_actions::store::agents::UsageRow;
use offdesk_domain::Day;
use offdesk_domain::money::Money;
use offdesk_import::problem::shown;

use super::super::desk::{day_in_words, hours_in_words};

/// The rates of an agent.
pub fn rates(rates: &Rates) -> String {
    let name = shown(&rates.name);
    if rates.all.is_empty() {
        return format!("{name} has no rate.   Note one:  --per use --amount 0.02\n");
    }
    let mut out = format!("{name}\n");
    for (id, from, rate) in &rates.all {
        out += &format!("  from {}: {rate}   id {id}\n", day_in_words(*from));
    }
    out
}

/// What was used for an assignment.
pub fn usages(rows: &[UsageRow]) -> String {
    if rows.is_empty() {
        return "No usage is noted.   Note one:  --uses 1, or --tokens-in and --tokens-out\n"
            .to_owned();
    }
    let one = |row: &UsageRow| {
        let day = day_in_words(Day::from_number(row.day).unwrap_or(Day(0)));
        let note = match row.note.as_str() {
            "" => String::new(),
            note => format!(", {}", shown(note)),
        };
        format!(
            "  {day}: {} uses, {} tokens in, {} out{note}   id {}\n",
            row.uses, row.tokens_in, row.tokens_out, row.id
        )
    };
    rows.iter().map(one).collect()
}

/// What accepted assignments cost.
pub fn costs(costs: &Costs) -> String {
    if costs.all.is_empty() {
        return "Nothing to compare yet: of no activity that an agent does was anything judged.\n"
            .to_owned();
    }
    let mut out = String::new();
    let mut activity = None;
    for one in &costs.all {
        let id = one.handoff.handoff.row.activity_id;
        if activity != Some(id) {
            out += &format!("{}\n", shown(&one.handoff.activity));
            activity = Some(id);
        }
        out += &provider(one);
    }
    out + "Few numbers say little: the range holds 19 times of 20. Nobody is ranked.\n"
}

fn provider(one: &ProviderCost) -> String {
    let outcome = one.outcome;
    let mut out = format!(
        "  {}, {}: {} accepted, {} handed in and not accepted{}\n",
        shown(&one.handoff.person),
        one.kind.name(),
        outcome.accepted,
        outcome.not_accepted,
        if outcome.is_few() { " (few)" } else { "" }
    );
    for cost in &one.costs {
        let money = |amount| Money::new(amount, cost.currency).to_string();
        let total = cost.total();
        out += &match (outcome.each(total), outcome.range(total)) {
            (Some(each), Some((low, high))) => format!(
                "    {} for an accepted one, between {} and {}\n",
                money(each),
                money(low),
                money(high)
            ),
            _ => format!("    {} so far, and nothing accepted\n", money(total)),
        };
        out += &format!(
            "    of {} in all: earned {}, used {}, plan {}, your time {}\n",
            money(total),
            money(cost.earned),
            money(cost.used),
            money(cost.plan),
            money(cost.own_time)
        );
    }
    if !one.is_own_counted && one.own.0 > 0 {
        out += &format!(
            "    {} h of your time are in no figure: what your hour is worth is not said\n",
            hours_in_words(one.own.0)
        );
    }
    if one.idle_months > 0 {
        out += &format!(
            "    {} months of its plan with nothing accepted are in no figure\n",
            one.idle_months
        );
    }
    out
}
